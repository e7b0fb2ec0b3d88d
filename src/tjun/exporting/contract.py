"""
What a plugin offers, and the hook through which it does.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import Any

import attrs
import pluggy

from tjun.chronology.chronology import Chronology
from tjun.locales.available import find_language
from tjun.locales.language import Language

__all__ = ["ExportRequest", "Exporter", "NoOptions", "hookimpl"]

hookspec = pluggy.HookspecMarker("tjun")
hookimpl = pluggy.HookimplMarker("tjun")
"""
Marks a plugin's function as an implementation of a hook of tjun.
"""

RESERVED = frozenset(
    "according_to area disputed kind language mission most_mb no_bundled no_plugins"
    " output record since strict_plugins text today until".split()
)
"""
Names that an exporter's option cannot have, because every export has them.
"""

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*")
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+(?:; ?[a-z]+=[A-Za-z0-9-]+)*")


@attrs.frozen(kw_only=True)
class NoOptions:
    """
    The options of an exporter that has none.
    """


def _a_day(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        msg = f"expected a datetime.date for {attribute.name}, got {value!r}"
        raise ValueError(msg)


@attrs.frozen(kw_only=True)
class ExportRequest:
    """
    What an exporter is asked to write.

    Attributes:
        chronology: The record, already narrowed to what was asked for.

        options: An instance of the exporter's `options` class.

        language: The language to write in; a BCP 47 tag is converted.

        today: The day to count from; an exporter never asks the clock.

    Raises:
        NotFoundError: If there is no such language.

        ValueError: If `today` is not a date.
    """

    chronology: Chronology
    options: Any
    language: Language = attrs.field(
        factory=lambda: find_language("en"), converter=find_language
    )
    today: dt.date = attrs.field(validator=_a_day)


def _matching(pattern: re.Pattern[str], example: str) -> Callable[..., None]:
    def validate(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
        if not isinstance(value, str) or pattern.fullmatch(value) is None:
            msg = f"expected a {attribute.name} like {example!r}, got {value!r}"
            raise ValueError(msg)

    return validate


def _says_something(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if not isinstance(value, str) or not value.strip():
        msg = f"expected a text for {attribute.name}, got {value!r}"
        raise ValueError(msg)


def _attrs_class(_: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    if not isinstance(value, type) or not attrs.has(value):
        msg = f"expected an attrs class for {attribute.name}, got {value!r}"
        raise ValueError(msg)
    for field in attrs.fields(value):
        if field.init and field.default is attrs.NOTHING:
            msg = f"expected a default for the option {field.name!r}, got none"
            raise ValueError(msg)
        if field.name in RESERVED:
            msg = f"the option {field.name!r} is one that every export has; rename it"
            raise ValueError(msg)


def _callable(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if not callable(value):
        msg = f"expected a function for {attribute.name}, got {value!r}"
        raise ValueError(msg)


@attrs.frozen(kw_only=True)
class Exporter:
    """
    One format that a chronology can be written in.

    Attributes:
        name: What users type: lower-case letters, digits and hyphens.

        summary: One line of help.

        media_type: What a web server should call it, as `text/calendar`.

        suffix: What a file of it ends in, as `.ics`.

        options: An attrs class, each field with a default and documented; its
            fields become the flags of `tjun export` and keywords of `export()`.

        render: Takes an `ExportRequest` and yields the octets, piece by piece.

    Raises:
        ValueError: For a name, a suffix, a media type or an options class that
            nobody could use.
    """

    name: str = attrs.field(validator=_matching(_NAME, "csv"))
    summary: str = attrs.field(validator=_says_something)
    media_type: str = attrs.field(validator=_matching(_MEDIA_TYPE, "text/csv"))
    suffix: str = attrs.field(validator=_matching(_SUFFIX, ".csv"))
    options: type = attrs.field(default=NoOptions, validator=_attrs_class)
    render: Callable[[ExportRequest], Iterable[bytes]] = attrs.field(
        validator=_callable
    )


@hookspec
def tjun_exporters() -> Iterable[Exporter]:  # type: ignore[empty-body]  # A specification.
    """
    Offer exporters.

    Called once for each registry that is made. Raising here disables this plugin
    and no other.

    Returns:
        Any number of `Exporter` records, in the order to list them.
    """
