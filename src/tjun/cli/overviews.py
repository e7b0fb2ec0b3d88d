"""
The commands that show missions, areas, disputes and sources.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from cyclopts import Parameter

from tjun.chronology.chronology import Chronology
from tjun.cli.columns import View
from tjun.cli.days import day_or_today
from tjun.cli.parameters import (
    DAY,
    OWN,
    EventFilter,
    OutputOptions,
    RecordOptions,
)
from tjun.cli.rows import AREA, DISPUTE, MISSION, SOURCE, YEAR, Dispute, Year
from tjun.model.entities import Event
from tjun.model.missions import Mission

_FILTER = EventFilter()
_OUTPUT = OutputOptions()
_RECORD = RecordOptions()

_Own = Parameter(group=OWN)


def timeline(
    *,
    on: Annotated[str | None, _Own, DAY] = None,
    output: OutputOptions = _OUTPUT,
    choice: EventFilter = _FILTER,
    record: RecordOptions = _RECORD,
) -> None:
    """
    Show the events and missions of each year.

    Each bar is as long as the number of events; * marks a year with disputed dates.

    Args:
        on: The day up to which active missions are counted; by default today.
    """
    today = day_or_today(on, "--on", output.language)
    chronology = record.chronology()
    found: dict[int, list[Event]] = {}
    for event in choice.events(chronology):
        found.setdefault(event.date.anchor.year, []).append(event)
    missions = list(_missions(chronology, choice))
    last = max(found, default=0)
    if found and choice.everything:
        last = max(last, today.year)
    most = max(map(len, found.values()), default=0)
    rows = [
        Year(
            year,
            found.get(year, []),
            [each for each in missions if _active(each, year, today.year)],
            most,
        )
        for year in range(min(found, default=1), last + 1)
    ]
    output.output.listing(YEAR, rows, View(language=output.language))


def _active(mission: Mission, year: int, today: int) -> bool:
    last = today if mission.end is None else mission.end.extent[1].year
    return mission.start.anchor.year <= year <= last


def missions(
    *,
    on: Annotated[str | None, _Own, DAY] = None,
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
    today = day_or_today(on, "--on", output.language)
    view = View(language=output.language, today=today)
    output.output.listing(MISSION, _missions(record.chronology(), choice), view)


def _missions(record: Chronology, choice: EventFilter) -> Iterator[Mission]:
    chosen = set(choice.events(record).ids)
    for mission in record.missions:
        if choice.everything or any(event.id in chosen for event in mission.events):
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
    chronology = record.chronology()
    events: dict[str, list[Event]] = {each.id: [] for each in chronology.areas}
    for event in choice.events(chronology):
        for area in event.areas:
            events[area.id].append(event)
    found = [a for a in chronology.areas if choice.everything or events[a.id]]
    output.output.listing(AREA, found, View(language=output.language, events=events))


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
    found = (
        Dispute(event, account)
        for event in choice.events(record.chronology())
        if event.disputed
        for account in event.accounts
    )
    output.output.listing(DISPUTE, found, View(language=output.language))


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
    chronology = record.chronology()
    events: dict[str, list[Event]] = {each.id: [] for each in chronology.sources}
    for event in choice.events(chronology):
        for key in {each.source.id for each in event.citations}:
            events[key].append(event)
    wanted = [chronology.sources[each.casefold()] for each in choice.source]
    found = [
        each
        for each in wanted or chronology.sources
        if choice.everything or events[each.id]
    ]
    output.output.listing(SOURCE, found, View(language=output.language, events=events))
