"""
The standard streams and the terminal, whatever state they are in.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator
from typing import TextIO

from tjun.model.text import escape_controls

__all__ = [
    "describe_terminal",
    "only_results_to_stdout",
    "print_error",
    "replace_missing_streams",
    "silence",
    "stdout",
]

_NARROWEST, _WIDEST = 20, 1_000  # Columns.

_stdout: TextIO | None = None


def describe_terminal() -> None:
    """
    Set COLUMNS, LINES and TERM to something that output can be made for.

    Without a type, a terminal may not understand colours. Tables one column wide need
    as many lines as letters, and those a million wide all the memory.
    """
    os.environ.setdefault("TERM", "" if os.name == "nt" else "dumb")
    size = shutil.get_terminal_size()
    limited = min(max(size.columns, _NARROWEST), _WIDEST)
    if "COLUMNS" in os.environ or limited != size.columns:
        os.environ["COLUMNS"] = str(limited)
    if "LINES" in os.environ:
        os.environ["LINES"] = str(size.lines)


@contextlib.contextmanager
def only_results_to_stdout() -> Iterator[None]:
    """
    Send everything to standard error that is not written to `stdout()`.

    That is what plugins print, which would end up in the middle of an export.
    """
    global _stdout  # noqa: PLW0603  # It belongs to the process, as `sys.stdout` does.
    _stdout = sys.stdout
    try:
        with contextlib.redirect_stdout(sys.stderr):
            yield
    finally:
        _stdout = None


def stdout() -> TextIO:
    """
    Return the stream for the result of a command.
    """
    return sys.stdout if _stdout is None else _stdout


def replace_missing_streams() -> None:
    """
    Replace streams that were closed when the process was started.
    """
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # Stays open.
    if sys.stdout is None:
        # Opened for reading, so that writing to it fails.
        sys.stdout = open(os.devnull, encoding="utf-8")  # noqa: SIM115  # Stays open.


def print_error(*lines: str) -> None:
    """
    Write lines to standard error, with control characters escaped.
    """
    try:
        for line in lines:
            sys.stderr.write(f"{escape_controls(line)}\n")
    except OSError:  # The disk is full, or it is a pipe that nobody reads.
        silence(sys.stderr)


def silence(stream: TextIO) -> None:
    """
    Discard buffered output, so that flushing it at exit does not fail again.
    """
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
