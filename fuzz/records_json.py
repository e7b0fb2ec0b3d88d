"""
Any text as a record file in JSON: it is rejected, or it reads back equal.
"""

from __future__ import annotations

import atheris

with atheris.instrument_imports(include=["tjun", "json"]):
    from guard import run

    from tjun import DataError, ExportError, export, loads


def target(data: bytes) -> None:
    """
    Load one record, and export it in the other formats.
    """
    record = loads(data.decode("utf-8", "surrogateescape"), "json")
    assert loads(export(record, "json").decode(), "json") == record
    for name in ("ics", "markdown"):
        message = "take it out of the record"
        try:
            export(record, name)
        except ExportError as error:
            message = error.reason
        assert "take it out of the record" in message


if __name__ == "__main__":
    run(target, DataError)
