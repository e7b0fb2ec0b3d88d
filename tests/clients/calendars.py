"""
Calendars that other programs read, and the entries that they should find in them.

What is expected follows from the record and from the rules for calendars, not from
the code of the exporter.
"""

from __future__ import annotations

import datetime as dt
import functools
import unicodedata
from collections.abc import Iterable
from typing import Any, NamedTuple

import attrs
from making import by

import tjun
from tjun import (
    Anniversary,
    Chronology,
    Citation,
    CooperationArea,
    Event,
    Language,
    Publisher,
    Source,
    Text,
)
from tjun.testing.samples import HOSTILE

__all__ = [
    "CASES",
    "HARD",
    "Case",
    "Entry",
    "address_of",
    "calendar_of",
    "differences",
    "expected_of",
    "on_days",
]

LANGUAGES = tjun.languages()
ADDRESS = "https://example.org/feed.ics?a=1,2;b=%D2%B7&c=d#e"
STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}
MONDAY = "FREQ=YEARLY;BYMONTH=10;BYDAY=1MO"
NAME = "Солгардҳо, \\News; «мо»: \U0001f54a"

HARD = (
    *HOSTILE,
    "C:\\News\\Notes \\\\N \\\\\\n \\; \\, \\: \\",
    'a "quoted; word", and: a^nb ^^ ^\' %0A =0D=0A %(UID)b %%',
    "spaces at the end of a line \n and\ttabs\t\nof it",
    "ҳ" * 900,
    "联" * 900,
    "\\,;:\n\U0001f54a" * 160,
)
"""
Texts that may confuse programs that read calendars.
"""


class Entry(NamedTuple):
    """
    One entry as a person sees it; the end is the first day after it.
    """

    uid: str
    start: str
    end: str
    title: str
    description: str


@attrs.frozen
class Case:
    """
    A record and how it is exported.
    """

    record: Chronology
    options: dict[str, Any] = attrs.field(factory=dict)
    first: int = 2026
    last: int = 2031

    def calendar(self) -> bytes:
        """
        Return the calendar.
        """
        years = {"first_year": self.first, "last_year": self.last}
        return tjun.export(self.record, "ics", **years, **self.options)

    def expected(self) -> list[Entry]:
        """
        Return the entries that the calendar should have.
        """
        found = self.record.anniversaries(
            since=self.first,
            until=self.last,
            every=self.options.get("every", 1),
            show=self.options.get("show", "usual"),
            leap_day=self.options.get("leap_day", "feb28"),
        )
        months = self.options.get("month_dates", "month")
        return [
            self._entry(each, months)
            for each in found
            if each.date.day is not None or months != "skip"
        ]

    def _entry(self, each: Anniversary, months: str) -> Entry:
        language = LANGUAGES[self.options.get("language", "en")]
        first, last = _days(each, months)
        return Entry(
            f"{each.event.id}-{each.date.anchor.year:04}@{self.record.id}.tjun",
            first.isoformat(),
            (last + dt.timedelta(days=1)).isoformat(),
            _title(each, language),
            _description(each.event, language, self.options.get("page_url")),
        )


def _days(each: Anniversary, months: str) -> tuple[dt.date, dt.date]:
    first, last = each.date.extent
    if each.date.day is None:
        return first, last if months == "month" else first
    if each.until is not None and each.until.day is not None:
        last = each.until.extent[1]
    return first, last if (last - first).days <= 30 else first


def _title(each: Anniversary, language: Language) -> str:
    text, event = each.title(language), each.event
    own = (event.short or event.title).in_(language)
    # A title in another direction is isolated from the number and the year.
    first = next((c for c in map(unicodedata.bidirectional, own) if c in STRONG), "L")
    if own != text and STRONG[first] != language.direction:
        text = text.replace(own, f"\u2068{own}\u2069", 1)
    if event.status == "announced":
        text = language.titled(text, note=language.label("announced"))
    line = " ".join(text.split())
    if len(line.encode("utf-16-le")) <= 2 * 255:
        return line
    return line.encode("utf-16-le")[: 2 * 254].decode("utf-16-le", "ignore") + "…"


def _description(event: Event, language: Language, page_url: str | None) -> str:
    parts = [(event.description or event.title).in_(language), ""]
    if event.areas:
        names = ", ".join(area.name.in_(language) for area in event.areas)
        parts.append(f"{language.label('area')}: {names}")
    if event.disputed:
        parts += _accounts(event, language)
    else:
        line = f"{language.label('source')}: {_source(event.best, language)}"
        if rest := len(event.citations) - 1:
            line += f", {language.label('and_more', number=rest)}"
        parts.append(line)
    url = address_of(event, language)
    if page_url is not None:
        url = f"{page_url}/events/{event.id}/"
    text = "\n".join(parts)
    room = 1_000 - (0 if url is None else 1 + len(url))
    if len(text) > room:
        text = text[: room - 1].rstrip() + "…"
    text = text if url is None else f"{text}\n{url}"
    return text.replace("\r\n", "\n").replace("\r", "\n")


def address_of(event: Event, language: Language) -> str | None:
    """
    Return the address of the best source that has one.
    """
    ranked = [event.best, *sorted(event.citations, key=lambda each: each.rank)]
    found = (each.source.address_in(language) for each in ranked)
    return next((url for url in found if url is not None), None)


def _accounts(event: Event, language: Language) -> list[str]:
    dates: dict[tuple[Any, ...], list[str]] = {}
    used = (event.date, event.until, None)
    for citation in event.dated_citations:
        key = (citation.date, citation.until, citation.alternative)
        names = dates.setdefault(used if key == (event.date, None, None) else key, [])
        if (name := _source(citation, language)) not in names:
            names.append(name)
    lines = []
    for (date, until, other), names in dates.items():
        when = language.format_span(date, until)
        if other is not None:
            title = other.title.in_(language)
            when += f" ({language.label('describes_another_event', event=title)})"
        line = f"- {when}: {'; '.join(names)}"
        if len(names) > 2:
            rest = language.label("and_more", number=len(names) - 1)
            line = f"- {when}: {names[0]}, {rest}"
        lines.insert(0 if (date, until, other) == used else len(lines), line)
    if event.reason is not None:
        lines.append(event.reason.in_(language))
    return [f"{language.label('disputed')}:", *lines]


def _source(citation: Citation, language: Language) -> str:
    source = citation.source
    name = source.publisher.name.in_(language)
    name += "" if source.symbol is None else f", {source.symbol}"
    return name if citation.verified else f"{name} ({language.label('not_verified')})"


def differences(found: Iterable[Entry], expected: Iterable[Entry]) -> list[str]:
    """
    Return which entries are missing, unexpected, duplicate or different.
    """
    wanted, got = {each.uid: each for each in expected}, {}
    lines = []
    for each in found:
        if each.uid in got:
            lines.append(f"{each.uid}: duplicate")
        got[each.uid] = each
    lines += [f"{uid}: missing" for uid in wanted.keys() - got.keys()]
    lines += [f"{uid}: unexpected" for uid in got.keys() - wanted.keys()]
    lines += [
        f"{uid}: {field} is {other!r}, expected {one!r}"
        for uid in wanted.keys() & got.keys()
        for field, one, other in zip(Entry._fields, wanted[uid], got[uid], strict=True)
        if one != other
    ]
    return sorted(lines)


def on_days(entries: Iterable[Entry], year: int) -> dict[dt.date, set[str]]:
    """
    Return the titles of the entries on each day of a year.
    """
    day = dt.date(year, 1, 1)
    found: dict[dt.date, set[str]] = {}
    while day.year == year:
        found[day] = set()
        day += dt.timedelta(days=1)
    for each in entries:
        day = dt.date.fromisoformat(each.start)
        while day < dt.date.fromisoformat(each.end):
            if day in found:
                found[day].add(each.title)
            day += dt.timedelta(days=1)
    return found


def hard_texts() -> Chronology:
    """
    Return a record with each hard text in each place that a calendar shows.
    """
    events = []
    for number, text in enumerate(HARD):
        source = Source(
            id=f"s{number}",
            title="A page",
            publisher=Publisher(id=f"p{number}", name=text),
            symbol=text,
            url=ADDRESS,
        )
        # What is long is there once, or else reading takes too long.
        area = CooperationArea(id=f"a{number}", name=text[:400])
        events.append(
            Event(
                id=f"hard-{number}",
                title=Text(en=text, ru=text, tg=text),
                date="1992-03-02",
                areas=[area],
                description=text[:700],
                citations=[Citation(source=source, date="1992-03-02")],
            )
        )
    return Chronology(events=events, title=NAME)


def all_dates() -> Chronology:
    """
    Return a record with every kind of date that a calendar has a rule for.
    """
    page = Source(id="page", title="P", publisher=by("Somebody"), url=ADDRESS)
    paper = Source(id="paper", title="P", publisher=by("Nobody"), symbol="S/RES/968")
    peace = CooperationArea(id="peace", name=Text(en="Peace", ru="Мир", tg="Сулҳ"))
    joined = _event(page, "joined", "1992-03-02", areas=[peace], weight="major")
    created = _event(page, "created", "1994-12-16")
    return Chronology(
        title=Text(en="Dates", ru="Даты", tg="Рӯзҳо"),
        events=[
            joined,
            created,
            _event(page, "long-ago", "1942-01-01"),
            _event(page, "last-day", "1994-12-31"),
            _event(page, "leap", "1996-02-29", weight="major"),
            _event(page, "leap-long", "2000-02-28", until="2000-03-01"),
            _event(page, "month", "2000-05", weight="major"),
            _event(page, "february", "1999-02", until="1999-04"),
            _event(page, "year", "2007"),
            _event(page, "days", "2003-08-30", until="2003-09-01"),
            _event(page, "a-month", "2003-08-01", until="2003-08-31"),
            _event(page, "decade", "2018-03-22", until="2028-03-22"),
            _event(
                page, "coming", "2028-05-25", until="2028-05-28", status="announced"
            ),
            _event(page, "some-day", "2029-06", status="announced"),
            _event(page, "kept", "1992-03-02", yearly=True, marks=joined),
            _event(page, "kept-later", "2001-06-05", yearly=True, marks=joined),
            _event(page, "day", "2025-03-21", yearly=True, kind="observance"),
            _event(page, "week", "2011-02-01", until="2011-02-07", yearly=True),
            _event(page, "new-year", "2012-12-30", until="2013-01-02", yearly=True),
            _event(page, "monday", "1986-10-06", yearly=True, rule=MONDAY),
            _event(page, "about", "1992-03-02~"),
            _event(page, "spring", "1992-21"),
            _event(page, "extended", "1995-06-16", weight="minor"),
            _event(page, "death", "1998-07-20", solemn=True, weight="major"),
            Event(
                id="disputed",
                short=Text(en="It opens", tg="Кушода"),
                place=Text(en="Dushanbe, Tajikistan", ru="Душанбе"),
                reason=Text(en="The page has minutes.", ru="Есть протокол."),
                title=Text(en="It opens", ru="Открытие", tg="Кушода шуд"),
                date="1993-02-01",
                citations=[
                    Citation(source=paper, date="1994-12", verified=False),
                    Citation(source=paper, alternative=created),
                    Citation(source=page, date="1993-02-01"),
                    Citation(source=paper, date="1993-02-01"),
                ],
            ),
        ],
    )


def _event(source: Source, name: str, date: str, **given: Any) -> Event:
    title = Text(en=f"It is {name}", ru=f"Это «{name}»", tg=f"Ин «{name}» аст")
    return Event(
        id=name, title=title, date=date, citations=[Citation(source=source)], **given
    )


def _cases() -> dict[str, Case]:
    un, dates, texts = tjun.load(), all_dates(), hard_texts()
    many: dict[str, Any] = {
        "language": "ru",
        "show": "all",
        "month_dates": "first-day",
        "leap_day": "mar1",
        "remind": ["3d"],
        "name": NAME,
        "feed_url": ADDRESS,
        "page_url": "https://example.org/un",
    }
    few: dict[str, Any] = {
        "language": "tg",
        "show": "major",
        "month_dates": "skip",
        "leap_day": "skip",
    }
    return {
        "record": Case(un, {}, 2027, 2027),
        "record in Russian": Case(un, many, 2027, 2027),
        "record in Tajik": Case(un, {"language": "tg"}, 2027, 2027),
        "texts": Case(texts, {}, 2027, 2027),
        "texts of the event itself": Case(texts, {"language": "tg"}, 1992, 1992),
        "dates": Case(dates, {"show": "all"}, 2000, 2003),
        "dates, jubilees": Case(dates),
        "dates in Russian": Case(dates, many),
        "dates in Tajik": Case(dates, few),
        "dates, every 5": Case(dates, {"every": 5}),
        "dates, with reminders": Case(dates, {"remind": ["0d", "1w", "366d"]}),
        "far years": Case(dates, {"show": "all"}, 9997, 9998),
    }


CASES = _cases()
"""
Every calendar that the clients read.
"""


@functools.cache
def calendar_of(name: str) -> bytes:
    """
    Return the calendar of the case called *name*; it is made once.
    """
    return CASES[name].calendar()


@functools.cache
def expected_of(name: str) -> list[Entry]:
    """
    Return the entries expected in the case called *name*.
    """
    return CASES[name].expected()
