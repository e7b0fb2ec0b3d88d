"""
`tjun export`: where it writes, what it says, and what plugins can do to it.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import time_machine
from fake_plugins import Shelf

import tjun

OWN = Path(__file__).parent / "golden" / "record.toml"
RECORD = ("--record", str(OWN))
YEARS = ("--first-year", "2027", "--last-year", "2036")

Run = Callable[..., Any]


def one_message(done: Any) -> str:
    """
    Return the only line that a failed command writes.
    """
    assert done.out == ""
    (line,) = done.err.splitlines()
    assert line.startswith("tjun: ")
    return str(line.removeprefix("tjun: "))


class TestOutput:
    def test_is_standard_output_by_default(self, run: Run, un: tjun.Chronology) -> None:
        """
        Standard output gets the bytes that the library returns, and nothing else.
        """
        done = run("export", "ics", *YEARS)
        made = tjun.export(un, "ics", first_year=2027, last_year=2036)
        assert (done.status, done.out.encode()) == (0, made)

    def test_can_be_a_file(self, run: Run, un: tjun.Chronology, tmp_path: Path) -> None:
        """
        A file gets the same bytes, and the message says how to use a calendar.
        """
        file = tmp_path / "anniversaries.ics"
        done = run("export", "ics", *YEARS, "--output", file)
        assert (done.status, done.out) == (0, "")
        assert done.err.splitlines()[-1] == (
            f"Wrote {file}. Open it to import it into your calendar, or put it on a web"
            " server and subscribe to its address, so that it stays up to date."
        )
        made = tjun.export(un, "ics", first_year=2027, last_year=2036)
        assert file.read_bytes() == made

    def test_is_left_alone_if_nothing_changed(self, run: Run, tmp_path: Path) -> None:
        """
        A file with the same content keeps its time stamp, and the message says so.
        """
        file = tmp_path / "record.json"
        assert run("export", "json", "-o", file) == (0, "", f"Wrote {file}.\n")
        os.utime(file, (0, 0))
        done = run("export", "json", "-o", file)
        assert done == (0, "", f"{file} is the same as before.\n")
        assert file.stat().st_mtime == 0

    def test_is_complete_or_absent(
        self, run: Run, shelf: Shelf, tmp_path: Path
    ) -> None:
        """
        An exporter that fails halfway leaves the old file, and prints nothing.
        """
        shelf.add("render-raises-in-the-middle")
        folder = tmp_path / "folder"
        folder.mkdir()
        file = folder / "old.txt"
        file.write_text("old")
        for words in (["-o", str(file)], []):
            done = run("export", "broken", *words)
            assert done.status == 1
            assert one_message(done) == (
                "Exporter 'broken' (plugin 'plugin' of tjun-made 1.2):"
                " RuntimeError: no ink"
            )
        assert [file.read_text(), *folder.iterdir()] == ["old", file]


class TestContent:
    @pytest.mark.parametrize(
        ("flags", "criteria"),
        [
            ("--area Water", {"area": "water"}),
            ("--mission UNMOT --kind mission", {"mission": "unmot", "kind": "mission"}),
            ("--since 2000 --until 2007", {"since": "2000", "until": "2007"}),
            ("--text qqqq", {"text": "qqqq"}),
        ],
    )
    def test_can_be_filtered(
        self, run: Run, un: tjun.Chronology, flags: str, criteria: dict[str, Any]
    ) -> None:
        """
        Filters select a part of the record.
        """
        chosen = un.select(un.events.where(**criteria))
        done = run("export", "json", *flags.split())
        assert done == (0, tjun.export(chosen, "json").decode(), "")

    def test_can_be_the_account_of_some_sources(
        self, run: Run, un: tjun.Chronology
    ) -> None:
        """
        --according-to exports what the sources say.
        """
        done = run("export", "json", "--according-to", "UN")
        assert done == (0, tjun.export(un.according_to("un"), "json").decode(), "")

    @pytest.mark.parametrize("language", ["en", "ru", "tg", "ru-RU"])
    def test_is_in_the_selected_language(
        self, run: Run, un: tjun.Chronology, language: str
    ) -> None:
        """
        The language can be more precise than the one that is available.
        """
        done = run("export", "markdown", "-l", language)
        assert done == (0, tjun.export(un, "markdown", language=language).decode(), "")

    def test_depends_on_the_day(self, run: Run) -> None:
        """
        --today replaces the current day.
        """
        with time_machine.travel(dt.date(1999, 5, 1), tick=False):
            today = run("export", "ics", *RECORD)
            assert run("export", "ics", *RECORD, "--today", "today") == today
        assert run("export", "ics", *RECORD, "--today", "1 May 1999") == today
        assert "for 1998 to 2008" in today.err


class TestProgress:
    def test_is_shown_on_a_terminal_for_several_files(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A terminal shows that a directory is being written, and then removes that line.
        """
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        base = ("--base-url", "https://example.org/")
        done = run("export", "site", *RECORD, *base, "-o", tmp_path / "site")
        assert (done.status, done.out) == (0, "")
        assert "Writing" in done.err
        done = run("export", "json", *RECORD, "-o", tmp_path / "x.json")
        assert done.err == f"Wrote {tmp_path / 'x.json'}.\n"


class TestPlugins:
    def test_offer_exporters_like_those_of_tjun(
        self, run: Run, shelf: Shelf, tmp_path: Path
    ) -> None:
        """
        An exporter of a plugin is a subcommand like the others.
        """
        shelf.add("good")
        assert run("export", "good") == (0, "made", "")
        file = tmp_path / "x.txt"
        assert run("export", "good", "-o", file) == (0, "", f"Wrote {file}.\n")
        assert "Made for a test." in run("export", "--help").out

    def test_can_be_left_out(self, run: Run, shelf: Shelf) -> None:
        """
        --no-plugins imports no plugin.
        """
        module = shelf.add("good")
        assert run("export", "good", "--no-plugins").status == 2
        assert "good" not in run("export", "--no-plugins", "--help").out
        listed = json.loads(run("plugins", "--no-plugins", "--format", "json").out)
        assert [row["name"] for row in listed] == ["tjun"]
        assert not shelf.imported(module)

    def test_can_be_interrupted(self, run: Run, shelf: Shelf) -> None:
        """
        Ctrl-C is reported in one line, with the status of a shell.
        """
        shelf.add("render-interrupted")
        done = run("export", "broken")
        assert one_message(done) == "interrupted; no file is left incomplete"
        assert done.status == 130
