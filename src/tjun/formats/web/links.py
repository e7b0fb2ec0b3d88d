"""
Where links lead: to a part of the single page, or to a page of the site.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from urllib.parse import quote

import attrs

from tjun import CooperationArea, Event, Mission, Source
from tjun.formats.paths import directory_name

__all__ = ["Links", "SiteLinks", "google_url", "webcal_url"]


@attrs.frozen
class Links:
    """
    The addresses of the parts of a single page.

    The prefixes keep entities of different kinds apart, and from the sections.

    Attributes:
        events: The ids of the events that are shown; there are no links to others.

        numbers: The numbers of the sources by id. They are shorter than the ids, of
            which the page contains about a thousand.

        home: The address of the page; empty within it.
    """

    events: Collection[str]
    numbers: Mapping[str, int]
    home: str = ""

    def event(self, event: Event) -> str | None:
        """
        Return the address of an event, or `None` if it is not shown.
        """
        return self.event_address(event.id) if event.id in self.events else None

    def event_address(self, own: str) -> str:
        """
        Return the address of the event with the id *own*.
        """
        return f"{self.home}#event-{own}"

    def mission(self, mission: Mission) -> str:
        """
        Return the address of a mission.
        """
        return f"{self.home}#mission-{mission.id}"

    def area(self, area: CooperationArea) -> str:
        """
        Return the address of an area.
        """
        return f"{self.home}#area-{area.id}"

    def source(self, source: Source) -> str:
        """
        Return the address of the entry of a source.
        """
        return f"{self.home}#source-{self.numbers[source.id]}"

    def year(self, year: int, years: int = 1) -> str:
        """
        Return the address of the events of a year, or of *years* from it on.
        """
        del years
        return f"{self.home}#year-{year:04}"

    def to(self, section: str) -> str:
        """
        Return the address of a section such as `sources`.
        """
        return f"{self.home}#{section}"


@attrs.frozen
class SiteLinks(Links):
    """
    The addresses of the pages of a site in one language.
    """

    def event_address(self, own: str) -> str:
        """
        Return the address of the page of the event with the id *own*.
        """
        return f"{self.home}events/{directory_name(own)}/"

    def mission(self, mission: Mission) -> str:
        """
        Return the address of the page of a mission.
        """
        return f"{self.home}missions/{directory_name(mission.id)}/"

    def area(self, area: CooperationArea) -> str:
        """
        Return the address of the page of an area.
        """
        return f"{self.home}areas/{directory_name(area.id)}/"

    def year(self, year: int, years: int = 1) -> str:
        """
        Return the address of the page of a year, or of a decade.
        """
        directory = "years" if years == 1 else "decades"
        return f"{self.home}{directory}/{year:04}/"

    def to(self, section: str) -> str:
        """
        Return the address of the page of a section.
        """
        return f"{self.home}{section}/"


def webcal_url(feed_url: str) -> str:
    """
    Return the address with which calendar programs subscribe to a feed.
    """
    return f"webcal:{feed_url.partition(':')[2]}"


def google_url(feed_url: str) -> str:
    """
    Return the address with which Google Calendar subscribes to a feed.
    """
    cid = quote(webcal_url(feed_url), safe="")
    return f"https://calendar.google.com/calendar/render?cid={cid}"
