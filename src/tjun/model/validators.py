"""
What the fields of the model accept: converters and validators.

All of them raise `ValueError`, and say what was expected.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from urllib.parse import urlsplit

import attrs

from tjun.model.dates import DateLike, PartialDate, as_date
from tjun.model.text import Text, as_text, plain

__all__ = [
    "address",
    "all_are",
    "is_a",
    "listed",
    "maybe_date",
    "maybe_text",
    "member_of",
    "not_before",
    "optional",
    "slug",
    "unlike",
    "whole_day",
    "words",
]

E = TypeVar("E", bound=enum.Enum)
T = TypeVar("T")

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NOT_IN_ADDRESS = re.compile(r"[\s\x00-\x20\x7f-\x9f<>\"\\^`{|}]")


def listed(given: Iterable[T]) -> tuple[T, ...]:
    """
    Return what *given* holds, refusing what is no collection.
    """
    if isinstance(given, (str, bytes)) or not isinstance(given, Iterable):
        msg = f"expected a list, got {given!r}"
        raise ValueError(msg)
    return tuple(given)


def member_of(kind: type[E], value: Any) -> E:
    """
    Return the member of the enumeration *kind* that *value* is, or names.

    Raises:
        ValueError: Lists the right ones.
    """
    try:
        return kind(value)
    except ValueError:
        values = ", ".join(str(member.value) for member in kind)
        msg = f"expected one of {values}, got {value!r}"
        raise ValueError(msg) from None


def maybe_date(value: DateLike | None) -> PartialDate | None:
    """
    Return the partial date that *value* means, or `None`.
    """
    return None if value is None else as_date(value)


def maybe_text(value: Text | str | None) -> Text | None:
    """
    Return *value* as a text, or `None`.
    """
    return None if value is None else as_text(value)


def whole_day(value: dt.date | str | None) -> dt.date | None:
    """
    Return the day that *value* means, or `None`; a month or a year is no day.
    """
    date = maybe_date(value)
    if date is None:
        return None
    if date.day is None:
        msg = f"expected a whole day as YYYY-MM-DD, got {str(date)!r}"
        raise ValueError(msg)
    return date.earliest


def slug(_: object, attribute: attrs.Attribute[str], value: Any) -> None:
    """
    Refuse what is no lower-case slug.
    """
    if not isinstance(value, str) or _SLUG.fullmatch(value) is None:
        msg = (
            f"expected an {attribute.name} of lower-case letters, digits and single"
            f" hyphens, as 'tajikistan-joins-un', got {value!r}"
        )
        raise ValueError(msg)


def words(_: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    """
    Refuse a text that is blank; `None` is no text and passes.
    """
    if value is not None:
        plain(value, f"a text for {attribute.name}")


def address(_: object, __: object, value: Any) -> None:
    """
    Refuse what is no address of the web; `None` is none and passes.
    """
    if value is None:
        return
    url = plain(value, "an address")
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:  # A broken IPv6 host.
        good = False
    if not good or _NOT_IN_ADDRESS.search(url):
        msg = f"expected an http or https address, got {url!r}"
        raise ValueError(msg)


def _one(kind: type) -> str:
    name = kind.__name__
    return f"{'an' if name[0] in 'AEIOU' else 'a'} {name}"


def is_a(kind: type) -> Callable[[object, attrs.Attribute[Any], object], None]:
    """
    Return a validator that refuses what is no *kind*.
    """

    def validate(_: object, attribute: attrs.Attribute[Any], value: Any) -> None:
        if not isinstance(value, kind):
            msg = f"expected {_one(kind)} as {attribute.name}, got {value!r}"
            raise ValueError(msg)

    return validate


def all_are(kind: type) -> Callable[[object, attrs.Attribute[Any], object], None]:
    """
    Return a validator that refuses a collection of anything but *kind*.
    """

    def validate(_: object, attribute: attrs.Attribute[Any], value: Any) -> None:
        for item in value:
            if not isinstance(item, kind):
                msg = f"expected each of {attribute.name} to be {_one(kind)}"
                msg = f"{msg}, got {item!r}"
                raise ValueError(msg)

    return validate


def optional(kind: type) -> Any:
    """
    Return a validator that lets `None` pass, and what is a *kind*.
    """
    return attrs.validators.optional(is_a(kind))


def unlike(what: str, ids: Iterable[str]) -> None:
    """
    Refuse ids of which one stands twice.
    """
    seen: set[str] = set()
    for each in ids:
        if each in seen:
            msg = f"expected {what} once each, got {each!r} twice"
            raise ValueError(msg)
        seen.add(each)


def not_before(first: PartialDate, last: PartialDate | None, what: str) -> None:
    """
    Refuse a *last* date that is surely before the *first*.
    """
    if last is not None and last.latest < first.earliest:
        msg = f"{what}: {last} is before {first}"
        raise ValueError(msg)
