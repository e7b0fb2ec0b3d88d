"""
Building a record from entities that refer to each other, and from another record.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from tjun.errors import DataError, Fault
from tjun.model.entities import Event
from tjun.model.links import SECTIONS, links_of, references, singular
from tjun.model.missions import Membership, Mission
from tjun.model.validators import all_of

if TYPE_CHECKING:
    from tjun.chronology.chronology import Chronology

__all__ = ["check_unused", "collect", "rebuilt"]

_MOST_NAMED = 3


def collect(
    given: Mapping[str, Iterable[Any]], retired: Iterable[str], referred: Iterable[str]
) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """
    Return entities and everything to which they refer, by section and by id.

    Each is included once, in the order of its discovery.

    Args:
        given: The entities of each section.

        retired: Ids that no event may have.

        referred: Ids of events to leave out, and with them what only they refer to.

    Returns:
        The entities, and the ids of the events that were left out although others
        refer to them.

    Raises:
        DataError: If two different entities have the same id, or an event has a
            retired id; there is one error for each id.

        ValueError: If a section is not a collection of its entities.
    """
    collector = _Collector()
    for section, kind in SECTIONS.items():
        for entity in all_of(kind, given[section], section):
            collector.add(kind, entity)
    found = collector.found
    faults = [
        Fault(path=singular(kind), id=own, message=_two_versions(using))
        for (kind, own), using in collector.others.items()
    ]
    msg = "this id is retired; choose another one"
    faults += [
        Fault(path="event", id=own, message=msg)
        for own in retired
        if own in found[Event]
    ]
    if faults:
        raise DataError(sorted(faults, key=str))
    found, needed = _without(found, frozenset(referred))
    return {section: found[kind] for section, kind in SECTIONS.items()}, needed


def _without(
    found: dict[type, dict[str, Any]], apart: frozenset[str]
) -> tuple[dict[type, dict[str, Any]], list[str]]:
    """
    Leave out the events with the ids *apart*, and what only they need.

    An event stays if a mission or a membership refers to it.
    """
    if not apart:
        return found, []
    shown, hidden = _Collector(apart), _Collector()
    for kind in (Event, Mission, Membership):
        for own, entity in found[kind].items():
            if kind is not Event or own not in apart:
                shown.add(kind, entity)
    for event in shown.passed.values():
        hidden.add(Event, event)
    left = {
        kind: {
            own: entity
            for own, entity in entities.items()
            if own in shown.found[kind]
            or not (own in hidden.found[kind] or (kind is Event and own in apart))
        }
        for kind, entities in found.items()
    }
    return left, [own for own in hidden.found[Event] if own not in shown.found[Event]]


class _Collector:
    """
    The entities by id, and for each id with two versions, what uses the second one.

    It passes what other events refer to, if its id is in *apart*.
    """

    def __init__(self, apart: frozenset[str] = frozenset()) -> None:
        self.apart = apart
        self.passed: dict[str, Event] = {}
        self.found: dict[type, dict[str, Any]] = {k: {} for k in SECTIONS.values()}
        self.others: dict[tuple[type, str], dict[str, None]] = {}

    def add(self, kind: type, entity: Any, by: tuple[type, Any] | None = None) -> None:
        own = entity.id
        known = self.found[kind].get(own)
        if own in self.apart and kind is Event and by is not None and by[0] is Event:
            self.passed[own] = entity
        elif known is None:
            self.found[kind][own] = entity
            self._follow(kind, entity, (kind, entity))
        elif known is not entity and known != entity:
            using = self.others.setdefault((kind, own), {})
            using |= {} if by is None else {_name(*by): None}

    # Unlike `references()`, this makes no lists: a large record has many references.
    def _follow(self, kind: type, whole: Any, by: tuple[type, Any]) -> None:
        for link in links_of(kind):
            value = getattr(whole, link.name)
            if link.part:
                for part in value:
                    self._follow(link.kind, part, by)
            elif value is not None:
                known = self.found[link.kind]
                for each in value if link.many else (value,):
                    if known.get(each.id) is not each:
                        self.add(link.kind, each, by)


def _name(kind: type, entity: Any) -> str:
    return f"{singular(kind)} {entity.id!r}"


def _two_versions(using: Collection[str]) -> str:
    msg = "two different entries have this id"
    if using:
        msg += f"; the second is used by {_listed(using)}"
        msg += "; to change an entry that others use, call replace()"
    return msg


def _listed(names: Collection[str]) -> str:
    """
    Return the first names of many, and how many more there are.
    """
    *first, last = list(names)[:_MOST_NAMED]
    if len(names) > _MOST_NAMED:
        first, last = [*first, last], f"{len(names) - _MOST_NAMED} more"
    return f"{', '.join(first)} and {last}" if first else last


def rebuilt(
    record: Chronology,
    change: Callable[[type, Any], Any],
    sections: Iterable[str] = tuple(SECTIONS),
    **header: Any,
) -> Chronology:
    """
    Return *record* with some of its entities changed, wherever they are referred to.

    Whatever refers to a removed entity loses that reference.

    Args:
        record: A record.

        change: Returns what replaces an entity, given its class and itself: an entity
            that may still refer to those of *record*, or `None` to remove it.

        sections: The sections to keep. Of the others, only what is referred to is
            kept.

        header: New fields of the header.
    """
    # By identity, as comparing entities is slow. Their ids are not enough, because
    # `change` may return an entity that refers to another version of a third one.
    made: dict[int, tuple[Any, Any]] = {}

    def new(kind: type, entity: Any) -> Any:
        if id(entity) not in made:
            changed = change(kind, entity)
            if changed is not None and id(changed) not in made:
                made[id(changed)] = changed, relinked(kind, changed)
            result = None if changed is None else made[id(changed)][1]
            made[id(entity)] = entity, result
        return made[id(entity)][1]

    def relinked(kind: type, whole: Any) -> Any:
        fields = {}
        for link in links_of(kind):
            old = getattr(whole, link.name)
            step = relinked if link.part else new
            if link.many:
                all_new = (step(link.kind, each) for each in old)
                value: Any = tuple(each for each in all_new if each is not None)
                same = len(value) == len(old) and all(map(operator.is_, value, old))
            else:
                value = None if old is None else step(link.kind, old)
                same = value is old
            if not same:
                fields[link.name] = value
        return attrs.evolve(whole, **fields) if fields else whole

    parts: dict[str, Any] = dict.fromkeys(SECTIONS, ())
    for section in sections:
        kind = SECTIONS[section]
        all_new = (new(kind, each) for each in getattr(record, section))
        parts[section] = [each for each in all_new if each is not None]
    return attrs.evolve(record, **parts, **header)


def check_unused(
    parts: Mapping[str, Iterable[Any]], gone: Mapping[type, Collection[str]]
) -> None:
    """
    Check that no entity refers to one that is removed.

    Args:
        parts: The entities of each section.

        gone: The ids that are removed from each class of entities.

    Raises:
        DataError: If any does; there is one error for each id.
    """
    using: dict[tuple[type, str], dict[str, None]] = {}
    for section, kind in SECTIONS.items():
        for entity in parts[section]:
            for other, each in references(entity, kind):
                if each.id in gone[other]:
                    using.setdefault((other, each.id), {})[_name(kind, entity)] = None
    if using:
        remedy = "replace them or remove them as well"
        raise DataError(
            [
                Fault(
                    path=singular(kind),
                    id=own,
                    message=f"used by {_listed(names)}; {remedy}",
                )
                for (kind, own), names in using.items()
            ]
        )
