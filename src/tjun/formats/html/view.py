"""
What the templates show: the record, counted, numbered and grouped.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import re
from collections import Counter
from collections.abc import Iterable

import attrs

from tjun import (
    Anniversary,
    Chronology,
    Citation,
    CooperationArea,
    Event,
    ExportRequest,
    Language,
    Reference,
    Source,
    Text,
    one_line,
)
from tjun.formats.html.dispute import draw_dispute
from tjun.formats.html.links import Links
from tjun.formats.html.mirror import mirrored
from tjun.formats.html.options import HtmlOptions
from tjun.formats.html.shapes import Timeline
from tjun.formats.html.timeline import draw_timeline
from tjun.formats.printable import check_printable

__all__ = ["Page", "number_sources", "page_of"]

_TWELVE_MONTHS = 365
_CREATIVE_COMMONS = "https://creativecommons.org"
_CC_BY = re.compile(r"CC-(BY(?:-[A-Z]{2})*)-([0-9]\.[0-9])")


@attrs.frozen(kw_only=True)
class Page:
    """
    The content of the page.

    Attributes:
        record: The record.

        options: What to put on the page.

        language: The language of the page.

        today: The day on which the page is written.

        numbers: The numbers of the sources by id, in the order of their first
            citation.
    """

    record: Chronology
    options: HtmlOptions
    language: Language
    today: dt.date
    numbers: dict[str, int]

    def text(self, text: Text | str) -> str:
        """
        Return a text of the record on one line, in the language of the page.

        Raises:
            ExportError: If it has a control character, which HTML cannot contain.
        """
        line = text if isinstance(text, str) else text.in_(self.language)
        check_printable("html", line, f"the text {line[:40]!r}")
        return one_line(line)

    @property
    def title(self) -> str:
        """
        The title of the record.
        """
        title = self.record.title
        return self.language.label("chronology") if title is None else self.text(title)

    @property
    def description(self) -> str:
        """
        How much the record contains, in one line.
        """
        counts = [
            self.language.count("events", len(self.record.events)),
            self.language.count("sources", len(self.record.sources)),
        ]
        if events := self.record.events:
            years = [_year(each.date.anchor.year) for each in (events[0], events[-1])]
            counts.insert(1, self.language.format_span(*years))
        return " · ".join(counts)

    @property
    def coverage(self) -> str | None:
        """
        The first and the last year of the record in ISO 8601: `1992/2028`.
        """
        events = self.record.events
        if not events:
            return None
        last = max((event.until or event.date).extent[1].year for event in events)
        return f"{_year(events[0].date.anchor.year)}/{_year(last)}"

    @property
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
        return self.options.licence or self.record.licence

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
    def unread(self) -> set[str]:
        """
        The ids of the sources that nobody has read.
        """
        cited = list(_citations(self.record))
        read = {each.source.id for each in cited if each.verified}
        return {each.source.id for each in cited} - read

    @property
    def report_url(self) -> str | None:
        """
        Where to report an error.
        """
        return self.options.report_url or self.record.contact

    @property
    def chosen_years(self) -> str:
        """
        The years of the anniversaries.
        """
        return self.language.format_span(*map(_year, self.options.years(self.today)))

    def anniversaries(self) -> tuple[Anniversary, ...]:
        """
        Return the anniversaries to list.
        """
        options = self.options
        if not options.has_years:
            return self.record.upcoming(
                self.today, _TWELVE_MONTHS, every=options.every, show=options.show
            )
        return self._in_years()

    @property
    def period(self) -> str:
        """
        What the table of anniversaries covers.
        """
        if self.options.has_years:
            return f"{self.language.label('anniversaries')} {self.chosen_years}"
        return self.language.label("next_twelve_months")

    def jubilees(self) -> tuple[Anniversary, ...]:
        """
        Return the jubilees of the chosen years.
        """
        return tuple(each for each in self._in_years() if each.jubilee)

    def _in_years(self) -> tuple[Anniversary, ...]:
        first, last = self.options.years(self.today)
        return self.record.anniversaries(
            since=first, until=last, every=self.options.every, show=self.options.show
        )

    def decades(self) -> list[tuple[str, list[Event]]]:
        """
        Return the events of each decade, with the years of the decade.
        """
        groups = itertools.groupby(
            self.record.events, lambda e: e.date.anchor.year // 10 * 10
        )
        return [
            (self.language.format_span(_year(first), _year(first + 9)), list(events))
            for first, events in groups
        ]

    def timeline(self) -> Timeline:
        """
        Return the drawing of the whole record.
        """
        record = self.record
        drawing = draw_timeline(
            events=record.events,
            missions=record.missions,
            areas=record.areas,
            today=self.today,
            language=self.language,
        )
        return self._directed(drawing)

    def disputes(self) -> list[tuple[Event, Timeline]]:
        """
        Return each disputed event, and the drawing of its accounts.
        """
        events = self.record.events
        return [(event, self.dispute(event)) for event in events if event.disputed]

    def dispute(self, event: Event) -> Timeline:
        """
        Return the drawing of the accounts of a disputed event.
        """
        return self._directed(draw_dispute(event, self.language))

    def _directed(self, drawing: Timeline) -> Timeline:
        return mirrored(drawing) if self.language.direction == "rtl" else drawing

    def events_in(self, area: CooperationArea) -> int:
        """
        Return how many events belong to *area*.
        """
        return self._area_sizes[area.id]

    @functools.cached_property
    def _area_sizes(self) -> Counter[str]:
        events = self.record.events
        return Counter(area.id for event in events for area in event.areas)

    def kind(self, event: Event) -> str:
        """
        Return the name of the kind of an event.
        """
        return self.text(self.record.kind_name(event.kind, self.language))

    def reference(self) -> Reference:
        """
        Return how to cite the record.
        """
        return Reference(
            id="chronology",
            title=self.title,
            updated=self.updated,
            url=self.options.page_url,
            language=self.language.tag,
        )

    def reference_to(
        self, event: Event, url: str | None, updated: dt.date | None
    ) -> Reference:
        """
        Return how to cite the page at *url*, or the part of it, about *event*.
        """
        when = self.language.format_span(event.date, event.until)
        return Reference(
            id=event.id,
            title=f"{self.text(event.title)} ({when})",
            container=self.title,
            updated=updated,
            url=url,
            language=self.language.tag,
        )

    def example_reference(self) -> Reference:
        """
        Return how to cite the first major event, or else the first one.
        """
        events = self.record.events
        event = next((e for e in events if e.weight == "major"), events[0])
        known = self.options.page_url is not None
        url = self.links.event(event.id) if known else None
        return self.reference_to(event, url, self.updated)

    @property
    def links(self) -> Links:
        """
        The whole addresses of the parts of the page, as far as they are known.
        """
        page_url = self.options.page_url or ""
        return Links(self.numbers, page_url.partition("#")[0])

    def sources(self) -> list[Source]:
        """
        Return the sources in the order of their numbers.
        """
        return [self.record.sources[source_id] for source_id in self.numbers]


def page_of(request: ExportRequest[HtmlOptions]) -> Page:
    """
    Return the page that was requested.
    """
    record = request.chronology
    return Page(
        record=record,
        options=request.options,
        language=request.language,
        today=request.today,
        numbers=number_sources(record),
    )


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


def _citations(record: Chronology) -> Iterable[Citation]:
    for event in record.events:
        yield from event.citations
    for mission in record.missions:
        for head in mission.heads:
            yield from head.citations
    for area in record.areas:
        yield from area.citations


def _year(year: int) -> str:
    return f"{year:04}"
