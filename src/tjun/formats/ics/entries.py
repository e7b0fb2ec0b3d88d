"""
The entries of one event, which differ only in the year.

icalendar builds and escapes each property once. For each year only the lines that
change are written, because building a whole entry takes twenty times as long.
"""

from __future__ import annotations

import datetime as dt
import functools
from calendar import monthrange
from collections.abc import Iterable, Mapping
from typing import Any

import icalendar

from tjun import Anniversary, Event, EventStatus, Language
from tjun.formats.ics.contentlines import (
    escape,
    fold,
    folded_lines,
    protect,
    summary_line,
    uri,
)
from tjun.formats.ics.description import best_source_url, describe
from tjun.formats.ics.options import IcsOptions
from tjun.formats.paths import event_page
from tjun.formats.printable import check_printable

__all__ = ["Entries"]

_EPOCH = dt.date(1970, 1, 1)
_MAX_DAYS = 31  # Longer events, such as a decade, are shown on their first day.
_YEARLY = ("SUMMARY", "DTSTART", "DTEND", "UID", "CATEGORIES")


class Entries:
    """
    Writes the entries of one event.

    Args:
        event: The event.

        language: The language of titles and descriptions.

        options: The options of the calendar.

    Raises:
        ExportError: If a text contains a character that RFC 5545 does not allow.
    """

    def __init__(self, event: Event, language: Language, options: IcsOptions) -> None:
        self._event, self._language, self._options = event, language, options
        self._areas = [area.name.in_(language) for area in event.areas]
        self._categories: dict[bool, bytes] = {}  # For jubilees and other years.
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
        summary = summary_line(each.title(self._language))
        return self._template % {
            b"SUMMARY": fold(b"SUMMARY:" + escape(summary).encode()),
            b"DTSTART": b"DTSTART;VALUE=DATE:%04d%02d%02d\r\n" % start,
            b"DTEND": b"DTEND;VALUE=DATE:%04d%02d%02d\r\n" % end,
            b"UID": fold(b"UID:" + self._uid(each).encode()),
            b"CATEGORIES": self._categories[jubilee],
        }

    def _uid(self, each: Anniversary) -> str:
        return f"{self._event.id}-{each.date.year:04}@tjun"

    def _build(self) -> bytes:
        """
        Return the lines of an entry, with a gap for each line that changes.
        """
        event = self._event
        lines = {
            **_shared_lines(event.revised or _EPOCH, event.status),
            **_lines(self._own_properties()),
            **{name: b"%%(%b)b" % name.encode() for name in _YEARLY},
        }
        parts = [lines[name] for name in icalendar.Event(lines).sorted_keys()]
        parts += (_template(alarm.content_lines()) for alarm in self._alarms())
        return b"".join([b"BEGIN:VEVENT\r\n", *parts, b"END:VEVENT\r\n"])

    def _own_properties(self) -> icalendar.Event:
        """
        Return the properties that only this event has, the same every year.
        """
        event, language = self._event, self._language
        url = best_source_url(event)
        if self._options.page_url is not None:
            url = event_page(self._options.page_url, event.id)
        description = describe(event, language, url)
        self._check(description)
        own = icalendar.Event()
        own.description = protect(description)
        if url is not None:
            own.url = uri(url)
        return own

    def _check(self, description: str) -> None:
        event = self._event
        title = event.title.in_(self._language)
        check_printable("ics", title, f"the title of {event.id}")
        check_printable("ics", description, f"the description of {event.id}")
        for area, name in zip(event.areas, self._areas, strict=True):
            check_printable("ics", name, f"the name of the area {area.id}")

    def _alarms(self) -> list[icalendar.Alarm]:
        days = self._options.alarm_days
        if days is None:
            return []
        title = summary_line(self._event.title.in_(self._language))
        alarm = icalendar.Alarm.new(description=protect(title))
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", dt.timedelta(days=-days))
        return [alarm]

    def _categories_line(self, *, jubilee: bool) -> bytes:
        names = [*map(escape, self._areas), *(["JUBILEE"] if jubilee else [])]
        return fold(b"CATEGORIES:" + ",".join(names).encode()) if names else b""

    def _days(
        self, each: Anniversary
    ) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
        """
        Return the first day of the entry, and the day after the last.
        """
        date, event = each.date, self._event
        year, month, day = date.year, date.month or 1, date.day
        if day is None:
            if self._options.month_dates == "month":
                last = monthrange(year, month)[1]
                return (year, month, 1), _day_after(year, month, last)
            return (year, month, 1), (year, month, 2)
        until = event.until
        if until is not None and until.day is not None and date == event.date:
            end = until.earliest
            if (end - date.earliest).days < _MAX_DAYS:
                return (year, month, day), _day_after(end.year, end.month, end.day)
        return (year, month, day), _day_after(year, month, day)


@functools.lru_cache(maxsize=128)
def _shared_lines(revised: dt.date, status: EventStatus) -> Mapping[str, bytes]:
    """
    Return the lines of the properties that many events have in common.
    """
    stamp = dt.datetime.combine(revised, dt.time(), dt.UTC)
    tentative = status is EventStatus.ANNOUNCED
    shared = icalendar.Event.new(
        uid="",  # Otherwise a random one is made.
        stamp=stamp,
        last_modified=stamp,
        sequence=max(0, (revised - _EPOCH).days),
        classification=icalendar.CLASS.PUBLIC,
        status=icalendar.STATUS.TENTATIVE if tentative else icalendar.STATUS.CONFIRMED,
        transparency=icalendar.TRANSP.TRANSPARENT,
    )
    shared.add("X-MICROSOFT-CDO-BUSYSTATUS", "FREE")
    return _lines(shared)


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
