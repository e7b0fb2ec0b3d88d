"""
The JSON Schema of record files, generated from the classes of the model.
"""

from __future__ import annotations

import datetime as dt
import enum
import inspect
import re
from typing import Any, Literal, get_args, get_origin

import attrs

from tjun.model.dates import PartialDate
from tjun.model.entities import Citation, Correction
from tjun.model.header import Header, Translation
from tjun.model.kinds import as_event_kind
from tjun.model.links import FORMAT, SECTIONS, links_of, singular, text_fields
from tjun.model.missions import Post
from tjun.model.rules import check_rule
from tjun.model.text import Text
from tjun.model.validators import optional_tag, slug, web_address

__all__ = ["schema"]

_DATE = "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
_INTERVAL = rf"\[{_DATE}\.\.({_DATE})?\]|\[\.\.{_DATE}\]"
_DEFINITIONS: dict[str, tuple[str, str]] = {
    "plain": (r"\S", "Any text that is not blank."),
    "id": (
        "^[a-z0-9]+(-[a-z0-9]+)*$",
        "Lower-case letters, digits and hyphens. Each entry has its own.",
    ),
    "date": (
        rf"^({_DATE}~?|[0-9]{{4}}-2[1-4]|[0-9]{{3}}X|{_INTERVAL})$",
        "A day, a month, a year, a season, a decade or an interval, as [1992..1995].",
    ),
    "day": (
        "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
        "A day: YYYY-MM-DD.",
    ),
    "moment": ("^[0-9]{4}-[0-9]{2}-[0-9]{2}", "A moment in UTC, or a day."),
    "address": (
        r'^[hH][tT][tT][pP][sS]?://[^\s<>"\\^`{|}]+$',
        "The address of a page. It begins with http:// or https://.",
    ),
    "language": (
        "^([A-Za-z]{2,3}|[Xx])(-[A-Za-z0-9]{1,8})*$",
        "A language, by its BCP 47 tag, such as ru or zh-Hant.",
    ),
    "rule": (
        "^FREQ=YEARLY;BYMONTH=(1[0-2]|[1-9]);BYDAY=([1-4]|-1)(MO|TU|WE|TH|FR|SA|SU)$",
        "A weekday of a month, such as FREQ=YEARLY;BYMONTH=10;BYDAY=1MO.",
    ),
}
_CHECKED = {
    slug: "id",
    as_event_kind: "id",
    web_address: "address",
    check_rule: "rule",
    optional_tag: "language",
}
_BY_TYPE = {
    Text: "text",
    PartialDate: "date",
    dt.datetime: "moment",
    dt.date: "day",
}
_PARTS: dict[type, str] = {
    Citation: "citation",
    Correction: "correction",
    Post: "post",
    Translation: "translation",
}


def schema() -> dict[str, Any]:
    """
    Return the JSON Schema of record files, in version 2020-12.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:tjun:record:{FORMAT}",
        "title": "A tjun record",
        "description": "A record, a part of it, a supplement or a translation."
        " References are ids; the loader checks that they exist.",
        "oneOf": [_ref("record-file"), _ref("part-file"), _ref("translation-file")],
        "$defs": {
            **{
                name: {"type": "string", "pattern": pattern, "description": what}
                for name, (pattern, what) in _DEFINITIONS.items()
            },
            "text": _text(),
            "header": _entity(Header),
            **{singular(kind): _entity(kind) for kind in SECTIONS.values()},
            **{name: _entity(kind) for kind, name in _PARTS.items()},
            **{f"{name}-texts": _texts(kind) for name, kind in _translated().items()},
            **_files(),
        },
    }


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _files() -> dict[str, Any]:
    version = {"const": FORMAT, "description": "The version of this format."}
    entries = {
        section: {"type": "array", "items": _ref(singular(kind))}
        for section, kind in SECTIONS.items()
    }
    texts = {
        section: {"type": "object", "additionalProperties": _ref(f"{name}-texts")}
        for section, kind in SECTIONS.items()
        if (name := singular(kind)) in _translated()
    }
    extends = {**_ref("id"), "description": "The id of the record that this adds to."}
    translates = {**_ref("id"), "description": "The id of the record."}
    about = _entity(Translation)["properties"]
    part = {"format": version, "extends": extends, "revised": _ref("moment")}
    return {
        "record-file": _object(
            {"format": version, "record": _ref("header"), **entries},
            ["format", "record"],
        ),
        "part-file": {
            **_object(part | entries, ["format"]),
            "dependentRequired": {"revised": ["extends"]},
        },
        "translation-file": _object(
            {
                "format": version,
                "translates": translates,
                **about,
                "record": _ref("record-texts"),
                **texts,
            },
            ["format", "translates", "language"],
        ),
    }


def _text() -> dict[str, Any]:
    return {
        "description": "Text in the language of the record, or in several languages,"
        " each with its BCP 47 tag, such as en, ru or zh-Hant.",
        "oneOf": [
            _ref("plain"),
            {
                "type": "object",
                "propertyNames": _ref("language"),
                "additionalProperties": _ref("plain"),
                "minProperties": 1,
            },
        ],
    }


def _entity(kind: type) -> dict[str, Any]:
    """
    Return the schema of a table: the fields of a class, with their descriptions.
    """
    attrs.resolve_types(kind)
    fields = attrs.fields(kind)
    about = _descriptions(kind)
    required = [f.alias for f in fields if f.default is attrs.NOTHING]
    properties = {f.alias: _field(kind, f) for f in fields}
    for name, schema in properties.items():
        schema["description"] = about[name]
    return {
        "description": (inspect.getdoc(kind) or "").partition("\n")[0],
        **_object(properties, ["id"] if kind is Header else required),
    }


def _descriptions(kind: type) -> dict[str, str]:
    """
    Return the descriptions of the attributes in the docstring of a class.
    """
    text = (inspect.getdoc(kind) or "").partition("Attributes:\n")[2]
    found = re.findall(r"^ {4}(\w+): (.+(?:\n {8}.+)*)", text, re.MULTILINE)
    return {name: " ".join(about.split()).replace("`", "") for name, about in found}


def _field(kind: type, field: attrs.Attribute[Any]) -> dict[str, Any]:
    for link in links_of(kind):
        if link.name == field.alias:
            item = _ref(_PARTS[link.kind]) if link.part else _ref("id")
            return {"type": "array", "items": item} if link.many else item
    types = [each for each in get_args(field.type) if each is not type(None)]
    inner: Any = field.type
    if get_origin(inner) is Literal:
        return {"type": "string", "enum": types}
    if get_origin(inner) is tuple:
        return _collection(types[0])
    inner = types[0] if types else inner
    if inner is bool:
        return {"type": "boolean"}
    if isinstance(inner, type) and issubclass(inner, enum.Enum):
        return {"type": "string", "enum": [member.value for member in inner]}
    checks: list[Any] = [field.validator, field.converter]
    named = [_CHECKED[each] for each in checks if each in _CHECKED]
    return _ref(_BY_TYPE.get(inner) or [*named, "plain"][0])


def _collection(item: Any) -> dict[str, Any]:
    if item is str:
        return {"type": "array", "items": _ref("id")}
    values: Any = _ref("text")
    if Text not in get_args(item):
        kinds = ("string", "number", "boolean")
        values = {"anyOf": [{"type": kind} for kind in kinds]}
    return {"type": "object", "additionalProperties": values}


def _translated() -> dict[str, type]:
    """
    Return the classes that have texts, by their names.
    """
    kinds = {
        "record": Header,
        **{singular(kind): kind for kind in SECTIONS.values()},
        "correction": Correction,
        "post": Post,
    }
    return {name: kind for name, kind in kinds.items() if text_fields(kind)}


def _texts(kind: type) -> dict[str, Any]:
    strings = {"type": "object", "additionalProperties": _ref("plain")}
    properties: dict[str, Any] = {name: _ref("plain") for name in text_fields(kind)}
    if kind is Header:
        properties["kinds"] = strings
    for link in links_of(kind):
        if link.kind is Citation:
            about = "By source; a second citation of a source is source.2."
            properties["says"] = {**strings, "description": about}
        elif link.part and link.kind is not Translation:
            texts = _ref(f"{_PARTS[link.kind]}-texts")
            properties[link.name] = {"type": "object", "additionalProperties": texts}
    return _object(properties, [])
