from __future__ import annotations

import copy
import datetime as dt
import pickle
import re
import time
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import (
    areas,
    chronologies,
    citations,
    days,
    events,
    memberships,
    missions,
    near_dates,
    partial_dates,
    posts,
    sources,
    texts,
)

from tjun import (
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
    Publisher,
    PublisherKind,
    Source,
    Text,
)
from tjun.model.entities import chronological

MINISTRY = Publisher(id="ministry", name="The Ministry", kind="government")
SOURCE = Source(id="article", title="Tajikistan and the UN", publisher=MINISTRY)
CITATION = Citation(source=SOURCE)
AREA = CooperationArea(id="water", name="Water")
COPY = "https://example.org/copy"

PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)

SAME_DAY = [dt.date(1996, 7, 1), "1996-07-01", PartialDate(1996, 7, 1)]
MOMENT = dt.datetime(1996, 7, 1, tzinfo=dt.UTC)
NOT_DAYS = [
    ("1996-07", "expected a whole day as YYYY-MM-DD, got '1996-07'"),
    (PartialDate(1996), "expected a whole day as YYYY-MM-DD, got '1996'"),
    (
        MOMENT,
        (
            "expected a date as YYYY-MM-DD, YYYY-MM or YYYY, or a datetime.date,"
            f" got {MOMENT!r}; use .date()"
        ),
    ),
    (
        1996,
        "expected a date as YYYY-MM-DD, YYYY-MM or YYYY, or a datetime.date, got 1996",
    ),
    ("1996-07-01~", "expected a whole day as YYYY-MM-DD, got '1996-07-01~'"),
]

THINGS = st.one_of(
    texts(),
    sources(),
    citations(),
    areas(),
    events(within=[AREA]),
    posts(),
    missions(),
    memberships(),
)
CATALOGS = chronologies().map(lambda record: (record.events, record.areas))


def held(date: str = "2000", id: str = "x", **rest: Any) -> Event:  # noqa: A002  # As the field.
    return Event(
        **({"title": "It began", "citations": [CITATION]} | rest), id=id, date=date
    )


def cite(**rest: Any) -> Citation:
    return Citation(**({"source": SOURCE} | rest))


def rival() -> Event:
    """
    Return an event that SOURCE confuses with another one.
    """
    return held(
        id="rival", citations=[CITATION, Citation(source=SOURCE, alternative=held())]
    )


def work(opening: str, closing: str | None = None, **rest: Any) -> Mission:
    return Mission(
        id="unmot",
        name="Observers",
        acronym="UNMOT",
        opening=held(opening, "opened"),
        closing=None if closing is None else held(closing, "closed"),
        **rest,
    )


def joined(admission: str, end: str | None = None, **rest: Any) -> Membership:
    return Membership(
        id="un",
        organization="United Nations",
        acronym="UN",
        admission=held(admission),
        withdrawal=None if end is None else held(end, "left"),
        **rest,
    )


class TestEveryEntity:
    @given(st.one_of(THINGS, partial_dates(), CATALOGS))
    def test_can_be_pickled_and_copied(self, thing: object) -> None:
        """
        What is pickled or copied is equal to the original and has the same hash.
        """
        pickled = [pickle.dumps(thing, protocol) for protocol in PROTOCOLS]
        copies = [copy.copy(thing), copy.deepcopy(thing), *map(pickle.loads, pickled)]
        for each in copies:
            assert each == thing
            assert hash(each) == hash(thing)

    @given(THINGS, st.data())
    def test_cannot_be_changed(self, thing: Any, data: st.DataObject) -> None:
        """
        No attribute can be set, deleted or added.
        """
        before = copy.deepcopy(thing)
        name = data.draw(
            st.sampled_from([each.name for each in attrs.fields(type(thing))])
        )
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(thing, name, None)
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            delattr(thing, name)
        with pytest.raises(AttributeError):
            thing.remark = "new"
        assert not hasattr(thing, "__dict__")
        assert thing == before

    @given(THINGS)
    def test_is_not_equal_to_other_objects(self, thing: object) -> None:
        """
        An entity is not equal to an object of another class.
        """
        assert thing != "thing"
        assert thing != None  # noqa: E711  # The comparison is what is tested.

    @pytest.mark.parametrize(
        "kind",
        [
            Publisher,
            Source,
            Citation,
            CooperationArea,
            Correction,
            Event,
            Post,
            Mission,
            Membership,
        ],
    )
    def test_accepts_keyword_arguments_only(self, kind: type) -> None:
        """
        There are no positional arguments.
        """
        with pytest.raises(TypeError, match="positional"):
            kind("x")

    @pytest.mark.parametrize(
        ("make", "shown"),
        [
            (lambda: SOURCE, "Source(id='article', ...)"),
            (lambda: AREA, "CooperationArea(id='water', ...)"),
            (held, "Event(id='x', date='2000', title='It began', ...)"),
            (lambda: work("2000"), "Mission(id='unmot', ...)"),
            (lambda: joined("1992-03-02"), "Membership(id='un', ...)"),
            (lambda: CITATION, "Citation(source='article', ...)"),
            (
                lambda: Citation(source=SOURCE, date="2000-05", until="2001"),
                "Citation(source='article', date='2000-05', ...)",
            ),
            (
                lambda: Citation(source=SOURCE, alternative=held("1999")),
                "Citation(source='article', date='1999', alternative='x', ...)",
            ),
        ],
    )
    def test_has_a_short_repr(self, make: Callable[[], object], shown: str) -> None:
        """
        The repr contains the id, or the source and the date of a citation.
        """
        assert repr(make()) == shown

    @pytest.mark.parametrize(
        ("make", "message"),
        [
            (lambda: held(id="Bad Id"), "expected an id of lower-case letters"),
            (lambda: held(title=" "), "expected a string for 'en' that is not blank"),
            (lambda: held("soon"), "expected a date as YYYY-MM-DD, YYYY-MM or YYYY"),
            (lambda: held(status="planned"), "expected one of held, announced, got"),
            (lambda: held(citations=()), "expected at least one citation for 'x'"),
            (lambda: held(citations=["a"]), "expected a Citation for citations, got"),
            (lambda: held(areas=["water"]), "expected a CooperationArea for areas"),
            (lambda: held(areas=[AREA, AREA]), "duplicate 'water' in areas"),
            (lambda: held("2000-05", until="2000-04"), "until: 2000-04 is before 20"),
            (lambda: held(yearly=1), "expected a bool for yearly, got 1"),
            (lambda: held(solemn=0), "expected a bool for solemn, got 0"),
            (lambda: held(marks="x"), "expected an Event for marks, got 'x'"),
            (lambda: cite(source="article"), "expected a Source for source, got"),
            (lambda: cite(says=" "), "expected a string for 'en' that is not blank"),
            (lambda: cite(until="2000"), "expected a date with until 2000, got none"),
            (lambda: cite(date="2000", until="1999"), "until: 1999 is before 2000"),
            (lambda: cite(locator=""), "expected a string for locator that is not bl"),
            (lambda: cite(verified="yes"), "expected a bool for verified, got 'yes'"),
            (lambda: cite(alternative="x"), "expected an Event for alternative, got"),
            (
                lambda: cite(alternative=held(), date="2000"),
                "a citation with an alternative takes its date from 'x'; remove date",
            ),
            (
                lambda: cite(alternative=held(), until="2000"),
                "a citation with an alternative takes its date from 'x'; remove date",
            ),
            (
                lambda: cite(alternative=rival()),
                "the alternative 'rival' has an alternative of its own, 'x'; name that",
            ),
            (lambda: held(short="x" * 61), "expected a short title of at most 60 char"),
            (lambda: held(weight="heavy"), "expected one of major, normal, minor, got"),
            (lambda: held(kind="No slug"), "expected an id of lower-case letters"),
            (
                lambda: held(rule="FREQ=YEARLY;BYMONTH=10;BYDAY=1MO"),
                "expected yearly = true for 'x', which has a rule",
            ),
            (
                lambda: held(corrections=["x"]),
                "expected a Correction for corrections, got 'x'",
            ),
            (lambda: held(extra=5), "expected a mapping of names to values, got 5"),
            (
                lambda: held(extra={"x": None}),
                "expected a string, a number, true or false for 'x', got None",
            ),
            (
                lambda: held(extra={"x": float("nan")}),
                "expected a string, a number, true or false for 'x', got nan",
            ),
            (
                lambda: held(extra={" ": 1}),
                "expected a name that is not blank, got ' '",
            ),
            (
                lambda: Correction(on="2026-11", note="Corrected."),
                "expected a whole day as YYYY-MM-DD, got '2026-11'",
            ),
            (
                lambda: Source(id="x", publisher=MINISTRY),
                "expected a title or a label for 'x', got neither; label says what",
            ),
            (
                lambda: Publisher(id="x", name="X", kind="blog"),
                "expected one of un, government, press, reference, other, got 'blog'",
            ),
            (
                lambda: attrs.evolve(AREA, citations=rival().citations),
                "only an event's citations can have an alternative",
            ),
            (
                lambda: Post(person="A", title="Head", citations=rival().citations),
                "only an event's citations can have an alternative",
            ),
            (
                lambda: attrs.evolve(AREA, citations=["article"]),
                "expected a Citation for citations, got 'article'",
            ),
            (
                lambda: attrs.evolve(SOURCE, copy_url="web.archive.org"),
                "expected an http or https address, got 'web.archive.org'",
            ),
            (
                lambda: attrs.evolve(SOURCE, language="english"),
                "expected a BCP 47 language tag like 'ky', 'pt-BR' or 'zh-Hant', got",
            ),
            (
                lambda: attrs.evolve(SOURCE, language=["en"]),
                "expected a BCP 47 language tag like 'ky', 'pt-BR' or 'zh-Hant', got",
            ),
            (
                lambda: attrs.evolve(SOURCE, accessed="2026"),
                "expected a whole day as YYYY-MM-DD, got '2026'",
            ),
            (
                lambda: attrs.evolve(SOURCE, publisher="A press"),
                "expected a Publisher for publisher, got 'A press'",
            ),
            (
                lambda: Post(person="A", title="Head", start="2000", end="1999-12-31"),
                "the post of A: 1999-12-31 is before 2000",
            ),
            (lambda: work("2000", "1999"), "unmot closes: 1999 is before 2000"),
            (
                lambda: work("2000", predecessor="untop"),
                "expected a Mission for predecessor, got 'untop'",
            ),
            (
                lambda: attrs.evolve(work("2000"), closing="x"),
                "expected an Event for closing, got 'x'",
            ),
            (
                lambda: work("2000", events=["x"]),
                "expected an Event for events, got 'x'",
            ),
            (lambda: work("2000", heads=["x"]), "expected a Post for heads, got 'x'"),
            (
                lambda: work("2000", seat=""),
                "expected a string for 'en' that is not blank, got ''",
            ),
            (
                lambda: joined("2000", end="1999"),
                "membership un ends: 1999 is before 2000",
            ),
            (
                lambda: joined("2000", recommendation="x"),
                "expected an Event for recommendation, got 'x'",
            ),
        ],
    )
    def test_rejects_invalid_values(
        self, make: Callable[[], object], message: str
    ) -> None:
        """
        An invalid value raises ValueError, which says what was expected.
        """
        with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
            make()


class TestSource:
    def test_requires_an_id_a_title_or_label_and_a_publisher(self) -> None:
        """
        The other attributes have defaults.
        """
        rest = "label author symbol url copy_url published accessed language note"
        assert {getattr(SOURCE, name) for name in rest.split()} == {None}
        labelled = Source(id="x", label="A page", publisher=MINISTRY)
        assert (labelled.title, labelled.label) == (None, Text(en="A page"))
        assert Publisher(id="x", name="X").kind is PublisherKind.OTHER

    def test_converts_strings(self) -> None:
        """
        Kinds, dates, texts and language tags can be given as strings.
        """
        source = attrs.evolve(
            SOURCE,
            published="1994-12",
            accessed="2026-11-23",
            language="zh-hant",
            note={"ru": "Страница"},
        )
        assert MINISTRY.kind is PublisherKind.GOVERNMENT
        assert source.published == PartialDate(1994, 12)
        assert source.accessed == dt.date(2026, 11, 23)
        assert source.language == "zh-Hant"
        assert source.note == Text(ru="Страница")

    def test_has_the_name_of_its_title_or_its_label(self) -> None:
        """
        The name is the title as printed, or else the label in the reader's language.
        """
        label = Text(en="A page", ru="Страница")
        page = Source(id="x", label=label, publisher=MINISTRY)
        assert (page.name("ru"), page.name("tg")) == ("Страница", "A page")
        assert attrs.evolve(page, title="Сомона").name("en") == "Сомона"

    @pytest.mark.parametrize(
        ("symbol", "language", "address"),
        [
            ("S/RES/968 (1994)", "en", "en/S/RES/968(1994)"),
            ("A/RES/168 (II)", "ru-RU", "ru/A/RES/168(II)"),
            ("A/RES/51/30 J", "tg", "en/A/RES/51/30J"),
            ("A/58/362, annex", "fr", "fr/A/58/362"),
            ("CEDAW/C/TJK/4-5", "es", "es/CEDAW/C/TJK/4-5"),
            ("SC/6142", "en", None),
            ("GA/11793", "en", None),
            ("SG/A/740", "en", None),
            ("ITH/16/11.COM/Decisions", "en", None),
            ("37 COM 8B.14", "en", None),
            (None, "en", None),
        ],
    )
    def test_has_the_address_of_a_un_document(
        self, symbol: str | None, language: str, address: str | None
    ) -> None:
        """
        The address of a UN document without one of its own follows from its symbol.
        """
        un = Publisher(id="un", name="United Nations", kind="un")
        document = attrs.evolve(SOURCE, symbol=symbol, publisher=un, copy_url=COPY)
        full = None if address is None else f"https://docs.un.org/{address}"
        assert document.address_in(language) == full
        own = attrs.evolve(document, url="https://example.org/")
        assert own.address_in(language) == "https://example.org/"
        assert attrs.evolve(document, publisher=MINISTRY).address is None


class TestCitation:
    def test_requires_only_a_source(self) -> None:
        """
        The other attributes have defaults, and verified is true.
        """
        assert (CITATION.says, CITATION.date, CITATION.until) == (None, None, None)
        assert (CITATION.alternative, CITATION.locator) == (None, None)
        assert CITATION.verified is True

    def test_converts_dates(self) -> None:
        """
        Dates can be given as ISO 8601 strings and as datetime.date.
        """
        citation = Citation(source=SOURCE, date="2000-05", until=dt.date(2000, 5, 4))
        assert citation.date == PartialDate(2000, 5)
        assert citation.until == PartialDate(2000, 5, 4)

    def test_takes_its_dates_from_the_alternative(self) -> None:
        """
        A citation with an alternative has the date and the last day of that event.
        """
        other = held("1994-12-16", "other", until="1994-12-20")
        citation = Citation(source=SOURCE, alternative=other)
        assert citation.date == PartialDate(1994, 12, 16)
        assert citation.until == PartialDate(1994, 12, 20)

    def test_can_be_evolved(self) -> None:
        """
        evolve() keeps the dates or the alternative, and can replace either.
        """
        dated = Citation(source=SOURCE, date="2000-05", until="2000-06")
        assert attrs.evolve(dated, says="So.").date == PartialDate(2000, 5)
        assert attrs.evolve(dated, until=None).until is None
        moved = attrs.evolve(dated, alternative=held("1999"), date=None, until=None)
        assert moved.date == PartialDate(1999)
        assert attrs.evolve(moved, verified=False).alternative == held("1999")
        back = attrs.evolve(moved, alternative=None)
        assert (back.date, back.until) == (None, None)
        with pytest.raises(ValueError, match=r"remove date and until$"):
            attrs.evolve(dated, alternative=held("1999"))


class TestEvent:
    def test_requires_an_id_a_title_a_date_and_a_citation(self) -> None:
        """
        The other attributes have defaults.
        """
        event = held()
        assert event.kind == EventKind.MILESTONE
        assert event.status is EventStatus.HELD
        assert (event.until, event.description, event.marks, event.rule) == (None,) * 4
        assert event.areas == ()
        assert (event.yearly, event.solemn, event.weight) == (False, False, "normal")
        assert (event.short, event.place, event.reason) == (None, None, None)
        assert (event.corrections, event.extra) == ((), {})

    def test_converts_strings_and_dates(self) -> None:
        """
        Texts, dates and enumerations can be given as strings, and dates as such.
        """
        event = Event(
            id="x",
            title="It began",
            date=dt.date(2000, 5, 4),
            until="2000-05",
            kind="office",
            status="announced",
            description=Text(en="Yes", ru="Да"),
            areas=iter([AREA]),
            citations=[Citation(source=SOURCE, says="…")],
            short={"ru": "Начало"},
            corrections=[Correction(on="2026-11-23", note="Late.")],
        )
        assert event.title == Text(en="It began")
        assert event.date == PartialDate(2000, 5, 4)
        assert event.until == PartialDate(2000, 5)
        assert event.kind == EventKind.OFFICE
        assert event.status is EventStatus.ANNOUNCED
        assert event.areas == (AREA,)
        assert event.short == Text(ru="Начало")
        assert event.corrections[0].on == dt.date(2026, 11, 23)

    @pytest.mark.parametrize("missing", ["id", "title", "date", "citations"])
    def test_rejects_missing_arguments(self, missing: str) -> None:
        """
        The id, the title, the date and the citations are required.
        """
        given = {"id": "x", "title": "T", "date": "2000", "citations": [CITATION]}
        del given[missing]
        with pytest.raises(TypeError, match=f"'{missing}'"):
            Event(**given)  # type: ignore[arg-type]  # What is tested.

    def test_accepts_an_end_that_may_be_after_its_start(self) -> None:
        """
        The end is only invalid if it is certainly before the start.
        """
        assert held("2000-05", until="2000").until == PartialDate(2000)

    @given(events())
    def test_lists_the_citations_with_a_date(self, event: Event) -> None:
        """
        dated_citations contains the citations that give a date, in order.
        """
        assert list(event.dated_citations) == [
            c for c in event.citations if c.date is not None
        ]

    @pytest.mark.parametrize(
        ("until", "cited", "disputed"),
        [
            ("2000-05-20", "2000-05-20", False),
            ("2000-05-20", "2000-05", False),
            ("2000-05-20", None, False),
            (None, "2000-05-20", False),
            ("2000-05-20", "2000-05-21", True),
        ],
    )
    def test_is_disputed_if_the_last_days_cannot_all_be_true(
        self, until: str | None, cited: str | None, disputed: bool
    ) -> None:
        """
        Last days are compared in the same way, as far as they are known.
        """
        said = Citation(source=SOURCE, date="2000-05-15", until=cited)
        event = held("2000-05-15", until=until, citations=[said])
        assert event.disputed is disputed

    @given(near_dates(), st.lists(near_dates(), max_size=4))
    def test_is_disputed_if_any_two_dates_conflict(
        self, date: PartialDate, cited: list[PartialDate]
    ) -> None:
        """
        One pair of dates with no day in common is enough for a dispute.
        """
        event = held(
            citations=[CITATION, *(Citation(source=SOURCE, date=c) for c in cited)],
        )
        event = attrs.evolve(event, date=date)
        spans = [(each.earliest, each.latest) for each in (date, *cited)]
        apart = any(one[1] < other[0] for one in spans for other in spans)
        assert event.disputed is apart

    @pytest.mark.parametrize(
        ("date", "until", "disputed"),
        [
            ("2000-05-15", None, False),
            ("2000-05", None, False),
            ("2000-05-16", None, True),
            ("2000-05-15", "2000-05-20", False),
            ("2000-05-15", "2000-05-21", True),
        ],
    )
    def test_is_disputed_by_an_alternative(
        self, date: str, until: str | None, disputed: bool
    ) -> None:
        """
        The dates of an alternative count like dates that the source gives.
        """
        other = held(date, "other", until=until)
        cited = [Citation(source=SOURCE, alternative=other)]
        event = held("2000-05-15", until="2000-05-20", citations=cited)
        assert event.disputed is disputed
        assert event.dated_citations == event.citations

    def test_is_checked_for_disputes_in_linear_time(self) -> None:
        """
        20,000 citations with different dates are compared within a second.
        """
        first = dt.date(1992, 3, 2)
        cited = [
            Citation(source=SOURCE, date=first + dt.timedelta(n)) for n in range(20_000)
        ]
        event = held("1992-03-02", citations=cited)
        began = time.process_time()
        assert event.disputed
        assert time.process_time() - began < 1

    @given(events(), events())
    def test_sorts_by_date_then_by_id(self, one: Event, other: Event) -> None:
        """
        chronological() sorts by the sort key of the date, then by id.
        """
        earlier = attrs.evolve(one, id="earlier")
        assert (chronological(earlier) < chronological(other)) is (
            (one.date.sort_key, "earlier") < (other.date.sort_key, other.id)
        )


class TestBest:
    @staticmethod
    def cite(kind: str, date: str | None = "2000", **more: Any) -> Citation:
        press = Publisher(id=f"{kind}-press", name="A press", kind=kind)
        number = more.pop("number", 0)
        url = more.pop("url", None)
        source = Source(id=f"{kind}-{number}", title="T", publisher=press, url=url)
        return Citation(source=source, date=date, **more)

    def test_is_of_the_most_authoritative_publisher(self) -> None:
        """
        Of citations that agree, the one of the most authoritative publisher is best.
        """
        kinds = ("other", "reference", "press", "government", "un")
        cited = [self.cite(kind) for kind in kinds]
        for number in range(1, len(cited) + 1):
            assert held(citations=cited[:number]).best is cited[number - 1]

    def test_agrees_and_is_verified(self) -> None:
        """
        A citation that disagrees, was not read or describes another event is worse.
        """
        good = self.cite("other")
        worse = [
            self.cite("un", "1999"),
            self.cite("un", None),
            self.cite("un", verified=False),
            Citation(source=self.cite("un").source, alternative=held(id="other")),
        ]
        for each in worse:
            assert held(citations=[each, good]).best is good
            assert held(citations=[each]).best is each

    def test_has_an_address_if_there_is_one(self) -> None:
        """
        Of equally authoritative citations, one with an address is best, then the first.
        """
        plain, second = self.cite("press"), self.cite("press", number=1)
        linked = self.cite("press", number=2, url="https://example.org/")
        assert held(citations=[plain, second]).best is plain
        assert held(citations=[plain, second, linked]).best is linked


class TestOwnValues:
    def test_are_a_mapping(self) -> None:
        """
        Own values are strings, numbers and booleans by name, in a fixed order.
        """
        event = held(extra={"b": 1.5, "a": True})
        assert event.extra == {"a": True, "b": 1.5}
        assert event == held(extra=event.extra) == attrs.evolve(event, title="It began")
        assert hash(event) == hash(held(extra={"a": True, "b": 1.5}))

    def test_may_be_a_kind(self) -> None:
        """
        The kind of an event is any slug.
        """
        assert held(kind="funding-round").kind == "funding-round"
        assert held(kind=EventKind.VISIT).kind == "visit"
        assert held().kind == EventKind.MILESTONE


class TestAccounts:
    def shown(self, event: Event) -> list[tuple[str, str | None, list[str], bool]]:
        return [
            (
                str(each.date),
                None if each.until is None else str(each.until),
                [citation.source.id for citation in each.citations],
                each.used,
            )
            for each in event.accounts
        ]

    def cited(self, *dates: str | None) -> list[Citation]:
        """
        Return citations by sources called a, b, c, of periods like 1992/1993.
        """
        found = []
        for name, date in zip("abcdef", dates, strict=False):
            first, _, last = (date or "").partition("/")
            source = attrs.evolve(SOURCE, id=name)
            found.append(
                Citation(source=source, date=first or None, until=last or None)
            )
        return found

    @pytest.mark.parametrize(
        ("date", "until", "cited", "expected"),
        [
            ("2000-05", None, [None], [("2000-05", None, [], True)]),
            (
                "2000-05",
                None,
                ["2000-06", "2000-05", None, "2000-06", "2000"],
                [
                    ("2000-05", None, ["b"], True),
                    ("2000-06", None, ["a", "d"], False),
                    ("2000", None, ["e"], False),
                ],
            ),
            (
                "1993-02-01",
                "1993-02-05",
                ["1993-02-01", "1994", "1993-02-01/1993-02-05", "1993-02-01/1993-03"],
                [
                    ("1993-02-01", "1993-02-05", ["a", "c"], True),
                    ("1994", None, ["b"], False),
                    ("1993-02-01", "1993-03", ["d"], False),
                ],
            ),
            (
                "1993",
                None,
                ["1994/1995", "1994", "1993"],
                [
                    ("1993", None, ["c"], True),
                    ("1994", "1995", ["a"], False),
                    ("1994", None, ["b"], False),
                ],
            ),
        ],
    )
    def test_are_the_dates_that_the_record_and_the_sources_give(
        self,
        date: str,
        until: str | None,
        cited: list[str | None],
        expected: list[tuple[str, str | None, list[str], bool]],
    ) -> None:
        """
        The date of the record comes first; who agrees on the first day supports it.
        """
        event = held(date, until=until, citations=self.cited(*cited))
        assert self.shown(event) == expected

    def test_of_other_events_are_separate(self) -> None:
        """
        Sources that describe another event have an account, even on the same date.
        """
        other, third = held("1994", "other"), held("1994", "third")
        described = [
            Citation(source=SOURCE, alternative=each) for each in (other, third, other)
        ]
        event = held("1994", citations=[CITATION, *described])
        used, first, second = event.accounts
        assert (used.used, used.citations, used.alternative) == (True, (), None)
        assert (first.used, first.alternative) == (False, other)
        assert first.citations == (described[0], described[2])
        assert (second.citations, second.alternative) == ((described[1],), third)

    @given(events())
    def test_contain_each_dated_citation_once(self, event: Event) -> None:
        """
        Every citation with a date is in one account, and one account is used.
        """
        cited = [each for account in event.accounts for each in account.citations]
        assert sorted(map(id, cited)) == sorted(map(id, event.dated_citations))
        assert [each.used for each in event.accounts].count(True) == 1
        assert event.accounts[0].used


class TestPost:
    def test_requires_a_person_and_a_title(self) -> None:
        """
        A post need have no citations, and can have an end without a start.
        """
        post = Post(person="Gerd Merrem", title="Special Representative", end="1999")
        assert (post.start, post.citations) == (None, ())
        assert post.end == PartialDate(1999)
        assert post.title == Text(en="Special Representative")


class TestMission:
    @given(missions())
    def test_lists_its_events_in_chronological_order(self, mission: Mission) -> None:
        """
        The events include the opening and the closing, each of them once.
        """
        assert mission.opening in mission.events
        assert mission.closing is None or mission.closing in mission.events
        ids = [event.id for event in mission.events]
        assert len(set(ids)) == len(ids)
        keys = [(event.date.sort_key, event.id) for event in mission.events]
        assert keys == sorted(keys)

    @pytest.mark.parametrize("others", [["opened"], ["between", "between"]])
    def test_rejects_two_events_with_the_same_id(self, others: list[str]) -> None:
        """
        Two different events with the same id are an error.
        """
        message = f"^mission 'unmot' has two events with the id '{others[0]}'$"
        events = [held(f"200{n}", id_) for n, id_ in enumerate(others, 1)]
        with pytest.raises(ValueError, match=message):
            work("2000", events=events)

    def test_drops_its_old_opening_and_closing_when_evolved(self) -> None:
        """
        evolve() removes the events that are replaced as opening or closing.
        """
        between = held("1997", "between")
        mission = work("1994", "2000", events=[between])
        assert [e.id for e in mission.events] == ["opened", "between", "closed"]
        active = attrs.evolve(mission, closing=None)
        assert (active.end, active.events) == (None, (mission.opening, between))
        moved = attrs.evolve(mission, opening=held("1993", "other"))
        assert [e.id for e in moved.events] == ["other", "between", "closed"]
        assert attrs.evolve(mission, events=()).events == (
            mission.opening,
            mission.closing,
        )

    def test_is_equal_whether_its_ends_are_listed_or_not(self) -> None:
        """
        The opening and the closing can be left out of the events, or included.
        """
        mission = work("1994", "2000")
        listed = work("1994", "2000", events=[mission.closing, mission.opening])
        assert listed == mission
        assert listed.events == mission.events

    @given(missions(), days(first=1988, last=2006))
    def test_is_active_if_all_possible_dates_say_so(
        self, mission: Mission, day: dt.date
    ) -> None:
        """
        A mission was active, or not, if every possible day of its dates says so.
        """
        begins = (
            mission.start.earliest or dt.date.min,
            mission.start.latest or dt.date.max,
        )
        ends = (
            (dt.date.max,)
            if mission.end is None
            else (
                mission.end.earliest or dt.date.min,
                mission.end.latest or dt.date.max,
            )
        )
        possible = {first <= day <= last for first in begins for last in ends}
        expected = possible.pop() if len(possible) == 1 else None
        assert mission.active_on(day) is expected

    @pytest.mark.parametrize("day", SAME_DAY)
    def test_accepts_a_day_in_every_form(self, day: Any) -> None:
        """
        active_on() accepts a date, an ISO 8601 string and a PartialDate.
        """
        assert work("1994-12-16", "2000-05").active_on(day) is True

    @pytest.mark.parametrize(
        ("opening", "closing", "period", "active"),
        [
            ("1994-12-16", "2000-05-15", "1994-12", True),
            ("1994-12-16", "2000-05-15", "2000-05", True),
            ("1994-12-16", "2000-05-15", "1994", True),
            ("1994-12-16", "2000-05-15", "1994-11", False),
            ("1994-12-16", "2000-05-15", "2000-06", False),
            ("1994", "2000", "1994-06", None),
            ("1994", "2000", "2000-06", None),
            ("1994", "2000", "1994", True),
            ("1994", None, "2000", True),
        ],
    )
    def test_is_active_in_any_part_of_a_month_or_a_year(
        self, opening: str, closing: str | None, period: str, active: bool | None
    ) -> None:
        """
        A mission was active in a period if it was active on a day of it.
        """
        assert work(opening, closing).active_on(period) is active

    def test_rejects_other_dates(self) -> None:
        """
        active_on() rejects a datetime.
        """
        with pytest.raises(ValueError, match=r"use \.date\(\)$"):
            work("1994").active_on(MOMENT)


class TestMembership:
    @pytest.mark.parametrize(
        ("since", "end", "day", "years"),
        [
            ("1992-03-02", None, (1991, 1, 1), 0),
            ("1992-03-02", None, (1992, 3, 2), 0),
            ("1992-03-02", None, (1993, 3, 1), 0),
            ("1992-03-02", None, (1993, 3, 2), 1),
            ("1992-03-02", None, (2027, 3, 1), 34),
            ("1992-03-02", None, (2027, 3, 2), 35),
            ("1992-02-29", None, (1993, 2, 27), 0),
            ("1992-02-29", None, (1993, 2, 28), 1),
            ("1992-02-29", None, (1996, 2, 28), 3),
            ("1992-02-29", None, (1996, 2, 29), 4),
            ("1992-02", None, (1993, 2, 27), 0),
            ("1992-02", None, (1993, 2, 28), 1),
            ("1993", None, (2026, 12, 30), 32),
            ("1993", None, (2026, 12, 31), 33),
            ("1992-03-02", "2000-03-02", (2027, 1, 1), 8),
            ("1992-03-02", "2000-03", (2027, 1, 1), 7),
            ("1992-03-02", "2000", (2027, 1, 1), 7),
            ("2000-03", "2000", (2027, 1, 1), 0),
        ],
    )
    def test_counts_years_that_are_certainly_complete(
        self, since: str, end: str | None, day: tuple[int, int, int], years: int
    ) -> None:
        """
        Only complete years count, and the count stops when the membership ends.
        """
        assert joined(since, end=end).years(dt.date(*day)) == years

    @given(partial_dates(first=1990, last=2030), days(first=1980, last=2040))
    def test_counts_the_anniversaries_of_its_last_possible_day(
        self, since: PartialDate, day: dt.date
    ) -> None:
        """
        There are as many years as anniversaries of the last possible day of admission.
        """
        begun = since.extent[1]
        anniversaries = 0
        for year in range(begun.year + 1, day.year + 1):
            try:
                falls = begun.replace(year=year)
            except ValueError:
                falls = dt.date(year, 2, 28)
            anniversaries += falls <= day
        assert joined(str(since)).years(day) == anniversaries

    @pytest.mark.parametrize("day", SAME_DAY)
    def test_accepts_a_day_in_every_form(self, day: Any) -> None:
        """
        years() accepts a date, an ISO 8601 string and a PartialDate.
        """
        assert joined("1992-03-02").years(day) == 4

    @pytest.mark.parametrize(("day", "message"), NOT_DAYS)
    def test_rejects_other_days(self, day: Any, message: str) -> None:
        """
        years() rejects a month, a year and a datetime.
        """
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            joined("1992-03-02").years(day)

    @pytest.mark.parametrize("date", ["1992~", "[..1992]", "[1992..]"])
    def test_counts_no_years_from_what_is_not_known(self, date: str) -> None:
        """
        Years from an approximate date, or one with an open end, are an error.
        """
        message = f"cannot count years from {date}, which is approximate or has an"
        for membership in (joined(date), joined("1991", date.replace("2", "9"))):
            with pytest.raises(ValueError, match=f"^{re.escape(message[:22])}"):
                membership.years("2027-03-02")

    @pytest.mark.parametrize(
        ("day", "active"),
        [
            ("1992-03-01", False),
            ("1992-03", True),
            ("1999", True),
            ("2000-05-02", None),
            ("2001", False),
        ],
    )
    def test_is_active_between_admission_and_withdrawal(
        self, day: Any, active: bool | None
    ) -> None:
        """
        A membership is active from the admission to the withdrawal.
        """
        assert joined("1992-03-02", "2000-05").active_on(day) is active
        assert joined("1992-03-02").active_on(day) is (
            active is not False or day == "2001"
        )
