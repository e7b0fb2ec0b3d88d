"""
A virtual environment in which wheels are installed for the tests.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import attrs

__all__ = ["Environment"]


@attrs.frozen
class Environment:
    """
    A virtual environment, and a directory in which its programs run.

    Attributes:
        folder: The environment.

        variables: Environment variables to set, in addition to those of the tests.
    """

    folder: Path
    variables: Mapping[str, str] = {}

    @classmethod
    def create(cls, folder: Path) -> Environment:
        """
        Create an empty environment.
        """
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        return cls(folder)

    @property
    def work(self) -> Path:
        """
        The directory in which programs run.
        """
        path = self.folder / "work"
        path.mkdir(exist_ok=True)
        return path

    def install(self, wheels: Iterable[Path], *, extra: str) -> None:
        """
        Install wheels with an extra, and what they need.
        """
        found = [
            f"{wheel.name.partition('-')[0]}[{extra}] @ {wheel.as_uri()}"
            for wheel in wheels
        ]
        # Nothing here runs long enough for compiled modules to pay off.
        self.python(*"-m pip install --quiet --no-compile".split(), *found)

    def python(self, *words: str | os.PathLike[str]) -> None:
        """
        Run Python, which must succeed.
        """
        done = self._run("python", *words)
        assert done.returncode == 0, (done.stdout + done.stderr).decode()

    def tjun(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        """
        Run the command line of tjun.
        """
        return self._run("tjun", *words)

    def _run(
        self, program: str, *words: str | os.PathLike[str]
    ) -> subprocess.CompletedProcess[bytes]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("TJUN_", "PYTHON", "COV_", "COVERAGE_"))
        }
        return subprocess.run(
            [self.folder / "bin" / program, *words],
            cwd=self.work,
            env={**kept, "COLUMNS": "100", **self.variables},
            capture_output=True,
            check=False,
        )
