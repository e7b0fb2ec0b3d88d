"""
The types of the public API, for type checkers and at run time.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import enum
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, assert_type

import attrs

import tjun


def check(value: object, *kinds: type) -> None:
    """
    Check at run time what `assert_type` checks statically.
    """
    assert isinstance(value, kinds), (value, kinds)


def dates() -> None:
    date = tjun.PartialDate.parse("2000-05")
    assert_type(date, tjun.PartialDate)
    assert_type(date.year, int | None)
    assert_type(date.month, int | None)
    assert_type(date.day, int | None)
    assert_type(date.precision, tjun.Precision)
    assert_type(date.earliest, dt.date | None)
    assert_type(date.latest, dt.date | None)
    assert_type(date.anchor, dt.date)
    assert_type(tjun.PartialDate("1992~").qualifier, Literal["approximate"] | None)
    assert_type(date.sort_key, tuple[dt.date, tjun.Precision])
    check(date.precision, tjun.Precision, enum.IntEnum)
    check(date.earliest, dt.date)
    check(date.sort_key, tuple)


def texts() -> None:
    text = tjun.Text(en="Water", ru="Вода")
    assert_type(text.en, str)
    assert_type(text.original_language, str)
    assert_type(text.in_("tg"), str)
    assert_type(text.best("zh-Hant"), tuple[str, str])
    assert_type(text.translations, Mapping[str, str])
    check(text.in_("tg"), str)
    check(text.best("zh-Hant"), tuple)
    check(text.translations, Mapping)
    several = tjun.Text({"en": "Water", "zh-Hant": "水"})
    check(several, tjun.Text)


def languages() -> None:
    found = tjun.languages()
    assert_type(found, tjun.Registry[tjun.Language])
    assert_type(tjun.language("ru-RU"), tjun.Language)
    assert_type(tjun.records(), tjun.Registry[tjun.Record])
    english = found["en"]
    assert_type(english.tag, str)
    assert_type(english.missing, tuple[str, ...])
    assert_type(english.format_date("2000-05"), str)
    assert_type(english.format_span(tjun.PartialDate(2000), None), str)
    assert_type(english.ordinal(35), str)
    assert_type(english.label("read_on", date="today"), str)
    assert_type(english.parse_day("2 March"), tuple[int, int] | None)
    check(found, Mapping)
    check(english, tjun.Language)
    check(english.parse_day("2 March"), tuple)


def making() -> tjun.Event:
    somebody = tjun.Publisher(id="somebody", name="Somebody", kind="press")
    source = tjun.Source(id="page", label="A page", publisher=somebody)
    citation = tjun.Citation(source=source, says="So it was.", date="2000-05")
    area = tjun.CooperationArea(id="water", name="Water")
    event = tjun.Event(
        id="it-began",
        title="It began",
        date=dt.date(2000, 5, 15),
        until="2000-05-16",
        kind="office",
        areas=[area],
        citations=[citation],
        status=tjun.EventStatus.HELD,
        weight="major",
        corrections=[tjun.Correction(on="2026-11-23", note="Corrected.")],
        extra={"staff": 5},
    )
    assert_type(somebody.kind, tjun.PublisherKind)
    assert_type(source.title, str | None)
    assert_type(source.label, tjun.Text | None)
    assert_type(source.address_in("ru"), str | None)
    assert_type(source.url, str | None)
    assert_type(source.published, tjun.PartialDate | None)
    assert_type(citation.date, tjun.PartialDate | None)
    assert_type(citation.verified, bool)
    assert_type(area.name, tjun.Text)
    assert_type(event.title, tjun.Text)
    assert_type(event.date, tjun.PartialDate)
    assert_type(event.until, tjun.PartialDate | None)
    assert_type(event.kind, str)
    assert_type(event.best, tjun.Citation)
    assert_type(event.weight, Literal["major", "normal", "minor"])
    assert_type(event.areas, tuple[tjun.CooperationArea, ...])
    assert_type(event.citations, tuple[tjun.Citation, ...])
    assert_type(event.status, tjun.EventStatus)
    assert_type(event.marks, tjun.Event | None)
    assert_type(event.disputed, bool)
    assert_type(event.dated_citations, tuple[tjun.Citation, ...])
    check(event.kind, str)
    check(event.areas, tuple)
    check(event.citations, tuple)
    return event


def missions(event: tjun.Event) -> tjun.Mission:
    post = tjun.Post(person="Somebody", title="Head", start="2000")
    mission = tjun.Mission(
        id="mission", name="A mission", acronym="AM", opening=event, heads=[post]
    )
    assert_type(mission.start, tjun.PartialDate)
    assert_type(mission.end, tjun.PartialDate | None)
    assert_type(mission.predecessor, tjun.Mission | None)
    assert_type(mission.heads, tuple[tjun.Post, ...])
    assert_type(mission.events, tuple[tjun.Event, ...])
    assert_type(mission.active_on(dt.date(2000, 6, 1)), bool | None)
    assert_type(post.title, tjun.Text)
    check(mission.events, tuple)
    check(mission.active_on(dt.date(2000, 6, 1)), bool)
    return mission


def chronologies(event: tjun.Event, mission: tjun.Mission) -> tjun.Chronology:
    membership = tjun.Membership(
        id="club", organization="A club", acronym="C", admission=event
    )
    assert_type(membership.since, tjun.PartialDate)
    assert_type(membership.years(dt.date(2010, 1, 1)), int)
    record = tjun.Chronology(
        events=[event], missions=[mission], memberships=[membership], title="Mine"
    )
    assert_type(record.events, tjun.Events)
    assert_type(record.missions, tjun.Missions)
    assert_type(record.memberships, tjun.Memberships)
    assert_type(record.areas, tjun.Catalog[tjun.CooperationArea])
    assert_type(record.sources, tjun.Catalog[tjun.Source])
    assert_type(record.title, tjun.Text | None)
    assert_type(record.retired, tuple[str, ...])
    assert_type(record.events["it-began"], tjun.Event)
    assert_type(record.events[0], tjun.Event)
    assert_type(record.events[:1], tjun.Events)
    assert_type(record.events.get("none"), tjun.Event | None)
    assert_type(record.events.get("none", None), tjun.Event | None)
    assert_type(record.events.get("none", event), tjun.Event)
    assert_type(record.events.get("none", 0), tjun.Event | int)
    wider: tjun.Catalog[tjun.Event | tjun.Source] = record.events
    check(wider.get("none", 0), int)
    assert_type(record.events.ids, tuple[str, ...])
    assert_type(record.events.on_day(5, 15), tjun.Events)
    found = record.events.where(
        area=["water"],
        kind="office",
        mission=mission,
        since=2000,
        until=dt.date(2001, 1, 1),
        text="began",
        disputed=False,
        status={"held"},
    )
    assert_type(found, tjun.Events)
    assert_type(
        record.missions.active_on(dt.date(2000, 6, 1)), tuple[tjun.Mission, ...]
    )
    assert_type(
        record.anniversaries(since=2001, until="2005-05"), tuple[tjun.Anniversary, ...]
    )
    assert_type(record.upcoming(dt.date(2001, 1, 1)), tuple[tjun.Anniversary, ...])
    assert_type(record.according_to("press"), tjun.Chronology)
    assert_type(record.select(found), tjun.Chronology)
    assert_type(record.merge(record), tjun.Chronology)
    check(record.events, tjun.Events)
    check(found, tjun.Events)
    check(record.missions.active_on(dt.date(2000, 6, 1)), tuple)
    (first, *_) = record.anniversaries(since=2001, until=2005)
    assert_type(first.event, tjun.Event)
    assert_type(first.date, tjun.PartialDate)
    assert_type(first.number, int)
    assert_type(first.jubilee, bool)
    assert_type(first.title("ru"), str)
    check(first, tjun.Anniversary)
    check(first.title("ru"), str)
    return record


def citing(event: tjun.Event, source: tjun.Source) -> None:
    assert_type(tjun.cite(event, language="ru"), str)
    assert_type(tjun.cite([event, source], style="bibtex"), str)
    page = tjun.Reference(id="page", title="A page", updated="2027-03-02")
    assert_type(page.updated, dt.date | None)
    assert_type(tjun.cite(page, style="csl"), str)
    assert_type(source.address, str | None)
    assert_type(tjun.one_line("one\ntwo"), str)


@attrs.frozen(kw_only=True)
class Options:
    heading: str = attrs.field(default="Events", validator=tjun.not_blank)
    home: str | None = attrs.field(default=None, validator=tjun.web_address)


def render(request: tjun.ExportRequest[Any]) -> Iterator[bytes]:
    assert_type(request.chronology, tjun.Chronology)
    assert_type(request.language, tjun.Language)
    assert_type(request.today, dt.date)
    assert_type(request.options, Any)
    yield b"."


@tjun.hookimpl
def tjun_exporters() -> Iterable[tjun.Exporter]:
    return [
        tjun.Exporter(
            name="dots",
            summary="A dot.",
            media_type="text/plain",
            suffix=".txt",
            render=render,
        )
    ]


@attrs.frozen(kw_only=True)
class Width:
    width: int = 72


@attrs.frozen(kw_only=True)
class Height:
    height: int = 20


def render_width(request: tjun.ExportRequest[Width]) -> Iterator[bytes]:
    assert_type(request.options, Width)
    yield b"." * request.options.width


def generic() -> None:
    right = tjun.Exporter(
        name="wide",
        summary="Dots.",
        media_type="text/plain",
        suffix=".txt",
        options=Width,
        render=render_width,
    )
    assert_type(right, tjun.Exporter[Width])
    tjun.Exporter(
        name="wrong",
        summary="Dots.",
        media_type="text/plain",
        suffix=".txt",
        options=Height,
        render=render_width,  # type: ignore[arg-type]  # It needs other options.
    )


def exporting(record: tjun.Chronology) -> None:
    assert_type(tjun.export(record, "json"), bytes)
    check(tjun.export(record, "json", language="ru"), bytes)
    with contextlib.suppress(tjun.ExportError):
        tjun.export(record, "json", language=5)  # type: ignore[arg-type]  # No tag.
    registry = tjun.exporters(disabled=["dots"])
    assert_type(registry, tjun.Registry[tjun.Exporter])
    assert_type(registry["ics"], tjun.Exporter)
    assert_type(list(registry), list[str])
    assert_type(registry.failures, tuple[tjun.PluginError, ...])
    check(registry["ics"], tjun.Exporter)


def loading() -> None:
    record = tjun.load()
    assert_type(record, tjun.Chronology)
    check(record, tjun.Chronology)
    text = tjun.export(record, "json").decode()
    assert_type(tjun.loads(text, "json"), tjun.Chronology)
    try:
        tjun.loads("format = 2")
    except tjun.DataError as error:
        assert_type(error.faults, tuple[tjun.Fault, ...])
        check(error.faults, tuple)
    try:
        record.events["none"]
    except tjun.NotFoundError as error:
        assert_type(error.nearest, tuple[str, ...])
        check(error.nearest, tuple)


def run() -> None:
    """
    Keep every promise.
    """
    dates()
    texts()
    event = making()
    citing(event, event.citations[0].source)
    check(Options(home="https://example.org/").home, str)
    record = chronologies(event, missions(event))
    generic()
    exporting(record)
    loading()
    (exporter,) = tjun_exporters()
    check(exporter, tjun.Exporter)
