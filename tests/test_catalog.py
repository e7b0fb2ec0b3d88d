from __future__ import annotations

import copy
import datetime as dt
import itertools
import pickle
import re
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import bounds, chronologies, days, events

from tjun import (
    Catalog,
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
    Source,
    Text,
)
from tjun.model.dates import DateBound, as_bound
from tjun.suggestions import first_duplicate, suggest

SOURCE = Source(id="article", title="Tajikistan and the UN", publisher="The Ministry")
WATER, PEACE, RIGHTS = (
    CooperationArea(id=id_, name=id_) for id_ in ("water", "peace", "rights")
)
AREAS = Catalog([WATER, PEACE, RIGHTS], what="area")


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


@st.composite
def criteria(draw: st.DrawFn, record: Chronology) -> dict[str, Any]:
    """
    Any mix of criteria for the events of *record*, each in one of its forms.
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
    for name, members in (("kind", EventKind), ("status", EventStatus)):
        if draw(st.booleans()):
            few = draw(st.lists(st.sampled_from(members), max_size=6))
            given_[name] = draw(forms(few, [member.value for member in few]))
    for name in ("since", "until"):
        if draw(st.booleans()):
            given_[name] = draw(bounds())
    if draw(st.booleans()):
        given_["text"] = draw(st.sampled_from(["WATER", "вода", "ҷашн", "", "zz"]))
    if draw(st.booleans()):
        given_["disputed"] = draw(st.booleans())
    return given_


def forms(items: Sequence[Any], ids: Sequence[str]) -> st.SearchStrategy[Any]:
    if len(items) == 1:
        return st.sampled_from([items[0], ids[0], (items[0],), ids])
    return st.sampled_from([tuple(items), list(ids), frozenset(ids), [*items, *ids]])


def ids_of(wanted: Any) -> set[str]:
    each = [wanted] if isinstance(wanted, str) or hasattr(wanted, "id") else wanted
    return {str(getattr(item, "id", item)) for item in each}


def meets(each: Event, wanted: dict[str, Any], record: Chronology) -> bool:
    """
    Whether an event meets every criterion, each tried in the plainest way.
    """
    said = [
        words
        for text in (each.title, each.description)
        if text is not None
        for words in (text.en, text.ru, text.tg)
        if words is not None
    ]
    trials = {
        "area": lambda of: bool({area.id for area in each.areas} & ids_of(of)),
        "kind": lambda of: each.kind.value in ids_of(of),
        "status": lambda of: each.status.value in ids_of(of),
        "source": lambda of: bool({c.source.id for c in each.citations} & ids_of(of)),
        "mission": lambda of: any(
            each in one.events for one in record.missions if one.id in ids_of(of)
        ),
        "since": lambda of: each.date.earliest >= as_bound(of).earliest,
        "until": lambda of: each.date.latest <= as_bound(of).latest,
        "text": lambda of: any(of.lower() in words.lower() for words in said),
        "disputed": lambda of: each.disputed is of,
    }
    return all(trials[name](of) for name, of in wanted.items())


class TestCatalog:
    def test_is_looked_up_by_id_and_by_place(self) -> None:
        """
        A text in brackets is an id, and a number is a place.
        """
        assert AREAS["peace"] is PEACE
        assert AREAS[1] is PEACE
        assert AREAS[-1] is RIGHTS

    def test_is_a_sequence(self) -> None:
        """
        A catalog has a length, an order, and what else a sequence has.
        """
        assert len(AREAS) == 3
        assert list(AREAS) == [WATER, PEACE, RIGHTS]
        assert list(reversed(AREAS)) == [RIGHTS, PEACE, WATER]
        assert AREAS.ids == ("water", "peace", "rights")
        assert (AREAS.index(PEACE), AREAS.count(PEACE)) == (1, 1)

    def test_is_cut_into_a_catalog(self) -> None:
        """
        A slice is a catalog, with the same words for what it does not have.
        """
        some = AREAS[:2]
        assert isinstance(some, Catalog)
        assert some.ids == ("water", "peace")
        with pytest.raises(NotFoundError, match=r"^There is no area 'rights'"):
            some["rights"]

    @pytest.mark.parametrize("place", [3, -4])
    def test_has_no_more_places_than_items(self, place: int) -> None:
        """
        A place beyond the last is an IndexError, as in any sequence.
        """
        with pytest.raises(IndexError):
            AREAS[place]

    def test_names_the_nearest_ids(self) -> None:
        """
        An unknown id is an error that says what it is no id of, and what is like it.
        """
        with pytest.raises(NotFoundError) as caught:
            AREAS["watre"]
        error = caught.value
        assert (error.what, error.key, error.nearest) == ("area", "watre", ("water",))
        assert str(error) == "There is no area 'watre'; did you mean 'water'?"
        assert error.__suppress_context__

    def test_says_so_where_nothing_is_like_it(self) -> None:
        """
        An unknown id that resembles none is told so.
        """
        message = r"^There is no area 'zzz'; no area has an id like it\.$"
        with pytest.raises(NotFoundError, match=message):
            AREAS["zzz"]

    def test_calls_an_item_an_entry_unless_told(self) -> None:
        """
        Without a word for its items a catalog calls them entries.
        """
        with pytest.raises(NotFoundError, match=r"^There is no entry 'zzz'"):
            Catalog([WATER])["zzz"]

    def test_gives_a_default_where_there_is_none(self) -> None:
        """
        Getting an unknown id gives the default, which is None where none is given.
        """
        assert AREAS.get("water") is WATER
        assert AREAS.get("watre") is None
        assert AREAS.get("watre", PEACE) is PEACE

    @pytest.mark.parametrize(
        ("item", "there"),
        [
            ("water", True),
            ("watre", False),
            (WATER, True),
            (CooperationArea(id="water", name="water"), True),
            (CooperationArea(id="water", name="Another"), False),
            (CooperationArea(id="other", name="water"), False),
            (SOURCE, False),
            (None, False),
            (0, False),
        ],
    )
    def test_holds_ids_and_equal_items(self, item: object, there: bool) -> None:
        """
        An id is in a catalog, and an item that is equal to the one with its id.
        """
        assert (item in AREAS) is there

    def test_is_equal_by_items_and_order(self) -> None:
        """
        Catalogs of equal items in the same order are equal and hash the same.
        """
        same = Catalog([WATER, PEACE, RIGHTS], what="thing")
        assert same == AREAS
        assert hash(same) == hash(AREAS)
        assert Catalog([PEACE, WATER, RIGHTS]) != AREAS
        assert AREAS != [WATER, PEACE, RIGHTS]
        assert Catalog() == Catalog()

    def test_refuses_an_id_that_stands_twice(self) -> None:
        """
        Two items with one id are refused, by that id.
        """
        message = r"^duplicate area 'peace'$"
        with pytest.raises(ValueError, match=message):
            Catalog([WATER, PEACE, PEACE, WATER], what="area")

    @pytest.mark.parametrize(
        ("items", "shown"),
        [
            ([], "<Catalog: >"),
            ([WATER], "<Catalog: 'water'>"),
            ([WATER, PEACE, RIGHTS], "<Catalog: 'water', 'peace', 'rights'>"),
            (
                [WATER, PEACE, RIGHTS, CooperationArea(id="a", name="A")],
                "<Catalog: 'water', 'peace', 'rights', ... 4 in all>",
            ),
        ],
    )
    def test_shows_its_first_ids(
        self, items: list[CooperationArea], shown: str
    ) -> None:
        """
        The representation holds the first three ids, and how many there are.
        """
        assert repr(Catalog(items)) == shown

    def test_cannot_be_changed(self) -> None:
        """
        Items cannot be set, deleted or added, nor attributes.
        """
        catalog: Any = Catalog([WATER])
        with pytest.raises(TypeError):
            catalog[0] = PEACE
        with pytest.raises(TypeError):
            del catalog["water"]
        with pytest.raises(AttributeError):
            catalog.append(PEACE)
        with pytest.raises(AttributeError):
            catalog.remark = "new"
        with pytest.raises(AttributeError):
            catalog.ids = ()

    @given(chronologies())
    def test_survives_pickling_and_copying(self, record: Chronology) -> None:
        """
        A catalog that was pickled or copied is equal, and finds what it found.
        """
        for catalog in (record.areas, record.missions, record.events):
            for again in (pickle.loads(pickle.dumps(catalog)), copy.deepcopy(catalog)):
                assert type(again) is type(catalog)
                assert again == catalog
                assert [again[id_] for id_ in again.ids] == list(catalog)

    def test_has_the_hash_of_what_it_holds(self) -> None:
        """
        Catalogs of other items are told apart in a set without comparing them.
        """
        assert hash(Catalog([WATER])) == hash(Catalog([WATER], what="area"))
        assert len({hash(Catalog(some)) for some in ([], [WATER], [PEACE])}) == 3


class TestNearest:
    @pytest.mark.parametrize(
        ("key", "found"),
        [
            ("unmott-opened", ["unmot-opened", "unmot-ended", "untop-opened"]),
            ("ended", ["unmot-ended"]),
            ("", []),
            ("zzz", []),
            ("vasat", ["visit"]),
            ("viisst-ab", ["visit"]),
        ],
    )
    def test_is_what_looks_alike_or_holds_it(self, key: str, found: list[str]) -> None:
        """
        Ids that look alike come first, then those that hold what was asked for.
        """
        known = ["unmot-ended", "unmot-opened", "untop-opened", "visit"]
        assert suggest(key, iter(known)) == found

    def test_is_nothing_for_what_no_finger_slips_into(self) -> None:
        """
        A key of more than a hundred characters is like no id.
        """
        assert suggest("a" * 100, ["a" * 99]) == ["a" * 99]
        assert suggest("a" * 101, ["a" * 100]) == []

    def test_is_no_more_than_three(self) -> None:
        """
        Of many ids only the three nearest are named.
        """
        assert len(suggest("event", [f"event-{n}" for n in range(9)])) == 3


class TestTwice:
    def test_is_the_first_to_come_again(self) -> None:
        """
        Of keys that stand twice the first to come again is named, else none.
        """
        assert first_duplicate(["a", "b", "b", "a"]) == "b"
        assert first_duplicate(["a", "b"]) is None


class TestMissions:
    def test_gives_those_that_surely_worked(self) -> None:
        """
        A mission is active on a day when it surely worked then, in their order.
        """
        missions = Missions(
            [
                mission("a", "1993", "2000-05"),
                mission("b", "2000-05-01"),
                mission("c", "2001"),
            ]
        )
        active = {
            day: [one.id for one in missions.active_on(dt.date(*day))]
            for day in [
                (1993, 6, 1),
                (1993, 12, 31),
                (2000, 5, 1),
                (2000, 5, 2),
                (2001, 12, 31),
            ]
        }
        assert active == {
            (1993, 6, 1): [],
            (1993, 12, 31): ["a"],
            (2000, 5, 1): ["a", "b"],
            (2000, 5, 2): ["b"],
            (2001, 12, 31): ["b", "c"],
        }

    @given(chronologies(), days(first=1988, last=2006))
    def test_asks_each_mission(self, record: Chronology, day: dt.date) -> None:
        """
        The active missions are those that say so themselves.
        """
        sure = [one for one in record.missions if one.active_on(day) is True]
        assert list(record.missions.active_on(day)) == sure


class TestEvents:
    @given(st.lists(events(), max_size=6))
    def test_are_in_chronological_order(self, given_: list[Event]) -> None:
        """
        Events in any order come by date, the vaguer first, then by id.
        """
        named = {f"event-{n}": each for n, each in enumerate(given_)}
        made = [
            event(str(each.date), id_) for id_, each in reversed(list(named.items()))
        ]
        keys = [(each.date.sort_key, each.id) for each in Events(made)]
        assert keys == sorted(keys)
        assert len(keys) == len(given_)

    @given(chronologies(), st.integers(1, 12), st.integers(1, 31))
    def test_on_a_day_are_those_of_a_plain_scan(
        self, record: Chronology, month: int, day: int
    ) -> None:
        """
        A day has the events that began on it in any year, and no vaguer ones.
        """
        wanted = [(month, day)]
        wanted += [(e.date.month, e.date.day) for e in record.events if e.date.day]
        for each in wanted:
            if each in {(2, 30), (2, 31), (4, 31), (6, 31), (9, 31), (11, 31)}:
                continue
            found = record.events.on_day(*each)
            assert isinstance(found, Events)
            assert list(found) == [
                e for e in record.events if (e.date.month, e.date.day) == each
            ]

    def test_on_29_february_is_a_day_like_any(self) -> None:
        """
        29 February can be asked for, though not every year has it.
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
        ],
    )
    def test_on_a_day_that_no_year_has_are_an_error(
        self, month: int, day: Any, message: str
    ) -> None:
        """
        A day that no year has is refused, also where there are no events.
        """
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            Events().on_day(month, day)

    @given(chronologies())
    def test_can_be_cut(self, record: Chronology) -> None:
        """
        A slice of events is events, in order, that know what they belong to.
        """
        some = record.events[1:3]
        assert isinstance(some, Events)
        assert list(some) == list(record.events)[1:3]
        for one in record.missions:
            assert list(some.where(mission=one.id)) == [
                e for e in some if e in one.events
            ]

    def test_show_their_first_ids(self) -> None:
        """
        The representation is that of a catalog, by its own name.
        """
        assert repr(Events([event()])) == "<Events: 'x'>"

    def test_call_each_an_event_however_they_were_come_by(self) -> None:
        """
        What is missing from a part of the events is an event, too.
        """
        some = Events([event(id="one"), event(id="two", date="2000-03-02")])
        for part in (some, some[1:], some.where(text="began"), some.on_day(3, 2)):
            with pytest.raises(NotFoundError, match=r"^There is no event 'twin'"):
                part["twin"]


class TestWhere:
    @given(chronologies(), st.data())
    def test_is_a_plain_filter(self, record: Chronology, data: st.DataObject) -> None:
        """
        Any mix of criteria finds what meets all of them, in order.
        """
        wanted = data.draw(criteria(record))
        found = record.events.where(**wanted)
        assert isinstance(found, Events)
        assert list(found) == [e for e in record.events if meets(e, wanted, record)]

    @given(chronologies(), st.data())
    def test_can_be_chained(self, record: Chronology, data: st.DataObject) -> None:
        """
        Criteria one after the other find what they find together.
        """
        wanted = data.draw(criteria(record))
        chained = record.events
        for name, of in wanted.items():
            chained = chained.where(**{name: of})
        assert chained == record.events.where(**wanted)

    @given(chronologies())
    def test_without_criteria_is_everything(self, record: Chronology) -> None:
        """
        Without criteria every event is found, and it is found by its id.
        """
        assert record.events.where() == record.events
        assert record.events.where().ids == record.events.ids

    @pytest.mark.parametrize(
        ("date", "since", "until", "found"),
        [
            ("2000", "2000-06", None, False),
            ("2000", "2000-01-01", None, True),
            ("2000", 2000, None, True),
            ("2000", None, "2000-12-30", False),
            ("2000", None, "2000-12", True),
            ("2000-05", "2000-05-02", None, False),
            ("2000-05", "2000-05", "2000-05", True),
            ("2000-05", None, dt.date(2000, 5, 30), False),
            ("2000-05", None, dt.date(2000, 5, 31), True),
            ("2000-05-15", "2000-05-15", "2000-05-15", True),
            ("2000-05-15", "2000-05-16", None, False),
            ("2000-05-15", None, "2000-05-14", False),
            ("2000-05-15", 2001, 1999, False),
        ],
    )
    def test_takes_an_event_when_all_of_its_date_is_in(
        self,
        date: str,
        since: DateBound | None,
        until: DateBound | None,
        found: bool,
    ) -> None:
        """
        An event is in a span of time when every day it may be is.
        """
        events = Events([event(date)])
        assert bool(events.where(since=since, until=until)) is found

    @pytest.mark.parametrize(
        ("wanted", "found"),
        [
            ({"area": "water"}, ("a", "b")),
            ({"area": PEACE}, ("b",)),
            ({"kind": "visit"}, ("c",)),
            ({"kind": EventKind.MILESTONE}, ("a", "b", "d")),
            ({"mission": "unmot"}, ("c", "d")),
            ({"source": "other"}, ("b",)),
            ({"source": SOURCE}, ("a", "c", "d")),
            ({"since": 2001}, ("b", "c", "d")),
            ({"until": "2001-05"}, ("a",)),
            ({"text": "SECOND"}, ("b",)),
            ({"disputed": True}, ("c",)),
            ({"disputed": False}, ("a", "b", "d")),
            ({"status": "announced"}, ("d",)),
            ({"status": EventStatus.HELD}, ("a", "b", "c")),
            ({"area": "water", "until": 2000}, ("a",)),
            ({"kind": "visit", "disputed": False}, ()),
        ],
    )
    def test_finds_by_each_criterion(
        self, wanted: dict[str, Any], found: tuple[str, ...]
    ) -> None:
        """
        Each criterion finds what meets it, and two find what meets both.
        """
        other = Source(id="other", title="Another page", publisher="Someone")
        visit = event(
            "2002",
            "c",
            kind="visit",
            citations=[Citation(source=SOURCE, date="2003")],
        )
        last = event("2028", "d", status="announced")
        record = Chronology(
            events=[
                event("2000", "a", areas=[WATER]),
                event(
                    "2001",
                    "b",
                    title="The second",
                    areas=[WATER, PEACE],
                    citations=[Citation(source=other)],
                ),
            ],
            missions=[
                Mission(id="unmot", name="M", acronym="M", opening=visit, closing=last)
            ],
        )
        assert record.events.where(**wanted).ids == found

    def test_takes_any_of_a_collection(self) -> None:
        """
        One of a collection is enough, and an empty one finds nothing.
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
        ("text", "found"),
        [
            ("tajik", True),
            ("ТАДЖИКИСТАН", True),
            ("дар бораи ОБ", True),
            ("straße", True),
            ("STRASSE", True),
            ("une", False),
        ],
    )
    def test_finds_words_in_any_language_and_case(self, text: str, found: bool) -> None:
        """
        Words are found in title and description, in any language, in any case.
        """
        one = event(
            title=Text(en="Tajikistan joins", ru="Таджикистан вступает"),
            description=Text(en="In the Straße", tg="Дар бораи об"),
        )
        assert bool(Events([one]).where(text=text)) is found

    @pytest.mark.parametrize(
        ("wanted", "message"),
        [
            ({"area": "watre"}, "There is no area 'watre'; did you mean 'water'?"),
            (
                {"area": ["water", "zzz"]},
                "There is no area 'zzz'; no area has an id like it.",
            ),
            (
                {"mission": "unmott"},
                "There is no mission 'unmott'; did you mean 'unmot'?",
            ),
            (
                {"source": "articel"},
                "There is no source 'articel'; did you mean 'article'?",
            ),
        ],
    )
    def test_names_the_nearest_ids(self, wanted: dict[str, Any], message: str) -> None:
        """
        An id that the chronology does not have is an error with the nearest ones.
        """
        record = Chronology(
            events=[event(areas=[WATER])], missions=[mission("unmot", "1994")]
        )
        for found in (record.events, record.events.where(), record.events[:0]):
            with pytest.raises(NotFoundError, match=f"^{re.escape(message)}$"):
                found.where(**wanted)

    def test_finds_nothing_by_an_id_of_nowhere(self) -> None:
        """
        Events outside a record know the areas and sources that they name themselves.
        """
        one = mission("unmot", "1994")
        alone = Events([event(areas=[WATER]), one.opening])
        assert alone.where(area="water").ids == ("x",)
        assert alone.where(mission=one).ids == ("unmot-opened",)

    @pytest.mark.parametrize(
        ("wanted", "message"),
        [
            ({"kind": "party"}, "expected one of membership, resolution"),
            ({"kind": ["visit", "party"]}, "expected one of membership, resolution"),
            ({"status": "over"}, "expected one of held, announced, got 'over'"),
            ({"since": "soon"}, "expected a date as YYYY-MM-DD"),
            ({"until": 0}, "expected a year from 1 to 9999, got 0"),
        ],
    )
    def test_refuses_what_cannot_be_meant(
        self, wanted: dict[str, Any], message: str
    ) -> None:
        """
        A kind, a status or a date that is none is refused, also without events.
        """
        with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
            Events().where(**wanted)

    def test_takes_criteria_by_name_only(self) -> None:
        """
        A criterion is never given by place.
        """
        with pytest.raises(TypeError, match="positional"):
            Events().where("water")  # type: ignore[misc]  # What is tested.

    @given(chronologies(), bounds(), bounds())
    def test_splits_time_without_doubling(
        self, record: Chronology, one: DateBound, other: DateBound
    ) -> None:
        """
        What lies before a day and what lies from it on share no event.
        """
        for bound in (one, other):
            first = as_bound(bound).earliest
            before = record.events.where(until=first - dt.timedelta(1))
            after = record.events.where(since=first)
            assert not set(before.ids) & set(after.ids)
            astride = [
                e for e in record.events if e.date.earliest < first <= e.date.latest
            ]
            together = itertools.chain(before, after, astride)
            assert sorted(e.id for e in together) == sorted(record.events.ids)
