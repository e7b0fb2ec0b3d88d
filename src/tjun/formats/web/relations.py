"""
Which events belong together, and which missions and areas they belong to.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import attrs

from tjun import Chronology, Event, Mission

__all__ = ["Relations"]


@attrs.frozen
class Relations:
    """
    What is related to each event of a record.

    Attributes:
        events: The related events by the id of an event, in chronological order.

        missions: The missions by the id of an event.

        in_area: The events by the id of an area, in chronological order.
    """

    events: Mapping[str, tuple[Event, ...]]
    missions: Mapping[str, tuple[Mission, ...]]
    in_area: Mapping[str, tuple[Event, ...]]

    @classmethod
    def of(cls, record: Chronology) -> Relations:
        """
        Return the relations in *record*.

        Two events are related if one marks the other, if a source describes one instead
        of the other, if they are the opening and the closing of a mission or follow
        each other in it, if one closes a mission and the other opens its successor, or
        if one is an admission and the other the recommendation that led to it or the
        withdrawal that ended it.
        """
        found: dict[str, dict[str, Event]] = {}
        missions: dict[str, list[Mission]] = {}

        def relate(one: Event | None, other: Event | None) -> None:
            if one is not None and other is not None and one.id != other.id:
                found.setdefault(one.id, {})[other.id] = other
                found.setdefault(other.id, {})[one.id] = one

        for event in record.events:
            relate(event, event.marks)
            for citation in event.citations:
                relate(event, citation.alternative)
        for mission in record.missions:
            relate(mission.opening, mission.closing)
            for earlier, later in itertools.pairwise(mission.events):
                relate(earlier, later)
            if mission.predecessor is not None:
                relate(mission.predecessor.closing, mission.opening)
            for event in mission.events:
                missions.setdefault(event.id, []).append(mission)
        for membership in record.memberships:
            relate(membership.recommendation, membership.admission)
            relate(membership.admission, membership.withdrawal)
        order = {event.id: number for number, event in enumerate(record.events)}
        return cls(
            {
                own: tuple(
                    sorted(
                        (each for each in others.values() if each.id in order),
                        key=lambda each: order[each.id],
                    )
                )
                for own, others in found.items()
            },
            {own: tuple(each) for own, each in missions.items()},
            _by_area(record),
        )


def _by_area(record: Chronology) -> dict[str, tuple[Event, ...]]:
    found: dict[str, list[Event]] = {area.id: [] for area in record.areas}
    for event in record.events:
        for area in event.areas:
            found[area.id].append(event)
    return {own: tuple(events) for own, events in found.items()}
