"""
What SECURITY.md and `docs/explanation/trust.md` promise and no other file tests.
"""

from __future__ import annotations

import contextlib
import importlib
import re
import shlex
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import attrs
import pytest
from nasty import NASTY

import tjun

ROOT = Path(__file__).parent.parent
SECURITY = ROOT / "SECURITY.md"
TRUST = ROOT / "docs" / "explanation" / "trust.md"
# Python reports every attempt to reach the network to such a function.
_OFFLINE = """
import shlex, sys

def refuse(name, arguments):
    if name.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")):
        raise RuntimeError(f"network access: {name}")

sys.addaudithook(refuse)
from tjun.cli import main
for line in sys.argv[1:]:
    sys.argv = ["tjun", *shlex.split(line)]
    try:
        main()
    except SystemExit as exit:
        assert exit.code in (0, None), (line, exit.code)
"""
COMMANDS = [
    "upcoming",
    "on 03-02",
    "events",
    "show tajikistan-joins-un",
    "search water",
    "timeline",
    "missions",
    "areas",
    "disputes",
    "sources",
    "records",
    "languages",
    "plugins",
    "check",
    "schema",
]


class TestPages:
    def test_name_existing_tests(self) -> None:
        """
        Each file that the two pages name exists.
        """
        text = f"{SECURITY.read_text()}{TRUST.read_text()}"
        named = set(re.findall(r"`((?:tests|fuzz)/[^`]+)`", text))
        assert len(named) > 8
        assert [each for each in named if not (ROOT / each).is_file()] == []

    def test_say_how_many_texts_are_difficult(self) -> None:
        """
        The number is that of the texts in `tests/nasty.py`.
        """
        assert f"The {len(NASTY)} difficult texts in `tests/nasty.py`" in (
            TRUST.read_text()
        )

    def test_fit_on_two_sheets(self) -> None:
        """
        Both pages together have at most a thousand words.
        """
        text = f"{SECURITY.read_text()}{TRUST.read_text()}"
        assert len(re.sub(r"[|-]", " ", text).split()) <= 1_000


class TestSource:
    @pytest.mark.parametrize(
        ("code", "place"),
        [
            (r"\b(?:from|import) cattrs\b", "recordfiles/converter\\.py"),
            (
                r"\.today\(\)|\.now\(|\btime\.time\(",
                r"cli/\w+\.py|exchange/export\.py",
            ),
            (r"\bimport random\b|\bsecrets\b", "nowhere"),
            (r"\bfrom tjun\.formats\b", r"cli/\w+\.py|formats/.+"),
        ],
    )
    def test_has_code_only_where_the_pages_say(self, code: str, place: str) -> None:
        """
        Only certain modules use cattrs, read the clock or import exporters.
        """
        package = ROOT / "src" / "tjun"
        found = {
            path.relative_to(package).as_posix()
            for path in package.rglob("*.py")
            if re.search(code, path.read_text())
        }
        assert [path for path in found if not re.fullmatch(place, path)] == []


class TestDependencies:
    def test_have_a_lowest_version_with_a_reason(self) -> None:
        """
        Each has no upper bound, and a comment in the same line.
        """
        text = (ROOT / "pyproject.toml").read_text()
        (block,) = re.findall(
            r"^dependencies = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL
        )
        lines = block.splitlines()
        assert len(lines) > 5
        for line in lines:
            assert re.fullmatch(r'  "[a-z0-9-]+>=[0-9.]+", +# .{20,}', line), line

    def test_are_audited_strictly(self) -> None:
        """
        An audit of the locked versions fails if it is incomplete, and runs every week.
        """
        command = ["make", "--dry-run", "audit"]
        done = subprocess.run(
            command, cwd=ROOT, check=True, capture_output=True, text=True
        )
        assert re.search(
            r"pip-audit --strict .*--require-hashes -r requirements-locked\.txt\n",
            done.stdout,
        )
        workflow = (ROOT / ".github" / "workflows" / "audit.yml").read_text()
        assert re.search(r'cron: "\d+ \d+ \* \* \d"', workflow)
        assert "run: make audit" in workflow


def run_offline(folder: Path, program: str, *lines: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program, *lines],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr if done.returncode else ""


class TestNetwork:
    def test_access_would_be_noticed(self, tmp_path: Path) -> None:
        """
        The function that the other tests rely on stops a connection.
        """
        connect = "import socket; socket.create_connection(('127.0.0.1', 9))"
        program = _OFFLINE.replace("main()", connect)
        error = run_offline(tmp_path, program, "events")
        assert "RuntimeError: network access: socket." in error

    def test_is_not_used_by_commands(self, tmp_path: Path) -> None:
        """
        No command that reads the record opens a connection.
        """
        assert run_offline(tmp_path, _OFFLINE, *COMMANDS) == ""

    def test_is_not_used_by_exporters(self, tmp_path: Path) -> None:
        """
        No built-in exporter opens a connection, whatever addresses it writes.
        """
        lines = []
        for exporter in tjun.exporters():
            words = ["export", exporter.name, "--no-plugins", "--area", "water"]
            names = {field.name for field in attrs.fields(exporter.options)}
            for name in sorted(names & {"base_url", "feed_url", "page_url"}):
                words += [f"--{name.replace('_', '-')}", "https://example.org/x/"]
            words += ["-o", f"{exporter.name}{exporter.suffix}"]
            lines.append(shlex.join(words))
        assert run_offline(tmp_path, _OFFLINE, *lines) == ""


class TestFuzzing:
    @pytest.mark.parametrize("name", ["languages", "records_json", "records_toml"])
    def test_accepts_the_corpus(
        self, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        The inputs that fuzzing starts from pass, so that it finds only what is new.
        """
        fuzz = ROOT / "fuzz"
        # The fuzzer itself is not installed for the tests.
        atheris = SimpleNamespace(
            instrument_imports=lambda **_: contextlib.nullcontext()
        )
        monkeypatch.setitem(sys.modules, "atheris", atheris)
        monkeypatch.setitem(sys.modules, "guard", SimpleNamespace(run=None))
        monkeypatch.syspath_prepend(fuzz)
        monkeypatch.chdir(tmp_path)
        target = importlib.import_module(name).target
        corpus = list((fuzz / "corpus" / name).iterdir())
        assert corpus
        for file in corpus:
            with contextlib.suppress(tjun.DataError):
                target(file.read_bytes())
