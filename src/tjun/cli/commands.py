"""
The commands that show events and their anniversaries.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Annotated

from cyclopts import Parameter

from tjun.chronology.anniversaries import Show
from tjun.chronology.chronology import Chronology
from tjun.cli.columns import View, row
from tjun.cli.days import day_or_today, parse_when
from tjun.cli.errors import UsageError
from tjun.cli.finding import Thing, find_anything
from tjun.cli.output import write_json, write_line
from tjun.cli.parameters import (
    DAY,
    OWN,
    EventFilter,
    OutputOptions,
    PageOptions,
    RecordOptions,
)
from tjun.cli.rows import ANNIVERSARY, EVENT, THINGS
from tjun.locales.language import Language
from tjun.model.dates import PartialDate, as_bound
from tjun.model.entities import CooperationArea, Event, Source
from tjun.references import CitationStyle

_CENTURY = 36_525  # Days.

_FILTER = EventFilter()
_OUTPUT = OutputOptions()
_PAGE = PageOptions()
_RECORD = RecordOptions()

_Own = Parameter(group=OWN)


def upcoming(
    *,
    days: Annotated[int, _Own] = 90,
    on: Annotated[str | None, _Own, DAY] = None,
    every: Annotated[int, _Own] = 1,
    show: Annotated[Show, _Own] = "usual",
    limit: Annotated[int | None, _Own] = None,
    output: OutputOptions = _OUTPUT,
    choice: EventFilter = _FILTER,
    record: RecordOptions = _RECORD,
) -> None:
    """
    List the coming anniversaries.

    ★ marks a jubilee (every fifth anniversary), and * an event whose sources differ
    on the date. Major events are listed every year, others on their jubilees.

    Args:
        days: How many days to list, beginning today; at most 36525 (a hundred years).

        on: The day from which to look: 2027-03-02, "2 March", tomorrow; by default
            today.

        every: Only anniversaries divisible by this number: 5 for jubilees.

        show: Which anniversaries to list: usual (those of major events and observances
            every year, those of others on jubilees), major (only the former) or all.

        limit: List at most this many anniversaries.
    """
    _check_range("--days", days, 1, _CENTURY)
    _check_range("--every", every, 1, None)
    if limit is not None:
        _check_range("--limit", limit, 1, None)
    today = day_or_today(on, "--on", output.language)
    chronology = choice.chronology(record.chronology())
    found = chronology.upcoming(today, days, every=every, show=show)[:limit]
    view = View(language=output.language, today=today)
    output.output.listing(ANNIVERSARY, found, view)


def on(
    day: str = "today",
    /,
    *,
    output: OutputOptions = _OUTPUT,
    choice: EventFilter = _FILTER,
    record: RecordOptions = _RECORD,
) -> None:
    """
    List what happened on a day, or in a year.

    A day without a year is that of any year. With a year, also lists events that only
    some sources date to that time, events that lasted longer, and observances of that
    day.

    Args:
        day: The day: today, 3-2 (2 March), 02.03, "2 March", 1993-02-01; or a month or
            a year: 1993-02, 1993.
    """
    language, today = output.language, dt.date.today()
    when = parse_when(day, "DAY", language=language, today=today)
    chronology = record.chronology()
    if isinstance(when, tuple):
        chosen = set(chronology.events.on_day(*when).ids)
    else:
        chosen = {event.id for event in chronology.events if _within(event, when)}
    found = [event for event in choice.events(chronology) if event.id in chosen]
    _list_events(found, output)


def _within(event: Event, period: PartialDate) -> bool:
    spans = [(event.date, event.until)]
    spans += [(each.date, None) for each in event.dated_citations if each.date]
    if event.yearly and period.day is not None:
        held = event.anniversary(period.anchor.year)
        spans += [] if held is None else [(held.date, held.until)]
    first, last = period.extent
    return any(
        start.extent[1] <= last and first <= (end or start).extent[0]
        for start, end in spans
    )


def events(
    period: str | None = None,
    /,
    *,
    output: OutputOptions = _OUTPUT,
    choice: EventFilter = _FILTER,
    record: RecordOptions = _RECORD,
) -> None:
    """
    List events in chronological order.

    An asterisk marks an event whose sources differ on the date.

    Args:
        period: Only this year, month or day: 1993, 1993-02 or 1993-02-01.
    """
    if period is not None:
        try:
            as_bound(period)
        except ValueError:
            msg = (
                f"PERIOD: {period!r} is not a year, month or day; to find an event,"
                " use `tjun show ID` or `tjun search WORDS`"
            )
            raise UsageError(msg) from None
    found = choice.events(record.chronology()).where(since=period, until=period)
    _list_events(found, output)


def search(
    *words: str,
    output: OutputOptions = _OUTPUT,
    choice: EventFilter = _FILTER,
    record: RecordOptions = _RECORD,
) -> None:
    """
    Find events by words.

    Lists the events that contain every word, in any language: in the title, the
    description, the dates or the sources.

    Args:
        words: The words; part of a word is enough.
    """
    if not any(word.strip() for word in words):
        msg = "`tjun search` needs a word to search for, such as `tjun search water`"
        raise UsageError(msg)
    found = choice.events(record.chronology()).search(" ".join(words))
    _list_events(found, output)


def _list_events(found: Iterable[Event], output: OutputOptions) -> None:
    output.output.listing(EVENT, found, View(language=output.language))


def show(
    id: str,  # noqa: A002  # The word that users know.
    /,
    *,
    cite: Annotated[CitationStyle | None, _Own] = None,
    output: PageOptions = _PAGE,
    record: RecordOptions = _RECORD,
) -> None:
    """
    Show everything about one event, mission or source.

    Args:
        id: The id or the acronym of an event, a mission, a membership, an area or a
            source, as other commands list it.

        cite: Print only references to the sources: as plain text (the default), as
            BibTeX or as CSL-JSON. Plain text says which date each source gives if they
            differ.
    """
    if cite is not None and output.format == "json":
        msg = "--cite and --format json exclude each other; --cite csl prints JSON"
        raise UsageError(msg)
    chronology, language = record.chronology(), output.language
    thing = find_anything(chronology, id)
    if cite is not None:
        for line in _references(thing, cite, language).split("\n"):
            write_line(line)
        return
    name, columns = THINGS[type(thing)]
    events = {thing.id: _events_of(thing, chronology)}
    view = View(language=language, record=chronology, events=events)
    if output.format == "json":
        write_json({"type": name, **row(columns, thing, view)})
        return
    from tjun.cli.pages import lines_about  # noqa: PLC0415  # Imports rich.

    output.output.page(lines_about(thing, view))


def _references(thing: Thing, style: CitationStyle, language: Language) -> str:
    """
    Return references, below the date that they give if the sources differ.
    """
    from tjun.references import cite  # noqa: PLC0415  # Rarely needed.

    if style != "plain" or not isinstance(thing, Event) or not thing.disputed:
        return cite(thing, style=style, language=language)
    parts = [
        (language.format_span(each.date, each.until), each.citations)
        for each in thing.accounts
    ]
    undated = tuple(each for each in thing.citations if each.date is None)
    return "\n\n".join(
        f"{date}:\n{cite([each.source for each in cited], language=language)}"
        for date, cited in (*parts, (language.label("no_date"), undated))
        if cited
    )


def _events_of(thing: Thing, record: Chronology) -> list[Event]:
    match thing:
        case CooperationArea():
            return list(record.events.where(area=thing))
        case Source():
            return list(record.events.where(source=thing))
    return []


def _check_range(option: str, value: int, least: int, most: int | None) -> None:
    if value < least:
        msg = f"{option} must be at least {least}, got {value}"
        raise UsageError(msg)
    if most is not None and value > most:
        msg = f"{option} must be at most {most}, got {value}"
        raise UsageError(msg)
