"""
The cost of a calendar entry, compared with libraries that write calendars.

All write the same entries. The entries that tjun wrote are read back, and the other
writers get their values; tjun has to find out which anniversary falls on which day,
and to compose its title and description.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Callable, Iterator

import material
import writers
from timing import Table, Taken

import tjun

OURS = "tjun.export"
PLAIN = "plain writer"
_ESCAPED = re.compile(r"\\(.)")
_CATEGORIES = re.compile(r"(?<!\\),")


def measure() -> list[Table]:
    logging.disable(logging.WARNING)
    return [
        _compared("60 events over 100 years", 60, 100, icalendar=1 / 20),
        _compared("20,000 events in one year", 20_000, 1, icalendar=1.0),
    ]


def _compared(title: str, count: int, years: int, *, icalendar: float) -> Table:
    chronology = tjun.Chronology(events=material.events(count, 1945, 2026))

    def ours() -> bytes:
        return tjun.export(
            chronology,
            "ics",
            today=dt.date(2027, 1, 1),
            first_year=2027,
            last_year=2026 + years,
            minor="all",
        )

    whole = ours()
    head, entries = read_back(whole)
    others: dict[str, Callable[[], bytes]] = {
        PLAIN: lambda: writers.plain(head, entries),
        "icalendar": lambda: writers.with_icalendar(entries),
        "ics (does not fold)": lambda: writers.with_ics(entries),
        "ical (folds by characters)": lambda: writers.with_ical(entries),
        "vobject": lambda: writers.with_vobject(entries),
    }
    _check(whole, count * years, others)
    aims = {"icalendar": icalendar}
    taken = Taken({OURS: ours, **others}, parts=len(entries), warm=True)
    rows = [taken.beside(OURS, name, aims.get(name)) for name in others]
    size = len(whole) / len(entries)
    return Table(
        f"Calendar, {title}: one of {len(entries):,} entries ({size:.0f} bytes)",
        [taken.alone(OURS), *rows],
    )


def _check(whole: bytes, count: int, others: dict[str, Callable[[], bytes]]) -> None:
    """
    Raise unless all write the same lines, and the plain writer the same bytes.
    """
    lines = lines_by_uid(whole)
    if len(lines) != count:
        msg = f"expected {count} entries, got {len(lines)}"
        raise RuntimeError(msg)
    for name, write in others.items():
        written = write()
        if lines_by_uid(written) != lines or (name == PLAIN and written != whole):
            msg = f"tjun and {name} do not write the same"
            raise RuntimeError(msg)


def read_back(whole: bytes) -> tuple[bytes, list[writers.Entry]]:
    """
    Return the properties of a calendar that tjun wrote, and its entries' values.
    """
    head, _, body = whole.partition(b"BEGIN:VEVENT\r\n")
    lines = body.replace(b"\r\n ", b"").decode().split("\r\n")
    return head, [_entry(values) for values in _tables(lines)]


def _tables(lines: list[str]) -> Iterator[dict[str, str]]:
    table: dict[str, str] = {}
    for line in lines:
        if line == "END:VEVENT":
            yield table
            table = {}
        else:
            name, _, value = line.partition(":")
            table[name] = value


def _entry(values: dict[str, str]) -> writers.Entry:
    parts = _CATEGORIES.split(values["CATEGORIES"])
    return writers.Entry(
        uid=values["UID"],
        stamp=dt.datetime.fromisoformat(values["DTSTAMP"]),
        sequence=int(values["SEQUENCE"]),
        start=dt.date.fromisoformat(values["DTSTART;VALUE=DATE"]),
        end=dt.date.fromisoformat(values["DTEND;VALUE=DATE"]),
        summary=_unescaped(values["SUMMARY"]),
        description=_unescaped(values["DESCRIPTION"]),
        url=values["URL"],
        categories=[_unescaped(each) for each in parts],
    )


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)


def lines_by_uid(whole: bytes) -> dict[str, frozenset[str]]:
    """
    Return the unfolded lines of each entry by its `UID`, as a set.

    Each category counts as a line of its own.
    """
    text = whole.decode().replace("\r\n", "\n").replace("\n ", "")
    found = {}
    for entry in text.split("BEGIN:VEVENT\n")[1:]:
        lines = []
        for line in entry.partition("END:VEVENT")[0].splitlines():
            name, _, value = line.partition(":")
            each = _CATEGORIES.split(value) if name == "CATEGORIES" else [value]
            lines += [f"{name}:{part}" for part in each]
        uid = next(line for line in lines if line.startswith("UID:"))
        found[uid] = frozenset(lines)
    return found
