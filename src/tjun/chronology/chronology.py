"""
A whole record, and the queries over it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import attrs
from attrs.validators import deep_iterable

from tjun.chronology.accounts import restrict_to_sources
from tjun.chronology.anniversaries import (
    Anniversary,
    LeapDay,
    Minor,
    anniversaries_of,
    upcoming_of,
)
from tjun.chronology.catalog import Catalog
from tjun.chronology.collector import Collector
from tjun.chronology.events import Events, Missions, Scope
from tjun.chronology.selection import (
    complete_memberships,
    complete_missions,
    with_referenced_events,
)
from tjun.errors import NotFoundError
from tjun.model.dates import DateBound, DateLike, PartialDate
from tjun.model.entities import CooperationArea, Event, Source
from tjun.model.kinds import SourceKind
from tjun.model.missions import Membership, Mission
from tjun.model.text import Text
from tjun.model.validators import all_of, optional_text, slug
from tjun.suggestions import suggest

__all__ = ["Chronology"]

T = TypeVar("T")


@attrs.frozen(init=False, repr=False)
class Chronology:
    """
    An immutable record of events, missions, memberships, areas and sources.

    Entities that are referred to but not listed are included automatically. Two
    chronologies are equal if all their parts are equal, including their order.

    Args:
        events: Events in any order.

        missions: Missions in any order.

        memberships: Memberships in any order.

        areas: Areas of cooperation, in the order in which to show them.

        sources: Sources in any order.

        retired: Ids of deleted events; no event may use one again.

        title: What the record is about.

    Attributes:
        events: All events, in chronological order.

        missions: All missions, in the order of their openings.

        memberships: All memberships, in the order of admission.

        areas: All areas of cooperation, in the given order.

        sources: All sources, sorted by id.

        retired: The ids that no event may use again, sorted.

        title: What the record is about, or `None`.

    Raises:
        DataError: If two different entities have the same id, or an event has a
            retired id.

        ValueError: If an argument is not a collection of such entities, or a retired
            id is not a slug.
    """

    events: Events
    missions: Missions
    memberships: Catalog[Membership]
    areas: Catalog[CooperationArea]
    sources: Catalog[Source]
    retired: tuple[str, ...] = attrs.field(validator=deep_iterable(slug))
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
        found = Collector()
        found.add(
            areas=areas,
            sources=sources,
            events=events,
            missions=missions,
            memberships=memberships,
        )
        deleted = tuple(sorted(set(all_of(str, retired, "retired"))))
        found.check(deleted)
        scope = Scope(
            areas=Catalog(found.areas.values(), what="area"),
            missions=Missions(
                _sorted(found.missions, lambda mission: mission.start), what="mission"
            ),
            sources=Catalog(
                sorted(found.sources.values(), key=lambda source: source.id),
                what="source",
            ),
        )
        self.__attrs_init__(  # pyright: ignore[reportAttributeAccessIssue]  # From attrs.
            events=Events(found.events.values(), scope=scope),
            missions=scope.missions,
            memberships=Catalog(
                _sorted(found.memberships, lambda membership: membership.since),
                what="membership",
            ),
            areas=scope.areas,
            sources=scope.sources,
            retired=deleted,
            title=optional_text(title),
        )

    def __repr__(self) -> str:
        sizes = ", ".join(
            f"{len(getattr(self, name))} {name}"
            for name in ("events", "missions", "memberships", "areas", "sources")
        )
        return f"<Chronology: {sizes}>"

    def anniversaries(
        self,
        *,
        since: DateBound,
        until: DateBound,
        every: int = 1,
        minor: Minor = "all",
        leap_day: LeapDay = "feb28",
    ) -> tuple[Anniversary, ...]:
        """
        Return the anniversaries from *since* to *until*, in order.

        Events known only to the year have none. An event that is only announced has
        no anniversaries, but is included itself. If an observance marks the day of
        another event whose anniversary is included, only that one is included.

        Args:
            since: The first year, month or day; the whole date of an anniversary has
                to be within the period.

            until: The last year, month or day, inclusive.

            every: Include only numbers divisible by this. Above 1, the event itself
                (number 0) is not included.

            minor: Which anniversaries of events that are neither major nor yearly to
                include: `all`, `jubilees` or `none`. The event itself is not
                affected.

            leap_day: Where 29 February falls in a common year: `feb28`, `mar1` or
                `skip`.

        Raises:
            ValueError: If a date or an option is invalid.
        """
        found = anniversaries_of(
            self.events,
            since=since,
            until=until,
            every=every,
            minor=minor,
            leap_day=leap_day,
        )
        return tuple(found)

    def upcoming(
        self,
        on: DateLike,
        days: int = 90,
        *,
        every: int = 1,
        minor: Minor = "jubilees",
    ) -> tuple[Anniversary, ...]:
        """
        Return the anniversaries from *on* to *days* days later, both inclusive.

        An anniversary known only to the month is included until the month is over.

        Args:
            on: The first day.

            days: How many days to look ahead, at least 0.

            every: As for `anniversaries()`.

            minor: As for `anniversaries()`.

        Raises:
            ValueError: If *on* is not a whole day, *days* is negative, or an option
                is invalid.
        """
        found = upcoming_of(self.events, on=on, days=days, every=every, minor=minor)
        return tuple(found)

    def select(self, events: Iterable[Event]) -> Chronology:
        """
        Return a self-contained part of the record.

        It contains *events*, the areas and sources that they name, the events whose
        days they mark or that their citations name as alternatives, each mission whose
        opening and closing are among all these events, and each membership whose
        admission is.

        Args:
            events: Events of this record, in any order.

        Raises:
            NotFoundError: If an event is not in the record.

            ValueError: If *events* is not a collection of events.
        """
        chosen = all_of(Event, events, "events")
        ids = with_referenced_events(self.events[event.id] for event in chosen)
        kept = [event for event in self.events if event.id in ids]
        used = {area.id for event in kept for area in event.areas}
        return Chronology(
            events=kept,
            missions=complete_missions(self.missions, ids),
            memberships=complete_memberships(self.memberships, ids),
            areas=(area for area in self.areas if area.id in used),
            retired=self.retired,
            title=self.title,
        )

    def according_to(self, *sources: str | Source) -> Chronology:
        """
        Return the part of the record that some sources describe, with their dates.

        Each event gets the date of the first dated citation by one of *sources*, and
        keeps only their citations. If that citation has an alternative, the event is
        omitted; if they date the alternative as well, it replaces the event as the
        opening or closing of a mission and as the admission or recommendation of a
        membership. Events that they do not date are omitted, and so are missions and
        memberships that begin with them, and missions that would close before they
        open.

        Args:
            sources: Sources, their ids, or kinds of source (`un`, `government`,
                `press`, `reference`). A source whose id is the name of a kind takes
                precedence over the kind.

        Raises:
            NotFoundError: If a source is not in the record, or a name is neither a
                source nor a kind of source.

            ValueError: If no source is given, or an argument is neither a source nor
                a string.
        """
        account = restrict_to_sources(
            areas=self.areas,
            events=self.events,
            missions=self.missions,
            memberships=self.memberships,
            sources=self._chosen(sources),
        )
        return Chronology(
            events=account.events,
            missions=account.missions,
            memberships=account.memberships,
            areas=account.areas,
            retired=self.retired,
            title=self.title,
        )

    def _chosen(self, given: tuple[object, ...]) -> list[Source]:
        if not given:
            msg = "expected at least one source or kind of source, got none"
            raise ValueError(msg)
        ids: set[str] = set()
        for each in given:
            if isinstance(each, Source):
                ids.add(self.sources[each.id].id)
            elif isinstance(each, str):
                ids |= self._named(each)
            else:
                msg = f"expected a source, its id or a kind of source, got {each!r}"
                raise ValueError(msg)
        return [source for source in self.sources if source.id in ids]

    def _named(self, name: str) -> set[str]:
        """
        Return the ids of the sources that *name*, an id or a kind of source, denotes.
        """
        if not isinstance(name, SourceKind) and self.sources.get(name) is not None:
            return {name}
        kinds = [kind.value for kind in SourceKind]
        if name in kinds:
            return {source.id for source in self.sources if source.kind == name}
        what = "source or kind of source"
        raise NotFoundError(what, name, suggest(name, [*kinds, *self.sources.ids]))

    def merge(self, other: Chronology) -> Chronology:
        """
        Return both records as one. An entity that both contain is included once.

        The title is that of the first record that has one.

        Raises:
            DataError: If two different entities have the same id, or one record uses
                an id that the other has retired.
        """
        parts: dict[str, Any] = {
            name: (*getattr(self, name), *getattr(other, name))
            for name in (
                "events",
                "missions",
                "memberships",
                "areas",
                "sources",
                "retired",
            )
        }
        title = other.title if self.title is None else self.title
        return Chronology(**parts, title=title)


def _sorted(items: Mapping[str, T], date: Callable[[T], PartialDate]) -> list[T]:
    """
    Return the values sorted by the date that *date* returns, then by id.
    """
    by_date = sorted(items.items(), key=lambda item: (date(item[1]).sort_key, item[0]))
    return [value for _, value in by_date]
