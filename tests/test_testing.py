"""
The kit for plugin authors: good exporters pass, each bad one fails for its own reason.
"""

from __future__ import annotations

import os
import tempfile
import textwrap

import pytest

import tjun
from tjun.testing import ExporterContract
from tjun.testing.subprocess_runner import effect_of

pytest_plugins = ["pytester"]

REGISTRY = tjun.exporters()


class TestCalendar(ExporterContract):
    exporter = REGISTRY["ics"]
    options_to_try = (
        {"first_year": 2000, "last_year": 2009, "every": 5, "month_dates": "skip"},
        {
            "leap_day": "mar1",
            "alarm_days": 3,
            "name": "-x",
            "feed_url": "https://x.org",
        },
    )


class TestRecord(ExporterContract):
    exporter = REGISTRY["json"]

    def parse(self, data: bytes) -> object:
        """
        Load the record.
        """
        return tjun.loads(data.decode(), format="json")


class TestPage(ExporterContract):
    exporter = REGISTRY["markdown"]
    options_to_try = ({"heading_level": 3, "timeline": True},)


GOOD = '''
import functools
import attrs
import tjun

@attrs.frozen(kw_only=True)
class Options:
    """
    How to write.

    Attributes:
        mark: The text before each line.

        number: How many marks.
    """

    mark: str = "-"
    number: int = 1

def made(request, kind):
    mark = request.options.mark * request.options.number
    yield b"lines\\n"
    for event in request.chronology.events:
        title = event.title.in_(request.language)
        yield f"{mark} {event.date} {title}\\n".encode()

render = functools.partial(made, kind="text")
'''

START = 'yield b"lines\\n"'

BAD = {
    "yields text": (
        START,
        'yield "lines\\n"',
        "test_yields_something",
        "expected chunks of bytes, got str",
    ),
    "yields nothing": (
        START,
        "return",
        "test_yields_something",
        "it yielded nothing at all",
    ),
    "ignores the record": (
        "request.chronology.events",
        "()",
        "test_depends_on_the_record",
        "two different records gave the same bytes",
    ),
    "is invalid": (
        START,
        'yield b"LINES\\n"',
        "test_is_valid",
        "it has to start with a heading",
    ),
    "is random": (
        START,
        "import random; yield str(random.random()).encode()",
        "test_gives_the_same_bytes_twice",
        "two exports differ; the options are {}",
    ),
    "is random with other options": (
        START,
        "import random; yield str(mark == '-' or random.random()).encode()",
        "test_gives_the_same_bytes_twice",
        "two exports differ; the options are {'mark': '*'}",
    ),
    "follows the order of a set": (
        START,
        'yield " ".join({e.id for e in request.chronology.events}).encode()',
        "test_does_not_depend_on_the_environment",
        "the bytes depend on the order of a set, or on the home directory",
    ),
    "depends on the home directory": (
        START,
        'import os; yield os.path.expanduser("~").encode()',
        "test_does_not_depend_on_the_environment",
        "the options are {}",
    ),
    "depends on the time zone with other options": (
        START,
        (
            'import time; yield (time.strftime("%z", time.localtime(0)) if mark == "*"'
            ' else "").encode() + b"lines"'
        ),
        "test_does_not_depend_on_the_environment",
        "the options are {'mark': '*'}",
    ),
    "depends on the locale": (
        START,
        'import locale; yield locale.setlocale(locale.LC_ALL, "").encode()',
        "test_does_not_depend_on_the_environment",
        "the options are {}",
    ),
    "depends on the working directory": (
        START,
        "import os; yield os.getcwd().encode()",
        "test_does_not_depend_on_the_environment",
        "the options are {}",
    ),
    "reads the clock": (
        START,
        "import datetime; yield str(datetime.date.today()).encode()",
        "test_does_not_read_the_clock",
        "the bytes depend on the clock; use request.today",
    ),
    "writes a file": (
        START,
        'open("aside.txt", "w").close(); yield b"lines\\n"',
        "test_changes_nothing_else",
        "it did ['open aside.txt to write']",
    ),
    "writes a temporary file": (
        START,
        'import tempfile; tempfile.TemporaryFile("w").close(); yield b"lines\\n"',
        "test_changes_nothing_else",
        "if it needs them, set temporary_files = True",
    ),
    "starts a process": (
        START,
        'import subprocess; subprocess.run(["true"]); yield b"lines\\n"',
        "test_changes_nothing_else",
        "subprocess.Popen",
    ),
    "needs an event": (
        START,
        "yield request.chronology.events[0].id.encode()",
        "test_accepts_an_empty_record",
        "IndexError",
    ),
    "needs a day": (
        "{event.date} {title}",
        "{event.date.day:02} {title}",
        "test_accepts_every_kind_of_event",
        "unsupported format string passed to NoneType",
    ),
    "knows only ASCII": (
        ".encode()",
        '.encode("ascii")',
        "test_accepts_hostile_text",
        "'ascii' codec can't encode",
    ),
    "breaks on control characters": (
        "title = event",
        'assert "\\x00" not in str(event.title); title = event',
        "test_exports_or_rejects_control_characters",
        "raise tjun.ExportError instead",
    ),
    "has an option without help": (
        "mark: The text before each line.",
        "other: Nothing.",
        "test_has_documented_options",
        "the option 'mark' has no help",
    ),
    "has an option that no flag can express": (
        "number: int = 1",
        "number: int = 1\n    table: dict = attrs.Factory(dict)",
        "test_has_documented_options",
        "its option 'table': the type dict is not supported; use str, int",
    ),
    "has an option with the name of a flag": (
        "number: int = 1",
        "number: int = 1\n    output: str = ''",
        "test_has_documented_options",
        "its option 'output' clashes with --output; rename it",
    ),
    "cannot be imported": (
        'functools.partial(made, kind="text")',
        "lambda request: made(request, 'text')",
        "test_does_not_depend_on_the_environment",
        "must be at the top level of a module",
    ),
}

FILES = """
import tjun

def render_files(request):
    yield tjun.File("index.html", b"<p>" + str(request.language.tag).encode())
    for event in request.chronology.events:
        content = event.title.in_(request.language).encode()
        yield tjun.File(f"events/{event.id}.html", [content])

EXPORTER = tjun.Exporter(
    name="under-test", summary="x", media_type="text/html", suffix="/",
    render_files=render_files,
)
"""


def run(pytester: pytest.Pytester, code: str, contract: str = "") -> pytest.RunResult:
    pytester.makepyfile(exporter_under_test=code)
    pytester.makepyfile(
        "from exporter_under_test import EXPORTER\n"
        "from tjun.testing import ExporterContract\n\n"
        "class TestContract(ExporterContract):\n"
        "    exporter = EXPORTER\n" + textwrap.indent(contract, "    ")
    )
    return pytester.runpytest_inprocess(
        "-q", "-p", "no:cacheprovider", "-p", "no:xdist"
    )


OFFER = """
EXPORTER = tjun.Exporter(
    name="under-test", summary="x", media_type="text/plain", suffix=".txt",
    options=Options, render=render,
)
"""
CONTRACT = """
options_to_try = ({"mark": "*"}, {"number": 3})

def parse(self, data):
    assert data.startswith(b"lines"), "it has to start with a heading"
"""


class TestContract:
    def test_passes_for_a_good_exporter(self, pytester: pytest.Pytester) -> None:
        """
        An exporter that keeps the contract passes every test.
        """
        result = run(pytester, GOOD + OFFER, CONTRACT)
        assert result.ret == 0
        assert set(result.parseoutcomes()) <= {"passed"}

    @pytest.mark.parametrize("fault", BAD)
    def test_fails_for_a_bad_one_and_says_why(
        self, pytester: pytest.Pytester, fault: str
    ) -> None:
        """
        An exporter with a fault fails the test for that fault, which says why.
        """
        right, wrong, test, reason = BAD[fault]
        assert right in GOOD
        result = run(pytester, GOOD.replace(right, wrong, 1) + OFFER, CONTRACT)
        assert result.ret == 1
        failed = [line for line in result.outlines if line.startswith("FAILED")]
        assert any(f"::{test}" in line for line in failed)
        assert reason in "\n".join(result.outlines)

    def test_allows_temporary_files_that_are_declared(
        self, pytester: pytest.Pytester
    ) -> None:
        """
        With `temporary_files = True`, an exporter may use temporary files.
        """
        _, wrong, _, _ = BAD["writes a temporary file"]
        code = GOOD.replace(START, wrong) + OFFER
        result = run(pytester, code, CONTRACT + "temporary_files = True\n")
        assert result.ret == 0

    def test_covers_exporters_of_several_files(self, pytester: pytest.Pytester) -> None:
        """
        An exporter with `render_files` passes, and `parse()` gets its files.
        """
        parse = (
            "def parse(self, data):\n    assert data['index.html'].startswith(b'<p>')"
        )
        assert run(pytester, FILES, parse).ret == 0
        bad = FILES.replace('f"events/{event.id}.html"', '"events/x.html"')
        result = run(pytester, bad, parse)
        assert result.ret == 1
        assert "cannot exist together" in "\n".join(result.outlines)


TEMPORARY = f"{tempfile.gettempdir()}/x"


class TestEffects:
    @pytest.mark.parametrize(
        ("event", "given", "effect"),
        [
            ("open", ("x", "r", os.O_RDONLY), None),
            ("open", ("x", "w", 0), ("open x to write", False)),
            ("open", ("x", "r+", 0), ("open x to write", False)),
            ("open", ("x", None, os.O_RDONLY), None),
            (
                "open",
                ("x", None, os.O_WRONLY | os.O_CREAT),
                ("open x to write", False),
            ),
            ("open", (TEMPORARY, "w", 0), (f"open {TEMPORARY} to write", True)),
            ("open", (3, "w", 0), ("open 3 to write", True)),
            ("os.mkdir", ("x", 0o777, -1), ("os.mkdir", False)),
            ("os.mkdir", (TEMPORARY, 0o777, -1), ("os.mkdir", True)),
            ("os.rename", (TEMPORARY, "x", -1, -1), ("os.rename", False)),
            ("socket.connect", (None, "x"), ("socket.connect", False)),
            ("subprocess.Popen", ("x", [], None, None), ("subprocess.Popen", False)),
            ("import", ("x", None, None, None, None), None),
            ("os.listdir", ("x",), None),
        ],
    )
    def test_are_recognized(
        self,
        event: str,
        given: tuple[object, ...],
        effect: tuple[str, bool] | None,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """
        Writing, starting and connecting are effects; reading and importing are not.
        """
        monkeypatch.chdir(os.sep)  # So that x is not a temporary file.
        assert effect_of(event, given) == effect
