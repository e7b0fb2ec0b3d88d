"""
The record as linked data of schema.org, which search engines read.

Dates are as precise as they are known, or else intervals: schema.org has no other way
to express that a date is uncertain.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from tjun import (
    Event,
    EventStatus,
    Membership,
    Mission,
    PartialDate,
    Source,
    Text,
    one_line,
)
from tjun.formats.web.links import Links
from tjun.formats.web.view import View

__all__ = ["event_json_ld", "json_ld"]


def json_ld(view: View, links: Links, downloads: Iterable[str]) -> Markup:
    """
    Return the data of the record, safe to be put into a `script` element.

    Args:
        view: The record.

        links: The addresses that identify events and missions, the same in all
            languages.

        downloads: The addresses of files with the record.
    """
    record = view.record
    graph = [
        _dataset(view, links, downloads),
        *(_mission(view, links, each) for each in record.missions),
        *(_membership(view, each) for each in record.memberships),
    ]
    return _script({"@graph": [_known(each) for each in graph]})


def event_json_ld(view: View, links: Links, event: Event, url: str) -> Markup:
    """
    Return the data of *event*, whose page is at *url*.
    """
    known = event.description
    description = None if known is None else view.text(known)
    data = {
        **_event(view, links, event),
        "url": url,
        "description": description,
        "inLanguage": view.language.tag,
        "citation": [_cited(view, each.source) for each in event.citations],
    }
    return _script(_known(data))


def _script(data: dict[str, Any]) -> Markup:
    whole = {"@context": "https://schema.org", **data}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    # So that nothing in a text can end the element or begin a comment.
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704  # Escaped above.


def _dataset(view: View, links: Links, downloads: Iterable[str]) -> dict[str, Any]:
    record = view.record
    return {
        "@type": "Dataset",
        "@id": f"{links.home}#record",
        "name": view.title,
        "description": view.description,
        "inLanguage": view.language.tag,
        "url": view.url,
        "license": view.licence_url or view.licence,
        "creator": _named(view, "Organization", record.publisher),
        "dateModified": None if view.updated is None else view.updated.isoformat(),
        "temporalCoverage": view.coverage,
        "distribution": [
            {"@type": "DataDownload", "contentUrl": url} for url in downloads
        ]
        or None,
    }


def _event(view: View, links: Links, event: Event) -> dict[str, Any]:
    return {
        "@type": "Event",
        "@id": links.event_address(event.id),
        "name": view.text(event.title),
        "startDate": _date(event.date),
        "endDate": _date(event.until),
        "eventStatus": "https://schema.org/EventScheduled"
        if event.status is EventStatus.ANNOUNCED
        else None,
        "location": _named(view, "Place", event.place),
    }


def _cited(view: View, source: Source) -> dict[str, Any]:
    data = {
        "@type": "CreativeWork",
        "name": view.text(source.name(view.language)),
        "identifier": source.symbol and one_line(source.symbol),
        "publisher": _named(view, "Organization", source.publisher.name),
        "url": source.address_in(view.language) or source.copy_url,
    }
    return _known(data)


def _mission(view: View, links: Links, mission: Mission) -> dict[str, Any]:
    return {
        "@type": "Organization",
        "@id": links.mission(mission),
        "name": view.text(mission.name),
        "alternateName": mission.acronym and one_line(mission.acronym),
        "foundingDate": _date(mission.start),
        "dissolutionDate": _date(mission.end),
    }


def _membership(view: View, membership: Membership) -> dict[str, Any]:
    return {
        "@type": "Organization",
        "name": view.text(membership.organization),
        "alternateName": one_line(membership.acronym),
    }


def _named(view: View, kind: str, name: Text | None) -> dict[str, str] | None:
    return None if name is None else {"@type": kind, "name": view.text(name)}


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
