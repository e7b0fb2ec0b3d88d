"""
An event as linked data of schema.org, which search engines read.
"""

from __future__ import annotations

import json

from markupsafe import Markup

from tjun import Event
from tjun.formats.html.view import Page

__all__ = ["event_json_ld"]


def event_json_ld(page: Page, event: Event, url: str) -> Markup:
    """
    Return the data of *event*, safe to be put into a `script` element.

    Args:
        page: The page of the whole record.

        event: The event; its dates are written as precisely as they are known.

        url: The address of its page.
    """
    data = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": url,
        "url": url,
        "name": page.text(event.title),
        "startDate": str(event.date),
    }
    if event.until is not None:
        data["endDate"] = str(event.until)
    if event.description is not None:
        data["description"] = page.text(event.description)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # So that nothing in a text can end the element or begin a comment.
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704  # Escaped above.
