"""
What SECURITY.md and `docs/explanation/trust.md` promise and no other file tests.
"""

from __future__ import annotations

import contextlib
import importlib
import shlex
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import attrs
import pytest

import tjun

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
        fuzz = Path(__file__).parent.parent / "fuzz"
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
