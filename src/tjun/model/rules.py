"""
The days of observances that move from year to year.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from typing import Any

__all__ = ["check_rule", "day_of_rule"]

_RULE = re.compile(
    r"FREQ=YEARLY;BYMONTH=(1[0-2]|[1-9]);BYDAY=([1-4]|-1)(MO|TU|WE|TH|FR|SA|SU)"
)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def check_rule(_: object, __: object, value: Any) -> None:
    """
    Reject anything but one weekday of one month. `None` is allowed.
    """
    if value is not None and not (isinstance(value, str) and _RULE.fullmatch(value)):
        msg = (
            "expected a rule such as FREQ=YEARLY;BYMONTH=10;BYDAY=1MO (the first Monday"
            " of October), with one month, one weekday and 1 to 4 or -1 for the last,"
            f" got {value!r}"
        )
        raise ValueError(msg)


def day_of_rule(rule: str, year: int) -> dt.date:
    """
    Return the day on which an observance with a valid *rule* falls in *year*.
    """
    month, by_day = (part.partition("=")[2] for part in rule.split(";")[1:])
    which, weekday = int(by_day[:-2]), _WEEKDAYS.index(by_day[-2:])
    first, days = monthrange(year, int(month))
    day = 1 + (weekday - first) % 7  # The first such weekday of the month.
    while which > 1 or (which < 0 and day + 7 <= days):
        day, which = day + 7, which - 1
    return dt.date(year, int(month), day)
