import datetime as dt
from typing import Any

import pytest

from tjun import (
    Chronology,
    Citation,
    CooperationArea,
    Event,
    Fault,
    Mission,
    Post,
    Source,
)
from tjun.recordfiles.checks import find_errors, find_warnings

TODAY = dt.date(2027, 3, 2)


def source(own: str = "book", **more: Any) -> Source:
    usual = {"title": "A book", "publisher": "A press", "accessed": "2026-11-24"}
    return Source(id=own, **{**usual, **more})


def event(own: str = "it-began", **more: Any) -> Event:
    usual = {"title": "It began", "date": "1991", "citations": [cited()]}
    return Event(id=own, **{**usual, **more})


def cited(date: str | None = None, **more: Any) -> Citation:
    return Citation(**{"source": source(), "date": date, **more})


def errors(**parts: Any) -> list[Fault]:
    return list(find_errors(Chronology(**parts)))


def warnings(**parts: Any) -> list[Fault]:
    return list(find_warnings(Chronology(**parts), today=TODAY))


class TestVerifiedCitations:
    def test_need_a_source_that_was_read(self) -> None:
        """
        A verified citation of a source without `accessed` is an error.
        """
        unread = source("unread", accessed=None, symbol="S/RES/968 (1994)")
        (fault,) = errors(events=[event(citations=[cited(), cited(source=unread)])])
        assert str(fault) == (
            "events.citations[1] (it-began): this citation is verified, but its source"
            " 'unread' does not say when it was read; add accessed to the source, or"
            " verified = false to the citation"
        )

    def test_are_checked_in_areas_and_heads_as_well(self) -> None:
        """
        The citations of areas and of heads of missions are checked.
        """
        citation = cited(source=source(accessed=None))
        area = CooperationArea(id="water", name="Water", citations=[citation])
        head = Post(person="P", title="Head", citations=[citation])
        mission = Mission(
            id="m",
            name="M",
            acronym="M",
            opening=event(citations=[cited(source=source("read"))]),
            heads=[head],
        )
        found = errors(areas=[area], missions=[mission])
        assert [(fault.path, fault.id) for fault in found] == [
            ("areas.citations[0]", "water"),
            ("missions.heads[0].citations[0]", "m"),
        ]

    def test_are_fine_if_the_source_was_read(self) -> None:
        """
        A source with `accessed` may be cited as verified, any source as unverified.
        """
        unread = cited(source=source("unread", accessed=None), verified=False)
        assert errors(events=[event(citations=[cited(), unread])]) == []


class TestAnnouncements:
    @pytest.mark.parametrize(
        ("date", "revised", "count"),
        [
            ("2027-03-01", None, 1),
            ("2027-03-01", "2027-03-01", 1),
            ("2027-03-01", "2027-03-02", 0),
            ("2027-03-02", None, 0),
            ("2027-03", None, 0),
            ("2027-02", None, 1),
            ("2027-02", "2027-02-28", 1),
            ("2027-02", "2027-03-01", 0),
            ("2026", "2026-12-31", 1),
        ],
    )
    def test_that_have_passed_need_a_revision(
        self, date: str, revised: str | None, count: int
    ) -> None:
        """
        An announced event is a warning once it has passed, unless revised later.
        """
        held = event("held", date=date, revised=revised)
        announced = event(date=date, revised=revised, status="announced")
        assert len(warnings(events=[held, announced])) == count

    def test_that_last_have_passed_on_their_last_day(self) -> None:
        """
        The last day of an announced event counts.
        """
        shared = {"date": "2027-02-27", "status": "announced"}
        assert warnings(events=[event(until="2027-03-02", **shared)]) == []
        (fault,) = warnings(events=[event(until="2027-03-01", **shared)])
        assert str(fault) == (
            "events.status (it-began): this event was announced for 2027-02-27, which"
            " has passed; find out whether it took place, and set status or revised"
        )


class TestPrecision:
    @pytest.mark.parametrize(
        ("date", "dates", "count"),
        [
            ("1991", [], 0),
            ("1991", [None], 0),
            ("1991", ["1991"], 0),
            ("1991", ["1991-05"], 1),
            ("1991", ["1991-05", "1991-05-02"], 1),
            ("1991", ["1991-05", "1991"], 0),
            ("1991", ["1991-05", "1990"], 1),
            ("1991", ["1990-05"], 0),
            ("1991-05-02", ["1991-05-02"], 0),
        ],
    )
    def test_is_that_of_the_least_precise_source(
        self, date: str, dates: list[str | None], count: int
    ) -> None:
        """
        A date less precise than all sources that agree with it is a warning.
        """
        citations = [cited(each) for each in dates] or [cited()]
        assert len(warnings(events=[event(date=date, citations=citations)])) == count

    def test_of_an_alternative_does_not_count(self) -> None:
        """
        The date of an alternative says nothing about the event.
        """
        other = event("other", date="1991-05-02", citations=[cited("1991-05-02")])
        citation = cited(alternative=other)
        assert warnings(events=[event(citations=[citation])]) == []

    def test_of_the_last_day_counts(self) -> None:
        """
        The last day is checked like the first, and the message lists the dates.
        """
        citations = [cited("1991", until="1992-05"), cited("1991", until="1992-05")]
        (fault,) = warnings(events=[event(until="1992", citations=citations)])
        assert str(fault) == (
            "events.until (it-began): 1992 is less precise than every source that"
            " agrees with it (1992-05); use the date of a source"
        )


class TestSources:
    def test_with_the_same_url_are_a_warning(self) -> None:
        """
        Of two sources with one URL, the second is reported with the first.
        """
        url = "https://example.org/"
        books = [source("a", url=url), source("b", url=url), source("c"), source("d")]
        citations = [cited(source=each) for each in books]
        (fault,) = warnings(events=[event(citations=citations)])
        assert str(fault) == (
            "sources.url (b): the source 'a' has the same URL; merge the two"
        )

    def test_that_nothing_cites_are_a_warning(self) -> None:
        """
        A source that neither an event nor an area nor a head cites is reported.
        """
        area = CooperationArea(
            id="water", name="Water", citations=[cited(source=source("area"))]
        )
        (fault,) = warnings(
            areas=[area], events=[event()], sources=[source("spare"), source("area")]
        )
        assert str(fault) == (
            "sources (spare): nothing cites this source; cite it or remove it"
        )
