"""
Any text as a record file in JSON: it is rejected, or it reads back equal.
"""

from __future__ import annotations

import re

import atheris

with atheris.instrument_imports(include=["tjun", "json"]):
    from guard import run

    from tjun import DataError, ExportError, export, loads

# A control character, or nothing to put into a calendar.
EXPECTED = re.compile(r"; remove it$|^(there are no|no day is known of|none of) ")


def target(data: bytes) -> None:
    """
    Load one record, and export it in the other formats.
    """
    record = loads(data.decode("utf-8", "surrogateescape"), "json")
    assert loads(export(record, "json").decode(), "json") == record
    for name in ("ics", "markdown", "html"):
        reason = None
        try:
            export(record, name)
        except ExportError as error:
            reason = error.reason
        assert reason is None or EXPECTED.search(reason), reason


if __name__ == "__main__":
    run(target, DataError)
