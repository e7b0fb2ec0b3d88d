"""
Where labels fit: the width of a text, its lines, and rows in which nothing overlaps.
"""

from __future__ import annotations

import bisect
import unicodedata
from collections.abc import Sequence

__all__ = ["Box", "Rows", "text_width", "wrap"]

Box = tuple[float, float]
"""
The left and the right edge of a box.
"""

# Widths in em of DejaVu Sans, which is wider than the other common fonts, so that no
# label is wider than calculated.
_NARROW = frozenset("iIjlft.,:;'’|!()[]/-·іј")
_WIDE = frozenset("mwMWQ@%—…жмшщыюфЖМШЩЫЮФҶҷ")
_EM = {"narrow": 0.38, "wide": 0.97, "upper": 0.74, "space": 0.32, "other": 0.64}


def text_width(text: str, size: float) -> float:
    """
    Return how wide *text* is at most, in the unit of the font *size*.
    """
    return size * sum(map(_advance, text))


def _advance(char: str) -> float:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(char) in ("W", "F"):
        return 1.1
    if char in _NARROW:
        return _EM["narrow"]
    if char in _WIDE:
        return _EM["wide"]
    if char == " ":
        return _EM["space"]
    return _EM["upper" if char.isupper() else "other"]


def wrap(text: str, *, size: float, width: float, lines: int) -> tuple[str, ...]:
    """
    Return *text* in lines that are not wider than *width*.

    Args:
        text: The text, on one line.

        size: The size of the font.

        width: The width of the longest possible line.

        lines: How many lines there may be; a longer text ends in an ellipsis.
    """
    done: list[str] = []
    rest = text
    while rest and len(done) < lines:
        line = _first_line(rest, size, width)
        rest = rest[len(line) :].lstrip(" ")
        done.append(line.rstrip(" "))
    if rest:
        last = done[-1]
        while text_width(f"{last}…", size) > width and last:
            last = last[:-1]
        done[-1] = f"{last.rstrip(' ')}…"
    return tuple(done)


def _first_line(text: str, size: float, width: float) -> str:
    used = 0.0
    for index, char in enumerate(text):
        used += _advance(char) * size
        if used > width:
            space = text.rfind(" ", 0, index + 1)
            return text[: space if space > 0 else max(1, index)]
    return text


class Rows:
    """
    Rows of equal height in which boxes are placed side by side.
    """

    def __init__(self) -> None:
        self._rows: list[list[Box]] = []

    def __len__(self) -> int:
        return len(self._rows)

    def fit(self, shape: Sequence[Box]) -> int:
        """
        Return the topmost row from which on there is space for *shape*.

        Args:
            shape: The left and the right edge of the shape in each of its rows.
        """
        top = offset = 0
        while offset < len(shape):
            if self._free(top + offset, *shape[offset]):
                offset += 1
            else:
                top, offset = top + 1, 0
        return top

    def place(self, shape: Sequence[Box]) -> int:
        """
        Reserve the topmost free space for *shape*.

        Args:
            shape: The left and the right edge of the shape in each of its rows.

        Returns:
            The index of its first row.
        """
        top = self.fit(shape)
        while len(self._rows) < top + len(shape):
            self._rows.append([])
        for row, box in enumerate(shape, top):
            bisect.insort(self._rows[row], box)
        return top

    def _free(self, row: int, left: float, right: float) -> bool:
        if row >= len(self._rows):
            return True
        boxes = self._rows[row]
        after = bisect.bisect_left(boxes, (left, right))
        clear_after = after == len(boxes) or right <= boxes[after][0]
        return clear_after and (after == 0 or boxes[after - 1][1] <= left)
