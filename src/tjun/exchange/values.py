"""
Read the values of options, from keywords and from the words of a command line.

`reader_of` turns the type of an option into a `Reader`. The same reader accepts a
keyword's value and a flag's text, so both have the same rules and messages.
"""

from __future__ import annotations

import datetime as dt
import decimal
import enum
import pathlib
import re
import types
from collections.abc import Callable, Collection, Sequence
from typing import (
    Annotated,
    Any,
    Literal,
    NewType,
    Union,
    get_args,
    get_origin,
)

import attrs

from tjun.model.dates import PartialDate, as_date

__all__ = ["Reader", "UnreadableError", "member_word", "reader_of", "shortened"]

_WHOLE = re.compile(r"[+-]?[0-9]{1,1000}")
_MOST_SHOWN = 80  # Characters of a value that a message repeats.


class UnreadableError(Exception):
    """
    The type of an option cannot be expressed on the command line.
    """


@attrs.frozen(kw_only=True)
class Reader:
    """
    How to read the values of one type.

    Attributes:
        expected: What messages call a valid value, such as `a whole number`.

        keyword: Returns the value for a keyword, or raises ValueError.

        words: Returns the value for the words after a flag, or raises ValueError.

        shape: The type by which the help of a command describes the words.

        count: How many words follow the flag.

        many: Whether the flag may be repeated.

        switch: Whether the flag has no value.

        optional: Whether `None` is a valid value.
    """

    expected: str
    keyword: Callable[[Any], Any]
    words: Callable[[Sequence[str]], Any]
    shape: Any
    count: int = 1
    many: bool = False
    switch: bool = False
    optional: bool = False


def shortened(value: object) -> str:
    """
    Return the repr of *value*, shortened for a message.
    """
    try:
        text = repr(value)
    except Exception:  # noqa: BLE001  # A plugin's __repr__ may be faulty.
        return f"a {type(value).__name__}"
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 1]}…"


def reader_of(kind: Any) -> Reader:
    """
    Return how to read values of the type *kind*.

    Raises:
        UnreadableError: For a type that the command line cannot express.
    """
    kind = _bare(kind)
    if kind is bool:
        return _switch()
    if kind in _SIMPLE:
        return _simple(*_SIMPLE[kind])
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return _member(kind)
    if get_origin(kind) in {Union, types.UnionType}:
        return _union(get_args(kind))
    if (made := _of_parts(kind)) is not None:
        return made
    msg = f"tjun cannot read the type {_name(kind)} from a command line"
    raise UnreadableError(msg)


def _bare(kind: Any) -> Any:
    """
    Return the type behind an alias, a new type or an annotation.
    """
    while True:
        if get_origin(kind) is Annotated:
            kind = get_args(kind)[0]
        elif isinstance(kind, NewType):
            kind = kind.__supertype__
        elif type(kind).__name__ == "TypeAliasType":  # Not in Python 3.11.
            kind = kind.__value__
        else:
            return kind


def _name(kind: Any) -> str:
    return kind.__name__ if isinstance(kind, type) else str(kind)


_NONE = type(None)


def _refuse(expected: str, value: object) -> ValueError:
    return ValueError(f"expected {expected}, got {shortened(value)}")


def _simple(
    shape: Any, expected: str, keyword: Callable[[Any], Any], word: Callable[[str], Any]
) -> Reader:
    def read(value: Any, convert: Callable[[Any], Any]) -> Any:
        try:
            return convert(value)
        except (TypeError, ValueError, KeyError, ArithmeticError):
            raise _refuse(expected, value) from None

    return Reader(
        expected=expected,
        keyword=lambda value: read(value, keyword),
        words=lambda given: read(given[0], word),
        shape=shape,
    )


def _switch() -> Reader:
    named = {"true": True, "false": False}
    reader = _simple(bool, "true or false", _only(bool), named.__getitem__)
    return attrs.evolve(reader, switch=True)


def _one_of(named: dict[str, Any], values: Collection[Any]) -> Reader:
    expected = f"one of {', '.join(named)}" if len(named) > 1 else repr(*named)

    def keyword(value: Any) -> Any:
        for each in values:
            if type(each) is type(value) and each == value:
                return each
        return word(value)

    def word(value: Any) -> Any:
        if not isinstance(value, str) or value not in named:
            raise _refuse(expected, value)
        return named[value]

    return Reader(
        expected=expected,
        keyword=keyword,
        words=lambda given: word(given[0]),
        shape=Literal[tuple(named)],
    )


def member_word(member: enum.Enum) -> str:
    """
    Return the word for a member: its value if that is text, or else its name.
    """
    if isinstance(member.value, str):
        return member.value
    return member.name.lower().replace("_", "-")


def _member(kind: type[enum.Enum]) -> Reader:
    named = {member_word(each): each for each in kind}
    reader = _one_of(named, list(kind))

    def keyword(value: Any) -> Any:
        for each in kind:
            if type(each.value) is type(value) and each.value == value:
                return each
        return reader.keyword(value)

    return attrs.evolve(reader, keyword=keyword)


def _union(kinds: Sequence[Any]) -> Reader:
    """
    Return how to read a value of one of several types, trying text last.
    """
    readers = [reader_of(each) for each in kinds if each is not _NONE]
    if any(reader.count != 1 or reader.many for reader in readers[1:]):
        msg = "tjun cannot read a union with several collections from a command line"
        raise UnreadableError(msg)
    order = sorted(readers, key=lambda reader: reader.expected == _TEXT)
    expected = " or ".join(dict.fromkeys(reader.expected for reader in readers))

    def first(value: Any, read: Callable[[Reader], Any]) -> Any:
        for reader in order:
            try:
                return read(reader)
            except ValueError:
                if len(order) == 1:
                    raise
        raise _refuse(expected, value)

    def keyword(value: Any) -> Any:
        return first(value, lambda reader: reader.keyword(value))

    def words(given: Sequence[str]) -> Any:
        shown = given[0] if len(given) == 1 else list(given)
        return first(shown, lambda reader: reader.words(given))

    return Reader(
        expected=expected,
        keyword=keyword,
        words=words,
        shape=Union[tuple(r.shape for r in readers) + (_NONE,) * (_NONE in kinds)],  # noqa: UP007  # A tuple of types.
        count=readers[0].count,
        many=readers[0].many,
        switch=len(readers) == 1 and readers[0].switch,
        optional=_NONE in kinds,
    )


_MADE_AS: dict[Any, Callable[[Any], Any]] = {
    tuple: tuple,
    list: list,
    set: set,
    frozenset: frozenset,
    Sequence: tuple,
    Collection: tuple,
}


def _of_parts(kind: Any) -> Reader | None:
    """
    Return how to read a choice or a collection, or `None` for any other type.
    """
    origin, given = get_origin(kind) or kind, get_args(kind)
    if origin is Literal:
        return _one_of({str(each): each for each in given}, given)
    if origin not in _MADE_AS:
        return None
    if origin is tuple and given[1:] != (...,) and given:
        return _row([reader_of(each) for each in given])
    return _many(_MADE_AS[origin], reader_of(given[0]) if given else reader_of(str))


def _many(make: Callable[[Any], Any], reader: Reader) -> Reader:
    if reader.many:
        msg = "tjun cannot read a collection of collections from a command line"
        raise UnreadableError(msg)

    def keyword(value: Any) -> Any:
        if not isinstance(value, (tuple, list, set, frozenset)):
            expected = "a list or a tuple"
            raise _refuse(expected, value)
        return make(_each(value, reader.keyword))

    def words(given: Sequence[str]) -> Any:
        size = reader.count
        parts = [given[at : at + size] for at in range(0, len(given), size)]
        return make(_each(parts, reader.words))

    return Reader(
        expected=f"any number of values, each {reader.expected}",
        keyword=keyword,
        words=words,
        shape=tuple.__class_getitem__((reader.shape, ...)),
        count=reader.count,
        many=True,
    )


def _each(values: Collection[Any], read: Callable[[Any], Any]) -> list[Any]:
    made = []
    for index, value in enumerate(values):
        try:
            made.append(read(value))
        except ValueError as error:
            if len(values) == 1:
                raise
            msg = f"value {index + 1}: {error}"
            raise ValueError(msg) from None
    return made


def _row(readers: Sequence[Reader]) -> Reader:
    if any(reader.many or reader.count != 1 for reader in readers):
        msg = "tjun cannot read a collection of collections from a command line"
        raise UnreadableError(msg)
    expected = f"{len(readers)} values"

    def keyword(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, (tuple, list)) or len(value) != len(readers):
            raise _refuse(expected, value)
        reading = iter(readers)
        return tuple(_each(value, lambda each: next(reading).keyword(each)))

    def words(given: Sequence[str]) -> tuple[Any, ...]:
        reading = iter(readers)
        return tuple(_each(given, lambda each: next(reading).words([each])))

    return Reader(
        expected=expected,
        keyword=keyword,
        words=words,
        shape=tuple.__class_getitem__(tuple(reader.shape for reader in readers)),
        count=len(readers),
    )


def _only(*kinds: type) -> Callable[[Any], Any]:
    """
    Return a function that accepts only these types, not subclasses: True is not 1.
    """

    def accept(value: Any) -> Any:
        if type(value) not in kinds:
            raise TypeError
        return value

    return accept


def _whole(word: str) -> int:
    if _WHOLE.fullmatch(word) is None:
        raise ValueError
    return int(word)


def _decimal(value: Any) -> decimal.Decimal:
    return decimal.Decimal(_only(int, str, decimal.Decimal)(value))


def _date(value: Any) -> dt.date:
    if isinstance(value, str):
        return dt.date.fromisoformat(value)
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        raise TypeError
    return value


def _moment(value: Any) -> dt.datetime:
    if isinstance(value, str):
        return dt.datetime.fromisoformat(value)
    if not isinstance(value, dt.datetime):
        raise TypeError
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return str(value)


_TEXT = "text"
_SIMPLE: dict[Any, tuple[Any, str, Callable[[Any], Any], Callable[[str], Any]]] = {
    str: (str, _TEXT, _text, _text),
    int: (int, "a whole number", _only(int), _whole),
    float: (float, "a number", lambda value: float(_only(int, float)(value)), float),
    decimal.Decimal: (float, "a decimal number", _decimal, _decimal),
    dt.date: (dt.date, "a date such as 2027-03-02", _date, _date),
    dt.datetime: (
        dt.datetime,
        "a date and time such as 2027-03-02T09:00",
        _moment,
        _moment,
    ),
    PartialDate: (dt.date, "a day, month or year such as 2000-05", as_date, as_date),
    pathlib.Path: (pathlib.Path, "a path", pathlib.Path, pathlib.Path),
    Any: (str, "a value", lambda value: value, _text),
}
