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

from tjun.model.entities import CooperationArea

__all__ = ["ICON", "Assets", "assets_for"]

ICON = Markup(
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'"
    "%3E%3Crect width='16' height='16' rx='3' fill='%2300609c'/%3E%3Cpath d='M4 3v10M8"
    " 6v7M12 9v4' stroke='%23fff' stroke-width='2'/%3E%3C/svg%3E"
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

    @property
    def policy(self) -> str:
        """
        The Content-Security-Policy, which allows nothing else.
        """
        rules = [
            "default-src 'none'",
            f"script-src '{_hash(self.script)}'",
            f"style-src '{_hash(self.style)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
        return "; ".join(rules)


def assets_for(areas: Iterable[CooperationArea]) -> Assets:
    """
    Return the style and the script of a page with filters for *areas*.
    """
    rules = [_only_with("disputed", "disputed")]
    # The id of an area is a slug, so it can be part of a selector.
    rules += (_only_with(f"show-{area.id}", f"in-{area.id}") for area in areas)
    style = "\n".join([_read("style.css"), *rules])
    return Assets(style=Markup(style), script=Markup(_read("script.js")))  # noqa: S704  # Our own files.


def _only_with(control: str, name: str) -> str:
    """
    Return a rule that hides the events without the class *name*.
    """
    chosen = f"main:has(#{control}:checked)"
    return (
        f"{chosen} .event:not(.{name}),"
        f"{chosen} .decade:not(:has(.{name})){{display:none}}"
    )


def _read(name: str) -> str:
    """
    Return a file without indentation and empty lines.
    """
    text = files("tjun.formats.html").joinpath("assets", name).read_text("utf-8")
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
