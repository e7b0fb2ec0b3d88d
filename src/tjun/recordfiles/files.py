"""
Parsing record files into tables.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from typing import Any

import attrs

from tjun.suggestions import first_duplicate

try:
    from tomli import loads
except ImportError:  # It is compiled, and not everywhere.
    from tomllib import loads

__all__ = ["FORMATS", "MOST_BYTES", "Document", "parse", "read"]

MOST_BYTES = 64 * 2**20
"""
The largest file that is read, in bytes.
"""

_MOST_PARTS = 20  # Of a dotted key. The time tomli takes grows with their square.


@attrs.frozen(kw_only=True)
class Document:
    """
    One parsed record file, or the reason why it could not be parsed.

    Attributes:
        file: The path as it was given; `None` for a text that is not from a file.

        content: What the file contains; `None` if it could not be parsed.

        error: Why it could not be parsed, or `None`.
    """

    file: str | None = None
    content: Any = None
    error: str | None = None


def read(path: str) -> Document:
    """
    Read a file in UTF-8 that ends in `.toml` or `.json`.
    """
    suffix = os.path.splitext(path)[1].removeprefix(".").lower()
    if suffix not in FORMATS:
        return Document(file=path, error="expected a file that ends in .toml or .json")
    try:
        with open(path, "rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError for a null character.
        why = getattr(error, "strerror", None) or error
        return Document(file=path, error=f"cannot be read: {why}")
    if len(data) > MOST_BYTES:
        msg = f"expected at most {MOST_BYTES:,} bytes, got more"
        return Document(file=path, error=msg)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Document(file=path, error=f"not valid UTF-8 (byte {error.start})")
    return attrs.evolve(parse(text, suffix), file=path)


def parse(text: str, format: str) -> Document:  # noqa: A002  # As in tjun.loads().
    """
    Parse a text.

    Args:
        text: The content of a record file.

        format: One of `FORMATS`.
    """
    try:
        return Document(content=FORMATS[format](text))
    except RecursionError:
        why: object = "it is nested too deeply"
    except ValueError as error:
        why = error
    return Document(error=f"cannot be read as {format.upper()}: {why}")


# Multi-line strings and comments are skipped, so that dots in them do not count. A
# string on one line may be part of a key. A string without an end is consumed as
# well, or the search would start again at each of its characters.
_BARE = r"[A-Za-z0-9_-]++"
_BASIC = r'"(?:[^"\\\n]|\\.)*+'
_LITERAL = r"'[^'\n]*+"
_PART = rf"""(?:{_BARE}|{_BASIC}"|{_LITERAL}')"""
_DOT = r"[ \t]*+\.[ \t]*+"
_TOKEN = "|".join(
    [
        r'"""(?:[^"\\]++|\\.|"(?!""))*+"{0,5}',
        r"'''(?:[^']++|'(?!''))*+'{0,5}",
        r"\#[^\n]*+",
        rf"(?P<long>{_PART}(?:{_DOT}{_PART}){{{_MOST_PARTS},}}+)",
        rf"{_PART}(?:{_DOT}{_PART})*+",
        _BASIC,
        _LITERAL,
    ]
)


def _from_toml(text: str) -> Any:
    suspicious = any(line.count(".") >= _MOST_PARTS for line in text.split("\n"))
    if suspicious and any(
        token["long"] for token in re.finditer(_TOKEN, text, re.DOTALL)
    ):
        msg = f"a key has more than {_MOST_PARTS} parts"
        raise ValueError(msg)
    return loads(text)


def _from_json(text: str) -> Any:
    return json.loads(
        text, object_pairs_hook=_unique_keys, parse_constant=_reject_constant
    )


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        msg = f"duplicate key {first_duplicate(key for key, _ in pairs)!r}"
        raise ValueError(msg)
    return table


def _reject_constant(text: str) -> Any:
    msg = f"{text} is not a number in JSON"
    raise ValueError(msg)


FORMATS: dict[str, Callable[[str], Any]] = {"toml": _from_toml, "json": _from_json}
"""
What parses a text, by the format's name, which is also the file's suffix.
"""
