"""
Where links lead: to a part of the page, or to a page of the site.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

import attrs
from markupsafe import Markup

from tjun.formats.paths import directory_name

__all__ = ["Links", "SiteLinks", "google_url", "webcal_url"]


@attrs.frozen
class Links:
    """
    The addresses of the parts of a single page.

    The prefixes keep entities of different kinds apart, and from the sections.

    Attributes:
        numbers: The numbers of the sources by id. They are shorter than the ids, of
            which the page contains about a thousand.

        home: The address of the page; empty within it.
    """

    numbers: Mapping[str, int]
    home: str = ""

    def event(self, event_id: str) -> str:
        """
        Return the address of an event.
        """
        return f"{self.home}#event-{event_id}"

    def mission(self, mission_id: str) -> str:
        """
        Return the address of a mission.
        """
        return f"{self.home}#mission-{mission_id}"

    def area(self, area_id: str) -> str:
        """
        Return the address of an area.
        """
        return f"{self.home}#area-{area_id}"

    def source(self, source_id: str) -> str:
        """
        Return the address of the entry of a source.
        """
        return f"{self.home}#source-{self.numbers[source_id]}"

    def heading(self, address: str, text: Markup) -> Markup:
        """
        Return the heading of an entity, linked if it has a page of its own.
        """
        del address
        return text


@attrs.frozen
class SiteLinks(Links):
    """
    The addresses of the pages of a site in one language.

    Attributes:
        sources: The address of the page that lists the sources with these numbers;
            empty within it.
    """

    sources: str = ""

    def event(self, event_id: str) -> str:
        """
        Return the address of an event.
        """
        return f"{self.home}events/{directory_name(event_id)}/"

    def mission(self, mission_id: str) -> str:
        """
        Return the address of a mission.
        """
        return f"{self.home}missions/{directory_name(mission_id)}/"

    def area(self, area_id: str) -> str:
        """
        Return the address of an area.
        """
        return f"{self.home}areas/{directory_name(area_id)}/"

    def source(self, source_id: str) -> str:
        """
        Return the address of the entry of a source.
        """
        return f"{self.sources}#source-{self.numbers[source_id]}"

    def heading(self, address: str, text: Markup) -> Markup:
        """
        Return the heading of an entity, linked to its page.
        """
        return Markup('<a href="{}">{}</a>').format(address, text)


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
