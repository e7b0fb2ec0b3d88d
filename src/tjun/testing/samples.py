"""
Sample records with which to test an exporter.
"""

from __future__ import annotations

import attrs

from tjun.chronology.chronology import Chronology
from tjun.model.entities import Citation, CooperationArea, Correction, Event
from tjun.model.kinds import EventKind, EventStatus
from tjun.model.missions import Membership, Mission, Post
from tjun.model.sources import Publisher, Source
from tjun.model.text import Text

__all__ = ["CONTROL", "HOSTILE", "dated", "hostile", "sample"]

HOSTILE = (
    '=HYPERLINK("http://example.org";"x")',
    "+1 -1 @SUM(A1) \t|cmd",
    "a,b;c:d\\e\"f'g`h",
    "back\\Nslash and \\n and \\",
    "one\nline\r\nbreak\rmore",
    "<script>alert(1)</script> &amp; <b>",
    "# heading * star _ under [link](http://example.org) ![i](x)",
    "| cell | --- | ``` ~~~ <!-- --> $x$",
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:no",
    "\u202eright to left\u202c \u200fmark",
    "family \U0001f468\u200d\U0001f469\u200d\U0001f467 flag \U0001f1f9\U0001f1ef",
    "e" + "\u0301" * 60,
    "separators \u2028 and \u2029 and \u0085 end",
    "]]> %s {0} ${x} {{ y }} {% z %}",
    "Тоҷикистон ва СММ",
    "联合国与塔吉克斯坦",
    "تاجيكستان والأمم المتحدة",
    "x" * 5_000,
)
"""
Texts that some formats could mistake for markup, code or line breaks.
"""

CONTROL = "a\x00b\x07c\x1b[31md\x7f"
"""
Characters that few formats can contain.
"""


_VAGUE = (
    "1993~",
    "1993-02~",
    "1993-21",
    "199X",
    "[1992..1994]",
    "[..1993]",
    "[1993..]",
)


def sample() -> Chronology:
    """
    Return a record with an event of every kind, precision and state.

    It contains partial, approximate, disputed and announced dates, last days, yearly
    observances, 29 February, a kind of the record's own, a mission with heads and a
    predecessor, and texts in three languages and four scripts.
    """
    somebody = Publisher(
        id="somebody", name=Text(en="Somebody", ru="Кто-то"), kind="un"
    )
    page = Source(
        id="page",
        title="A page – страница",
        publisher=somebody,
        url="https://example.org/a?b=c&d=e",
        symbol="S/RES/968 (1994)",
        published="1994-12",
        note="Read from a copy.",
    )
    nobody = Publisher(id="nobody", name="Nobody")
    bare = Source(id="bare", label="Bare", publisher=nobody)

    def about(event_id: str) -> Citation:
        source = attrs.evolve(page, id=f"about-{event_id}", title=f"On {event_id}")
        return Citation(source=source, says="So it was.")

    water = CooperationArea(id="water", name=Text(en="Water", ru="Вода", tg="Об"))
    peace = CooperationArea(id="peace", name="Peace")
    events = [
        Event(
            id=f"of-kind-{kind}",
            title=Text(en=f"An {kind} 🕊", ru=f"Событие: {index}"),
            date=("1992-03-02", "2000-05", "2007", "2000-02-29")[index % 4],
            kind=kind,
            areas=((), (water,), (water, peace))[index % 3],
            description=None if index % 2 else "So it was.",
            citations=[about(kind), Citation(source=(page, bare)[index % 2])],
            weight=("major", "normal", "minor")[index % 3],
        )
        for index, kind in enumerate(EventKind)
    ]
    joined = Event(
        id="joined",
        title="The country joins",
        date="1992-03-02",
        until="1992-03-03",
        kind="membership",
        citations=[
            Citation(source=page, date="1992-03-02", until="1992-03-03"),
            Citation(source=bare, date="1992-03", says="In March.", verified=False),
        ],
    )
    disputed = Event(
        id="disputed",
        title="The mission opens",
        date="1993-02-01",
        kind="mission",
        areas=[peace],
        citations=[
            Citation(source=bare, date="1993-02-01", says="In February."),
            attrs.evolve(about("disputed"), date="1994-12-16", says="In December."),
        ],
    )
    closed = attrs.evolve(
        disputed,
        id="closed",
        title="It closes",
        date="2000-05",
        citations=[about("closed")],
    )
    vague = [
        attrs.evolve(
            closed,
            id=f"vague-{index}",
            title="It happens",
            date=date,
            citations=[about(f"vague-{index}")],
        )
        for index, date in enumerate(_VAGUE)
    ]
    kept = Event(
        id="kept",
        title="A day that is kept",
        date="1992-03-02",
        kind="observance",
        yearly=True,
        marks=joined,
        citations=[about("kept")],
    )
    moving = attrs.evolve(
        kept,
        id="moving",
        title="A day that moves",
        date="1986-10-06",
        marks=None,
        rule="FREQ=YEARLY;BYMONTH=10;BYDAY=1MO",
        citations=[about("moving")],
    )
    own = attrs.evolve(
        closed,
        id="of-own-kind",
        title="A round of talks about money",
        short=Text(en="Talks", ru="Переговоры"),
        kind="funding-round",
        place="Geneva, Switzerland",
        reason="The minutes say so.",
        corrections=[Correction(on="2026-11-30", note="Date changed.")],
        extra={"amount": 2.5, "open": True},
        solemn=True,
        citations=[attrs.evolve(about("of-own-kind"), as_written="the spring")],
    )
    coming = Event(
        id="coming",
        title="A conference to come",
        date="2028-05-25",
        until="2028-05-28",
        kind="conference",
        status=EventStatus.ANNOUNCED,
        citations=[about("coming")],
    )
    head = Post(person="Somebody", title="Head", start="1993", end="2000-05")
    first = Mission(
        id="first",
        name="The first mission",
        acronym="TFM",
        seat="Dushanbe",
        mandate="To watch.",
        opening=disputed,
        closing=closed,
        heads=[head],
    )
    second = Mission(
        id="second", name="The second", acronym="TSM", opening=closed, predecessor=first
    )
    member = Membership(
        id="un", organization="The United Nations", acronym="UN", admission=joined
    )
    return Chronology(
        events=[*events, joined, disputed, closed, kept, moving, own, coming, *vague],
        missions=[first, second],
        memberships=[member],
        id="sample",
        title=Text(en="A sample", ru="Образец", tg="Намуна"),
        kinds={"funding-round": Text(en="Funding round", ru="Сбор средств")},
        revised="2026-11-23T09:00:00Z",
    )


def hostile(words: tuple[str, ...] = HOSTILE) -> Chronology:
    """
    Return a record with each of *words* in every place that takes a text.
    """
    events = []
    for index, text in enumerate(words):
        press = Publisher(id=f"p{index}", name=text)
        source = Source(
            id=f"s{index}",
            title=text,
            publisher=press,
            url=f"https://example.org/{index}",
            note=text,
        )
        area = CooperationArea(id=f"a{index}", name=text, description=text)
        events.append(
            Event(
                id=f"e{index}",
                title=Text(en=text, ru=text, tg=text),
                date="1992-03-02",
                areas=[area],
                description=text,
                place=text,
                reason=text,
                citations=[Citation(source=source, says=text, date="1992-03-02")],
            )
        )
    return Chronology(events=events, title=words[0])


def dated(date: str) -> Chronology:
    """
    Return a record with one event on this day, or in this month or year.
    """
    somebody = Publisher(id="somebody", name="Somebody")
    source = Source(id="page", title="A page", publisher=somebody)
    event = Event(
        id="dated", title="It happened", date=date, citations=[Citation(source=source)]
    )
    return Chronology(events=[event])
