"""
Days as people write them.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

from tjun.cli.errors import UsageError
from tjun.locales.available import find_language
from tjun.locales.language import Language
from tjun.model.dates import PartialDate

__all__ = ["day_or_today", "parse_bound", "parse_day", "parse_day_of_year"]

_LEAP_YEAR = 2000  # It has a 29 February.
_RELATIVE = {"yesterday": -1, "today": 0, "tomorrow": 1}
_NUMBERS = re.compile(r"(\d{1,2})-(\d{1,2})", re.ASCII)
_WITH_YEAR = re.compile(r"(.*\D)(\d{4})", re.ASCII)
_WHOLE = re.compile(r"(\d{4})-(\d{1,2}-\d{1,2})", re.ASCII)


def day_or_today(text: str | None, option: str, language: Language) -> dt.date:
    """
    Return the day that an option names; today if it was not used.

    Args:
        text: As for `parse_day()`, or `None`.

        option: The option, as in `--on`.

        language: The language selected.

    Raises:
        UsageError: If *text* is not a day.
    """
    today = dt.date.today()
    if text is None:
        return today
    return parse_day(text, option, language=language, today=today)


def parse_day(text: str, option: str, *, language: Language, today: dt.date) -> dt.date:
    """
    Return the day that *text* means; without a year, the day in this year.

    Args:
        text: `2027-03-02`, `2 March 2027`, `2 March`, `3-2`, `today`, `tomorrow` or
            `yesterday`; names of months in English or *language*.

        option: What the value is for, as in `--on`.

        language: The language selected.

        today: The current day.

    Raises:
        UsageError: If *text* is not a day.
    """
    relative = _relative(text, language, today)
    if relative is not None:
        return relative
    month, day, year = _parse(text, option, language)
    try:
        return dt.date(today.year if year is None else year, month, day)
    except ValueError as error:
        msg = f"{option}: {text!r} is not a day: {error}"
        raise UsageError(msg) from None


def parse_day_of_year(
    text: str, *, language: Language, today: dt.date
) -> tuple[int, int, int | None]:
    """
    Return the month and the day that *text* means, and the year if it has one.

    Args:
        text: As for `parse_day()`.

        language: The language selected.

        today: The current day.

    Raises:
        UsageError: If *text* is not a day.
    """
    relative = _relative(text, language, today)
    if relative is not None:
        return relative.month, relative.day, None
    return _parse(text, "DAY", language)


def parse_bound(text: str | None, option: str) -> PartialDate | None:
    """
    Return the year, month or day that limits a period, if there is one.

    Raises:
        UsageError: If *text* is not a date.
    """
    if text is None:
        return None
    try:
        return PartialDate.parse(text)
    except ValueError as error:
        msg = f"{option}: {error}"
        raise UsageError(msg) from None


def _relative(text: str, language: Language, today: dt.date) -> dt.date | None:
    word = text.strip().casefold()
    if word == language.label("today").casefold():
        return today
    offset = _RELATIVE.get(word)
    return None if offset is None else today + dt.timedelta(days=offset)


def _parse(text: str, option: str, language: Language) -> tuple[int, int, int | None]:
    word = " ".join(text.casefold().split())
    year = None
    if match := _WHOLE.fullmatch(word):
        year, word = int(match[1]), match[2]
    elif match := _WITH_YEAR.fullmatch(word):
        word, year = match[1].rstrip(" ,"), int(match[2])
    if match := _NUMBERS.fullmatch(word):
        month, number = int(match[1]), int(match[2])
        if _exists(month, number):
            return month, number, year
    for each in dict.fromkeys((language, find_language("en"))):
        found = each.parse_day(word)
        if found is not None:
            return *found, year
    msg = (
        f"{option}: {text!r} is not a day; write, for example, 03-02, '2 March',"
        " 2027-03-02, today or tomorrow"
    )
    raise UsageError(msg)


def _exists(month: int, day: int) -> bool:
    return month in range(1, 13) and day in range(
        1, calendar.monthrange(_LEAP_YEAR, month)[1] + 1
    )
