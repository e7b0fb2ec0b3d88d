"""
The horizontal scale of the timeline.

A year is equally wide everywhere. Long periods in which nothing happened are reduced
to a break in the axis.
"""

from __future__ import annotations

import datetime as dt
from calendar import isleap
from collections.abc import Iterable, Iterator

import attrs

from tjun import PartialDate

__all__ = ["Scale", "Segment", "scale_for"]

_LONGEST_GAP = 8  # Years without an event that are drawn in full.
_BREAK_WIDTH = 34.0
_STEPS = (1, 2, 5)
_TICK_DISTANCE = 44.0  # Enough for a year in four digits.


@attrs.frozen
class Segment:
    """
    A period of whole years that is drawn without a break.

    Attributes:
        first: The first year.

        last: The last year, inclusive.

        x: Where the first year begins.
    """

    first: int
    last: int
    x: float

    @property
    def years(self) -> int:
        """
        How many years it lasts.
        """
        return self.last - self.first + 1


@attrs.frozen
class Scale:
    """
    The positions of dates on the axis.

    Attributes:
        segments: The periods that are drawn, in order.

        year_width: The width of one year.
    """

    segments: tuple[Segment, ...]
    year_width: float

    def start(self, day: dt.date) -> float:
        """
        Return where *day* begins.
        """
        return self._x(day, _day_of_year(day) - 1)

    def end(self, day: dt.date) -> float:
        """
        Return where *day* ends.
        """
        return self._x(day, _day_of_year(day))

    def extent(self, date: PartialDate) -> tuple[float, float]:
        """
        Return where the first day that is known begins and the last one ends.
        """
        first, last = date.extent
        return self.start(first), self.end(last)

    def _x(self, day: dt.date, days: int) -> float:
        segment = next(each for each in self.segments if day.year <= each.last)
        fraction = days / (366 if isleap(day.year) else 365)
        return segment.x + (day.year - segment.first + fraction) * self.year_width

    def breaks(self) -> Iterator[tuple[float, float]]:
        """
        Yield the start and the end of each break in the axis.
        """
        for segment in self.segments[1:]:
            yield segment.x - _BREAK_WIDTH, segment.x

    def ticks(self) -> Iterator[tuple[PartialDate, float]]:
        """
        Yield the years to write on the axis, and where each of them begins.
        """
        step = _tick_step(self.year_width)
        for segment in self.segments:
            first = -(-segment.first // step) * step
            for year in range(first, segment.last + 1, step):
                x = segment.x + (year - segment.first) * self.year_width
                yield PartialDate(year), x


def scale_for(
    periods: Iterable[tuple[int, int]], *, left: float, right: float
) -> Scale:
    """
    Return a scale that shows all *periods* between *left* and *right*.

    Args:
        periods: The first and the last year of each period; at least one.

        left: Where the axis begins.

        right: Where it ends.
    """
    merged: list[tuple[int, int]] = []
    for first, last in sorted(periods):
        if merged and first - merged[-1][1] <= _LONGEST_GAP:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    years = sum(last - first + 1 for first, last in merged)
    # At least half of the width is left for the years, however many breaks there are.
    breaks = min(_BREAK_WIDTH * (len(merged) - 1), (right - left) / 2)
    year_width = (right - left - breaks) / years
    gap = breaks / max(1, len(merged) - 1)
    segments: list[Segment] = []
    x = left
    for first, last in merged:
        segments.append(Segment(first, last, x))
        x += segments[-1].years * year_width + gap
    return Scale(tuple(segments), year_width)


def _day_of_year(day: dt.date) -> int:
    return day.timetuple().tm_yday


def _tick_step(year_width: float) -> int:
    magnitude = 1
    while True:
        for step in _STEPS:
            if step * magnitude * year_width >= _TICK_DISTANCE:
                return step * magnitude
        magnitude *= 10
