"""
The commands that show a record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Annotated

from cyclopts import Parameter

from tjun.chronology.anniversaries import Minor
from tjun.chronology.chronology import Chronology
from tjun.chronology.search import search as search_events
from tjun.cli.days import parse_day, parse_day_of_year
from tjun.cli.errors import UsageError
from tjun.cli.finding import find, find_anything
from tjun.cli.parameters import EVENTS, EventFilter, OutputOptions, RecordOptions
from tjun.cli.rows import (
    anniversary_row,
    area_row,
    days_left,
    event_row,
    mission_row,
    mission_years,
    source_row,
    thing_row,
    timeline_row,
)
from tjun.model.entities import CooperationArea, Event, Source
from tjun.model.missions import Mission

__all__ = [
    "areas",
    "disputes",
    "events",
    "missions",
    "on",
    "search",
    "show",
    "sources",
    "timeline",
    "upcoming",
]

_CENTURY = 36_525  # Days.

_FILTER = EventFilter()
_OUTPUT = OutputOptions()
_RECORD = RecordOptions()

_OfEvents = Parameter(group=EVENTS)


def upcoming(
    *,
    days: Annotated[int, _OfEvents] = 90,
    on: Annotated[str | None, _OfEvents] = None,
    every: Annotated[int, _OfEvents] = 1,
    minor: Annotated[Minor, _OfEvents] = "jubilees",
    limit: Annotated[int | None, _OfEvents] = None,
    output: OutputOptions = _OUTPUT,
    choice: EventFilter = _FILTER,
    record: RecordOptions = _RECORD,
) -> None:
    """
    List the coming anniversaries.

    ★ marks a jubilee (every fifth anniversary), and * an event whose sources differ
    on the date. Major events are listed every year, others on their jubilees.

    Args:
        days: How many days to look ahead, at most 36525 (a hundred years).

        on: The day from which to look: 2027-03-02, "2 March", tomorrow; by default
            today.

        every: Only anniversaries divisible by this number: 5 for jubilees.

        minor: Which anniversaries of events that are not major to list.

        limit: Only so many anniversaries.
    """
    _check_range("--days", days, 0, _CENTURY)
    _check_range("--every", every, 1, None)
    if limit is not None:
        _check_range("--limit", limit, 1, None)
    today = _day(on, "--on", output)
    chronology = choice.chronology(record.chronology())
    found = chronology.upcoming(today, days, every=every, minor=minor)[:limit]
    from tjun.cli.tables import anniversary_page  # noqa: PLC0415  # Only for terminals.

    language = output.language
    output.output.listing(
        (anniversary_row(each, today, language) for each in found),
        (
            (
                each.date,
                days_left(each, today),
                each.number,
                each.event.id,
                each.title(language),
            )
            for each in found
        ),
        anniversary_page(found, today, language),
    )


def on(
    day: str = "today",
    /,
    *,
    output: OutputOptions = _OUTPUT,
    choice: EventFilter = _FILTER,
    record: RecordOptions = _RECORD,
) -> None:
    """
    List what happened on a day of any year.

    With a year, also lists events that only some sources date to that day.

    Args:
        day: The day: today, 3-2 (2 March), 03-02, "2 March", or 1993-02-01.
    """
    month, number, year = parse_day_of_year(
        day, language=output.language, today=dt.date.today()
    )
    chronology = record.chronology()
    if year is None:
        chosen = set(chronology.events.on_day(month, number).ids)
    else:
        date = parse_day(day, "DAY", language=output.language, today=dt.date.today())
        chosen = {event.id for event in chronology.events if _dated(event, date)}
    found = [event for event in choice.events(chronology) if event.id in chosen]
    _list_events(found, output)


def _dated(event: Event, day: dt.date) -> bool:
    dates = [event.date, *(each.date for each in event.dated_citations)]
    return any(d is not None and d.earliest == day == d.latest for d in dates)


def events(
    *,
    output: OutputOptions = _OUTPUT,
    choice: EventFilter = _FILTER,
    record: RecordOptions = _RECORD,
) -> None:
    """
    List events in chronological order.

    * marks an event whose sources differ on the date.
    """
    _list_events(choice.events(record.chronology()), output)


def search(
    *words: str,
    output: OutputOptions = _OUTPUT,
    choice: EventFilter = _FILTER,
    record: RecordOptions = _RECORD,
) -> None:
    """
    Find events by words.

    Lists the events that contain every word, in any language: in the title, the
    description, the dates or the sources.

    Args:
        words: The words; part of a word is enough.
    """
    if not any(word.strip() for word in words):
        msg = "`tjun search` needs a word to search for, such as `tjun search water`"
        raise UsageError(msg)
    _list_events(search_events(choice.events(record.chronology()), words), output)


def _list_events(found: Iterable[Event], output: OutputOptions) -> None:
    from tjun.cli.tables import event_page  # noqa: PLC0415  # Only for terminals.

    listed, language = list(found), output.language
    output.output.listing(
        (event_row(event, language) for event in listed),
        ((event.date, event.id, event.title.in_(language)) for event in listed),
        event_page(listed, language),
    )


def show(
    id: str,  # noqa: A002  # The word that users know.
    /,
    *,
    output: OutputOptions = _OUTPUT,
    record: RecordOptions = _RECORD,
) -> None:
    """
    Show everything about one event, mission or source.

    Args:
        id: The id or the acronym of an event, a mission, a membership, an area or a
            source, as other commands list it.
    """
    from tjun.cli.pages import thing_page  # noqa: PLC0415  # Only for this command.

    chronology, today, language = record.chronology(), dt.date.today(), output.language
    thing = find_anything(chronology, id)
    output.output.page(
        lambda: thing_row(thing, chronology, today, language),
        thing_page(thing, chronology, today, language),
    )


def timeline(
    *,
    on: Annotated[str | None, _OfEvents] = None,
    output: OutputOptions = _OUTPUT,
    choice: EventFilter = _FILTER,
    record: RecordOptions = _RECORD,
) -> None:
    """
    Draw missions and events along the years.

    Args:
        on: The day on which active missions end in the drawing; by default today.
    """
    from tjun.cli.timeline import Timeline  # noqa: PLC0415  # Only for this command.

    today = _day(on, "--on", output)
    chronology = record.chronology()
    found = list(choice.events(chronology))
    by_area = _by_area(chronology, found)
    missions = list(_missions(chronology, found, choice))
    drawing = Timeline(
        missions=missions,
        memberships=chronology.memberships if choice.everything else (),
        areas={area: by_area[area.id] for area in chronology.areas if by_area[area.id]},
        events=found,
        today=today,
        language=output.language,
    )
    output.output.page(
        lambda: timeline_row(missions, by_area, found, today, output.language),
        drawing.lines,
        drawing=True,
    )


def missions(
    *,
    on: Annotated[str | None, _OfEvents] = None,
    output: OutputOptions = _OUTPUT,
    choice: EventFilter = _FILTER,
    record: RecordOptions = _RECORD,
) -> None:
    """
    List missions.

    Shows how long each mission lasted, who led it, and which of its dates are
    disputed (*). With filters, lists the missions that have such an event.

    Args:
        on: The day up to which the years of an active mission are counted; by default
            today.
    """
    from tjun.cli.tables import mission_page  # noqa: PLC0415  # Only for terminals.

    today, language = _day(on, "--on", output), output.language
    chronology = record.chronology()
    found = list(_missions(chronology, choice.events(chronology), choice))
    output.output.listing(
        (mission_row(mission, today, language) for mission in found),
        (
            (
                m.id,
                m.acronym,
                m.start,
                m.end,
                mission_years(m, today),
                m.name.in_(language),
            )
            for m in found
        ),
        mission_page(found, today, language),
    )


def _missions(
    record: Chronology, found: Iterable[Event], choice: EventFilter
) -> Iterator[Mission]:
    ids = {event.id for event in found}
    for mission in record.missions:
        if choice.everything or any(event.id in ids for event in mission.events):
            yield mission


def areas(
    *,
    output: OutputOptions = _OUTPUT,
    choice: EventFilter = _FILTER,
    record: RecordOptions = _RECORD,
) -> None:
    """
    List areas of cooperation.

    Shows the id of each area, for `--area`, and how many events it has.
    """
    from tjun.cli.tables import area_page  # noqa: PLC0415  # Only for terminals.

    chronology, language = record.chronology(), output.language
    by_area = _by_area(chronology, choice.events(chronology))
    found: list[tuple[CooperationArea, list[Event]]] = [
        (area, by_area[area.id])
        for area in chronology.areas
        if choice.everything or by_area[area.id]
    ]
    output.output.listing(
        (area_row(area, own, language) for area, own in found),
        ((area.id, len(own), area.name.in_(language)) for area, own in found),
        area_page(found, language),
    )


def _by_area(record: Chronology, found: Iterable[Event]) -> dict[str, list[Event]]:
    by_area: dict[str, list[Event]] = {area.id: [] for area in record.areas}
    for event in found:
        for area in event.areas:
            by_area[area.id].append(event)
    return by_area


def disputes(
    *,
    output: OutputOptions = _OUTPUT,
    choice: EventFilter = _FILTER,
    record: RecordOptions = _RECORD,
) -> None:
    """
    List events whose sources differ on the date.

    Shows the date that the record uses, then those that others give.
    """
    from tjun.cli.tables import dispute_page  # noqa: PLC0415  # Only for terminals.

    language = output.language
    found = [e for e in choice.events(record.chronology()) if e.disputed]
    output.output.listing(
        (event_row(event, language) for event in found),
        (
            (event.id, event.date, citation.date, citation.source.id)
            for event in found
            for citation in event.dated_citations
        ),
        dispute_page(found, language),
    )


def sources(
    *,
    output: OutputOptions = _OUTPUT,
    choice: EventFilter = _FILTER,
    record: RecordOptions = _RECORD,
) -> None:
    """
    List sources.

    Shows each source with the events that cite it. With filters, lists the sources of
    the events that are found.
    """
    from tjun.cli.tables import source_page  # noqa: PLC0415  # Only for terminals.

    chronology, language = record.chronology(), output.language
    citing: dict[str, dict[str, Event]] = {each.id: {} for each in chronology.sources}
    for event in choice.events(chronology):
        for citation in event.citations:
            citing[citation.source.id][event.id] = event
    wanted = [find(chronology.sources, each, "source") for each in choice.source]
    found: list[tuple[Source, list[Event]]] = [
        (each, list(citing[each.id].values()))
        for each in wanted or chronology.sources
        if choice.everything or citing[each.id]
    ]
    output.output.listing(
        (source_row(each, own) for each, own in found),
        (
            (each.id, each.kind.value, each.publisher, each.title, each.url)
            for each, _ in found
        ),
        source_page(found, language),
    )


def _day(text: str | None, option: str, output: OutputOptions) -> dt.date:
    today = dt.date.today()
    if text is None:
        return today
    return parse_day(text, option, language=output.language, today=today)


def _check_range(option: str, value: int, least: int, most: int | None) -> None:
    if value < least:
        msg = f"{option} must be at least {least}, got {value}"
        raise UsageError(msg)
    if most is not None and value > most:
        msg = f"{option} must be at most {most}, got {value}"
        raise UsageError(msg)
