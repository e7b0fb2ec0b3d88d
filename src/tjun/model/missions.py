"""
Missions with their heads, and memberships.

Their dates are those of the events with which they begin and end.
"""

from __future__ import annotations

import datetime as dt
import functools
from calendar import isleap
from collections.abc import Iterable
from typing import Any

import attrs
from attrs.validators import deep_iterable, optional

from tjun.model.dates import DateLike, PartialDate, as_date, as_day
from tjun.model.entities import (
    Citation,
    Event,
    Identified,
    as_citations,
    chronological,
    without_alternatives,
)
from tjun.model.text import Text, as_text
from tjun.model.validators import (
    as_tuple,
    instance_of,
    not_before,
    not_blank,
    optional_date,
    optional_text,
    slug,
)

__all__ = ["Membership", "Mission", "Post"]


# Type checkers take the type that a field accepts from its converter's parameter, so
# each kind of list needs a converter of its own.
def _events(value: Iterable[Event]) -> tuple[Event, ...]:
    return as_tuple(value)


def _posts(value: Iterable[Post]) -> tuple[Post, ...]:
    return as_tuple(value)


# Mission is defined below, so this cannot refer to it before it is called.
def _optional_mission(
    instance: Any, attribute: attrs.Attribute[Any], value: object
) -> None:
    optional(instance_of(Mission))(instance, attribute, value)


@attrs.frozen(kw_only=True)
class Post:
    """
    A person's term as head of a mission.

    Attributes:
        person: The person's name.

        title: The title of the post, as the sources give it.

        start: The first day; `None` if no source gives it.

        end: The last day; `None` if no source gives it, or if the term continues.

        citations: The sources; they cannot have alternatives.

    Raises:
        ValueError: If the name is blank, the end is before the start, or a citation
            has an alternative.
    """

    person: str = attrs.field(validator=not_blank)
    title: Text = attrs.field(converter=as_text)
    start: PartialDate | None = attrs.field(default=None, converter=optional_date)
    end: PartialDate | None = attrs.field(default=None, converter=optional_date)
    citations: tuple[Citation, ...] = attrs.field(
        default=(),
        converter=as_citations,
        validator=[deep_iterable(instance_of(Citation)), without_alternatives],
    )

    def __attrs_post_init__(self) -> None:
        if self.start is not None:
            not_before(self.start, self.end, f"the post of {self.person}")


@attrs.frozen(kw_only=True, repr=False)
class Mission(Identified):
    """
    A United Nations mission or office in the country.

    Attributes:
        id: A lower-case slug.

        name: The full name.

        acronym: The short name, like `UNMOT`, or `None`.

        seat: The town in which the mission is based.

        mandate: What the mission is for.

        opening: The event with which the mission begins.

        closing: The event with which it ends; `None` while it is active.

        predecessor: The mission that it follows.

        heads: The heads of the mission, in order.

        events: All events of the mission, in chronological order. The opening and the
            closing are always included; as an argument, they can be left out.

    Raises:
        ValueError: If the mission closes before it opens, or two different events
            have the same id.
    """

    id: str = attrs.field(validator=slug)
    name: Text = attrs.field(converter=as_text)
    acronym: str | None = attrs.field(default=None, validator=not_blank)
    seat: Text | None = attrs.field(default=None, converter=optional_text)
    mandate: Text | None = attrs.field(default=None, converter=optional_text)
    opening: Event = attrs.field(validator=instance_of(Event))
    closing: Event | None = attrs.field(
        default=None, validator=optional(instance_of(Event))
    )
    predecessor: Mission | None = attrs.field(default=None, validator=_optional_mission)
    heads: tuple[Post, ...] = attrs.field(
        default=(), converter=_posts, validator=deep_iterable(instance_of(Post))
    )
    _events: tuple[Event, ...] = attrs.field(
        default=(),
        converter=_events,
        validator=deep_iterable(instance_of(Event)),
        alias="events",
    )

    def __attrs_post_init__(self) -> None:
        if self.closing is not None:
            not_before(self.opening.date, self.closing.date, f"{self.id} closes")
        own: dict[str, Event] = {}
        for event in (*self._ends, *self._events):
            known = own.setdefault(event.id, event)
            # Comparing an event with itself would compare all it refers to.
            if known is not event and known != event:
                msg = f"mission {self.id!r} has two events with the id {event.id!r}"
                raise ValueError(msg)
        # Stored without the ends, so that evolve(closing=None) drops the closing.
        ends = {event.id for event in self._ends}
        others = sorted((e for k, e in own.items() if k not in ends), key=chronological)
        object.__setattr__(self, "_events", tuple(others))

    @property
    def _ends(self) -> tuple[Event, ...]:
        return tuple(e for e in (self.opening, self.closing) if e is not None)

    @functools.cached_property
    def events(self) -> tuple[Event, ...]:
        """
        All events of the mission in chronological order.
        """
        own = {event.id: event for event in (*self._ends, *self._events)}
        return tuple(sorted(own.values(), key=chronological))

    @property
    def start(self) -> PartialDate:
        """
        The date of the opening.
        """
        return self.opening.date

    @property
    def end(self) -> PartialDate | None:
        """
        The date of the closing, which is the mission's last day.
        """
        return None if self.closing is None else self.closing.date

    def active_on(self, date: DateLike) -> bool | None:
        """
        Return whether the mission was active on a day, or in any part of a period.

        Returns:
            `True` or `False` if the dates of the opening and the closing are precise
            enough (both days are included); otherwise `None`.

        Raises:
            ValueError: If *date* is not a date.
        """
        return _active(self.start, self.end, as_date(date).extent)


def _active(
    start: PartialDate, end: PartialDate | None, period: tuple[dt.date, dt.date]
) -> bool | None:
    """
    Return whether what lasts from *start* to *end* certainly lasts in a *period*.
    """
    first, last = period
    first_start, last_start = start.reach
    first_end, last_end = (dt.date.max, dt.date.max) if end is None else end.reach
    if first_start > last or last_end < first:
        return False
    return True if last_start <= last and first <= first_end else None


def _period_of(date: PartialDate) -> tuple[dt.date, dt.date]:
    """
    Return the first and the last day of a date from which years can be counted.
    """
    if date.earliest is None or date.latest is None or date.qualifier is not None:
        msg = f"cannot count years from {date}, which is approximate or has an open end"
        raise ValueError(msg)
    return date.earliest, date.latest


@attrs.frozen(kw_only=True, repr=False)
class Membership(Identified):
    """
    A membership of an organization.

    Attributes:
        id: A lower-case slug.

        organization: The name of the organization.

        acronym: Its short name.

        member: Who is a member; `None` for the subject of the record.

        admission: The event with which membership begins.

        recommendation: The event that led to the admission.

        withdrawal: The event with which membership ends; `None` while it continues.

    Raises:
        ValueError: If the membership ends before it begins.
    """

    id: str = attrs.field(validator=slug)
    organization: Text = attrs.field(converter=as_text)
    acronym: str = attrs.field(validator=not_blank)
    member: Text | None = attrs.field(default=None, converter=optional_text)
    admission: Event = attrs.field(validator=instance_of(Event))
    recommendation: Event | None = attrs.field(
        default=None, validator=optional(instance_of(Event))
    )
    withdrawal: Event | None = attrs.field(
        default=None, validator=optional(instance_of(Event))
    )

    def __attrs_post_init__(self) -> None:
        not_before(self.admission.date, self.end, f"membership {self.id} ends")

    @property
    def since(self) -> PartialDate:
        """
        The date of admission.
        """
        return self.admission.date

    @property
    def end(self) -> PartialDate | None:
        """
        The date of the withdrawal, which is the last day of membership.
        """
        return None if self.withdrawal is None else self.withdrawal.date

    def active_on(self, date: DateLike) -> bool | None:
        """
        Return whether it was a member on a day, or in any part of a period.

        Returns:
            `True` or `False` if the dates are precise enough; otherwise `None`.

        Raises:
            ValueError: If *date* is not a date.
        """
        return _active(self.since, self.end, as_date(date).extent)

    def years(self, on: DateLike) -> int:
        """
        Return the completed years of membership on a day; 0 before it begins.

        A year is completed on the anniversary of the admission; for 29 February that
        is 28 February in common years. If the admission is not known to the day, only
        years that are certainly complete count. The count stops when the membership
        ends.

        Raises:
            ValueError: If *on* is not a whole day, or membership begins or ends on a
                date that is approximate or has an open end.
        """
        day, (_, first) = as_day(on), _period_of(self.since)
        if self.end is not None:
            day = min(day, _period_of(self.end)[0])
        month, anniversary = first.month, first.day
        if (month, anniversary) == (2, 29) and not isleap(day.year):
            anniversary = 28
        incomplete = (day.month, day.day) < (month, anniversary)
        return max(0, day.year - first.year - incomplete)
