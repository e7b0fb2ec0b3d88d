from __future__ import annotations

import copy
import datetime as dt
import pickle
import re
from collections.abc import Callable, Iterable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import by
from strategies import chronologies, days

from tjun import (
    Chronology,
    Citation,
    CooperationArea,
    DataError,
    Event,
    Events,
    Membership,
    Mission,
    Missions,
    NotFoundError,
    Post,
    Source,
    Text,
)

SOURCE = Source(
    id="article", title="Tajikistan and the UN", publisher=by("The Ministry")
)
OTHER = Source(id="other", title="Another page", publisher=by("Someone"))
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


def missing(record: Chronology) -> list[object]:
    """
    Return what the entities of a record refer to and the record does not contain.
    """
    known = (*record.events, *record.referred)
    referred: list[tuple[Any, Any]] = []
    cited: list[Citation] = []
    for area in record.areas:
        cited += area.citations
    for each in record.events:
        referred += [(record.areas, area) for area in each.areas]
        referred += [(known, each.marks)]
        cited += each.citations
    for one in record.missions:
        referred += [(record.events, e) for e in (one.opening, one.closing)]
        referred += [(record.events, e) for e in one.events]
        referred += [(record.missions, one.predecessor)]
        cited += (citation for head in one.heads for citation in head.citations)
    for joined in record.memberships:
        referred += [(record.events, joined.admission)]
        referred += [(record.events, joined.recommendation)]
        referred += [(record.events, joined.withdrawal)]
    referred += [(record.sources, citation.source) for citation in cited]
    referred += [(known, citation.alternative) for citation in cited]
    return [item for where, item in referred if item is not None and item not in where]


def closure(asked: Iterable[Event]) -> set[str]:
    """
    Return the ids of events and of those that they mark or cite, one by one.
    """
    ids: set[str] = set()
    for each in asked:
        others = [c.alternative for c in each.citations]
        named = [other for other in (each.marks, *others) if other is not None]
        ids |= {each.id} | closure(named)
    return ids


SECTIONS = ("events", "missions", "memberships", "areas", "sources", "publishers")


def parts(record: Chronology) -> dict[str, Any]:
    return {name: tuple(getattr(record, name)) for name in (*SECTIONS, "retired")}


@st.composite
def chosen(draw: st.DrawFn, record: Chronology) -> list[Event]:
    return [each for each in record.events if draw(st.booleans())]


class TestChronology:
    @given(chronologies())
    def test_contains_everything_it_refers_to(self, record: Chronology) -> None:
        """
        Every entity to which another refers is in the record.
        """
        assert missing(record) == []

    def test_includes_what_is_not_listed(self) -> None:
        """
        What missions and memberships refer to need not be given.
        """
        marked = event("1992", "marked", areas=[PEACE])
        instead = Citation(source=SOURCE, alternative=event("1995", "instead"))
        opening = event(
            "1993", "opened", areas=[WATER], marks=marked, citations=[instead]
        )
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
            "instead",
        )
        assert record.areas.ids == ("water", "peace")
        assert record.sources.ids == ("article", "other")
        assert record.missions.ids == ("before", "unmot")
        assert record.memberships.ids == ("un",)

    def test_names_kinds_of_events(self) -> None:
        """
        Known kinds have names in each language, and others those of the record.
        """
        record = Chronology(kinds={"funding": Text(en="Funding", ru="Финансы")})
        assert record.kind_name("visit") == "Visit"
        assert record.kind_name("visit", "ru-RU") == "Визит"
        assert record.kind_name("funding", "ru") == "Финансы"
        assert record.kind_name("seed") == "seed"

    def test_is_empty_by_default(self) -> None:
        """
        Without arguments, a chronology has no entities, no retired ids and no title.
        """
        empty = Chronology()
        assert all(len(each) == 0 for each in parts(empty).values())
        assert empty.title is None

    @given(chronologies())
    def test_sorts_its_entities(self, record: Chronology) -> None:
        """
        Events are sorted by date, missions by opening, memberships by admission.
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

    def test_converts_its_title_and_retired_ids(self) -> None:
        """
        A string is an English title; retired ids are sorted, and duplicates removed.
        """
        record = Chronology(title="A record", retired=["b", "a", "b"])
        assert record.title == Text(en="A record")
        assert record.retired == ("a", "b")

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ({"events": "x"}, "expected a list, got 'x'"),
            (
                {"events": event()},
                "expected a list, got Event(id='x', ",
            ),
            ({"events": ["x"]}, "expected an Event for events, got 'x'"),
            (
                {"missions": [event()]},
                "expected a Mission for missions, got Event(id='x', ",
            ),
            (
                {"memberships": [None]},
                "expected a Membership for memberships, got None",
            ),
            (
                {"areas": ["water"]},
                "expected a CooperationArea for areas, got 'water'",
            ),
            (
                {"sources": [WATER]},
                "expected a Source for sources, got CooperationArea(id='water', ...)",
            ),
            ({"retired": "gone"}, "expected a list, got 'gone'"),
            ({"retired": [5]}, "expected a str for retired, got 5"),
            (
                {"retired": ["Gone"]},
                (
                    "expected an id of lower-case letters, digits and single hyphens,"
                    " like 'tajikistan-joins-un', got 'Gone'"
                ),
            ),
            ({"title": " "}, "expected a string for 'en' that is not blank, got ' '"),
        ],
    )
    def test_rejects_invalid_arguments(
        self, arguments: dict[str, Any], message: str
    ) -> None:
        """
        An argument that is not a collection of the right entities is an error.
        """
        with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
            Chronology(**arguments)

    @given(chronologies(), st.randoms(use_true_random=False))
    def test_is_equal_if_all_parts_are(self, record: Chronology, random: Any) -> None:
        """
        Only areas keep the order in which they are given; the rest is sorted.
        """
        shuffled = {
            name: items if name == "areas" else random.sample(items, len(items))
            for name, items in parts(record).items()
        }
        same = attrs.evolve(record, **shuffled)
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
    def test_differs_if_any_part_does(self, change: dict[str, Any]) -> None:
        """
        Chronologies with different parts are not equal.
        """
        record = Chronology(events=[event()])
        assert Chronology(**({"events": [event()]} | change)) != record

    @given(chronologies())
    def test_can_be_pickled_and_copied(self, record: Chronology) -> None:
        """
        A pickled or copied chronology is equal, and its events can be queried.
        """
        pickled = [
            pickle.dumps(record, protocol)
            for protocol in range(pickle.HIGHEST_PROTOCOL + 1)
        ]
        copies = [copy.copy(record), copy.deepcopy(record)]
        for each in (*copies, *map(pickle.loads, pickled)):
            assert each == record
            assert hash(each) == hash(record)
            for area in record.areas:
                found = record.events.where(area=area)
                assert each.events.where(area=area.id) == found

    @given(chronologies())
    def test_can_be_evolved(self, record: Chronology) -> None:
        """
        evolve() replaces a part, and events can be selected by the new entities.
        """
        same = attrs.evolve(record, title="Another", sources=[*record.sources, OTHER])
        assert same.title == Text(en="Another")
        assert same.events == record.events
        assert same.events.where(source="other").ids == ()

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

    def test_has_a_short_repr(self) -> None:
        """
        The repr contains the number of entities of each kind.
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
                lambda: {"areas": [attrs.evolve(WATER, description="Rivers"), WATER]},
                ("area", "water"),
            ),
            (
                lambda: {
                    "areas": [attrs.evolve(WATER, citations=[Citation(source=SOURCE)])],
                    "sources": [attrs.evolve(SOURCE, note="A")],
                },
                ("source", "article"),
            ),
        ],
    )
    def test_rejects_different_entities_with_the_same_id(
        self, make: Callable[[], dict[str, Any]], place: tuple[str, str]
    ) -> None:
        """
        Two different entities with the same id are an error, wherever they are.
        """
        path, id_ = place
        with pytest.raises(DataError) as caught:
            Chronology(**make())
        (fault,) = caught.value.faults
        assert (fault.path, fault.id) == (path, id_)
        assert fault.message.startswith("two different entries have this id")

    @pytest.mark.parametrize(
        ("count", "names"),
        [
            (1, "event 'e0'"),
            (2, "event 'e0' and event 'e1'"),
            (26, "event 'e0', event 'e1', event 'e2' and 23 more"),
        ],
    )
    def test_reports_a_second_version_once(self, count: int, names: str) -> None:
        """
        One error names the entities that refer to the second version of another one.
        """
        edited = attrs.evolve(SOURCE, note="A")
        with pytest.raises(DataError) as caught:
            Chronology(
                sources=[edited], events=[event(id=f"e{n}") for n in range(count)]
            )
        assert str(caught.value) == (
            "source (article): two different entries have this id; the second is used"
            f" by {names}; to change an entry that others use, call replace()"
        )

    def test_rejects_an_event_with_a_retired_id(self) -> None:
        """
        No event can have a retired id.
        """
        message = r"^event \(x\): this id is retired; choose another one$"
        with pytest.raises(DataError, match=message):
            Chronology(events=[event()], retired=["x"])

    def test_reports_all_errors_at_once(self) -> None:
        """
        All errors are reported, in an order that does not depend on that of entities.
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

    def test_contains_equal_entities_once(self) -> None:
        """
        Entities that are given twice are included once.
        """
        assert Chronology(events=[event(), event()]).events.ids == ("x",)


class TestAnniversaries:
    @given(chronologies(), days(first=1990, last=2010), st.integers(1, 5))
    def test_are_those_of_its_events(
        self, record: Chronology, on: dt.date, every: int
    ) -> None:
        """
        A record has the anniversaries of its events.
        """
        asked: dict[str, Any] = {"since": on.year, "until": on.year + 5, "every": every}
        assert record.anniversaries(**asked) == record.events.anniversaries(**asked)
        assert record.upcoming(on, 90, every=every, show="usual") == (
            record.events.upcoming(on, every=every)
        )

    def test_require_both_ends_of_the_period(self) -> None:
        """
        Both ends of the period are required keyword arguments.
        """
        with pytest.raises(TypeError, match="'until'"):
            Chronology().anniversaries(since=2000)  # type: ignore[call-arg]  # What is tested.
        with pytest.raises(TypeError, match="positional"):
            Chronology().anniversaries(2000, 2001)  # type: ignore[misc]  # What is tested.

    def test_are_those_that_the_weight_suggests_by_default(self) -> None:
        """
        By default, major events have one every year, normal ones on jubilees.
        """
        record = Chronology(
            events=[
                event("1992-03-02", "major", weight="major"),
                event("1992-03-03", "normal"),
                event("1992-03-04", "yearly", yearly=True),
                event("1991-03-05", "jubilee"),
                event("1991-03-06", "minor", weight="minor"),
            ]
        )
        for found in (
            record.upcoming(dt.date(2026, 3, 2)),
            record.anniversaries(since=2026, until=2026),
        ):
            assert [each.event.id for each in found] == ["major", "yearly", "jubilee"]

    def test_upcoming_are_those_of_90_days_by_default(self) -> None:
        """
        By default, upcoming() includes 90 days, of which the first is today.
        """
        record = Chronology(
            events=[
                event("1992-03-02", "today", weight="major"),
                event("1992-05-30", "last", weight="major"),
                event("1992-05-31", "beyond", weight="major"),
            ]
        )
        found = record.upcoming(dt.date(2026, 3, 2))
        assert [each.event.id for each in found] == ["today", "last"]


class TestSelect:
    @given(chronologies(), st.data())
    def test_is_self_contained(self, record: Chronology, data: st.DataObject) -> None:
        """
        A selection contains everything to which it refers, and keeps the header.
        """
        some = record.select(data.draw(chosen(record)))
        assert missing(some) == []
        assert attrs.evolve(some, **parts(some)) == some
        assert attrs.evolve(some, **dict.fromkeys(SECTIONS, ())) == attrs.evolve(
            record, **dict.fromkeys(SECTIONS, ())
        )

    @given(chronologies(), st.data())
    def test_keeps_apart_what_its_events_refer_to(
        self, record: Chronology, data: st.DataObject
    ) -> None:
        """
        Its events are the chosen ones; those that they mark or cite are referred to.
        """
        asked = data.draw(chosen(record))
        some = record.select(asked)
        ids = {each.id for each in asked}
        assert set(some.events.ids) == ids
        assert set(some.referred.ids) == closure(asked) - ids
        known = {each.id: each for each in (*record.events, *record.referred)}
        assert all(each == known[each.id] for each in (*some.events, *some.referred))

    def test_brings_back_an_event_that_is_added(self) -> None:
        """
        An event that was only referred to is one of the events once it is added.
        """
        marked = event("1991", "marked")
        record = Chronology(events=[marked, event("1992", marks=marked)])
        some = record.select([record.events["x"]])
        assert (some.events.ids, some.referred.ids) == (("x",), ("marked",))
        assert some.add(marked) == record
        assert some.merge(record.select([marked])) == record
        assert some.merge(some) == some

    def test_can_be_edited_where_it_is_only_referred_to(self) -> None:
        """
        An event that is only referred to can be replaced, but not removed.
        """
        marked = event("1991", "marked")
        record = Chronology(events=[marked, event("1992", marks=marked)])
        some = record.select([record.events["x"]])
        new = some.replace(attrs.evolve(marked, title="Renamed"))
        assert new.referred["marked"] == new.events["x"].marks
        assert str(new.referred["marked"].title) == "Renamed"
        with pytest.raises(DataError, match=r"\(marked\): used by event 'x'"):
            some.without(marked)
        assert len(some.without(some.events["x"]).referred) == 0

    @given(chronologies(), st.data())
    def test_contains_missions_and_memberships_that_are_complete(
        self, record: Chronology, data: st.DataObject
    ) -> None:
        """
        A selection contains the missions and memberships whose ends it contains.
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
            one.id
            for one in record.memberships
            if one.admission.id in kept
            and (one.withdrawal is None or one.withdrawal.id in kept)
        }
        for joined in some.memberships:
            advice = record.memberships[joined.id].recommendation
            known = advice is not None and advice.id in kept
            assert joined.recommendation == (advice if known else None)

    @given(chronologies(), st.data())
    def test_contains_the_areas_and_sources_that_are_used(
        self, record: Chronology, data: st.DataObject
    ) -> None:
        """
        A selection contains only areas and sources to which it refers, in order.
        """
        some = record.select(data.draw(chosen(record)))
        used = {area.id for each in some.events for area in each.areas}
        cited = {c.source.id for each in some.events for c in each.citations}
        cited |= {
            c.source.id for m in some.missions for h in m.heads for c in h.citations
        }
        cited |= {c.source.id for area in some.areas for c in area.citations}
        assert [*some.areas.ids] == [id_ for id_ in record.areas.ids if id_ in used]
        assert set(some.sources.ids) == cited

    @given(chronologies(spare=False))
    def test_of_all_events_is_the_record(self, record: Chronology) -> None:
        """
        Selecting all events drops only areas and sources that are not used.
        """
        assert record.select(record.events) == record

    def test_selects_the_events_of_this_record(self) -> None:
        """
        Events are selected by id, and refer to what they refer to in this record.
        """
        here = event("1992", marks=event("1991", "marked"))
        record = Chronology(events=[here])
        there = Chronology(events=[event("1999")])
        assert record.select(there.events).events == record.select([here]).events

    @pytest.mark.parametrize(
        ("events", "message"),
        [
            ("x", "expected a list, got 'x'"),
            (
                event(),
                "expected a list, got Event(id='x', ",
            ),
            (["x"], "expected an Event for events, got 'x'"),
        ],
    )
    def test_rejects_what_is_not_events(self, events: Any, message: str) -> None:
        """
        Anything but a collection of events is an error.
        """
        record = Chronology(events=[event()])
        with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
            record.select(events)

    def test_rejects_events_of_another_record(self) -> None:
        """
        An event that is not in the record raises NotFoundError.
        """
        record = Chronology(events=[event(id="it-began")])
        message = r"^There is no event 'it-begin'; did you mean 'it-began'\?$"
        with pytest.raises(NotFoundError, match=message):
            record.select([event(id="it-begin")])


class TestMerge:
    @given(chronologies(), chronologies("other-"))
    def test_contains_all_parts_of_both(
        self, one: Chronology, other: Chronology
    ) -> None:
        """
        The result contains the entities and retired ids of both records, and no more.
        """
        both = one.merge(other)
        mine, theirs, merged = parts(one), parts(other), parts(both)
        for name, items in merged.items():
            assert set(items) == {*mine[name], *theirs[name]}
            assert len(items) == len(set(items))
        assert both.title == (other.title if one.title is None else one.title)
        languages = {each.language for each in (*one.translations, *other.translations)}
        assert {each.language for each in both.translations} == languages
        assert {*one.translations} <= {*both.translations}
        assert (both.id, both.licence) == (one.id, one.licence)

    @given(chronologies())
    def test_with_itself_or_nothing_changes_nothing(self, record: Chronology) -> None:
        """
        Merging a record with itself or with an empty one changes nothing.
        """
        assert record.merge(record) == record
        assert record.merge(Chronology()) == record

    def test_rejects_different_entities_with_the_same_id(self) -> None:
        """
        Two different entities with the same id are an error.
        """
        one, other = Chronology(events=[event()]), Chronology(events=[event("2001")])
        message = r"^event \(x\): two different entries have this id$"
        with pytest.raises(DataError, match=message):
            one.merge(other)

    @pytest.mark.parametrize("turned", [False, True])
    def test_rejects_an_id_that_either_retired(self, turned: bool) -> None:
        """
        No event can have an id that the other record has retired.
        """
        both = [Chronology(events=[event()]), Chronology(retired=["x"])]
        one, other = both[::-1] if turned else both
        message = re.escape("event (x): this id is retired; choose another one")
        with pytest.raises(DataError, match=f"^{message}$"):
            one.merge(other)
