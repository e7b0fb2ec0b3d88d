"""
The record as linked data of schema.org, which search engines read.

Dates are as precise as they are known, or else intervals: schema.org has no other way
to express that a date is uncertain.
"""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from tjun import Event, Membership, Mission, PartialDate, Text, one_line
from tjun.formats.html.links import Links
from tjun.formats.html.view import Page

__all__ = ["event_json_ld", "json_ld"]


def json_ld(page: Page, links: Links) -> Markup:
    """
    Return the data of the record, safe to be put into a `script` element.

    Args:
        page: The page of the whole record.

        links: The addresses that identify events and missions, the same in all
            languages.
    """
    record = page.record
    graph = [
        _dataset(page, links),
        *(_mission(page, links, each) for each in record.missions),
        *(_membership(page, each) for each in record.memberships),
        *(_event(page, links, each) for each in record.events),
    ]
    return _script({"@graph": [_known(each) for each in graph]})


def event_json_ld(page: Page, links: Links, event: Event, url: str) -> Markup:
    """
    Return the data of *event*, whose page is at *url*.
    """
    known = event.description
    description = None if known is None else page.text(known)
    data = {**_event(page, links, event), "url": url, "description": description}
    return _script(_known(data))


def _script(data: dict[str, Any]) -> Markup:
    whole = {"@context": "https://schema.org", **data}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    # So that nothing in a text can end the element or begin a comment.
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704  # Escaped above.


def _dataset(page: Page, links: Links) -> dict[str, Any]:
    record = page.record
    return {
        "@type": "Dataset",
        "@id": f"{links.home}#record",
        "name": page.title,
        "description": page.description,
        "inLanguage": page.language.tag,
        "url": page.options.page_url,
        "license": page.licence_url or page.licence,
        "creator": _named(page, "Organization", record.publisher),
        "dateModified": None if page.updated is None else page.updated.isoformat(),
        "temporalCoverage": page.coverage,
    }


def _event(page: Page, links: Links, event: Event) -> dict[str, Any]:
    return {
        "@type": "Event",
        "@id": links.event(event.id),
        "name": page.text(event.title),
        "startDate": _date(event.date),
        "endDate": _date(event.until),
        "location": _named(page, "Place", event.place),
    }


def _mission(page: Page, links: Links, mission: Mission) -> dict[str, Any]:
    return {
        "@type": "Organization",
        "@id": links.mission(mission.id),
        "name": page.text(mission.name),
        "alternateName": mission.acronym and one_line(mission.acronym),
        "foundingDate": _date(mission.start),
        "dissolutionDate": _date(mission.end),
    }


def _membership(page: Page, membership: Membership) -> dict[str, Any]:
    return {
        "@type": "Organization",
        "name": page.text(membership.organization),
        "alternateName": one_line(membership.acronym),
    }


def _named(page: Page, kind: str, name: Text | None) -> dict[str, str] | None:
    return None if name is None else {"@type": kind, "name": page.text(name)}


def _date(date: PartialDate | None) -> str | None:
    """
    Return a date as ISO 8601 has it; anything but a year, month or day is an interval.
    """
    if date is None:
        return None
    if date.year is not None and date.qualifier is None:
        return str(date)
    ends = (date.earliest, date.latest) if date.qualifier is None else date.reach
    return "/".join(".." if each is None else str(each) for each in ends)


def _known(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value is not None}
