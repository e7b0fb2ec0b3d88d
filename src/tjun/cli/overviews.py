"""
The commands that show missions, areas, disputes and sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

from cyclopts import Parameter

from tjun.chronology.chronology import Chronology
from tjun.cli.days import day_or_today
from tjun.cli.finding import find
from tjun.cli.parameters import (
    DAY,
    EVENTS,
    EventFilter,
    OutputOptions,
    RecordOptions,
)
from tjun.cli.rows import (
    area_row,
    event_row,
    mission_row,
    mission_years,
    source_row,
    timeline_row,
)
from tjun.model.entities import CooperationArea, Event, Source
from tjun.model.missions import Mission

__all__ = ["areas", "disputes", "missions", "sources", "timeline"]

_FILTER = EventFilter()
_OUTPUT = OutputOptions()
_RECORD = RecordOptions()

_OfEvents = Parameter(group=EVENTS)


def timeline(
    *,
    on: Annotated[str | None, _OfEvents, DAY] = None,
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

    today = day_or_today(on, "--on", output.language)
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
    on: Annotated[str | None, _OfEvents, DAY] = None,
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

    today, language = day_or_today(on, "--on", output.language), output.language
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
