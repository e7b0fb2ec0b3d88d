"""
The page about one event, mission, membership, area or source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

import attrs
from rich.console import Console
from rich.text import Text

from tjun.cli.columns import View
from tjun.cli.rows import membership_years, mission_years, with_acronym
from tjun.locales.language import Language
from tjun.model.entities import Citation, CooperationArea, Event, Source
from tjun.model.kinds import EventStatus
from tjun.model.missions import Membership, Mission
from tjun.model.text import escape_controls, sentence


@attrs.frozen
class Line:
    """
    A paragraph.

    Attributes:
        text: The text.

        indent: How many spaces come before each line.

        lead: Text before it, in bold.

        style: The style of the text.

        whole: Whether it is never wrapped, so that it can be copied.
    """

    text: str
    indent: int = 0
    lead: str = ""
    style: str = ""
    whole: bool = False


def print_lines(console: Console, lines: Iterable[Line]) -> None:
    """
    Print paragraphs, which are wrapped only on a terminal.
    """
    for line in lines:
        text = Text.assemble(
            (escape_controls(line.lead), "bold"),
            (escape_controls(line.text), line.style),
        )
        parts: Iterable[Text] = [text]
        if console.is_terminal and not line.whole:
            parts = text.wrap(console, max(1, console.width - line.indent))
        for part in parts:
            console.print(Text(" " * line.indent) + part, soft_wrap=True)


def lines_about(thing: Any, view: View) -> Iterator[Line]:
    """
    Yield the page about a thing, with the ids of what belongs to it.
    """
    match thing:
        case Event():
            yield from _event(thing, view)
        case Mission():
            yield from _mission(thing, view)
        case Membership():
            yield from _membership(thing, view)
        case CooperationArea():
            yield from _area(thing, view)
        case _:
            yield from _source(thing, view)


def _id(text: str, indent: int = 0) -> Line:
    return Line(text, indent, style="dim", whole=True)


def _section(label: str, lines: Iterable[Line], view: View) -> Iterator[Line]:
    listed = list(lines)
    if listed:
        yield Line("")
        yield Line(view.language.label(label), style="bold")
        yield from listed


def _event(event: Event, view: View) -> Iterator[Line]:
    language = view.language
    missions = [each for each in view.record.missions if event in each.events]
    yield Line(event.title.in_(language), style="bold")
    yield _id(event.id)
    notes = [language.format_span(event.date, event.until)]
    if event.yearly:
        notes.append(language.label("yearly"))
    if event.status is EventStatus.ANNOUNCED:
        notes.append(language.label("announced"))
    notes += [area.name.in_(language) for area in event.areas]
    notes += [mission.acronym or mission.name.in_(language) for mission in missions]
    if event.place is not None:
        notes.append(event.place.in_(language))
    yield Line(" · ".join(notes))
    if event.description is not None:
        yield Line("")
        yield Line(event.description.in_(language))
    if event.disputed:
        yield from _section("disputed", _accounts(event, view), view)
        if event.reason is not None:
            yield Line(event.reason.in_(language), 2)
    yield from _section("corrections", _corrections(event, view), view)
    sources = (each for c in event.citations for each in _citation(c, view))
    yield from _section("sources", sources, view)
    yield from _section("related_events", _related(event, missions, view), view)


def _accounts(event: Event, view: View) -> Iterator[Line]:
    for account in event.accounts:
        note = f" ({view.language.label('date_used')})" if account.used else ""
        span = view.language.format_span(account.date, account.until)
        yield Line(note, 2, lead=span)
        names = (
            each.source.publisher.name.in_(view.language) for each in account.citations
        )
        yield Line("; ".join(dict.fromkeys(names)), 4)


def _corrections(event: Event, view: View) -> Iterator[Line]:
    for each in event.corrections:
        day = view.language.format_date(each.on)
        yield Line(f": {each.note.in_(view.language)}", 2, lead=day)


def _named(source: Source, language: Language) -> str:
    name = source.name(language)
    title = f"“{name}”" if source.title is not None else f"[{name}]"
    return f"{title} – {source.publisher.name.in_(language)}"


def _addresses(source: Source, language: Language, indent: int) -> Iterator[Line]:
    """
    Yield the address for readers, and the copy that was read.
    """
    if (address := source.address_in(language)) is not None:
        yield _id(address, indent)
    if source.copy_url is not None:
        host = urlsplit(source.copy_url).hostname
        yield Line(sentence(language.label("copy_at", host=host)), indent)
        yield _id(source.copy_url, indent)


def _citation(citation: Citation, view: View) -> Iterator[Line]:
    source, language = citation.source, view.language
    parts = [_named(source, language)]
    parts += filter(None, (source.symbol, citation.locator))
    if not citation.verified:
        parts.append(language.label("not_verified"))
    when = language.format_span(citation.date, citation.until)
    yield Line(f": {', '.join(parts)} [{source.id}]", 2, lead=when)
    if citation.as_written is not None:
        yield Line(f"“{citation.as_written}”", 4)
    if citation.says is not None:
        yield Line(citation.says.in_(language), 4)
    if citation.alternative is not None:
        other = citation.alternative
        what = f"{other.title.in_(language)} [{other.id}]"
        label = language.label("describes_another_event", event=what)
        yield Line(sentence(label), 4)
    if source.note is not None:
        yield Line(source.note.in_(language), 4, style="dim")
    yield from _addresses(source, language, 4)


def _related(event: Event, missions: Iterable[Mission], view: View) -> Iterator[Line]:
    related = [("marks", event.marks)]
    for other in view.record.events:
        if other.marks is not None and other.marks.id == event.id:
            related.append(("yearly", other))
        alternatives = (each.alternative for each in other.citations)
        if any(each is not None and each.id == event.id for each in alternatives):
            related.append(("disputed", other))
    for label, each in related:
        yield from _reference(view.language.label(label), each, view)
    for mission in missions:
        for label, end in (("opened", mission.opening), ("closed", mission.closing)):
            if end is not event:
                name = mission.acronym or mission.name.in_(view.language)
                name = f"{name}, {view.language.label(label)}"
                yield from _reference(name, end, view)


def _reference(label: str, event: Event | None, view: View) -> Iterator[Line]:
    if event is not None:
        yield Line(f"{label}: {event.title.in_(view.language)}", 2)
        yield _id(event.id, 4)


def _events(events: Iterable[Event | None], view: View) -> Iterator[Line]:
    lines = (
        line
        for event in events
        if event is not None
        for line in _reference(
            view.language.format_span(event.date, event.until)
            + (" *" if event.disputed else ""),
            event,
            view,
        )
    )
    return _section("events", lines, view)


def _mission(mission: Mission, view: View) -> Iterator[Line]:
    language = view.language
    name = with_acronym(mission.name.in_(language), mission.acronym)
    yield Line(name, style="bold")
    yield _id(mission.id)
    until = "" if mission.end is None else language.format_date(mission.end)
    if mission.end is None and mission.start.anchor <= view.today:
        until = language.label("today")
    notes = [
        f"{language.format_date(mission.start)} – {until}".rstrip(),
        language.count("years", mission_years(mission, view)),
        *([] if mission.seat is None else [mission.seat.in_(language)]),
    ]
    yield Line(" · ".join(notes))
    if mission.mandate is not None:
        yield Line(mission.mandate.in_(language))
    for head in mission.heads:
        start, end = (
            "" if date is None else language.format_date(date)
            for date in (head.start, head.end)
        )
        time = f": {f'{start} – {end}'.strip()}" if start or end else ""
        yield Line(f"{head.person}, {head.title.in_(language)}{time}", 2)
    others = [("predecessor", mission.predecessor)]
    others += [
        ("successor", each)
        for each in view.record.missions
        if each.predecessor is not None and each.predecessor.id == mission.id
    ]
    for label, other in others:
        if other is not None:
            name = with_acronym(other.name.in_(language), other.acronym)
            yield Line(f"{language.label(label)}: {name} [{other.id}]", 2)
    yield from _events(mission.events, view)


def _membership(membership: Membership, view: View) -> Iterator[Line]:
    language, end = view.language, membership.end
    name = f"{membership.organization.in_(language)} ({membership.acronym})"
    yield Line(name, style="bold")
    yield _id(membership.id)
    until = language.label("today") if end is None else language.format_date(end)
    notes = [f"{language.format_date(membership.since)} – {until}"]
    if (years := membership_years(membership, view)) is not None:
        notes.append(language.count("years", years))
    if membership.member is not None:
        notes.insert(0, membership.member.in_(language))
    yield Line(" · ".join(notes))
    events = (membership.recommendation, membership.admission, membership.withdrawal)
    yield from _events(events, view)


def _area(area: CooperationArea, view: View) -> Iterator[Line]:
    yield Line(area.name.in_(view.language), style="bold")
    yield _id(area.id)
    if area.description is not None:
        yield Line(area.description.in_(view.language))
    for citation in area.citations:
        source = citation.source
        text = f": {_named(source, view.language)} [{source.id}]"
        yield Line(text, 2, lead=view.language.label("source"))
        if citation.says is not None:
            yield Line(citation.says.in_(view.language), 4)
    yield from _events(view.events[area.id], view)


def _source(source: Source, view: View) -> Iterator[Line]:
    language = view.language
    kind = language.label(f"publisher_{source.publisher.kind}")
    yield Line(f" · {kind}", lead=source.id)
    what = filter(None, (source.author, _named(source, language), source.symbol))
    yield Line(", ".join(what), 2)
    yield from _addresses(source, language, 2)
    notes = []
    if source.published is not None:
        day = language.format_date(source.published)
        notes.append(f"{language.label('published')}: {day}")
    if source.accessed is not None:
        day = language.format_date(source.accessed)
        notes.append(language.label("read_on", date=day))
    if notes:
        yield Line(" · ".join(notes), 2)
    if source.note is not None:
        yield Line(source.note.in_(language), 2)
    yield from _events(view.events[source.id], view)
