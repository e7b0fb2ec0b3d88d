"""
The kit for authors: good exporters pass, each bad one fails for its own reason.
"""

from __future__ import annotations

import os
import textwrap

import pytest

import tjun
from tjun.testing import ExporterContract
from tjun.testing.apart import touches

pytest_plugins = ["pytester"]

REGISTRY = tjun.exporters()


class TestCalendar(ExporterContract):
    exporter = REGISTRY["ics"]


class TestRecord(ExporterContract):
    exporter = REGISTRY["json"]


class TestPage(ExporterContract):
    exporter = REGISTRY["markdown"]


GOOD = '''
import attrs
import tjun

@attrs.frozen(kw_only=True)
class Options:
    """
    Attributes:
        mark: What stands before each line.
    """

    mark: str = "-"

def render(request):
    yield b"lines\\n"
    for event in request.chronology.events:
        title = event.title.in_(request.language)
        yield f"{request.options.mark} {event.date} {title}\\n".encode()
'''

BAD = {
    "yields text": (
        'yield b"lines\\n"',
        'yield "lines\\n"',
        "test_gives_octets",
        "expected pieces of bytes, got 'lines",
    ),
    "yields nothing": (
        'yield b"lines\\n"',
        "return",
        "test_gives_octets",
        "it gave nothing at all",
    ),
    "is random": (
        'yield b"lines\\n"',
        "import random; yield str(random.random()).encode()",
        "test_gives_the_same_octets_twice",
        "two runs gave different octets",
    ),
    "follows the order of a set": (
        'yield b"lines\\n"',
        'yield " ".join({e.id for e in request.chronology.events}).encode()',
        "test_does_not_depend_on_the_hash_seed",
        "the octets depend on the order of a set or a hash",
    ),
    "asks the clock": (
        'yield b"lines\\n"',
        "import datetime; yield str(datetime.date.today()).encode()",
        "test_does_not_ask_the_clock",
        "the octets depend on the clock; use request.today",
    ),
    "writes a file": (
        'yield b"lines\\n"',
        'open("aside.txt", "w").close(); yield b"lines\\n"',
        "test_writes_nowhere_else",
        "while rendering it did ['open aside.txt to write']",
    ),
    "starts a process": (
        'yield b"lines\\n"',
        'import subprocess; subprocess.run(["true"]); yield b"lines\\n"',
        "test_writes_nowhere_else",
        "subprocess.Popen",
    ),
    "needs an event": (
        'yield b"lines\\n"',
        "yield request.chronology.events[0].id.encode()",
        "test_takes_an_empty_record",
        "IndexError",
    ),
    "needs a day": (
        "{event.date} {title}",
        "{event.date.day:02} {title}",
        "test_takes_every_kind_of_event",
        "unsupported format string passed to NoneType",
    ),
    "knows only ASCII": (
        ".encode()",
        '.encode("ascii")',
        "test_takes_hostile_texts",
        "'ascii' codec can't encode",
    ),
    "breaks on control characters": (
        "title = event",
        'assert "\\x00" not in str(event.title); title = event',
        "test_carries_or_refuses_control_characters",
        "AssertionError",
    ),
    "has an option without help": (
        "mark: What stands before each line.",
        "other: Nothing.",
        "test_has_documented_options",
        "the option 'mark' has no help",
    ),
    "cannot be imported": (
        "def render(request):",
        "def made():\n  return lambda _: [b'x']\nnested = made()\ndef r(request):",
        "test_does_not_depend_on_the_hash_seed",
        "must stand at the top of its module",
    ),
}


class TestContract:
    @staticmethod
    def run(pytester: pytest.Pytester, code: str) -> pytest.RunResult:
        render = "nested" if "nested =" in code else "render"
        offer = f"""
        EXPORTER = tjun.Exporter(
            name="under-test", summary="x", media_type="text/plain", suffix=".txt",
            options=Options, render={render},
        )
        """
        pytester.makepyfile(exporter_under_test=code + textwrap.dedent(offer))
        pytester.makepyfile(
            """
            from exporter_under_test import EXPORTER
            from tjun.testing import ExporterContract

            class TestContract(ExporterContract):
                exporter = EXPORTER
            """
        )
        return pytester.runpytest_inprocess("-q", "-p", "no:cacheprovider")

    def test_a_good_exporter_passes(self, pytester: pytest.Pytester) -> None:
        """
        An exporter that keeps the contract passes all of it.
        """
        result = self.run(pytester, GOOD)
        assert result.ret == 0
        assert set(result.parseoutcomes()) <= {"passed"}

    @pytest.mark.parametrize("fault", BAD)
    def test_a_bad_exporter_fails_for_its_own_reason(
        self, pytester: pytest.Pytester, fault: str
    ) -> None:
        """
        An exporter with a fault fails the test for that fault, which says why.
        """
        right, wrong, test, reason = BAD[fault]
        assert right in GOOD
        result = self.run(pytester, GOOD.replace(right, wrong))
        assert result.ret == 1
        failed = [line for line in result.outlines if line.startswith("FAILED")]
        assert any(f"::{test}" in line for line in failed)
        assert reason in "\n".join(result.outlines)


class TestTouches:
    @pytest.mark.parametrize(
        ("event", "given", "what"),
        [
            ("open", ("x", "r", os.O_RDONLY), None),
            ("open", ("x", "w", 0), "open x to write"),
            ("open", ("x", "r+", 0), "open x to write"),
            ("open", ("x", None, os.O_RDONLY), None),
            ("open", ("x", None, os.O_WRONLY | os.O_CREAT), "open x to write"),
            ("os.mkdir", ("x", 0o777, -1), "os.mkdir"),
            ("socket.connect", (None, "x"), "socket.connect"),
            ("subprocess.Popen", ("x", [], None, None), "subprocess.Popen"),
            ("import", ("x", None, None, None, None), None),
            ("os.listdir", ("x",), None),
        ],
    )
    def test_tells_what_is_done_from_what_is_seen(
        self, event: str, given: tuple[object, ...], what: str | None
    ) -> None:
        """
        Writing, starting and calling are told; reading and importing are not.
        """
        assert touches(event, given) == what
