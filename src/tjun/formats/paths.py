"""
The addresses of the pages of the site, to which other formats link.
"""

from __future__ import annotations

import re
from typing import Any

import attrs

from tjun import web_address

__all__ = ["base_address", "directory_name", "event_page"]

# As in RFC 3986, with the characters that a sitemap can have.
_BASE = re.compile(
    r"https?://(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\])(?::([0-9]{1,5}))?"
    r"(?:/(?:[\w.~!$&'()*+,;=:@/-]|%[0-9a-f]{2})*)?",
    re.ASCII | re.IGNORECASE,
)
_LONGEST = 1_000  # Sitemaps allow 2,048 characters for the address of a page.
_LAST_PORT = 65_535
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


def base_address(_: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    """
    Reject anything but an address to which a path can be added. `None` is allowed.
    """
    web_address(_, attribute, value)
    if value is None:
        return
    if "?" in value or "#" in value:
        msg = f"expected an address without ? and #, got {value!r}"
        raise ValueError(msg)
    match = _BASE.fullmatch(value)
    if match is None or len(value) > _LONGEST:
        msg = (
            "expected an address of ASCII letters and digits such as"
            " https://xn--e1aybc.example/un/, in which other letters are written as %"
            f" and two digits, got {value!r}"
        )
        raise ValueError(msg)
    if match[1] is not None and not 0 < int(match[1]) <= _LAST_PORT:
        msg = f"expected a port from 1 to {_LAST_PORT}, got {value!r}"
        raise ValueError(msg)
