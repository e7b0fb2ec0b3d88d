"""
The part of a record that some of its sources describe.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TypeVar

import attrs

from tjun.model.entities import Citation, CooperationArea, Event, Source
from tjun.model.missions import Membership, Mission, Post

__all__ = ["Account", "restrict_to_sources"]

T = TypeVar("T")


@attrs.frozen(kw_only=True)
class Account:
    """
    The entities of a record as some of its sources describe them.
    """

    areas: list[CooperationArea]
    events: list[Event]
    missions: list[Mission]
    memberships: list[Membership]


def restrict_to_sources(
    *,
    areas: Iterable[CooperationArea],
    events: Iterable[Event],
    missions: Iterable[Mission],
    memberships: Iterable[Membership],
    sources: Collection[Source],
) -> Account:
    """
    Return the record as *sources* describe it, without citations of other sources.

    The first dated citation of an event decides its date. If that citation describes
    another event instead, the event is omitted, and the other event replaces it as the
    opening or closing of a mission and as the admission to or recommendation for an
    organization, provided that one of *sources* dates the other event itself.
    """
    restriction = _Restriction({source.id for source in sources})
    kept = _not_none(map(restriction.event, events))
    used = {area.id for event in kept for area in event.areas}
    restricted = map(restriction.area, areas)
    return Account(
        areas=[area for area in restricted if area.id in used or area.citations],
        events=kept,
        missions=_not_none(map(restriction.mission, missions)),
        memberships=_not_none(map(restriction.membership, memberships)),
    )


def _not_none(items: Iterable[T | None]) -> list[T]:
    return [item for item in items if item is not None]


def _first_dated(citations: Iterable[Citation]) -> Citation | None:
    return next((each for each in citations if each.date is not None), None)


class _Restriction:
    def __init__(self, source_ids: Collection[str]) -> None:
        self._source_ids = source_ids
        self._areas: dict[str, CooperationArea] = {}
        self._events: dict[str, Event | None] = {}
        self._missions: dict[str, Mission | None] = {}

    def _chosen(self, citations: Iterable[Citation]) -> list[Citation]:
        return [each for each in citations if each.source.id in self._source_ids]

    def area(self, area: CooperationArea) -> CooperationArea:
        if area.id not in self._areas:
            chosen = self._chosen(area.citations)
            self._areas[area.id] = attrs.evolve(area, citations=chosen)
        return self._areas[area.id]

    def event(self, event: Event | None) -> Event | None:
        if event is None:
            return None
        if event.id not in self._events:
            self._events[event.id] = self._dated(event)
        return self._events[event.id]

    def _dated(self, event: Event) -> Event | None:
        chosen = self._chosen(event.citations)
        first = _first_dated(chosen)
        if first is None or first.date is None or first.alternative is not None:
            return None
        until = first.until
        if until is None and first.date == event.date:
            until = event.until  # The source agrees on the first day.
        return attrs.evolve(
            event,
            date=first.date,
            until=until,
            areas=map(self.area, event.areas),
            citations=map(self._citation, chosen),
            marks=self.event(event.marks),
        )

    def _citation(self, citation: Citation) -> Citation:
        if citation.alternative is None:
            return citation
        # An alternative has no alternatives of its own, so the recursion ends here.
        return attrs.evolve(citation, alternative=self.event(citation.alternative))

    def _event_or_alternative(self, event: Event | None) -> Event | None:
        if event is None:
            return None
        first = _first_dated(self._chosen(event.citations))
        if first is not None and first.alternative is not None:
            return self.event(first.alternative)
        return self.event(event)

    def mission(self, mission: Mission | None) -> Mission | None:
        if mission is None:
            return None
        if mission.id not in self._missions:
            self._missions[mission.id] = self._opened(mission)
        return self._missions[mission.id]

    def _opened(self, mission: Mission) -> Mission | None:
        opening = self._event_or_alternative(mission.opening)
        closing = self._event_or_alternative(mission.closing)
        if opening is None:
            return None
        if closing is not None and closing.date.latest < opening.date.earliest:
            return None
        return attrs.evolve(
            mission,
            opening=opening,
            closing=closing,
            predecessor=self.mission(mission.predecessor),
            heads=_not_none(map(self._post, mission.heads)),
            events=_not_none(map(self.event, mission.events)),
        )

    def _post(self, head: Post) -> Post | None:
        chosen = self._chosen(head.citations)
        if not chosen:
            return None
        first = _first_dated(chosen)
        if first is None:
            return attrs.evolve(head, citations=chosen, start=None, end=None)
        end = first.until
        if end is None and first.date == head.start:
            end = head.end  # The source agrees on the first day.
        return attrs.evolve(head, citations=chosen, start=first.date, end=end)

    def membership(self, membership: Membership) -> Membership | None:
        admission = self._event_or_alternative(membership.admission)
        if admission is None:
            return None
        end = membership.end
        ends_first = end is not None and end.latest < admission.date.earliest
        return attrs.evolve(
            membership,
            admission=admission,
            recommendation=self._event_or_alternative(membership.recommendation),
            end=None if ends_first else end,
        )
