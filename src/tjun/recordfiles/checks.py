"""
Checks for doubtful content in a record that is valid.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tjun.chronology.chronology import Chronology
from tjun.errors import Fault
from tjun.model.dates import PartialDate
from tjun.model.entities import Citation, Event
from tjun.model.kinds import EventStatus

__all__ = ["find_errors", "find_warnings"]


def find_errors(chronology: Chronology) -> Iterator[Fault]:
    """
    Yield a fault for each citation that claims more than its source allows.

    A verified citation means that a page was read, so its source has to say when.
    """
    for path, own, citation in _citations(chronology):
        source = citation.source
        if citation.verified and source.accessed is None:
            msg = (
                f"this citation is verified, but its source {source.id!r} does not say"
                " when it was read; add accessed to the source, or verified = false to"
                " the citation"
            )
            yield Fault(path=path, id=own, message=msg)


def find_warnings(chronology: Chronology, *, today: dt.date) -> Iterator[Fault]:
    """
    Yield a fault for everything in a record that deserves a second look.

    Args:
        chronology: The record.

        today: The day by which an announced event should have taken place.
    """
    for event in chronology.events:
        yield from _past_announcement(event, today)
        yield from _imprecise(event, "date", event.date)
        if event.until is not None:
            yield from _imprecise(event, "until", event.until)
    yield from _shared_urls(chronology)
    cited = {citation.source.id for _, _, citation in _citations(chronology)}
    for source in chronology.sources:
        if source.id not in cited:
            msg = "nothing cites this source; cite it or remove it"
            yield Fault(path="sources", id=source.id, message=msg)


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


def _past_announcement(event: Event, today: dt.date) -> Iterator[Fault]:
    last = (event.date if event.until is None else event.until).latest
    passed = event.status is EventStatus.ANNOUNCED and last < today
    if passed and (event.revised is None or event.revised <= last):
        msg = (
            f"this event was announced for {event.date}, which has passed; find out"
            " whether it took place, and set status or revised"
        )
        yield Fault(path="events.status", id=event.id, message=msg)


def _imprecise(event: Event, name: str, date: PartialDate) -> Iterator[Fault]:
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


def _shared_urls(chronology: Chronology) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for source in chronology.sources:
        if source.url is None:
            continue
        other = first.setdefault(source.url, source.id)
        if other != source.id:
            msg = f"the source {other!r} has the same URL; merge the two"
            yield Fault(path="sources.url", id=source.id, message=msg)
