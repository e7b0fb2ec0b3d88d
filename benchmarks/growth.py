"""
Whether views and queries take time in proportion to the number of events.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import material
from timing import Row, Table, seconds, shown
from tjun.cli.timeline import Timeline

import tjun
from tjun import Chronology
from tjun.chronology.search import search
from tjun.locales.available import find_language

SMALL, LARGE = 10_000, 100_000
MOST = 2.0  # Memory is slower for large records, so the ratio is not exactly 1.
TODAY = dt.date(2027, 3, 1)

View = Callable[[Chronology], object]


def _timeline(record: Chronology) -> object:
    drawing = Timeline(
        missions=record.missions,
        memberships=record.memberships,
        areas={area: record.events.where(area=area) for area in record.areas},
        events=record.events,
        today=TODAY,
        language=find_language("en"),
    )
    return list(drawing.lines(80))


VIEWS: dict[str, View] = {
    "where(disputed=True)": lambda record: record.events.where(disputed=True),
    "where(text=…)": lambda record: record.events.where(text="water"),
    "search(…)": lambda record: list(search(record.events, ["water"])),
    "upcoming(…)": lambda record: record.upcoming(TODAY),
    "anniversaries(…), 10 years": lambda record: record.anniversaries(
        since=2027, until=2036
    ),
    "select(…)": lambda record: record.select(record.events[:5_000]),
    "according_to(…)": lambda record: record.according_to(record.sources[0]),
    "timeline": _timeline,
    "export markdown": lambda record: tjun.export(record, "markdown", today=TODAY),
}


def measure() -> list[Table]:
    small, large = (
        Chronology(events=material.events(count, 1945, 2026))
        for count in (SMALL, LARGE)
    )
    rows = [_row(name, view, small, large) for name, view in VIEWS.items()]
    return [
        Table(f"{LARGE:,} events; ratio: time per event to that with {SMALL:,}", rows)
    ]


def _row(name: str, view: View, small: Chronology, large: Chronology) -> Row:
    view(small)  # So that indexes exist.
    view(large)
    few = min(seconds(lambda: view(small)) for _ in range(3)) / SMALL
    many = min(seconds(lambda: view(large)) for _ in range(2)) / LARGE
    ratio = many / few
    return Row(name, shown(many * LARGE), ratio, f"<= {MOST:g}", ratio <= MOST)
