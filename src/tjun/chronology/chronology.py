"""
A whole record, and the queries over it.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from operator import attrgetter
from typing import Any

import attrs
from attrs.validators import deep_iterable

from tjun.chronology.catalog import Catalog
from tjun.chronology.comparing import Difference, compared
from tjun.chronology.events import Events, Missions, Scope
from tjun.chronology.parts import restrict_to_sources, select_events
from tjun.chronology.queries import Queries
from tjun.chronology.rebuilding import check_unused, collect, rebuilt
from tjun.errors import NotFoundError
from tjun.model.display import table_html
from tjun.model.entities import CooperationArea, Event, Source
from tjun.model.kinds import SourceKind
from tjun.model.links import FORMAT, SECTIONS, section_of
from tjun.model.missions import Membership, Mission
from tjun.model.text import Text
from tjun.model.validators import all_of, optional_text, slug
from tjun.suggestions import suggest

__all__ = ["Chronology"]

_ORDER = {
    "sources": attrgetter("id"),
    "missions": attrgetter("start.sort_key", "id"),
    "memberships": attrgetter("since.sort_key", "id"),
}

Entity = Event | Mission | Membership | CooperationArea | Source


@attrs.frozen(init=False, repr=False)
class Chronology(Queries):
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
        deleted = tuple(sorted(set(all_of(str, retired, "retired"))))
        given: dict[str, Iterable[Any]] = {
            "areas": areas,
            "sources": sources,
            "events": events,
            "missions": missions,
            "memberships": memberships,
        }
        found = {
            section: sorted(entities.values(), key=_ORDER[section])
            if section in _ORDER
            else entities.values()
            for section, entities in collect(given, deleted).items()
        }
        scope = Scope(
            areas=Catalog(found["areas"], what="area"),
            missions=Missions(found["missions"], what="mission"),
            sources=Catalog(found["sources"], what="source"),
        )
        self.__attrs_init__(  # pyright: ignore[reportAttributeAccessIssue]  # From attrs.
            events=Events(found["events"], scope=scope),
            missions=scope.missions,
            memberships=Catalog(found["memberships"], what="membership"),
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

    def _all_events(self) -> Events:
        return self.events

    def _repr_html_(self) -> str:
        title = "" if self.title is None else str(self.title)
        sizes = html.escape(f"{title} {self!r}".strip())
        return f"<p>{sizes}</p>{table_html(self.events)}"

    def to_dict(self) -> dict[str, Any]:
        """
        Return plain data, as the JSON exporter writes it.
        """
        found: dict[str, Any] = {"format": FORMAT}
        if self.title is not None:
            found["title"] = dict(self.title.translations)
        for section in SECTIONS:
            found[section] = [each.to_dict() for each in getattr(self, section)]
        return found | {"retired": list(self.retired)}

    def replace(self, *entities: Entity) -> Chronology:
        """
        Return a record in which entities are replaced, also where they are referred to.

        Args:
            entities: New versions of entities of this record, with the same ids.

        Raises:
            NotFoundError: If the record has no entity with one of the ids.

            DataError: If an entity refers to a version of a third one that is neither
                in the record nor among *entities*.

            ValueError: If an argument is not an entity, two have the same id, or what
                refers to one of them becomes invalid.
        """
        new: dict[tuple[type, str], tuple[Any, Any]] = {}
        for each in entities:
            section = section_of(each)
            old = self._own(section, each.id)
            if new.setdefault((SECTIONS[section], each.id), (old, each))[1] is not each:
                msg = f"expected one entity with the id {each.id!r}, got two"
                raise ValueError(msg)

        def change(kind: type, entity: Any) -> Any:
            versions = new.get((kind, entity.id))
            # A third version is a conflict, which the new record reports.
            return versions[1] if versions and entity in versions else entity

        return rebuilt(self, change)

    def without(self, *entities: Entity) -> Chronology:
        """
        Return the record without some entities. The ids of events are retired.

        Args:
            entities: Entities of this record. Whatever refers to them has to be
                replaced before, or removed with them.

        Raises:
            NotFoundError: If an entity is not in the record.

            DataError: If others refer to an entity; it names them.

            ValueError: If an argument is not an entity.
        """
        gone: dict[type, set[str]] = {kind: set() for kind in SECTIONS.values()}
        for each in entities:
            section = section_of(each)
            gone[SECTIONS[section]].add(self._own(section, each.id).id)
        parts: dict[str, Any] = {
            section: [each for each in getattr(self, section) if each.id not in ids]
            for section, ids in zip(SECTIONS, gone.values(), strict=True)
        }
        check_unused(parts, gone)
        return attrs.evolve(self, **parts, retired=(*self.retired, *gone[Event]))

    def add(self, *entities: Entity) -> Chronology:
        """
        Return the record with more entities, and everything to which they refer.

        Args:
            entities: Entities, whose ids no others in the record have.

        Raises:
            DataError: If the record has a different entity with the same id, or has
                retired the id of an event.

            ValueError: If an argument is not an entity.
        """
        parts: dict[str, Any] = {name: [*getattr(self, name)] for name in SECTIONS}
        for each in entities:
            parts[section_of(each)].append(each)
        return attrs.evolve(self, **parts)

    def _own(self, section: str, own: str) -> Any:
        """
        Return the entity with an id.
        """
        catalog: Catalog[Any] = getattr(self, section)
        if own not in catalog:
            what = section.removesuffix("s")
            raise NotFoundError(what, own, suggest(own, catalog.ids))
        return catalog[own]

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
        return select_events(self, [self.events[event.id] for event in chosen])

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
        if not sources:
            msg = "expected at least one source or kind of source, got none"
            raise ValueError(msg)
        ids = set[str]().union(*(self._ids(each) for each in sources))
        return restrict_to_sources(self, ids)

    def compare(self, a: str | Source, b: str | Source) -> tuple[Difference, ...]:
        """
        Return the events that two accounts date differently, in chronological order.

        The date of an account is that of its first dated citation, as for
        `according_to()`; if the citation has an alternative, it is the date of that
        event.

        Args:
            a: A source, its id, or a kind of source.

            b: Another one.

        Raises:
            NotFoundError: As for `according_to()`.

            ValueError: If an argument is neither a source nor a string.
        """
        return tuple(compared(self.events, self._ids(a), self._ids(b)))

    def _ids(self, given: object) -> set[str]:
        """
        Return the ids of the sources that a source, an id or a kind of source means.
        """
        if isinstance(given, Source):
            return {self.sources[given.id].id}
        if not isinstance(given, str):
            msg = f"expected a source, its id or a kind of source, got {given!r}"
            raise ValueError(msg)
        if not isinstance(given, SourceKind) and self.sources.get(given) is not None:
            return {given}
        kinds = [kind.value for kind in SourceKind]
        if given in kinds:
            return {source.id for source in self.sources if source.kind == given}
        what = "source or kind of source"
        raise NotFoundError(what, given, suggest(given, [*kinds, *self.sources.ids]))

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
            for name in (*SECTIONS, "retired")
        }
        title = other.title if self.title is None else self.title
        return Chronology(**parts, title=title)
