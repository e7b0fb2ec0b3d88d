"""
Run the examples in the documentation, each page from top to bottom.
"""

from __future__ import annotations

import contextlib
import os
import pty
import shlex
import subprocess
import sys
import termios
from collections.abc import Callable
from doctest import ELLIPSIS, OutputChecker
from pathlib import Path

import pytest
from sybil import Example, Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser

ROOT = Path(__file__).parent
# These commands install something or run the tests, including this one.
_RUN_ELSEWHERE = (
    ". ",
    "cd ",
    "git clone ",
    "make ",
    "pip install ",
    "pipx install ",
    "python3 -m venv ",
    "uvx ",
)


_MEASURING = "COVERAGE_PROCESS_CONFIG"
_measuring: dict[str, str] = {}


def pytest_collection_finish() -> None:
    """
    Measure the coverage of child processes only for tests that ask for it.

    It doubles the time that a command takes.
    """
    if _MEASURING in os.environ:
        _measuring[_MEASURING] = os.environ.pop(_MEASURING)


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Measure the coverage of the child processes of a test.
    """
    for name, value in _measuring.items():
        monkeypatch.setenv(name, value)


def run_shell(example: Example) -> None:
    """
    Run the commands in a block, in a directory that belongs to the page.

    A line that starts with a dollar sign is a command, and the lines after it are what
    it prints on a terminal; `...` stands for anything. In a block without dollar
    signs, each line is a command.
    """
    lines = example.parsed.splitlines()
    session = any(line.startswith("$ ") for line in lines)
    commands: list[tuple[str, list[str]]] = []
    for line in lines:
        if not session or line.startswith("$ "):
            commands.append((line.removeprefix("$ "), []))
        else:
            commands[-1][1].append(line)
    for command, expected in commands:
        if command.startswith(_RUN_ELSEWHERE) or not command.strip():
            continue
        status, output = _run_on_terminal(command, example.namespace["folder"])
        assert status == 0, f"{shlex.quote(command)}: {output}"
        if expected:
            printed, wanted = _stripped(output.splitlines()), _stripped(expected)
            if not OutputChecker().check_output(wanted, printed, ELLIPSIS):
                assert printed == wanted


def _stripped(lines: list[str]) -> str:
    return "\n".join(line.rstrip() for line in lines).strip() + "\n"


def _run_on_terminal(command: str, folder: Path, **environment: str) -> tuple[int, str]:
    """
    Run a command on a terminal of 80 columns without styles.

    Returns:
        The exit status, and what the command printed.
    """
    ours, theirs = pty.openpty()
    settings = termios.tcgetattr(theirs)
    settings[1] &= ~termios.OPOST  # Leave the ends of lines alone.
    termios.tcsetattr(theirs, termios.TCSANOW, settings)
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    terminal = {"COLUMNS": "80", "TERM": "dumb", "PAGER": "cat", "PATH": path}
    with subprocess.Popen(
        ["/bin/sh", "-c", command],
        cwd=folder,
        env={**os.environ, **terminal, **environment},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        output = bytearray()
        with contextlib.suppress(OSError):  # Linux raises at the end of the output.
            while chunk := os.read(ours, 65536):
                output += chunk
    os.close(ours)
    return process.returncode, output.decode()


@pytest.fixture(scope="session")
def run_on_terminal() -> Callable[..., tuple[int, str]]:
    return _run_on_terminal


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    Create a directory in which a page's commands find `src`, `examples` and `.venv`.
    """
    made = tmp_path_factory.mktemp("page")
    (made / ".venv").symlink_to(sys.prefix)
    for name in ("src", "examples"):
        (made / name).symlink_to(ROOT / name)
    return made


def _start(namespace: dict[str, object]) -> None:
    namespace["__name__"] = "__page__"


pytest_collect_file = Sybil(
    parsers=[
        PythonCodeBlockParser(doctest_optionflags=ELLIPSIS),
        CodeBlockParser(language="sh", evaluator=run_shell),
    ],
    patterns=["README.md", "CONTRIBUTING.md", "docs/**/*.md"],
    fixtures=["folder"],
    setup=_start,
).pytest()
