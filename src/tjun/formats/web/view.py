"""
What the templates show: the record in one language, counted, numbered and grouped.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator

import attrs

from tjun import (
    Anniversary,
    Chronology,
    Citation,
    CooperationArea,
    Correction,
    Event,
    Language,
    Publisher,
    Reference,
    Show,
    Source,
    Text,
    one_line,
)
from tjun.formats.printable import check_printable
from tjun.formats.web.accounts import Axis
from tjun.formats.web.chart import Chart, chart_of

__all__ = ["View", "grouped_by_year", "number_sources"]

_TWELVE_MONTHS = 365
_LABEL = 50  # Characters that fit on two lines.
_SOON = 5  # Dates after the next major one.
_DISPUTES = 3  # On the first screen.
_RANKS = {"major": 0, "normal": 1, "minor": 2}
_CREATIVE_COMMONS = "https://creativecommons.org"
_CC_BY = re.compile(r"CC-(BY(?:-[A-Z]{2})*)-([0-9]\.[0-9])")


@attrs.frozen(kw_only=True)
class View:
    """
    A record as a page shows it.

    Attributes:
        record: The record.

        language: The language of the page.

        today: The day on which the page is written.

        show: Which anniversaries to list.

        every: List only anniversaries divisible by this number.

        url: The address of the page, or of the site in this language, if known.

        period: The first and the last year of the anniversaries to list; `None` for
            the next twelve months.

        own_title: The title to show in place of that of the record.

        own_report_url: Where to report an error, in place of the record's contact.

        own_licence: The licence to show in place of that of the record.
    """

    record: Chronology
    language: Language
    today: dt.date
    show: Show = "usual"
    every: int = 1
    url: str | None = None
    period: tuple[int, int] | None = None
    own_title: str | None = None
    own_report_url: str | None = None
    own_licence: str | None = None

    def text(self, text: Text | str) -> str:
        """
        Return a text of the record on one line, in the language of the page.

        Raises:
            ExportError: If it has a control character, which HTML cannot contain.
        """
        line = text if isinstance(text, str) else text.in_(self.language)
        check_printable("html", line, f"the text {line[:40]!r}")
        return one_line(line)

    @functools.cached_property
    def title(self) -> str:
        """
        The title of the page.
        """
        title = self.own_title or self.record.title
        return self.language.label("chronology") if title is None else self.text(title)

    @functools.cached_property
    def description(self) -> str:
        """
        What the record contains, in one line.
        """
        counts = [
            self.language.count("events", len(self.record.events)),
            self.language.count("sources", len(self.record.sources)),
        ]
        if events := self.record.events:
            years = [_year(each.date.anchor.year) for each in (events[0], events[-1])]
            counts.insert(1, self.language.format_span(*years))
        return f"{self.title}: {', '.join(counts)}"

    @functools.cached_property
    def coverage(self) -> str | None:
        """
        The first and the last year of the record in ISO 8601: `1992/2028`.
        """
        events = self.record.events
        if not events:
            return None
        last = max((event.until or event.date).extent[1].year for event in events)
        return f"{_year(events[0].date.anchor.year)}/{_year(last)}"

    @functools.cached_property
    def updated(self) -> dt.date | None:
        """
        The day when the record was last edited.
        """
        stamp = self.record.stamp
        return None if stamp is None else stamp.date()

    @property
    def licence(self) -> str | None:
        """
        The licence of the record.
        """
        return self.own_licence or self.record.licence

    @property
    def licence_url(self) -> str | None:
        """
        The address of the licence, if that is one or a licence of Creative Commons.
        """
        licence = self.licence or ""
        if licence.startswith(("https://", "http://")):
            return licence
        if licence == "CC0-1.0":
            return f"{_CREATIVE_COMMONS}/publicdomain/zero/1.0/"
        match = _CC_BY.fullmatch(licence)
        return match and f"{_CREATIVE_COMMONS}/licenses/{match[1].lower()}/{match[2]}/"

    @property
    def report_url(self) -> str | None:
        """
        Where to report an error.
        """
        return self.own_report_url or self.record.contact

    @functools.cached_property
    def draft(self) -> bool:
        """
        Whether the page is in a language whose translation nobody has reviewed.
        """
        return any(
            each.status == "draft"
            and f"{self.language.tag}-".startswith(f"{each.language}-")
            for each in self.record.translations
        )

    @functools.cached_property
    def partly_translated(self) -> bool:
        """
        Whether some texts of the record are not in the language of the page.
        """
        own = self.language.tag.partition("-")[0]
        return any(
            text.best(self.language)[0].partition("-")[0] != own
            for event in self.record.events
            for text in _texts(event)
        )

    @functools.cached_property
    def unread(self) -> set[str]:
        """
        The ids of the sources that nobody has read.
        """
        cited = list(_citations(self.record))
        read = {each.source.id for each in cited if each.verified}
        return {each.source.id for each in cited} - read

    # Anniversaries.

    @functools.cached_property
    def upcoming(self) -> tuple[Anniversary, ...]:
        """
        The anniversaries of the next twelve months.
        """
        return self.record.upcoming(
            self.today, _TWELVE_MONTHS, every=self.every, show=self.show
        )

    @functools.cached_property
    def next(self) -> Anniversary | None:
        """
        The next major date, or else the next date.
        """
        found = [each for each in self.upcoming if each.event.weight == "major"]
        return next(iter(found or self.upcoming), None)

    @property
    def soon(self) -> list[Anniversary]:
        """
        The next dates, without the one that comes first.
        """
        return [each for each in self.upcoming if each != self.next][:_SOON]

    @property
    def year_ahead(self) -> str:
        """
        The last month of the next twelve: `November 2027`.
        """
        last = self.today + dt.timedelta(days=_TWELVE_MONTHS)
        return self.language.format_date(f"{last.year:04}-{last.month:02}")

    @property
    def listed(self) -> tuple[Anniversary, ...]:
        """
        The anniversaries of the chosen years, or else of the next twelve months.
        """
        return self.upcoming if self.period is None else self.in_years(*self.period)

    @property
    def year_to_print(self) -> int:
        """
        The year of most of the next twelve months.
        """
        return (self.today + dt.timedelta(days=_TWELVE_MONTHS // 2)).year

    def in_years(self, first: int, last: int) -> tuple[Anniversary, ...]:
        """
        Return the anniversaries in the years from *first* to *last*.
        """
        return self.record.anniversaries(
            since=first, until=last, every=self.every, show=self.show
        )

    # Events.

    @property
    def first_year(self) -> str:
        """
        The year of the first event.
        """
        return _year(self.record.events[0].date.anchor.year)

    @property
    def main_areas(self) -> list[CooperationArea]:
        """
        The areas with the most events.
        """
        return [each for each in self.record.areas if each.id in self.chart.groups]

    @functools.cached_property
    def examples(self) -> str:
        """
        What to look for: a year, and the symbol of a document.
        """
        events = sorted(self.record.events, key=lambda each: _RANKS[each.weight])
        found = [_year(each.date.anchor.year) for each in events[:1]]
        cited = (each.source for event in events for each in event.citations)
        symbols = (each.symbol for each in cited if each.symbol is not None)
        found.extend(itertools.islice(symbols, 1))
        return self.text(", ".join([*found, "…"])) if found else ""

    @functools.cached_property
    def chart(self) -> Chart:
        """
        The picture of the record.
        """
        return chart_of(self.record, self.today.year)

    @functools.cached_property
    def years(self) -> dict[int, list[Event]]:
        """
        The events of each year.
        """
        return grouped_by_year(self.record.events)

    @functools.cached_property
    def decades(self) -> dict[int, list[Event]]:
        """
        The events of each decade, by its first year.
        """
        found: dict[int, list[Event]] = {}
        for year, events in self.years.items():
            found.setdefault(year // 10 * 10, []).extend(events)
        return found

    @functools.cached_property
    def disputed(self) -> list[Event]:
        """
        The events on whose dates sources disagree.
        """
        return [event for event in self.record.events if event.disputed]

    @property
    def main_disputes(self) -> list[Event]:
        """
        The most important of them.
        """
        ranked = sorted(
            self.disputed,
            key=lambda each: (
                each.reason is None,
                _RANKS[each.weight],
                -len(each.accounts),
                -len(each.citations),
            ),
        )
        return ranked[:_DISPUTES]

    def axis(self, event: Event) -> Axis:
        """
        Return the dates that sources give for an event, on a common axis.
        """
        return Axis(event)

    @functools.cached_property
    def corrections(self) -> list[tuple[Correction, Event]]:
        """
        The corrections, the latest first.
        """
        found = [
            (each, event) for event in self.record.events for each in event.corrections
        ]
        return sorted(found, key=lambda pair: pair[0].on, reverse=True)

    def events_in(self, area: CooperationArea) -> int:
        """
        Return how many events belong to *area*.
        """
        return self._area_sizes[area.id]

    @functools.cached_property
    def _area_sizes(self) -> Counter[str]:
        events = self.record.events
        return Counter(area.id for event in events for area in event.areas)

    def label(self, events: Iterable[Event]) -> str | None:
        """
        Return what to write beside some events: the title of a major one.
        """
        major = [event for event in events if event.weight == "major"]
        if not major:
            return None
        event = max(major, key=lambda each: len(each.citations))
        return textwrap.shorten(self.short(event), _LABEL, placeholder="…")

    def kind(self, event: Event) -> str:
        """
        Return the name of the kind of an event.
        """
        return self.text(self.record.kind_name(event.kind, self.language))

    def short(self, event: Event) -> str:
        """
        Return the short title of an event.
        """
        return self.text(event.short or event.title)

    # Sources.

    @functools.cached_property
    def numbers(self) -> dict[str, int]:
        """
        The numbers of the sources by id.
        """
        return number_sources(self.record)

    @functools.cached_property
    def numbered(self) -> list[Source]:
        """
        The sources in the order of their numbers.
        """
        return [self.record.sources[source_id] for source_id in self.numbers]

    @functools.cached_property
    def by_publisher(self) -> list[tuple[Publisher, list[Source]]]:
        """
        The sources of each publisher, in alphabetical order.
        """
        found: dict[str, list[Source]] = {}
        for source in self.numbered:
            found.setdefault(source.publisher.id, []).append(source)
        pairs = [(sources[0].publisher, sources) for sources in found.values()]
        return sorted(pairs, key=lambda pair: self.text(pair[0].name).casefold())

    @functools.cached_property
    def citing(self) -> dict[str, list[Event]]:
        """
        The events that cite each source, by its id.
        """
        found: dict[str, dict[str, Event]] = {}
        for event in self.record.events:
            for citation in event.citations:
                found.setdefault(citation.source.id, {})[event.id] = event
        return {own: list(events.values()) for own, events in found.items()}

    # References.

    def reference(self) -> Reference:
        """
        Return how to cite the record.
        """
        return Reference(
            id="chronology",
            title=self.title,
            updated=self.updated,
            url=self.url,
            language=self.language.tag,
        )

    def reference_to(self, event: Event, url: str | None) -> Reference:
        """
        Return how to cite the page at *url*, or the part of it, about *event*.
        """
        when = self.language.format_span(event.date, event.until)
        return Reference(
            id=event.id,
            title=f"{self.text(event.title)} ({when})",
            container=self.title,
            updated=self.updated,
            url=url,
            language=self.language.tag,
        )


def grouped_by_year(events: Iterable[Event]) -> dict[int, list[Event]]:
    """
    Return the events of each year, both in order.
    """
    groups = itertools.groupby(events, lambda event: event.date.anchor.year)
    return {year: list(group) for year, group in groups}


def number_sources(record: Chronology) -> dict[str, int]:
    """
    Return the numbers of the sources by id, in the order of their first citation.
    """
    numbers: dict[str, int] = {}
    for citation in _citations(record):
        numbers.setdefault(citation.source.id, len(numbers) + 1)
    for source in record.sources:
        numbers.setdefault(source.id, len(numbers) + 1)
    return numbers


def _citations(record: Chronology) -> Iterator[Citation]:
    for event in record.events:
        yield from event.citations
    for mission in record.missions:
        for head in mission.heads:
            yield from head.citations
    for area in record.areas:
        yield from area.citations


def _texts(event: Event) -> Iterator[Text]:
    known = (event.title, event.description, event.reason, event.place)
    yield from (text for text in known if text is not None)
    yield from (each.says for each in event.citations if each.says is not None)


def _year(year: int) -> str:
    return f"{year:04}"
