"""
The shapes of which the timeline consists.

Coordinates are in the units of the drawing, from its top left corner.
"""

from __future__ import annotations

from typing import Literal

import attrs

from tjun import PartialDate

__all__ = ["Bar", "Connector", "Label", "Lane", "Mark", "Tick", "Timeline"]


_NARROWEST_BOX = 1.0


@attrs.frozen(kw_only=True)
class Mark:
    """
    An event, or one of the accounts of an event whose date is disputed.

    Attributes:
        event_id: The id of the event.

        title: The title and the date, to be shown on hovering.

        date: The date that the mark shows.

        x: Where the first possible day begins.

        width: From there to the end of the last possible day.

        y: The top of the mark.

        height: The height of the mark.

        end: Where the last day of the event ends; `None` for a single date.

        major: Whether the event is major.

        used: Whether it is the date that the record uses.
    """

    event_id: str
    title: str
    date: PartialDate
    x: float
    width: float
    y: float
    height: float
    end: float | None = None
    major: bool = False
    used: bool = True

    @property
    def is_line(self) -> bool:
        """
        Whether it is too narrow to be drawn as a box.
        """
        return self.width < _NARROWEST_BOX

    @property
    def centre(self) -> tuple[float, float]:
        """
        The middle of the mark.
        """
        return self.x + self.width / 2, self.y + self.height / 2


@attrs.frozen(kw_only=True)
class Bar:
    """
    A mission, from its opening to its closing.

    Attributes:
        mission_id: The id of the mission.

        title: The name and the dates, to be shown on hovering.

        x: Where the first possible day of the opening begins.

        width: From there to the end of the last possible day.

        certain_x: Where the time begins during which it was certainly active.

        certain_width: The width of that time; 0 if there is no such time.

        y: The top of the bar.

        height: The height of the bar.

        active: Whether the mission has no closing; the bar then ends today.
    """

    mission_id: str
    title: str
    x: float
    width: float
    certain_x: float
    certain_width: float
    y: float
    height: float
    active: bool


@attrs.frozen(kw_only=True)
class Label:
    """
    One line of text.

    Attributes:
        text: The text.

        role: What it describes: a `lane`, a `mission`, an `event` or an `account`.

        x: Where it begins, or where it ends if `anchor` is `end`.

        y: The top of the line.

        width: How wide the text is at most.

        height: The height of the line.

        anchor: Which end of the text is at `x`.

        event_id: The id of the event, if it describes one.
    """

    text: str
    role: Literal["lane", "mission", "event", "account"]
    x: float
    y: float
    width: float
    height: float
    anchor: Literal["start", "end"] = "start"
    event_id: str | None = None

    @property
    def left(self) -> float:
        """
        The left edge of the text, if time runs from left to right.
        """
        return self.x if self.anchor == "start" else self.x - self.width

    @property
    def baseline(self) -> float:
        """
        The baseline of the text.
        """
        return self.y + self.height * 0.74


@attrs.frozen
class Connector:
    """
    A line between two accounts of one event.

    Attributes:
        event_id: The id of the event.

        start: The centre of one mark.

        end: The centre of the next mark.
    """

    event_id: str
    start: tuple[float, float]
    end: tuple[float, float]


@attrs.frozen
class Tick:
    """
    A date on the axis.

    Attributes:
        text: The date.

        x: Where it begins.
    """

    text: str
    x: float


@attrs.frozen
class Lane:
    """
    A horizontal strip for the missions or for the events of one area.

    Attributes:
        area_id: The id of the area; `None` for missions and events without an area.

        y: The top of the lane.

        height: The height of the lane.
    """

    area_id: str | None
    y: float
    height: float


@attrs.frozen(kw_only=True)
class Timeline:
    """
    A drawing of a record.

    Attributes:
        width: The width of the drawing.

        height: The height of the drawing.

        year_width: The width of one year of 365 days.

        marks: The events and the accounts of disputed events.

        connectors: The lines between accounts of one event.

        labels: All text except the dates on the axis.

        ticks: The dates on the axis.

        lanes: The strips, from top to bottom.

        bars: The missions.

        breaks: Where each break in the axis begins and ends.

        today: Where today is, or `None` if it is not shown.
    """

    width: float
    height: float
    year_width: float
    marks: tuple[Mark, ...]
    connectors: tuple[Connector, ...]
    labels: tuple[Label, ...]
    ticks: tuple[Tick, ...]
    lanes: tuple[Lane, ...] = ()
    bars: tuple[Bar, ...] = ()
    breaks: tuple[tuple[float, float], ...] = ()
    today: float | None = None
