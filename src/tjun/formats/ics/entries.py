"""
The entries of one event, which differ only in the year.

icalendar builds and escapes each property once. For each year only the lines that
change are written, because building a whole entry takes twenty times as long.
"""

from __future__ import annotations

import datetime as dt
import functools
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

import icalendar

from tjun import Anniversary, Event, EventStatus, ExportRequest, Titles
from tjun.formats.ics.contentlines import (
    escape,
    fold,
    folded_lines,
    protect,
    summary_line,
    uri,
)
from tjun.formats.ics.description import best_address, describe
from tjun.formats.ics.options import IcsOptions
from tjun.formats.paths import event_page
from tjun.formats.printable import check_printable

__all__ = ["Entries"]

_EPOCH = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
_MAX_INTEGER = 2**31 - 1  # RFC 5545, 3.3.8.
_MAX_DAYS = 31  # Longer events, such as a decade, are shown on their first day.
_YEARLY = ("SUMMARY", "DTSTART", "DTEND", "UID", "CATEGORIES")
_ISOLATE, _END_ISOLATE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}  # Classes of Unicode's UAX #9.


class Entries:
    """
    Writes the entries of one event.

    Args:
        event: The event.

        request: The record, the language, the options and the day of the calendar.

    Raises:
        ExportError: If a text contains a character that RFC 5545 does not allow.
    """

    def __init__(self, event: Event, request: ExportRequest[IcsOptions]) -> None:
        language, record = request.language, request.chronology
        self._event, self._language, self._options = event, language, request.options
        self._owner = f"{record.id}.tjun"
        self._stamp = request.options.stamp(record, request.today)
        self._areas = [area.name.in_(language) for area in event.areas]
        title = event.title if event.short is None else event.short
        self._plain_title = title.in_(language)
        self._titles = Titles(event, language)
        self._isolated = _direction(self._plain_title) not in {None, language.direction}
        self._announced = ""
        if event.status is EventStatus.ANNOUNCED:
            self._announced = language.label("announced")
        self._categories: dict[bool, bytes] = {}  # For jubilees and other years.
        self._triggers = [_trigger_line(each) for each in request.options.reminders]
        self._template = b""

    def entry(self, each: Anniversary) -> bytes:
        """
        Return the folded lines of one year's entry.
        """
        if not self._template:
            self._template = self._build()
        jubilee = each.jubilee
        if jubilee not in self._categories:
            self._categories[jubilee] = self._categories_line(jubilee=jubilee)
        start, end = self._days(each)
        summary = summary_line(self._title(each))
        return self._template % {
            b"SUMMARY": fold(b"SUMMARY:" + escape(summary).encode()),
            b"DTSTART": b"DTSTART;VALUE=DATE:%04d%02d%02d\r\n" % start,
            b"DTEND": b"DTEND;VALUE=DATE:%04d%02d%02d\r\n" % end,
            b"UID": fold(b"UID:" + self._uid(each).encode()),
            b"CATEGORIES": self._categories[jubilee],
            b"VALARM": self._alarms(summary),
        }

    def _title(self, each: Anniversary) -> str:
        """
        Return the title of one year's entry.

        A title in a script of the other direction is isolated, because the number and
        the year around it would otherwise appear in the wrong place.
        """
        title, own = self._titles.of(each.number), self._plain_title
        if self._isolated and own != title:
            title = title.replace(own, f"{_ISOLATE}{own}{_END_ISOLATE}", 1)
        if self._announced:
            title = self._language.titled(title, note=self._announced)
        return title

    def _uid(self, each: Anniversary) -> str:
        return f"{self._event.id}-{each.date.anchor.year:04}@{self._owner}"

    def _build(self) -> bytes:
        """
        Return the lines of an entry, with a gap for each line that changes.
        """
        event = self._event
        lines = {
            **_shared_lines(self._stamp, event.status),
            **_lines(self._own_properties()),
            **{name: b"%%(%b)b" % name.encode() for name in _YEARLY},
        }
        parts = [lines[name] for name in icalendar.Event(lines).sorted_keys()]
        return b"".join([b"BEGIN:VEVENT\r\n", *parts, b"%(VALARM)b", b"END:VEVENT\r\n"])

    def _own_properties(self) -> icalendar.Event:
        """
        Return the properties that only this event has, the same every year.
        """
        event, language = self._event, self._language
        url = best_address(event, language)
        if self._options.page_url is not None:
            url = event_page(self._options.page_url, event.id)
        description = describe(event, language, url)
        self._check(description)
        own = icalendar.Event()
        if event.place is not None:
            place = event.place.in_(language)
            check_printable("ics", place, f"the place of {event.id}")
            own.location = protect(place)
        own.description = protect(description)
        if url is not None:
            own.url = uri(url)
        return own

    def _check(self, description: str) -> None:
        event = self._event
        title = event.title.in_(self._language)
        check_printable("ics", title, f"the title of {event.id}")
        if event.short is not None:
            short = event.short.in_(self._language)
            check_printable("ics", short, f"the short title of {event.id}")
        check_printable("ics", description, f"the description of {event.id}")
        for area, name in zip(event.areas, self._areas, strict=True):
            check_printable("ics", name, f"the name of the area {area.id}")

    def _alarms(self, summary: str) -> bytes:
        """
        Return the reminders, which show the title of the year's entry.
        """
        if not self._triggers:
            return b""
        text = fold(b"DESCRIPTION:" + escape(summary).encode())
        return b"".join(
            b"BEGIN:VALARM\r\nACTION:DISPLAY\r\n%b%bEND:VALARM\r\n" % (text, trigger)
            for trigger in self._triggers
        )

    def _categories_line(self, *, jubilee: bool) -> bytes:
        names = [*map(escape, self._areas), *(["JUBILEE"] if jubilee else [])]
        if self._event.status is EventStatus.ANNOUNCED:
            names.append("ANNOUNCED")
        return fold(b"CATEGORIES:" + ",".join(names).encode()) if names else b""

    def _days(
        self, each: Anniversary
    ) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
        """
        Return the first day of the entry, and the day after the last.
        """
        first, last = each.date.extent
        start = first.year, first.month, first.day
        if each.date.day is None and self._options.month_dates != "month":
            last = first
        elif each.until is not None and each.until.day is not None:
            lasting = each.until.extent[1]
            last = lasting if (lasting - first).days < _MAX_DAYS else first
        return start, _day_after(last.year, last.month, last.day)


@functools.lru_cache(maxsize=128)
def _shared_lines(stamp: dt.datetime, status: EventStatus) -> Mapping[str, bytes]:
    """
    Return the lines of the properties that many events have in common.
    """
    tentative = status is EventStatus.ANNOUNCED
    minutes = (stamp - _EPOCH) // dt.timedelta(minutes=1)
    shared = icalendar.Event.new(
        uid="",  # Otherwise a random one is made.
        stamp=stamp,
        last_modified=stamp,
        sequence=min(max(0, minutes), _MAX_INTEGER),
        classification=icalendar.CLASS.PUBLIC,
        status=icalendar.STATUS.TENTATIVE if tentative else icalendar.STATUS.CONFIRMED,
        transparency=icalendar.TRANSP.TRANSPARENT,
    )
    shared.add("X-MICROSOFT-CDO-BUSYSTATUS", "FREE")
    return _lines(shared)


def _trigger_line(before: dt.timedelta) -> bytes:
    alarm = icalendar.Alarm()
    alarm.add("trigger", -before)
    return fold(str(alarm.content_line("TRIGGER", alarm["TRIGGER"])).encode())


def _direction(text: str) -> str | None:
    """
    Return the direction of *text*, which its first strong character decides.
    """
    classes = map(unicodedata.bidirectional, text)
    return next((_STRONG[each] for each in classes if each in _STRONG), None)


def _lines(component: icalendar.Event) -> dict[str, bytes]:
    return {
        name: _template([component.content_line(name, component[name])])
        for name in component
    }


def _template(lines: Iterable[Any]) -> bytes:
    """
    Return icalendar's content lines, folded and with each % doubled.
    """
    return b"".join(folded_lines(lines)).replace(b"%", b"%%")


def _day_after(year: int, month: int, day: int) -> tuple[int, int, int]:
    if day < 28:
        return year, month, day + 1
    after = dt.date(year, month, day) + dt.timedelta(days=1)
    return after.year, after.month, after.day
