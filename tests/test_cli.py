"""
The command line as a process: status, messages, help, usage errors and streams.
"""

from __future__ import annotations

import json
import logging
import os
import re
import signal
import subprocess
import sys
import time
import zipapp
from pathlib import Path

import pytest
from running import Done, Run, without_coverage
from terminals import on_terminal

import tjun
from tjun import cli
from tjun.cli import app, output, process

TJUN = str(Path(sys.executable).with_name("tjun"))
ROOT = Path(__file__).parents[1]
OWN = Path(__file__).parent / "golden" / "record.toml"
COMMANDS = (
    "upcoming on events show search timeline missions areas disputes sources export"
    " new check diff schema records languages plugins help"
).split()
PRINTING = [
    "upcoming",
    "sources",
    "timeline",
    "show article",
    "events --format json",
    f"check {OWN}",
    "schema",
    "export json",
    "--help",
    "--version",
]


def one_message(done: Done) -> str:
    """
    Return the only line that a failed command writes.
    """
    assert done.out == ""
    (line,) = done.err.splitlines()
    assert line.startswith("tjun: ")
    return line.removeprefix("tjun: ")


def environment(**more: str) -> dict[str, str]:
    unwanted = ("PYTHONUNBUFFERED", "FORCE_COLOR", "NO_COLOR", "PYTHONIOENCODING")
    kept = {key: value for key, value in os.environ.items() if key not in unwanted}
    return {**kept, "COLUMNS": "80", **more}


def shell(line: str, **more: str) -> Done:
    """
    Run a line of shell in which `$tjun` is the command.
    """
    done = subprocess.run(
        ["/bin/sh", "-c", line],
        env=environment(tjun=TJUN, **more),
        capture_output=True,
        check=False,
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


class TestMain:
    def test_without_arguments_shows_the_help(self, run: Run) -> None:
        """
        Without arguments, the command lists its commands.
        """
        done = run()
        assert (done.status, done.err) == (0, "")
        assert done.out == run("--help").out

    def test_shows_the_version(self, run: Run) -> None:
        """
        The version is that of the library.
        """
        assert run("--version") == (0, f"{tjun.__version__}\n", "")

    def test_reads_the_arguments_of_the_process(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        By default, the arguments are those of the process.
        """
        monkeypatch.setattr(sys, "argv", ["tjun", "on", "02-30"])
        with pytest.raises(SystemExit) as left:
            cli.main()
        assert left.value.code == 2

    def test_restores_the_logger(self, run: Run) -> None:
        """
        Afterwards, the logger of the library has its level and handlers back.
        """
        log = logging.getLogger("tjun")
        run("export", "ics")  # Importing the library adds a handler.
        before = (log.level, list(log.handlers))
        run("export", "ics", "-v")
        assert (log.level, list(log.handlers)) == before

    def test_shows_the_traceback_of_a_bug(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A ValueError inside tjun is a bug, and not reported as a usage error.
        """

        def fail(*_: object) -> None:
            raise ValueError

        monkeypatch.setattr(output, "row", fail)
        with pytest.raises(ValueError, match=r"^$"):
            cli.main(["events", "--format", "json"])

    def test_shows_details_on_request(self, run: Run) -> None:
        """
        --verbose lists what an export leaves out, which is otherwise only counted.
        """
        brief = run("export", "ics").err
        detailed = run("export", "ics", "--verbose").err
        assert len(detailed) > len(brief)
        assert run("export", "ics", "-v").err == detailed

    def test_works_where_the_directory_was_deleted(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A command needs no working directory.
        """
        gone = tmp_path / "gone"
        gone.mkdir()
        monkeypatch.chdir(gone)
        gone.rmdir()
        assert run("areas").status == 0


class TestUsageError:
    @pytest.mark.parametrize(
        ("line", "message"),
        [
            ("UNMOT", "'UNMOT' is not a command. Did you mean `tjun show unmot`?"),
            ("upcomming", 'Unknown command "upcomming". Did you mean "upcoming"?'),
            ("new recrd x", 'Unknown command "recrd". Did you mean "record"?'),
            ("export icz", 'Unknown command "icz". Did you mean "ics"?'),
            ("export pdf", "There is no format 'pdf'; known are ics, json, toml, csv,"),
            ("import ical x.ical", "There is no format 'ical'; known are csv. Others"),
            ("import xlsx x.xlsx", "There is no 'xlsx'; csv reads .xlsx files."),
            (
                "--major events",
                "--major comes after the command: `tjun events --major`",
            ),
            ("--major", "--major comes after the command: `tjun COMMAND --major`"),
            (
                "export --area water ics -v",
                "--area comes after the format: `tjun export ics --area water -v`",
            ),
            (
                "events UNMOT",
                "PERIOD: 'UNMOT' is not a year, month or day; to find an event, use",
            ),
            (
                "missions UNMOT-opened",
                (
                    "`tjun missions` does not accept 'UNMOT-opened' here."
                    " Did you mean `tjun show unmot-opened`?"
                ),
            ),
            (
                "areas qqqq",
                (
                    "`tjun areas` does not accept 'qqqq' here."
                    " `tjun areas --help` shows its options."
                ),
            ),
            ("events --disputd", "Unknown option: --disputd. Did you mean --disputed?"),
            (
                "events --since",
                'Command "events" parameter --since requires an argument.',
            ),
            ("upcoming --days soon", "Invalid value for --days: unable to convert"),
            ("upcoming --days 1 --days 2", "Parameter --days specified multiple times"),
            ("upcoming --days 0", "--days must be at least 1, got 0"),
            ("upcoming --days 36526", "--days must be at most 36525, got 36526"),
            ("upcoming --every 0", "--every must be at least 1, got 0"),
            ("upcoming --limit 0", "--limit must be at least 1, got 0"),
            ("show", 'Command "show" parameter ID requires an argument.'),
            (
                "search",
                "`tjun search` needs a word to search for, such as `tjun search water`",
            ),
            (
                "events --since soon",
                "Invalid value for --since: expected a date as YYYY-MM-DD",
            ),
            (
                "events --until [1992..]",
                "Invalid value for --until: expected a date with a first and a last",
            ),
            ("events [1992..]", "PERIOD: '[1992..]' is not a year, month or day;"),
            (
                "on 02-30",
                (
                    "DAY: '02-30' is not a day; write, for example, 03-02, '2 March',"
                    " 2027-03-02, 02.03.2027, today or tomorrow"
                ),
            ),
            (
                "upcoming --on 2027-02-29",
                "--on: '2027-02-29' is not a day; write, for example",
            ),
            ("upcoming --on 29.02", "--on: '29.02' is not a day; write, for example"),
            ("upcoming --on 2027", "--on: '2027' is not a day; write, for example"),
            ("on Marchember", "DAY: 'Marchember' is not a day; write, for example"),
            (
                "events -l qqq",
                (
                    "Invalid value for -l: There is no language 'qqq';"
                    " did you mean 'en', 'ru' or 'tg'?"
                ),
            ),
            (
                "export json -o -x.json",
                "-o: '-x.json' is not a path; write './-x.json'",
            ),
            ("new language q_q", "TAG: expected a BCP 47 language tag like 'ky'"),
            ("new record mine.json", "FILE: expected a name that ends in .toml,"),
        ],
    )
    def test_is_explained_in_one_line(self, run: Run, line: str, message: str) -> None:
        """
        A usage error says what is wrong and what to do, with status 2.
        """
        done = run(*line.split())
        assert done.status == 2
        assert one_message(done).startswith(message)

    def test_cannot_control_the_terminal(self, run: Run) -> None:
        """
        Arguments are escaped in messages.
        """
        for line in (["\x1b[2J"], ["events", "--\x9b1m"], ["show", "a\nb\x1b[2J"]):
            done = run(*line)
            assert not set(done.err) & set("\x1b\x9b")
            assert len(done.err.splitlines()) == 1


class TestFailure:
    @pytest.mark.parametrize(
        ("line", "message"),
        [
            (
                "show unmot-opend",
                (
                    "'unmot-opend' is not the id of an event, a mission, a"
                    " membership, an area or a source."
                    " Did you mean `tjun show unmot-opened`?"
                ),
            ),
            (
                "show qqqqqqqq",
                (
                    "'qqqqqqqq' is not the id of an event, a mission, a membership, an"
                    " area or a source. Try `tjun search qqqqqqqq`."
                ),
            ),
            (
                "events --area watr",
                "There is no area 'watr'; did you mean 'water'?",
            ),
            (
                "upcoming --mission qqqq",
                "There is no mission 'qqqq'; no mission has a similar id.",
            ),
            (
                "sources --source artcle",
                "There is no source 'artcle'; did you mean 'article'",
            ),
            (
                "events --according-to artcle",
                "There is no source, publisher or kind of publisher 'artcle'; did you",
            ),
            ("events --kind vist", "There is no kind of event 'vist'; did you mean"),
            ("events --record qqqq", "There is no record 'qqqq'; did you mean"),
            (
                "events --record no-such.toml",
                "no-such.toml: cannot be read: No such file or directory",
            ),
            ("export json -o no-such/x.json", "Exporter 'json': cannot write 'no-su"),
            ("new record no-such/mine.toml", "cannot write no-such/mine.toml: No such"),
        ],
    )
    def test_is_one_message(self, run: Run, line: str, message: str) -> None:
        """
        What cannot be done is reported in one line with the remedy, with status 1.
        """
        done = run(*line.split())
        assert done.status == 1
        assert one_message(done).startswith(message)

    def test_lists_every_error_on_a_line_of_its_own(
        self, run: Run, tmp_path: Path
    ) -> None:
        """
        Line breaks and control characters in a record add no lines and no colours.
        """
        broken = tmp_path / "broken.json"
        row = {"id": "\x1b[2J\u202e\nx", "date": 5}
        key = "\x1b[31m\x9b1m\u2028red\nyellow"
        broken.write_text(json.dumps({"format": 2, "events": [row], key: 1}))
        done = run("check", broken)
        assert done.status == 1
        first, *others = done.err.splitlines()
        assert first == f"tjun: {len(others)} errors:"
        assert all(other.startswith(f"  {broken}: ") for other in others)
        assert not set(done.err) & set("\x1b\x9b\u202e\u2028\r")


class TestDates:
    @pytest.mark.parametrize(
        ("flags", "found"),
        [
            ("--since 1992-23 --until 1992-23", ["autumn", "month"]),
            ("--since [1992-10..1992-11] --until 1992", ["month"]),
            ("--since 199X --until 1992", ["autumn", "month"]),
            ("--since 1993", ["conference", "week"]),
        ],
    )
    def test_of_a_period_may_be_uncertain(
        self, run: Run, dated: str, flags: str, found: list[str]
    ) -> None:
        """
        --since and --until accept whatever date has a first and a last day.
        """
        done = run("events", "--record", dated, *flags.split())
        assert [line.split("\t")[1] for line in done.out.splitlines()] == found

    @pytest.mark.parametrize(
        ("day", "found"),
        [
            ("2010-05-06", ["conference"]),
            ("2010-05", ["conference"]),
            ("2010-05-04", []),
            ("2027-11-25", ["week"]),
            ("2027-11-29", []),
            ("2027", []),
        ],
    )
    def test_are_those_of_what_lasts_longer(
        self, run: Run, dated: str, day: str, found: list[str]
    ) -> None:
        """
        `tjun on` finds an event or an observance of several days on each of its days.
        """
        done = run("on", day, "--record", dated)
        assert [line.split("\t")[1] for line in done.out.splitlines()] == found

    def test_are_shown_as_the_source_has_them(self, run: Run, dated: str) -> None:
        """
        The source's own form of a date is quoted; uncertain years are not counted.
        """
        shown = run("show", "autumn", "--record", dated).out
        assert "  autumn 1992: “A page” – P [s]\n    “Mehrgon 1371”\n" in shown
        assert run("show", "ORG", "--record", dated).out.splitlines()[:3] == [
            "Organization (ORG)",
            "org",
            "The city · about 1980 – today",
        ]

    @pytest.fixture
    def dated(self, tmp_path: Path) -> str:
        """
        A record with uncertain dates and with events of several days.
        """
        file = tmp_path / "dated.toml"
        events = {
            "autumn": 'date = "1992-23"',
            "month": 'date = "1992-10"',
            "about": 'date = "1980~"',
            "conference": 'date = "2010-05-05"\nuntil = "2010-05-07"',
            "week": 'date = "2020-11-24"\nuntil = "2020-11-28"\nyearly = true',
        }
        text = 'format = 2\n[record]\nid = "dated"\n[[publishers]]\nid = "p"\n'
        text += 'name = "P"\n[[sources]]\nid = "s"\ntitle = "A page"\npublisher = "p"\n'
        for own, date in events.items():
            text += f'[[events]]\nid = "{own}"\ntitle = "T"\n{date}\n'
            cited = 'date = "1992-23", as_written = "Mehrgon 1371"'
            cited = f", {cited}" if own == "autumn" else ""
            text += f'citations = [{{ source = "s"{cited} }}]\n'
        text += '[[memberships]]\nid = "org"\norganization = "Organization"\n'
        text += 'acronym = "ORG"\nmember = "The city"\nadmission = "about"\n'
        file.write_text(text)
        return str(file)


class TestHelp:
    def test_lists_every_command(self, run: Run) -> None:
        """
        The help has a sentence about each command.
        """
        out = run("--help").out
        for command in COMMANDS:
            assert re.search(rf"^│ {command} +[A-Z].+\. +│$", out, re.MULTILINE)

    @pytest.mark.parametrize(
        "command", [name for name in COMMANDS if name not in {"help", "export"}]
    )
    def test_of_a_command_begins_with_that_sentence(
        self, run: Run, command: str
    ) -> None:
        """
        The sentence in the list is the first of the command's own help.
        """
        listed = re.search(rf"^│ {command} +(.+?) +│$", run().out, re.MULTILINE)
        assert listed is not None
        done = run("help", command)
        assert (done.status, done.err) == (0, "")
        assert done == run(command, "--help")
        assert re.match(rf"Usage: tjun {command}\b[^\n]*\n\n{listed[1]}", done.out)

    def test_of_an_exporter(self, run: Run) -> None:
        """
        `tjun help export ics` is the same as `tjun export ics --help`.
        """
        assert run("help", "export", "ics") == run("export", "ics", "--help")
        assert run("help") == run("--help")

    def test_groups_the_options(self, run: Run) -> None:
        """
        The command's own come first; neither --empty-… nor an empty default is shown.
        """
        out = run("help", "export", "ics").out
        groups = re.findall(r"^╭─ (.+?) ─", out, re.MULTILINE)
        assert groups == ["Options", "Format", "Which events", "Output", "Which record"]
        assert "empty" not in out
        assert "()" not in out

    @pytest.mark.parametrize("columns", ["40", "80", "140"])
    @pytest.mark.parametrize("command", ["", *COMMANDS[:-1], "export ics"])
    def test_fits_the_width(
        self, run: Run, monkeypatch: pytest.MonkeyPatch, command: str, columns: str
    ) -> None:
        """
        No line of the help is wider than the terminal.
        """
        monkeypatch.setenv("COLUMNS", columns)
        lines = run(*command.split(), "--help").out.splitlines()
        assert max(map(len, lines)) <= int(columns)

    @pytest.mark.parametrize(
        ("command", "unneeded"),
        [
            (
                "--help",
                "icalendar cattrs jinja2 tjun.cli.commands tjun.chronology.chronology",
            ),
            (
                "export ics --output /dev/null",
                "jinja2 docstring_parser cyclopts.completion difflib tempfile zipfile",
            ),
        ],
    )
    def test_imports_only_what_it_needs(self, command: str, unneeded: str) -> None:
        """
        Modules that take time to import are not imported if they are not needed.
        """
        code = (
            "import sys\nfrom tjun import cli\n"
            f"try:\n    cli.main({command.split()})\nexcept SystemExit:\n    pass\n"
            "print(sorted(sys.modules))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env=without_coverage(),
        )
        imported = done.stdout.splitlines()[-1]
        assert not [each for each in unneeded.split() if f"'{each}'" in imported]

    def test_lets_the_shell_complete(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        --install-completion writes a script that knows commands and exporters.
        """
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("SHELL", "/bin/bash")
        assert run("--install-completion").status == 0
        folder = tmp_path / ".local" / "share" / "bash-completion" / "completions"
        script = (folder / "tjun").read_text()
        assert "--first-year" in script
        assert "upcoming" in script


@pytest.mark.usefixtures("measured")
class TestProcess:
    @pytest.mark.parametrize("command", ["export ics", "sources"])
    def test_ends_quietly_when_the_reader_stops(self, command: str) -> None:
        """
        If the reader only takes the first line, there is no error.
        """
        done = shell(f'{{ "$tjun" {command}; echo "status $?" >&2; }} | head -1')
        assert (done.status, done.err) == (0, "status 0\n")
        assert len(done.out.splitlines()) == 1

    @pytest.mark.parametrize("words", PRINTING[6:])
    def test_ends_quietly_without_a_reader(self, words: str) -> None:
        """
        If nobody reads at all, a command exits with status 0 and no message.
        """
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run(
            [TJUN, *words.split()],
            stdout=writer,
            stderr=subprocess.PIPE,
            env=environment(),
            check=False,
        )
        os.close(writer)
        assert (done.returncode, done.stderr) == (0, b"")

    @pytest.mark.parametrize("words", PRINTING[4:])
    def test_reports_a_full_disk_once(self, words: str) -> None:
        """
        Output that cannot be written is one message, with status 1.
        """
        done = shell(f'"$tjun" {words} >/dev/full')
        assert done == (
            1,
            "",
            "tjun: cannot write the output: No space left on device\n",
        )

    @pytest.mark.parametrize("words", ["events", "export json", f"check {OWN}"])
    def test_reports_that_standard_output_is_closed(self, words: str) -> None:
        """
        Without standard output, a command that prints fails.
        """
        done = shell(f'"$tjun" {words} >&-')
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

    @pytest.mark.parametrize("closed", ["2>&-", "2>/dev/full"])
    def test_has_the_same_status_without_standard_error(
        self, tmp_path: Path, closed: str
    ) -> None:
        """
        If messages cannot be written, the exit status stays the same.
        """
        file = tmp_path / "x.json"
        done = shell(f'"$tjun" export json -o "$file" {closed}', file=str(file))
        assert done == (0, "", "")
        assert shell(f'"$tjun" on 02-30 {closed}') == (2, "", "")

    def test_reports_letters_that_the_encoding_lacks(self) -> None:
        """
        Letters that the encoding of the output lacks are not a usage error.
        """
        line = '"$tjun" on 03-02 --language tg'
        done = shell(line, PYTHONIOENCODING="latin-1")
        assert done.status == 1
        message = one_message(done)
        assert message.startswith("cannot write the output: ")
        assert message.endswith("; set PYTHONIOENCODING=utf-8")

    def test_leaves_no_file_when_interrupted(self, tmp_path: Path) -> None:
        """
        Ctrl-C during an export leaves one message and no file.
        """
        words = ["export", "ics", "--first-year", "1", "--last-year", "9998"]
        child = subprocess.Popen(
            [TJUN, *words, "-o", str(tmp_path / "x.ics")],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment() | {"COVERAGE_PROCESS_CONFIG": ""},
            preexec_fn=_default_interrupt,  # noqa: PLW1509  # No threads here.
        )
        while not any(tmp_path.iterdir()):
            assert child.poll() is None
            time.sleep(0.01)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate()
        assert err == b"tjun: interrupted; no file is left incomplete\n"
        assert (child.returncode, out) == (130, b"")
        assert not any(tmp_path.iterdir())

    def test_handles_termination_as_an_interruption(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        SIGTERM cleans up like Ctrl-C, and its number is in the exit status.
        """

        def terminate(_: object) -> None:
            signal.raise_signal(signal.SIGTERM)

        monkeypatch.setattr(process, "application", terminate)
        done = run("events")
        assert done.status == 143
        assert one_message(done) == "interrupted; no file is left incomplete"
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL

    @pytest.mark.parametrize("words", ["disputes", "plugins", "--help"])
    def test_respects_no_color(self, words: str) -> None:
        """
        With NO_COLOR, a terminal shows bold text but no colours.
        """
        colour = re.compile(r"\x1b\[[0-9;]*\b(3[0-8]|4[0-8]|9[0-7])\b")
        plain = styled(words, NO_COLOR="1")
        assert not colour.search(plain)
        assert "\x1b[1" in styled(words)


@pytest.fixture(scope="module")
def zipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    A zip file with all of tjun, but not what it needs.
    """
    made = tmp_path_factory.mktemp("zip") / "tjun.pyz"
    zipapp.create_archive(
        Path(tjun.__file__).parents[1],
        made,
        main="tjun.cli:main",
        filter=lambda path: "__pycache__" not in path.parts,
    )
    return made


@pytest.mark.usefixtures("measured")
class TestZip:
    @pytest.mark.parametrize(
        "words",
        [
            "events --language tg",
            "show unmot",
            "schema",
            "new record mine.toml",
            "export html -o page.html",
        ],
    )
    def test_has_all_that_commands_need(
        self, tmp_path: Path, zipped: Path, words: str
    ) -> None:
        """
        Commands work from a zip file.
        """
        command = [sys.executable, "-I", zipped, *words.split()]
        assert subprocess.run(command, cwd=tmp_path, check=False).returncode == 0

    def test_needs_no_compiled_parser(self) -> None:
        """
        Without tomli, the parser of the standard library reads records and languages.
        """
        code = (
            "import sys; sys.modules['tomli'] = None\n"
            "from tjun.cli import main; main(['events', '--language', 'ru'])"
        )
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, capture_output=True, check=True)
        assert "Таджикистан вступает" in done.stdout.decode()

    @pytest.mark.slow
    def test_can_be_frozen(self, tmp_path: Path) -> None:
        """
        The flags in the documentation make a program that works.
        """
        pytest.importorskip("PyInstaller")
        page = (ROOT / "docs" / "how-to" / "freeze.md").read_text()
        (script,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
        (tmp_path / "run.py").write_text(script)
        (flags,) = re.findall(r"\$ pyinstaller (.*)", page)
        command = [sys.executable, "-m", "PyInstaller", *flags.split()]
        subprocess.run(command, cwd=tmp_path, check=True)
        for words in ("--help", "show unmot", "events --format table", "export html"):
            command = [str(tmp_path / "dist" / "tjun" / "tjun"), *words.split()]
            assert subprocess.run(command, check=True, capture_output=True).stdout


class TestApplication:
    def test_loads_exporters_only_for_an_export(self) -> None:
        """
        Only `export` and shell completion need exporters.
        """
        assert "ics" in list(app.application(["export"])["export"])
        assert "ics" not in list(app.application()["export"])


def _default_interrupt() -> None:
    """
    Handle SIGINT as a job of a terminal does, even if the tests run in background.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def styled(words: str, **more: str) -> str:
    """
    Return what a command shows on a terminal, with styles and colours.
    """
    env = environment(TERM="xterm", PAGER="cat", **more)
    status, shown = on_terminal([TJUN, *words.split()], env)
    assert status == 0
    return shown
