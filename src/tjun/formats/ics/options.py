"""
The options of the calendar.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Literal

import attrs
from attrs.validators import ge, le, optional

from tjun import (
    Anniversary,
    Chronology,
    Events,
    LeapDay,
    Show,
    as_moment,
    not_blank,
    web_address,
)
from tjun.formats.paths import base_address

__all__ = ["CalendarOptions", "IcsOptions", "MonthDates"]

_LAST_YEAR = 9998  # The exclusive end of an all-day entry may be in the next year.
_PAST_YEARS = 1
_YEARS = 10
_REMINDER = re.compile(r"([0-9]{1,3})([dw])")
_DAYS = {"d": 1, "w": 7}
_MAX_DAYS = 366  # A reminder of a yearly event a year ahead.
_NINE_O_CLOCK = dt.timedelta(hours=9)

MonthDates = Literal["month", "first-day", "skip"]
"""
How to show an event that is known only to the month: as an entry as long as the month,
on its first day, or not at all.
"""

_year = optional([ge(1), le(_LAST_YEAR)])
_some_years = optional([ge(0), le(_LAST_YEAR)])


def _reminder(text: str) -> dt.timedelta:
    """
    Return how long before the beginning of the day a reminder is shown.
    """
    match = _REMINDER.fullmatch(text)
    days = -1 if match is None else int(match[1]) * _DAYS[match[2]]
    if not 0 <= days <= _MAX_DAYS:
        msg = f"expected days or weeks such as 3d or 2w, up to 366d, got {text!r}"
        raise ValueError(msg)
    return dt.timedelta(days=days) - _NINE_O_CLOCK


def _reminders(_: object, __: object, values: tuple[str, ...]) -> None:
    for value in values:
        _reminder(value)


def _moment(_: object, __: object, value: str | None) -> None:
    if value is not None:
        as_moment(value)


@attrs.frozen(kw_only=True)
class CalendarOptions:
    """
    Which entries a calendar has.

    Attributes:
        first_year: The first year with entries.

        last_year: The last year with entries.

        past_years: How many years before this one have entries, unless there is a
            first year; 1 by default, so that the past year does not disappear from
            subscribers' calendars on 1 January.

        years: How many years have entries from this one on, or from a later first
            year, unless there is a last year; 10 by default.

        show: Which anniversaries to include: usual (major events and observances every
            year, others on jubilees), major (only the former) or all.

        remind: Remind at 9:00 this long before, in days or weeks: 3d, 2w, or 0d for
            the day itself; by default there are no reminders.

        month_dates: Show an event known only to the month as an entry as long as the
            month, on its first day, or not at all.

        leap_day: Where anniversaries of 29 February fall in common years.

        revised: Stamp entries at least with this moment, such as 2026-11-30T09:00:00Z,
            so that they are sent again after a change of options.
    """

    first_year: int | None = attrs.field(default=None, validator=_year)
    last_year: int | None = attrs.field(default=None, validator=_year)
    past_years: int | None = attrs.field(default=None, validator=_some_years)
    years: int | None = attrs.field(
        default=None, validator=optional([ge(1), le(_LAST_YEAR)])
    )
    show: Show = "usual"
    remind: tuple[str, ...] = attrs.field(default=(), validator=_reminders)
    month_dates: MonthDates = "month"
    leap_day: LeapDay = "feb28"
    revised: str | None = attrs.field(default=None, validator=_moment)

    def __attrs_post_init__(self) -> None:
        first, last = self.first_year, self.last_year
        if first is not None and last is not None and last < first:
            msg = f"expected a last year of at least {first}, the first year"
            raise ValueError(msg)
        for one, other in (("first_year", "past_years"), ("last_year", "years")):
            if getattr(self, one) is not None and getattr(self, other) is not None:
                msg = f"expected either {one} or {other}, not both"
                raise ValueError(msg)

    @property
    def reminders(self) -> tuple[dt.timedelta, ...]:
        """
        How long before the beginning of the day each reminder is shown.
        """
        return tuple(sorted(map(_reminder, set(self.remind)), reverse=True))

    def stamp(self, record: Chronology, today: dt.date) -> dt.datetime:
        """
        Return the moment at which all entries were last changed.
        """
        own = None if self.revised is None else as_moment(self.revised)
        known = [each for each in (record.stamp, own) if each is not None]
        return max(known, default=as_moment(today))

    def period(self, today: dt.date) -> tuple[int, int]:
        """
        Return the first and the last year with entries.
        """
        past = _PAST_YEARS if self.past_years is None else self.past_years
        ahead = _YEARS if self.years is None else self.years
        first, last = self.first_year, self.last_year
        if last is None:
            last = min(max(today.year, first or 1) + ahead - 1, _LAST_YEAR)
        if first is None:
            first = min(max(today.year - past, 1), last)
        return first, last

    def anniversaries(
        self, events: Events, today: dt.date, every: int = 1
    ) -> Iterator[Anniversary]:
        """
        Yield the anniversaries of *events* that get an entry, in order.
        """
        first, last = self.period(today)
        skip_months = self.month_dates == "skip"
        for year in range(first, last + 1):  # A million at once need much memory.
            for each in events.anniversaries(
                since=year,
                until=year,
                every=every,
                show=self.show,
                leap_day=self.leap_day,
            ):
                if each.date.day is not None or not skip_months:
                    yield each


@attrs.frozen(kw_only=True)
class IcsOptions(CalendarOptions):
    """
    What to put into a calendar.

    Attributes:
        every: Include only anniversaries divisible by this number: 5 for jubilees.

        name: The name of the calendar.

        feed_url: The address at which the calendar will be published.

        page_url: The address of the record's web site; each entry then links to the
            page of its event.
    """

    every: int = attrs.field(default=1, validator=ge(1))
    name: str | None = attrs.field(default=None, validator=not_blank)
    feed_url: str | None = attrs.field(default=None, validator=web_address)
    page_url: str | None = attrs.field(default=None, validator=base_address)
