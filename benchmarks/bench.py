"""
Measure the speed of tjun as ratios within one run; README.md explains them.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import logging
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator
from itertools import count

import attrs
import material
import openpyxl
import tomli_w
from python_calamine import CalamineWorkbook

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


def importing() -> Iterator[tuple[str, float, float]]:
    """
    Compare with what has to be done at least: reading the cells, building the events.
    """
    built = material.events(10_000, 1945, 2026)
    record = tjun.Chronology(events=built)
    with tempfile.TemporaryDirectory() as directory:
        table, workbook = (f"{directory}/it{end}" for end in (".csv", ".xlsx"))
        tjun.write(record, "csv", table)
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet()
        rows = cells(table)
        for row in (rows[0], *(each.values() for each in rows)):
            sheet.append(list(row))
        book.save(workbook)
        found = ratio(
            lambda: tjun.read("csv", table),
            lambda: (cells(table), material.events(10_000, 1945, 2026)),
            3,
        )
        yield "csv of 10,000 / csv.DictReader and building", found, 3
        found = ratio(
            lambda: tjun.read("csv", workbook),
            lambda: (
                CalamineWorkbook.from_path(workbook).get_sheet_by_index(0).to_python(),
                tjun.read("csv", table),
            ),
            3,
        )
        yield "xlsx of 10,000 / python-calamine and csv", found, 1.5
    changed = attrs.evolve(built[0], title="Another title")
    found = ratio(
        lambda: record.replace(changed),
        lambda: tjun.Chronology(events=material.events(10_000, 1945, 2026)),
    )
    yield "replace of 10,000 / building the record", found, 1


def cells(path: str) -> list[dict[str, str]]:
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


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
    for shape in (material.record, _on_one_day, _for_years):
        found = per_event(
            lambda un: tjun.export(un, "html", today=TODAY), shape(1_000), shape(3_000)
        )
        yield f"export html: 3,000 of {shape.__name__.strip('_')}", found, 2


def _on_one_day(count: int) -> tjun.Chronology:
    return _dated(count, date="1992-03-02")


def _for_years(count: int) -> tjun.Chronology:
    return _dated(count, date="1992-03-02", until="2020-05-01")


def _dated(count: int, **dates: str) -> tjun.Chronology:
    found = []
    for event in material.events(count, 1945, 2026):
        cited = [attrs.evolve(each, date=None) for each in event.citations]
        found.append(attrs.evolve(event, citations=cited, **dates))
    return tjun.Chronology(events=found)


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


SECTIONS = (startup, loading, importing, growth, memory)


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
