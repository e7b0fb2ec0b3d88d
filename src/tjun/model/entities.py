"""
The things of the record: plain, frozen, and refusing nonsense when made.

Events are the only dated facts. A mission has an opening and a closing *event*, a
membership an admission *event*; objects refer to objects, so nothing dangles.

Wherever a `Text` is wanted a plain string is its English; wherever a
`PartialDate` is wanted an ISO 8601 text or a `datetime.date` serves; wherever one
of the enumerations is wanted its value serves.
"""

from __future__ import annotations

import datetime as dt
import enum
from calendar import isleap
from collections.abc import Iterable

import attrs

from tjun.model.dates import PartialDate, as_date
from tjun.model.text import Text, as_text, plain
from tjun.model.validators import (
    address,
    all_are,
    is_a,
    listed,
    maybe_date,
    maybe_text,
    member_of,
    not_before,
    optional,
    slug,
    unlike,
    whole_day,
    words,
)

__all__ = [
    "Citation",
    "CooperationArea",
    "Event",
    "EventKind",
    "EventStatus",
    "Membership",
    "Mission",
    "Post",
    "Source",
    "SourceKind",
    "chronological",
]


class EventKind(enum.StrEnum):
    """
    What sort of thing happened.
    """

    MEMBERSHIP = "membership"
    RESOLUTION = "resolution"
    AGREEMENT = "agreement"
    MISSION = "mission"
    OFFICE = "office"
    OBSERVANCE = "observance"
    CONFERENCE = "conference"
    VISIT = "visit"
    MILESTONE = "milestone"


class EventStatus(enum.StrEnum):
    """
    Whether a source says that it took place, or only that it is to.
    """

    HELD = "held"
    ANNOUNCED = "announced"


class SourceKind(enum.StrEnum):
    """
    Whose voice a source is.
    """

    ARTICLE = "article"
    UN = "un"
    GOVERNMENT = "government"
    PRESS = "press"
    REFERENCE = "reference"


# Type checkers read a converter's parameter as the type that a field accepts, so
# each enumeration and each kind of list has a converter of its own.
def _event_kind(value: EventKind | str) -> EventKind:
    return member_of(EventKind, value)


def _event_status(value: EventStatus | str) -> EventStatus:
    return member_of(EventStatus, value)


def _areas(given: Iterable[CooperationArea]) -> tuple[CooperationArea, ...]:
    return listed(given)


def _citations(given: Iterable[Citation]) -> tuple[Citation, ...]:
    return listed(given)


def _events(given: Iterable[Event]) -> tuple[Event, ...]:
    return listed(given)


def _posts(given: Iterable[Post]) -> tuple[Post, ...]:
    return listed(given)


def _source_kind(value: SourceKind | str) -> SourceKind:
    return member_of(SourceKind, value)


class _Identified:
    """
    Something with an id, which is what its representation shows.
    """

    __slots__ = ()
    id: str

    def __repr__(self) -> str:
        return f"{type(self).__name__}(id={self.id!r}, ...)"


@attrs.frozen(kw_only=True, repr=False)
class Source(_Identified):
    """
    A page or a document that says something.

    Attributes:
        id: A lower-case slug, never used again for another source.

        title: What it is, in our words.

        publisher: Who answers for it.

        kind: Whose voice it is; `reference` where nothing else fits.

        url: Where it was read, `http` or `https`; `None` where it was not seen.

        symbol: The UN document symbol, as `S/RES/968 (1994)`.

        published: The day, month or year it bears.

        note: What a reader should know of it.

    Raises:
        ValueError: For a bad id, a blank text, or an address that is none.
    """

    id: str = attrs.field(validator=slug)
    title: str = attrs.field(validator=words)
    publisher: str = attrs.field(validator=words)
    kind: SourceKind = attrs.field(default=SourceKind.REFERENCE, converter=_source_kind)
    url: str | None = attrs.field(default=None, validator=address)
    symbol: str | None = attrs.field(default=None, validator=words)
    published: PartialDate | None = attrs.field(default=None, converter=maybe_date)
    note: str | None = attrs.field(default=None, validator=words)


@attrs.frozen(kw_only=True)
class Citation:
    """
    What one source says of an event.

    Attributes:
        source: Who says so.

        says: What it says, in our words; empty where the source just bears it out.

        date: When it happened by this source; `None` where it does not say.

        until: The last day of it by this source; `None` where it does not say.

        verified: Whether a page that bears this out was read; `False` for what is
            commonly given and nobody here has seen.

    Raises:
        ValueError: For a blank text, a last day without a first, or before it.
    """

    source: Source = attrs.field(validator=is_a(Source))
    says: str = attrs.field(default="")
    date: PartialDate | None = attrs.field(default=None, converter=maybe_date)
    until: PartialDate | None = attrs.field(default=None, converter=maybe_date)
    verified: bool = attrs.field(default=True, validator=is_a(bool))

    def __attrs_post_init__(self) -> None:
        if self.says != "":
            plain(self.says, "a text for says")
        if self.until is not None:
            if self.date is None:
                msg = f"expected a date with until {self.until}, got none"
                raise ValueError(msg)
            not_before(self.date, self.until, "until")


@attrs.frozen(kw_only=True, repr=False)
class CooperationArea(_Identified):
    """
    A field in which the country and the United Nations work together.

    Attributes:
        id: A lower-case slug.

        name: What it is called.

        description: What belongs to it.

        in_article: Whether the founding article names it.
    """

    id: str = attrs.field(validator=slug)
    name: Text = attrs.field(converter=as_text)
    description: Text | None = attrs.field(default=None, converter=maybe_text)
    in_article: bool = attrs.field(default=False, validator=is_a(bool))


@attrs.frozen(kw_only=True, repr=False)
class Event(_Identified):
    """
    Something that happened, with who says so.

    Attributes:
        id: A lower-case slug, never used again for another event; part of the
            UIDs in a calendar.

        title: What happened; best on one line, as calendars show it.

        date: When it happened, or the first day of it, as precise as is known.

        until: The last day of it, which counts; `None` for a single date.

        kind: What sort of thing happened.

        areas: The fields of cooperation it belongs to; may be empty.

        description: What happened, in a sentence or two.

        citations: Who says so; never empty, the weightiest first.

        status: `held`, or `announced` while no source says that it took place.

        yearly: Whether it is an observance kept on its day every year.

        marks: The event whose day an observance keeps.

        revised: The day this entry, or an area or a source it names, was last
            edited; a calendar's stamps and sequence numbers come from it.

    Raises:
        ValueError: For what nobody can mean: no citation, an end before the
            beginning, an id that is no slug, a title without English.
    """

    id: str = attrs.field(validator=slug)
    title: Text = attrs.field(converter=as_text)
    date: PartialDate = attrs.field(converter=as_date)
    until: PartialDate | None = attrs.field(default=None, converter=maybe_date)
    kind: EventKind = attrs.field(default=EventKind.MILESTONE, converter=_event_kind)
    areas: tuple[CooperationArea, ...] = attrs.field(
        default=(), converter=_areas, validator=all_are(CooperationArea)
    )
    description: Text | None = attrs.field(default=None, converter=maybe_text)
    citations: tuple[Citation, ...] = attrs.field(
        converter=_citations, validator=all_are(Citation)
    )
    status: EventStatus = attrs.field(default=EventStatus.HELD, converter=_event_status)
    yearly: bool = attrs.field(default=False, validator=is_a(bool))
    marks: Event | None = None
    revised: dt.date | None = attrs.field(default=None, converter=whole_day)

    def __attrs_post_init__(self) -> None:
        if not self.citations:
            msg = f"expected at least one citation for {self.id!r}, got none"
            raise ValueError(msg)
        not_before(self.date, self.until, "until")
        unlike("areas", (area.id for area in self.areas))
        if self.marks is not None:
            is_a(Event)(self, attrs.fields(Event).marks, self.marks)

    @property
    def dates(self) -> tuple[Citation, ...]:
        """
        The citations that give a date, in their order.
        """
        return tuple(each for each in self.citations if each.date is not None)

    @property
    def disputed(self) -> bool:
        """
        Whether the dates that its sources give cannot all be true.

        A month and a day within it can both be true; two days cannot. An end is
        in dispute like a beginning. The event's own date counts as one of them.
        """
        firsts = {self.date, *(each.date for each in self.dates)}
        lasts = {self.until, *(each.until for each in self.dates)}
        return _at_odds(firsts) or _at_odds(lasts)


def chronological(event: Event) -> tuple[int, int, int, int, str]:
    """
    Return a key that sorts events as `PartialDate.sort_key` does, then by id.
    """
    date = event.date
    month, day = date.month, date.day
    known = (month is not None) + (day is not None)
    return (date.year, month or 1, day or 1, known, event.id)


def _at_odds(dates: Iterable[PartialDate | None]) -> bool:
    known = [date for date in dates if date is not None]
    return any(
        not one.agrees_with(other)
        for index, one in enumerate(known)
        for other in known[:index]
    )


@attrs.frozen(kw_only=True)
class Post:
    """
    Someone's time as head of a mission.

    Attributes:
        person: Who.

        title: As what, in the words of the sources.

        start: From when; `None` where no source says.

        end: Until when; `None` where no source says, or while it lasts.

        citations: Who says so.

    Raises:
        ValueError: For a blank name, or an end before the start.
    """

    person: str = attrs.field(validator=words)
    title: Text = attrs.field(converter=as_text)
    start: PartialDate | None = attrs.field(default=None, converter=maybe_date)
    end: PartialDate | None = attrs.field(default=None, converter=maybe_date)
    citations: tuple[Citation, ...] = attrs.field(
        default=(), converter=_citations, validator=all_are(Citation)
    )

    def __attrs_post_init__(self) -> None:
        if self.start is not None:
            not_before(self.start, self.end, f"the post of {self.person}")


@attrs.frozen(kw_only=True, repr=False)
class Mission(_Identified):
    """
    A United Nations mission or office in the country.

    Attributes:
        id: A lower-case slug.

        name: What it is called.

        acronym: Its short name, as `UNMOT`.

        seat: The town it works from.

        mandate: What it is there for.

        opening: The event with which it begins.

        closing: The event with which it ends; `None` while it works.

        predecessor: The mission that it follows.

        heads: Who led it, in order.

        events: Every event of it in chronological order; the opening and the
            closing are always among them, whether given or not.

    Raises:
        ValueError: For a mission that closes before it opens.
    """

    id: str = attrs.field(validator=slug)
    name: Text = attrs.field(converter=as_text)
    acronym: str = attrs.field(validator=words)
    seat: str | None = attrs.field(default=None, validator=words)
    mandate: Text | None = attrs.field(default=None, converter=maybe_text)
    opening: Event = attrs.field(validator=is_a(Event))
    closing: Event | None = attrs.field(default=None, validator=optional(Event))
    predecessor: Mission | None = None
    heads: tuple[Post, ...] = attrs.field(
        default=(), converter=_posts, validator=all_are(Post)
    )
    events: tuple[Event, ...] = attrs.field(
        default=(), converter=_events, validator=all_are(Event)
    )

    def __attrs_post_init__(self) -> None:
        if self.closing is not None:
            not_before(self.opening.date, self.closing.date, f"{self.id} closes")
        if self.predecessor is not None:
            is_a(Mission)(self, attrs.fields(Mission).predecessor, self.predecessor)
        ends = [event for event in (self.opening, self.closing) if event is not None]
        own: dict[str, Event] = {}
        for event in (*self.events, *ends):
            if own.setdefault(event.id, event) != event:
                msg = f"expected one event with the id {event.id!r}, got two"
                raise ValueError(msg)
        ordered = sorted(own.values(), key=chronological)
        object.__setattr__(self, "events", tuple(ordered))  # Frozen: set once, here.

    @property
    def start(self) -> PartialDate:
        """
        The date of the opening.
        """
        return self.opening.date

    @property
    def end(self) -> PartialDate | None:
        """
        The date of the closing, which is still a day of the mission.
        """
        return None if self.closing is None else self.closing.date

    def active_on(self, day: dt.date) -> bool | None:
        """
        Return whether the mission worked on *day*.

        Returns:
            `True` or `False` where the dates of opening and closing say so, both
            days counting; `None` where a date known only to the month or the year
            leaves it open.
        """
        begun = _settled(yes=self.start.latest <= day, no=self.start.earliest > day)
        end = self.end
        if end is None:
            return begun
        lasting = _settled(yes=day <= end.earliest, no=day > end.latest)
        if begun is False or lasting is False:
            return False
        return None if begun is None or lasting is None else True


def _settled(*, yes: bool, no: bool) -> bool | None:
    return True if yes else False if no else None


@attrs.frozen(kw_only=True, repr=False)
class Membership(_Identified):
    """
    The country's membership of an organization.

    Attributes:
        id: A lower-case slug.

        organization: What it is a member of.

        acronym: The organization's short name.

        admission: The event with which membership begins.

        recommendation: The event that led to it.

        end: The last day of membership; `None` while it lasts.

    Raises:
        ValueError: For a membership that ends before it begins.
    """

    id: str = attrs.field(validator=slug)
    organization: Text = attrs.field(converter=as_text)
    acronym: str = attrs.field(validator=words)
    admission: Event = attrs.field(validator=is_a(Event))
    recommendation: Event | None = attrs.field(default=None, validator=optional(Event))
    end: PartialDate | None = attrs.field(default=None, converter=maybe_date)

    def __attrs_post_init__(self) -> None:
        not_before(self.admission.date, self.end, f"membership {self.id} ends")

    @property
    def since(self) -> PartialDate:
        """
        The date of admission.
        """
        return self.admission.date

    def years(self, on: dt.date) -> int:
        """
        Return the full years of membership by *on*; 0 before it begins.

        Years end on the day of admission, for 29 February on the 28th in common
        years. Where admission is known only to the month or the year, only the
        years that are surely over count. They stop with the membership.
        """
        if self.end is not None:
            on = min(on, self.end.earliest)
        first = self.since.latest
        month, day = first.month, first.day
        if (month, day) == (2, 29) and not isleap(on.year):
            day = 28
        return max(0, on.year - first.year - ((on.month, on.day) < (month, day)))
