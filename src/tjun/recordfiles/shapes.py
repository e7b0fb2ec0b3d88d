"""
The sections of a record, and how the entries in them refer to each other.
"""

from __future__ import annotations

import functools
from typing import Any, get_args

import attrs

from tjun.model.entities import Citation, CooperationArea, Event, Source
from tjun.model.missions import Membership, Mission, Post

__all__ = ["ORDER", "SECTIONS", "Link", "links_of", "singular"]

SECTIONS: dict[str, type] = {
    "areas": CooperationArea,
    "sources": Source,
    "events": Event,
    "missions": Mission,
    "memberships": Membership,
}
"""
The lists of a record in the order they are written, and the class of their entries.
"""

ORDER: tuple[type, ...] = (Source, CooperationArea, Event, Mission, Membership)
"""
The classes of entries, such that each refers only to itself and to those before it.
"""

_PARTS: tuple[type, ...] = (Citation, Post)


@attrs.frozen(kw_only=True)
class Link:
    """
    A field that refers to entries, or that contains parts which do.

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
            part = types[0] in _PARTS
            many = ... in types
            link = Link(name=field.alias, kind=types[0], many=many, part=part)
            found.append(link)
    return tuple(found)


def singular(kind: type) -> str:
    """
    Return what an entry of this class is called in messages.
    """
    section = next(name for name, each in SECTIONS.items() if each is kind)
    return section.removesuffix("s")
