"""
Content lines of RFC 5545: escaped by icalendar, folded here.

icalendar 7.3 folds character by character, and between the two backslashes of an
escaped one, where Google drops the event; it also reads a backslash before a
capital N as a line break. Both are put right here, and nothing else differs: the
tests compare the two octet by octet.
"""

from __future__ import annotations

import re
from urllib.parse import quote

__all__ = ["CONTROL", "content_line", "escaped", "fold", "uri", "utf16_units"]

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""
What a TEXT of RFC 5545 (3.3.11) cannot carry; line breaks are escaped.
"""

_NOT_IN_URI = re.compile(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]")
_PLAIN = re.compile(r"[^\\;,\r\n]*")
_MOST_OCTETS = 74  # As icalendar folds: RFC 5545 (3.1) allows 75, one is the space.


def escaped(text: str) -> str:
    """
    Return *text* as a TEXT value.
    """
    if _PLAIN.fullmatch(text):
        return text
    import icalendar  # noqa: PLC0415  # Loads when first needed.

    # In pieces: icalendar takes a backslash before a capital N for a line break.
    pieces = text.split("\\N")
    return "\\\\N".join(icalendar.vText(each).to_ical().decode() for each in pieces)


def uri(address: str) -> str:
    """
    Return *address* with what RFC 3986 lacks percent-encoded.
    """
    return _NOT_IN_URI.sub(lambda found: quote(found[0]), address)


def content_line(name: str, value: str) -> bytes:
    """
    Return a folded line with its line break.

    Args:
        name: The property, with its parameters.

        value: The value as it is to stand there.
    """
    return fold(f"{name}:{value}".encode())


def fold(line: bytes) -> bytes:
    """
    Return *line* with its line break, folded where it is long.

    A fold lies between whole characters, and never inside an escape.
    """
    if len(line) <= _MOST_OCTETS:
        return line + b"\r\n"
    pieces, start = [], 0
    while len(line) - start > _MOST_OCTETS:
        end = start + _MOST_OCTETS
        while line[end] & 0xC0 == 0x80:  # Inside a character of UTF-8.
            end -= 1
        piece = line[start:end]
        backslashes = len(piece) - len(piece.rstrip(b"\\"))
        if backslashes % 2 or piece.endswith(b"^"):  # Also an escape of RFC 6868.
            end -= 1
        pieces.append(line[start:end])
        start = end
    pieces.append(line[start:])
    return b"\r\n ".join(pieces) + b"\r\n"


def utf16_units(text: str) -> int:
    """
    Return the length of *text* as Outlook and JavaScript count it.
    """
    return len(text) + sum(char > "\uffff" for char in text)
