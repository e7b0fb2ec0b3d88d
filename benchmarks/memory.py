"""
The memory that a calendar of a million entries needs while it is written.
"""

from __future__ import annotations

import datetime as dt
import logging
import resource
import sys
import time

import material

from tjun import Chronology, ExportRequest
from tjun.formats.ics import ICS, IcsOptions

from timing import Row, Table, shown  # isort: skip

EVENTS, YEARS = 10_000, 100
MOST = 200  # MB


def measure() -> list[Table]:
    """
    Measure this process, which does nothing else.
    """
    logging.disable(logging.WARNING)
    chronology = Chronology(events=material.events(EVENTS, 1945, 2026))
    before = _peak()
    request = ExportRequest(
        chronology=chronology,
        options=IcsOptions(first_year=2027, last_year=2026 + YEARS, minor="all"),
        today=dt.date(2027, 1, 1),
    )
    begun = time.process_time()
    entries = size = 0
    for chunk in ICS.render(request):
        entries += chunk.count(b"\r\nEND:VEVENT\r\n")
        size += len(chunk)
    taken = time.process_time() - begun
    peak = _peak()
    if entries != EVENTS * YEARS:
        msg = f"expected {EVENTS * YEARS:,} entries, got {entries:,}"
        raise RuntimeError(msg)
    return [
        Table(
            f"Streaming {entries:,} entries ({size / 1e6:,.0f} MB)",
            [
                Row("peak memory", f"{peak:.0f} MB", None, f"< {MOST} MB", peak < MOST),
                Row(f"before it, with {EVENTS:,} events", f"{before:.0f} MB"),
                Row("time for an entry", shown(taken / entries)),
            ],
        )
    ]


def _peak() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)
