from __future__ import annotations

import datetime as dt
import re
from calendar import isleap, monthrange
from collections.abc import Iterable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import by
from strategies import chronologies, days

from tjun import (
    Anniversary,
    Chronology,
    Citation,
    Event,
    Events,
    NotFoundError,
    PartialDate,
    Source,
    Text,
    languages,
)

NOON = dt.datetime(2000, 5, 1, 12, tzinfo=dt.UTC)
SOURCE = Source(
    id="article", title="Tajikistan and the UN", publisher=by("The Ministry")
)
LEAP_DAYS = st.sampled_from(["feb28", "mar1", "skip"])
SHOWS = st.sampled_from(["all", "usual", "major"])

Entry = tuple[str, str, int]


def kept(date: str, id: str = "x", **rest: Any) -> Event:  # noqa: A002  # As the field.
    return Event(
        **({"title": "It began"} | rest),
        id=id,
        date=date,
        citations=[Citation(source=SOURCE)],
    )


def entries(found: Iterable[Anniversary]) -> list[Entry]:
    return [(str(each.date), each.event.id, each.number) for each in found]


def within(events: Iterable[Event], since: Any, until: Any, **rest: Any) -> list[Entry]:
    choice = {"show": "all", **rest}
    return entries(Events(events).anniversaries(since=since, until=until, **choice))


def plain(record: Chronology) -> list[Event]:
    """
    Return the events without last days and rules, which have tests of their own.
    """
    return [attrs.evolve(event, until=None, rule=None) for event in record.events]


def comes(date: str, on: dt.date, last: dt.date) -> bool:
    """
    Return whether a date is in a period, or is the rest of a month at its beginning.
    """
    asked = PartialDate.parse(date)
    if asked.month == on.month and asked.year > on.year:
        return asked.extent[1] <= last
    return asked.extent[1] >= on and asked.extent[0] <= last


def falls_on(event: Event, day: dt.date, leap_day: str) -> bool:
    """
    Return whether an anniversary of *event* falls on *day*.
    """
    date = event.date
    if (date.month, date.day) == (2, 29) and not isleap(day.year):
        moved = {"feb28": (2, 28), "mar1": (3, 1), "skip": None}[leap_day]
        return (day.month, day.day) == moved
    return (day.month, day.day) == (date.month, date.day)


def chain(event: Event) -> list[Event]:
    """
    Return the event that *event* marks, the one that this marks, and so on.
    """
    return [] if event.marks is None else [event.marks, *chain(event.marks)]


def wanted(event: Event, number: int, show: str) -> bool:
    """
    Return whether *show* includes an anniversary of this number.
    """
    if number == 0 or show == "all" or event.weight == "minor":
        return number == 0 or show == "all"
    major = event.weight == "major"
    if event.yearly or (major and event.date.day is not None):
        return True
    return number % 5 == 0 and (major or show == "usual")


def expected(
    events: Iterable[Event],
    first: dt.date,
    last: dt.date,
    leap_day: str = "feb28",
    show: str = "all",
) -> set[Entry]:
    """
    Return the anniversaries from *first* to *last*, found by looking at every day.
    """
    found: dict[tuple[str, str], Event] = {}
    known = {event.id: event for event in events}
    day = first
    while day <= last:
        ending = monthrange(day.year, day.month)[1] == day.day
        whole = ending and day.replace(day=1) >= first
        for event in known.values():
            year = event.date.anchor.year
            waiting = event.status.value == "announced" and day.year > year
            vague = event.date.month is None or event.date.qualifier is not None
            if day.year < year or waiting or vague:
                continue
            if event.date.day is None:
                if whole and event.date.month == day.month:
                    found[event.id, f"{day:%Y-%m}"] = event
            elif falls_on(event, day, leap_day):
                found[event.id, day.isoformat()] = event
        day += dt.timedelta(1)
    numbers: dict[tuple[str, str], int] = {}
    for (id_, on), event in found.items():
        marks = event.marks
        counted = marks if marks is not None and event.yearly else event
        number = max(0, int(on[:4]) - counted.date.anchor.year)
        if wanted(event, number, show):
            numbers[id_, on] = number
    covered = {
        (id_ if marked.weight == "major" else marked.id, on)
        for id_, on in numbers
        for marked in chain(known[id_])
        if numbers.get((marked.id, on), 0) > 0
    }
    return {
        (on, id_, number)
        for (id_, on), number in numbers.items()
        if (id_, on) not in covered
    }


class TestAnniversariesOf:
    @given(
        chronologies(),
        days(first=1988, last=2012),
        st.integers(0, 900),
        LEAP_DAYS,
        SHOWS,
    )
    def test_are_found_by_looking_at_every_day(
        self,
        record: Chronology,
        first: dt.date,
        length: int,
        leap_day: str,
        show: str,
    ) -> None:
        """
        Looking at every day from the first to the last finds the same anniversaries.
        """
        last = first + dt.timedelta(length)
        events = plain(record)
        found = within(events, first, last, leap_day=leap_day, show=show)
        assert len(set(found)) == len(found)
        assert set(found) == expected(events, first, last, leap_day, show)

    @given(chronologies(), st.integers(1990, 2010), st.integers(0, 3))
    def test_are_sorted(self, record: Chronology, since: int, more: int) -> None:
        """
        Anniversaries are sorted by date, a month before its days, then by id.
        """
        found = record.anniversaries(since=since, until=since + more)
        keys = [(each.date.sort_key, each.event.id) for each in found]
        assert keys == sorted(keys)

    @given(chronologies(), st.integers(2, 6), st.integers(1990, 2010), SHOWS)
    def test_have_numbers_divisible_by_every(
        self, record: Chronology, every: int, since: int, show: str
    ) -> None:
        """
        *every* includes only numbers divisible by it, of major events as well.
        """
        alone = [attrs.evolve(event, marks=None) for event in record.events]
        period = (since, since + 8)
        found = within(alone, *period, every=every, show=show)
        assert found == [
            entry
            for entry in within(alone, *period, show=show)
            if entry[2] > 0 and entry[2] % every == 0
        ]

    @pytest.mark.parametrize(
        ("show", "rest", "numbers"),
        [
            ("all", {}, [0, 1, 2, 3, 4, 5, 6]),
            ("all", {"weight": "minor"}, [0, 1, 2, 3, 4, 5, 6]),
            ("usual", {}, [0, 5]),
            ("usual", {"weight": "minor"}, [0]),
            ("usual", {"weight": "major"}, [0, 1, 2, 3, 4, 5, 6]),
            ("usual", {"weight": "major", "date": "2000-05"}, [0, 5]),
            ("usual", {"date": "2000-05"}, [0, 5]),
            ("usual", {"weight": "minor", "date": "2000-05"}, [0]),
            ("usual", {"yearly": True}, [0, 1, 2, 3, 4, 5, 6]),
            ("usual", {"yearly": True, "weight": "minor"}, [0]),
            ("usual", {"solemn": True}, [0, 5]),
            ("usual", {"solemn": True, "weight": "major"}, [0, 1, 2, 3, 4, 5, 6]),
            ("major", {}, [0]),
            ("major", {"weight": "major"}, [0, 1, 2, 3, 4, 5, 6]),
            ("major", {"weight": "major", "date": "2000-05"}, [0, 5]),
            ("major", {"yearly": True}, [0, 1, 2, 3, 4, 5, 6]),
            ("major", {"status": "announced"}, [0]),
        ],
    )
    def test_depend_on_the_weight(
        self, show: str, rest: dict[str, Any], numbers: list[int]
    ) -> None:
        """
        The weight of an event and *show* decide in which years it is included.
        """
        date = rest.pop("date", "2000-05-15")
        found = within([kept(date, **rest)], 2000, 2006, show=show)
        assert [number for _, _, number in found] == numbers

    @pytest.mark.parametrize("show", ["all", "usual", "major"])
    def test_of_major_events_are_limited_by_every(self, show: str) -> None:
        """
        *every* affects major events and yearly observances too.
        """
        events = [
            kept("2000-05-15", "major", weight="major"),
            kept("2000-05-16", "yearly", yearly=True),
        ]
        assert within(events, 2000, 2011, every=5, show=show) == [
            ("2005-05-15", "major", 5),
            ("2005-05-16", "yearly", 5),
            ("2010-05-15", "major", 10),
            ("2010-05-16", "yearly", 10),
        ]

    def test_of_29_february_are_sorted_among_those_of_the_same_day(self) -> None:
        """
        Events that fall on the same day are sorted by id, whatever their own date.
        """
        events = [
            kept("1992-02-29", "b"),
            kept("1999-02-28", "c"),
            kept("1998-02-28", "a"),
        ]
        found = within(events, 2001, 2001)
        assert [id_ for _, id_, _ in found] == ["a", "b", "c"]

    @pytest.mark.parametrize(
        ("show", "rest", "found"),
        [
            ("all", {}, ["day", "day"]),
            ("usual", {}, ["day", "day"]),
            ("usual", {"weight": "major"}, ["x", "x"]),
            ("major", {"weight": "major"}, ["x", "x"]),
            ("usual", {"weight": "minor"}, ["day", "day"]),
        ],
    )
    def test_of_an_observance_are_covered_only_by_a_major_event(
        self, show: str, rest: dict[str, Any], found: list[str]
    ) -> None:
        """
        An observance covers its event, unless that is major.
        """
        event = kept("1992-03-02", **rest)
        day = kept("2016-03-02", "day", marks=event, yearly=True)
        entries = within([event, day], 2021, 2022, show=show)
        assert [id_ for _, id_, _ in entries] == found
        assert [number for _, _, number in entries] == [29, 30]

    def test_reject_a_period_that_ends_before_it_begins(self) -> None:
        """
        A period that ends before it begins is an error.
        """
        message = r"^expected a period, but until=2026 is before since=2027$"
        with pytest.raises(ValueError, match=message):
            Events().anniversaries(since=2027, until=2026)

    @pytest.mark.parametrize(
        ("date", "year", "found"),
        [
            ("1992-03-02", 2027, ("2027-03-02", 35)),
            ("1992-03-02", 1992, ("1992-03-02", 0)),
            ("1992-03-02", 1991, None),
            ("2000-05", 2001, ("2001-05", 1)),
            ("2000", 2001, None),
            ("1996-02-29", 1997, ("1997-02-28", 1)),
        ],
    )
    def test_of_one_event_in_a_year(
        self, date: str, year: int, found: tuple[str, int] | None
    ) -> None:
        """
        Event.anniversary() returns the one of a year, or None if there is none.
        """
        each = kept(date).anniversary(year)
        assert (each and (str(each.date), each.number)) == found
        assert kept(date, status="announced").anniversary(2020) is None

    def test_of_one_event_follow_the_same_rules(self) -> None:
        """
        Event.anniversary() has the rule for 29 February, and rejects invalid arguments.
        """
        leap = kept("1996-02-29")
        moved = leap.anniversary(1997, leap_day="mar1")
        assert moved is not None
        assert str(moved.date) == "1997-03-01"
        assert leap.anniversary(1997, leap_day="skip") is None
        with pytest.raises(ValueError, match=r"^expected leap_day to be one of"):
            leap.anniversary(1997, leap_day="no")  # type: ignore[arg-type]  # What is tested.
        with pytest.raises(ValueError, match=r"^expected a year from 1 to 9999"):
            leap.anniversary(0)

    def test_exist_in_the_last_year_of_the_calendar(self) -> None:
        """
        The year 9999 is the last one with anniversaries.
        """
        found = within([kept("1999-12-31")], 9999, 9999)
        assert found == [("9999-12-31", "x", 8000)]

    @pytest.mark.parametrize("every", [0, -1, True, 1.0, "5", None])
    def test_reject_an_invalid_every(self, every: Any) -> None:
        """
        *every* has to be a positive integer; the call itself raises the error.
        """
        message = f"expected every to be an integer of at least 1, got {every!r}"
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            Events().anniversaries(since=2000, until=2001, every=every)
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            Events().upcoming("2000-01-01", every=every)

    @pytest.mark.parametrize(
        ("option", "message"),
        [
            (
                {"leap_day": "feb29"},
                "expected leap_day to be one of feb28, mar1, skip, got 'feb29'",
            ),
            (
                {"show": "some"},
                "expected show to be one of usual, major, all, got 'some'",
            ),
            (
                {"show": None},
                "expected show to be one of usual, major, all, got None",
            ),
        ],
    )
    def test_reject_other_options(self, option: Any, message: str) -> None:
        """
        The error for an invalid option lists the valid values.
        """
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            Events().anniversaries(since=2000, until=2001, **option)

    @pytest.mark.parametrize(
        ("since", "until"),
        [("soon", 2001), (2000, None), (0, 2001), (2000, 10000), (NOON, 2001)],
    )
    def test_reject_an_invalid_period(self, since: Any, until: Any) -> None:
        """
        An invalid start or end of the period is an error.
        """
        with pytest.raises(ValueError, match=r"^expected a (date|year)"):
            Events().anniversaries(since=since, until=until)

    def test_of_an_observance_are_covered_by_the_end_of_the_chain(self) -> None:
        """
        An event covers an observance of its observance, even if that is on another day.
        """
        event = kept("1992-03-02", weight="major")
        week = kept("2000-03-09", "week", marks=event, yearly=True)
        day = kept("2010-03-02", "day", marks=week, yearly=True)
        assert within([event, week, day], 2020, 2020) == [
            ("2020-03-02", "x", 28),
            ("2020-03-09", "week", 28),
        ]

    @pytest.mark.parametrize(
        ("leap_day", "found"),
        [
            ("feb28", [("2027-02-28", "x", 31), ("2027-03-01", "day", 31)]),
            ("mar1", [("2027-03-01", "x", 31)]),
        ],
    )
    def test_of_29_february_cover_an_observance_if_they_fall_on_its_day(
        self, leap_day: str, found: list[Entry]
    ) -> None:
        """
        Whether an event covers its observance depends on where 29 February falls.
        """
        event = kept("1996-02-29", weight="major")
        day = kept("2001-03-01", "day", marks=event, yearly=True)
        assert within([event, day], 2027, 2027, leap_day=leap_day) == found


class TestLasting:
    @staticmethod
    def spans(event: Event, since: int, until: int, **rest: Any) -> list[str]:
        found = Events([event]).anniversaries(since=since, until=until, **rest)
        return [
            str(each.date) if each.until is None else f"{each.date}/{each.until}"
            for each in found
        ]

    def test_observances_last_as_long_every_year(self) -> None:
        """
        The last day of an observance is in every year, also in the year after.
        """
        week = kept("2010-02-01", until="2010-02-07", yearly=True)
        expected = ["2026-02-01/2026-02-07", "2027-02-01/2027-02-07"]
        assert self.spans(week, 2026, 2027) == expected
        turn = kept("2010-12-30", until="2011-01-02", yearly=True)
        assert self.spans(turn, 2026, 2026) == ["2026-12-30/2027-01-02"]
        leap = kept("2012-02-27", until="2012-02-29", yearly=True)
        assert self.spans(leap, 2027, 2028) == [
            "2027-02-27/2027-02-28",
            "2028-02-27/2028-02-29",
        ]

    def test_events_last_only_in_their_own_year(self) -> None:
        """
        The event itself has its last day, its anniversaries are on the first day.
        """
        talks = kept("2018-06-20", until="2018-06-22", weight="major")
        assert self.spans(talks, 2018, 2019) == ["2018-06-20/2018-06-22", "2019-06-20"]

    def test_movable_observances_follow_their_rule(self) -> None:
        """
        An observance with a rule falls on that weekday of the month.
        """
        rule = "FREQ=YEARLY;BYMONTH=10;BYDAY=1MO"
        day = kept("1985-10-07", yearly=True, rule=rule)
        assert self.spans(day, 1985, 1987) == ["1985-10-07", "1986-10-06", "1987-10-05"]
        known = kept("1985", yearly=True, rule=rule)
        assert self.spans(known, 1985, 1986) == ["1985-10-07", "1986-10-06"]
        last = kept("2020", yearly=True, rule="FREQ=YEARLY;BYMONTH=2;BYDAY=-1SA")
        assert self.spans(last, 2020, 2021) == ["2020-02-29", "2021-02-27"]
        week = kept("1985-10-07", until="1985-10-11", yearly=True, rule=rule)
        assert self.spans(week, 1986, 1986) == ["1986-10-06/1986-10-10"]

    @pytest.mark.parametrize(
        ("on", "there"),
        [
            ("2026-12-29", False),
            ("2026-12-30", True),
            ("2027-01-01", True),
            ("2027-01-02", True),
            ("2027-01-03", False),
        ],
    )
    def test_are_upcoming_until_their_last_day(self, on: str, there: bool) -> None:
        """
        What lasts is upcoming until its last day, also across the end of the year.
        """
        turn = kept("2010-12-30", until="2011-01-02", yearly=True)
        assert bool(Events([turn]).upcoming(on, 1)) is there

    @pytest.mark.parametrize("date", ["1992~", "1992-03~", "1992-03-02~", "1992-21"])
    def test_only_exact_days_and_months_have_anniversaries(self, date: str) -> None:
        """
        An event whose date is qualified has no anniversaries.
        """
        assert self.spans(kept(date, until="1995"), 1990, 2030, show="all") == []


class TestUpcoming:
    @given(chronologies(), days(first=1988, last=2010), st.integers(1, 500), SHOWS)
    def test_are_those_with_a_day_in_the_period(
        self, record: Chronology, on: dt.date, length: int, show: Any
    ) -> None:
        """
        An anniversary is upcoming if one of its days is in the period.
        """
        last = on + dt.timedelta(length - 1)
        events = plain(record)
        around = expected(
            events,
            dt.date(on.year, 1, 1),
            dt.date(last.year, 12, 31),
            show=show,
        )
        found = entries(Events(events).upcoming(on, length, show=show))
        assert len(set(found)) == len(found)
        assert set(found) == {entry for entry in around if comes(entry[0], on, last)}

    @pytest.mark.parametrize(
        ("on", "length", "there"),
        [
            (dt.date(2001, 4, 30), 1, False),
            (dt.date(2001, 4, 30), 2, True),
            (dt.date(2001, 5, 31), 1, True),
            (dt.date(2001, 6, 1), 1, False),
        ],
    )
    def test_include_a_month_until_it_is_over(
        self, on: dt.date, length: int, there: bool
    ) -> None:
        """
        A month is upcoming until its last day.
        """
        month = Events([kept("2000-05")])
        found = entries(month.upcoming(on, length, show="all"))
        assert found == ([("2001-05", "x", 1)] if there else [])

    def test_include_the_first_day(self) -> None:
        """
        The first day is one of the days, so that a year has no day twice.
        """
        joined = Events([kept("1992-03-02", weight="major")])
        day = dt.date(2027, 3, 2)
        assert entries(joined.upcoming(day, 1)) == [("2027-03-02", "x", 35)]
        assert entries(joined.upcoming(day, 365)) == [("2027-03-02", "x", 35)]

    def test_include_each_month_once_a_year(self) -> None:
        """
        A month that has begun does not come again within 365 days.
        """
        opened = Events([kept("2000-05", weight="major")])
        for first in (dt.date(2001, 5, 1), dt.date(2001, 5, 31)):
            found = opened.upcoming(first, 365, show="all")
            assert entries(found) == [("2001-05", "x", 1)]
            later = [("2001-05", "x", 1), ("2002-05", "x", 2)]
            assert entries(opened.upcoming(first, 396, show="all")) == later

    def test_end_with_the_calendar(self) -> None:
        """
        Days after the year 9999 are no error.
        """
        joined = Events([kept("1992-03-02", weight="major")])
        found = joined.upcoming(dt.date(9998, 3, 3), 10**6)
        assert entries(found) == [("9999-03-02", "x", 8007)]

    @pytest.mark.parametrize("number", [-1, 0, 1.5, True, "90", None])
    def test_reject_an_invalid_number_of_days(self, number: Any) -> None:
        """
        The number of days has to be an integer of at least 1.
        """
        message = f"expected days to be an integer of at least 1, got {number!r}"
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            Events().upcoming(dt.date(2000, 1, 1), number)

    @pytest.mark.parametrize("on", ["2000-01-01", PartialDate(2000, 1, 1)])
    def test_accept_a_day_in_every_form(self, on: Any) -> None:
        """
        The first day can be a string or a PartialDate.
        """
        found = Events([kept("1995-01-02")]).upcoming(on, 2)
        assert entries(found) == [("2000-01-02", "x", 5)]

    @pytest.mark.parametrize("on", ["2000-01", 2000, NOON, None])
    def test_reject_what_is_not_a_day(self, on: Any) -> None:
        """
        A month, a year or a datetime is an error.
        """
        with pytest.raises(ValueError, match=r"^expected a (whole day|date) as"):
            Events().upcoming(on)


class TestAnniversary:
    @pytest.mark.parametrize(
        ("number", "jubilee"),
        [(0, False), (1, False), (4, False), (5, True), (12, False), (35, True)],
    )
    def test_is_a_jubilee_every_five_years(self, number: int, jubilee: bool) -> None:
        """
        Numbers divisible by five are jubilees, except the event itself.
        """
        event = kept("1992-03-02", weight="major")
        each = Anniversary(event=event, date=event.date, number=number)
        assert each.jubilee is jubilee

    @pytest.mark.parametrize("number", [0, 5, 12, 35])
    @pytest.mark.parametrize(
        "rest", [{"solemn": True}, {"weight": "minor"}, {"yearly": True}]
    )
    def test_of_some_events_is_never_a_jubilee(
        self, rest: dict[str, Any], number: int
    ) -> None:
        """
        A death, a minor event, or an observance that marks no event has no jubilees.
        """
        event = kept("1992-03-02", **rest)
        each = Anniversary(event=event, date=event.date, number=number)
        assert not each.jubilee

    def test_of_an_observance_is_a_jubilee_of_what_it_marks(self) -> None:
        """
        An observance that marks an event has jubilees.
        """
        event = kept("2000-03-02", yearly=True, marks=kept("1992", "joined"))
        assert Anniversary(event=event, date=event.date, number=35).jubilee

    def test_title_is_the_short_one(self) -> None:
        """
        The title contains the short title of the event if there is one.
        """
        event = kept("1992-03-02", short=Text(en="Joins", ru="Вступает"))
        each = Anniversary(event=event, date=PartialDate(2027, 3, 2), number=35)
        assert each.title("ru") == "35-я годовщина: Вступает (1992)"

    @pytest.mark.parametrize(
        ("language", "title"),
        [
            ("en", "35th anniversary: Tajikistan joins (1992)"),
            ("ru", "35-я годовщина: Таджикистан вступает (1992)"),
            ("tg", "35-солагӣ: Tajikistan joins (1992)"),
        ],
    )
    def test_title_has_the_number_and_the_year(self, language: str, title: str) -> None:
        """
        The title contains the number and the year in the language.
        """
        name = Text(en="Tajikistan joins", ru="Таджикистан вступает")
        event = kept("1992-03-02", title=name)
        each = Anniversary(event=event, date=PartialDate(2027, 3, 2), number=35)
        assert each.title(language) == title

    @pytest.mark.parametrize(
        ("date", "rest", "number", "title"),
        [
            ("2000-05-15", {}, 0, "It began"),
            ("2000-05-15", {}, 1, "1st anniversary: It began (2000)"),
            ("2000-05-15", {}, 112, "112th anniversary: It began (2000)"),
            ("2000-05", {}, 0, "It began (May 2000, day not known)"),
            (
                "2000-05",
                {},
                27,
                "27th anniversary: It began (May 2000, day not known)",
            ),
            ("2000-05-15", {"yearly": True}, 0, "It began"),
            ("2000-05-15", {"yearly": True}, 7, "It began"),
            ("2000-05-15", {"yearly": True, "marks": kept("1992")}, 0, "It began"),
            (
                "2000-05-15",
                {"yearly": True, "marks": kept("1992")},
                8,
                "It began (8th anniversary)",
            ),
            (
                "2000-05-15",
                {"marks": kept("1992")},
                3,
                "3rd anniversary: It began (2000)",
            ),
            ("2000-05-15", {"solemn": True}, 0, "It began"),
            ("2000-05-15", {"solemn": True}, 1, "1 year ago: It began (2000)"),
            ("2000-05-15", {"solemn": True}, 30, "30 years ago: It began (2000)"),
            (
                "2000-05",
                {"solemn": True},
                30,
                "30 years ago: It began (May 2000, day not known)",
            ),
            ("2000-05-15", {"solemn": True, "yearly": True}, 7, "It began"),
            (
                "2000-05-15",
                {"solemn": True, "yearly": True, "marks": kept("1992")},
                8,
                "It began (8 years ago)",
            ),
        ],
    )
    def test_title_depends_on_the_event(
        self, date: str, rest: dict[str, Any], number: int, title: str
    ) -> None:
        """
        The event itself and an observance have their own title, others a number.
        """
        event = kept(date, **rest)
        year = event.date.anchor.year + number
        on = PartialDate(year, event.date.month, event.date.day)
        assert Anniversary(event=event, date=on, number=number).title() == title

    @pytest.mark.parametrize(
        ("language", "title"),
        [
            ("en", "30 years ago: It began (1992)"),
            ("ru", "30 лет назад: It began (1992)"),
            ("tg", "30 сол пеш: It began (1992)"),
        ],
    )
    def test_title_of_a_solemn_event_says_how_long_ago_it_was(
        self, language: str, title: str
    ) -> None:
        """
        The title of a death or a disaster says how many years ago it was.
        """
        event = kept("1992-03-02", solemn=True)
        each = Anniversary(event=event, date=PartialDate(2022, 3, 2), number=30)
        assert each.title(language) == title
        itself = Anniversary(event=event, date=event.date, number=0)
        assert itself.title(language) == "It began"

    def test_title_accepts_a_language_or_a_tag(self) -> None:
        """
        The language of the title can be a tag, perhaps with a region, or a Language.
        """
        event = kept("1992-03-02", title=Text({"en": "It began", "ru-RU": "Началось"}))
        each = Anniversary(event=event, date=PartialDate(2027, 3, 2), number=35)
        assert each.title("ru-RU") == "35-я годовщина: Началось (1992)"
        assert each.title(languages()["ru"]) == "35-я годовщина: It began (1992)"

    @pytest.mark.parametrize("marks", [None, kept("1992")])
    def test_title_of_an_observance_says_that_its_day_is_not_known(
        self, marks: Event | None
    ) -> None:
        """
        If only the month of an observance is known, its title says so.
        """
        event = kept("2000-05", yearly=True, marks=marks)
        each = Anniversary(event=event, date=PartialDate(2001, 5), number=9)
        assert "day not known" in each.title()

    def test_title_in_an_unknown_language_is_an_error(self) -> None:
        """
        A title in an unknown language raises NotFoundError.
        """
        event = kept("1992-03-02")
        each = Anniversary(event=event, date=event.date, number=0)
        with pytest.raises(NotFoundError, match=r"^There is no language 'fr'"):
            each.title("fr")

    @pytest.mark.parametrize(
        ("number", "title"),
        [
            (0, "Началось (май 2000, день неизвестен)"),
            (35, "35-я годовщина: Началось (май 2000, день неизвестен)"),
        ],
    )
    def test_title_in_a_language_says_that_the_day_is_not_known(
        self, number: int, title: str
    ) -> None:
        """
        The title says in its language that the day is not known.
        """
        event = kept("2000-05", title=Text(en="It began", ru="Началось"))
        date = PartialDate(2000 + number, 5)
        each = Anniversary(event=event, date=date, number=number)
        assert each.title("ru") == title

    def test_title_of_an_observance_has_the_number_in_the_language(self) -> None:
        """
        The number of an observance follows its title, in the language.
        """
        marked = kept("1992-03-02")
        event = kept("2000-03-05", "day", marks=marked, yearly=True)
        each = Anniversary(event=event, date=PartialDate(2027, 3, 5), number=35)
        assert each.title("ru") == "It began (35-я годовщина)"
