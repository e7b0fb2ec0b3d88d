"""
References in plain text, to paste into a note or an article.
"""

from __future__ import annotations

from tjun.formats.citations.symbols import source_url
from tjun.locales.language import Language
from tjun.model.entities import Source
from tjun.model.text import one_line

__all__ = ["reference"]


def reference(source: Source, language: Language) -> str:
    """
    Return a reference to a source, on one line.

    It contains the publisher, the title, the document symbol, the date of publication,
    the address and the day it was read, as far as they are known:
    `UN News, “Thirty years in Tajikistan”, 5 March 2022, https://… (read on 24 November
    2026).`

    Args:
        source: The source.

        language: The language of dates and labels. Titles are as in the record.
    """
    parts = [one_line(source.publisher), f"“{one_line(source.title)}”"]
    if source.symbol is not None:
        parts.append(one_line(source.symbol))
    if source.published is not None:
        parts.append(language.format_date(source.published))
    url = source_url(source)
    if url is not None:
        parts.append(url)
    if source.archive_url is not None:
        parts.append(f"{language.label('archived_copy')} {source.archive_url}")
    return f"{', '.join(parts)} ({_reading(source, language)})."


def _reading(source: Source, language: Language) -> str:
    if source.accessed is None:
        return language.label("document_not_read")
    return language.label("read_on", date=language.format_date(source.accessed))
