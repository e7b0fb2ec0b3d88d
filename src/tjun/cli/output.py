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
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from tjun.cli.columns import Columns, View, cells, row
from tjun.cli.streams import stdout
from tjun.model.text import escape_controls

if TYPE_CHECKING:
    from rich.console import Console

    from tjun.cli.pages import Line

T = TypeVar("T")


def write_line(text: str) -> None:
    """
    Write a line to standard output, with control characters escaped.
    """
    stdout().write(f"{escape_controls(text)}\n")


@attrs.frozen(kw_only=True)
class Output:
    """
    Where and how a command prints.

    Attributes:
        format: The format; by default, a table on a terminal and TSV elsewhere.

        pager: Whether to use a pager if the output is longer than the terminal.

        color: Whether to use colours on a terminal.
    """

    format: str | None = None
    pager: bool = True
    color: bool = True

    def listing(self, columns: Columns[T], items: Iterable[T], view: View) -> None:
        """
        Print a list.
        """
        if self.format == "json":
            write_json([row(columns, item, view) for item in items])
        elif self.format == "table" or (self.format is None and stdout().isatty()):
            from tjun.cli.tables import print_table  # noqa: PLC0415  # Imports rich.

            with self._console() as console:
                print_table(console, columns, list(items), view)
        else:
            for item in items:
                texts = map(escape_controls, cells(columns, item, view))
                stdout().write("\t".join(texts) + "\n")

    def page(self, lines: Iterable[Line]) -> None:
        """
        Print a page, which is wrapped only on a terminal.
        """
        from tjun.cli.pages import print_lines  # noqa: PLC0415  # Imports rich.

        with self._console() as console:
            print_lines(console, lines)

    @contextlib.contextmanager
    def _console(self) -> Iterator[Console]:
        """
        Collect what is printed to a console, and show it in a pager if it is long.
        """
        from rich.console import Console  # noqa: PLC0415  # Takes time to import.

        size = shutil.get_terminal_size()
        console = Console(
            file=stdout(),
            width=size.columns,
            height=size.lines,
            highlight=False,
            no_color=None if self.color else True,
        )
        with console.capture() as capture:
            yield console
        text = capture.get()
        long = console.is_terminal and text.count("\n") >= size.lines
        if not (self.pager and long and _paged(text)):
            stdout().write(text)


def _paged(text: str) -> bool:
    """
    Show *text* in a pager, and return whether it worked.
    """
    import subprocess  # noqa: PLC0415  # Rarely needed.

    pager = os.environ.get("PAGER", "less" if shutil.which("less") else "")
    if pager.strip() in {"", "cat"} or os.environ.get("TERM", "dumb") == "dumb":
        return False
    # As git does: exit if everything fits, show colours, leave the text there.
    environment = {"LESS": "FRX", **os.environ}
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # The pager handles Ctrl-C.
    try:
        done = subprocess.run(  # noqa: S602  # PAGER is the user's command line.
            pager,
            shell=True,
            check=False,
            input=text,
            encoding="utf-8",
            env=environment,
        )
    finally:
        signal.signal(signal.SIGINT, before)
    return done.returncode == 0


def write_json(value: Any) -> None:
    """
    Write JSON in which characters that a terminal may interpret are escaped.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2)
    stdout().writelines(f"{_safe(each)}\n" for each in text.split("\n"))


def _safe(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)
