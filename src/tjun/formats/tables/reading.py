"""
Events from the rows of a table.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import attrs

from tjun import ImportRequest, Row
from tjun.formats.tables.columns import (
    CITED,
    COMPUTED,
    TEXTS,
    Column,
    begins_formula,
    column_of,
)
from tjun.formats.tables.dates import read_dates
from tjun.formats.tables.options import TableOptions

__all__ = ["rows"]

_DELIMITERS = ",;\t"
_YES = set("yes|true|1|x|✓|да|истина|ҳа|бале".split("|"))
_NO = set("no|false|0|нет|ложь|не".split("|"))
_DUMMY = "2000"  # The import fails, but the rest of the row is checked, too.
_TAJIK = set("ғӣқӯҳҷ")  # Letters that Russian does not have.

# What a workbook may need, because a small file can ask for all the memory.
_MOST_BYTES, _MOST_CELLS = 2**27, 2**24
_ROW_OR_CELL = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)([0-9]*)""")

Cell = Any
"""
A string, which may be empty, a number, a truth value, a date or a moment.
"""


def rows(request: ImportRequest[TableOptions]) -> Iterator[Row]:
    """
    Yield a row for each event, and the header.

    What is wrong is reported with the row and the column.
    """
    table = _cells(request)
    headings = [_text(cell) for cell in next(table, [])]
    columns = [column_of(heading) for heading in headings]
    if not _complete(request, columns):
        return
    language = request.options.text_language or _language_of(columns, headings)
    unknown = [each.key for each in columns if not each.known and each.key]
    if unknown:
        request.note(f"Columns kept as values of your own: {', '.join(unknown)}.")
    yield Row("record", {"language": language})
    reader = _Reader(request, columns, language)
    for number, cells in enumerate(table, 2):
        texts = [_text(cell) for cell in cells]
        if any(texts):
            yield from reader.row(number, cells, texts)


def _complete(request: ImportRequest[TableOptions], columns: list[Column]) -> bool:
    """
    Return whether the table has the columns that it needs, once each; report others.
    """
    keys = {each.key for each in columns}
    missing = []
    if not {"date", "year"} & keys:
        missing.append("date")
    if "title" not in keys:
        missing.append("title")
    if missing:
        request.report(
            f"no column is called {' or '.join(missing)}; the first row has the names"
            f" of the columns: {', '.join(each.key for each in columns) or 'none'}",
            "row 1",
        )
    known = Counter(each for each in columns if each.key)
    for column, times in known.items():
        if times > 1:
            request.report(f"expected one column {column.key!r}, got {times}", "row 1")
    return not missing and max(known.values(), default=1) == 1


def _language_of(columns: list[Column], headings: list[str]) -> str:
    """
    Return the language of texts without a tag, from the names of the columns.
    """
    titles = [
        (column, heading)
        for column, heading in zip(columns, headings, strict=True)
        if column.key == "title"
    ]
    for column, heading in titles:
        if column.tag is None:
            if heading.isascii():
                return "en"
            return "ru" if _TAJIK.isdisjoint("".join(headings).casefold()) else "tg"
    return str(titles[0][0].tag)


@attrs.frozen
class _Cells:
    """
    The cells of a row that are not empty, by what they are about.
    """

    own: dict[str, Cell] = attrs.field(factory=dict)
    texts: dict[str, dict[str, str]] = attrs.field(factory=dict)
    cited: dict[int, dict[str, Any]] = attrs.field(factory=dict)
    extra: dict[str, Any] = attrs.field(factory=dict)

    def add(self, column: Column, cell: Cell, text: str, tag: str) -> None:
        """
        Add the cell of a column, which shows a text in the language *tag*.
        """
        if column.key in CITED:
            about = self.cited.setdefault(column.number, {})
            if column.key in TEXTS:
                about.setdefault(column.key, {})[tag] = text
            else:
                about[column.key] = cell
        elif not column.known:
            plain = isinstance(cell, (int, float))
            self.extra[column.key] = cell if plain else text
        elif column.key in TEXTS:
            self.texts.setdefault(column.key, {})[tag] = text
        elif column.key not in COMPUTED:
            self.own[column.key] = cell


class _Reader:
    """
    Reads the rows of one table.
    """

    def __init__(
        self,
        request: ImportRequest[TableOptions],
        columns: list[Column],
        language: str,
    ) -> None:
        self._request, self._options = request, request.options
        self._columns, self._language = columns, language

    def row(self, number: int, cells: list[Cell], texts: list[str]) -> Iterator[Row]:
        """
        Yield the event in one row, or the title of the record.
        """
        at, found = f"row {number}", _Cells()
        for column, cell, text in zip(self._columns, cells, texts, strict=False):
            if text and column.key:
                found.add(column, cell, text, column.tag or self._language)
        if _text(found.own.pop("type", "")).casefold() == "title":
            yield Row("record", {"title": found.texts.get("title", {})}, at)
        else:
            yield Row("events", self._event(found, at), at)

    def _event(self, found: _Cells, at: str) -> dict[str, Any]:
        values = found.own
        event = {key: self._texts(each) for key, each in found.texts.items()}
        event |= self._dates(values, at)
        for key in ("id", "kind", "weight", "status", "rule", "marks"):
            if key in values:
                event[key] = _text(values[key])
        for key in ("yearly", "solemn"):
            if key in values:
                event[key] = self._truth(values[key], at, key)
        if "area" in values:
            names = _text(values["area"]).split(";")
            event["areas"] = [name.strip() for name in names if name.strip()]
        event["citations"] = self._citations(found.cited, at)
        if found.extra:
            event["extra"] = found.extra
        return event

    def _texts(self, texts: dict[str, str]) -> Any:
        return texts[self._language] if list(texts) == [self._language] else texts

    def _dates(self, values: Mapping[str, Cell], at: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for key, parts in (
            ("date", ("year", "month", "day")),
            ("until", ("end year", "end month", "end day")),
        ):
            if key in values:
                date, until = self._date(values[key], at, key)
                found[key] = until or date if key == "until" else date
                if key == "date" and until is not None:
                    found["until"] = until
            elif parts[0] in values:
                text = "-".join(
                    _text(values[part]).zfill(2) for part in parts if part in values
                )
                found[key] = self._date(text, at, parts[0])[0]
        if "date" not in found:
            self._request.report("the date is missing", at)
            found["date"] = _DUMMY
        if found.get("until") == found["date"]:
            del found["until"]
        return found

    def _date(self, cell: Cell, at: str, key: str) -> tuple[str, str | None]:
        if isinstance(cell, dt.date):  # Or a moment.
            return f"{cell:%Y-%m-%d}", None
        try:
            return read_dates(_text(cell), self._options.dates)
        except ValueError as error:
            self._request.report(str(error), f"{at}, column {key}")
            return _DUMMY, None

    def _truth(self, cell: Cell, at: str, key: str) -> bool:
        if isinstance(cell, bool):
            return cell
        text = _text(cell).casefold()
        if text not in _YES | _NO:
            self._request.report(
                f"expected yes or no, got {text!r}", f"{at}, column {key}"
            )
        return text in _YES

    def _citations(
        self, cited: dict[int, dict[str, Any]], at: str
    ) -> list[dict[str, Any]]:
        """
        Return the citations; a date belongs to the event unless its source gives one.
        """
        if not cited and self._options.source is not None:
            cited = {1: {"source": {self._language: self._options.source}}}
        if not cited:
            self._request.report(
                "the source is missing; fill in source or url, or name the source of"
                " all such rows with `tjun import csv --source`",
                at,
            )
            cited = {1: {"source": {self._language: "?"}}}  # As for dates.
        return [self._citation(cited[number], at) for number in sorted(cited)]

    def _citation(self, cells: dict[str, Any], at: str) -> dict[str, Any]:
        citation: dict[str, Any] = {"source": self._source(cells, at)}
        for key in ("source date", "source until"):
            if key in cells:
                date, until = self._date(cells[key], at, key)
                citation[key.removeprefix("source ")] = date
                if until is not None:
                    citation["until"] = until
        for key in ("as written", "locator", "alternative"):
            if key in cells:
                citation[key.replace(" ", "_")] = _text(cells[key])
        if "says" in cells:
            citation["says"] = self._texts(cells["says"])
        if "verified" in cells:
            citation["verified"] = self._truth(cells["verified"], at, "verified")
        return citation

    def _source(self, cells: dict[str, Any], at: str) -> dict[str, Any]:
        source = {
            name: _text(cells[key]) for key, name in _SOURCE.items() if key in cells
        }
        for key in ("published", "accessed"):
            if key in cells:
                source[key] = self._date(cells[key], at, key)[0]
        label = cells.get("source", {})
        address = source.get("url", source.get("copy_url", ""))
        names = (
            self._options.publisher,
            _host(address),
            *label.values(),
            source.get("title"),
            source.get("symbol"),
        )
        source.setdefault("publisher", next(filter(None, names), "?"))
        if label:
            source["label"] = self._texts(label)
        elif "title" not in source:
            source["label"] = source.get("symbol", source["publisher"])
        return source


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:  # The address is reported as soon as the source is made.
        return None


_SOURCE = {
    "source title": "title",
    "publisher": "publisher",
    "symbol": "symbol",
    "url": "url",
    "copy": "copy_url",
    "author": "author",
    "source language": "language",
    "publisher kind": "publisher_kind",
}


def _text(cell: Cell) -> str:
    """
    Return what a cell shows, without what keeps it from being a formula.
    """
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell).strip()
    guarded = text.startswith("'") and begins_formula(text[1:])
    return text[1:] if guarded else text


def _cells(request: ImportRequest[TableOptions]) -> Iterator[list[Cell]]:
    if request.content.startswith(b"PK\x03\x04"):
        yield from _workbook(request)
        return
    text = _decoded(request)
    if text is None:
        return
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        request.report(f"cannot be read as CSV: {error}")


def _decoded(request: ImportRequest[TableOptions]) -> str | None:
    content, encoding = request.content, request.options.encoding
    if encoding is None and content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    try:
        return content.decode(encoding or "utf-8-sig")
    except LookupError:
        request.report(f"there is no encoding {encoding!r}; utf-8 is one")
        return None
    except UnicodeError as error:
        if encoding is not None:
            at = getattr(error, "start", 0)  # Not every encoding says where.
            request.report(f"not valid {encoding} (byte {at}); correct --encoding")
            return None
    request.note(
        "Read as Windows-1251, because it is not UTF-8; --encoding changes it."
    )
    return content.decode("cp1251", "replace")


def _workbook(request: ImportRequest[TableOptions]) -> Iterable[list[Cell]]:
    try:
        from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415
    except ImportError:
        request.report('spreadsheets need one more package: pip install "tjun[xlsx]"')
        return []
    if (problem := _problem(request.content)) is not None:
        request.report(f"cannot be read as a spreadsheet: {problem}")
        return []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(request.content))
        name = request.options.sheet or next(iter(book.sheet_names), "")
        if name not in book.sheet_names:
            names = ", ".join(book.sheet_names) or "none"
            request.report(f"there is no sheet {name!r}; there are {names}")
            return []
        if len(book.sheet_names) > 1 and request.options.sheet is None:
            request.note(f"Read the sheet {name!r}; --sheet chooses another one.")
        found: list[list[Cell]] = book.get_sheet_by_name(name).to_python(
            skip_empty_area=False
        )
    except CalamineError as error:
        request.report(f"cannot be read as a spreadsheet: {error}")
        return []
    return found


def _problem(content: bytes) -> str | None:
    """
    Return why a workbook is damaged or too large, or `None`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(each.file_size for each in parts.infolist()) > _MOST_BYTES:
                return f"expected at most {_MOST_BYTES:,} bytes when unpacked, got more"
            extents = [0, *(_extent(parts.read(each)) for each in parts.infolist())]
    except Exception as error:  # noqa: BLE001  # Damaged archives raise various errors.
        return str(error)
    if (cells := max(extents)) > _MOST_CELLS:
        return f"expected at most {_MOST_CELLS:,} cells, got {cells:,}"
    return None


def _extent(part: bytes) -> int:
    """
    Return how many cells a sheet has between the first and the last, even if empty.
    """
    width, height = b"", 0
    for found in _ROW_OR_CELL.finditer(part):
        letters, digits = found.groups()
        width = max(width, letters.upper(), key=lambda text: (len(text), text))
        height = max(height, int(digits[:20] or 0))
    columns = 0
    for letter in width[:20]:
        columns = columns * 26 + letter - ord("A") + 1
    return columns * height
