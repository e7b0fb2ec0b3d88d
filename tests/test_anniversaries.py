from __future__ import annotations

import copy
import datetime as dt
import pickle
import re
from calendar import isleap, monthrange
from collections.abc import Iterable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import chronologies, days

from tjun import (
    Anniversary,
    Chronology,
    Citation,
    Event,
    PartialDate,
    Source,
    Text,
)
from tjun.chronology.anniversaries import anniversaries_of, upcoming_of

SOURCE = Source(id="article", title="Tajikistan and the UN", publisher="The Ministry")
LEAP_DAYS = st.sampled_from(["feb28", "mar1", "skip"])

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
    return entries(anniversaries_of(tuple(events), since=since, until=until, **rest))


def falls_on(event: Event, day: dt.date, leap_day: str) -> bool:
    """
    Whether the day of *event* returns on *day*, by the calendar on the wall.
    """
    date = event.date
    if (date.month, date.day) == (2, 29) and not isleap(day.year):
        moved = {"feb28": (2, 28), "mar1": (3, 1), "skip": None}[leap_day]
        return (day.month, day.day) == moved
    return (day.month, day.day) == (date.month, date.day)


def chain(event: Event) -> list[Event]:
    """
    The event whose day *event* keeps, the one whose day that keeps, and so on.
    """
    return [] if event.marks is None else [event.marks, *chain(event.marks)]


def counted(
    events: Iterable[Event], first: dt.date, last: dt.date, leap_day: str = "feb28"
) -> set[Entry]:
    """
    The anniversaries from *first* to *last*, found by turning over every day.
    """
    found: dict[tuple[str, str], Event] = {}
    known = {event.id: event for event in events}
    day = first
    while day <= last:
        ending = monthrange(day.year, day.month)[1] == day.day
        whole = ending and day.replace(day=1) >= first
        for event in known.values():
            ahead = day.year < event.date.year
            waiting = event.status.value == "announced" and day.year > event.date.year
            if ahead or waiting or event.date.month is None:
                continue
            if event.date.day is None:
                if whole and event.date.month == day.month:
                    found[event.id, f"{day:%Y-%m}"] = event
            elif falls_on(event, day, leap_day):
                found[event.id, day.isoformat()] = event
        day += dt.timedelta(1)
    counts = set()
    for (id_, on), event in found.items():
        marks = event.marks
        if any((marked.id, on) in found for marked in chain(event)):
            continue
        counts_from = marks if marks is not None and event.yearly else event
        number = max(0, int(on[:4]) - counts_from.date.year)
        counts.add((on, id_, number))
    return counts


class TestAnniversariesOf:
    @given(chronologies(), days(first=1988, last=2012), st.integers(0, 900), LEAP_DAYS)
    def test_are_those_of_a_day_by_day_count(
        self, record: Chronology, first: dt.date, length: int, leap_day: str
    ) -> None:
        """
        Turning over every day from the first to the last finds the same entries.
        """
        last = first + dt.timedelta(length)
        found = within(record.events, first, last, leap_day=leap_day)
        assert len(set(found)) == len(found)
        assert set(found) == counted(record.events, first, last, leap_day)

    @given(chronologies(), st.integers(1990, 2010), st.integers(0, 3))
    def test_come_in_order(self, record: Chronology, since: int, more: int) -> None:
        """
        Entries come by their first day, a month before its days, then by id.
        """
        found = list(anniversaries_of(record.events, since=since, until=since + more))
        keys = [(each.date.sort_key, each.event.id) for each in found]
        assert keys == sorted(keys)

    @given(chronologies(), st.integers(1, 6), st.integers(1990, 2010))
    def test_keep_the_multiples_asked_for(
        self, record: Chronology, every: int, since: int
    ) -> None:
        """
        With every, the numbers are its multiples, and the event itself is left out.
        """
        all_of_them = within(record.events, since, since + 8)
        found = within(record.events, since, since + 8, every=every)
        assert found == [
            entry
            for entry in all_of_them
            if every == 1 or (entry[2] > 0 and entry[2] % every == 0)
        ]

    @pytest.mark.parametrize(
        ("every", "numbers"), [(1, [0, 1, 2, 3, 4, 5, 6]), (2, [2, 4, 6]), (5, [5])]
    )
    def test_leave_out_the_event_itself_among_multiples(
        self, every: int, numbers: list[int]
    ) -> None:
        """
        The event itself is no multiple, and stands only where every number does.
        """
        found = within([kept("2000-05-15")], 2000, 2006, every=every)
        assert [number for _, _, number in found] == numbers

    @given(chronologies(), st.randoms(use_true_random=False))
    def test_do_not_depend_on_the_order_of_events(
        self, record: Chronology, random: Any
    ) -> None:
        """
        The same events in another order have the same anniversaries.
        """
        shuffled = list(record.events)
        random.shuffle(shuffled)
        expected = within(record.events, 1990, 2010)
        assert within(shuffled, 1990, 2010) == expected

    @pytest.mark.parametrize(
        ("leap_day", "dates"),
        [
            ("feb28", ["2000-02-29", "2001-02-28", "2002-02-28", "2003-02-28"]),
            ("mar1", ["2000-02-29", "2001-03-01", "2002-03-01", "2003-03-01"]),
            ("skip", ["2000-02-29"]),
        ],
    )
    def test_of_29_february_fall_where_they_are_wanted(
        self, leap_day: str, dates: list[str]
    ) -> None:
        """
        In common years 29 February is the day before, the day after, or left out.
        """
        found = within([kept("2000-02-29")], 2000, 2004, leap_day=leap_day)
        assert [date for date, _, _ in found] == [*dates, "2004-02-29"]
        assert [number for _, _, number in found] == [
            int(date[:4]) - 2000 for date, _, _ in found
        ]

    @pytest.mark.parametrize(
        ("year", "date"),
        [(2000, "2000-02-29"), (2100, "2100-02-28"), (2400, "2400-02-29")],
    )
    def test_know_the_leap_years_of_centuries(self, year: int, date: str) -> None:
        """
        A full century is no leap year, unless it is a fourth one.
        """
        found = within([kept("1992-02-29")], year, year)
        assert found == [(date, "x", year - 1992)]

    def test_of_a_month_are_months(self) -> None:
        """
        An event known to the month returns as a whole month.
        """
        assert within([kept("2000-05")], 2000, 2002) == [
            ("2000-05", "x", 0),
            ("2001-05", "x", 1),
            ("2002-05", "x", 2),
        ]

    @pytest.mark.parametrize(
        ("since", "until", "inside"),
        [
            ("2001-05-01", "2001-05-31", True),
            ("2001-05", "2001-05", True),
            ("2001-05-02", "2001-05-31", False),
            ("2001-05-01", "2001-05-30", False),
        ],
    )
    def test_of_a_month_need_all_of_it(
        self, since: str, until: str, inside: bool
    ) -> None:
        """
        A month is in the time asked for when all its days are.
        """
        assert bool(within([kept("2000-05")], since, until)) is inside

    def test_of_a_year_are_none(self) -> None:
        """
        An event known to the year only has no anniversary, and is not padded.
        """
        assert within([kept("2000")], 1999, 2030) == []

    def test_of_the_announced_wait_until_it_is_held(self) -> None:
        """
        What is only announced stands on its day, and has no anniversary yet.
        """
        event = kept("2028-03-02", status="announced")
        assert within([event], 2027, 2040) == [("2028-03-02", "x", 0)]
        held = attrs.evolve(event, status="held")
        assert len(within([held], 2027, 2040)) == 13

    def test_of_an_announced_event_leave_its_observance_alone(self) -> None:
        """
        While an event is announced, an observance of its day stands by itself.
        """
        event = kept("2028-03-02", status="announced")
        day = kept("2028-03-02", "day", marks=event, yearly=True)
        assert within([event, day], 2028, 2029) == [
            ("2028-03-02", "x", 0),
            ("2029-03-02", "day", 1),
        ]

    def test_of_an_observance_and_its_event_are_one(self) -> None:
        """
        An observance that keeps the day of another event is one entry with it.
        """
        event = kept("1992-03-02")
        day = kept("2016-03-02", "day", marks=event, yearly=True)
        assert within([event, day], 2015, 2017) == [
            ("2015-03-02", "x", 23),
            ("2016-03-02", "x", 24),
            ("2017-03-02", "x", 25),
        ]

    def test_of_an_observance_alone_count_from_its_event(self) -> None:
        """
        An observance without its event has an entry, which counts from that event.
        """
        event = kept("1992-03-02")
        day = kept("2016-03-02", "day", marks=event, yearly=True)
        assert within([day], 2015, 2017) == [
            ("2016-03-02", "day", 24),
            ("2017-03-02", "day", 25),
        ]

    def test_of_a_jubilee_that_was_held_once_are_one_with_its_event(self) -> None:
        """
        An event that marked another's day once is one entry with it, too.
        """
        event = kept("1992-03-02")
        party = kept("2022-03-02", "party", marks=event)
        assert within([event, party], 2022, 2023) == [
            ("2022-03-02", "x", 30),
            ("2023-03-02", "x", 31),
        ]
        assert within([party], 2022, 2023) == [
            ("2022-03-02", "party", 0),
            ("2023-03-02", "party", 1),
        ]

    def test_of_an_observance_of_an_observance_are_one(self) -> None:
        """
        Three events that keep one day, each the next one's, are one entry.
        """
        event = kept("1992-03-02")
        day = kept("2000-03-02", "day", marks=event, yearly=True)
        week = kept("2010-03-02", "week", marks=day, yearly=True)
        assert within([event, day, week], 2020, 2020) == [("2020-03-02", "x", 28)]

    def test_of_a_long_row_of_observances_are_counted(self) -> None:
        """
        A hundred events, each of which marks the one before, are a hundred entries.
        """
        row = [kept("1900-01-01", "day-0")]
        for n in range(1, 100):
            on = dt.date(1900, 1, 1) + dt.timedelta(n)
            row.append(kept(on.isoformat(), f"day-{n}", marks=row[-1]))
        assert len(within(row, 1900, 1900)) == 100

    def test_of_an_observance_on_another_day_are_two(self) -> None:
        """
        An observance that is kept on another day has an entry of its own.
        """
        event = kept("1992-03-02")
        day = kept("2016-03-03", "day", marks=event, yearly=True)
        assert within([event, day], 2020, 2020) == [
            ("2020-03-02", "x", 28),
            ("2020-03-03", "day", 28),
        ]

    def test_of_an_observance_older_than_its_event_count_from_zero(self) -> None:
        """
        An observance before the event that it came to mark has the number 0.
        """
        event = kept("2000-03-02")
        day = kept("1999-03-03", "day", marks=event, yearly=True)
        assert within([day], 1999, 2001) == [
            ("1999-03-03", "day", 0),
            ("2000-03-03", "day", 0),
            ("2001-03-03", "day", 1),
        ]

    def test_of_a_time_that_ends_before_it_begins_are_none(self) -> None:
        """
        A time whose end is before its beginning holds nothing.
        """
        assert within([kept("1992-03-02")], 2027, 2026) == []

    def test_reach_the_end_of_the_calendar(self) -> None:
        """
        The last year there is has its anniversaries.
        """
        found = within([kept("1999-12-31")], 9999, 9999)
        assert found == [("9999-12-31", "x", 8000)]

    @pytest.mark.parametrize("every", [0, -1, True, 1.0, "5", None])
    def test_refuse_a_step_that_is_none(self, every: object) -> None:
        """
        Anything but a number from 1 is refused as a step.
        """
        message = f"expected every to be an integer of at least 1, got {every!r}"
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            within([], 2000, 2001, every=every)

    def test_refuse_a_leap_day_that_is_none(self) -> None:
        """
        Another place for 29 February is refused with those there are.
        """
        message = r"^expected leap_day to be one of feb28, mar1, skip, got 'feb29'$"
        with pytest.raises(ValueError, match=message):
            within([], 2000, 2001, leap_day="feb29")

    @pytest.mark.parametrize(
        ("since", "until"), [("soon", 2001), (2000, None), (0, 2001), (2000, 10000)]
    )
    def test_refuse_an_end_that_is_none(self, since: object, until: object) -> None:
        """
        An end of the time that is no date is refused.
        """
        with pytest.raises(ValueError, match=r"^expected a (date|year)"):
            within([], since, until)

    def test_of_an_observance_of_an_observance_apart_are_one(self) -> None:
        """
        An entry is one with the event at the end of the row, whatever stands between.
        """
        event = kept("1992-03-02")
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
    def test_of_29_february_are_one_with_an_observance_where_they_fall(
        self, leap_day: str, found: list[Entry]
    ) -> None:
        """
        Whether an observance is one with its event depends on where that falls.
        """
        event = kept("1996-02-29")
        day = kept("2001-03-01", "day", marks=event, yearly=True)
        assert within([event, day], 2027, 2027, leap_day=leap_day) == found


class TestUpcomingOf:
    @given(chronologies(), days(first=1988, last=2010), st.integers(0, 500))
    def test_are_what_may_lie_ahead(
        self, record: Chronology, on: dt.date, length: int
    ) -> None:
        """
        Upcoming is what has a day from today to the last one, both counting.
        """
        last = on + dt.timedelta(length)
        around = counted(
            record.events, dt.date(on.year, 1, 1), dt.date(last.year, 12, 31)
        )
        expected = {
            entry
            for entry in around
            if PartialDate.parse(entry[0]).latest >= on
            and PartialDate.parse(entry[0]).earliest <= last
        }
        found = entries(upcoming_of(record.events, on=on, days=length, minor="all"))
        assert len(set(found)) == len(found)
        assert set(found) == expected

    @pytest.mark.parametrize(
        ("on", "length", "there"),
        [
            (dt.date(2001, 4, 30), 0, False),
            (dt.date(2001, 4, 30), 1, True),
            (dt.date(2001, 5, 31), 0, True),
            (dt.date(2001, 6, 1), 0, False),
        ],
    )
    def test_hold_a_month_while_any_day_lies_ahead(
        self, on: dt.date, length: int, there: bool
    ) -> None:
        """
        A month is upcoming from the day it comes in reach to its last day.
        """
        found = entries(upcoming_of([kept("2000-05", major=True)], on=on, days=length))
        assert found == ([("2001-05", "x", 1)] if there else [])

    def test_hold_today(self) -> None:
        """
        Without a day ahead, today is still among them.
        """
        found = upcoming_of([kept("1992-03-02")], on=dt.date(2027, 3, 2), days=0)
        assert entries(found) == [("2027-03-02", "x", 35)]

    def test_stop_at_the_end_of_the_calendar(self) -> None:
        """
        Days beyond the last year there is hold nothing, and are no error.
        """
        found = upcoming_of(
            [kept("1992-03-02", major=True)], on=dt.date(9998, 3, 3), days=10**6
        )
        assert entries(found) == [("9999-03-02", "x", 8007)]

    def test_refuse_a_negative_number(self) -> None:
        """
        A negative number of days is refused.
        """
        with pytest.raises(
            ValueError, match=r"^expected days to be an integer of at least 0, got -1$"
        ):
            upcoming_of([], on=dt.date(2000, 1, 1), days=-1)


class TestAnniversary:
    @pytest.mark.parametrize(
        ("number", "jubilee"),
        [(0, False), (1, False), (4, False), (5, True), (12, False), (35, True)],
    )
    def test_is_a_jubilee_every_five_years(self, number: int, jubilee: bool) -> None:
        """
        Multiples of 5 are jubilees, and the event itself is none.
        """
        event = kept("1992-03-02")
        each = Anniversary(event=event, date=event.date, number=number)
        assert each.jubilee is jubilee

    @pytest.mark.parametrize(
        ("language", "title"),
        [
            ("en", "35th anniversary: Tajikistan joins (1992)"),
            ("ru", "35-я годовщина: Таджикистан вступает (1992)"),
            ("tg", "35-солагӣ: Tajikistan joins (1992)"),
        ],
    )
    def test_is_called_by_its_number_and_year(self, language: str, title: str) -> None:
        """
        The title has the number and the year, in each language that there is.
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
        ],
    )
    def test_is_called_by_what_it_is(
        self, date: str, rest: dict[str, Any], number: int, title: str
    ) -> None:
        """
        The event itself and an observance go by their own title, others by number.
        """
        event = kept(date, **rest)
        year = event.date.year + number
        on = attrs.evolve(event.date, year=year)
        assert Anniversary(event=event, date=on, number=number).title() == title

    @pytest.mark.parametrize("marks", [None, kept("1992")])
    def test_of_a_month_says_so_for_an_observance_too(
        self, marks: Event | None
    ) -> None:
        """
        Where only the month of an observance is known, its title says so.
        """
        event = kept("2000-05", yearly=True, marks=marks)
        each = Anniversary(event=event, date=PartialDate(2001, 5), number=9)
        assert "day not known" in each.title()

    def test_refuses_another_language(self) -> None:
        """
        A title in a language that the record has not is refused with those it has.
        """
        event = kept("1992-03-02")
        each = Anniversary(event=event, date=event.date, number=0)
        with pytest.raises(
            ValueError, match=r"^expected a language of en, ru, tg, got 'fr'$"
        ):
            each.title("fr")

    def test_is_a_frozen_value(self) -> None:
        """
        Anniversaries can be compared, hashed, pickled and copied, but not changed.
        """
        event = kept("1992-03-02")
        each = Anniversary(event=event, date=event.date, number=0)
        for again in (pickle.loads(pickle.dumps(each)), copy.deepcopy(each)):
            assert again == each
            assert hash(again) == hash(each)
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            each.number = 1  # type: ignore[misc]  # What is tested.

    @pytest.mark.parametrize(
        ("number", "title"),
        [
            (0, "Началось (май 2000, день неизвестен)"),
            (35, "35-я годовщина: Началось (май 2000, день неизвестен)"),
        ],
    )
    def test_of_a_month_says_so_in_the_language(self, number: int, title: str) -> None:
        """
        That the day is not known is said in the language asked for.
        """
        event = kept("2000-05", title=Text(en="It began", ru="Началось"))
        date = PartialDate(2000 + number, 5)
        each = Anniversary(event=event, date=date, number=number)
        assert each.title("ru") == title

    def test_of_an_observance_says_the_number_in_the_language(self) -> None:
        """
        The number of an observance stands behind its title, in the language.
        """
        marked = kept("1992-03-02")
        event = kept("2000-03-05", "day", marks=marked, yearly=True)
        each = Anniversary(event=event, date=PartialDate(2027, 3, 5), number=35)
        assert each.title("ru") == "It began (35-я годовщина)"
