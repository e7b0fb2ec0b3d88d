"""
Text in columns and paragraphs, for a terminal of a given width.

rich takes 0.5 ms for each row of a table, which is a minute for a long record. These
tables take a hundredth of that, and stack the cells of a row on a narrow terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs
from rich.cells import cell_len

from tjun.model.text import escape_controls

__all__ = ["Line", "Span", "Table", "line", "paragraph", "wrap"]

Span = tuple[str, str]
"""
Text, and its style: `bold`, `dim`, the name of a colour, or nothing.
"""

Line = tuple[Span, ...]

_ASCII = "".join(map(chr, range(128)))
_GAP = "  "
_LEAST = 24  # With fewer columns left, a text goes below the others.


def line(text: str = "", style: str = "") -> Line:
    """
    Return a line of text in one style.
    """
    return ((escape_controls(text), style),)


def wrap(text: str, width: int) -> list[str]:
    """
    Return *text* in lines of at most *width* columns, at least one line.

    A word that is wider than a line is divided, but never an id or an address.
    """
    lines: list[str] = []
    current: list[str] = []
    used = 0
    for word in _words(escape_controls(text), max(1, width)):
        needed = cell_len(word)
        if current and used + 1 + needed > width:
            lines.append(" ".join(current))
            current, used = [], 0
        if current or word:
            current.append(word)
        used += needed + (used > 0)
    return [*lines, " ".join(current)]


def _words(text: str, width: int) -> Iterator[str]:
    for word in text.split(" "):
        end = len(word.rstrip(_ASCII))
        start = used = 0
        for index, char in enumerate(word):
            size = cell_len(char)
            if used + size > width and start < min(index, end):
                yield word[start:index]
                start, used = index, 0
            used += size
        yield word[start:]


def paragraph(
    text: str, width: int, *, indent: int = 0, lead: str = "", style: str = ""
) -> Iterator[Line]:
    """
    Yield the lines of a paragraph.

    Args:
        text: The text.

        width: The columns of a line, including the indent.

        indent: How many spaces come before each line.

        lead: Text before it, in bold.

        style: The style of the text.
    """
    bold = len(escape_controls(lead))
    for each in wrap(lead + text, width - indent):
        first, rest = each[:bold], each[bold:]
        bold = max(0, bold - len(each) - 1)
        spans = ((" " * indent, ""), (first, "bold"), (rest, style))
        yield tuple(span for span in spans if span[0])


@attrs.frozen(kw_only=True)
class Table:
    """
    Rows of cells with a heading each.

    Attributes:
        headings: The headings of the columns.

        rows: The cells of each row, and the style of the main one.

        main: The column that gets the rest of the width, and is wrapped.

        id: The last column, if it contains ids: where there is no room for it, an id
            goes below the main cell, and is never divided.
    """

    headings: Sequence[str]
    rows: Sequence[tuple[Sequence[str], str]]
    main: int
    id: int | None = None

    def lines(self, width: int) -> Iterator[Line]:
        """
        Yield the lines of the table, each at most *width* columns.
        """
        widths = [
            max(map(cell_len, column))
            for column in zip(
                self.headings, *(cells for cells, _ in self.rows), strict=True
            )
        ]
        others = [index for index in range(len(widths)) if index != self.main]
        if self._room(widths, others, width) >= 2 * _LEAST:
            yield from self._columns(widths, others, width)
            return
        others = [index for index in others if index != self.id]
        if self._room(widths, others, width) >= _LEAST:
            yield from self._columns(widths, others, width)
        else:
            for cells, style in self.rows:
                yield from self._stacked(cells, style, width)

    @staticmethod
    def _room(widths: Sequence[int], others: Sequence[int], width: int) -> int:
        return width - sum(widths[index] + len(_GAP) for index in others)

    def _columns(
        self, widths: list[int], others: Sequence[int], width: int
    ) -> Iterator[Line]:
        shown = sorted([*others, self.main])
        sizes = dict(enumerate(widths))
        sizes[self.main] = min(widths[self.main], self._room(widths, others, width))
        if self.id is not None and self.id not in shown:
            sizes[self.main] = self._room(widths, others, width)
        headings = [(self.headings[index], sizes[index]) for index in shown]
        yield line(_GAP.join(_padded(*each) for each in headings).rstrip(), "bold")
        for cells, style in self.rows:
            parts = wrap(cells[self.main], sizes[self.main])
            styles = {self.main: style, self.id: "dim"}
            first: list[Span] = []
            for index in shown:
                text = parts[0] if index == self.main else cells[index]
                padded = _padded(escape_controls(text), sizes[index])
                first += [(padded, styles.get(index, "")), (_GAP, "")]
            yield _stripped(first)
            before = sum(sizes[i] + len(_GAP) for i in shown if i < self.main)
            for part in parts[1:]:
                yield ((" " * before, ""), (part, style))
            if self.id is not None and self.id not in shown:
                yield ((" " * before, ""), *line(cells[self.id], "dim"))

    def _stacked(self, cells: Sequence[str], style: str, width: int) -> Iterator[Line]:
        before = [
            cell
            for index, cell in enumerate(cells)
            if cell and index not in (self.main, self.id)
        ]
        if before:
            yield from paragraph(" · ".join(before), width)
        indent = 2 if before else 0
        if cells[self.main]:
            yield from paragraph(cells[self.main], width, indent=indent, style=style)
        if self.id is not None:
            yield ((" " * 2, ""), *line(cells[self.id], "dim"))


def _padded(text: str, size: int) -> str:
    return text + " " * (size - cell_len(text))


def _stripped(spans: Iterable[Span]) -> Line:
    kept = list(spans)
    while kept and not kept[-1][0].strip():
        kept.pop()
    if kept:
        kept[-1] = (kept[-1][0].rstrip(), kept[-1][1])
    return tuple(kept)
