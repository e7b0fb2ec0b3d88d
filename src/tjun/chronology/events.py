"""
Catalogs of events and missions, and the queries over them.
"""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, Self, TypeVar

import attrs

from tjun.chronology.catalog import Catalog
from tjun.chronology.queries import Queries, matching, period
from tjun.errors import NotFoundError
from tjun.model.dates import DateBound, DateLike, PartialDate, as_bound, as_date
from tjun.model.display import table_html
from tjun.model.entities import CooperationArea, Event, chronological
from tjun.model.kinds import (
    EventKind,
    EventStatus,
    Weight,
    as_event_status,
    as_weight,
)
from tjun.model.missions import Membership, Mission
from tjun.model.sources import Publisher, Source
from tjun.model.tags import Tagged
from tjun.suggestions import suggest

__all__ = ["Events", "Memberships", "Missions", "Scope"]

T = TypeVar("T")


class Missions(Catalog[Mission]):
    """
    Missions, in the order of their openings.
    """

    __slots__ = ()

    def active_on(self, date: DateLike) -> tuple[Mission, ...]:
        """
        Return the missions that were certainly active on a day.

        Of a month or a year, any part counts.

        Raises:
            ValueError: If *date* is not a date.
        """
        date = as_date(date)
        return tuple(mission for mission in self if mission.active_on(date))


class Memberships(Catalog[Membership]):
    """
    Memberships, in the order of admission.
    """

    __slots__ = ()

    def active_on(self, date: DateLike) -> tuple[Membership, ...]:
        """
        Return the memberships that certainly existed on a day.

        Of a month or a year, any part counts.

        Raises:
            ValueError: If *date* is not a date.
        """
        date = as_date(date)
        return tuple(each for each in self if each.active_on(date))


@attrs.frozen(kw_only=True)
class Scope:
    """
    The areas, missions, sources and publishers by whose ids events can be selected.
    """

    areas: Catalog[CooperationArea]
    missions: Missions
    sources: Catalog[Source]
    publishers: Catalog[Publisher]


class Events(Catalog[Event], Queries):
    """
    Events in chronological order.

    The order is by the first possible day, then the less precise date first, then by
    id.

    Args:
        items: Events in any order.

        scope: The areas, missions and sources by whose ids the events can be
            selected. Without it, these are the areas and sources of the events, and
            no missions.

    Raises:
        ValueError: If two events have the same id.
    """

    __slots__ = ("_by_day", "_first_days", "_scope")

    def __init__(
        self,
        items: Iterable[Event] = (),
        *,
        scope: Scope | None = None,
    ) -> None:
        super().__init__(sorted(items, key=chronological), what="event")
        self._scope = scope
        self._by_day: dict[tuple[int | None, int | None], list[Event]] | None = None
        self._first_days: list[dt.date] | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        restore, (kind, items, _) = super().__reduce__()
        return (restore, (kind, items, {"scope": self._scope}))

    def _with(self, items: Iterable[Event]) -> Self:
        return type(self)(items, scope=self._scope)

    def _narrowed(self, items: Iterable[Event]) -> Self:
        """
        Return a catalog of *items*, which are already sorted.
        """
        new = object.__new__(type(self))
        Catalog.__init__(new, items, what=self._what)
        new._scope, new._by_day, new._first_days = self._scope, None, None
        return new

    def _all_events(self) -> Self:
        return self

    def _repr_html_(self) -> str:
        return table_html(self)

    def to_dicts(self, language: str | Tagged = "en") -> list[dict[str, Any]]:
        """
        Return a table with a row for each event, all with the same keys.

        The keys are the attributes of an event that are not themselves tables, and
        `earliest`, `latest`, `precision` and `qualifier` of its date, whether it is
        `disputed`, and the ids of its `sources`. `earliest` and `latest` are
        `datetime.date`, or `None` for an open end.

        Args:
            language: The language of the texts: a BCP 47 tag, or a `Language`.

        Raises:
            ValueError: If the tag is invalid.
        """
        return [_row(event, language) for event in self]

    def on_day(self, month: int, day: int) -> Self:
        """
        Return the events that began on this day of any year.

        Events known only to the month or the year never match.

        Args:
            month: 1 to 12.

            day: 1 to the last day that the month can have.

        Raises:
            ValueError: If no year has such a day.
        """
        asked = PartialDate(2000, month, day)  # A leap year has every possible day.
        if asked.day is None:
            msg = f"expected a month and a day, got {month!r} and {day!r}"
            raise ValueError(msg)
        if self._by_day is None:
            index: dict[tuple[int | None, int | None], list[Event]] = {}
            for event in self:
                if event.date.qualifier is None:
                    day_of_year = event.date.month, event.date.day
                    index.setdefault(day_of_year, []).append(event)
            self._by_day = index  # Other threads never see an incomplete index.
        return self._narrowed(self._by_day.get((month, day), ()))

    def where(
        self,
        *,
        area: str | CooperationArea | Iterable[str | CooperationArea] | None = None,
        kind: str | Iterable[str] | None = None,
        mission: str | Mission | Iterable[str | Mission] | None = None,
        source: str | Source | Iterable[str | Source] | None = None,
        publisher: str | Publisher | Iterable[str | Publisher] | None = None,
        since: DateBound | None = None,
        until: DateBound | None = None,
        text: str | None = None,
        disputed: bool | None = None,
        weight: Weight | Iterable[Weight] | None = None,
        status: str | EventStatus | Iterable[str | EventStatus] | None = None,
    ) -> Self:
        """
        Return the events that meet all the given criteria.

        If a criterion is a collection, an event has to meet one of its items. An event
        is within a period if its whole date is: `since="2000-06"` excludes an event
        dated 2000, because it may have happened earlier.

        Args:
            area: An area of cooperation, or its id.

            kind: A kind of event.

            mission: A mission to which the event belongs, or its id or acronym.

            source: A source that the event cites, or its id.

            publisher: A publisher of such a source, or its id.

            since: The first year, month or day.

            until: The last year, month or day, inclusive.

            text: Words that the event contains, as for `search()`.

            disputed: Whether the sources contradict each other about the date.

            weight: How often its anniversaries deserve notice: `major`, `normal` or
                `minor`.

            status: Whether the event was held or only announced.

        Raises:
            NotFoundError: If an area, a mission or a source is not in the record, or
                there is no such kind.

            ValueError: If a criterion has the wrong type, a date or status is
                invalid, *until* is before *since*, or *text* contains no word.
        """
        tests = [
            *self._naming(area=area, mission=mission, source=source, by=publisher),
            *self._having(kind=kind, status=status, weight=weight),
        ]
        if disputed is not None:
            tests.append(_has("disputed", disputed))
        found: Iterable[Event] = self._between(since, until)
        for test in tests:
            found = filter(test, found)
        if text is not None:
            found = (event for event, _ in matching(found, text))
        return self._narrowed(found)

    def _naming(
        self, *, area: Any, mission: Any, source: Any, by: Any
    ) -> Iterator[Callable[[Event], bool]]:
        if area is not None:
            yield _in_any(_ids(area, CooperationArea, self._known().areas))
        if mission is not None:
            given = _each(mission, Mission)
            known = self._known(m for m in given if isinstance(m, Mission)).missions
            ids = _ids(given, Mission, known)
            members = {event.id for own in ids for event in known[own].events}
            yield lambda event: event.id in members
        if source is not None:
            yield _citing_any(_ids(source, Source, self._known().sources))
        if by is not None:
            yield _published_by(_ids(by, Publisher, self._known().publishers))

    def _having(
        self, *, kind: Any, status: Any, weight: Any
    ) -> Iterator[Callable[[Event], bool]]:
        if kind is not None:
            kinds = {
                self._known_kind(each) for each in _each(kind, str, "a kind of event")
            }
            yield lambda event: event.kind in kinds
        if status is not None:
            states = {
                as_event_status(each) for each in _each(status, EventStatus, "a status")
            }
            yield lambda event: event.status in states
        if weight is not None:
            weights = {as_weight(each) for each in _each(weight, str, "a weight")}
            yield lambda event: event.weight in weights

    def _known_kind(self, kind: str) -> str:
        kinds = {each.value for each in EventKind} | {each.kind for each in self}
        if kind not in kinds:
            what = "kind of event"
            raise NotFoundError(what, kind, suggest(kind, kinds) or sorted(kinds))
        return kind

    def _between(
        self, since: DateBound | None, until: DateBound | None
    ) -> Sequence[Event]:
        if since is not None and until is not None:
            period(since, until)
        if self._first_days is None:
            self._first_days = [event.date.anchor for event in self]
        low = 0
        if since is not None:
            low = bisect.bisect_left(self._first_days, as_bound(since)[0])
        if until is None:
            return self._items[low:]
        last = as_bound(until)[1]
        high = bisect.bisect_right(self._first_days, last)
        return [
            event for event in self._items[low:high] if event.date.extent[1] <= last
        ]

    def _known(self, missions: Iterable[Mission] = ()) -> Scope:
        """
        Return what the events can be selected by.

        Without a scope, that is what they refer to, and the given *missions*.
        """
        if self._scope is not None:
            return self._scope
        areas = {area.id: area for event in self for area in event.areas}
        sources = {c.source.id: c.source for event in self for c in event.citations}
        publishers = {s.publisher.id: s.publisher for s in sources.values()}
        return Scope(
            areas=Catalog(areas.values(), what="area"),
            missions=Missions({m.id: m for m in missions}.values(), what="mission"),
            sources=Catalog(sources.values(), what="source"),
            publishers=Catalog(publishers.values(), what="publisher"),
        )


def _ids(wanted: Any, kind: type[Any], known: Catalog[Any]) -> set[str]:
    """
    Return the ids of *wanted*, all of which have to be in the catalog.
    """
    given = _each(wanted, kind)
    return {known[each if isinstance(each, str) else each.id].id for each in given}


def _each(wanted: Any, kind: type[T], what: str = "") -> tuple[T | str, ...]:
    """
    Treat a string or a single object as a collection of one.

    Raises:
        ValueError: If an item is neither a string nor a *kind*; *what* describes it.
    """
    if isinstance(wanted, (str, kind)):
        return (wanted,)
    if isinstance(wanted, Iterable):
        items = tuple(wanted)
        if all(isinstance(each, (str, kind)) for each in items):
            return items
    what = what or f"a {kind.__name__}, its id"
    msg = f"expected {what}, or several of them, got {wanted!r}"
    raise ValueError(msg)


def _in_any(areas: Collection[str]) -> Callable[[Event], bool]:
    return lambda event: any(each.id in areas for each in event.areas)


def _citing_any(sources: Collection[str]) -> Callable[[Event], bool]:
    return lambda event: any(each.source.id in sources for each in event.citations)


def _published_by(publishers: Collection[str]) -> Callable[[Event], bool]:
    return lambda event: any(
        each.source.publisher.id in publishers for each in event.citations
    )


def _has(name: str, wanted: object) -> Callable[[Event], bool]:
    if not isinstance(wanted, bool):
        msg = f"expected True or False for {name}, got {wanted!r}"
        raise ValueError(msg)
    return lambda event: getattr(event, name) is wanted


def _row(event: Event, language: str | Tagged) -> dict[str, Any]:
    date, data = event.date, event.to_dict(language)
    row: dict[str, Any] = {
        "id": event.id,
        "date": data["date"],
        "earliest": date.earliest,
        "latest": date.latest,
        "precision": date.precision.name.lower(),
        "qualifier": date.qualifier,
    }
    for field in attrs.fields(Event):
        default = [] if field.default == () else field.default
        row.setdefault(str(field.alias), data.get(str(field.alias), default))
    for name in ("citations", "corrections", "extra"):
        del row[name]
    sources = [each.source.id for each in event.citations]
    return row | {"disputed": event.disputed, "sources": sources}
