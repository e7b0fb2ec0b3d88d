from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given
from making import by
from strategies import chronologies

from tjun import Chronology, Citation, Event, Events, Source, Text

SOURCE = Source(
    id="gazette",
    title="Report of 1999",
    publisher=by("The Gazette"),
    symbol="S/1",
    url="https://example.org/page",
    note="Scanned",
)


def event(id: str, title: Any = "It began", **rest: Any) -> Event:  # noqa: A002  # As the field.
    cited = [Citation(source=SOURCE, says="Says so", date="2001-05", locator="p. 9")]
    return Event(
        **({"date": "2000", "citations": cited} | rest),
        id=id,
        title=Text(title) if isinstance(title, dict) else title,
    )


class TestSearch:
    @pytest.mark.parametrize(
        "words",
        [
            "joins",
            "JOIN",
            "  joins   union ",
            "union joins",
            "страсбург",
            "STRASSE",
            "the-union",
            "1992-03",
            "1992-04-01",
            "2001-05",
            "says so",
            "p. 9",
            "gazette report s/1 example.org scanned",
            "joins gazette 1992",
        ],
    )
    def test_finds_every_word_in_any_place_language_and_case(self, words: str) -> None:
        """
        Each word may be in the texts, the id, the dates or the citations of an event.
        """
        found = event(
            "the-union",
            {"en": "Joins the Union", "ru": "Страсбург"},
            description="In the Straße",
            date="1992-03-02",
            until="1992-04-01",
        )
        other = event(
            "other", citations=[Citation(source=attrs.evolve(SOURCE, id="b"))]
        )
        for events in (Events([found]), Chronology(events=[found])):
            assert events.search(words) == (found,)
        assert Events([found, other]).where(text="joins union").ids == ("the-union",)

    @pytest.mark.parametrize("words", ["joins elsewhere", "unions"])
    def test_requires_every_word(self, words: str) -> None:
        """
        An event that lacks one of the words is not found.
        """
        assert Events([event("union", "Joins the Union")]).search(words) == ()

    def test_lists_the_best_match_first(self) -> None:
        """
        Words in the title count most, those in citations least, whole words more.
        """
        said = [Citation(source=SOURCE, says="About water")]
        events = [
            event("e", citations=[Citation(source=SOURCE, says="Underwater")]),
            event("d", citations=said),
            event("c", description="Water flows"),
            event("b", "Groundwater"),
            event("a2", "Water", date="2001"),
            event("a1", "Water", date="2000"),
        ]
        found = Events(events).search("water")
        assert [each.id for each in found] == ["a1", "a2", "b", "c", "d", "e"]

    @pytest.mark.parametrize("words", ["", "  ", None, 5])
    def test_rejects_what_contains_no_word(self, words: Any) -> None:
        """
        Searching for nothing is an error.
        """
        with pytest.raises(ValueError, match=r"^expected words to search for, got "):
            Events().search(words)

    @given(chronologies())
    def test_finds_what_where_selects(self, record: Chronology) -> None:
        """
        where(text=) selects the same events, in chronological order.
        """
        for words in ("a", "un 19", "вода"):
            found = record.search(words)
            assert Events(found) == record.events.where(text=words)
            assert record.events.search(words) == found
