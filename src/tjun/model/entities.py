"""
The entities of a record. They are frozen and reject invalid values.

Only events have dates: a mission has an opening and a closing *event*, a membership
an admission *event*. Entities refer to each other as objects, never by id.

A `str` is accepted for a `Text` (as its English), for a `PartialDate` (in EDTF) and
for an enumeration (as its value); a mapping is accepted for a `Text`, and a
`datetime.date` for a date.
"""

from __future__ import annotations

import datetime as dt
import functools
import math
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import attrs
from attrs.validators import deep_iterable, optional

from tjun.model.dates import PartialDate, any_conflict, as_date, as_day
from tjun.model.identified import Identified
from tjun.model.kinds import (
    EventKind,
    EventStatus,
    PublisherKind,
    Weight,
    as_event_kind,
    as_event_status,
    as_weight,
)
from tjun.model.rules import check_rule
from tjun.model.sources import Publisher, Source
from tjun.model.text import Text, as_text
from tjun.model.validators import (
    as_pairs,
    as_tuple,
    check_unique,
    instance_of,
    not_before,
    not_blank,
    optional_date,
    optional_text,
    slug,
)

if TYPE_CHECKING:
    from tjun.chronology.anniversaries import Anniversary, LeapDay

__all__ = [
    "Account",
    "Citation",
    "CooperationArea",
    "Correction",
    "Event",
    "Extra",
    "Identified",
    "Publisher",
    "Source",
    "as_citations",
    "chronological",
    "without_alternatives",
]

Extra = str | int | float | bool
"""
A value of one's own in `Event.extra`.
"""

_LONGEST_SHORT = 60  # Characters of a short title, so that it fits on a phone.
_AUTHORITY = {kind: rank for rank, kind in enumerate(PublisherKind)}


# Type checkers take the type that a field accepts from its converter's parameter, so
# each kind of list needs a converter of its own.
def _areas(value: Iterable[CooperationArea]) -> tuple[CooperationArea, ...]:
    return as_tuple(value)


def _corrections(value: Iterable[Correction]) -> tuple[Correction, ...]:
    return as_tuple(value)


def _extra(
    value: Mapping[str, Extra] | Iterable[tuple[str, Extra]],
) -> tuple[tuple[str, Extra], ...]:
    return as_pairs(value)


def _is_extra(_: object, __: object, pair: tuple[str, Any]) -> None:
    key, value = pair
    finite = not isinstance(value, float) or math.isfinite(value)
    if type(value) not in {str, int, float, bool} or not finite:
        msg = f"expected a string, a number, true or false for {key!r}, got {value!r}"
        raise ValueError(msg)


def _fits(_: object, __: object, value: Text | None) -> None:
    for string in () if value is None else value.translations.values():
        if len(string) > _LONGEST_SHORT:
            msg = (
                f"expected a short title of at most {_LONGEST_SHORT} characters, got"
                f" {len(string)}: {string!r}"
            )
            raise ValueError(msg)


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


@attrs.frozen(kw_only=True, repr=False)
class Citation:
    """
    What one source says about an event.

    Attributes:
        source: The source.

        says: What the source says, in our words; `None` if it simply confirms the
            event.

        as_written: The date in the source's own form, like `25 December 1689 O.S.`.

        date: When the event happened according to the source; `None` if it does not
            say. With an `alternative`, the date of that event.

        until: The last day of the event according to the source; `None` if it does
            not say. With an `alternative`, the last day of that event.

        alternative: The event that the source describes instead of this one, or
            `None`. The citations of that event cannot have alternatives.

        locator: The page, paragraph or section of the source.

        verified: Whether somebody read what supports the statement; `False` for a
            document that is commonly cited but was not seen.

    Raises:
        ValueError: If a string is blank, `until` has no `date` or is before it, the
            citation has both an alternative and a date, or the alternative has
            alternatives itself.
    """

    source: Source = attrs.field(validator=instance_of(Source))
    says: Text | None = attrs.field(default=None, converter=optional_text)
    as_written: str | None = attrs.field(default=None, validator=not_blank)
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

    @property
    def rank(self) -> tuple[int, int, bool]:
        """
        A sort key that puts the most authoritative source first.
        """
        source = self.source
        doubt = 2 * (self.alternative is not None) + (not self.verified)
        return doubt, _AUTHORITY[source.publisher.kind], source.address is None

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
        ValueError: If the id is not a slug, or a citation has an alternative.
    """

    id: str = attrs.field(validator=slug)
    name: Text = attrs.field(converter=as_text)
    description: Text | None = attrs.field(default=None, converter=optional_text)
    citations: tuple[Citation, ...] = attrs.field(
        default=(),
        converter=as_citations,
        validator=[deep_iterable(instance_of(Citation)), without_alternatives],
    )


@attrs.frozen(kw_only=True)
class Correction:
    """
    A note about something that was corrected in an event.

    Attributes:
        on: The day of the correction.

        note: What was changed, and why.

    Raises:
        ValueError: If *on* is not a whole day.
    """

    on: dt.date = attrs.field(converter=as_day)
    note: Text = attrs.field(converter=as_text)


@attrs.frozen(kw_only=True, repr=False)
class Event(Identified):
    """
    Something that happened, and the sources for it.

    Attributes:
        id: A lower-case slug, never reused for another event; it is part of the
            UIDs in a calendar.

        title: What happened, preferably on one line.

        short: A shorter title of at most 60 characters, for calendars and charts.

        date: When it happened, or its first day, as precisely as it is known.

        until: Its last day, inclusive; `None` for a single date.

        kind: What kind of event it is: an `EventKind`, or a kind of the record's own.

        areas: The areas of cooperation it belongs to; may be empty.

        description: What happened, in one or two sentences.

        place: Where it happened.

        citations: The sources; never empty.

        status: `held`, or `announced` as long as no source says that it took place.

        yearly: Whether it is an observance, held on its day every year.

        rule: The day of a movable observance: a month and a weekday in it, such as
            `FREQ=YEARLY;BYMONTH=10;BYDAY=1MO`.

        weight: How often its anniversaries deserve notice: every year (`major`), on
            jubilees (`normal`) or never (`minor`).

        solemn: Whether it is a death or a disaster, which is remembered and not
            celebrated. Its anniversaries are never jubilees.

        marks: The event whose day an observance marks.

        reason: Why the record uses its date, if sources disagree.

        corrections: What was corrected, and when.

        extra: Values of the record's own: strings, numbers, true or false, by name.

    Raises:
        ValueError: If there is no citation, `until` is before `date`, the id or the
            kind is not a slug, two areas have the same id, the short title is too
            long, or there is a rule for an event that is not yearly.
    """

    id: str = attrs.field(validator=slug)
    title: Text = attrs.field(converter=as_text)
    short: Text | None = attrs.field(
        default=None, converter=optional_text, validator=_fits
    )
    date: PartialDate = attrs.field(converter=as_date)
    until: PartialDate | None = attrs.field(default=None, converter=optional_date)
    kind: str = attrs.field(default=EventKind.MILESTONE.value, converter=as_event_kind)
    areas: tuple[CooperationArea, ...] = attrs.field(
        default=(),
        converter=_areas,
        validator=[deep_iterable(instance_of(CooperationArea)), _unique],
    )
    description: Text | None = attrs.field(default=None, converter=optional_text)
    place: Text | None = attrs.field(default=None, converter=optional_text)
    citations: tuple[Citation, ...] = attrs.field(
        converter=as_citations,
        validator=[deep_iterable(instance_of(Citation)), _not_empty],
    )
    status: EventStatus = attrs.field(
        default=EventStatus.HELD, converter=as_event_status
    )
    yearly: bool = attrs.field(default=False, validator=instance_of(bool))
    rule: str | None = attrs.field(default=None, validator=check_rule)
    weight: Weight = attrs.field(default="normal", converter=as_weight)
    solemn: bool = attrs.field(default=False, validator=instance_of(bool))
    marks: Event | None = attrs.field(default=None, validator=_optional_event)
    reason: Text | None = attrs.field(default=None, converter=optional_text)
    corrections: tuple[Correction, ...] = attrs.field(
        default=(),
        converter=_corrections,
        validator=deep_iterable(instance_of(Correction)),
    )
    _extra: tuple[tuple[str, Extra], ...] = attrs.field(
        default=(),
        converter=_extra,
        validator=deep_iterable(_is_extra),
        alias="extra",
    )

    def __attrs_post_init__(self) -> None:
        not_before(self.date, self.until, "until")
        if self.rule is not None and not self.yearly:
            msg = f"expected yearly = true for {self.id!r}, which has a rule"
            raise ValueError(msg)

    @property
    def extra(self) -> Mapping[str, Extra]:
        """
        Values of the record's own: strings, numbers and booleans, by name.
        """
        return MappingProxyType(dict(self._extra))

    @functools.cached_property
    def best(self) -> Citation:
        """
        The citation that views name first.

        That is a verified one that agrees with the event's date and has no
        alternative, by the most authoritative kind of publisher, and with an address
        if there is one; of several such citations, the first.
        """
        return min(
            self.citations, key=lambda each: (not self._agrees(each), *each.rank)
        )

    def _agrees(self, citation: Citation) -> bool:
        return citation.date is not None and citation.date.agrees_with(self.date)

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


def chronological(event: Event) -> tuple[dt.date, int, str]:
    """
    Return a key that sorts events like `PartialDate.sort_key`, then by id.
    """
    return (*event.date.sort_key, event.id)
