"""
Converters and validators for the fields of the model.

They complement those of attrs and raise `ValueError`.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import enum
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlsplit

import attrs

from tjun.model.dates import DateLike, PartialDate, as_date, as_day
from tjun.model.tags import canonical_tag
from tjun.model.text import Text, as_text, plain

__all__ = [
    "all_of",
    "as_moment",
    "as_pairs",
    "as_slug",
    "as_tuple",
    "check_unique",
    "instance_of",
    "member_of",
    "not_before",
    "not_blank",
    "one_of",
    "optional_date",
    "optional_day",
    "optional_moment",
    "optional_tag",
    "optional_text",
    "slug",
    "web_address",
]

E = TypeVar("E", bound=enum.Enum)
T = TypeVar("T")

_LONGEST_ID = 100  # Files and directories are named after ids.
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SIMPLE_ADDRESS = re.compile(r"https?://[\w.-]+(?:/[\w./?&=%~+,;:#()-]*)?", re.ASCII)
_NOT_IN_ADDRESS = re.compile(r"[\s\x00-\x20\x7f-\x9f<>\"\\^`{|}]")


def as_tuple(value: Iterable[T]) -> tuple[T, ...]:
    """
    Convert a collection to a tuple.

    Raises:
        ValueError: If *value* is a string or is not iterable.
    """
    if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
        msg = f"expected a list, got {value!r}"
        raise ValueError(msg)
    return tuple(value)


def all_of(kind: type[T], value: Iterable[T], what: str) -> tuple[T, ...]:
    """
    Convert a collection to a tuple, all items of which are instances of *kind*.

    Raises:
        ValueError: If *value* is not a collection, or an item is of another class; the
            message names *what* was expected.
    """
    items = as_tuple(value)
    for each in items:
        _check_instance(kind, each, what)
    return items


def member_of(kind: type[E], value: Any) -> E:
    """
    Convert *value* to a member of the enumeration *kind*.

    Raises:
        ValueError: If there is no such member; the message lists the valid values.
    """
    try:
        return kind(value)
    except ValueError:
        values = ", ".join(str(member.value) for member in kind)
        msg = f"expected one of {values}, got {value!r}"
        raise ValueError(msg) from None


def one_of(values: Iterable[str], value: Any) -> Any:
    """
    Return *value*, which has to be one of *values*.

    Raises:
        ValueError: If it is not; the message lists them.
    """
    known = tuple(values)
    if value not in known:
        msg = f"expected one of {', '.join(known)}, got {value!r}"
        raise ValueError(msg)
    return value


def optional_date(value: DateLike | None) -> PartialDate | None:
    """
    Convert *value* to a partial date; `None` is allowed.
    """
    return None if value is None else as_date(value)


def optional_day(value: DateLike | None) -> dt.date | None:
    """
    Convert *value* to a day; `None` is allowed, a month or a year is not.
    """
    return None if value is None else as_day(value)


def as_moment(value: dt.datetime | dt.date | str) -> dt.datetime:
    """
    Convert *value* to a moment in UTC, without fractions of a second.

    Args:
        value: A moment with its time zone, such as `2026-11-30T09:00:00Z`, or a day,
            which begins at midnight in UTC.

    Raises:
        ValueError: If *value* is neither.
    """
    moment: Any = value
    if isinstance(value, str):
        with contextlib.suppress(ValueError):
            moment = dt.datetime.fromisoformat(value)
            if "T" not in value.upper():
                moment = moment.replace(tzinfo=dt.UTC)
    elif type(value) is dt.date:
        moment = dt.datetime(value.year, value.month, value.day, tzinfo=dt.UTC)
    if not isinstance(moment, dt.datetime) or moment.tzinfo is None:
        msg = f"expected a moment in UTC, such as 2026-11-30T09:00:00Z, got {value!r}"
        raise ValueError(msg)
    return moment.astimezone(dt.UTC).replace(microsecond=0)


def optional_moment(value: dt.datetime | dt.date | str | None) -> dt.datetime | None:
    """
    Convert *value* to a moment in UTC; `None` is allowed.
    """
    return None if value is None else as_moment(value)


def as_pairs(
    value: Mapping[str, T] | Iterable[tuple[str, T]],
) -> tuple[tuple[str, T], ...]:
    """
    Convert a mapping, or its pairs, to a tuple of pairs, sorted by key.

    Raises:
        ValueError: If *value* is neither.
    """
    try:
        pairs = sorted(dict(value).items())
    except (TypeError, ValueError):
        msg = f"expected a mapping of names to values, got {value!r}"
        raise ValueError(msg) from None
    for key, _ in pairs:
        plain(key, "a name")
    return tuple(pairs)


def optional_tag(value: str | None) -> str | None:
    """
    Convert *value* to a canonical language tag; `None` is allowed.
    """
    return None if value is None else canonical_tag(value)


def optional_text(value: Text | str | Mapping[str, str] | None) -> Text | None:
    """
    Convert *value* to a `Text`; `None` is allowed.
    """
    return None if value is None else as_text(value)


def instance_of(
    kind: type,
) -> Callable[[object, attrs.Attribute[Any], object], None]:
    """
    Return a validator that rejects anything but an instance of *kind*.

    attrs' own validator raises a `TypeError` whose `str()` is a tuple of objects.
    """

    def validate(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
        _check_instance(kind, value, str(attribute.alias))

    return validate


def _check_instance(kind: type, value: object, what: str) -> None:
    if not isinstance(value, kind):
        name = kind.__name__
        article = "an" if name[0] in "AEIOU" else "a"
        msg = f"expected {article} {name} for {what}, got {value!r}"
        raise ValueError(msg)


def as_slug(value: Any) -> str:
    """
    Return *value* if it is a lower-case slug.

    Raises:
        ValueError: If it is not.
    """
    if not isinstance(value, str) or _SLUG.fullmatch(value) is None:
        msg = (
            "expected an id of lower-case letters, digits and single hyphens,"
            f" like 'tajikistan-joins-un', got {value!r}"
        )
        raise ValueError(msg)
    if len(value) > _LONGEST_ID:
        msg = f"expected an id of at most {_LONGEST_ID} characters, got {len(value)}"
        raise ValueError(msg)
    return value


def slug(_: object, __: object, value: Any) -> None:
    """
    Reject anything but a lower-case slug.
    """
    as_slug(value)


def not_blank(_: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    """
    Reject anything but a string that is not blank. `None` is allowed.
    """
    if value is not None:
        plain(value, f"a string for {attribute.alias}")


def web_address(_: object, __: object, value: Any) -> None:
    """
    Reject anything but an `http` or `https` URL. `None` is allowed.
    """
    if value is None:
        return
    url = plain(value, "an address")
    if _SIMPLE_ADDRESS.fullmatch(url):  # Faster: most addresses are like this.
        return
    try:
        parts = urlsplit(url)
        valid = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:  # A malformed IPv6 host.
        valid = False
    if not valid or _NOT_IN_ADDRESS.search(url):
        msg = f"expected an http or https address, got {url!r}"
        raise ValueError(msg)


def check_unique(what: str, ids: Iterable[str]) -> None:
    """
    Reject duplicate ids.

    Raises:
        ValueError: If two ids are equal; the message names *what* they identify.
    """
    seen: set[str] = set()
    for each in ids:
        if each in seen:
            msg = f"duplicate {each!r} in {what}"
            raise ValueError(msg)
        seen.add(each)


def not_before(first: PartialDate, last: PartialDate | None, what: str) -> None:
    """
    Reject a *last* date that is certainly before the *first*.
    """
    if last is not None and last.precedes(first):
        msg = f"{what}: {last} is before {first}"
        raise ValueError(msg)
