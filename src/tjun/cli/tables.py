"""
Lists on a terminal: anniversaries, events, missions, disputes, areas and sources.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence

from tjun.chronology.anniversaries import Anniversary
from tjun.cli.layout import Line, Table, line, paragraph
from tjun.cli.rows import days_left, ends, mission_years
from tjun.locales.language import Language
from tjun.model.dates import PartialDate
from tjun.model.entities import Citation, CooperationArea, Event, Source
from tjun.model.kinds import EventStatus
from tjun.model.missions import Mission, Post
from tjun.model.text import sentence

__all__ = [
    "Page",
    "accounts",
    "alternative",
    "anniversary_page",
    "area_page",
    "dispute_page",
    "event_page",
    "mission_lines",
    "mission_page",
    "source_heading",
    "source_page",
    "table_page",
]

Page = Callable[[int], Iterator[Line]]
"""
Returns the lines for a terminal of a given width.
"""


def anniversary_page(
    found: Sequence[Anniversary], today: dt.date, language: Language
) -> Page:
    """
    Return a table of anniversaries with the days left; jubilees have a star.
    """

    def cells(each: Anniversary) -> tuple[str, ...]:
        event = each.event
        known = each.date.day is not None
        left = days_left(each, today)
        return (
            language.format_date(each.date) + (" *" if event.disputed else ""),
            language.weekday(each.date.earliest) if known else "",
            language.count("days", left) + (" ★" if each.jubilee else ""),
            _titled(event, each.title(language), language),
            event.id,
        )

    def page(width: int) -> Iterator[Line]:
        headings = ("date", "weekday", "in_days", "anniversary", "id")
        table = Table(
            headings=[language.label(key) for key in headings],
            rows=[(cells(each), "bold" if each.jubilee else "") for each in found],
            main=3,
            id=4,
        )
        yield from table.lines(width)
        legends = ["jubilee_legend"] if any(each.jubilee for each in found) else []
        if any(each.event.disputed for each in found):
            legends.append("disputed_legend")
        yield from _legend(legends, width, language)

    return _or_nothing(found, page, language)


def event_page(events: Sequence[Event], language: Language) -> Page:
    """
    Return a table of events with their dates, titles and ids.
    """

    def cells(event: Event) -> tuple[str, ...]:
        when = language.format_span(event.date, event.until)
        title = _titled(event, event.title.in_(language), language)
        return (when + (" *" if event.disputed else ""), title, event.id)

    def page(width: int) -> Iterator[Line]:
        table = Table(
            headings=[language.label(key) for key in ("date", "event", "id")],
            rows=[(cells(event), "") for event in events],
            main=1,
            id=2,
        )
        yield from table.lines(width)
        if any(event.disputed for event in events):
            yield from _legend(["disputed_legend"], width, language)

    return _or_nothing(events, page, language)


def _titled(event: Event, title: str, language: Language) -> str:
    if event.status is EventStatus.ANNOUNCED:
        return f"{title} ({language.label('announced')})"
    return title


def _legend(keys: Iterable[str], width: int, language: Language) -> Iterator[Line]:
    labels = [language.label(key) for key in keys]
    if labels:
        yield line()
        for label in labels:
            yield from paragraph(label, width, style="dim")


def _or_nothing(found: Sequence[object], page: Page, language: Language) -> Page:
    if found:
        return page
    return lambda width: paragraph(language.label("nothing_found"), width)


def table_page(
    headings: Sequence[str], rows: Sequence[Sequence[str]], language: Language
) -> Page:
    """
    Return a table whose last column gets the rest of the width.
    """
    keys = [language.label(key) if key else "" for key in headings]
    table = Table(
        headings=keys, rows=[(row, "") for row in rows], main=len(headings) - 1
    )
    return _or_nothing(rows, table.lines, language)


def area_page(
    areas: Sequence[tuple[CooperationArea, Sequence[Event]]], language: Language
) -> Page:
    """
    Return a table of areas with the number of their events.
    """
    rows = [
        (area.id, str(len(events)), area.name.in_(language)) for area, events in areas
    ]
    return table_page(("id", "events", "area"), rows, language)


def mission_page(
    missions: Sequence[Mission], today: dt.date, language: Language
) -> Page:
    """
    Return the missions, with how long each lasted and who led it.
    """

    def page(width: int) -> Iterator[Line]:
        for index, mission in enumerate(missions):
            if index:
                yield line()
            yield from mission_lines(mission, today, width, language)
        if any(event.disputed for each in missions for event in ends(each)):
            yield from _legend(["disputed_legend"], width, language)

    return _or_nothing(missions, page, language)


def mission_lines(
    mission: Mission, today: dt.date, width: int, language: Language
) -> Iterator[Line]:
    """
    Yield the dates, the mandate and the heads of a mission.
    """
    name = f"{mission.name.in_(language)} ({mission.acronym})"
    yield from paragraph(name, width, style="bold")
    yield ((" " * 2, ""), *line(mission.id, "dim"))
    until = _marked(mission.closing, language)
    if mission.closing is None and mission.start.earliest <= today:
        until = language.label("today")
    notes = [
        f"{_marked(mission.opening, language)} – {until}".rstrip(),
        language.count("years", mission_years(mission, today)),
        *filter(None, [mission.seat]),
        language.count("events", len(mission.events)),
    ]
    yield from paragraph(" · ".join(notes), width, indent=2)
    if mission.mandate is not None:
        yield from paragraph(mission.mandate.in_(language), width, indent=2)
    for head in mission.heads:
        yield from paragraph(_head(head, language), width, indent=4)


def _marked(event: Event | None, language: Language) -> str:
    if event is None:
        return ""
    return language.format_date(event.date) + (" *" if event.disputed else "")


def _head(head: Post, language: Language) -> str:
    start, end = (
        "" if date is None else language.format_date(date)
        for date in (head.start, head.end)
    )
    time = f": {f'{start} – {end}'.strip()}" if start or end else ""
    return f"{head.person}, {head.title.in_(language)}{time}"


def dispute_page(events: Sequence[Event], language: Language) -> Page:
    """
    Return the dates of each event, first the one that the record uses.
    """

    def page(width: int) -> Iterator[Line]:
        for index, event in enumerate(events):
            if index:
                yield line()
            yield from paragraph(event.title.in_(language), width, style="bold")
            yield ((" " * 2, ""), *line(event.id, "dim"))
            yield from accounts(event, width, language)

    return _or_nothing(events, page, language)


def accounts(
    event: Event, width: int, language: Language, *, brief: bool = False
) -> Iterator[Line]:
    """
    Yield each date that sources give for an event, first the one in use.

    Args:
        event: The event.

        width: The columns of a line.

        language: The language of dates and labels.

        brief: Whether to name only the publishers, without what the sources say.
    """
    used = (event.date, event.until)
    groups: dict[tuple[PartialDate | None, PartialDate | None], list[Citation]] = {}
    groups[used] = []
    for citation in event.dated_citations:
        same = citation.date == event.date and citation.until in (None, event.until)
        dates = used if same else (citation.date, citation.until)
        groups.setdefault(dates, []).append(citation)
    for dates, citations in groups.items():
        note = f" ({language.label('date_used')})" if dates == used else ""
        lead = language.format_span(*dates)
        yield from paragraph(note, width, indent=2, lead=lead)
        if brief:
            names = dict.fromkeys(each.source.publisher for each in citations)
            yield from paragraph("; ".join(names), width, indent=4)
            continue
        for citation in citations:
            yield from _account(citation, width, language)


def _account(citation: Citation, width: int, language: Language) -> Iterator[Line]:
    parts = [citation.source.publisher, citation.source.id]
    says = f": {citation.says}" if citation.says else ""
    yield from paragraph(" · ".join(parts) + says, width, indent=4)
    if label := alternative(citation, language):
        yield from paragraph(label, width, indent=4, style="dim")


def alternative(citation: Citation, language: Language) -> str:
    """
    Return a sentence that names the event that a source describes instead, if any.
    """
    other = citation.alternative
    if other is None:
        return ""
    what = f"{other.title.in_(language)} [{other.id}]"
    return sentence(language.label("describes_another_event", event=what))


def source_page(
    cited: Sequence[tuple[Source, Sequence[Event]]], language: Language
) -> Page:
    """
    Return sources, each with the events that cite it.
    """

    def page(width: int) -> Iterator[Line]:
        for index, (source, events) in enumerate(cited):
            if index:
                yield line()
            yield from source_heading(source, width, language)
            if events:
                ids = ", ".join(event.id for event in events)
                label = language.label("supports")
                yield from paragraph(f"{label}: {ids}", width, indent=2, style="dim")

    return _or_nothing(cited, page, language)


def source_heading(source: Source, width: int, language: Language) -> Iterator[Line]:
    """
    Yield the id, kind, title, publisher and addresses of a source.
    """
    kind = language.label(f"source_kind_{source.kind.value}")
    yield from paragraph(f" · {kind}", width, lead=source.id)
    what = f"{source.title} – {source.publisher}"
    if source.symbol is not None:
        what = f"{what}, {source.symbol}"
    yield from paragraph(what, width, indent=2)
    for address in filter(None, (source.url, source.archive_url)):
        # An address is never wrapped, so that it can be copied.
        yield ((" " * 2, ""), *line(address, "dim"))
