"""
Dates as people write them in tables.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections import Counter
from collections.abc import Iterable
from typing import Literal

import tjun
from tjun import PartialDate

__all__ = ["Order", "read_dates"]

Order = Literal["dmy", "mdy"] | None
"""
How dates with slashes are written; `None` if it is not known.
"""

_LANGUAGES = ("en", "ru", "tg")
_SHORTEST = 3  # Letters of the abbreviation of a month.
_FIRST_SERIAL = dt.date(1899, 12, 30)  # Day 0 of Excel, for days after February 1900.
_SERIAL = re.compile(r"[1-9][0-9]{4}(?:\.0+)?")
_DOTS = re.compile(r"(?:([0-9]{1,2})\.)?([0-9]{1,2})\.([0-9]{4})")
_SLASHES = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})")
_MIDNIGHT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]00:00(?::00(?:\.0+)?)?")
_DECADE = re.compile(r"(?:the )?([0-9]{3})0(?:s|['’]s|-?е|-?ум)")
_ABOUT = re.compile(r"(?:c\.|ca\.|circa|about|около|ок\.|тахминан)\s*", re.IGNORECASE)
_RANGE = re.compile(
    r"\s*[–—−]\s*|\s+-\s+|(?<=[0-9])-(?=[0-9]{1,2} )|^([0-9]{4})-(?=[0-9]{4}$)"
)
_OF_YEAR = re.compile(r"(?<=[0-9])\s*(?:г\.|год|года|году)$|^(?:соли|year)\s+")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"[0-9]+")
_LAST_MONTH = 12


def read_dates(text: str, order: Order = None) -> tuple[str, str | None]:
    """
    Return a date, and the last day if it is a range, in EDTF.

    Args:
        text: Such as `1993`, `Feb 1994`, `14.02.1994`, `6–8 Sept 1999`, `2017–2018`,
            `autumn 1992`, `c. 1650`, the serial number of a day in Excel, or EDTF.

        order: How dates with slashes are written.

    Raises:
        ValueError: If it is none of these, or ambiguous; the message says what to do.
    """
    text = " ".join(text.split())
    try:
        return str(PartialDate(text)), None
    except ValueError as error:
        refused = error
    parts = [part for part in _RANGE.split(text) if part]
    if len(parts) == 2 and not text.startswith("["):
        first, last = parts
        until = _one(last, order)
        date = _one(_completed(first, last), order)
        if date is not None and until is not None:
            return date, until
    found = _one(text, order)
    if found is None:
        raise refused
    return found, None


def _completed(first: str, last: str) -> str:
    """
    Return the first day of a range with the month and the year of the last.
    """
    numbers = _NUMBER.findall(last)
    if any(len(each) == 4 for each in _NUMBER.findall(first)) or not numbers:
        return first
    words = " ".join(_WORD.findall(last)) if not _WORD.search(first) else ""
    return f"{first} {words} {numbers[-1]}"


def _one(text: str, order: Order) -> str | None:
    """
    Return one date in EDTF, or `None`.
    """
    text = _OF_YEAR.sub("", text)
    about = _ABOUT.match(text)
    if about is not None:
        date = _one(text[about.end() :], order)
        return None if date is None else f"{date}~"
    try:
        return str(PartialDate(text))
    except ValueError:
        return _numbers(text, order) or _decade(text) or _words(text)


def _numbers(text: str, order: Order) -> str | None:
    if match := _MIDNIGHT.fullmatch(text):
        return match[1]
    if _SERIAL.fullmatch(text):
        return (_FIRST_SERIAL + dt.timedelta(days=int(float(text)))).isoformat()
    if match := _DOTS.fullmatch(text):
        return _date(match[3], match[2], match[1])
    if match := _YEAR_FIRST.fullmatch(text):
        return _date(match[1], match[2], match[3])
    if match := _SLASHES.fullmatch(text):
        first, second, year = match.groups()
        if order is None:
            if (
                int(first) <= _LAST_MONTH
                and int(second) <= _LAST_MONTH
                and first != second
            ):
                msg = (
                    f"{text!r} may be a day and a month or a month and a day; say which"
                    " with `tjun import csv --dates dmy` or `--dates mdy`"
                )
                raise ValueError(msg)
            order = "mdy" if int(second) > _LAST_MONTH else "dmy"
        day, month = (first, second) if order == "dmy" else (second, first)
        return _date(year, month, day)
    return None


def _decade(text: str) -> str | None:
    match = _DECADE.fullmatch(text.casefold())
    return None if match is None else f"{match[1]}X"


def _words(text: str) -> str | None:
    """
    Read a month or a season in words, with the year and perhaps the day.
    """
    numbers = _NUMBER.findall(text)
    years = [each for each in numbers if len(each) == 4]
    days = [each for each in numbers if len(each) <= 2]
    if len(years) != 1 or len(days) > 1 or len(numbers) != len(years) + len(days):
        return None
    words = [each.casefold() for each in _WORD.findall(text)]
    named = {found for each in words if (found := _meaning(each)) is not None}
    if len(named) != 1:
        return None
    (number,) = named
    return _date(years[0], str(number), days[0] if days else None)


def _date(year: str, month: str, day: str | None) -> str:
    parts = [year, f"{int(month):02}"]
    if day is not None:
        parts.append(f"{int(day):02}")
    return str(PartialDate("-".join(parts)))


@functools.cache
def _meaning(word: str) -> int | None:
    """
    Return the number of a month or a season, as EDTF has it, or `None`.
    """
    names = _names()
    found = {names[word]} if word in names else set()
    if not found and len(word) >= _SHORTEST:
        found = {number for name, number in names.items() if name.startswith(word)}
    return found.pop() if len(found) == 1 else None


@functools.cache
def _names() -> dict[str, int]:
    """
    Return the names of months and seasons in all languages that tjun has.
    """
    names: dict[str, int] = {"fall": 23}
    for tag in _LANGUAGES:
        language = tjun.language(tag)
        written: dict[int, list[str]] = {
            number: [language.format_date(f"2000-{number}")] for number in range(21, 25)
        }
        for month in range(1, _LAST_MONTH + 1):
            dates = (f"2000-{month:02}", f"2000-{month:02}-14", f"2000-{month:02}~")
            written[month] = [language.format_date(date) for date in dates]
        names |= _distinct(written.items())
    return names


def _distinct(written: Iterable[tuple[int, list[str]]]) -> dict[str, int]:
    """
    Return the words that only one month or season has.
    """
    found = [
        (word, number)
        for number, texts in written
        for word in {each.casefold() for text in texts for each in _WORD.findall(text)}
    ]
    times = Counter(word for word, _ in found)
    return {word: number for word, number in found if times[word] == 1}
