from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import chronologies

from tjun import (
    Chronology,
    Citation,
    CooperationArea,
    Event,
    Membership,
    Mission,
    NotFoundError,
    PartialDate,
    Post,
    Source,
    SourceKind,
)

ARTICLE, UN, PRESS = (
    Source(id=id_, title="A page", publisher="Someone", kind=kind)
    for id_, kind in (
        ("article", "government"),
        ("un-page", "un"),
        ("press-page", "press"),
    )
)


def event(date: str, id: str = "x", *said: Citation, **rest: Any) -> Event:  # noqa: A002  # As the field.
    return Event(id=id, title="It began", date=date, citations=said, **rest)


def says(source: Source, date: str | None = None, until: str | None = None) -> Citation:
    return Citation(source=source, date=date, until=until)


def theirs(citations: Iterable[Citation], voices: set[str]) -> list[Citation]:
    return [
        each
        for each in citations
        if each.source.id in voices or each.source.kind.value in voices
    ]


def work(opening: Event, closing: Event | None = None, **rest: Any) -> Mission:
    return Mission(
        id=rest.pop("id", "unmot"),
        name="Observers",
        acronym="UNMOT",
        opening=opening,
        closing=closing,
        **rest,
    )


@st.composite
def records_and_voices(draw: st.DrawFn) -> tuple[Chronology, set[str]]:
    record = draw(chronologies())
    voices = [*(kind.value for kind in SourceKind), *record.sources.ids]
    return record, draw(st.sets(st.sampled_from(voices), min_size=1, max_size=4))


class TestAccordingTo:
    @given(records_and_voices())
    def test_tells_what_they_date_as_they_date_it(
        self, given_: tuple[Chronology, set[str]]
    ) -> None:
        """
        An event is told with the first date of theirs and their citations only.
        """
        record, voices = given_
        told = {each.id: each for each in record.according_to(*voices).events}
        for each in record.events:
            own = theirs(each.citations, voices)
            dated = [citation for citation in own if citation.date is not None]
            assert (each.id in told) is bool(dated)
            if dated:
                assert told[each.id].date == dated[0].date
                assert list(told[each.id].citations) == own

    @given(records_and_voices())
    def test_never_invents_a_date(self, given_: tuple[Chronology, set[str]]) -> None:
        """
        Every date and every end that is told stands in the record.
        """
        record, voices = given_
        for each in record.according_to(*voices).events:
            whole = record.events[each.id]
            given_spans = {(c.date, c.until) for c in theirs(whole.citations, voices)}
            assert (each.date, each.until) in {
                *given_spans,
                *((date, whole.until) for date, _ in given_spans if date == whole.date),
            }

    @given(records_and_voices())
    def test_leaves_out_what_they_do_not_open_or_admit(
        self, given_: tuple[Chronology, set[str]]
    ) -> None:
        """
        Missions and memberships are told when they attest how they began.
        """
        record, voices = given_
        told = record.according_to(*voices)
        known = {each.id: each for each in told.events}
        for each in record.missions:
            opening = known.get(each.opening.id)
            closing = known.get(each.closing.id) if each.closing else None
            backwards = (
                opening is not None
                and closing is not None
                and closing.date.latest < opening.date.earliest
            )
            assert (each.id in told.missions) is (opening is not None and not backwards)
            if each.id in told.missions:
                assert told.missions[each.id].opening == opening
                assert told.missions[each.id].closing == closing
                assert told.missions[each.id].events == tuple(
                    e for e in told.events if e.id in {own.id for own in each.events}
                )
                before = told.missions[each.id].predecessor
                assert (before and before.id) == (
                    each.predecessor.id
                    if each.predecessor and each.predecessor.id in told.missions
                    else None
                )
        for each in record.memberships:
            assert (each.id in told.memberships) is (each.admission.id in known)
            if each.id in told.memberships:
                assert told.memberships[each.id].admission == known[each.admission.id]

    @given(records_and_voices())
    def test_cites_nobody_else(self, given_: tuple[Chronology, set[str]]) -> None:
        """
        What is told cites none but the voices asked for.
        """
        record, voices = given_
        told = record.according_to(*voices)
        assert all(s.id in voices or s.kind.value in voices for s in told.sources)
        assert all(head.citations for m in told.missions for head in m.heads)

    @given(records_and_voices())
    def test_told_again_is_the_same(self, given_: tuple[Chronology, set[str]]) -> None:
        """
        What some sources tell, told by their kind once more, is unchanged.
        """
        record, voices = given_
        told = record.according_to(*voices)
        again = {source.id for source in told.sources}
        assert not again or told.according_to(*again).events == told.events

    @given(chronologies())
    def test_takes_kinds_ids_and_sources(self, record: Chronology) -> None:
        """
        A source itself serves like its id, and a kind like all its sources.
        """
        for source in record.sources:
            assert record.according_to(source) == record.according_to(source.id)
        for kind in SourceKind:
            ids = [source.id for source in record.sources if source.kind is kind]
            by_kind = record.according_to(kind)
            assert by_kind == record.according_to(kind.value)
            if ids:
                assert by_kind.events == record.according_to(*ids).events

    def test_takes_a_source_for_itself_whatever_its_id(self) -> None:
        """
        A source with the name of a kind for its id means itself and not the kind.
        """
        press = attrs.evolve(PRESS, id="un")
        record = Chronology(
            events=[
                event("2000", "a", says(press, "2000")),
                event("2001", "b", says(UN, "2001")),
            ]
        )
        assert record.according_to(press).events.ids == ("a",)

    def test_moves_an_event_to_another_date(self) -> None:
        """
        The same event has the date of whom one asks.
        """
        one = event(
            "1993-02-01",
            "x",
            says(ARTICLE, "1993-02-01"),
            says(UN),
            says(UN, "1993-01"),
        )
        record = Chronology(events=[one])
        by_article = record.according_to("article").events["x"]
        by_un = record.according_to("un").events["x"]
        assert by_article.date == PartialDate(1993, 2, 1)
        assert by_un.date == PartialDate(1993, 1)
        assert [c.source.id for c in by_un.citations] == ["un-page", "un-page"]
        assert record.according_to("un", "article").events["x"].date == by_article.date
        assert "x" not in record.according_to("un-page", "press").events.where(
            since="1993-02"
        )

    @pytest.mark.parametrize(
        ("said", "until"),
        [
            (says(UN, "2000-05-01", "2000-05-09"), "2000-05-09"),
            (says(UN, "2000-05-01"), "2000-05-03"),
            (says(UN, "2000-05"), None),
            (says(UN, "2000-05-02"), None),
        ],
    )
    def test_keeps_an_end_they_do_not_deny(
        self, said: Citation, until: str | None
    ) -> None:
        """
        An end stays where they date the beginning alike and give no end.
        """
        one = event("2000-05-01", "x", said, until="2000-05-03")
        told = Chronology(events=[one]).according_to("un").events["x"]
        assert told.until == (until and PartialDate.parse(until))

    def test_leaves_out_a_mission_that_would_close_before_it_opens(self) -> None:
        """
        A mission that by their dates ends before it begins is not told.
        """
        opening = event("1994", "opened", says(ARTICLE, "1994"), says(UN, "2001"))
        closing = event("2000", "closed", says(ARTICLE, "2000"), says(UN, "2000"))
        follower = work(event("2002", "next", says(UN, "2002")), id="untop")
        record = Chronology(
            missions=[
                work(opening, closing),
                attrs.evolve(follower, predecessor=work(opening, closing)),
            ]
        )
        assert record.according_to("article").missions.ids == ("unmot",)
        told = record.according_to("un").missions
        assert told.ids == ("untop",)
        assert told["untop"].predecessor is None

    def test_leaves_out_an_end_of_membership_before_its_beginning(self) -> None:
        """
        A membership that by their dates would end too early is told without end.
        """
        admitted = event("1992", "in", says(ARTICLE, "1992"), says(UN, "2001"))
        record = Chronology(
            memberships=[
                Membership(
                    id="un",
                    organization="United Nations",
                    acronym="UN",
                    admission=admitted,
                    recommendation=event("1991", "advice", says(ARTICLE, "1991")),
                    end="2000",
                )
            ]
        )
        by_article = record.according_to("article").memberships["un"]
        assert by_article.end == PartialDate(2000)
        assert by_article.recommendation is not None
        by_un = record.according_to("un").memberships["un"]
        assert (by_un.since, by_un.end) == (PartialDate(2001), None)
        assert by_un.recommendation is None

    def test_keeps_the_end_of_a_post_that_they_do_not_deny(self) -> None:
        """
        Who gives the same start and no end leaves the end as it is.
        """
        head = Post(
            person="A",
            title="Head",
            start="1994-12",
            end="1995-03",
            citations=[says(UN, "1994-12"), says(PRESS, "1995-01")],
        )
        opening = event("1994", "opened", says(UN, "1994"), says(PRESS, "1994"))
        record = Chronology(missions=[work(opening, heads=[head])])
        by_un = record.according_to("un").missions["unmot"].heads[0]
        assert (by_un.start, by_un.end) == (head.start, head.end)
        by_press = record.according_to("press").missions["unmot"].heads[0]
        assert (by_press.start, by_press.end) == (PartialDate(1995, 1), None)

    def test_dates_a_post_as_they_date_it(self) -> None:
        """
        A head of mission has the dates that they give, and no one else's.
        """
        head = Post(
            person="A",
            title="Head",
            start="1994-12",
            end="1995-03",
            citations=[
                says(UN, "1994-12", "1995-03"),
                says(PRESS, "1995-01", "1995-02"),
            ],
        )
        opening = event("1994", "opened", says(UN, "1994"), says(PRESS, "1994"))
        record = Chronology(missions=[work(opening, heads=[head])])
        by_press = record.according_to("press").missions["unmot"].heads[0]
        assert by_press.citations == head.citations[1:]
        assert (by_press.start, by_press.end) == (
            PartialDate(1995, 1),
            PartialDate(1995, 2),
        )
        by_un = record.according_to("un").missions["unmot"].heads[0]
        assert (by_un.start, by_un.end) == (head.start, head.end)

    def test_leaves_out_a_head_they_do_not_name(self) -> None:
        """
        A head of mission whom none of them names is left out.
        """
        heads = [
            Post(person="A", title="Head", citations=[says(UN)]),
            Post(person="B", title="Head", citations=[says(PRESS)]),
            Post(person="C", title="Head"),
        ]
        opening = event("1994", "opened", says(UN, "1994"))
        record = Chronology(missions=[work(opening, heads=heads)])
        told = record.according_to("un").missions["unmot"].heads
        assert [(head.person, head.start) for head in told] == [("A", None)]

    def test_leaves_a_post_undated_that_they_do_not_date(self) -> None:
        """
        A head of mission whom they name without a date is told without one.
        """
        cited = [says(UN, "1994", "1995"), says(PRESS)]
        head = Post(person="A", title="Head", start="1994", end="1995", citations=cited)
        opening = event("1994", "opened", says(UN, "1994"), says(PRESS, "1994"))
        record = Chronology(missions=[work(opening, heads=[head])])
        (told,) = record.according_to("press").missions["unmot"].heads
        assert (told.person, told.start, told.end) == ("A", None, None)
        assert told.citations == (says(PRESS),)

    def test_loses_a_mark_they_do_not_attest(self) -> None:
        """
        An observance of an event they do not date is told by itself.
        """
        marked = event("1992", "a", says(ARTICLE, "1992"))
        both = event("2000", "b", says(ARTICLE, "2000"), says(UN, "2000"), marks=marked)
        record = Chronology(events=[both])
        assert record.according_to("article").events["b"].marks == marked
        assert record.according_to("un").events["b"].marks is None

    def test_keeps_the_areas_of_the_article_for_the_article(self) -> None:
        """
        The article's own areas stay with it, others where an event has them.
        """
        named = CooperationArea(id="water", name="Water", citations=[says(ARTICLE)])
        other, used = (CooperationArea(id=id_, name=id_) for id_ in ("other", "used"))
        record = Chronology(
            events=[event("2000", "x", says(UN, "2000"), areas=[used])],
            areas=[other, named, used],
            sources=[ARTICLE],
            retired=["gone"],
            title="A record",
        )
        by_article = record.according_to(ARTICLE)
        assert by_article.areas.ids == ("water",)
        assert record.according_to("un").areas.ids == ("used",)
        assert (by_article.retired, by_article.title) == (record.retired, record.title)

    def test_is_empty_where_nobody_of_the_kind_speaks(self) -> None:
        """
        A kind of which there is no source tells nothing.
        """
        record = Chronology(events=[event("2000", "x", says(UN, "2000"))])
        assert record.according_to("government").events.ids == ()

    @pytest.mark.parametrize(
        ("voice", "message"),
        [
            ("unn", r"'unn'; did you mean 'un'\?$"),
            ("un-pages", r"'un-pages'; did you mean 'un-page'\?$"),
            ("", r"''; no source or kind of source has an id like it\.$"),
            (PRESS, r"'press-page'; did you mean 'press'( or .*)?\?$"),
        ],
    )
    def test_names_the_nearest_voices(self, voice: str | Source, message: str) -> None:
        """
        Who is neither a source nor a kind is an error with the nearest ones.
        """
        record = Chronology(events=[event("2000", "x", says(UN, "2000"))])
        with pytest.raises(
            NotFoundError, match=rf"^There is no source or kind of source {message}"
        ):
            record.according_to("un", voice)

    def test_needs_someone(self) -> None:
        """
        Naming nobody is refused.
        """
        message = r"^expected at least one source or kind of source, got none$"
        with pytest.raises(ValueError, match=message):
            Chronology().according_to()

    def test_keeps_an_end_of_membership_on_the_day_of_its_beginning(self) -> None:
        """
        A membership may end on the day that by their dates it began.
        """
        admitted = event("1992-03-02", "in", says(ARTICLE), says(UN, "2000-05-01"))
        record = Chronology(
            memberships=[
                Membership(
                    id="un",
                    organization="United Nations",
                    acronym="UN",
                    admission=admitted,
                    end="2000-05-01",
                )
            ]
        )
        by_un = record.according_to("un").memberships["un"]
        assert (by_un.since, by_un.end) == (PartialDate(2000, 5, 1),) * 2

    def test_tells_the_mission_before_as_they_tell_it(self) -> None:
        """
        The mission before another is the one they tell of, or none.
        """
        both = says(UN, "1994-12-16"), says(PRESS, "1994-12-01")
        before = work(event("1994-12-16", "before", *both), id="older")
        lone = work(event("1990", "lone", says(PRESS, "1990")), id="lone")
        opening = event("2000", "opened", says(UN, "2000"), says(PRESS, "2000"))
        after = work(opening, id="newer", predecessor=before)
        other = work(event("2001", "o", says(UN, "2001")), id="o", predecessor=lone)
        record = Chronology(missions=[after, other])
        for voice, day in (("un", 16), ("press", 1)):
            told = record.according_to(voice).missions
            assert told["newer"].predecessor == told["older"]
            assert told["older"].start == PartialDate(1994, 12, day)
        assert record.according_to("un").missions["o"].predecessor is None
