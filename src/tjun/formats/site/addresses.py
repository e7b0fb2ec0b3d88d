"""
Where the files of the site are, and how its pages link to each other.

Pages link to each other with relative addresses, so that the site works at any
address and can be viewed before it is published.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

import attrs
from markupsafe import Markup

from tjun import Language
from tjun.formats.paths import directory_name

__all__ = ["Place", "SiteLinks", "area_path", "event_path", "mission_path"]

INDEX = "index.html"


def event_path(event_id: str) -> str:
    """
    Return the directory of an event.
    """
    return f"events/{directory_name(event_id)}/"


def mission_path(mission_id: str) -> str:
    """
    Return the directory of a mission.
    """
    return f"missions/{directory_name(mission_id)}/"


def area_path(area_id: str) -> str:
    """
    Return the directory of an area.
    """
    return f"areas/{directory_name(area_id)}/"


def _with_slash(url: str) -> str:
    return f"{url.rstrip('/')}/"


@attrs.frozen
class Place:
    """
    The address of a site, and of what it contains.

    Attributes:
        base_url: The address of the site, with a slash at the end.

        languages: The languages of the site, beginning with that of its first page.
    """

    base_url: str = attrs.field(converter=_with_slash)
    languages: tuple[Language, ...]

    @property
    def root(self) -> str:
        """
        The path of the site on its host, such as `/` or `/un/`.
        """
        return urlsplit(self.base_url).path

    def directory(self, language: Language) -> str:
        """
        Return the directory of a language; the first one has none of its own.
        """
        return "" if language == self.languages[0] else f"{language.tag}/"

    def url(self, path: str) -> str:
        """
        Return the whole address of a file or a directory of the site.
        """
        return f"{self.base_url}{path}"

    def to_root(self, path: str) -> str:
        """
        Return the relative address of the site from the page in the directory *path*.
        """
        return "../" * path.count("/") or "./"


class SiteLinks:
    """
    Links from a page to others in the same language.

    Args:
        home: The relative address of the first page in this language.

        numbers: The numbers of the sources by id.

        sources: The relative address of the page that lists the sources with these
            numbers; empty if it is the same page.
    """

    def __init__(
        self, home: str, numbers: Mapping[str, int], sources: str = ""
    ) -> None:
        self._home, self._numbers, self._sources = home, numbers, sources

    def event(self, event_id: str) -> str:
        """
        Return the address of an event.
        """
        return f"{self._home}{event_path(event_id)}"

    def mission(self, mission_id: str) -> str:
        """
        Return the address of a mission.
        """
        return f"{self._home}{mission_path(mission_id)}"

    def area(self, area_id: str) -> str:
        """
        Return the address of an area.
        """
        return f"{self._home}{area_path(area_id)}"

    def source(self, source_id: str) -> str:
        """
        Return the address of the entry of a source.
        """
        return f"{self._sources}#source-{self._numbers[source_id]}"

    def heading(self, address: str, text: Markup) -> Markup:
        """
        Return the heading of an entity, linked to its page.
        """
        return Markup('<a href="{}">{}</a>').format(address, text)
