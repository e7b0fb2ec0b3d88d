"""
The workbook keeps the contract, and openpyxl reads it back.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from openpyxl import load_workbook
from tjun_xlsx import XLSX, Column

import tjun
from tjun.testing import ExporterContract, hostile, sample


def rows(data: bytes) -> list[tuple[Any, ...]]:
    return list(load_workbook(io.BytesIO(data)).active.values)


class TestContract(ExporterContract):
    exporter = XLSX
    options_to_try = (
        {"columns": (Column.ID, Column.DATE)},
        {"freeze_header": False},
    )

    def parse(self, data: Any) -> object:
        """
        Read the table with openpyxl.
        """
        return rows(data)


def test_has_a_row_for_each_event() -> None:
    """
    A day is a date, and a month is text, in the language of the request.
    """
    header, *table = rows(tjun.export(sample(), "xlsx", language="ru"))
    assert header[:2] == ("Дата", "Событие")
    dates = {row[3]: row[0] for row in table}
    assert list(dates) == list(sample().events.ids)
    assert dates["joined"] == dt.datetime(1992, 3, 2)  # noqa: DTZ001  # As read.
    assert dates["closed"] == "май 2000"


def test_contains_no_formula() -> None:
    """
    A title that looks like a formula is text.
    """
    book = load_workbook(io.BytesIO(tjun.export(hostile(), "xlsx")))
    types = {cell.data_type for row in book.active.iter_rows(min_row=2) for cell in row}
    assert types == {"s", "d", "n"}


def test_rejects_control_characters() -> None:
    """
    What a workbook cannot contain is an error that names the event.
    """
    record = hostile(("a\x07b",))
    with pytest.raises(tjun.ExportError, match="has a control character"):
        tjun.export(record, "xlsx")
