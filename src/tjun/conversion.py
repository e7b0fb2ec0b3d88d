"""
Strict conversion of values with cattrs.

By default cattrs reads `"1991"` as 1991 and `None` as `'None'`. Here nothing is
coerced: a value has the right type, or it is a `ValueError` that says what was
expected.
"""

from __future__ import annotations

import datetime as dt
import enum
import pathlib
from collections.abc import Callable, Iterable, Mapping
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from cattrs import Converter

from tjun.errors import shortened

_Read = Callable[[Any], Any]


def _only(*kinds: type) -> _Read:
    """
    Return a function that accepts only these types, not subclasses: True is not 1.
    """

    def accept(value: Any) -> Any:
        if type(value) not in kinds:
            raise TypeError
        return value

    return accept


def _date(value: Any) -> dt.date:
    exactly: _Read = _only(dt.date)
    return dt.date.fromisoformat(value) if isinstance(value, str) else exactly(value)


_SCALARS: Mapping[Any, tuple[str, _Read]] = {
    str: ("text", str.__str__),  # A `TypeError` for anything else.
    int: ("a whole number", _only(int)),
    float: ("a number", lambda value: float(_only(int, float)(value))),
    bool: ("true or false", _only(bool)),
    dt.date: ("a date such as 2027-03-02", _date),
    pathlib.Path: ("a path", pathlib.Path),
}


def single(kind: Any) -> Any:
    """
    Return the type of a single value in *kind*: `int` for `int | None`.

    Raises:
        TypeError: If the converters cannot read *kind*.
    """
    parts = [each for each in get_args(kind) if each not in (NoneType, ...)]
    part = (
        parts[0] if len(parts) == 1 and (is_tuple(kind) or is_optional(kind)) else kind
    )
    if part not in _SCALARS and not choices_of(part):
        shown = kind.__name__ if type(kind) is type else kind
        msg = (
            f"the type {shown} is not supported;"
            " use str, int, float, bool, Literal, Enum, date or Path, one of these or"
            " None, or a tuple of any length such as tuple[str, ...]"
        )
        raise TypeError(msg)
    return part


def is_optional(kind: Any) -> bool:
    """
    Return whether *kind* is a union with `None`.
    """
    return get_origin(kind) in {Union, UnionType} and NoneType in get_args(kind)


def is_tuple(kind: Any) -> bool:
    """
    Return whether *kind* is a tuple of any length.
    """
    return get_origin(kind) is tuple and get_args(kind)[1:] == (...,)


def choices_of(kind: Any) -> dict[str, Any]:
    """
    Return the values of a `Literal` or an enumeration by what users type.

    It is the value of a member if that is text, or else its name. Other types have no
    choices.
    """
    origin: Any = get_origin(kind)
    members: Iterable[Any] = get_args(kind) if origin is Literal else ()
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        members = kind
    return {word_for(each): each for each in members}


def word_for(value: Any) -> str:
    """
    Return *value* as users type it.
    """
    if not isinstance(value, enum.Enum):
        return str(value)
    named = value.name.lower().replace("_", "-")
    return value.value if isinstance(value.value, str) else named


def strict_converter(readers: Mapping[type, _Read] | None = None) -> Converter:
    """
    Return a converter for single values, optional values and tuples of any length.

    Args:
        readers: How to read the values of some types. By default, a date may be text,
            and a value of any other type has to have that type already.
    """
    converter = Converter()
    for kind, (expected, read) in _SCALARS.items():
        own = (readers or {}).get(kind, read)
        converter.register_structure_hook(kind, _scalar(expected, own))
    converter.register_structure_hook_func(lambda kind: bool(choices_of(kind)), _choice)
    converter.register_structure_hook_factory(is_optional)(_optional)
    converter.register_structure_hook_factory(is_tuple)(_tuple)
    return converter


def _scalar(expected: str, read: _Read) -> Callable[[Any, Any], Any]:
    def structure(value: Any, kind: Any) -> Any:
        if issubclass(kind, enum.Enum):  # An `IntEnum` is an int, too.
            return _choice(value, kind)
        try:
            return read(value)
        except (TypeError, ValueError, KeyError, OverflowError):
            raise _refused(expected, value) from None

    return structure


def _choice(value: Any, kind: Any) -> Any:
    """
    Return the one of several values that *value* is or means.
    """
    choices = choices_of(kind)
    for each in choices.values():
        plain = each.value if isinstance(each, enum.Enum) else each
        if value is each or (type(value) is type(plain) and value == plain):
            return each
    if isinstance(value, str) and value in choices:
        return choices[value]
    several = f"one of {', '.join(choices)}"
    raise _refused(several if len(choices) > 1 else repr(*choices), value)


def _optional(kind: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    inner = single(kind)
    read = converter.get_structure_hook(inner)
    return lambda value, _: None if value is None else read(value, inner)


def _tuple(kind: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    inner = single(kind)
    read = converter.get_structure_hook(inner)

    def structure(values: Any, _: Any) -> tuple[Any, ...]:
        if not isinstance(values, (tuple, list)):
            expected = "a list or a tuple"
            raise _refused(expected, values)
        found = []
        for number, value in enumerate(values, start=1):
            try:
                found.append(read(value, inner))
            except ValueError as error:
                place = f"value {number}: " if len(values) > 1 else ""
                msg = f"{place}{error}"
                raise ValueError(msg) from None
        return tuple(found)

    return structure


def _refused(expected: str, value: object) -> ValueError:
    return ValueError(f"expected {expected}, got {shortened(value)}")
