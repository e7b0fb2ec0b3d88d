"""
The columns of each listing, and of what `tjun show` prints.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from tjun.chronology.anniversaries import Anniversary
from tjun.chronology.comparing import Change
from tjun.cli.columns import (
    Column,
    Columns,
    Id,
    View,
    fields,
    object_schema,
    schema_of,
)
from tjun.model.dates import PartialDate
from tjun.model.entities import Account, Citation, CooperationArea, Event, Source
from tjun.model.kinds import EventStatus, PublisherKind
from tjun.model.missions import Membership, Mission, Post

_DAYS_A_YEAR = 365.2425
_LONGEST_BAR = 40


def _titled(event: Event, title: str, view: View) -> str:
    if event.status is EventStatus.ANNOUNCED:
        return f"{title} ({view.language.label('announced')})"
    return title


def _left(each: Anniversary, view: View) -> int:
    return max(0, (each.date.anchor - view.today).days)


def _day(each: Anniversary, view: View) -> str:
    date = view.language.format_date(each.date)
    if each.date.day is None:
        return date
    return f"{date}, {view.language.weekday(each.date.anchor)}"


ANNIVERSARY: Columns[Anniversary] = (
    Column(
        "date",
        PartialDate,
        label="date",
        text=_day,
        mark=("disputed_legend", lambda each: each.event.disputed),
    ),
    Column(
        "days_left",
        int,
        _left,
        label="in_days",
        text=lambda each, view: view.language.count("days", _left(each, view)),
        mark=("jubilee_legend", lambda each: each.jubilee),
    ),
    Column("number", int, plain=True),
    Column("event", Id, label="id"),
    Column(
        "title",
        value=lambda each, view: each.title(view.language),
        label="anniversary",
        text=lambda each, view: _titled(each.event, each.title(view.language), view),
    ),
    Column("jubilee", bool),
    *fields(Event, "status disputed", via="event"),
)

CITATION: Columns[Citation] = (
    *fields(
        Citation,
        "source locator says as_written date until alternative verified",
    ),
    Column("title", value=lambda each, view: each.source.name(view.language)),
    *fields(Source, "publisher symbol", via="source"),
    Column("url", str | None, lambda each, view: each.source.address_in(view.language)),
)

EVENT: Columns[Event] = (
    Column(
        "date",
        PartialDate,
        label="date",
        text=lambda event, view: view.language.format_span(event.date, event.until),
        mark=("disputed_legend", lambda event: event.disputed),
    ),
    Column("id", Id, label="id"),
    Column(
        "title",
        label="event",
        text=lambda event, view: _titled(event, event.title.in_(view.language), view),
    ),
    *fields(Event, "until short description place kind areas status yearly weight"),
    *fields(Event, "solemn disputed marks rule reason"),
    Column("citations", CITATION),
)


def _span(account: Account, view: View) -> str:
    span = view.language.format_span(account.date, account.until)
    return f"{span} ({view.language.label('date_used')})" if account.used else span


@attrs.frozen
class Dispute:
    """
    One of the dates that sources give for an event.
    """

    event: Event
    account: Account

    @property
    def sources(self) -> tuple[Source, ...]:
        """
        The sources that give it.
        """
        return tuple(each.source for each in self.account.citations)


def _title(dispute: Dispute, view: View) -> str:
    return dispute.event.title.in_(view.language) if dispute.account.used else ""


DISPUTE: Columns[Dispute] = (
    Column("event", Id, label="id"),
    Column("title", via="event", label="event", text=_title, plain=False),
    Column(
        "date",
        PartialDate,
        via="account",
        label="date",
        text=lambda dispute, view: _span(dispute.account, view),
    ),
    Column("until", PartialDate | None, via="account", plain=True),
    Column("used", bool, via="account", plain=True),
    Column("sources", list[Id], label="sources"),
    *fields(Account, "alternative", via="account"),
)

POST: Columns[Post] = fields(Post, "person title start end")


def ends(mission: Mission) -> list[Event]:
    """
    Return the opening of a mission, and its closing if it has one.
    """
    return [e for e in (mission.opening, mission.closing) if e is not None]


def with_acronym(name: str, acronym: str | None) -> str:
    """
    Return a name with the acronym in parentheses, if there is one.
    """
    return name if acronym is None else f"{name} ({acronym})"


def mission_years(mission: Mission, view: View) -> float:
    """
    Return how many years a mission lasted, or has lasted by today, to a tenth.
    """
    last = view.today if mission.end is None else mission.end.extent[1]
    days = (last - mission.start.anchor).days + 1
    return round(max(0, days) / _DAYS_A_YEAR, 1)


MISSION: Columns[Mission] = (
    Column("id", Id, label="id"),
    Column("acronym", str | None, plain=True),
    Column(
        "start",
        PartialDate,
        label="opened",
        mark=("disputed_legend", lambda mission: mission.opening.disputed),
    ),
    Column(
        "end",
        PartialDate | None,
        label="closed",
        mark=("disputed_legend", lambda m: any(e.disputed for e in ends(m)[1:])),
    ),
    Column("years", float, mission_years, plain=True),
    Column(
        "name",
        label="mission",
        text=lambda mission, view: with_acronym(
            mission.name.in_(view.language), mission.acronym
        ),
    ),
    *fields(Mission, "seat mandate opening closing predecessor events"),
    Column("disputed", bool, lambda mission, _: any(e.disputed for e in ends(mission))),
    Column("heads", POST),
)


def membership_years(membership: Membership, view: View) -> int | None:
    """
    Return the completed years of a membership, if they can be counted.
    """
    try:
        return membership.years(view.today)
    except ValueError:  # The date of admission is not known well enough.
        return None


MEMBERSHIP: Columns[Membership] = (
    *fields(Membership, "id organization acronym member since end admission"),
    *fields(Membership, "recommendation withdrawal"),
    Column("years", int | None, membership_years),
    Column("disputed", bool, lambda membership, _: membership.admission.disputed),
)

AREA: Columns[CooperationArea] = (
    Column("id", Id, label="id"),
    Column("count", int, lambda area, view: len(view.events[area.id]), label="events"),
    Column("name", label="area"),
    *fields(CooperationArea, "description"),
    Column(
        "sources", list[Id], lambda area, _: [each.source for each in area.citations]
    ),
    Column("events", list[Id], lambda area, view: view.events[area.id]),
)

SOURCE: Columns[Source] = (
    Column("id", Id, label="id"),
    Column(
        "kind",
        PublisherKind,
        lambda source, _: source.publisher.kind,
        label="kind",
        text=lambda source, view: view.language.label(
            f"publisher_{source.publisher.kind}"
        ),
    ),
    Column(
        "publisher",
        value=lambda source, _: source.publisher.name,
        label="publisher",
    ),
    Column(
        "title",
        value=lambda source, view: source.name(view.language),
        label="source",
        text=lambda source, view: ", ".join(
            filter(None, (source.name(view.language), source.symbol))
        ),
    ),
    Column(
        "url",
        str | None,
        lambda source, view: source.address_in(view.language),
        plain=True,
    ),
    *fields(Source, "symbol copy_url published accessed language note author"),
    Column("events", list[Id], lambda source, view: view.events[source.id]),
)


@attrs.frozen
class Year:
    """
    A year with its events, and the missions that were active in it.
    """

    year: int
    events: list[Event]
    missions: list[Mission]
    most: int

    @property
    def bar(self) -> str:
        """
        A bar whose length is the number of events, as far as it fits.
        """
        count = len(self.events)
        length = -(-count * min(self.most, _LONGEST_BAR) // max(1, self.most))
        return f"{'■' * length} {count}" if count else ""


YEAR: Columns[Year] = (
    Column("year", int, label="year"),
    Column(
        "missions",
        list[Id],
        label="missions",
        text=lambda each, _: ", ".join(m.acronym or m.id for m in each.missions),
    ),
    Column(
        "count",
        int,
        lambda each, _: len(each.events),
        label="events",
        text=lambda each, _: each.bar,
        mark=("disputed_legend", lambda each: any(e.disputed for e in each.events)),
    ),
    Column("events", list[Id]),
)


def _release(row: Mapping[str, Any], _: View) -> str:
    return " ".join(filter(None, (row["distribution"], row["version"])))


RECORD: Columns[Mapping[str, Any]] = (
    Column("name", label="record"),
    Column("plugin"),
    Column("distribution", str | None, label="distribution", text=_release),
    Column("version", str | None, plain=True),
    Column("summary", label="summary"),
    Column("default", bool),
)

LANGUAGE: Columns[Mapping[str, Any]] = (
    Column("tag", label="language"),
    Column("name", label="name"),
    Column("plugin"),
    Column("distribution", str | None, label="distribution", text=_release),
    Column("version", str | None, plain=True),
    Column("missing", list[str], label="missing"),
    Column("direction"),
)


def _offers(plugin: Mapping[str, Any], view: View) -> Iterator[str]:
    for kind in ("exporters", "importers", "records", "languages"):
        if plugin[kind]:
            yield f"{kind}: {', '.join(plugin[kind])}"
    for reason in plugin["failures"]:
        yield f"{view.language.label('cannot_be_used')}: {reason}"


PLUGIN: Columns[Mapping[str, Any]] = (
    Column("name", label="plugin"),
    Column("distribution", str | None, label="distribution", text=_release),
    Column("version", str | None, plain=True),
    Column("exporters", list[str], plain=True),
    Column("importers", list[str], plain=True),
    Column("records", list[str], plain=True),
    Column("languages", list[str], plain=True),
    Column(
        "failures",
        list[str],
        label="offers",
        text=lambda plugin, view: "; ".join(_offers(plugin, view)),
    ),
)

CHANGE: Columns[Change] = (
    *fields(Change, "kind id field"),
    Column("before", object),
    Column("after", object),
)

LISTINGS: dict[str, Columns[Any]] = {
    "upcoming": ANNIVERSARY,
    "on": EVENT,
    "events": EVENT,
    "search": EVENT,
    "timeline": YEAR,
    "missions": MISSION,
    "areas": AREA,
    "disputes": DISPUTE,
    "diff": CHANGE,
    "sources": SOURCE,
    "records": RECORD,
    "languages": LANGUAGE,
    "plugins": PLUGIN,
}

_MISSIONS_OF_EVENT: Columns[Event] = (
    Column(
        "missions",
        list[Id],
        lambda event, view: [m for m in view.record.missions if event in m.events],
    ),
)
THINGS: dict[type, tuple[str, Columns[Any]]] = {
    Event: ("event", (*EVENT, *_MISSIONS_OF_EVENT)),
    Mission: ("mission", MISSION),
    Membership: ("membership", MEMBERSHIP),
    CooperationArea: ("area", AREA),
    Source: ("source", SOURCE),
}


def output_schema() -> dict[str, Any]:
    """
    Return the JSON Schema of what commands print with `--format json`.
    """
    things = [
        object_schema(columns, type={"const": name})
        for name, columns in THINGS.values()
    ]
    commands = {name: schema_of(columns) for name, columns in LISTINGS.items()}
    commands["show"] = {"anyOf": things}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The output of tjun commands with --format json",
        "description": "Each command has an entry under $defs. No key is ever absent.",
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in commands],
        "$defs": commands,
    }
