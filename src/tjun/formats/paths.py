"""
The addresses to which the formats link: pages of the site, and sources.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from tjun.model.entities import Source

__all__ = ["directory_name", "event_page", "source_url"]

_DEVICE = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
_DOCUMENT = re.compile(r"[A-Z]+/[^\s,]+(?: \([0-9]{4}\))?")


def directory_name(own: str) -> str:
    """
    Return the directory of the entity with the id *own*.

    Windows cannot create files with the names of its devices, so these get an
    underscore, which no id contains.
    """
    return f"{own}_" if _DEVICE.fullmatch(own) else own


def event_page(base_url: str, own: str) -> str:
    """
    Return the address of the page of an event.

    Args:
        base_url: The address of the site, with or without a slash at the end.

        own: The id of the event.
    """
    return f"{base_url.rstrip('/')}/events/{directory_name(own)}/"


def source_url(source: Source) -> str | None:
    """
    Return the address of a source.

    If no page was read, it is that of the UN document, without its annexes.
    """
    if source.url is not None or source.symbol is None:
        return source.url
    document = _DOCUMENT.match(source.symbol)
    if document is None:
        return None
    return f"https://undocs.org/{quote(document[0].replace(' ', ''), safe='/()')}"
