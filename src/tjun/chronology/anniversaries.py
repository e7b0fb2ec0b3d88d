"""
The anniversaries of events: their dates, numbers and titles.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, Literal, get_args

import attrs

from tjun.locales.available import language as find_language
from tjun.locales.language import Language
from tjun.model.dates import (
    PartialDate,
    Precision,
)
from tjun.model.entities import Event
from tjun.model.kinds import EventStatus

__all__ = [
    "Anniversary",
    "LeapDay",
    "Minor",
    "Rules",
    "Titles",
    "anniversaries_in",
]

LeapDay = Literal["feb28", "mar1", "skip"]
"""
Where an anniversary of 29 February falls in a common year: on the day before, on the
day after, or nowhere.
"""

Minor = Literal["all", "jubilees", "none"]
"""
Which anniversaries of events that are neither major nor yearly are included: all of
them, only jubilees, or none.
"""


@attrs.frozen(kw_only=True)
class Anniversary:
    """
    One anniversary of an event, or the event itself.

    Attributes:
        event: The event that is remembered.

        date: The day on which it falls; a month if the event is known to the month.

        number: How many years have passed; 0 is the event itself. For an observance
            that marks another event's day, the years since that event.
    """

    event: Event
    date: PartialDate
    number: int

    @property
    def jubilee(self) -> bool:
        """
        Whether the number is divisible by five.

        The event itself is not a jubilee, nor is an anniversary of a solemn event.
        """
        return self.number > 0 and self.number % 5 == 0 and not self.event.solemn

    @classmethod
    def of(cls, event: Event, year: int, leap_day: LeapDay) -> Anniversary | None:
        """
        Return the anniversary of *event* in *year*, or `None` if there is none.

        Raises:
            ValueError: If the year or an option is invalid.
        """
        rules = Rules(leap_day=leap_day)
        year = PartialDate(year).year
        return next(anniversaries_in([event], [year], rules, lambda _: True), None)

    def title(self, language: str | Language = "en") -> str:
        """
        Return the title of the anniversary: `35th anniversary: … (1992)`.

        A solemn event is not called an anniversary: `30 years ago: … (1996)`. The
        event itself (number 0) has its own title, and so has a yearly observance; if
        that marks the day of another event, the number follows in parentheses. If
        only the month is known, the title says so.

        Args:
            language: A BCP 47 tag, or a `Language`.

        Raises:
            NotFoundError: If there is no such language.
        """
        return Titles(self.event, language).of(self.number)


class Titles:
    """
    Composes the titles of one event's anniversaries, which differ in the number.

    Args:
        event: The event.

        language: The language of the titles, as a BCP 47 tag or a `Language`. The
            event's own title may be in a regional variant that only the tag names.

    Raises:
        NotFoundError: If there is no such language.
    """

    def __init__(self, event: Event, language: str | Language) -> None:
        spoken = find_language(language)
        self._event, self._language = event, spoken
        self._plain = self._numbered = event.title.in_(language)
        if event.date.precision is Precision.MONTH:
            note = spoken.month_only(event.date)
            self._plain = self._numbered = spoken.titled(self._plain, note=note)
        elif not event.yearly:
            note = spoken.format_date(PartialDate(event.date.year))
            self._numbered = spoken.titled(self._plain, note=note)

    def of(self, number: int) -> str:
        """
        Return the title of the anniversary with this number; see `Anniversary`.
        """
        event, language = self._event, self._language
        if number == 0 or (event.yearly and event.marks is None):
            return self._plain
        name = language.years_ago if event.solemn else language.anniversary
        if event.yearly:
            return language.titled(self._numbered, note=name(number))
        return language.titled(self._numbered, prefix=name(number))


@attrs.frozen(kw_only=True)
class Rules:
    """
    Which anniversaries of which events are included.
    """

    every: int = 1
    minor: Minor = "all"
    leap_day: LeapDay = "feb28"

    def __attrs_post_init__(self) -> None:
        if type(self.every) is not int or self.every < 1:
            msg = f"expected every to be an integer of at least 1, got {self.every!r}"
            raise ValueError(msg)
        for name, kind in (("minor", Minor), ("leap_day", LeapDay)):
            value: Any = getattr(self, name)
            if value not in get_args(kind):
                options = ", ".join(get_args(kind))
                msg = f"expected {name} to be one of {options}, got {value!r}"
                raise ValueError(msg)

    def include(self, event: Event, number: int) -> bool:
        """
        Return whether to include the anniversary of this number.
        """
        if number == 0:
            return self.every == 1
        if number % self.every:
            return False
        if event.yearly or (event.major and not event.solemn):
            return True
        return self.minor == "all" or (self.minor == "jubilees" and number % 5 == 0)


def anniversaries_in(
    events: Collection[Event],
    years: Iterable[int],
    rules: Rules,
    included: Callable[[PartialDate], bool],
) -> Iterator[Anniversary]:
    """
    Yield the anniversaries in these years whose dates are *included*, in order.
    """
    known = {event.id for event in events}
    by_day: dict[tuple[int, int | None], list[Event]] = {}
    for event in events:
        if event.date.month is not None:
            by_day.setdefault((event.date.month, event.date.day), []).append(event)
    for year in years:
        by_date: dict[PartialDate, list[Event]] = {}
        for (month, day), same_day in by_day.items():
            date = _falls_on(year, month, day, rules.leap_day)
            if date is not None and included(date):
                by_date.setdefault(date, []).extend(same_day)
        for date in sorted(by_date, key=lambda date: date.sort_key):
            for event in sorted(by_date[date], key=lambda event: event.id):
                number = _number(event, year)
                if (
                    number is not None
                    and rules.include(event, number)
                    and not _covered(event, date, known, rules)
                ):
                    yield Anniversary(event=event, date=date, number=number)


def _falls_on(
    year: int, month: int, day: int | None, leap_day: LeapDay
) -> PartialDate | None:
    """
    Return the date in *year*, or `None` if it is skipped in common years.
    """
    if (month, day) != (2, 29) or isleap(year):
        return PartialDate(year, month, day)
    if leap_day == "skip":
        return None
    return PartialDate(year, 3, 1) if leap_day == "mar1" else PartialDate(year, 2, 28)


def _number(event: Event, year: int) -> int | None:
    """
    Return the number of the anniversary in *year*, or `None` if there is none.
    """
    if year < event.date.year:
        return None
    if year > event.date.year and event.status is EventStatus.ANNOUNCED:
        return None
    marked = event.marks if event.yearly else None
    counted = event if marked is None else marked
    return max(0, year - counted.date.year)


def _covered(
    event: Event, date: PartialDate, known: Collection[str], rules: Rules
) -> bool:
    """
    Return whether *event* is left out because an event that it marks is included.
    """
    marked = event.marks
    while marked is not None:
        month, day = marked.date.month, marked.date.day
        if marked.id in known and month is not None:
            number = _number(marked, date.year)
            if (
                number is not None
                and rules.include(marked, number)
                and _falls_on(date.year, month, day, rules.leap_day) == date
            ):
                return True
        marked = marked.marks
    return False
