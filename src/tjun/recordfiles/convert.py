"""
Conversion of the tables of a record to values; all use of cattrs is here.

By default cattrs reads `null` as `'None'` and `"1991"` as 1991. Here nothing is
coerced: a value has the right type, or it is an error with its location.
"""

from __future__ import annotations

import datetime as dt
import enum
import functools
from collections.abc import Callable, Iterable
from typing import Any, Literal, get_args, get_origin

import attrs
from cattrs import Converter

from tjun.errors import shorten
from tjun.model.dates import PartialDate, as_date
from tjun.model.kinds import EventStatus, PublisherKind
from tjun.model.links import Link, links_of
from tjun.model.text import Text
from tjun.model.validators import member_of
from tjun.suggestions import suggest

__all__ = ["Values", "convert", "describe_value", "to_text", "unknown"]

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
_MOST_BITS = 10_000  # About 3,000 digits; repr() raises an error for more.


@attrs.frozen(kw_only=True)
class Values:
    """
    The values in one table of a record.

    Attributes:
        language: The language of its plain strings.

        fields: The valid values by the name of their field. A reference is an id, and a
            part is a `Values`. In a list of either, `None` replaces invalid items.

        errors: A path within the table (empty for the table itself) and a message
            for each error in it and its parts.
    """

    language: str
    fields: dict[str, Any] = attrs.field(factory=dict)
    errors: list[tuple[str, str]] = attrs.field(factory=list)


def convert(kind: type, table: Any, language: str) -> Values:
    """
    Return the values that *table* has for the fields of *kind*.

    A class that cattrs structures is complete or fails. Here an invalid field leaves
    the others valid, so that their references are checked as well.

    Args:
        kind: A class of entries, one of the parts of their instances, or `Header`.

        table: Anything; anything but a table of keys is an error.

        language: The language of plain strings.
    """
    values = Values(language=language)
    if type(table) is not dict:
        msg = f"expected a table of keys, got {describe_value(table)}"
        values.errors.append(("", msg))
        return values
    fields, required = _reader(kind)
    for key, value in table.items():
        field = fields.get(key)
        if field is None:
            values.errors.append((f".{shorten(key)}", unknown(key, fields)))
            continue
        try:
            values.fields[key] = field(value, values)
        except (TypeError, ValueError) as error:
            values.errors.append((f".{key}", str(error)))
    for key in required:
        if key not in table:
            values.errors.append((f".{key}", "this key is missing"))
    return values


def unknown(key: str, known: Iterable[str]) -> str:
    """
    Return the message about a key that is none of the *known* ones.
    """
    close = suggest(key, known)
    remedy = f"did you mean {close[0]!r}?" if close else f"known are {', '.join(known)}"
    return f"this key is unknown; {remedy}"


_ReadField = Callable[[Any, Values], Any]
"""
Converts the value of one field. It raises an error or adds errors to the `Values`.
"""


@functools.cache
def _reader(kind: type) -> tuple[dict[str, _ReadField], tuple[str, ...]]:
    """
    Return how each field of a class is read, and which fields are required.
    """
    attrs.resolve_types(kind)
    links = {link.name: link for link in links_of(kind)}
    fields = attrs.fields(kind)
    readers = {
        field.alias: (
            _linked(links[field.alias]) if field.alias in links else _checked(field)
        )
        for field in fields
    }
    return readers, tuple(f.alias for f in fields if f.default is attrs.NOTHING)


def _linked(link: Link) -> _ReadField:
    def read_item(value: Any, where: str, into: Values) -> Any:
        if not link.part:
            return exactly(value, str)
        part = convert(link.kind, value, into.language)
        into.errors.extend((where + path, why) for path, why in part.errors)
        return part

    def read_list(value: Any, into: Values) -> list[Any]:
        found: list[Any] = []
        for index, item in enumerate(exactly(value, list)):
            where = f".{link.name}[{index}]"
            try:
                found.append(read_item(item, where, into))
            except TypeError as error:
                found.append(None)
                into.errors.append((where, str(error)))
        return found

    if link.many:
        return read_list
    return lambda value, into: read_item(value, f".{link.name}", into)


def _checked(field: attrs.Attribute[Any]) -> _ReadField:
    kind: Any = field.type
    origin: Any = get_origin(kind)
    types = [each for each in get_args(kind) if each is not type(None)]
    if origin is tuple:
        kind = tuple
    elif origin is not Literal and types:
        kind = types[0]
    if kind is Text:
        return lambda value, into: _validated(field, to_text(value, into.language))
    if kind is tuple:
        return _tuple_reader(field, types[0])
    structure = _converter().get_structure_hook(kind)
    return lambda value, _: _validated(field, structure(value, kind))


def _validated(field: attrs.Attribute[Any], value: Any) -> Any:
    """
    Return *value* after the field's own conversion and validation.
    """
    convert_value: Any = field.converter  # attrs' own Converter class is not callable.
    if convert_value is not None:
        value = convert_value(value)
    if field.validator is not None:
        field.validator(None, field, value)
    return value


def _tuple_reader(field: attrs.Attribute[Any], item: Any) -> _ReadField:
    """
    Return the reader of a list of strings, or of a table with one's own keys.
    """
    if item is str:
        return lambda value, _: _validated(
            field, [exactly(each, str) for each in exactly(value, list)]
        )
    texts = Text in get_args(item)

    def read_table(value: Any, into: Values) -> Any:
        table = exactly(value, dict)
        if texts:
            table = {key: to_text(each, into.language) for key, each in table.items()}
        return _validated(field, table)

    return read_table


@functools.cache
def _converter() -> Converter:
    converter = Converter()
    converter.register_structure_hook(str, exactly)
    converter.register_structure_hook(bool, exactly)
    converter.register_structure_hook(PartialDate, lambda value, _: _date(value))
    converter.register_structure_hook(dt.date, lambda value, _: _date(value))
    converter.register_structure_hook(dt.datetime, lambda value, _: _moment(value))
    converter.register_structure_hook_func(
        _is_literal, lambda value, _: exactly(value, str)
    )
    listed: tuple[type[enum.Enum], ...] = (EventStatus, PublisherKind)
    for values in listed:
        converter.register_structure_hook(
            values, lambda value, kind: member_of(kind, exactly(value, str))
        )
    return converter


def _is_literal(kind: Any) -> bool:
    origin: Any = get_origin(kind)
    return origin is Literal


def to_text(value: Any, language: str) -> Text:
    """
    Return the text in a table of languages, or in a plain string.

    Args:
        value: A string in *language*, or a table that contains one.

        language: The language of the record.

    Raises:
        TypeError: For a value that is neither.

        ValueError: If a tag is invalid, or the language is missing.
    """
    if isinstance(value, str):
        return Text({language: value})
    if type(value) is not dict:
        msg = f"expected a string or a table of languages, got {describe_value(value)}"
        raise TypeError(msg)
    text = Text({tag: exactly(words, str) for tag, words in value.items()})
    strings = dict(text.translations)
    if language not in strings:
        msg = (
            f"expected a string in {language!r}, the language of the record, got only"
            f" {', '.join(strings)}"
        )
        raise ValueError(msg)
    return Text({language: strings.pop(language), **strings})


_parsed = functools.lru_cache(maxsize=10_000)(PartialDate.parse)


def _date(value: Any) -> PartialDate:
    if type(value) is str:
        return _parsed(value)  # An event and its citations have the same date.
    if type(value) is dt.date:
        return as_date(value)
    msg = f'expected a date in quotes, such as "2000-05", got {describe_value(value)}'
    raise ValueError(msg)


def _moment(value: Any) -> Any:
    if isinstance(value, (str, dt.date)):
        return value  # The field converts it.
    msg = (
        "expected a moment in UTC, such as 2026-11-30T09:00:00Z, got"
        f" {describe_value(value)}"
    )
    raise ValueError(msg)


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
        return "a whole number with too many digits"
    dated = isinstance(value, (dt.date, dt.time))
    text = value.isoformat() if dated else repr(value)
    return f"{shorten(text)}, {_NAMES.get(type(value), type(value).__name__)}"
