"""
What an ordinary failure of a plugin does: one message, and no file is damaged.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fake_plugins import Shelf, offering, options_source
from running import Run

import tjun
from tjun import ExportError

OWN = Path(__file__).parent / "golden" / "record.toml"
ALONE = ("--record", str(OWN))

RAISED = {
    "RuntimeError('no ink')": "RuntimeError: no ink",
    "SystemExit(0)": "SystemExit: 0",
    "RuntimeError('\\ud800')": "RuntimeError: \ud800",
    "KeyError('ink')": "KeyError: 'ink'",
    "BrokenPipeError(32, 'Broken pipe')": "BrokenPipeError: [Errno 32] Broken pipe",
}
HOOK = "from tjun import hookimpl\n\n\n@hookimpl\ndef tjun_exporters():\n"
FAILING_OPTIONS = options_source("wide: int = 1").replace(
    "\n\ndef render",
    "\n    def __attrs_post_init__(self):\n        if self.wide > LIMIT:\n"
    "            raise RuntimeError('no ink')\n\n\ndef render",
)
STEPS = {
    "at import": "raise RuntimeError('no ink')\n",
    "in the hook": f"{HOOK}    raise RuntimeError('no ink')\n",
    "in its options": FAILING_OPTIONS.replace("LIMIT", "0"),
}
MOMENTS = {
    "at the start": "raise {it}\nyield b''",
    "before the first chunk": "if True:\n    raise {it}\nreturn [b'made']",
    "between chunks": "yield b'half'\nraise {it}\nyield b'whole'",
    "at the end": "yield b'half'\nyield b'whole'\nraise {it}",
}


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


def untouched(file: Path) -> bool:
    return file.read_text() == "old" and list(file.parent.iterdir()) == [file]


class TestBeforeAnExport:
    @pytest.mark.parametrize("step", STEPS)
    def test_a_failure_affects_only_that_plugin(
        self, step: str, run: Run, shelf: Shelf
    ) -> None:
        """
        The failure is reported and listed, and every other plugin works.
        """
        shelf.add(STEPS[step], name="bad", distribution="tjun-bad")
        shelf.add("good", name="z", distribution="tjun-good")
        registry = tjun.exporters()
        (failure,) = registry.failures
        assert (failure.plugin, failure.distribution) == ("bad", "tjun-bad 1.2")
        assert failure.reason.startswith("RuntimeError: no ink")
        assert "good" in registry
        rows = {
            row["name"]: row
            for row in json.loads(run("plugins", "--format", "json").out)
        }
        assert rows["bad"]["failures"] == [failure.reason]
        done = run("export", "good", *ALONE)
        assert (done.status, done.out, done.err) == (0, "made", f"{failure}\n")
        strict = run("export", "good", *ALONE, "--strict-plugins")
        assert (strict.status, strict.out) == (1, "")


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
        shelf.add(offering("broken", lines), name="bad", distribution="tjun-bad")
        with pytest.raises(ExportError) as caught:
            tjun.write(tjun.load(OWN), "broken", file)
        error = caught.value
        assert (error.exporter, error.plugin) == ("broken", "bad")
        assert error.distribution == "tjun-bad 1.2"
        assert error.reason == RAISED[raised]
        seen = RAISED[raised].replace("\ud800", "\\ud800")
        for more in ((), ("-o", str(file))):
            done = run("export", "broken", *ALONE, *more)
            assert (done.status, done.out) == (1, "")
            assert done.err == (
                f"tjun: Exporter 'broken' (plugin 'bad' of tjun-bad 1.2): {seen}\n"
            )
        assert untouched(file)

    def test_with_options_that_fail_is_one_message(
        self, run: Run, shelf: Shelf, file: Path
    ) -> None:
        """
        An options class that fails for a value is one message, with status 1.
        """
        shelf.add(FAILING_OPTIONS.replace("LIMIT", "1"), name="bad")
        done = run("export", "opted", *ALONE, "--wide", "2", "-o", str(file))
        assert (done.status, done.out) == (1, "")
        assert done.err == (
            "tjun: Exporter 'opted' (plugin 'bad' of tjun-made 1.2): its options class"
            " failed: RuntimeError: no ink\n"
        )
        assert untouched(file)


RECORD = """
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
    def test_that_fails_to_load_is_one_message(
        self, run: Run, shelf: Shelf, file: Path
    ) -> None:
        """
        If a record cannot be loaded, nothing is written, and the message names it.
        """
        shelf.add(RECORD.format(line="raise RuntimeError('no ink')"))
        done = run("export", "json", "--record", "its-own", "-o", file)
        assert (done.status, done.out) == (1, "")
        assert done.err == (
            "tjun: Plugin 'plugin' of tjun-made 1.2 cannot offer the record 'its-own':"
            " RuntimeError: no ink\n"
        )
        assert untouched(file)


class TestStandardOutput:
    CHATTY = "print('at import')\n" + offering(
        "chatty", "print('at the start')\nyield b'made'\nprint('at the end')"
    ).replace("    return [", "    print('in the hook')\n    return [")

    def test_has_the_result_and_nothing_that_a_plugin_prints(
        self, run: Run, shelf: Shelf, file: Path
    ) -> None:
        """
        What a plugin prints goes to standard error, wherever the result goes.
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

    @pytest.mark.parametrize(
        "words", [("export", "json"), ("events", "--format", "json"), ("check",)]
    )
    def test_has_nothing_that_a_record_prints(
        self, words: tuple[str, ...], run: Run, shelf: Shelf
    ) -> None:
        """
        What a plugin prints while it loads a record goes to standard error.
        """
        shelf.add(RECORD.format(line="print('loading')"))
        done = run(*words, "--record", "its-own")
        assert done.out.startswith(("{", "[", "No errors in its-own"))
        assert done.err == "loading\n"

    def test_has_nothing_that_is_printed_while_languages_are_looked_for(
        self, run: Run, shelf: Shelf
    ) -> None:
        """
        What a plugin prints while languages are looked for goes to standard error.
        """
        shelf.add(RECORD.format(line="pass"))
        done = run("events", "--language", "eo", *ALONE)
        assert (done.status, done.out) == (2, "")
        assert done.err.startswith("in the hook\ntjun: ")
