"""
The calendar: one all-day entry for each event and year.

The properties are those of RFC 5545 and RFC 7986.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator
from typing import Any

import icalendar

from tjun import (
    Anniversary,
    Chronology,
    Event,
    Events,
    ExportError,
    ExportRequest,
    Language,
    Text,
    __version__,
)
from tjun.formats.ics.contentlines import folded_lines, protect, uri
from tjun.formats.ics.entries import Entries
from tjun.formats.ics.options import IcsOptions
from tjun.formats.ics.report import report, why_empty
from tjun.formats.printable import check_printable

__all__ = [
    "CALENDAR_END",
    "calendar_chunks",
    "calendar_head",
    "calendar_of",
    "entry_of",
    "render_calendar",
]

CALENDAR_END = b"END:VCALENDAR\r\n"
"""
The line after the last entry.
"""

_BATCH = 100  # Entries that are yielded at once.
_END_OF_ENTRY = b"\r\nEND:VEVENT\r\n"  # A folded line begins with a space.


def render_calendar(request: ExportRequest[IcsOptions]) -> Iterator[bytes]:
    """
    Yield the calendar, and note how large it is and what it leaves out.

    Raises:
        ExportError: As `calendar_chunks()`.
    """
    entries = size = 0
    for chunk in calendar_chunks(request):
        entries, size = entries + chunk.count(_END_OF_ENTRY), size + len(chunk)
        yield chunk
    report(request, entries, size)


def calendar_chunks(request: ExportRequest[IcsOptions]) -> Iterator[bytes]:
    """
    Yield the properties of the calendar, the entries in order, and the end.

    Raises:
        ExportError: If there are no entries, or a text contains a character that
            RFC 5545 does not allow.
    """
    options, events = request.options, request.chronology.events
    found = iter(options.anniversaries(events, request.today, options.every))
    first = next(found, None)
    if first is None:
        exporter = "ics"
        raise ExportError(exporter, why_empty(request))
    yield from calendar_of(request, itertools.chain([first], found))


def calendar_of(
    request: ExportRequest[IcsOptions], anniversaries: Iterable[Anniversary]
) -> Iterator[bytes]:
    """
    Yield the properties of the calendar, an entry for each anniversary, and the end.
    """
    yield calendar_head(request)
    entries = _entries(request, anniversaries)
    while batch := b"".join(itertools.islice(entries, _BATCH)):
        yield batch
    yield CALENDAR_END


def _entries(
    request: ExportRequest[IcsOptions], anniversaries: Iterable[Anniversary]
) -> Iterator[bytes]:
    writers: dict[str, Entries] = {}
    for each in anniversaries:
        writer = writers.get(each.event.id)
        if writer is None:
            writer = Entries(each.event, request)
            writers[each.event.id] = writer
        yield writer.entry(each)


def calendar_head(request: ExportRequest[IcsOptions]) -> bytes:
    """
    Return the calendar up to its first entry.

    It has no UID, because vdirsyncer would give it to every entry, and no METHOD,
    which requires an organizer (RFC 5546, 3.2.1).

    Raises:
        ExportError: If its name or description contains a control character.
    """
    options, language = request.options, request.language
    name = options.name or _default_name(request.chronology.title, language)
    about = _about(request.chronology, language)
    check_printable("ics", name, "the name of the calendar")
    check_printable("ics", about, "the description of the calendar")
    calendar = _calendar(
        language,
        name=protect(name),
        description=protect(about) or None,
        refresh_interval=dt.timedelta(days=1),
        source=None if options.feed_url is None else uri(options.feed_url),
    )
    calendar.add("X-PUBLISHED-TTL", "P1D")
    # icalendar 7.3 does not escape these three, because RFC 5545 does not define
    # them, and omits the VALUE parameters that RFC 7986 gives to these two.
    calendar["NAME"] = icalendar.vText(protect(name))
    calendar["X-WR-CALNAME"] = icalendar.vText(protect(name))
    if about:
        calendar["X-WR-CALDESC"] = icalendar.vText(protect(about))
    calendar["REFRESH-INTERVAL"].params["VALUE"] = "DURATION"
    if "SOURCE" in calendar:
        calendar["SOURCE"].params["VALUE"] = "URI"
    return _head(calendar)


def entry_of(event: Event, request: ExportRequest[IcsOptions]) -> bytes:
    """
    Return a file to be imported: the entry of *event* itself, in whichever year it is.

    It has no name and no interval, with which Outlook would make a new calendar of it.
    It is empty if the day is not known.
    """
    year = event.date.anchor.year
    found = Events([event]).anniversaries(since=year, until=year, show="all")
    entries = b"".join(_entries(request, found))
    head = _head(_calendar(request.language))
    return head + entries + CALENDAR_END if entries else b""


def _calendar(language: Language, **properties: Any) -> icalendar.Calendar:
    prodid = f"-//tjun//tjun {__version__}//{language.tag.upper()}"
    calendar = icalendar.Calendar.new(
        calscale="GREGORIAN", prodid=prodid, uid="", **properties
    )
    del calendar["UID"]  # Without an argument, a random one is made.
    return calendar


def _head(calendar: icalendar.Calendar) -> bytes:
    lines = list(folded_lines(calendar.content_lines()))
    return b"".join(lines[:-1])  # The end comes after the entries.


def _about(record: Chronology, language: Language) -> str:
    """
    Return what the calendar is about, who publishes it, and where to report an error.
    """
    title, publisher = record.title, record.publisher
    parts = [
        None if title is None else title.in_(language),
        None if publisher is None else publisher.in_(language),
        record.licence and f"{language.label('licence')}: {record.licence}",
        record.contact and f"{language.label('report_error')}: {record.contact}",
    ]
    lines = [part for part in parts if part]
    if record.is_draft(language.tag):
        lines.append(language.label("draft_translation"))
    return "\n".join(lines)


def _default_name(title: Text | None, language: Language) -> str:
    name = language.label("anniversaries")
    return name if title is None else f"{title.in_(language)}: {name.lower()}"
