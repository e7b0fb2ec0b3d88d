"""
Adding the strings of a translation to the values of a record.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tjun.chronology.texts import citation_keys
from tjun.model.entities import Citation
from tjun.model.header import Header
from tjun.model.links import links_of, text_fields
from tjun.recordfiles.convert import Values, describe_value, exactly, unknown

__all__ = ["translate"]


def translate(
    kind: type, values: Values, table: Any, language: str, path: str
) -> Iterator[tuple[str, str]]:
    """
    Add the strings of *table* to *values*, and yield the errors.

    Args:
        kind: The class whose values they are.

        values: The values, whose texts are replaced.

        table: The strings by field. `says` has strings by source, a second citation
            of which is `source.2`; lists of parts have tables by number.

        language: The language of the strings.

        path: Where the table is.

    Yields:
        The path and the message of each error.
    """
    if type(table) is not dict:
        yield path, f"expected a table of keys, got {describe_value(table)}"
        return
    texts = text_fields(kind)
    parts = {link.name: link for link in links_of(kind) if link.part}
    citations = parts.pop("citations", None)
    known = (*texts, *parts, *(["says"] if citations else []))
    known = (*known, "kinds") if kind is Header else known
    for key, value in table.items():
        where = f"{path}.{key}"
        if key not in known:
            yield where, unknown(key, known)
        elif key in texts:
            yield from _translate_text(values.fields, key, value, language, where)
        elif key == "kinds":
            kinds = dict(values.fields.get("kinds", ()))
            yield from _each_text(kinds, value, language, where)
            values.fields["kinds"] = tuple(kinds.items())
        elif key == "says":
            cited = _cited(values)
            yield from _each_part(Citation, cited, value, language, where)
        else:
            numbered = enumerate(values.fields.get(key, ()), 1)
            found = {str(number): part for number, part in numbered if part is not None}
            yield from _each_part(parts[key].kind, found, value, language, where)


def _translate_text(
    fields: dict[str, Any], key: str, value: Any, language: str, where: str
) -> Iterator[tuple[str, str]]:
    original = fields.get(key)
    if original is None:
        yield where, "the record has no such text to translate; remove it"
        return
    try:
        fields[key] = original.translated(language, exactly(value, str))
    except (TypeError, ValueError) as error:
        yield where, str(error)


def _each_text(
    texts: dict[str, Any], table: Any, language: str, where: str
) -> Iterator[tuple[str, str]]:
    if type(table) is not dict:
        yield where, f"expected a table of keys, got {describe_value(table)}"
        return
    for key, value in table.items():
        yield from _translate_text(texts, key, value, language, f"{where}.{key}")


def _each_part(
    kind: type, parts: dict[str, Any], table: Any, language: str, where: str
) -> Iterator[tuple[str, str]]:
    if type(table) is not dict:
        yield where, f"expected a table of keys, got {describe_value(table)}"
        return
    for key, value in table.items():
        if key not in parts:
            yield f"{where}.{key}", unknown(key, parts)
        elif kind is Citation:
            fields = parts[key].fields
            yield from _translate_text(
                fields, "says", value, language, f"{where}.{key}"
            )
        else:
            yield from translate(kind, parts[key], value, language, f"{where}.{key}")


def _cited(values: Values) -> dict[str, Values]:
    """
    Return the citations of an entry or a part by their keys in a translation file.
    """
    cited = [
        (own, part)
        for part in values.fields.get("citations", ())
        if part is not None and isinstance(own := part.fields.get("source"), str)
    ]
    keys = citation_keys(own for own, _ in cited)
    return {key: part for key, (_, part) in zip(keys, cited, strict=True)}
