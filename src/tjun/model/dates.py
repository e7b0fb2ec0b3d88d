"""
Calendar dates that are as precise as they are known.

The written form is that of EDTF level 0, which is ISO 8601's: `1992-03-02`,
`2000-05`, `2007`. The calendar is the proleptic Gregorian one of `datetime`.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from calendar import monthrange

import attrs

__all__ = ["DateBound", "DateLike", "PartialDate", "Precision", "as_bound", "as_date"]

_WRITTEN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_EXPECTED = "a date as YYYY-MM-DD, YYYY-MM or YYYY"


class Precision(enum.IntEnum):
    """
    How much of a date is known; a finer precision is the larger number.
    """

    YEAR = 1
    MONTH = 2
    DAY = 3


def _number(value: object, what: str, low: int, high: int) -> None:
    if type(value) is not int or not low <= value <= high:  # bool is an int.
        hint = "; a text goes to PartialDate.parse()" if type(value) is str else ""
        msg = f"expected a {what} from {low} to {high}, got {value!r}{hint}"
        raise ValueError(msg)


@attrs.frozen(repr=False)
class PartialDate:
    """
    A day, a month or a year, never more precise than it is known.

    Two partial dates have no order (a month and a day inside it have none), so
    there is no `<`: compare `earliest` or `latest`, or sort by `sort_key`.

    Attributes:
        year: 1 to 9999.

        month: 1 to 12, or `None` where only the year is known.

        day: 1 to the last day of the month, or `None` where it is not known.

    Raises:
        ValueError: For what the calendar lacks, or a day without a month.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __attrs_post_init__(self) -> None:
        _number(self.year, "year", dt.MINYEAR, dt.MAXYEAR)
        if self.month is not None:
            _number(self.month, "month", 1, 12)
        if self.day is not None:
            if self.month is None:
                msg = f"expected a month with the day {self.day!r}, got none"
                raise ValueError(msg)
            last = monthrange(self.year, self.month)[1]
            _number(self.day, f"day of {self.year:04}-{self.month:02}", 1, last)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """
        Read a date as `str()` writes it.

        Args:
            text: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; ASCII digits, nothing around.

        Raises:
            ValueError: Says what was expected.
        """
        match = _WRITTEN.fullmatch(text) if isinstance(text, str) else None
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
            msg = f"no such date {text!r}: {error}"
            raise ValueError(msg) from None

    @property
    def precision(self) -> Precision:
        """
        How much is known: the year, the month or the day.
        """
        if self.month is None:
            return Precision.YEAR
        return Precision.MONTH if self.day is None else Precision.DAY

    @property
    def earliest(self) -> dt.date:
        """
        The first day it may be.
        """
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> dt.date:
        """
        The last day it may be.
        """
        month = self.month or 12
        return dt.date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def sort_key(self) -> tuple[dt.date, Precision]:
        """
        A key for display: by first possible day, the vaguer date first.
        """
        return (self.earliest, self.precision)

    def agrees_with(self, other: PartialDate) -> bool:
        """
        Return whether both can be true, so that one lies within the other.
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
What serves where a partial date is wanted: an ISO text or a day does, too.
"""

DateBound = DateLike | int
"""
What serves as one end of a span of time: a whole year does, too.
"""


def as_date(value: DateLike) -> PartialDate:
    """
    Return the partial date that *value* means.

    Raises:
        ValueError: For anything that is not `DateLike`; a `datetime` is a moment
            and not a day, so it is refused.
    """
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return PartialDate(value.year, value.month, value.day)
    if isinstance(value, str):
        return PartialDate.parse(value)
    msg = f"expected {_EXPECTED}, or a datetime.date, got {value!r}"
    raise ValueError(msg)


def as_bound(value: DateBound) -> PartialDate:
    """
    Return the partial date that *value* means as one end of a span of time.

    Raises:
        ValueError: For anything that is not `DateBound`.
    """
    return PartialDate(value) if isinstance(value, int) else as_date(value)
