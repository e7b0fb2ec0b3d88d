"""
The description of a calendar entry: short, because feeds have a size limit.
"""

from __future__ import annotations

from tjun import Citation, Event, Language

__all__ = ["best_address", "describe"]

_MAX_LENGTH = 1_000  # Characters of the whole description.
_MAX_NAMES = 2  # Sources of one date; if there are more, only the first is named.


def describe(event: Event, language: Language, url: str | None) -> str:
    """
    Return what happened, the areas, the sources, and where to read more.

    If the sources disagree, each date is given once, with the sources that give it;
    otherwise only the most authoritative source is named. If there are more, their
    number follows.

    Args:
        event: The event.

        language: The language of the text.

        url: The address at the end of the description, or `None`.

    Returns:
        Plain text of at most 1,000 characters. If it has to be shortened, the address
        stays complete, unless it is itself that long.
    """
    what = event.title if event.description is None else event.description
    lines = [
        what.in_(language),
        "",
        *_areas(event, language),
        *(_accounts(event, language) if event.disputed else _source(event, language)),
    ]
    text = "\n".join(lines)
    if url is None or len(url) + 1 >= _MAX_LENGTH:
        return _shorten(text, _MAX_LENGTH)
    return f"{_shorten(text, _MAX_LENGTH - len(url) - 1)}\n{url}"


def best_address(event: Event, language: Language) -> str | None:
    """
    Return the address of the best source that has one, never that of a copy.
    """
    best = event.best.source.address_in(language)
    if best is not None:
        return best
    ordered = sorted(event.citations, key=lambda each: each.rank)
    urls = (citation.source.address_in(language) for citation in ordered)
    return next((url for url in urls if url is not None), None)


def _shorten(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def _areas(event: Event, language: Language) -> list[str]:
    if not event.areas:
        return []
    names = ", ".join(area.name.in_(language) for area in event.areas)
    return [f"{language.label('area')}: {names}"]


def _accounts(event: Event, language: Language) -> list[str]:
    """
    Return a line for each date that a source gives, first the date of the record.
    """
    lines = [f"{language.label('disputed')}:"]
    for account in event.accounts:
        when = language.format_span(account.date, account.until)
        if account.alternative is not None:
            other = account.alternative.title.in_(language)
            note = language.label("describes_another_event", event=other)
            when = f"{when} ({note})"
        names = dict.fromkeys(_name(each, language) for each in account.citations)
        if names:
            lines.append(f"- {when}: {_few(list(names), language)}")
    if event.reason is not None:
        lines.append(event.reason.in_(language))
    return lines


def _few(names: list[str], language: Language) -> str:
    if len(names) <= _MAX_NAMES:
        return "; ".join(names)
    return _first_of(names[0], len(names), language)


def _source(event: Event, language: Language) -> list[str]:
    name = _name(event.best, language)
    first = _first_of(name, len(event.citations), language)
    return [f"{language.label('source')}: {first}"]


def _first_of(name: str, number: int, language: Language) -> str:
    if number == 1:
        return name
    return f"{name}, {language.label('and_more', number=number - 1)}"


def _name(citation: Citation, language: Language) -> str:
    source = citation.source
    name = source.publisher.name.in_(language)
    if source.symbol is not None:
        name = f"{name}, {source.symbol}"
    if not citation.verified:
        name = f"{name} ({language.label('not_verified')})"
    return name
