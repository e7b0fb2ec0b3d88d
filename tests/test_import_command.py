"""
The `import` command, spreadsheets, and the importers of plugins.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from fake_plugins import Shelf
from running import Run

import tjun
from tjun import DataError

NOTES = """
import tjun

def read(request):
    for number, line in enumerate(request.content.decode().splitlines(), 1):
        cited = [{"source": {"label": "Notes", "publisher": "Me"}}]
        values = {"title": line, "date": "1992", "citations": cited}
        yield tjun.Row("events", values, f"line {number}")

@tjun.hookimpl
def tjun_importers():
    importer = tjun.Importer(
        name="notes", summary="Lines.", suffixes=[".notes"], read=read
    )
    return [importer]
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "my table.csv"
    path.write_text("date,title,source\n1992-03-02,It began,S\n", encoding="utf-8")
    return path


class TestImport:
    def test_writes_a_record_file(self, run: Run, table: Path, tmp_path: Path) -> None:
        """
        The file is a record with the time of writing, and the next command is named.
        """
        target = tmp_path / "mine.toml"
        done = run("import", "csv", table, "-o", target)
        assert done.status == 0
        assert "1 id was made from titles" in done.err
        assert f"Wrote {target}: 1 event from 1 source." in done.err
        record = tjun.load(target)
        assert record.id == "my-table"
        assert record.revised is not None
        assert record.events.ids == ("it-began",)

    def test_prints_it_without_a_path(self, run: Run, table: Path) -> None:
        """
        Without `-o`, or with `-o -`, the record goes to standard output.
        """
        for words in ((), ("-o", "-")):
            done = run("import", "csv", table, *words)
            assert tjun.loads(done.out).events.ids == ("it-began",)

    def test_replaces_a_file_only_if_asked(
        self, run: Run, table: Path, tmp_path: Path
    ) -> None:
        """
        A record file that may have been edited stays as it is.
        """
        target = tmp_path / "mine.toml"
        target.write_text("edited")
        done = run("import", "csv", table, "-o", target)
        assert (done.status, target.read_text()) == (2, "edited")
        assert "--replace" in done.err
        assert run("import", "csv", table, "-o", target, "--replace").status == 0
        assert tjun.load(target).events.ids == ("it-began",)

    def test_never_replaces_a_file_that_appears_meanwhile(
        self, run: Run, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        What another process creates after the check stays as it is.
        """
        target, link = tmp_path / "mine.toml", os.link

        def late(*paths: Any) -> None:
            target.write_text("theirs")
            link(*paths)

        monkeypatch.setattr(os, "link", late)
        done = run("import", "csv", table, "-o", target)
        assert (done.status, target.read_text()) == (1, "theirs")
        assert f"{target} already exists and was not changed" in done.err
        assert {each.name for each in tmp_path.iterdir()} == {table.name, target.name}

    def test_writes_a_single_file(self, run: Run, table: Path, tmp_path: Path) -> None:
        """
        The name of a directory is an error.
        """
        done = run("import", "csv", table, "-o", f"{tmp_path}/new/")
        assert done.status == 1
        assert "it writes a single file" in done.err

    def test_reports_what_is_wrong_and_writes_nothing(
        self, run: Run, tmp_path: Path
    ) -> None:
        """
        Errors have their rows, status 1 and no file.
        """
        path, target = tmp_path / "it.csv", tmp_path / "it.toml"
        path.write_text("date,title,source\nnever,It,S\n1992,,S\n")
        done = run("import", "csv", path, "-o", target)
        assert done.status == 1
        assert "row 2, column date" in done.err
        assert "row 3" in done.err
        assert not target.exists()

    @pytest.mark.parametrize(
        ("words", "message"),
        [
            (("--dates", "ymd"), "dates"),
            (("--source", ""), "source"),
            (("-o", "-x"), "'-x' is not a path"),
        ],
    )
    def test_rejects_options(
        self, run: Run, table: Path, words: tuple[str, ...], message: str
    ) -> None:
        """
        A value that the importer does not accept is a usage error.
        """
        done = run("import", "csv", table, *words)
        assert done.status == 2
        assert message in done.err

    def test_names_the_importer_of_an_option(self, run: Run, table: Path) -> None:
        """
        The message about a rejected option says which importer rejects it.
        """
        done = run("import", "csv", table, "--source", "")
        assert done.err.startswith("tjun: Importer 'csv': --source: ")

    def test_names_similar_importers(self, run: Run, table: Path) -> None:
        """
        An importer that does not exist is an error that suggests one.
        """
        done = run("import", "cvs", table)
        assert done.status == 2
        assert "csv" in done.err


class TestPlugins:
    def test_offer_importers(self, run: Run, shelf: Shelf, tmp_path: Path) -> None:
        """
        A plugin's importer reads files by its name and by their ending.
        """
        shelf.add(NOTES, name="notes")
        path = tmp_path / "my.notes"
        path.write_text("It began\n")
        assert "it-began" in run("import", "notes", path).out
        assert "it-began" in run("on", "1992", "--record", path).out
        assert tjun.importers().owners["notes"].plugin == "notes"
        assert "importers: notes" in run("plugins", columns=200).out


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


HEAD: list[object] = ["date", "title", "source", "yearly", "Floor"]


class TestSpreadsheets:
    def test_are_read_with_their_types(self, tmp_path: Path) -> None:
        """
        Cells may be dates, numbers and truth values, and formulas are their results.
        """
        path = workbook(
            tmp_path / "it.xlsx",
            One=[
                HEAD,
                [dt.date(1992, 3, 2), "A day", "S", True, 3],
                [
                    dt.datetime(1993, 3, 2),  # noqa: DTZ001  # As a cell.
                    "A moment",
                    "S",
                    False,
                    2.5,
                ],
                [1994, "A year", "S", None, None],
                ["Feb 1994", "A month", "S", None, None],
                [None, None, None, None, None],
            ],
        )
        events = tjun.load(path).events
        assert [str(event.date) for event in events] == [
            "1992-03-02",
            "1993-03-02",
            "1994",
            "1994-02",
        ]
        assert events[0].yearly
        assert not events[1].yearly
        assert dict(events[1].extra) == {"Floor": 2.5}

    def test_have_sheets(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        """
        The first sheet is read, which a message says, or the one that is named.
        """
        caplog.set_level("INFO", "tjun")
        rows = ([HEAD, [1992, title, "S", None, None]] for title in ("One", "Two"))
        path = workbook(tmp_path / "it.xlsx", First=next(rows), Second=next(rows))
        assert tjun.load(path).events.ids == ("one",)
        assert "Read the sheet 'First'" in caplog.text
        assert tjun.read("csv", path, sheet="Second").events.ids == ("two",)
        with pytest.raises(DataError, match="'Third'; there are First, Second"):
            tjun.read("csv", path, sheet="Third")

    def test_that_are_broken_are_errors(self, tmp_path: Path) -> None:
        """
        A file that only begins like a spreadsheet is an error.
        """
        path = tmp_path / "it.xlsx"
        archive = tjun.reproducible_zip({"it": b"no workbook"})
        for content in (b"PK\x03\x04 and nothing more", archive):
            path.write_bytes(content)
            with pytest.raises(DataError, match="cannot be read as a spreadsheet"):
                tjun.load(path)

    @pytest.mark.parametrize(
        ("part", "message"),
        [
            (b'<row r="2"/><c r="A2"/><c r="xfd1048576"/>', "at most 16,777,216 cells"),
            (b"a" * (2**27 + 1), "at most 134,217,728 bytes when unpacked"),
        ],
        ids=["cells", "bytes"],
    )
    def test_may_not_need_all_the_memory(
        self, part: bytes, message: str, tmp_path: Path
    ) -> None:
        """
        A small file is rejected if it is huge when unpacked.
        """
        path = tmp_path / "it.xlsx"
        workbook(path, One=[HEAD])
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as parts:
            parts.writestr("xl/worksheets/sheet9.xml", part)
        with pytest.raises(DataError, match=message):
            tjun.load(path)

    def test_may_lack_sheets(self, tmp_path: Path) -> None:
        """
        A workbook without a sheet is an error.
        """
        path, full = tmp_path / "it.xlsx", workbook(tmp_path / "full.xlsx", One=[HEAD])
        with zipfile.ZipFile(full) as old, zipfile.ZipFile(path, "w") as new:
            for name in old.namelist():
                new.writestr(name, re.sub(rb"<sheet .*?/>", b"", old.read(name)))
        with pytest.raises(DataError, match="there is no sheet ''; there are none"):
            tjun.load(path)

    def test_need_a_package(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Without the package, the error says how to install it.
        """
        monkeypatch.setitem(sys.modules, "python_calamine", None)
        path = workbook(tmp_path / "it.xlsx", One=[HEAD])
        with pytest.raises(DataError, match=r"pip install \"tjun\[xlsx\]\""):
            tjun.load(path)
