"""
Any text as a record file in TOML: read, written as JSON and read again, or refused.
"""

from __future__ import annotations

import atheris

with atheris.instrument_imports(include=["tjun", "tomllib"]):
    from guard import compile_once, run

    from tjun import DataError, export, loads


def target(data: bytes) -> None:
    """
    Load one file.
    """
    record = loads(data.decode("utf-8", "surrogateescape"), "toml")
    assert loads(export(record, "json").decode(), "json") == record


if __name__ == "__main__":
    compile_once()
    run(target, DataError)
