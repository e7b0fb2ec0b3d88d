"""
The style and the script of the page, and the policy that allows only them.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from importlib.resources import files

import attrs
from markupsafe import Markup

from tjun import CooperationArea

__all__ = ["ICON", "Assets", "assets_for", "policy_hash"]

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
    What the page contains instead of loading it.

    Attributes:
        style: The content of the `style` element.

        script: The content of the `script` element.
    """

    style: Markup
    script: Markup

    def policy(self, data: str) -> str:
        """
        Return the Content-Security-Policy, which allows nothing else.

        Args:
            data: The linked data, which browsers do not run but checkers report.
        """
        scripts = " ".join(f"'{policy_hash(text)}'" for text in (self.script, data))
        rules = [
            "default-src 'none'",
            f"script-src {scripts}",
            f"style-src '{policy_hash(self.style)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
        return "; ".join(rules)


def assets_for(areas: Iterable[CooperationArea]) -> Assets:
    """
    Return the style and the script of a page with filters for *areas*.
    """
    rules = [_only_with("disputed")]
    for area in areas:  # The id of an area is a slug, so it can be part of a selector.
        rules.append(_only_with(f"in-{area.id}"))
        rules.append(_hide_decades(f"in-{area.id}", "disputed"))
    style = "\n".join([_read("style.css"), *rules])
    return Assets(style=Markup(style), script=Markup(_read("script.js")))  # noqa: S704  # Files of tjun.


def _only_with(name: str) -> str:
    """
    Return rules that hide the events without the class *name*, if it is chosen.
    """
    hidden = f"main:has(#only-{name}:checked) .event:not(.{name}){{display:none}}"
    return f"{hidden}\n{_hide_decades(name)}"


def _hide_decades(*names: str) -> str:
    """
    Return a rule that hides the decades in which no event has all chosen classes.
    """
    chosen = "".join(f":has(#only-{name}:checked)" for name in names)
    classes = "".join(f".{name}" for name in names)
    return f"main{chosen} .decade:not(:has({classes})){{display:none}}"


def _read(name: str) -> str:
    """
    Return a file without indentation and empty lines.
    """
    text = files("tjun.formats.html").joinpath("assets", name).read_text("utf-8")
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def policy_hash(text: str) -> str:
    """
    Return what a policy has to contain to allow a script or a style.
    """
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
