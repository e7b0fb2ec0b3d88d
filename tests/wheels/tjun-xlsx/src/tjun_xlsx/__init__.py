"""
Export a tjun record as an Excel workbook.
"""

from __future__ import annotations

import datetime as dt
import enum
import io
import re
import zipfile
from collections.abc import Iterable, Iterator

import attrs
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

import tjun

__all__ = ["XLSX", "Column", "XlsxOptions"]

_FIRST_YEAR = 1900  # Of a date in a workbook; an earlier one is text.


class Column(enum.Enum):
    """
    A column of the table; its value is the key of its heading.
    """

    DATE = "date"
    EVENT = "event"
    KIND = "kind"
    ID = "id"
    SOURCES = "sources"


@attrs.frozen(kw_only=True)
class XlsxOptions:
    """
    What the table looks like.

    Attributes:
        columns: The columns, from left to right.

        freeze_header: Keep the headings in view.
    """

    columns: tuple[Column, ...] = tuple(Column)
    freeze_header: bool = True


def render(request: tjun.ExportRequest[XlsxOptions]) -> Iterator[bytes]:
    """
    Yield the workbook.
    """
    options, language = request.options, request.language
    rows = [
        [_value(event, column, request) for column in options.columns]
        for event in request.chronology.events
    ]
    for event, row in zip(request.chronology.events, rows, strict=True):
        if any(ILLEGAL_CHARACTERS_RE.search(str(value)) for value in row):
            msg = f"the event {event.id!r} has a control character; Excel allows none"
            raise tjun.ExportError(XLSX.name, msg)
    book = Workbook(write_only=True)  # Keeps its rows in a temporary file.
    sheet = book.create_sheet("tjun")
    sheet.freeze_panes = "A2" if options.freeze_header else None
    sheet.append([language.label(column.value) for column in options.columns])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    saved = io.BytesIO()
    book.save(saved)
    yield _without_clock(saved)


def _value(
    event: tjun.Event, column: Column, request: tjun.ExportRequest[XlsxOptions]
) -> object:
    date, language = event.date, request.language
    match column:
        case Column.DATE:
            known = date.day is not None and date.qualifier is None
            recent = date.anchor.year >= _FIRST_YEAR
            return date.anchor if known and recent else language.format_date(date)
        case Column.EVENT:
            return event.title.in_(language)
        case Column.KIND:
            return request.chronology.kind_name(event.kind, language)
        case Column.ID:
            return event.id
        case Column.SOURCES:
            return len(event.citations)


def _cell(sheet: object, value: object) -> object:
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"  # Otherwise a title that starts with = is a formula.
    elif isinstance(value, dt.date):
        cell.number_format = "yyyy-mm-dd"
    return cell


def _without_clock(saved: io.BytesIO) -> bytes:
    """
    Return the workbook without the time at which openpyxl wrote it.
    """
    with zipfile.ZipFile(saved) as parts:
        files = {name: parts.read(name) for name in parts.namelist()}
    core = "docProps/core.xml"
    files[core] = re.sub(rb"<dcterms:\w+ .*?</dcterms:\w+>", b"", files[core])
    return tjun.reproducible_zip(files)


XLSX = tjun.Exporter(
    name="xlsx",
    summary="A table for Excel, one event a row.",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    suffix=".xlsx",
    options=XlsxOptions,
    render=render,
)


@tjun.hookimpl
def tjun_exporters() -> Iterable[tjun.Exporter]:
    """
    Offer the workbook.
    """
    return (XLSX,)
