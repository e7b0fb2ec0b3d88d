"""
The calendar: one all-day entry for each event and year.

The properties are those of RFC 5545 and RFC 7986.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import uuid
from collections.abc import Iterable, Iterator

import icalendar

from tjun import Anniversary, ExportError, ExportRequest, Language, Text, __version__
from tjun.formats.ics.contentlines import folded_lines, protect, uri
from tjun.formats.ics.entries import Entries
from tjun.formats.ics.options import IcsOptions
from tjun.formats.ics.report import find_anniversaries, report, why_empty
from tjun.formats.printable import check_printable

__all__ = ["CALENDAR_END", "calendar_chunks", "calendar_head", "render_calendar"]

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
    found = find_anniversaries(request)
    first = next(found, None)
    if first is None:
        exporter = "ics"
        raise ExportError(exporter, why_empty(request))
    yield calendar_head(request)
    entries = _entries(request, itertools.chain([first], found))
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
            writer = Entries(each.event, request.language, request.options)
            writers[each.event.id] = writer
        yield writer.entry(each)


def calendar_head(request: ExportRequest[IcsOptions]) -> bytes:
    """
    Return the calendar up to its first entry.

    Raises:
        ExportError: If its name contains a control character.
    """
    options, language = request.options, request.language
    name = options.name or _default_name(request.chronology.title, language)
    check_printable("ics", name, "the name of the calendar")
    about = language.label("about", sources=len(request.chronology.sources))
    calendar = icalendar.Calendar.new(
        calscale="GREGORIAN",
        method="PUBLISH",
        name=protect(name),
        description=protect(about),
        prodid=f"-//tjun//tjun {__version__}//{language.tag.upper()}",
        uid=_calendar_uid(request),
        refresh_interval=dt.timedelta(days=1),
        source=None if options.feed_url is None else uri(options.feed_url),
    )
    calendar.add("X-PUBLISHED-TTL", "P1D")
    # icalendar 7.3 does not escape these three, because RFC 5545 does not define
    # them, and omits the VALUE parameters that RFC 7986 gives to these two.
    calendar["NAME"] = icalendar.vText(protect(name))
    calendar["X-WR-CALNAME"] = icalendar.vText(protect(name))
    calendar["X-WR-CALDESC"] = icalendar.vText(protect(about))
    calendar["REFRESH-INTERVAL"].params["VALUE"] = "DURATION"
    if "SOURCE" in calendar:
        calendar["SOURCE"].params["VALUE"] = "URI"
    lines = list(folded_lines(calendar.content_lines()))
    return b"".join(lines[:-1])  # The end comes after the entries.


def _calendar_uid(request: ExportRequest[IcsOptions]) -> str:
    """
    Return a UID that differs from those of other feeds, and is the same every year.
    """
    title, options = request.chronology.title, request.options
    parts = [
        None if title is None else title.in_("en"),
        request.language.tag,
        request.selection,
        options.name,
        options.minor,
        options.every,
    ]
    name = json.dumps(parts, ensure_ascii=False)
    return f"{uuid.uuid5(uuid.NAMESPACE_URL, f'tjun:{name}')}@tjun"


def _default_name(title: Text | None, language: Language) -> str:
    name = language.label("anniversaries")
    return name if title is None else f"{title.in_(language)}: {name.lower()}"
