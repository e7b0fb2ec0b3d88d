"""
Which years a calendar has, when it reminds, and what it says of itself.
"""

import datetime as dt
import io
import zipfile
from typing import Any

import icalendar
import pytest
from making import by

import tjun
from tjun import Chronology, Citation, Event, ExportError, Source, Text, Translation

TODAY = dt.date(2027, 1, 1)
CITED = [Citation(source=Source(id="s", label="S", publisher=by("World News")))]


def event(**given: Any) -> Event:
    usual = {"id": "it", "title": "It began", "date": "1992-03-02", "weight": "major"}
    return Event(citations=CITED, **{**usual, **given})


def calendar(*events: Event, header: dict[str, Any] | None = None, **given: Any) -> Any:
    record = Chronology(events=events or [event()], **(header or {}))
    data = tjun.export(record, "ics", **{"today": TODAY, **given})
    return icalendar.Calendar.from_ical(data)


def years(*events: Event, **given: Any) -> tuple[int, int, int]:
    found = [each["DTSTART"].dt.year for each in calendar(*events, **given).events]
    return found[0], found[-1], len(found)


class TestYears:
    @pytest.mark.parametrize(
        ("options", "first", "last"),
        [
            ({}, 2026, 2036),
            ({"past_years": 0}, 2027, 2036),
            ({"past_years": 3, "years": 1}, 2024, 2027),
            ({"first_year": 2000}, 2000, 2036),
            ({"first_year": 2040, "years": 2}, 2040, 2041),
            ({"last_year": 2030}, 2026, 2030),
            ({"last_year": 2020}, 2020, 2020),
            ({"first_year": 2001, "last_year": 2003}, 2001, 2003),
        ],
    )
    def test_are_relative_unless_given(
        self, options: dict[str, int], first: int, last: int
    ) -> None:
        """
        By default there are last year, this year and the next nine.
        """
        assert years(**options) == (first, last, last - first + 1)

    def test_end_before_the_last_that_a_calendar_can_have(self) -> None:
        """
        An entry of 31 December 9999 could not end.
        """
        assert years(today=dt.date(9995, 1, 1))[:2] == (9994, 9998)

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"first_year": 2000, "past_years": 1}, "either first_year or past_years"),
            ({"last_year": 2000, "years": 1}, "either last_year or years"),
            ({"first_year": 2001, "last_year": 2000}, "a last year of at least 2001"),
            ({"years": 0}, "years"),
            ({"past_years": -1}, "past_years"),
            ({"last_year": 9999}, "last_year"),
        ],
    )
    def test_that_contradict_each_other_are_rejected(
        self, options: dict[str, int], message: str
    ) -> None:
        """
        A year is either relative or absolute, and in order.
        """
        with pytest.raises(ExportError, match=message):
            calendar(**options)


class TestReminders:
    @pytest.mark.parametrize(
        ("given", "triggers"),
        [
            (("0d",), [dt.timedelta(hours=9)]),
            (("3d",), [-dt.timedelta(days=2, hours=15)]),
            (
                ("1d", "2w", "1d"),
                [-dt.timedelta(days=13, hours=15), -dt.timedelta(hours=15)],
            ),
        ],
    )
    def test_are_at_nine_with_the_title_of_the_year(
        self, given: tuple[str, ...], triggers: list[dt.timedelta]
    ) -> None:
        """
        A reminder is shown at 9:00, earliest first, and says which anniversary it is.
        """
        entry = calendar(remind=given).events[1]
        alarms = entry.walk("VALARM")
        assert [alarm["TRIGGER"].dt for alarm in alarms] == triggers
        assert {alarm["ACTION"] for alarm in alarms} == {"DISPLAY"}
        assert {alarm["DESCRIPTION"] for alarm in alarms} == {entry["SUMMARY"]}
        assert entry["SUMMARY"] == "35th anniversary: It began (1992)"

    def test_are_absent_by_default(self) -> None:
        """
        Without the option, nobody is reminded.
        """
        assert not calendar().walk("VALARM")

    @pytest.mark.parametrize("given", ["3", "d", "-1d", "367d", "53w", "3h", "٣d", ""])
    def test_of_another_form_are_rejected(self, given: str) -> None:
        """
        A reminder that is not a number of days or weeks is an error.
        """
        with pytest.raises(ExportError, match="expected days or weeks such as 3d") as e:
            calendar(remind=[given])
        assert str(e.value).count("got") == 1


class TestAnnounced:
    def test_is_in_the_title_and_the_categories(self) -> None:
        """
        Few programs show the status, so the title says that it is only planned.
        """
        planned = event(date="2028-05-25", status="announced")
        (entry,) = calendar(planned).events
        assert entry["SUMMARY"] == "It began (announced)"
        assert entry["STATUS"] == "TENTATIVE"
        assert entry.categories == ["ANNOUNCED"]


class TestDirection:
    def test_of_a_title_in_another_script_is_isolated(self) -> None:
        """
        A Hebrew title does not move the year that follows it.
        """
        (entry,) = calendar(
            event(title=Text(he="\u05d0\u05d1 1948")), years=1, past_years=0
        ).events
        isolated = "\u2068\u05d0\u05d1 1948\u2069"
        assert entry["SUMMARY"] == f"35th anniversary: {isolated} (1992)"

    @pytest.mark.parametrize("title", ["It began", "1992", "\u05d0 began"])
    def test_of_a_title_that_stands_alone_needs_nothing(self, title: str) -> None:
        """
        The title of the event itself, and text without letters, stay as they are.
        """
        found = calendar(event(title=title, date="2027-03-02"), years=1).events
        assert found[0]["SUMMARY"] == title


class TestCalendar:
    def test_says_whose_it_is(self) -> None:
        """
        The description names the publisher, the licence and where to report an error.
        """
        header = {
            "title": "Our record",
            "publisher": "We",
            "licence": "CC0-1.0",
            "contact": "mailto:we@example.org",
        }
        found = calendar(header=header)
        about = (
            "Our record\nWe\nLicence: CC0-1.0\nReport an error: mailto:we@example.org"
        )
        assert found["DESCRIPTION"] == about
        assert found["X-WR-CALDESC"].replace("\\n", "\n") == about

    def test_says_that_a_translation_is_a_draft(self) -> None:
        """
        Readers of a draft are told so, and nobody else.
        """
        header = {"translations": [Translation(language="ru")]}
        found = calendar(header=header, language="ru")
        assert "черновой перевод" in found["DESCRIPTION"]
        reviewed = {"translations": [Translation(language="ru", status="reviewed")]}
        for other, language in ((header, "en"), (reviewed, "ru")):
            assert "DESCRIPTION" not in calendar(header=other, language=language)

    def test_has_no_uid_and_no_method(self) -> None:
        """
        A UID would become that of every entry in vdirsyncer; PUBLISH needs a sender.
        """
        assert "UID" not in calendar()
        assert "METHOD" not in calendar()


class TestSite:
    def test_has_calendars_with_the_same_rules(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        """
        Too large ones are named, and what is planned keeps its file after the year.
        """
        caplog.set_level("INFO", "tjun")
        planned = event(id="planned", date="1999-05-25", status="announced")
        events = [planned, *(event(id=f"e{number}") for number in range(40))]
        data = tjun.export(
            Chronology(events=events),
            "site",
            base_url="https://example.org/",
            years=30,
            today=TODAY,
        )
        assert "feeds/everything.ics is too large for Google Calendar" in caplog.text
        assert "entries are stamped with 2027-01-01" in caplog.text
        with zipfile.ZipFile(io.BytesIO(data)) as site:
            one = icalendar.Calendar.from_ical(site.read("events/planned/event.ics"))
        assert [entry["SUMMARY"] for entry in one.events] == ["It began (announced)"]
        assert "NAME" not in one

    def test_has_no_file_for_a_day_that_is_not_known(self) -> None:
        """
        What is planned for a year has no entry yet.
        """
        planned = event(id="planned", date="2028", status="announced")
        data = tjun.export(
            Chronology(events=[planned, event()]),
            "site",
            base_url="https://example.org/",
            today=TODAY,
        )
        with zipfile.ZipFile(io.BytesIO(data)) as site:
            assert "events/planned/event.ics" not in site.namelist()
