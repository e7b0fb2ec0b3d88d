"""
Days, months and years as people write them.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Iterator

import tjun
from tjun.cli.errors import UsageError
from tjun.locales.available import language as find_language
from tjun.locales.language import Language
from tjun.model.dates import PartialDate

_LEAP_YEAR = 2000  # It has a 29 February.
_RELATIVE = {"yesterday": -1, "today": 0, "tomorrow": 1}
_NUMBERS = re.compile(
    r"(?P<year>\d{4})(-(?P<month>\d{1,2})(-(?P<day>\d{1,2}))?)?"
    r"|(?P<m>\d{1,2})-(?P<d>\d{1,2})"
    r"|(?P<dd>\d{1,2})\.(?P<mm>\d{1,2})(\.(?P<yyyy>\d{4})?)?",
    re.ASCII,
)
_WORDS = re.compile(r"(?P<day>.*\D)(?P<year>\d{4})", re.ASCII)

AnyYear = tuple[int, int]
"""
A month and a day of any year.
"""


def day_or_today(text: str | None, option: str, language: Language) -> dt.date:
    """
    Return the day that an option names; today if it was not used.

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

    Raises:
        UsageError: If *text* is not a day.
    """
    relative = _relative(text, language, today)
    if relative is not None:
        return relative
    when = parse_when(text, option, language=language, today=today)
    with contextlib.suppress(ValueError):  # This year may have no 29 February.
        if isinstance(when, tuple):
            return dt.date(today.year, *when)
        if when.day is not None:
            return when.anchor
    raise _not_a_day(text, option)


def parse_when(
    text: str, option: str, *, language: Language, today: dt.date
) -> PartialDate | AnyYear:
    """
    Return the year, the month or the day that *text* means.

    Args:
        text: `2027-03-02`, `02.03.2027`, `2 March 2027`, `2027-03` or `2027`; or a day
            of any year: `3-2`, `02.03`, `2 March`, `today`, `tomorrow`, `yesterday`.
            Names of months can be in any language.

        option: What the value is for, as in `--on`.

        language: The language selected; its names of months come first.

        today: The current day.

    Raises:
        UsageError: If *text* is not a date.
    """
    relative = _relative(text, language, today)
    if relative is not None:
        return relative.month, relative.day
    word = " ".join(text.casefold().split())
    match = _NUMBERS.fullmatch(word)
    try:
        if match is None:
            return _named(word, language)
        year, month, day = (
            next((int(match[name]) for name in names.split() if match[name]), None)
            for names in ("year yyyy", "month m mm", "day d dd")
        )
        if year is None:
            found = PartialDate(_LEAP_YEAR, month, day).anchor
            return found.month, found.day
        return PartialDate(year, month, day)
    except ValueError:
        raise _not_a_day(text, option) from None


def _relative(text: str, language: Language, today: dt.date) -> dt.date | None:
    word = text.strip().casefold()
    if word == language.label("today").casefold():
        return today
    offset = _RELATIVE.get(word)
    return None if offset is None else today + dt.timedelta(days=offset)


def _named(word: str, language: Language) -> PartialDate | AnyYear:
    match = _WORDS.fullmatch(word)
    day = word if match is None else match["day"].rstrip(" ,")
    for each in _languages(language):
        found = each.parse_day(day)
        if found is not None:
            return found if match is None else PartialDate(int(match["year"]), *found)
    raise ValueError(word)


def _languages(first: Language) -> Iterator[Language]:
    yield first
    yield find_language("en")
    yield from tjun.languages().values()


def _not_a_day(text: str, option: str) -> UsageError:
    return UsageError(
        f"{option}: {text!r} is not a day; write, for example, 03-02, '2 March',"
        " 2027-03-02, 02.03.2027, today or tomorrow"
    )
