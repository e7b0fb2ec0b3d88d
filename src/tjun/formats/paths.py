"""
The addresses of the pages of the site, to which other formats link.
"""

from __future__ import annotations

import re

__all__ = ["directory_name", "event_page"]

_DEVICE = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")


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
