"""
The calendars of the site in one language.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection

import attrs

from tjun import Chronology, Event, Events, ExportRequest, Language
from tjun.formats.ics.calendar import calendar_of, entry_of
from tjun.formats.ics.options import CalendarOptions, IcsOptions
from tjun.formats.ics.report import too_large

__all__ = ["Feed", "Feeds"]

_ENTRY = b"BEGIN:VEVENT\r\n"


@attrs.frozen(kw_only=True)
class Feed:
    """
    A calendar of the site.

    Attributes:
        own: The path of its file in the directory of feeds, without the suffix.

        name: What it contains, as the text of a link.

        content: Its bytes.

        first: The first year with entries.

        last: The last year with entries.
    """

    own: str
    name: str
    content: bytes = attrs.field(repr=False)
    first: int
    last: int

    @property
    def path(self) -> str:
        """
        The path of its file within the directory of its language.
        """
        return f"feeds/{self.own}.ics"

    @property
    def id(self) -> str:
        """
        The name of its place on the page of all feeds.
        """
        return self.own.replace("/", "-")

    @property
    def entries(self) -> int:
        """
        How many entries it has.
        """
        return self.content.count(_ENTRY)

    @property
    def kilobytes(self) -> int:
        """
        Its size, rounded up.
        """
        return math.ceil(len(self.content) / 1000)

    @property
    def too_large(self) -> bool:
        """
        Whether Google Calendar would drop a part of it.
        """
        return too_large(self.entries, len(self.content))


@attrs.frozen(kw_only=True)
class Feeds:
    """
    Makes the calendars in one language.

    Attributes:
        record: The record.

        options: The options that all calendars have in common.

        url: The address of the site in this language.

        language: The language.

        today: The day from which the years are counted.
    """

    record: Chronology
    options: CalendarOptions
    url: str
    language: Language
    today: dt.date

    def feed(
        self,
        own: str,
        name: str,
        events: Collection[Event],
        *,
        title: str | None,
        jubilees: bool = False,
    ) -> Feed | None:
        """
        Return the calendar of some events, or `None` if it would be empty.

        Args:
            own: The path of the file in the directory of feeds, without the suffix.

            name: What it contains, as the text of a link.

            events: The events.

            title: The name that calendar programs show; by default, that of a
                calendar of the whole record.

            jubilees: Whether to include nothing but jubilees.
        """
        every = self.options.anniversaries(Events(events), self.today)
        found = [each for each in every if each.jubilee or not jubilees]
        if not found:
            return None
        shared = {
            field.name: getattr(self.options, field.name)
            for field in attrs.fields(CalendarOptions)
        }
        options = IcsOptions(
            name=title,
            feed_url=f"{self.url}feeds/{own}.ics",
            page_url=self.url,
            **shared,
        )
        content = b"".join(calendar_of(self._request(options), found))
        first, last = self.options.period(self.today)
        return Feed(own=own, name=name, content=content, first=first, last=last)

    def entry(self, event: Event) -> bytes:
        """
        Return a file with the entry of an event itself, in whichever year it is.

        It is empty if the day is not known.
        """
        return entry_of(event, self._request(IcsOptions(page_url=self.url)))

    def _request(self, options: IcsOptions) -> ExportRequest[IcsOptions]:
        return ExportRequest(
            chronology=self.record,
            options=options,
            language=self.language,
            today=self.today,
        )
