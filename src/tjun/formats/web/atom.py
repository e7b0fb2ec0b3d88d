"""
The corrections of a record as a feed for readers (RFC 4287).
"""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree as ET

from tjun.formats.web.links import Links
from tjun.formats.web.view import View

__all__ = ["corrections_feed"]

_NAMESPACE = "http://www.w3.org/2005/Atom"
_MOST = 50  # The latest ones; the page has them all.


def corrections_feed(view: View, links: Links, page_url: str) -> bytes:
    """
    Return the feed.

    Args:
        view: The record in the language of the feed.

        links: The whole addresses of the pages.

        page_url: The address of the page of corrections.
    """
    ET.register_namespace("", _NAMESPACE)
    feed = ET.Element(f"{{{_NAMESPACE}}}feed", {"xml:lang": view.language.tag})
    title = f"{view.title}: {view.language.label('corrections')}"
    days = [each.on for each, _ in view.corrections]
    _add(feed, "title", title)
    _add(feed, "id", page_url)
    _add(feed, "updated", _moment(max(days, default=view.updated or dt.date.min)))
    _add(feed, "link", rel="self", href=f"{page_url}feed.atom")
    _add(feed, "link", href=page_url)
    publisher = view.record.publisher
    author = _add(feed, "author")
    _add(author, "name", view.title if publisher is None else view.text(publisher))
    for each, event in view.corrections[:_MOST]:
        address = links.event_address(event.id)
        place = event.corrections.index(each) + 1
        entry = _add(feed, "entry")
        _add(entry, "title", view.text(event.title))
        _add(entry, "id", f"{address}#correction-{place}")
        _add(entry, "updated", _moment(each.on))
        _add(entry, "link", href=address)
        _add(entry, "summary", view.text(each.note))
    text: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _add(parent: ET.Element, name: str, text: str = "", **more: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{_NAMESPACE}}}{name}", more)
    element.text = text or None
    return element


def _moment(day: dt.date) -> str:
    return f"{day}T00:00:00Z"
