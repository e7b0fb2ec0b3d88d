"""
Self-contained parts of a record.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from tjun.model.entities import Event
from tjun.model.missions import Membership, Mission

__all__ = ["complete_memberships", "complete_missions", "with_referenced_events"]


def with_referenced_events(events: Iterable[Event]) -> set[str]:
    """
    Return the ids of *events* and of the events to which they refer.

    Those are the events whose days they mark, and the alternatives in citations.
    """
    kept: set[str] = set()
    waiting = list(events)
    while waiting:
        event = waiting.pop()
        if event.id in kept:
            continue
        kept.add(event.id)
        if event.marks is not None:
            waiting.append(event.marks)
        waiting += (
            citation.alternative
            for citation in event.citations
            if citation.alternative is not None
        )
    return kept


def complete_missions(missions: Iterable[Mission], kept: set[str]) -> list[Mission]:
    """
    Return the missions whose opening and closing are in *kept*.

    Their other events and their predecessors are limited to what is kept.
    """
    inside = {
        mission.id: mission
        for mission in missions
        if all(e is None or e.id in kept for e in (mission.opening, mission.closing))
    }
    complete: dict[str, Mission] = {}

    def limited(mission: Mission | None) -> Mission | None:
        if mission is None or mission.id not in inside:
            return None
        if mission.id not in complete:
            complete[mission.id] = attrs.evolve(
                mission,
                events=[event for event in mission.events if event.id in kept],
                predecessor=limited(mission.predecessor),
            )
        return complete[mission.id]

    for mission in inside.values():
        limited(mission)
    return list(complete.values())


def complete_memberships(
    memberships: Iterable[Membership], kept: set[str]
) -> Iterable[Membership]:
    """
    Yield the memberships whose admission is in *kept*.

    A recommendation that is not kept is removed.
    """
    for each in memberships:
        if each.admission.id in kept:
            recommendation = each.recommendation
            if recommendation is None or recommendation.id in kept:
                yield each
            else:
                yield attrs.evolve(each, recommendation=None)
