"""
Exports a tjun record as a table, for spreadsheets and for programs.
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

# A formula starts with one of these, behind blanks too, and in East Asian settings
# full-width. A spreadsheet that expects another delimiter sees a cell begin after a
# semicolon, a tab or a line break; a tab or a line break in front is dropped.
_FORMULA = re.compile(
    r"(?:\A|(?<=[;\t\r\n]))(?=[^\S\t\r\n]*[=+\-@＝＋－＠])|\A(?=[\t\r\n])"
)


def _one_character(_: object, __: attrs.Attribute[str], value: str) -> None:
    usable = value == "\t" or (value.isprintable() and value != '"')
    if len(value) != 1 or not usable:
        msg = f"expected a delimiter of one character, as ; or a tab, got {value!r}"
        raise ValueError(msg)


@attrs.frozen(kw_only=True)
class CsvOptions:
    """
    How to write the table.

    Attributes:
        delimiter: What stands between two cells: any character but a quote or a
            line break.

        header: Begin with the names of the columns.

        escape_formulas: Put an apostrophe before what a spreadsheet would take for a
            formula; without it, every text is as the record has it.

        byte_order_mark: Begin with the mark by which Excel knows UTF-8.
    """

    delimiter: str = attrs.field(default=",", validator=_one_character)
    header: bool = True
    escape_formulas: bool = True
    byte_order_mark: bool = False


def render(request: tjun.ExportRequest) -> Iterator[bytes]:
    """
    Yield the table row by row.
    """
    options: CsvOptions = request.options
    writer = csv.DictWriter(
        _Octets(),
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
            row = {column: escaped(text) for column, text in row.items()}
        yield writer.writerow(row)


def _row(event: tjun.Event, language: str) -> dict[str, str]:
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


def escaped(text: str) -> str:
    """
    Return *text* with an apostrophe wherever a spreadsheet would see a formula start.
    """
    return _FORMULA.sub("'", text)


class _Octets:
    """
    A file for a `csv` writer, which hands on what its file's `write()` returns.
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
