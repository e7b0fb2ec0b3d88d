import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from fake_plugins import Shelf, offering, options_source
from running import Done, Run

import tjun
from tjun import ExportError
from tjun.exchange.registry import builtin_exporters
from tjun.model.text import escape_controls

TJUN = str(Path(sys.executable).with_name("tjun"))
OWN = Path(__file__).parent / "golden" / "record.toml"
ALONE = ("--record", str(OWN))

BAD = """
class Bad(BaseException):
    pass


class Mute(Exception):
    def __str__(self):
        raise RuntimeError("no words")


class Deaf(BaseException):
    def __str__(self):
        raise ValueError("no words either")


def deeper():
    return deeper()

"""
"""
Definitions of exceptions that a plugin may raise.
"""

RAISED = {
    "RuntimeError('no ink')": "RuntimeError: no ink",
    "SystemExit(0)": "SystemExit: 0",
    "SystemExit(3)": "SystemExit: 3",
    "SystemExit": "SystemExit",
    "GeneratorExit": "GeneratorExit",
    "StopIteration": "StopIteration",
    "BaseException('at all')": "BaseException: at all",
    "Bad('to the bone')": "Bad: to the bone",
    "Mute()": "Mute",
    "Deaf()": "Deaf",
    "MemoryError": "MemoryError",
    "RuntimeError('\\ud800')": "RuntimeError: \ud800",
    "deeper()": "RecursionError: maximum recursion depth exceeded",
    "KeyError('ink')": "KeyError: 'ink'",
    "BrokenPipeError(32, 'Broken pipe')": "BrokenPipeError: [Errno 32] Broken pipe",
}
STEPS = {
    "at import": BAD + "raise {it}\n",
    "in the hook": BAD
    + "from tjun import hookimpl\n\n\n@hookimpl\ndef tjun_exporters():\n"
    + "    raise {it}\n",
    "while the hook yields": BAD
    + "from tjun import hookimpl\n\n\n@hookimpl\ndef tjun_exporters():\n"
    + "    yield None\n    raise {it}\n",
    "in its options": BAD
    + options_source("wide: int = 1")
    .replace(
        "\n\ndef render",
        "\n    def __attrs_post_init__(self):\n        raise {it}\n\n\ndef render",
    )
    .replace("{{", "{")
    .replace("}}", "}"),
}
MOMENTS = {
    "at the start": "raise {it}\nyield b''",
    "before the first chunk": "if True:\n    raise {it}\nreturn [b'made']",
    "between chunks": "yield b'half'\nraise {it}\nyield b'whole'",
    "at the end": "yield b'half'\nyield b'whole'\nraise {it}",
    "on closing": "try:\n    yield b'whole'\nfinally:\n    raise {it}",
    "of an iterator": (
        "class Chunks:\n    def __iter__(self):\n        return self\n\n"
        "    def __next__(self):\n        raise {it}\n\n"
        "return Chunks()"
    ),
}


@pytest.fixture
def run(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COLUMNS", "400")
    return run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """
    A file with old content, alone in a directory.
    """
    folder = tmp_path / "folder"
    folder.mkdir()
    made = folder / "out"
    made.write_text("old")
    return made


def run_in_subprocess(shelf: Shelf, *words: str) -> Done:
    """
    Run the command in a process that finds the plugins.
    """
    done = subprocess.run(
        [TJUN, *words],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(found(shelf))},
        capture_output=True,
        check=False,
        timeout=60,
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def found(shelf: Shelf) -> list[str]:
    return [shelf.folder, *filter(None, [os.environ.get("PYTHONPATH")])]


def untouched(file: Path) -> bool:
    return file.read_text() == "old" and list(file.parent.iterdir()) == [file]


class TestBeforeAnExport:
    @pytest.mark.parametrize("raised", RAISED)
    @pytest.mark.parametrize("step", STEPS)
    def test_a_failure_affects_only_that_plugin(
        self, step: str, raised: str, shelf: Shelf
    ) -> None:
        """
        Whatever a plugin raises is reported, and every other plugin works.
        """
        shelf.add(STEPS[step].format(it=raised), name="bad", distribution="tjun-bad")
        shelf.add("good", name="good", distribution="tjun-good")
        registry = tjun.exporters()
        (failure,) = registry.failures
        assert (failure.plugin, failure.distribution) == ("bad", "tjun-bad 1.2")
        reason = RAISED[raised]
        if step == "while the hook yields":
            assert failure.reason == (
                "tjun_exporters() has to return Exporter objects, not None"
            )
        elif raised == "StopIteration" and step == "in the hook":
            assert "StopIteration" in failure.reason
        else:
            assert failure.reason.startswith(reason)
        assert registry.names == (*builtin_exporters().names, "good")
        assert tjun.export(tjun.load(OWN), "good") == b"made"

    @pytest.mark.parametrize("step", STEPS)
    def test_a_failure_is_listed_and_another_plugin_can_export(
        self, step: str, run: Run, shelf: Shelf
    ) -> None:
        """
        `tjun plugins` lists the failure, and another plugin can export.
        """
        shelf.add(STEPS[step].format(it="Deaf()"), name="bad", distribution="tjun-bad")
        shelf.add("good", name="z", distribution="tjun-good")
        listed = run("plugins")
        assert (listed.status, listed.err) == (0, "")
        assert re.search(r"bad\s+tjun-bad 1\.2\s.*cannot be used: ", listed.out)
        done = run("export", "good", *ALONE)
        assert (done.status, done.out) == (0, "made")
        assert done.err.startswith("Plugin 'bad' of tjun-bad 1.2 cannot ")
        assert done.err.count("\n") == 1
        strict = run("export", "good", *ALONE, "--strict-plugins")
        assert (strict.status, strict.out) == (1, "")

    def test_options_that_fail_the_second_time_affect_no_other_exporter(
        self, run: Run, shelf: Shelf
    ) -> None:
        """
        An options class that only works once is reported when its flags are created.
        """
        fickle = "made: list = attrs.field(factory=lambda: _once())\n"
        source = options_source(fickle).replace(
            "@attrs.frozen",
            "_times = [1]\n\n\ndef _once():\n    return [_times.pop()]\n\n\n"
            "@attrs.frozen",
            1,
        )
        shelf.add(source, name="fickle", distribution="tjun-fickle")
        shelf.add("good", name="good", distribution="tjun-good")
        message = (
            "Plugin 'fickle' of tjun-fickle 1.2 cannot offer the exporter 'opted':"
            " IndexError: pop from empty list\n"
        )
        done = run("export", "--help")
        assert (done.status, done.err) == (0, message)
        assert "good" in done.out
        shelf.clear()
        done = run("export", "opted")
        assert (done.status, done.out, done.err) == (1, "", f"tjun: {message}")

    @pytest.mark.parametrize(
        ("raised", "message"),
        [
            ("SystemExit(0)", "its options class failed: SystemExit: 0"),
            ("BaseException('no')", "its options class failed: BaseException: no"),
            ("ValueError('too wide')", "wide: too wide (got 2)"),
            ("TypeError('2 is too wide')", "wide: 2 is too wide"),
            ("RuntimeError('no')", "its options class failed: RuntimeError: no"),
        ],
    )
    def test_options_that_reject_a_value_in_any_way_are_an_error(
        self, raised: str, message: str, shelf: Shelf
    ) -> None:
        """
        Whatever an options class raises for a value is an error that names the plugin.
        """
        shelf.add(
            options_source("wide: int = 1").replace(
                "\n\ndef render",
                "\n    def __attrs_post_init__(self):\n        if self.wide > 1:\n"
                f"            raise {raised}\n\n\ndef render",
            )
        )
        with pytest.raises(ExportError) as caught:
            tjun.export(tjun.load(OWN), "opted", wide=2)
        assert caught.value.reason == message
        assert caught.value.plugin == "plugin"

    @pytest.mark.parametrize("raised", RAISED)
    def test_options_that_fail_for_a_value_are_one_message(
        self, raised: str, run: Run, shelf: Shelf, file: Path
    ) -> None:
        """
        Whatever an options class raises is one message with the plugin, and status 1.
        """
        source = options_source("wide: int = 1").replace(
            "\n\ndef render",
            "\n    def __attrs_post_init__(self):\n        if self.wide > 1:\n"
            f"            raise {raised}\n\n\ndef render",
        )
        shelf.add(BAD + source, name="bad", distribution="tjun-bad")
        done = run("export", "opted", *ALONE, "--wide", "2", "-o", str(file))
        message = RAISED[raised].replace("\ud800", "\\ud800")
        assert (done.status, done.out) == (1, "")
        assert done.err.startswith(
            "tjun: Exporter 'opted' (plugin 'bad' of tjun-bad 1.2): its options class"
            f" failed: {message}"
        )
        assert done.err.count("\n") == 1
        assert untouched(file)


class TestExport:
    @pytest.mark.parametrize("raised", RAISED)
    @pytest.mark.parametrize("moment", MOMENTS)
    def test_that_fails_is_one_message_and_leaves_the_file(
        self, moment: str, raised: str, run: Run, shelf: Shelf, file: Path
    ) -> None:
        """
        Whatever an exporter raises, and when, is one message; the old file stays.
        """
        lines = MOMENTS[moment].format(it=raised)
        if moment == "before the first chunk":
            lines = lines.replace("return [b'made']", "return")
        shelf.add(BAD + offering("broken", lines), name="bad", distribution="tjun-bad")
        record = tjun.load(OWN)
        if raised == "StopIteration" and moment == "of an iterator":
            message = "it yielded nothing at all"  # StopIteration ends an iterator.
        elif raised == "StopIteration" and "yield" in lines:
            message = "RuntimeError: generator raised StopIteration"
        else:
            message = RAISED[raised]
        with pytest.raises(ExportError) as caught:
            tjun.export(record, "broken")
        error = caught.value
        assert (error.exporter, error.plugin) == ("broken", "bad")
        assert error.distribution == "tjun-bad 1.2"
        assert error.reason.startswith(message)
        for more in ((), ("-o", str(file))):
            done = run("export", "broken", *ALONE, *more)
            assert (done.status, done.out) == (1, "")
            seen = message.replace("\ud800", "\\ud800")
            assert done.err.startswith(
                f"tjun: Exporter 'broken' (plugin 'bad' of tjun-bad 1.2): {seen}"
            )
            assert done.err.count("\n") == 1
        assert untouched(file)

    @pytest.mark.parametrize(
        ("lines", "message"),
        [
            ("while True:\n    yield b'x' * 1000", "more than the 10,000 bytes"),
            ("while True:\n    yield b'x'", "more than the 10,000 bytes"),
            ("while True:\n    yield b''", "more than 1,000,000 empty chunks"),
            (
                "import itertools\nreturn itertools.repeat(b'xy')",
                "more than the 10,000",
            ),
            ("return iter(lambda: b'', None)", "more than 1,000,000 empty chunks"),
        ],
    )
    def test_without_end_is_stopped_at_the_limit(
        self, lines: str, message: str, run: Run, shelf: Shelf, file: Path
    ) -> None:
        """
        An exporter that never ends is stopped at the limit that the user sets.
        """
        shelf.add(offering("endless", lines))
        for more in ((), ("-o", str(file))):
            done = run("export", "endless", *ALONE, "--most-mb", "0.01", *more)
            assert (done.status, done.out) == (1, "")
            assert f": it yields {message}" in done.err
        assert untouched(file)

    @pytest.mark.parametrize("most", ["0", "-1", "inf", "nan", "-inf"])
    def test_rejects_an_invalid_limit(self, most: str, run: Run) -> None:
        """
        An invalid limit is a usage error that says what was expected.
        """
        done = run("export", "json", *ALONE, "--most-mb", most)
        assert (done.status, done.out) == (2, "")
        assert done.err == (
            f"tjun: expected --most-mb to be a number above 0, got {float(most)}\n"
        )

    @pytest.mark.parametrize("more", [(), ("-o",)])
    def test_that_ignores_being_closed_is_one_message(
        self, more: tuple[str, ...], shelf: Shelf, file: Path
    ) -> None:
        """
        A generator that ignores GeneratorExit is stopped and reported in one line.
        """
        ignores = (
            "while True:\n    try:\n        yield b'x' * 1000\n"
            "    except BaseException:\n        pass"
        )
        shelf.add(offering("stubborn", ignores), name="bad")
        words = ("export", "stubborn", *ALONE, "--most-mb", "0.01", *more)
        done = run_in_subprocess(shelf, *words, *([str(file)] if more else []))
        assert (done.status, done.out) == (1, "")
        assert "Traceback" not in done.err
        *early, last = done.err.splitlines()
        assert last == (
            "tjun: Exporter 'stubborn' (plugin 'bad' of tjun-made 1.2):"
            " it yields more than the 10,000 bytes allowed"
        )
        ignored = "RuntimeError: generator ignored GeneratorExit"
        assert set(early) <= {f"tjun: an error while cleaning up: {ignored}"}
        assert untouched(file)

    def test_that_yields_false_bytes_is_an_error(
        self, run: Run, shelf: Shelf, file: Path
    ) -> None:
        """
        An object that only claims to be bytes is rejected like any other.
        """
        lies = (
            "class Liar:\n    __class__ = bytes\n\n"
            "    def __len__(self):\n        return 3\n\n"
            "yield Liar()"
        )
        shelf.add(offering("liar", lies))
        done = run("export", "liar", *ALONE, "-o", file)
        assert (done.status, done.out) == (1, "")
        assert done.err.endswith(": expected chunks of bytes, got Liar\n")
        assert untouched(file)

    def test_that_changes_directory_writes_to_the_requested_path(
        self, run: Run, shelf: Shelf, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        An exporter that changes the working directory does not move the file.
        """
        monkeypatch.chdir(file.parent)
        shelf.add(offering("mover", "import os\nos.chdir('/')\nyield b'made'"))
        assert run("export", "mover", *ALONE, "-o", "out").status == 0
        assert file.read_text() == "made"

    def test_that_fails_does_not_change_other_exports(self, shelf: Shelf) -> None:
        """
        After each kind of failure, a built-in exporter yields the same bytes.
        """
        record = tjun.load(OWN)
        before = tjun.export(record, "json")
        for number, raised in enumerate(RAISED):
            lines = MOMENTS["between chunks"].format(it=raised)
            shelf.add(
                BAD + offering(f"broken-{number}", lines),
                name=f"bad-{number}",
                distribution=f"tjun-bad-{number}",
            )
        for number in range(len(RAISED)):
            with pytest.raises(ExportError):
                tjun.export(record, f"broken-{number}")
        assert tjun.export(record, "json") == before


class TestStandardOutput:
    CHATTY = "print('at import')\n" + offering(
        "chatty", "print('at the start')\nyield b'made'\nprint('at the end')"
    ).replace("    return [", "    print('in the hook')\n    return [")

    def test_has_the_export_and_nothing_that_a_plugin_prints(
        self, run: Run, shelf: Shelf, file: Path
    ) -> None:
        """
        What a plugin prints goes to standard error, wherever the export goes.
        """
        shelf.add(self.CHATTY)
        said = ["at import", "in the hook", "at the start", "at the end"]
        done = run("export", "chatty", *ALONE)
        assert (done.status, done.out) == (0, "made")
        assert done.err.splitlines() == said
        done = run("export", "chatty", *ALONE, "-o", file)
        assert (done.status, done.out) == (0, "")
        assert file.read_text() == "made"

    def test_has_the_list_of_plugins_and_nothing_else(
        self, run: Run, shelf: Shelf
    ) -> None:
        """
        What a plugin prints is not mixed with the list of plugins.
        """
        shelf.add(self.CHATTY)
        done = run("plugins", "--format", "json")
        assert [row["name"] for row in json.loads(done.out)] == ["tjun", "plugin"]
        assert done.err.splitlines() == ["at import", "in the hook"]


RECORD = """
import sys

import tjun


def load():
    {line}
    return tjun.Chronology()


@tjun.hookimpl
def tjun_records():
    return [tjun.Record(name="its-own", summary="S", load=load)]


@tjun.hookimpl
def tjun_languages():
    print("in the hook")
    return []
"""


class TestRecord:
    @pytest.mark.parametrize("raised", RAISED)
    def test_that_fails_to_load_is_one_message(
        self, raised: str, run: Run, shelf: Shelf, file: Path
    ) -> None:
        """
        Whatever a record plugin raises, nothing is written, and the message names it.
        """
        shelf.add(BAD + RECORD.format(line=f"raise {raised}"))
        done = run("export", "json", "--record", "its-own", "-o", file)
        message = (
            f"of tjun-made 1.2 cannot offer the record 'its-own': {RAISED[raised]}"
        )
        assert (done.status, done.out) == (1, "")
        assert done.err == f"tjun: Plugin 'plugin' {escape_controls(message)}\n"
        assert untouched(file)

    @pytest.mark.parametrize(
        "words", [("export", "json"), ("events", "--format", "json")]
    )
    def test_that_prints_does_not_change_the_output(
        self, words: tuple[str, ...], run: Run, shelf: Shelf
    ) -> None:
        """
        What a plugin prints while it loads a record goes to standard error.
        """
        shelf.add(RECORD.format(line="print('loading')"))
        done = run(*words, "--record", "its-own")
        assert isinstance(json.loads(done.out), (dict, list))
        assert done.err == "loading\n"
        done = run("check", "--record", "its-own")
        assert done.out.startswith("No errors in its-own")
        assert done.err == "loading\n"

    @pytest.mark.parametrize("stream", ["stdout", "stderr"])
    def test_that_closes_a_stream_is_exported(
        self, stream: str, shelf: Shelf, file: Path
    ) -> None:
        """
        The export is complete although nothing can be reported.
        """
        shelf.add(RECORD.format(line=f"sys.{stream}.close()"))
        done = run_in_subprocess(
            shelf, "export", "json", "--record", "its-own", "-o", str(file)
        )
        assert (done.status, done.out, done.err) == (0, "", "")
        assert tjun.load(str(file.rename(file.with_suffix(".json")))).events.ids == ()


class TestLanguage:
    def test_that_prints_does_not_change_the_output(
        self, run: Run, shelf: Shelf
    ) -> None:
        """
        What a plugin prints while languages are looked for goes to standard error.
        """
        shelf.add(RECORD.format(line="pass"))
        done = run("events", "--language", "eo", *ALONE)
        assert (done.status, done.out) == (2, "")
        assert done.err.startswith(
            "in the hook\ntjun: --language: There is no language"
        )


RUNNING = """
import threading
import time


def _run():
    while True:
        time.sleep(3600)


def _start():
    threading.Thread(target=_run, name="the spooler").start()


"""


class TestThread:
    @pytest.mark.parametrize("moment", ["at import", "in render", "before failing"])
    def test_left_running_does_not_delay_the_exit(
        self, moment: str, shelf: Shelf, file: Path
    ) -> None:
        """
        A thread that a plugin leaves running is reported, and ends with the process.
        """
        lines = {
            "at import": "yield b'made'",
            "in render": "_start()\nyield b'made'",
            "before failing": "_start()\nraise RuntimeError('no ink')\nyield b''",
        }[moment]
        at_import = "_start()\n" if moment == "at import" else ""
        shelf.add(RUNNING + at_import + offering("spooled", lines))
        done = run_in_subprocess(shelf, "export", "spooled", *ALONE, "-o", str(file))
        message = "tjun: stopped threads that a plugin left running: the spooler"
        assert done.err.splitlines()[-1] == message
        if moment == "before failing":
            assert done.status == 1
            assert untouched(file)
        else:
            assert (done.status, file.read_text()) == (0, "made")

    @pytest.mark.parametrize(
        ("error", "message"),
        [
            (
                "RuntimeError('no\\nink\\x1b[2J')",
                "tjun: an error in a plugin's thread: RuntimeError: no ink\\x1b[2J\n",
            ),
            ("SystemExit(3)", ""),
        ],
    )
    def test_that_fails_does_not_affect_the_export(
        self, error: str, message: str, shelf: Shelf, file: Path
    ) -> None:
        """
        An exception in a plugin's thread is reported in one line, and nothing else.
        """
        lines = (
            "import threading\n"
            f"def fail():\n    raise {error}\n"
            "thread = threading.Thread(target=fail)\n"
            "thread.start()\nthread.join()\nyield b'made'"
        )
        shelf.add(offering("threaded", lines))
        done = run_in_subprocess(shelf, "export", "threaded", *ALONE, "-o", str(file))
        assert (done.status, done.out, file.read_text()) == (0, "", "made")
        assert done.err.removesuffix(f"Wrote {file}.\n") == message
