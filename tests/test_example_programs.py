"""
The programs in `examples/`.
"""

from __future__ import annotations

import runpy
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import tjun

EXAMPLES = Path(__file__).parent.parent / "examples"
PROGRAMS = sorted(EXAMPLES.glob("*.py"))
MAX_LINES = 60

Run = Callable[..., str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """
    Run a program in this process; return its output, or its error if it must fail.
    """

    def run_program(name: str, *arguments: str, fails: bool = False) -> str:
        path = EXAMPLES / f"{name}.py"
        monkeypatch.setattr(sys, "argv", [str(path), *arguments])
        code: object = None
        try:
            runpy.run_path(str(path), run_name="__main__")
        except SystemExit as exit_:
            code = exit_.code
        out, err = capsys.readouterr()
        if not fails:
            assert code in (None, 0), (code, err)
            return out
        assert isinstance(code, str), "sys.exit(message) has status 1"
        return code

    return run_program


class TestEveryProgram:
    @pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
    def test_is_short_and_documents_its_usage(self, path: Path, run: Run) -> None:
        """
        A program has few lines, a docstring with a command to run it, and --help.
        """
        text = path.read_text(encoding="utf-8")
        assert text.startswith('"""\n')
        assert f"    python examples/{path.name}" in text
        assert len(text.splitlines()) < MAX_LINES
        assert "usage:" in run(path.stem, "--help")

    @pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
    def test_has_tests_here(self, path: Path) -> None:
        """
        Each program has a test class in this file.
        """
        name = "Test" + path.stem.title().replace("_", "")
        assert name in globals(), f"write {name} for {path.name}"


class TestThisWeek:
    def test_covers_the_whole_week(self, run: Run) -> None:
        """
        Any day of a week prints the anniversaries of that week, each with a URL.
        """
        printed = run("this_week", "--on", "2027-03-07")
        assert printed == run("this_week", "--on", "2027-03-01")
        first, second = printed.splitlines()[:2]
        assert first == (
            "★ 02.03.2027  35th anniversary: Tajikistan joins the United Nations (1992)"
        )
        assert second.strip().startswith("https://")

    def test_omits_events_known_only_to_the_month(self, run: Run) -> None:
        """
        An anniversary known only to the month is in no week's message.
        """
        assert "day not known" not in run("this_week", "--on", "2027-05-03")

    def test_prints_other_languages(self, run: Run) -> None:
        """
        The message is in the requested language.
        """
        printed = run("this_week", "--on", "2027-03-02", "--language", "ru")
        assert "35-я годовщина" in printed

    def test_prints_a_dash_for_an_empty_week(self, run: Run) -> None:
        """
        For a week without anniversaries, the message is its Monday and a dash.
        """
        assert run("this_week", "--on", "1900-01-03") == "01.01.1900: –\n"


class TestJubilees:
    def test_prints_a_row_for_each_jubilee_in_five_years(self, run: Run) -> None:
        """
        The table covers the given year and the four years after it.
        """
        head, rule, *rows = run("jubilees", "--first-year", "2027").splitlines()
        found = tjun.load().anniversaries(since=2027, until=2031, every=5)
        assert (head.count("|"), rule.count("|"), len(rows)) == (5, 5, len(found))
        accession = (
            "| 2027-03-02 | 35 | Tajikistan joins the United Nations | 1992-03-02 |"
        )
        assert accession in rows

    def test_prints_the_year_that_each_number_counts_from(self, run: Run) -> None:
        """
        In every row, the year of the jubilee minus its number is the year of the event.
        """
        for row in run("jubilees", "--first-year", "2027").splitlines()[2:]:
            _, when, years, *_, since, _ = (cell.strip() for cell in row.split("|"))
            assert int(when[:4]) - int(years) == int(since[:4])


class TestFeedPerArea:
    def test_writes_a_feed_for_each_area(self, tmp_path: Path, run: Run) -> None:
        """
        Each area has a file whose calendar contains the area's name and its URL.
        """
        folder = tmp_path / "public"
        arguments = (str(folder), "--on", "2027-01-01")
        run("feed_per_area", *arguments, "--base", "https://example.org/c/")
        areas = tjun.load().areas
        assert {each.stem for each in folder.iterdir()} == set(areas.ids)
        water = (folder / "water.ics").read_text(encoding="utf-8")
        assert f"NAME:{areas['water'].name}: anniversaries" in water
        assert "https://example.org/c/water.ics" in water

    def test_leaves_unchanged_feeds_alone(self, tmp_path: Path, run: Run) -> None:
        """
        A second run changes no file.
        """
        arguments = (str(tmp_path), "--on", "2027-01-01")
        assert "the same" not in run("feed_per_area", *arguments)
        before = {each: each.stat().st_mtime_ns for each in tmp_path.iterdir()}
        assert run("feed_per_area", *arguments).count("the same") == len(before)
        assert before == {each: each.stat().st_mtime_ns for each in tmp_path.iterdir()}


class TestConflicts:
    def test_prints_each_disputed_event_with_its_sources(self, run: Run) -> None:
        """
        The report has a heading for each disputed event and lists each date once.
        """
        printed = run("conflicts")
        disputed = tjun.load().events.where(disputed=True)
        assert printed.count("\n## ") == len(disputed)
        event = tjun.load().events["unmot-opened"]
        opened = printed.partition(f"\n## {event.title}")[2].partition("\n## ")[0]
        assert "The record says 1993-02-01." in opened
        assert opened.count("\n- 1993-02-01: ") == 1
        assert "\n- 1994-12-16: United Nations" in opened
        assert f"\n\n{event.reason}" in opened
        assert "\n- [1994..1997]: no source gives this date\n" in printed

    def test_filters_by_area(self, run: Run) -> None:
        """
        With an area, only its conflicts are printed; an unknown area is an error.
        """
        assert "UN office opens" not in run("conflicts", "--area", "water")
        error = run("conflicts", "--area", "watr", fails=True)
        assert "did you mean 'water'?" in error


class TestAsTable:
    def test_writes_a_line_for_each_event(self, tmp_path: Path, run: Run) -> None:
        """
        The CSV file has a line for each event, with its date as precise as known.
        """
        pytest.importorskip("pandas")
        run("as_table", str(tmp_path / "events.csv"))
        lines = (tmp_path / "events.csv").read_text(encoding="utf-8").splitlines()
        assert len(lines) == 1 + len(tjun.load().events)
        (untop,) = (line for line in lines if line.startswith("untop-established,"))
        assert untop.startswith("untop-established,2000-05,2000-05-01,2000-05-31,month")

    def test_prints_the_table(self, run: Run) -> None:
        """
        Without a file, the table is printed.
        """
        pytest.importorskip("pandas")
        rows = len(tjun.load().events)
        assert f"[{rows} rows" in run("as_table")

    def test_explains_how_to_install_pandas(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Without pandas, the error is the command that installs it.
        """
        monkeypatch.setitem(sys.modules, "pandas", None)
        error = run("as_table", fails=True)
        assert error == "This example needs pandas: pip install pandas"
