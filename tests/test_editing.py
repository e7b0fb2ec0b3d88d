from __future__ import annotations

import re
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import by
from strategies import chronologies

import tjun
from tjun import (
    Chronology,
    Citation,
    CooperationArea,
    DataError,
    Event,
    Membership,
    Mission,
    NotFoundError,
    Post,
    Source,
    Text,
)

SOURCE = Source(
    id="article", title="Tajikistan and the UN", publisher=by("The Ministry")
)
WATER = CooperationArea(id="water", name="Water", citations=[Citation(source=SOURCE)])


def event(id: str = "x", date: str = "2000", **rest: Any) -> Event:  # noqa: A002  # As the field.
    return Event(
        **({"title": "It began", "citations": [Citation(source=SOURCE)]} | rest),
        id=id,
        date=date,
    )


def a_record() -> Chronology:
    """
    Return a record in which everything refers to something else.
    """
    joined, asked = event("joined", "1992-03-02"), event("asked", "1992-01")
    office = Mission(
        id="office",
        name="Office",
        acronym="UNO",
        opening=joined,
        heads=[Post(person="A", title="Head", citations=[Citation(source=SOURCE)])],
    )
    return Chronology(
        title="A record",
        events=[
            event("day", "2010", marks=joined, areas=[WATER]),
            event("rival", citations=[Citation(source=SOURCE, alternative=joined)]),
        ],
        missions=[
            office,
            Mission(
                id="observers",
                name="Observers",
                acronym="UNBO",
                opening=event("opened", "1994"),
                closing=event("closed", "1999"),
                predecessor=office,
                events=[event("visit", "1995")],
            ),
        ],
        memberships=[
            Membership(
                id="un",
                organization="UN",
                acronym="UN",
                admission=joined,
                recommendation=asked,
            )
        ],
        sources=[Source(id="unused", title="T", publisher=by("P"))],
        retired=["old"],
    )


class TestReplace:
    def test_changes_everything_that_refers_to_an_entity(self) -> None:
        """
        Whatever referred to an entity refers to its replacement, and only that changes.
        """
        record = a_record()
        old = record.events["joined"]
        new = record.replace(attrs.evolve(old, title="Tajikistan joins"))
        joined = new.events["joined"]
        assert str(joined.title) == "Tajikistan joins"
        assert new.events["day"].marks is joined
        assert new.events["rival"].citations[0].alternative is joined
        assert new.missions["office"].opening is joined
        assert new.missions["observers"].predecessor is new.missions["office"]
        assert new.memberships["un"].admission is joined
        assert new.events["visit"] is record.events["visit"]
        assert new.replace(old) == record
        assert {change.id for change in tjun.diff(record, new)} == {"joined"}

    def test_reaches_sources_and_areas(self) -> None:
        """
        A source is replaced in all citations: of events, areas and heads of missions.
        """
        record = a_record()
        source = attrs.evolve(SOURCE, note="Read")
        new = record.replace(source, attrs.evolve(WATER, name="Waters"))
        assert new.sources["article"] is source
        assert str(new.events["day"].areas[0].name) == "Waters"
        cited = [
            *(c for each in new.events for c in each.citations),
            *(c for each in new.areas for c in each.citations),
            *(c for m in new.missions for h in m.heads for c in h.citations),
        ]
        assert all(citation.source is source for citation in cited)

    def test_of_several_entities_may_refer_to_each_other(self) -> None:
        """
        Replacements may refer to each other, to old versions, and to new entities.
        """
        record = a_record()
        source = Source(id="new", title="T", publisher=by("P"))
        joined = attrs.evolve(record.events["joined"], until="1992-03-03")
        day = attrs.evolve(record.events["day"], citations=[Citation(source=source)])
        for order in ([joined, day], [day, joined]):
            new = record.replace(*order)
            assert new.events["day"].marks is new.events["joined"]
            assert new.events["joined"].until == joined.until
            assert new.sources["new"] is source

    def test_rejects_another_version_of_a_third_entity(self) -> None:
        """
        A version that is neither in the record nor a replacement is reported once.
        """
        record = a_record()
        edited = attrs.evolve(SOURCE, note="Edited")
        visit = event("visit", "1995", citations=[Citation(source=edited)])
        with pytest.raises(DataError) as caught:
            record.replace(visit)
        (fault,) = caught.value.faults
        assert (fault.path, fault.id) == ("source", "article")
        assert "the second is used by event 'visit'" in fault.message
        other = attrs.evolve(SOURCE, note="Other")
        with pytest.raises(DataError, match="two different entries"):
            record.replace(visit, other)

    def test_rejects_what_is_not_in_the_record(self) -> None:
        """
        Only entities of the record can be replaced, each of them once.
        """
        record = a_record()
        with pytest.raises(NotFoundError, match=r"^There is no event 'joine'; did"):
            record.replace(event("joine"))
        with pytest.raises(
            ValueError, match=r"^expected one entity .* 'visit', got two"
        ):
            record.replace(event("visit"), event("visit", "1996"))
        with pytest.raises(ValueError, match=r"^expected an entity of a record \(area"):
            record.replace("visit")  # type: ignore[arg-type]  # What is tested.

    def test_rejects_what_makes_others_invalid(self) -> None:
        """
        A replacement that makes another entity invalid is an error.
        """
        with pytest.raises(ValueError, match=r"^observers closes: 1999 is before 2001"):
            a_record().replace(event("opened", "2001"))

    @given(chronologies(), st.data())
    def test_can_be_undone(self, record: Chronology, data: st.DataObject) -> None:
        """
        Replacing an entity and then the replacement returns an equal record.
        """
        everything = [*record.events, *record.areas, *record.sources]
        if not everything:
            assert record.replace() == record
            return
        old: Any = data.draw(st.sampled_from(everything))
        name = "title" if isinstance(old, (Event, Source)) else "name"
        new = attrs.evolve(old, **{name: "Changed"})
        assert record.replace(new).replace(old) == record


class TestWithout:
    def test_removes_entities_and_retires_events(self) -> None:
        """
        The ids of removed events cannot be used again; other ids can.
        """
        record = a_record()
        new = record.without(record.events["day"], record.sources["unused"])
        assert "day" not in new.events
        assert "unused" not in new.sources
        assert new.retired == ("day", "old")
        assert new.title == record.title
        with pytest.raises(DataError, match="this id is retired"):
            new.add(record.events["day"])
        assert new.add(record.sources["unused"]).sources == record.sources

    @pytest.mark.parametrize(
        ("section", "id_", "users"),
        [
            (
                "events",
                "joined",
                "event 'rival', event 'day', mission 'office' and 1 more",
            ),
            ("events", "visit", "mission 'observers'"),
            ("missions", "office", "mission 'observers'"),
            ("areas", "water", "event 'day'"),
            (
                "sources",
                "article",
                "area 'water', event 'asked', event 'joined' and 6 more",
            ),
        ],
    )
    def test_names_what_refers_to_an_entity(
        self, section: str, id_: str, users: str
    ) -> None:
        """
        An entity to which others refer cannot be removed, and the error names them.
        """
        record = a_record()
        what = section.removesuffix("s")
        message = (
            f"{what} ({id_}): used by {users}; replace them or remove them as well"
        )
        with pytest.raises(DataError, match=f"^{re.escape(message)}$"):
            record.without(getattr(record, section)[id_])

    def test_removes_entities_with_those_that_refer_to_them(self) -> None:
        """
        An entity can be removed together with everything that refers to it.
        """
        record = a_record()
        missions = [record.missions["observers"], record.missions["office"]]
        new = record.without(record.events["visit"], *missions)
        assert len(new.missions) == 0
        assert new.without() == new

    def test_rejects_what_is_not_in_the_record(self) -> None:
        """
        Only entities of the record can be removed.
        """
        with pytest.raises(NotFoundError, match=r"^There is no event 'x'"):
            a_record().without(event())


class TestAdd:
    def test_adds_entities_and_what_they_refer_to(self) -> None:
        """
        New entities are added with everything to which they refer.
        """
        record = a_record()
        source = Source(id="new", title="T", publisher=by("P"))
        added = event(citations=[Citation(source=source)], areas=[WATER])
        new = record.add(added)
        assert new.events["x"] is added
        assert new.sources["new"] is source
        assert new.title == Text(en="A record")
        assert new.add(added, source) == new
        assert {change.id for change in tjun.diff(record, new)} == {"x", "new"}

    def test_rejects_an_id_that_is_taken(self) -> None:
        """
        An entity with the id of another one, or a retired id, is an error.
        """
        with pytest.raises(DataError, match=r"^event \(visit\): two different entries"):
            a_record().add(event("visit"))
        with pytest.raises(DataError, match=r"^event \(old\): this id is retired"):
            a_record().add(event("old"))
        with pytest.raises(ValueError, match=r"^expected an entity of a record"):
            a_record().add(None)  # type: ignore[arg-type]  # What is tested.
