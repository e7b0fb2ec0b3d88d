from __future__ import annotations

import datetime as dt
import re
import sys
import threading
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import by
from strategies import bounds, chronologies, events

from tjun import (
    Chronology,
    Citation,
    CooperationArea,
    Event,
    EventKind,
    Events,
    EventStatus,
    Mission,
    Missions,
    NotFoundError,
    PartialDate,
    Source,
)
from tjun.model.dates import DateBound, as_bound

SOURCE = Source(
    id="article", title="Tajikistan and the UN", publisher=by("The Ministry")
)
OTHER = Source(id="other", title="Another page", publisher=by("Someone"))
NOON = dt.datetime(2000, 5, 1, 12, tzinfo=dt.UTC)
WATER, PEACE, RIGHTS = (
    CooperationArea(id=id_, name=id_) for id_ in ("water", "peace", "rights")
)


def event(date: str = "2000", id: str = "x", **rest: Any) -> Event:  # noqa: A002  # As the field.
    return Event(
        **({"title": "It began", "citations": [Citation(source=SOURCE)]} | rest),
        id=id,
        date=date,
    )


def mission(id: str, opening: str, closing: str | None = None) -> Mission:  # noqa: A002  # As the field.
    return Mission(
        id=id,
        name=id,
        acronym=id,
        opening=event(opening, f"{id}-opened"),
        closing=None if closing is None else event(closing, f"{id}-closed"),
    )


def a_record() -> Chronology:
    """
    Return a record in which each criterion selects other events.
    """
    visit = event(
        "2002", "c", kind="visit", citations=[Citation(source=SOURCE, date="2003")]
    )
    last = event("2028", "d", status="announced", weight="major")
    return Chronology(
        events=[
            event("2000", "a", areas=[WATER]),
            event(
                "2001",
                "b",
                title="The second",
                areas=[WATER, PEACE],
                citations=[Citation(source=OTHER)],
            ),
        ],
        missions=[
            Mission(
                id="observers", name="M", acronym="UNMOT", opening=visit, closing=last
            )
        ],
    )


@st.composite
def criteria(draw: st.DrawFn, record: Chronology) -> dict[str, Any]:
    """
    Any combination of criteria for the events of *record*, in every form.
    """
    given_: dict[str, Any] = {}
    for name, catalog in (
        ("area", record.areas),
        ("mission", record.missions),
        ("source", record.sources),
    ):
        if catalog and draw(st.booleans()):
            picked = draw(st.lists(st.sampled_from(tuple(catalog)), max_size=2))
            given_[name] = draw(forms(picked, [item.id for item in picked]))
    for name, members in (
        ("kind", EventKind),
        ("status", EventStatus),
        ("weight", ("major", "normal", "minor")),
    ):
        if draw(st.booleans()):
            few = draw(st.lists(st.sampled_from(members), max_size=6))
            given_[name] = draw(forms(few, [str(member) for member in few]))
    given_ |= draw(periods())
    if draw(st.booleans()):
        given_["text"] = draw(st.sampled_from(["WATER", "вода", "ҷашн x", "200", "zz"]))
    if draw(st.booleans()):
        given_["disputed"] = draw(st.booleans())
    return given_


@st.composite
def periods(draw: st.DrawFn) -> dict[str, Any]:
    """
    The criteria of a period without a beginning or an end, or of a possible one.
    """
    since, until = draw(st.none() | bounds()), draw(st.none() | bounds())
    if since is not None and until is not None:
        first, last = sorted((since, until), key=lambda each: as_bound(each)[0])
        return {"since": first, "until": last}
    given_ = {"since": since, "until": until}
    return {name: bound for name, bound in given_.items() if bound is not None}


def forms(items: Sequence[Any], ids: Sequence[str]) -> st.SearchStrategy[Any]:
    if len(items) == 1:
        return st.sampled_from([items[0], ids[0], (items[0],), ids])
    return st.sampled_from([tuple(items), list(ids), frozenset(ids), [*items, *ids]])


def ids_of(wanted: Any) -> set[str]:
    each = [wanted] if isinstance(wanted, str) or hasattr(wanted, "id") else wanted
    return {str(getattr(item, "id", item)) for item in each}


def meets(each: Event, wanted: dict[str, Any], record: Chronology) -> bool:
    """
    Return whether an event meets every criterion, checked in the simplest way.
    """
    tests = {
        "area": lambda of: bool({area.id for area in each.areas} & ids_of(of)),
        "kind": lambda of: each.kind in ids_of(of),
        "weight": lambda of: each.weight in ids_of(of),
        "status": lambda of: each.status.value in ids_of(of),
        "source": lambda of: bool({c.source.id for c in each.citations} & ids_of(of)),
        "mission": lambda of: any(
            each in one.events for one in record.missions if one.id in ids_of(of)
        ),
        "since": lambda of: each.date.reach[0] >= as_bound(of)[0],
        "until": lambda of: each.date.reach[1] <= as_bound(of)[1],
        "text": lambda of: each in record.search(of),
        "disputed": lambda of: each.disputed is of,
    }
    return all(tests[name](of) for name, of in wanted.items())


@pytest.fixture
def hasty_threads() -> Iterator[None]:
    """
    Switch between threads as often as possible.
    """
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


class TestMissions:
    def test_active_on_returns_those_that_were_certainly_active(self) -> None:
        """
        A mission that was perhaps active is not returned; a part of a period counts.
        """
        missions = Missions(
            [
                mission("a", "1993", "2000-05"),
                mission("b", "2000-05-01"),
                mission("c", "2001"),
            ]
        )
        active = {
            day: [one.id for one in missions.active_on(day)]
            for day in (
                "1993-06-01",
                "1993-12-31",
                "2000-05-01",
                "2000-05-02",
                "2001-12-31",
                "2000-05",
                "1993",
                "1992",
            )
        }
        assert active == {
            "1993-06-01": [],
            "1993-12-31": ["a"],
            "2000-05-01": ["a", "b"],
            "2000-05-02": ["b"],
            "2001-12-31": ["b", "c"],
            "2000-05": ["a", "b"],
            "1993": ["a"],
            "1992": [],
        }

    @pytest.mark.parametrize("missions", [Missions(), Missions([mission("a", "1993")])])
    @pytest.mark.parametrize("day", ["soon", NOON, 2000, None])
    def test_active_on_rejects_what_is_not_a_date(
        self, missions: Missions, day: Any
    ) -> None:
        """
        Anything but a date is an error, even if there are no missions.
        """
        with pytest.raises(ValueError, match=r"^expected a date as"):
            missions.active_on(day)


class TestMemberships:
    def test_active_on_returns_those_that_were_certainly_active(
        self, un: Chronology
    ) -> None:
        """
        The membership in the UN began on the day of the admission.
        """
        assert un.memberships["un"] in un.memberships.active_on("1992-03-02")
        assert un.memberships["un"] not in un.memberships.active_on("1992-03-01")


class TestEvents:
    @given(st.lists(events(), max_size=6))
    def test_are_in_chronological_order(self, given_: list[Event]) -> None:
        """
        Events are sorted by date, the less precise first, then by id.
        """
        named = {f"event-{n}": each for n, each in enumerate(given_)}
        made = [
            event(str(each.date), id_) for id_, each in reversed(list(named.items()))
        ]
        keys = [(each.date.sort_key, each.id) for each in Events(made)]
        assert keys == sorted(keys)
        assert len(keys) == len(given_)

    def test_slices_are_events(self) -> None:
        """
        A slice of events can be queried like all of them.
        """
        record = a_record()
        some = record.events[1:3]
        assert isinstance(some, Events)
        assert some.ids == ("b", "c")
        assert some.where(mission="observers").ids == ("c",)

    def test_has_the_name_of_its_class_in_its_repr(self) -> None:
        """
        The repr begins with the name of the class.
        """
        assert repr(Events([event()])) == "<Events: 'x'>"

    def test_call_their_items_events(self) -> None:
        """
        The error for an unknown id calls it an event, in a selection as well.
        """
        some = Events([event(id="one"), event(id="two", date="2000-03-02")])
        for part in (some, some[1:], some.where(text="began"), some.on_day(3, 2)):
            with pytest.raises(NotFoundError, match=r"^There is no event 'twin'"):
                part["twin"]


class TestOnDay:
    @given(chronologies(), st.integers(1, 12), st.integers(1, 31))
    def test_returns_the_events_of_a_day_in_any_year(
        self, record: Chronology, month: int, day: int
    ) -> None:
        """
        on_day() returns the events with this month and day, and no less precise ones.
        """
        wanted = [(month, day)]
        exact = [e for e in record.events if e.date.day and e.date.qualifier is None]
        wanted += [(e.date.month, e.date.day) for e in exact]
        for each in wanted:
            if each in {(2, 30), (2, 31), (4, 31), (6, 31), (9, 31), (11, 31)}:
                continue
            found = record.events.on_day(*each)
            assert isinstance(found, Events)
            assert list(found) == [
                e for e in exact if (e.date.month, e.date.day) == each
            ]

    def test_omits_approximate_days(self) -> None:
        """
        An event of about a day is not on that day.
        """
        assert Events([event("2000-03-02~")]).on_day(3, 2).ids == ()

    def test_accepts_29_february(self) -> None:
        """
        29 February is a day, although not every year has it.
        """
        leap = event("2000-02-29")
        both = Events([leap, event("2001-02-28", "y")])
        assert both.on_day(2, 29).ids == ("x",)
        assert both.on_day(2, 28).ids == ("y",)

    @pytest.mark.parametrize(
        ("month", "day", "message"),
        [
            (2, 30, "expected a day of 2000-02 from 1 to 29, got 30"),
            (4, 31, "expected a day of 2000-04 from 1 to 30, got 31"),
            (13, 1, "expected a month from 1 to 12, got 13"),
            (0, 1, "expected a month from 1 to 12, got 0"),
            (2, None, "expected a month and a day, got 2 and None"),
            (None, 2, "expected a month with the day 2, got none"),
            ("3", 2, "expected a month from 1 to 12, got '3'"),
        ],
    )
    def test_rejects_a_day_that_no_year_has(
        self, month: Any, day: Any, message: str
    ) -> None:
        """
        A day that no year has is an error, even if there are no events.
        """
        with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
            Events().on_day(month, day)

    @pytest.mark.usefixtures("hasty_threads")
    def test_returns_the_same_in_every_thread(self) -> None:
        """
        Threads that query the same new events at once all find all of them.
        """
        made = [event("2000-03-02", f"e{n}") for n in range(5_000)]
        for _ in range(5):
            new, found = Events(made), []
            start = threading.Barrier(4)

            def query(
                new: Events = new,
                found: list[int] = found,
                start: threading.Barrier = start,
            ) -> None:
                start.wait()
                found.append(len(new.on_day(3, 2)))
                found.append(len(new.where(since=2000)))

            threads = [threading.Thread(target=query) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert found == [5_000] * 8


class TestWhere:
    @given(chronologies(), st.data())
    def test_returns_the_events_that_meet_all_criteria(
        self, record: Chronology, data: st.DataObject
    ) -> None:
        """
        Any combination of criteria selects the events that meet all of them, in order.
        """
        wanted = data.draw(criteria(record))
        found = record.events.where(**wanted)
        assert isinstance(found, Events)
        assert list(found) == [e for e in record.events if meets(e, wanted, record)]

    @pytest.mark.parametrize(
        ("date", "since", "until", "found"),
        [
            ("2000", "2000-06", None, False),
            ("2000", "2000-01-01", None, True),
            ("2000", 2000, None, True),
            ("2000", None, "2000-12-30", False),
            ("2000", None, "2000-12", True),
            ("2000", None, 2000, True),
            ("2000", None, 1999, False),
            ("2000-05", "2000-05-02", None, False),
            ("2000-05", "2000-05", "2000-05", True),
            ("2000-05", PartialDate(2000, 5), PartialDate(2000), True),
            ("2000-05", None, dt.date(2000, 5, 30), False),
            ("2000-05", None, dt.date(2000, 5, 31), True),
            ("2000-05-15", "2000-05-15", "2000-05-15", True),
            ("2000-05-15", dt.date(2000, 5, 15), None, True),
            ("2000-05-15", "2000-05-16", None, False),
            ("2000-05-15", None, "2000-05-14", False),
        ],
    )
    def test_includes_an_event_if_its_whole_date_is_in_the_period(
        self,
        date: str,
        since: DateBound | None,
        until: DateBound | None,
        found: bool,
    ) -> None:
        """
        An event is in a period if every possible day of its date is.
        """
        events = Events([event(date)])
        assert bool(events.where(since=since, until=until)) is found

    def test_accepts_collections(self) -> None:
        """
        An event has to meet one of the items of a collection; an empty one has none.
        """
        events = Events(
            [
                event("2000", "a", areas=[WATER]),
                event("2001", "b", areas=[PEACE, RIGHTS]),
                event("2002", "c"),
            ]
        )
        either = (area for area in ("water", RIGHTS))
        assert events.where(area=either).ids == ("a", "b")
        assert events.where(area=[]).ids == ()
        assert events.where(kind=iter(["milestone", "visit"])) == events
        assert events.where(kind=()).ids == ()

    @pytest.mark.parametrize(
        ("wanted", "message"),
        [
            ({"area": "watre"}, "There is no area 'watre'; did you mean 'water'?"),
            (
                {"area": ["water", "zzz"]},
                "There is no area 'zzz'; no area has a similar id.",
            ),
            ({"area": RIGHTS}, "There is no area 'rights'; no area has a similar id."),
            (
                {"mission": "observer"},
                "There is no mission 'observer'; did you mean 'observers'?",
            ),
            (
                {"mission": mission("observer", "2000")},
                "There is no mission 'observer'; did you mean 'observers'?",
            ),
            (
                {"kind": "vist"},
                "There is no kind of event 'vist'; did you mean 'visit'?",
            ),
            (
                {"source": "articel"},
                "There is no source 'articel'; did you mean 'article'?",
            ),
            (
                {"source": Source(id="zzz", title="T", publisher=by("P"))},
                "There is no source 'zzz'; no source has a similar id.",
            ),
        ],
    )
    def test_raises_not_found_error(self, wanted: dict[str, Any], message: str) -> None:
        """
        What is not in the record raises NotFoundError, even for a part of its events.
        """
        record = a_record()
        for found in (record.events, record.events.where(), record.events[:0]):
            with pytest.raises(NotFoundError, match=f"^{re.escape(message)}$"):
                found.where(**wanted)

    @pytest.mark.parametrize("name", ["area", "mission", "source"])
    def test_raises_not_found_error_without_a_record(self, name: str) -> None:
        """
        Events that belong to no record raise NotFoundError for unknown ids as well.
        """
        for alone in (Events(), Events([event(areas=[WATER])])):
            with pytest.raises(NotFoundError, match=f"^There is no {name} 'nope'"):
                alone.where(**{name: "nope"})

    def test_selects_by_publisher(self) -> None:
        """
        A publisher, or its id, selects the events that cite a source of it.
        """
        record = a_record()
        for publisher in (OTHER.publisher, OTHER.publisher.id):
            assert record.events.where(publisher=publisher).ids == ("b",)

    def test_needs_no_record_for_what_the_events_refer_to(self) -> None:
        """
        Events that belong to no record can be selected by their own areas and sources.
        """
        one = mission("unmot", "1994")
        alone = Events([event(areas=[WATER]), one.opening])
        assert alone.where(area="water").ids == ("x",)
        assert alone.where(source="article") == alone
        assert alone.where(mission=one).ids == ("unmot-opened",)

    @pytest.mark.parametrize(
        ("wanted", "message"),
        [
            ({"since": 2000, "until": 1999}, "expected a period, but until=1999 is"),
            ({"text": " "}, "expected words to search for, got ' '"),
            ({"status": "over"}, "expected one of held, announced, got 'over'"),
            ({"since": "soon"}, "expected a date as YYYY-MM-DD"),
            ({"since": NOON}, "expected a date as YYYY-MM-DD"),
            ({"until": 0}, "expected a year from 1 to 9999, got 0"),
            (
                {"kind": 5},
                "expected a kind of event, or several of them, got 5",
            ),
            (
                {"source": event()},
                "expected a Source, its id, or several of them, got Event(id='x', ",
            ),
            (
                {"source": [SOURCE, event()]},
                "expected a Source, its id, or several of them, got [Source(id=",
            ),
            (
                {"area": SOURCE},
                "expected a CooperationArea, its id, or several of them, got Source(",
            ),
            (
                {"mission": WATER},
                "expected a Mission, its id, or several of them, got CooperationArea(",
            ),
            ({"text": 5}, "expected words to search for, got 5"),
            ({"disputed": 1}, "expected True or False for disputed, got 1"),
            ({"weight": 5}, "expected a weight, or several of them, got 5"),
            ({"weight": "yes"}, "expected one of major, normal, minor, got 'yes'"),
            ({"status": 5}, "expected a status, or several of them, got 5"),
        ],
    )
    def test_rejects_invalid_criteria(
        self, wanted: dict[str, Any], message: str
    ) -> None:
        """
        A criterion of the wrong type or value is an error, even without events.
        """
        for found in (Events(), a_record().events):
            with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
                found.where(**wanted)
