"""
Tables on a terminal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tjun.cli.columns import Columns, Id, View
from tjun.model.text import escape_controls

T = TypeVar("T")

_WIDE = 100  # Narrower terminals show ids below the main column.


def print_table(
    console: Console, columns: Columns[T], items: Sequence[T], view: View
) -> None:
    """
    Print a table of the columns that have a label, and explain the marks in it.

    Ids come last, or below the column before them if there is no room.
    """
    if not items:
        console.print(view.language.label("nothing_found"))
        return
    ids = [each for each in columns if each.label and each.type is Id]
    shown = [each for each in columns if each.label and each.type is not Id]
    below = ids if console.width < _WIDE else []
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    last = [] if below else ids
    for column in [*shown, *last]:
        heading = _text(view.language.label(column.label))
        table.add_column(heading, style="dim" if column in ids else "", overflow="fold")
    for item in items:
        texts = [_text(column.shown(item, view)) for column in [*shown, *last]]
        for column in below:
            texts[-1].append(f"\n{escape_controls(column.shown(item, view))}", "dim")
        table.add_row(*texts)
    console.print(table)
    _explain(console, columns, items, view)


def _explain(
    console: Console, columns: Columns[T], items: Sequence[T], view: View
) -> None:
    marks = [each.mark for each in columns if each.mark is not None]
    used = dict.fromkeys(label for label, has in marks if any(map(has, items)))
    if used:
        console.print()
    for label in used:
        console.print(_text(view.language.label(label), "dim"))


def _text(text: str, style: str = "") -> Text:
    return Text(escape_controls(text), style)
