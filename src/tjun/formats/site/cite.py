"""
How to cite an event by the permanent address of its page, and its sources.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import attrs

from tjun.formats.citations import (
    bibtex_entry,
    bibtex_misc,
    bibtex_text,
    csl_date,
    csl_item,
)
from tjun.formats.html.view import Page
from tjun.model.dates import as_date
from tjun.model.entities import Event, Source

__all__ = ["EventReference", "SourceReferences"]


@attrs.frozen
class EventReference:
    """
    The reference to the page of an event.

    Attributes:
        page: The page of the whole record.

        event: The event.

        url: The address of its page.
    """

    page: Page
    event: Event
    url: str

    @property
    def _title(self) -> str:
        event, language = self.event, self.page.language
        when = language.format_span(event.date, event.until)
        return f"{self.page.text(event.title)} ({when})"

    def as_text(self) -> str:
        """
        Return the reference in plain text.
        """
        parts = [self._title, self.page.title]
        revised = self.event.revised
        if revised is not None:
            date = self.page.language.format_date(revised)
            parts.append(self.page.language.label("updated", date=date))
        return ". ".join([*parts, self.url])

    def as_bibtex(self) -> str:
        """
        Return the reference as a BibTeX entry.
        """
        event, what = self.event, f"the event {self.event.id}"
        texts = {
            "title": bibtex_text(self._title, what),
            "howpublished": bibtex_text(self.page.title, "the title of the record"),
            "language": self.page.language.tag,
        }
        revised = None if event.revised is None else as_date(event.revised)
        return bibtex_misc(event.id, texts, revised, {"url": self.url})

    def as_csl(self) -> str:
        """
        Return the reference as CSL-JSON.
        """
        event = self.event
        item: dict[str, Any] = {
            "id": event.id,
            "type": "webpage",
            "title": self._title,
            "container-title": self.page.title,
            "URL": self.url,
            "language": self.page.language.tag,
        }
        if event.revised is not None:
            item["issued"] = csl_date(as_date(event.revised))
        return _array([_as_json(item)])


class SourceReferences:
    """
    Makes the references to sources, each only once for all events and languages.
    """

    def __init__(self) -> None:
        self._bibtex: dict[str, str] = {}
        self._csl: dict[str, str] = {}

    def as_bibtex(self, sources: Iterable[Source]) -> str:
        """
        Return *sources* as BibTeX.
        """
        found = []
        for source in sources:
            if source.id not in self._bibtex:
                self._bibtex[source.id] = bibtex_entry(source)
            found.append(self._bibtex[source.id])
        return "\n\n".join(found)

    def as_csl(self, sources: Iterable[Source]) -> str:
        """
        Return *sources* as CSL-JSON.
        """
        found = []
        for source in sources:
            if source.id not in self._csl:
                self._csl[source.id] = _as_json(csl_item(source))
            found.append(self._csl[source.id])
        return _array(found)


def _as_json(item: dict[str, Any]) -> str:
    return json.dumps(item, ensure_ascii=False, indent=2)


def _array(items: Iterable[str]) -> str:
    return f"[{', '.join(items)}]"
