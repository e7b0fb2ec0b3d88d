"""
What an entry of a calendar costs, beside the libraries that write calendars.

All write the same entries: what tjun wrote is read back, and each of the others gets
the values ready made. tjun has to find them out again: which anniversary falls when,
what it is called, what its description says.
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
LIMIT = "plain writer, the limit"
_ESCAPED = re.compile(r"\\(.)")
_CATEGORIES = re.compile(r"(?<!\\),")


def measure() -> list[Table]:
    logging.disable(logging.WARNING)
    return [
        _compared("60 events over 100 years", 60, 100, icalendar=1 / 20, limit=2.0),
        _compared("20,000 events in one year", 20_000, 1, icalendar=1.0, limit=None),
    ]


def _compared(
    title: str, count: int, years: int, *, icalendar: float, limit: float | None
) -> Table:
    chronology = tjun.Chronology(events=material.events(count, 1945, 2026))

    def ours() -> bytes:
        return tjun.export(
            chronology,
            "ics",
            today=dt.date(2027, 1, 1),
            first_year=2027,
            last_year=2026 + years,
        )

    whole = ours()
    head, entries = read_back(whole)
    others: dict[str, Callable[[], bytes]] = {
        LIMIT: lambda: writers.plain(head, entries),
        "icalendar": lambda: writers.with_icalendar(entries),
        "ics (does not fold)": lambda: writers.with_ics(entries),
        "ical (folds by characters)": lambda: writers.with_ical(entries),
        "vobject": lambda: writers.with_vobject(entries),
    }
    _check(whole, count * years, others)
    aims = {"icalendar": icalendar, LIMIT: limit}
    taken = Taken({OURS: ours, **others}, parts=len(entries), warm=True)
    rows = [taken.beside(OURS, name, aims.get(name)) for name in others]
    size = len(whole) / len(entries)
    return Table(
        f"Calendar, {title}: one of {len(entries):,} entries ({size:.0f} octets)",
        [taken.alone(OURS), *rows],
    )


def _check(whole: bytes, count: int, others: dict[str, Callable[[], bytes]]) -> None:
    """
    Raise unless all write the same, and the plain writer octet for octet.
    """
    said = said_by(whole)
    if len(said) != count:
        msg = f"expected {count} entries, got {len(said)}"
        raise RuntimeError(msg)
    for name, write in others.items():
        made = write()
        if said_by(made) != said or (name == LIMIT and made != whole):
            msg = f"tjun and {name} do not write the same"
            raise RuntimeError(msg)


def read_back(whole: bytes) -> tuple[bytes, list[writers.Entry]]:
    """
    Return the head of a calendar of tjun's, and what its entries say.
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
        summary=_said(values["SUMMARY"]),
        description=_said(values["DESCRIPTION"]),
        url=values["URL"],
        categories=[_said(each) for each in parts],
    )


def _said(text: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)


def said_by(whole: bytes) -> dict[str, frozenset[str]]:
    """
    Return the lines of each entry by its `UID`, unfolded and in no order.

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
