"""
The plugin template works without changes.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TJUN = Path(sys.executable).parent / "tjun"


@pytest.mark.packaging
def test_a_new_plugin_installs_exports_and_passes_its_own_tests(
    tmp_path: Path,
) -> None:
    """
    A new plugin can be installed, exports the record and passes its own tests.
    """

    def run(*words: str | Path) -> str:
        done = subprocess.run(
            words,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(tmp_path / "installed")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    run(TJUN, "new", "plugin", "plain-lines")
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps")
    run(*pip, "--target", "installed", "./tjun-plain-lines")
    assert "plain-lines" in run(TJUN, "plugins")
    lines = run(TJUN, "export", "plain-lines", "--area", "water", "--separator", "|")
    assert "2000-12-20|General Assembly proclaims" in lines
    output = run(sys.executable, "-m", "pytest", "-q", "tjun-plain-lines")
    assert " passed" in output
    assert "failed" not in output
