"""
The programs in `examples/` do what they say.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import tjun

EXAMPLES = Path(__file__).parent.parent / "examples"
PROGRAMS = sorted(EXAMPLES.glob("*.py"))
LONGEST = 60


def run(name: str, *words: str, status: int = 0) -> str:
    """
    Return what a program prints, or what it says when it fails.
    """
    done = subprocess.run(
        [sys.executable, "-W", "error", EXAMPLES / f"{name}.py", *words],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert done.returncode == status, done.stderr
    return done.stderr if status else done.stdout


class TestAll:
    @pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
    def test_is_short_and_says_what_it_does(self, path: Path) -> None:
        """
        A program has a docstring that shows how to run it, help, and few lines.
        """
        text = path.read_text(encoding="utf-8")
        assert text.startswith('"""\n')
        assert f"    python examples/{path.name}" in text
        assert len(text.splitlines()) < LONGEST
        assert "usage:" in run(path.stem, "--help")

    @pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
    def test_has_tests_here(self, path: Path) -> None:
        """
        Each program has a class of tests below.
        """
        name = "Test" + path.stem.title().replace("_", "")
        assert name in globals(), f"write {name} for {path.name}"


class TestThisWeek:
    def test_takes_the_week_of_the_day(self) -> None:
        """
        Any day of a week gives the anniversaries of that week, with an address.
        """
        said = run("this_week", "--on", "2027-03-07")
        assert said == run("this_week", "--on", "2027-03-01")
        first, second = said.splitlines()[:2]
        assert first == (
            "★ 02.03.2027  35th anniversary: Tajikistan joins the United Nations (1992)"
        )
        assert second.strip().startswith("https://")

    def test_leaves_out_what_is_known_to_the_month(self) -> None:
        """
        An anniversary of a month is in no week's message.
        """
        assert "day not known" not in run("this_week", "--on", "2027-05-03")

    def test_speaks_other_languages(self) -> None:
        """
        The message is in the language asked for.
        """
        said = run("this_week", "--on", "2027-03-02", "--language", "ru")
        assert "35-я годовщина" in said

    def test_says_so_when_there_is_none(self) -> None:
        """
        A week without an anniversary gives its Monday and a dash.
        """
        assert run("this_week", "--on", "1900-01-03") == "01.01.1900: –\n"


class TestJubilees:
    def test_has_a_row_for_each_jubilee_of_five_years(self) -> None:
        """
        The table has those of the year given and the four after it.
        """
        head, rule, *rows = run("jubilees", "--first-year", "2027").splitlines()
        found = tjun.load().anniversaries(since=2027, until=2031, every=5)
        assert (head.count("|"), rule.count("|"), len(rows)) == (5, 5, len(found))
        assert "| 2027-03-02 | 35 | Tajikistan joins the United Nations |" in rows[2]

    def test_counts_an_observance_from_what_it_marks(self) -> None:
        """
        Every row says since when the years are counted.
        """
        for row in run("jubilees", "--first-year", "2027").splitlines()[2:]:
            _, when, years, *_, since, _ = (cell.strip() for cell in row.split("|"))
            assert int(when[:4]) - int(years) == int(since[:4])


class TestFeedPerArea:
    def test_writes_a_feed_for_each_area(self, tmp_path: Path) -> None:
        """
        Each area has a file, whose calendar has the area's name and address.
        """
        folder = tmp_path / "public"
        words = (str(folder), "--on", "2027-01-01")
        run("feed_per_area", *words, "--base", "https://example.org/c/")
        areas = tjun.load().areas
        assert {each.stem for each in folder.iterdir()} == set(areas.ids)
        water = (folder / "water.ics").read_text(encoding="utf-8")
        assert f"NAME:{areas['water'].name}: anniversaries" in water
        assert "https://example.org/c/water.ics" in water

    def test_leaves_a_feed_alone_that_is_the_same(self, tmp_path: Path) -> None:
        """
        A second run changes no file.
        """
        words = (str(tmp_path), "--on", "2027-01-01")
        assert "the same" not in run("feed_per_area", *words)
        before = {each: each.stat().st_mtime_ns for each in tmp_path.iterdir()}
        assert run("feed_per_area", *words).count("the same") == len(before)
        assert before == {each: each.stat().st_mtime_ns for each in tmp_path.iterdir()}


class TestConflicts:
    def test_tells_each_conflict_and_who_says_what(self) -> None:
        """
        The report has a heading for each disputed event, and each date once.
        """
        said = run("conflicts")
        disputed = tjun.load().events.where(disputed=True)
        assert said.count("\n## ") == len(disputed)
        opened = said.partition("\n## UNMOT office opens")[2].partition("\n## ")[0]
        assert "The record says 1993-02-01." in opened
        assert opened.count("\n- 1993-02-01: ") == 1
        assert "\n- 1994-12-16: United Nations" in opened

    def test_takes_one_area(self) -> None:
        """
        With an area it tells only that area's conflicts; an area there is not, fails.
        """
        assert "UNMOT office opens" not in run("conflicts", "--area", "water")
        said = run("conflicts", "--area", "watr", status=1)
        assert "did you mean 'water'?" in said


class TestAsTable:
    def test_writes_a_line_for_each_event(self, tmp_path: Path) -> None:
        """
        The CSV has a line for each event, with the date as it is known.
        """
        pytest.importorskip("pandas")
        run("as_table", str(tmp_path / "events.csv"))
        lines = (tmp_path / "events.csv").read_text(encoding="utf-8").splitlines()
        assert len(lines) == 1 + len(tjun.load().events)
        (untop,) = (line for line in lines if line.startswith("untop-established,"))
        assert untop.startswith("untop-established,2000-05,month,2000-05-01,2000-05-31")

    def test_prints_the_table(self) -> None:
        """
        Without a file the table is printed.
        """
        pytest.importorskip("pandas")
        assert "precision" in run("as_table")

    def test_says_what_is_missing(self, tmp_path: Path) -> None:
        """
        Without pandas it says how to get it.
        """
        (tmp_path / "pandas.py").write_text("raise ModuleNotFoundError('pandas')")
        program = (EXAMPLES / "as_table.py").read_text(encoding="utf-8")
        (tmp_path / "as_table.py").write_text(program, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, tmp_path / "as_table.py"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        assert done.stderr == "This example needs pandas: pip install pandas\n"
