from __future__ import annotations

import copy
import datetime as dt
import pickle
import re
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import (
    areas,
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
    Event,
    EventKind,
    EventStatus,
    Membership,
    Mission,
    PartialDate,
    Post,
    Source,
    SourceKind,
    Text,
)
from tjun.model.entities import chronological

SOURCE = Source(id="article", title="Tajikistan and the UN", publisher="The Ministry")
CITATION = Citation(source=SOURCE)
AREA = CooperationArea(id="water", name="Water")

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


def held(date: str = "2000", id: str = "x", **rest: Any) -> Event:  # noqa: A002  # As the field.
    return Event(
        **({"title": "It began", "citations": [CITATION]} | rest), id=id, date=date
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


def joined(admission: str, **rest: Any) -> Membership:
    return Membership(
        id="un",
        organization="United Nations",
        acronym="UN",
        admission=held(admission),
        **rest,
    )


class TestEveryThing:
    @given(THINGS)
    def test_survives_pickling_and_copying(self, thing: object) -> None:
        """
        A thing that was pickled or copied is equal and hashes the same.
        """
        for again in (
            pickle.loads(pickle.dumps(thing)),
            copy.deepcopy(thing),
            copy.copy(thing),
        ):
            assert again == thing
            assert hash(again) == hash(thing)

    @given(THINGS, st.data())
    def test_cannot_be_changed(self, thing: Any, data: st.DataObject) -> None:
        """
        No attribute can be set or deleted, and none can be added.
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
    def test_is_equal_to_nothing_else(self, thing: object) -> None:
        """
        A thing differs from what is of another kind.
        """
        assert thing != "thing"
        assert thing != None  # noqa: E711  # The comparison is what is tested.

    @pytest.mark.parametrize(
        "kind",
        [Text, Source, Citation, CooperationArea, Event, Post, Mission, Membership],
    )
    def test_takes_keywords_only(self, kind: type) -> None:
        """
        Nothing is given by place.
        """
        with pytest.raises(TypeError, match="positional"):
            kind("x")

    @pytest.mark.parametrize(
        ("make", "shown"),
        [
            (lambda: SOURCE, "Source(id='article', ...)"),
            (lambda: AREA, "CooperationArea(id='water', ...)"),
            (held, "Event(id='x', ...)"),
            (lambda: work("2000"), "Mission(id='unmot', ...)"),
            (lambda: joined("1992-03-02"), "Membership(id='un', ...)"),
        ],
    )
    def test_shows_its_id(self, make: Callable[[], object], shown: str) -> None:
        """
        The representation is short and holds the id.
        """
        assert repr(make()) == shown

    @pytest.mark.parametrize(
        ("make", "message"),
        [
            (
                lambda: held(id="Bad Id"),
                (
                    "expected an id of lower-case letters, digits and single hyphens,"
                    " like 'tajikistan-joins-un', got 'Bad Id'"
                ),
            ),
            (
                lambda: held(title=" "),
                "expected an English text that is not blank, got ' '",
            ),
            (
                lambda: held("soon"),
                "expected a date as YYYY-MM-DD, YYYY-MM or YYYY, got 'soon'",
            ),
            (
                lambda: held(status="planned"),
                "expected one of held, announced, got 'planned'",
            ),
            (
                lambda: held(citations=()),
                "expected at least one citation for 'x', got none",
            ),
            (
                lambda: held(citations=["article"]),
                "expected a Citation for citations, got 'article'",
            ),
            (
                lambda: held(areas=["water"]),
                "expected a CooperationArea for areas, got 'water'",
            ),
            (
                lambda: held(areas=[AREA, AREA]),
                "duplicate 'water' in areas",
            ),
            (
                lambda: held("2000-05", until="2000-04"),
                "until: 2000-04 is before 2000-05",
            ),
            (lambda: held(yearly=1), "expected a bool for yearly, got 1"),
            (lambda: held(marks="x"), "expected an Event for marks, got 'x'"),
            (
                lambda: held(revised="2026-11"),
                "expected a whole day as YYYY-MM-DD, got '2026-11'",
            ),
            (
                lambda: Citation(source="article"),  # type: ignore[arg-type]  # What is tested.
                "expected a Source for source, got 'article'",
            ),
            (
                lambda: Citation(source=SOURCE, says=" "),
                "expected a text for says that is not blank, got ' '",
            ),
            (
                lambda: Citation(source=SOURCE, says=None),  # type: ignore[arg-type]  # What is tested.
                "expected a text for says, got None",
            ),
            (
                lambda: Citation(source=SOURCE, until="2000"),
                "expected a date with until 2000, got none",
            ),
            (
                lambda: Citation(source=SOURCE, date="2000", until="1999"),
                "until: 1999 is before 2000",
            ),
            (
                lambda: Citation(source=SOURCE, verified="yes"),  # type: ignore[arg-type]  # What is tested.
                "expected a bool for verified, got 'yes'",
            ),
            (
                lambda: attrs.evolve(SOURCE, kind="blog"),
                "expected one of un, government, press, reference, got 'blog'",
            ),
            (
                lambda: attrs.evolve(SOURCE, url="un.org"),
                "expected an http or https address, got 'un.org'",
            ),
            (
                lambda: attrs.evolve(SOURCE, publisher=""),
                "expected a text for publisher that is not blank, got ''",
            ),
            (
                lambda: attrs.evolve(SOURCE, symbol=""),
                "expected a text for symbol that is not blank, got ''",
            ),
            (
                lambda: Post(person="A", title="Head", start="2000", end="1999-12-31"),
                "the post of A: 1999-12-31 is before 2000",
            ),
            (
                lambda: Post(person="A", title="Head", citations=[None]),  # type: ignore[list-item]  # What is tested.
                "expected a Citation for citations, got None",
            ),
            (lambda: work("2000", "1999"), "unmot closes: 1999 is before 2000"),
            (
                lambda: work("2000", predecessor="untop"),
                "expected a Mission for predecessor, got 'untop'",
            ),
            (
                lambda: attrs.evolve(work("2000"), opening="x"),
                "expected an Event for opening, got 'x'",
            ),
            (
                lambda: attrs.evolve(work("2000"), closing="x"),
                "expected an Event for closing, got 'x'",
            ),
            (
                lambda: work("2000", events=["x"]),
                "expected an Event for events, got 'x'",
            ),
            (
                lambda: work("2000", heads=["x"]),
                "expected a Post for heads, got 'x'",
            ),
            (
                lambda: work("2000", seat=""),
                "expected a text for seat that is not blank, got ''",
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
    def test_refuses_nonsense(self, make: Callable[[], object], message: str) -> None:
        """
        What nobody can mean is refused when it is made, with what was expected.
        """
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            make()


class TestSource:
    def test_needs_an_id_a_title_and_a_publisher(self) -> None:
        """
        A source has defaults for all but its id, title and publisher.
        """
        assert SOURCE.kind is SourceKind.REFERENCE
        assert (SOURCE.url, SOURCE.symbol, SOURCE.published, SOURCE.note) == (None,) * 4

    def test_takes_a_value_for_its_kind_and_a_text_for_its_date(self) -> None:
        """
        The value of a kind and a written date are taken for what they mean.
        """
        source = attrs.evolve(SOURCE, kind="un", published="1994-12")
        assert source.kind is SourceKind.UN
        assert source.published == PartialDate(1994, 12)


class TestCitation:
    def test_needs_a_source_only(self) -> None:
        """
        A citation may say nothing but who bears it out.
        """
        assert (CITATION.says, CITATION.date, CITATION.until) == ("", None, None)
        assert CITATION.verified is True

    def test_takes_a_text_or_a_day_for_a_date(self) -> None:
        """
        Written dates and days are taken for partial dates.
        """
        citation = Citation(source=SOURCE, date="2000-05", until=dt.date(2000, 5, 4))
        assert citation.date == PartialDate(2000, 5)
        assert citation.until == PartialDate(2000, 5, 4)


class TestEvent:
    def test_needs_an_id_a_title_a_date_and_a_citation(self) -> None:
        """
        An event has defaults for all but its id, title, date and citations.
        """
        event = held()
        assert event.kind is EventKind.MILESTONE
        assert event.status is EventStatus.HELD
        assert (event.until, event.description, event.marks, event.revised) == (
            None,
        ) * 4
        assert (event.areas, event.yearly) == ((), False)

    def test_takes_what_serves_for_each_field(self) -> None:
        """
        Strings, days and values are taken for the texts, dates and kinds they mean.
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
            revised="2026-11-23",
        )
        assert event.title == Text(en="It began")
        assert event.date == PartialDate(2000, 5, 4)
        assert event.until == PartialDate(2000, 5)
        assert event.kind is EventKind.OFFICE
        assert event.status is EventStatus.ANNOUNCED
        assert event.areas == (AREA,)
        assert event.revised == dt.date(2026, 11, 23)

    @pytest.mark.parametrize("missing", ["id", "title", "date", "citations"])
    def test_cannot_be_made_without_them(self, missing: str) -> None:
        """
        Leaving out the id, the title, the date or the citations is an error.
        """
        given = {"id": "x", "title": "T", "date": "2000", "citations": [CITATION]}
        del given[missing]
        with pytest.raises(TypeError, match=f"'{missing}'"):
            Event(**given)  # type: ignore[arg-type]  # What is tested.

    def test_may_end_within_the_date_it_begins(self) -> None:
        """
        An end that may lie after the beginning is taken.
        """
        assert held("2000-05", until="2000").until == PartialDate(2000)

    @given(events())
    def test_dates_are_the_dated_citations(self, event: Event) -> None:
        """
        The dates are those citations that give one, in their order.
        """
        assert list(event.dated_citations) == [
            c for c in event.citations if c.date is not None
        ]

    @pytest.mark.parametrize(
        ("dates", "disputed"),
        [
            ([None], False),
            (["2000-05-15"], False),
            (["2000-05"], False),
            (["2000"], False),
            (["2000-05", "2000"], False),
            (["2000-05-16"], True),
            (["2000-06"], True),
            (["2001"], True),
            (["2000-05-15", "2000-05-16"], True),
            ([None, "2000", "2000-06"], True),
        ],
    )
    def test_is_disputed_where_dates_cannot_all_be_true(
        self, dates: list[str | None], disputed: bool
    ) -> None:
        """
        Dates that lie within each other agree, and others are in dispute.
        """
        cited = [Citation(source=SOURCE, date=date) for date in dates]
        assert held("2000-05-15", citations=cited).disputed is disputed

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
    def test_is_disputed_by_its_end(
        self, until: str | None, cited: str | None, disputed: bool
    ) -> None:
        """
        An end is in dispute like a beginning, where both are given.
        """
        said = Citation(source=SOURCE, date="2000-05-15", until=cited)
        event = held("2000-05-15", until=until, citations=[said])
        assert event.disputed is disputed

    @given(near_dates(), st.lists(near_dates(), max_size=4))
    def test_is_disputed_by_any_two(
        self, date: PartialDate, cited: list[PartialDate]
    ) -> None:
        """
        One pair of dates that share no day is enough for a dispute.
        """
        event = held(
            citations=[CITATION, *(Citation(source=SOURCE, date=c) for c in cited)],
        )
        event = attrs.evolve(event, date=date)
        spans = [(each.earliest, each.latest) for each in (date, *cited)]
        apart = any(one[1] < other[0] for one in spans for other in spans)
        assert event.disputed is apart

    @given(events(), events())
    def test_sorts_by_its_date_then_by_id(self, one: Event, other: Event) -> None:
        """
        The key of an event sorts as the key of its date does, and then by id.
        """
        earlier = attrs.evolve(one, id="earlier")
        assert (chronological(earlier) < chronological(other)) is (
            (one.date.sort_key, "earlier") < (other.date.sort_key, other.id)
        )


class TestPost:
    def test_needs_a_person_and_a_title(self) -> None:
        """
        A post may have no dates and no citations, and may end without beginning.
        """
        post = Post(person="Gerd Merrem", title="Special Representative", end="1999")
        assert (post.start, post.citations) == (None, ())
        assert post.end == PartialDate(1999)
        assert post.title == Text(en="Special Representative")


class TestMission:
    def test_begins_and_ends_with_its_events(self) -> None:
        """
        The start is the date of the opening and the end that of the closing.
        """
        ended = work("1993-02-01", "2000-05")
        assert ended.start == PartialDate(1993, 2, 1)
        assert ended.end == PartialDate(2000, 5)
        assert work("1993").end is None

    @given(missions())
    def test_holds_its_opening_and_closing_in_order(self, mission: Mission) -> None:
        """
        The events are in order, each once, the opening and the closing among them.
        """
        assert mission.opening in mission.events
        assert mission.closing is None or mission.closing in mission.events
        ids = [event.id for event in mission.events]
        assert len(set(ids)) == len(ids)
        keys = [(event.date.sort_key, event.id) for event in mission.events]
        assert keys == sorted(keys)

    def test_refuses_two_events_with_one_id(self) -> None:
        """
        A mission does not swallow one of two different events that share an id.
        """
        with pytest.raises(ValueError, match="opened"):
            work("2000", events=[held("1999", "opened")])

    @given(missions(), days(first=1988, last=2006))
    def test_is_active_as_its_dates_allow(self, mission: Mission, day: dt.date) -> None:
        """
        A mission is active, or not, when every reading of its dates says so.
        """
        begins = (mission.start.earliest, mission.start.latest)
        ends = (
            (dt.date.max,)
            if mission.end is None
            else (mission.end.earliest, mission.end.latest)
        )
        readings = {first <= day <= last for first in begins for last in ends}
        expected = readings.pop() if len(readings) == 1 else None
        assert mission.active_on(day) is expected

    @pytest.mark.parametrize(
        ("day", "active"),
        [
            (dt.date(1994, 12, 15), False),
            (dt.date(1994, 12, 16), True),
            (dt.date(2000, 4, 30), True),
            (dt.date(2000, 5, 1), True),
            (dt.date(2000, 5, 2), None),
            (dt.date(2000, 5, 31), None),
            (dt.date(2000, 6, 1), False),
        ],
    )
    def test_leaves_open_what_the_month_leaves_open(
        self, day: dt.date, active: bool | None
    ) -> None:
        """
        Within the month of a closing nobody knows whether the mission still works.
        """
        assert work("1994-12-16", "2000-05").active_on(day) is active

    @pytest.mark.parametrize(
        ("day", "active"),
        [
            (dt.date(1999, 12, 31), False),
            (dt.date(2000, 7, 1), None),
            (dt.date(2000, 12, 31), True),
            (dt.date(2026, 1, 1), True),
        ],
    )
    def test_works_on_while_it_has_no_closing(
        self, day: dt.date, active: bool | None
    ) -> None:
        """
        A mission without a closing works on, surely so once its year is over.
        """
        assert work("2000").active_on(day) is active


class TestMembership:
    def test_has_been_since_its_admission(self) -> None:
        """
        The date of the admission is when membership began.
        """
        assert joined("1992-03-02").since == PartialDate(1992, 3, 2)

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
    def test_counts_the_years_that_are_surely_over(
        self, since: str, end: str | None, day: tuple[int, int, int], years: int
    ) -> None:
        """
        Years count when they are over, and stop with the membership.
        """
        assert joined(since, end=end).years(dt.date(*day)) == years

    @given(partial_dates(first=1990, last=2030), days(first=1980, last=2040))
    def test_counts_the_returns_of_its_day(
        self, since: PartialDate, day: dt.date
    ) -> None:
        """
        The years are as many as returns of the last possible day have passed.
        """
        begun = since.latest
        returns = 0
        for year in range(begun.year + 1, day.year + 1):
            try:
                falls = begun.replace(year=year)
            except ValueError:
                falls = dt.date(year, 2, 28)
            returns += falls <= day
        assert joined(str(since)).years(day) == returns
