"""
The entries of one event, which differ only in the year.

icalendar builds and escapes one entry; the other years are filled in, because building
each of them takes twenty times as long.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange

import icalendar

from tjun.chronology.anniversaries import Anniversary
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
from tjun.locales.language import Language
from tjun.model.entities import Event
from tjun.model.kinds import EventStatus

__all__ = ["Entries"]

_EPOCH = dt.date(1970, 1, 1)
_MAX_DAYS = 31  # Longer events, like a decade, are shown on their first day.
_YEARLY = (b"UID:", b"DTSTART;", b"DTEND;", b"SUMMARY:")


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
        self._url = best_source_url(event)
        if options.page_url is not None:
            self._url = event_page(options.page_url, event.id)
        self._description = describe(event, language, self._url)
        # With and without the category that marks a jubilee.
        self._templates: dict[bool, _Template] = {}
        self._check()

    def _check(self) -> None:
        event, language = self._event, self._language
        check_printable("ics", event.title.in_(language), f"the title of {event.id}")
        check_printable("ics", self._description, f"the description of {event.id}")
        for area in event.areas:
            name = area.name.in_(language)
            check_printable("ics", name, f"the name of the area {area.id}")

    def entry(self, each: Anniversary) -> bytes:
        """
        Return the folded lines of one year's entry.
        """
        template = self._templates.get(each.jubilee)
        if template is None:
            template = _Template(self._build(each))
            self._templates[each.jubilee] = template
        start, end = self._days(each)
        summary = summary_line(each.title(self._language))
        return template.fill(
            f"UID:{self._uid(each)}".encode(),
            b"DTSTART;VALUE=DATE:%04d%02d%02d" % start,
            b"DTEND;VALUE=DATE:%04d%02d%02d" % end,
            f"SUMMARY:{escape(summary)}".encode(),
        )

    def _uid(self, each: Anniversary) -> str:
        return f"{self._event.id}-{each.date.year:04}@tjun"

    def _build(self, each: Anniversary) -> icalendar.Event:
        """
        Return the whole entry of one year, made by icalendar.
        """
        event, language = self._event, self._language
        revised = event.revised or _EPOCH
        stamp = dt.datetime.combine(revised, dt.time(), dt.UTC)
        categories = [protect(area.name.in_(language)) for area in event.areas]
        if each.jubilee:
            categories.append("JUBILEE")
        tentative = event.status is EventStatus.ANNOUNCED
        start, end = self._days(each)
        entry = icalendar.Event.new(
            uid=self._uid(each),
            stamp=stamp,
            last_modified=stamp,
            sequence=max(0, (revised - _EPOCH).days),
            start=dt.date(*start),
            end=dt.date(*end),
            summary=protect(summary_line(each.title(language))),
            description=protect(self._description),
            url=None if self._url is None else uri(self._url),
            categories=categories or (),
            classification=icalendar.CLASS.PUBLIC,
            status=icalendar.STATUS.TENTATIVE
            if tentative
            else icalendar.STATUS.CONFIRMED,
            transparency=icalendar.TRANSP.TRANSPARENT,
            subcomponents=self._alarms(),
        )
        entry.add("X-MICROSOFT-CDO-BUSYSTATUS", "FREE")
        return entry

    def _alarms(self) -> list[icalendar.Alarm]:
        days = self._options.alarm_days
        if days is None:
            return []
        title = summary_line(self._event.title.in_(self._language))
        alarm = icalendar.Alarm.new(description=protect(title))
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", dt.timedelta(days=-days))
        return [alarm]

    def _days(
        self, each: Anniversary
    ) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
        year, month, day = each.date.year, each.date.month or 1, each.date.day
        if day is None and self._options.month_dates == "month":
            return (year, month, 1), _day_after(year, month, monthrange(year, month)[1])
        until = self._event.until if day is not None else None
        day = day or 1
        if (
            each.date == self._event.date
            and until is not None
            and until.day is not None
        ):
            last = until.earliest
            if (last - each.date.earliest).days < _MAX_DAYS:
                return (year, month, day), _day_after(last.year, last.month, last.day)
        return (year, month, day), _day_after(year, month, day)


class _Template:
    """
    The lines of an entry, with gaps for those that change every year.
    """

    def __init__(self, entry: icalendar.Event) -> None:
        self._parts: list[bytes | int] = []
        fixed: list[bytes] = []
        nested = False  # An alarm has a SUMMARY or UID of its own.
        for line in folded_lines(entry.content_lines()):
            nested = nested or line == b"BEGIN:VALARM\r\n"
            gap = next((i for i, p in enumerate(_YEARLY) if line.startswith(p)), None)
            if gap is None or nested:
                fixed.append(line)
            else:
                self._parts += [b"".join(fixed), gap]
                fixed = []
        self._parts.append(b"".join(fixed))

    def fill(self, *lines: bytes) -> bytes:
        """
        Return the entry with *lines*, which are in the order of `_YEARLY`.
        """
        return b"".join(
            fold(lines[part]) if isinstance(part, int) else part for part in self._parts
        )


def _day_after(year: int, month: int, day: int) -> tuple[int, int, int]:
    if day < 28:
        return year, month, day + 1
    after = dt.date(year, month, day) + dt.timedelta(days=1)
    return after.year, after.month, after.day
