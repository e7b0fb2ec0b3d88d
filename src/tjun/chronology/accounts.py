"""
The record as some of its sources tell it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TypeVar

import attrs

from tjun.model.entities import Citation, Event, Membership, Mission, Post, Source

__all__ = ["retell"]

T = TypeVar("T")


def retell(
    events: Iterable[Event],
    missions: Iterable[Mission],
    memberships: Iterable[Membership],
    voices: Collection[Source],
) -> tuple[list[Event], list[Mission], list[Membership]]:
    """
    Return what *voices* attest, with their citations only, dated as they date it.
    """
    account = _Account({voice.id for voice in voices})
    return (
        _present(map(account.event, events)),
        _present(map(account.mission, missions)),
        _present(map(account.membership, memberships)),
    )


def _present(found: Iterable[T | None]) -> list[T]:
    return [each for each in found if each is not None]


class _Account:
    def __init__(self, voices: Collection[str]) -> None:
        self._voices = voices
        self._events: dict[str, Event | None] = {}
        self._missions: dict[str, Mission | None] = {}

    def _theirs(self, citations: Iterable[Citation]) -> list[Citation]:
        return [each for each in citations if each.source.id in self._voices]

    def event(self, event: Event | None) -> Event | None:
        if event is None:
            return None
        if event.id not in self._events:
            self._events[event.id] = self._dated(event)
        return self._events[event.id]

    def _dated(self, event: Event) -> Event | None:
        theirs = self._theirs(event.citations)
        first = next((each for each in theirs if each.date is not None), None)
        if first is None or first.date is None:
            return None
        until = first.until
        if until is None and first.date == event.date:
            until = event.until  # They date its beginning so, and deny no end.
        return attrs.evolve(
            event,
            date=first.date,
            until=until,
            citations=theirs,
            marks=self.event(event.marks),
        )

    def mission(self, mission: Mission | None) -> Mission | None:
        if mission is None:
            return None
        if mission.id not in self._missions:
            self._missions[mission.id] = self._worked(mission)
        return self._missions[mission.id]

    def _worked(self, mission: Mission) -> Mission | None:
        opening, closing = self.event(mission.opening), self.event(mission.closing)
        if opening is None:
            return None
        if closing is not None and closing.date.latest < opening.date.earliest:
            return None
        return attrs.evolve(
            mission,
            opening=opening,
            closing=closing,
            predecessor=self.mission(mission.predecessor),
            heads=_present(map(self._post, mission.heads)),
            events=_present(map(self.event, mission.events)),
        )

    def _post(self, head: Post) -> Post | None:
        theirs = self._theirs(head.citations)
        if not theirs:
            return None
        first = next((each for each in theirs if each.date is not None), None)
        if first is None:
            return attrs.evolve(head, citations=theirs, start=None, end=None)
        end = first.until
        if end is None and first.date == head.start:
            end = head.end  # They date its beginning so, and deny no end.
        return attrs.evolve(head, citations=theirs, start=first.date, end=end)

    def membership(self, membership: Membership) -> Membership | None:
        admission = self.event(membership.admission)
        if admission is None:
            return None
        end = membership.end
        return attrs.evolve(
            membership,
            admission=admission,
            recommendation=self.event(membership.recommendation),
            end=None if end and end.latest < admission.date.earliest else end,
        )
