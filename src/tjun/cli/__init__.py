"""
The command line: the same words as the library.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import sys
import threading
from collections.abc import Collection, Iterator, Sequence
from typing import NoReturn

from cyclopts import App, CycloptsError

from tjun import __version__
from tjun.errors import TjunError, describe_error
from tjun.model.text import escape_controls

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
    app = App(
        name="tjun",
        help=_HELP,
        version=__version__,
        suppress_keyboard_interrupt=False,  # An interruption is told of, in `main`.
    )
    if words[:1] == ["export"]:
        from tjun.cli.exporting import export_app  # noqa: PLC0415  # As describe_error above.

        app.command(export_app(words[1:]))
        return app
    from tjun.cli.looking import add_to  # noqa: PLC0415  # As describe_error above.

    app.command(App(name="export", help=EXPORT_HELP))
    add_to(app)
    return app


def main(words: Sequence[str] | None = None) -> NoReturn:
    """
    Run the command line and leave with its exit status.

    0 when all is well, or when the reader of the output has seen enough; 1 with a
    message; 2 for wrong usage; 128 and the signal's number (130 for Ctrl-C, 143 for
    SIGTERM) when interrupted.

    Args:
        words: The arguments, by default those of the process.
    """
    words = sys.argv[1:] if words is None else words
    before = set(threading.enumerate())
    with _notes_at_the_end() as notes, _told_to_end():
        status = _run(list(words), notes)
    _leave(status, before)


def _run(words: list[str], notes: _Notes) -> int:
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # For good.
    if sys.stdout is None:  # Closed by who started this.
        sys.stdout = open(os.devnull, encoding="utf-8")  # noqa: SIM115  # Not writable.
    try:
        status = _obey(words)
        sys.stdout.flush()
    except (TjunError, OSError, ValueError, KeyboardInterrupt) as error:
        status, message = _verdict(error)
        if isinstance(error, (OSError, UnicodeEncodeError)):
            _mute()
            notes.clear()
        if message:
            _say(f"tjun: {message}")
    return status


def _verdict(error: BaseException) -> tuple[int, str]:
    """
    Return the exit status that *error* means, and what to say of it.
    """
    match error:
        case TjunError():
            return 1, str(error)
        case BrokenPipeError():
            return 0, ""  # The reader has seen enough.
        case OSError():
            return 1, f"cannot write the output: {error.strerror or error}"
        case UnicodeEncodeError():
            what = f"{error.encoding} has no {error.object[error.start]!r}"
            return 1, f"cannot write the output: {what}; set PYTHONIOENCODING=utf-8"
        case ValueError():
            return 2, str(error)  # What the arguments say makes no sense.
    number = error.number if isinstance(error, _ToldToEnd) else signal.SIGINT
    return 128 + number, "interrupted; no file is left half written"


def _obey(words: list[str]) -> int:
    app = application(words)
    try:
        command, bound, _ = app.parse_args(
            words, print_error=False, exit_on_error=False
        )
    except CycloptsError as error:
        _explain(error)
        return 2
    with _left_by_rich():
        command(*bound.args, **bound.kwargs)
    return 0


def _explain(error: CycloptsError) -> None:
    from cyclopts import CycloptsPanel  # noqa: PLC0415  # Only for wrong usage.
    from rich.console import Console  # noqa: PLC0415  # As describe_error above.

    with _left_by_rich():
        Console(stderr=True).print(CycloptsPanel(error))


@contextlib.contextmanager
def _left_by_rich() -> Iterator[None]:
    """
    Tell what rich means when it leaves: nobody reads.
    """
    try:
        yield
    except SystemExit:
        raise BrokenPipeError from None


class _ToldToEnd(KeyboardInterrupt):
    """
    Someone asks this process to end. It is an interruption, and cleans up as one.
    """

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


@contextlib.contextmanager
def _told_to_end() -> Iterator[None]:
    """
    Take the signals that would end the process at once for interruptions.
    """

    def end(number: int, _: object) -> NoReturn:
        raise _ToldToEnd(number)

    names = ("SIGTERM", "SIGHUP")  # The second is not everywhere.
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    mine = threading.current_thread() is threading.main_thread()
    taken = [
        number
        for number in numbers
        if mine and signal.getsignal(number) is signal.SIG_DFL
    ]
    for number in taken:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


def _unraisable(lost: sys.UnraisableHookArgs) -> None:
    """
    Tell in one line of a plugin's failure that comes too late to stop anything.
    """
    error = lost.exc_value or lost.exc_type()
    _say(f"tjun: failed while it was ended: {describe_error(error)}")


def _mute() -> None:
    """
    Let what is still to be written go nowhere, also when the interpreter ends.
    """
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _leave(status: int, before: Collection[threading.Thread]) -> NoReturn:
    """
    Leave, even where a plugin left something running that would never end.
    """
    running = [
        thread.name
        for thread in threading.enumerate()
        if thread not in before and not thread.daemon
    ]
    if running:
        names = ", ".join(running)
        sys.stderr.write(f"tjun: a plugin left running, and now ended: {names}\n")
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    raise SystemExit(status)


def _say(message: str) -> None:
    """
    Write to standard error, where words of a record are no command to a terminal.
    """
    for line in message.split("\n"):
        sys.stderr.write(f"{escape_controls(line)}\n")


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
        for line in self._lines:
            _say(line)


@contextlib.contextmanager
def _notes_at_the_end() -> Iterator[_Notes]:
    """
    Show on standard error, when all else is done, what exporters log.
    """
    log = logging.getLogger("tjun")
    level, notes = log.level, _Notes()
    log.addHandler(notes)
    hook, sys.unraisablehook = sys.unraisablehook, _unraisable
    log.setLevel(logging.INFO)
    try:
        yield notes
    finally:
        sys.unraisablehook = hook
        log.setLevel(level)
        log.removeHandler(notes)
        notes.show()
