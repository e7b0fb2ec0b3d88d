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
    Rules,
    Show,
    anniversaries_in,
)
from tjun.model.dates import DateBound, DateLike, as_bound, as_day
from tjun.model.entities import Event, chronological
from tjun.model.sources import Source
from tjun.model.text import Text

__all__ = ["Queries", "matching", "period"]


def period(since: DateBound, until: DateBound) -> tuple[dt.date, dt.date]:
    """
    Return the first and the last day of a period.

    Raises:
        ValueError: If a bound is invalid, or the period ends before it begins.
    """
    first, last = as_bound(since)[0], as_bound(until)[1]
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
        show: Show = "usual",
        leap_day: LeapDay = "feb28",
    ) -> tuple[Anniversary, ...]:
        """
        Return the anniversaries from *since* to *until*, in order.

        Only events known to the day or the month have any. An event that is only
        announced has no anniversaries, but is included itself. If an observance and
        the event that it marks fall on one day, only one of them is included: the
        event if it is major, otherwise the observance.

        Args:
            since: The first year, month or day; the whole date of an anniversary has
                to be within the period.

            until: The last year, month or day, inclusive.

            every: Include only numbers divisible by this. Above 1, the event itself
                (number 0) is not included.

            show: Which anniversaries to include: `usual` (those of major events and
                observances every year, those of others on jubilees, and none of minor
                events), `major` (only those of major events and observances) or
                `all`. The event itself is not affected.

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
            Rules(every=every, show=show, leap_day=leap_day),
            lambda begins, ends, _: first <= begins and ends <= last,
        )
        return tuple(found)

    def upcoming(
        self,
        on: DateLike,
        days: int = 90,
        *,
        every: int = 1,
        show: Show = "usual",
    ) -> tuple[Anniversary, ...]:
        """
        Return the anniversaries in a number of days, in order.

        An anniversary known only to the month is included until the month is over, and
        an event or observance of several days until its last day. In 365 days, each
        event has at most one anniversary, unless it lasts.

        Args:
            on: The first of the days.

            days: How many days there are, including the first; at least 1.

            every: As for `anniversaries()`.

            show: As for `anniversaries()`.

        Raises:
            ValueError: If *on* is not a whole day, *days* is not positive, or an
                option is invalid.
        """
        rules = Rules(every=every, show=show)
        start = as_day(on)
        if type(days) is not int or days < 1:
            msg = f"expected days to be an integer of at least 1, got {days!r}"
            raise ValueError(msg)
        last = min(start.toordinal() + days - 1, dt.date.max.toordinal())
        end = dt.date.fromordinal(last)

        def included(begins: dt.date, ends: dt.date, until: dt.date) -> bool:
            # The month that has begun returns a year later, when it must be complete.
            returns = begins.month == start.month and begins.year > start.year
            return start <= until and (ends if returns else begins) <= end

        # What began in the year before may last until now.
        years = range(max(start.year - 1, dt.MINYEAR), end.year + 1)
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
    yield [*_strings(event.title, event.short), event.id, event.date, event.until]
    yield [*_strings(event.description, event.place)]
    cited: list[object] = []
    for each in event.citations:
        source = each.source
        if source.id not in sources:  # Each is described once.
            sources[source.id] = _joined(_described(source))
        cited += (*_strings(each.says), each.as_written, each.date, each.until)
        cited += (each.locator, sources[source.id])
    yield cited


def _strings(*texts: Text | None) -> Iterator[str]:
    for text in texts:
        if text is not None:
            yield from text.translations.values()


def _described(source: Source) -> list[str | None]:
    return [
        source.id,
        source.title,
        *_strings(source.label, source.publisher.name, source.note),
        source.author,
        source.symbol,
        source.address,
        source.copy_url,
    ]
