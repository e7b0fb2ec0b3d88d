"""
The calendars of the site in one language.

An event is in several of them, with the same entries, so each entry is made only once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import attrs

from tjun import Anniversary, Chronology, Event, Events, ExportRequest, Language
from tjun.formats.ics.calendar import CALENDAR_END, calendar_head, download_head
from tjun.formats.ics.entries import Entries
from tjun.formats.ics.options import IcsOptions
from tjun.formats.ics.report import too_large

__all__ = ["Feed", "Feeds"]


@attrs.frozen
class Feed:
    """
    A calendar of the site.

    Attributes:
        path: The path of its file within the directory of its language.

        name: What it contains, as the text of a link.

        content: Its bytes.
    """

    path: str
    name: str
    content: bytes = attrs.field(repr=False)


class Feeds:
    """
    Makes the calendars in one language.

    Args:
        record: The record.

        options: The options that all calendars have in common. `page_url` is the
            address of the site in this language.

        language: The language.

        today: The day from which the years are counted.

    Attributes:
        too_large: The paths of the calendars of which Google Calendar would drop a
            part.
    """

    def __init__(
        self,
        record: Chronology,
        options: IcsOptions,
        language: Language,
        today: dt.date,
    ) -> None:
        self._options, self._today = options, today
        self.too_large: list[str] = []
        self._request = ExportRequest(
            chronology=record, options=options, language=language, today=today
        )
        self._writers: dict[str, Entries] = {}
        self._entries: dict[tuple[str, int], bytes] = {}

    def feed(
        self,
        path: str,
        name: str,
        events: Collection[Event],
        *,
        title: str | None,
        jubilees: bool = False,
    ) -> Feed | None:
        """
        Return the calendar of some events, or `None` if it would be empty.

        Args:
            path: The path of the file in the directory of the language.

            name: What it contains, as the text of a link.

            events: The events.

            title: The name that calendar programs show; by default, that of a
                calendar of the whole record.

            jubilees: Whether to include nothing but jubilees.
        """
        found = self.anniversaries(events, jubilees=jubilees)
        if not found:
            return None
        options = attrs.evolve(
            self._options,
            name=title,
            feed_url=f"{self._options.page_url}{path}",
        )
        head = calendar_head(attrs.evolve(self._request, options=options))
        content = b"".join([head, *map(self._entry, found), CALENDAR_END])
        if too_large(len(found), len(content)):
            self.too_large.append(path)
        return Feed(path, name, content)

    def download(self, path: str, event: Event) -> Feed | None:
        """
        Return a file with the entry of an event itself, in whichever year it is.

        There is none if the day is not known.
        """
        year = event.date.anchor.year
        found = Events([event]).anniversaries(since=year, until=year, show="all")
        entries = b"".join(map(self._entry, found))
        if not entries:
            return None
        content = download_head(self._request.language) + entries + CALENDAR_END
        return Feed(path, event.title.in_(self._request.language), content)

    def anniversaries(
        self, events: Collection[Event], *, jubilees: bool = False
    ) -> list[Anniversary]:
        """
        Return the anniversaries of *events* in the years of the calendars.
        """
        found = self._options.anniversaries(Events(events), self._today)
        return [each for each in found if each.jubilee or not jubilees]

    def _entry(self, each: Anniversary) -> bytes:
        key = (each.event.id, each.date.anchor.year)
        if key not in self._entries:
            writer = self._writers.get(each.event.id)
            if writer is None:
                writer = Entries(each.event, self._request)
                self._writers[each.event.id] = writer
            self._entries[key] = writer.entry(each)
        return self._entries[key]
