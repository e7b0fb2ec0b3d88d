"""
The layout of the timeline.

`draw_timeline()` turns events and missions into shapes. Everything that has a label
reserves its space in a row, so no two labels overlap.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import attrs

from tjun import Account, CooperationArea, Event, Language, Mission, one_line
from tjun.formats.html.accounts import drawn_accounts
from tjun.formats.html.marks import mark_of
from tjun.formats.html.packing import Box, Rows, text_width, wrap
from tjun.formats.html.scale import Scale, scale_for
from tjun.formats.html.shapes import (
    Bar,
    Connector,
    Label,
    Lane,
    Mark,
    Tick,
    Timeline,
)

__all__ = ["FONT_SIZE", "draw_timeline"]

FONT_SIZE = 11.0
"""
The size of all labels, in the units of the drawing.
"""

_WIDTH = 960.0
_AXIS = 34.0  # The years, and "today" above them.
_ROW = 15.0
_MARK = 11.0
_LANE_NAME = 19.0
_LANE_GAP = 9.0
_LABEL_WIDTH = 310.0
_TITLE_LINES = 3
_CLEAR = 5.0  # Between a mark and its label, and between neighbours.
_STROKE = 1.5  # A day is narrower than the line that shows it.


def draw_timeline(
    *,
    events: Iterable[Event],
    missions: Sequence[Mission] = (),
    areas: Iterable[CooperationArea] = (),
    today: dt.date,
    language: Language,
) -> Timeline:
    """
    Return the shapes that show *events* and *missions*.

    An event is in the lane of its first area; events without an area are in the lane
    below the missions. A lane shows minor events first, then those whose date is
    disputed, then major events with their labels.

    Args:
        events: The events, in chronological order.

        missions: The missions, each drawn as a bar.

        areas: The areas, in the order of their lanes.

        today: The day on which a mission without closing ends.

        language: The language of the labels.
    """
    names: dict[str | None, str] = {None: language.label("general")}
    names.update((area.id, area.name.in_(language)) for area in areas)
    by_area: dict[str | None, list[Event]] = {area_id: [] for area_id in names}
    for event in events:
        by_area[event.areas[0].id if event.areas else None].append(event)
    periods = [(today.year, today.year), *_periods(by_area, missions, today)]
    # What is written on the axis is centred, also at its ends.
    texts = ("0000", language.label("today"))
    edge = _CLEAR + max(text_width(text, FONT_SIZE) for text in texts) / 2
    scale = scale_for(periods, left=edge, right=_WIDTH - edge)
    drawing = _Drawing(scale, today, language)
    if missions:
        drawing.add_missions(missions)
    for area_id, own in by_area.items():
        if own:
            drawing.add_lane(area_id, names[area_id], own)
    return drawing.timeline()


def _periods(
    by_area: dict[str | None, list[Event]], missions: Iterable[Mission], today: dt.date
) -> Iterator[tuple[int, int]]:
    for events in by_area.values():
        for event in events:
            for account in drawn_accounts(event):
                last = account.date if account.until is None else account.until
                yield account.date.anchor.year, last.extent[1].year
    for mission in missions:
        end = today.year if mission.end is None else mission.end.extent[1].year
        start = mission.start.anchor.year
        yield start, max(start, end)


@attrs.frozen
class _Block:
    """
    Marks with labels that are placed together.

    Attributes:
        top: The first row.

        label_x: Where the labels begin or end.

        anchor: Which end of the labels is there.
    """

    top: int
    label_x: float
    anchor: Literal["start", "end"]


def _place(rows: Rows, marks: Sequence[Box], lines: Sequence[str]) -> _Block:
    """
    Reserve the topmost free space for marks and the label beside them.

    Args:
        rows: The rows of the lane.

        marks: The left and the right edge of the mark in each row.

        lines: The lines of the label.
    """
    first = min(left for left, _ in marks)
    last = max(right for _, right in marks)
    widths = [text_width(line, FONT_SIZE) + 2 * _CLEAR for line in lines]
    after, before = [], []
    for mark, width in itertools.zip_longest(marks, widths):
        left, right = (first, last) if mark is None else mark
        wide = width is not None
        after.append((left - _STROKE, last + width if wide else right + _STROKE))
        before.append((first - width if wide else left - _STROKE, right + _STROKE))
    fits_after = max(right for _, right in after) <= _WIDTH
    fits_before = min(left for left, _ in before) >= 0
    lower = rows.fit(before) >= rows.fit(after)
    if not fits_before or (fits_after and lower):
        return _Block(rows.place(after), last + _CLEAR, "start")
    return _Block(rows.place(before), first - _CLEAR, "end")


class _Drawing:
    def __init__(self, scale: Scale, today: dt.date, language: Language) -> None:
        self._scale = scale
        self._today = today
        self._language = language
        self._y = _AXIS
        self._lanes: list[Lane] = []
        self._bars: list[Bar] = []
        self._marks: list[Mark] = []
        self._labels: list[Label] = []
        self._connectors: list[Connector] = []

    def timeline(self) -> Timeline:
        return Timeline(
            width=_WIDTH,
            height=self._y,
            year_width=self._scale.year_width,
            lanes=tuple(self._lanes),
            bars=tuple(self._bars),
            marks=tuple(self._marks),
            connectors=tuple(self._connectors),
            labels=tuple(self._labels),
            ticks=tuple(Tick(str(year), x) for year, x in self._scale.ticks()),
            breaks=tuple(self._scale.breaks()),
            today=self._scale.start(self._today),
        )

    def add_missions(self, missions: Iterable[Mission]) -> None:
        top = self._start_lane(self._language.label("missions"))
        rows = Rows()
        for mission in missions:
            self._add_mission(mission, top, rows)
        self._end_lane(None, top, rows)

    def _add_mission(self, mission: Mission, top: float, rows: Rows) -> None:
        scale = self._scale
        left, opened = scale.extent(mission.start)
        if mission.end is None:
            closing = right = max(opened, scale.end(self._today))
        else:
            closing, right = scale.extent(mission.end)
        until = self._language.label("today") if mission.end is None else None
        dates = (
            self._language.format_span(mission.start, mission.end)
            if until is None
            else f"{self._language.format_date(mission.start)} – {until}"
        )
        name = mission.acronym or mission.name.in_(self._language)
        text = one_line(f"{name} · {dates}")
        block = _place(rows, [(left, right)], [text])
        y = top + block.top * _ROW
        certain = max(opened, min(closing, right))
        self._bars.append(
            Bar(
                mission_id=mission.id,
                title=one_line(f"{mission.name.in_(self._language)}: {dates}"),
                x=left,
                width=right - left,
                certain_x=opened,
                certain_width=certain - opened,
                y=y + (_ROW - _MARK) / 2,
                height=_MARK,
                active=mission.end is None,
            )
        )
        self._label(text, "mission", block, y, None)

    def add_lane(self, area_id: str | None, name: str, events: list[Event]) -> None:
        top = self._start_lane(name)
        rows = Rows()
        for event in sorted(
            events, key=lambda each: (each.weight == "major", each.disputed)
        ):
            add = self._add_major if event.weight == "major" else self._add_minor
            add(event, top, rows)
        self._end_lane(area_id, top, rows)

    def _add_minor(self, event: Event, top: float, rows: Rows) -> None:
        accounts = drawn_accounts(event)
        boxes = [
            (left - _STROKE, right + _STROKE) for left, right in self._reach(accounts)
        ]
        row = rows.place(boxes)
        self._add_accounts(event, accounts, top + row * _ROW)

    def _add_major(self, event: Event, top: float, rows: Rows) -> None:
        accounts = drawn_accounts(event)
        title = one_line((event.short or event.title).in_(self._language))
        lines = wrap(title, size=FONT_SIZE, width=_LABEL_WIDTH, lines=_TITLE_LINES)
        block = _place(rows, self._reach(accounts), lines)
        y = top + block.top * _ROW
        self._add_accounts(event, accounts, y)
        for row, line in enumerate(lines):
            self._label(line, "event", block, y + row * _ROW, event.id)

    def _reach(self, accounts: Iterable[Account]) -> list[Box]:
        """
        Return the left and the right edge of the mark of each account.
        """
        boxes = []
        for account in accounts:
            left, right = self._scale.extent(account.date)
            if account.until is not None:
                right = max(right, self._scale.end(account.until.extent[1]))
            boxes.append((left, max(right, left + _STROKE)))
        return boxes

    def _add_accounts(
        self, event: Event, accounts: Iterable[Account], top: float
    ) -> None:
        """
        Add one mark for each account, each in its own row, and connect them.
        """
        previous: Mark | None = None
        for row, account in enumerate(accounts):
            y = top + row * _ROW + (_ROW - _MARK) / 2
            mark = mark_of(
                event, account, self._scale, y=y, height=_MARK, language=self._language
            )
            self._marks.append(mark)
            if previous is not None:
                self._connectors.append(
                    Connector(event.id, previous.centre, mark.centre)
                )
            previous = mark

    def _label(
        self,
        text: str,
        role: Literal["mission", "event"],
        block: _Block,
        y: float,
        event_id: str | None,
    ) -> None:
        self._labels.append(
            Label(
                text=text,
                role=role,
                x=block.label_x,
                y=y,
                width=text_width(text, FONT_SIZE),
                height=_ROW,
                anchor=block.anchor,
                event_id=event_id,
            )
        )

    def _start_lane(self, name: str) -> float:
        text = wrap(one_line(name), size=FONT_SIZE, width=_WIDTH - 2 * _CLEAR, lines=1)[
            0
        ]
        width = text_width(text, FONT_SIZE)
        self._labels.append(
            Label(
                text=text,
                role="lane",
                x=_CLEAR,
                y=self._y,
                width=width,
                height=_LANE_NAME,
            )
        )
        return self._y + _LANE_NAME

    def _end_lane(self, area_id: str | None, top: float, rows: Rows) -> None:
        height = _LANE_NAME + len(rows) * _ROW
        y = top - _LANE_NAME
        self._lanes.append(Lane(area_id, y, height))
        self._y = y + height + _LANE_GAP
