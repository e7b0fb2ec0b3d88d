"""
Catalogs of events and missions, and the queries over them.
"""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Self

import attrs

from tjun.chronology.catalog import Catalog
from tjun.model.dates import DateBound, PartialDate, as_bound
from tjun.model.entities import (
    CooperationArea,
    Event,
    EventKind,
    EventStatus,
    Mission,
    Source,
    chronological,
)
from tjun.model.validators import member_of

__all__ = ["Events", "Missions", "Scope"]


class Missions(Catalog[Mission]):
    """
    Missions, in the order of their opening.
    """

    __slots__ = ()

    def active_on(self, day: dt.date) -> tuple[Mission, ...]:
        """
        Return the missions that surely worked on *day*.
        """
        return tuple(mission for mission in self if mission.active_on(day))


@attrs.frozen(kw_only=True)
class Scope:
    """
    What the events of a chronology may be asked for by id.
    """

    areas: Catalog[CooperationArea]
    missions: Missions
    sources: Catalog[Source]


class Events(Catalog[Event]):
    """
    Events in chronological order.

    That is by the first day each may be, the vaguer date first, then by id.

    Args:
        items: Events in any order.

        scope: The chronology's areas, missions and sources. With it an id that
            none of them has is a `NotFoundError`; without it such an id is one
            that no event matches.
    """

    __slots__ = ("_days", "_firsts", "_scope")

    def __init__(
        self,
        items: Iterable[Event] = (),
        *,
        scope: Scope | None = None,
    ) -> None:
        super().__init__(sorted(items, key=chronological), what="event")
        self._scope = scope
        self._days: dict[tuple[int | None, int | None], list[Event]] | None = None
        self._firsts: list[tuple[int, int, int]] | None = None

    def _with(self, items: Iterable[Event]) -> Self:
        return type(self)(items, scope=self._scope)

    def _narrowed(self, items: Iterable[Event]) -> Self:
        """
        Return some of these events, which are in order already.
        """
        new = object.__new__(type(self))
        Catalog.__init__(new, items, what=self._what)
        new._scope, new._days, new._firsts = self._scope, None, None
        return new

    def on_day(self, month: int, day: int) -> Self:
        """
        Return the events that began on this day of any year.

        Events known only to the month or the year never match.

        Raises:
            ValueError: For a day that no year has.
        """
        asked = PartialDate(2000, month, day)  # A leap year has every day there is.
        if asked.day is None:
            msg = f"expected a month and a day, got {month!r} and {day!r}"
            raise ValueError(msg)
        if self._days is None:
            self._days = {}
            for event in self:
                day_of_year = event.date.month, event.date.day
                self._days.setdefault(day_of_year, []).append(event)
        return self._narrowed(self._days.get((month, day), ()))

    def where(
        self,
        *,
        area: str | CooperationArea | Iterable[str | CooperationArea] | None = None,
        kind: str | EventKind | Iterable[str | EventKind] | None = None,
        mission: str | Mission | Iterable[str | Mission] | None = None,
        source: str | Source | Iterable[str | Source] | None = None,
        since: DateBound | None = None,
        until: DateBound | None = None,
        text: str | None = None,
        disputed: bool | None = None,
        status: str | EventStatus | Iterable[str | EventStatus] | None = None,
    ) -> Self:
        """
        Return the events that meet every criterion given.

        Where a collection is given, any one of it will do. An event is in a span
        of time when all of its date is: `since="2000-06"` leaves out an event of
        2000, because it may lie before.

        Args:
            area: A field of cooperation, or its id.

            kind: What sort of thing happened.

            mission: A mission it is an event of, or its id.

            source: A source it cites, or its id.

            since: The first year, month or day.

            until: The last, which counts.

            text: Words in the title or the description, in any language; case
                does not matter.

            disputed: Whether its sources contradict each other on the date.

            status: Whether it was held or only announced.

        Raises:
            NotFoundError: For an id that the chronology does not have.

            ValueError: For a date, a kind or a status that is none.
        """
        found: Iterable[Event] = self._between(since, until)
        if area is not None:
            areas = self._ids(area, "areas")
            found = [e for e in found if any(a.id in areas for a in e.areas)]
        if kind is not None:
            kinds = {member_of(EventKind, each) for each in _each(kind)}
            found = [e for e in found if e.kind in kinds]
        if mission is not None:
            members = self._members(mission)
            found = [e for e in found if e.id in members]
        if source is not None:
            sources = self._ids(source, "sources")
            found = [
                e for e in found if any(c.source.id in sources for c in e.citations)
            ]
        if text is not None:
            words = text.casefold()
            found = [e for e in found if _says(e, words)]
        if disputed is not None:
            found = [e for e in found if e.disputed is disputed]
        if status is not None:
            states = {member_of(EventStatus, each) for each in _each(status)}
            found = [e for e in found if e.status in states]
        return self._narrowed(found)

    def _between(
        self, since: DateBound | None, until: DateBound | None
    ) -> Sequence[Event]:
        if self._firsts is None:
            self._firsts = [chronological(event)[:3] for event in self]
        low, high = 0, len(self)
        if since is not None:
            start = as_bound(since).earliest
            low = bisect.bisect_left(self._firsts, (start.year, start.month, start.day))
        if until is None:
            return self._items[low:]
        last = as_bound(until).latest
        high = bisect.bisect_right(self._firsts, (last.year, last.month, last.day))
        return [event for event in self._items[low:high] if event.date.latest <= last]

    def _ids(self, wanted: Any, where: str) -> set[str]:
        known = None if self._scope is None else getattr(self._scope, where)
        ids = set()
        for each in _each(wanted):
            if isinstance(each, str):
                ids.add(each if known is None else known[each].id)
            else:
                ids.add(each.id)
        return ids

    def _members(self, wanted: Any) -> set[str]:
        members: set[str] = set()
        for each in _each(wanted):
            if not isinstance(each, str):
                members.update(event.id for event in each.events)
            elif self._scope is not None:
                members.update(e.id for e in self._scope.missions[each].events)
        return members


def _each(wanted: Any) -> Iterable[Any]:
    """
    Take a text or a single thing for a collection of one.
    """
    if isinstance(wanted, str) or hasattr(wanted, "id"):
        return (wanted,)
    return wanted  # type: ignore[no-any-return]  # What the annotations leave.


def _says(event: Event, words: str) -> bool:
    texts = [event.title, event.description]
    return any(
        words in said.casefold()
        for text in texts
        if text is not None
        for said in text.translations.values()
    )
