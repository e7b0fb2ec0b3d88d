"""
How to cite the record and its events.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from tjun.formats.html.links import PageLinks
from tjun.formats.html.view import Page
from tjun.model.entities import Event

__all__ = ["event_as_text", "record_as_bibtex", "record_as_csl", "record_as_text"]

_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_TEX |= {char: f"\\{char}" for char in "#$%&_{}"}


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
    fields = {"title": f"{{{_tex(page.title)}}}", "language": page.language.tag}
    if page.updated is not None:
        fields["date"] = page.updated.isoformat()
        fields["year"] = str(page.updated.year)
    if page.options.page_url is not None:
        fields["url"] = page.options.page_url
    lines = [f"  {key} = {{{value}}}," for key, value in fields.items()]
    return "\n".join(["@misc{chronology,", *lines, "}"])


def record_as_csl(page: Page) -> str:
    """
    Return the record as CSL-JSON.
    """
    entry: dict[str, Any] = {
        "id": "chronology",
        "type": "dataset",
        "title": page.title,
        "language": page.language.tag,
    }
    if page.updated is not None:
        entry["issued"] = {"date-parts": [_parts(page.updated)]}
    if page.options.page_url is not None:
        entry["URL"] = page.options.page_url
    return json.dumps([entry], ensure_ascii=False, indent=2)


def _sentences(*parts: str | None) -> str:
    return ". ".join(part for part in parts if part is not None)


def _updated(page: Page) -> str | None:
    if page.updated is None:
        return None
    date = page.language.format_date(page.updated)
    return page.language.label("updated", date=date)


def _tex(text: str) -> str:
    return "".join(_TEX.get(char, char) for char in text)


def _parts(day: dt.date) -> list[int]:
    return [day.year, day.month, day.day]
