"""
The entries of parsed record files, each with its values and its location.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from tjun.chronology.chronology import Chronology
from tjun.model.entities import Event
from tjun.model.links import FORMAT, SECTIONS
from tjun.model.text import Text
from tjun.model.validators import slug
from tjun.recordfiles.converter import Values, convert, to_text
from tjun.recordfiles.describe import describe_value
from tjun.recordfiles.faults import FaultList
from tjun.recordfiles.files import Document
from tjun.suggestions import suggest

__all__ = ["Entries", "Entry", "collect"]

_KEYS = ("format", "title", *SECTIONS, "retired")
_LONGEST_ID = 80  # A longer one is not repeated with each error.


@attrs.define(kw_only=True, eq=False)
class Entry:
    """
    One entry of a file.

    Attributes:
        kind: Its class.

        place: Its number among all entries of all files.

        file: The file that contains it.

        path: Where it is in the file, as `events[3]`.

        id: Its id, or `None` if it has no string as its id.

        values: Its values; references are ids.

        made: The finished object; `None` until it is made, or if it cannot be.

        length: The length of the chain of references that begins here.
    """

    kind: type
    place: int
    file: str | None
    path: str
    id: str | None
    values: Values
    made: Any = None
    length: int = 1


@attrs.define(kw_only=True)
class _Retired:
    place: int
    file: str | None
    path: str


class Entries:
    """
    The contents of several files.

    Args:
        records: Finished records by name, whose ids the files cannot use again.

        faults: Where errors are added.

    Attributes:
        all: The entries in the order of files and sections.

        by_id: For each class, the entries by id.

        title: What the record is about, or `None`.
    """

    def __init__(self, records: Mapping[str, Chronology], faults: FaultList) -> None:
        self.all: list[Entry] = []
        self.by_id: dict[type, dict[str, Entry]] = {k: {} for k in SECTIONS.values()}
        self.title: Text | None = None
        self._retired: dict[str, _Retired] = {}
        self._records = records
        self._faults = faults

    @property
    def retired(self) -> tuple[str, ...]:
        """
        The ids that no event may have again.
        """
        return tuple(self._retired)

    def report(self, entry: Entry, path: str, message: str) -> None:
        """
        Add an error in an entry.
        """
        known = entry.id is not None and len(entry.id) <= _LONGEST_ID
        self._faults.add(
            entry.place,
            message,
            path=entry.path + path,
            file=entry.file,
            id=entry.id if known else None,
        )

    def add(self, document: Document) -> None:
        """
        Add the entries of a file, and the errors in their values.
        """
        if document.error is not None:
            self._fault(document.file, "", document.error)
        elif type(document.content) is not dict:
            self._fault(document.file, "", "expected a table with lists of entries")
        else:
            for key, value in document.content.items():
                if self._faults.full:
                    return
                self._add_key(document.file, key, value)

    def _fault(self, file: str | None, path: str, message: str) -> None:
        self._faults.add(len(self.all), message, path=path, file=file)

    def _add_key(self, file: str | None, key: str, value: Any) -> None:
        if key in SECTIONS:
            self._add_section(file, key, value)
        elif key == "format":
            if value != FORMAT or type(value) is not int:
                msg = f"expected {FORMAT}, the format that this version reads"
                self._fault(file, key, f"{msg}, got {describe_value(value)}")
        elif key == "retired":
            self._add_retired(file, value)
        elif key == "title":
            self._add_title(file, value)
        else:
            close = suggest(key, _KEYS)
            known = f"known are {', '.join(_KEYS)}"
            remedy = f"did you mean {close[0]!r}?" if close else known
            self._fault(file, key[:80], f"this key is unknown; {remedy}")

    def _add_title(self, file: str | None, value: Any) -> None:
        try:
            title = to_text(value)
        except (TypeError, ValueError) as error:
            self._fault(file, "title", str(error))
            return
        if self.title is not None:
            self._fault(file, "title", "another file already sets the title")
        self.title = title

    def _add_section(self, file: str | None, section: str, tables: Any) -> None:
        if type(tables) is not list:
            self._fault(file, section, "expected a list of entries")
            return
        kind = SECTIONS[section]
        for index, table in enumerate(tables):
            if self._faults.full:
                return
            own = table.get("id") if type(table) is dict else None
            entry = Entry(
                kind=kind,
                place=len(self.all),
                file=file,
                path=f"{section}[{index}]",
                id=own if isinstance(own, str) else None,
                values=convert(kind, table),
            )
            self._register(entry)
            for path, message in entry.values.errors:
                self.report(entry, path, message)

    def _register(self, entry: Entry) -> None:
        self.all.append(entry)
        if entry.id is None:
            return
        first = self.by_id[entry.kind].setdefault(entry.id, entry)
        owner = self._owner(entry)
        if first is not entry:
            owner = ": ".join(filter(None, (first.file, first.path)))
        if owner is not None:
            self.report(entry, ".id", f"this id is already used by {owner}")

    def _owner(self, entry: Entry) -> str | None:
        section = next(name for name, kind in SECTIONS.items() if kind is entry.kind)
        for name, record in self._records.items():
            if entry.id in getattr(record, section):
                return f"the record {name!r}"
        return None

    def _add_retired(self, file: str | None, ids: Any) -> None:
        if type(ids) is not list or not all(type(each) is str for each in ids):
            self._fault(file, "retired", "expected a list of ids")
            return
        for index, each in enumerate(ids):
            path = f"retired[{index}]"
            try:
                slug(None, attrs.fields(Event).id, each)
            except ValueError as error:
                self._fault(file, path, str(error))
                if self._faults.full:
                    return
                continue
            place = len(self.all)
            self._retired[each] = _Retired(place=place, file=file, path=path)

    def check_retired(self) -> None:
        """
        Report the events that have a retired id.
        """
        for own, entry in self.by_id[Event].items():
            gone = own in self._retired or any(
                own in record.retired for record in self._records.values()
            )
            if gone:
                self.report(entry, ".id", "this id is retired; choose another one")
        for own, at in self._retired.items():
            for name, record in self._records.items():
                if record.events.get(own) is not None:
                    msg = f"the record {name!r} has an event with this id; remove it"
                    self._faults.add(at.place, msg, path=at.path, file=at.file, id=own)


def collect(
    documents: Iterable[Document],
    records: Mapping[str, Chronology],
    faults: FaultList,
) -> Entries:
    """
    Return the entries of *documents*.
    """
    entries = Entries(records, faults)
    for document in documents:
        entries.add(document)
    entries.check_retired()
    return entries
