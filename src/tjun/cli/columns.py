"""
Columns of a listing, declared once for JSON, TSV, tables and the schema.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Mapping, Sequence
from types import NoneType, UnionType
from typing import Any, Generic, TypeVar, get_args, get_origin, get_type_hints

import attrs

from tjun.chronology.chronology import Chronology
from tjun.locales.language import Language
from tjun.model.dates import PartialDate
from tjun.model.entities import Event
from tjun.model.text import Text

__all__ = ["Column", "Columns", "Id", "View", "cells", "in_tsv", "row", "schema_of"]

T = TypeVar("T")

_DATE = {"type": "string", "description": "A date in EDTF, such as 1992-03 or 1992~."}
_STRING = {"type": "string"}
_SCHEMAS: dict[Any, dict[str, Any]] = {
    object: {},
    PartialDate: _DATE,
    dt.date: _DATE,
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
}


class Id(str):
    """
    The type of columns with ids, which come last in a table.
    """

    __slots__ = ()


@attrs.frozen(kw_only=True)
class View:
    """
    What a column may need besides the item.

    Attributes:
        language: The language of texts.

        today: The day to count from.

        record: The record.

        events: The events of areas and sources, by their ids.
    """

    language: Language
    today: dt.date = attrs.field(factory=dt.date.today)
    record: Chronology = attrs.field(factory=Chronology)
    events: Mapping[str, Sequence[Event]] = attrs.field(factory=dict)


@attrs.frozen
class Column(Generic[T]):
    """
    A column of a listing.

    Attributes:
        key: The key in JSON.

        type: The type in JSON: a type of the model, `Id`, a list or a union of them,
            or the columns of nested rows; by default, that of the attribute of *owner*.

        value: Returns the value; by default, it is the attribute named by the key.

        label: The label above it in a table; a column without one is only in JSON.

        text: Returns what a table shows; by default, the value.

        mark: A label, and whether an item has the mark with which the label begins.

        plain: Whether TSV contains the column; by default, if it has a label.

        owner: The class of the attribute.

        via: The attribute of the item that has the attribute, if not the item itself.
    """

    key: str
    type: Any = None
    value: Callable[[T, View], object] | None = None
    label: str = attrs.field(default="", kw_only=True)
    text: Callable[[T, View], str] | None = attrs.field(default=None, kw_only=True)
    mark: tuple[str, Callable[[T], bool]] | None = attrs.field(
        default=None, kw_only=True
    )
    plain: bool | None = attrs.field(default=None, kw_only=True)
    owner: Any = attrs.field(default=None, kw_only=True)
    via: str | None = attrs.field(default=None, kw_only=True)

    def of(self, item: T, view: View) -> Any:
        """
        Return the value of *item* in JSON.
        """
        value = self._value(item, view)
        if isinstance(self.type, tuple):
            return [row(self.type, each, view) for each in value]
        return _plain(value, view)

    def shown(self, item: T, view: View) -> str:
        """
        Return the text of *item* in a table.
        """
        if self.text is None:
            text = _shown(self._value(item, view), view)
        else:
            text = self.text(item, view)
        if self.mark is not None and self.mark[1](item):
            return f"{text} {view.language.label(self.mark[0])[0]}"
        return text

    def _value(self, item: Any, view: View) -> Any:
        if self.value is not None:
            return self.value(item, view)
        if self.via is not None:
            item = getattr(item, self.via)
        return item[self.key] if isinstance(item, dict) else getattr(item, self.key)


Columns = tuple[Column[T], ...]


def fields(owner: type, names: str, via: str | None = None) -> Columns[Any]:
    """
    Return columns for attributes of a class of the model.
    """
    return tuple(Column(name, owner=owner, via=via) for name in names.split())


def row(columns: Columns[T], item: T, view: View) -> dict[str, Any]:
    """
    Return an item as plain data.
    """
    return {column.key: column.of(item, view) for column in columns}


def cells(columns: Columns[T], item: T, view: View) -> list[str]:
    """
    Return the cells of an item in TSV.
    """
    return [_joined(column.of(item, view)) for column in columns if in_tsv(column)]


def in_tsv(column: Column[Any]) -> bool:
    """
    Return whether TSV contains a column.
    """
    return bool(column.label) if column.plain is None else column.plain


def _joined(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case list():
            return ", ".join(map(str, value))
    return str(value)


def _plain(value: object, view: View) -> Any:
    match value:
        case None | bool() | int() | float() | dict():
            return value
        case enum.Enum():
            return value.value
        case Text():
            return value.in_(view.language)
        case list() | tuple():
            return [_plain(each, view) for each in value]
    return str(getattr(value, "id", value))


def _shown(value: object, view: View) -> str:
    if isinstance(value, PartialDate):
        return view.language.format_date(value)
    return _joined(_plain(value, view))


def schema_of(type_: Any) -> dict[str, Any]:
    """
    Return the JSON Schema of a type, or of a list of rows with columns.
    """
    if isinstance(type_, tuple):
        return {"type": "array", "items": object_schema(type_)}
    if isinstance(type_, UnionType):
        return {"anyOf": [schema_of(each) for each in get_args(type_)]}
    inner, origin = get_args(type_), get_origin(type_)
    if origin is not None:
        listed = origin in (list, tuple)
        items = {"type": "array", "items": schema_of(inner[0])} if listed else {}
        return items or {"enum": list(inner)}
    if issubclass(type_, enum.Enum):
        return {"enum": [member.value for member in type_]}
    return _SCHEMAS.get(type_, _STRING)


def _type_of(column: Column[Any]) -> Any:
    if column.type is not None or column.owner is None:
        return column.type or str
    member = getattr(column.owner, column.key, None)
    if isinstance(member, property):
        return get_type_hints(member.fget)["return"]
    return get_type_hints(column.owner)[column.key]


def object_schema(columns: Columns[Any], **more: object) -> dict[str, Any]:
    """
    Return the JSON Schema of a row, which has every key.
    """
    properties = {column.key: schema_of(_type_of(column)) for column in columns} | more
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
