"""
Which anniversary falls when, and what it is called.
"""

from __future__ import annotations

import datetime as dt
from calendar import isleap
from collections.abc import Collection, Iterable, Iterator
from typing import Literal, get_args

import attrs

from tjun.locales.available import find_language
from tjun.locales.language import Language
from tjun.model.dates import DateBound, PartialDate, Precision, as_bound
from tjun.model.entities import Event, EventStatus

__all__ = ["Anniversary", "LeapDay", "anniversaries_of", "upcoming_of"]

LeapDay = Literal["feb28", "mar1", "skip"]
"""
Where an anniversary of 29 February falls in a common year: the day before, the day
after, or nowhere.
"""


@attrs.frozen(kw_only=True)
class Anniversary:
    """
    One year's return of an event's day.

    Attributes:
        event: What is remembered.

        date: The day it falls on; a month where the event is known to the month.

        number: How many years have passed; 0 is the event itself. An observance
            that marks another event's day counts from that event.
    """

    event: Event
    date: PartialDate
    number: int

    @property
    def jubilee(self) -> bool:
        """
        Whether the number is a multiple of 5, the event itself not counting.
        """
        return self.number > 0 and self.number % 5 == 0

    def title(self, language: str | Language = "en") -> str:
        """
        Return the title of the anniversary: `35th anniversary: … (1992)`.

        The event itself (number 0) has its own title, and so has a yearly observance;
        if that marks the day of another event, the number follows in parentheses. If
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
        counted = spoken.anniversary(number)
        if event.yearly:
            return spoken.titled(title, note=counted)
        return spoken.titled(title, prefix=counted)


def anniversaries_of(
    events: Collection[Event],
    *,
    since: DateBound,
    until: DateBound,
    every: int = 1,
    leap_day: LeapDay = "feb28",
) -> Iterator[Anniversary]:
    """
    Yield the anniversaries of *events* from *since* to *until*, day by day.

    Events known only to the year have none. An event that is only announced has
    none but itself, until it is held. Where an observance keeps the day of another
    of the events, the two are one: that event's anniversary.

    Args:
        events: Any events; their order does not matter.

        since: The first day, month or year; all of an anniversary's date has to
            lie in the time asked for.

        until: The last, which counts.

        every: Keep only numbers that are multiples of it. Above 1 the event itself
            (number 0) is left out.

        leap_day: Where 29 February falls in a common year.

    Raises:
        ValueError: For a date or an option that is none.
    """
    first, last = as_bound(since).earliest, as_bound(until).latest
    return iter(
        each
        for each in _by_day(events, first.year, last.year, every, leap_day)
        if first <= each.date.earliest and each.date.latest <= last
    )


def upcoming_of(
    events: Collection[Event], *, on: dt.date, days: int
) -> Iterator[Anniversary]:
    """
    Yield the anniversaries from *on* to *days* days later, both days counting.

    One known only to the month is among them while any day of it lies ahead.

    Raises:
        ValueError: For a negative number of days.
    """
    if days < 0:
        msg = f"expected a number of days from 0, got {days!r}"
        raise ValueError(msg)
    last = dt.date.fromordinal(min(on.toordinal() + days, dt.date.max.toordinal()))
    return iter(
        each
        for each in _by_day(events, on.year, last.year, 1, "feb28")
        if on <= each.date.latest and each.date.earliest <= last
    )


def _by_day(
    events: Collection[Event], first: int, last: int, every: int, leap_day: LeapDay
) -> Iterable[Anniversary]:
    if type(every) is not int or every < 1:
        msg = f"expected every to be a number from 1, got {every!r}"
        raise ValueError(msg)
    if leap_day not in get_args(LeapDay):
        listed = ", ".join(get_args(LeapDay))
        msg = f"expected leap_day to be one of {listed}, got {leap_day!r}"
        raise ValueError(msg)
    known = {event.id for event in events}
    for year in range(first, last + 1):
        in_year = []
        for event in events:
            each = _in_year(event, year, known, leap_day)
            if each is None or each.number % every or (every > 1 and not each.number):
                continue
            in_year.append(each)
        in_year.sort(key=lambda each: (each.date.sort_key, each.event.id))
        yield from in_year


def _in_year(
    event: Event, year: int, known: Collection[str], leap_day: LeapDay
) -> Anniversary | None:
    on, marks = _falls(event, year, leap_day), event.marks
    if on is None:
        return None
    marked = marks
    while marked is not None:
        if marked.id in known and _falls(marked, year, leap_day) == on:
            return None  # One entry for the two.
        marked = marked.marks
    counted = marks if marks is not None and event.yearly else event
    return Anniversary(event=event, date=on, number=max(0, year - counted.date.year))


def _falls(event: Event, year: int, leap_day: LeapDay) -> PartialDate | None:
    date = event.date
    if year < date.year or date.month is None:
        return None
    if year > date.year and event.status is EventStatus.ANNOUNCED:
        return None
    if (date.month, date.day) == (2, 29) and not isleap(year):
        if leap_day == "skip":
            return None
        return (
            PartialDate(year, 3, 1) if leap_day == "mar1" else PartialDate(year, 2, 28)
        )
    return PartialDate(year, date.month, date.day)
