"""
Turning entries, which refer to ids, into objects that refer to each other.

Each section is resolved after the sections that it refers to. Within a section,
entries are made in topological order, so the depth of the stack does not depend on
the record.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

import attrs

from tjun.chronology.catalog import Catalog
from tjun.chronology.chronology import Chronology
from tjun.model.links import ORDER, SECTIONS, Link, links_of, singular
from tjun.recordfiles.combine import combine
from tjun.recordfiles.converter import Values
from tjun.recordfiles.entries import Entries, Entry, collect
from tjun.recordfiles.faults import FaultList
from tjun.recordfiles.files import Document
from tjun.recordfiles.graphs import chain_length, circular_links

__all__ = ["resolve"]

_LONGEST_CHAIN = 100  # Comparing and pickling objects recurses along their references.
_MOST_BROKEN = 100  # References of one entry that are reported.
_SECTION_OF = {kind: section for section, kind in SECTIONS.items()}


def resolve(
    documents: Iterable[Document], records: Mapping[str, Chronology] | None = None
) -> Chronology:
    """
    Return what files and finished records contain, as one chronology.

    Args:
        documents: Parsed files. They may refer to each other's entries.

        records: Finished records by name, whose entries the files may refer to.

    Raises:
        DataError: All errors of all files, or the conflicts between the records.
    """
    records = {} if records is None else records
    base = combine(records)
    faults = FaultList()
    entries = collect(documents, records, faults)
    made = _Resolver(entries, base, faults).resolve()
    faults.raise_if_any()
    parts: dict[str, Any] = {
        section: (*getattr(base, section), *made[kind])
        for section, kind in SECTIONS.items()
    }
    return Chronology(
        **parts,
        retired=(*base.retired, *entries.retired),
        title=entries.title if base.title is None else base.title,
    )


@attrs.frozen(kw_only=True)
class _Reference:
    path: str
    kind: type
    id: str


def _references(kind: type, values: Values, path: str = "") -> Iterator[_Reference]:
    """
    Yield the references in the values of an entry or a part.
    """
    for link, step, value in _linked(kind, values):
        if link.part:
            yield from _references(link.kind, value, path + step)
        else:
            yield _Reference(path=path + step, kind=link.kind, id=value)


def _linked(kind: type, values: Values) -> Iterator[tuple[Link, str, Any]]:
    for link in links_of(kind):
        value = values.fields.get(link.name)
        if link.many:
            for index, each in enumerate(value or ()):
                if each is not None:
                    yield link, f".{link.name}[{index}]", each
        elif value is not None:
            yield link, f".{link.name}", value


class _Resolver:
    """
    Makes the object of each entry.
    """

    def __init__(self, entries: Entries, base: Chronology, faults: FaultList) -> None:
        self._entries = entries
        self._base = base
        self._faults = faults

    def resolve(self) -> dict[type, list[Any]]:
        """
        Return the objects of each class, each after those it refers to.
        """
        made: dict[type, list[Any]] = {}
        for kind in ORDER:
            graph: dict[Entry, list[_Reference]] = {}
            for entry in self._entries.all:
                if self._faults.full:
                    break
                if entry.kind is kind:
                    graph[entry] = self._checked_references(entry)
            made[kind] = list(self._make_all(kind, graph))
        return made

    def _checked_references(self, entry: Entry) -> list[_Reference]:
        """
        Return the references to entries of the same class; report broken ones.
        """
        inner: list[_Reference] = []
        broken: list[tuple[_Reference, str]] = []
        for reference in _references(entry.kind, entry.values):
            if ORDER.index(reference.kind) > ORDER.index(entry.kind):
                msg = "only an event's citations can have an alternative"
                broken.append((reference, msg))
            elif self._target(reference.kind, reference.id) is None:
                broken.append((reference, ""))
            elif reference.kind is entry.kind:
                inner.append(reference)
        for reference, why in broken[:_MOST_BROKEN]:
            message = why or self._missing(reference)
            self._entries.report(entry, reference.path, message)
        return inner

    def _missing(self, reference: _Reference) -> str:
        known = (
            *self._entries.by_id[reference.kind],
            *self._catalog(reference.kind).ids,
        )
        remedy = self._faults.remedy(reference.id, known)
        return f"there is no {singular(reference.kind)} {reference.id[:80]!r}{remedy}"

    def _catalog(self, kind: type) -> Catalog[Any]:
        catalog: Catalog[Any] = getattr(self._base, _SECTION_OF[kind])
        return catalog

    def _target(self, kind: type, own: str) -> Any:
        """
        Return the entry that is meant, or the entity of a finished record, or `None`.
        """
        entry = self._entries.by_id[kind].get(own)
        return self._catalog(kind).get(own) if entry is None else entry

    def _make_all(
        self, kind: type, graph: Mapping[Entry, list[_Reference]]
    ) -> Iterator[Any]:
        """
        Make all entries of one class and yield the objects.
        """
        for entry in self._sorted(kind, graph):
            made = self._make(entry, graph[entry])
            if made is not None:
                yield made

    def _sorted(
        self, kind: type, graph: Mapping[Entry, list[_Reference]]
    ) -> Iterator[Entry]:
        """
        Yield each entry after those it refers to; report circular references.
        """
        # Faster: most entries refer to no other entry of their class.
        yield from (entry for entry, references in graph.items() if not references)
        by_id = self._entries.by_id[kind]
        links = {
            entry: [
                by_id[each.id]
                for each in references
                if each.id in by_id and graph[by_id[each.id]]
            ]
            for entry, references in graph.items()
            if references
        }
        sorter = TopologicalSorter(links)
        # Despite the error, it sorts the entries that do not depend on a cycle.
        with contextlib.suppress(CycleError):
            sorter.prepare()
        left = dict.fromkeys(links)
        while ready := sorter.get_ready():
            for entry in ready:
                del left[entry]
                yield entry
            sorter.done(*ready)
        for entry, other in circular_links({entry: links[entry] for entry in left}):
            path = next(each.path for each in graph[entry] if each.id == other.id)
            msg = f"circular reference: {other.id!r} refers back to itself"
            self._entries.report(entry, path, msg)
        yield from left  # To report the errors in their parts as well.

    def _make(self, entry: Entry, references: list[_Reference]) -> Any:
        longest = max(references, key=self._length, default=None)
        if longest is not None:
            length = self._length(longest)
            if length >= _LONGEST_CHAIN:
                msg = f"expected a chain of at most {_LONGEST_CHAIN} entries"
                self._entries.report(entry, longest.path, msg)
                return None
            entry.length = 1 + length
        entry.made = self._object(entry, entry.kind, entry.values, "")
        return entry.made

    def _length(self, reference: _Reference) -> int:
        target = self._target(reference.kind, reference.id)
        if not isinstance(target, Entry):
            return chain_length(target)
        return 0 if target.made is None else target.length  # 0 if it has an error.

    def _object(self, entry: Entry, kind: type, values: Values, path: str) -> Any:
        """
        Return an entry's object or one of its parts; `None` if it cannot be made.
        """
        fields = dict(values.fields)
        complete = not values.errors
        for link in links_of(kind):
            if link.name not in fields:
                continue
            value, where = fields[link.name], f"{path}.{link.name}"
            if link.many:
                made: Any = [
                    self._linked_object(entry, link, each, f"{where}[{index}]")
                    for index, each in enumerate(value)
                ]
                complete = complete and all(each is not None for each in made)
            else:
                made = self._linked_object(entry, link, value, where)
                complete = complete and made is not None
            fields[link.name] = made
        if not complete:
            return None
        try:
            return kind(**fields)
        except ValueError as error:
            self._entries.report(entry, path, str(error))
            return None

    def _linked_object(self, entry: Entry, link: Link, value: Any, path: str) -> Any:
        if value is None:
            return None
        if link.part:
            return self._object(entry, link.kind, value, path)
        target = self._target(link.kind, value)
        return target.made if isinstance(target, Entry) else target
