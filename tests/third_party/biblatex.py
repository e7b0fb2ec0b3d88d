"""
A bibliography of the pages that the record cites, for BibLaTeX.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Iterator
from unicodedata import category

import attrs

import tjun

__all__ = ["BIBLATEX", "Field"]

# An @online entry has every field in braces, which must be balanced.
_ESCAPES = str.maketrans({
    "\\": r"\textbackslash ",
    "{": r"\textbraceleft ",
    "}": r"\textbraceright ",
    **{sign: f"\\{sign}" for sign in "#$%&_"},
    "~": r"\textasciitilde ",
    "^": r"\textasciicircum ",
})  # fmt: skip


class Field(enum.Enum):
    """
    A field that an entry can do without.
    """

    DATE = "date"
    LANGID = "langid"
    NOTE = "note"
    URLDATE = "urldate"


@attrs.frozen(kw_only=True)
class BibOptions:
    """
    What an entry contains.

    Attributes:
        fields: The fields to include, besides the title, the publisher and the
            address.

        read_since: Only sources that were read on this day or later.

        prefix: What the keys start with.
    """

    fields: tuple[Field, ...] = (Field.DATE, Field.URLDATE)
    read_since: dt.date | None = None
    prefix: str = ""


def render(request: tjun.ExportRequest[BibOptions]) -> Iterator[bytes]:
    """
    Yield one entry after another, and a note about what was left out.
    """
    without = 0
    yield f"% {_text(request.language.label('sources'))}\n".encode()
    for source in request.chronology.sources:
        if source.url is None:
            without += 1
        elif _is_recent(source, request.options.read_since):
            yield _entry(source, request).encode()
    if without:
        count = request.language.count("sources", without)
        request.note(f"left out {count}: an @online entry needs an address")


def _is_recent(source: tjun.Source, day: dt.date | None) -> bool:
    return day is None or (source.accessed is not None and source.accessed >= day)


def _entry(source: tjun.Source, request: tjun.ExportRequest[BibOptions]) -> str:
    optional = {
        Field.DATE: source.published,
        Field.LANGID: source.language,
        Field.NOTE: source.note,
        Field.URLDATE: source.accessed,
    }
    fields = {
        "title": source.title,
        "organization": source.publisher,
        **{f.value: optional[f] for f in request.options.fields if optional[f]},
    }
    lines = [f"  {name} = {{{_text(str(text))}}},\n" for name, text in fields.items()]
    key = request.options.prefix + source.id
    return f"@online{{{key},\n{''.join(lines)}  url = {{{source.url}}},\n}}\n"


def _text(text: str) -> str:
    if any(category(char) == "Cc" and not char.isspace() for char in text):
        reason = f"BibLaTeX allows no control characters, as in {text!r:.40}"
        raise tjun.ExportError(BIBLATEX.name, reason)
    return " ".join(text.translate(_ESCAPES).split())


BIBLATEX = tjun.Exporter(
    name="biblatex",
    summary="The sources with an address, for BibLaTeX.",
    media_type="application/x-bibtex",
    suffix=".bib",
    options=BibOptions,
    render=render,
)


@tjun.hookimpl
def tjun_exporters() -> Iterable[tjun.Exporter]:
    return (BIBLATEX,)
