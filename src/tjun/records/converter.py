"""
Between the rows of a record and the things of the model; all of cattrs is here.

Left alone, cattrs reads `null` as `'None'` and `"1991"` as 1991. Nothing is coerced
here: a value is what it is, or a fault with its place.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Iterator
from typing import Any, Literal, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.errors import (
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from tjun.chronology.chronology import Chronology
from tjun.errors import describe_error
from tjun.model.dates import PartialDate, as_date
from tjun.model.entities import Citation, CooperationArea, Event, Source
from tjun.model.kinds import EventKind, EventStatus, SourceKind
from tjun.model.missions import Membership, Mission, Post
from tjun.model.text import Text
from tjun.model.validators import member_of, optional_day
from tjun.suggestions import suggest

__all__ = [
    "SECTIONS",
    "exactly",
    "faults_in",
    "rows",
    "shown",
    "strict_converter",
    "structure_text",
    "structurers",
]

SECTIONS: dict[str, type] = {
    "areas": CooperationArea,
    "sources": Source,
    "events": Event,
    "missions": Mission,
    "memberships": Membership,
}
"""
The lists of a record, each with what its entries are.
"""

_PARTS: tuple[type, ...] = (Citation, Post)  # What stands inside entries.

Refer = Callable[[Any, Any], Any]
"""
Returns the thing of a given type that has a given id.
"""

_CALLED = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list: "a list",
    dict: "a table of keys",
}
_MOST_BITS = 10_000  # Some 3,000 digits.
_MOST_ERRORS = 100  # Of one list; the rest of it is not looked at.
_MOST_KEYS = 20  # More unknown keys than this are counted and not listed.


def exactly(value: Any, wanted: type) -> Any:
    """
    Return *value* when its type is *wanted* and no other.

    Raises:
        TypeError: Names both types.
    """
    if type(value) is not wanted:  # bool is an int; an int is meant.
        msg = f"expected {_CALLED[wanted]}, got {shown(value)}"
        raise TypeError(msg)
    return value


def strict_converter() -> Converter:
    """
    Return a converter that takes every value for what it is, or not at all.
    """
    converter = Converter(
        detailed_validation=True, forbid_extra_keys=True, omit_if_default=True
    )
    for kind in (str, int, float, bool):
        converter.register_structure_hook(kind, exactly)

    def one_of(value: Any, kind: Any) -> Any:
        values = get_args(kind)
        if not any(value == each and type(value) is type(each) for each in values):
            listed = ", ".join(map(str, values))
            msg = f"expected one of {listed}, got {shown(value)}"
            raise ValueError(msg)
        return value

    converter.register_structure_hook_func(_is_literal, one_of)

    def lists_only(kind: Any, converter: Converter) -> Callable[[Any, Any], Any]:
        item = get_args(kind)[0]
        structure = converter.get_structure_hook(item)

        def structure_list(value: Any, _: Any) -> Any:
            made: list[Any] = []
            errors: list[Exception] = []
            for index, each in enumerate(exactly(value, list)):
                try:
                    made.append(structure(each, item))
                except Exception as error:  # noqa: BLE001  # All faults at once.
                    note = IterableValidationNote(f"at {index}", index, item)
                    error.add_note(note)
                    errors.append(error)
                    if len(errors) == _MOST_ERRORS:
                        break
            if errors:
                msg = "of a list"
                group: Any = IterableValidationError  # Checkers see ExceptionGroup's.
                raise group(msg, errors, kind)
            return tuple(made)

        return structure_list

    converter.register_structure_hook_factory(_is_long_tuple)(lists_only)
    return converter


def _is_literal(kind: Any) -> bool:
    return get_origin(kind) is Literal


def _is_long_tuple(kind: Any) -> bool:
    return get_origin(kind) is tuple and get_args(kind)[1:] == (...,)


def structurers(refer: Refer) -> dict[type, Callable[[Any, Any], Any]]:
    """
    Return what makes a thing from a row, for each type in `SECTIONS`.

    Args:
        refer: Called for each reference to an entry, with its id and its type.
    """
    converter = strict_converter()
    converter.register_structure_hook(Text, structure_text)
    converter.register_structure_hook(PartialDate, lambda value, _: _date(value))
    converter.register_structure_hook(
        dt.date, lambda value, _: optional_day(str(_date(value)))
    )
    listed: tuple[type[enum.Enum], ...] = (EventKind, EventStatus, SourceKind)
    for values in listed:
        converter.register_structure_hook(
            values, lambda value, of: member_of(of, value)
        )
    converter.register_structure_hook_factory(_is_optional)(_never_null)
    for kind in SECTIONS.values():
        converter.register_structure_hook(kind, refer)
    for part in _PARTS:
        converter.register_structure_hook(part, _structurer(part, converter))
    return {kind: _structurer(kind, converter) for kind in SECTIONS.values()}


def _structurer(kind: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    """
    Return what makes a *kind* from a table, each field checked in its own place.
    """
    attrs.resolve_types(kind)
    checked = {
        field.name: override(struct_hook=_checked(field, converter), rename=field.alias)
        for field in attrs.fields(kind)
    }
    inner = make_dict_structure_fn(kind, converter, **checked)  # type: ignore[arg-type]  # mypy takes the keywords for the function's options.
    return lambda value, _: inner(exactly(value, dict), kind)


def _checked(
    field: attrs.Attribute[Any], converter: Converter
) -> Callable[[Any, Any], Any]:
    structure = converter.get_structure_hook(field.type)
    validate = field.validator
    if validate is None:
        return lambda value, _: structure(value, field.type)

    def structure_and_check(value: Any, _: Any) -> Any:
        made = structure(value, field.type)
        validate(None, field, made)
        return made

    return structure_and_check


def structure_text(value: Any, _: Any = Text) -> Text:
    """
    Return the text in a table of languages, or in a plain English string.

    Raises:
        TypeError: For a value that is neither.

        ValueError: If a tag is invalid, or there is no English.
    """
    if isinstance(value, str):
        return Text(en=value)
    if type(value) is not dict:
        msg = f"expected a text, or a table of languages, got {shown(value)}"
        raise TypeError(msg)
    return Text({tag: exactly(words, str) for tag, words in value.items()})


def _date(value: Any) -> PartialDate:
    if isinstance(value, (str, dt.date)):
        return as_date(value)
    msg = f'expected a date in quotes as "2000-05", got {shown(value)}'
    raise ValueError(msg)


def _never_null(kind: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    inner = next(each for each in get_args(kind) if each is not type(None))
    structure = converter.get_structure_hook(inner)
    return lambda value, _: structure(value, inner)


def _is_optional(kind: Any) -> bool:
    return type(None) in get_args(kind)


def rows(chronology: Chronology) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
    """
    Yield each section of a record with its rows, of which JSON can be made.

    What has its default is left out.
    """
    converter = Converter(omit_if_default=True, use_alias=True)
    converter.register_unstructure_hook(PartialDate, str)
    converter.register_unstructure_hook(dt.date, dt.date.isoformat)
    converter.register_unstructure_hook(Text, lambda text: dict(text.translations))
    for kind in SECTIONS.values():
        converter.register_unstructure_hook(kind, lambda thing: thing.id)
    for section, kind in SECTIONS.items():
        row_of: Callable[[Any], dict[str, Any]] = make_dict_unstructure_fn(
            kind,
            converter,
            _cattrs_omit_if_default=True,
            _cattrs_use_alias=True,
        )
        yield section, map(row_of, getattr(chronology, section))


def faults_in(error: BaseException) -> Iterator[tuple[str, str]]:
    """
    Yield where and what, for each fault that a failed structuring found.

    Args:
        error: What the converter raised.

    Yields:
        A path from the thing structured (`.citations[0].date`; empty for the
        thing itself) and a message.
    """
    if isinstance(error, ForbiddenExtraKeysError):
        yield from _unknown_keys(error)
    elif isinstance(error, (ClassValidationError, IterableValidationError)):
        noted, others = error.group_exceptions()
        for inner, note in noted:
            if isinstance(note, IterableValidationNote):
                step = f"[{note.index}]"
            else:
                step = f".{note.name}"
                if type(inner) is KeyError and inner.args == (note.name,):
                    yield step, "this key is missing"
                    continue
            for path, message in faults_in(inner):
                yield step + path, message
        for inner in others:
            yield from faults_in(inner)
    elif isinstance(error, (TypeError, ValueError)):
        yield "", str(error)
    else:
        yield "", describe_error(error)


def _unknown_keys(error: ForbiddenExtraKeysError) -> Iterator[tuple[str, str]]:
    keys = sorted(error.extra_fields)
    cls: Any = error.cl
    known = [field.alias for field in attrs.fields(cls)]
    listed = ", ".join(known)
    for key in keys[:_MOST_KEYS]:
        close = suggest(key, known)
        remedy = f"did you mean {close[0]!r}?" if close else f"known are {listed}"
        yield f".{_shortened(key)}", f"this key is unknown; {remedy}"
    if keys[_MOST_KEYS:]:
        yield "", f"{len(keys) - _MOST_KEYS} more unknown keys; known are {listed}"


def shown(value: Any) -> str:
    """
    Return what *value* is, in words of the record's writer, and short.
    """
    if value is None:
        return "nothing (null)"
    if isinstance(value, (list, dict)):
        return _CALLED[type(value)]
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        return "a whole number of very many digits"  # Python refuses to write it.
    return (
        f"{_shortened(repr(value))}, {_CALLED.get(type(value), type(value).__name__)}"
    )


def _shortened(text: str, most: int = 80) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
