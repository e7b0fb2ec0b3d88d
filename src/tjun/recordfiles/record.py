"""
Records that plugins offer by name.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from tjun.chronology.chronology import Chronology
from tjun.model.validators import instance_of, not_blank

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["Record"]

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def _check_name(_: object, attribute: attrs.Attribute[str], value: Any) -> None:
    if not isinstance(value, str) or _NAME.fullmatch(value) is None:
        msg = (
            f"expected a {attribute.name} of lower-case letters, digits and single"
            f" hyphens that starts with a letter, like 'tajikistan', got {value!r}"
        )
        raise ValueError(msg)


def _check_callable(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if not callable(value):
        msg = f"expected a function for {attribute.name}, got {value!r}"
        raise ValueError(msg)


@attrs.frozen(kw_only=True)
class Record:
    """
    A record that is loaded by name.

    Attributes:
        name: What users type: lower-case letters, digits and hyphens.

        summary: One line that says what the record is about.

        load: Returns the record; called each time it is loaded.

        translations: Files with translations of the record: paths, or files of a
            package as returned by `importlib.resources.files()`.

        cards: Returns the pictures to show when a page about the record is shared, by
            language: PNG files of 1200 × 630 pixels.

    Raises:
        ValueError: If the name is not valid, the summary is blank or `load` is not
            callable.
    """

    name: str = attrs.field(validator=_check_name)
    summary: str = attrs.field(validator=[instance_of(str), not_blank])
    load: Callable[[], Chronology] = attrs.field(validator=_check_callable)
    translations: tuple[str | os.PathLike[str] | Traversable, ...] = attrs.field(
        default=(), converter=tuple
    )
    cards: Callable[[], Mapping[str, bytes]] = attrs.field(
        default=dict[str, bytes], validator=_check_callable
    )
