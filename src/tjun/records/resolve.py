"""
Record files: TOML or JSON in, one `Chronology` out, and back.

This is the edge where bad data is turned away, all faults at once and each with its
place. A record has a format version and lists of `areas`, `sources`, `events`,
`missions` and `memberships`; an entry refers to another by its id, in the same file
or in one loaded with it. It may have a `title`, and `retired` lists the ids that no
event may have again.
"""

from __future__ import annotations

import functools
import json
import os
import re
import tomllib
from collections.abc import Callable
from importlib.resources import files
from typing import Any, Literal

import attrs

from tjun.chronology.catalog import Catalog
from tjun.chronology.chronology import Chronology
from tjun.errors import DataError, Fault
from tjun.model.entities import Event
from tjun.model.text import Text
from tjun.model.validators import slug
from tjun.records.converter import (
    SECTIONS,
    exactly,
    faults_in,
    shown,
    structure_text,
    structurers,
)
from tjun.suggestions import first_duplicate, suggest

__all__ = ["FORMAT", "MOST_BYTES", "load", "loads"]

FORMAT = 1
"""
The version of the record format that is written, and the only one read.
"""

MOST_BYTES = 64 * 2**20
"""
The largest file that is read, in octets.
"""

_SECTION_OF = {kind: section for section, kind in SECTIONS.items()}
_MOST_REMEDIES = 20  # A search for what was meant takes long among many ids.
_MOST_FAULTS = 1_000  # Beyond them a file is not a record with slips in it.
_MOST_PARTS = 20  # Of a key with dots; tomllib takes a time that grows as its square.
_LONGEST_CHAIN = 100  # Of predecessors, or of days that mark days.


# Reading


def load(*paths: str | os.PathLike[str], bundled: bool | None = None) -> Chronology:
    """
    Return the bundled record, the records in files, or both as one.

    Args:
        paths: Files ending in `.toml` or `.json`, in UTF-8, of at most
            `MOST_BYTES` each. They may refer to each other's entries.

        bundled: Whether to take the bundled record along, whose entries the files
            may refer to; by default only where no file is given.

    Raises:
        DataError: All faults of all files.
    """
    base = _bundled() if bundled or (bundled is None and not paths) else Chronology()
    if not paths:
        return base
    reader = _Reader(base)
    for path in paths:
        reader.add(os.fspath(path), *_read(os.fspath(path)))
    return reader.chronology()


def loads(text: str, format: Literal["toml", "json"] = "toml") -> Chronology:  # noqa: A002  # The name that users know.
    """
    Return the record in *text*.

    Args:
        text: A whole record.

        format: `toml` or `json`.

    Raises:
        DataError: All its faults.

        ValueError: For another format.
    """
    if format not in _PARSERS:
        msg = f"expected a format of {', '.join(_PARSERS)}, got {format!r}"
        raise ValueError(msg)
    reader = _Reader(Chronology())
    reader.add(None, *_parse(text, format))
    return reader.chronology()


@functools.cache
def _bundled() -> Chronology:
    reader = _Reader(Chronology())
    folder = files("tjun") / "data"
    for section in SECTIONS:
        file = folder / f"{section}.toml"
        reader.add(file.name, *_parse(file.read_text(encoding="utf-8"), "toml"))
    return reader.chronology()


_KEY_PART = r"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+"""
_LONG_KEY = re.compile(
    rf"(?:^|[\[{{,])[ \t]*+(?:{_KEY_PART}\.[ \t]*+){{{_MOST_PARTS},}}+{_KEY_PART}[=\]]",
    re.MULTILINE,
)

_Parsed = tuple[Any, str | None]  # What was read, or why it could not be.


def _read(path: str) -> _Parsed:
    suffix = os.path.splitext(path)[1].removeprefix(".").lower()
    if suffix not in _PARSERS:
        return None, "expected a file that ends in .toml or .json"
    try:
        with open(path, "rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # A name with a NUL is a ValueError.
        why = getattr(error, "strerror", None) or error
        return None, f"cannot be read: {why}"
    if len(data) > MOST_BYTES:
        return None, f"expected at most {MOST_BYTES:,} octets, got more"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, f"expected UTF-8; the octet at {error.start} is none"
    return _parse(text, suffix)


def _parse(text: str, suffix: str) -> _Parsed:
    try:
        return _PARSERS[suffix](text), None
    except RecursionError:
        return None, f"expected {suffix.upper()} that is not nested so deeply"
    except ValueError as error:
        return None, f"expected {suffix.upper()}: {error}"


def _from_toml(text: str) -> Any:
    if _LONG_KEY.search(text):
        msg = f"expected a key of at most {_MOST_PARTS} parts"
        raise ValueError(msg)
    return tomllib.loads(text)


def _from_json(text: str) -> Any:
    return json.loads(text, object_pairs_hook=_no_key_twice, parse_constant=_no_number)


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        again = first_duplicate(key for key, _ in pairs)
        msg = f"the key {again!r} stands twice in one table"
        raise ValueError(msg)
    return table


def _no_number(text: str) -> Any:
    msg = f"{text} is no number in JSON"
    raise ValueError(msg)


_PARSERS: dict[str, Callable[[str], Any]] = {
    "toml": _from_toml,
    "json": _from_json,
}


class _AlreadyToldError(ValueError):
    """
    A reference to an entry whose own faults are listed.
    """


@attrs.define(kw_only=True)
class _Entry:
    place: int
    file: str | None
    path: str
    row: Any
    links: int = 1  # How long the chain is that it begins.
    made: Any = None
    state: Literal["waiting", "making", "made", "bad"] = "waiting"


class _Reader:
    """
    Turns rows into things, each once and when first referred to.
    """

    def __init__(self, base: Chronology) -> None:
        self._base = base
        self._entries: dict[type, dict[str, _Entry]] = {k: {} for k in _SECTION_OF}
        self._all: list[tuple[type, _Entry]] = []
        self._retired: dict[str, tuple[int, str | None, str]] = {}
        self._faults: list[tuple[int, Fault]] = []
        self._making: list[tuple[type, _Entry]] = []
        self._remedies = 0
        self._title: Text | None = None
        self._structure = structurers(self._referred)

    @property
    def _full(self) -> bool:
        return len(self._faults) >= _MOST_FAULTS

    def _fault(
        self, file: str | None, path: str, message: str, entry: _Entry | None = None
    ) -> None:
        own = entry.row.get("id") if entry and isinstance(entry.row, dict) else None
        known = own if isinstance(own, str) and len(own) <= 80 else None
        fault = Fault(file=file, path=path, message=message, id=known)
        self._faults.append((entry.place if entry else len(self._all), fault))

    def add(self, file: str | None, record: Any, refused: str | None) -> None:
        if refused is not None:
            self._fault(file, "", refused)
            return
        if type(record) is not dict:
            self._fault(file, "", "expected a table with lists of entries")
            return
        for key, value in record.items():
            if self._full:
                return
            if key in SECTIONS:
                self._add_section(file, key, value)
            elif key == "format":
                if value != FORMAT or type(value) is not int:
                    msg = f"expected {FORMAT}, the format this version reads"
                    self._fault(file, key, f"{msg}, got {shown(value)}")
            elif key == "retired":
                self._add_retired(file, value)
            elif key == "title":
                self._add_title(file, value)
            else:
                close = suggest(key, SECTIONS)
                listed = ", ".join(["format", "title", *SECTIONS, "retired"])
                remedy = (
                    f"did you mean {close[0]!r}?" if close else f"known are {listed}"
                )
                self._fault(file, key[:80], f"this key is unknown; {remedy}")

    def _add_title(self, file: str | None, value: Any) -> None:
        try:
            title = structure_text(value)
        except (TypeError, ValueError) as error:
            self._fault(file, "title", str(error))
            return
        if self._title is not None:
            self._fault(file, "title", "another file gives the record a title")
        self._title = title

    def _add_section(self, file: str | None, section: str, rows: Any) -> None:
        kind = SECTIONS[section]
        if type(rows) is not list:
            self._fault(file, section, "expected a list of entries")
            return
        for index, row in enumerate(rows):
            if self._full:
                return
            place = f"{section}[{index}]"
            entry = _Entry(place=len(self._all), file=file, path=place, row=row)
            own = row.get("id") if isinstance(row, dict) else None
            self._all.append((kind, entry))
            if not isinstance(own, str):
                continue
            if own in self._entries[kind] or own in self._of_base(kind):
                where = "the bundled record"
                if own in self._entries[kind]:
                    first = self._entries[kind][own]
                    where = ": ".join(filter(None, (first.file, first.path)))
                msg = f"this id is taken by {where}"
                self._fault(file, f"{entry.path}.id", msg, entry)
            else:
                self._entries[kind][own] = entry

    def _add_retired(self, file: str | None, ids: Any) -> None:
        if type(ids) is not list or not all(type(each) is str for each in ids):
            self._fault(file, "retired", "expected a list of ids")
            return
        for index, each in enumerate(ids):
            try:
                slug(None, attrs.fields(Event).id, each)
            except ValueError as error:
                self._fault(file, f"retired[{index}]", str(error)[:500])
                if self._full:
                    return
                continue
            self._retired[each] = (len(self._all), file, f"retired[{index}]")

    def _of_base(self, kind: type) -> Catalog[Any]:
        catalog: Catalog[Any] = getattr(self._base, _SECTION_OF[kind])
        return catalog

    def _referred(self, own: Any, kind: type) -> Any:
        """
        Return the thing that *own* is the id of.
        """
        exactly(own, str)
        entry = self._entries[kind].get(own)
        if entry is None:
            found = self._of_base(kind).get(own)
            if found is None:
                what = _SECTION_OF[kind].removesuffix("s")
                remedy = self._remedy(own, kind)
                msg = f"there is no {what} {own[:80]!r} in the record{remedy}"
                raise ValueError(msg)
            return found
        if entry.state == "making":
            msg = f"expected no circle, but {own!r} leads back to itself"
            raise ValueError(msg)
        users = [user for user_kind, user in self._making if user_kind is kind]
        made = None
        if len(users) < _LONGEST_CHAIN:
            made = self._make(kind, entry)
        linked = bool(self._making) and self._making[-1][0] is kind
        if made is None or (linked and entry.links >= _LONGEST_CHAIN):
            msg = f"expected a chain of at most {_LONGEST_CHAIN} entries"
            raise ValueError(msg)
        if linked:
            users[-1].links = max(users[-1].links, entry.links + 1)
        return made

    def _remedy(self, own: str, kind: type) -> str:
        self._remedies += 1
        if self._remedies > _MOST_REMEDIES:
            return ""
        close = suggest(own, (*self._entries[kind], *self._of_base(kind).ids))
        return f"; did you mean {close[0]!r}?" if close else "; none is like it"

    def _make(self, kind: type, entry: _Entry) -> Any:
        if entry.state == "waiting":
            entry.state = "making"
            self._making.append((kind, entry))
            try:
                entry.made = self._structure[kind](exactly(entry.row, dict), kind)
                entry.state = "made"
            except Exception as error:  # noqa: BLE001  # cattrs raises groups of anything.
                entry.state = "bad"
                for path, message in faults_in(error):
                    if message:
                        self._fault(entry.file, entry.path + path, message[:500], entry)
            self._making.pop()
        if entry.state == "bad":
            raise _AlreadyToldError
        return entry.made

    def chronology(self) -> Chronology:
        """
        Return everything added, on top of the base.

        Raises:
            DataError: Everything that is wrong.
        """
        made: dict[str, list[Any]] = {section: [] for section in SECTIONS}
        for kind, entry in self._all:
            if self._full:
                break
            try:
                made[_SECTION_OF[kind]].append(self._make(kind, entry))
            except _AlreadyToldError:
                continue
        self._check_retired()
        if self._faults:
            self._faults.sort(key=lambda told: told[0])
            faults = [fault for _, fault in self._faults]
            if self._full:
                msg = f"more than {_MOST_FAULTS:,} faults; mend these, then look again"
                faults = [*faults[:_MOST_FAULTS], Fault(message=msg)]
            raise DataError(faults)
        added = Chronology(**made, retired=self._retired, title=self._title)
        return self._base.merge(added)

    def _check_retired(self) -> None:
        gone = {*self._retired, *self._base.retired}
        for own, entry in self._entries[Event].items():
            if own in gone:
                msg = "this id is retired; take another one"
                self._fault(entry.file, f"{entry.path}.id", msg, entry)
        for own, (place, file, path) in self._retired.items():
            if own in self._base.events.ids:
                msg = "this event is in the bundled record, which keeps its id"
                fault = Fault(file=file, path=path, message=msg, id=own)
                self._faults.append((place, fault))
