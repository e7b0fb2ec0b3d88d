"""
Any text as a date: it is read and written back the same, or a `ValueError`.
"""

from __future__ import annotations

import atheris

with atheris.instrument_imports(include=["tjun"]):
    from guard import run

    from tjun.model.dates import PartialDate


def target(data: bytes) -> None:
    """
    Read one text.
    """
    given = atheris.FuzzedDataProvider(data)
    if given.ConsumeBool():
        text = given.ConsumeUnicode(200)  # Half surrogate pairs among it.
    else:
        text = data[1:].decode("utf-8", "surrogateescape")
    date = PartialDate.parse(text)
    assert str(date) == text
    assert date.earliest <= date.latest
    assert PartialDate.parse(str(date)) == date


if __name__ == "__main__":
    run(target, ValueError)
