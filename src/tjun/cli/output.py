"""
Standard output: a terminal, perhaps with a pager; rows for scripts; or JSON.

Everything that is printed passes through here, where control characters are escaped.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from tjun.model.text import escape_controls

if TYPE_CHECKING:
    from tjun.cli.layout import Line

__all__ = ["Output", "write_line"]

_UNLIMITED = 1_000_000  # Columns where lines are not wrapped.
_DRAWING = 80  # Columns of a drawing that is not shown on a terminal.
_COLOURS = {
    "red": 31,
    "green": 32,
    "yellow": 33,
    "blue": 34,
    "magenta": 35,
    "cyan": 36,
}
_ATTRIBUTES = {"bold": 1, "dim": 2}


def write_line(text: str) -> None:
    """
    Write a line to standard output, with control characters escaped.
    """
    sys.stdout.write(f"{escape_controls(text)}\n")


@attrs.frozen(kw_only=True)
class Output:
    """
    Where and how a command prints.

    Attributes:
        json: Whether to print JSON, whatever standard output is.

        pager: Whether to use a pager if the output is longer than the terminal.

        color: Whether to use colours on a terminal.
    """

    json: bool = False
    pager: bool = True
    color: bool = True

    def listing(
        self,
        data: Iterable[object],
        cells: Iterable[Sequence[object]],
        page: Callable[[int], Iterable[Line]],
    ) -> None:
        """
        Print a list: as a page on a terminal, otherwise as JSON or as rows with tabs.

        Args:
            data: An object for each entry, to be printed as JSON.

            cells: The cells of each row, to be printed with tabs between them.

            page: Returns the lines for a terminal of a given width.
        """
        if self.json:
            _print_json(list(data))
        elif sys.stdout.isatty():
            self._print_page(page(_terminal().columns))
        else:
            for row in cells:
                sys.stdout.write("\t".join(map(_cell, row)) + "\n")

    def page(
        self,
        data: Callable[[], object],
        page: Callable[[int], Iterable[Line]],
        *,
        drawing: bool = False,
    ) -> None:
        """
        Print a page; for scripts, its lines are not wrapped, or it is JSON.

        Args:
            data: Returns an object to be printed as JSON.

            page: Returns the lines for a terminal of a given width.

            drawing: Whether the page needs a width even if it is not on a terminal.
        """
        if self.json:
            _print_json(data())
        elif sys.stdout.isatty():
            self._print_page(page(_terminal().columns))
        else:
            columns = int(os.environ.get("COLUMNS") or _DRAWING)
            for each in page(columns if drawing else _UNLIMITED):
                write_line("".join(text for text, _ in each))

    def _print_page(self, lines: Iterable[Line]) -> None:
        styled = os.environ.get("TERM") != "dumb"
        colored = self.color and not os.environ.get("NO_COLOR")
        shown = [_styled(each, styled=styled, colored=colored) for each in lines]
        pager = self._pager() if len(shown) >= _terminal().lines else None
        if pager is None:
            sys.stdout.writelines(f"{each}\n" for each in shown)
        else:
            _page(pager, shown)

    def _pager(self) -> str | None:
        if not self.pager:
            return None
        pager = os.environ.get("PAGER")
        if pager is None:
            return "less" if shutil.which("less") else None
        return None if pager.strip() in {"", "cat"} else pager


def _terminal() -> os.terminal_size:
    return shutil.get_terminal_size()


def _styled(spans: Line, *, styled: bool, colored: bool) -> str:
    parts: list[str] = []
    for text, style in spans:
        code = _ATTRIBUTES.get(style) or (_COLOURS.get(style) if colored else None)
        plain = escape_controls(text)
        parts.append(f"\x1b[{code}m{plain}\x1b[0m" if styled and code else plain)
    return "".join(parts)


def _page(pager: str, lines: Iterable[str]) -> None:
    # The flags that git uses: exit if everything fits, show colours, do not clear the
    # screen.
    environment = {"LESS": "FRX", **os.environ}
    with _no_interruption():
        child = subprocess.Popen(  # noqa: S602  # PAGER is the user's command line.
            pager,
            shell=True,
            stdin=subprocess.PIPE,
            env=environment,
            encoding="utf-8",
        )
        with contextlib.suppress(BrokenPipeError):  # The user quit before the end.
            child.communicate("".join(f"{each}\n" for each in lines))


@contextlib.contextmanager
def _no_interruption() -> Iterator[None]:
    """
    Ignore Ctrl-C, which a pager handles itself without exiting.
    """
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _cell(value: object) -> str:
    return "" if value is None else escape_controls(value)


def _print_json(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2)
    sys.stdout.writelines(f"{_safe(each)}\n" for each in text.split("\n"))


def _safe(text: str) -> str:
    """
    Escape unprintable characters as JSON does, because a terminal may interpret them.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)
