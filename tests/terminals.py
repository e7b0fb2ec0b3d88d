"""
Running commands on a terminal.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

__all__ = ["on_terminal"]


def on_terminal(
    command: Sequence[str | Path],
    env: Mapping[str, str],
    *,
    folder: Path | None = None,
) -> tuple[int, str]:
    """
    Return the status of a command, and what it shows on a terminal of 80 columns.
    """
    import pty  # Not every system has it.

    ours, theirs = pty.openpty()
    usual = {"COLUMNS": "80", "LINES": "1000", "TERM": "dumb"}
    child = subprocess.Popen(
        command,
        env={**usual, **env},
        cwd=folder,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown = bytearray()
    with contextlib.suppress(OSError):  # On Linux, the end of its output is an error.
        while chunk := os.read(ours, 65_536):
            shown += chunk
    os.close(ours)
    return child.wait(), shown.decode().replace("\r\n", "\n")
