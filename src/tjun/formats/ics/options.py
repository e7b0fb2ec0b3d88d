"""
The options of the calendar.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

import attrs
from attrs.validators import ge, le, optional

from tjun import LeapDay, Minor, not_blank, web_address
from tjun.formats.paths import base_address

__all__ = ["IcsOptions", "MonthDates"]

_LAST_YEAR = 9998  # The exclusive end of an all-day entry may be in the next year.
_MAX_ALARM = 366  # Days; a reminder of a yearly event a year ahead.
_YEARS_AHEAD = 10

MonthDates = Literal["month", "first-day", "skip"]
"""
How to show an event that is known only to the month: as an entry as long as the month,
on its first day, or not at all.
"""

_year = optional([ge(1), le(_LAST_YEAR)])


@attrs.frozen(kw_only=True)
class IcsOptions:
    """
    What to put into a calendar.

    Attributes:
        first_year: The first year with entries; this year by default.

        last_year: The last year with entries; ten years after the first by default.

        minor: Which anniversaries to include of events that are neither major nor
            observed every year: all, jubilees (every fifth) or none.

        every: Include only anniversaries divisible by this number: 5 for jubilees.

        name: The name of the calendar.

        alarm_days: Remind this many days before, up to 366; by default there are no
            reminders.

        month_dates: Show an event known only to the month as an entry as long as the
            month, on its first day, or not at all.

        leap_day: Where anniversaries of 29 February fall in common years.

        feed_url: The address at which the calendar will be published.

        page_url: The address of the record's web site; each entry then links to the
            page of its event.
    """

    first_year: int | None = attrs.field(default=None, validator=_year)
    last_year: int | None = attrs.field(default=None, validator=_year)
    minor: Minor = "jubilees"
    every: int = attrs.field(default=1, validator=ge(1))
    name: str | None = attrs.field(default=None, validator=not_blank)
    alarm_days: int | None = attrs.field(
        default=None, validator=optional([ge(0), le(_MAX_ALARM)])
    )
    month_dates: MonthDates = "month"
    leap_day: LeapDay = "feb28"
    feed_url: str | None = attrs.field(default=None, validator=web_address)
    page_url: str | None = attrs.field(default=None, validator=base_address)

    def __attrs_post_init__(self) -> None:
        first, last = self.first_year, self.last_year
        if first is not None and last is not None and last < first:
            msg = f"expected a last year of at least {first}, the first year"
            raise ValueError(msg)

    def years(self, today: dt.date) -> tuple[int, int]:
        """
        Return the first and the last year with entries.
        """
        first, last = self.first_year, self.last_year
        if first is None:
            first = min(today.year, _LAST_YEAR if last is None else last)
        if last is None:
            last = min(first + _YEARS_AHEAD, _LAST_YEAR)
        return first, last
