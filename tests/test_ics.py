import datetime as dt
import inspect
import logging
import re
from collections.abc import Callable
from typing import Any

import attrs
import icalendar
import pytest
from clients.calendars import Case
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import chronologies

import tjun
from tjun import (
    Anniversary,
    Chronology,
    Citation,
    CooperationArea,
    Event,
    ExportError,
    ExportRequest,
    Source,
    Text,
)
from tjun.exchange.options import bind
from tjun.formats.ics import ICS, IcsOptions
from tjun.formats.ics.contentlines import utf16_length
from tjun.formats.ics.report import report

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
        "major": True,
    }
    return Event(**{**usual, **given})


def exported(*events: Event, title: Text | str | None = None, **given: Any) -> bytes:
    record = Chronology(events=events, title=title)
    return tjun.export(record, "ics", **{"today": TODAY, **given})


def lines_of(data: bytes) -> list[str]:
    return data.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def values(data: bytes, name: str) -> list[str]:
    pairs = (line.split(":", 1) for line in lines_of(data))
    return [pair[1] for pair in pairs if pair[0].split(";")[0] == name]


def entries(*events: Event, **given: Any) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(exported(*events, **given)).events


def in_year(year: int, *events: Event, **given: Any) -> icalendar.Event:
    found = entries(*events, first_year=year, last_year=year, **given)
    (entry,) = (each for each in found if each["UID"].startswith(events[0].id))
    return entry


def years_of(found: list[icalendar.Event]) -> list[int]:
    return [entry["DTSTART"].dt.year for entry in found]


def span(entry: icalendar.Event) -> tuple[str, str]:
    return str(entry["DTSTART"].dt), str(entry["DTEND"].dt)


def request(*events: Event, **given: Any) -> ExportRequest[IcsOptions]:
    return ExportRequest(
        chronology=Chronology(events=events),
        options=given.pop("options", IcsOptions()),
        today=TODAY,
        exporter="ics",
        **given,
    )


def notes(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [each.getMessage() for each in caplog.records if each.name == "tjun"]


@pytest.fixture
def noted(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """
    Return the messages for the user.
    """
    caplog.set_level(logging.INFO, logger="tjun")
    return lambda: notes(caplog)


@pytest.fixture(scope="module")
def data() -> bytes:
    return tjun.export(
        tjun.load(),
        "ics",
        today=TODAY,
        language="ru",
        alarm_days=1,
        feed_url="https://example.org/feed.ics",
        page_url="https://example.org/un",
    )


class TestYears:
    def test_are_this_year_and_the_next_ten(self) -> None:
        """
        By default there is an entry for this year and for each of the next ten.
        """
        assert years_of(entries(event())) == list(range(2026, 2037))

    @pytest.mark.parametrize(
        ("options", "today", "years"),
        [
            ({}, "2026-11-23", (2026, 2036)),
            ({"first_year": 2030}, "2026-11-23", (2030, 2040)),
            ({"first_year": 2030}, "1999-01-01", (2030, 2040)),
            ({"last_year": 2030}, "2026-11-23", (2026, 2030)),
            ({"last_year": 2000}, "2026-11-23", (2000, 2000)),
            ({"first_year": 1992, "last_year": 2100}, "2026-11-23", (1992, 2100)),
            ({"first_year": 9998}, "2026-11-23", (9998, 9998)),
            ({}, "9999-12-31", (9998, 9998)),
            ({}, "0001-01-01", (1, 11)),
        ],
    )
    def test_depend_on_the_options_and_today(
        self, options: dict[str, int], today: str, years: tuple[int, int]
    ) -> None:
        """
        Without a last year there are eleven years, of which none is after 9998.
        """
        assert IcsOptions(**options).years(dt.date.fromisoformat(today)) == years

    def test_include_the_first_and_the_last(self) -> None:
        """
        Both the first and the last year have entries.
        """
        found = entries(event(), first_year=2030, last_year=2032)
        assert years_of(found) == [2030, 2031, 2032]

    def test_begin_with_the_event_itself(self) -> None:
        """
        The event itself is the first entry if it is in the period.
        """
        found = entries(event(), first_year=1990, last_year=1993)
        assert [str(each["SUMMARY"]) for each in found] == [
            "It began",
            "1st anniversary: It began (1992)",
        ]

    def test_have_no_recurring_entries(self) -> None:
        """
        No entry has a recurrence rule, a list of dates or an override.
        """
        data = exported(event(), event(id="day", yearly=True))
        for name in ("RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID"):
            assert values(data, name) == []

    def test_are_in_order(self) -> None:
        """
        Entries are ordered by day, whatever the order of the events.
        """
        first, second = event(), event(id="a-later", date="1990-12-31")
        found = entries(second, first, first_year=2030, last_year=2031)
        days = [each["DTSTART"].dt for each in found]
        assert days == sorted(days)
        assert len(days) == 4


class TestMinor:
    @pytest.mark.parametrize(
        ("options", "years"),
        [
            ({}, [2027, 2032]),
            ({"minor": "jubilees"}, [2027, 2032]),
            ({"minor": "all"}, list(range(2026, 2037))),
        ],
    )
    def test_decides_on_the_years_of_minor_events(
        self, options: dict[str, str], years: list[int]
    ) -> None:
        """
        An event that is not major has entries on jubilees only, or every year.
        """
        assert years_of(entries(event(major=False), **options)) == years

    def test_none_leaves_major_events_and_observances(self) -> None:
        """
        Without minor anniversaries only major events and observances have entries.
        """
        found = entries(
            event(major=False, id="minor"),
            event(),
            event(id="day", date="1992-04-02", yearly=True, major=False),
            minor="none",
            first_year=2027,
            last_year=2027,
        )
        assert [str(each["UID"]) for each in found] == [
            "it-began-2027@tjun",
            "day-2027@tjun",
        ]

    def test_includes_a_future_event_itself(self) -> None:
        """
        A minor event that takes place in the period has an entry in any case.
        """
        coming = event(major=False, date="2028-05-25", status="announced")
        assert years_of(entries(coming, minor="none")) == [2028]

    @pytest.mark.parametrize("major", [True, False])
    def test_every_includes_only_multiples(self, *, major: bool) -> None:
        """
        With `every=5` there are only multiples of five, of major events as well.
        """
        found = entries(event(major=major), every=5, first_year=1992, last_year=2004)
        assert years_of(found) == [1997, 2002]


class TestSolemn:
    def test_has_entries_on_multiples_of_five(self) -> None:
        """
        A solemn event has entries in the years of a minor one, even if it is major.
        """
        assert years_of(entries(event(solemn=True))) == [2027, 2032]

    @pytest.mark.parametrize(
        ("language", "title"),
        [
            ("en", "35 years ago: It began (1992)"),
            ("ru", "35 лет назад: It began (1992)"),
            ("tg", "35 сол пеш: It began (1992)"),
        ],
    )
    def test_is_not_called_an_anniversary(self, language: str, title: str) -> None:
        """
        The title says how many years ago it was, and there is no `JUBILEE`.
        """
        entry = in_year(2027, event(solemn=True), language=language)
        assert str(entry["SUMMARY"]) == title
        assert "CATEGORIES" not in entry


class TestUid:
    def test_is_the_id_and_the_year(self) -> None:
        """
        The UID consists of the event's id, the year of the entry and `@tjun`.
        """
        assert in_year(2027, event())["UID"] == "it-began-2027@tjun"

    def test_has_a_year_of_four_digits(self) -> None:
        """
        A year before 1000 has four digits in the UID and in the dates.
        """
        entry = in_year(900, event(date="0900-01-05"))
        assert entry["UID"] == "it-began-0900@tjun"
        assert span(entry) == ("0900-01-05", "0900-01-06")

    def test_does_not_depend_on_texts_or_other_years(self) -> None:
        """
        A corrected title, another date and other years do not change the UID.
        """
        old = in_year(2027, event())
        new = entries(event(title="Corrected", date="1992-04-01"), first_year=2020)[7]
        assert new["DTSTART"].dt.year == 2027
        assert new["UID"] == old["UID"]

    def test_is_unique(self) -> None:
        """
        No two entries of the bundled record have the same UID.
        """
        data = tjun.export(
            tjun.load(), "ics", first_year=2026, last_year=2036, minor="all"
        )
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
        data = exported(event(revised=revised), first_year=2027, last_year=2028)
        assert values(data, "DTSTAMP") == [stamp, stamp]
        assert values(data, "LAST-MODIFIED") == [stamp, stamp]

    def test_sequence_grows_with_each_revision(self) -> None:
        """
        A later revision has a larger `SEQUENCE`.
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
        assert in_year(2027, event(revised="1969-12-31"))["SEQUENCE"] == 0


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
    def test_end_on_the_next_day(
        self, date: str, year: int, days: tuple[str, str]
    ) -> None:
        """
        An entry lasts one day; its end, which is exclusive, is the next day.
        """
        assert span(in_year(year, event(date=date))) == days

    def test_have_no_time(self) -> None:
        """
        The start and the end are dates with the parameter `VALUE=DATE`.
        """
        lines = lines_of(exported(event(), first_year=2027, last_year=2027))
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
    def test_of_the_event_itself_are_all_of_its_days(
        self, until: str | None, end: str
    ) -> None:
        """
        The event itself lasts up to 31 days; if it is longer or vague, one day.
        """
        entry = in_year(2024, event(date="2024-06-10", until=until))
        assert span(entry) == ("2024-06-10", end)

    def test_of_an_event_may_continue_in_the_next_year(self) -> None:
        """
        An event that ends in the next year is one entry.
        """
        found = entries(
            event(date="2024-12-30", until="2025-01-02"),
            first_year=2024,
            last_year=2024,
        )
        assert [span(each) for each in found] == [("2024-12-30", "2025-01-03")]

    def test_of_an_anniversary_are_the_first_day(self) -> None:
        """
        The anniversary of an event of several days is on its first day.
        """
        entry = in_year(2025, event(date="2024-06-10", until="2024-06-13"))
        assert span(entry) == ("2025-06-10", "2025-06-11")

    def test_of_an_observance_are_several_only_in_its_first_year(self) -> None:
        """
        An observance older than its event has number zero in more than one year.
        """
        marked = event(id="marked", date="2000-06-01")
        day = event(
            id="day", date="1998-05-01", until="1998-05-03", marks=marked, yearly=True
        )
        found = entries(day, first_year=1998, last_year=1999)
        assert [span(each) for each in found] == [
            ("1998-05-01", "1998-05-04"),
            ("1999-05-01", "1999-05-02"),
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
    def test_are_entries_as_long_as_the_month(
        self, date: str, year: int, days: tuple[str, str]
    ) -> None:
        """
        An event known to the month is an entry from its first day to its last.
        """
        assert span(in_year(year, event(date=date))) == days

    @pytest.mark.parametrize(
        ("year", "until"),
        [
            (2027, None),
            (2000, "2000-05-20"),
            (2000, "2000-06-02"),
            (2000, "2000-05"),
            (2000, "2000"),
        ],
    )
    def test_can_be_the_first_day(self, year: int, until: str | None) -> None:
        """
        With `first-day` it is an entry of one day, whenever the event ended.
        """
        began = event(date="2000-05", until=until)
        entry = in_year(year, began, month_dates="first-day")
        assert span(entry) == (f"{year}-05-01", f"{year}-05-02")

    def test_of_several_months_are_the_first_month(self) -> None:
        """
        An event of several months is shown in the first.
        """
        entry = in_year(2000, event(date="2000-05", until="2000-07"))
        assert span(entry) == ("2000-05-01", "2000-06-01")

    @pytest.mark.parametrize("month_dates", ["month", "first-day"])
    def test_are_explained_in_the_title(self, month_dates: str) -> None:
        """
        The title says that the day is not known.
        """
        entry = in_year(2027, event(date="2000-05"), month_dates=month_dates)
        title = "27th anniversary: It began (May 2000, day not known)"
        assert str(entry["SUMMARY"]) == title

    def test_can_be_left_out(self) -> None:
        """
        With `skip` only events known to the month have no entries.
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
    def test_decides_on_29_february(
        self, leap_day: dict[str, str], days: list[str]
    ) -> None:
        """
        In common years the anniversary is on 28 February, on 1 March or left out.
        """
        began = event(date="1996-02-29")
        found = entries(began, first_year=2027, last_year=2029, **leap_day)
        assert [span(each)[0] for each in found] == days

    def test_ends_on_the_next_day(self) -> None:
        """
        Such an entry lasts one day.
        """
        found = entries(event(date="1996-02-29"), first_year=2027, last_year=2028)
        assert [span(each)[1] for each in found] == ["2027-03-01", "2028-03-01"]


class TestReport:
    @pytest.mark.parametrize(
        ("last_year", "message"),
        [
            (2027, "ics: 1 entry for 2027 (1 kB)."),
            (2028, "ics: 2 entries for 2027 to 2028 (1 kB)."),
        ],
    )
    def test_gives_the_number_of_entries(
        self, last_year: int, message: str, noted: Callable[[], list[str]]
    ) -> None:
        """
        The user learns the number of entries, the years and the size.
        """
        options = IcsOptions(first_year=2027, last_year=last_year)
        list(ICS.render(request(event(), options=options)))  # type: ignore[misc]  # Not None.
        assert noted() == [message]

    def test_gives_the_number_of_events_without_entries(
        self, noted: Callable[[], list[str]], caplog: pytest.LogCaptureFixture
    ) -> None:
        """
        The user learns how many events are left out and why; a debug message has ids.
        """
        caplog.set_level(logging.DEBUG, logger="tjun")
        events = [
            event(id="one", date="2000"),
            event(id="vague", date="2000-05"),
            event(id="two", date="2001"),
        ]
        report(request(*events, options=IcsOptions(month_dates="skip")), 7, 7_000)
        assert noted() == [
            "ics: 7 entries for 2026 to 2036 (7 kB).",
            "ics: 2 events are not in the calendar because only the year is known.",
            "ics: 1 event is not in the calendar because only the month is known.",
        ]
        debug = [each for each in caplog.records if each.levelno == logging.DEBUG]
        assert {each.name for each in debug} == {"tjun.formats.ics.report"}
        assert [each.getMessage() for each in debug] == [
            "Only the year is known: one, two",
            "Only the month is known: vague",
        ]

    @pytest.mark.parametrize(
        ("entries", "size", "warned"),
        [(1_000, 900_000, False), (1_001, 1, True), (1, 900_001, True)],
    )
    def test_warns_of_large_calendars(
        self, entries: int, size: int, *, warned: bool, noted: Callable[[], list[str]]
    ) -> None:
        """
        Above 1,000 entries or 900 kB it names the options that reduce the size.
        """
        report(request(event()), entries, size)
        warning = (
            "ics: The calendar is too large for Google Calendar, which reads about"
            " 1,000 entries and 1 MB and ignores the rest. Make it smaller with"
            " --every 5, --minor none, --first-year, --last-year or a filter such as"
            " --area."
        )
        assert noted()[1:] == [warning] * warned

    def test_counts_entries_and_bytes(self, noted: Callable[[], list[str]]) -> None:
        """
        What is counted is entries and bytes, whatever the texts contain.
        """
        began = event(title="END:VEVENT", description="\r\nEND:VEVENT\r\n" * 40)
        options = IcsOptions(first_year=2000, last_year=2299)
        data = b"".join(ICS.render(request(began, options=options)))  # type: ignore[misc]  # Not None.
        size = f"{len(data) / 1000:,.0f}"
        assert noted() == [f"ics: 300 entries for 2000 to 2299 ({size} kB)."]


class TestEmpty:
    @pytest.mark.parametrize(
        ("events", "options", "reason"),
        [
            ([], {}, "there are no events"),
            ([event(date="2000")], {}, "no day is known of the events"),
            (
                [event(date="2000"), event(id="may", date="2000-05")],
                {"month_dates": "skip"},
                "no day is known of the events",
            ),
            (
                [event(date="2050-01-01")],
                {"minor": "all"},
                (
                    "none of the events has an anniversary in this period (2026 to"
                    " 2036); change this or include more years"
                ),
            ),
            (
                [event(major=False)],
                {"minor": "none", "every": 50, "last_year": 2026},
                (
                    "none of the events has an anniversary in this period (2026) with"
                    " --every 50, --minor none; change this or include more years"
                ),
            ),
        ],
    )
    def test_is_an_error_that_names_the_filters(
        self, events: list[Event], options: dict[str, Any], reason: str
    ) -> None:
        """
        A calendar without entries is an error; it says what limits the entries.
        """
        with pytest.raises(ExportError) as caught:
            exported(*events, **options)
        assert caught.value.reason == reason

    @pytest.mark.parametrize(
        ("events", "reason"),
        [
            ([], "no event matches --area water"),
            ([event(date="2050")], "no day is known of the events that match"),
        ],
    )
    def test_names_the_selection(self, events: list[Event], reason: str) -> None:
        """
        The error contains the filters of the command line.
        """
        with pytest.raises(ExportError, match=reason):
            list(ICS.render(request(*events, selection="--area water")))  # type: ignore[misc]  # Not None.

    def test_yields_nothing(self) -> None:
        """
        Nothing is written before the error.
        """
        chunks = iter(ICS.render(request()))  # type: ignore[misc]  # Not None.
        with pytest.raises(ExportError):
            next(chunks)


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
    def test_contains_the_number(self, year: int, language: str, title: str) -> None:
        """
        The title contains the number of the anniversary, except for the event itself.
        """
        words = Text(en="It began", ru="Началось", tg="Оғоз шуд")
        entry = in_year(year, event(title=words), language=language)
        assert str(entry["SUMMARY"]) == title

    def test_of_an_observance_is_its_title(self) -> None:
        """
        A yearly observance has its own title.
        """
        entry = in_year(2027, event(title="Water Day", yearly=True))
        assert str(entry["SUMMARY"]) == "Water Day"

    def test_of_an_event_and_its_observance_is_one(self) -> None:
        """
        Tajikistan's admission and the day that marks it are one entry.
        """
        record = tjun.load()
        both = [record.events[i] for i in ("tajikistan-joins-un", "un-accession-day")]
        entry = in_year(2027, *both)
        assert entry["UID"] == "tajikistan-joins-un-2027@tjun"
        title = "35th anniversary: Tajikistan joins the United Nations (1992)"
        assert str(entry["SUMMARY"]) == title

    def test_of_an_observance_on_another_day_ends_with_the_number(self) -> None:
        """
        An observance on another day than the event has the number at the end.
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
        A line break or a tab in a title becomes a space.
        """
        data = exported(event(title=f"It{gap}began"), first_year=1992, last_year=1992)
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
    def test_is_shortened_for_outlook(self, title: str, summary: str) -> None:
        """
        A title of more than 255 UTF-16 units is shortened to whole characters.
        """
        entry = in_year(1992, event(title=title))
        assert str(entry["SUMMARY"]) == summary
        assert utf16_length(summary) <= 255

    def test_keeps_the_number_when_shortened(self) -> None:
        """
        A long title loses its end and keeps the number of the anniversary.
        """
        summary = str(in_year(2027, event(title="x" * 300))["SUMMARY"])
        assert summary.startswith("35th anniversary: xxx")
        assert len(summary) == 255


class TestDescription:
    def described(self, *citations: Citation, year: int = 2027, **given: Any) -> str:
        language = given.pop("language", "en")
        options = {"page_url": given.pop("page_url", None), "language": language}
        if citations:
            given["citations"] = citations
        return str(in_year(year, event(**given), **options)["DESCRIPTION"])

    def test_contains_the_areas_and_the_first_source(self) -> None:
        """
        The description says what happened, and names the areas and the first source.
        """
        found = self.described(
            Citation(source=WORLD, date="1992-03-02"),
            Citation(source=DECREE),
            description="A thing began.",
            areas=[WATER, PEACE],
        )
        assert found == (
            "A thing began.\n\n"
            "Area: Water, Peace, and stability\n"
            "Source: World News, and 1 more\n"
            "https://example.org/w"
        )

    def test_contains_each_disputed_date_once(self) -> None:
        """
        If sources disagree, each date has the sources that give it.
        """
        another = Source(id="another", title="A", publisher="Another")
        found = self.described(
            Citation(source=DECREE, date="1992-04", until="1992-05-07", verified=False),
            Citation(source=WORLD, date="1992-03-02"),
            Citation(source=another, date="1992-03-02"),
            Citation(source=another, date="1992-03-02", says="Twice."),
            Citation(source=Source(id="none", title="N", publisher="No date")),
        )
        assert found == (
            "It began\n\n"
            "Sources differ on the date:\n"
            "- 2 March 1992: World News; Another\n"
            "- April 1992 – 7 May 1992: Government, No. 5; 1992 (not verified)\n"
            "https://example.org/w"
        )

    def test_names_the_first_of_more_than_two_sources(self) -> None:
        """
        Two sources of a disputed date are named; of three, the first and the number.
        """
        others = [
            Source(id=f"s{n}", title="S", publisher=f"Publisher {n}") for n in range(4)
        ]
        found = self.described(
            Citation(source=WORLD, date="1992-03-02"),
            *(Citation(source=each, date="1992-03-02") for each in others[:2]),
            *(Citation(source=each, date="1992-03-05") for each in others[2:]),
        )
        assert found.splitlines()[3:5] == [
            "- 2 March 1992: World News, and 2 more",
            "- 5 March 1992: Publisher 2; Publisher 3",
        ]

    def test_says_if_a_source_describes_another_event(self) -> None:
        """
        A date that a source gives for another event is marked as such.
        """
        other = event(id="other", title="It was founded", date="1994-12-16")
        found = self.described(
            Citation(source=WORLD, date="1992-03-02"),
            Citation(source=DECREE, alternative=other),
            Citation(source=WORLD, date="1994-12-16"),
        )
        assert found.splitlines()[2:] == [
            "Sources differ on the date:",
            "- 2 March 1992: World News",
            (
                "- 16 December 1994 (describes another event: It was founded):"
                " Government, No. 5; 1992"
            ),
            "- 16 December 1994: World News",
            "https://example.org/w",
        ]

    def test_says_that_an_event_is_announced(self) -> None:
        """
        An announced event is marked as such, with its days.
        """
        found = self.described(
            year=2028, date="2028-05-25", until="2028-05-28", status="announced"
        )
        assert found.splitlines()[2] == "25–28 May 2028: announced"

    def test_is_in_the_language_of_the_calendar(self) -> None:
        """
        Texts, areas, labels and dates are in the language of the calendar.
        """
        found = self.described(
            Citation(source=WORLD, date="1992-03-04"),
            Citation(source=DECREE, date="1992-03-02", verified=False),
            year=1992,
            description=Text(en="It.", ru="Это."),
            areas=[WATER],
            status="announced",
            language="ru",
        )
        russian = tjun.languages()["ru"]
        unverified = russian.label("not_verified")
        assert found.splitlines() == [
            "Это.",
            "",
            f"2 марта 1992: {russian.label('announced')}",
            "Направление: Вода",
            f"{russian.label('disputed')}:",
            f"- 2 марта 1992: Government, No. 5; 1992 ({unverified})",
            "- 4 марта 1992: World News",
            "https://example.org/w",
        ]

    def test_is_plain_text(self) -> None:
        """
        Tags are shown as they are, and there is no other form of the description.
        """
        data = exported(event(description="<b>Bold</b> & more"))
        found = values(data, "DESCRIPTION")[1]
        assert found.startswith("<b>Bold</b> & more\\n\\nSource: World News\\n")
        assert values(data, "X-ALT-DESC") == []
        assert b"ALTREP" not in data

    def test_has_at_most_1000_characters(self) -> None:
        """
        A long text is shortened, and the address at the end is not.
        """
        found = self.described(description="x " * 2_000)
        assert len(found) <= 1_000
        assert found.endswith(" x…\nhttps://example.org/w")

    def test_of_1000_characters_is_not_shortened(self) -> None:
        """
        A description is shortened only if it is too long.
        """
        rest = len("\n\nSource: World News\nhttps://example.org/w")
        found = self.described(description="x" * (1_000 - rest))
        assert len(found) == 1_000
        assert "…" not in found

    @pytest.mark.parametrize(("length", "shown"), [(998, True), (999, False)])
    def test_omits_an_address_for_which_there_is_no_room(
        self, length: int, *, shown: bool
    ) -> None:
        """
        An address that fills the description is only in `URL`.
        """
        url = "https://example.org/".ljust(length, "x")
        source = Source(id="long", title="L", publisher="Long", url=url)
        found = self.described(Citation(source=source))
        assert len(found) <= 1_000
        assert (url in found) is shown

    def test_without_an_address_ends_with_the_source(self) -> None:
        """
        If no source has an address, there is none.
        """
        found = self.described(Citation(source=DECREE))
        assert found == "It began\n\nSource: Government, No. 5; 1992"


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
    def test_is_that_of_the_most_authoritative_source(
        self, verified: tuple[bool, ...], best: int
    ) -> None:
        """
        It is the address of the first verified source that has one, or of the first.
        """
        data = exported(self.cited(*verified), first_year=2027, last_year=2027)
        assert values(data, "URL") == [f"https://example.org/{best}?a=1,2;b"]

    def test_is_missing_if_no_source_has_one(self) -> None:
        """
        An event whose sources have no address has no `URL`.
        """
        assert values(exported(self.cited()), "URL") == []

    @pytest.mark.parametrize(
        "page_url", ["https://example.org/un", "https://example.org/un/"]
    )
    def test_is_that_of_the_page_of_the_event(self, page_url: str) -> None:
        """
        With `page_url` the entry and its description lead to the page of the event.
        """
        page = "https://example.org/un/events/it-began/"
        entry = in_year(2027, self.cited(True), page_url=page_url)
        assert entry["URL"] == page
        assert str(entry["DESCRIPTION"]).splitlines()[-1] == page


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
    def test_are_the_areas_and_jubilee(self, year: int, categories: list[str]) -> None:
        """
        The categories are the areas, and `JUBILEE` if five divides the number.
        """
        entry = in_year(year, event(areas=[WATER, PEACE]))
        assert [str(each) for each in entry["CATEGORIES"].cats] == categories

    def test_of_an_event_without_areas(self) -> None:
        """
        Without areas there is `JUBILEE` on jubilees and no category in other years.
        """
        found = entries(event(), first_year=2026, last_year=2028)
        assert ["CATEGORIES" in each for each in found] == [False, True, False]
        assert [str(each) for each in found[1]["CATEGORIES"].cats] == ["JUBILEE"]

    def test_are_in_the_language_of_the_calendar(self) -> None:
        """
        An area's name is in the language of the calendar.
        """
        entry = in_year(2026, event(areas=[WATER]), language="tg")
        assert [str(each) for each in entry["CATEGORIES"].cats] == ["Об"]


class TestStatus:
    def test_never_shows_anybody_as_busy(self) -> None:
        """
        Each entry is transparent, free for Outlook, and public.
        """
        entry = in_year(2027, event())
        assert entry["TRANSP"] == "TRANSPARENT"
        assert entry["X-MICROSOFT-CDO-BUSYSTATUS"] == "FREE"
        assert entry["CLASS"] == "PUBLIC"

    @pytest.mark.parametrize(
        ("status", "year", "expected"),
        [
            ("announced", 2028, "TENTATIVE"),
            ("held", 2028, "CONFIRMED"),
            ("held", 2029, "CONFIRMED"),
        ],
    )
    def test_of_an_announced_event_is_tentative(
        self, status: str, year: int, expected: str
    ) -> None:
        """
        An event that is only announced is tentative; everything else is confirmed.
        """
        entry = in_year(year, event(date="2028-05-25", status=status))
        assert entry["STATUS"] == expected

    def test_of_an_announced_observance_is_tentative(self) -> None:
        """
        An observance announced for its first year is tentative.
        """
        day = event(
            id="day", date="2028-06-05", yearly=True, marks=event(), status="announced"
        )
        found = entries(day, first_year=2028, last_year=2028)
        assert [(str(each["SUMMARY"]), each["STATUS"]) for each in found] == [
            ("36th anniversary: It began (1992)", "CONFIRMED"),
            ("It began (36th anniversary)", "TENTATIVE"),
        ]


class TestAlarm:
    def test_is_missing_by_default(self) -> None:
        """
        Without `alarm_days` no entry has an alarm.
        """
        assert b"VALARM" not in exported(event())

    @pytest.mark.parametrize("days", [0, 1, 14, 366])
    def test_shows_the_title_some_days_before(self, days: int) -> None:
        """
        With `alarm_days` an alarm shows the title that many days before.
        """
        entry = in_year(2027, event(title="It\nbegan, 100%"), alarm_days=days)
        (alarm,) = entry.walk("VALARM")
        assert alarm["ACTION"] == "DISPLAY"
        assert str(alarm["DESCRIPTION"]) == "It began, 100%"
        assert alarm["TRIGGER"].dt == dt.timedelta(days=-days)

    def test_changes_nothing_else(self) -> None:
        """
        An entry with an alarm has the same properties as one without.
        """
        (plain,), (alarmed,) = (
            entries(event(), first_year=2027, last_year=2027, alarm_days=days)
            for days in (None, 1)
        )
        assert dict(alarmed) == dict(plain)


class TestCalendar:
    def head(self, data: bytes) -> list[str]:
        lines = lines_of(data)
        return lines[: lines.index("BEGIN:VEVENT")]

    def test_has_all_its_properties_before_the_first_entry(self) -> None:
        """
        The properties of the calendar come before the first entry.
        """
        cited = [Citation(source=WORLD), Citation(source=DECREE)]
        data = exported(event(citations=cited), title="Tajikistan")
        about = tjun.languages()["en"].label("about", sources=2)
        assert [line for line in self.head(data) if not line.startswith("UID:")] == [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            f"PRODID:-//tjun//tjun {tjun.__version__}//EN",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
            f"DESCRIPTION:{about}",
            f"X-WR-CALDESC:{about}",
            "NAME:Tajikistan: anniversaries",
            "X-WR-CALNAME:Tajikistan: anniversaries",
            "REFRESH-INTERVAL;VALUE=DURATION:P1D",
            "X-PUBLISHED-TTL:P1D",
        ]

    def test_has_only_entries_after_them(self) -> None:
        """
        After the properties there are only entries, and then the end.
        """
        data = exported(event(), event(id="another", areas=[WATER]), alarm_days=1)
        body = data.split(b"BEGIN:VEVENT\r\n")[1:]
        *first, last = body
        assert all(each.endswith(b"END:VEVENT\r\n") for each in first)
        assert last.endswith(b"END:VEVENT\r\nEND:VCALENDAR\r\n")
        assert data.count(b"END:VCALENDAR") == 1

    @pytest.mark.parametrize(
        ("language", "name"),
        [
            ("en", "Tajikistan: anniversaries"),
            ("ru", "Таджикистан: годовщины"),
            ("tg", "Тоҷикистон: солгардҳо"),
        ],
    )
    def test_is_named_after_the_record(self, language: str, name: str) -> None:
        """
        The name is the record's title and "anniversaries", in the calendar's language.
        """
        title = Text(en="Tajikistan", ru="Таджикистан", tg="Тоҷикистон")
        data = exported(event(), title=title, language=language)
        assert values(data, "NAME") == values(data, "X-WR-CALNAME") == [name]
        assert values(data, "PRODID")[0].endswith(f"//{language.upper()}")

    def test_of_a_record_without_a_title_is_named_anniversaries(self) -> None:
        """
        The calendar of a record without a title is called Anniversaries.
        """
        assert values(exported(event()), "NAME") == ["Anniversaries"]

    def test_can_have_another_name(self) -> None:
        """
        The option `name` replaces the name, which is escaped.
        """
        data = exported(event(), title="Tajikistan", name="Ours; and, \\N yours")
        name = "Ours\\; and\\, \\\\N yours"
        assert values(data, "NAME") == values(data, "X-WR-CALNAME") == [name]

    def test_contains_its_address(self) -> None:
        """
        With `feed_url` the address is the `SOURCE`; otherwise there is none.
        """
        address = "https://example.org/feed.ics?a=1,2;b=3"
        head = self.head(exported(event(), feed_url=address))
        assert f"SOURCE;VALUE=URI:{address}" in head
        assert values(exported(event()), "SOURCE") == []

    def test_is_described_in_its_language(self) -> None:
        """
        The description of the calendar is in its language.
        """
        about = tjun.languages()["ru"].label("about", sources=1)
        data = exported(event(), language="ru")
        assert icalendar.Calendar.from_ical(data)["DESCRIPTION"] == about
        assert values(data, "X-WR-CALDESC") == values(data, "DESCRIPTION")[:1]


class TestCalendarUid:
    def uid(self, title: str = "Ours", selection: str = "", **given: Any) -> str:
        language = given.pop("language", "en")
        today = given.pop("today", TODAY)
        events = given.pop("events", [event()])
        made = ExportRequest(
            chronology=Chronology(events=events, title=title),
            options=IcsOptions(**given),
            language=language,
            today=today,
            selection=selection,
        )
        return values(b"".join(ICS.render(made)), "UID")[0]  # type: ignore[misc]  # Not None.

    @pytest.mark.parametrize(
        "given",
        [
            {"title": "Theirs"},
            {"language": "ru"},
            {"selection": "--area water"},
            {"name": "Ours"},
            {"minor": "all"},
            {"every": 5},
        ],
    )
    def test_distinguishes_feeds(self, given: dict[str, Any]) -> None:
        """
        Another title, language, selection, name, `minor` or `every` is another feed.
        """
        assert self.uid(**given) != self.uid()

    @pytest.mark.parametrize(
        "given",
        [
            {"today": dt.date(2030, 1, 1)},
            {"first_year": 2027},
            {"last_year": 2030},
            {"feed_url": "https://example.org/feed.ics"},
            {"page_url": "https://example.org/"},
            {"alarm_days": 1},
            {"events": [event(id="other", revised="2027-01-01")]},
        ],
    )
    def test_is_the_same_next_year(self, given: dict[str, Any]) -> None:
        """
        The day, the years, addresses, alarms and the events do not change the UID.
        """
        assert self.uid(**given) == self.uid()

    def test_is_not_that_of_an_entry(self) -> None:
        """
        The UID is a UUID, which no entry has.
        """
        pattern = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}@tjun"
        assert re.fullmatch(pattern, self.uid())


class TestNever:
    def test_starts_with_a_byte_order_mark(self, data: bytes) -> None:
        """
        A calendar starts with `BEGIN:VCALENDAR`.
        """
        assert data.startswith(b"BEGIN:VCALENDAR\r\n")
        assert b"\xef\xbb\xbf" not in data

    def test_escapes_a_colon(self) -> None:
        """
        A colon in a text is written as it is.
        """
        colons = CooperationArea(id="a", name="One: two")
        data = exported(event(title="A: b", description="C: d", areas=[colons]))
        assert b"\\:" not in data
        assert values(data, "CATEGORIES")[0].startswith("One: two")

    def test_splits_a_character_or_exceeds_75_bytes(self, data: bytes) -> None:
        """
        Every line is valid UTF-8 and has at most 75 bytes.
        """
        for line in data.split(b"\r\n"):
            line.decode()
            assert len(line) <= 75

    def test_splits_an_escape_sequence(self, data: bytes) -> None:
        """
        No line ends between a backslash and the character that it escapes.
        """
        texts = exported(event(description="\\,;\n" * 300))
        for each in (data, texts):
            ends = re.findall(rb"(\\+)\r\n ", each)
            assert all(len(end) % 2 == 0 for end in ends)

    def test_has_another_line_break(self, data: bytes) -> None:
        """
        Every line ends with CRLF and contains neither character elsewhere.
        """
        assert data.endswith(b"\r\n")
        rest = data.replace(b"\r\n", b"")
        assert b"\r" not in rest
        assert b"\n" not in rest

    def test_has_unexpected_properties(self, data: bytes) -> None:
        """
        An entry has only the properties that clients understand, each once.
        """
        allowed = {
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
        }
        for entry in icalendar.Calendar.from_ical(data).events:
            assert set(entry) <= allowed
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
                "the description of it-began",
            ),
            (
                {
                    "description": "x" * 1_000,
                    "areas": [CooperationArea(id="water", name="W\x7f")],
                },
                "the name of the area water",
            ),
        ],
    )
    def test_are_rejected(self, given: dict[str, Any], what: str) -> None:
        """
        A control character is an error that says where it is.
        """
        with pytest.raises(ExportError) as caught:
            exported(event(**given), language="ru")
        assert caught.value.exporter == "ics"
        assert caught.value.reason.startswith(f"{what} contains the control character")

    @pytest.mark.parametrize("given", [{"title": "a\x00b"}, {"name": "a\x00b"}])
    def test_in_the_name_of_the_calendar_are_rejected(
        self, given: dict[str, str]
    ) -> None:
        """
        A control character in the record's title or in `name` is an error.
        """
        with pytest.raises(ExportError, match="the name of the calendar contains the"):
            exported(event(), **given)

    def test_in_another_language_are_ignored(self) -> None:
        """
        Texts that are not written are not checked.
        """
        title = Text(en="It began", ru="a\x07b")
        assert str(in_year(1992, event(title=title))["SUMMARY"]) == "It began"


def by_icalendar(case: Case, found: list[Anniversary]) -> list[str]:
    """
    Return the lines of the entries if icalendar builds each of them.
    """
    mark = "\ue000"  # Keeps a backslash before N from becoming a line break.

    def text(value: str) -> str:
        return value.replace("\\N", f"\\{mark}N")

    lines = []
    for each, entry in zip(found, case.expected(), strict=True):
        made = each.event
        revised = made.revised or dt.date(1970, 1, 1)
        stamp = dt.datetime.combine(revised, dt.time(), dt.UTC)
        ranked = [c for c in made.citations if c.verified] + list(made.citations)
        url = next((url for c in ranked if (url := c.source.address)), None)
        areas = [text(area.name.in_(case.options["language"])) for area in made.areas]
        component = icalendar.Event.new(
            uid=entry.uid,
            stamp=stamp,
            last_modified=stamp,
            sequence=(revised - dt.date(1970, 1, 1)).days,
            start=dt.date.fromisoformat(entry.start),
            end=dt.date.fromisoformat(entry.end),
            summary=text(entry.title),
            description=text(entry.description),
            categories=(areas + ["JUBILEE"] * each.jubilee) or (),
            classification=icalendar.CLASS.PUBLIC,
            status="TENTATIVE" if made.status == "announced" else "CONFIRMED",
            transparency=icalendar.TRANSP.TRANSPARENT,
        )
        component.add("X-MICROSOFT-CDO-BUSYSTATUS", "FREE")
        if url is not None and url.isascii():
            component.add("URL", url)
        if case.options["alarm_days"] is not None:
            alarm = icalendar.Alarm()
            alarm.add("ACTION", "DISPLAY")
            title = " ".join(made.title.in_(case.options["language"]).split())
            alarm.add("DESCRIPTION", text(title))
            alarm.add("TRIGGER", dt.timedelta(days=-case.options["alarm_days"]))
            component.add_component(alarm)
        lines += lines_of(component.to_ical().replace(mark.encode(), b""))
    return lines


class TestIcalendar:
    @given(
        chronologies(),
        st.sampled_from(["en", "ru", "tg"]),
        st.sampled_from([None, 0, 3]),
    )
    def test_writes_the_same_entries(
        self, record: Chronology, language: str, alarm_days: int | None
    ) -> None:
        """
        Apart from folding, the entries are the bytes that icalendar writes.
        """
        options = {"language": language, "alarm_days": alarm_days, "minor": "all"}
        case = Case(record, options, 1990, 2004)
        found = list(record.anniversaries(since=1990, until=2004))
        assume(found)
        lines = lines_of(case.calendar())
        ours = lines[lines.index("BEGIN:VEVENT") : -1]
        # icalendar does not encode what a URI cannot contain.
        encoded = [line for line in ours if not re.match("URL:.*%", line)]
        assert encoded == by_icalendar(case, found)

    def test_reads_what_was_written(self) -> None:
        """
        Reading the calendar with icalendar and writing it again changes nothing.
        """
        data = exported(event(areas=[WATER, PEACE]), title="Ours", alarm_days=2)
        again = icalendar.Calendar.from_ical(data).to_ical()
        assert lines_of(again) == lines_of(data)


class TestRender:
    def test_yields_many_entries_at_a_time(self) -> None:
        """
        The properties, at most a hundred entries, and the end are separate chunks.
        """
        options = IcsOptions(first_year=2000, last_year=2149)
        chunks = list(ICS.render(request(event(), options=options)))  # type: ignore[misc]  # Not None.
        assert [chunk.count(b"BEGIN:VEVENT\r\n") for chunk in chunks] == [0, 100, 50, 0]
        assert chunks[0].startswith(b"BEGIN:VCALENDAR\r\n")
        assert chunks[-1] == b"END:VCALENDAR\r\n"

    @given(
        st.text(
            st.one_of(
                st.sampled_from("\\;,:nN^%\n\r\"' aяҷ😀"),
                st.characters(exclude_categories=["Cs", "Cc"]),
            ),
            min_size=1,
            max_size=200,
        ).filter(lambda text: not text.isspace())
    )
    def test_keeps_any_text(self, text: str) -> None:
        """
        Any text in any field is read back unchanged.
        """
        area = CooperationArea(id="a", name=text)
        source = Source(id="s", title=text, publisher=text, symbol=text)
        began = event(
            title=text,
            description=text,
            areas=[area],
            citations=[Citation(source=source, says=text)],
        )
        entry = in_year(1992, began, title=text)
        written = f"{text}\n\nArea: {text}\nSource: {text}, {text}"
        expected = written.replace("\r\n", "\n").replace("\r", "\n")
        assert str(entry["DESCRIPTION"]) == expected
        line = str(entry["SUMMARY"])
        assert "\n" not in line
        assert line.split() == text.split()


class TestBundledRecord:
    @pytest.mark.parametrize("language", ["en", "ru", "tg"])
    def test_has_a_calendar_that_google_reads_completely(
        self, language: str, noted: Callable[[], list[str]]
    ) -> None:
        """
        The default calendar has at most 500 entries and 500 kB and causes no warning.
        """
        record = tjun.load()
        for today in (TODAY, *(dt.date(year, 1, 1) for year in range(2027, 2032))):
            made = ExportRequest(
                chronology=record,
                options=IcsOptions(),
                language=language,
                today=today,
                exporter="ics",
            )
            data = b"".join(ICS.render(made))  # type: ignore[misc]  # Not None.
            assert len(data) <= 500_000
            assert data.count(b"\r\nBEGIN:VEVENT\r\n") <= 500
        assert len(noted()) == 12
        assert not any("too large" in message for message in noted())


class TestOptions:
    @pytest.mark.parametrize(
        ("given", "message"),
        [
            ({"first_year": 0}, "first_year must be >= 1: 0"),
            ({"first_year": 9999}, "first_year must be <= 9998: 9999"),
            ({"last_year": -1}, "last_year must be >= 1: -1"),
            (
                {"first_year": 2027, "last_year": 2026},
                "expected a last year of at least 2027, the first year",
            ),
            ({"every": 0}, "every must be >= 1: 0"),
            ({"alarm_days": -1}, "alarm_days must be >= 0: -1"),
            ({"alarm_days": 367}, "alarm_days must be <= 366: 367"),
            ({"minor": "some"}, "minor: expected one of all, jubilees, none"),
            ({"month_dates": "x"}, "expected one of month, first-day, skip"),
            ({"leap_day": "x"}, "expected one of feb28, mar1, skip"),
            ({"name": " "}, "name"),
            ({"feed_url": "ftp://example.org"}, "expected an http or https address"),
            ({"feed_url": "https://example.org/\r\nX:1"}, "expected an http"),
            ({"page_url": "example.org"}, "expected an http or https address"),
            ({"page_url": "https://example.org/?a"}, "an address without ? and #"),
            ({"page_url": "https://example.org/#a"}, "an address without ? and #"),
        ],
    )
    def test_are_validated(self, given: dict[str, Any], message: str) -> None:
        """
        An impossible year, number, name or address is an error that names the option.
        """
        with pytest.raises(ExportError) as caught:
            bind(ICS, given)
        assert message in caught.value.reason

    def test_can_be_a_single_year(self) -> None:
        """
        The first and the last year can be the same.
        """
        assert IcsOptions(first_year=2027, last_year=2027).years(TODAY) == (2027, 2027)

    def test_can_be_the_first_and_the_last_possible_year(self) -> None:
        """
        Years 1 to 9998 are possible.
        """
        assert IcsOptions(first_year=1, last_year=9998).years(TODAY) == (1, 9998)

    def test_are_documented(self) -> None:
        """
        The docstring describes every option.
        """
        for field in attrs.fields(IcsOptions):
            assert f"\n    {field.name}: " in str(inspect.getdoc(IcsOptions))
