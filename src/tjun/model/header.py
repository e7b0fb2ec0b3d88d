"""
What a record says about itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Literal, TypedDict

import attrs
from attrs.validators import deep_iterable

from tjun.model.tags import canonical_tag
from tjun.model.text import Text, as_text, plain
from tjun.model.validators import (
    all_of,
    as_pairs,
    as_slug,
    as_tuple,
    instance_of,
    not_blank,
    one_of,
    optional_moment,
    optional_text,
    slug,
    web_address,
)

__all__ = ["Header", "HeaderFields", "Translation", "header_fields"]


def _retired(value: Iterable[str]) -> tuple[str, ...]:
    return _slugs(value, "retired")


def _referred(value: Iterable[str]) -> tuple[str, ...]:
    return _slugs(value, "referred")


def _slugs(value: Iterable[str], name: str) -> tuple[str, ...]:
    return tuple(sorted({as_slug(each) for each in all_of(str, value, name)}))


def _kinds(
    value: Mapping[str, Text | str] | Iterable[tuple[str, Text | str]],
) -> tuple[tuple[str, Text], ...]:
    return tuple((as_slug(kind), as_text(name)) for kind, name in as_pairs(value))


def _status(value: Literal["draft", "reviewed"]) -> Literal["draft", "reviewed"]:
    found: Literal["draft", "reviewed"] = one_of(("draft", "reviewed"), value)
    return found


def _translations(value: Iterable[Translation]) -> tuple[Translation, ...]:
    return tuple(sorted(as_tuple(value), key=lambda each: each.language))


def _contact(_: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    if isinstance(value, str) and value.startswith("mailto:") and "@" in value:
        plain(value, "an address")
    else:
        web_address(_, attribute, value)


@attrs.frozen(kw_only=True)
class Translation:
    """
    A translation of a record.

    Attributes:
        language: The BCP 47 tag of its language.

        status: `reviewed` if a native speaker read it, otherwise `draft`.

        revised: When it was last changed, or `None`.

    Raises:
        ValueError: If the tag, the status or the moment is invalid.
    """

    language: str = attrs.field(converter=canonical_tag)
    status: Literal["draft", "reviewed"] = attrs.field(
        default="draft", converter=_status
    )
    revised: dt.datetime | None = attrs.field(default=None, converter=optional_moment)


@attrs.frozen(kw_only=True, repr=False)
class Header:
    """
    Which record it is, who publishes it, and when it was revised.

    Attributes:
        id: A lower-case slug, which is part of the UIDs in a calendar.

        title: What the record is called.

        subject: Whose members, missions and areas of cooperation these are.

        language: The BCP 47 tag of the language in which the record is written.

        publisher: Who publishes the record.

        licence: The licence, as an SPDX identifier or an address.

        contact: Where to report an error: an `http`, `https` or `mailto` address.

        revised: When the record was last changed, in UTC.

        retired: The ids of deleted events, which no event may use again, sorted.

        referred: The ids of events that are in the record only because others refer to
            them, sorted; no view shows them.

        kinds: The names of the record's own kinds of events.

        translations: The translations that have been added, sorted by language.

    Raises:
        ValueError: If the id is not a slug, or a tag, an address or a moment is
            invalid.
    """

    id: str = attrs.field(default="record", validator=slug)
    title: Text | None = attrs.field(default=None, converter=optional_text)
    subject: Text | None = attrs.field(default=None, converter=optional_text)
    language: str = attrs.field(default="en", converter=canonical_tag)
    publisher: Text | None = attrs.field(default=None, converter=optional_text)
    licence: str | None = attrs.field(default=None, validator=not_blank)
    contact: str | None = attrs.field(default=None, validator=_contact)
    revised: dt.datetime | None = attrs.field(default=None, converter=optional_moment)
    retired: tuple[str, ...] = attrs.field(default=(), converter=_retired)
    _referred: tuple[str, ...] = attrs.field(
        default=(), converter=_referred, alias="referred"
    )
    _kinds: tuple[tuple[str, Text], ...] = attrs.field(
        default=(), converter=_kinds, alias="kinds"
    )
    translations: tuple[Translation, ...] = attrs.field(
        default=(),
        converter=_translations,
        validator=deep_iterable(instance_of(Translation)),
    )

    @property
    def kinds(self) -> Mapping[str, Text]:
        """
        The names of the record's own kinds of events.
        """
        return MappingProxyType(dict(self._kinds))

    @property
    def stamp(self) -> dt.datetime | None:
        """
        When the record or one of its translations was last changed.

        It stamps every entry of a calendar and every page.
        """
        moments = [self.revised, *(each.revised for each in self.translations)]
        return max((each for each in moments if each is not None), default=None)

    def is_draft(self, language: str) -> bool:
        """
        Return whether the translation into the language with this tag is a draft.
        """
        tag = canonical_tag(language)
        return any(
            each.status == "draft" and each.language == tag
            for each in self.translations
        )


class HeaderFields(TypedDict, total=False):
    """
    The fields of a header as keyword arguments.
    """

    id: str
    title: Text | str | Mapping[str, str] | None
    subject: Text | str | Mapping[str, str] | None
    language: str
    publisher: Text | str | Mapping[str, str] | None
    licence: str | None
    contact: str | None
    revised: dt.datetime | dt.date | str | None
    retired: Iterable[str]
    referred: Iterable[str]
    kinds: Mapping[str, Text | str] | Iterable[tuple[str, Text | str]]
    translations: Iterable[Translation]


def header_fields(header: Header) -> Any:
    """
    Return the fields of a header as arguments of `Chronology`.
    """
    return {field.alias: getattr(header, field.name) for field in attrs.fields(Header)}
