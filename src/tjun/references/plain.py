"""
References in plain text, to paste into a note or an article.
"""

from __future__ import annotations

from tjun.locales.language import Language
from tjun.model.entities import Source
from tjun.model.text import one_line
from tjun.references.reference import Reference

__all__ = ["as_text"]


def as_text(cited: Source | Reference, language: Language) -> str:
    """
    Return a reference on one line, with everything that is known.

    `UN News, “Thirty years in Tajikistan”, 5 March 2022, https://… (read on 24 November
    2026).`

    Args:
        cited: What to refer to.

        language: The language of dates and labels. Titles are as in the record.
    """
    if isinstance(cited, Reference):
        return _page(cited, language)
    parts = [one_line(cited.publisher), f"“{one_line(cited.title)}”"]
    if cited.symbol is not None:
        parts.append(one_line(cited.symbol))
    if cited.published is not None:
        parts.append(language.format_date(cited.published))
    if cited.address is not None:
        parts.append(cited.address)
    if cited.archive_url is not None:
        parts.append(f"{language.label('archived_copy')} {cited.archive_url}")
    return f"{', '.join(parts)} ({_reading(cited, language)})."


def _reading(source: Source, language: Language) -> str:
    if source.accessed is None:
        return language.label("document_not_read")
    return language.label("read_on", date=language.format_date(source.accessed))


def _page(page: Reference, language: Language) -> str:
    parts: list[str | None] = [page.title, page.container]
    if page.updated is not None:
        date = language.format_date(page.updated)
        parts.append(language.label("updated", date=date))
    return ". ".join(part for part in [*parts, page.url] if part is not None)
