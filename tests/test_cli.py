import datetime as dt
import io
import json
import logging
import os
import re
import signal
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import time_machine
from docstring_parser import parse
from fake_plugins import PLUGINS, Shelf, offering, options_source
from tjun.cli.reading import Choice, Reading

import tjun
from tjun import cli
from tjun.cli import exporting
from tjun.formats.ics import IcsOptions

TJUN = str(Path(sys.executable).with_name("tjun"))
OWN = Path(__file__).parent / "golden" / "record.toml"
YEARS = ("--first-year", "2027", "--last-year", "2036")
COMMANDS = (
    "upcoming on events show timeline missions disputes sources check schema new"
    " plugins export"
).split()
PRINTING = [
    ("upcoming", "--on", "2027-01-01"),
    ("sources",),
    ("timeline",),
    ("plugins", "--no-plugins"),
    ("events", "--json"),
    ("on", "03-02", "--json"),
    ("check", str(OWN)),
    ("schema",),
    ("export", "json"),
    ("export", "ics", *YEARS),
    ("--help",),
    ("--version",),
]


class Done(NamedTuple):
    status: object
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Run]:
    for name in ("TJUN_STRICT_PLUGINS", "TJUN_DISABLED_PLUGINS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "400")

    def in_this_process(*words: str | Path) -> Done:
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            cli.main([str(word) for word in words])
        return Done(left.value.code, *capsys.readouterr())

    yield in_this_process
    capsys.readouterr()


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    folder = tmp_path / "shelf"
    folder.mkdir()
    made = Shelf(str(folder), monkeypatch)
    yield made
    made.clear()


def surroundings(**more: str) -> dict[str, str]:
    """
    Return the environment of a child: that of a user's shell.
    """
    unwanted = ("PYTHONUNBUFFERED", "FORCE_COLOR", "NO_COLOR", "PYTHONIOENCODING")
    kept = {key: value for key, value in os.environ.items() if key not in unwanted}
    return {**kept, "COLUMNS": "80", **more}


def shell(line: str, **more: str) -> Done:
    """
    Run a line of shell in which `$tjun` is the command.
    """
    done = subprocess.run(
        ["/bin/sh", "-c", line],
        env=surroundings(tjun=TJUN, **more),
        capture_output=True,
        check=False,
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def said(text: str) -> str:
    """
    Return the words of a page of help, on one line and without its frames.
    """
    return " ".join(re.sub(r"[─│╭╮╰╯]", " ", text).split())


def documented(kind: type) -> list[tuple[str, str]]:
    """
    Return each flag that the fields of a class become, with what is said of it.
    """
    return [
        (
            f"--{each.arg_name.replace('_', '-')}",
            " ".join((each.description or "").replace("`", "").split()),
        )
        for each in parse(kind.__doc__ or "").params
    ]


def one_message(done: Done) -> str:
    """
    Return the one line on standard error that is all a failed command says.
    """
    assert done.out == ""
    (line,) = done.err.splitlines()
    assert line.startswith("tjun: ")
    return line.removeprefix("tjun: ")


class TestMain:
    def test_shows_help_without_words(self, run: Run) -> None:
        """
        Without words the command line lists its commands, and all is well.
        """
        done = run()
        assert (done.status, done.err) == (0, "")
        assert done.out == run("--help").out
        assert done.out.startswith("Usage: tjun COMMAND")

    def test_tells_its_version(self, run: Run) -> None:
        """
        The version is that of the library.
        """
        assert run("--version") == (0, f"{tjun.__version__}\n", "")

    def test_takes_the_words_of_the_process(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Where no words are given those of the process are meant.
        """
        monkeypatch.setattr(sys, "argv", ["tjun", "on", "02-30"])
        with pytest.raises(SystemExit) as left:
            cli.main()
        assert left.value.code == 2

    def test_leaves_the_log_as_it_was(self, run: Run) -> None:
        """
        The logger of the library has its level and its handlers back at the end.
        """
        log = logging.getLogger("tjun")
        before = (log.level, list(log.handlers))
        run("export", "ics", *YEARS)
        assert (log.level, list(log.handlers)) == before

    def test_leaves_even_where_something_is_left_running(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A thread that would never end is named, and the status is what it would be.
        """

        def leave(status: int) -> None:
            raise SystemExit(status)

        never = threading.Event()
        thread = threading.Thread(target=never.wait, name="lazybones")
        monkeypatch.setattr(os, "_exit", leave)

        def obey(*_: object) -> int:
            thread.start()
            return 2

        monkeypatch.setattr(cli, "_run", obey)
        try:
            done = run("on", "02-30")
        finally:
            never.set()
            thread.join()
        assert (done.status, done.out) == (2, "")
        told = "tjun: a plugin left running, and now ended: lazybones"
        assert done.err.splitlines()[-1] == told

    def test_is_interrupted_with_a_message(self, run: Run, shelf: Shelf) -> None:
        """
        An interruption is told in one line, and the status is that of a shell.
        """
        shelf.add("render-interrupted")
        done = run("export", "broken")
        assert one_message(done) == "interrupted; no file is left half written"
        assert done.status == 130


class TestWrongUsage:
    @pytest.mark.parametrize(
        ("line", "told"),
        [
            ("nothing-like-it", 'Unknown command "nothing-like-it". Available'),
            ("upcomming", 'Unknown command "upcomming". Did you mean "upcoming"?'),
            ("export icz", 'Unknown command "icz". Did you mean "ics"?'),
            ("export --output x", 'Unknown command "--output"'),
            ("events --disputd", "Did you mean --disputed?"),
            ("events more", "['more']"),
            ("events --kind war", 'Choose from: "membership", "resolution"'),
            ("events --language de", 'Choose from: "en", "ru", "tg"'),
            ("events --since", "--since"),
            ("upcoming --days soon", 'unable to convert "soon" into int'),
            ("upcoming --on 2027-02-30", 'unable to convert "2027-02-30" into date'),
            ("upcoming --on 2027", 'unable to convert "2027" into date'),
            ("on", "parameter DAY requires an argument"),
            ("show", "parameter ID requires an argument"),
            ("export json --every 5", "Unknown option: --every"),
            (
                "export ics --every often",
                "--every: expected a whole number, got 'often'",
            ),
            ("export ics --month-dates some", "month, first-day, skip, got 'some'"),
            ("export ics --leap-day feb30", "feb28, mar1, skip, got 'feb30'"),
            ("export ics --no-every 5", "Unknown option: --no-every"),
        ],
    )
    def test_is_told_with_the_remedy(self, run: Run, line: str, told: str) -> None:
        """
        What the arguments say wrongly is told on standard error, with status 2.
        """
        done = run(*line.split())
        assert (done.status, done.out) == (2, "")
        assert told in said(done.err)

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            ("on 3", "expected a month and a day as 03-02, got '3'"),
            ("on 3-2", "expected a month and a day as 03-02, got '3-2'"),
            ("on 0302", "expected a month and a day as 03-02, got '0302'"),
            ("on 02-30", "expected a month and a day as 03-02, got '02-30'"),
            ("on 13-01", "expected a month and a day as 03-02, got '13-01'"),
            ("on 2027-03-02", "a month and a day as 03-02, got '2027-03-02'"),
            ("upcoming --days -1", "expected a number of days from 0, got -1"),
            (
                "upcoming --days 36526",
                "a hundred years (a calendar takes more), got 36526",
            ),
            ("events --since soon", "YYYY-MM-DD, YYYY-MM or YYYY, got 'soon'"),
            ("events --until 2000-13", "expected a month from 1 to 12, got 13"),
            ("check", "expected at least one file to check, got none"),
            ("export ics --first-year 0", "a first-year from 1 to 9998, got 0"),
            ("export ics --last-year 9999", "a last-year from 1 to 9998, got 9999"),
            (
                "export ics --first-year 2030 --last-year 2020",
                "expected a last-year from 2030, the first-year, got 2020",
            ),
            ("export ics --every 0", "expected every to be at least 1, got 0"),
            ("export ics --alarm-days -1", "alarm-days to be at least 0, got -1"),
            ("export ics --feed-url x", "expected an http or https address, got 'x'"),
        ],
    )
    def test_of_a_value_is_one_line(self, run: Run, words: str, told: str) -> None:
        """
        A value that makes no sense is told in one line, with status 2.
        """
        done = run(*words.split())
        assert one_message(done).endswith(told)
        assert done.status == 2

    def test_of_a_blank_name(self, run: Run) -> None:
        """
        A calendar is not called by a blank name.
        """
        done = run("export", "ics", "--name", " ")
        assert done.status == 2
        assert one_message(done).startswith("Exporter 'ics': --name: ")


class TestFailure:
    @pytest.mark.parametrize(
        ("line", "told"),
        [
            (
                "show unmot-opend",
                "There is no event 'unmot-opend'; did you mean 'unmot-opened', ",
            ),
            (
                "show qqqqqqqq",
                "There is no event 'qqqqqqqq'; no event has a similar id.",
            ),
            ("events --area watr", "There is no area 'watr'; did you mean 'water'?"),
            ("upcoming --mission unmo", "There is no mission 'unmo'; did you mean "),
            ("export ics --area watr", "There is no area 'watr'; did you mean 'water'"),
            (
                "events --according-to artcle",
                "There is no source or kind of source 'artcle'; did you mean 'article'",
            ),
            (
                "missions --according-to qqqq",
                "There is no source or kind of source 'qqqq'; no source or kind of",
            ),
            (
                "events --record no-such.toml",
                "no-such.toml: cannot be read: No such file or directory",
            ),
            (
                "events --record mine.yaml",
                "mine.yaml: expected a file that ends in .toml or .json",
            ),
            (
                "export json -o no-such/x.json",
                "Exporter 'json': cannot write 'no-such/x.json': No such file or dir",
            ),
            ("export json -o .", "Exporter 'json': cannot write '.': it is a folder"),
        ],
    )
    def test_is_one_message(
        self,
        run: Run,
        line: str,
        told: str,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """
        What cannot be done is told in one line with the remedy, and status 1.
        """
        monkeypatch.chdir(tmp_path)
        done = run(*line.split())
        assert one_message(done).startswith(told)
        assert done.status == 1

    def test_shows_a_record_s_texts_as_text(self, run: Run, tmp_path: Path) -> None:
        """
        What a broken record calls itself is no command to the terminal.
        """
        broken = tmp_path / "broken.json"
        row = {"id": "\x1b[2J\u202e", "date": 5}
        key = "\x1b[31m\x9b1m\u2028red"
        broken.write_text(json.dumps({"format": 1, "events": [row], key: 1}))
        done = run("check", broken)
        assert done.status == 1
        assert "red: this key is unknown" in done.err
        assert not set(done.err) & set("\x1b\x9b\u202e\u2028\r")


class TestHelp:
    def test_lists_every_command(self, run: Run) -> None:
        """
        The help lists every command with a sentence about it.
        """
        out = run("--help").out
        for command in COMMANDS:
            assert re.search(rf"^│ {command} +[A-Z].+\. +│$", out, re.MULTILINE)

    @pytest.mark.parametrize("command", COMMANDS)
    def test_of_a_command_says_the_same_sentence(self, run: Run, command: str) -> None:
        """
        A command's own help begins with its use and what it is for.
        """
        done = run(command, "--help")
        listed = re.search(rf"^│ {command} +(.+?) +│$", run("--help").out, re.MULTILINE)
        assert (done.status, done.err) == (0, "")
        assert listed is not None
        assert re.match(rf"Usage: tjun {command}\b", done.out)
        assert listed[1] in done.out

    @pytest.mark.parametrize(
        ("command", "kinds"),
        [
            ("upcoming", (Choice, Reading)),
            ("on", (Reading,)),
            ("events", (Choice, Reading)),
            ("show", (Reading,)),
            ("timeline", (Choice, Reading)),
            ("missions", (Reading,)),
            ("disputes", (Reading,)),
            ("sources", (Reading,)),
            ("export json", (Choice, Reading)),
            ("export markdown", (Choice, Reading)),
            ("export ics", (Choice, Reading, IcsOptions)),
        ],
    )
    def test_names_every_option_with_its_words(
        self, run: Run, command: str, kinds: tuple[type, ...]
    ) -> None:
        """
        Each field of the classes that a command reads is a flag with the field's words.
        """
        out = said(run(*command.split(), "--help").out)
        flags = [pair for kind in kinds for pair in documented(kind)]
        assert len(flags) == sum(len(kind.__attrs_attrs__) for kind in kinds)
        for flag, words in flags:
            assert re.search(rf"{flag} (?:[A-Z]+(?:\.\.\.)? )?{re.escape(words)}", out)

    @pytest.mark.parametrize(
        ("command", "flag", "words"),
        [
            (
                "upcoming",
                "--days INT",
                "How many days to look ahead, up to a hundred years. [default: 365]",
            ),
            ("upcoming", "--on DATE", "The day to look from; today where not given."),
            ("events", "--json", "Print JSON."),
            ("new record", "* FILE", "The file to write, as mine.toml; one that is"),
            ("plugins new", "--folder PATH", "The folder to make; tjun-NAME here"),
            ("timeline", "--json", "Print JSON."),
            ("on", "* DAY", "Month and day, as 03-02. [required]"),
            ("show", "* ID", "The event's id, as tjun events lists it. [required]"),
            ("check", "--no-bundled", "Do not let them refer to entries of the"),
            ("plugins", "--strict-plugins", "A plugin that cannot be used is an"),
            ("plugins", "--no-plugins", "Leave out all but the built-in one."),
            ("plugins", "--language CHOICE", "The language of the labels."),
            ("export ics", "--output -o PATH", "The file to write (.ics); without it"),
            ("export json", "--output -o PATH", "The file to write (.json); without"),
            ("export ics", "--strict-plugins", "Treat a plugin that cannot be used as"),
            ("export ics", "--no-plugins", "Use only the built-in exporters."),
            ("export ics", "--most-mb FLOAT", "Stop, and write nothing, if there"),
        ],
    )
    def test_names_a_command_s_own_options(
        self, run: Run, command: str, flag: str, words: str
    ) -> None:
        """
        The options that one command alone has are in its help, too.
        """
        assert f"{flag} {words}" in said(run(*command.split(), "--help").out)

    def test_of_export_lists_the_exporters(self, run: Run) -> None:
        """
        The help of export lists each exporter with its summary.
        """
        done = run("export", "--help")
        assert done.out == run("export").out
        for exporter in tjun.exporters():
            assert f"{exporter.name} {exporter.summary}" in said(done.out)

    @pytest.mark.parametrize("columns", [80, 140])
    @pytest.mark.parametrize("command", ["", *COMMANDS, "export ics"])
    def test_fits_the_width(
        self, run: Run, monkeypatch: pytest.MonkeyPatch, command: str, columns: int
    ) -> None:
        """
        No line of help is longer than the terminal is wide.
        """
        monkeypatch.setenv("COLUMNS", str(columns))
        out = run(*command.split(), "--help").out
        assert max(map(len, out.splitlines())) <= columns


class TestExport:
    def test_goes_to_standard_output(self, run: Run, un: tjun.Chronology) -> None:
        """
        Standard output has the octets that the library makes, and nothing else.
        """
        done = run("export", "ics", *YEARS)
        made = tjun.export(un, "ics", first_year=2027, last_year=2036)
        assert (done.status, done.out.encode()) == (0, made)

    def test_tells_notes_on_standard_error(self, run: Run, tmp_path: Path) -> None:
        """
        What an exporter has to say comes when all is done, on standard error.
        """
        done = run("export", "ics", "--record", OWN, "--no-bundled", *YEARS)
        assert done.err == (
            "71 entries for the years 2027 to 2036.\n"
            "Left out, known only to the year: year-of-lakes.\n"
        )
        file = tmp_path / "x.ics"
        told = run("export", "ics", "--record", OWN, "--no-bundled", *YEARS, "-o", file)
        assert told.err.startswith(done.err)
        assert len(told.err.splitlines()) == 3

    def test_goes_to_a_file(
        self, run: Run, un: tjun.Chronology, tmp_path: Path
    ) -> None:
        """
        A file gets the octets, and what is to be done with it is told.
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

    def test_gives_no_advice_on_other_formats(self, run: Run, tmp_path: Path) -> None:
        """
        Only of a calendar is it told how to subscribe to it.
        """
        file = tmp_path / "record.json"
        assert run("export", "json", "-o", file) == (0, "", f"Wrote {file}.\n")

    def test_says_when_nothing_changed(self, run: Run, tmp_path: Path) -> None:
        """
        A file that would be the same is left alone, and that is told.
        """
        file = tmp_path / "record.json"
        run("export", "json", "-o", file)
        os.utime(file, (0, 0))
        done = run("export", "json", "-o", file)
        assert done == (0, "", f"{file} is the same as before.\n")
        assert file.stat().st_mtime == 0

    def test_is_whole_or_not_at_all(
        self, run: Run, shelf: Shelf, tmp_path: Path
    ) -> None:
        """
        An exporter that fails half way leaves the old file, and nothing beside it.
        """
        shelf.add("render-raises-in-the-middle")
        folder = tmp_path / "folder"
        folder.mkdir()
        file = folder / "old.txt"
        file.write_text("old")
        done = run("export", "broken", "-o", file)
        assert done.status == 1
        assert one_message(done) == (
            "Exporter 'broken' (plugin 'plugin' of tjun-made 1.2): RuntimeError: no ink"
        )
        assert [file.read_text(), *folder.iterdir()] == ["old", file]

    def test_prints_nothing_of_half_an_export(self, run: Run, shelf: Shelf) -> None:
        """
        An exporter that fails half way prints nothing.
        """
        shelf.add("render-raises-in-the-middle")
        done = run("export", "broken")
        assert done.status == 1
        assert one_message(done).endswith("RuntimeError: no ink")

    def test_is_bounded_on_request(self, run: Run, tmp_path: Path) -> None:
        """
        An export that comes to more megabytes than are wanted is given up.
        """
        file = tmp_path / "x.json"
        words = ("export", "json", "--record", OWN, "--no-bundled", "-o", file)
        done = run(*words, "--most-mb", "0.001")
        assert done.status == 1
        told = "Exporter 'json': it yields more than the 1,000 bytes allowed"
        assert one_message(done) == told
        assert not file.exists()
        assert run(*words, "--most-mb", "1").status == 0

    @pytest.mark.parametrize("code", ["3", "'bye'", "0", ""])
    def test_is_not_left_by_an_exporter(
        self, run: Run, shelf: Shelf, code: str
    ) -> None:
        """
        An exporter that tries to leave the process has failed like any other.
        """
        shelf.add(
            PLUGINS["render-exits"].replace("SystemExit(3)", f"SystemExit({code})")
        )
        done = run("export", "broken")
        assert done.status == 1
        assert one_message(done).startswith("Exporter 'broken' (plugin 'plugin' of ")

    @pytest.mark.parametrize(
        ("flags", "criteria"),
        [
            ("--area water", {"area": "water"}),
            ("--area water --area environment", {"area": ["water", "environment"]}),
            ("--kind visit", {"kind": "visit"}),
            ("--kind visit --kind office", {"kind": ["visit", "office"]}),
            ("--mission unmot", {"mission": "unmot"}),
            ("--mission unmot --mission untop", {"mission": ["unmot", "untop"]}),
            ("--since 2000-05", {"since": "2000-05"}),
            ("--until 1993-02-01", {"until": "1993-02-01"}),
            ("--since 2000 --until 2007", {"since": "2000", "until": "2007"}),
            ("--text glaciers", {"text": "glaciers"}),
            ("--disputed", {"disputed": True}),
            ("--text qqqq", {"text": "qqqq"}),
            (
                "--area water --kind conference --since 2018",
                {"area": "water", "kind": "conference", "since": 2018},
            ),
        ],
    )
    def test_takes_what_is_asked_for(
        self, run: Run, un: tjun.Chronology, flags: str, criteria: dict[str, object]
    ) -> None:
        """
        Each filter narrows the export as `where()` narrows the events.
        """
        chosen = un.events.where(**criteria)  # type: ignore[arg-type]  # A table.
        assert chosen != un.events
        done = run("export", "json", *flags.split())
        assert done == (0, tjun.export(un.select(chosen), "json").decode(), "")
        listed = json.loads(run("events", "--json", *flags.split()).out)
        assert [row["id"] for row in listed] == list(chosen.ids)

    @pytest.mark.parametrize(
        "voices", [["article"], ["un"], ["un", "government"], ["unmot-page", "press"]]
    )
    def test_takes_some_sources_at_their_word(
        self, run: Run, un: tjun.Chronology, voices: list[str]
    ) -> None:
        """
        The record is told as the sources named tell it.
        """
        voices = [v if v != "unmot-page" else un.sources[0].id for v in voices]
        flags = [word for voice in voices for word in ("--according-to", voice)]
        done = run("export", "json", *flags)
        assert done == (0, tjun.export(un.according_to(*voices), "json").decode(), "")

    @pytest.mark.parametrize("language", ["en", "ru", "tg"])
    def test_speaks_the_language(
        self, run: Run, un: tjun.Chronology, language: str
    ) -> None:
        """
        An export is in the language asked for.
        """
        done = run("export", "markdown", "--language", language)
        made = tjun.export(un, "markdown", language=language)
        assert done == (0, made.decode(), "")

    def test_counts_from_today(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        A calendar without years is counted from the day on which it is made.
        """
        moment = dt.datetime(1999, 5, 1, 12, tzinfo=dt.UTC)
        with time_machine.travel(moment, tick=False):
            made = run("export", "ics", "--record", OWN, "--no-bundled")
        given = run(
            *("export", "ics", "--record", OWN, "--no-bundled"),
            *("--today", "1999-05-01"),
        )
        assert made == given
        years = re.findall(r"DTSTART;VALUE=DATE:(\d{4})", made.out)
        assert min(years) >= "1998"
        assert max(years) <= "2009"

    def test_of_an_own_record_stands_alone_or_beside(
        self, run: Run, un: tjun.Chronology
    ) -> None:
        """
        A record of one's own comes on top of the bundled one, or alone.
        """
        own = tjun.load(OWN)
        alone = run("export", "json", "--record", OWN, "--no-bundled")
        assert alone.out == tjun.export(own, "json").decode()
        both = run("export", "json", "--record", OWN)
        assert both.status == 1
        assert "memberships[0].id (un): this id is taken by the bundled" in both.err

    def test_of_several_own_records(self, run: Run, tmp_path: Path) -> None:
        """
        Records that refer to each other and to the bundled one are read together.
        """
        first, second = parts(tmp_path)
        done = run("events", "--record", first, "--record", second, "--json")
        ids = [row["id"] for row in json.loads(done.out)]
        assert ids == list(tjun.load(first, second, bundled=True).events.ids)
        assert "my-event" in ids

    def test_of_no_record_at_all(self, run: Run) -> None:
        """
        Without any record there is nothing to list, and that is no error.
        """
        assert run("events", "--no-bundled") == (0, "Nothing found.\n", "")

    def test_of_nothing_is_a_whole_file(self, run: Run) -> None:
        """
        An export of no events is still a record that can be read.
        """
        done = run("export", "json", "--no-bundled")
        assert done.status == 0
        assert tjun.loads(done.out, "json") == tjun.Chronology()


def parts(folder: Path) -> tuple[Path, Path]:
    """
    Write two records that belong together, and to the bundled one.
    """
    first, second = folder / "first.toml", folder / "second.toml"
    first.write_text(
        'format = 1\n[[sources]]\nid = "my-book"\ntitle = "A book"\npublisher = "I"\n'
    )
    second.write_text(
        'format = 1\n[[events]]\nid = "my-event"\ntitle = "It began"\ndate = "2001"\n'
        'areas = ["water"]\ncitations = [{ source = "my-book" }]\n'
    )
    return first, second


class TestSignOfLife:
    @pytest.fixture
    def on_a_terminal(
        self, run: Run, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
    ) -> Callable[..., Done]:
        shelf.add(offering("long", "for _ in range(5):\n    yield b'1234' * 10**6"))
        render = "yield b'1'\nyield b'2'\nraise RuntimeError('no ink')"
        shelf.add(offering("late", render), name="late", distribution="tjun-late")
        monkeypatch.setattr(exporting, "_CHUNKS_A_LOOK", 2)

        def export(name: str, long: float, term: str = "xterm") -> Done:
            monkeypatch.setenv("TERM", term)
            monkeypatch.setattr(exporting, "_LONG", long)
            monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
            return run("export", name)

        return export

    def test_is_shown_where_it_takes_long(
        self, on_a_terminal: Callable[..., Done]
    ) -> None:
        """
        On a terminal a long export shows how much there is so far, and takes it back.
        """
        done = on_a_terminal("long", -1.0)
        assert (done.status, len(done.out)) == (0, 20 * 10**6)
        assert "4 chunks, 16.0 MB" in done.err
        assert done.err.endswith("\x1b[2K")

    @pytest.mark.parametrize("term", ["xterm", "dumb"])
    def test_is_not_shown_where_it_does_not(
        self, on_a_terminal: Callable[..., Done], term: str
    ) -> None:
        """
        A short export shows nothing of the sort, on no terminal.
        """
        done = on_a_terminal("long", 10.0**9, term)
        assert (done.status, len(done.out), done.err) == (0, 20 * 10**6, "")

    def test_is_taken_back_where_it_fails(
        self, on_a_terminal: Callable[..., Done]
    ) -> None:
        """
        Where a long export fails in the end, its message stands on its own line.
        """
        done = on_a_terminal("late", -1.0)
        assert (done.status, done.out) == (1, "")
        assert "2 chunks, 0.0 MB" in done.err
        assert done.err.split("\x1b[2K")[-1] == (
            "tjun: Exporter 'late' (plugin 'late' of tjun-late 1.2):"
            " RuntimeError: no ink\n"
        )


class TestNew:
    def test_record_is_one_to_start_from(self, run: Run, tmp_path: Path) -> None:
        """
        A new record is good, and what to do with it is told.
        """
        file = tmp_path / "deep" / "mine.toml"
        done = run("new", "record", file)
        told = f"Wrote {file}. Edit it, then run: tjun check {file}\n"
        assert done == (0, told, "")
        checked = run("check", file)
        assert (checked.status, checked.err) == (0, "")
        assert "example-reading-room" in run("events", "--record", file).out

    def test_record_takes_no_other_s_place(self, run: Run, tmp_path: Path) -> None:
        """
        A file that is there stays as it is.
        """
        file = tmp_path / "mine.toml"
        file.write_text("mine")
        done = run("new", "record", file)
        told = f"{file} is there already; it was left as it is"
        assert (done.status, one_message(done)) == (1, told)
        assert file.read_text() == "mine"

    def test_record_is_toml(self, run: Run, tmp_path: Path) -> None:
        """
        A name that does not end in .toml is refused.
        """
        file = tmp_path / "mine.json"
        done = run("new", "record", file)
        told = f"expected a name that ends in .toml, got '{file}'"
        assert (done.status, one_message(done)) == (2, told)
        assert not file.exists()

    def test_record_that_cannot_be_written(self, run: Run, tmp_path: Path) -> None:
        """
        Where no file can be, that is told.
        """
        (tmp_path / "no-folder").write_text("")
        file = tmp_path / "no-folder" / "deep" / "mine.toml"
        done = run("new", "record", file)
        assert done.status == 1
        told = one_message(done)
        assert told.startswith(f"cannot write {tmp_path / 'no-folder'}")
        assert told.endswith(": Not a directory")

    def test_plugin_is_one_to_start_from(
        self, run: Run, shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A new plugin works as it is, and how to install it is told.
        """
        monkeypatch.chdir(tmp_path)
        done = run("plugins", "new", "my-lines")
        assert (done.status, done.err) == (0, "")
        assert done.out.splitlines() == [
            "Wrote tjun-my-lines. Install and test it with:",
            "  pip install --editable 'tjun-my-lines[testing]'",
            "  python -m pytest tjun-my-lines",
        ]
        made = tmp_path / "tjun-my-lines"
        files = {str(f.relative_to(made)) for f in made.rglob("*") if f.is_file()}
        assert files == {
            "pyproject.toml",
            "README.md",
            "src/tjun_my_lines/__init__.py",
            "tests/test_tjun_my_lines.py",
        }
        project = tomllib.loads((made / "pyproject.toml").read_text())["project"]
        assert project["entry-points"]["tjun"] == {"my-lines": "tjun_my_lines"}
        shelf.add((made / "src" / "tjun_my_lines" / "__init__.py").read_text())
        exported = run("export", "my-lines")
        assert (exported.status, exported.err) == (0, "")
        assert exported.out

    def test_plugin_goes_where_it_is_wanted(self, run: Run, tmp_path: Path) -> None:
        """
        The folder of a new plugin may be named, and is not taken twice.
        """
        folder = tmp_path / "a" / "b"
        assert run("plugins", "new", "csv", "--folder", folder).status == 0
        assert (folder / "src" / "tjun_csv" / "__init__.py").is_file()
        done = run("plugins", "new", "csv", "--folder", folder)
        told = f"{folder} is there already; name another --folder"
        assert (done.status, one_message(done)) == (1, told)

    @pytest.mark.parametrize("name", ["CSV", "1st", "a--b", "a_b", "../x", "-a"])
    def test_plugin_has_a_name_to_type(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        """
        A name that could not be typed or imported is refused.
        """
        monkeypatch.chdir(tmp_path)
        done = run("plugins", "new", "--", name)
        told = (
            f"expected a name of lower-case letters, digits and hyphens, got {name!r}"
        )
        assert (done.status, one_message(done)) == (2, told)
        assert not any(tmp_path.iterdir())


class TestSchema:
    def test_is_printed(self, run: Run) -> None:
        """
        The schema that is printed is the one that comes with the package.
        """
        done = run("schema")
        file = Path(tjun.__file__).with_name("data") / "record.schema.json"
        assert done == (0, file.read_text(), "")
        assert json.loads(done.out)["$schema"].startswith("https://json-schema.org/")


class TestCheck:
    def test_counts_what_is_good(self, run: Run) -> None:
        """
        Of a good record it is told how much is in it.
        """
        counted = "2 areas, 4 sources, 10 events, 2 missions, 1 membership"
        assert run("check", OWN) == (0, f"Good: {counted}.\n", "")

    def test_passes_what_tjun_itself_exports(self, run: Run, tmp_path: Path) -> None:
        """
        An export of the bundled record is good, although the bundled one has its ids.
        """
        file = tmp_path / "all.json"
        run("export", "json", "-o", file)
        done = run("check", file)
        assert (done.status, done.err) == (0, "")
        assert f" {len(tjun.load().events)} events, " in done.out
        assert done.out.endswith(" memberships.\n")

    def test_takes_files_that_belong_together(self, run: Run, tmp_path: Path) -> None:
        """
        Files may refer to each other's entries and to those of the bundled record.
        """
        done = run("check", *parts(tmp_path))
        assert (done.status, done.err) == (0, "")
        assert f" {len(tjun.load().events) + 1} events, " in done.out
        assert done.out.endswith(" memberships, with the bundled record.\n")

    def test_leaves_the_bundled_record_out(self, run: Run, tmp_path: Path) -> None:
        """
        Where the bundled record is left out, what is only there is missing.
        """
        _, second = files = parts(tmp_path)
        done = run("check", "--no-bundled", *files)
        assert done.status == 1
        assert one_message(done) == (
            f"{second}: events[0].areas[0] (my-event):"
            " there is no area 'water' in the record; none is like it"
        )

    def test_tells_every_fault_with_its_place(self, run: Run, tmp_path: Path) -> None:
        """
        All faults are told at once, each on its line with file, place and id.
        """
        _, second = parts(tmp_path)
        second.write_text(
            second.read_text().replace('"2001"', '"soon"').replace("water", "watr")
        )
        done = run("check", second, OWN)
        assert (done.status, done.out) == (1, "")
        date, area, source = done.err.splitlines()[1:]
        assert done.err.startswith("tjun: 3 errors:\n")
        assert date == (
            f"  {second}: events[0].date (my-event):"
            " expected a date as YYYY-MM-DD, YYYY-MM or YYYY, got 'soon'"
        )
        assert area == (
            f"  {second}: events[0].areas[0] (my-event):"
            " there is no area 'watr' in the record; none is like it"
        )
        assert source == (
            f"  {second}: events[0].citations[0].source (my-event):"
            " there is no source 'my-book' in the record; none is like it"
        )

    def test_tells_only_what_has_to_be_mended(self, run: Run, tmp_path: Path) -> None:
        """
        What the bundled record would explain, or make twofold, is no fault.
        """
        file = tmp_path / "all.json"
        made = json.loads(tjun.export(tjun.load(), "json"))
        made["events"][0]["date"] = "soon"
        file.write_text(json.dumps(made))
        told = one_message(run("check", file))
        assert told.startswith(f"{file}: events[0].date ({made['events'][0]['id']}): ")
        first, second = parts(tmp_path)
        second.write_text(second.read_text().replace('"2001"', '"soon"'))
        told = one_message(run("check", first, second))
        assert told.startswith(f"{second}: events[0].date (my-event): ")

    def test_tells_of_a_file_that_is_none(self, run: Run, tmp_path: Path) -> None:
        """
        A file that cannot be read is a fault like any other.
        """
        file = tmp_path / "no.toml"
        done = run("check", file)
        assert done.status == 1
        assert one_message(done) == f"{file}: cannot be read: No such file or directory"


class TestPlugins:
    def test_exports_with_a_stranger_s_exporter(
        self, run: Run, shelf: Shelf, tmp_path: Path
    ) -> None:
        """
        An exporter that a plugin offers is there like those that are built in.
        """
        shelf.add("good")
        assert run("export", "good") == (0, "made", "")
        file = tmp_path / "x.txt"
        assert run("export", "good", "-o", file) == (0, "", f"Wrote {file}.\n")
        assert "good Made for a test." in said(run("export", "--help").out)

    def test_turns_options_into_flags_with_help(self, run: Run, shelf: Shelf) -> None:
        """
        The fields of a plugin's options are flags, with their words for help.
        """
        shelf.add(
            options_source(
                '"""\nHow to write.\n\nAttributes:\n'
                "    line_length: Columns of a line.\n\n"
                '    loud: Shout.\n"""\n\n'
                "line_length: int = 72\nloud: bool = False\ncolour: str | None = None"
            )
        )
        help_ = said(run("export", "opted", "--help").out)
        assert "--line-length INT Columns of a line. [default: 72]" in help_
        assert "Shout." in help_
        assert "--colour STR" in help_
        assert run("export", "opted").out == (
            "Options(line_length=72, loud=False, colour=None)"
        )
        flags = ("--line-length", "9", "--loud", "--colour", "red")
        assert run("export", "opted", *flags).out == (
            "Options(line_length=9, loud=True, colour='red')"
        )
        wrong = run("export", "opted", "--line-length", "wide")
        assert (wrong.status, wrong.out) == (2, "")
        assert "--line-length: expected a whole number, got 'wide'" in said(wrong.err)

    def test_refuses_a_value_that_the_options_refuse(
        self, run: Run, shelf: Shelf
    ) -> None:
        """
        What a validator of a plugin's options refuses is wrong usage.
        """
        field = "size: int = attrs.field(default=1, validator=attrs.validators.ge(1))"
        shelf.add(options_source(field))
        done = run("export", "opted", "--size", "0")
        assert done.status == 2
        assert one_message(done) == (
            "Exporter 'opted' (plugin 'plugin' of tjun-made 1.2):"
            " --size must be >= 1: 0"
        )

    def test_warns_of_one_that_fails(self, run: Run, shelf: Shelf) -> None:
        """
        A plugin that cannot be used is told of, and harms no other.
        """
        shelf.add("good", name="well")
        shelf.add("raises-in-hook", name="sick", distribution="tjun-sick")
        done = run("export", "good")
        assert (done.status, done.out) == (0, "made")
        assert done.err == (
            "Plugin 'sick' of tjun-sick 1.2 cannot be used:"
            " RuntimeError: out of paper\n"
        )

    @pytest.mark.parametrize(
        "field",
        [
            "size: int = attrs.field(default=0, validator=attrs.validators.ge(1))",
            "size: int = attrs.field(factory=lambda: 1 // 0)",
            "size: 'NoSuchName' = 1",
        ],
    )
    def test_survives_options_that_nobody_can_make(
        self, run: Run, shelf: Shelf, field: str
    ) -> None:
        """
        A plugin whose options cannot be made or read is one that cannot be used.
        """
        shelf.add("good", name="well")
        shelf.add(options_source(field), name="sick", distribution="tjun-sick")
        done = run("export", "good")
        assert (done.status, done.out) == (0, "made")
        told = "Plugin 'sick' of tjun-sick 1.2 cannot offer the exporter 'opted': "
        assert done.err.startswith(told)
        assert run("export", "--help").err.startswith(told)
        failed = run("export", "opted")
        assert failed.status == 1
        assert "The exporter 'opted' is offered by tjun-sick 1.2, but " in failed.err

    def test_are_not_asked_for_what_is_built_in(self, run: Run, shelf: Shelf) -> None:
        """
        An export in a built-in format imports no stranger's code.
        """
        module = shelf.add("cannot-be-imported")
        good = shelf.add("good", name="other", distribution="tjun-other")
        done = run("export", "json")
        assert (done.status, done.err) == (0, "")
        assert not shelf.imported(module)
        assert not shelf.imported(good)

    def test_are_an_error_where_strict(
        self, run: Run, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Where it is asked to be strict, a plugin that cannot be used is an error.
        """
        shelf.add("raises-in-hook", name="sick", distribution="tjun-sick")
        told = (
            "Plugin 'sick' of tjun-sick 1.2 cannot be used: RuntimeError: out of paper"
        )
        for words in (["export", "ics"], ["plugins"]):
            done = run(*words, "--strict-plugins")
            assert (done.status, one_message(done)) == (1, told)
        monkeypatch.setenv("TJUN_STRICT_PLUGINS", "1")
        done = run("plugins")
        assert (done.status, one_message(done)) == (1, told)

    def test_are_left_out_on_request(self, run: Run, shelf: Shelf) -> None:
        """
        Without plugins a stranger's exporter is not there, nor imported.
        """
        module = shelf.add("good")
        done = run("export", "good", "--no-plugins")
        assert (done.status, done.out) == (2, "")
        assert 'Unknown command "good"' in done.err
        assert "good" not in run("export", "--no-plugins", "--help").out
        listed = json.loads(run("plugins", "--no-plugins", "--json").out)
        assert [row["name"] for row in listed] == ["tjun"]
        assert not shelf.imported(module)

    def test_are_disabled_by_the_environment(
        self, run: Run, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A plugin that the environment disables is not there, nor imported.
        """
        module = shelf.add("good")
        monkeypatch.setenv("TJUN_DISABLED_PLUGINS", "another, plugin")
        done = run("export", "plugin")
        assert done.status == 1
        assert "is disabled (see TJUN_DISABLED_PLUGINS)" in done.err
        listed = json.loads(run("plugins", "--json").out)
        assert [row["name"] for row in listed] == ["tjun", "another"]
        assert not shelf.imported(module)


class TestProcess:
    @pytest.mark.parametrize("command", ["export ics", "sources"])
    def test_ends_quietly_when_the_reader_has_seen_enough(self, command: str) -> None:
        """
        Where the reader takes the first line only, nobody complains.
        """
        done = shell(f'{{ "$tjun" {command}; echo "status $?" >&2; }} | head -1')
        assert (done.status, done.err) == (0, "status 0\n")
        assert len(done.out.splitlines()) == 1

    @pytest.mark.parametrize("words", PRINTING, ids=" ".join)
    def test_ends_quietly_without_a_reader(self, words: tuple[str, ...]) -> None:
        """
        Where nobody reads at all, every command ends with status 0 and no word.
        """
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run(
            [TJUN, *words],
            stdout=writer,
            stderr=subprocess.PIPE,
            env=surroundings(),
            check=False,
        )
        os.close(writer)
        assert (done.returncode, done.stderr) == (0, b"")

    @pytest.mark.parametrize("words", PRINTING, ids=" ".join)
    def test_says_once_that_the_disk_is_full(self, words: tuple[str, ...]) -> None:
        """
        Output that cannot be written is one message, and nothing after it.
        """
        with open("/dev/full", "wb") as full:
            done = subprocess.run(
                [TJUN, *words],
                stdout=full,
                stderr=subprocess.PIPE,
                env=surroundings(),
                check=False,
            )
        assert done.stderr == (
            b"tjun: cannot write the output: No space left on device\n"
        )
        assert done.returncode == 1

    @pytest.mark.parametrize(
        "line", ["events", "on 03-02 --json", "export json", "check $OWN", "--help"]
    )
    def test_says_that_standard_output_is_closed(self, line: str) -> None:
        """
        Where there is no standard output to write to, that is the message.
        """
        done = shell(f'"$tjun" {line} >&-', OWN=str(OWN))
        assert done.status == 1
        assert one_message(done).startswith("cannot write the output: ")

    def test_writes_a_file_without_standard_output(self, tmp_path: Path) -> None:
        """
        An export to a file needs no standard output.
        """
        file = tmp_path / "x.json"
        done = shell('"$tjun" export json -o "$file" >&-', file=str(file))
        assert done == (0, "", f"Wrote {file}.\n")
        assert file.read_bytes() == tjun.export(tjun.load(), "json")

    def test_writes_a_file_without_standard_error(self, tmp_path: Path) -> None:
        """
        Where nobody hears what is told, an export is still made.
        """
        file = tmp_path / "x.json"
        done = shell('"$tjun" export json -o "$file" 2>&-', file=str(file))
        assert done == (0, "", "")
        assert file.read_bytes() == tjun.export(tjun.load(), "json")
        assert shell('"$tjun" on 02-30 2>&-') == (2, "", "")

    def test_says_that_the_terminal_has_not_the_letters(self) -> None:
        """
        Letters that the output's encoding lacks are no wrong usage.
        """
        line = '"$tjun" on 03-02 --language tg'
        done = shell(line, PYTHONIOENCODING="latin-1")
        assert done.status == 1
        told = one_message(done)
        assert told.startswith("cannot write the output: ")
        assert "PYTHONIOENCODING=utf-8" in told

    def test_does_not_wait_for_what_a_plugin_left_running(self, shelf: Shelf) -> None:
        """
        A thread that a plugin never ends is named, and does not hold the export up.
        """
        render = (
            "import threading\n"
            "never = threading.Event()\n"
            "threading.Thread(target=never.wait, name='lazybones').start()\n"
            "yield b'made'"
        )
        shelf.add(offering("slow", render))
        done = shell('"$tjun" export slow', PYTHONPATH=shelf.folder)
        told = "tjun: a plugin left running, and now ended: lazybones\n"
        assert done == (0, "made", told)

    def test_leaves_no_file_when_interrupted(self, tmp_path: Path) -> None:
        """
        Ctrl-C in the midst of an export leaves one line, and no file at all.
        """
        words = ["export", "ics", "--first-year", "1", "--last-year", "9998"]
        child = subprocess.Popen(
            [TJUN, *words, "-o", str(tmp_path / "x.ics")],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=surroundings(),
            preexec_fn=heed_interruption,  # noqa: PLW1509  # No threads here.
        )
        while not any(tmp_path.iterdir()):
            assert child.poll() is None
            time.sleep(0.01)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate()
        assert err == b"tjun: interrupted; no file is left half written\n"
        assert (child.returncode, out) == (130, b"")
        assert not any(tmp_path.iterdir())

    @pytest.mark.parametrize("words", PRINTING, ids=" ".join)
    def test_puts_no_escape_sequence_into_a_pipe(
        self, run: Run, words: tuple[str, ...]
    ) -> None:
        """
        What is not shown on a terminal is plain text.
        """
        assert "\x1b" not in run(*words).out

    @pytest.mark.parametrize("words", [("disputes",), ("plugins",), ("--help",)])
    def test_heeds_no_color_on_a_terminal(
        self, words: tuple[str, ...], shelf: Shelf
    ) -> None:
        """
        A terminal gets bold words, and no colours where the user wants none.
        """
        shelf.add("raises-in-hook")
        plain = on_terminal(words, PYTHONPATH=shelf.folder, NO_COLOR="1")
        assert not re.search(r"\x1b\[[0-9;]*\b(3[0-8]|4[0-8]|9[0-7])\b", plain)
        styled = on_terminal(words, PYTHONPATH=shelf.folder)
        assert "\x1b[1" in styled

    def test_shows_a_failure_in_red_on_a_terminal(self, shelf: Shelf) -> None:
        """
        A plugin that cannot be used stands out on a terminal.
        """
        shelf.add("raises-in-hook")
        shown = on_terminal(("plugins",), PYTHONPATH=shelf.folder)
        assert "\x1b[31mcannot be used: RuntimeError: out of paper\x1b[0m" in shown


def heed_interruption() -> None:
    """
    Take SIGINT as a terminal's job does, also where the tests are in the background.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def on_terminal(words: tuple[str, ...], **more: str) -> str:
    """
    Return what a command shows on a terminal of 80 columns.
    """
    import pty  # Not every system has it.

    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [TJUN, *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=surroundings(TERM="xterm", **more),
    )
    os.close(theirs)
    seen = io.BytesIO()
    try:
        while piece := os.read(ours, 4096):
            seen.write(piece)
    except OSError:  # The end of a terminal's output is an error on Linux.
        pass
    os.close(ours)
    assert child.wait() == 0
    return seen.getvalue().decode()
