"""
The calendars that other programs read, and what each entry of them has to say.

What is meant follows from the record and from the rules for a calendar, not from
the exporter: the anniversaries of a chronology, a month as an entry of its own
length, a title on one line of at most 255 units of UTF-16, and a description of
paragraphs.
"""

from __future__ import annotations

import datetime as dt
import functools
from calendar import monthrange
from collections.abc import Iterable
from typing import Any, NamedTuple

import attrs

import tjun
from tjun import (
    Anniversary,
    Chronology,
    Citation,
    CooperationArea,
    Event,
    Source,
    Text,
)
from tjun.locales.available import find_language
from tjun.testing.samples import HOSTILE

__all__ = ["CASES", "HARD", "Case", "Entry", "differences", "octets_of"]

FIRST, LAST = 1990, 2040
DECADE = 2024, 2033  # Any ten years have a jubilee of each event with a month.
ADDRESS = "https://example.org/feed.ics?a=1,2;b=%D2%B7&c=d#e"
NAME = "Солгардҳо, \\News; «мо»: \U0001f54a"

HARD = (
    *HOSTILE,
    "C:\\News\\Notes \\\\N \\\\\\n \\; \\, \\: \\",
    'a "quoted; word", and: a^nb ^^ ^\' %0A =0D=0A',
    "blank at the end of a line \n and\ttabs\t\nof it",
    "ҳ" * 10_000,
    "联" * 10_000,
    "\\,;:\n\U0001f54a" * 1_667,
)
"""
Texts that a reader of calendars may stumble over.
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
    first: int = FIRST
    last: int = LAST

    def octets(self) -> bytes:
        """
        Return the calendar.
        """
        years = {"first_year": self.first, "last_year": self.last}
        return tjun.export(self.record, "ics", **years, **self.options)

    def meant(self) -> list[Entry]:
        """
        Return what the entries of the calendar have to be.
        """
        options = dict(self.options)
        found = self.record.anniversaries(
            since=self.first,
            until=self.last,
            every=options.get("every", 1),
            leap_day=options.get("leap_day", "feb28"),
        )
        months = options.get("month_dates", "month")
        language = options.get("language", "en")
        return [
            _entry(each, months, language)
            for each in found
            if each.date.day is not None or months != "skip"
        ]


def _entry(each: Anniversary, months: str, language: str) -> Entry:
    event = each.event
    first, last = each.date.earliest, each.date.earliest
    if each.date.day is None and months == "month":
        last = first.replace(day=monthrange(first.year, first.month)[1])
    elif each.date.day is not None and each.number == 0 and event.until is not None:
        whole = event.until.day is not None
        if whole and (event.until.latest - first).days <= 30:
            last = event.until.latest
    return Entry(
        f"{event.id}-{each.date.year:04}@tjun",
        first.isoformat(),
        (last + dt.timedelta(days=1)).isoformat(),
        _title(each.title(language)),
        _description(event, language),
    )


def _title(words: str) -> str:
    line = " ".join(words.split())
    if len(line.encode("utf-16-le")) <= 2 * 255:
        return line
    return line.encode("utf-16-le")[: 2 * 254].decode("utf-16-le", "ignore") + "…"


def _description(event: Event, language: str) -> str:
    def said(citation: Citation) -> str:
        source = citation.source
        when = find_language(language).format_span(citation.date, citation.until)
        words = f"- {source.publisher}"
        words += "" if source.symbol is None else f", {source.symbol}"
        words += f": {when}"
        if not citation.verified:
            words += f", {find_language(language).label('not_verified')}"
        return words if source.url is None else f"{words}. {source.url}"

    parts = [(event.description or event.title).in_(language)]
    if event.status == "announced":
        when = find_language(language).format_span(event.date, event.until)
        parts.append(f"{when}: {find_language(language).label('announced')}")
    if event.areas:
        names = ", ".join(area.name.in_(language) for area in event.areas)
        parts.append(f"{find_language(language).label('area')}: {names}")
    heading = find_language(language).label("disputed" if event.disputed else "sources")
    parts.append("\n".join([f"{heading}:", *map(said, event.citations)]))
    text = "\n\n".join(parts)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def differences(read: Iterable[Entry], meant: Iterable[Entry]) -> list[str]:
    """
    Return what is missing, what is too much, and what is read otherwise.
    """
    mine, theirs = {each.uid: each for each in meant}, {}
    told = []
    for each in read:
        if each.uid in theirs:
            told.append(f"{each.uid}: read twice")
        theirs[each.uid] = each
    told += [f"{uid}: not read" for uid in mine.keys() - theirs.keys()]
    told += [f"{uid}: read and not meant" for uid in theirs.keys() - mine.keys()]
    for uid in mine.keys() & theirs.keys():
        for field in Entry._fields:
            wanted, got = getattr(mine[uid], field), getattr(theirs[uid], field)
            if wanted != got:
                at = next(
                    (
                        n
                        for n, pair in enumerate(zip(wanted, got, strict=False))
                        if len(set(pair)) > 1
                    ),
                    min(len(wanted), len(got)),
                )
                near = slice(max(0, at - 20), at + 20)
                told.append(
                    f"{uid}: {field} is {got[near]!r} and not {wanted[near]!r} at {at}"
                )
    return sorted(told)


def _hard_words() -> Chronology:
    """
    Each hard text in each place that a calendar takes words from.
    """
    events = []
    for number, words in enumerate(HARD):
        source = Source(
            id=f"s{number}", title="A page", publisher=words, symbol=words, url=ADDRESS
        )
        # What is long stands once in each: a calendar has to be read in a moment.
        area = CooperationArea(id=f"a{number}", name=words[:400])
        events.append(
            Event(
                id=f"hard-{number}",
                title=Text(en=words, ru=words, tg=words),
                date="1992-03-02",
                areas=[area],
                description=words,
                citations=[Citation(source=source, date="1992-03-02")],
                revised="2026-11-23",
            )
        )
    return Chronology(events=events, title=NAME)


def _hard_days() -> Chronology:
    """
    Every sort of date that a calendar has a rule for.
    """
    page = Source(id="page", title="P", publisher="Somebody", url=ADDRESS)
    paper = Source(id="paper", title="P", publisher="Nobody", symbol="S/RES/968")
    peace = CooperationArea(id="peace", name=Text(en="Peace", ru="Мир", tg="Сулҳ"))
    joined = _event(page, "joined", "1992-03-02", areas=[peace])
    return Chronology(
        title=Text(en="Days", ru="Дни", tg="Рӯзҳо"),
        events=[
            joined,
            _event(page, "long-ago", "1942-01-01"),
            _event(page, "last-day", "1994-12-31", revised="2026-11-23"),
            _event(page, "leap", "1996-02-29"),
            _event(page, "leap-long", "2000-02-28", until="2000-03-01"),
            _event(page, "month", "2000-05"),
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
            Event(
                id="disputed",
                title=Text(en="It opens", ru="Открытие", tg="Кушода шуд"),
                date="1993-02-01",
                citations=[
                    Citation(source=page, date="1993-02-01"),
                    Citation(source=paper, date="1994-12", verified=False),
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
    un, days, words = tjun.load(), _hard_days(), _hard_words()
    most: dict[str, Any] = {
        "language": "ru",
        "month_dates": "first-day",
        "leap_day": "mar1",
        "alarm_days": 3,
        "name": NAME,
        "feed_url": ADDRESS,
    }
    few: dict[str, Any] = {
        "language": "tg",
        "month_dates": "skip",
        "leap_day": "skip",
        "every": 5,
    }
    return {
        "the record": Case(un, {}, *DECADE),
        "the record with most options": Case(un, most, *DECADE),
        "the record with the other options": Case(un, few, *DECADE),
        "hard words": Case(words, {}, 2027, 2027),
        "hard words of the event itself": Case(words, {"language": "tg"}, 1992, 1992),
        "hard days": Case(days),
        "hard days with most options": Case(days, most),
        "hard days with the other options": Case(days, few),
        "hard days, every 5": Case(days, {"every": 5}),
        "hard days, months on the first day": Case(days, {"month_dates": "first-day"}),
        "hard days, no months": Case(days, {"month_dates": "skip"}),
        "hard days, leap day on 1 March": Case(days, {"leap_day": "mar1"}),
        "hard days, no leap day": Case(days, {"leap_day": "skip"}),
        "hard days, alarm on the day": Case(days, {"alarm_days": 0}),
        "hard days, alarm before": Case(days, {"alarm_days": 10_000}),
        "hard days, name": Case(days, {"name": NAME}),
        "hard days, address": Case(days, {"feed_url": ADDRESS}),
        "hard days in Russian": Case(days, {"language": "ru"}),
        "hard days in Tajik": Case(days, {"language": "tg"}),
        "far years": Case(days, {}, 9990, 9998),
        "no event": Case(Chronology()),
    }


CASES = _cases()
"""
Every calendar that is tried, by what it is called.
"""


@functools.cache
def octets_of(name: str) -> bytes:
    """
    Return the calendar of the case called *name*, made once.
    """
    return CASES[name].octets()
