"""
Calendar dates that are exactly as precise as they are known.

The written form is EDTF level 0, which is a profile of ISO 8601: `1992-03-02`,
`2000-05`, `2007`. The calendar is the proleptic Gregorian calendar of `datetime`.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from calendar import monthrange
from collections.abc import Iterable

import attrs

__all__ = [
    "DateBound",
    "DateLike",
    "PartialDate",
    "Precision",
    "any_conflict",
    "as_bound",
    "as_date",
    "as_day",
]

_EDTF = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_EXPECTED = "a date as YYYY-MM-DD, YYYY-MM or YYYY"


class Precision(enum.IntEnum):
    """
    How much of a date is known. Finer precision compares greater.
    """

    YEAR = 1
    MONTH = 2
    DAY = 3


def _check_range(value: object, what: str, low: int, high: int) -> None:
    if type(value) is not int or not low <= value <= high:  # bool is an int.
        hint = "; use PartialDate.parse() for a string" if type(value) is str else ""
        msg = f"expected a {what} from {low} to {high}, got {value!r}{hint}"
        raise ValueError(msg)


@attrs.frozen(repr=False)
class PartialDate:
    """
    A day, a month or a year.

    Partial dates are not ordered (a month is neither before nor after a day in it),
    so there is no `<`. Compare `earliest` or `latest`, or sort by `sort_key`.

    Attributes:
        year: 1 to 9999.

        month: 1 to 12, or `None` if only the year is known.

        day: 1 to the last day of the month, or `None` if it is not known.

    Raises:
        ValueError: If the date does not exist, or has a day but no month.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __attrs_post_init__(self) -> None:
        # One method instead of a validator for each field is faster, and there are
        # thousands of dates.
        _check_range(self.year, "year", dt.MINYEAR, dt.MAXYEAR)
        if self.month is not None:
            _check_range(self.month, "month", 1, 12)
        if self.day is not None:
            if self.month is None:
                msg = f"expected a month with the day {self.day!r}, got none"
                raise ValueError(msg)
            last = monthrange(self.year, self.month)[1]
            _check_range(self.day, f"day of {self.year:04}-{self.month:02}", 1, last)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """
        Parse a date in the form that `str()` returns.

        Args:
            text: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`, in ASCII digits and without
                surrounding spaces.

        Raises:
            ValueError: If *text* is not such a date; the message says why.
        """
        match = _EDTF.fullmatch(text) if isinstance(text, str) else None
        if match is None:
            msg = f"expected {_EXPECTED}, got {text!r}"
            raise ValueError(msg)
        year, month, day = match.groups()
        try:
            return cls(
                int(year),
                None if month is None else int(month),
                None if day is None else int(day),
            )
        except ValueError as error:
            msg = f"{text!r} is not a date: {error}"
            raise ValueError(msg) from None

    @property
    def precision(self) -> Precision:
        """
        How much of the date is known: the year, the month or the day.
        """
        if self.month is None:
            return Precision.YEAR
        return Precision.MONTH if self.day is None else Precision.DAY

    @property
    def earliest(self) -> dt.date:
        """
        The first day that the date may refer to.
        """
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> dt.date:
        """
        The last day that the date may refer to.
        """
        month = self.month or 12
        return dt.date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def sort_key(self) -> tuple[dt.date, Precision]:
        """
        A sort key for display: `earliest`, then the less precise date first.
        """
        return (self.earliest, self.precision)

    def agrees_with(self, other: PartialDate) -> bool:
        """
        Return whether both dates can be true of one day.
        """
        return self.earliest <= other.latest and other.earliest <= self.latest

    def __str__(self) -> str:
        text = f"{self.year:04}"
        if self.month is not None:
            text += f"-{self.month:02}"
        if self.day is not None:
            text += f"-{self.day:02}"
        return text

    def __repr__(self) -> str:
        return f"PartialDate({str(self)!r})"


DateLike = PartialDate | str | dt.date
"""
Accepted wherever a date is expected: a `PartialDate`, a string that
`PartialDate.parse()` accepts, or a `datetime.date`.
"""

DateBound = DateLike | int
"""
Accepted as the start or end of a period: a `DateLike`, or a year as an integer.
"""


def as_date(value: DateLike) -> PartialDate:
    """
    Convert *value* to a partial date.

    Raises:
        ValueError: If *value* is not `DateLike`. A `datetime` is rejected because it
            is a moment, not a day.
    """
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return PartialDate(value.year, value.month, value.day)
    if isinstance(value, str):
        return PartialDate.parse(value)
    hint = "; use .date()" if isinstance(value, dt.datetime) else ""
    msg = f"expected {_EXPECTED}, or a datetime.date, got {value!r}{hint}"
    raise ValueError(msg)


def as_day(value: DateLike) -> dt.date:
    """
    Convert *value* to a day.

    Raises:
        ValueError: If *value* is not `DateLike`, or is only a month or a year.
    """
    date = as_date(value)
    if date.day is None:
        msg = f"expected a whole day as YYYY-MM-DD, got {str(date)!r}"
        raise ValueError(msg)
    return date.earliest


def as_bound(value: DateBound) -> PartialDate:
    """
    Convert *value*, the start or end of a period, to a partial date.

    Raises:
        ValueError: If *value* is not a `DateBound`.
    """
    return PartialDate(value) if isinstance(value, int) else as_date(value)


def any_conflict(dates: Iterable[PartialDate | None]) -> bool:
    """
    Return whether two of the dates cannot both be true.
    """
    known = {date for date in dates if date is not None}
    if len(known) < 2:
        return False
    # Every two periods overlap if the last to begin begins before the first ends.
    return max(d.earliest for d in known) > min(d.latest for d in known)
