"""
BibTeX, which LaTeX, JabRef and Zotero read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tjun.errors import ExportError
from tjun.model.dates import PartialDate, as_date
from tjun.model.entities import Source
from tjun.model.text import one_line
from tjun.references.csl import note_on
from tjun.references.reference import Reference

__all__ = ["as_bibtex"]

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
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
    Return a BibTeX entry, without a line break at the end.

    Raises:
        ExportError: If a text contains a control character.
    """
    if isinstance(cited, Reference):
        texts = {
            "title": cited.title,
            "howpublished": cited.container,
            "language": cited.language,
        }
        updated = None if cited.updated is None else as_date(cited.updated)
        return _misc(cited.id, texts, updated, {"url": cited.url})
    texts = {
        "title": cited.title,
        "author": cited.publisher,
        "publisher": cited.publisher,
        "number": cited.symbol,
        "language": cited.language,
        "note": note_on(cited),
    }
    addresses = {
        "url": cited.address,
        "urldate": None if cited.accessed is None else cited.accessed.isoformat(),
        "archiveurl": cited.archive_url,
    }
    return _misc(cited.id, texts, cited.published, addresses)


def _misc(
    key: str,
    texts: Mapping[str, str | None],
    date: PartialDate | None,
    addresses: Mapping[str, str | None],
) -> str:
    """
    Return an entry of the type `@misc`, which every style supports.
    """
    fields = {name: _escape(text, key) for name, text in texts.items() if text}
    for name in {"title", "author"} & fields.keys():
        # Without a second pair of braces, styles change capitals and split names.
        fields[name] = f"{{{fields[name]}}}"
    # Addresses have no braces, and LaTeX packages print them as they are.
    fields |= {name: text for name, text in addresses.items() if text is not None}
    lines = [f"  {name} = {{{text}}}" for name, text in fields.items()]
    lines += [f"  {name} = {value}" for name, value in _date_fields(date)]
    body = ",\n".join(lines)
    return f"@misc{{{key},\n{body},\n}}"


def _date_fields(date: PartialDate | None) -> Iterator[tuple[str, str]]:
    """
    Yield the fields of a date, with their delimiters, as precise as it is known.
    """
    if date is None:
        return
    yield "year", f"{{{date.year:04}}}"
    if date.month is not None:
        yield "month", _MONTHS[date.month - 1]
    if date.day is not None:
        yield "day", f"{{{date.day}}}"


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
