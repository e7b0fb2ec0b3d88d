"""
Content lines of RFC 5545: escaped by icalendar, folded here.

icalendar 7.3 folds character by character, and may fold between a backslash and what
it escapes, in which case Google drops the event; it also reads a backslash before a
capital N as a line break. This module corrects these two errors and nothing else: the
tests compare the results byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from tjun import one_line

__all__ = [
    "escape",
    "fold",
    "folded_lines",
    "protect",
    "summary_line",
    "uri",
    "utf16_length",
]

_GUARD = "\x01"  # Cannot occur in a text, because check_printable() rejects it.
_NOT_IN_URI = re.compile(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]")
_ESCAPES = [
    ("\\", "\\\\"),
    (";", "\\;"),
    (",", "\\,"),
    ("\r\n", "\\n"),
    ("\r", "\\n"),
    ("\n", "\\n"),
]
_MAX_LINE = 74  # As icalendar folds: RFC 5545 (3.1) allows 75, one of them the space.
_MAX_SUMMARY = 255  # UTF-16 code units; Outlook truncates there.


def protect(text: str) -> str:
    r"""
    Return *text* for icalendar's API, with each `\N` marked.

    icalendar would turn a backslash before a capital N into a line break.
    `folded_lines()` removes the marks.
    """
    return text.replace("\\N", f"\\{_GUARD}N")


def escape(text: str) -> str:
    """
    Return *text* as a TEXT value.
    """
    for plain, escaped in _ESCAPES:
        text = text.replace(plain, escaped)
    return text


def folded_lines(lines: Iterable[Any]) -> Iterator[bytes]:
    """
    Yield icalendar's content lines, folded and with their line breaks.

    Args:
        lines: What `Component.content_lines()` returns.
    """
    for line in lines:
        if line:
            yield fold(str(line).replace(_GUARD, "").encode())


def fold(line: bytes) -> bytes:
    """
    Return *line* with its line break, folded if it is long.

    A fold is never inside a UTF-8 character or an escape sequence.
    """
    if len(line) <= _MAX_LINE:
        return line + b"\r\n"
    chunks, start = [], 0
    while len(line) - start > _MAX_LINE:
        end = start + _MAX_LINE
        while line[end] & 0xC0 == 0x80:  # Inside a UTF-8 character.
            end -= 1
        if line[end - 1] in b"\\^":
            chunk = line[start:end]
            backslashes = len(chunk) - len(chunk.rstrip(b"\\"))
            if backslashes % 2 or chunk.endswith(b"^"):  # As icalendar, for RFC 6868.
                end -= 1
        chunks.append(line[start:end])
        start = end
    chunks.append(line[start:])
    return b"\r\n ".join(chunks) + b"\r\n"


def uri(address: str) -> str:
    """
    Return *address* with characters outside RFC 3986 percent-encoded.
    """
    return _NOT_IN_URI.sub(lambda found: quote(found[0]), address)


def utf16_length(text: str) -> int:
    """
    Return the length of *text* in UTF-16 code units, as Outlook counts it.
    """
    return len(text) + sum(char > "\uffff" for char in text)


def summary_line(text: str) -> str:
    """
    Return *text* on one line, shortened if Outlook would truncate it.
    """
    line = text.strip() if text.isprintable() else one_line(text)
    if len(line) * 2 <= _MAX_SUMMARY or utf16_length(line) <= _MAX_SUMMARY:
        return line
    line = line[:_MAX_SUMMARY]
    while utf16_length(line) >= _MAX_SUMMARY:
        line = line[:-1]
    return f"{line}…"
