"""
References in plain text, to paste into a note or an article.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from tjun.locales.language import Language
from tjun.model.entities import Source
from tjun.model.text import one_line
from tjun.references.csl import title_of
from tjun.references.reference import Reference
from tjun.references.symbols import published, resolution

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
    address = cited.address_in(language)
    parts = [*_document(cited, language), address]
    reading = ", ".join(_reading(cited, language))
    text = ", ".join(part for part in parts if part is not None)
    return f"{text}{f' ({reading})' if reading else ''}."


def _document(source: Source, language: Language) -> Iterator[str | None]:
    """
    Yield the author, the publisher, the title, the symbol and the date.

    A resolution is called one in place of the publisher.
    """
    name = resolution(source, language)
    yield None if source.author is None else one_line(source.author)
    yield name or one_line(source.publisher.name.in_(language))
    if source.title is not None:
        yield f"“{title_of(source, language)}”"
    elif name is None:
        yield title_of(source, language)
    date = published(source)
    day = None if date is None else language.format_date(date)
    if source.symbol is None:
        yield day
    else:
        yield one_line(source.symbol) + ("" if day is None else f" ({day})")


def _reading(source: Source, language: Language) -> Iterator[str]:
    if source.accessed is not None:
        yield language.label("read_on", date=language.format_date(source.accessed))
    if source.copy_url is not None:
        host = urlsplit(source.copy_url).hostname
        yield language.label("copy_at", host=host)


def _page(page: Reference, language: Language) -> str:
    parts: list[str | None] = [page.title, page.container]
    if page.updated is not None:
        date = language.format_date(page.updated)
        parts.append(language.label("updated", date=date))
    return ". ".join(part for part in [*parts, page.url] if part is not None)
