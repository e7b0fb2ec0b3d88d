"""
How to cite the record and its events.
"""

from __future__ import annotations

import json
from typing import Any

from tjun.formats.citations import bibtex_misc, bibtex_text, csl_date
from tjun.formats.html.links import PageLinks
from tjun.formats.html.view import Page
from tjun.model.dates import as_date
from tjun.model.entities import Event

__all__ = ["event_as_text", "record_as_bibtex", "record_as_csl", "record_as_text"]


def record_as_text(page: Page) -> str:
    """
    Return a reference to the record.
    """
    return _sentences(page.title, _updated(page), page.options.page_url)


def event_as_text(page: Page, event: Event) -> str:
    """
    Return a reference to one event.
    """
    when = page.language.format_span(event.date, event.until)
    title = f"{page.text(event.title)} ({when})"
    link = PageLinks(page.numbers).event(event.id)
    address = None if page.options.page_url is None else page.options.address_of(link)
    return _sentences(title, page.title, _updated(page), address)


def record_as_bibtex(page: Page) -> str:
    """
    Return the BibTeX entry of the record.
    """
    texts = {
        "title": bibtex_text(page.title, "the title of the record"),
        "language": page.language.tag,
    }
    updated = None if page.updated is None else as_date(page.updated)
    return bibtex_misc("chronology", texts, updated, {"url": page.options.page_url})


def record_as_csl(page: Page) -> str:
    """
    Return the record as CSL-JSON.
    """
    item: dict[str, Any] = {
        "id": "chronology",
        "type": "dataset",
        "title": page.title,
        "language": page.language.tag,
    }
    if page.updated is not None:
        item["issued"] = csl_date(as_date(page.updated))
    if page.options.page_url is not None:
        item["URL"] = page.options.page_url
    return json.dumps([item], ensure_ascii=False, indent=2)


def _sentences(*parts: str | None) -> str:
    return ". ".join(part for part in parts if part is not None)


def _updated(page: Page) -> str | None:
    if page.updated is None:
        return None
    date = page.language.format_date(page.updated)
    return page.language.label("updated", date=date)
