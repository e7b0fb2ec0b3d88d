"""
Parts of a record: some of its events, or what some of its sources describe.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from tjun.chronology.rebuilding import rebuilt
from tjun.model.entities import Citation, CooperationArea, Event
from tjun.model.links import SECTIONS, references
from tjun.model.missions import Membership, Mission, Post

if TYPE_CHECKING:
    from tjun.chronology.chronology import Chronology

__all__ = ["first_dated", "restrict_to_sources", "select_events"]

T = TypeVar("T")

_CITED = [section for section in SECTIONS if section not in {"sources", "publishers"}]
"""
The sections of a part of a record, which has only the sources that it cites.
"""


def select_events(record: Chronology, events: Iterable[Event]) -> Chronology:
    """
    Return the part of *record* that *events*, which belong to it, need.
    """
    selection = _Selection(events)
    return rebuilt(record, selection.change, _CITED, referred=selection.referred)


class _Selection:
    def __init__(self, events: Iterable[Event]) -> None:
        waiting = list(events)
        self._chosen = {event.id for event in waiting}
        kept: dict[str, Event] = {}
        while waiting:
            event = waiting.pop()
            if event.id not in kept:
                kept[event.id] = event
                waiting += (e for kind, e in references(event, Event) if kind is Event)
        self._kept = kept.keys()
        self._used = {area.id for event in kept.values() for area in event.areas}
        self.referred = self._kept - self._chosen

    def change(self, kind: type, entity: Any) -> Any:
        needed = True
        if kind is Event:
            needed = entity.id in self._kept
        elif kind is CooperationArea:
            needed = entity.id in self._used
        elif kind is Mission:
            needed = self._has(entity.opening) and self._has(entity.closing)
            events = tuple(filter(self._has, entity.events))
            if needed and events != entity.events:
                return attrs.evolve(entity, events=events)
        elif kind is Membership:
            needed = self._has(entity.admission) and self._has(entity.withdrawal)
            if needed and not self._has(entity.recommendation):
                return attrs.evolve(entity, recommendation=None)
        return entity if needed else None

    def _has(self, event: Event | None) -> bool:
        return event is None or event.id in self._chosen


def first_dated(citations: Iterable[Citation], ids: Collection[str]) -> Citation | None:
    """
    Return the first citation of one of the sources *ids* that gives a date.
    """
    dated = (c for c in citations if c.source.id in ids and c.date is not None)
    return next(dated, None)


def restrict_to_sources(record: Chronology, ids: Collection[str]) -> Chronology:
    """
    Return *record* as the sources with these ids describe it.

    The first dated citation of an event decides its date. If that citation describes
    another event instead, the event is omitted, and the other event replaces it as the
    opening or closing of a mission and as the admission to or recommendation for an
    organization, provided that one of the sources dates the other event itself.
    """
    return rebuilt(record, _Restriction(record, ids).change, _CITED)


class _Restriction:
    def __init__(self, record: Chronology, ids: Collection[str]) -> None:
        self._ids = ids
        both = (*record.events, *record.referred)
        self._events = {event.id: _dated(event, ids) for event in both}
        kept = (event for event in self._events.values() if event is not None)
        self._used = {area.id for event in kept for area in event.areas}

    def change(self, kind: type, entity: Any) -> Any:
        if kind is Event:
            return self._events[entity.id]
        if kind is CooperationArea:
            return self._area(entity)
        if kind is Mission:
            return self._mission(entity)
        return self._membership(entity) if kind is Membership else entity

    def _instead(self, event: Event | None) -> Event | None:
        if event is None:
            return None
        first = first_dated(event.citations, self._ids)
        other = None if first is None else first.alternative
        return self._events[event.id if other is None else other.id]

    def _area(self, area: CooperationArea) -> CooperationArea | None:
        chosen = _chosen(area.citations, self._ids)
        needed = chosen or area.id in self._used
        return attrs.evolve(area, citations=chosen) if needed else None

    def _mission(self, mission: Mission) -> Mission | None:
        opening = self._instead(mission.opening)
        closing = self._instead(mission.closing)
        if opening is None:
            return None
        if closing is not None and closing.date.precedes(opening.date):
            return None
        return attrs.evolve(
            mission,
            opening=opening,
            closing=closing,
            heads=_not_none(_post(head, self._ids) for head in mission.heads),
            events=_not_none(self._events[event.id] for event in mission.events),
        )

    def _membership(self, membership: Membership) -> Membership | None:
        admission = self._instead(membership.admission)
        if admission is None:
            return None
        withdrawal = self._instead(membership.withdrawal)
        if withdrawal is not None and withdrawal.date.precedes(admission.date):
            withdrawal = None
        return attrs.evolve(
            membership,
            admission=admission,
            recommendation=self._instead(membership.recommendation),
            withdrawal=withdrawal,
        )


def _not_none(items: Iterable[T | None]) -> list[T]:
    return [item for item in items if item is not None]


def _chosen(citations: Iterable[Citation], ids: Collection[str]) -> list[Citation]:
    return [each for each in citations if each.source.id in ids]


def _dated(event: Event, ids: Collection[str]) -> Event | None:
    first = first_dated(event.citations, ids)
    if first is None or first.date is None or first.alternative is not None:
        return None
    until = first.until
    if until is None and first.date == event.date:
        until = event.until  # The source agrees on the first day.
    chosen = _chosen(event.citations, ids)
    return attrs.evolve(event, date=first.date, until=until, citations=chosen)


def _post(head: Post, ids: Collection[str]) -> Post | None:
    chosen = _chosen(head.citations, ids)
    if not chosen:
        return None
    first = first_dated(chosen, ids)
    if first is None:
        return attrs.evolve(head, citations=chosen, start=None, end=None)
    end = first.until
    if end is None and first.date == head.start:
        end = head.end  # The source agrees on the first day.
    return attrs.evolve(head, citations=chosen, start=first.date, end=end)
