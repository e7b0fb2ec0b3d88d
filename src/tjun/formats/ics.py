"""
The calendar: one all-day entry for each event and year, as clients need it.

The properties are those of RFC 5545 and RFC 7986. Most of an entry is the same
every year, so an event is encoded once and the years are stamped into it.
"""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal

import attrs

from tjun import __version__
from tjun.chronology.anniversaries import Anniversary, LeapDay, anniversaries_of
from tjun.errors import ExportError
from tjun.exporting.contract import Exporter, ExportRequest
from tjun.formats.contentlines import (
    CONTROL,
    content_line,
    escaped,
    uri,
    utf16_units,
)
from tjun.locales.language import Language
from tjun.model.dates import Precision
from tjun.model.entities import Event
from tjun.model.kinds import EventStatus
from tjun.model.text import Text, one_line
from tjun.model.validators import not_blank, web_address

__all__ = ["ICS", "IcsOptions"]

_log = logging.getLogger(__name__)

_LAST_YEAR = 9998  # The end of an all-day entry is the day after it.
_WINDOW = 11  # From the previous year to ten years ahead.
_LONGEST_SUMMARY = 255  # UTF-16 units; Outlook cuts there.
_LONGEST_SPAN = 31  # Days that an entry covers; a decade is shown on its first day.
_MOST_ENTRIES = 1_000  # Google reads about 1,100 entries,
_MOST_OCTETS = 900_000  # and about 1 MB, and drops the rest without a word.
_UID = "anniversaries@tjun"
_UNREVISED = dt.date(1970, 1, 1)

MonthDates = Literal["month", "first-day", "skip"]


def _year(_: object, attribute: attrs.Attribute[Any], value: int | None) -> None:
    if value is not None and not 1 <= value <= _LAST_YEAR:
        name = attribute.name.replace("_", "-")
        msg = f"expected a {name} from 1 to {_LAST_YEAR}, got {value}"
        raise ValueError(msg)


def _at_least(least: int) -> Callable[[object, attrs.Attribute[Any], int | None], None]:
    def validate(_: object, attribute: attrs.Attribute[Any], value: int | None) -> None:
        if value is not None and value < least:
            name = attribute.name.replace("_", "-")
            msg = f"expected {name} to be at least {least}, got {value}"
            raise ValueError(msg)

    return validate


@attrs.frozen(kw_only=True)
class IcsOptions:
    """
    What to put into a calendar.

    Attributes:
        first_year: The first year to have entries; the previous year where not
            given.

        last_year: The last year to have entries; eleven years after the first
            where not given.

        every: Keep only the anniversaries of so many years: 5 for jubilees.

        month_dates: Show an event known to the month as an entry as long as the
            month, on its first day, or not at all.

        leap_day: Where the anniversaries of 29 February fall in common years.

        alarm_days: Remind so many days before; without it there is no reminder.

        name: What the calendar is called.

        feed_url: The address it is published at, so that clients find it again.
    """

    first_year: int | None = attrs.field(default=None, validator=_year)
    last_year: int | None = attrs.field(default=None, validator=_year)
    every: int = attrs.field(default=1, validator=_at_least(1))
    month_dates: MonthDates = "month"
    leap_day: LeapDay = "feb28"
    alarm_days: int | None = attrs.field(default=None, validator=_at_least(0))
    name: str | None = attrs.field(default=None, validator=not_blank)
    feed_url: str | None = attrs.field(default=None, validator=web_address)

    def __attrs_post_init__(self) -> None:
        first, last = self.first_year, self.last_year
        if first is not None and last is not None and last < first:
            msg = f"expected a last-year from {first}, the first-year, got {last}"
            raise ValueError(msg)

    def years(self, today: dt.date) -> tuple[int, int]:
        """
        Return the first and the last year to have entries.
        """
        last = self.last_year
        first = self.first_year
        if first is None:
            first = max(1, min(today.year - 1, last or _LAST_YEAR))
        return first, min(first + _WINDOW, _LAST_YEAR) if last is None else last


def render(request: ExportRequest[IcsOptions]) -> Iterator[bytes]:
    """
    Yield the calendar: its head, each entry in order, its end.

    Raises:
        ExportError: For a text that RFC 5545 cannot carry.
    """
    options: IcsOptions = request.options
    first, last = options.years(request.today)
    events = request.chronology.events
    head = _head(request)
    octets, entries = len(head), 0
    yield head
    writers: dict[str, _Entries] = {}
    for each in anniversaries_of(
        events,
        since=first,
        until=last,
        every=options.every,
        leap_day=options.leap_day,
    ):
        if each.date.day is None and options.month_dates == "skip":
            continue
        event = each.event
        if event.id not in writers:
            writers[event.id] = _Entries(event, request)
        piece = writers[event.id].entry(each)
        octets += len(piece)
        entries += 1
        yield piece
    yield b"END:VCALENDAR\r\n"
    _tell(entries, octets, (first, last), left_out(events, options))


def left_out(events: Iterable[Event], options: IcsOptions) -> dict[str, list[str]]:
    """
    Return the ids of events that get no entry for want of a day, by reason.
    """
    reasons: dict[str, list[str]] = {}
    for event in events:
        if event.date.precision is Precision.YEAR:
            reason = "known only to the year"
        elif event.date.day is None and options.month_dates == "skip":
            reason = "known only to the month, and --month-dates is skip"
        else:
            continue
        reasons.setdefault(reason, []).append(event.id)
    return reasons


def _tell(
    entries: int, octets: int, years: tuple[int, int], missing: dict[str, list[str]]
) -> None:
    noun = "entry" if entries == 1 else "entries"
    _log.info("%d %s for the years %d to %d.", entries, noun, *years)
    for reason, ids in missing.items():
        _log.warning("Left out, %s: %s.", reason, ", ".join(ids))
    if entries > _MOST_ENTRIES or octets > _MOST_OCTETS:
        _log.warning(
            "%d entries in %d kB: Google Calendar reads about 1,000 entries and 1 MB,"
            " and drops the rest. Make it smaller with --every 5, --first-year,"
            " --last-year, --area, --kind or --mission.",
            entries,
            octets // 1000,
        )


def _head(request: ExportRequest[IcsOptions]) -> bytes:
    options, language = request.options, request.language
    name = options.name or _default_name(request.chronology.title, language)
    _printable(name, "the name of the calendar")
    name = escaped(name)
    # Each address is a calendar of its own, and stays the same one.
    feed = options.feed_url
    uid = _UID if feed is None else f"{uuid.uuid5(uuid.NAMESPACE_URL, feed)}@tjun"
    sources = len(request.chronology.sources)
    about = language.label("about", sources=sources)
    lines = [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", f"-//tjun//tjun {__version__}//{language.tag.upper()}"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("UID", uid),
        ("NAME", name),
        ("X-WR-CALNAME", name),
        ("DESCRIPTION", escaped(about)),
        ("X-WR-CALDESC", escaped(about)),
        ("REFRESH-INTERVAL;VALUE=DURATION", "P1D"),
        ("X-PUBLISHED-TTL", "P1D"),
    ]
    if feed is not None:
        lines.append(("SOURCE;VALUE=URI", uri(feed)))
    return b"".join(content_line(*line) for line in lines)


def _default_name(title: Text | None, language: Language) -> str:
    if title is None:
        return language.label("anniversaries")
    return f"{title.in_(language)}: {language.label('anniversaries').lower()}"


class _Entries:
    """
    The entries of one event, of which only the years differ.
    """

    def __init__(self, event: Event, request: ExportRequest[IcsOptions]) -> None:
        self._event = event
        self._language = request.language
        self._options: IcsOptions = request.options
        revised = event.revised or _UNREVISED
        stamp = f"{revised.isoformat().replace('-', '')}T000000Z"
        sequence = str(max(0, (revised - _UNREVISED).days))
        self._stamped = b"".join(
            content_line(*line)
            for line in (
                ("DTSTAMP", stamp),
                ("LAST-MODIFIED", stamp),
                ("SEQUENCE", sequence),
            )
        )
        self._areas = [escaped(a.name.in_(request.language)) for a in event.areas]
        self._tails: dict[bool, bytes] = {}  # By whether it is a jubilee.
        self._check()

    def _check(self) -> None:
        event, language = self._event, self._language
        _printable(event.title.in_(language), f"the title of {event.id}")
        if event.description is not None:
            words = event.description.in_(language)
            _printable(words, f"the description of {event.id}")
        for area in event.areas:
            _printable(area.name.in_(language), f"the name of the area {area.id}")
        for citation in event.citations:
            source = citation.source
            for part in (source.title, source.publisher, source.symbol or ""):
                _printable(part, f"the source {source.id}")

    def entry(self, each: Anniversary) -> bytes:
        """
        Return one year's entry.
        """
        event = self._event
        start, end = self._days(each)
        summary = _one_line(each.title(self._language))
        tail = self._tails.get(each.jubilee)
        if tail is None:
            tail = self._tails[each.jubilee] = self._tail(jubilee=each.jubilee)
        return b"".join(
            (
                b"BEGIN:VEVENT\r\n",
                content_line("UID", f"{event.id}-{each.date.year:04}@tjun"),
                b"DTSTART;VALUE=DATE:%04d%02d%02d\r\n" % start,
                b"DTEND;VALUE=DATE:%04d%02d%02d\r\n" % end,
                content_line("SUMMARY", escaped(summary)),
                tail,
            )
        )

    def _days(
        self, each: Anniversary
    ) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
        year, month, day = each.date.year, each.date.month or 1, each.date.day
        if day is None and self._options.month_dates == "month":
            return (year, month, 1), _after(year, month, monthrange(year, month)[1])
        until = self._event.until if day is not None else None
        day = day or 1
        itself = each.date == self._event.date
        if itself and until is not None and until.day is not None:
            last = until.earliest
            if (last - each.date.earliest).days < _LONGEST_SPAN:
                return (year, month, day), _after(last.year, last.month, last.day)
        return (year, month, day), _after(year, month, day)

    def _tail(self, *, jubilee: bool) -> bytes:
        event = self._event
        tentative = event.status is EventStatus.ANNOUNCED
        categories = [*self._areas, "JUBILEE"] if jubilee else self._areas
        described = content_line("DESCRIPTION", escaped(self._description()))
        parts = [self._stamped, described]
        if (url := _best_address(event)) is not None:
            parts.append(content_line("URL", uri(url)))
        if categories:
            parts.append(content_line("CATEGORIES", ",".join(categories)))
        lines = [
            ("CLASS", "PUBLIC"),
            ("STATUS", "TENTATIVE" if tentative else "CONFIRMED"),
            ("TRANSP", "TRANSPARENT"),
            ("X-MICROSOFT-CDO-BUSYSTATUS", "FREE"),
        ]
        if self._options.alarm_days is not None:
            lines += [
                ("BEGIN", "VALARM"),
                ("ACTION", "DISPLAY"),
                ("DESCRIPTION", escaped(_one_line(event.title.in_(self._language)))),
                ("TRIGGER", f"-P{self._options.alarm_days}D"),
                ("END", "VALARM"),
            ]
        lines.append(("END", "VEVENT"))
        return b"".join([*parts, *(content_line(*line) for line in lines)])

    def _description(self) -> str:
        event, language = self._event, self._language
        what = event.description or event.title
        paragraphs = [what.in_(language)]
        if event.status is EventStatus.ANNOUNCED:
            when = language.format_span(event.date, event.until)
            paragraphs.append(f"{when}: {language.label('announced')}")
        if event.areas:
            names = ", ".join(area.name.in_(language) for area in event.areas)
            paragraphs.append(f"{language.label('area')}: {names}")
        header = language.label("disputed" if event.disputed else "sources")
        cited = [self._cited(citation) for citation in event.citations]
        paragraphs.append("\n".join([f"{header}:", *cited]))
        return "\n\n".join(paragraphs)

    def _cited(self, citation: Any) -> str:
        source, language = citation.source, self._language
        said = language.format_span(citation.date, citation.until)
        if not citation.verified:
            said = f"{said}, {language.label('not_verified')}"
        what = f", {source.symbol}" if source.symbol else ""
        line = f"- {source.publisher}{what}: {said}"
        return f"{line}. {source.url}" if source.url else line


def _after(year: int, month: int, day: int) -> tuple[int, int, int]:
    if day < 28:
        return year, month, day + 1
    next_day = dt.date(year, month, day) + dt.timedelta(days=1)
    return next_day.year, next_day.month, next_day.day


def _best_address(event: Event) -> str | None:
    seen = sorted(event.citations, key=lambda citation: not citation.verified)
    return next((c.source.url for c in seen if c.source.url is not None), None)


def _one_line(text: str) -> str:
    """
    Return *text* on one line, cut where Outlook would cut it.
    """
    line = one_line(text)
    if len(line) * 2 <= _LONGEST_SUMMARY or utf16_units(line) <= _LONGEST_SUMMARY:
        return line
    line = line[:_LONGEST_SUMMARY]
    while utf16_units(line) >= _LONGEST_SUMMARY:
        line = line[:-1]
    return f"{line}…"


def _printable(text: str, what: str) -> None:
    found = CONTROL.search(text)
    if found is not None:
        msg = f"{what} has the control character {found[0]!r}, which RFC 5545 forbids"
        msg = f"{msg}; take it out of the record"
        raise ExportError(ICS.name, msg)


ICS = Exporter(
    name="ics",
    summary="A calendar of anniversaries (iCalendar) to import or subscribe to.",
    media_type="text/calendar",
    suffix=".ics",
    options=IcsOptions,
    render=render,
)
