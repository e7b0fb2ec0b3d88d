"""
The command line.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn

from tjun.cli.app import application
from tjun.cli.process import run

__all__ = ["application", "main"]


def main(words: Sequence[str] | None = None) -> NoReturn:
    """
    Run a command and exit.

    The exit status is 0 on success, and also if the reader of the output stops
    reading; 1 with a message if the command fails; 2 for a usage error; and 128 plus
    the number of the signal if interrupted (130 for Ctrl-C, 143 for SIGTERM). A bug in
    tjun shows a traceback.

    Args:
        words: The arguments; by default those of the process.
    """
    run(sys.argv[1:] if words is None else words)
