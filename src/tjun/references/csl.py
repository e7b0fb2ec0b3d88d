"""
CSL-JSON, which Zotero, pandoc and word processors read.

The fields are those of the Citation Style Language 1.0.2,
https://docs.citationstyles.org/en/stable/specification.html.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from tjun.locales.language import Language
from tjun.model.dates import PartialDate, as_date
from tjun.model.entities import Source
from tjun.model.kinds import PublisherKind
from tjun.model.text import one_line
from tjun.references.reference import Reference
from tjun.references.symbols import published

__all__ = ["as_csl", "copy_read", "title_of"]


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
    publisher = one_line(str(source.publisher.name))
    item: dict[str, Any] = {
        "id": source.id,
        "type": _type(source),
        "title": _title(source),
        "issued": _date(published(source)),
        "accessed": _date(source.accessed) if source.copy_url is None else None,
        "URL": source.address,
        "language": source.language,
        "note": copy_read(source),
    }
    if source.author is not None:
        author = [{"literal": one_line(source.author)}]
        if source.publisher.kind is PublisherKind.PRESS:
            return item | {"author": author, "container-title": publisher}
        return item | {"author": author, "publisher": publisher}
    if source.publisher.kind is PublisherKind.PRESS:
        return item | {"container-title": publisher}
    return item | {"author": [{"literal": publisher}], "publisher": publisher}


def _title(source: Source) -> str:
    """
    Return the title, with the symbol at its end: many styles print no number.
    """
    title = title_of(source, source.language or "en")
    symbol = one_line(source.symbol or "")
    return title if symbol in title else f"{title}, {symbol}"


def _type(source: Source) -> str:
    """
    Return the type with which most styles print the number, the date and the address.
    """
    if source.address is not None:
        return "webpage"
    press = source.publisher.kind is PublisherKind.PRESS
    return "article-newspaper" if press else "document"


def _date(day: PartialDate | dt.date | None) -> dict[str, Any] | None:
    """
    Return a date as precise as it is known.
    """
    if day is None:
        return None
    date = as_date(day)
    if date.season is not None:
        return {"date-parts": [[int(str(date)[:4])]], "season": date.season}
    if date.year is None:
        days = dict.fromkeys(date.extent)
        parts = [[each.year, each.month, each.day] for each in days]
        return {"date-parts": parts, "circa": True}
    known = [part for part in (date.year, date.month, date.day) if part is not None]
    circa = {} if date.qualifier is None else {"circa": True}
    return {"date-parts": [known], **circa}


def title_of(source: Source, language: str | Language) -> str:
    """
    Return the title as it is printed, or what the source is in square brackets.
    """
    name = one_line(source.name(language))
    return name if source.title is not None else f"[{name}]"


def copy_read(source: Source) -> str | None:
    """
    Return where a copy was read, if it was read somewhere else.
    """
    if source.copy_url is None:
        return None
    return f"Read in a copy at {urlsplit(source.copy_url).hostname}."
