"""
The calendar: one all-day entry for each event and year.

The properties are those of RFC 5545 and RFC 7986.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import logging
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator

import icalendar

from tjun import __version__
from tjun.chronology.anniversaries import Anniversary, anniversaries_of
from tjun.errors import ExportError
from tjun.exporting.contract import Exporter, ExportRequest
from tjun.formats.ics.contentlines import folded_lines, protect, uri
from tjun.formats.ics.entries import Entries
from tjun.formats.ics.options import IcsOptions
from tjun.formats.printable import check_printable
from tjun.locales.language import Language
from tjun.model.dates import Precision
from tjun.model.entities import Event
from tjun.model.text import Text

__all__ = ["CALENDAR_END", "ICS", "calendar_head", "render"]

CALENDAR_END = b"END:VCALENDAR\r\n"
"""
The line after the last entry.
"""

_log = logging.getLogger(__name__)

_MAX_ENTRIES = 1_000  # Google Calendar reads about 1,100 entries,
_MAX_BYTES = 900_000  # and about 1 MB, and silently drops the rest.


def render(request: ExportRequest[IcsOptions]) -> Iterator[bytes]:
    """
    Yield the calendar: its properties, each entry in order, its end.

    Raises:
        ExportError: If there are no entries, or a text contains a character that
            RFC 5545 does not allow.
    """
    found = _anniversaries(request)
    first = next(found, None)
    if first is None:
        raise ExportError("ics", _why_empty(request))
    head = calendar_head(request)
    yield head
    size, count = len(head), 0
    writers: dict[str, Entries] = {}
    for each in itertools.chain([first], found):
        event = each.event
        if event.id not in writers:
            writers[event.id] = Entries(event, request.language, request.options)
        entry = writers[event.id].entry(each)
        size, count = size + len(entry), count + 1
        yield entry
    yield CALENDAR_END
    _report(request, count, size)


def _anniversaries(request: ExportRequest[IcsOptions]) -> Iterator[Anniversary]:
    options = request.options
    first, last = options.years(request.today)
    found = anniversaries_of(
        request.chronology.events,
        since=first,
        until=last,
        every=options.every,
        minor=options.minor,
        leap_day=options.leap_day,
    )
    skip_months = options.month_dates == "skip"
    return (each for each in found if each.date.day is not None or not skip_months)


def _why_empty(request: ExportRequest[IcsOptions]) -> str:
    if not request.chronology.events:
        selected = f" ({request.selection})" if request.selection else ""
        return f"there is nothing to write: no event is selected{selected}"
    options = request.options
    first, last = options.years(request.today)
    reasons = [f"every={options.every}", f"minor={options.minor}"]
    if options.month_dates == "skip":
        reasons.append("month_dates=skip")
    if request.selection:
        reasons.append(request.selection)
    return (
        f"there is nothing to write: no entry for {first} to {last} with"
        f" {', '.join(reasons)}"
    )


def left_out(
    events: Iterable[Event], options: IcsOptions
) -> dict[Precision, list[str]]:
    """
    Return the ids of events without a day on which to enter them, by precision.
    """
    found: dict[Precision, list[str]] = {}
    for event in events:
        precision = event.date.precision
        skipped = precision is Precision.MONTH and options.month_dates == "skip"
        if precision is Precision.YEAR or skipped:
            found.setdefault(precision, []).append(event.id)
    return found


_UNKNOWN = {
    Precision.YEAR: "because only their year is known",
    Precision.MONTH: "because only their month is known",
}


def _report(request: ExportRequest[IcsOptions], count: int, size: int) -> None:
    options = request.options
    first, last = options.years(request.today)
    noun = "entry" if count == 1 else "entries"
    years = f"{first}" if first == last else f"{first} to {last}"
    request.note(f"{count:,} {noun} for {years}, {size / 1000:,.0f} kB.")
    missing = left_out(request.chronology.events, options)
    for precision, ids in missing.items():
        number = Counter(ids).total()
        what = "1 event is" if number == 1 else f"{number:,} events are"
        request.note(f"{what} not in the calendar {_UNKNOWN[precision]}.")
        _log.debug("Not in the calendar: %s", ", ".join(ids))
    if count > _MAX_ENTRIES or size > _MAX_BYTES:
        request.note(
            "Google Calendar reads about 1,000 entries and 1 MB and ignores the rest."
            " Reduce the size with every=5, minor=none, first_year, last_year or a"
            " filter."
        )


def calendar_head(request: ExportRequest[IcsOptions]) -> bytes:
    """
    Return the calendar up to its first entry.

    Raises:
        ExportError: If its name contains a control character.
    """
    options, language = request.options, request.language
    name = options.name or _default_name(request.chronology.title, language)
    check_printable("ics", name, "the name of the calendar")
    sources = len(request.chronology.sources)
    about = language.label("about", sources=sources)
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
    # icalendar neither escapes properties that it does not know, nor writes the
    # parameter that RFC 7986 requires of this one.
    calendar["X-WR-CALNAME"] = icalendar.vText(protect(name))
    calendar["X-WR-CALDESC"] = icalendar.vText(protect(about))
    calendar["REFRESH-INTERVAL"].params["VALUE"] = "DURATION"
    lines = list(folded_lines(calendar.content_lines()))
    return b"".join(lines[:-1])  # The end comes after the entries.


def _calendar_uid(request: ExportRequest[IcsOptions]) -> str:
    """
    Return what identifies this feed from year to year, among others.
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


ICS = Exporter(
    name="ics",
    summary="A calendar of anniversaries (iCalendar) to import or subscribe to.",
    media_type="text/calendar",
    suffix=".ics",
    options=IcsOptions,
    render=render,
)
