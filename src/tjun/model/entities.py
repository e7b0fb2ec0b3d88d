"""
The entities of a record. They are frozen and reject invalid values.

Only events have dates: a mission has an opening and a closing *event*, a membership
an admission *event*. Entities refer to each other as objects, never by id.

A `str` is accepted for a `Text` (as its English), for a `PartialDate` (in ISO 8601)
and for an enumeration (as its value); a `datetime.date` is accepted for a date.
"""

from __future__ import annotations

import datetime as dt
import enum
import functools
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import attrs
from attrs.validators import deep_iterable, optional

from tjun.model.dates import PartialDate, any_conflict, as_date
from tjun.model.kinds import (
    EventKind,
    EventStatus,
    SourceKind,
    as_event_kind,
    as_event_status,
    as_source_kind,
)
from tjun.model.symbols import document_url
from tjun.model.tags import Tagged
from tjun.model.text import Text, as_text
from tjun.model.validators import (
    as_tuple,
    check_unique,
    empty_or_not_blank,
    instance_of,
    not_before,
    not_blank,
    optional_date,
    optional_day,
    optional_tag,
    optional_text,
    slug,
    web_address,
)

if TYPE_CHECKING:
    from tjun.chronology.anniversaries import Anniversary, LeapDay

__all__ = [
    "Account",
    "Citation",
    "CooperationArea",
    "Event",
    "Identified",
    "Source",
    "as_citations",
    "chronological",
    "without_alternatives",
]


# Type checkers take the type that a field accepts from its converter's parameter, so
# each kind of list needs a converter of its own.
def _areas(value: Iterable[CooperationArea]) -> tuple[CooperationArea, ...]:
    return as_tuple(value)


def as_citations(value: Iterable[Citation]) -> tuple[Citation, ...]:
    """
    Convert a collection of citations to a tuple.
    """
    return as_tuple(value)


# Event is defined below, so these cannot refer to it before they are called.
def _optional_event(
    instance: Any, attribute: attrs.Attribute[Any], value: object
) -> None:
    optional(instance_of(Event))(instance, attribute, value)


def _without_own_alternatives(_: object, __: object, value: Event | None) -> None:
    """
    Reject an alternative whose citations have alternatives.
    """
    if value is None:
        return
    other = value._first_alternative  # noqa: SLF001  # Of this module.
    if other is not None:
        msg = (
            f"the alternative {value.id!r} has an alternative of its own,"
            f" {other.id!r}; name that event instead"
        )
        raise ValueError(msg)


def _unique(
    _: object, attribute: attrs.Attribute[Any], value: tuple[CooperationArea, ...]
) -> None:
    check_unique(str(attribute.alias), (each.id for each in value))


def _not_empty(event: Event, _: object, value: tuple[Citation, ...]) -> None:
    if not value:
        msg = f"expected at least one citation for {event.id!r}, got none"
        raise ValueError(msg)


class Identified:
    """
    Something with an id.
    """

    __slots__ = ()
    id: str

    def __repr__(self) -> str:
        return f"{type(self).__name__}(id={self.id!r}, ...)"

    def to_dict(self, language: str | Tagged | None = None) -> dict[str, Any]:
        """
        Return plain data, as it is written in a record file.

        Attributes that have their default are omitted. What this refers to is its id.

        Args:
            language: A BCP 47 tag, or a `Language`: texts are strings in this
                language. Otherwise they are dictionaries of all languages.

        Raises:
            ValueError: If the tag is invalid.
        """
        return _table(self, language)


@functools.cache
def _fields_of(kind: type) -> tuple[tuple[str, str, Any], ...]:
    return tuple((f.name, str(f.alias), f.default) for f in attrs.fields(kind))


def _table(whole: Any, language: str | Tagged | None) -> dict[str, Any]:
    kind: type = type(whole)
    return {
        alias: value if type(value) is str else _plain(value, language)
        for name, alias, default in _fields_of(kind)
        if (value := getattr(whole, name)) is not default and value != default
    }


def _plain(value: Any, language: str | Tagged | None) -> Any:
    plain: Any
    match value:
        case bool():
            plain = value
        case PartialDate() | dt.date():
            plain = str(value)
        case tuple():
            plain = [_plain(each, language) for each in value]
        case Text():
            translations = value.translations
            plain = dict(translations) if language is None else value.in_(language)
        case enum.Enum():
            plain = value.value
        case Identified():
            plain = value.id
        case _:
            plain = _table(value, language)
    return plain


@attrs.frozen(kw_only=True, repr=False)
class Source(Identified):
    """
    A page or document that is cited.

    Attributes:
        id: A lower-case slug, never reused for another source.

        title: What the source is, in our words.

        publisher: Who published it.

        kind: The kind of publisher; `reference` if no other kind fits.

        url: The address of the page that was read, `http` or `https`; `None` if no
            page was read.

        symbol: The UN document symbol, like `S/RES/968 (1994)`.

        published: The day, month or year of publication.

        accessed: The day the page was read; `None` if it was not.

        archive_url: The address of a permanent copy that was read.

        language: The language of the source, as a BCP 47 tag.

        note: What a reader should know about the source.

    Raises:
        ValueError: If the id is not a slug, a string is blank, or a URL, a date or
            the language tag is invalid.
    """

    id: str = attrs.field(validator=slug)
    title: str = attrs.field(validator=not_blank)
    publisher: str = attrs.field(validator=not_blank)
    kind: SourceKind = attrs.field(
        default=SourceKind.REFERENCE, converter=as_source_kind
    )
    url: str | None = attrs.field(default=None, validator=web_address)
    symbol: str | None = attrs.field(default=None, validator=not_blank)
    published: PartialDate | None = attrs.field(default=None, converter=optional_date)
    accessed: dt.date | None = attrs.field(default=None, converter=optional_day)
    archive_url: str | None = attrs.field(default=None, validator=web_address)
    language: str | None = attrs.field(default=None, converter=optional_tag)
    note: str | None = attrs.field(default=None, validator=not_blank)

    @property
    def address(self) -> str | None:
        """
        Where to find the source: the page that was read, or else the UN document.

        The address of a UN document follows from its symbol.
        """
        if self.url is not None or self.symbol is None:
            return self.url
        return document_url(self.symbol)


@attrs.frozen(kw_only=True, repr=False)
class Citation:
    """
    What one source says about an event.

    Attributes:
        source: The source.

        says: What the source says, in our words; empty if it simply confirms the
            event.

        date: When the event happened according to the source; `None` if it does not
            say. With an `alternative`, the date of that event.

        until: The last day of the event according to the source; `None` if it does
            not say. With an `alternative`, the last day of that event.

        alternative: The event that the source describes instead of this one, or
            `None`. The citations of that event cannot have alternatives.

        locator: The page, paragraph or section of the source.

        verified: Whether a page that supports the statement was read; `False` for a
            document that is commonly cited but was not seen.

    Raises:
        ValueError: If a string is blank, `until` has no `date` or is before it, the
            citation has both an alternative and a date, or the alternative has
            alternatives itself.
    """

    source: Source = attrs.field(validator=instance_of(Source))
    says: str = attrs.field(default="", validator=empty_or_not_blank)
    _date: PartialDate | None = attrs.field(
        default=None, converter=optional_date, alias="date"
    )
    _until: PartialDate | None = attrs.field(
        default=None, converter=optional_date, alias="until"
    )
    alternative: Event | None = attrs.field(
        default=None, validator=[_optional_event, _without_own_alternatives]
    )
    locator: str | None = attrs.field(default=None, validator=not_blank)
    verified: bool = attrs.field(default=True, validator=instance_of(bool))

    def __attrs_post_init__(self) -> None:
        if self.alternative is not None:
            if self._date is not None or self._until is not None:
                msg = (
                    "a citation with an alternative takes its date from"
                    f" {self.alternative.id!r}; remove date and until"
                )
                raise ValueError(msg)
        elif self._until is not None:
            if self._date is None:
                msg = f"expected a date with until {self._until}, got none"
                raise ValueError(msg)
            not_before(self._date, self._until, "until")

    @property
    def date(self) -> PartialDate | None:
        """
        When the event happened according to the source.
        """
        return self._date if self.alternative is None else self.alternative.date

    @property
    def until(self) -> PartialDate | None:
        """
        The last day of the event according to the source.
        """
        return self._until if self.alternative is None else self.alternative.until

    def __repr__(self) -> str:
        shown = [f"source={self.source.id!r}"]
        if self.date is not None:
            shown.append(f"date={str(self.date)!r}")
        if self.alternative is not None:
            shown.append(f"alternative={self.alternative.id!r}")
        return f"Citation({', '.join(shown)}, ...)"


def without_alternatives(
    _: object, attribute: attrs.Attribute[Any], value: tuple[Citation, ...]
) -> None:
    """
    Reject citations that have an alternative.
    """
    for citation in value:
        if citation.alternative is not None:
            msg = f"only an event's {attribute.alias} can have an alternative"
            raise ValueError(msg)


@attrs.frozen(kw_only=True, repr=False)
class CooperationArea(Identified):
    """
    An area in which the country and the United Nations cooperate.

    Attributes:
        id: A lower-case slug.

        name: The name of the area.

        description: What the area covers.

        citations: The sources that name the area; they cannot have alternatives.

    Raises:
        ValueError: If the id is not a slug, the name has no English, or a citation
            has an alternative.
    """

    id: str = attrs.field(validator=slug)
    name: Text = attrs.field(converter=as_text)
    description: Text | None = attrs.field(default=None, converter=optional_text)
    citations: tuple[Citation, ...] = attrs.field(
        default=(),
        converter=as_citations,
        validator=[deep_iterable(instance_of(Citation)), without_alternatives],
    )


@attrs.frozen(kw_only=True, repr=False)
class Event(Identified):
    """
    Something that happened, and the sources for it.

    Attributes:
        id: A lower-case slug, never reused for another event; it is part of the
            UIDs in a calendar.

        title: What happened, preferably on one line, as calendars show it.

        date: When it happened, or its first day, as precisely as it is known.

        until: Its last day, inclusive; `None` for a single date.

        kind: What kind of event it is.

        areas: The areas of cooperation it belongs to; may be empty.

        description: What happened, in one or two sentences.

        citations: The sources, most authoritative first; never empty.

        status: `held`, or `announced` as long as no source says that it took place.

        yearly: Whether it is an observance, held on its day every year.

        major: Whether its anniversary deserves notice every year, and not only on
            jubilees.

        solemn: Whether it is a death or a disaster, which is remembered and not
            celebrated. Its anniversaries are never jubilees, and `major` has no
            effect on them.

        marks: The event whose day an observance marks.

        revised: The day when this entry, or an area or source that it names, was last
            edited; calendars derive timestamps and sequence numbers from it.

    Raises:
        ValueError: If there is no citation, `until` is before `date`, the id is not a
            slug, the title has no English, or two areas have the same id.
    """

    id: str = attrs.field(validator=slug)
    title: Text = attrs.field(converter=as_text)
    date: PartialDate = attrs.field(converter=as_date)
    until: PartialDate | None = attrs.field(default=None, converter=optional_date)
    kind: EventKind = attrs.field(default=EventKind.MILESTONE, converter=as_event_kind)
    areas: tuple[CooperationArea, ...] = attrs.field(
        default=(),
        converter=_areas,
        validator=[deep_iterable(instance_of(CooperationArea)), _unique],
    )
    description: Text | None = attrs.field(default=None, converter=optional_text)
    citations: tuple[Citation, ...] = attrs.field(
        converter=as_citations,
        validator=[deep_iterable(instance_of(Citation)), _not_empty],
    )
    status: EventStatus = attrs.field(
        default=EventStatus.HELD, converter=as_event_status
    )
    yearly: bool = attrs.field(default=False, validator=instance_of(bool))
    major: bool = attrs.field(default=False, validator=instance_of(bool))
    solemn: bool = attrs.field(default=False, validator=instance_of(bool))
    marks: Event | None = attrs.field(default=None, validator=_optional_event)
    revised: dt.date | None = attrs.field(default=None, converter=optional_day)

    def __attrs_post_init__(self) -> None:
        not_before(self.date, self.until, "until")

    def __repr__(self) -> str:
        date, title = str(self.date), str(self.title)
        return f"Event(id={self.id!r}, date={date!r}, title={title!r}, ...)"

    def _repr_html_(self) -> str:
        from tjun.model.display import event_html  # noqa: PLC0415  # Rarely needed.

        return event_html(self)

    def anniversary(
        self, year: int, *, leap_day: LeapDay = "feb28"
    ) -> Anniversary | None:
        """
        Return the anniversary in a year, or the event itself in its own year.

        Args:
            year: The year.

            leap_day: Where 29 February falls in a common year: `feb28`, `mar1` or
                `skip`.

        Returns:
            `None` if there is no anniversary: before the event, if only its year is
            known, or if it is only announced.

        Raises:
            ValueError: If the year or *leap_day* is invalid.
        """
        import tjun  # noqa: PLC0415  # Anniversaries are built on events.

        return tjun.Anniversary.of(self, year, leap_day)

    @property
    def dated_citations(self) -> tuple[Citation, ...]:
        """
        The citations that give a date, in order.
        """
        return tuple(each for each in self.citations if each.date is not None)

    # These are kept, because an event may have thousands of citations.
    @functools.cached_property
    def _first_alternative(self) -> Event | None:
        alternatives = (each.alternative for each in self.citations)
        return next((each for each in alternatives if each is not None), None)

    @functools.cached_property
    def disputed(self) -> bool:
        """
        Whether the dates that the sources give cannot all be true.

        A month and a day in it can both be true; two different days cannot. The same
        applies to the last day. The event's own date counts as one of the dates, and
        so does that of an alternative.
        """
        cited = self.dated_citations
        return any_conflict([self.date, *(each.date for each in cited)]) or (
            any_conflict([self.until, *(each.until for each in cited)])
        )

    @functools.cached_property
    def accounts(self) -> tuple[Account, ...]:
        """
        The dates that the record and the sources give, each with its citations.

        The first is the one that the record uses; the others follow in the order of
        the citations. A citation belongs to the first if it gives the event's date
        and either its last day or none. Otherwise citations belong together if they
        give the same date and the same last day, and describe the same event.
        """
        grouped: dict[Any, list[Citation]] = {(self.date, self.until, None): []}
        used = next(iter(grouped.values()))
        for citation in self.dated_citations:
            other = citation.alternative
            key = (citation.date, citation.until, None if other is None else other.id)
            if key == (self.date, None, None):
                used.append(citation)  # The source agrees on the first day.
            else:
                grouped.setdefault(key, []).append(citation)
        return tuple(
            Account(
                date=date,
                until=until,
                citations=tuple(citations),
                used=citations is used,
                alternative=citations[0].alternative if citations else None,
            )
            for (date, until, _), citations in grouped.items()
        )


@attrs.frozen(kw_only=True)
class Account:
    """
    A date of an event, and the citations that give it.

    Attributes:
        date: The date, or the first day.

        until: The last day, inclusive; `None` for a single date.

        citations: The citations in their order; empty if the record uses a date that
            no source gives.

        used: Whether it is the date that the record uses.

        alternative: The event that the citations describe instead, or `None`.
    """

    date: PartialDate
    until: PartialDate | None
    citations: tuple[Citation, ...]
    used: bool
    alternative: Event | None


def chronological(event: Event) -> tuple[int, int, int, int, str]:
    """
    Return a key that sorts events like `PartialDate.sort_key`, then by id.
    """
    date = event.date
    month, day = date.month, date.day
    known = (month is not None) + (day is not None)
    return (date.year, month or 1, day or 1, known, event.id)
