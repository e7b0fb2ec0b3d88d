"""
Checks for doubtful content in a record that is valid.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tjun.chronology.chronology import Chronology
from tjun.chronology.texts import record_texts
from tjun.errors import Fault
from tjun.model.dates import DateLike, PartialDate, as_day
from tjun.model.entities import Citation, Event
from tjun.model.kinds import EventKind, EventStatus, PublisherKind
from tjun.model.rules import day_of_rule
from tjun.suggestions import suggest

__all__ = ["check", "compare_editions", "find_warnings", "untranslated"]

_LONGEST_TITLE = 60  # Characters that calendars and charts have room for.


def check(
    chronology: Chronology, against: Chronology | None, today: DateLike | None
) -> tuple[Fault, ...]:
    """
    Return everything in a record that deserves a second look.

    Args:
        chronology: The record.

        against: An older edition, or `None`.

        today: The day by which announced events should have taken place, or `None`.
    """
    day = None if today is None else as_day(today)
    found = list(find_warnings(chronology, today=day))
    if against is not None:
        found += compare_editions(against, chronology)
    return tuple(found)


def find_warnings(chronology: Chronology, *, today: dt.date | None) -> Iterator[Fault]:
    """
    Yield a fault for everything in a record that deserves a second look.

    Args:
        chronology: The record.

        today: The day by which announced events should have taken place, or `None`.
    """
    yield from _header(chronology)
    for event in chronology.events:
        yield from _event(chronology, event, today)
    yield from _unread(chronology)
    yield from _sources(chronology)


def _header(chronology: Chronology) -> Iterator[Fault]:
    revised = chronology.revised
    if revised is None:
        msg = "add revised, the moment of the last change, so that corrections arrive"
        yield Fault(path="record.revised", id=chronology.id, message=msg)
    for each in chronology.translations:
        if revised is not None and (each.revised is None or each.revised < revised):
            msg = (
                f"the translation into {each.language!r} is older than the record;"
                " look at what changed, and set its revised"
            )
            yield Fault(path="record.translations", id=chronology.id, message=msg)


def untranslated(chronology: Chronology) -> Iterator[tuple[str, list[str], int]]:
    """
    Yield the language of each translation, the texts it lacks, and how many there are.
    """
    texts = list(record_texts(chronology))
    for each in chronology.translations:
        lacking = [
            ".".join(path)
            for path, text in texts
            if each.language not in text.translations
        ]
        yield each.language, lacking, len(texts)


def _event(
    chronology: Chronology, event: Event, today: dt.date | None
) -> Iterator[Fault]:
    title = str(event.title)
    if event.short is None and len(title) > _LONGEST_TITLE:
        msg = f"this title has {len(title)} characters; add a short one of at most 60"
        yield Fault(path="events.title", id=event.id, message=msg)
    kinds = [*(kind.value for kind in EventKind), *chronology.kinds]
    if event.kind not in kinds:
        close = suggest(event.kind, kinds)
        remedy = f"did you mean {close[0]!r}?" if close else "name it in [record.kinds]"
        msg = f"{event.kind!r} has no name; {remedy}"
        yield Fault(path="events.kind", id=event.id, message=msg)
    if event.rule is not None and event.date.earliest is not None:
        day = day_of_rule(event.rule, event.date.earliest.year)
        if not event.date.agrees_with(PartialDate(day.year, day.month, day.day)):
            msg = f"by its rule, this observance was on {day} and not on {event.date}"
            yield Fault(path="events.rule", id=event.id, message=msg)
    if today is not None:
        yield from _past_announcement(event, today)
    yield from _imprecise(event, "date", event.date)
    if event.until is not None:
        yield from _imprecise(event, "until", event.until)


def _past_announcement(event: Event, today: dt.date) -> Iterator[Fault]:
    last = (event.date if event.until is None else event.until).extent[1]
    if event.status is EventStatus.ANNOUNCED and last < today:
        if any(each.on > last for each in event.corrections):
            return
        msg = (
            f"this event was announced for {event.date}, which has passed; find out"
            " whether it took place, and set status or add a correction"
        )
        yield Fault(path="events.status", id=event.id, message=msg)


def _imprecise(event: Event, name: str, date: PartialDate) -> Iterator[Fault]:
    if date.ends is not None:
        return  # An interval is chosen because the sources differ.
    given: list[PartialDate] = [
        other
        for citation in event.citations
        if citation.alternative is None
        and (other := getattr(citation, name)) is not None
        and date.agrees_with(other)
    ]
    if given and all(other.precision > date.precision for other in given):
        listed = ", ".join(dict.fromkeys(map(str, given)))
        msg = (
            f"{date} is less precise than every source that agrees with it ({listed});"
            " use the date of a source"
        )
        yield Fault(path=f"events.{name}", id=event.id, message=msg)


def _citations(chronology: Chronology) -> Iterator[tuple[str, str, Citation]]:
    for area in chronology.areas:
        for index, citation in enumerate(area.citations):
            yield f"areas.citations[{index}]", area.id, citation
    for event in chronology.events:
        for index, citation in enumerate(event.citations):
            yield f"events.citations[{index}]", event.id, citation
    for mission in chronology.missions:
        for number, head in enumerate(mission.heads):
            for index, citation in enumerate(head.citations):
                path = f"missions.heads[{number}].citations[{index}]"
                yield path, mission.id, citation


def _unread(chronology: Chronology) -> Iterator[Fault]:
    for path, own, citation in _citations(chronology):
        source = citation.source
        on_the_web = source.url is not None or source.copy_url is not None
        if citation.verified and on_the_web and source.accessed is None:
            msg = (
                f"this citation is verified, but its source {source.id!r} does not say"
                " when it was read; add accessed to the source, or verified = false to"
                " the citation"
            )
            yield Fault(path=path, id=own, message=msg)


def _sources(chronology: Chronology) -> Iterator[Fault]:
    cited = {citation.source.id for _, _, citation in _citations(chronology)}
    publishers = {source.publisher.id for source in chronology.sources}
    addresses: dict[str, str] = {}
    for source in chronology.sources:
        if source.id not in cited:
            msg = "nothing cites this source; cite it or remove it"
            yield Fault(path="sources", id=source.id, message=msg)
        other = addresses.setdefault(source.url or source.id, source.id)
        if other != source.id:
            msg = f"the source {other!r} has the same URL; merge the two"
            yield Fault(path="sources.url", id=source.id, message=msg)
    for publisher in chronology.publishers:
        if publisher.id not in publishers:
            msg = "no source has this publisher; remove it"
            yield Fault(path="publishers", id=publisher.id, message=msg)
    for kind in PublisherKind:
        for section in ("sources", "publishers"):
            if getattr(chronology, section).get(kind.value) is not None:
                msg = "this id is also the name of a kind of publisher; choose another"
                yield Fault(path=section, id=kind.value, message=msg)


def compare_editions(older: Chronology, newer: Chronology) -> Iterator[Fault]:
    """
    Yield a fault for each change that the readers of an older edition would miss.
    """
    if newer.id != older.id:
        msg = (
            f"the edition before is of the record {older.id!r}; compare two editions of"
            " one record, whose id never changes"
        )
        yield Fault(path="record.id", id=newer.id, message=msg)
        return
    before, after = older.stamp, newer.stamp
    unmoved = after is None or (before is not None and after <= before)
    if newer != older and unmoved:
        msg = "the record has changed; set revised to the moment of this edition"
        yield Fault(path="record.revised", id=newer.id, message=msg)
    for event in older.events:
        now = newer.events.get(event.id)
        if now is None:
            if event.id not in newer.retired:
                msg = "this event has been removed; add its id to retired"
                yield Fault(path="events", id=event.id, message=msg)
        elif (now.date, now.until) != (event.date, event.until) and (
            set(now.corrections) <= set(event.corrections)
        ):
            msg = f"the date was {event.date}; add a correction that says why"
            yield Fault(path="events.date", id=event.id, message=msg)
