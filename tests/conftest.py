"""
Fixtures for every test, and how thoroughly Hypothesis searches.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_plugins import Shelf
from hypothesis import HealthCheck, Phase, settings
from running import Done, Run

import tjun
from tjun import cli

collect_ignore = ["wheels"]  # Plugins with tests of their own, once installed.

settings.register_profile(
    "here",
    deadline=None,
    max_examples=30,
    phases=[phase for phase in Phase if phase is not Phase.explain],
    suppress_health_check=[HealthCheck.too_slow],  # Slow machines exist.
)
settings.register_profile("ci", settings.get_profile("here"), derandomize=True)
settings.register_profile(
    "mutants",
    settings.get_profile("ci"),
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors],
)
settings.load_profile("ci" if os.environ.get("CI") else "here")
if "MUTANT_UNDER_TEST" in os.environ:
    # Each call passes through two functions of mutmut, which also runs a test
    # several times in one process.
    sys.setrecursionlimit(4_000)
    settings.load_profile("mutants")


@pytest.fixture(scope="session")
def un() -> tjun.Chronology:
    return tjun.load()


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Run]:
    """
    Run a command in this process, with its output in a pipe or on a terminal.
    """
    for name in (
        *("TJUN_STRICT_PLUGINS", "TJUN_DISABLED_PLUGINS", "TJUN_RECORD"),
        *("FORCE_COLOR", "NO_COLOR", "COLUMNS", "LINES", "LESS"),
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("PAGER", "cat")

    def in_this_process(*words: str | Path, columns: int | None = None) -> Done:
        capsys.readouterr()
        with monkeypatch.context() as patch:
            if columns is not None:
                patch.setenv("COLUMNS", str(columns))
                patch.setattr(sys.stdout, "isatty", lambda: True)
            with pytest.raises(SystemExit) as left:
                cli.main([str(word) for word in words])
        return Done(left.value.code, *capsys.readouterr())

    yield in_this_process
    capsys.readouterr()


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    folder = tmp_path / "shelf"
    folder.mkdir()
    made = Shelf(str(folder), monkeypatch)
    yield made
    made.clear()
