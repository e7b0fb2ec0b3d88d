"""
The table keeps the contract, and is one that spreadsheets and programs can read.
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


def read(octets: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    """
    Return the rows by column, as a program reads them.
    """
    file = io.StringIO(octets.decode(), newline="")
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
    def test_is_as_rfc_4180_has_it(self) -> None:
        """
        Lines end in CR and LF, cells stand in quotes, and quotes in them are doubled.
        """
        octets = tjun.export(one(title='A "so-called" start,\nat last'), "csv")
        assert octets == (
            b'"id","date","until","title","kind","areas","status","disputed",'
            b'"description","sources","addresses"\r\n'
            b'"begun","2000-05","","A ""so-called"" start,\nat last","milestone","",'
            b'"held","false","","UN: A page","https://un.org/a"\r\n'
        )

    def test_holds_every_event_in_order(self) -> None:
        """
        There is a row for each event, in the order of the record.
        """
        rows = read(tjun.export(sample(), "csv"))
        assert [row["id"] for row in rows] == list(sample().events.ids)
        assert all(tuple(row) == COLUMNS for row in rows)

    @pytest.mark.parametrize("date", ["0999", "2007", "2000-05", "1992-03-02"])
    def test_dates_are_as_precise_as_they_are_known(self, date: str) -> None:
        """
        A month stays a month and a year a year, in both columns.
        """
        (row,) = read(tjun.export(one(date=date, until=date), "csv"))
        assert (row["date"], row["until"]) == (date, date)

    def test_tells_what_the_sources_dispute(self) -> None:
        """
        Exactly the events on whose date the sources differ say so.
        """
        told = {r["id"]: r["disputed"] for r in read(tjun.export(sample(), "csv"))}
        assert told == {
            event.id: "true" if event.disputed else "false" for event in sample().events
        }
        assert set(told.values()) == {"true", "false"}

    def test_names_areas_sources_and_addresses(self) -> None:
        """
        What there can be several of shares a cell; what has no address adds none.
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

    def test_gives_the_rows_one_by_one(self) -> None:
        """
        A row is given before the next event is looked at.
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

    def test_a_record_without_events_is_the_header_alone(self) -> None:
        """
        Where there is nothing to tell, the columns are still named.
        """
        octets = tjun.export(tjun.Chronology(), "csv")
        assert next(csv.reader([octets.decode()])) == list(COLUMNS)
        assert octets.count(b"\n") == 1


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
        What a spreadsheet would run has an apostrophe before it in every cell.
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
    def test_nor_does_what_another_delimiter_would_make_one(
        self, text: str, expected: str
    ) -> None:
        """
        A spreadsheet that expects another delimiter finds no formula either.
        """
        assert escaped(text) == expected

    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", ":", "¦"])
    @pytest.mark.parametrize("other", [",", ";", "\t", "|"])
    @pytest.mark.parametrize("start", ["=1", "+1", "-1", "@A1"])
    def test_whatever_delimiter_it_is_written_and_read_with(
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
    def test_any_other_text_stays_as_it_is(self, text: str) -> None:
        """
        A sign within a text is no formula.
        """
        assert escaped(text) == text

    def test_the_bundled_record_needs_no_apostrophe(self) -> None:
        """
        For tjun's own record it makes no difference.
        """
        un = tjun.load()
        plain = tjun.export(un, "csv", escape_formulas=False)
        assert tjun.export(un, "csv") == plain

    def test_a_program_can_have_every_text_as_it_is(self) -> None:
        """
        With the option off, what is read back is what the record has.
        """
        record = hostile()
        rows = read(tjun.export(record, "csv", escape_formulas=False))
        assert [row["title"] for row in rows] == [e.title.en for e in record.events]

    def test_takes_time_that_grows_with_the_text_alone(self) -> None:
        """
        A long run of line breaks and blanks is gone through once.
        """
        text = "\n" * 200_000 + " " * 200_000 + "x"
        assert escaped(text) == f"'{text}"


class TestOptions:
    @pytest.mark.parametrize("delimiter", [";", "\t", "|", " ", "'", "¦"])
    def test_any_sensible_delimiter_serves(self, delimiter: str) -> None:
        """
        A cell that has the delimiter in it is still one cell.
        """
        texts = (f"a{delimiter}b", 'c"d', "e\r\nf")
        octets = tjun.export(
            hostile(texts), "csv", delimiter=delimiter, escape_formulas=False
        )
        assert [row["title"] for row in read(octets, delimiter)] == list(texts)

    @pytest.mark.parametrize(
        "delimiter", ["", ";;", '"', "\n", "\r", "\0", "\u2028", "\x85", "\ud800"]
    )
    def test_any_other_is_refused(self, delimiter: str) -> None:
        """
        What could not be told from a quote or the end of a line is an error.
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

    def test_excel_can_be_told_the_encoding(self) -> None:
        """
        The mark comes first, once, and only where it is asked for.
        """
        plain = tjun.export(one(), "csv")
        marked = tjun.export(one(), "csv", byte_order_mark=True)
        assert marked == b"\xef\xbb\xbf" + plain
