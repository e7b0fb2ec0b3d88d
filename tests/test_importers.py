"""
Records from tables: what a row may contain, and what is wrong with it.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

import pytest

import tjun
from tjun import (
    DataError,
    Fault,
    Importer,
    ImportRequest,
    NotFoundError,
    PartialDate,
    PluginError,
    Row,
)
from tjun.testing import ImporterContract


@pytest.fixture
def table(tmp_path: Path) -> Any:
    """
    Return a function that reads a table with these lines.
    """

    def read(*lines: str, name: str = "mine.csv", **options: Any) -> tjun.Chronology:
        path = tmp_path / name
        path.write_text("\n".join(lines), encoding="utf-8")
        return tjun.read("csv", path, **options)

    return read


def problems(caught: pytest.ExceptionInfo[DataError]) -> list[str]:
    return [f"{each.path}: {each.message}" for each in caught.value.faults]


class TestDates:
    @pytest.mark.parametrize(
        ("written", "date", "until"),
        [
            ("1993", "1993", None),
            ("Feb 1994", "1994-02", None),
            ("14.02.1994", "1994-02-14", None),
            ("02.1994", "1994-02", None),
            ("1994/2/14", "1994-02-14", None),
            ("28/02/1994", "1994-02-28", None),
            ("02/28/1994", "1994-02-28", None),
            ("03/03/1994", "1994-03-03", None),
            ("6–8 Sept 1999", "1999-09-06", "1999-09-08"),
            ("6-8 September 1999", "1999-09-06", "1999-09-08"),
            ("28 Feb - 2 Mar 1994", "1994-02-28", "1994-03-02"),
            ("December 1993 — January 1994", "1993-12", "1994-01"),
            ("2017–2018", "2017", "2018"),
            ("2017-2018", "2017", "2018"),
            ("autumn 1992", "1992-23", None),
            ("Fall 1992", "1992-23", None),
            ("c. 1650", "1650~", None),
            ("около 1992 года", "1992~", None),
            ("1990s", "199X", None),
            ("34380", "1994-02-15", None),
            ("1994-02-14 00:00:00", "1994-02-14", None),
            ("March 2, 1992", "1992-03-02", None),
            ("2 марта 1992 г.", "1992-03-02", None),
            ("5 нояб. 1990", "1990-11-05", None),
            ("2 марти соли 1992", "1992-03-02", None),
            ("осень 1992", "1992-23", None),
            ("[1992-03..1992-05]", "[1992-03..1992-05]", None),
        ],
    )
    def test_are_read_as_people_write_them(
        self, table: Any, written: str, date: str, until: str | None
    ) -> None:
        """
        Dates in words, with dots, as ranges and as Excel's numbers are understood.
        """
        (event,) = table("date,title,source", f'"{written}",It,S').events
        assert event.date == PartialDate(date)
        assert event.until == (None if until is None else PartialDate(until))

    def test_with_slashes_need_an_order(self, table: Any) -> None:
        """
        A date that may be in August or in September is an error that names the option.
        """
        lines = ("date,title,source", "08/09/2006,It,S")
        with pytest.raises(DataError, match=r"row 2, column date.*--dates dmy"):
            table(*lines)
        for order, date in (("dmy", "2006-09-08"), ("mdy", "2006-08-09")):
            (event,) = table(*lines, dates=order).events
            assert str(event.date) == date

    @pytest.mark.parametrize("written", ["sometime", "31.02.1994", "2 1994", "1 2 3"])
    def test_that_do_not_exist_are_errors(self, table: Any, written: str) -> None:
        """
        What is no date is reported with its row and column.
        """
        with pytest.raises(DataError, match="row 2, column date"):
            table("date,title,source", f"{written},It,S")


class TestErrors:
    def test_are_all_reported_at_once(self, table: Any) -> None:
        """
        One run finds what is wrong with each row, in cells and between entries.
        """
        with pytest.raises(DataError) as caught:
            table(
                "date,title,source,weight,yearly",
                "1992,It,S,heavy,",
                "never,That,,,perhaps",
                "1992,,S,,",
            )
        found = problems(caught)
        assert any("row 2" in each and "weight" in each for each in found)
        assert any("row 3, column date" in each for each in found)
        assert any("row 3: the source is missing" in each for each in found)
        assert any("row 3, column yearly" in each for each in found)
        assert any("row 4" in each and "title" in each for each in found)

    @pytest.mark.parametrize(
        ("heading", "message"),
        [
            ("title,source", "no column is called date; the first row has"),
            ("", "no column is called date or title"),
            ("date,title,date", "expected one column 'date', got 2"),
        ],
    )
    def test_in_the_first_row_are_reported(
        self, table: Any, heading: str, message: str
    ) -> None:
        """
        A table without a date or a title, or with a column twice, is an error.
        """
        with pytest.raises(DataError, match=message):
            table(heading, "1992,It,S")

    def test_of_a_file_that_is_missing(self, tmp_path: Path) -> None:
        """
        A file that cannot be read is an error with its name.
        """
        with pytest.raises(DataError, match=r"none\.csv: cannot be read"):
            tjun.load(tmp_path / "none.csv")

    def test_of_csv_itself_are_reported(self, table: Any) -> None:
        """
        A cell that is too long for CSV is an error, not a crash.
        """
        with pytest.raises(DataError, match="cannot be read as CSV"):
            table("date,title,source", f"1992,{'x' * 200_000},S")


class TestIds:
    def test_are_made_from_titles(self, table: Any) -> None:
        """
        An id is the title in Latin letters; equal ones have the year, or the date.
        """
        found = table(
            "date,title,source",
            "1992,Вступление в ООН,S",
            "1993,Fair,S",
            "1994,Fair,S",
            "1995-01,Fair,S",
            "1995-02,Fair,S",
            "1995-02,Fair,S",
        )
        assert set(found.events.ids) == {
            "vstuplenie-v-oon",
            "fair-1993",
            "fair-1994",
            "fair-1995-01",
            "fair-1995-02",
            "fair-1995-02-2",
        }

    def test_in_a_column_are_kept(self, table: Any) -> None:
        """
        A column of ids decides, and made ids avoid them.
        """
        lines = ("id,date,title,source", "fair,1992,Market,S", ",1993,Fair,S")
        assert set(table(*lines).events.ids) == {"fair", "fair-1993"}


class TestColumns:
    def test_may_be_in_three_languages(self, table: Any) -> None:
        """
        A Russian table makes a Russian record.
        """
        found = table("Дата;Название;Источник", "2 марта 1992;Вступление;Указ")
        (event,) = found.events
        assert found.language == "ru"
        assert event.title.in_("ru") == "Вступление"
        assert event.citations[0].source.label is not None

    def test_may_have_languages_and_numbers(self, table: Any) -> None:
        """
        `title:ru` is a translation, and `source 2` another source.
        """
        (event,) = table(
            "date\ttitle\ttitle:ru\tsource\tsource 2\turl 2\tsays 2\tsource date 2",
            "1992\tIt\tОно\tA\tB\thttps://b.example/x\tIn 1993\t1993",
        ).events
        assert event.title.translations == {"en": "It", "ru": "Оно"}
        first, second = event.citations
        assert str(second.source.publisher.name) == "b.example"
        assert str(second.date) == "1993"
        assert event.disputed is False or first.date is None

    def test_of_timelinejs_are_known(self, table: Any) -> None:
        """
        A sheet for TimelineJS is read, with the title of the whole.
        """
        found = table(
            "Year,Month,Day,End Year,Headline,Text,Media,Media Credit,Type,Group",
            ",,,,All of it,,,,title,",
            "1992,3,2,,It,What,https://x.example/a,Archive,,Fairs",
            "1993,,,1994,That,,https://x.example/b,,,",
        )
        assert str(found.title) == "All of it"
        assert [str(each.date) for each in found.events] == ["1992-03-02", "1993"]
        assert str(found.events[1].until) == "1994"
        assert found.areas.ids == ("fairs",)

    @pytest.mark.parametrize(
        ("heading", "language"),
        [
            ("date,title:kk,source", "kk"),
            ("date,title (kk),source", "kk"),
            ("сана,унвон,манбаъ,ҷой", "tg"),
            ("date,title:kk,title:ru,source", "kk"),
        ],
    )
    def test_say_which_language_it_is(
        self, table: Any, heading: str, language: str
    ) -> None:
        """
        Without a title of its own language, the first one with a tag decides.
        """
        row = ",".join(["1992", *["It"] * heading.count(",")])
        assert table(heading, row).language == language
        assert table(heading, row, text_language="ky" if "kk" not in heading else "kk")

    def test_may_give_spans_and_details(self, table: Any) -> None:
        """
        The last day, dates of sources and when they were read are columns, too.
        """
        (event,) = table(
            "date,until,title,source,accessed,source date,as written,locator,verified",
            "1992-03-02,1992-03-05,It,S,2026-11-30,1992–1993,in 1992,p. 3,no",
            ",,,,,,,,",
        ).events
        (cited,) = event.citations
        assert (str(event.until), str(cited.until)) == ("1992-03-05", "1993")
        assert (cited.as_written, cited.locator, cited.verified) == (
            "in 1992",
            "p. 3",
            False,
        )
        assert str(cited.source.accessed) == "2026-11-30"
        (one,) = table("date,until,title,source", "1992,1992,It,S").events
        assert one.until is None

    def test_may_lack_a_date_in_a_row(self, table: Any) -> None:
        """
        A row without a date is an error with its number.
        """
        with pytest.raises(DataError, match="row 3: the date is missing"):
            table("date,title,source", "1992,It,S", ",That,S")

    def test_may_leave_the_source_to_an_option(self, table: Any) -> None:
        """
        Rows without a source cite the one that is named for all of them.
        """
        (event,) = table("date,title", "1992,It", source="Notes", publisher="Me").events
        source = event.citations[0].source
        assert (str(source.label), str(source.publisher.name)) == ("Notes", "Me")

    def test_that_are_not_known_are_kept(
        self, table: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        """
        One's own columns go to `extra` under their own names, and a message says so.
        """
        caplog.set_level("INFO", "tjun")
        (event,) = table("date,title,source,Room_no,", "1992,It,S,12,nowhere").events
        assert dict(event.extra) == {"Room_no": "12"}
        assert "Columns kept as values of your own: Room_no" in caplog.text


class TestRoundTrip:
    def test_keeps_the_events(self, tmp_path: Path) -> None:
        """
        The table of the bundled record has the same events, with the same dates.
        """
        un = tjun.load()
        tjun.write(un, "csv", tmp_path / "tajikistan.csv")
        back = tjun.load(tmp_path / "tajikistan.csv")
        changed = {each.field for each in tjun.diff(un, back) if each.kind == "event"}
        assert changed == {"areas", "citations", "corrections"}
        for old in un.events:
            new = back.events[old.id]
            assert [(c.date, c.says) for c in old.citations] == [
                (c.date, c.says) for c in new.citations
            ]

    def test_through_toml_is_equal(self, tmp_path: Path) -> None:
        """
        A record that was written as TOML is read back equal.
        """
        un = tjun.load()
        tjun.write(un, "toml", tmp_path / "un.toml")
        assert tjun.load(tmp_path / "un.toml") == un

    @pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@x", "'=1", "'it", "＝1"])
    def test_guards_formulas(self, tmp_path: Path, title: str) -> None:
        """
        No cell begins a formula, and its text comes back.
        """
        source = tjun.Source(
            id="s", label="S", publisher=tjun.Publisher(id="p", name="P")
        )
        event = tjun.Event(
            id="e", title=title, date="1992", citations=[tjun.Citation(source=source)]
        )
        path = tmp_path / "it.csv"
        tjun.write(tjun.Chronology(events=[event]), "csv", path)
        cells = path.read_text("utf-8-sig").splitlines()[1].split(",")
        assert not any(cell.lstrip().startswith(tuple("=+-@＝")) for cell in cells)
        assert str(tjun.load(path).events[0].title) == title


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
    def test_that_spreadsheets_write_are_recognized(
        self, tmp_path: Path, encoding: str
    ) -> None:
        """
        UTF-8 and UTF-16 are recognized, and anything else is Windows-1251.
        """
        path = tmp_path / "it.csv"
        path.write_bytes("дата;название;источник\n1992;Оно;Указ".encode(encoding))
        assert tjun.load(path).events[0].title.in_("ru") == "Оно"

    def test_that_are_wrong_are_errors(self, tmp_path: Path) -> None:
        """
        An encoding that does not exist or does not fit is an error.
        """
        path = tmp_path / "it.csv"
        path.write_bytes("дата".encode("cp1251"))
        for encoding, message in (
            ("x-none", "no encoding"),
            ("utf-8", "not valid"),
            ("undefined", "not valid"),
        ):
            with pytest.raises(DataError, match=message):
                tjun.read("csv", path, encoding=encoding)


class TestAddresses:
    def test_that_are_broken_are_reported_with_their_row(self, table: Any) -> None:
        """
        An address that cannot be parsed is an error of its row.
        """
        with pytest.raises(DataError) as caught:
            table("date,title,url", "1992,A,https://[::1")
        (problem,) = problems(caught)
        assert problem.startswith("row 2, url")


def found(*rows: Row, fails: bool = False) -> Importer:
    def read(request: ImportRequest) -> Iterable[Row]:
        yield from rows
        if fails:
            msg = "broken"
            raise RuntimeError(msg)

    return Importer(name="x", summary="X", suffixes=(".x",), read=read)


class TestImporter:
    def test_that_fails_is_named(self, tmp_path: Path) -> None:
        """
        An importer that raises an exception is an error of its plugin.
        """
        path = tmp_path / "it.x"
        path.touch()
        with pytest.raises(PluginError, match=r"the importer 'x'.*broken"):
            tjun.read(found(fails=True), path)

    def test_that_yields_other_objects_is_named(self, tmp_path: Path) -> None:
        """
        An importer yields rows and nothing else.
        """
        path = tmp_path / "it.x"
        path.touch()
        wrong: Any = {"title": "It"}
        with pytest.raises(PluginError, match="expected Row objects, got dict"):
            tjun.read(found(wrong), path)

    def test_may_reject_the_file_itself(self, tmp_path: Path) -> None:
        """
        A `DataError` of an importer arrives as it is.
        """
        path = tmp_path / "it.x"
        path.touch()

        def read(_: ImportRequest) -> Iterable[Row]:
            raise DataError([Fault(message="not today")])

        importer = Importer(name="x", summary="X", suffixes=(".x",), read=read)
        with pytest.raises(DataError, match="not today"):
            tjun.read(importer, path, options=importer.options())

    def test_may_refer_by_id(self, tmp_path: Path) -> None:
        """
        Sources and publishers with ids of their own are referred to by them.
        """
        path = tmp_path / "it.x"
        path.touch()
        rows = [
            Row("publishers", {"id": "p", "name": "P"}),
            Row("sources", {"id": "s", "label": "S", "publisher": "p"}),
            Row(
                "events",
                {
                    "id": "e",
                    "title": "E",
                    "date": "1992",
                    "citations": [{"source": "s"}],
                },
            ),
        ]
        assert tjun.read(found(*rows), path).events["e"].citations[0].source.id == "s"
        wrong = [
            Row("events", {"id": "e", "citations": ["s"]}),
            Row("sources", {"id": "x"}),
        ]
        with pytest.raises(DataError, match="publisher"):
            tjun.read(found(*wrong), path)

    def test_is_not_found_for_other_endings(self, tmp_path: Path) -> None:
        """
        A file that nothing reads is an error that lists what is read.
        """
        path = tmp_path / "it.pdf"
        path.touch()
        with pytest.raises(DataError, match=r"ends in \.toml, \.json or"):
            tjun.load(path)

    def test_that_does_not_exist_is_an_error(self, tmp_path: Path) -> None:
        """
        A name that no importer has is an error.
        """
        with pytest.raises(NotFoundError, match="no importer 'cvs'; did you mean"):
            tjun.read("cvs", tmp_path / "it.csv")

    def test_may_name_what_it_refers_to(self, tmp_path: Path) -> None:
        """
        Areas, publishers and kinds have names, and sources are written out.
        """
        path = tmp_path / "it.x"
        path.touch()
        source = {
            "label": "A page",
            "publisher": "The Press",
            "publisher_kind": "press",
        }
        rows = [
            Row("areas", {"id": "old", "name": "Old area"}),
            Row("sources", {"label": "Spare", "publisher": "the press"}),
            Row("record", {"title": "Mine"}),
            *(
                Row(
                    "events",
                    {
                        "title": title,
                        "date": "1992",
                        "kind": "Trade fair",
                        "areas": ["old", "New area"],
                        "citations": [{"source": source}],
                    },
                )
                for title in ("One", "Two")
            ),
        ]
        made = tjun.read(found(*rows), path)
        assert made.id == "it"
        assert made.areas.ids == ("old", "new-area")
        assert made.sources.ids == ("a-page", "spare")
        assert made.publishers.ids == ("the-press",)
        assert {event.kind for event in made.events} == {"trade-fair"}
        assert str(made.kinds["trade-fair"]) == "Trade fair"

    def test_rejects_sections_that_do_not_exist(self) -> None:
        """
        A row is an entry of one of the sections of a record.
        """
        with pytest.raises(ValueError, match="expected a section like record"):
            Row("people", {})


class TestContract(ImporterContract):
    importer = tjun.importers()["csv"]
    example = b"date,title,source\n1992,It began,S\n1993-02,It began,S\n"
    faulty: ClassVar = {
        "row 3, column date": b"date,title,source\n1992,It,S\nnever,That,S\n",
        "row 2": b"date,title\n1992,It\n",
    }

    def file_with(self, title: str) -> bytes:
        """
        Return a table with one row.
        """
        cell = title.replace('"', '""')
        return f'date,title,source\n1992,"{cell}",S\n'.encode("utf-8", "replace")


def read_lines(request: ImportRequest) -> Iterable[Row]:
    text = request.content.decode("ascii", "ignore")
    if text.isprintable() and text != request.content.decode("utf-8", "ignore"):
        request.report("only ASCII can be read")
    cited = [{"source": {"label": "S", "publisher": "P"}}]
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("event "):
            values = {"title": line[6:], "date": "1992", "citations": cited}
            yield Row("events", values, f"line {number}")


class TestFussyContract(ImporterContract):
    """
    An importer may reject texts, and find no events in what it does not know.
    """

    importer = Importer(name="x", summary="X", suffixes=(".x",), read=read_lines)
    example = b"event One\nevent Two"
    faulty: ClassVar = {"line 1": b"event "}

    def file_with(self, title: str) -> bytes:
        """
        Return a file with one line.
        """
        return f"event {tjun.one_line(title)}".encode("utf-8", "replace")


class TestIncompleteContract:
    def test_needs_a_file_with_a_title(self) -> None:
        """
        A contract without `file_with()` says so.
        """
        with pytest.raises(NotImplementedError):
            ImporterContract().file_with("It")
