"""
Which anniversary falls on which day, and what it is called.
"""

from __future__ import annotations

import datetime as dt
from calendar import isleap
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Literal, get_args

import attrs

from tjun.locales.available import find_language
from tjun.locales.language import Language
from tjun.model.dates import (
    DateBound,
    DateLike,
    PartialDate,
    Precision,
    as_bound,
    as_day,
)
from tjun.model.entities import Event
from tjun.model.kinds import EventStatus

__all__ = ["Anniversary", "LeapDay", "Minor", "anniversaries_of", "upcoming_of"]

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
        event, number, spoken = self.event, self.number, find_language(language)
        title = event.title.in_(language)
        if event.date.precision is Precision.MONTH:
            title = spoken.titled(title, note=spoken.month_only(event.date))
        elif number > 0 and not event.yearly:
            year = PartialDate(event.date.year)
            title = spoken.titled(title, note=spoken.format_date(year))
        if number == 0 or (event.yearly and event.marks is None):
            return title
        name = spoken.years_ago if event.solemn else spoken.anniversary
        if event.yearly:
            return spoken.titled(title, note=name(number))
        return spoken.titled(title, prefix=name(number))


@attrs.frozen(kw_only=True)
class _Rules:
    """
    Which anniversaries of which events are included.
    """

    every: int
    minor: Minor
    leap_day: LeapDay

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


def anniversaries_of(
    events: Collection[Event],
    *,
    since: DateBound,
    until: DateBound,
    every: int = 1,
    minor: Minor = "all",
    leap_day: LeapDay = "feb28",
) -> Iterator[Anniversary]:
    """
    Yield the anniversaries of *events* from *since* to *until*, in order.

    Events known only to the year have none. An event that is only announced has no
    anniversaries, but is included itself. If an observance marks the day of another
    event whose anniversary is included, that anniversary stands for both.

    Args:
        events: The events, in any order.

        since: The first day, month or year; the whole date of an anniversary has to
            be within the period.

        until: The last day, month or year, inclusive.

        every: Include only numbers divisible by this. Above 1, the event itself
            (number 0) is not included.

        minor: Which anniversaries of events that are neither major nor yearly to
            include. The event itself is not affected.

        leap_day: Where 29 February falls in a common year.

    Raises:
        ValueError: If a date or an option is invalid.
    """
    rules = _Rules(every=every, minor=minor, leap_day=leap_day)
    first, last = as_bound(since).earliest, as_bound(until).latest
    return (
        each
        for each in _by_day(events, first.year, last.year, rules)
        if first <= each.date.earliest and each.date.latest <= last
    )


def upcoming_of(
    events: Collection[Event],
    *,
    on: DateLike,
    days: int,
    every: int = 1,
    minor: Minor = "jubilees",
) -> Iterator[Anniversary]:
    """
    Yield the anniversaries from *on* to *days* days later, both inclusive.

    An anniversary known only to the month is included until the month is over.

    Args:
        events: The events, in any order.

        on: The first day.

        days: How many days to look ahead, at least 0.

        every: As for `anniversaries_of()`.

        minor: As for `anniversaries_of()`.

    Raises:
        ValueError: If *on* is not a whole day, *days* is negative, or an option is
            invalid.
    """
    rules = _Rules(every=every, minor=minor, leap_day="feb28")
    start = as_day(on)
    if type(days) is not int or days < 0:
        msg = f"expected days to be an integer of at least 0, got {days!r}"
        raise ValueError(msg)
    end = dt.date.fromordinal(min(start.toordinal() + days, dt.date.max.toordinal()))
    return (
        each
        for each in _by_day(events, start.year, end.year, rules)
        if start <= each.date.latest and each.date.earliest <= end
    )


def _by_day(
    events: Collection[Event], first: int, last: int, rules: _Rules
) -> Iterator[Anniversary]:
    known = {event.id: event for event in events}
    for year in range(first, last + 1):
        in_year = [
            each
            for event in events
            if (each := _in_year(event, year, rules)) is not None
            and not _covered(each, known, rules)
        ]
        in_year.sort(key=lambda each: (each.date.sort_key, each.event.id))
        yield from in_year


def _in_year(event: Event, year: int, rules: _Rules) -> Anniversary | None:
    date = _falls_on(event, year, rules.leap_day)
    if date is None:
        return None
    counted = event.marks if event.marks is not None and event.yearly else event
    number = max(0, year - counted.date.year)
    if not rules.include(event, number):
        return None
    return Anniversary(event=event, date=date, number=number)


def _covered(each: Anniversary, known: Mapping[str, Event], rules: _Rules) -> bool:
    """
    Return whether an anniversary of the event that this one marks stands for both.
    """
    marked = each.event.marks
    while marked is not None:
        if marked.id in known:
            other = _in_year(marked, each.date.year, rules)
            if other is not None and other.date == each.date:
                return True
        marked = marked.marks
    return False


def _falls_on(event: Event, year: int, leap_day: LeapDay) -> PartialDate | None:
    date = event.date
    if year < date.year or date.month is None:
        return None
    if year > date.year and event.status is EventStatus.ANNOUNCED:
        return None
    if (date.month, date.day) == (2, 29) and not isleap(year):
        if leap_day == "skip":
            return None
        month, day = (3, 1) if leap_day == "mar1" else (2, 28)
        return PartialDate(year, month, day)
    return PartialDate(year, date.month, date.day)
