"""
The record as a picture of characters: missions as bars, events as marks.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator

import attrs
from rich.text import Text as Styled

from tjun.chronology.chronology import Chronology
from tjun.locales.language import Language
from tjun.model.entities import Event
from tjun.model.missions import Mission
from tjun.model.text import escape_controls

__all__ = ["Timeline"]

_COLOURS = ("green", "red", "cyan", "yellow", "blue", "magenta", "bright_red", "white")
_LEAST_AXIS = 20  # Columns that the years need, however narrow the terminal is.
_MOST_LABEL = 30
_TICKS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@attrs.frozen(kw_only=True)
class Timeline:
    """
    A chronology drawn in lines of a given width.

    Attributes:
        record: What to draw.

        today: The day on which an open mission's bar ends.

        width: Columns of a line.

        language: The language of the labels.
    """

    record: Chronology
    today: dt.date
    width: int
    language: Language

    @property
    def first(self) -> int:
        """
        The year the axis begins with: that of the first membership or mission.

        What lies before is background; a record without either begins with its
        first event.
        """
        record = self.record
        starts = [m.start.year for m in record.missions]
        starts += [m.since.year for m in record.memberships]
        starts = starts or [event.date.year for event in record.events]
        return min(starts, default=self.today.year)

    @property
    def last(self) -> int:
        """
        The year the axis ends with: this year, or that of the last event.
        """
        ends = [event.date.year for event in self.record.events]
        return max([self.today.year, self.first, *ends])

    def lines(self) -> Iterator[Styled]:
        """
        Yield the lines, each at most `width` columns.
        """
        rows = list(self._rows())
        room = max(0, min(_MOST_LABEL, self.width - _LEAST_AXIS - 1))
        label = min(room, max((len(name) for name, _ in rows), default=0))
        axis = max(_LEAST_AXIS, self.width - label - 1)
        yield self._years(label, axis)
        for name, cells in rows:
            short = name if len(name) <= label else f"{name[: label - 1]}…"[:label]
            yield Styled(f"{short:>{label}} ").append(cells(axis))
        yield Styled()
        yield Styled(self.language.label("timeline_legend"), style="dim")

    def _rows(self) -> Iterator[tuple[str, _Cells]]:
        for mission in self.record.missions:
            yield (
                escape_controls(mission.acronym),
                _Cells(self, mission.events, "bold", mission),
            )
        areas = self.record.areas
        for index, area in enumerate(areas):
            events = self.record.events.where(area=area)
            colour = _COLOURS[index % len(_COLOURS)]
            name = escape_controls(area.name.in_(self.language))
            yield name, _Cells(self, events, colour, None)
        rest = [event for event in self.record.events if not event.areas]
        if rest:
            yield self.language.label("no_area"), _Cells(self, rest, "", None)

    def _years(self, label: int, axis: int) -> Styled:
        span = self.last - self.first + 1
        step = next((each for each in _TICKS if span / each * 6 <= axis), _TICKS[-1])
        line = [" "] * axis
        for year in range(self.first, self.last + 1):
            column = self.column(dt.date(year, 1, 1), axis)
            if year % step == 0 and column + 4 <= axis:
                line[column : column + 4] = f"{year:04}"
        return Styled(f"{'':>{label}} {''.join(line)}".rstrip(), style="dim")

    def column(self, day: dt.date, axis: int) -> int:
        """
        Return the column of the axis that *day* falls into.
        """
        start = dt.date(self.first, 1, 1).toordinal()
        whole = dt.date(self.last, 12, 31).toordinal() - start + 1
        return min(axis - 1, max(0, (day.toordinal() - start) * axis // whole))


@attrs.frozen
class _Cells:
    timeline: Timeline
    events: Iterable[Event]
    style: str
    mission: Mission | None

    def __call__(self, axis: int) -> Styled:
        timeline = self.timeline
        line = [" "] * axis
        if self.mission is not None:
            end = self.mission.end
            last = timeline.today if end is None else end.latest
            start = timeline.column(self.mission.start.earliest, axis)
            for column in range(start, timeline.column(last, axis) + 1):
                line[column] = "━"
        counts = Counter(
            timeline.column(event.date.earliest, axis)
            for event in self.events
            if event.date.year >= timeline.first
        )
        for column, count in counts.items():
            line[column] = "●" if count == 1 else str(count) if count < 10 else "+"
        return Styled("".join(line).rstrip(), style=self.style)
