"""
Measure the speed of tjun as ratios within one run; README.md explains them.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import re
import resource
import sqlite3
import statistics
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from itertools import count

import icalendar
import material
import tomli_w

import tjun

Task = Callable[[], object]
TODAY = dt.date(2027, 1, 1)


def ratio(ours: Task, theirs: Task, rounds: int = 5) -> float:
    """
    Return the median of ours divided by theirs, run alternately.

    Processor time counts, including that of child processes.
    """
    pairs = [(spent(ours), spent(theirs)) for _ in range(rounds + 1)]
    return statistics.median(one / other for one, other in pairs[1:])


def spent(task: Task) -> float:
    before = _spent()
    kept = task()
    after = _spent()
    del kept
    return after - before


def _spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def run(*command: str) -> Task:
    return lambda: subprocess.run(command, check=True, capture_output=True)


def python(code: str) -> Task:
    return run(sys.executable, "-c", code)


def startup() -> Iterator[tuple[str, float, float]]:
    """
    Compare whole processes, less what an empty process takes.
    """
    tjun_ = os.path.join(os.path.dirname(sys.executable), "tjun")
    empty = min(spent(python("")) for _ in range(5))

    def net(ours: Task, theirs: Task) -> float:
        pairs = [(spent(ours), spent(theirs)) for _ in range(11)]
        return statistics.median((a - empty) / (b - empty) for a, b in pairs[1:])

    yield "import tjun / import attrs", net(*map(python, IMPORTS)), 0.6
    app = (
        "import cyclopts; cyclopts.App(name='x', result_action='return_value')(['-h'])"
    )
    yield "tjun --help / help of cyclopts", net(run(tjun_, "--help"), python(app)), 1.9
    libraries = "import icalendar, cattrs, pluggy, cyclopts"
    export = run(tjun_, "export", "ics", "-o", os.devnull)
    yield "tjun export ics / its imports", net(export, python(libraries)), 2.1


IMPORTS = ("import tjun", "import attrs")


def loading() -> Iterator[tuple[str, float, float]]:
    record = tjun.Chronology(events=material.events(10_000, 1945, 2026))
    text = tomli_w.dumps(json.loads(tjun.export(record, "json")))
    found = ratio(lambda: tjun.loads(text), lambda: tomllib.loads(text))
    yield "loads of 10,000 events / tomllib", found, 2


def calendars() -> Iterator[tuple[str, float, float]]:
    """
    Compare calendars with the same entries; the other writers get finished values.
    """
    for events, years, most in ((60, 100, 1 / 25), (20_000, 1, 1 / 2)):
        record = tjun.Chronology(events=material.events(events, 1945, 2026))

        def ours(record: tjun.Chronology = record, years: int = years) -> bytes:
            return tjun.export(
                record,
                "ics",
                today=TODAY,
                first_year=2027,
                last_year=2026 + years,
                show="all",
            )

        head, *entries = ours().decode().split("BEGIN:VEVENT\r\n")
        values = [fields(entry) for entry in entries]
        if len(values) != events * years:
            msg = f"expected {events * years} entries, got {len(values)}"
            raise RuntimeError(msg)
        what = f"{events:,} events, {years} years"
        found = ratio(ours, lambda values=values: with_icalendar(values), 3)
        yield f"{what}: export / icalendar", found, most
        found = ratio(ours, lambda head=head, values=values: plain(head, values))
        yield f"{what}: export / plain strings", found, 2.5


def fields(entry: str) -> dict[str, str]:
    """
    Return the unescaped values of an entry's properties.
    """
    lines = entry.partition("END:VEVENT")[0].replace("\r\n ", "").splitlines()
    return {
        name: re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], value)
        for name, _, value in (line.partition(":") for line in lines)
    }


def with_icalendar(entries: list[dict[str, str]]) -> bytes:
    calendar = icalendar.Calendar()
    for values in entries:
        event = icalendar.Event()
        for name, value in values.items():
            given = value
            if name.startswith("DT") and "VALUE=DATE" in name:
                given = dt.date.fromisoformat(value)
            elif name in {"DTSTAMP", "LAST-MODIFIED"}:
                given = dt.datetime.fromisoformat(value)
            elif name == "CATEGORIES":
                given = value.split(",")
            event.add(name.partition(";")[0], given)
        calendar.add_component(event)
    return calendar.to_ical()


def plain(head: str, entries: list[dict[str, str]]) -> bytes:
    """
    Write entries with string methods: the least that escaping and folding take.
    """
    out = [head]
    for values in entries:
        out.append("BEGIN:VEVENT\r\n")
        for name, text in values.items():
            value = text
            for special in "\\,;":
                value = value.replace(special, f"\\{special}")
            line = f"{name}:{value}".replace("\n", "\\n")
            out.append(line[:74])
            out += [f"\r\n {line[i : i + 73]}" for i in range(74, len(line), 73)]
            out.append("\r\n")
        out.append("END:VEVENT\r\n")
    return "".join(out).encode()


def queries() -> Iterator[tuple[str, float, float]]:
    """
    Compare with sqlite3 in memory, with indexes on what is asked for.
    """
    events = tjun.Chronology(events=material.events(100_000, 1927, 2026)).events
    database = sqlite3.connect(":memory:")
    database.execute("create table event (id, first, last, month, day)")
    dates = [(each.id, each.date) for each in events]
    database.executemany(
        "insert into event values (?, ?, ?, ?, ?)",
        ((i, str(d.earliest), str(d.latest), d.month, d.day) for i, d in dates),
    )
    database.execute("create index first on event (first, id)")
    database.execute("create index month on event (month, day)")
    year = "select * from event where first >= ? and first < ? order by first, id"
    day = "select * from event where month = ? and day = ? order by first, id"
    years = range(1930, 2020)
    yield (
        "where(since, until) / sqlite3",
        ratio(
            lambda: [events.where(since=y, until=y) for y in years],
            lambda: [
                database.execute(year, (f"{y}", f"{y + 1}")).fetchall() for y in years
            ],
        ),
        2,
    )
    days = [(month, day) for month in range(1, 13) for day in range(1, 29)]
    yield (
        "on_day / sqlite3",
        ratio(
            lambda: [events.on_day(*each) for each in days],
            lambda: [database.execute(day, each).fetchall() for each in days],
        ),
        2,
    )


def growth() -> Iterator[tuple[str, float, float]]:
    """
    Compare the time per event of large records with that of smaller ones.
    """
    views: dict[str, Callable[[tjun.Chronology], object]] = {
        "where(disputed=True)": lambda un: un.events.where(disputed=True),
        "where(text=…)": lambda un: un.events.where(text="water"),
        "upcoming": lambda un: un.upcoming(TODAY),
        "select": lambda un: un.select(un.events[:5_000]),
        "according_to": lambda un: un.according_to(un.sources[0]),
    }
    small, large = (
        tjun.Chronology(events=material.events(size, 1945, 2026))
        for size in (10_000, 100_000)
    )
    for name, view in views.items():
        yield f"{name}: 100,000 events", per_event(view, small, large), 2
    formats = ("json", "markdown", "html", "site")
    small, large = material.record(200), material.record(1_000)
    for name in formats:
        if tjun.exporters()[name].render is None:
            continue
        found = per_event(
            lambda un, n=name: tjun.export(un, n, today=TODAY), small, large
        )
        yield f"export {name}: 1,000 events and missions", found, 2


def per_event(
    view: Callable[[tjun.Chronology], object],
    small: tjun.Chronology,
    large: tjun.Chronology,
) -> float:
    few, many = (
        min(spent(lambda un=un: view(un)) for _ in range(3)) for un in (small, large)
    )
    return many / few * len(small.events) / len(large.events)


def memory() -> Iterator[tuple[str, float, float]]:
    """
    Return the peak memory of streaming a calendar of a million entries, in MB.
    """
    record = tjun.Chronology(events=material.events(10_000, 1945, 2026))
    ics = tjun.exporters()["ics"]
    options = ics.options(first_year=2027, last_year=2126, show="all")
    request = tjun.ExportRequest(chronology=record, options=options, today=TODAY)
    entries = count()
    for chunk in ics.render(request):
        for _ in range(chunk.count(b"END:VEVENT")):
            next(entries)
    if next(entries) != 1_000_000:
        msg = "expected a million entries"
        raise RuntimeError(msg)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    yield "MB for a million calendar entries", peak, 100


SECTIONS = (startup, loading, calendars, queries, growth, memory)


def main() -> None:
    logging.disable(logging.WARNING)
    if sys.argv[1:]:
        (section,) = (each for each in SECTIONS if each.__name__ == sys.argv[1])
        for what, found, most in section():
            verdict = "met" if found <= most else "MISSED"
            print(f"{what:45} {found:8.3f}  (aim {most:g}) {verdict}", flush=True)
        return
    # Each in a process of its own, so that none is affected by what another left.
    for each in SECTIONS:
        subprocess.run([sys.executable, __file__, each.__name__], check=False)


if __name__ == "__main__":
    main()
