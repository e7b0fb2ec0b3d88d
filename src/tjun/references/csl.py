"""
CSL-JSON, which Zotero, pandoc and word processors read.

The fields are those of the Citation Style Language 1.0.2,
https://docs.citationstyles.org/en/stable/specification.html.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from tjun.model.dates import PartialDate, as_date
from tjun.model.entities import Source
from tjun.model.kinds import SourceKind
from tjun.model.text import one_line
from tjun.references.reference import Reference

__all__ = ["as_csl", "note_on"]

_NOT_READ = "The document itself was not read."


def as_csl(cited: Source | Reference) -> dict[str, Any]:
    """
    Return a CSL-JSON item, without fields that are not known.
    """
    item = _page(cited) if isinstance(cited, Reference) else _source(cited)
    return {key: value for key, value in item.items() if value is not None}


def _page(page: Reference) -> dict[str, Any]:
    return {
        "id": page.id,
        "type": "dataset" if page.container is None else "webpage",
        "title": page.title,
        "container-title": page.container,
        "issued": _date(page.updated),
        "URL": page.url,
        "language": page.language,
    }


def _source(source: Source) -> dict[str, Any]:
    publisher = one_line(source.publisher)
    item: dict[str, Any] = {
        "id": source.id,
        "type": _type(source),
        "title": one_line(source.title),
        "number": source.symbol,
        "issued": _date(source.published),
        "accessed": _date(source.accessed),
        "URL": source.address,
        "archive_location": source.archive_url,
        "language": source.language,
        "note": note_on(source),
    }
    if source.kind is SourceKind.PRESS:
        return item | {"container-title": publisher}
    return item | {"author": [{"literal": publisher}], "publisher": publisher}


def _type(source: Source) -> str:
    if source.symbol is not None:
        return "document"
    return "article-newspaper" if source.kind is SourceKind.PRESS else "webpage"


def _date(day: PartialDate | dt.date | None) -> dict[str, list[list[int]]] | None:
    """
    Return a date as precise as it is known.
    """
    if day is None:
        return None
    date = as_date(day)
    parts = (date.year, date.month, date.day)
    return {"date-parts": [[part for part in parts if part is not None]]}


def note_on(source: Source) -> str | None:
    """
    Return the note on a source, and whether it was read.
    """
    notes = [source.note, _NOT_READ if source.accessed is None else None]
    return " ".join(note for note in notes if note is not None) or None
