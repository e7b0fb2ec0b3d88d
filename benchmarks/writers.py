"""
The same calendar written by other libraries, used as documented, and without any.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

import ical.calendar
import ical.calendar_stream
import ical.event
import ical.parsing.property
import icalendar
import ics
import ics.grammar.parse
import vobject

BUSY = "X-MICROSOFT-CDO-BUSYSTATUS"
MADE_BY = "-//benchmark//EN"


class Entry(NamedTuple):
    """
    The values of an entry; all entries are public, confirmed and not busy.
    """

    uid: str
    stamp: dt.datetime
    sequence: int
    start: dt.date
    end: dt.date
    summary: str
    description: str
    url: str
    categories: list[str]


def with_icalendar(entries: Iterable[Entry]) -> bytes:
    calendar = icalendar.Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    for each in entries:
        event = icalendar.Event.new(
            uid=each.uid,
            stamp=each.stamp,
            last_modified=each.stamp,
            sequence=each.sequence,
            start=each.start,
            end=each.end,
            summary=each.summary,
            description=each.description,
            url=each.url,
            categories=each.categories,
            classification=icalendar.CLASS.PUBLIC,
            status=icalendar.STATUS.CONFIRMED,
            transparency=icalendar.TRANSP.TRANSPARENT,
        )
        event.add(BUSY, "FREE")
        calendar.add_component(event)
    return calendar.to_ical()


def with_ics(entries: Iterable[Entry]) -> bytes:
    calendar = ics.Calendar(creator=MADE_BY)
    for each in entries:
        event = ics.Event(
            uid=each.uid,
            created=each.stamp,
            last_modified=each.stamp,
            name=each.summary,
            begin=each.start,
            description=each.description,
            url=each.url,
            categories=each.categories,
            classification="PUBLIC",
            status="CONFIRMED",
            transparent=True,
        )
        event.make_all_day()
        event.end = each.end  # From here on the end is exclusive.
        for name, value in (("SEQUENCE", str(each.sequence)), (BUSY, "FREE")):
            line = ics.grammar.parse.ContentLine(name=name, value=value)
            event.extra.append(line)
        calendar.events.add(event)
    return calendar.serialize().encode()


def with_ical(entries: Iterable[Entry]) -> bytes:
    calendar = ical.calendar.Calendar(prodid=MADE_BY)
    for each in entries:
        calendar.events.append(
            ical.event.Event(
                uid=each.uid,
                dtstamp=each.stamp,
                last_modified=each.stamp,
                sequence=each.sequence,
                dtstart=each.start,
                dtend=each.end,
                summary=each.summary,
                description=each.description,
                url=each.url,
                categories=each.categories,
                classification="PUBLIC",
                status="CONFIRMED",
                transparency="TRANSPARENT",
                extras=[ical.parsing.property.ParsedProperty(name=BUSY, value="FREE")],
            )
        )
    stream = ical.calendar_stream.IcsCalendarStream
    return stream.calendar_to_ics(calendar).encode()


def with_vobject(entries: Iterable[Entry]) -> bytes:
    calendar = vobject.iCalendar()
    calendar.add("prodid").value = MADE_BY
    for each in entries:
        event = calendar.add("vevent")
        stamp = each.stamp.replace(
            tzinfo=vobject.icalendar.utc
        )  # The only one it knows.
        for name, value in (
            ("uid", each.uid),
            ("dtstamp", stamp),
            ("last-modified", stamp),
            ("sequence", str(each.sequence)),
            ("dtstart", each.start),
            ("dtend", each.end),
            ("summary", each.summary),
            ("description", each.description),
            ("url", each.url),
            ("categories", each.categories),
            ("class", "PUBLIC"),
            ("status", "CONFIRMED"),
            ("transp", "TRANSPARENT"),
            (BUSY, "FREE"),
        ):
            event.add(name).value = value
    return calendar.serialize().encode()


_CLASS = b"CLASS:PUBLIC\r\n"
_STATUS = b"STATUS:CONFIRMED\r\nTRANSP:TRANSPARENT\r\n"
_END = b"X-MICROSOFT-CDO-BUSYSTATUS:FREE\r\nEND:VEVENT\r\n"


def plain(head: bytes, entries: Iterable[Entry]) -> bytes:
    """
    Write each entry from its values with nothing but string operations.

    This is about as fast as Python can be: no object per entry and no checks.
    """
    chunks = [head]
    for each in entries:
        stamp = each.stamp.isoformat()[:19].replace("-", "").replace(":", "")
        start = each.start.isoformat().replace("-", "")
        end = each.end.isoformat().replace("-", "")
        categories = ",".join([_escaped(name) for name in each.categories])
        chunks += (
            b"BEGIN:VEVENT\r\n",
            _folded(f"SUMMARY:{_escaped(each.summary)}"),
            f"DTSTART;VALUE=DATE:{start}\r\nDTEND;VALUE=DATE:{end}\r\n"
            f"DTSTAMP:{stamp}Z\r\n".encode(),
            _folded(f"UID:{each.uid}"),
            f"SEQUENCE:{each.sequence}\r\n".encode(),
            _folded(f"CATEGORIES:{categories}"),
            _CLASS,
            _folded(f"DESCRIPTION:{_escaped(each.description)}"),
            f"LAST-MODIFIED:{stamp}Z\r\n".encode(),
            _STATUS,
            _folded(f"URL:{each.url}"),
            _END,
        )
    chunks.append(b"END:VCALENDAR\r\n")
    return b"".join(chunks)


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace("\n", "\\n")
    return text.replace(";", "\\;").replace(",", "\\,")


def _folded(text: str) -> bytes:
    line = text.encode()
    if len(line) <= 74:
        return line + b"\r\n"
    chunks, start = [], 0
    while len(line) - start > 74:
        end = start + 74
        while line[end] & 0xC0 == 0x80:
            end -= 1
        if line[end - 1] == 0x5C:
            chunk = line[start:end]
            end -= (len(chunk) - len(chunk.rstrip(b"\\"))) % 2
        chunks.append(line[start:end])
        start = end
    chunks.append(line[start:])
    return b"\r\n ".join(chunks) + b"\r\n"
