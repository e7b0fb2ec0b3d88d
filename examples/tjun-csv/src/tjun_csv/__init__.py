"""
Export a tjun record as a table, for spreadsheets and for programs.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

import tjun

__all__ = ["COLUMNS", "CSV", "CsvOptions", "escaped"]

COLUMNS = (
    "id",
    "date",
    "until",
    "title",
    "kind",
    "areas",
    "status",
    "disputed",
    "description",
    "sources",
    "addresses",
)
"""
The columns of the table, in their order.
"""

# A formula starts with one of these, after blanks too, and in East Asian settings
# full-width. A tab or a line break at the start of a cell is dropped.
_STARTS = "=+\\-@＝＋－＠"
_BREAKS = ",;|\t\r\n"


def _one_character(_: object, __: attrs.Attribute[str], value: str) -> None:
    usable = value == "\t" or (value.isprintable() and value != '"')
    if len(value) != 1 or not usable:
        msg = f"expected one character, such as ';' or a tab, got {value!r}"
        raise ValueError(msg)


@attrs.frozen(kw_only=True)
class CsvOptions:
    """
    How to write the table.

    Attributes:
        delimiter: The character between two cells, except a quote or a line break.

        header: Start with the names of the columns.

        escape_formulas: Put an apostrophe before what a spreadsheet would run as a
            formula; without it, all text is as in the record.

        byte_order_mark: Start with the mark by which Excel recognizes UTF-8.
    """

    delimiter: str = attrs.field(default=",", validator=_one_character)
    header: bool = True
    escape_formulas: bool = True
    byte_order_mark: bool = False


def render(request: tjun.ExportRequest[CsvOptions]) -> Iterator[bytes]:
    """
    Yield the table row by row.
    """
    options = request.options
    writer = csv.DictWriter(
        _Rows(),
        COLUMNS,
        delimiter=options.delimiter,
        lineterminator="\r\n",
        quoting=csv.QUOTE_ALL,
    )
    if options.byte_order_mark:
        yield codecs.BOM_UTF8
    if options.header:
        yield writer.writeheader()
    for event in request.chronology.events:
        row = _row(event, request.language)
        if options.escape_formulas:
            row = {key: escaped(text, options.delimiter) for key, text in row.items()}
        yield writer.writerow(row)


def _row(event: tjun.Event, language: tjun.Language) -> dict[str, str]:
    description = event.description
    sources = [citation.source for citation in event.citations]
    return {
        "id": event.id,
        "date": str(event.date),
        "until": "" if event.until is None else str(event.until),
        "title": event.title.in_(language),
        "kind": event.kind.value,
        "areas": "; ".join(area.name.in_(language) for area in event.areas),
        "status": event.status.value,
        "disputed": "true" if event.disputed else "false",
        "description": "" if description is None else description.in_(language),
        "sources": "; ".join(f"{each.publisher}: {each.title}" for each in sources),
        "addresses": " ".join(each.url for each in sources if each.url is not None),
    }


def escaped(text: str, delimiter: str = ",") -> str:
    """
    Return *text* with an apostrophe wherever a spreadsheet would see a formula start.

    A spreadsheet that expects another delimiter than *delimiter* sees cells start in
    the middle of the text, so the other usual ones are taken into account as well.
    """
    breaks = re.escape(_BREAKS + delimiter)
    return re.sub(
        rf"(?:\A|(?<=[{breaks}]))(?=[^\S\t\r\n]*[{_STARTS}])|\A(?=[\t\r\n])", "'", text
    )


class _Rows:
    """
    A file for a `csv` writer, which returns what its file's `write()` returns.
    """

    def write(self, row: str) -> Any:
        return row.encode()


CSV = tjun.Exporter(
    name="csv",
    summary="A table for spreadsheets and programs, one event a row.",
    media_type="text/csv; charset=utf-8",
    suffix=".csv",
    options=CsvOptions,
    render=render,
)


@tjun.hookimpl
def tjun_exporters() -> Iterable[tjun.Exporter]:
    """
    Offer the table.
    """
    return (CSV,)
