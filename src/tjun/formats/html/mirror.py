"""
The timeline for scripts that run from right to left.
"""

from __future__ import annotations

import attrs

from tjun.formats.html.shapes import (
    Bar,
    Connector,
    Label,
    Mark,
    Tick,
    Timeline,
)

__all__ = ["mirrored"]


def mirrored(timeline: Timeline) -> Timeline:
    """
    Return *timeline* with time running from right to left.

    A text keeps its anchor, because `start` and `end` also change sides in a
    right-to-left document.
    """
    width = timeline.width
    return attrs.evolve(
        timeline,
        marks=tuple(_mark(each, width) for each in timeline.marks),
        connectors=tuple(_connector(each, width) for each in timeline.connectors),
        labels=tuple(_label(each, width) for each in timeline.labels),
        ticks=tuple(Tick(each.text, width - each.x) for each in timeline.ticks),
        bars=tuple(_bar(each, width) for each in timeline.bars),
        breaks=tuple((width - end, width - start) for start, end in timeline.breaks),
        today=None if timeline.today is None else width - timeline.today,
    )


def _mark(mark: Mark, width: float) -> Mark:
    end = None if mark.end is None else width - mark.end
    return attrs.evolve(mark, x=width - mark.x - mark.width, end=end)


def _bar(bar: Bar, width: float) -> Bar:
    return attrs.evolve(
        bar,
        x=width - bar.x - bar.width,
        certain_x=width - bar.certain_x - bar.certain_width,
    )


def _label(label: Label, width: float) -> Label:
    return attrs.evolve(label, x=width - label.x)


def _connector(connector: Connector, width: float) -> Connector:
    return Connector(
        connector.event_id,
        (width - connector.start[0], connector.start[1]),
        (width - connector.end[0], connector.end[1]),
    )
