"""
The picture of a record: a mark for each event, in columns of years or decades.

It consists of lists that the style sheet draws as columns on a wide screen and as rows
on a phone, so no text is part of a drawing, where it could be cut off.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

import attrs

from tjun import Chronology, CooperationArea, Event, Mission

__all__ = ["Chart", "Column", "Lane", "chart_of", "groups_of"]

_LONGEST_GAP = 8  # Years without an event that get a column of their own each.
_MOST_COLUMNS = 64  # With more, a column is a decade.
_MOST_MARKS = 500  # With more events, each column has a bar instead of marks.
_MOST_GROUPS = 4  # As many colours can be told apart; other areas share one.
_MOST_LANES = 3  # With more missions at the same time, none is drawn.
_BUSY_SHARE = 5  # The busiest period is this part of the columns,
_LEAST_SHARE = 3  # and worth naming if it has this part of the events.


@attrs.frozen
class Lane:
    """
    A part of a mission in one column.

    Attributes:
        mission: The mission.

        first: Whether it opens in this column, which then has its name.
    """

    mission: Mission
    first: bool


@attrs.frozen(kw_only=True)
class Column:
    """
    A year or a decade.

    Attributes:
        year: The first year.

        events: What happened, in chronological order.

        lanes: The missions that were active, or `None`, in each lane.

        gap: Whether years without events are left out before it.
    """

    year: int
    events: tuple[Event, ...]
    lanes: tuple[Lane | None, ...]
    gap: bool


@attrs.frozen(kw_only=True)
class Chart:
    """
    The columns of the picture.

    Attributes:
        columns: The columns, in order.

        years: The number of years in a column: 1 or 10.

        groups: The number of the colour of each area by its id, from 1 to 4.

        busiest: The first and the last year of the busiest period, and its number of
            events; `None` if there is no such period.

        tallest: The largest number of events in a column.

        marks: Whether there is a mark for each event, rather than a bar.
    """

    columns: tuple[Column, ...]
    years: int
    groups: Mapping[str, int]
    busiest: tuple[int, int, int] | None
    tallest: int
    marks: bool

    def group(self, event: Event) -> int:
        """
        Return the number of the colour of an event; 0 is that of all other areas.
        """
        return self.groups.get(event.areas[0].id, 0) if event.areas else 0


def chart_of(record: Chronology, last_year: int) -> Chart:
    """
    Return the columns that show *record*.

    Args:
        record: The record.

        last_year: Where missions without a closing end.
    """
    by_year: dict[int, list[Event]] = {}
    for event in record.events:
        by_year.setdefault(event.date.anchor.year, []).append(event)
    years = 1
    firsts = _columns(by_year, years)
    if len(firsts) > _MOST_COLUMNS:
        years = 10
        by_year = _grouped(by_year, years)
        firsts = _columns(by_year, years)
    lanes = _lanes(record.missions, firsts, years, last_year)
    counts = [len(by_year.get(first, ())) for first in firsts]
    return Chart(
        columns=tuple(
            Column(
                year=first,
                events=tuple(by_year.get(first, ())),
                lanes=tuple(lane.get(first) for lane in lanes),
                gap=before is not None and first - before > years,
            )
            for before, first in zip([None, *firsts], firsts, strict=False)
        ),
        years=years,
        groups=groups_of(record),
        busiest=_busiest(firsts, counts, years),
        tallest=max(counts, default=0),
        marks=len(record.events) <= _MOST_MARKS,
    )


def groups_of(record: Chronology) -> dict[str, int]:
    """
    Return the number of the colour of each of the areas with the most events.
    """
    first: Counter[CooperationArea] = Counter(
        event.areas[0] for event in record.events if event.areas
    )
    chosen = {area.id for area, _ in first.most_common(_MOST_GROUPS)}
    own = (area.id for area in record.areas if area.id in chosen)
    return {area_id: number for number, area_id in enumerate(own, 1)}


def _grouped(by_year: Mapping[int, list[Event]], years: int) -> dict[int, list[Event]]:
    found: dict[int, list[Event]] = {}
    for year, events in by_year.items():
        found.setdefault(year // years * years, []).extend(events)
    return found


def _columns(wanted: Iterable[int], years: int) -> list[int]:
    """
    Return the first years of the columns; long periods without events have none.
    """
    found: list[int] = []
    for first in sorted(wanted):
        if found and first - found[-1] <= _LONGEST_GAP * years:
            found.extend(range(found[-1] + years, first, years))
        found.append(first)
    return found


def _busiest(
    firsts: Sequence[int], counts: Sequence[int], years: int
) -> tuple[int, int, int] | None:
    """
    Return the busiest of all periods of a fifth of the columns.
    """
    length = len(firsts) // _BUSY_SHARE
    if length < 1:
        return None
    sums = [sum(counts[start : start + length]) for start in range(len(firsts))]
    start = sums.index(max(sums))
    if sums[start] * _LEAST_SHARE < sum(counts):
        return None
    last = firsts[min(start + length, len(firsts)) - 1]
    return firsts[start], last + years - 1, sums[start]


def _lanes(
    missions: Collection[Mission], firsts: Sequence[int], years: int, last_year: int
) -> list[dict[int, Lane]]:
    """
    Return the missions by column in each lane, or nothing if there are too many.
    """
    lanes: list[dict[int, Lane]] = []
    for mission in sorted(missions, key=lambda each: each.start.anchor):
        start = mission.start.anchor.year // years * years
        end = last_year if mission.end is None else mission.end.anchor.year
        columns = [each for each in firsts if start <= each <= end]
        lane = next((each for each in lanes if start not in each), None)
        if lane is None:
            if len(lanes) == _MOST_LANES:
                return []
            lane = {}
            lanes.append(lane)
        lane.update({each: Lane(mission, each == start) for each in columns})
    return lanes
