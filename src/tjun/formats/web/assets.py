"""
The style and the script of the page, and the policy that allows only them.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from importlib.resources import files

import attrs
from markupsafe import Markup

from tjun import File

__all__ = [
    "ICON",
    "Assets",
    "embed_policy",
    "embed_style",
    "read_assets",
    "site_policy",
]

_SPACES = re.compile(r"\s*([{},])\s*|([;:])\s+")

ICON = Markup(
    "data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20viewBox='0%200%2016"
    "%2016'%3E%3Crect%20width='16'%20height='16'%20rx='3'%20fill='%2300609c'/%3E%3Cpath"
    "%20d='M4%203v10M8%206v7M12%209v4'%20stroke='%23fff'%20stroke-width='2'/%3E%3C/svg%3E"
)
"""
The icon of the page: three marks of a timeline.
"""


@attrs.frozen
class Assets:
    """
    The style and the script.

    A single page contains them; all pages of a site load them.

    Attributes:
        style: The content of the style sheet.

        script: The content of the script.
    """

    style: Markup
    script: Markup

    def policy(self, data: str) -> str:
        """
        Return the Content-Security-Policy of a single page, which allows nothing else.

        Args:
            data: The linked data, which browsers do not run but checkers report.
        """
        scripts = f"'{_source(self.script)}' '{_source(data)}'"
        return _policy(scripts, f"'{_source(self.style)}'")

    def addresses(self, root: str) -> dict[str, str]:
        """
        Return the addresses of the style sheet and the script of a site.

        Each contains a hash of the content, so that no browser combines a new page
        with an old style sheet.

        Args:
            root: The address of the site, relative to the page that loads them.
        """
        return {
            "style_url": f"{root}style.css?{_hash(self.style).hex()[:8]}",
            "script_url": f"{root}script.js?{_hash(self.script).hex()[:8]}",
        }

    def files(self) -> Iterator[File]:
        """
        Yield the files of a site.
        """
        yield File("style.css", self.style.encode(), "text/css")
        yield File("script.js", self.script.encode(), "text/javascript")


def site_policy(data: str = "", style: str = "") -> str:
    """
    Return the policy of a page of a site: only the style and the script of the site.

    Args:
        data: The linked data of the page.

        style: The style that the page contains in place of that of the site.
    """
    scripts = f"'self' '{_source(data)}'" if data else "'self'"
    styles = f"'{_source(style)}'" if style else "'self'"
    # Lighthouse asks for robots.txt from within the page.
    return _policy(scripts, styles, forms="'self'") + "; connect-src 'self'"


def embed_style() -> Markup:
    """
    Return the style of the page that other sites embed.
    """
    return _style("embed.css")


def embed_policy() -> str:
    """
    Return the policy of that page.
    """
    return _policy("'none'", f"'{_source(embed_style())}'")


def _policy(scripts: str, styles: str, forms: str = "'none'") -> str:
    return (
        f"default-src 'none'; script-src {scripts}; style-src {styles};"
        f" img-src data:; base-uri 'none'; form-action {forms}"
    )


def read_assets() -> Assets:
    """
    Return the style and the script.
    """
    return Assets(_style("style.css"), Markup(_read("script.js")))  # noqa: S704  # A file of tjun.


def _style(name: str) -> Markup:
    """
    Return a style sheet without unnecessary spaces.
    """
    return Markup(_SPACES.sub(r"\1\2", _read(name)))  # noqa: S704  # A file of tjun.


def _read(name: str) -> str:
    """
    Return a file without indentation and empty lines.
    """
    text = files("tjun.formats.web").joinpath("assets", name).read_text("utf-8")
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _source(text: str) -> str:
    """
    Return what a policy has to contain to allow a script or a style.
    """
    return f"sha256-{base64.b64encode(_hash(text)).decode()}"
