"""
Printing references to the sources of an event, a mission or another entity.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from tjun.cli.finding import Thing
from tjun.cli.output import write_line
from tjun.cli.parameters import CitationForm
from tjun.formats.citations import bibtex_entry, csl_item, reference
from tjun.locales.language import Language
from tjun.model.entities import Citation, CooperationArea, Event, Source
from tjun.model.missions import Membership, Mission

__all__ = ["print_references", "sources_of"]


def print_references(thing: Thing, form: CitationForm, language: Language) -> None:
    """
    Print a reference to each source of *thing*, in the order of its citations.
    """
    sources = sources_of(thing)
    if form == "csl":
        items = [csl_item(source) for source in sources]
        text = json.dumps(items, ensure_ascii=False, indent=2)
    elif form == "bibtex":
        text = "\n\n".join(map(bibtex_entry, sources))
    else:
        text = "\n".join(reference(source, language) for source in sources)
    for line in text.split("\n"):
        write_line(line)


def sources_of(thing: Thing) -> tuple[Source, ...]:
    """
    Return the sources of *thing*, each of them once.

    Those of a mission or a membership are the sources of its events.
    """
    if isinstance(thing, Source):
        return (thing,)
    return tuple(dict.fromkeys(each.source for each in _citations(thing)))


def _citations(
    thing: Event | CooperationArea | Mission | Membership,
) -> Iterator[Citation]:
    if isinstance(thing, (Event, CooperationArea)):
        yield from thing.citations
        return
    first, last = (
        (thing.opening, thing.closing)
        if isinstance(thing, Mission)
        else (thing.recommendation, thing.admission)
    )
    for event in (first, last):
        yield from () if event is None else event.citations
    if isinstance(thing, Mission):
        for head in thing.heads:
            yield from head.citations
