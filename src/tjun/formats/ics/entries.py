"""
The entries of one event, which differ only in the year.

icalendar builds and orders the properties once for all events. For each event only
its own lines are written, and for each year only those that change, because building
a whole entry takes twenty times as long.
"""

from __future__ import annotations

import datetime as dt
import functools
import unicodedata

import icalendar

from tjun import Anniversary, Event, EventStatus, ExportRequest, Titles
from tjun.formats.ics.contentlines import (
    escape,
    fold,
    summary_line,
    uri,
)
from tjun.formats.ics.description import best_address, describe
from tjun.formats.ics.options import IcsOptions
from tjun.formats.paths import event_page
from tjun.formats.printable import CONTROL, check_printable

__all__ = ["Entries"]

_EPOCH = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
_MAX_INTEGER = 2**31 - 1  # RFC 5545, 3.3.8.
_MAX_DAYS = 31  # Longer events, such as a decade, are shown on their first day.
_TEXTS = ("title", "short title", "place", "description")
_OWN = ("DESCRIPTION", "LOCATION", "URL")
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
        language, options = request.language, request.options
        self._event, self._language, self._options = event, language, options
        self._owner = f"{request.chronology.id}.tjun"
        self._areas = tuple(area.name.in_(language) for area in event.areas)
        title = event.title if event.short is None else event.short
        self._plain_title = title.in_(language)
        self._titles = Titles(event, language)
        self._isolated = _direction(self._plain_title) not in {None, language.direction}
        self._announced = ""
        if event.status is EventStatus.ANNOUNCED:
            self._announced = language.label("announced")
        self._triggers = [_trigger_line(each) for each in options.reminders]
        stamp = options.stamp(request.chronology, request.today)
        self._template = _frame(stamp, event.status) % self._own_lines()

    def entry(self, each: Anniversary) -> bytes:
        """
        Return the folded lines of one year's entry.
        """
        start, end = self._days(each)
        summary = escape(summary_line(self._title(each))).encode()
        return self._template % {
            b"SUMMARY": fold(b"SUMMARY:" + summary),
            b"DTSTART": b"DTSTART;VALUE=DATE:%04d%02d%02d\r\n" % start,
            b"DTEND": b"DTEND;VALUE=DATE:%04d%02d%02d\r\n" % end,
            b"UID": fold(f"UID:{self._uid(each)}".encode()),
            b"CATEGORIES": _categories(
                self._areas, self._event.status, jubilee=each.jubilee
            ),
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

    def _own_lines(self) -> dict[bytes, bytes]:
        """
        Return the lines that only this event has, the same every year.
        """
        event, language = self._event, self._language
        url = best_address(event, language)
        if self._options.page_url is not None:
            url = event_page(self._options.page_url, event.id)
        description = describe(event, language, url)
        place = "" if event.place is None else event.place.in_(language)
        self._check(place, description)
        return {
            b"DESCRIPTION": _line("DESCRIPTION", escape(description)),
            b"LOCATION": _line("LOCATION", escape(place)),
            b"URL": _line("URL", uri(url or "")),
        }

    def _check(self, place: str, description: str) -> None:
        """
        Reject texts with control characters, searching all of them at once.
        """
        title, own = self._event.title.in_(self._language), self._event.id
        texts = [title, self._plain_title, place, description, *self._areas]
        if CONTROL.search("\n".join(texts)) is None:
            return
        areas = (f"the name of the area {area.id}" for area in self._event.areas)
        what = [f"the {each} of {own}" for each in _TEXTS]
        named = zip(texts, [*what, *areas], strict=True)
        wrong = [(text, name) for text, name in named if CONTROL.search(text)]
        check_printable("ics", *wrong[0])

    def _alarms(self, summary: bytes) -> bytes:
        """
        Return the reminders, which show the title of the year's entry.
        """
        if not self._triggers:
            return b""
        text = fold(b"DESCRIPTION:" + summary)
        return b"".join(
            b"BEGIN:VALARM\r\nACTION:DISPLAY\r\n%b%bEND:VALARM\r\n" % (text, trigger)
            for trigger in self._triggers
        )

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


def _line(name: str, value: str) -> bytes:
    """
    Return the line of a property, if it has a value, with each % doubled.
    """
    return fold(f"{name}:{value}".encode()).replace(b"%", b"%%") if value else b""


@functools.lru_cache(maxsize=128)
def _frame(stamp: dt.datetime, status: EventStatus) -> bytes:
    """
    Return the lines that many events have in common, and a gap for each other line.
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
    lines = {
        name: fold(str(shared.content_line(name, shared[name])).encode())
        for name in shared
    }
    lines |= {name: b"%%(%b)b" % name.encode() for name in _OWN}
    lines |= {name: b"%%%%(%b)b" % name.encode() for name in _YEARLY}
    parts = [lines[name] for name in icalendar.Event(lines).sorted_keys()]
    return b"".join([b"BEGIN:VEVENT\r\n", *parts, b"%%(VALARM)bEND:VEVENT\r\n"])


@functools.lru_cache(maxsize=128)
def _categories(areas: tuple[str, ...], status: EventStatus, *, jubilee: bool) -> bytes:
    names = [*map(escape, areas), *(["JUBILEE"] if jubilee else [])]
    if status is EventStatus.ANNOUNCED:
        names.append("ANNOUNCED")
    return fold(f"CATEGORIES:{','.join(names)}".encode()) if names else b""


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


def _day_after(year: int, month: int, day: int) -> tuple[int, int, int]:
    if day < 28:
        return year, month, day + 1
    after = dt.date(year, month, day) + dt.timedelta(days=1)
    return after.year, after.month, after.day
