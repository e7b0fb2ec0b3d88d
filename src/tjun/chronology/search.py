"""
Full-text search in events.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tjun.model.entities import Event, Source

__all__ = ["matching"]


def matching(events: Iterable[Event], text: str) -> Iterator[tuple[Event, int]]:
    """
    Yield the events that contain every word of *text*, each with its rank.

    A word may be part of a longer one, in any case and language. The lower the rank,
    the better the match: words in the title, the id or the date come before words in
    the description, these before words in the citations and their sources, and at
    each of these places whole words before parts of words.

    Args:
        events: The events to search.

        text: The words, separated by spaces.

    Raises:
        ValueError: If *text* is not a string, or contains no word.
    """
    words = text.casefold().split() if isinstance(text, str) else []
    if not words:
        msg = f"expected words to search for, got {text!r}"
        raise ValueError(msg)
    whole = {word: re.compile(rf"\b{re.escape(word)}\b") for word in words}
    sources: dict[str, str] = {}
    for event in events:
        places = [_joined(place) for place in _places(event, sources)]
        rank = 0
        for word in words:
            place = next((n for n, each in enumerate(places) if word in each), None)
            if place is None:
                break
            rank += 2 * place + (whole[word].search(places[place]) is None)
        else:
            yield event, rank


def _joined(parts: Iterable[object]) -> str:
    return "\n".join(str(part) for part in parts if part is not None).casefold()


def _places(event: Event, sources: dict[str, str]) -> Iterator[list[object]]:
    yield [*event.title.translations.values(), event.id, event.date, event.until]
    described = event.description
    yield [] if described is None else [*described.translations.values()]
    cited: list[object] = []
    for each in event.citations:
        source = each.source
        if source.id not in sources:  # Each is described once.
            sources[source.id] = _joined(_described(source))
        cited += (each.says, each.date, each.until, each.locator, sources[source.id])
    yield cited


def _described(source: Source) -> list[str | None]:
    return [
        source.id,
        source.title,
        source.publisher,
        source.symbol,
        source.url,
        source.note,
    ]
