"""
What a calendar of a million entries takes of memory while it is written.
"""

from __future__ import annotations

import datetime as dt
import logging
import resource
import sys
import time

import material

from tjun import Chronology, ExportRequest
from tjun.exporting.registry import builtin_exporters
from tjun.exporting.rendering import Rendering
from tjun.formats.ics import IcsOptions

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
        options=IcsOptions(first_year=2027, last_year=2026 + YEARS),
        today=dt.date(2027, 1, 1),
    )
    begun = time.process_time()
    entries = octets = 0
    for piece in Rendering(builtin_exporters()["ics"], request).chunks():
        entries += piece.startswith(b"BEGIN:VEVENT")
        octets += len(piece)
    taken = time.process_time() - begun
    peak = _peak()
    title = f"Streaming {entries:,} entries ({octets / 1e6:,.0f} MB), once"
    return [
        Table(
            title,
            [
                Row("peak memory", f"{peak:.0f} MB", None, f"< {MOST} MB", peak < MOST),
                Row(f"before, with {EVENTS:,} events", f"{before:.0f} MB"),
                Row("time for an entry", shown(taken / entries)),
            ],
        )
    ]


def _peak() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)
