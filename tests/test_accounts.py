from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import by
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
    PublisherKind,
    Source,
)

ARTICLE, UN, PRESS = (
    Source(id=id_, title="A page", publisher=by(f"A {kind} press", kind))
    for id_, kind in (
        ("article", "government"),
        ("un-page", "un"),
        ("press-page", "press"),
    )
)
NAME = "source, publisher or kind of publisher"


def event(date: str, id: str = "x", *said: Citation, **rest: Any) -> Event:  # noqa: A002  # As the field.
    return Event(id=id, title="It began", date=date, citations=said, **rest)


def says(source: Source, date: str | None = None, until: str | None = None) -> Citation:
    return Citation(source=source, date=date, until=until)


def instead(source: Source, alternative: Event) -> Citation:
    return Citation(source=source, alternative=alternative)


def named(source: Source, names: set[str]) -> bool:
    publisher = source.publisher
    return bool({source.id, publisher.id, publisher.kind.value} & names)


def chosen(citations: Iterable[Citation], names: set[str]) -> list[Citation]:
    return [each for each in citations if named(each.source, names)]


def first_dated(citations: Iterable[Citation], names: set[str]) -> Citation | None:
    dated = (each for each in chosen(citations, names) if each.date is not None)
    return next(dated, None)


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
def records_and_names(draw: st.DrawFn) -> tuple[Chronology, set[str]]:
    record = draw(chronologies())
    kinds = [kind.value for kind in PublisherKind]
    names = [*kinds, *record.publishers.ids, *record.sources.ids]
    return record, draw(st.sets(st.sampled_from(names), min_size=1, max_size=4))


def replaced(event: Event | None, names: set[str]) -> str | None:
    """
    Return the id of the event that replaces *event* in an account.
    """
    if event is None:
        return None
    first = first_dated(event.citations, names)
    if first is None or first.alternative is None:
        return None if first is None else event.id
    dated = first_dated(first.alternative.citations, names) is not None
    return first.alternative.id if dated else None


class TestAccordingTo:
    @given(records_and_names())
    def test_contains_the_events_that_the_sources_date(
        self, given_: tuple[Chronology, set[str]]
    ) -> None:
        """
        An event is included with the first date of the sources, and their citations.
        """
        record, names = given_
        account = record.according_to(*names)
        for each in record.events:
            first = first_dated(each.citations, names)
            included = first is not None and first.alternative is None
            assert (each.id in account.events) is included
            if first is not None and included:
                mine = account.events[each.id]
                assert mine.date == first.date
                assert [(c.source, c.says) for c in mine.citations] == [
                    (c.source, c.says) for c in chosen(each.citations, names)
                ]

    @given(records_and_names())
    def test_contains_missions_and_memberships_that_the_sources_begin(
        self, given_: tuple[Chronology, set[str]]
    ) -> None:
        """
        Missions and memberships are included if the sources date how they began.
        """
        record, names = given_
        account = record.according_to(*names)
        events = {each.id: each for each in account.events}
        for each in record.missions:
            opening = events.get(replaced(each.opening, names) or "")
            closing = events.get(replaced(each.closing, names) or "")
            backwards = (
                opening is not None
                and closing is not None
                and closing.date.precedes(opening.date)
            )
            included = opening is not None and not backwards
            assert (each.id in account.missions) is included
            if included:
                mine = account.missions[each.id]
                assert (mine.opening, mine.closing) == (opening, closing)
                ids = {event.id for event in (*each.events, opening, closing) if event}
                assert mine.events == tuple(e for e in account.events if e.id in ids)
                before = each.predecessor
                known = None if before is None else account.missions.get(before.id)
                assert mine.predecessor == known
        for joined in record.memberships:
            admission = replaced(joined.admission, names)
            assert (joined.id in account.memberships) is (admission is not None)
            if admission is not None:
                own = account.memberships[joined.id]
                advice = replaced(joined.recommendation, names)
                assert own.admission == events[admission]
                assert own.recommendation == events.get(advice or "")

    @given(records_and_names())
    def test_cites_only_the_sources(self, given_: tuple[Chronology, set[str]]) -> None:
        """
        An account contains no other sources, and no posts without citations.
        """
        record, names = given_
        account = record.according_to(*names)
        assert all(named(source, names) for source in account.sources)
        assert all(head.citations for m in account.missions for head in m.heads)

    @given(chronologies())
    def test_accepts_sources_publishers_and_kinds(self, record: Chronology) -> None:
        """
        A source can be given as such, by its id, by its publisher or by its kind.
        """
        for source in record.sources:
            assert record.according_to(source) == record.according_to(source.id)
        for publisher in record.publishers:
            ids = [s.id for s in record.sources if s.publisher == publisher]
            if ids:
                by_publisher = record.according_to(publisher.id)
                assert by_publisher.events == record.according_to(*ids).events
        for kind in PublisherKind:
            ids = [s.id for s in record.sources if s.publisher.kind is kind]
            by_kind = record.according_to(kind)
            assert by_kind == record.according_to(kind.value)
            if ids:
                assert by_kind.events == record.according_to(*ids).events

    def test_prefers_a_source_and_then_a_publisher(self) -> None:
        """
        A name means a source before a publisher, and a publisher before a kind.
        """
        press = attrs.evolve(PRESS, id="un")
        record = Chronology(
            events=[
                event("2000", "a", says(press, "2000")),
                event("2001", "b", says(UN, "2001")),
            ]
        )
        assert record.according_to(press).events.ids == ("a",)
        assert record.according_to("un").events.ids == ("a",)
        assert record.according_to(PublisherKind.UN).events.ids == ("b",)

    @pytest.mark.parametrize(
        ("said", "until"),
        [
            (says(UN, "2000-05-01", "2000-05-09"), "2000-05-09"),
            (says(UN, "2000-05-01"), "2000-05-03"),
            (says(UN, "2000-05"), None),
            (says(UN, "2000-05-02"), None),
        ],
    )
    def test_keeps_the_last_day_if_the_sources_agree_on_the_first(
        self, said: Citation, until: str | None
    ) -> None:
        """
        An event keeps its last day if the sources give its first day and no last day.
        """
        one = event("2000-05-01", "x", said, until="2000-05-03")
        account = Chronology(events=[one]).according_to("un").events["x"]
        assert account.until == (until and PartialDate.parse(until))

    @pytest.mark.parametrize(
        ("said", "dates"),
        [
            ([says(UN, "1994-12")], ("1994-12", "1995-03")),
            ([says(UN, "1994-12", "1995-02")], ("1994-12", "1995-02")),
            ([says(UN), says(UN, "1995-01")], ("1995-01", None)),
            ([says(UN)], (None, None)),
            ([], None),
        ],
    )
    def test_dates_a_head_of_a_mission_as_the_sources_do(
        self, said: list[Citation], dates: tuple[str | None, str | None] | None
    ) -> None:
        """
        A post has the dates that the chosen sources give, if they name its holder.

        It keeps its end if they agree on the first day and give no last day.
        """
        cited = [says(PRESS, "1990", "1991"), *said]
        head = Post(
            person="A", title="Head", start="1994-12", end="1995-03", citations=cited
        )
        opening = event("1994", "opened", says(UN, "1994"))
        record = Chronology(missions=[work(opening, heads=[head])])
        heads = record.according_to("un").missions["unmot"].heads
        found = [(h.start and str(h.start), h.end and str(h.end)) for h in heads]
        assert found == ([] if dates is None else [dates])
        assert [list(h.citations) for h in heads] == ([said] if said else [])

    @pytest.mark.parametrize(
        ("end", "kept"), [("2000", False), ("2001-05", True), ("2002", True)]
    )
    def test_omits_the_end_of_a_membership_before_its_beginning(
        self, end: str, kept: bool
    ) -> None:
        """
        A membership has no end if that is before it begins according to the sources.
        """
        admitted = event("1992", "in", says(ARTICLE, "1992"), says(UN, "2001-05"))
        membership = Membership(
            id="un",
            organization="United Nations",
            acronym="UN",
            admission=admitted,
            withdrawal=event(end, "out", says(UN, end)),
        )
        account = Chronology(memberships=[membership]).according_to("un")
        mine = account.memberships["un"]
        assert mine.since == PartialDate(2001, 5)
        assert mine.end == (PartialDate.parse(end) if kept else None)

    def test_omits_a_mission_that_closes_before_it_opens(self) -> None:
        """
        A mission is omitted if the sources date its end before its beginning.
        """
        opened = event("1994", "a", says(ARTICLE, "1994"), says(UN, "2001"))
        closed = event("2000", "b", says(ARTICLE, "2000"), says(UN, "2000"))
        record = Chronology(missions=[work(opened, closed)])
        assert record.according_to("article").missions.ids == ("unmot",)
        assert record.according_to("un").missions.ids == ()

    def test_omits_a_marked_event_that_the_sources_do_not_date(self) -> None:
        """
        An observance marks no event that the sources do not date.
        """
        marked = event("1992", "a", says(ARTICLE, "1992"))
        both = event("2000", "b", says(ARTICLE, "2000"), says(UN, "2000"), marks=marked)
        record = Chronology(events=[both])
        assert record.according_to("article").events["b"].marks == marked
        assert record.according_to("un").events["b"].marks is None

    def test_contains_areas_that_are_cited_or_used(self) -> None:
        """
        An area is included if the sources cite it or an event of theirs belongs to it.
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

    def test_keeps_only_the_citations_of_the_sources_for_an_area(self) -> None:
        """
        An area loses the citations of other sources, in events as well.
        """
        area = CooperationArea(
            id="water", name="Water", citations=[says(ARTICLE), says(UN)]
        )
        record = Chronology(events=[event("2000", "x", says(UN, "2000"), areas=[area])])
        by_un = record.according_to("un")
        assert by_un.areas["water"].citations == (says(UN),)
        assert by_un.events["x"].areas == (by_un.areas["water"],)
        assert by_un.sources.ids == ("un-page",)
        by_article = record.according_to("article")
        assert by_article.areas["water"].citations == (says(ARTICLE),)
        press = says(PRESS, "2000")
        used = Chronology(events=[event("2000", "x", press, areas=[area])])
        assert used.according_to("press").areas["water"].citations == ()

    @pytest.mark.parametrize(
        ("name", "message"),
        [
            ("unn", rf"{NAME} 'unn'; did you mean 'un'\?$"),
            ("un-pages", rf"{NAME} 'un-pages'; did you mean 'un-page'"),
            ("", rf"{NAME} ''; no {NAME} has a similar id\.$"),
            (PRESS, r"source 'press-page'; did you mean 'un-page'\?$"),
            (attrs.evolve(PRESS, id="un"), r"source 'un'; did you mean 'un-page'\?$"),
        ],
    )
    def test_suggests_similar_names(self, name: str | Source, message: str) -> None:
        """
        A name that is neither a source nor a publisher nor a kind raises NotFoundError.
        """
        record = Chronology(events=[event("2000", "x", says(UN, "2000"))])
        with pytest.raises(NotFoundError, match=rf"^There is no {message}"):
            record.according_to("un", name)

    @pytest.mark.parametrize("name", [5, None, event("2000", "x", says(UN))])
    def test_rejects_what_is_neither_a_source_nor_a_name(self, name: Any) -> None:
        """
        An argument that is neither a source nor a string is an error.
        """
        message = f"expected a source, or the name of sources, got {name!r}"
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            Chronology().according_to(name)

    def test_requires_a_source(self) -> None:
        """
        At least one source has to be given.
        """
        message = r"^expected at least one source or kind of publisher, got none$"
        with pytest.raises(ValueError, match=message):
            Chronology().according_to()


class TestAlternatives:
    """
    According to the UN, a mission begins with its mandate and not with its office.
    """

    MANDATE = event("1994-12-16", "mandate", says(UN, "1994-12-16"))
    OFFICE = event(
        "1993-02-01", "office", says(ARTICLE, "1993-02-01"), instead(UN, MANDATE)
    )
    LIQUIDATED = event("2000-06-30", "liquidated", says(UN, "2000-06-30"))
    ENDED = event(
        "2000-05-15", "ended", says(ARTICLE, "2000-05-15"), instead(UN, LIQUIDATED)
    )

    def test_omits_the_event_and_includes_the_alternative(self) -> None:
        """
        The event is omitted, and the alternative has the date that the source gives.
        """
        record = Chronology(events=[self.OFFICE])
        account = record.according_to("un")
        assert account.events.ids == ("mandate",)
        assert account.events["mandate"] == self.MANDATE
        assert record.according_to("article").events.ids == ("office",)

    def test_replaces_the_opening_and_the_closing_of_a_mission(self) -> None:
        """
        The alternatives replace the opening and the closing; the others are omitted.
        """
        between = event("1997", "between", says(UN, "1997"))
        mission = work(self.OFFICE, self.ENDED, events=[between])
        account = Chronology(missions=[mission]).according_to("un")
        mine = account.missions["unmot"]
        assert (mine.opening, mine.closing) == (self.MANDATE, self.LIQUIDATED)
        assert mine.events == (self.MANDATE, between, self.LIQUIDATED)
        by_article = Chronology(missions=[mission]).according_to("article")
        assert by_article.missions["unmot"].events == tuple(
            by_article.events[id_] for id_ in ("office", "ended")
        )

    def test_does_not_replace_the_event_that_is_marked(self) -> None:
        """
        An observance does not mark the alternative of the event that it marks.
        """
        day = event("2010-02-01", "day", says(UN, "2010"), marks=self.OFFICE)
        account = Chronology(events=[day]).according_to("un")
        assert account.events.ids == ("mandate", "day")
        assert account.events["day"].marks is None

    def test_the_first_dated_citation_decides(self) -> None:
        """
        A citation with an alternative does not count if another dates the event first.
        """
        record = Chronology(events=[self.OFFICE])
        account = record.according_to("article", "un")
        assert account.events.ids == ("office", "mandate")
        assert str(account.events["office"].date) == "1993-02-01"
        (dated, other) = account.events["office"].citations
        assert (dated.alternative, other.alternative) == (None, self.MANDATE)
        assert account.events["office"].disputed

    def test_drops_an_alternative_that_the_sources_do_not_date(self) -> None:
        """
        A citation keeps its words, but not an alternative outside the account.
        """
        confused = attrs.evolve(instead(PRESS, self.MANDATE), says="The office opened.")
        office = event("1993", "office", says(PRESS, "1993"), confused)
        account = Chronology(events=[office]).according_to("press")
        assert account.events.ids == ("office",)
        citation = account.events["office"].citations[1]
        assert (citation.alternative, citation.date) == (None, None)
        assert str(citation.says) == "The office opened."

    def test_dates_an_alternative_as_the_sources_do(self) -> None:
        """
        A citation that keeps its alternative has the date of that in the account.
        """
        mandate = event(
            "1994-12-16", "mandate", says(ARTICLE, "1994-12-16"), says(UN, "1994-12")
        )
        office = event("1993", "office", says(UN, "1993"), instead(UN, mandate))
        account = Chronology(events=[office]).according_to("un")
        citation = account.events["office"].citations[1]
        assert citation.alternative == account.events["mandate"]
        assert str(citation.date) == "1994-12"
