"""
Tables: a row for each event, as spreadsheets have.
"""

from __future__ import annotations

from collections.abc import Iterator

from tjun import Exporter, ExportRequest, Importer, ImportRequest, Row
from tjun.formats.tables.options import TableOptions

__all__ = ["CSV", "CSV_IMPORTER", "TableOptions"]


def render(request: ExportRequest) -> Iterator[bytes]:
    """
    Yield the table, beginning with the names of the columns.
    """
    from tjun.formats.tables.writing import lines  # noqa: PLC0415  # Rarely needed.

    yield from lines(request.chronology)


def read(request: ImportRequest[TableOptions]) -> Iterator[Row]:
    """
    Yield a row for each event in the table.
    """
    from tjun.formats.tables.reading import rows  # noqa: PLC0415  # Rarely needed.

    yield from rows(request)


CSV = Exporter(
    name="csv",
    summary="A table for spreadsheets, with a row for each event.",
    media_type="text/csv",
    suffix=".csv",
    render=render,
)

CSV_IMPORTER = Importer(
    name="csv",
    summary="A table of events: .csv, .xlsx or .ods.",
    suffixes=(".csv", ".tsv", ".xlsx", ".ods"),
    options=TableOptions,
    read=read,
)
