"""
The texts of a record, each with its place in a translation file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from tjun.model.entities import Citation
from tjun.model.header import Header
from tjun.model.links import SECTIONS, links_of, text_fields
from tjun.model.text import Text

if TYPE_CHECKING:
    from tjun.chronology.chronology import Chronology

__all__ = ["citation_keys", "record_texts"]


def record_texts(chronology: Chronology) -> Iterator[tuple[tuple[str, ...], Text]]:
    """
    Yield every text of a record, with the keys under which a translation has it.
    """
    for name in text_fields(Header):
        text = getattr(chronology, name)
        if text is not None:
            yield ("record", name), text
    for own, text in chronology.kinds.items():
        yield ("record", "kinds", own), text
    for section, kind in SECTIONS.items():
        for entry in getattr(chronology, section):
            for path, text in _texts(kind, entry):
                yield (section, entry.id, *path), text


def _texts(kind: type, entity: Any) -> Iterator[tuple[tuple[str, ...], Text]]:
    for name in text_fields(kind):
        text = getattr(entity, name)
        if text is not None:
            yield (name,), text
    for link in links_of(kind):
        if link.kind is Citation:
            yield from _said(getattr(entity, link.name))
        elif link.part:
            for number, part in enumerate(getattr(entity, link.name), 1):
                for path, text in _texts(link.kind, part):
                    yield (link.name, str(number), *path), text


def _said(citations: tuple[Citation, ...]) -> Iterator[tuple[tuple[str, ...], Text]]:
    keys = citation_keys(citation.source.id for citation in citations)
    for key, citation in zip(keys, citations, strict=True):
        if citation.says is not None:
            yield ("says", key), citation.says


def citation_keys(sources: Iterable[str]) -> Iterator[str]:
    """
    Yield the keys of citations in a translation file: `article`, `article.2`.

    Args:
        sources: The id of each citation's source, in order.
    """
    counts: Counter[str] = Counter()
    for own in sources:
        counts[own] += 1
        yield own if counts[own] == 1 else f"{own}.{counts[own]}"
