import datetime as dt
import logging
import re
from collections.abc import Callable
from typing import Any

import icalendar
import pytest
from clients.calendars import Case, address_of
from hypothesis import assume, given
from hypothesis import strategies as st
from making import by
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
    id="world", title="World", publisher=by("World News"), url="https://example.org/w"
)
DECREE = Source(
    id="decree", title="Decree", publisher=by("Government"), symbol="No. 5; 1992"
)
WATER = CooperationArea(id="water", name=Text(en="Water", ru="Вода", tg="Об"))
PEACE = CooperationArea(id="peace", name="Peace, and stability")


def event(**given: Any) -> Event:
    usual = {
        "id": "it-began",
        "title": "It began",
        "date": "1992-03-02",
        "citations": [Citation(source=WORLD)],
        "weight": "major",
    }
    return Event(**{**usual, **given})


def exported(
    *events: Event,
    title: Text | str | None = None,
    edition: str | None = None,
    **given: Any,
) -> bytes:
    record = Chronology(id="ours", events=events, title=title, revised=edition)
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
        chronology=Chronology(events=events, revised=TODAY),
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


class TestYears:
    def test_include_the_first_and_the_last(self) -> None:
        """
        Both the first and the last year have entries.
        """
        found = entries(event(), first_year=2030, last_year=2032)
        assert years_of(found) == [2030, 2031, 2032]

    def test_are_in_order(self) -> None:
        """
        Entries are ordered by day, whatever the order of the events.
        """
        first, second = event(), event(id="a-later", date="1990-12-31")
        found = entries(second, first, first_year=2030, last_year=2031)
        days = [each["DTSTART"].dt for each in found]
        assert days == sorted(days)
        assert len(days) == 4


class TestShow:
    @pytest.mark.parametrize(
        ("show", "years"),
        [
            ({}, {"major": 11, "normal": 2, "minor": 0, "day": 11}),
            ({"show": "usual"}, {"major": 11, "normal": 2, "minor": 0, "day": 11}),
            ({"show": "major"}, {"major": 11, "normal": 0, "minor": 0, "day": 11}),
            ({"show": "all"}, {"major": 11, "normal": 11, "minor": 11, "day": 11}),
        ],
    )
    def test_decides_on_the_years_of_an_event(
        self, show: dict[str, str], years: dict[str, int]
    ) -> None:
        """
        The weight decides whether an event has entries every year, on jubilees or not.
        """
        weights = ("major", "normal", "minor")
        events = [event(id=each, weight=each) for each in weights]
        day = event(id="day", date="2000-06-05", yearly=True, weight="normal")
        found = [str(each["UID"]) for each in entries(*events, day, **show)]
        assert {
            name: sum(uid.startswith(f"{name}-") for uid in found) for name in years
        } == years


class TestSolemn:
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
        The UID consists of the ids of the event and the record, and the year.
        """
        assert in_year(2027, event())["UID"] == "it-began-2027@ours.tjun"

    def test_has_a_year_of_four_digits(self) -> None:
        """
        A year before 1000 has four digits in the UID and in the dates.
        """
        entry = in_year(900, event(date="0900-01-05"))
        assert entry["UID"] == "it-began-0900@ours.tjun"
        assert span(entry) == ("0900-01-05", "0900-01-06")


class TestStamps:
    @pytest.mark.parametrize(
        ("edition", "revised", "stamp"),
        [
            ("2026-11-30T09:05:00Z", None, "20261130T090500Z"),
            ("2026-11-30", None, "20261130T000000Z"),
            ("2026-11-30T09:05:00Z", "2026-11-30T09:06:00Z", "20261130T090600Z"),
            ("2026-11-30T09:05:00Z", "2026-11-29", "20261130T090500Z"),
            (None, "2026-11-30T09:05:00Z", "20261130T090500Z"),
            (None, None, "20261123T000000Z"),
            ("0999-01-02", None, "09990102T000000Z"),
        ],
    )
    def test_are_the_moment_of_the_revision(
        self, edition: str | None, revised: str | None, stamp: str
    ) -> None:
        """
        `DTSTAMP` and `LAST-MODIFIED` are the revision, a later one given, or today.
        """
        options = {"first_year": 2027, "last_year": 2028, "revised": revised}
        data = exported(event(), edition=edition, **options)
        assert values(data, "DTSTAMP") == [stamp, stamp]
        assert values(data, "LAST-MODIFIED") == [stamp, stamp]

    @pytest.mark.parametrize(
        ("edition", "sequence"),
        [("2020-01-01T01:01:59Z", 61), ("1969-12-31", 0)],
    )
    def test_sequence_counts_minutes(self, edition: str, sequence: int) -> None:
        """
        `SEQUENCE` is the number of minutes since 2020, and never negative.
        """
        assert in_year(2027, event(), edition=edition)["SEQUENCE"] == sequence


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

    def test_of_an_anniversary_are_the_first_day(self) -> None:
        """
        The anniversary of an event of several days is on its first day.
        """
        entry = in_year(2025, event(date="2024-06-10", until="2024-06-13"))
        assert span(entry) == ("2025-06-10", "2025-06-11")

    @pytest.mark.parametrize(
        ("given", "days"),
        [
            (
                {"date": "2011-02-01", "until": "2011-02-07"},
                [("2027-02-01", "2027-02-08"), ("2028-02-01", "2028-02-08")],
            ),
            (
                {"date": "2011-12-30", "until": "2012-02-29"},
                [("2027-12-30", "2027-12-31"), ("2028-12-30", "2028-12-31")],
            ),
            (
                {"date": "2011-12-30", "until": "2012-01-02"},
                [("2027-12-30", "2028-01-03"), ("2028-12-30", "2029-01-03")],
            ),
            (
                {"date": "1986-10-06", "rule": "FREQ=YEARLY;BYMONTH=10;BYDAY=1MO"},
                [("2027-10-04", "2027-10-05"), ("2028-10-02", "2028-10-03")],
            ),
        ],
    )
    def test_of_an_observance_are_those_of_each_year(
        self, given: dict[str, str], days: list[tuple[str, str]]
    ) -> None:
        """
        An observance lasts as long every year, and follows its rule.
        """
        found = entries(event(yearly=True, **given), first_year=2027, last_year=2028)
        assert [span(each) for each in found] == days


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
        assert span(in_year(year, event(date=date), show="all")) == days

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
        entry = in_year(year, began, month_dates="first-day", show="all")
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
        entry = in_year(
            2027, event(date="2000-05"), month_dates=month_dates, show="all"
        )
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
            show="all",
        )
        assert [str(each["UID"]) for each in found] == ["june-2027@ours.tjun"]


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
            event(id="about", date="2001-03-02~"),
        ]
        report(request(*events, options=IcsOptions(month_dates="skip")), 7, 7_000)
        assert noted() == [
            "ics: 7 entries for 2025 to 2035 (7 kB).",
            "ics: 2 events are not in the calendar because only the year is known.",
            "ics: 1 event is not in the calendar because only the month is known.",
            (
                "ics: 1 event is not in the calendar because the day is not known"
                " exactly."
            ),
        ]
        debug = [each for each in caplog.records if each.levelno == logging.DEBUG]
        assert {each.name for each in debug} == {"tjun.formats.ics.report"}
        assert [each.getMessage() for each in debug] == [
            "Not in the calendar because only the year is known: one, two",
            "Not in the calendar because only the month is known: vague",
            "Not in the calendar because the day is not known exactly: about",
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
            " --show major, --years or a filter such as --area."
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
                {"show": "all"},
                (
                    "none of the events has an anniversary in this period (2025 to"
                    " 2035); change this or include more years"
                ),
            ),
            (
                [event(weight="normal")],
                {"show": "major", "every": 50, "last_year": 2026},
                (
                    "none of the events has an anniversary in this period (2025 to"
                    " 2026) with --every 50, --show major; change this or include more"
                    " years"
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


class TestSummary:
    def test_of_an_event_and_its_observance_is_one(self) -> None:
        """
        Tajikistan's admission and the day that marks it are one entry.
        """
        record = tjun.load()
        both = [record.events[i] for i in ("tajikistan-joins-un", "un-accession-day")]
        entry = in_year(2027, *both)
        assert entry["UID"] == "tajikistan-joins-un-2027@ours.tjun"
        title = "35th anniversary: Tajikistan joins the United Nations (1992)"
        assert str(entry["SUMMARY"]) == title

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
        another = Source(id="another", title="A", publisher=by("Another"))
        found = self.described(
            Citation(source=DECREE, date="1992-04", until="1992-05-07", verified=False),
            Citation(source=WORLD, date="1992-03-02"),
            Citation(source=another, date="1992-03-02"),
            Citation(source=another, date="1992-03-02", says="Twice."),
            Citation(source=Source(id="none", title="N", publisher=by("No date"))),
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
            Source(id=f"s{n}", title="S", publisher=by(f"Publisher {n}"))
            for n in range(4)
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

    def test_says_why_the_record_uses_its_date(self) -> None:
        """
        If sources disagree, the reason for the date of the record follows.
        """
        found = self.described(
            Citation(source=WORLD, date="1992-03-03"), reason="The minutes say so."
        )
        assert found.splitlines()[2:] == [
            "Sources differ on the date:",
            "- 3 March 1992: World News",
            "The minutes say so.",
            "https://example.org/w",
        ]

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
            language="ru",
        )
        russian = tjun.languages()["ru"]
        unverified = russian.label("not_verified")
        assert found.splitlines() == [
            "Это.",
            "",
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

    @pytest.mark.parametrize(("length", "shown"), [(998, True), (999, False)])
    def test_omits_an_address_for_which_there_is_no_room(
        self, length: int, *, shown: bool
    ) -> None:
        """
        An address that fills the description is only in `URL`.
        """
        url = "https://example.org/".ljust(length, "x")
        source = Source(id="long", title="L", publisher=by("Long"), url=url)
        found = self.described(Citation(source=source))
        assert len(found) <= 1_000
        assert (url in found) is shown

    def test_without_an_address_ends_with_the_source(self) -> None:
        """
        If no source has an address, there is none.
        """
        found = self.described(Citation(source=DECREE))
        assert found == "It began\n\nSource: Government, No. 5; 1992"


class TestLocation:
    def test_is_the_place_of_the_event(self) -> None:
        """
        The place is in the language of the calendar; without one there is no location.
        """
        place = Text(en="New York", ru="Нью-Йорк, США")
        entry = in_year(2027, event(place=place), language="ru")
        assert str(entry["LOCATION"]) == "Нью-Йорк, США"
        assert "LOCATION" not in in_year(2027, event())


class TestUrl:
    def cited(self, *verified: bool) -> Event:
        citations = [
            Citation(
                source=Source(
                    id=f"s{number}",
                    title="S",
                    publisher=by("P"),
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
            ("It began (36th anniversary) (announced)", "TENTATIVE"),
        ]


class TestCalendar:
    def head(self, data: bytes) -> list[str]:
        lines = lines_of(data)
        return lines[: lines.index("BEGIN:VEVENT")]

    def test_has_all_its_properties_before_the_first_entry(self) -> None:
        """
        The properties of the calendar come before the first entry.
        """
        data = exported(event(), title="Tajikistan")
        assert self.head(data) == [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            f"PRODID:-//tjun//tjun {tjun.__version__}//EN",
            "CALSCALE:GREGORIAN",
            "DESCRIPTION:Tajikistan",
            "X-WR-CALDESC:Tajikistan",
            "NAME:Tajikistan: anniversaries",
            "X-WR-CALNAME:Tajikistan: anniversaries",
            "REFRESH-INTERVAL;VALUE=DURATION:P1D",
            "X-PUBLISHED-TTL:P1D",
        ]

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


class TestControlCharacters:
    @pytest.mark.parametrize(
        ("given", "what"),
        [
            ({"title": "a\x00b"}, "the title of it-began"),
            ({"title": Text(en="a", ru="a\x07b")}, "the title of it-began"),
            ({"short": "a\x00b"}, "the short title of it-began"),
            ({"place": "a\x00b"}, "the place of it-began"),
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
        made, language = each.event, tjun.language(case.options["language"])
        stamp = case.record.stamp or dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
        since = stamp - dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
        url = address_of(made, language)
        areas = [text(area.name.in_(language)) for area in made.areas]
        announced = ["ANNOUNCED"] if made.status == "announced" else []
        component = icalendar.Event.new(
            uid=entry.uid,
            stamp=stamp,
            last_modified=stamp,
            sequence=int(since.total_seconds() // 60),
            start=dt.date.fromisoformat(entry.start),
            end=dt.date.fromisoformat(entry.end),
            summary=text(entry.title),
            description=text(entry.description),
            categories=(areas + ["JUBILEE"] * each.jubilee + announced) or (),
            classification=icalendar.CLASS.PUBLIC,
            status="TENTATIVE" if made.status == "announced" else "CONFIRMED",
            transparency=icalendar.TRANSP.TRANSPARENT,
        )
        if made.place is not None:
            component.add("LOCATION", text(made.place.in_(language)))
        component.add("X-MICROSOFT-CDO-BUSYSTATUS", "FREE")
        if url is not None and url.isascii():
            component.add("URL", url)
        for each_reminder in case.options["remind"]:
            days = {"0d": 0, "3d": 3, "2w": 14}[each_reminder]
            alarm = icalendar.Alarm()
            alarm.add("ACTION", "DISPLAY")
            alarm.add("DESCRIPTION", text(entry.title))
            alarm.add("TRIGGER", dt.timedelta(hours=9) - dt.timedelta(days=days))
            component.add_component(alarm)
        lines += lines_of(component.to_ical().replace(mark.encode(), b""))
    return lines


class TestIcalendar:
    @given(
        chronologies(),
        st.sampled_from(["en", "ru", "tg"]),
        st.sampled_from([[], ["0d"], ["2w", "3d"]]),
    )
    def test_writes_the_same_entries(
        self, record: Chronology, language: str, remind: list[str]
    ) -> None:
        """
        Apart from folding, the entries are the bytes that icalendar writes.
        """
        options = {"language": language, "remind": remind, "show": "all"}
        options["today"] = TODAY
        case = Case(record, options, 1990, 2004)
        found = list(record.anniversaries(since=1990, until=2004, show="all"))
        assume(found)
        lines = lines_of(case.calendar())
        ours = lines[lines.index("BEGIN:VEVENT") : -1]
        # icalendar does not encode what a URI cannot contain.
        encoded = [line for line in ours if not re.match("URL:.*%", line)]
        assert encoded == by_icalendar(case, found)


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
        source = Source(id="s", title=text, publisher=by(text), symbol=text)
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
    @pytest.mark.parametrize("language", ["en", "ru"])
    def test_has_a_calendar_that_google_reads_completely(
        self, language: str, noted: Callable[[], list[str]]
    ) -> None:
        """
        There are at most 60 entries in a year, 500 in all and 500 kB, and no warning.
        """
        record = tjun.load()
        for today in (TODAY, dt.date(2031, 1, 1)):
            made = ExportRequest(
                chronology=record,
                options=IcsOptions(),
                language=language,
                today=today,
                exporter="ics",
            )
            data = b"".join(ICS.render(made))  # type: ignore[misc]  # Not None.
            assert len(data) <= 500_000
            years = [value[:4] for value in values(data, "DTSTART")]
            assert len(years) <= 500
            assert max(map(years.count, years)) <= 60
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
            ({"show": "some"}, "show: expected one of usual, major, all"),
            ({"revised": "soon"}, "revised"),
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
