"""
The queries that a record and any selection of its events have in common.
"""

from __future__ import annotations

import abc
import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator

from tjun.chronology.anniversaries import (
    Anniversary,
    LeapDay,
    Minor,
    Rules,
    anniversaries_in,
)
from tjun.model.dates import DateBound, DateLike, PartialDate, as_bound, as_day
from tjun.model.entities import Event, Source, chronological

__all__ = ["Queries", "matching", "period"]


def period(since: DateBound, until: DateBound) -> tuple[dt.date, dt.date]:
    """
    Return the first and the last day of a period.

    Raises:
        ValueError: If a bound is invalid, or the period ends before it begins.
    """
    first, last = as_bound(since).earliest, as_bound(until).latest
    if last < first:
        msg = f"expected a period, but until={until!r} is before since={since!r}"
        raise ValueError(msg)
    return first, last


class Queries(abc.ABC):
    """
    The anniversaries of events, and full-text search in them.
    """

    __slots__ = ()

    @abc.abstractmethod
    def _all_events(self) -> Collection[Event]:
        """
        Return the events, in any order.
        """

    def anniversaries(
        self,
        *,
        since: DateBound,
        until: DateBound,
        every: int = 1,
        minor: Minor = "all",
        leap_day: LeapDay = "feb28",
    ) -> tuple[Anniversary, ...]:
        """
        Return the anniversaries from *since* to *until*, in order.

        Events known only to the year have none. An event that is only announced has
        no anniversaries, but is included itself. If an observance marks the day of
        another event whose anniversary is included, only that one is included.

        Args:
            since: The first year, month or day; the whole date of an anniversary has
                to be within the period.

            until: The last year, month or day, inclusive.

            every: Include only numbers divisible by this. Above 1, the event itself
                (number 0) is not included.

            minor: Which anniversaries of events that are neither major nor yearly to
                include: `all`, `jubilees` or `none`. The event itself is not
                affected.

            leap_day: Where 29 February falls in a common year: `feb28`, `mar1` or
                `skip`.

        Raises:
            ValueError: If a date or an option is invalid, or *until* is before
                *since*.
        """
        first, last = period(since, until)
        found = anniversaries_in(
            self._all_events(),
            range(first.year, last.year + 1),
            Rules(every=every, minor=minor, leap_day=leap_day),
            lambda date: first <= date.earliest and date.latest <= last,
        )
        return tuple(found)

    def upcoming(
        self,
        on: DateLike,
        days: int = 90,
        *,
        every: int = 1,
        minor: Minor = "jubilees",
    ) -> tuple[Anniversary, ...]:
        """
        Return the anniversaries in a number of days, in order.

        An anniversary known only to the month is included until the month is over. In
        365 days, each event has at most one anniversary.

        Args:
            on: The first of the days.

            days: How many days there are, including the first; at least 1.

            every: As for `anniversaries()`.

            minor: As for `anniversaries()`.

        Raises:
            ValueError: If *on* is not a whole day, *days* is not positive, or an
                option is invalid.
        """
        rules = Rules(every=every, minor=minor)
        start = as_day(on)
        if type(days) is not int or days < 1:
            msg = f"expected days to be an integer of at least 1, got {days!r}"
            raise ValueError(msg)
        last = min(start.toordinal() + days - 1, dt.date.max.toordinal())
        end = dt.date.fromordinal(last)

        def included(date: PartialDate) -> bool:
            # The month that has begun returns a year later, when it must be complete.
            returns = date.month == start.month and date.year > start.year
            first = date.latest if returns else date.earliest
            return start <= date.latest and first <= end

        years = range(start.year, end.year + 1)
        return tuple(anniversaries_in(self._all_events(), years, rules, included))

    def search(self, text: str) -> tuple[Event, ...]:
        """
        Return the events that contain every word of *text*, best match first.

        The words are looked for, in any case, in the title and the description of an
        event, in all languages, in its id and its dates, and in its citations: what a
        source says, the dates it gives, its title, publisher, document symbol and
        address. Words in the title, the id or the date count most, those in the
        citations least, and whole words more than parts. Equally good matches are in
        chronological order.

        Args:
            text: Words, separated by spaces; part of a word is enough.

        Raises:
            ValueError: If *text* is not a string, or contains no word.
        """
        found = sorted(
            matching(self._all_events(), text),
            key=lambda match: (match[1], chronological(match[0])),
        )
        return tuple(event for event, _ in found)


def matching(events: Iterable[Event], text: str) -> Iterator[tuple[Event, int]]:
    """
    Yield the events that contain every word of *text*, each with its rank.

    A word may be part of a longer one, in any case and language. The lower the rank,
    the better the match: words in the title, the id or the date come before words in
    the description, these before words in the citations and their sources, and at
    each of these places whole words before parts of words.

    Args:
        events: The events to search.

        text: The words, separated by spaces.

    Raises:
        ValueError: If *text* is not a string, or contains no word.
    """
    words = text.casefold().split() if isinstance(text, str) else []
    if not words:
        msg = f"expected words to search for, got {text!r}"
        raise ValueError(msg)
    whole = {word: re.compile(rf"\b{re.escape(word)}\b") for word in words}
    sources: dict[str, str] = {}
    for event in events:
        places = [_joined(place) for place in _places(event, sources)]
        rank = 0
        for word in words:
            place = next((n for n, each in enumerate(places) if word in each), None)
            if place is None:
                break
            rank += 2 * place + (whole[word].search(places[place]) is None)
        else:
            yield event, rank


def _joined(parts: Iterable[object]) -> str:
    return "\n".join(str(part) for part in parts if part is not None).casefold()


def _places(event: Event, sources: dict[str, str]) -> Iterator[list[object]]:
    yield [*event.title.translations.values(), event.id, event.date, event.until]
    described = event.description
    yield [] if described is None else [*described.translations.values()]
    cited: list[object] = []
    for each in event.citations:
        source = each.source
        if source.id not in sources:  # Each is described once.
            sources[source.id] = _joined(_described(source))
        cited += (each.says, each.date, each.until, each.locator, sources[source.id])
    yield cited


def _described(source: Source) -> list[str | None]:
    return [
        source.id,
        source.title,
        source.publisher,
        source.symbol,
        source.url,
        source.note,
    ]
