"""
CSL-JSON, which Zotero, pandoc and word processors read.

The fields are those of the Citation Style Language 1.0.2,
https://docs.citationstyles.org/en/stable/specification.html.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tjun.exchange.contract import Exporter, ExportRequest, NoOptions
from tjun.formats.citations.symbols import source_url
from tjun.model.dates import PartialDate, as_date
from tjun.model.entities import Source
from tjun.model.kinds import SourceKind
from tjun.model.text import one_line

__all__ = ["CSL", "NOT_READ", "csl_date", "csl_item"]

NOT_READ = "The document itself was not read."


def csl_item(source: Source) -> dict[str, Any]:
    """
    Return a source as a CSL-JSON item, without fields that are not known.
    """
    publisher = one_line(source.publisher)
    item: dict[str, Any] = {
        "id": source.id,
        "type": _type(source),
        "title": one_line(source.title),
        "number": source.symbol,
        "issued": csl_date(source.published),
        "accessed": None
        if source.accessed is None
        else csl_date(as_date(source.accessed)),
        "URL": source_url(source),
        "archive_location": source.archive_url,
        "language": source.language,
        "note": _note(source),
    }
    if source.kind is SourceKind.PRESS:
        item["container-title"] = publisher
    else:
        item["author"] = [{"literal": publisher}]
        item["publisher"] = publisher
    return {key: value for key, value in item.items() if value is not None}


def _type(source: Source) -> str:
    if source.symbol is not None:
        return "document"
    return "article-newspaper" if source.kind is SourceKind.PRESS else "webpage"


def csl_date(date: PartialDate | None) -> dict[str, list[list[int]]] | None:
    """
    Return a date as precise as it is known.
    """
    if date is None:
        return None
    parts = (date.year, date.month, date.day)
    return {"date-parts": [[part for part in parts if part is not None]]}


def _note(source: Source) -> str | None:
    notes = [] if source.note is None else [source.note]
    if source.accessed is None:
        notes.append(NOT_READ)
    return " ".join(notes) or None


def render(request: ExportRequest[NoOptions]) -> Iterator[bytes]:
    """
    Yield a JSON array with an item for each source.
    """
    before = "["
    for source in request.chronology.sources:
        item = json.dumps(csl_item(source), ensure_ascii=False)
        yield f"{before}\n  {item}".encode()
        before = ","
    yield b"[]\n" if before == "[" else b"\n]\n"


CSL = Exporter(
    name="csl",
    summary="The sources as CSL-JSON, for Zotero, pandoc and word processors.",
    media_type="application/vnd.citationstyles.csl+json",
    suffix=".csl.json",
    render=render,
)
