"""
Where links lead: to a part of the page, or to a page of the site.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol
from urllib.parse import quote

from markupsafe import Markup

__all__ = ["Links", "PageLinks", "google_url", "webcal_url"]


class Links(Protocol):
    """
    The addresses that templates link to.
    """

    def event(self, event_id: str) -> str:
        """
        Return the address of an event.
        """
        ...

    def mission(self, mission_id: str) -> str:
        """
        Return the address of a mission.
        """
        ...

    def area(self, area_id: str) -> str:
        """
        Return the address of an area.
        """
        ...

    def source(self, source_id: str) -> str:
        """
        Return the address of the entry of a source.
        """
        ...

    def heading(self, address: str, text: Markup) -> Markup:
        """
        Return the heading of an entity, linked if it has a page of its own.
        """
        ...


class PageLinks:
    """
    Links within a single page.

    The prefixes keep entities of different kinds apart, and from the sections.

    Args:
        numbers: The numbers of the sources by id. They are shorter than the ids, of
            which the page contains about a thousand.
    """

    def __init__(self, numbers: Mapping[str, int]) -> None:
        self._numbers = numbers

    def event(self, event_id: str) -> str:
        """
        Return the address of an event.
        """
        return f"#event-{event_id}"

    def mission(self, mission_id: str) -> str:
        """
        Return the address of a mission.
        """
        return f"#mission-{mission_id}"

    def area(self, area_id: str) -> str:
        """
        Return the address of an area.
        """
        return f"#area-{area_id}"

    def source(self, source_id: str) -> str:
        """
        Return the address of the entry of a source.
        """
        return f"#source-{self._numbers[source_id]}"

    def heading(self, address: str, text: Markup) -> Markup:
        """
        Return the heading of an entity, without a link to itself.
        """
        del address
        return text


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
