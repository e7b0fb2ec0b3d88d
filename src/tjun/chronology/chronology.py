"""
A whole record, and the queries over it.
"""

from __future__ import annotations

import html
import os
from collections.abc import Iterable, Mapping
from importlib import import_module
from operator import attrgetter
from typing import Any, Unpack

import attrs

from tjun.chronology.catalog import Catalog
from tjun.chronology.comparing import Difference, compared
from tjun.chronology.events import Events, Memberships, Missions, Scope
from tjun.chronology.parts import restrict_to_sources, select_events
from tjun.chronology.queries import Queries
from tjun.chronology.rebuilding import check_unused, collect, rebuilt
from tjun.chronology.texts import record_texts
from tjun.errors import DataError, Fault, NotFoundError
from tjun.locales.available import language as find_language
from tjun.locales.language import Language
from tjun.model.dates import DateLike
from tjun.model.display import table_html
from tjun.model.entities import CooperationArea, Event
from tjun.model.header import Header, HeaderFields, header_fields
from tjun.model.identified import table_of
from tjun.model.kinds import EventKind, PublisherKind
from tjun.model.links import FORMAT, SECTIONS, section_of
from tjun.model.missions import Membership, Mission
from tjun.model.sources import Publisher, Source
from tjun.model.validators import all_of
from tjun.suggestions import suggest

__all__ = ["Chronology"]

_ORDER = {
    "publishers": attrgetter("id"),
    "sources": attrgetter("id"),
    "missions": attrgetter("start.sort_key", "id"),
    "memberships": attrgetter("since.sort_key", "id"),
}

Entity = Event | Mission | Membership | CooperationArea | Source | Publisher


@attrs.frozen(init=False, repr=False)
class Chronology(Header, Queries):
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

        publishers: Publishers in any order.

        header: What the record says about itself: `id`, `title`, `subject`,
            `language`, `publisher`, `licence`, `contact`, `revised`, `retired`,
            `referred`, `kinds` and `translations`, as described for `Header`.

    Attributes:
        events: All events, in chronological order, without those that are only
            referred to.

        missions: All missions, in the order of their openings.

        memberships: All memberships, in the order of admission.

        areas: All areas of cooperation, in the given order.

        sources: All sources, sorted by id.

        publishers: All publishers, sorted by id.

    Raises:
        DataError: If two different entities have the same id, or an event has a
            retired id.

        ValueError: If an argument is not a collection of such entities, or a part of
            the header is invalid.
    """

    events: Events
    missions: Missions
    memberships: Memberships
    areas: Catalog[CooperationArea]
    sources: Catalog[Source]
    publishers: Catalog[Publisher]

    def __init__(
        self,
        *,
        events: Iterable[Event] = (),
        missions: Iterable[Mission] = (),
        memberships: Iterable[Membership] = (),
        areas: Iterable[CooperationArea] = (),
        sources: Iterable[Source] = (),
        publishers: Iterable[Publisher] = (),
        **header: Unpack[HeaderFields],
    ) -> None:
        about = header_fields(Header(**header))
        given: dict[str, Iterable[Any]] = {
            "areas": areas,
            "publishers": publishers,
            "sources": sources,
            "events": events,
            "missions": missions,
            "memberships": memberships,
        }
        collected, about["referred"] = collect(
            given, about["retired"], about["referred"]
        )
        found = {
            section: sorted(entities.values(), key=_ORDER[section])
            if section in _ORDER
            else entities.values()
            for section, entities in collected.items()
        }
        scope = Scope(
            areas=Catalog(found["areas"], what="area"),
            missions=Missions(found["missions"], what="mission"),
            sources=Catalog(found["sources"], what="source"),
            publishers=Catalog(found["publishers"], what="publisher"),
        )
        self.__attrs_init__(  # pyright: ignore[reportAttributeAccessIssue]  # From attrs.
            **about,
            events=Events(found["events"], scope=scope),
            missions=scope.missions,
            memberships=Memberships(found["memberships"], what="membership"),
            areas=scope.areas,
            sources=scope.sources,
            publishers=scope.publishers,
        )

    def __repr__(self) -> str:
        sizes = ", ".join(
            f"{len(getattr(self, name))} {name}"
            for name in ("events", "missions", "memberships", "areas", "sources")
        )
        return f"<Chronology: {sizes}>"

    @property
    def referred(self) -> Events:
        """
        The events that are in the record only because others refer to them.

        `select()` leaves such events: those that a citation names as alternatives, or
        whose days others mark. They are written to JSON and TOML, and no view shows
        them. An event to which nothing refers any more is not among them.
        """
        return Events(
            each for each in self._whole().events if each.id in self._referred
        )

    def _whole(self) -> Chronology:
        """
        Return the record with all events among its events.
        """
        nobody: dict[str, Any] = {"referred": ()}
        return attrs.evolve(self, **nobody) if self._referred else self

    def _all_events(self) -> Events:
        return self.events

    def _repr_html_(self) -> str:
        title = "" if self.title is None else str(self.title)
        sizes = html.escape(f"{title} {self!r}".strip())
        return f"<p>{sizes}</p>{table_html(self.events)}"

    def kind_name(self, kind: str, language: str | Language = "en") -> str:
        """
        Return the name of a kind of event, or the kind itself if it has no name.

        Args:
            kind: An `EventKind`, or a kind of the record's own.

            language: A BCP 47 tag, or a `Language`.

        Raises:
            NotFoundError: If there is no such language.
        """
        spoken = find_language(language)
        if kind in self.kinds:
            return self.kinds[kind].in_(spoken)
        known = kind in {each.value for each in EventKind}
        return spoken.label(f"kind_{kind}") if known else kind

    def to_dict(self) -> dict[str, Any]:
        """
        Return plain data, as the JSON exporter writes it.

        Raises:
            DataError: If a text has no string in the language of the record.
        """
        language, whole = self.language, self._whole()
        msg = f"expected a string in {language!r}, the language of the record, got only"
        faults = [
            Fault(path=".".join(path), message=f"{msg} {', '.join(text.translations)}")
            for path, text in record_texts(whole)
            if language not in text.translations
        ]
        if faults:
            raise DataError(faults)
        found: dict[str, Any] = {
            "format": FORMAT,
            "record": {"id": self.id, **table_of(Header, self)},
        }
        for section in SECTIONS:
            found[section] = [each.to_dict() for each in getattr(whole, section)]
        return found

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
        parts["retired"] = (*self.retired, *gone[Event])
        return attrs.evolve(self, **parts)

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
        parts["referred"] = {*self._referred} - {each.id for each in parts["events"]}
        return attrs.evolve(self, **parts)

    def _own(self, section: str, own: str) -> Any:
        """
        Return the entity with an id.
        """
        catalog: Catalog[Any] = getattr(self, section)
        if own not in catalog and own in self._referred and section == "events":
            catalog = self.referred
        if own not in catalog:
            what = section.removesuffix("s")
            raise NotFoundError(what, own, suggest(own, catalog.ids))
        return catalog[own]

    def select(self, events: Iterable[Event]) -> Chronology:
        """
        Return a self-contained part of the record.

        It contains *events*, the areas and sources that they name, each mission whose
        opening and closing are among them, and each membership whose admission and
        withdrawal are. The events whose days they mark, or that their citations name
        as alternatives, are not among its `events` but in `referred`.

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
            sources: Sources, or names: ids of sources or of publishers, or kinds of
                publishers (`un`, `government`, `press`, `reference`, `other`). If a
                name is several of these, the first counts.

        Raises:
            NotFoundError: If a source is not in the record, or a name is neither a
                source nor a publisher nor a kind of publisher.

            ValueError: If no source is given, or an argument is neither a source nor
                a string.
        """
        if not sources:
            msg = "expected at least one source or kind of publisher, got none"
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
            a: A source, its id, a publisher's id, or a kind of publisher.

            b: Another one.

        Raises:
            NotFoundError: As for `according_to()`.

            ValueError: If an argument is neither a source nor a string.
        """
        return tuple(compared(self.events, self._ids(a), self._ids(b)))

    def _ids(self, given: object) -> set[str]:
        """
        Return the ids of the sources that a source or a name means.
        """
        if isinstance(given, Source):
            return {self.sources[given.id].id}
        if not isinstance(given, str):
            msg = f"expected a source, or the name of sources, got {given!r}"
            raise ValueError(msg)
        if self.sources.get(given) is not None and not isinstance(given, PublisherKind):
            return {given}
        sources = self.sources
        if self.publishers.get(given) is None or isinstance(given, PublisherKind):
            found = {each.id for each in sources if each.publisher.kind == given}
        else:
            found = {each.id for each in sources if each.publisher.id == given}
        kinds = [kind.value for kind in PublisherKind]
        if not found and given not in (*kinds, *self.publishers.ids):
            what = "source, publisher or kind of publisher"
            known = [*kinds, *self.publishers.ids, *sources.ids]
            raise NotFoundError(what, given, suggest(given, known))
        return found

    def merge(self, other: Chronology) -> Chronology:
        """
        Return both records as one. An entity that both contain is included once.

        The title is that of the first record that has one, and the translations of
        both are listed; the rest of the header is that of this record. An event that
        one of them only refers to is an event if the other contains it.

        Raises:
            DataError: If two different entities have the same id, or one record uses
                an id that the other has retired.
        """
        parts: dict[str, Any] = {
            name: (*getattr(self, name), *getattr(other, name)) for name in SECTIONS
        }
        header = header_fields(self)
        header["retired"] = {*self.retired, *other.retired}
        shown = {*self.events.ids, *other.events.ids}
        header["referred"] = {*self._referred, *other._referred} - shown
        header["title"] = other.title if self.title is None else self.title
        both = (*other.translations, *self.translations)
        header["translations"] = {each.language: each for each in both}.values()
        return Chronology(**parts, **header)

    def translated(
        self, translation: str | os.PathLike[str] | Mapping[str, Any]
    ) -> Chronology:
        """
        Return the record with a translation.

        Args:
            translation: The path of a translation file, or what it contains.

        Raises:
            DataError: All errors in the translation.
        """
        made: Chronology = _above("reading").translated(self, translation)
        return made

    def check(
        self, *, against: Chronology | None = None, today: DateLike | None = None
    ) -> tuple[Fault, ...]:
        """
        Return everything in the record that deserves a second look.

        Args:
            against: An older edition. What changed without a note, a new id or a
                later `revised` is reported as well.

            today: The day by which announced events should have taken place; without
                it, they are not checked.

        Raises:
            ValueError: If *today* is not a whole day.
        """
        found: tuple[Fault, ...] = _above("check").check(self, against, today)
        return found


def _above(module: str) -> Any:
    """
    Return a module of the package that reads and writes records, which imports this.
    """
    return import_module(f"tjun.recordfiles.{module}")
