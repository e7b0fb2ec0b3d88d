import datetime as dt
import logging
import os
import re
import subprocess
import sys
from typing import Any

import attrs
import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tjun
from tjun import (
    Chronology,
    Citation,
    CooperationArea,
    Event,
    ExportError,
    ExportRequest,
    Source,
    Text,
)
from tjun.formats.contentlines import utf16_units
from tjun.formats.ics import ICS, IcsOptions, _at_least, _tell, left_out
from tjun.locales.available import find_language

TODAY = dt.date(2026, 11, 23)
WORLD = Source(
    id="world", title="World", publisher="World News", url="https://example.org/w"
)
DECREE = Source(
    id="decree", title="Decree", publisher="Government", symbol="No. 5; 1992"
)
WATER = CooperationArea(id="water", name=Text(en="Water", ru="Вода", tg="Об"))
PEACE = CooperationArea(id="peace", name="Peace, and stability")


def event(**given: Any) -> Event:
    usual = {
        "id": "it-began",
        "title": "It began",
        "date": "1992-03-02",
        "citations": [Citation(source=WORLD)],
    }
    return Event(**{**usual, **given})


def sourced(**given: str) -> Citation:
    return Citation(
        source=Source(**{"id": "s", "title": "T", "publisher": "P", **given})
    )


def octets(*events: Event, title: Text | str | None = None, **given: Any) -> bytes:
    record = Chronology(events=events, title=title)
    return tjun.export(record, "ics", **{"today": TODAY, **given})


def lines_of(data: bytes) -> list[str]:
    return data.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def values(data: bytes, name: str) -> list[str]:
    pairs = (line.split(":", 1) for line in lines_of(data))
    return [pair[1] for pair in pairs if pair[0].split(";")[0] == name]


def entries(*events: Event, **given: Any) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(octets(*events, **given)).events


def in_year(year: int, *events: Event, **given: Any) -> icalendar.Event:
    (entry,) = entries(*events, first_year=year, last_year=year, **given)
    return entry


def span(entry: icalendar.Event) -> tuple[str, str]:
    return str(entry["DTSTART"].dt), str(entry["DTEND"].dt)


@pytest.fixture(scope="module")
def data() -> bytes:
    return tjun.export(
        tjun.load(),
        "ics",
        first_year=2027,
        last_year=2036,
        language="ru",
        alarm_days=1,
        feed_url="https://example.org/feed.ics",
    )


class TestYears:
    def test_there_is_one_entry_a_year(self) -> None:
        """
        By default each year from the previous one to ten years ahead has an entry.
        """
        years = [entry["DTSTART"].dt.year for entry in entries(event())]
        assert years == list(range(2025, 2037))

    def test_nothing_recurs(self) -> None:
        """
        No entry repeats by a rule, by a list of dates or by an override.
        """
        data = octets(event(), event(id="day", yearly=True))
        for name in ("RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID"):
            assert values(data, name) == []

    @pytest.mark.parametrize(
        ("options", "today", "years"),
        [
            ({}, "2026-11-23", (2025, 2036)),
            ({"first_year": 2030}, "2026-11-23", (2030, 2041)),
            ({"first_year": 2030}, "1999-01-01", (2030, 2041)),
            ({"last_year": 2030}, "2026-11-23", (2025, 2030)),
            ({"last_year": 2000}, "2026-11-23", (2000, 2000)),
            ({"first_year": 1992, "last_year": 2100}, "2026-11-23", (1992, 2100)),
            ({"first_year": 9998}, "2026-11-23", (9998, 9998)),
            ({}, "9999-12-31", (9998, 9998)),
            ({}, "0001-01-01", (1, 12)),
        ],
    )
    def test_years_follow_from_what_is_given(
        self, options: dict[str, int], today: str, years: tuple[int, int]
    ) -> None:
        """
        The first year alone fixes the last, whatever the day, and none is below 1.
        """
        assert IcsOptions(**options).years(dt.date.fromisoformat(today)) == years

    def test_first_and_last_year_both_have_entries(self) -> None:
        """
        Entries lie in the years asked for, of which both ends count.
        """
        found = entries(event(), first_year=2030, last_year=2032)
        assert [each["DTSTART"].dt.year for each in found] == [2030, 2031, 2032]

    def test_nothing_is_remembered_before_it_happened(self) -> None:
        """
        The event itself is the first entry where it falls in the years asked for.
        """
        found = entries(event(), first_year=1990, last_year=1993)
        assert [str(each["SUMMARY"]) for each in found] == [
            "It began",
            "1st anniversary: It began (1992)",
        ]

    def test_every_keeps_jubilees_only(self) -> None:
        """
        With `every=5` there are only multiples of 5, and not the event itself.
        """
        found = entries(event(), every=5, first_year=1992, last_year=2004)
        assert [each["DTSTART"].dt.year for each in found] == [1997, 2002]

    def test_entries_stand_in_order_of_days(self) -> None:
        """
        Entries are ordered by their day, whatever the order of the events.
        """
        first, second = event(), event(id="a-later", date="1990-12-31")
        found = entries(second, first, first_year=2030, last_year=2031)
        days = [each["DTSTART"].dt for each in found]
        assert days == sorted(days)
        assert len(days) == 4

    def test_record_without_events_is_an_empty_calendar(self) -> None:
        """
        A record without events gives a calendar without entries.
        """
        assert entries() == []


class TestUid:
    def test_is_the_id_and_the_year(self) -> None:
        """
        The UID is the event's id, the year of the entry and `@tjun`.
        """
        assert in_year(2027, event())["UID"] == "it-began-2027@tjun"

    def test_year_has_four_digits(self) -> None:
        """
        A year before 1000 has four digits in the UID and in the date.
        """
        entry = in_year(900, event(date="0900-01-05"))
        assert entry["UID"] == "it-began-0900@tjun"
        assert span(entry) == ("0900-01-05", "0900-01-06")

    def test_stays_when_the_words_and_the_window_change(self) -> None:
        """
        A corrected title, another date and other years leave the UID as it was.
        """
        old = in_year(2027, event())
        new = entries(event(title="Corrected", date="1992-04-01"), first_year=2020)[7]
        assert new["DTSTART"].dt.year == 2027
        assert new["UID"] == old["UID"]

    def test_none_stands_twice(self) -> None:
        """
        No two of the bundled record's entries, nor the calendar, share a UID.
        """
        data = tjun.export(tjun.load(), "ics", first_year=1940, last_year=2040)
        uids = values(data, "UID")
        assert len(uids) > 1000
        assert len(set(uids)) == len(uids)


class TestStamps:
    @pytest.mark.parametrize(
        ("revised", "stamp"),
        [
            ("2026-11-23", "20261123T000000Z"),
            (None, "19700101T000000Z"),
            ("0999-01-02", "09990102T000000Z"),
        ],
    )
    def test_are_midnight_of_the_day_of_revision(
        self, revised: str | None, stamp: str
    ) -> None:
        """
        `DTSTAMP` and `LAST-MODIFIED` are midnight UTC of the day of revision.
        """
        data = octets(event(revised=revised), first_year=2027, last_year=2028)
        assert values(data, "DTSTAMP") == [stamp, stamp]
        assert values(data, "LAST-MODIFIED") == [stamp, stamp]

    def test_sequence_grows_with_the_revision(self) -> None:
        """
        A later revision has a larger `SEQUENCE`, and the same one the same.
        """
        sequences = [
            in_year(2027, event(revised=day))["SEQUENCE"]
            for day in (None, "2026-11-23", "2026-11-24", "2027-01-01")
        ]
        assert sequences[0] == 0
        assert sequences == sorted(set(sequences))

    def test_sequence_is_never_negative(self) -> None:
        """
        An event revised before 1970 has a `SEQUENCE` that RFC 5545 allows.
        """
        assert in_year(2027, event(revised="1969-12-31"))["SEQUENCE"] >= 0


class TestDays:
    @pytest.mark.parametrize(
        ("date", "year", "days"),
        [
            ("1992-03-02", 2027, ("2027-03-02", "2027-03-03")),
            ("1992-02-28", 2027, ("2027-02-28", "2027-03-01")),
            ("1992-02-28", 2028, ("2028-02-28", "2028-02-29")),
            ("1992-04-30", 2027, ("2027-04-30", "2027-05-01")),
            ("1992-12-31", 2027, ("2027-12-31", "2028-01-01")),
            ("1992-12-31", 9998, ("9998-12-31", "9999-01-01")),
        ],
    )
    def test_end_is_the_day_after(
        self, date: str, year: int, days: tuple[str, str]
    ) -> None:
        """
        An entry is one whole day, and its end is the day after.
        """
        assert span(in_year(year, event(date=date))) == days

    def test_dates_have_no_time(self) -> None:
        """
        Both ends are dates without a time, and say so.
        """
        lines = lines_of(octets(event(), first_year=2027, last_year=2027))
        assert "DTSTART;VALUE=DATE:20270302" in lines
        assert "DTEND;VALUE=DATE:20270303" in lines

    @pytest.mark.parametrize(
        ("until", "end"),
        [
            (None, "2024-06-11"),
            ("2024-06-10", "2024-06-11"),
            ("2024-06-13", "2024-06-14"),
            ("2024-06-30", "2024-07-01"),
            ("2024-07-10", "2024-07-11"),
            ("2024-07-11", "2024-06-11"),
            ("2034-06-10", "2024-06-11"),
            ("2024-06", "2024-06-11"),
            ("2025", "2024-06-11"),
        ],
    )
    def test_event_itself_covers_its_days(self, until: str | None, end: str) -> None:
        """
        The event itself covers up to 31 days; what is longer or vague, its first.
        """
        entry = in_year(2024, event(date="2024-06-10", until=until))
        assert span(entry) == ("2024-06-10", end)

    def test_event_over_the_turn_of_the_year_covers_its_days(self) -> None:
        """
        An event that ends in the next year is one entry over both.
        """
        found = entries(
            event(date="2024-12-30", until="2025-01-02"),
            first_year=2024,
            last_year=2024,
        )
        assert [span(each) for each in found] == [("2024-12-30", "2025-01-03")]

    def test_anniversary_of_several_days_is_the_first(self) -> None:
        """
        The anniversary of an event of several days is kept on its first.
        """
        entry = in_year(2025, event(date="2024-06-10", until="2024-06-13"))
        assert span(entry) == ("2025-06-10", "2025-06-11")

    def test_observance_covers_its_days_in_its_own_year_alone(self) -> None:
        """
        An observance older than its event counts from zero, and lasts long only once.
        """
        marked = event(id="marked", date="2000-06-01")
        day = event(
            id="day", date="1998-05-01", until="1998-05-03", marks=marked, yearly=True
        )
        found = entries(day, first_year=1998, last_year=2000)
        assert [span(each) for each in found] == [
            ("1998-05-01", "1998-05-04"),
            ("1999-05-01", "1999-05-02"),
            ("2000-05-01", "2000-05-02"),
            ("2000-06-01", "2000-06-02"),
        ]


class TestMonthDates:
    @pytest.mark.parametrize(
        ("date", "year", "days"),
        [
            ("2000-05", 2027, ("2027-05-01", "2027-06-01")),
            ("2000-12", 2027, ("2027-12-01", "2028-01-01")),
            ("2000-02", 2027, ("2027-02-01", "2027-03-01")),
            ("2000-02", 2028, ("2028-02-01", "2028-03-01")),
            ("2000-05", 2000, ("2000-05-01", "2000-06-01")),
        ],
    )
    def test_entry_is_as_long_as_the_month(
        self, date: str, year: int, days: tuple[str, str]
    ) -> None:
        """
        An event known to the month is one entry from its first day to its last.
        """
        assert span(in_year(year, event(date=date))) == days

    def test_entry_may_be_the_first_day(self) -> None:
        """
        With `month_dates="first-day"` it is an entry on the first of the month.
        """
        entry = in_year(2027, event(date="2000-05"), month_dates="first-day")
        assert span(entry) == ("2027-05-01", "2027-05-02")

    @pytest.mark.parametrize("until", ["2000-05-20", "2000-06-02", "2000-05", "2000"])
    def test_first_day_is_one_day_whenever_it_ended(self, until: str) -> None:
        """
        With `month_dates="first-day"` the event itself is one day as well.
        """
        began = event(date="2000-05", until=until)
        entry = in_year(2000, began, month_dates="first-day")
        assert span(entry) == ("2000-05-01", "2000-05-02")

    def test_month_of_the_event_itself_is_that_of_its_beginning(self) -> None:
        """
        An event of several months is shown in the first.
        """
        entry = in_year(2000, event(date="2000-05", until="2000-07"))
        assert span(entry) == ("2000-05-01", "2000-06-01")

    @pytest.mark.parametrize("month_dates", ["month", "first-day"])
    def test_title_says_that_the_day_is_not_known(self, month_dates: str) -> None:
        """
        The title says that the day is not known, in the month and on its first day.
        """
        entry = in_year(2027, event(date="2000-05"), month_dates=month_dates)
        told = "27th anniversary: It began (May 2000, day not known)"
        assert str(entry["SUMMARY"]) == told

    def test_entry_may_be_left_out_and_that_is_told(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        """
        With `month_dates="skip"` there is no entry, and the log names the event.
        """
        vague, known = event(id="vague", date="2000-05"), event()
        found = entries(vague, known, month_dates="skip")
        assert {each["UID"][:8] for each in found} == {"it-began"}
        assert caplog.record_tuples == [
            (
                "tjun.formats.ics",
                logging.WARNING,
                "Left out, known only to the month, and --month-dates is skip: vague.",
            )
        ]

    def test_leaving_one_out_leaves_the_later_ones(self) -> None:
        """
        An event without a day that is left out takes no other with it.
        """
        found = entries(
            event(id="may", date="2000-05"),
            event(id="june", date="2000-06-01"),
            first_year=2027,
            last_year=2027,
            month_dates="skip",
        )
        assert [str(each["UID"]) for each in found] == ["june-2027@tjun"]


class TestLeapDay:
    @pytest.mark.parametrize(
        ("leap_day", "days"),
        [
            ({}, ["2027-02-28", "2028-02-29", "2029-02-28"]),
            ({"leap_day": "feb28"}, ["2027-02-28", "2028-02-29", "2029-02-28"]),
            ({"leap_day": "mar1"}, ["2027-03-01", "2028-02-29", "2029-03-01"]),
            ({"leap_day": "skip"}, ["2028-02-29"]),
        ],
    )
    def test_falls_where_it_is_told_to(
        self, leap_day: dict[str, str], days: list[str]
    ) -> None:
        """
        In common years 29 February is kept the day before, the day after or never.
        """
        began = event(date="1996-02-29")
        found = entries(began, first_year=2027, last_year=2029, **leap_day)
        assert [span(each)[0] for each in found] == days

    def test_end_is_the_day_after_that_day(self) -> None:
        """
        Each such entry ends on the day after its own.
        """
        found = entries(event(date="1996-02-29"), first_year=2027, last_year=2028)
        assert [span(each)[1] for each in found] == ["2027-03-01", "2028-03-01"]


class TestLeftOut:
    def test_event_known_to_the_year_is_told_of(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        """
        An event known to the year has no entry, and the log says which and why.
        """
        vague = [event(id="one", date="2000"), event(id="two", date="2001")]
        assert entries(*vague) == []
        assert [record.getMessage() for record in caplog.records] == [
            "Left out, known only to the year: one, two."
        ]
        assert caplog.records[0].name == "tjun.formats.ics"
        assert caplog.records[0].levelno == logging.WARNING

    def test_lists_ids_by_reason(self) -> None:
        """
        Events without a day are listed by id under the reason they are left out.
        """
        events = [
            event(id="year", date="2000"),
            event(id="month", date="2000-05"),
            event(id="other-year", date="2001"),
            event(id="day"),
        ]
        assert left_out(events, IcsOptions(month_dates="skip")) == {
            "known only to the year": ["year", "other-year"],
            "known only to the month, and --month-dates is skip": ["month"],
        }
        assert left_out(events, IcsOptions()) == {
            "known only to the year": ["year", "other-year"],
        }

    def test_nothing_is_told_where_nothing_is_left_out(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        """
        A calendar that leaves nothing out warns of nothing.
        """
        octets(event())
        assert caplog.records == []

    @pytest.mark.parametrize(
        ("last_year", "told"),
        [
            (2027, "1 entry for the years 2027 to 2027."),
            (2028, "2 entries for the years 2027 to 2028."),
        ],
    )
    def test_number_of_entries_is_told_to_who_asks(
        self, last_year: int, told: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        """
        The number of entries and the years are logged as information.
        """
        caplog.set_level(logging.INFO, logger="tjun.formats.ics")
        octets(event(), first_year=2027, last_year=last_year)
        assert [record.getMessage() for record in caplog.records] == [told]


class TestTooMuch:
    @pytest.mark.parametrize(("last_year", "warned"), [(2999, False), (3000, True)])
    def test_more_than_a_thousand_entries_are_warned_of(
        self, last_year: int, warned: bool, caplog: pytest.LogCaptureFixture
    ) -> None:
        """
        Above 1,000 entries the log says so and names each option that makes it fewer.
        """
        began = event(date="1990-03-02")
        data = octets(began, first_year=2000, last_year=last_year)
        assert len(data) < 900_000
        told = [record.getMessage() for record in caplog.records]
        warning = (
            f"1001 entries in {len(data) // 1000} kB: Google Calendar reads about"
            " 1,000 entries and 1 MB, and drops the rest. Make it smaller with"
            " --every 5, --first-year, --last-year, --area, --kind or --mission."
        )
        assert told == [warning] * warned

    @pytest.mark.parametrize(("length", "warned"), [(70_000, False), (80_000, True)])
    def test_more_than_900_kilobytes_are_warned_of(
        self, length: int, warned: bool, caplog: pytest.LogCaptureFixture
    ) -> None:
        """
        Above 900 kB the log says so, however few the entries are.
        """
        data = octets(event(description="x" * length))
        assert (len(data) > 900_000) is warned
        told = [record.getMessage().split(":")[0] for record in caplog.records]
        assert told == [f"12 entries in {len(data) // 1000} kB"] * warned

    @pytest.mark.parametrize(
        ("entries", "octets", "warned"),
        [(1_000, 900_000, 0), (1_001, 1, 1), (1, 900_001, 1)],
    )
    def test_the_limits_themselves_are_borne(
        self, entries: int, octets: int, warned: int, caplog: pytest.LogCaptureFixture
    ) -> None:
        """
        A thousand entries and 900,000 octets are not too much, one more of either is.
        """
        _tell(entries, octets, (2026, 2027), {})
        assert len(caplog.records) == warned


class TestSummary:
    @pytest.mark.parametrize(
        ("year", "language", "title"),
        [
            (1992, "en", "It began"),
            (1993, "en", "1st anniversary: It began (1992)"),
            (2103, "en", "111th anniversary: It began (1992)"),
            (2027, "en", "35th anniversary: It began (1992)"),
            (2027, "ru", "35-я годовщина: Началось (1992)"),
            (2027, "tg", "35-солагӣ: Оғоз шуд (1992)"),
        ],
    )
    def test_says_which_anniversary_it_is(
        self, year: int, language: str, title: str
    ) -> None:
        """
        The title has the number of the anniversary, and the event itself has none.
        """
        words = Text(en="It began", ru="Началось", tg="Оғоз шуд")
        entry = in_year(year, event(title=words), language=language)
        assert str(entry["SUMMARY"]) == title

    def test_yearly_observance_has_its_plain_title(self) -> None:
        """
        An observance kept every year goes by its own title.
        """
        entry = in_year(2027, event(title="Water Day", yearly=True))
        assert str(entry["SUMMARY"]) == "Water Day"

    def test_observance_of_an_events_day_is_one_entry_with_it(self) -> None:
        """
        The bundled record's membership and its day are one entry a year.
        """
        record = tjun.load()
        both = [record.events[i] for i in ("tajikistan-joins-un", "un-accession-day")]
        entry = in_year(2027, *both)
        assert entry["UID"] == "tajikistan-joins-un-2027@tjun"
        title = "35th anniversary: Tajikistan joins the United Nations (1992)"
        assert str(entry["SUMMARY"]) == title

    def test_observance_alone_says_the_number(self) -> None:
        """
        An observance on another day than what it marks says the number behind.
        """
        day = event(
            id="day", title="The Day", date="2000-06-05", yearly=True, marks=event()
        )
        found = entries(day, event(), first_year=2027, last_year=2027)
        assert str(found[1]["SUMMARY"]) == "The Day (35th anniversary)"

    @pytest.mark.parametrize(
        "gap", ["\n", "\r\n", "\r", "\n\n", "\t", "\x85", "\u2028", "\u2029"]
    )
    def test_is_one_line(self, gap: str) -> None:
        """
        A line break or a tab in a title is a blank in the calendar.
        """
        data = octets(event(title=f"It{gap}began"), first_year=1992, last_year=1992)
        assert values(data, "SUMMARY") == ["It began"]

    @pytest.mark.parametrize(
        ("title", "summary"),
        [
            ("x" * 255, "x" * 255),
            ("x" * 256, "x" * 254 + "…"),
            ("ҷ" * 255, "ҷ" * 255),
            ("ҷ" * 400, "ҷ" * 254 + "…"),
            ("😀" * 127 + "x", "😀" * 127 + "x"),
            ("😀" * 128, "😀" * 127 + "…"),
            ("x" + "😀" * 128, "x" + "😀" * 126 + "…"),
        ],
    )
    def test_is_cut_where_outlook_would(self, title: str, summary: str) -> None:
        """
        A title above 255 units of UTF-16 is cut at a whole character, with an ellipsis.
        """
        entry = in_year(1992, event(title=title))
        assert str(entry["SUMMARY"]) == summary
        assert utf16_units(summary) <= 255

    def test_number_stays_where_a_title_is_cut(self) -> None:
        """
        What is cut off is the end, so the number of the anniversary stays.
        """
        summary = str(in_year(2027, event(title="x" * 300))["SUMMARY"])
        assert summary.startswith("35th anniversary: xxx")
        assert len(summary) == 255


class TestDescription:
    def test_says_what_happened_where_and_by_whom(self) -> None:
        """
        The description has what happened, the areas, and each source's date and page.
        """
        began = event(
            description="A thing began.",
            areas=[WATER, PEACE],
            citations=[
                Citation(source=WORLD, date="1992-03-02"),
                Citation(source=DECREE),
            ],
        )
        assert str(in_year(2027, began)["DESCRIPTION"]) == (
            "A thing began.\n\n"
            "Area: Water, Peace, and stability\n\n"
            "Sources:\n"
            "- World News: 2 March 1992. https://example.org/w\n"
            "- Government, No. 5; 1992: no date"
        )

    def test_says_who_gives_which_date_where_sources_differ(self) -> None:
        """
        A disputed date is said to be one, with what each source gives.
        """
        began = event(
            citations=[
                Citation(source=WORLD, date="1992-03-02"),
                Citation(
                    source=DECREE,
                    date="1992-04",
                    until="1992-05-07",
                    verified=False,
                ),
            ],
        )
        assert str(in_year(2027, began)["DESCRIPTION"]) == (
            "It began\n\n"
            "Sources differ on the date:\n"
            "- World News: 2 March 1992. https://example.org/w\n"
            "- Government, No. 5; 1992: April 1992 – 7 May 1992, not verified"
        )

    def test_says_that_it_is_only_announced(self) -> None:
        """
        An announced event is said to be so, with its days.
        """
        coming = event(date="2028-05-25", until="2028-05-28", status="announced")
        told = str(in_year(2028, coming)["DESCRIPTION"])
        assert told.split("\n\n")[1] == "25–28 May 2028: announced"

    def test_is_in_the_language_asked_for(self) -> None:
        """
        Words, areas and dates are in the language asked for.
        """
        began = event(
            description=Text(en="It.", ru="Это."),
            areas=[WATER],
            citations=[Citation(source=WORLD, date="1992-03-02")],
        )
        assert str(in_year(2027, began, language="ru")["DESCRIPTION"]) == (
            "Это.\n\n"
            "Направление: Вода\n\n"
            "Источники:\n"
            "- World News: 2 марта 1992. https://example.org/w"
        )

    def test_is_the_only_form_of_the_words(self) -> None:
        """
        The words stand as plain text and in no other form.
        """
        data = octets(event(description="<b>Bold</b> & more"))
        words = "<b>Bold</b> & more\\n\\nSources:\\n- World News: no date."
        told = {f"{words} https://example.org/w"}
        assert set(values(data, "DESCRIPTION")[1:]) == told
        assert values(data, "X-ALT-DESC") == []
        assert b"ALTREP" not in data

    def test_says_what_is_announced_and_unverified_in_the_language(self) -> None:
        """
        Days, and what is said of them, are in the language asked for.
        """
        coming = event(
            date="2028-05-25",
            until="2028-05-28",
            status="announced",
            citations=[Citation(source=WORLD, verified=False)],
        )
        told = str(in_year(2028, coming, language="ru")["DESCRIPTION"])
        when, *_, cited = told.split("\n\n")[1:]
        spelt = "25–28 мая 2028"
        assert when == f"{spelt}: {find_language('ru').label('announced')}"
        assert find_language("ru").label("not_verified") in cited
        assert find_language("ru").label("not_verified") != find_language("en").label(
            "not_verified"
        )


class TestUrl:
    def cited(self, *verified: bool) -> Event:
        citations = [
            Citation(
                source=Source(
                    id=f"s{number}",
                    title="S",
                    publisher="P",
                    url=f"https://example.org/{number}?a=1,2;b",
                ),
                verified=each,
            )
            for number, each in enumerate(verified)
        ]
        return event(citations=[Citation(source=DECREE), *citations])

    @pytest.mark.parametrize(
        ("verified", "best"),
        [
            ((True, True), 0),
            ((False, True, True), 1),
            ((False, False), 0),
        ],
    )
    def test_is_the_best_sources_address(
        self, verified: tuple[bool, ...], best: int
    ) -> None:
        """
        The address is that of the first verified source with one, else of the first.
        """
        data = octets(self.cited(*verified), first_year=2027, last_year=2027)
        assert values(data, "URL") == [f"https://example.org/{best}?a=1,2;b"]

    def test_is_missing_where_no_source_has_one(self) -> None:
        """
        An event whose sources have no address has no `URL`.
        """
        assert values(octets(self.cited()), "URL") == []


class TestCategories:
    @pytest.mark.parametrize(
        ("year", "categories"),
        [
            (1992, ["Water", "Peace, and stability"]),
            (1996, ["Water", "Peace, and stability"]),
            (1997, ["Water", "Peace, and stability", "JUBILEE"]),
            (2027, ["Water", "Peace, and stability", "JUBILEE"]),
            (2028, ["Water", "Peace, and stability"]),
        ],
    )
    def test_are_the_areas_and_the_jubilee(
        self, year: int, categories: list[str]
    ) -> None:
        """
        The categories are the areas, and `JUBILEE` where the number is a multiple of 5.
        """
        entry = in_year(year, event(areas=[WATER, PEACE]))
        assert [str(each) for each in entry["CATEGORIES"].cats] == categories

    def test_of_an_event_without_areas_are_the_jubilee_alone(self) -> None:
        """
        Without areas there is `JUBILEE` in jubilees and no category in other years.
        """
        found = entries(event(), first_year=2026, last_year=2027)
        assert "CATEGORIES" not in found[0]
        assert [str(each) for each in found[1]["CATEGORIES"].cats] == ["JUBILEE"]

    def test_are_in_the_language_asked_for(self) -> None:
        """
        An area's name is in the language asked for.
        """
        entry = in_year(2026, event(areas=[WATER]), language="tg")
        assert [str(each) for each in entry["CATEGORIES"].cats] == ["Об"]


class TestFlags:
    def test_nobody_is_busy(self) -> None:
        """
        Each entry is transparent, free for Outlook, and public.
        """
        entry = in_year(2027, event())
        assert entry["TRANSP"] == "TRANSPARENT"
        assert entry["X-MICROSOFT-CDO-BUSYSTATUS"] == "FREE"
        assert entry["CLASS"] == "PUBLIC"

    @pytest.mark.parametrize(
        ("status", "year", "flag"),
        [
            ("announced", 2028, "TENTATIVE"),
            ("held", 2028, "CONFIRMED"),
            ("held", 2029, "CONFIRMED"),
        ],
    )
    def test_only_what_is_announced_is_tentative(
        self, status: str, year: int, flag: str
    ) -> None:
        """
        An event that is only announced is tentative, and everything else confirmed.
        """
        entry = in_year(year, event(date="2028-05-25", status=status))
        assert entry["STATUS"] == flag

    def test_observance_that_is_announced_is_tentative_whatever_its_number(
        self,
    ) -> None:
        """
        An observance announced for its first year is tentative, though it has a number.
        """
        day = event(
            id="day", date="2028-06-05", yearly=True, marks=event(), status="announced"
        )
        found = entries(day, first_year=2028, last_year=2028)
        assert [(str(each["SUMMARY"]), each["STATUS"]) for each in found] == [
            ("36th anniversary: It began (1992)", "CONFIRMED"),
            ("It began (36th anniversary)", "TENTATIVE"),
        ]

    def test_what_is_announced_has_no_anniversary_yet(self) -> None:
        """
        An announced event has one entry, that of its own year.
        """
        coming = event(date="2028-05-25", status="announced")
        found = entries(coming, first_year=2027, last_year=2036)
        assert [each["DTSTART"].dt.year for each in found] == [2028]


class TestAlarm:
    def test_there_is_none_unless_asked_for(self) -> None:
        """
        Without `alarm_days` no entry has an alarm.
        """
        assert b"VALARM" not in octets(event())

    @pytest.mark.parametrize("days", [0, 1, 14])
    def test_rings_so_many_days_before(self, days: int) -> None:
        """
        With `alarm_days`, 0 too, an alarm shows the title so many days before.
        """
        (alarm,) = in_year(2027, event(title="It\nbegan"), alarm_days=days).walk(
            "VALARM"
        )
        assert alarm["ACTION"] == "DISPLAY"
        assert str(alarm["DESCRIPTION"]) == "It began"
        assert alarm["TRIGGER"].dt == dt.timedelta(days=-days)

    def test_leaves_the_other_properties(self) -> None:
        """
        An entry with an alarm says all that it says without one.
        """
        (plain,), (ringing,) = (
            entries(event(), first_year=2027, last_year=2027, alarm_days=days)
            for days in (None, 1)
        )
        assert dict(ringing) == dict(plain)


class TestCalendar:
    def head(self, data: bytes) -> list[str]:
        lines = lines_of(data)
        return lines[: lines.index("BEGIN:VEVENT")]

    def test_says_what_it_is_before_the_first_entry(self) -> None:
        """
        Everything about the calendar stands before the first entry, once each.
        """
        cited = [Citation(source=WORLD), Citation(source=DECREE)]
        data = octets(event(citations=cited), title="Tajikistan")
        about = find_language("en").label("about", sources=2)
        assert self.head(data) == [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            f"PRODID:-//tjun//tjun {tjun.__version__}//EN",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
            "UID:anniversaries@tjun",
            "NAME:Tajikistan: anniversaries",
            "X-WR-CALNAME:Tajikistan: anniversaries",
            f"DESCRIPTION:{about}",
            f"X-WR-CALDESC:{about}",
            "REFRESH-INTERVAL;VALUE=DURATION:P1D",
            "X-PUBLISHED-TTL:P1D",
        ]

    def test_says_nothing_after_the_last_entry(self) -> None:
        """
        After the last entry there is nothing but the calendar's end.
        """
        data = octets(event())
        assert data.endswith(b"END:VEVENT\r\nEND:VCALENDAR\r\n")
        assert data.count(b"END:VCALENDAR") == 1

    def test_only_entries_stand_between(self) -> None:
        """
        Between the head and the end every line belongs to an entry.
        """
        body = octets(event(), event(id="another")).split(b"BEGIN:VEVENT\r\n")[1:]
        *first, last = body
        assert all(each.endswith(b"END:VEVENT\r\n") for each in first)
        assert last.endswith(b"END:VEVENT\r\nEND:VCALENDAR\r\n")

    @pytest.mark.parametrize(
        ("language", "name"),
        [
            ("en", "Tajikistan: anniversaries"),
            ("ru", "Таджикистан: годовщины"),
            ("tg", "Тоҷикистон: солгардҳо"),
        ],
    )
    def test_is_called_after_the_record(self, language: str, name: str) -> None:
        """
        The name is the record's title and what it holds, in the language asked for.
        """
        title = Text(en="Tajikistan", ru="Таджикистан", tg="Тоҷикистон")
        data = octets(event(), title=title, language=language)
        assert values(data, "NAME") == values(data, "X-WR-CALNAME") == [name]
        assert values(data, "PRODID")[0].endswith(f"//{language.upper()}")

    @pytest.mark.parametrize(
        ("language", "name"),
        [("en", "Anniversaries"), ("ru", "Годовщины"), ("tg", "Солгардҳо")],
    )
    def test_of_a_record_without_title_says_what_it_holds(
        self, language: str, name: str
    ) -> None:
        """
        A record without a title gives a calendar called Anniversaries.
        """
        assert values(octets(event(), language=language), "NAME") == [name]

    def test_is_called_as_asked(self) -> None:
        """
        With `name` the calendar is called so, in both properties.
        """
        data = octets(event(), title="Tajikistan", name="Ours; and, yours")
        assert values(data, "NAME") == ["Ours\\; and\\, yours"]
        assert values(data, "X-WR-CALNAME") == ["Ours\\; and\\, yours"]

    def test_names_its_address(self) -> None:
        """
        With `feed_url` the head has it as `SOURCE`, and otherwise has none.
        """
        address = "https://example.org/feed.ics?a=1,2;b=3"
        head = self.head(octets(event(), feed_url=address))
        assert f"SOURCE;VALUE=URI:{address}" in head
        assert values(octets(event()), "SOURCE") == []

    def test_uid_is_fixed(self) -> None:
        """
        The calendar's own UID depends on neither the record nor the language.
        """
        one = octets(event(), language="ru", title="A")
        other = octets(event(id="other"), title="B")
        assert values(one, "UID")[0] == values(other, "UID")[0] == "anniversaries@tjun"

    @pytest.mark.parametrize(("count", "wrong"), [(1, "1 sources"), (2, "2 source ")])
    def test_counts_its_sources_in_good_english(self, count: int, wrong: str) -> None:
        """
        The calendar's description says how many sources there are, in good English.
        """
        cited = [Citation(source=WORLD), Citation(source=DECREE)][:count]
        (told,) = values(octets(event(citations=cited)), "X-WR-CALDESC")
        assert re.search(rf"\b{count}\b", told)
        assert wrong not in told

    def test_tells_what_it_is_in_the_language(self) -> None:
        """
        The words about the calendar are in the language asked for, with its sources.
        """
        about = find_language("ru").label("about", sources=1)
        data = octets(event(), language="ru")
        assert icalendar.Calendar.from_ical(data)["DESCRIPTION"] == about

    def test_uid_of_a_feed_is_its_own(self) -> None:
        """
        Two addresses are two calendars, each of which stays the same one.
        """
        one, other = (f"https://example.org/{name}.ics" for name in ("one", "other"))
        uids = [values(octets(feed_url=url), "UID")[0] for url in (one, other, one)]
        assert uids[0] == uids[2]
        assert len({*uids, values(octets(), "UID")[0]}) == 3


class TestNever:
    def test_is_there_a_byte_order_mark(self, data: bytes) -> None:
        """
        The first octets are those of `BEGIN:VCALENDAR`.
        """
        assert data.startswith(b"BEGIN:VCALENDAR\r\n")
        assert b"\xef\xbb\xbf" not in data

    def test_is_a_colon_escaped(self) -> None:
        """
        A colon in a text stands as it is.
        """
        colons = CooperationArea(id="a", name="One: two")
        data = octets(event(title="A: b", description="C: d", areas=[colons]))
        assert b"\\:" not in data
        assert values(data, "CATEGORIES")[0].startswith("One: two")

    def test_is_a_character_or_a_line_too_long_or_cut(self, data: bytes) -> None:
        """
        Every line is valid UTF-8 by itself and has at most 75 octets.
        """
        for line in data.split(b"\r\n"):
            line.decode()
            assert len(line) <= 75

    def test_does_a_fold_cut_an_escape(self, data: bytes) -> None:
        """
        No line ends with a backslash whose escape goes on below.
        """
        text = octets(event(description="\\,;\n" * 300))
        for each in (data, text):
            ends = re.findall(rb"(\\+)\r\n ", each)
            assert all(len(end) % 2 == 0 for end in ends)

    def test_is_there_another_line_break(self, data: bytes) -> None:
        """
        Every line ends with a carriage return and a line feed, and has neither inside.
        """
        assert data.endswith(b"\r\n")
        rest = data.replace(b"\r\n", b"")
        assert b"\r" not in rest
        assert b"\n" not in rest

    @pytest.mark.parametrize(
        "name", ["LINK", "RRULE", "RDATE", "RECURRENCE-ID", "TZID", "DURATION"]
    )
    def test_is_there_what_clients_do_not_read(self, name: str, data: bytes) -> None:
        """
        What some clients stumble over does not stand in the calendar.
        """
        assert values(data, name) == []

    def test_are_there_properties_nobody_meant(self, data: bytes) -> None:
        """
        An entry has the properties that are meant, each once.
        """
        entry = icalendar.Calendar.from_ical(data).events[-1]
        allowed = [
            "UID",
            "DTSTART",
            "DTEND",
            "SUMMARY",
            "DTSTAMP",
            "LAST-MODIFIED",
            "SEQUENCE",
            "DESCRIPTION",
            "URL",
            "CATEGORIES",
            "CLASS",
            "STATUS",
            "TRANSP",
            "X-MICROSOFT-CDO-BUSYSTATUS",
        ]
        assert set(entry) <= set(allowed)
        assert not any(isinstance(entry[name], list) for name in entry)


class TestControlCharacters:
    @pytest.mark.parametrize(
        ("given", "what"),
        [
            ({"title": "a\x00b"}, "the title of it-began"),
            ({"title": Text(en="a", ru="a\x07b")}, "the title of it-began"),
            ({"description": "a\x1bb"}, "the description of it-began"),
            (
                {"areas": [CooperationArea(id="water", name="W\x7f")]},
                "the name of the area water",
            ),
            ({"citations": [sourced(title="T\x03")]}, "the source s"),
            ({"citations": [sourced(publisher="P\x01")]}, "the source s"),
            ({"citations": [sourced(symbol="S\x02")]}, "the source s"),
        ],
    )
    def test_are_refused_by_name(self, given: dict[str, Any], what: str) -> None:
        """
        A control character is refused with what has it, which one, and the remedy.
        """
        with pytest.raises(ExportError) as caught:
            octets(event(**given), language="ru")
        assert caught.value.exporter == "ics"
        assert re.fullmatch(
            rf"{what} has the control character '\\x..', which RFC 5545 forbids;"
            " take it out of the record",
            caught.value.reason,
        )

    def test_in_the_calendars_name_are_refused(self) -> None:
        """
        A control character in the record's title is refused.
        """
        with pytest.raises(ExportError, match="the name of the calendar has the"):
            octets(event(), title="a\x00b")

    def test_in_another_language_do_no_harm(self) -> None:
        """
        What is not written is not looked at.
        """
        title = Text(en="It began", ru="a\x07b")
        assert str(in_year(1992, event(title=title))["SUMMARY"]) == "It began"


class TestSameOctets:
    def test_come_from_the_same_record(self) -> None:
        """
        The same record gives the same octets, in whatever order it was put together.
        """
        one = event(areas=[WATER, PEACE])
        other = event(id="other", date="1991-01-01")
        assert octets(one, other) == octets(one, other) == octets(other, one)

    def test_come_in_any_surroundings(self) -> None:
        """
        Hash seed, time zone and locale change no octet.
        """
        program = (
            "import sys, datetime, tjun\n"
            "day = datetime.date(2026, 11, 23)\n"
            "data = tjun.export(tjun.load(), 'ics', today=day, alarm_days=2)\n"
            "sys.stdout.buffer.write(data)\n"
        )
        surroundings = [
            {"PYTHONHASHSEED": "0", "TZ": "UTC", "LANG": "C", "LC_ALL": "C"},
            {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LANG": "C.UTF-8"},
            {"PYTHONHASHSEED": "2", "TZ": "America/Adak", "LC_ALL": "POSIX"},
        ]
        made = [
            subprocess.run(
                [sys.executable, "-c", program],
                env={**os.environ, **each},
                check=True,
                stdout=subprocess.PIPE,
            ).stdout
            for each in surroundings
        ]
        assert made[0].count(b"BEGIN:VEVENT") > 100
        assert made[0] == made[1] == made[2]


class TestRender:
    def test_yields_an_entry_at_a_time(self) -> None:
        """
        The head, each entry and the end are pieces of their own.
        """
        request = ExportRequest(
            chronology=Chronology(events=[event()]),
            options=IcsOptions(first_year=2027, last_year=2028),
            today=TODAY,
        )
        pieces = list(ICS.render(request))
        assert len(pieces) == 4
        assert [piece[:12] for piece in pieces] == [
            b"BEGIN:VCALEN",
            b"BEGIN:VEVENT",
            b"BEGIN:VEVENT",
            b"END:VCALENDA",
        ]

    @settings(max_examples=60)
    @given(
        st.text(
            st.one_of(
                st.sampled_from("\\;,:nN^\n\r\"' aяҷ😀"),
                st.characters(exclude_categories=["Cs", "Cc"]),
            ),
            min_size=1,
            max_size=200,
        ).filter(lambda text: not text.isspace())
    )
    def test_any_words_come_back(self, words: str) -> None:
        """
        Any words put into every text field are read back as they were.
        """
        area = CooperationArea(id="a", name=words)
        source = Source(id="s", title=words, publisher=words, symbol=words)
        began = event(
            title=words,
            description=words,
            areas=[area],
            citations=[Citation(source=source, says=words)],
        )
        entry = in_year(1992, began, title=words)
        told = f"{words}\n\nArea: {words}\n\nSources:\n- {words}, {words}: no date"
        meant = told.replace("\r\n", "\n").replace("\r", "\n")
        assert str(entry["DESCRIPTION"]) == meant
        line = str(entry["SUMMARY"])
        assert "\n" not in line
        assert line.split() == words.split()


class TestOptions:
    @pytest.mark.parametrize(
        ("given", "message"),
        [
            ({"first_year": 0}, "expected a first-year from 1 to 9998, got 0"),
            ({"first_year": 9999}, "expected a first-year from 1 to 9998, got 9999"),
            ({"last_year": -1}, "expected a last-year from 1 to 9998, got -1"),
            (
                {"first_year": 2027, "last_year": 2026},
                "expected a last-year from 2027, the first-year, got 2026",
            ),
            ({"every": 0}, "expected every to be at least 1, got 0"),
            ({"alarm_days": -1}, "expected alarm-days to be at least 0, got -1"),
            ({"name": " "}, "expected a string for name that is not blank, got ' '"),
            (
                {"feed_url": "ftp://example.org"},
                "expected an http or https address, got 'ftp://example.org'",
            ),
            (
                {"feed_url": "https://example.org/\r\nX:1"},
                r"expected an http or https address, got 'https://example.org/\\r\\nX:1'",
            ),
        ],
    )
    def test_nonsense_is_refused(self, given: dict[str, Any], message: str) -> None:
        """
        A year, a number, a name or an address that nobody can mean is refused.
        """
        message = message.replace("\\\\", "\\")
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            IcsOptions(**given)

    def test_one_year_is_a_span(self) -> None:
        """
        The last year may be the first.
        """
        assert IcsOptions(first_year=2027, last_year=2027).years(TODAY) == (2027, 2027)

    def test_the_first_year_there_is_may_be_asked_for(self) -> None:
        """
        The calendar has a year 1, and its last year is 9998.
        """
        assert IcsOptions(first_year=1, last_year=9998).years(TODAY) == (1, 9998)

    def test_a_number_has_its_least(self) -> None:
        """
        The least number is taken, one below it is refused by name, and none is none.
        """

        @attrs.frozen
        class Sample:
            so_many: int | None = attrs.field(default=None, validator=_at_least(3))

        assert [Sample(each).so_many for each in (None, 3, 4)] == [None, 3, 4]
        told = r"^expected so-many to be at least 3, got 2$"
        with pytest.raises(ValueError, match=told):
            Sample(2)
