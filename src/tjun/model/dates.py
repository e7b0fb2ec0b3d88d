"""
Calendar dates that are exactly as precise as they are known.

The written form is the part of EDTF (ISO 8601-2) that a single point in time needs:
`1992-03-02`, `2000-05`, `2007`, `1992~`, `1992-21`, `199X`, `[1992-03..1992-05]` and
`[..1992-03-02]`. The calendar is the proleptic Gregorian calendar of `datetime`.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from calendar import monthrange
from collections.abc import Iterable
from itertools import pairwise
from typing import Any, Literal

import attrs

from tjun.errors import shortened
from tjun.model.refusals import way_out

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

_SIMPLE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(~?)")
_DECADE = re.compile(r"([0-9]{3})X")
_INTERVAL = re.compile(r"\[([0-9-]*)\.\.([0-9-]*)\]")
_SEASONS = range(21, 25)  # Spring, summer, autumn and winter.
_EXPECTED = "a date as YYYY-MM-DD, YYYY-MM or YYYY"
_ONE_DAY = dt.timedelta(1)


class Precision(enum.IntEnum):
    """
    How much of a date is known. Finer precision compares greater.
    """

    INTERVAL = 1
    DECADE = 2
    YEAR = 3
    SEASON = 4
    MONTH = 5
    DAY = 6


def _check_range(value: object, what: str, low: int, high: int) -> None:
    if type(value) is not int or not low <= value <= high:  # bool is an int.
        msg = f"expected a {what} from {low} to {high}, got {value!r}"
        raise ValueError(msg)


@attrs.frozen(init=False, repr=False)
class PartialDate:
    """
    A point in time, as precisely as it is known.

    `PartialDate("1992-03-02")` and `PartialDate(1992, 3, 2)` are the same. Dates are
    not ordered (a month is neither before nor after a day in it), so there is no `<`.
    Compare `earliest` or `latest`, or sort by `sort_key`.

    Args:
        year: 1 to 9999, or a whole date as `parse()` accepts it.

        month: 1 to 12, or `None` if only the year is known.

        day: 1 to the last day of the month, or `None` if it is not known.

    Attributes:
        year: The year; `None` for a season, a decade or an interval.

        month: The month, or `None`.

        day: The day of the month, or `None`.

        season: 1 (spring) to 4 (winter, which begins in December of the year before),
            or `None`.

        precision: How much of the date is known.

        qualifier: `approximate` if the date is only about right, or `None`.

        earliest: The first day that the date may refer to; `None` if the date only
            says that it is not later than `latest`.

        latest: The last day that the date may refer to; `None` if the date only says
            that it is not earlier than `earliest`.

        ends: The first and the last date of an interval, of which one may be `None`;
            `None` for anything else.

    Raises:
        ValueError: If the date does not exist, or has a day but no month.
    """

    _text: str
    year: int | None = attrs.field(eq=False)
    month: int | None = attrs.field(eq=False)
    day: int | None = attrs.field(eq=False)
    season: int | None = attrs.field(eq=False)
    precision: Precision = attrs.field(eq=False)
    qualifier: Literal["approximate"] | None = attrs.field(eq=False)
    earliest: dt.date | None = attrs.field(eq=False)
    latest: dt.date | None = attrs.field(eq=False)
    ends: tuple[PartialDate | None, PartialDate | None] | None = attrs.field(eq=False)

    def __init__(
        self, year: int | str, month: int | None = None, day: int | None = None
    ) -> None:
        if isinstance(year, str) and month is None and day is None:
            text, values = year, _read(year)
        else:
            values = _simple(year, month, day)
            text = f"{year:04}"
            if month is not None:
                text += f"-{month:02}" if day is None else f"-{month:02}-{day:02}"
        made: Any = self  # Type checkers do not know what attrs generates.
        made.__attrs_init__(text, *values)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """
        Parse a date in the form that `str()` returns.

        Args:
            text: In ASCII and without surrounding spaces: a day, a month or a year
                (`1992-03-02`, `1992-03`, `1992`), one of them followed by `~` if it
                is approximate, a season (`1992-21` is spring, `1992-24` winter), a
                decade (`199X`), or the first and the last possible date
                (`[1992-03..1992-05]`), of which one may be missing.

        Raises:
            ValueError: If *text* is not such a date; the message says why, and how to
                write what other forms of EDTF mean.
        """
        given: Any = text
        if not isinstance(given, str):
            msg = f"expected {_EXPECTED}, got {text!r}"
            raise ValueError(msg)
        return cls(text)

    @property
    def extent(self) -> tuple[dt.date, dt.date]:
        """
        The first and the last day that are known, which for an open end are the same.
        """
        first, last = self.earliest, self.latest
        return first or last, last or first  # type: ignore[return-value]  # One is known.

    @property
    def anchor(self) -> dt.date:
        """
        The day that places the date: `earliest`, or `latest` if only that is known.
        """
        return self.extent[0]

    @property
    def sort_key(self) -> tuple[dt.date, Precision]:
        """
        A sort key for display: `anchor`, then the less precise date first.
        """
        return (self.anchor, self.precision)

    @property
    def reach(self) -> tuple[dt.date, dt.date]:
        """
        The first and the last day with which the date agrees.

        An approximate date reaches one unit of its precision beyond itself, and an
        open end as far as the calendar.
        """
        first, last = self.earliest or dt.date.min, self.latest or dt.date.max
        if self.qualifier is None:
            return first, last
        if first > dt.date.min:
            first = _same_precision(self, first - _ONE_DAY)[0]
        if last < dt.date.max:
            last = _same_precision(self, last + _ONE_DAY)[1]
        return first, last

    def agrees_with(self, other: PartialDate) -> bool:
        """
        Return whether both dates can be true of one day.

        An approximate date agrees with what is at most one unit of its precision
        away: `1992~` with 1991, 1992 and 1993.
        """
        return not any_conflict((self, other))

    def precedes(self, other: PartialDate) -> bool:
        """
        Return whether the date is certainly before *other*.
        """
        return self.reach[1] < other.reach[0]

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"PartialDate({self._text!r})"


_Values = tuple[
    int | None,
    int | None,
    int | None,
    int | None,
    Precision,
    Literal["approximate"] | None,
    dt.date | None,
    dt.date | None,
    tuple[PartialDate | None, PartialDate | None] | None,
]


def _simple(
    year: Any, month: Any, day: Any, qualifier: Literal["approximate"] | None = None
) -> _Values:
    """
    Return the values for a day, a month or a year.
    """
    _check_range(year, "year", dt.MINYEAR, dt.MAXYEAR)
    if month is not None:
        _check_range(month, "month", 1, 12)
        if day is not None:
            last = monthrange(year, month)[1]
            _check_range(day, f"day of {year:04}-{month:02}", 1, last)
            only, precision = dt.date(year, month, day), Precision.DAY
            return year, month, day, None, precision, qualifier, only, only, None
    elif day is not None:
        msg = f"expected a month with the day {day!r}, got none"
        raise ValueError(msg)
    precision = Precision.MONTH if month else Precision.YEAR
    period = _period(year, month or 1, month or 12)
    return year, month, day, None, precision, qualifier, *period, None


def _period(year: int, first: int, last: int) -> tuple[dt.date, dt.date]:
    """
    Return the first day of one month and the last day of another.
    """
    return dt.date(year, first, 1), dt.date(year, last, monthrange(year, last)[1])


def _read(text: str) -> _Values:
    """
    Return the values for a written date.
    """
    try:
        values = _form(text)
    except ValueError as error:
        remedy = None if text.startswith("[") else way_out(text)
        msg = f"{shortened(text)} is not a date: {remedy or error}"
        raise ValueError(msg) from None
    if values is None:
        remedy = way_out(text)
        msg = f"expected {_EXPECTED}, got {shortened(text)}"
        raise ValueError(msg if remedy is None else f"{text!r} is not a date: {remedy}")
    return values


def _form(text: str) -> _Values | None:
    if match := _SIMPLE.fullmatch(text):
        year, month, day = (int(part) if part else None for part in match.groups()[:3])
        if match[4]:
            return _simple(year, month, day, "approximate")
        if year and month and day is None and month in _SEASONS:
            return _season(year, month - _SEASONS.start + 1)
        return _simple(year, month, day)
    if match := _DECADE.fullmatch(text):
        start = int(match[1]) * 10
        first, last = dt.date(max(start, 1), 1, 1), dt.date(start + 9, 12, 31)
        return None, None, None, None, Precision.DECADE, None, first, last, None
    if match := _INTERVAL.fullmatch(text):
        begin, end = (PartialDate(each) if each else None for each in match.groups())
        return _interval(begin, end)
    return None


def _season(year: int, season: int) -> _Values:
    if season == 4:
        _check_range(year, "year of winter", dt.MINYEAR + 1, dt.MAXYEAR)
        first, last = dt.date(year - 1, 12, 1), _period(year, 2, 2)[1]
    else:
        first, last = _period(year, season * 3, season * 3 + 2)
    return None, None, None, season, Precision.SEASON, None, first, last, None


def _interval(begin: PartialDate | None, end: PartialDate | None) -> _Values | None:
    ends = [each for each in (begin, end) if each is not None]
    if not ends or any(each.year is None for each in ends):
        return None
    if not all(one.precedes(other) for one, other in pairwise(ends)):
        msg = f"{begin} does not end before {end} begins"
        raise ValueError(msg)
    first = None if begin is None else begin.earliest
    last = None if end is None else end.latest
    interval = Precision.INTERVAL
    return None, None, None, None, interval, None, first, last, (begin, end)


def _same_precision(date: PartialDate, day: dt.date) -> tuple[dt.date, dt.date]:
    """
    Return the first and the last day of the year, month or day that contains *day*.
    """
    if date.day is not None:
        return day, day
    known = date.month is not None
    return _period(day.year, day.month if known else 1, day.month if known else 12)


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
    if date.day is None or date.earliest is None or date.qualifier is not None:
        msg = f"expected a whole day as YYYY-MM-DD, got {str(date)!r}"
        raise ValueError(msg)
    return date.earliest


def as_bound(value: DateBound) -> tuple[dt.date, dt.date]:
    """
    Return the first and the last day of *value*, the start or end of a period.

    Raises:
        ValueError: If *value* is not a `DateBound`, or has no first or no last day.
    """
    date = PartialDate(value) if isinstance(value, int) else as_date(value)
    if date.earliest is None or date.latest is None:
        msg = f"expected a date with a first and a last day, got {str(date)!r}"
        raise ValueError(msg)
    return date.earliest, date.latest


def any_conflict(dates: Iterable[PartialDate | None]) -> bool:
    """
    Return whether two of the dates cannot both be true.
    """
    known = [date.reach for date in set(dates) if date is not None]
    if len(known) < 2:
        return False
    # Every two periods overlap if the last to begin begins before the first ends.
    return max(first for first, _ in known) > min(last for _, last in known)
