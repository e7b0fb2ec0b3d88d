"""
BibTeX, which LaTeX, JabRef and Zotero read.

The types and fields are those of biblatex's data model; plain BibTeX knows
`@techreport` and `@article`, and treats `@online` as `@misc`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tjun.errors import ExportError
from tjun.model.dates import PartialDate, as_date
from tjun.model.entities import Source
from tjun.model.kinds import PublisherKind
from tjun.model.text import one_line
from tjun.references.csl import copy_read, title_of
from tjun.references.reference import Reference
from tjun.references.symbols import published

__all__ = ["as_bibtex"]

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_LANGIDS = {
    "ar": "arabic",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "ru": "russian",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # LaTeX prints none.
_SPECIAL = re.compile(r"[\\{}$&%#_~^]")
# Braces have to be balanced in BibTeX, even those after a backslash.
_COMMANDS = {
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def as_bibtex(cited: Source | Reference) -> str:
    """
    Return an entry for BibTeX and biblatex, without a line break at the end.

    Raises:
        ExportError: If a text contains a control character.
    """
    if isinstance(cited, Reference):
        texts = {"title": cited.title, "organization": cited.container}
        texts["langid"] = _langid(cited.language)
        updated = None if cited.updated is None else as_date(cited.updated)
        return _entry("online", cited.id, texts, updated, {"url": cited.url})
    publisher = str(cited.publisher.name)
    texts = {
        "title": title_of(cited, cited.language or "en"),
        "author": cited.author or publisher,
        "note": copy_read(cited),
        "langid": _langid(cited.language),
    }
    if cited.symbol is not None:
        kind = "techreport"
        texts |= {"institution": publisher, "type": "Document", "number": cited.symbol}
    elif cited.publisher.kind is PublisherKind.PRESS:
        kind = "article"
        texts |= {"author": cited.author, "journal": publisher}
    else:
        kind = "online"
        texts["organization"] = None if cited.author is None else publisher
    date = published(cited)
    # Without a date, biblatex prints the day on which the page was read in its place.
    accessed = cited.accessed if cited.copy_url is None and date is not None else None
    addresses = {
        "url": cited.address,
        "urldate": None if accessed is None else accessed.isoformat(),
    }
    return _entry(kind, cited.id, texts, date, addresses)


def _langid(tag: str | None) -> str | None:
    """
    Return the name by which LaTeX knows a language.
    """
    return None if tag is None else _LANGIDS.get(tag.partition("-")[0])


def _entry(
    kind: str,
    key: str,
    texts: Mapping[str, str | None],
    date: PartialDate | None,
    addresses: Mapping[str, str | None],
) -> str:
    fields = {name: _escape(text, key) for name, text in texts.items() if text}
    for name in {"title", "author", "institution"} & fields.keys():
        # Without a second pair of braces, styles change capitals and split names.
        fields[name] = f"{{{fields[name]}}}"
    # Addresses have no braces, and LaTeX packages print them as they are.
    fields |= {name: text for name, text in addresses.items() if text is not None}
    lines = [f"  {name} = {{{text}}}" for name, text in fields.items()]
    lines += [f"  {name} = {value}" for name, value in _date_fields(date)]
    body = ",\n".join(lines)
    return f"@{kind}{{{key},\n{body},\n}}"


def _date_fields(date: PartialDate | None) -> Iterator[tuple[str, str]]:
    """
    Yield the fields of a date, with their delimiters, as precise as it is known.
    """
    if date is None:
        return
    yield "date", f"{{{_edtf(date)}}}"
    if date.year is None:
        return
    yield "year", f"{{{date.year:04}}}"
    if date.month is not None:
        yield "month", _MONTHS[date.month - 1]


def _edtf(date: PartialDate) -> str:
    """
    Return a date in the level of EDTF that biblatex reads, which has no sets.
    """
    if date.ends is None:
        return str(date)
    first, last = ("" if end is None else str(end) for end in date.ends)
    return f"{first}/{last}"


def _escape(text: str, key: str) -> str:
    """
    Return *text* on one line, so that LaTeX prints it as it is.
    """
    if found := _CONTROL.search(text):
        style = "bibtex"
        msg = f"{key} contains the control character {found[0]!r}; remove it"
        raise ExportError(style, msg)
    return _SPECIAL.sub(
        lambda found: _COMMANDS.get(found[0], f"\\{found[0]}"), one_line(text)
    )
