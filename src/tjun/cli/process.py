"""
The command line as a process: streams, signals and the exit status.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import logging
import os
import signal
import sys
import threading
from collections.abc import Collection, Iterator, Sequence
from typing import NoReturn, TextIO, get_args

from cyclopts import CycloptsError

from tjun.cli.app import application
from tjun.cli.errors import UsageError
from tjun.errors import DataError, TjunError, describe_error
from tjun.model.text import escape_controls

__all__ = ["run"]

_log = logging.getLogger("tjun")


def run(words: Sequence[str]) -> NoReturn:
    """
    Run a command and exit, as described for `tjun.cli.main()`.
    """
    # Otherwise, the interpreter looks for garbage in a whole record while it exits,
    # which takes a tenth of the time of a short command.
    atexit.register(gc.freeze)
    before = set(threading.enumerate())
    _replace_missing_streams()
    with _messages_at_the_end() as messages, _raise_on_termination():
        status = _run(list(words), messages)
    _exit(status, before)


def _replace_missing_streams() -> None:
    """
    Replace streams that were closed when the process was started.
    """
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # Stays open.
    if sys.stdout is None:
        # Opened for reading, so that writing to it fails.
        sys.stdout = open(os.devnull, encoding="utf-8")  # noqa: SIM115  # Stays open.


def _run(words: list[str], messages: _Messages) -> int:
    try:
        _run_command(words)
        sys.stdout.flush()
    except (TjunError, OSError, UnicodeEncodeError, KeyboardInterrupt) as error:
        status, lines = _outcome(error)
        if isinstance(error, (OSError, UnicodeEncodeError)):
            _silence(sys.stdout)
            messages.clear()
        _print_error(*lines)
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
            listed = [f"  {fault}" for fault in error.faults]
            return 1, [f"tjun: {len(listed)} errors:", *listed]
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
        with _same_directory():
            app = application(words)
            command, bound, _ = app.parse_args(
                words, print_error=False, exit_on_error=False
            )
    except CycloptsError as error:
        from tjun.cli.usage import explain  # noqa: PLC0415  # Only for usage errors.

        raise UsageError(explain(error, application(words), words)) from None
    if any(getattr(each, "verbose", False) for each in bound.arguments.values()):
        _log.setLevel(logging.DEBUG)
    with _broken_pipe_on_exit():
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
def _same_directory() -> Iterator[None]:
    """
    Restore the working directory if a plugin changes it while it is imported.

    Otherwise, files would be read and written elsewhere.
    """
    try:
        before = os.getcwd()
    except FileNotFoundError:  # It was deleted; only absolute paths can be used.
        yield
        return
    try:
        yield
    finally:
        if os.getcwd() != before:
            os.chdir(before)


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


def _exit(status: int, before: Collection[threading.Thread]) -> NoReturn:
    """
    Exit, even if a plugin started a thread that never ends.
    """
    running = [
        thread.name
        for thread in threading.enumerate()
        if thread not in before and not thread.daemon
    ]
    if running:
        names = ", ".join(running)
        _print_error(f"tjun: stopped threads that a plugin left running: {names}")
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):  # Already reported, or closed by a plugin.
            _silence(stream)
    if running:
        os._exit(status)
    raise SystemExit(status)


def _print_error(*lines: str) -> None:
    """
    Write lines to standard error, with control characters escaped.
    """
    try:
        for line in lines:
            sys.stderr.write(f"{escape_controls(line)}\n")
    except (OSError, ValueError):  # The disk is full, or a plugin closed it.
        _silence(sys.stderr)


def _silence(stream: TextIO) -> None:
    """
    Discard buffered output, so that flushing it at exit does not fail again.
    """
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


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
        _print_error(*self._lines)


@contextlib.contextmanager
def _messages_at_the_end() -> Iterator[_Messages]:
    """
    Show what tjun logs on standard error after everything else.
    """
    level, messages = _log.level, _Messages()
    _log.addHandler(messages)
    hook, sys.unraisablehook = sys.unraisablehook, _report_unraisable
    thread_hook, threading.excepthook = threading.excepthook, _report_thread
    _log.setLevel(logging.INFO)  # Details only with --verbose.
    try:
        yield messages
    finally:
        sys.unraisablehook = hook
        threading.excepthook = thread_hook
        _log.setLevel(level)
        _log.removeHandler(messages)
        messages.show()


def _report_unraisable(lost: sys.UnraisableHookArgs) -> None:
    """
    Report an error that cannot be raised, such as one in `__del__`, in one line.
    """
    error = lost.exc_value or lost.exc_type()
    _print_error(f"tjun: an error while cleaning up: {describe_error(error)}")


def _report_thread(failed: threading.ExceptHookArgs) -> None:
    """
    Report an error in a plugin's thread in one line.
    """
    if not issubclass(failed.exc_type, SystemExit):  # It only ends the thread.
        error = failed.exc_value or failed.exc_type()
        _print_error(f"tjun: an error in a plugin's thread: {describe_error(error)}")
