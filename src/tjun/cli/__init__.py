"""
The command line: the same words as the library.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from typing import NoReturn

from cyclopts import App

from tjun import __version__
from tjun.errors import TjunError

__all__ = ["EXPORT_HELP", "application", "main"]

EXPORT_HELP = "Write the record to a file or to standard output."

_HELP = """
What happened between Tajikistan and the United Nations, on which day, who says so,
and when the next anniversary falls.
"""


def application(words: Sequence[str] = ()) -> App:
    """
    Return the application.

    Args:
        words: The arguments it is for. An export needs none of the other commands,
            and they none of its exporters, so that each loads only its own.
    """
    app = App(name="tjun", help=_HELP, version=__version__)
    if words[:1] == ["export"]:
        from tjun.cli.exporting import export_app  # noqa: PLC0415  # As said above.

        app.command(export_app(words[1:]))
        return app
    from tjun.cli.looking import add_to  # noqa: PLC0415  # As said above.

    app.command(App(name="export", help=EXPORT_HELP))
    add_to(app)
    return app


def main(words: Sequence[str] | None = None) -> NoReturn:
    """
    Run the command line and leave with its exit status.

    0 when all is well, or when the reader of the output has seen enough; 1 with a
    message; 2 for wrong usage; 130 when interrupted.

    Args:
        words: The arguments, by default those of the process.
    """
    words = sys.argv[1:] if words is None else words
    with _notes_at_the_end() as notes:
        status = _run(list(words), notes)
    _leave(status)


def _run(words: list[str], notes: _Notes) -> int:
    try:
        try:
            application(words)(words)
            sys.stdout.flush()
        except BrokenPipeError:
            # The reader has seen enough; what is left must not go into the pipe.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            notes.clear()
    except TjunError as error:
        return _told(error, 1)
    except ValueError as error:  # What the arguments say makes no sense.
        return _told(error, 2)
    except OSError as error:
        return _told(f"cannot write the output: {error.strerror or error}", 1)
    except KeyboardInterrupt:
        return _told("interrupted; nothing was written", 130)
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else 0
    return 0


def _leave(status: int) -> NoReturn:
    """
    Leave, even where a plugin left something running that would never end.
    """
    running = [
        thread.name
        for thread in threading.enumerate()
        if thread is not threading.current_thread() and not thread.daemon
    ]
    if running:
        names = ", ".join(running)
        sys.stderr.write(f"tjun: a plugin left running, and now ended: {names}\n")
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    raise SystemExit(status)


def _told(message: object, status: int) -> int:
    sys.stderr.write(f"tjun: {message}\n")
    return status


class _Notes(logging.Handler):
    """
    What exporters log, kept until all else is done.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(self.format(record))

    def clear(self) -> None:
        self._lines.clear()

    def show(self) -> None:
        sys.stderr.writelines(f"{line}\n" for line in self._lines)


@contextlib.contextmanager
def _notes_at_the_end() -> Iterator[_Notes]:
    """
    Show on standard error, when all else is done, what exporters log.
    """
    log = logging.getLogger("tjun")
    level, notes = log.level, _Notes()
    log.addHandler(notes)
    log.setLevel(logging.INFO)
    try:
        yield notes
    finally:
        log.setLevel(level)
        log.removeHandler(notes)
        notes.show()
