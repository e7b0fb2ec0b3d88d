"""
Turning record files, which refer to ids, into objects that refer to each other.

Each section is resolved after the sections that it refers to. Within a section,
entries are made in topological order, so the depth of the stack does not depend on
the record.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any, NoReturn

import attrs

from tjun.chronology.chronology import Chronology
from tjun.errors import DataError, Fault, shorten
from tjun.model.entities import Event
from tjun.model.header import Header, Translation, header_fields
from tjun.model.links import FORMAT, ORDER, SECTIONS, Link, links_of, singular
from tjun.model.tags import canonical_tag
from tjun.model.validators import as_moment
from tjun.recordfiles.convert import (
    Values,
    convert,
    describe_value,
    unknown,
)
from tjun.recordfiles.files import Document
from tjun.recordfiles.translate import translate
from tjun.suggestions import suggest

__all__ = ["resolve"]

_LONGEST_CHAIN = 100  # Comparing and pickling objects recurses along their references.
_MOST_WRONG = 10_000  # Entries with errors, after which reading stops.
_LONGEST_ID = 80  # A longer one is not repeated with each error.
_MOST_SUGGESTIONS = 50  # Looking for a similar id is slow in a large record.
_SECTION_OF = {kind: section for section, kind in SECTIONS.items()}
_OLD_FORMAT = (
    "1 is no longer read; https://tjun.example/how-to/move-from-format-1.html"
    " says what to change"
)
_KEYS = {  # Besides the sections, by the key that tells the kinds of files apart.
    "translates": ("format", "translates", "language", "status", "revised", "record"),
    "extends": ("format", "extends", "revised"),
    "record": ("format", "record"),
    "format": ("format",),
}


def resolve(
    documents: Iterable[Document], base: Chronology | None = None
) -> Chronology:
    """
    Return what files, and perhaps a finished record, contain as one chronology.

    Args:
        documents: Parsed files. They may refer to each other's entries.

        base: A finished record, to whose entries the files may refer.

    Raises:
        DataError: All errors of all files.
    """
    documents = list(documents)
    if base is not None and any(_kind_of(each) == "translates" for each in documents):
        # Translations are applied to values, before there are objects.
        documents.insert(0, Document(content=base.to_dict()))
        base = None
    return _Resolver(documents, base).resolve()


def _kind_of(document: Document) -> str:
    """
    Return the key of `_KEYS` for the kind of file it is.
    """
    content = document.content if type(document.content) is dict else {}
    return next((key for key in _KEYS if key in content), "format")


@attrs.define(kw_only=True, eq=False)
class _Entry:
    """
    One entry of a file: its location, its values and the object made of them.
    """

    kind: type
    place: tuple[int, int]  # The numbers of the file and of the entry.
    path: str
    id: str | None
    at: str  # Its place in a table from which it was read; empty in a record file.
    values: Values
    made: Any = None
    length: int = 1  # Of the chain of references that begins here.


@attrs.frozen(kw_only=True)
class _Reference:
    path: str
    kind: type
    id: str


def _references(kind: type, values: Values, path: str = "") -> Iterator[_Reference]:
    """
    Yield the references in the values of an entry or a part.
    """
    for link in links_of(kind):
        value = values.fields.get(link.name)
        for step, each in _steps(link, value):
            if link.part and each is not None:
                yield from _references(link.kind, each, path + step)
            elif each is not None:
                yield _Reference(path=path + step, kind=link.kind, id=each)


def _steps(link: Link, value: Any) -> Iterator[tuple[str, Any]]:
    if not link.many:
        yield f".{link.name}", value
    else:
        for index, each in enumerate(value or ()):
            yield f".{link.name}[{index}]", each


class _Resolver:
    """
    Makes the object of each entry.
    """

    def __init__(self, documents: list[Document], base: Chronology | None) -> None:
        self._documents = documents
        self._base = base
        self._header: _Entry | None = None
        self._revised = [] if base is None else [base.revised]
        self._retired = () if base is None else base.retired
        self._translations: dict[str, Translation] = {}
        self._entries: list[_Entry] = []
        self._by_id: dict[type, dict[str, _Entry]] = {kind: {} for kind in ORDER}
        self._faults: list[tuple[tuple[int, int], Fault]] = []
        self._suggestions = 0
        self._wrong = 0  # Entries with errors.

    def resolve(self) -> Chronology:
        """
        Return the chronology.

        Raises:
            DataError: All errors, in the order of files and entries.
        """
        language = self._read_header()
        for number, document in enumerate(self._documents):
            if self._is_valid(number, document):
                self._collect(number, document, language)
                if self._wrong > _MOST_WRONG:
                    self._give_up()
        for number, document in enumerate(self._documents):
            if _kind_of(document) == "translates":
                self._translate(number, document, language)
        self._check_retired()
        self._check_referred()
        made = {kind: list(self._make_all(kind)) for kind in ORDER}
        header = None if self._header is None else self._make(self._header, [])
        if self._faults:
            self._faults.sort(key=lambda found: found[0])
            raise DataError([fault for _, fault in self._faults])
        base = Chronology() if self._base is None else self._base
        about = header_fields(base if header is None else header)
        return self._chronology(about, made)

    def _chronology(
        self, header: dict[str, Any], made: Mapping[type, list[Any]]
    ) -> Chronology:
        moments = [header["revised"], *self._revised]
        known = [moment for moment in moments if moment is not None]
        translations = {each.language: each for each in header["translations"]}
        header |= {
            "revised": max(known, default=None),
            "translations": (translations | self._translations).values(),
        }
        parts: dict[str, Any] = {
            section: (*getattr(self._base, section, ()), *made[kind])
            for section, kind in SECTIONS.items()
        }
        return Chronology(**parts, **header)

    def _report(
        self,
        place: tuple[int, int],
        message: str,
        path: str = "",
        own: str | None = None,
    ) -> None:
        file = self._documents[place[0]].file
        fault = Fault(file=file, path=path, message=message, id=own)
        self._faults.append((place, fault))

    def _report_in(self, entry: _Entry, path: str, message: str) -> None:
        known = entry.id is not None and len(entry.id) <= _LONGEST_ID
        own = entry.id if known else None
        if entry.at:
            path = ", ".join(filter(None, (entry.at, path.lstrip("."))))
        else:
            path = entry.path + path
        self._report(entry.place, message, path, own)

    def _read_header(self) -> str:
        """
        Read the header, of which there has to be one, and return the language.
        """
        found = [n for n, d in enumerate(self._documents) if _kind_of(d) == "record"]
        for number in found[0 if self._base is not None else 1 :]:
            msg = (
                "a second record cannot be combined with the first; export them"
                " separately, or write extends in place of [record] for a supplement"
            )
            self._report((number, 0), msg, "record")
        if self._base is not None:
            return self._base.language
        if not found:
            return "en"
        table = self._documents[found[0]].content["record"]
        language = table.get("language", "en") if type(table) is dict else "en"
        try:
            language = canonical_tag(language)
        except ValueError:
            language = "en"  # The error is found again with the field.
        values = convert(Header, table, language)
        if type(table) is dict and "id" not in table:
            values.errors.append((".id", "this key is missing"))
        self._header = _Entry(
            kind=Header,
            place=(found[0], 0),
            path="record",
            id=None,
            at="",
            values=values,
        )
        for path, message in values.errors:
            self._report_in(self._header, path, message)
        self._retired = values.fields.get("retired", ())
        return language

    def _is_valid(self, number: int, document: Document) -> bool:
        """
        Return whether a file has entries to read; report what is wrong with it.
        """
        place, content, kind = (number, 0), document.content, _kind_of(document)
        if document.error is not None:
            self._report(place, document.error)
            return False
        if type(content) is not dict:
            self._report(place, "expected a table with lists of entries")
            return False
        if not self._has_known_format(place, content.get("format")):
            return False  # Its other errors would not help.
        known = (*_KEYS[kind], *SECTIONS)
        for key in content:
            if key not in known:
                self._report(place, unknown(key, known), shorten(key))
        if kind == "format" and self._header is None:
            msg = (
                "this file has neither [record] nor extends; add one of them, or load"
                " the directory of the record"
            )
            self._report(place, msg)
        if kind in {"extends", "translates"}:
            self._check_target(place, kind, content[kind])
        if kind == "extends" and "revised" in content:
            try:
                self._revised.append(as_moment(content["revised"]))
            except ValueError as error:
                self._report(place, str(error), "revised")
        return kind != "translates"

    def _has_known_format(self, place: tuple[int, int], given: Any) -> bool:
        """
        Return whether a file may be in format 2; report any other `format`.
        """
        old = type(given) is int and given == 1
        if old:
            self._report(place, _OLD_FORMAT, "format")
        elif given != FORMAT or type(given) is not int:
            msg = f"expected {FORMAT}, the format that this version reads, got"
            described = "nothing" if given is None else describe_value(given)
            self._report(place, f"{msg} {described}", "format")
        return not old

    def _check_target(self, place: tuple[int, int], key: str, target: Any) -> None:
        own = None if self._base is None else self._base.id
        if self._header is not None:
            own = self._header.values.fields.get("id")
        if own is None and isinstance(target, str):
            named = shorten(target)
            msg = f"there is no record to which this file belongs; load {named!r}, too"
            self._report(place, msg, key)
        elif own is None or target != own:
            named = "" if own is None else f"{own!r}, "
            got = describe_value(target)
            msg = f"expected {named}the id of the record, got {got}"
            self._report(place, msg, key)

    def _collect(self, number: int, document: Document, language: str) -> None:
        """
        Add the entries of a file.
        """
        self._faults += (((number, 0), fault) for fault in document.faults)
        for section, kind in SECTIONS.items():
            tables = document.content.get(section, [])
            if type(tables) is not list:
                self._report((number, 0), "expected a list of entries", section)
                continue
            for index, table in enumerate(tables):
                own = table.get("id") if type(table) is dict else None
                entry = _Entry(
                    kind=kind,
                    place=(number, len(self._entries) + 1),
                    path=f"{section}[{index}]",
                    id=own if isinstance(own, str) else None,
                    at=document.places.get((section, index), ""),
                    values=convert(kind, table, language),
                )
                self._entries.append(entry)
                self._register(entry)
                self._wrong += bool(entry.values.errors)
                if self._wrong > _MOST_WRONG:
                    return

    def _give_up(self) -> NoReturn:
        """
        Raise what was found so far, because more errors would need much memory.
        """
        for entry in self._entries:
            for path, message in entry.values.errors:
                self._report_in(entry, path, message)
        raise DataError([fault for _, fault in self._faults])

    def _register(self, entry: _Entry) -> None:
        if entry.id is None:
            return
        first = self._by_id[entry.kind].setdefault(entry.id, entry)
        owner = None
        if first is not entry:
            file = self._documents[first.place[0]].file
            owner = ": ".join(filter(None, (file, first.path)))
        elif self._finished(entry.kind, entry.id) is not None:
            owner = f"the record {getattr(self._base, 'id', '')!r}"
        if owner is not None:
            self._report_in(entry, ".id", f"this id is already used by {owner}")

    def _translate(self, number: int, document: Document, language: str) -> None:
        for path, message in self._translated(document.content, language):
            self._report((number, 0), message, path)

    def _translated(
        self, content: dict[str, Any], language: str
    ) -> Iterator[tuple[str, str]]:
        """
        Add a translation, and yield the path and the message of each error.
        """
        keys = ("language", "status", "revised")
        table = {key: content[key] for key in keys if key in content}
        values = convert(Translation, table, language)
        yield from ((path[1:], message) for path, message in values.errors)
        if values.errors:
            return
        made = Translation(**values.fields)
        if made.language == language:
            msg = f"the record is in {language!r}; change it instead"
            yield "language", msg
            return
        self._translations[made.language] = made
        if self._header is not None and "record" in content:
            header, table = self._header.values, content["record"]
            yield from translate(Header, header, table, made.language, "record")
        for section, kind in SECTIONS.items():
            entries = self._by_id[kind]
            tables = content.get(section, {})
            if type(tables) is not dict:
                yield section, "expected a table of ids"
                continue
            for own, table in tables.items():
                path = f"{section}.{own}"
                if own in entries:
                    found = entries[own].values
                    yield from translate(kind, found, table, made.language, path)
                else:
                    yield path, self._missing(kind, own)

    def _check_retired(self) -> None:
        retired = set(self._retired)
        for own, entry in self._by_id[Event].items():
            if own in retired:
                msg = "this id is retired; choose another one"
                self._report_in(entry, ".id", msg)

    def _check_referred(self) -> None:
        if self._header is not None:
            for own in self._header.values.fields.get("referred", ()):
                if own not in self._by_id[Event]:
                    msg = self._missing(Event, own)
                    self._report_in(self._header, ".referred", msg)

    def _finished(self, kind: type, own: str) -> Any:
        """
        Return the entity of the finished record, or `None`.
        """
        catalog: Any = getattr(self._base, _SECTION_OF[kind], None)
        return None if catalog is None else catalog.get(own)

    def _target(self, kind: type, own: str) -> Any:
        """
        Return the entry that is meant, or the entity of a finished record, or `None`.
        """
        entry = self._by_id[kind].get(own)
        return self._finished(kind, own) if entry is None else entry

    def _checked_references(self, entry: _Entry) -> list[_Reference]:
        """
        Return the references to entries of the same class; report broken ones.
        """
        inner: list[_Reference] = []
        for reference in _references(entry.kind, entry.values):
            if ORDER.index(reference.kind) > ORDER.index(entry.kind):
                msg = "only an event's citations can have an alternative"
                self._report_in(entry, reference.path, msg)
            elif self._target(reference.kind, reference.id) is None:
                msg = self._missing(reference.kind, reference.id)
                self._report_in(entry, reference.path, msg)
            elif reference.kind is entry.kind:
                inner.append(reference)
        return inner

    def _missing(self, kind: type, own: str) -> str:
        """
        Return the message about an id that no entry has.
        """
        remedy = "add it or correct the id"
        self._suggestions += 1
        if self._suggestions <= _MOST_SUGGESTIONS:
            finished = getattr(self._base, _SECTION_OF[kind], ())
            known = (*self._by_id[kind], *(each.id for each in finished))
            if similar := suggest(own, known):
                remedy = f"did you mean {similar[0]!r}?"
        return f"there is no {singular(kind)} {shorten(own)!r}; {remedy}"

    def _make_all(self, kind: type) -> Iterator[Any]:
        """
        Make all entries of one class and yield the objects.
        """
        graph: dict[_Entry, list[_Reference]] = {}
        for entry in self._entries:
            if entry.kind is kind:
                for path, message in entry.values.errors:
                    self._report_in(entry, path, message)
                graph[entry] = self._checked_references(entry)
        for entry in self._sorted(kind, graph):
            made = self._make(entry, graph[entry])
            if made is not None:
                yield made

    def _sorted(
        self, kind: type, graph: Mapping[_Entry, list[_Reference]]
    ) -> Iterator[_Entry]:
        """
        Yield each entry after those it refers to; report circular references.
        """
        # Faster: most entries refer to no other entry of their class.
        yield from (entry for entry, references in graph.items() if not references)
        by_id = self._by_id[kind]
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
        for entry, other in _circular({entry: links[entry] for entry in left}):
            path = next(each.path for each in graph[entry] if each.id == other.id)
            msg = f"circular reference: {other.id!r} refers back to itself"
            self._report_in(entry, path, msg)
        yield from left  # To report the errors in their parts as well.

    def _make(self, entry: _Entry, references: list[_Reference]) -> Any:
        longest = max(references, key=self._length, default=None)
        if longest is not None:
            length = self._length(longest)
            if length >= _LONGEST_CHAIN:
                msg = f"expected a chain of at most {_LONGEST_CHAIN} entries"
                self._report_in(entry, longest.path, msg)
                return None
            entry.length = 1 + length
        entry.made = self._object(entry, entry.kind, entry.values, "")
        return entry.made

    def _length(self, reference: _Reference) -> int:
        target = self._target(reference.kind, reference.id)
        if not isinstance(target, _Entry):
            return 1 + _depth(target)
        return 0 if target.made is None else target.length  # 0 if it has an error.

    def _object(self, entry: _Entry, kind: type, values: Values, path: str) -> Any:
        """
        Return an entry's object or one of its parts; `None` if it cannot be made.
        """
        fields = dict(values.fields)
        complete = not values.errors
        for link in links_of(kind):
            if link.name in fields:
                made = [
                    self._linked_object(entry, link, each, path + step)
                    for step, each in _steps(link, fields[link.name])
                ]
                complete = complete and all(each is not None for each in made)
                fields[link.name] = made if link.many else made[0]
        if not complete:
            return None
        try:
            return kind(**fields)
        except ValueError as error:
            self._report_in(entry, path, str(error))
            return None

    def _linked_object(self, entry: _Entry, link: Link, value: Any, path: str) -> Any:
        if value is None:
            return None
        if link.part:
            return self._object(entry, link.kind, value, path)
        target = self._target(link.kind, value)
        return target.made if isinstance(target, _Entry) else target


def _circular(graph: Mapping[_Entry, list[_Entry]]) -> Iterator[tuple[_Entry, _Entry]]:
    """
    Yield the links that close a cycle, in the order of *graph*.

    Args:
        graph: The entries to which each entry refers. Links to others are ignored.
    """
    done: set[_Entry] = set()
    for start in graph:
        if start in done:
            continue
        path = {start: iter(graph[start])}  # From the start to the current entry.
        while path:
            entry, links = next(reversed(path.items()))
            for link in links:
                if link in path:
                    yield entry, link
                elif link in graph and link not in done:
                    path[link] = iter(graph[link])
                    break
            else:
                done.add(entry)
                del path[entry]


def _depth(entity: Any) -> int:
    """
    Return how many entities of its class the longest chain from *entity* passes.
    """
    depth, level = -1, {entity.id: entity}
    while level:
        depth += 1
        level = {
            other.id: other
            for each in level.values()
            for other in _linked(each, type(entity))
        }
    return depth


def _linked(entity: Any, kind: type) -> Iterator[Any]:
    cls: type = type(entity)
    for link in links_of(cls):
        value = getattr(entity, link.name)
        for each in value if link.many else (value,):
            if link.part:
                yield from _linked(each, kind)
            elif link.kind is kind and each is not None:
                yield each
