"""
The cost of a query, compared with sqlite3 in memory with the same rows and indexes.
"""

from __future__ import annotations

import sqlite3
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from functools import partial

import material
from timing import Table, Taken

from tjun import Chronology, Event, Events

COUNT = 100_000
FIRST, LAST = 1927, 2026

_DAYS = [(m, d) for m in range(1, 13) for d in range(1, monthrange(2000, m)[1] + 1)]
_MONTHS = [f"{year}-{month:02}" for year in range(FIRST, LAST + 1) for month in (2, 9)]
_YEARS = [str(year) for year in range(FIRST, LAST + 1)]

_TABLES = """
create table event (
    id text primary key, first text, last text, month integer, day integer,
    kind text, title text
);
create table area (event text, area text)
"""
_INDEXES = """
create index event_first on event (first, id);
create index event_day on event (month, day, first, id);
create index event_kind on event (kind);
create index event_title on event (title);
create index area_area on area (area, event)
"""
_INSERT = "insert into event values (?, ?, ?, ?, ?, ?, ?)"
_INSERT_AREA = "insert into area values (?, ?)"
_ON_DAY = "select * from event where month = ? and day = ? order by first, id"
_BETWEEN = """
select * from event where first between ? and ? and last <= ? order by first, id
"""


def measure() -> list[Table]:
    made = material.events(COUNT, FIRST, LAST, known_to_year=True)
    return [_building(made), *_asking(made)]


# Building


def _building(made: list[Event]) -> Table:
    """
    Compare what has to be done before the first query of each kind is answered.

    Both begin with the same `Event` objects. tjun makes its indexes on the first
    query, so that is part of building it.
    """
    ready = list(_rows(made)), list(_area_rows(made))
    ours, theirs, only = (
        "Chronology",
        "sqlite3, rows made from the events",
        "sqlite3, rows made beforehand",
    )
    taken = Taken(
        {
            ours: lambda: _indexed(made),
            theirs: lambda: _filled(_rows(made), _area_rows(made)),
            only: lambda: _filled(*ready),
        }
    )
    return Table(
        f"Building {COUNT:,} events, with every index",
        [
            taken.alone(ours),
            taken.beside(ours, theirs, 1.5),
            taken.beside(ours, only),
        ],
    )


def _indexed(made: list[Event]) -> Chronology:
    chronology = Chronology(events=made)
    chronology.events.on_day(1, 1)
    chronology.events.where(since=LAST, until=LAST)
    return chronology


def _rows(made: Iterable[Event]) -> Iterator[tuple[object, ...]]:
    for event in made:
        date = event.date
        month, day = (None, None) if date.day is None else (date.month, date.day)
        first, last = date.earliest.isoformat(), date.latest.isoformat()
        yield event.id, first, last, month, day, str(event.kind), event.title.en


def _area_rows(made: Iterable[Event]) -> Iterator[tuple[str, str]]:
    return ((event.id, area.id) for event in made for area in event.areas)


def _filled(
    rows: Iterable[tuple[object, ...]], area_rows: Iterable[tuple[str, str]]
) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.executescript(_TABLES)
    with database:
        database.executemany(_INSERT, rows)
        database.executemany(_INSERT_AREA, area_rows)
    database.executescript(_INDEXES)
    return database


# Asking


def _asking(made: list[Event]) -> Iterator[Table]:
    events = _indexed(made).events
    database = _filled(_rows(made), _area_rows(made))
    months = {each: _span(each) for each in _MONTHS}
    years = {each: _span(each) for each in _YEARS}
    yield _compared(
        "on_day(month, day)",
        [partial(events.on_day, *day) for day in _DAYS],
        [partial(_fetched, database, _ON_DAY, day) for day in _DAYS],
    )
    for what, spans in (("month", months), ("year", years)):
        yield _compared(
            f"where(since, until) of one {what}",
            [partial(events.where, since=span, until=span) for span in spans],
            [partial(_fetched, database, _BETWEEN, span) for span in spans.values()],
        )
    yield _compared(
        "where(since, until) of twelve months",
        [partial(events.where, since=f"{y}-07", until=f"{y + 1}-06") for y in _TURNS],
        [
            partial(_fetched, database, _BETWEEN, _span(f"{y}-07", f"{y + 1}-06"))
            for y in _TURNS
        ],
    )


_TURNS = range(FIRST, LAST)


def _span(since: str, until: str | None = None) -> tuple[str, str, str]:
    """
    Return the first day and twice the last; whole years begin and end in months.
    """
    until = until or since
    first = since if len(since) == 7 else f"{since}-01"
    last = until if len(until) == 7 else f"{until}-12"
    year, month = map(int, last.split("-"))
    last = f"{last}-{monthrange(year, month)[1]}"
    return f"{first}-01", last, last


def _fetched(
    database: sqlite3.Connection, query: str, values: tuple[object, ...]
) -> list[tuple[object, ...]]:
    return database.execute(query, values).fetchall()


def _compared(
    what: str,
    ours: list[Callable[[], Events]],
    theirs: list[Callable[[], list[tuple[object, ...]]]],
) -> Table:
    found = 0
    for one, other in zip(ours, theirs, strict=True):
        ids = {event.id for event in one()}
        found += len(ids)
        if ids != {row[0] for row in other()}:
            msg = f"{what}: the two do not find the same"
            raise RuntimeError(msg)
    rows = "sqlite3, rows fetched"
    taken = Taken(
        {
            "tjun": lambda: [ask() for ask in ours],
            rows: lambda: [ask() for ask in theirs],
        },
        rounds=7,
        parts=len(ours),
        warm=True,
    )
    return Table(
        f"{what} among {COUNT:,} events, {found / len(ours):.0f} found",
        [taken.alone("tjun"), taken.beside("tjun", rows, 2)],
    )
