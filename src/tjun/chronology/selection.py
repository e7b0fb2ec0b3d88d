"""
What belongs to some of a record's events, whole by itself.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from tjun.model.entities import Event, Membership, Mission

__all__ = ["whole_memberships", "whole_missions", "with_what_they_mark"]


def with_what_they_mark(events: Iterable[Event]) -> set[str]:
    """
    Return the ids of *events*, and of those whose day they keep.
    """
    kept: set[str] = set()
    for event in events:
        each: Event | None = event
        while each is not None:
            kept.add(each.id)
            each = each.marks
    return kept


def whole_missions(missions: Iterable[Mission], kept: set[str]) -> list[Mission]:
    """
    Return the missions that begin and end in *kept*, with the events that are.
    """
    inside = {
        mission.id: mission
        for mission in missions
        if all(e is None or e.id in kept for e in (mission.opening, mission.closing))
    }
    whole: dict[str, Mission] = {}

    def cut(mission: Mission | None) -> Mission | None:
        if mission is None or mission.id not in inside:
            return None
        if mission.id not in whole:
            whole[mission.id] = attrs.evolve(
                mission,
                events=[event for event in mission.events if event.id in kept],
                predecessor=cut(mission.predecessor),
            )
        return whole[mission.id]

    for mission in inside.values():
        cut(mission)
    return list(whole.values())


def whole_memberships(
    memberships: Iterable[Membership], kept: set[str]
) -> Iterable[Membership]:
    """
    Yield the memberships that begin in *kept*.
    """
    for each in memberships:
        if each.admission.id in kept:
            advice = each.recommendation
            known = advice is None or advice.id in kept
            yield each if known else attrs.evolve(each, recommendation=None)
