"""
BibTeX, which LaTeX, JabRef and Zotero read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tjun.exchange.contract import Exporter, ExportRequest, NoOptions
from tjun.formats.citations.csl import NOT_READ
from tjun.formats.citations.symbols import source_url
from tjun.formats.printable import check_printable
from tjun.model.dates import PartialDate
from tjun.model.entities import Source
from tjun.model.text import one_line

__all__ = ["BIBTEX", "bibtex_entry", "bibtex_misc", "bibtex_text"]

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_SPECIAL = re.compile(r"[\\{}$&%#_~^]")
# Braces have to be balanced in BibTeX, even those after a backslash.
_COMMANDS = {
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def bibtex_entry(source: Source) -> str:
    """
    Return a source as a BibTeX entry, without a line break at the end.

    Raises:
        ExportError: If a text contains a control character.
    """
    note = [] if source.note is None else [source.note]
    if source.accessed is None:
        note.append(NOT_READ)
    fields = {
        "title": source.title,
        "author": source.publisher,
        "publisher": source.publisher,
        "number": source.symbol,
        "language": source.language,
        "note": " ".join(note) or None,
    }
    addresses = {
        "url": source_url(source),
        "urldate": None if source.accessed is None else source.accessed.isoformat(),
        "archiveurl": source.archive_url,
    }
    what = f"the source {source.id}"
    texts = {key: bibtex_text(text, what) for key, text in fields.items() if text}
    return bibtex_misc(source.id, texts, source.published, addresses)


def bibtex_misc(
    key: str,
    texts: Mapping[str, str],
    date: PartialDate | None,
    addresses: Mapping[str, str | None],
) -> str:
    """
    Return a BibTeX entry of the type `@misc`, which every style supports.

    Args:
        key: The name by which documents cite the entry.

        texts: Fields with text, already escaped.

        date: The date of publication.

        addresses: Fields that are not escaped; those that are `None` are left out.
    """
    fields = dict(texts)
    for name in ("title", "author"):
        if name in fields:
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


def bibtex_text(text: str, what: str) -> str:
    """
    Return *text* on one line, so that LaTeX prints it as it is.

    Args:
        text: The text.

        what: What it belongs to, for the message.

    Raises:
        ExportError: If it contains a control character.
    """
    check_printable(BIBTEX.name, text, what)
    return _SPECIAL.sub(
        lambda found: _COMMANDS.get(found[0], f"\\{found[0]}"), one_line(text)
    )


def render(request: ExportRequest[NoOptions]) -> Iterator[bytes]:
    """
    Yield an entry for each source.
    """
    yield b"% The sources of a record, one entry each.\n"
    for source in request.chronology.sources:
        yield f"\n{bibtex_entry(source)}\n".encode()


BIBTEX = Exporter(
    name="bibtex",
    summary="The sources as BibTeX, for LaTeX and reference managers.",
    media_type="application/x-bibtex",
    suffix=".bib",
    render=render,
)
