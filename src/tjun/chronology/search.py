"""
Full-text search in the events of a record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tjun.model.entities import Citation, Event, Source

__all__ = ["search"]


def search(events: Iterable[Event], words: Iterable[str]) -> tuple[Event, ...]:
    """
    Return the events that contain every word, in the given order.

    The words are looked for, in any case, in the id, the date, the title and the
    description of an event, in all languages, and in its citations: what a source
    says, the dates it gives, its title, publisher, document symbol and address.

    Args:
        events: The events to search.

        words: The words; part of a word is enough.

    Raises:
        ValueError: If there is no word.
    """
    wanted = [part for word in words for part in word.casefold().split()]
    if not wanted:
        msg = "expected at least one word to search for, got none"
        raise ValueError(msg)
    sources: dict[str, str] = {}
    found = ((event, _content(event, sources)) for event in events)
    return tuple(event for event, text in found if all(word in text for word in wanted))


def _content(event: Event, sources: dict[str, str]) -> str:
    parts = [event.id, str(event.date)]
    if event.until is not None:
        parts.append(str(event.until))
    for text in (event.title, event.description):
        if text is not None:
            parts += text.translations.values()
    for citation in event.citations:
        parts += _said(citation)
        source = citation.source
        if source.id not in sources:
            sources[source.id] = "\n".join(_described(source))
        parts.append(sources[source.id])
    return "\n".join(parts).casefold()


def _said(citation: Citation) -> Iterator[str]:
    yield citation.says
    for value in (citation.date, citation.until, citation.locator):
        if value is not None:
            yield str(value)


def _described(source: Source) -> Iterator[str]:
    yield source.id
    yield source.title
    yield source.publisher
    for value in (source.symbol, source.url, source.note):
        if value is not None:
            yield value
