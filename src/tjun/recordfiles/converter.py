"""
Conversion between the tables of a record and values; all use of cattrs is here.

By default cattrs reads `null` as `'None'` and `"1991"` as 1991. Here nothing is
coerced: a value has the right type, or it is an error with its location.
"""

from __future__ import annotations

import datetime as dt
import enum
import functools
from collections.abc import Callable, Iterator
from typing import Any, get_args

import attrs
from cattrs import Converter

from tjun.model.dates import PartialDate, as_date, as_day
from tjun.model.kinds import EventKind, EventStatus, SourceKind
from tjun.model.links import Link, links_of
from tjun.model.text import Text
from tjun.model.validators import member_of
from tjun.recordfiles.describe import describe_value, exactly, shorten
from tjun.suggestions import suggest

__all__ = [
    "Values",
    "convert",
    "to_text",
]

_MOST_ERRORS = 100  # In one list; further errors are not reported.
_MOST_KEYS = 20  # More unknown keys than this are counted and not listed.


@attrs.frozen(kw_only=True)
class Values:
    """
    The values in one table of a record.

    Attributes:
        fields: The valid values by the name of their field. A reference is an id, and a
            part is a `Values`. In a list of either, `None` replaces invalid items.

        errors: A path within the table (empty for the table itself) and a message
            for each error in it and its parts.
    """

    fields: dict[str, Any] = attrs.field(factory=dict)
    errors: list[tuple[str, str]] = attrs.field(factory=list)


def convert(kind: type, table: Any) -> Values:
    """
    Return the values that *table* has for the fields of *kind*.

    A class that cattrs structures is complete or fails. Here an invalid field leaves
    the others valid, so that their references are checked as well.

    Args:
        kind: A class of `SECTIONS`, or one of the parts of their instances.

        table: Anything; anything but a table of keys is an error.
    """
    values = Values()
    if type(table) is not dict:
        msg = f"expected a table of keys, got {describe_value(table)}"
        values.errors.append(("", msg))
        return values
    reader = _reader(kind)
    unknown: list[str] = []
    for key, value in table.items():
        field = reader.fields.get(key)
        if field is None:
            unknown.append(key)
            continue
        try:
            values.fields[key] = field(value, values)
        except (TypeError, ValueError) as error:
            values.errors.append((f".{key}", str(error)))
    for key in reader.required:
        if key not in table:
            values.errors.append((f".{key}", "this key is missing"))
    if unknown:
        values.errors.extend(_unknown_keys(sorted(unknown), list(reader.fields)))
    return values


_ReadField = Callable[[Any, Values], Any]
"""
Converts the value of one field. It raises an error or adds errors to the `Values`.
"""


@attrs.frozen(kw_only=True)
class _Reader:
    """
    How the fields of a class are read from a table.
    """

    fields: dict[str, _ReadField]
    required: tuple[str, ...]


@functools.cache
def _reader(kind: type) -> _Reader:
    attrs.resolve_types(kind)
    links = {link.name: link for link in links_of(kind)}
    fields = attrs.fields(kind)
    return _Reader(
        fields={
            field.alias: (
                _linked(links[field.alias]) if field.alias in links else _checked(field)
            )
            for field in fields
        },
        required=tuple(f.alias for f in fields if f.default is attrs.NOTHING),
    )


def _linked(link: Link) -> _ReadField:
    def read_item(value: Any, where: str, into: Values) -> Any:
        if not link.part:
            return exactly(value, str)
        part = convert(link.kind, value)
        if part.errors:
            into.errors.extend((where + path, why) for path, why in part.errors)
        return part

    def read_list(value: Any, into: Values) -> list[Any]:
        found: list[Any] = []
        wrong = 0
        for index, item in enumerate(exactly(value, list)):
            where, before = f".{link.name}[{index}]", len(into.errors)
            try:
                found.append(read_item(item, where, into))
            except TypeError as error:
                found.append(None)
                into.errors.append((where, str(error)))
            wrong += len(into.errors) > before
            if wrong == _MOST_ERRORS:
                break
        return found

    if link.many:
        return read_list
    return lambda value, into: read_item(value, f".{link.name}", into)


def _checked(field: attrs.Attribute[Any]) -> _ReadField:
    structure, kind = _converter().get_structure_hook(field.type), field.type
    check = field.validator
    if check is not None:

        def structure_and_check(value: Any, _: Values) -> Any:
            made = structure(value, kind)
            check(None, field, made)
            return made

        return structure_and_check
    adjust: Any = field.converter  # attrs' own Converter class is not callable.
    if adjust is not None and kind == str | None:
        # A language tag. What the hooks for other types return is complete.
        return lambda value, _: adjust(structure(value, kind))
    return lambda value, _: structure(value, kind)


@functools.cache
def _converter() -> Converter:
    converter = Converter()
    converter.register_structure_hook(str, exactly)
    converter.register_structure_hook(bool, exactly)
    converter.register_structure_hook(Text, to_text)
    converter.register_structure_hook(PartialDate, lambda value, _: _date(value))
    converter.register_structure_hook(dt.date, lambda value, _: as_day(_date(value)))
    listed: tuple[type[enum.Enum], ...] = (EventKind, EventStatus, SourceKind)
    for values in listed:
        converter.register_structure_hook(
            values, lambda value, of: member_of(of, value)
        )
    converter.register_structure_hook_factory(_is_optional)(_never_null)
    return converter


def to_text(value: Any, _: Any = Text) -> Text:
    """
    Return the text in a table of languages, or in a plain English string.

    Raises:
        TypeError: For a value that is neither.

        ValueError: If a tag is invalid, or there is no English.
    """
    if isinstance(value, str):
        return Text(en=value)
    if type(value) is not dict:
        msg = f"expected a string or a table of languages, got {describe_value(value)}"
        raise TypeError(msg)
    return Text({tag: exactly(words, str) for tag, words in value.items()})


_parsed = functools.lru_cache(maxsize=10_000)(PartialDate.parse)


def _date(value: Any) -> PartialDate:
    if type(value) is str:
        return _parsed(value)  # An event and its citations have the same date.
    if type(value) is dt.date:
        return as_date(value)
    msg = f'expected a date in quotes, such as "2000-05", got {describe_value(value)}'
    raise ValueError(msg)


def _never_null(kind: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    inner = next(each for each in get_args(kind) if each is not type(None))
    structure = converter.get_structure_hook(inner)
    return lambda value, _: structure(value, inner)


def _is_optional(kind: Any) -> bool:
    return type(None) in get_args(kind)


def _unknown_keys(keys: list[str], known: list[str]) -> Iterator[tuple[str, str]]:
    listed = ", ".join(known)
    for key in keys[:_MOST_KEYS]:
        close = suggest(key, known)
        remedy = f"did you mean {close[0]!r}?" if close else f"known are {listed}"
        yield f".{shorten(key)}", f"this key is unknown; {remedy}"
    if keys[_MOST_KEYS:]:
        yield "", f"{len(keys) - _MOST_KEYS} more unknown keys; known are {listed}"
