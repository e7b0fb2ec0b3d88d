"""
Standard output: a terminal, perhaps with a pager; rows for scripts; or JSON.

Everything that is printed passes through here, where control characters are escaped.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import attrs

from tjun.cli.columns import Columns, View, cells, row
from tjun.model.text import escape_controls

if TYPE_CHECKING:
    from rich.console import Console

    from tjun.cli.pages import Line

T = TypeVar("T")

Format = Literal["table", "tsv", "json"]
"""
The formats of a listing.
"""


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
        elif self.format == "table" or (self.format is None and sys.stdout.isatty()):
            from tjun.cli.tables import print_table  # noqa: PLC0415  # Imports rich.

            with self._console() as console:
                print_table(console, columns, list(items), view)
        else:
            for item in items:
                texts = map(escape_controls, cells(columns, item, view))
                sys.stdout.write("\t".join(texts) + "\n")

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
            width=size.columns,
            height=size.lines,
            highlight=False,
            no_color=None if self.color else True,
        )
        with console.capture() as capture:
            yield console
        text = capture.get()
        if self.pager and console.is_terminal and text.count("\n") >= size.lines:
            # As git does: exit if everything fits, show colours, leave the text there.
            os.environ.setdefault("LESS", "FRX")
            from rich.pager import SystemPager  # noqa: PLC0415  # Rarely needed.

            SystemPager().show(text)
        else:
            sys.stdout.write(text)


def write_json(value: Any) -> None:
    """
    Write JSON in which characters that a terminal may interpret are escaped.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2)
    sys.stdout.writelines(f"{_safe(each)}\n" for each in text.split("\n"))


def _safe(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)
