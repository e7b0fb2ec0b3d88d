"""
The description of a calendar entry: short, because feeds have a size limit.
"""

from __future__ import annotations

import re

from tjun.locales.language import Language
from tjun.model.entities import Citation, Event
from tjun.model.kinds import EventStatus

__all__ = ["best_source_url", "describe"]

_MAX_LENGTH = 1_000  # Characters of a whole description.
_MAX_SUMMARY = 240  # Characters about what happened; the event's page has the rest.
_SENTENCE = re.compile(r"([.!?…][”»)]*)\s+(?=[^\W\d_])")


def describe(event: Event, language: Language, url: str | None) -> str:
    """
    Return what happened, the areas, and who says so.

    If the sources disagree, each date is given once, with the sources that give it;
    otherwise only the most authoritative source is named.

    Args:
        event: The event.

        language: The language of the text.

        url: The address to which the description ends up pointing, or `None`.

    Returns:
        Plain text of at most 1,000 characters.
    """
    what = event.title if event.description is None else event.description
    details = [
        *_announcement(event, language),
        *_areas(event, language),
        *(_accounts(event, language) if event.disputed else _source(event, language)),
    ]
    if url is not None:
        details.append(url)
    summary = _first_sentences(what.in_(language))
    return _shorten("\n".join([summary, "", *details]))


def best_source_url(event: Event) -> str | None:
    """
    Return the address of the most authoritative source that has one.
    """
    ordered = sorted(event.citations, key=lambda citation: not citation.verified)
    return next((c.source.url for c in ordered if c.source.url is not None), None)


def _first_sentences(text: str) -> str:
    """
    Return the first sentence, and those after it for which there is room.
    """
    if len(text) <= _MAX_SUMMARY:
        return text
    ends = [found.end(1) for found in _SENTENCE.finditer(text)]
    fitting = [end for end in ends if end <= _MAX_SUMMARY] or ends[:1]
    return text[: fitting[-1]] if fitting else text


def _shorten(text: str) -> str:
    if len(text) <= _MAX_LENGTH:
        return text
    return f"{text[: _MAX_LENGTH - 1].rstrip()}…"


def _announcement(event: Event, language: Language) -> list[str]:
    if event.status is not EventStatus.ANNOUNCED:
        return []
    when = language.format_span(event.date, event.until)
    return [f"{when}: {language.label('announced')}"]


def _areas(event: Event, language: Language) -> list[str]:
    if not event.areas:
        return []
    names = ", ".join(area.name.in_(language) for area in event.areas)
    return [f"{language.label('area')}: {names}"]


def _accounts(event: Event, language: Language) -> list[str]:
    accounts: dict[str, list[str]] = {}
    for citation in event.dated_citations:
        when = language.format_span(citation.date, citation.until)
        names = accounts.setdefault(when, [])
        if (name := _name(citation, language)) not in names:
            names.append(name)
    lines = [f"- {when}: {_few(names, language)}" for when, names in accounts.items()]
    return [f"{language.label('disputed')}:", *lines]


def _few(names: list[str], language: Language) -> str:
    first, *others = names
    if not others:
        return first
    return f"{first}, {language.count('more_sources', len(others))}"


def _source(event: Event, language: Language) -> list[str]:
    first, *others = event.citations
    name = _name(first, language)
    if others:
        name = f"{name}, {language.count('more_sources', len(others))}"
    return [f"{language.label('source')}: {name}"]


def _name(citation: Citation, language: Language) -> str:
    source = citation.source
    name = source.publisher
    if source.symbol is not None:
        name = f"{name}, {source.symbol}"
    if not citation.verified:
        name = f"{name} ({language.label('not_verified')})"
    return name
