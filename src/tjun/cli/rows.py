"""
Plain data for `--json`, as described by `output.schema.json`.

Every key is always present; its value is null if it is not known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from tjun.chronology.anniversaries import Anniversary
from tjun.chronology.chronology import Chronology
from tjun.cli.finding import Thing
from tjun.locales.language import Language
from tjun.model.dates import PartialDate
from tjun.model.entities import Citation, CooperationArea, Event, Source
from tjun.model.missions import Membership, Mission, Post
from tjun.model.text import Text

__all__ = [
    "Row",
    "anniversary_row",
    "area_row",
    "days_left",
    "ends",
    "event_row",
    "mission_row",
    "mission_years",
    "source_row",
    "thing_row",
    "timeline_row",
]

Row = dict[str, Any]

_DAYS_A_YEAR = 365.2425


def days_left(each: Anniversary, today: dt.date) -> int:
    """
    Return the days until an anniversary; 0 on the day, or within its month.
    """
    return max(0, (each.date.earliest - today).days)


def anniversary_row(each: Anniversary, today: dt.date, language: Language) -> Row:
    """
    Return an anniversary as data.
    """
    return {
        "date": str(each.date),
        "days_left": days_left(each, today),
        "number": each.number,
        "jubilee": each.jubilee,
        "title": each.title(language),
        "event": each.event.id,
        "status": each.event.status.value,
        "disputed": each.event.disputed,
    }


def event_row(event: Event, language: Language) -> Row:
    """
    Return an event as data.
    """
    return {
        "id": event.id,
        "date": str(event.date),
        "until": _date(event.until),
        "title": event.title.in_(language),
        "description": _text(event.description, language),
        "kind": event.kind.value,
        "areas": [area.id for area in event.areas],
        "status": event.status.value,
        "yearly": event.yearly,
        "major": event.major,
        "solemn": event.solemn,
        "disputed": event.disputed,
        "marks": None if event.marks is None else event.marks.id,
        "citations": [_citation(each) for each in event.citations],
    }


def _citation(citation: Citation) -> Row:
    source = citation.source
    other = citation.alternative
    return {
        "source": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "symbol": source.symbol,
        "url": source.url,
        "locator": citation.locator,
        "says": citation.says,
        "date": _date(citation.date),
        "until": _date(citation.until),
        "alternative": None if other is None else other.id,
        "verified": citation.verified,
    }


def mission_row(mission: Mission, today: dt.date, language: Language) -> Row:
    """
    Return a mission as data.
    """
    before = mission.predecessor
    return {
        "id": mission.id,
        "name": mission.name.in_(language),
        "acronym": mission.acronym,
        "seat": mission.seat,
        "mandate": _text(mission.mandate, language),
        "start": str(mission.start),
        "end": _date(mission.end),
        "years": mission_years(mission, today),
        "opening": mission.opening.id,
        "closing": None if mission.closing is None else mission.closing.id,
        "disputed": any(event.disputed for event in ends(mission)),
        "predecessor": None if before is None else before.id,
        "heads": [_head(head, language) for head in mission.heads],
        "events": [event.id for event in mission.events],
    }


def ends(mission: Mission) -> list[Event]:
    """
    Return the opening of a mission, and its closing if it has one.
    """
    return [e for e in (mission.opening, mission.closing) if e is not None]


def mission_years(mission: Mission, today: dt.date) -> float:
    """
    Return how many years a mission lasted, or has lasted by *today*, to a tenth.
    """
    last = today if mission.end is None else mission.end.latest
    days = (last - mission.start.earliest).days + 1
    return round(max(0, days) / _DAYS_A_YEAR, 1)


def _head(head: Post, language: Language) -> Row:
    return {
        "person": head.person,
        "title": head.title.in_(language),
        "start": _date(head.start),
        "end": _date(head.end),
    }


def _membership(membership: Membership, today: dt.date, language: Language) -> Row:
    reason = membership.recommendation
    return {
        "id": membership.id,
        "organization": membership.organization.in_(language),
        "acronym": membership.acronym,
        "since": str(membership.since),
        "end": _date(membership.end),
        "years": membership.years(today),
        "admission": membership.admission.id,
        "recommendation": None if reason is None else reason.id,
        "disputed": membership.admission.disputed,
    }


def area_row(area: CooperationArea, events: Iterable[Event], language: Language) -> Row:
    """
    Return an area, and the ids of its events, as data.
    """
    return {
        "id": area.id,
        "name": area.name.in_(language),
        "description": _text(area.description, language),
        "sources": [citation.source.id for citation in area.citations],
        "events": [event.id for event in events],
    }


def source_row(source: Source, events: Iterable[Event]) -> Row:
    """
    Return a source, and the ids of the events that cite it, as data.
    """
    return {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "kind": source.kind.value,
        "symbol": source.symbol,
        "url": source.url,
        "archive_url": source.archive_url,
        "published": _date(source.published),
        "accessed": None if source.accessed is None else source.accessed.isoformat(),
        "language": source.language,
        "note": source.note,
        "events": [event.id for event in events],
    }


def thing_row(
    thing: Thing, record: Chronology, today: dt.date, language: Language
) -> Row:
    """
    Return a thing and what belongs to it as data; `type` says what it is.
    """
    match thing:
        case Event():
            missions = [m.id for m in record.missions if thing in m.events]
            row = event_row(thing, language)
            return {"type": "event", **row, "missions": missions}
        case Mission():
            return {"type": "mission", **mission_row(thing, today, language)}
        case Membership():
            return {"type": "membership", **_membership(thing, today, language)}
        case CooperationArea():
            events = record.events.where(area=thing)
            return {"type": "area", **area_row(thing, events, language)}
    return {"type": "source", **source_row(thing, record.events.where(source=thing))}


def timeline_row(
    missions: Iterable[Mission],
    areas: dict[str, list[Event]],
    events: Iterable[Event],
    today: dt.date,
    language: Language,
) -> Row:
    """
    Return what a timeline shows as data.
    """
    return {
        "missions": [mission_row(each, today, language) for each in missions],
        "areas": {key: [each.id for each in areas[key]] for key in areas},
        "events": [event_row(each, language) for each in events],
    }


def _date(date: PartialDate | None) -> str | None:
    return None if date is None else str(date)


def _text(text: Text | None, language: Language) -> str | None:
    return None if text is None else text.in_(language)
