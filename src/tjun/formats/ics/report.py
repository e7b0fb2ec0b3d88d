"""
Messages about a calendar: its size, what it leaves out, and why it is empty.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator

from tjun import Anniversary, Event, ExportRequest, Precision
from tjun.formats.ics.options import IcsOptions

__all__ = ["find_anniversaries", "left_out", "report", "why_empty"]

_log = logging.getLogger(__name__)

_MAX_ENTRIES = 1_000  # Google Calendar reads about 1,100 entries,
_MAX_BYTES = 900_000  # and about 1 MB, and silently drops the rest.
_NO_LIMIT = {"every": 1, "minor": "all", "month_dates": "month", "leap_day": "feb28"}


def find_anniversaries(request: ExportRequest[IcsOptions]) -> Iterator[Anniversary]:
    """
    Yield the anniversaries that get an entry, in order.
    """
    options = request.options
    first, last = options.years(request.today)
    found = request.chronology.anniversaries(
        since=first,
        until=last,
        every=options.every,
        minor=options.minor,
        leap_day=options.leap_day,
    )
    skip_months = options.month_dates == "skip"
    return (each for each in found if each.date.day is not None or not skip_months)


def left_out(
    events: Iterable[Event], options: IcsOptions
) -> dict[Precision, list[str]]:
    """
    Return the ids of the events that have no day to be entered on, by precision.
    """
    found: dict[Precision, list[str]] = {}
    for event in events:
        precision = event.date.precision
        skipped = precision is Precision.MONTH and options.month_dates == "skip"
        if precision is Precision.YEAR or skipped:
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
    for precision, ids in left_out(request.chronology.events, request.options).items():
        what = "1 event is" if len(ids) == 1 else f"{len(ids):,} events are"
        known = precision.name.lower()
        request.note(f"{what} not in the calendar because only the {known} is known.")
        _log.debug("Only the %s is known: %s", known, ", ".join(ids))
    if entries > _MAX_ENTRIES or size > _MAX_BYTES:
        request.note(
            "The calendar is too large for Google Calendar, which reads about 1,000"
            " entries and 1 MB and ignores the rest. Make it smaller with --every 5,"
            " --minor none, --first-year, --last-year or a filter such as --area."
        )


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
    first, last = request.options.years(request.today)
    return f"{first}" if first == last else f"{first} to {last}"
