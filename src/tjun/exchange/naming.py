"""
From the rows of a table, which name things, to the tables of a record, which have ids.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from anyascii import anyascii

from tjun.errors import Fault
from tjun.exchange.importing import Row
from tjun.model.kinds import EventKind
from tjun.model.links import FORMAT, SECTIONS
from tjun.recordfiles.files import Document

__all__ = ["Tables", "slug_of"]

_LONGEST = 60  # Characters of an id that is made from a title.
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")
_KNOWN_KINDS = {kind.value for kind in EventKind}


def slug_of(text: str) -> str:
    """
    Return an id made from a text in any script; empty if nothing is left of it.
    """
    slug = _NOT_IN_SLUG.sub("-", anyascii(text).lower()).strip("-")
    if len(slug) > _LONGEST:
        slug = slug[: _LONGEST + 1].rpartition("-")[0] or slug[:_LONGEST]
    return slug


class Tables:
    """
    The tables of a record, as rows are added to them.

    Attributes:
        header: What the record says about itself.

        made: How many ids of events were made from titles.
    """

    def __init__(self, file: str, header: Mapping[str, Any]) -> None:
        self._file = file
        self.header = dict(header)
        self.made = 0
        self._tables: dict[str, list[Any]] = {section: [] for section in SECTIONS}
        self._places: dict[tuple[str, int], str] = {}
        self._unnamed: list[dict[str, Any]] = []
        self._ids: dict[str, set[Any]] = {section: set() for section in SECTIONS}
        self._named: dict[tuple[str, str], str] = {}
        self._sources: dict[str, str] = {}
        self._numbers: dict[tuple[str, str], int] = {}  # The last of equal names.

    def add(self, rows: Iterable[Row]) -> None:
        """
        Add rows, in any order.
        """
        rows = list(rows)
        for row in rows:
            if row.section != "record":
                self._ids[row.section].add(row.values.get("id"))
        for row in rows:
            if row.section == "record":
                self.header |= row.values
            else:
                self._add(row.section, dict(row.values), row.at)

    def document(self, faults: Iterable[Fault] = ()) -> Document:
        """
        Return what a record file with these entries would contain.

        Args:
            faults: What the importer has reported.
        """
        self._name_events()
        return Document(
            file=self._file,
            content={"format": FORMAT, "record": self.header, **self._tables},
            places=self._places,
            faults=tuple(faults),
        )

    def _add(self, section: str, values: dict[str, Any], at: str) -> None:
        if "areas" in values and isinstance(values["areas"], list):
            values["areas"] = [self._name("areas", each) for each in values["areas"]]
        if section == "events":
            self._name_kind(values)
            if values.get("id") is None:
                values.pop("id", None)
                self._unnamed.append(values)
        if section == "sources":
            self._name_publisher(values)
            if values.get("id") is None:
                values["id"] = self._new_id("sources", _name_of(values))
        cited = values.get("citations")
        if isinstance(cited, list):
            values["citations"] = [self._cited(each, at) for each in cited]
        self._places[section, len(self._tables[section])] = at
        self._tables[section].append(values)

    def _cited(self, citation: Any, at: str) -> Any:
        if not isinstance(citation, Mapping):
            return citation
        source = citation.get("source")
        if not isinstance(source, Mapping):
            return citation
        values = dict(source)
        key = repr(sorted(values.items(), key=repr))
        if key not in self._sources:
            self._add("sources", values, at)
            self._sources[key] = self._tables["sources"][-1]["id"]
        return {**citation, "source": self._sources[key]}

    def _name(self, section: str, given: Any, **more: Any) -> Any:
        """
        Return the id of an area or a publisher, which is added if it is only named.
        """
        if not isinstance(given, str) or given in self._ids[section]:
            return given
        key = section, given.casefold().strip()
        if key not in self._named:
            own = self._new_id(section, given)
            self._named[key] = own
            self._tables[section].append({"id": own, "name": given.strip(), **more})
        return self._named[key]

    def _name_publisher(self, values: dict[str, Any]) -> None:
        if "publisher" in values:
            kind = values.pop("publisher_kind", None)
            more = {} if kind is None else {"kind": kind}
            values["publisher"] = self._name("publishers", values["publisher"], **more)

    def _name_kind(self, values: dict[str, Any]) -> None:
        """
        Turn the name of a kind into an id, which the header explains.
        """
        kind = values.get("kind")
        if not isinstance(kind, str):
            return
        kinds = self.header.setdefault("kinds", {})
        own = slug_of(kind)
        if own and own not in _KNOWN_KINDS and own not in kinds:
            kinds[own] = kind
        values["kind"] = own or kind

    def _new_id(self, section: str, text: str) -> str:
        return self._numbered(section, slug_of(text) or section.removesuffix("s"))

    def _numbered(self, section: str, base: str) -> str:
        own, number = base, self._numbers.get((section, base), 1)
        while own in self._ids[section]:
            number += 1
            own = f"{base}-{number}"
        self._numbers[section, base] = number
        self._ids[section].add(own)
        return own

    def _name_events(self) -> None:
        """
        Make ids from titles; if two are equal, with the year or else the date.
        """
        self.made += len(self._unnamed)
        slugs = [slug_of(_name_of(each)) or "event" for each in self._unnamed]
        dates = [slug_of(str(each.get("date", ""))) for each in self._unnamed]
        years = [date[:4] for date in dates]
        of_title = Counter(slugs)
        of_year = Counter(zip(slugs, years, strict=True))
        for values, slug, date, year in zip(
            self._unnamed, slugs, dates, years, strict=True
        ):
            own = slug
            if of_title[slug] > 1 or slug in self._ids["events"]:
                exact = year if of_year[slug, year] == 1 else date
                own = f"{slug}-{exact}".rstrip("-")
            values["id"] = self._numbered("events", own)
        self._unnamed.clear()


def _name_of(values: Mapping[str, Any]) -> str:
    """
    Return the title in its original language, or what else names an entry.
    """
    keys = ("title", "label", "url", "copy_url", "symbol", "publisher")
    found = next((values[key] for key in keys if values.get(key)), "")
    if isinstance(found, Mapping):
        found = next(iter(found.values()), "")
    return str(found)
