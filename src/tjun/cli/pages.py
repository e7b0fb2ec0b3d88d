"""
The page about one event, mission, membership, area or source.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from tjun.chronology.chronology import Chronology
from tjun.cli.finding import Thing
from tjun.cli.layout import Line, line, paragraph
from tjun.cli.tables import (
    Page,
    accounts,
    alternative,
    event_page,
    mission_lines,
    source_heading,
)
from tjun.locales.language import Language
from tjun.model.entities import Citation, CooperationArea, Event, Source
from tjun.model.kinds import EventStatus
from tjun.model.missions import Membership, Mission

__all__ = ["thing_page"]


def thing_page(
    thing: Thing, record: Chronology, today: dt.date, language: Language
) -> Page:
    """
    Return the page about a thing, with the ids of what belongs to it.
    """
    match thing:
        case Event():
            return lambda width: _event(thing, record, width, language)
        case Mission():
            return lambda width: _mission(thing, record, today, width, language)
        case Membership():
            return lambda width: _membership(thing, today, width, language)
        case CooperationArea():
            return lambda width: _area(thing, record, width, language)
    return lambda width: _source(thing, record, width, language)


def _heading(title: str, id: str, width: int) -> Iterator[Line]:  # noqa: A002  # As in the model.
    yield from paragraph(title, width, style="bold")
    yield line(id, "dim")


def _event(
    event: Event, record: Chronology, width: int, language: Language
) -> Iterator[Line]:
    yield from _heading(event.title.in_(language), event.id, width)
    missions = [mission for mission in record.missions if event in mission.events]
    notes = [language.format_span(event.date, event.until)]
    if event.yearly:
        notes.append(language.label("yearly"))
    if event.status is EventStatus.ANNOUNCED:
        notes.append(language.label("announced"))
    notes += [area.name.in_(language) for area in event.areas]
    notes += [mission.acronym for mission in missions]
    yield from paragraph(" · ".join(notes), width)
    if event.description is not None:
        yield line()
        yield from paragraph(event.description.in_(language), width)
    if event.disputed:
        yield line()
        yield line(language.label("disputed"), "bold")
        yield from accounts(event, width, language, brief=True)
    yield line()
    yield line(language.label("sources"), "bold")
    for citation in event.citations:
        yield from _citation(citation, width, language)
    related = list(_related(event, record, missions, language))
    if related:
        yield line()
        yield line(language.label("related_events"), "bold")
        for label, other in related:
            what = f"{label}: {other.title.in_(language)}"
            yield from paragraph(what, width, indent=2)
            yield ((" " * 4, ""), *line(other.id, "dim"))


def _related(
    event: Event, record: Chronology, missions: Iterable[Mission], language: Language
) -> Iterator[tuple[str, Event]]:
    if event.marks is not None:
        yield language.label("marks"), event.marks
    for other in record.events:
        if other.marks is not None and other.marks.id == event.id:
            yield language.label("yearly"), other
    for other in record.events:
        if any(_names(citation, event) for citation in other.citations):
            yield language.label("disputed"), other
    for mission in missions:
        for label, end in (("opened", mission.opening), ("closed", mission.closing)):
            if end is not None and end.id != event.id:
                yield f"{mission.acronym}, {language.label(label)}", end


def _names(citation: Citation, event: Event) -> bool:
    return citation.alternative is not None and citation.alternative.id == event.id


def _citation(citation: Citation, width: int, language: Language) -> Iterator[Line]:
    source = citation.source
    when = language.format_span(citation.date, citation.until)
    parts = [f"{source.title} – {source.publisher}"]
    parts += filter(None, (source.symbol, citation.locator))
    if not citation.verified:
        parts.append(language.label("not_verified"))
    what = f": {', '.join(parts)} [{source.id}]"
    yield from paragraph(what, width, indent=2, lead=when)
    for more in filter(None, (citation.says, alternative(citation, language))):
        yield from paragraph(more, width, indent=4)
    if source.note is not None:
        yield from paragraph(source.note, width, indent=4, style="dim")
    if source.url is not None:
        yield ((" " * 4, ""), *line(source.url, "dim"))


def _events(events: Iterable[Event], width: int, language: Language) -> Iterator[Line]:
    listed = list(events)
    if listed:
        yield line()
        yield from event_page(listed, language)(width)


def _mission(
    mission: Mission,
    record: Chronology,
    today: dt.date,
    width: int,
    language: Language,
) -> Iterator[Line]:
    yield from mission_lines(mission, today, width, language)
    others = [("predecessor", mission.predecessor)]
    others += [
        ("successor", each)
        for each in record.missions
        if each.predecessor is not None and each.predecessor.id == mission.id
    ]
    for label, other in others:
        if other is not None:
            name = f"{other.name.in_(language)} ({other.acronym}) [{other.id}]"
            text = f"{language.label(label)}: {name}"
            yield from paragraph(text, width, indent=2)
    yield from _events(mission.events, width, language)


def _membership(
    membership: Membership, today: dt.date, width: int, language: Language
) -> Iterator[Line]:
    name = f"{membership.organization.in_(language)} ({membership.acronym})"
    yield from _heading(name, membership.id, width)
    end = membership.end
    until = language.label("today") if end is None else language.format_date(end)
    years = language.count("years", membership.years(today))
    since = language.format_date(membership.since)
    yield from paragraph(f"{since} – {until} · {years}", width)
    events = filter(None, (membership.recommendation, membership.admission))
    yield from _events(events, width, language)


def _area(
    area: CooperationArea, record: Chronology, width: int, language: Language
) -> Iterator[Line]:
    yield from _heading(area.name.in_(language), area.id, width)
    if area.description is not None:
        yield from paragraph(area.description.in_(language), width)
    for citation in area.citations:
        source = citation.source
        text = f"{source.title} – {source.publisher} [{source.id}]"
        yield from paragraph(
            f": {text}", width, indent=2, lead=language.label("source")
        )
        if citation.says:
            yield from paragraph(citation.says, width, indent=4)
    yield from _events(record.events.where(area=area), width, language)


def _source(
    source: Source, record: Chronology, width: int, language: Language
) -> Iterator[Line]:
    yield from source_heading(source, width, language)
    notes = []
    if source.published is not None:
        day = language.format_date(source.published)
        notes.append(f"{language.label('published')}: {day}")
    if source.accessed is not None:
        day = language.format_date(source.accessed)
        notes.append(language.label("read_on", date=day))
    if notes:
        yield from paragraph(" · ".join(notes), width, indent=2)
    if source.note is not None:
        yield from paragraph(source.note, width, indent=2)
    yield from _events(record.events.where(source=source), width, language)
