from __future__ import annotations

import copy
import datetime as dt
import pickle
import re
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import chronologies, days

from tjun import (
    Chronology,
    Citation,
    CooperationArea,
    DataError,
    Event,
    Events,
    Fault,
    Membership,
    Mission,
    Missions,
    NotFoundError,
    Post,
    Source,
    Text,
)
from tjun.chronology.anniversaries import anniversaries_of, upcoming_of

SOURCE = Source(id="article", title="Tajikistan and the UN", publisher="The Ministry")
OTHER = Source(id="other", title="Another page", publisher="Someone")
WATER, PEACE = (CooperationArea(id=id_, name=id_) for id_ in ("water", "peace"))


def event(date: str = "2000", id: str = "x", **rest: Any) -> Event:  # noqa: A002  # As the field.
    return Event(
        **({"title": "It began", "citations": [Citation(source=SOURCE)]} | rest),
        id=id,
        date=date,
    )


def work(id: str, opening: Event, **rest: Any) -> Mission:  # noqa: A002  # As the field.
    return Mission(id=id, name=id, acronym=id, opening=opening, **rest)


def member(admission: Event, **rest: Any) -> Membership:
    return Membership(
        id="un",
        organization="United Nations",
        acronym="UN",
        admission=admission,
        **rest,
    )


def outside(record: Chronology) -> list[object]:
    """
    What the things of a record refer to and the record does not hold.
    """
    referred: list[tuple[Any, Any]] = []
    for each in record.events:
        referred += [(record.areas, area) for area in each.areas]
        referred += [(record.sources, c.source) for c in each.citations]
        referred += [(record.events, each.marks)]
    for one in record.missions:
        referred += [(record.events, e) for e in (one.opening, one.closing)]
        referred += [(record.events, e) for e in one.events]
        referred += [(record.missions, one.predecessor)]
        referred += [
            (record.sources, c.source) for head in one.heads for c in head.citations
        ]
    for joined in record.memberships:
        referred += [(record.events, joined.admission)]
        referred += [(record.events, joined.recommendation)]
    return [item for held, item in referred if item is not None and item not in held]


def parts(record: Chronology) -> dict[str, Any]:
    names = ("events", "missions", "memberships", "areas", "sources", "retired")
    return {name: tuple(getattr(record, name)) for name in names}


@st.composite
def chosen(draw: st.DrawFn, record: Chronology) -> list[Event]:
    return [each for each in record.events if draw(st.booleans())]


class TestChronology:
    @given(chronologies())
    def test_holds_all_it_refers_to(self, record: Chronology) -> None:
        """
        Whatever an entry refers to is an entry as well.
        """
        assert outside(record) == []

    def test_takes_in_what_the_lists_leave_out(self) -> None:
        """
        A membership or a mission alone brings its events, areas and sources along.
        """
        marked = event("1992", "marked", areas=[PEACE])
        opening = event("1993", "opened", areas=[WATER], marks=marked)
        head = Post(person="A", title="Head", citations=[Citation(source=OTHER)])
        before = work("before", event("1990", "before-opened"))
        record = Chronology(
            missions=[work("unmot", opening, heads=[head], predecessor=before)],
            memberships=[
                member(event("1994", "in"), recommendation=event("1991", "advice"))
            ],
        )
        assert record.events.ids == (
            "before-opened",
            "advice",
            "marked",
            "opened",
            "in",
        )
        assert record.areas.ids == ("water", "peace")
        assert record.sources.ids == ("article", "other")
        assert record.missions.ids == ("before", "unmot")
        assert record.memberships.ids == ("un",)

    def test_is_empty_by_default(self) -> None:
        """
        A chronology of nothing has no entry, no retired id and no title.
        """
        empty = Chronology()
        assert all(len(each) == 0 for each in parts(empty).values())
        assert empty.title is None

    @given(chronologies())
    def test_keeps_its_entries_in_order(self, record: Chronology) -> None:
        """
        Events come by date, missions by opening, memberships by admission.
        """
        assert isinstance(record.events, Events)
        assert isinstance(record.missions, Missions)
        keys: list[list[Any]] = [
            [(each.date.sort_key, each.id) for each in record.events],
            [(each.start.sort_key, each.id) for each in record.missions],
            [(each.since.sort_key, each.id) for each in record.memberships],
            list(record.sources.ids),
            list(record.retired),
        ]
        for each in keys:
            assert each == sorted(each)

    def test_keeps_areas_as_they_are_given(self) -> None:
        """
        Areas stay in the order to show them.
        """
        assert Chronology(areas=[WATER, PEACE]).areas.ids == ("water", "peace")
        assert Chronology(areas=[PEACE, WATER]).areas.ids == ("peace", "water")

    def test_takes_a_string_for_its_title(self) -> None:
        """
        A plain title is English, and ids are retired once.
        """
        record = Chronology(title="A record", retired=["b", "a", "b"])
        assert record.title == Text(en="A record")
        assert record.retired == ("a", "b")

    @given(chronologies(), st.randoms(use_true_random=False))
    def test_is_equal_by_contents(self, record: Chronology, random: Any) -> None:
        """
        Only areas keep the order in which they are given; the rest is sorted.
        """
        shuffled = {
            name: items if name == "areas" else random.sample(items, len(items))
            for name, items in parts(record).items()
        }
        same = Chronology(**shuffled, title=record.title)
        assert same == record
        assert hash(same) == hash(record)
        assert len({same, record}) == 1

    @pytest.mark.parametrize(
        "change",
        [
            {"events": [event("2000", "y")]},
            {"missions": [work("unmot", event())]},
            {"memberships": [member(event())]},
            {"areas": [WATER]},
            {"sources": [OTHER]},
            {"retired": ["gone"]},
            {"title": "A record"},
        ],
    )
    def test_differs_by_any_part(self, change: dict[str, Any]) -> None:
        """
        Chronologies differ when any one of their parts does.
        """
        record = Chronology(events=[event()])
        assert Chronology(**({"events": [event()]} | change)) != record

    def test_differs_by_what_an_entry_says(self) -> None:
        """
        Entries with the same id that say different things make a difference.
        """
        assert Chronology(events=[event()]) != Chronology(events=[event(title="Else")])
        assert Chronology() != "record"

    @given(chronologies())
    def test_survives_pickling_and_copying(self, record: Chronology) -> None:
        """
        A chronology that was pickled or copied is equal, in the same order.
        """
        for again in (
            pickle.loads(pickle.dumps(record)),
            copy.deepcopy(record),
            copy.copy(record),
        ):
            assert again == record
            assert hash(again) == hash(record)
            assert parts(again) == parts(record)
            assert again.title == record.title

    @pytest.mark.parametrize(
        "name",
        [
            "events",
            "missions",
            "memberships",
            "areas",
            "sources",
            "retired",
            "title",
            "x",
        ],
    )
    def test_cannot_be_changed(self, name: str) -> None:
        """
        No attribute can be set, deleted or added.
        """
        record = Chronology(events=[event()])
        with pytest.raises(AttributeError):
            setattr(record, name, ())
        with pytest.raises(AttributeError):
            delattr(record, name)
        assert record == Chronology(events=[event()])
        assert not hasattr(record, "__dict__")

    def test_shows_how_much_it_holds(self) -> None:
        """
        The representation counts the entries of each kind.
        """
        record = Chronology(memberships=[member(event(areas=[WATER]))])
        assert repr(record) == (
            "<Chronology: 1 events, 0 missions, 1 memberships, 1 areas, 1 sources>"
        )

    @pytest.mark.parametrize(
        ("make", "place"),
        [
            (lambda: {"events": [event(), event("2001")]}, ("event", "x")),
            (
                lambda: {
                    "events": [event(marks=event("1999", "y")), event("1998", "y")]
                },
                ("event", "y"),
            ),
            (
                lambda: {
                    "missions": [work("m", event()), work("m", event(), seat="A")]
                },
                ("mission", "m"),
            ),
            (
                lambda: {
                    "memberships": [member(event()), member(event(), end="2001")],
                },
                ("membership", "un"),
            ),
            (
                lambda: {"areas": [attrs.evolve(WATER, description="Rivers"), WATER]},
                ("area", "water"),
            ),
            (
                lambda: {
                    "sources": [attrs.evolve(SOURCE, note="A")],
                    "events": [event()],
                },
                ("source", "article"),
            ),
        ],
    )
    def test_refuses_two_entries_with_one_id(
        self, make: Callable[[], dict[str, Any]], place: tuple[str, str]
    ) -> None:
        """
        Two different entries with one id are a fault with its place.
        """
        path, id_ = place
        with pytest.raises(DataError) as caught:
            Chronology(**make())
        message = "two different entries have this id"
        assert caught.value.faults == (Fault(message=message, path=path, id=id_),)

    def test_refuses_a_retired_id(self) -> None:
        """
        An event with a retired id is a fault that asks for another one.
        """
        message = r"^event \(x\): this id is retired; choose another one$"
        with pytest.raises(DataError, match=message):
            Chronology(events=[event()], retired=["x"])

    def test_tells_all_faults_at_once(self) -> None:
        """
        Every fault is told, in one order whatever the order of entries.
        """
        given_ = [event(), event("2001"), event(id="a"), event("2001", "a")]
        for events in (given_, given_[::-1]):
            with pytest.raises(DataError) as caught:
                Chronology(events=events, retired=["x"])
            assert [str(fault) for fault in caught.value.faults] == [
                "event (a): two different entries have this id",
                "event (x): this id is retired; choose another one",
                "event (x): two different entries have this id",
            ]

    def test_takes_the_same_entry_twice(self) -> None:
        """
        Equal entries with one id stand once.
        """
        assert Chronology(events=[event(), event()]).events.ids == ("x",)

    def test_has_the_hash_of_what_it_holds(self) -> None:
        """
        Records of other events are told apart in a set without comparing them.
        """
        some = [Chronology(events=[event(id=id_)]) for id_ in ("x", "y")]
        hashes = {hash(each) for each in [*some, Chronology(title="x"), Chronology()]}
        assert len(hashes) == 4

    @pytest.mark.parametrize(
        ("name", "what"),
        [
            ("events", "event"),
            ("missions", "mission"),
            ("memberships", "membership"),
            ("areas", "area"),
            ("sources", "source"),
        ],
    )
    def test_says_what_it_does_not_have(self, name: str, what: str) -> None:
        """
        What is not there is called by what it would be.
        """
        told = f"^There is no {what} 'nowhere'"
        with pytest.raises(NotFoundError, match=told):
            getattr(Chronology(), name)["nowhere"]


class TestAnniversaries:
    @given(
        chronologies(),
        st.integers(1990, 2010),
        st.integers(1, 5),
        st.sampled_from(["feb28", "mar1", "skip"]),
    )
    def test_are_those_of_its_events(
        self, record: Chronology, since: int, every: int, leap_day: Any
    ) -> None:
        """
        The anniversaries of a chronology are those of its events, with all options.
        """
        asked: dict[str, Any] = {
            "since": since,
            "until": since + 5,
            "every": every,
            "leap_day": leap_day,
        }
        found = record.anniversaries(**asked)
        assert found == tuple(anniversaries_of(record.events, **asked))

    @given(chronologies(), days(first=1990, last=2010), st.integers(0, 90))
    def test_upcoming_are_those_of_its_events(
        self, record: Chronology, on: dt.date, length: int
    ) -> None:
        """
        The upcoming anniversaries are those of its events, 90 days ahead by default.
        """
        found = record.upcoming(on, days=length)
        assert found == tuple(upcoming_of(record.events, on=on, days=length))
        assert record.upcoming(on) == record.upcoming(on, 90, minor="jubilees")

    def test_need_both_ends(self) -> None:
        """
        Without an end, or by place, no anniversaries are counted.
        """
        with pytest.raises(TypeError, match="'until'"):
            Chronology().anniversaries(since=2000)  # type: ignore[call-arg]  # What is tested.
        with pytest.raises(TypeError, match="positional"):
            Chronology().anniversaries(2000, 2001)  # type: ignore[misc]  # What is tested.

    def test_take_every_option(self) -> None:
        """
        The step and the day of 29 February are those asked for.
        """
        record = Chronology(events=[event("1996-02-29")])
        found = record.anniversaries(since=2025, until=2027, every=5, leap_day="mar1")
        assert [(str(each.date), each.number) for each in found] == [("2026-03-01", 30)]

    def test_upcoming_are_those_of_90_days_by_default(self) -> None:
        """
        By default, upcoming() includes the day 90 days ahead but not the next.
        """
        record = Chronology(
            events=[
                event("1992-03-02", "today", major=True),
                event("1992-05-31", "last", major=True),
                event("1992-06-01", "beyond", major=True),
            ]
        )
        found = record.upcoming(dt.date(2026, 3, 2))
        assert [each.event.id for each in found] == ["today", "last"]


class TestSelect:
    @given(chronologies(), st.data())
    def test_is_whole(self, record: Chronology, data: st.DataObject) -> None:
        """
        Any selection is a chronology that refers to nothing outside.
        """
        some = record.select(data.draw(chosen(record)))
        assert outside(some) == []
        assert Chronology(**parts(some), title=record.title) == some
        assert (some.retired, some.title) == (record.retired, record.title)

    @given(chronologies(), st.data())
    def test_holds_the_events_and_what_they_mark(
        self, record: Chronology, data: st.DataObject
    ) -> None:
        """
        A selection has the events asked for, those whose day they keep, and no more.
        """
        asked = data.draw(chosen(record))
        kept = set()
        for each in asked:
            marked: Event | None = each
            while marked is not None:
                kept.add(marked.id)
                marked = marked.marks
        some = record.select(asked)
        assert set(some.events.ids) == kept
        assert all(each == record.events[each.id] for each in some.events)

    @given(chronologies(), st.data())
    def test_holds_what_begins_and_ends_in_it(
        self, record: Chronology, data: st.DataObject
    ) -> None:
        """
        A selection has each mission and membership with both its ends, and its own.
        """
        some = record.select(data.draw(chosen(record)))
        kept = set(some.events.ids)
        assert set(some.missions.ids) == {
            one.id
            for one in record.missions
            if one.opening.id in kept
            and (one.closing is None or one.closing.id in kept)
        }
        for one in some.missions:
            whole = record.missions[one.id]
            assert [e.id for e in one.events] == [
                e.id for e in whole.events if e.id in kept
            ]
            before = whole.predecessor
            expected = some.missions.get(before.id) if before else None
            assert one.predecessor == expected
        assert set(some.memberships.ids) == {
            one.id for one in record.memberships if one.admission.id in kept
        }
        for joined in some.memberships:
            advice = record.memberships[joined.id].recommendation
            known = advice is not None and advice.id in kept
            assert joined.recommendation == (advice if known else None)

    @given(chronologies(), st.data())
    def test_holds_no_more_areas_and_sources(
        self, record: Chronology, data: st.DataObject
    ) -> None:
        """
        A selection has the areas and sources that it refers to, in their order.
        """
        some = record.select(data.draw(chosen(record)))
        used = {area.id for each in some.events for area in each.areas}
        cited = {c.source.id for each in some.events for c in each.citations}
        cited |= {
            c.source.id for m in some.missions for h in m.heads for c in h.citations
        }
        assert [*some.areas.ids] == [id_ for id_ in record.areas.ids if id_ in used]
        assert set(some.sources.ids) == cited

    @given(chronologies(spare=False))
    def test_of_everything_is_everything(self, record: Chronology) -> None:
        """
        A record without spare areas and sources is the selection of all its events.
        """
        assert record.select(record.events) == record

    @given(chronologies(), st.data())
    def test_of_a_selection_is_itself(
        self, record: Chronology, data: st.DataObject
    ) -> None:
        """
        Selecting all of a selection changes nothing.
        """
        some = record.select(data.draw(chosen(record)))
        assert some.select(some.events) == some

    @given(chronologies())
    def test_of_nothing_is_empty(self, record: Chronology) -> None:
        """
        Without events no mission, membership, area or source is left.
        """
        nothing = Chronology(retired=record.retired, title=record.title)
        assert record.select([]) == nothing

    @pytest.mark.parametrize("opening", ["1999", "2000-05-01", "2001"])
    def test_keeps_a_predecessor_whenever_it_opened(self, opening: str) -> None:
        """
        A mission keeps its predecessor also where that one opened no earlier.
        """
        before = work("older", event(opening, "z-opened"))
        after = work("newer", event("2000-05-01", "a-opened"), predecessor=before)
        record = Chronology(missions=[after])
        assert record.select(record.events) == record

    def test_cuts_a_mission_down_to_its_events(self) -> None:
        """
        Of a mission that is whole only the events asked for are left.
        """
        opening, closing = event("1994", "opened"), event("2000", "closed")
        between = event("1997", "between")
        record = Chronology(
            missions=[work("unmot", opening, closing=closing, events=[between])]
        )
        some = record.select([opening, closing])
        assert some.events.ids == ("opened", "closed")
        assert some.missions["unmot"].events == (opening, closing)
        assert record.select([opening, between]).missions.ids == ()

    def test_follows_the_days_that_mark_days(self) -> None:
        """
        What an event keeps by way of another brings along the mission it opened.
        """
        opening = event("1994", "opened", areas=[PEACE])
        day = event("1995", "day", marks=opening)
        week = event("1996", "week", marks=day, areas=[WATER])
        record = Chronology(
            events=[week], missions=[work("unmot", opening)], areas=[PEACE, WATER]
        )
        assert record.select([week]) == record
        assert record.select([week]).areas.ids == ("peace", "water")

    def test_cuts_the_predecessor_of_a_mission_down_as_well(self) -> None:
        """
        The mission before another is cut to its events, or left out with them.
        """
        before = work(
            "older", event("1994", "began"), events=[event("1997", "between")]
        )
        after = work("newer", event("2000", "after"), predecessor=before)
        record = Chronology(missions=[after])
        both = record.select([record.events["began"], record.events["after"]])
        assert both.events.ids == ("began", "after")
        assert both.missions["newer"].predecessor == both.missions["older"]
        alone = record.select(record.events.where(since=1997))
        assert alone.missions["newer"].predecessor is None


class TestMerge:
    @given(chronologies(), chronologies("other-"))
    def test_loses_nothing(self, one: Chronology, other: Chronology) -> None:
        """
        Two records as one hold the entries and retired ids of both, and no others.
        """
        both = one.merge(other)
        mine, theirs, merged = parts(one), parts(other), parts(both)
        for name, items in merged.items():
            assert set(items) == {*mine[name], *theirs[name]}
            assert len(items) == len(set(items))
        assert both.title == (other.title if one.title is None else one.title)

    @given(chronologies(), chronologies("other-"), st.data())
    def test_does_not_depend_on_the_grouping(
        self, one: Chronology, other: Chronology, data: st.DataObject
    ) -> None:
        """
        Merging the first two first, or the last two, comes to the same.
        """
        part = one.select(data.draw(chosen(one)))
        first, second, third = data.draw(st.permutations([one, part, other]))

        def outcome(make: Callable[[], Chronology]) -> Chronology | None:
            try:
                return make()
            except DataError:
                return None

        left = outcome(lambda: first.merge(second).merge(third))
        right = outcome(lambda: first.merge(second.merge(third)))
        assert left == right
        if left is not None and right is not None:
            assert left.areas == right.areas

    @given(chronologies())
    def test_of_itself_or_of_nothing_is_itself(self, record: Chronology) -> None:
        """
        Merging a record with itself or with an empty one changes nothing.
        """
        assert record.merge(record) == record
        assert record.merge(Chronology()) == record
        assert Chronology().merge(record) == record

    @given(chronologies(), st.data())
    def test_with_a_part_of_its_events_is_itself(
        self, record: Chronology, data: st.DataObject
    ) -> None:
        """
        An entry that both records have stands once.
        """
        part = Chronology(events=data.draw(chosen(record)))
        assert record.merge(part) == record

    def test_keeps_the_order_of_areas(self) -> None:
        """
        The areas of the first come first, and then what the other adds.
        """
        one, other = Chronology(areas=[WATER]), Chronology(areas=[PEACE, WATER])
        assert one.merge(other).areas.ids == ("water", "peace")
        assert other.merge(one).areas.ids == ("peace", "water")

    def test_refuses_two_entries_with_one_id(self) -> None:
        """
        Entries that contradict each other are told, and none of them is preferred.
        """
        one, other = Chronology(events=[event()]), Chronology(events=[event("2001")])
        message = r"^event \(x\): two different entries have this id$"
        with pytest.raises(DataError, match=message):
            one.merge(other)

    @pytest.mark.parametrize("turned", [False, True])
    def test_refuses_what_one_of_them_retired(self, turned: bool) -> None:
        """
        An id that either record has retired cannot come back with the other.
        """
        both = [Chronology(events=[event()]), Chronology(retired=["x"])]
        one, other = both[::-1] if turned else both
        message = re.escape("event (x): this id is retired; choose another one")
        with pytest.raises(DataError, match=f"^{message}$"):
            one.merge(other)
