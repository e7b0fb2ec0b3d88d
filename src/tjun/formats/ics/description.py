"""
The description of a calendar entry: short, because feeds have a size limit.
"""

from __future__ import annotations

from tjun.locales import Language
from tjun.model.entities import Citation, Event
from tjun.model.kinds import EventStatus

__all__ = ["best_source_url", "describe"]

_MAX_LENGTH = 1_000


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
    end = "\n".join(details)
    room = _MAX_LENGTH - len(end) - 2
    return f"{_shorten(what.in_(language), room)}\n\n{end}"


def best_source_url(event: Event) -> str | None:
    """
    Return the address of the most authoritative source that has one.
    """
    ordered = sorted(event.citations, key=lambda citation: not citation.verified)
    return next((c.source.url for c in ordered if c.source.url is not None), None)


def _shorten(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[: max(0, room - 1)].rstrip()}…"


def _announcement(event: Event, language: Language) -> list[str]:
    if event.status is not EventStatus.ANNOUNCED:
        return []
    when = language.format_span(event.date, event.until)
    return [f"{when}: {language.label('announced')}"]


def _areas(event: Event, language: Language) -> list[str]:
    if not event.areas:
        return []
    names = ", ".join(area.name.in_(language) for area in event.areas)
    return [f"{language.label('areas')}: {names}"]


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
    first = "; ".join(names[:2])
    more = len(names) - 2
    return first if more <= 0 else f"{first}; {_more(more, language)}"


def _source(event: Event, language: Language) -> list[str]:
    first, *others = event.citations
    name = _name(first, language)
    if others:
        name = f"{name}; {_more(len(others), language)}"
    return [f"{language.label('source')}: {name}"]


def _more(count: int, language: Language) -> str:
    return language.label("more_sources").format(count=count)


def _name(citation: Citation, language: Language) -> str:
    source = citation.source
    name = source.publisher
    if source.symbol is not None:
        name = f"{name}, {source.symbol}"
    if not citation.verified:
        name = f"{name} ({language.label('not_verified')})"
    return name
