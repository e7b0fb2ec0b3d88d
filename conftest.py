"""
Run the examples in the documentation, each page from top to bottom.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from doctest import ELLIPSIS
from pathlib import Path

import pytest
from sybil import Example, Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser

ROOT = Path(__file__).parent
# These commands install something or run the tests, including this one.
_RUN_ELSEWHERE = ("make ", "pip install ", "git clone ", "cd ")


def run_shell(example: Example) -> None:
    """
    Run the commands in a block, in a directory that belongs to the page.

    A line that starts with a dollar sign is a command, and the lines after it are its
    exact output. In a block without dollar signs, each line is a command.
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
        done = subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=example.namespace["folder"],
            env={
                **os.environ,
                "COLUMNS": "80",
                "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{shlex.quote(command)}: {done.stderr}"
        if expected:
            printed = (done.stdout + done.stderr).strip().splitlines()
            wanted = "\n".join(expected).strip().splitlines()
            assert [line.rstrip() for line in printed] == wanted


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    Create a directory in which a page's commands find `src` and `examples`.
    """
    made = tmp_path_factory.mktemp("page")
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
