"""
Citing events, other entities, sources and pages.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Literal, get_args

from tjun.locales.available import language as find_language
from tjun.locales.language import Language
from tjun.model.entities import Citation, CooperationArea, Event, Source
from tjun.model.missions import Membership, Mission
from tjun.references.bibtex import as_bibtex
from tjun.references.csl import as_csl
from tjun.references.plain import as_text
from tjun.references.reference import Reference

__all__ = ["Citable", "CitationStyle", "cite"]

Citable = Event | Mission | Membership | CooperationArea | Source | Reference
"""
Anything that can be cited.
"""

CitationStyle = Literal["plain", "bibtex", "csl"]
"""
How references are written: as plain text, BibTeX or CSL-JSON.
"""


def cite(
    cited: Citable | Iterable[Citable],
    *,
    style: CitationStyle = "plain",
    language: str | Language = "en",
) -> str:
    """
    Return references to the sources of an entity, or to sources or pages themselves.

    Each source is cited once, in the order of the citations. The sources of a mission
    are those of its opening, its closing and its heads; those of a membership are
    those of the recommendation, the admission and the withdrawal.

    Args:
        cited: An entity, a source or a `Reference`, or several of them.

        style: `plain` for one line each, `bibtex`, or `csl` for CSL-JSON.

        language: The language of dates and labels in plain text, as a BCP 47 tag or
            a `Language`. Titles are as in the record.

    Raises:
        NotFoundError: If there is no such language.

        ExportError: If a text contains a control character, which BibTeX cannot.

        ValueError: If there is no such style.
    """
    if style not in get_args(CitationStyle):
        styles = ", ".join(get_args(CitationStyle))
        msg = f"expected the style to be one of {styles}, got {style!r}"
        raise ValueError(msg)
    several = [cited] if isinstance(cited, Citable) else cited
    found = dict.fromkeys(each for one in several for each in _referred(one))
    if style == "csl":
        items = [as_csl(each) for each in found]
        return json.dumps(items, ensure_ascii=False, indent=2)
    if style == "bibtex":
        return "\n\n".join(map(as_bibtex, found))
    written = find_language(language)
    return "\n".join(as_text(each, written) for each in found)


def _referred(cited: Citable) -> Iterable[Source | Reference]:
    if isinstance(cited, (Source, Reference)):
        return (cited,)
    return (citation.source for citation in _citations(cited))


def _citations(
    cited: Event | CooperationArea | Mission | Membership,
) -> Iterator[Citation]:
    if isinstance(cited, (Event, CooperationArea)):
        yield from cited.citations
    elif isinstance(cited, Mission):
        for event in (cited.opening, cited.closing):
            yield from () if event is None else event.citations
        for head in cited.heads:
            yield from head.citations
    else:
        for event in (cited.recommendation, cited.admission, cited.withdrawal):
            yield from () if event is None else event.citations
