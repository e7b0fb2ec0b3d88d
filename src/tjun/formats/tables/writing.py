"""
The events of a record as a table, which the importer reads back.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from tjun import Chronology, Citation, Event, Text
from tjun.formats.printable import check_printable
from tjun.formats.tables.columns import CITED, OWN, TEXTS, begins_formula

__all__ = ["lines"]

_OWN_TEXTS = [key for key in TEXTS if key in OWN]
_DEFAULTS = {"weight": "normal", "status": "held", "kind": "milestone"}


def lines(record: Chronology) -> Iterator[bytes]:
    """
    Yield the table in UTF-8 with a byte-order mark, which Excel needs.

    A row has everything about an event: its texts in all languages, its sources in
    numbered columns, with the dates that they give, and how precise its date is.

    Args:
        record: The record.
    """
    rows = [_row(event, record.language) for event in record.events]
    headings = _headings(rows)
    yield b"\xef\xbb\xbf"
    yield _line(headings)
    for row in rows:
        yield _line([row.get(heading, "") for heading in headings])


def _headings(rows: list[dict[str, str]]) -> list[str]:
    """
    Return the columns that at least one event fills, in a fixed order.
    """
    used = dict.fromkeys(heading for row in rows for heading in row)
    order = {key: place for place, key in enumerate((*OWN, *CITED))}

    def place(heading: str) -> tuple[int, int, int]:
        key, _, number = heading.partition(":")[0].rpartition(" ")
        if not number.isdigit() or key not in order:
            key, number = heading.partition(":")[0], "0"
        if key in CITED:
            return 1, int(number), order[key]
        return (0, 0, order[key]) if key in order else (2, 0, 0)

    return sorted(used or dict.fromkeys(OWN), key=place)


def _row(event: Event, own: str) -> dict[str, str]:
    row = _filled(
        {
            "id": event.id,
            "date": event.date,
            "until": event.until,
            "area": "; ".join(area.name.in_(own) for area in event.areas),
            "kind": event.kind,
            "weight": event.weight,
            "status": event.status.value,
            "yearly": "yes" if event.yearly else None,
            "solemn": "yes" if event.solemn else None,
            "rule": event.rule,
            "marks": None if event.marks is None else event.marks.id,
        }
    )
    row = {key: text for key, text in row.items() if _DEFAULTS.get(key) != text}
    for key in _OWN_TEXTS:
        row |= _texts(key, getattr(event, key), own)
    for number, citation in enumerate(event.citations, 1):
        ending = "" if number == 1 else f" {number}"
        row |= _citation(citation, ending, own)
    row |= {str(key): str(value) for key, value in event.extra.items()}
    first, last = event.date.ends or event.date.extent
    row |= _filled(
        {"precision": event.date.precision.value, "earliest": first, "latest": last}
    )
    return row


def _citation(citation: Citation, ending: str, own: str) -> dict[str, str]:
    source, alternative = citation.source, citation.alternative
    row = _filled(
        {
            "source title": source.title,
            "symbol": source.symbol,
            "url": source.url,
            "copy": source.copy_url,
            "publisher": source.publisher.name.in_(own),
            "publisher kind": source.publisher.kind.value,
            "author": source.author,
            "published": source.published,
            "accessed": source.accessed,
            "source language": source.language,
            "source date": None if alternative else citation.date,
            "source until": None if alternative else citation.until,
            "as written": citation.as_written,
            "locator": citation.locator,
            "verified": None if citation.verified else "no",
            "alternative": alternative and alternative.id,
        },
        ending,
    )
    for key, text in (("source", source.label), ("says", citation.says)):
        row |= _texts(key, text, own, ending)
    return row


def _texts(key: str, text: Text | None, own: str, ending: str = "") -> dict[str, str]:
    """
    Return a text in each language; that of the record needs no tag.
    """
    found = {} if text is None else text.translations
    return {
        f"{key}{ending}" if tag == own else f"{key}{ending}:{tag}": words
        for tag, words in found.items()
    }


def _filled(values: dict[str, Any], ending: str = "") -> dict[str, str]:
    return {
        f"{key}{ending}": str(value)
        for key, value in values.items()
        if value not in (None, "")
    }


def _line(cells: list[str]) -> bytes:
    """
    Return a line in which no cell begins a formula.
    """
    line = io.StringIO()
    for cell in cells:
        check_printable("csv", cell, f"the cell {cell[:40]!r}")
    guarded = [f"'{cell}" if begins_formula(cell) else cell for cell in cells]
    csv.writer(line).writerow(guarded)
    return line.getvalue().encode()
