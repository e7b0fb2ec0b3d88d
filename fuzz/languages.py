"""
Any text as a language file: it is rejected, or the language can be used.
"""

from __future__ import annotations

import atheris

with atheris.instrument_imports(include=["tjun"]):
    from guard import run

    from tjun import DataError, Language, PartialDate, export, load

RECORD = load().select(load().events[:3])


def target(data: bytes) -> None:
    """
    Load one language, and use it.
    """
    with open("language.toml", "wb") as file:
        file.write(data)
    language = Language.load("language.toml")
    for number in range(150):
        assert language.ordinal(number)
        assert language.anniversary(number)
        assert language.years_ago(number)
    assert language.format_date(PartialDate(2027, 3, 2))
    assert export(RECORD, "html", language=language)


if __name__ == "__main__":
    run(target, DataError)
