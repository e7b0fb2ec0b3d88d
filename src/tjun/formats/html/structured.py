"""
The record as linked data of schema.org, which search engines read.
"""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from tjun import Event, Membership, Mission, one_line
from tjun.formats.html.links import PageLinks
from tjun.formats.html.options import HtmlOptions
from tjun.formats.html.view import Page

__all__ = ["json_ld"]


def json_ld(page: Page) -> Markup:
    """
    Return the data of *page*, safe to be put into a `script` element.

    Dates are as precise as they are known: schema.org has no other way to express
    that a date is uncertain.
    """
    record = page.record
    graph = [
        _dataset(page),
        *(_mission(page, each) for each in record.missions),
        *(_membership(page, each) for each in record.memberships),
        *(_event(page, each) for each in record.events),
    ]
    data = {"@context": "https://schema.org", "@graph": graph}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # So that nothing in a text can end the element or begin a comment.
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704  # Escaped above.


def _dataset(page: Page) -> dict[str, Any]:
    options: HtmlOptions = page.options
    years = page.years
    return _known(
        {
            "@type": "Dataset",
            "@id": "#record",
            "name": page.title,
            "description": page.description,
            "inLanguage": page.language.tag,
            "url": options.page_url,
            "license": options.licence,
            "dateModified": None if page.updated is None else page.updated.isoformat(),
            "temporalCoverage": None if years is None else f"{years[0]}/{years[1]}",
        }
    )


def _event(page: Page, event: Event) -> dict[str, Any]:
    return _known(
        {
            "@type": "Event",
            "@id": PageLinks(page.numbers).event(event.id),
            "name": page.text(event.title),
            "startDate": str(event.date),
            "endDate": None if event.until is None else str(event.until),
        }
    )


def _mission(page: Page, mission: Mission) -> dict[str, Any]:
    return _known(
        {
            "@type": "Organization",
            "@id": PageLinks(page.numbers).mission(mission.id),
            "name": page.text(mission.name),
            "alternateName": one_line(mission.acronym),
            "foundingDate": str(mission.start),
            "dissolutionDate": None if mission.end is None else str(mission.end),
        }
    )


def _membership(page: Page, membership: Membership) -> dict[str, Any]:
    return {
        "@type": "Organization",
        "name": page.text(membership.organization),
        "alternateName": one_line(membership.acronym),
    }


def _known(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value is not None}
