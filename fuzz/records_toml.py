"""
Any text as a record file in TOML: it is rejected, or its JSON reads back equal.
"""

from __future__ import annotations

import atheris

with atheris.instrument_imports(include=["tjun"]):
    from guard import run

    from tjun import DataError, export, loads


def target(data: bytes) -> None:
    """
    Load one record.
    """
    record = loads(data.decode("utf-8", "surrogateescape"), "toml")
    assert loads(export(record, "json").decode(), "json") == record


if __name__ == "__main__":
    run(target, DataError)
