"""
Hypothesis strategies for the entities of a record, and for whole records.

Ids are unique within a chronology, and among chronologies with different prefixes.
"""

from __future__ import annotations

import datetime as dt
import itertools
from calendar import monthrange
from collections.abc import Sequence
from typing import Any, TypeVar

from hypothesis import strategies as st

import tjun
from tjun import (
    Chronology,
    Citation,
    CooperationArea,
    Correction,
    Event,
    EventKind,
    EventStatus,
    Membership,
    Mission,
    PartialDate,
    Post,
    Precision,
    Publisher,
    PublisherKind,
    Source,
    Text,
    Translation,
)

__all__ = [
    "any_dates",
    "areas",
    "bounds",
    "chronologies",
    "citations",
    "days",
    "events",
    "memberships",
    "missions",
    "near_dates",
    "partial_dates",
    "posts",
    "publishers",
    "sources",
    "texts",
    "words",
]

_LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁ"
_TAJIK = "ғӣқӯҳҷҒӢҚӮҲҶ"
_SIGNS = " .,;:!?'\"\\/|-–—«»“”’()[]{}<>#*_`~&%$@+=^"
_FAR = "é中文😀𝒳߿"
_ALPHABET = _LATIN + _CYRILLIC + _TAJIK + _SIGNS + _FAR

T = TypeVar("T")

# Few days and years, so that dates often coincide.
_FIRST_YEAR, _LAST_YEAR = 1990, 2004
_NEAR = tuple(
    PartialDate.parse(f"{year}{rest}")
    for year in range(_FIRST_YEAR, _LAST_YEAR + 1)
    for rest in ("-03-02", "", "-02", "-03", "-02-28", "-03-01", "-01-01", "-12-31")
) + tuple(PartialDate(year, 2, 29) for year in range(1992, _LAST_YEAR + 1, 4))
# A few of the dates that are neither a day nor a month nor a year.
_QUALIFIED = tuple(
    PartialDate(text)
    for text in (
        "1992~",
        "1993-03~",
        "1994-03-02~",
        "1992-21",
        "1993-24",
        "199X",
        "[1992..1994]",
        "[..1992-03-02]",
        "[1993-03..]",
    )
)

_LINES = (
    "Tajikistan joins the United Nations",
    "Вода для устойчивого развития",
    "Оби тоза — ҳаёт; ғӯзаи сафед",
    'A "quoted", semi;colon, back\\slash and N: \\N \\n',
    "| pipes | *stars* _bars_ `ticks` <b>tags</b> & # [x](y)",
    "BEGIN:VEVENT 中文 😀 𝒳",
)
_TEXTS = (
    Text(en=_LINES[0]),
    Text(en="Water", ru="Вода", tg="Об"),
    Text(en=_LINES[3], ru=_LINES[1]),
    Text(en=_LINES[4], tg=_LINES[2]),
    Text(en=_LINES[5], ru="Ёж", tg="Ҷашн"),
)


def words(*, alphabet: str = _ALPHABET, max_size: int = 24) -> st.SearchStrategy[str]:
    """
    A line that is not blank.
    """
    line = st.text(alphabet, min_size=1, max_size=max_size)
    return line.filter(lambda text: not text.isspace())


def texts() -> st.SearchStrategy[Text]:
    """
    Texts in English and perhaps in other languages.
    """
    cyrillic = words(alphabet=_CYRILLIC + _TAJIK + " ")
    others = st.fixed_dictionaries(
        {}, optional=dict.fromkeys(("ru", "tg", "ky", "mn-Cyrl"), cyrillic)
    )
    return st.builds(lambda en, rest: Text({"en": en, **rest}), words(), others)


@st.composite
def partial_dates(
    draw: st.DrawFn,
    *,
    first: int = 1,
    last: int = 9999,
    precisions: Sequence[Precision] = (Precision.YEAR, Precision.MONTH, Precision.DAY),
) -> PartialDate:
    """
    Days, months and years; 29 February is frequent.
    """
    precision = draw(st.sampled_from(precisions))
    year = draw(st.integers(first, last))
    if precision is Precision.YEAR:
        return PartialDate(year)
    month = draw(st.just(2) | st.integers(1, 12))
    if precision is Precision.MONTH:
        return PartialDate(year, month)
    end = monthrange(year, month)[1]
    return PartialDate(year, month, draw(st.just(end) | st.integers(1, end)))


def near_dates() -> st.SearchStrategy[PartialDate]:
    """
    Dates of every precision that are close together.
    """
    return st.sampled_from(_NEAR)


def any_dates() -> st.SearchStrategy[PartialDate]:
    """
    Dates of every kind.
    """
    return st.one_of(partial_dates(), st.sampled_from(_QUALIFIED))


def days(*, first: int = 1, last: int = 9999) -> st.SearchStrategy[dt.date]:
    """
    Days.
    """
    return st.dates(dt.date(first, 1, 1), dt.date(last, 12, 31))


def bounds() -> st.SearchStrategy[int | str | dt.date | PartialDate]:
    """
    The start or end of a period, in every accepted form.
    """
    near = near_dates()
    return st.one_of(
        near,
        near.map(str),
        st.integers(_FIRST_YEAR, _LAST_YEAR),
        days(first=_FIRST_YEAR, last=_LAST_YEAR),
    )


def _pick(draw: st.DrawFn, options: Sequence[T]) -> T:
    """
    Draw an option; much faster than `sampled_from()` if the options always differ.
    """
    return options[draw(st.integers(0, len(options) - 1))]


def _some(draw: st.DrawFn, items: Sequence[T], most: int = 2) -> list[T]:
    return [_pick(draw, items) for _ in range(_pick(draw, range(most + 1)))]


def _until(draw: st.DrawFn, date: PartialDate) -> PartialDate | None:
    later = [end for end in (*_NEAR, *_QUALIFIED) if not end.precedes(date)]
    return _pick(draw, (None, date, *later))


_DAYS = (None, dt.date(2026, 11, 23), dt.date(2024, 2, 29))
_MOMENTS = (None, "2026-11-23T09:00:00Z", "2024-02-29")
_ADDRESSES = (None, "https://un.org/a?b=c&d=e#f", "http://mfa.tj/тҷ/саҳифа")
_SYMBOLS = (None, "S/RES/968 (1994)", "A/RES/46/228")


@st.composite
def publishers(draw: st.DrawFn, id: str = "publisher") -> Publisher:  # noqa: A002  # As the field.
    """
    Publishers of every kind.
    """
    kind = _pick(draw, tuple(PublisherKind))
    return Publisher(id=id, name=_pick(draw, _TEXTS), kind=kind)


@st.composite
def sources(
    draw: st.DrawFn,
    id: str = "source",  # noqa: A002  # As the field.
    by: Sequence[Publisher] | None = None,
) -> Source:
    """
    Sources of every kind.
    """
    title = _pick(draw, (None, *_LINES))
    return Source(
        id=id,
        title=title,
        label=_pick(draw, _TEXTS if title is None else (None, *_TEXTS)),
        author=_pick(draw, (None, *_LINES)),
        publisher=draw(publishers()) if by is None else _pick(draw, by),
        symbol=_pick(draw, _SYMBOLS),
        url=_pick(draw, _ADDRESSES),
        copy_url=_pick(draw, (None, "https://web.archive.org/web/2026/x")),
        published=_pick(draw, (None, *_NEAR, *_QUALIFIED)),
        accessed=_pick(draw, _DAYS),
        language=_pick(draw, (None, "ru", "zh-Hant")),
        note=_pick(draw, (None, *_TEXTS)),
    )


@st.composite
def citations(
    draw: st.DrawFn,
    of: Sequence[Source] | None = None,
    *,
    instead: Sequence[Event] = (),
) -> Citation:
    """
    Citations with no date, a date, a first and a last day, or an alternative.
    """
    source = draw(sources()) if of is None else _pick(draw, of)
    alternative = _pick(draw, (None, None, *instead))
    dated = alternative is None and draw(st.booleans())
    date = _pick(draw, (None, *_NEAR, *_NEAR, *_QUALIFIED)) if dated else None
    return Citation(
        source=source,
        says=_pick(draw, (None, *_TEXTS)),
        as_written=_pick(draw, (None, "in the autumn of 1992")),
        date=date,
        until=None if date is None else _until(draw, date),
        alternative=alternative,
        locator=_pick(draw, (None, *_LINES)),
        verified=draw(st.booleans()),
    )


@st.composite
def areas(
    draw: st.DrawFn,
    id: str = "area",  # noqa: A002  # As the field.
    of: Sequence[Source] | None = None,
) -> CooperationArea:
    """
    Areas of cooperation with and without citations.
    """
    cited = [draw(sources())] if of is None else of
    return CooperationArea(
        id=id,
        name=_pick(draw, _TEXTS),
        description=_pick(draw, (None, *_TEXTS)),
        citations=[draw(citations(cited)) for _ in range(_pick(draw, (0, 1)))],
    )


_EVENT_ASPECTS = tuple(
    itertools.product((*EventKind, "funding"), EventStatus, (False, True))
)
_RULES = (
    None,
    None,
    "FREQ=YEARLY;BYMONTH=10;BYDAY=1MO",
    "FREQ=YEARLY;BYMONTH=2;BYDAY=-1FR",
)
_CORRECTIONS = (
    Correction(on="2026-11-30", note=_TEXTS[1]),
    Correction(on=dt.date(2027, 1, 2), note=_TEXTS[3]),
)
_EXTRAS = (
    {},
    {"budget": 2.5, "staff": 40, "closed": True, "Код": "а"},
    {"a.b": -1e22, 'a "b"': "", "c\nd": 10**30, "en": False},
)


@st.composite
def events(
    draw: st.DrawFn,
    id: str = "event",  # noqa: A002  # As the field.
    *,
    cited: Sequence[Source] | None = None,
    within: Sequence[CooperationArea] = (),
    marked: Sequence[Event] = (),
) -> Event:
    """
    Events of every kind.

    An event that marks one of *marked* often falls on its day. An event may be cited
    as an alternative if none of its own citations has one.
    """
    kind, status, yearly = _pick(draw, _EVENT_ASPECTS)
    marks = _pick(draw, (None, *marked))
    date = _pick(draw, (*_NEAR, *_NEAR, *_QUALIFIED))
    if marks is not None and marks.date.year is not None:
        date = _pick(draw, (date, marks.date, _later(marks.date)))
    simple = [
        other
        for other in marked
        if all(each.alternative is None for each in other.citations)
    ]
    own = [draw(citations(cited, instead=simple)) for _ in range(_pick(draw, (1, 2)))]
    if draw(st.booleans()):
        own.append(Citation(source=own[0].source, date=date))
    return Event(
        id=id,
        title=_pick(draw, _TEXTS),
        date=date,
        until=_until(draw, date),
        kind=kind,
        areas=[area for area in within if draw(st.booleans())],
        description=_pick(draw, (None, *_TEXTS)),
        citations=own,
        status=status,
        yearly=yearly,
        short=_pick(draw, (None, Text(en="Briefly", tg="Мухтасар"))),
        place=_pick(draw, (None, *_TEXTS)),
        rule=_pick(draw, _RULES) if yearly else None,
        weight=_pick(draw, ("major", "normal", "minor")),
        solemn=draw(st.booleans()),
        marks=marks,
        reason=_pick(draw, (None, *_TEXTS)),
        corrections=_pick(draw, ((), _CORRECTIONS[:1], _CORRECTIONS)),
        extra=_pick(draw, _EXTRAS),
    )


def _later(date: PartialDate) -> PartialDate:
    return PartialDate(f"{date.anchor.year + 4}{str(date)[4:]}")


@st.composite
def posts(draw: st.DrawFn, cited: Sequence[Source] | None = None) -> Post:
    """
    Posts with and without a start, an end and citations.
    """
    start = _pick(draw, (None, *_NEAR))
    return Post(
        person=_pick(draw, _LINES),
        title=_pick(draw, _TEXTS),
        start=start,
        end=_pick(draw, (None, *_NEAR)) if start is None else _until(draw, start),
        citations=[draw(citations(cited)) for _ in range(_pick(draw, (0, 1, 2)))],
    )


@st.composite
def missions(
    draw: st.DrawFn,
    id: str = "mission",  # noqa: A002  # As the field.
    *,
    among: Sequence[Event] | None = None,
    after: Sequence[Mission] = (),
    cited: Sequence[Source] | None = None,
) -> Mission:
    """
    Missions that are active and that have closed, with predecessors and heads.
    """
    if among is None:
        among = [draw(events(f"{id}-event-{n}")) for n in range(2)]
    opening = _pick(draw, among)
    closings = [e for e in among if not e.date.precedes(opening.date)]
    return Mission(
        id=id,
        name=_pick(draw, _TEXTS),
        acronym=_pick(draw, (None, *_LINES)),
        seat=_pick(draw, (None, *_TEXTS)),
        mandate=_pick(draw, (None, *_TEXTS)),
        opening=opening,
        closing=_pick(draw, (None, *closings)),
        predecessor=_pick(draw, (None, *after)),
        heads=[draw(posts(cited)) for _ in range(_pick(draw, (0, 1, 2)))],
        events=_some(draw, among),
    )


@st.composite
def memberships(
    draw: st.DrawFn,
    id: str = "membership",  # noqa: A002  # As the field.
    *,
    among: Sequence[Event] | None = None,
) -> Membership:
    """
    Memberships that continue and that have ended.
    """
    if among is None:
        among = [draw(events(f"{id}-event-{n}")) for n in range(2)]
    admission = _pick(draw, among)
    withdrawals = [e for e in among if not e.date.precedes(admission.date)]
    return Membership(
        id=id,
        organization=_pick(draw, _TEXTS),
        acronym=_pick(draw, _LINES),
        admission=admission,
        member=_pick(draw, (None, *_TEXTS)),
        recommendation=_pick(draw, (None, *among)),
        withdrawal=_pick(draw, (None, *withdrawals)),
    )


@st.composite
def chronologies(
    draw: st.DrawFn,
    prefix: str = "",
    *,
    spare: bool = True,
    most: int = 5,
    languages: Sequence[str] = ("en",),
) -> Chronology:
    """
    Whole records of up to *most* events, some of them empty.

    With *spare*, they may contain areas and sources to which nothing refers, events
    that are only referred to, and retired ids. They are written in one of *languages*.
    """
    by = [draw(publishers(f"{prefix}publisher"))]
    cited = [
        draw(sources(f"{prefix}source-{n}", by)) for n in range(_pick(draw, (1, 2)))
    ]
    within = [
        draw(areas(f"{prefix}area-{n}", cited)) for n in range(_pick(draw, (0, 1, 2)))
    ]
    made: list[Event] = []
    for n in range(_pick(draw, range(most + 1))):
        name = f"{prefix}event-{n}"
        made.append(draw(events(name, cited=cited, within=within, marked=made)))
    worked: list[Mission] = []
    joined: list[Membership] = []
    if made:
        for n in range(_pick(draw, (0, 1, 2))):
            name = f"{prefix}mission-{n}"
            worked.append(draw(missions(name, among=made, after=worked, cited=cited)))
        joined = [
            draw(memberships(f"{prefix}membership-{n}", among=made))
            for n in range(_pick(draw, (0, 1)))
        ]
    backwards = draw(st.booleans())
    step = -1 if backwards else 1
    record = Chronology(
        events=made[::step],
        missions=worked[::step],
        memberships=joined,
        areas=within[::step] if spare else (),
        sources=cited[::step] if spare else (),
        publishers=by if spare else (),
        id=f"{prefix}record",
        retired=_some(draw, [f"{prefix}gone-{n}" for n in range(3)]) if spare else (),
        referred=_some(draw, [each.id for each in made]) if spare and made else (),
        title=_pick(draw, (None, *_TEXTS)),
        subject=_pick(draw, (None, *_TEXTS)),
        publisher=_pick(draw, (None, *_TEXTS)),
        licence=_pick(draw, (None, "CC-BY-4.0")),
        contact=_pick(draw, (None, "https://example.org/", "mailto:a@example.org")),
        revised=_pick(draw, _MOMENTS),
        kinds=_pick(draw, ({}, {"funding": Text(en="Funding", ru="Финансы")})),
        translations=_pick(
            draw,
            (
                (),
                (Translation(language="ru", status="reviewed", revised="2026-12-01"),),
                (Translation(language="tg"), Translation(language="ru")),
            ),
        ),
    )
    language = _pick(draw, languages)
    return record if language == "en" else _written_in(language, record)


def _written_in(language: str, record: Chronology) -> Chronology:
    """
    Return *record* with its English as if it were another language.
    """

    def other(value: Any) -> Any:
        if isinstance(value, list):
            return [other(each) for each in value]
        if not isinstance(value, dict):
            return value
        return {
            language if key == "en" else key: other(each) for key, each in value.items()
        }

    content = other(record.to_dict())
    content["record"]["language"] = language
    return tjun.loads(content)
