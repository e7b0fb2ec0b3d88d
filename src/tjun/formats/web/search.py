"""
The index with which the script of a site finds events.
"""

from __future__ import annotations

import functools
import json
import re
import unicodedata
from collections.abc import Iterator

from tjun import Event, Text
from tjun.formats.web.links import Links
from tjun.formats.web.view import View

__all__ = ["folded", "search_index"]

_WORD = re.compile(r"[\w/.-]*\w")


def search_index(view: View, links: Links) -> bytes:
    """
    Return a script that defines the events and the words by which they are found.

    It is a script because browsers load no other data of a site on a disk. Each event
    is a list of its address, its date, its title and its words.

    Args:
        view: The record in the language of the site.

        links: The addresses of the events, relative to the first page.
    """
    people: dict[str, list[str]] = {}
    for mission in view.record.missions:
        for head in mission.heads:
            for event in mission.events:
                people.setdefault(event.id, []).append(head.person)
        for event in mission.events:
            people.setdefault(event.id, []).append(mission.acronym or "")
    rows = [
        [
            links.event_address(event.id),
            view.language.format_span(event.date, event.until),
            view.text(event.title),
            " ".join(_words(event, people.get(event.id, []))),
        ]
        for event in view.record.events
    ]
    data = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return f"window.tjunIndex={data};\n".encode()


@functools.lru_cache(maxsize=4096)  # The words are the same in every language.
def folded(text: str) -> str:
    """
    Return *text* in lower case without diacritics, and with е for ё.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _words(event: Event, people: list[str]) -> list[str]:
    """
    Return the different words of an event in all languages, in order.
    """
    text = folded(" ".join([*_strings(event), *people]))
    return list(dict.fromkeys(_WORD.findall(text)))


def _strings(event: Event) -> Iterator[str]:
    yield str(event.date)
    yield f"{event.date.anchor.year:04}"
    texts = [event.title, event.short, event.description, event.place]
    for citation in event.citations:
        texts.append(citation.says)
        yield citation.source.symbol or ""
        yield citation.source.title or ""
    texts.extend(area.name for area in event.areas)
    for text in texts:
        if isinstance(text, Text):
            yield from text.translations.values()
