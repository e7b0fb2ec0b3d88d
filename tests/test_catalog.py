from __future__ import annotations

from typing import Any

import pytest
from making import by

from tjun import (
    Catalog,
    Citation,
    CooperationArea,
    Event,
    Mission,
    NotFoundError,
    Source,
)

SOURCE = Source(
    id="article", title="Tajikistan and the UN", publisher=by("The Ministry")
)
EVENT = Event(
    id="water",
    title="Water",
    date="2000",
    citations=[Citation(source=SOURCE)],
)
WATER, PEACE, RIGHTS = (
    CooperationArea(id=id_, name=id_) for id_ in ("water", "peace", "rights")
)
AREAS = Catalog([WATER, PEACE, RIGHTS], what="area")


class TestCatalog:
    def test_is_indexed_by_id_and_by_position(self) -> None:
        """
        A string in brackets is an id, and a number is a position.
        """
        assert AREAS["peace"] is PEACE
        assert AREAS[1] is PEACE
        assert AREAS[-1] is RIGHTS

    def test_is_a_sequence(self) -> None:
        """
        A catalog has the methods of a sequence.
        """
        assert len(AREAS) == 3
        assert list(AREAS) == [WATER, PEACE, RIGHTS]
        assert list(reversed(AREAS)) == [RIGHTS, PEACE, WATER]
        assert AREAS.ids == ("water", "peace", "rights")
        assert (AREAS.index(PEACE), AREAS.count(PEACE)) == (1, 1)

    def test_slices_are_catalogs(self) -> None:
        """
        A slice is a catalog of the same kind of items.
        """
        some = AREAS[:2]
        assert isinstance(some, Catalog)
        assert some.ids == ("water", "peace")
        with pytest.raises(NotFoundError, match=r"^There is no area 'rights'"):
            some["rights"]

    def test_suggests_similar_ids(self) -> None:
        """
        An unknown id raises NotFoundError, which suggests similar ids.
        """
        with pytest.raises(NotFoundError) as caught:
            AREAS["watre"]
        error = caught.value
        assert (error.what, error.key, error.nearest) == ("area", "watre", ("water",))
        assert str(error) == "There is no area 'watre'; did you mean 'water'?"

    def test_suggests_nothing_if_no_id_is_similar(self) -> None:
        """
        The error says so if no id is similar.
        """
        message = r"^There is no area 'zzz'; no area has a similar id\.$"
        with pytest.raises(NotFoundError, match=message):
            AREAS["zzz"]

    def test_finds_items_by_an_acronym_that_only_one_has(self) -> None:
        """
        In brackets, an acronym in any case identifies an item, but an id comes first.
        """
        first, second, third, fourth = missions = [
            Mission(id=own, name="M", acronym=short, opening=EVENT)
            for own, short in (
                ("unmot", "A"),
                ("second", "UNMOT"),
                ("third", "UNTOP"),
                ("fourth", "Untop"),
            )
        ]
        catalog = Catalog(missions, what="mission")
        assert catalog["unmot"] is first
        assert catalog["UNMOT"] is catalog["Unmot"] is second
        assert catalog["a"] is first
        assert catalog["third"] is third
        assert catalog["fourth"] is fourth
        assert "UNMOT" not in catalog
        assert catalog.get("UNMOT") is None
        with pytest.raises(NotFoundError) as caught:
            catalog["UNTOP"]
        assert caught.value.nearest == ("third", "fourth")
        assert str(caught.value) == (
            "The mission acronym 'UNTOP' is that of 'third' and 'fourth'; use an id"
        )

    def test_calls_its_items_entries_by_default(self) -> None:
        """
        Without *what*, messages call an item an entry.
        """
        with pytest.raises(NotFoundError, match=r"^There is no entry 'zzz'"):
            Catalog([WATER])["zzz"]

    def test_get_returns_a_default(self) -> None:
        """
        get() returns the default for an unknown id, or None without a default.
        """
        assert AREAS.get("water") is WATER
        assert AREAS.get("watre") is None
        assert AREAS.get("watre", PEACE) is PEACE
        assert AREAS.get("watre", 0) == 0

    @pytest.mark.parametrize(
        ("item", "contained"),
        [
            ("water", True),
            ("watre", False),
            (WATER, True),
            (CooperationArea(id="water", name="water"), True),
            (CooperationArea(id="water", name="Another"), False),
            (CooperationArea(id="other", name="water"), False),
            (SOURCE, False),
            (EVENT, False),
            (None, False),
            (0, False),
        ],
    )
    def test_contains_ids_and_equal_items(self, item: object, contained: bool) -> None:
        """
        An id is in a catalog, and so is an item equal to the one with its id.
        """
        assert (item in AREAS) is contained

    def test_is_equal_if_items_and_order_are(self) -> None:
        """
        Catalogs of equal items in the same order are equal and have the same hash.
        """
        same = Catalog([WATER, PEACE, RIGHTS], what="thing")
        assert same == AREAS
        assert hash(same) == hash(AREAS)
        assert Catalog([PEACE, WATER, RIGHTS]) != AREAS
        assert AREAS != [WATER, PEACE, RIGHTS]
        assert Catalog() == Catalog()

    def test_rejects_duplicate_ids(self) -> None:
        """
        Two items with the same id are an error.
        """
        with pytest.raises(ValueError, match=r"^duplicate area 'peace'$"):
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
    def test_has_a_short_repr(self, items: list[CooperationArea], shown: str) -> None:
        """
        The repr contains the first three ids and the number of items.
        """
        assert repr(Catalog(items)) == shown

    def test_cannot_be_changed(self) -> None:
        """
        Neither items nor attributes can be set, deleted or added.
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
