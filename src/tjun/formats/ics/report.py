"""
Messages about a calendar: its size, what it leaves out, and why it is empty.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from tjun import Event, ExportRequest, Precision
from tjun.formats.ics.options import IcsOptions

__all__ = ["TOO_LARGE", "left_out", "note_today", "report", "too_large", "why_empty"]

_log = logging.getLogger(__name__)

_MAX_ENTRIES = 1_000  # Google Calendar reads about 1,100 entries,
_KNOWN = {
    Precision.MONTH: "only the month is known",
    Precision.YEAR: "only the year is known",
}
_MAX_BYTES = 900_000  # and about 1 MB, and silently drops the rest.
TOO_LARGE = (
    "is too large for Google Calendar, which reads about 1,000 entries and 1 MB and"
    " ignores the rest. Make it smaller with --show major, --years or a filter such as"
    " --area."
)
"""
What is said about a calendar that `too_large()` finds too large.
"""

_NO_LIMIT = {"every": 1, "show": "all", "month_dates": "month", "leap_day": "feb28"}


def left_out(
    events: Iterable[Event], options: IcsOptions
) -> dict[Precision, list[str]]:
    """
    Return the ids of the events that have no day to be entered on, by precision.
    """
    found: dict[Precision, list[str]] = {}
    for event in events:
        date, precision = event.date, event.date.precision
        skipped = precision is Precision.MONTH and options.month_dates == "skip"
        if event.rule is None and (date.month is None or date.qualifier or skipped):
            found.setdefault(precision, []).append(event.id)
    return found


def report(request: ExportRequest[IcsOptions], entries: int, size: int) -> None:
    """
    Note how large the calendar is, what it leaves out, and whether it is too large.

    Args:
        request: What was asked for.

        entries: The number of entries.

        size: The number of bytes.
    """
    noun = "entry" if entries == 1 else "entries"
    request.note(f"{entries:,} {noun} for {_years(request)} ({size / 1000:,.0f} kB).")
    reasons: dict[str, list[str]] = {}
    for precision, ids in left_out(request.chronology.events, request.options).items():
        known = _KNOWN.get(precision, "the day is not known exactly")
        reasons.setdefault(known, []).extend(ids)
    for known, ids in reasons.items():
        what = "1 event is" if len(ids) == 1 else f"{len(ids):,} events are"
        request.note(f"{what} not in the calendar because {known}.")
        _log.debug("Not in the calendar because %s: %s", known, ", ".join(ids))
    note_today(request)
    if too_large(entries, size):
        request.note(f"The calendar {TOO_LARGE}")


def note_today(request: ExportRequest[Any]) -> None:
    """
    Note if entries are stamped with today because the record has no revision.
    """
    if request.chronology.stamp is None and request.options.revised is None:
        request.note(
            "The record does not say when it was revised, so entries are stamped with"
            f" {request.today}. Add revised to the record, or use --revised."
        )


def too_large(entries: int, size: int) -> bool:
    """
    Return whether Google Calendar would drop some of the entries.
    """
    return entries > _MAX_ENTRIES or size > _MAX_BYTES


def why_empty(request: ExportRequest[IcsOptions]) -> str:
    """
    Return that there are no entries, and which filters there are.
    """
    events, selection = request.chronology.events, request.selection
    if not events:
        return f"no event matches {selection}" if selection else "there are no events"
    which = f"the events that match {selection}" if selection else "the events"
    if sum(map(len, left_out(events, request.options).values())) == len(events):
        return f"no day is known of {which}"
    limits = [
        f"--{name.replace('_', '-')} {value}"
        for name, most in _NO_LIMIT.items()
        if (value := getattr(request.options, name)) != most
    ]
    filters = f" with {', '.join(limits)}" if limits else ""
    return (
        f"none of {which} has an anniversary in this period"
        f" ({_years(request)}){filters}; change this or include more years"
    )


def _years(request: ExportRequest[IcsOptions]) -> str:
    first, last = request.options.period(request.today)
    return f"{first}" if first == last else f"{first} to {last}"
