"""
Collecting everything that a record contains or refers to.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from tjun.errors import DataError, Fault
from tjun.model.entities import Citation, CooperationArea, Event, Source
from tjun.model.missions import Membership, Mission
from tjun.model.validators import all_of

__all__ = ["Collector"]

T = TypeVar("T", Event, Mission, Membership, CooperationArea, Source)


class Collector:
    """
    The entities of a record by id, each of them once, in the order of their discovery.
    """

    def __init__(self) -> None:
        self.areas: dict[str, CooperationArea] = {}
        self.sources: dict[str, Source] = {}
        self.events: dict[str, Event] = {}
        self.missions: dict[str, Mission] = {}
        self.memberships: dict[str, Membership] = {}
        self._faults: list[Fault] = []

    def add(
        self,
        *,
        areas: Iterable[CooperationArea],
        sources: Iterable[Source],
        events: Iterable[Event],
        missions: Iterable[Mission],
        memberships: Iterable[Membership],
    ) -> None:
        """
        Add entities and everything to which they refer.

        Raises:
            ValueError: If an argument is not a collection of such entities.
        """
        for area in all_of(CooperationArea, areas, "areas"):
            self._area(area)
        for source in all_of(Source, sources, "sources"):
            self._source(source)
        for event in all_of(Event, events, "events"):
            self._event(event)
        for mission in all_of(Mission, missions, "missions"):
            self._mission(mission)
        for membership in all_of(Membership, memberships, "memberships"):
            self._membership(membership)

    def check(self, retired: Iterable[str]) -> None:
        """
        Check that no two entities have the same id, and no event has a *retired* id.

        Raises:
            DataError: If any do; it contains all faults.
        """
        for own in retired:
            if own in self.events:
                self._report("event", own, "this id is retired; choose another one")
        if self._faults:
            raise DataError(sorted(self._faults, key=str))

    def _report(self, what: str, own: str, message: str) -> None:
        self._faults.append(Fault(path=what, id=own, message=message))

    def _is_new(self, what: str, item: T, into: dict[str, T]) -> bool:
        known = into.setdefault(item.id, item)
        if known is item:
            return True
        if known != item:
            self._report(what, item.id, "two different entries have this id")
        return False

    def _area(self, area: CooperationArea) -> None:
        if self.areas.get(area.id) is area:
            return
        if self._is_new("area", area, self.areas):
            self._citations(area.citations)

    def _source(self, source: Source) -> None:
        self._is_new("source", source, self.sources)

    def _citations(self, citations: Iterable[Citation]) -> None:
        for citation in citations:
            source = citation.source
            # Saves a call: in a large record, most sources are known already.
            if self.sources.get(source.id) is not source:
                self._source(source)
            if citation.alternative is not None:
                self._event(citation.alternative)

    def _event(self, event: Event) -> None:
        if self.events.get(event.id) is event:
            return
        if self._is_new("event", event, self.events):
            for area in event.areas:
                self._area(area)
            self._citations(event.citations)
            if event.marks is not None:
                self._event(event.marks)

    def _mission(self, mission: Mission) -> None:
        if self.missions.get(mission.id) is mission:
            return
        if self._is_new("mission", mission, self.missions):
            for event in mission.events:
                self._event(event)
            for head in mission.heads:
                self._citations(head.citations)
            if mission.predecessor is not None:
                self._mission(mission.predecessor)

    def _membership(self, membership: Membership) -> None:
        if self._is_new("membership", membership, self.memberships):
            self._event(membership.admission)
            if membership.recommendation is not None:
                self._event(membership.recommendation)
