"""
Where the files of the site are, and how its pages link to each other.

Pages link to each other with relative addresses, so that the site works at any
address and can be viewed before it is published.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import attrs

from tjun import Language

__all__ = ["INDEX", "Place"]

INDEX = "index.html"


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
