"""
Where links lead: to a part of the page, or to a page of the site.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol
from urllib.parse import quote

from tjun.model.entities import Source
from tjun.model.kinds import SourceKind

__all__ = ["Links", "PageLinks", "google_url", "source_url", "webcal_url"]


class Links(Protocol):
    """
    The addresses that templates link to.
    """

    def event(self, event_id: str) -> str:
        """
        Return the address of an event.
        """

    def mission(self, mission_id: str) -> str:
        """
        Return the address of a mission.
        """

    def area(self, area_id: str) -> str:
        """
        Return the address of an area.
        """

    def source(self, source_id: str) -> str:
        """
        Return the address of the entry of a source.
        """


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


def source_url(source: Source) -> str | None:
    """
    Return the address of a source: the page that was read, or that of a UN document.
    """
    if source.url is not None:
        return source.url
    if source.symbol is None or source.kind is not SourceKind.UN:
        return None
    document = source.symbol.partition(",")[0]  # "A/58/362, annex"
    return f"https://undocs.org/{quote(document, safe='/()')}"
