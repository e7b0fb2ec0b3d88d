"""
BibTeX, which LaTeX, JabRef and Zotero read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tjun.exporting.contract import Exporter, ExportRequest, NoOptions
from tjun.formats.citations.csl import NOT_READ
from tjun.formats.citations.symbols import source_url
from tjun.formats.printable import check_printable
from tjun.model.entities import Source
from tjun.model.text import one_line

__all__ = ["BIBTEX", "bibtex_entry"]

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_SPECIAL = re.compile(r"[\\{}$&%#_~^]")
_COMMANDS = {
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
    published = source.published
    note = [] if source.note is None else [source.note]
    if source.accessed is None:
        note.append(NOT_READ)
    fields = {
        # The inner braces keep the capitals.
        "title": f"{{{_escape(source, source.title)}}}",
        "author": f"{{{_escape(source, source.publisher)}}}",
        "publisher": _escape(source, source.publisher),
        "number": None if source.symbol is None else _escape(source, source.symbol),
        "year": None if published is None else f"{published.year:04}",
        "day": None if published is None or not published.day else str(published.day),
        "url": source_url(source),
        "urldate": None if source.accessed is None else source.accessed.isoformat(),
        "archiveurl": source.archive_url,
        "language": source.language,
        "note": _escape(source, " ".join(note)) or None,
    }
    lines = [
        f"  {key} = {{{text}}}" for key, text in fields.items() if text is not None
    ]
    if published is not None and published.month is not None:
        lines.append(f"  month = {_MONTHS[published.month - 1]}")
    body = ",\n".join(lines)
    return f"@misc{{{source.id},\n{body},\n}}"


def _escape(source: Source, text: str) -> str:
    """
    Return *text* on one line, so that LaTeX prints it as it is.
    """
    check_printable(BIBTEX.name, text, f"the source {source.id}")
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
