"""
Values as error messages describe them.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

__all__ = ["describe_value", "exactly", "shorten"]

_NAMES = {
    str: "a string",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list: "a list",
    dict: "a table of keys",
    dt.datetime: "a date and time",
    dt.date: "a date",
    dt.time: "a time",
}
_MOST_BITS = 10_000  # About 3,000 digits.


def exactly(value: Any, wanted: type) -> Any:
    """
    Return *value* if *wanted* is exactly its type.

    Raises:
        TypeError: If it is not.
    """
    if type(value) is not wanted:  # bool is a subclass of int.
        msg = f"expected {_NAMES[wanted]}, got {describe_value(value)}"
        raise TypeError(msg)
    return value


def describe_value(value: Any) -> str:
    """
    Return a short description of *value* in the terms of the file formats.
    """
    if value is None:
        return "nothing (null)"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, dict)):
        return _NAMES[type(value)]
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        return "a whole number with too many digits"  # repr() raises ValueError.
    dated = isinstance(value, (dt.date, dt.time))
    text = value.isoformat() if dated else repr(value)
    return f"{shorten(text)}, {_NAMES.get(type(value), type(value).__name__)}"


def shorten(text: str, most: int = 80) -> str:
    """
    Return *text*, cut to *most* characters.
    """
    return text if len(text) <= most else f"{text[: most - 1]}…"
