"""
The command line as a process: streams, signals and the exit status.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import logging
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from typing import NoReturn, get_args

from cyclopts import CycloptsError

from tjun.cli.app import application
from tjun.cli.errors import UsageError
from tjun.cli.streams import (
    describe_terminal,
    only_results_to_stdout,
    print_error,
    replace_missing_streams,
    silence,
)
from tjun.errors import DataError, TjunError, listed

__all__ = ["run"]

_log = logging.getLogger("tjun")


def run(words: Sequence[str]) -> NoReturn:
    """
    Run a command and exit, as described for `tjun.cli.main()`.
    """
    # Otherwise, the interpreter looks for garbage in a whole record while it exits,
    # which takes a tenth of the time of a short command.
    atexit.register(gc.freeze)
    replace_missing_streams()
    describe_terminal()
    with _messages_at_the_end() as messages, _raise_on_termination():
        status = _run(list(words), messages)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:  # It was reported, if it can be.
            silence(stream)
    raise SystemExit(status)


def _run(words: list[str], messages: _Messages) -> int:
    try:
        _run_command(words)
        sys.stdout.flush()
    except (TjunError, OSError, UnicodeEncodeError, KeyboardInterrupt) as error:
        status, lines = _outcome(error)
        if isinstance(error, (OSError, UnicodeEncodeError)):
            silence(sys.stdout)
            messages.clear()
        print_error(*lines)
        return status
    return 0


def _outcome(error: BaseException) -> tuple[int, list[str]]:
    """
    Return the exit status that *error* leads to, and the lines that describe it.
    """
    status = 1
    match error:
        case BrokenPipeError():
            return 0, []  # A reader such as `head` may stop at any time.
        case KeyboardInterrupt():
            number = getattr(error, "number", signal.SIGINT)
            return 128 + number, ["tjun: interrupted; no file is left incomplete"]
        case DataError() if len(error.faults) > 1:
            first, *others = listed(error.faults)  # A fault may have line breaks.
            return 1, [f"tjun: {first}", *others]
        case UnicodeEncodeError():
            problem = f"{error.encoding} has no {error.object[error.start]!r}"
            text = f"cannot write the output: {problem}; set PYTHONIOENCODING=utf-8"
        case OSError():
            text = f"cannot write the output: {error.strerror or error}"
        case _:
            status, text = 2 if isinstance(error, UsageError) else 1, str(error)
    return status, [f"tjun: {text}"]


def _run_command(words: list[str]) -> None:
    if words[:1] == ["help"]:
        words = [*words[1:], "--help"]
    words = _with_citation_form(words)
    try:
        with only_results_to_stdout():
            app = application(words)
            command, bound, _ = app.parse_args(
                words, print_error=False, exit_on_error=False
            )
    except CycloptsError as error:
        from tjun.cli.usage import explain  # noqa: PLC0415  # Only for usage errors.

        raise UsageError(explain(error, application(words), words)) from None
    if any(getattr(each, "verbose", False) for each in bound.arguments.values()):
        _log.setLevel(logging.DEBUG)
    if command.__module__.startswith("cyclopts"):  # Help, or the completion.
        with _broken_pipe_on_exit():
            command(*bound.args, **bound.kwargs)
        return
    with only_results_to_stdout():
        command(*bound.args, **bound.kwargs)


def _with_citation_form(words: list[str]) -> list[str]:
    """
    Return the arguments of `tjun show` with a value for a `--cite` that has none.
    """
    if words[:1] != ["show"] or "--cite" not in words:
        return words
    from tjun.references import CitationStyle  # noqa: PLC0415  # Loads the model.

    after = words.index("--cite") + 1
    if words[after : after + 1] and words[after] in get_args(CitationStyle):
        return words
    return [*words[:after], "plain", *words[after:]]


@contextlib.contextmanager
def _broken_pipe_on_exit() -> Iterator[None]:
    """
    Treat rich's SystemExit as a broken pipe.
    """
    try:
        yield
    except SystemExit:
        raise BrokenPipeError from None


class _Terminated(KeyboardInterrupt):
    """
    A signal that ends the process; handled like Ctrl-C.
    """

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


@contextlib.contextmanager
def _raise_on_termination() -> Iterator[None]:
    """
    Raise an exception for signals that would otherwise end the process at once.
    """

    def end(number: int, _: object) -> NoReturn:
        raise _Terminated(number)

    names = ("SIGTERM", "SIGHUP")  # Windows has no SIGHUP.
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    in_main_thread = threading.current_thread() is threading.main_thread()
    handled = [
        number
        for number in numbers
        if in_main_thread and signal.getsignal(number) is signal.SIG_DFL
    ]
    for number in handled:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in handled:
            signal.signal(number, signal.SIG_DFL)


class _Messages(logging.Handler):
    """
    A handler that keeps log messages until the command has ended.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(self.format(record))

    def clear(self) -> None:
        self._lines.clear()

    def show(self) -> None:
        print_error(*self._lines)


@contextlib.contextmanager
def _messages_at_the_end() -> Iterator[_Messages]:
    """
    Show what tjun logs on standard error after everything else.
    """
    level, messages = _log.level, _Messages()
    _log.addHandler(messages)
    _log.setLevel(logging.INFO)  # Details only with --verbose.
    try:
        yield messages
    finally:
        _log.setLevel(level)
        _log.removeHandler(messages)
        messages.show()
