import datetime as dt
from typing import Any

import pytest

from tjun import (
    Chronology,
    Citation,
    CooperationArea,
    Correction,
    Event,
    Fault,
    Mission,
    Post,
    Publisher,
    Source,
    Translation,
)

TODAY = dt.date(2027, 3, 2)
PRESS = Publisher(id="a-press", name="A press")


def source(own: str = "book", **more: Any) -> Source:
    usual = {"title": "A book", "publisher": PRESS, "accessed": "2026-11-24"}
    return Source(id=own, **{**usual, **more})


def event(own: str = "it-began", **more: Any) -> Event:
    usual = {"title": "It began", "date": "1991", "citations": [cited()]}
    return Event(id=own, **{**usual, **more})


def cited(date: str | None = None, **more: Any) -> Citation:
    return Citation(**{"source": source(), "date": date, **more})


def warnings(**parts: Any) -> list[Fault]:
    header = {"id": "made", "revised": "2026-11-30"}
    return list(Chronology(**{**header, **parts}).check(today=TODAY))


class TestVerifiedCitations:
    def test_need_a_source_that_was_read(self) -> None:
        """
        A verified citation of a page without `accessed` is a warning.
        """
        unread = source("unread", accessed=None, url="https://example.org/")
        (fault,) = warnings(events=[event(citations=[cited(), cited(source=unread)])])
        assert str(fault) == (
            "events.citations[1] (it-began): this citation is verified, but its source"
            " 'unread' does not say when it was read; add accessed to the source, or"
            " verified = false to the citation"
        )

    def test_are_checked_in_areas_and_heads_as_well(self) -> None:
        """
        The citations of areas and of heads of missions are checked.
        """
        page = source(accessed=None, copy_url="https://example.org/")
        citation = cited(source=page)
        area = CooperationArea(id="water", name="Water", citations=[citation])
        head = Post(person="P", title="Head", citations=[citation])
        mission = Mission(
            id="m",
            name="M",
            acronym="M",
            opening=event(citations=[cited(source=source("read"))]),
            heads=[head],
        )
        found = warnings(areas=[area], missions=[mission])
        assert [(fault.path, fault.id) for fault in found] == [
            ("areas.citations[0]", "water"),
            ("missions.heads[0].citations[0]", "m"),
        ]

    def test_are_fine_if_the_source_was_read(self) -> None:
        """
        A page with `accessed` may be cited as verified, any source as unverified.
        """
        page = source("unread", accessed=None, url="https://example.org/")
        paper = cited(source=source("paper", accessed=None))
        unread = cited(source=page, verified=False)
        assert warnings(events=[event(citations=[cited(), paper, unread])]) == []


class TestAnnouncements:
    @pytest.mark.parametrize(
        ("date", "corrected", "count"),
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
    def test_that_have_passed_need_a_correction(
        self, date: str, corrected: str | None, count: int
    ) -> None:
        """
        An announced event is a warning once it has passed, unless corrected later.
        """
        notes = [] if corrected is None else [Correction(on=corrected, note="Late.")]
        held = event("held", date=date, corrections=notes)
        announced = event(date=date, corrections=notes, status="announced")
        assert len(warnings(events=[held, announced])) == count

    def test_are_not_checked_without_a_day(self) -> None:
        """
        Without a day to count from, announcements are not checked.
        """
        record = Chronology(events=[event(status="announced")], revised="2026-11-30")
        assert record.check() == ()

    def test_that_last_have_passed_on_their_last_day(self) -> None:
        """
        The last day of an announced event counts.
        """
        shared = {"date": "2027-02-27", "status": "announced"}
        assert warnings(events=[event(until="2027-03-02", **shared)]) == []
        (fault,) = warnings(events=[event(until="2027-03-01", **shared)])
        assert str(fault) == (
            "events.status (it-began): this event was announced for 2027-02-27, which"
            " has passed; find out whether it took place, and set status or add a"
            " correction"
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
            ("[1991..1993]", ["1992-05"], 0),
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

    def test_that_are_named_like_a_kind_are_a_warning(self) -> None:
        """
        A source or a publisher with the name of a kind of publisher is reported.
        """
        press = Publisher(id="press", name="A press")
        found = warnings(events=[event(citations=[cited(source=source("un"))])])
        found += warnings(
            events=[event(citations=[cited(source=source(publisher=press))])]
        )
        assert [(each.path, each.id) for each in found] == [
            ("sources", "un"),
            ("publishers", "press"),
        ]

    def test_without_sources_are_a_warning(self) -> None:
        """
        A publisher of no source is reported.
        """
        spare = Publisher(id="spare", name="A press")
        (fault,) = warnings(events=[event()], publishers=[spare])
        assert str(fault) == (
            "publishers (spare): no source has this publisher; remove it"
        )


class TestEvents:
    def test_with_a_long_title_need_a_short_one(self) -> None:
        """
        A title of more than 60 characters without a short one is a warning.
        """
        (fault,) = warnings(events=[event(title="x" * 61)])
        assert (fault.path, fault.id) == ("events.title", "it-began")
        assert warnings(events=[event(title="x" * 61, short="x")]) == []
        assert warnings(events=[event(title="x" * 60)]) == []

    def test_of_an_unknown_kind_are_a_warning(self) -> None:
        """
        A kind that neither tjun nor the record names is reported, with a suggestion.
        """
        (misspelt,) = warnings(events=[event(kind="vist")])
        assert misspelt.message == "'vist' has no name; did you mean 'visit'?"
        (own,) = warnings(events=[event(kind="zz")])
        assert own.message == "'zz' has no name; name it in [record.kinds]"
        assert warnings(events=[event(kind="zz")], kinds={"zz": "Sleep"}) == []

    def test_should_be_on_the_day_of_their_rule(self) -> None:
        """
        An observance whose first day is not that of its rule is reported.
        """
        rule = "FREQ=YEARLY;BYMONTH=10;BYDAY=1MO"
        usual = {"yearly": True, "rule": rule}
        (fault,) = warnings(events=[event(date="1991-10-08", **usual)])
        assert fault.message == (
            "by its rule, this observance was on 1991-10-07 and not on 1991-10-08"
        )
        assert warnings(events=[event(date="1991-10-07", **usual)]) == []
        assert warnings(events=[event(date="1991", **usual)]) == []


class TestHeader:
    def test_should_say_when_the_record_was_revised(self) -> None:
        """
        A record that does not say when it was revised is a warning.
        """
        (fault,) = warnings(revised=None)
        assert (fault.path, fault.id) == ("record.revised", "made")

    @pytest.mark.parametrize(
        ("revised", "count"),
        [("2026-12-01", 0), ("2026-11-30", 0), ("2026-11-29", 1), (None, 1)],
    )
    def test_should_not_be_newer_than_translations(
        self, revised: str | None, count: int
    ) -> None:
        """
        A translation that is older than the record is a warning.
        """
        translation = Translation(language="ru", revised=revised)
        assert len(warnings(translations=[translation])) == count


class TestEditions:
    @staticmethod
    def found(older: Chronology, newer: Chronology) -> list[str]:
        return [str(fault) for fault in newer.check(against=older)]

    def test_that_are_equal_need_nothing(self) -> None:
        """
        An edition without changes need not be revised.
        """
        record = Chronology(events=[event()], revised="2026-11-30")
        assert self.found(record, record) == []

    @pytest.mark.parametrize(
        ("before", "after", "count"),
        [
            ("2026-11-30", "2026-12-01", 0),
            (None, "2026-12-01", 0),
            ("2026-11-30", "2026-11-30", 1),
            ("2026-11-30", "2026-11-29", 1),
        ],
    )
    def test_that_differ_have_to_be_revised(
        self, before: str | None, after: str, count: int
    ) -> None:
        """
        If anything changed, the record has to be revised later than before.
        """
        older = Chronology(events=[event()], revised=before)
        newer = Chronology(events=[event(title="It started")], revised=after)
        expected = (
            "record.revised (record): the record has changed; set revised to the"
            " moment of this edition"
        )
        assert self.found(older, newer) == [expected] * count

    def test_are_revised_by_a_translation(self) -> None:
        """
        A later revision of a translation is one of the record.
        """
        older = Chronology(revised="2026-11-30")
        made = Translation(language="ru", revised="2026-12-01")
        newer = Chronology(revised="2026-11-30", translations=[made])
        assert self.found(older, newer) == []

    def test_with_another_date_need_a_correction(self) -> None:
        """
        A changed date needs a new note that says why.
        """
        older = Chronology(events=[event()], revised="2026-11-30")
        usual = {"date": "1992", "citations": [cited("1992")]}
        newer = Chronology(events=[event(**usual)], revised="2026-12-01")
        assert self.found(older, newer) == [
            "events.date (it-began): the date was 1991; add a correction that says why"
        ]
        note = Correction(on="2026-12-01", note="Date changed, after the minutes.")
        noted = event(corrections=[note], **usual)
        assert self.found(older, Chronology(events=[noted], revised="2026-12-01")) == []

    def test_without_an_event_have_to_retire_its_id(self) -> None:
        """
        The id of a removed event has to be retired.
        """
        older = Chronology(events=[event()], revised="2026-11-30")
        assert self.found(older, Chronology(revised="2026-12-01")) == [
            "events (it-began): this event has been removed; add its id to retired"
        ]
        newer = Chronology(revised="2026-12-01", retired=["it-began"])
        assert self.found(older, newer) == []
