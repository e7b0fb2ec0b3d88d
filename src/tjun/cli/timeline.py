"""
A record drawn with characters: missions as bars, events as marks.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs
from rich.cells import cell_len

from tjun.cli.layout import Line, line, paragraph
from tjun.locales.language import Language
from tjun.model.entities import CooperationArea, Event
from tjun.model.missions import Membership, Mission
from tjun.model.text import escape_controls

__all__ = ["Timeline"]

_COLOURS = ("green", "red", "cyan", "yellow", "blue", "magenta")
_LEAST_AXIS = 20  # The years get so many columns even on a narrow terminal.
_MOST_LABEL = 30
_TICKS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@attrs.frozen(kw_only=True)
class Timeline:
    """
    What to draw.

    Attributes:
        missions: The missions, each drawn as a bar.

        memberships: The memberships; the axis begins no later than they do.

        areas: The events of each area.

        events: All events, in chronological order.

        today: The day on which the bar of an active mission ends.

        language: The language of the labels.
    """

    missions: Sequence[Mission]
    memberships: Sequence[Membership]
    areas: Mapping[CooperationArea, Sequence[Event]]
    events: Sequence[Event]
    today: dt.date
    language: Language

    @property
    def first(self) -> int:
        """
        The first year of the axis: that of the first membership or mission.

        Earlier events are background. Without memberships, as with a filter, the axis
        begins with the first event or mission.
        """
        starts = [mission.start.year for mission in self.missions]
        if self.memberships:
            starts += [membership.since.year for membership in self.memberships]
        else:
            starts += [event.date.year for event in self.events]
        return min(starts, default=self.today.year)

    @property
    def last(self) -> int:
        """
        The last year of the axis: this year, or that of the last event.
        """
        ends = [event.date.year for event in self.events]
        return max([self.today.year, self.first, *ends])

    def lines(self, width: int) -> Iterator[Line]:
        """
        Yield the lines, each at most *width* columns.
        """
        if not self.events:
            yield from paragraph(self.language.label("nothing_found"), width)
            return
        rows = list(self._rows())
        room = max(0, min(_MOST_LABEL, width - _LEAST_AXIS - 1))
        label = min(room, max(cell_len(name) for name, _, _, _ in rows))
        axis = _Axis(
            first=self.first, last=self.last, width=max(_LEAST_AXIS, width - label - 1)
        )
        yield line(f"{'':{label}} {axis.years()}".rstrip(), "dim")
        for name, mission, events, style in rows:
            cells = axis.cells(mission, events, self.today)
            yield (*line(f"{_fitted(name, label)} "), *line(cells, style))
        yield line()
        legend = [self.language.label("timeline_legend")]
        if any(event.disputed for event in self.events):
            legend.append(self.language.label("disputed_legend"))
        for text in legend:
            yield from paragraph(text, width, style="dim")

    def _rows(self) -> Iterator[tuple[str, Mission | None, Iterable[Event], str]]:
        selected = {event.id for event in self.events}
        for mission in self.missions:
            own = [event for event in mission.events if event.id in selected]
            yield mission.acronym, mission, own, "bold"
        for index, (area, events) in enumerate(self.areas.items()):
            colour = _COLOURS[index % len(_COLOURS)]
            yield area.name.in_(self.language), None, events, colour
        rest = [event for event in self.events if not event.areas]
        if rest:
            yield self.language.label("no_area"), None, rest, ""


def _fitted(name: str, width: int) -> str:
    name = escape_controls(name)
    if cell_len(name) > width:
        ends = itertools.accumulate(map(cell_len, name))
        kept = sum(1 for _ in itertools.takewhile(lambda end: end < width, ends))
        name = f"{name[:kept]}…" if width else ""
    return " " * (width - cell_len(name)) + name


@attrs.frozen(kw_only=True)
class _Axis:
    first: int
    last: int
    width: int

    def years(self) -> str:
        span = self.last - self.first + 1
        fitting = (each for each in _TICKS if span / each * 6 <= self.width)
        step = next(fitting, _TICKS[-1])
        cells = [" "] * self.width
        for year in range(self.first, self.last + 1):
            column = self._column(dt.date(year, 1, 1))
            if year % step == 0 and column + 4 <= self.width:
                cells[column : column + 4] = f"{year:04}"
        return "".join(cells).rstrip()

    def cells(
        self, mission: Mission | None, events: Iterable[Event], today: dt.date
    ) -> str:
        cells = [" "] * self.width
        if mission is not None:
            last = today if mission.end is None else mission.end.latest
            start = self._column(mission.start.earliest)
            for column in range(start, self._column(last) + 1):
                cells[column] = "━"
        counts: Counter[int] = Counter()
        disputed: set[int] = set()
        for event in events:
            if event.date.year >= self.first:
                column = self._column(event.date.earliest)
                counts[column] += 1
                if event.disputed:
                    disputed.add(column)
        for column, count in counts.items():
            cells[column] = "●" if count == 1 else str(count) if count < 10 else "+"
        for column in disputed:
            cells[column] = "*"
        return "".join(cells).rstrip()

    def _column(self, day: dt.date) -> int:
        start = dt.date(self.first, 1, 1).toordinal()
        whole = dt.date(self.last, 12, 31).toordinal() - start + 1
        position = (day.toordinal() - start) * self.width // whole
        return min(self.width - 1, max(0, position))
