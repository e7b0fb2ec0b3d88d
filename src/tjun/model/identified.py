"""
What all entities have in common: an id, and their form as plain data.
"""

from __future__ import annotations

import datetime as dt
import enum
import functools
from typing import Any

import attrs

from tjun.model.dates import PartialDate
from tjun.model.tags import Tagged
from tjun.model.text import Text

__all__ = ["Identified", "table_of"]


class Identified:
    """
    Something with an id.
    """

    __slots__ = ()
    id: str

    def __repr__(self) -> str:
        return f"{type(self).__name__}(id={self.id!r}, ...)"

    def to_dict(self, language: str | Tagged | None = None) -> dict[str, Any]:
        """
        Return plain data, as it is written in a record file.

        Attributes that have their default are omitted. What this refers to is its id.

        Args:
            language: A BCP 47 tag, or a `Language`: texts are strings in this
                language. Otherwise those in several languages are dictionaries.

        Raises:
            ValueError: If the tag is invalid.
        """
        return table_of(type(self), self, language)


def table_of(
    kind: type, whole: Any, language: str | Tagged | None = None
) -> dict[str, Any]:
    """
    Return the fields of a class as plain data, without those that have their default.

    Args:
        kind: The class.

        whole: An instance.

        language: The language of texts, or `None` for all languages.
    """
    return {
        alias: value if type(value) is str else _plain(value, language)
        for name, alias, default in _fields_of(kind)
        if (value := getattr(whole, name)) is not default and value != default
    }


@functools.cache
def _fields_of(kind: type) -> tuple[tuple[str, str, Any], ...]:
    return tuple((f.name, str(f.alias), f.default) for f in attrs.fields(kind))


def _plain(value: Any, language: str | Tagged | None) -> Any:
    match value:
        case enum.Enum():
            plain: Any = value.value
        case Text():
            plain = _strings(value, language)
        case dt.datetime():
            plain = value.isoformat().replace("+00:00", "Z")
        case PartialDate() | dt.date():
            plain = str(value)
        case Identified():
            plain = value.id
        case ((str(), _), *_):  # Pairs, in which a mapping is stored.
            plain = {key: _plain(each, language) for key, each in value}
        case tuple():
            plain = [_plain(each, language) for each in value]
        case str() | bool() | int() | float():
            plain = value
        case _:
            plain = table_of(type(value), value, language)
    return plain


def _strings(text: Text, language: str | Tagged | None) -> Any:
    if language is not None:
        return text.in_(language)
    strings = dict(text.translations)
    return strings if len(strings) > 1 else str(text)
