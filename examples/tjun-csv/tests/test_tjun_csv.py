"""
The table keeps the contract, and spreadsheets and programs can read it.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import pytest
from tjun_csv import COLUMNS, CSV, CsvOptions, escaped

import tjun
from tjun.testing import ExporterContract, hostile, sample


def read(data: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    """
    Return the rows by column, as a program reads them.
    """
    file = io.StringIO(data.decode(), newline="")
    return list(csv.DictReader(file, delimiter=delimiter, strict=True))


def one(**parts: Any) -> tjun.Chronology:
    """
    Return a record of one event.
    """
    source = tjun.Source(
        id="page", title="A page", publisher="UN", url="https://un.org/a"
    )
    event = {
        "id": "begun",
        "title": tjun.Text(en="It began", ru="Начало"),
        "date": "2000-05",
        "citations": [tjun.Citation(source=source)],
    }
    return tjun.Chronology(events=[tjun.Event(**{**event, **parts})])


class TestContract(ExporterContract):
    exporter = CSV
    options_to_try = (
        {"delimiter": "\t", "header": False},
        {"escape_formulas": False, "byte_order_mark": True},
    )
    ignores = ("escape_formulas",)  # The sample contains no formula.

    def parse(self, data: Any) -> object:
        """
        Read every row, whichever delimiter it was written with.
        """
        text = data.decode("utf-8-sig")
        delimiter = "\t" if text.count("\t") > text.count(",") else ","
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        assert {len(row) for row in rows} <= {len(COLUMNS)}
        return rows


class TestRows:
    def test_follow_rfc_4180(self) -> None:
        """
        Lines end in CR and LF, cells are quoted, and quotes in them are doubled.
        """
        data = tjun.export(one(title='A "so-called" start,\nat last'), "csv")
        assert data == (
            b'"id","date","until","title","kind","areas","status","disputed",'
            b'"description","sources","addresses"\r\n'
            b'"begun","2000-05","","A ""so-called"" start,\nat last","milestone","",'
            b'"held","false","","UN: A page","https://un.org/a"\r\n'
        )

    def test_include_every_event_in_order(self) -> None:
        """
        There is a row for each event, in the order of the record.
        """
        rows = read(tjun.export(sample(), "csv"))
        assert [row["id"] for row in rows] == list(sample().events.ids)
        assert all(tuple(row) == COLUMNS for row in rows)

    @pytest.mark.parametrize("date", ["0999", "2007", "2000-05", "1992-03-02"])
    def test_contain_dates_as_precise_as_they_are_known(self, date: str) -> None:
        """
        A month remains a month and a year a year, in both columns.
        """
        (row,) = read(tjun.export(one(date=date, until=date), "csv"))
        assert (row["date"], row["until"]) == (date, date)

    def test_mark_disputed_dates(self) -> None:
        """
        An event is marked if its sources differ on the date.
        """
        marks = {r["id"]: r["disputed"] for r in read(tjun.export(sample(), "csv"))}
        assert marks == {
            event.id: "true" if event.disputed else "false" for event in sample().events
        }
        assert set(marks.values()) == {"true", "false"}

    def test_contain_areas_sources_and_addresses(self) -> None:
        """
        Several values share a cell; a source without an address adds none.
        """
        seen = tjun.Source(id="a", title="A", publisher="P", url="https://a.org/?b=c")
        unseen = tjun.Source(id="b", title="B", publisher="Q")
        also = tjun.Source(id="c", title="C", publisher="R", url="https://c.org")
        areas = [
            tjun.CooperationArea(id="water", name=tjun.Text(en="Water", ru="Вода")),
            tjun.CooperationArea(id="peace", name="Peace"),
        ]
        record = one(
            areas=areas,
            kind="visit",
            status="announced",
            description=tjun.Text(en="So it was.", ru="Так и было."),
            citations=[tjun.Citation(source=each) for each in (seen, unseen, also)],
        )
        (row,) = read(tjun.export(record, "csv", language="ru"))
        assert row == {
            "id": "begun",
            "date": "2000-05",
            "until": "",
            "title": "Начало",
            "kind": "visit",
            "areas": "Вода; Peace",
            "status": "announced",
            "disputed": "false",
            "description": "Так и было.",
            "sources": "P: A; Q: B; R: C",
            "addresses": "https://a.org/?b=c https://c.org",
        }

    def test_are_yielded_one_by_one(self) -> None:
        """
        A row is yielded before the next event is read.
        """
        looked_at = []

        class Slow:
            @property
            def events(self) -> Iterator[tjun.Event]:
                for event in sample().events:
                    looked_at.append(event.id)
                    yield event

        request = tjun.ExportRequest(
            chronology=Slow(),  # type: ignore[arg-type]  # Enough of a record.
            options=CsvOptions(header=False),
            today=dt.date(2027, 3, 2),
        )
        rows = iter(CSV.render(request))
        next(rows)
        next(rows)
        assert looked_at == list(sample().events.ids[:2])

    def test_are_missing_from_an_empty_record(self) -> None:
        """
        A record without events is exported as the header alone.
        """
        data = tjun.export(tjun.Chronology(), "csv")
        assert next(csv.reader([data.decode()])) == list(COLUMNS)
        assert data.count(b"\n") == 1


FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "\nx",
    "＝1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "  =1",
    "\u00a0=1",
    "\u3000＝1",
]


class TestFormulas:
    @pytest.mark.parametrize("text", FORMULAS)
    def test_a_cell_never_starts_with_one(self, text: str) -> None:
        """
        Every cell that a spreadsheet would run starts with an apostrophe.
        """
        (row,) = read(tjun.export(hostile((text,)), "csv"))
        assert row["title"] == f"'{text}"
        assert row["description"] == f"'{text}"
        assert row["areas"] == f"'{text}"
        assert row["sources"].startswith(f"'{text}: ")

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("a;=1", "a;'=1"),
            ("a; -1", "a;' -1"),
            ("a\t@b", "a\t'@b"),
            ("a\n=b", "a\n'=b"),
            ("a\r\n+b", "a\r\n'+b"),
            ("=a\n=b", "'=a\n'=b"),
            ("a,=1", "a,'=1"),
            ("a|@b", "a|'@b"),
            ("a, -1", "a,' -1"),
        ],
    )
    def test_a_cell_split_at_another_delimiter_never_starts_with_one(
        self, text: str, expected: str
    ) -> None:
        """
        A spreadsheet that expects another delimiter finds no formula.
        """
        assert escaped(text) == expected

    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", ":", "¦"])
    @pytest.mark.parametrize("other", [",", ";", "\t", "|"])
    @pytest.mark.parametrize("start", ["=1", "+1", "-1", "@A1"])
    def test_no_pair_of_delimiters_makes_one(
        self, delimiter: str, other: str, start: str
    ) -> None:
        """
        No cell starts a formula if the file is read with another delimiter.
        """
        record = hostile((f"a{other}{start}",))
        made = tjun.export(record, "csv", delimiter=delimiter).decode()
        for line in made.splitlines():
            for cell in line.split(other):
                assert not cell.strip('"').startswith(("=", "+", "-", "@"))

    @pytest.mark.parametrize(
        "text",
        ["", "a=1", "1 + 1 = 2", "a - b", "e-mail", "2000-05", "'=1", "a, b", "«=»"],
    )
    def test_other_text_is_unchanged(self, text: str) -> None:
        """
        A sign in the middle of a text does not start a formula.
        """
        assert escaped(text) == text

    def test_the_bundled_record_needs_no_apostrophe(self) -> None:
        """
        The option makes no difference for tjun's own record.
        """
        un = tjun.load()
        plain = tjun.export(un, "csv", escape_formulas=False)
        assert tjun.export(un, "csv") == plain

    def test_a_program_can_read_every_text_unchanged(self) -> None:
        """
        Without the option, a program reads exactly the texts of the record.
        """
        record = hostile()
        rows = read(tjun.export(record, "csv", escape_formulas=False))
        assert [row["title"] for row in rows] == [e.title.en for e in record.events]

    def test_are_found_in_linear_time(self) -> None:
        """
        A long run of line breaks and spaces is scanned only once.
        """
        text = "\n" * 200_000 + " " * 200_000 + "x"
        assert escaped(text) == f"'{text}"


class TestOptions:
    @pytest.mark.parametrize("delimiter", [";", "\t", "|", " ", "'", "¦"])
    def test_any_sensible_delimiter_works(self, delimiter: str) -> None:
        """
        A cell that contains the delimiter is still one cell.
        """
        texts = (f"a{delimiter}b", 'c"d', "e\r\nf")
        data = tjun.export(
            hostile(texts), "csv", delimiter=delimiter, escape_formulas=False
        )
        assert [row["title"] for row in read(data, delimiter)] == list(texts)

    @pytest.mark.parametrize(
        "delimiter", ["", ";;", '"', "\n", "\r", "\0", "\u2028", "\x85", "\ud800"]
    )
    def test_any_other_delimiter_is_rejected(self, delimiter: str) -> None:
        """
        A quote, a line break or several characters cannot separate cells.
        """
        with pytest.raises(tjun.ExportError) as caught:
            tjun.export(tjun.Chronology(), "csv", delimiter=delimiter)
        assert caught.value.reason == (
            "delimiter: expected one character, such as ';' or a tab, got"
            f" {delimiter!r}"
        )

    def test_the_header_can_be_left_out(self) -> None:
        """
        Without the header, the first row is the first event.
        """
        bare = tjun.export(one(), "csv", header=False)
        assert tjun.export(one(), "csv").endswith(b"\r\n" + bare)
        assert bare.startswith(b'"begun",')

    def test_the_file_can_start_with_a_byte_order_mark(self) -> None:
        """
        The mark is the first thing in the file, and only with the option.
        """
        plain = tjun.export(one(), "csv")
        marked = tjun.export(one(), "csv", byte_order_mark=True)
        assert marked == b"\xef\xbb\xbf" + plain
