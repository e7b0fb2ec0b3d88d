"""
Hypothesis strategies for the values of the record, and for whole records.

Parts of one chronology have ids that differ; two chronologies with different
prefixes share none.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Sequence

from hypothesis import strategies as st

from tjun import (
    Chronology,
    Citation,
    CooperationArea,
    Event,
    EventKind,
    EventStatus,
    Membership,
    Mission,
    PartialDate,
    Post,
    Precision,
    Source,
    SourceKind,
    Text,
)

__all__ = [
    "areas",
    "bounds",
    "chronologies",
    "citations",
    "days",
    "events",
    "lines",
    "memberships",
    "missions",
    "near_dates",
    "partial_dates",
    "posts",
    "some_texts",
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

# Few days and few years, so that events do meet.
_FIRST_YEAR, _LAST_YEAR = 1990, 2004


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
    One line that says something.
    """
    line = st.text(alphabet, min_size=1, max_size=max_size)
    return line.filter(lambda text: not text.isspace())


def texts() -> st.SearchStrategy[Text]:
    """
    Texts with and without their Russian and their Tajik.
    """
    return st.builds(
        Text,
        en=words(),
        ru=st.none() | words(alphabet=_CYRILLIC + " "),
        tg=st.none() | words(alphabet=_CYRILLIC + _TAJIK + " "),
    )


@st.composite
def partial_dates(
    draw: st.DrawFn,
    *,
    first: int = 1,
    last: int = 9999,
    precisions: Sequence[Precision] = tuple(Precision),
) -> PartialDate:
    """
    Dates of every precision; 29 February comes often.
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


def lines() -> st.SearchStrategy[str]:
    """
    A few lines that are hard to write down, quickly drawn.
    """
    return st.sampled_from(_LINES)


def some_texts() -> st.SearchStrategy[Text]:
    """
    A few texts that are hard to write down, quickly drawn.
    """
    return st.sampled_from(_TEXTS)


def near_dates() -> st.SearchStrategy[PartialDate]:
    """
    Dates that are close together.
    """
    return partial_dates(first=_FIRST_YEAR, last=_LAST_YEAR)


def days(*, first: int = 1, last: int = 9999) -> st.SearchStrategy[dt.date]:
    """
    Whole days.
    """
    return st.dates(dt.date(first, 1, 1), dt.date(last, 12, 31))


def bounds() -> st.SearchStrategy[int | str | dt.date | PartialDate]:
    """
    Ends of a span of time, in every form that is taken.
    """
    near = near_dates()
    return st.one_of(
        near,
        near.map(str),
        st.integers(_FIRST_YEAR, _LAST_YEAR),
        days(first=_FIRST_YEAR, last=_LAST_YEAR),
    )


def sources(id: str = "source") -> st.SearchStrategy[Source]:  # noqa: A002  # As the field.
    """
    Sources of every kind.
    """
    return st.builds(
        Source,
        id=st.just(id),
        title=lines(),
        publisher=lines(),
        kind=st.sampled_from(SourceKind),
        url=st.sampled_from(
            [None, "https://un.org/a?b=c&d=e#f", "http://mfa.tj/тҷ/саҳифа"]
        ),
        symbol=st.sampled_from([None, "S/RES/968 (1994)", "A/RES/46/228"]),
        published=st.none() | near_dates(),
        note=st.none() | lines(),
    )


def _until(date: PartialDate) -> st.SearchStrategy[PartialDate | None]:
    later = near_dates().filter(lambda end: end.latest >= date.earliest)
    return st.none() | st.just(date) | later if date.year < _LAST_YEAR else st.none()


@st.composite
def citations(draw: st.DrawFn, of: Sequence[Source] | None = None) -> Citation:
    """
    Citations with no date, with a date, and with both ends of a span.
    """
    source = draw(sources() if of is None else st.sampled_from(of))
    date = draw(st.none() | near_dates())
    return Citation(
        source=source,
        says=draw(st.just("") | lines()),
        date=date,
        until=None if date is None else draw(_until(date)),
        verified=draw(st.booleans()),
    )


def areas(id: str = "area") -> st.SearchStrategy[CooperationArea]:  # noqa: A002  # As the field.
    """
    Fields of cooperation.
    """
    return st.builds(
        CooperationArea,
        id=st.just(id),
        name=some_texts(),
        description=st.none() | some_texts(),
        in_article=st.booleans(),
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
    Events of every kind; where they mark another, often on its day.
    """
    marks = draw(st.none() | st.sampled_from(marked)) if marked else None
    date = draw(near_dates())
    if marks is not None and draw(st.booleans()):
        date = draw(st.just(marks.date) | st.just(_later(marks.date)))
    own = [draw(citations(cited)) for _ in range(draw(st.integers(1, 3)))]
    if draw(st.booleans()):
        own.append(Citation(source=own[0].source, date=date))
    return Event(
        id=id,
        title=draw(some_texts()),
        date=date,
        until=draw(_until(date)),
        kind=draw(st.sampled_from(EventKind)),
        areas=_some(draw, within),
        description=draw(st.none() | some_texts()),
        citations=own,
        status=draw(st.sampled_from(EventStatus)),
        yearly=draw(st.booleans()),
        marks=marks,
        revised=draw(st.none() | days(first=2020, last=2026)),
    )


def _later(date: PartialDate) -> PartialDate:
    return PartialDate(date.year + 4, date.month, date.day)


def _some(draw: st.DrawFn, items: Sequence[CooperationArea]) -> list[CooperationArea]:
    return [item for item in items if draw(st.booleans())]


@st.composite
def posts(draw: st.DrawFn, cited: Sequence[Source] | None = None) -> Post:
    """
    Posts with and without a beginning, an end and a citation.
    """
    start = draw(st.none() | near_dates())
    return Post(
        person=draw(lines()),
        title=draw(some_texts()),
        start=start,
        end=draw(near_dates() | st.none() if start is None else _until(start)),
        citations=draw(st.lists(citations(cited), max_size=2)),
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
    Missions that still work and that have ended, with predecessors and heads.
    """
    if among is None:
        among = [draw(events(f"{id}-event-{n}")) for n in range(2)]
    opening = draw(st.sampled_from(among))
    closings = [e for e in among if e.date.latest >= opening.date.earliest]
    return Mission(
        id=id,
        name=draw(some_texts()),
        acronym=draw(lines()),
        seat=draw(st.none() | lines()),
        mandate=draw(st.none() | some_texts()),
        opening=opening,
        closing=draw(st.none() | st.sampled_from(closings)),
        predecessor=draw(st.none() | st.sampled_from(after)) if after else None,
        heads=draw(st.lists(posts(cited), max_size=2)),
        events=draw(st.lists(st.sampled_from(among), max_size=2)),
    )


@st.composite
def memberships(
    draw: st.DrawFn,
    id: str = "membership",  # noqa: A002  # As the field.
    *,
    among: Sequence[Event] | None = None,
) -> Membership:
    """
    Memberships that last and that have ended.
    """
    if among is None:
        among = [draw(events(f"{id}-event-{n}")) for n in range(2)]
    admission = draw(st.sampled_from(among))
    return Membership(
        id=id,
        organization=draw(some_texts()),
        acronym=draw(lines()),
        admission=admission,
        recommendation=draw(st.none() | st.sampled_from(among)),
        end=draw(_until(admission.date)),
    )


@st.composite
def chronologies(
    draw: st.DrawFn, prefix: str = "", *, spare: bool = True, most: int = 6
) -> Chronology:
    """
    Whole records of at most a handful of events, empty ones among them.

    With *spare* they may also hold areas and sources that nothing refers to, and
    ids that are retired.
    """
    cited = [
        draw(sources(f"{prefix}source-{n}")) for n in range(draw(st.integers(1, 3)))
    ]
    within = [draw(areas(f"{prefix}area-{n}")) for n in range(draw(st.integers(0, 3)))]
    made: list[Event] = []
    for n in range(draw(st.integers(0, most))):
        name = f"{prefix}event-{n}"
        made.append(draw(events(name, cited=cited, within=within, marked=made)))
    worked: list[Mission] = []
    joined: list[Membership] = []
    if made:
        for n in range(draw(st.integers(0, 3))):
            name = f"{prefix}mission-{n}"
            worked.append(draw(missions(name, among=made, after=worked, cited=cited)))
        joined = [
            draw(memberships(f"{prefix}membership-{n}", among=made))
            for n in range(draw(st.integers(0, 2)))
        ]
    if not spare:
        return Chronology(
            events=draw(st.permutations(made)),
            missions=draw(st.permutations(worked)),
            memberships=joined,
            title=draw(st.none() | some_texts()),
        )
    gone = st.sets(st.sampled_from([f"{prefix}gone-{n}" for n in range(3)]))
    return Chronology(
        events=draw(st.permutations(made)),
        missions=draw(st.permutations(worked)),
        memberships=joined,
        areas=draw(st.permutations(within)),
        sources=draw(st.permutations(cited)),
        retired=draw(gone),
        title=draw(st.none() | some_texts()),
    )
