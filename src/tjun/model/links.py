"""
The sections of a record, how the entities in them refer to each other, and their texts.
"""

from __future__ import annotations

import functools
from typing import Any, get_args

import attrs

from tjun.model.entities import Citation, CooperationArea, Correction, Event
from tjun.model.header import Translation
from tjun.model.missions import Membership, Mission, Post
from tjun.model.sources import Publisher, Source
from tjun.model.text import Text

__all__ = [
    "FORMAT",
    "ORDER",
    "SECTIONS",
    "Link",
    "links_of",
    "references",
    "section_of",
    "singular",
    "text_fields",
]

FORMAT = 2
"""
The version of the record format that is written, and the only one that is read.
"""

SECTIONS: dict[str, type] = {
    "areas": CooperationArea,
    "publishers": Publisher,
    "sources": Source,
    "events": Event,
    "missions": Mission,
    "memberships": Membership,
}
"""
The lists of a record in the order they are written, and the class of their entries.
"""

ORDER: tuple[type, ...] = (
    Publisher,
    Source,
    CooperationArea,
    Event,
    Mission,
    Membership,
)
"""
The classes of entries, such that each refers only to itself and to those before it.
"""

_PARTS: tuple[type, ...] = (Citation, Correction, Post, Translation)


@attrs.frozen(kw_only=True)
class Link:
    """
    A field that refers to entries, or that contains parts which may do so.

    Attributes:
        name: The name of the field in a table.

        kind: The class that it refers to or contains.

        many: Whether it is a list.

        part: Whether it contains instances of *kind* instead of their ids.
    """

    name: str
    kind: type
    many: bool
    part: bool


@functools.cache
def links_of(kind: type) -> tuple[Link, ...]:
    """
    Return the links of a class of entries or parts, in the order of its fields.
    """
    attrs.resolve_types(kind)
    found = []
    for field in attrs.fields(kind):
        types: tuple[Any, ...] = get_args(field.type) or (field.type,)
        if types[0] in (*ORDER, *_PARTS):
            link = Link(
                name=field.alias,
                kind=types[0],
                many=... in types,
                part=types[0] in _PARTS,
            )
            found.append(link)
    return tuple(found)


def references(whole: Any, kind: type) -> list[tuple[type, Any]]:
    """
    Return the entities to which an entity or a part refers, each after its class.

    Args:
        whole: The entity or the part.

        kind: Its class.
    """
    found: list[tuple[type, Any]] = []
    for link in links_of(kind):
        value = getattr(whole, link.name)
        for each in value if link.many else (value,):
            if link.part:
                found += references(each, link.kind)
            elif each is not None:
                found.append((link.kind, each))
    return found


@functools.cache
def text_fields(kind: type) -> tuple[str, ...]:
    """
    Return the names of the fields of a class that are texts.
    """
    attrs.resolve_types(kind)
    return tuple(
        field.alias
        for field in attrs.fields(kind)
        if Text in (get_args(field.type) or (field.type,))
    )


def singular(kind: type) -> str:
    """
    Return what an entry of this class is called in messages.
    """
    section = next(name for name, each in SECTIONS.items() if each is kind)
    return section.removesuffix("s")


def section_of(entity: object) -> str:
    """
    Return the section to which an entity belongs.

    Raises:
        ValueError: If it is not an entity of a record.
    """
    for section, kind in SECTIONS.items():
        if isinstance(entity, kind):
            return section
    names = ", ".join(map(singular, SECTIONS.values()))
    msg = f"expected an entity of a record ({names}), got {entity!r}"
    raise ValueError(msg)
