"""
The kit for plugin authors: good exporters pass, each bad one fails for its own reason.
"""

from __future__ import annotations

import textwrap

import pytest

import tjun
from tjun.testing import ExporterContract

pytest_plugins = ["pytester"]

# pytester forgets the modules that a run imports, but tjun keeps the names from them.
for _name in tjun.__all__:
    getattr(tjun, _name)

REGISTRY = tjun.exporters()


class TestCalendar(ExporterContract):
    exporter = REGISTRY["ics"]
    options_to_try = (
        {"first_year": 2000, "last_year": 2009, "every": 5, "month_dates": "skip"},
        {
            "leap_day": "mar1",
            "remind": ("3d",),
            "name": "-x",
            "feed_url": "https://x.org",
        },
    )
    # Nobody knows their day, or they are minor.
    ignores = (
        *(f"vague-{number}" for number in range(7)),
        *("of-kind-milestone", "of-kind-observance"),
        *("of-kind-agreement", "of-kind-conference"),
    )


class TestRecord(ExporterContract):
    exporter = REGISTRY["json"]
    ignores = ("language",)

    def parse(self, data: bytes) -> object:
        """
        Load the record.
        """
        return tjun.loads(data.decode(), format="json")


class TestPage(ExporterContract):
    exporter = REGISTRY["markdown"]
    options_to_try = ({"heading_level": 3},)


GOOD = '''
import functools
import io
import time
import attrs
import tjun

CACHE = {}
BUFFER = io.StringIO()

@attrs.define(kw_only=True)
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

EXPORTER = tjun.Exporter(
    name="under-test", summary="x", media_type="text/plain", suffix=".txt",
    options=Options, render=render,
)
'''
CONTRACT = """
options_to_try = ({"mark": "*"}, {"number": 3})

def parse(self, data):
    assert data.startswith(b"lines"), "it has to start with a heading"
"""

START = 'yield b"lines\\n"'
LINE = "{mark} {event.date} {title}"
PARTIAL = "functools.partial(made, kind='text')"

BAD = {
    "yields text": (
        START,
        'yield "lines\\n"',
        "test_is_valid",
        "expected chunks of bytes, got str",
    ),
    "yields nothing": (START, "return", "test_is_valid", "it yielded nothing at all"),
    "is invalid": (
        START,
        'yield b"LINES\\n"',
        "test_is_valid",
        "it has to start with a heading",
    ),
    "ignores the record": (
        "request.chronology.events",
        "()",
        "test_depends_on_the_content",
        "two different records gave the same bytes",
    ),
    "caches by the number of events": (
        'functools.partial(made, kind="text")',
        (
            "None\n"
            "def render(request):\n"
            "    key = (len(request.chronology.events), str(request.options),\n"
            "        request.language.tag)\n"
            "    if key not in CACHE:\n"
            "        CACHE[key] = list(made(request, 'text'))\n"
            "    return CACHE[key]"
        ),
        "test_depends_on_the_content",
        "two different records gave the same bytes",
    ),
    "drops events with partial dates": (
        "title = event",
        "if event.date.day is None: continue\n        title = event",
        "test_shows_each_event",
        "of sample() changes nothing; if the format",
    ),
    "writes the first day of a month": (
        "{event.date} {title}",
        "{event.date.earliest} {title}",
        "test_shows_how_precise_a_date_is",
        "an event of 2000-05 is exported as one of 2000-05-01",
    ),
    "ignores the language": (
        "in_(request.language)",
        "in_('en')",
        "test_depends_on_the_language",
        "two languages gave the same bytes; use request.language",
    ),
    "ignores an option": (
        " * request.options.number",
        "",
        "test_depends_on_each_option",
        "the option 'number' changes nothing",
    ),
    "changes its options": (
        START,
        'request.options.mark += "+"; yield b"lines\\n"',
        "test_gives_the_same_bytes_twice",
        "it changed its options from {'mark': '-'",
    ),
    "is random": (
        START,
        'import random; yield b"lines"; yield str(random.random()).encode()',
        "test_gives_the_same_bytes_twice",
        "two exports differ; the options are {}: from byte ",
    ),
    "is random with other options": (
        START,
        "import random; yield str(mark == '-' or random.random()).encode()",
        "test_gives_the_same_bytes_twice",
        "two exports differ; the options are {'mark': '*'}",
    ),
    "shares a buffer between threads": (
        'functools.partial(made, kind="text")',
        (
            "None\n"
            "def render(request):\n"
            "    BUFFER.seek(0)\n"
            "    BUFFER.truncate()\n"
            "    for line in made(request, 'text'):\n"
            "        BUFFER.write(line.decode())\n"
            "        time.sleep(0.001)\n"  # So that threads take turns for certain.
            "    return [BUFFER.getvalue().encode()]"
        ),
        "test_gives_the_same_bytes_in_threads",
        "it shares something between threads: from byte ",
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
    "depends on LANG": (
        START,
        'import os; yield os.environ["LANG"].encode()',
        "test_does_not_depend_on_the_environment",
        "the options are {}",
    ),
    "cannot be imported": (
        'functools.partial(made, kind="text")',
        "lambda request: made(request, 'text')",
        "test_does_not_depend_on_the_environment",
        "must be at the top level of a module",
    ),
    "ends the process": (
        START,
        'import os; os.environ["LANG"] == "C" and 1 / 0; yield b"lines"',
        "test_does_not_depend_on_the_environment",
        "ZeroDivisionError",
    ),
    "reads the clock": (
        START,
        "import datetime; yield str(datetime.date.today()).encode()",
        "test_does_not_read_the_clock",
        "the bytes depend on the clock; use request.today: from byte 2 on: b'2001-02",
    ),
    "contains the time in a ZIP file": (
        START,
        (
            "import zipfile; made = io.BytesIO(); file = zipfile.ZipFile(made, 'w');"
            " file.writestr('a', 'x'); file.close(); yield made.getvalue()"
        ),
        "test_does_not_read_the_clock",
        "only the ZIP files around the same content differ, usually in time stamps",
    ),
    "contains the time in a file in a ZIP file": (
        START,
        (
            'import time; yield tjun.reproducible_zip({"a": b"x",'
            ' "b": time.strftime("%c").encode()})'
        ),
        "test_does_not_read_the_clock",
        "use request.today: in 'b' in the ZIP file, from byte ",
    ),
    "contains other files in a ZIP file": (
        START,
        'import time; yield tjun.reproducible_zip({time.strftime("%Y"): b""})',
        "test_does_not_read_the_clock",
        "the ZIP files contain ['2001'] and ['2044']",
    ),
    "needs an event": (
        START,
        "yield request.chronology.events[0].id.encode()",
        "test_exports_or_rejects",
        "IndexError",
    ),
    "needs a day": (
        "{event.date} {title}",
        "{event.date.day:02} {title}",
        "test_exports_or_rejects",
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
        "test_exports_or_rejects",
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
        "its option 'table': ",
    ),
    "has an option with the name of a flag": (
        "number: int = 1",
        "number: int = 1\n    output: str = ''",
        "test_has_documented_options",
        "its option 'output' clashes with --output; rename it",
    ),
}

FILES = """
import tjun

def render_files(request):
    yield tjun.File("index.html", b"<p>" + str(request.language.tag).encode())
    for event in request.chronology.events:
        content = f"{event.date} {event.title.in_(request.language)}".encode()
        yield tjun.File(f"events/{event.id}.html", [content])

EXPORTER = tjun.Exporter(
    name="under-test", summary="x", media_type="text/html", suffix="/",
    render_files=render_files,
)
"""


def run(
    pytester: pytest.Pytester, code: str, contract: str = "", only: str = "test"
) -> pytest.RunResult:
    pytester.makepyfile(exporter_under_test=code)
    pytester.makepyfile(
        "from exporter_under_test import EXPORTER\n"
        "from tjun.testing import ExporterContract\n\n"
        "class TestContract(ExporterContract):\n"
        "    exporter = EXPORTER\n" + textwrap.indent(contract, "    ")
    )
    return pytester.runpytest_inprocess(
        "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-k", only
    )


class TestContract:
    def test_passes_for_a_good_exporter(self, pytester: pytest.Pytester) -> None:
        """
        An exporter that keeps the contract passes every test.
        """
        result = run(pytester, GOOD, CONTRACT)
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
        result = run(pytester, GOOD.replace(right, wrong, 1), CONTRACT, test)
        assert result.ret == 1
        assert reason in "\n".join(result.outlines)

    def test_passes_for_what_the_author_declares(
        self, pytester: pytest.Pytester
    ) -> None:
        """
        With `ignores`, a format may lack events, dates, languages and options.
        """
        lacking = GOOD
        for fault in (
            "drops events with partial dates",
            "writes the first day of a month",
            "ignores the language",
            "ignores an option",
        ):
            right, wrong, _, _ = BAD[fault]
            lacking = lacking.replace(right, wrong, 1)
        partial = [e.id for e in tjun.testing.sample().events if e.date.day is None]
        ignores = f"ignores = {('dates', 'language', 'number', *partial)}\n"
        assert run(pytester, lacking, CONTRACT + ignores, "depends or shows").ret == 0

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
