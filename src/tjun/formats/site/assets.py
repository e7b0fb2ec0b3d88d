"""
The style and the script that all pages of the site share.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.resources import files

import attrs

from tjun import Chronology, File
from tjun.formats.html.assets import assets_for, policy_hash

__all__ = ["SiteAssets", "policy"]


def policy(data: str = "") -> str:
    """
    Return the Content-Security-Policy: only the style and the script of the site.

    Args:
        data: The linked data of the page, which browsers do not run but checkers
            report.
    """
    allowed = f" '{policy_hash(data)}'" if data else ""
    return (
        f"default-src 'none'; script-src 'self'{allowed}; style-src 'self';"
        " img-src data:; base-uri 'none'; form-action 'none'"
    )


@attrs.frozen
class SiteAssets:
    """
    The files that all pages load.

    Attributes:
        style: The content of the style sheet.

        script: The content of the script.
    """

    style: bytes
    script: bytes

    @classmethod
    def of(cls, record: Chronology) -> SiteAssets:
        """
        Return the files for a site about *record*.
        """
        page = assets_for(record.areas)
        return cls(
            f"{page.style}\n{_read('site.css')}".encode(),
            f"{page.script}\n{_read('site.js')}".encode(),
        )

    def addresses(self, root: str) -> dict[str, str]:
        """
        Return the addresses of the style sheet and the script.

        Each contains a hash of the content, so that no browser combines a new page
        with an old style sheet.

        Args:
            root: The address of the site, relative to the page that loads them.
        """
        return {
            "style_url": f"{root}style.css?{_digest(self.style)}",
            "script_url": f"{root}script.js?{_digest(self.script)}",
        }

    def files(self) -> Iterator[File]:
        """
        Yield the files.
        """
        yield File("style.css", self.style, "text/css")
        yield File("script.js", self.script, "text/javascript")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:8]


def _read(name: str) -> str:
    return files("tjun.formats.site").joinpath("assets", name).read_text("utf-8")
