"""
The whole record: events, and what they belong to and rest on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, TypeVar

from tjun.chronology.accounts import retell
from tjun.chronology.anniversaries import (
    Anniversary,
    LeapDay,
    anniversaries_of,
    upcoming_of,
)
from tjun.chronology.catalog import Catalog
from tjun.chronology.events import Events, Missions, Scope
from tjun.chronology.selection import (
    whole_memberships,
    whole_missions,
    with_what_they_mark,
)
from tjun.errors import DataError, Fault, NotFoundError
from tjun.model.dates import DateBound
from tjun.model.entities import (
    Citation,
    CooperationArea,
    Event,
    Membership,
    Mission,
    Source,
    SourceKind,
)
from tjun.model.text import Text, as_text
from tjun.suggestions import suggest

__all__ = ["Chronology"]

T = TypeVar("T", Event, Mission, Membership, CooperationArea, Source)


class Chronology:
    """
    An immutable record of events, missions, memberships, areas and sources.

    What an event, a mission or a membership refers to and the lists leave out is
    taken in by itself. Two chronologies are equal when their contents are.

    Args:
        events: Events in any order.

        missions: Missions in any order.

        memberships: Memberships in any order.

        areas: Fields of cooperation, in the order to show them.

        sources: Sources, in any order.

        retired: Ids of events that are gone; no event may have one again.

        title: What the record is about.

    Attributes:
        events: All events, in chronological order, as `Events`.

        missions: All missions, by opening, as `Missions`.

        memberships: All memberships, by admission.

        areas: All fields of cooperation, in the order given.

        sources: All sources, by id.

        retired: The ids that no event may have again, sorted.

        title: What the record is about, or `None`.

    Raises:
        DataError: For two different things with one id, or a retired id.
    """

    __slots__ = (
        "areas",
        "events",
        "memberships",
        "missions",
        "retired",
        "sources",
        "title",
    )

    areas: Catalog[CooperationArea]
    events: Events
    memberships: Catalog[Membership]
    missions: Missions
    retired: tuple[str, ...]
    sources: Catalog[Source]
    title: Text | None

    def __init__(
        self,
        *,
        events: Iterable[Event] = (),
        missions: Iterable[Mission] = (),
        memberships: Iterable[Membership] = (),
        areas: Iterable[CooperationArea] = (),
        sources: Iterable[Source] = (),
        retired: Iterable[str] = (),
        title: Text | str | None = None,
    ) -> None:
        found = _Gathered()
        for area in areas:
            found.area(area)
        for source in sources:
            found.source(source)
        for event in events:
            found.event(event)
        for mission in missions:
            found.mission(mission)
        for membership in memberships:
            found.membership(membership)
        gone = frozenset(retired)
        for reused in gone & found.events.keys():
            found.fault("event", reused, "this id is retired; take another one")
        if found.faults:
            raise DataError(sorted(found.faults, key=str))
        put = object.__setattr__
        put(self, "areas", Catalog(found.areas.values(), what="area"))
        cited = sorted(found.sources.values(), key=lambda s: s.id)
        put(self, "sources", Catalog(cited, what="source"))
        opened = sorted(found.missions.values(), key=lambda m: (m.start.sort_key, m.id))
        put(self, "missions", Missions(opened, what="mission"))
        joined = sorted(
            found.memberships.values(), key=lambda m: (m.since.sort_key, m.id)
        )
        put(self, "memberships", Catalog(joined, what="membership"))
        scope = Scope(areas=self.areas, missions=self.missions, sources=self.sources)
        put(self, "events", Events(found.events.values(), scope=scope))
        put(self, "retired", tuple(sorted(gone)))
        put(self, "title", None if title is None else as_text(title))

    def __setattr__(self, name: str, value: object) -> None:
        msg = f"a Chronology cannot be changed: {name} is fixed"
        raise AttributeError(msg)

    def __delattr__(self, name: str) -> None:
        self.__setattr__(name, None)

    def __reduce__(self) -> tuple[Any, ...]:
        parts: dict[str, Any] = {
            name: tuple(getattr(self, name)) for name in ("areas", "events", "sources")
        }
        parts |= {"missions": tuple(self.missions), "retired": self.retired}
        parts |= {"memberships": tuple(self.memberships), "title": self.title}
        return (_restored, (parts,))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Chronology):
            return NotImplemented
        return self is other or (
            (self.title, self.retired) == (other.title, other.retired)
            and all(
                {item.id: item for item in mine} == {item.id: item for item in theirs}
                for mine, theirs in zip(self._catalogs, other._catalogs, strict=True)
            )
        )

    def __hash__(self) -> int:
        return hash(
            (
                self.title,
                self.retired,
                *(frozenset(each.ids) for each in self._catalogs),
            )
        )

    def __repr__(self) -> str:
        sizes = ", ".join(
            f"{len(getattr(self, name))} {name}"
            for name in ("events", "missions", "memberships", "areas", "sources")
        )
        return f"<Chronology: {sizes}>"

    @property
    def _catalogs(self) -> tuple[Catalog[Any], ...]:
        return (self.areas, self.sources, self.events, self.missions, self.memberships)

    def anniversaries(
        self,
        *,
        since: DateBound,
        until: DateBound,
        every: int = 1,
        leap_day: LeapDay = "feb28",
    ) -> tuple[Anniversary, ...]:
        """
        Return the anniversaries from *since* to *until*, day by day.

        Events known only to the year have none. An event that is only announced
        has none but itself, until it is held. Where an observance keeps the day of
        another event, the two are one: that event's anniversary.

        Args:
            since: The first year, month or day; all of an anniversary's date has
                to lie in the time asked for.

            until: The last, which counts.

            every: Keep only numbers that are multiples of it. Above 1 the event
                itself (number 0) is left out.

            leap_day: Where 29 February falls in a common year: `feb28`, `mar1`
                or `skip`.

        Raises:
            ValueError: For a date or an option that is none.
        """
        found = anniversaries_of(
            self.events, since=since, until=until, every=every, leap_day=leap_day
        )
        return tuple(found)

    def upcoming(self, on: dt.date, days: int = 365) -> tuple[Anniversary, ...]:
        """
        Return the anniversaries from *on* to *days* days later, both counting.

        One known only to the month is among them while any day of it lies ahead.

        Raises:
            ValueError: For a negative number of days.
        """
        return tuple(upcoming_of(self.events, on=on, days=days))

    def select(self, events: Iterable[Event]) -> Chronology:
        """
        Return the chronology of some of its events, whole by itself.

        It takes along the areas and sources they refer to, the events whose day
        they keep, and each mission and membership of which both beginning and end
        are among them; of such a mission, the events that are.
        """
        kept = with_what_they_mark(events)
        return Chronology(
            events=(event for event in self.events if event.id in kept),
            missions=whole_missions(self.missions, kept),
            memberships=whole_memberships(self.memberships, kept),
            areas=(
                area
                for area in self.areas
                if any(area in e.areas for e in self.events if e.id in kept)
            ),
            retired=self.retired,
            title=self.title,
        )

    def according_to(self, *voices: str | Source) -> Chronology:
        """
        Return the record as some sources tell it, dated as they date it.

        Each event takes the date of the first citation of theirs that has one, and
        keeps only their citations. What they do not attest with a date is left
        out, and so is what it opens, admits or leads; a mission that by their
        dates would close before it opens is left out as well.

        Args:
            voices: Sources, their ids, or kinds of source (`article`, `un`,
                `government`, `press`, `reference`).

        Raises:
            NotFoundError: For what is neither a source nor a kind.

            ValueError: When nobody is named.
        """
        chosen = self._chosen(voices)
        events, missions, memberships = retell(
            self.events, self.missions, self.memberships, chosen
        )
        by_article = SourceKind.ARTICLE in {source.kind for source in chosen}
        used = {area.id for event in events for area in event.areas}
        return Chronology(
            events=events,
            missions=missions,
            memberships=memberships,
            areas=(
                area
                for area in self.areas
                if area.id in used or (by_article and area.in_article)
            ),
            retired=self.retired,
            title=self.title,
        )

    def _chosen(self, voices: Iterable[str | Source]) -> list[Source]:
        kinds = [str(kind) for kind in SourceKind]
        chosen: set[str] = set()
        some = False
        for voice in voices:
            some = True
            name = voice if isinstance(voice, str) else voice.id
            if isinstance(voice, str) and name in kinds:
                chosen |= {s.id for s in self.sources if s.kind == name}
            elif name not in self.sources.ids:
                close = suggest(name, [*kinds, *self.sources.ids])
                what = "source or kind of source"
                raise NotFoundError(what, name, close)
            chosen |= {s.id for s in self.sources if s.id == name}
        if not some:
            msg = "expected at least one source or kind of source, got none"
            raise ValueError(msg)
        return [source for source in self.sources if source.id in chosen]

    def merge(self, other: Chronology) -> Chronology:
        """
        Return both records as one; an entry that both have stands once.

        The title is that of the first that has one.

        Raises:
            DataError: For two different entries with one id, or an id that one of
                them has retired.
        """
        return Chronology(
            events=(*self.events, *other.events),
            missions=(*self.missions, *other.missions),
            memberships=(*self.memberships, *other.memberships),
            areas=(*self.areas, *other.areas),
            sources=(*self.sources, *other.sources),
            retired=(*self.retired, *other.retired),
            title=self.title or other.title,
        )


def _restored(parts: dict[str, Any]) -> Chronology:
    return Chronology(**parts)


class _Gathered:
    """
    Everything that a record holds or refers to, once each.
    """

    def __init__(self) -> None:
        self.areas: dict[str, CooperationArea] = {}
        self.sources: dict[str, Source] = {}
        self.events: dict[str, Event] = {}
        self.missions: dict[str, Mission] = {}
        self.memberships: dict[str, Membership] = {}
        self.faults: list[Fault] = []

    def fault(self, what: str, of: str, message: str) -> None:
        self.faults.append(Fault(path=what, id=of, message=message))

    def take(self, what: str, item: T, into: dict[str, T]) -> bool:
        """
        Return whether *item* is new, having taken it in.
        """
        known = into.setdefault(item.id, item)
        if known is item:
            return True
        if known != item:
            self.fault(what, item.id, "two different entries have this id")
        return False

    def area(self, area: CooperationArea) -> None:
        self.take("area", area, self.areas)

    def source(self, source: Source) -> None:
        self.take("source", source, self.sources)

    def cited(self, citations: Iterable[Citation]) -> None:
        for citation in citations:
            source = citation.source
            if self.sources.get(source.id) is not source:
                self.source(source)

    def event(self, event: Event) -> None:
        if self.take("event", event, self.events):
            for area in event.areas:
                if (
                    self.areas.get(area.id) is not area
                ):  # Mostly it is, in a large record.
                    self.area(area)
            self.cited(event.citations)
            if event.marks is not None:
                self.event(event.marks)

    def mission(self, mission: Mission) -> None:
        if self.take("mission", mission, self.missions):
            for event in mission.events:
                self.event(event)
            for head in mission.heads:
                self.cited(head.citations)
            if mission.predecessor is not None:
                self.mission(mission.predecessor)

    def membership(self, membership: Membership) -> None:
        if self.take("membership", membership, self.memberships):
            self.event(membership.admission)
            if membership.recommendation is not None:
                self.event(membership.recommendation)
