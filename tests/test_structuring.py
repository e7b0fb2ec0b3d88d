import datetime as dt
import json
from typing import Any, Literal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tjun
from tjun.model.dates import PartialDate
from tjun.records.converter import (
    SECTIONS,
    exactly,
    faults_in,
    rows,
    shown,
    strict_converter,
    structure_text,
    structurers,
)

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=4,
)

BOOK = tjun.Source(id="book", title="A book", publisher="A press")
PEACE = tjun.CooperationArea(id="peace", name="Peace")
BEGUN = tjun.Event(
    id="begun", title="It began", date="1991-05", citations=[tjun.Citation(source=BOOK)]
)
THINGS: dict[tuple[str, type], Any] = {
    ("book", tjun.Source): BOOK,
    ("peace", tjun.CooperationArea): PEACE,
    ("begun", tjun.Event): BEGUN,
}


def refer(own: Any, kind: type) -> Any:
    return THINGS[own, kind]


def structured(kind: type, row: Any) -> Any:
    return structurers(refer)[kind](row, kind)


def told(kind: type, row: Any) -> list[tuple[str, str]]:
    with pytest.raises(Exception) as caught:  # Groups of anything.
        structured(kind, row)
    return list(faults_in(caught.value))


def event_row(**more: Any) -> dict[str, Any]:
    citations = [{"source": "book"}]
    row = {"id": "x", "title": "T", "date": "1991", "citations": citations}
    return row | more


@attrs.frozen(kw_only=True)
class Sample:
    """
    A class with a field of each plain type.
    """

    text: str = ""
    whole: int = 0
    number: float = 0.0
    truth: bool = False
    many: tuple[int, ...] = ()


class TestExactly:
    @pytest.mark.parametrize(
        ("value", "wanted"),
        [("", str), (0, int), (0.0, float), (False, bool), ([], list), ({}, dict)],
    )
    def test_a_value_of_the_type_is_returned(self, value: object, wanted: type) -> None:
        """
        A value of the very type is returned as it is.
        """
        assert exactly(value, wanted) is value

    @pytest.mark.parametrize(
        ("value", "wanted", "message"),
        [
            (1991, str, "expected a text, got 1991, a whole number"),
            (None, str, "expected a text, got nothing (null)"),
            ("1991", int, "expected a whole number, got '1991', a text"),
            (True, int, "expected a whole number, got True, true or false"),
            (1.0, int, "expected a whole number, got 1.0, a number"),
            (1, float, "expected a number, got 1, a whole number"),
            (1, bool, "expected true or false, got 1, a whole number"),
            ({"a": 1}, list, "expected a list, got a table of keys"),
            ([1], dict, "expected a table of keys, got a list"),
            ("x" * 99, int, f"expected a whole number, got '{'x' * 78}…, a text"),
        ],
    )
    def test_another_type_is_refused(
        self, value: object, wanted: type, message: str
    ) -> None:
        """
        A value of another type is refused in words of the record's writer.
        """
        with pytest.raises(TypeError) as caught:
            exactly(value, wanted)
        assert str(caught.value) == message


class TestStrictConverter:
    def test_values_are_taken_for_what_they_are(self) -> None:
        """
        Values of the right types come through unchanged, a list as a tuple.
        """
        row = {"text": "1", "whole": 1, "number": 1.5, "truth": True, "many": [1, 2]}
        made = strict_converter().structure(row, Sample)
        assert made == Sample(text="1", whole=1, number=1.5, truth=True, many=(1, 2))

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("text", None),
            ("text", 1),
            ("whole", "1"),
            ("whole", True),
            ("whole", 1.0),
            ("number", 1),
            ("truth", 1),
            ("truth", "true"),
            ("many", "12"),
            ("many", {"1": 2}),
            ("many", None),
        ],
    )
    def test_nothing_is_coerced(self, field: str, value: object) -> None:
        """
        A value of another type is a fault at its field.
        """
        with pytest.raises(Exception) as caught:  # A group.
            strict_converter().structure({field: value}, Sample)
        ((path, message),) = faults_in(caught.value)
        assert path == f".{field}"
        assert message.startswith("expected ")

    def test_an_unknown_key_is_refused(self) -> None:
        """
        A key that no field has is a fault, with the known ones.
        """
        with pytest.raises(Exception) as caught:  # A group.
            strict_converter().structure({"qqqq": 1}, Sample)
        assert list(faults_in(caught.value)) == [
            (
                ".qqqq",
                "this key is unknown; known are text, whole, number, truth, many",
            )
        ]

    def test_defaults_are_not_written(self) -> None:
        """
        A field that has its default is left out of what is written.
        """
        assert strict_converter().unstructure(Sample(whole=1)) == {"whole": 1}

    def test_a_choice_and_a_pair_are_what_they_say(self) -> None:
        """
        A value outside a choice is told with the choices, and a pair stays a pair.
        """

        @attrs.frozen
        class Fields:
            size: Literal["small", 2] = "small"
            pair: tuple[int, str] = (1, "x")

        structure = strict_converter().structure
        assert structure({"size": 2, "pair": [2, "y"]}, Fields) == Fields(2, (2, "y"))
        with pytest.raises(Exception) as caught:  # A group.
            structure({"size": "2"}, Fields)
        told = "expected one of small, 2, got '2', a text"
        assert list(faults_in(caught.value)) == [(".size", told)]


class TestStructureText:
    def test_a_plain_text_is_english(self) -> None:
        """
        A plain text is English.
        """
        assert structure_text("Water") == tjun.Text(en="Water")

    def test_a_table_gives_the_languages(self) -> None:
        """
        A table gives the words in each language.
        """
        row = {"en": "Water", "ru": "Вода", "tg": "Об"}
        assert structure_text(row) == tjun.Text(en="Water", ru="Вода", tg="Об")

    @pytest.mark.parametrize(
        ("value", "message"),
        [
            ({}, "expected a string in English ('en'), got nothing"),
            ({"ru": "Вода"}, "expected a string in English ('en'), got ru"),
            (
                {"en": "Water", "german": "Wasser"},
                (
                    "expected a BCP 47 language tag like 'ky', 'pt-BR' or 'zh-Hant',"
                    " got 'german'"
                ),
            ),
            (
                {"x" * 99: "Water"},
                (
                    "expected a BCP 47 language tag like 'ky', 'pt-BR' or 'zh-Hant',"
                    " got 'xxxxxxxxxxxx...xxxxxxxxxxxxx'"
                ),
            ),
            ({"en": None}, "expected a text, got nothing (null)"),
            ({"en": "Water", "tg": 1}, "expected a text, got 1, a whole number"),
            ("", "expected a string for 'en' that is not blank, got ''"),
            (
                {"en": "a", "ru": " "},
                "expected a string for 'ru' that is not blank, got ' '",
            ),
        ],
    )
    def test_anything_else_is_refused(self, value: object, message: str) -> None:
        """
        A text that lacks English, or has an invalid tag or a blank string, is an error.
        """
        with pytest.raises((TypeError, ValueError)) as caught:
            structure_text(value)
        assert str(caught.value) == message

    @given(JSON_VALUES)
    def test_no_value_breaks_it(self, value: object) -> None:
        """
        Any value is a text or is refused with what was expected.
        """
        try:
            made = structure_text(value)
        except (TypeError, ValueError) as error:
            assert str(error).startswith("expected ")  # noqa: PT017  # Both may be.
        else:
            assert isinstance(made, tjun.Text)

    def test_a_number_is_told_as_what_it_is(self) -> None:
        """
        What is no text is shown with what it is.
        """
        told = "^expected a text, or a table of languages, got 5, a whole number$"
        with pytest.raises(TypeError, match=told):
            structure_text(5)


class TestStructurers:
    def test_there_is_one_for_each_section(self) -> None:
        """
        Each section of a record has what makes its entries.
        """
        assert list(structurers(refer)) == list(SECTIONS.values())

    def test_references_are_looked_up_by_id_and_type(self) -> None:
        """
        Each reference is asked for with its id and what it is to be.
        """
        row = event_row(areas=["peace"], marks="begun")
        made = structured(tjun.Event, row)
        assert made.citations[0].source is BOOK
        assert made.areas == (PEACE,)
        assert made.marks is BEGUN

    def test_a_day_may_be_a_date_and_a_month_a_text(self) -> None:
        """
        A date is an ISO text, or a day as TOML has it.
        """
        row = event_row(date="1991-05", until=dt.date(1991, 6, 1), revised="2026-01-02")
        made = structured(tjun.Event, row)
        assert made.date == PartialDate(1991, 5)
        assert made.until == PartialDate(1991, 6, 1)
        assert made.revised == dt.date(2026, 1, 2)

    @pytest.mark.parametrize(
        ("value", "message"),
        [
            (1991, 'expected a date in quotes as "2000-05", got 1991, a whole number'),
            (None, 'expected a date in quotes as "2000-05", got nothing (null)'),
            ([], 'expected a date in quotes as "2000-05", got a list'),
            (
                "91",
                "expected a date as YYYY-MM-DD, YYYY-MM or YYYY, got '91'",
            ),
        ],
    )
    def test_another_date_is_refused(self, value: object, message: str) -> None:
        """
        Anything else for a date is refused in its place, the first like the last.
        """
        assert told(tjun.Event, event_row(date=value)) == [(".date", message)]
        assert told(tjun.Event, event_row(until=value)) == [(".until", message)]

    @pytest.mark.parametrize("field", ["until", "description", "marks", "revised"])
    def test_nothing_is_no_value_of_an_optional_field(self, field: str) -> None:
        """
        What has no value is left out; null is refused.
        """
        ((path, message),) = told(tjun.Event, event_row(**{field: None}))
        assert path == f".{field}"
        assert message.startswith("expected ") or field == "marks"

    def test_the_fields_of_an_entry_are_checked_each(self) -> None:
        """
        A fault of one field does not hide those of the others.
        """
        row = {"id": "Bad", "title": "", "publisher": 1, "url": "x", "kind": "y"}
        assert [path for path, _ in told(tjun.Source, row)] == [
            ".id",
            ".title",
            ".publisher",
            ".kind",
            ".url",
        ]

    @given(st.sampled_from(list(SECTIONS.values())), JSON_VALUES)
    def test_no_value_is_an_entry_by_chance(self, kind: type, value: object) -> None:
        """
        Any other value for an entry is refused with a place and a message.
        """
        starts = ("expected ", "this key is ")
        assert all(message.startswith(starts) for _, message in told(kind, value))

    def test_the_fields_of_a_part_are_checked_each(self) -> None:
        """
        What is wrong within a post is told in its own place.
        """
        row = {"id": "m", "name": "M", "acronym": "M", "opening": "begun"}
        heads = [{"person": " ", "title": "Head"}]
        ((place, _),) = told(tjun.Mission, {**row, "heads": heads})
        assert place == ".heads[0].person"


class TestFaultsIn:
    def test_an_error_that_is_no_group_is_one_fault(self) -> None:
        """
        A plain error is a fault of the thing itself.
        """
        assert list(faults_in(ValueError("no"))) == [("", "no")]

    def test_a_place_within_a_list_has_its_number(self) -> None:
        """
        A fault within lists is found by their numbers.
        """
        citations = [{"source": "book"}, {"source": "book", "date": 1}]
        assert told(tjun.Event, event_row(citations=citations)) == [
            (
                ".citations[1].date",
                'expected a date in quotes as "2000-05", got 1, a whole number',
            )
        ]

    def test_a_missing_key_is_told_at_its_place(self) -> None:
        """
        A key that has to be there is told by name.
        """
        assert told(tjun.CooperationArea, {"id": "x"}) == [
            (".name", "this key is missing")
        ]

    def test_a_misspelt_key_is_told_with_the_right_one(self) -> None:
        """
        A key like a known one is told with it.
        """
        row = {"id": "x", "name": "X", "in_artcle": True}
        assert told(tjun.CooperationArea, row) == [
            (".in_artcle", "this key is unknown; did you mean 'in_article'?")
        ]

    def test_many_unknown_keys_are_counted(self) -> None:
        """
        Of many unknown keys twenty are listed, sorted, and the rest counted.
        """
        row = {"id": "x", "name": "X"} | {f"q{n:02}": n for n in range(22, -1, -1)}
        faults = told(tjun.CooperationArea, row)
        assert [path for path, _ in faults] == [
            *(f".q{number:02}" for number in range(20)),
            "",
        ]
        assert faults[-1][1] == (
            "3 more unknown keys; known are id, name, description, in_article"
        )

    def test_a_long_key_is_shortened(self) -> None:
        """
        A key of any length does not make a place of any length.
        """
        ((path, _),) = told(
            tjun.CooperationArea, {"id": "x", "name": "X", "q" * 999: 1}
        )
        assert path == f".{'q' * 79}…"

    def test_what_the_thing_refuses_is_a_fault_of_the_whole(self) -> None:
        """
        What only the whole thing can tell is a fault of the thing itself.
        """
        assert told(tjun.Event, event_row(until="1990")) == [
            ("", "until: 1990 is before 1991")
        ]

    @pytest.mark.parametrize(
        ("raised", "told"),
        [
            (KeyError("purse"), "KeyError: 'purse'"),
            (ValueError("odd"), "odd"),
            (KeyError("odd"), "this key is missing"),
        ],
        ids=repr,
    )
    def test_only_a_key_that_lacks_is_missing(
        self, raised: Exception, told: str
    ) -> None:
        """
        Only a `KeyError` of the field's own name means that its key is missing.
        """

        class Odd:
            pass

        @attrs.frozen
        class Fields:
            odd: Odd

        def refuse(*_: object) -> Odd:
            raise raised

        converter = strict_converter()
        converter.register_structure_hook(Odd, refuse)
        with pytest.raises(Exception) as caught:  # A group.
            converter.structure({"odd": 1}, Fields)
        assert list(faults_in(caught.value)) == [(".odd", told)]

    def test_another_error_is_told_with_its_name(self) -> None:
        """
        What is neither a wrong type nor a wrong value is told with what it is.
        """
        found = list(faults_in(RuntimeError("no ink")))
        assert found == [("", "RuntimeError: no ink")]


class TestRows:
    def test_the_sections_come_in_order(self) -> None:
        """
        Every section is there, what is referred to before what refers to it.
        """
        sections = [section for section, _ in rows(tjun.Chronology())]
        assert sections == ["areas", "sources", "events", "missions", "memberships"]

    def test_what_has_its_default_is_left_out(self) -> None:
        """
        A row holds only what has to be there and what differs from its default.
        """
        (row,) = dict(rows(tjun.Chronology(events=[BEGUN])))["events"]
        assert row == {
            "id": "begun",
            "title": {"en": "It began"},
            "date": "1991-05",
            "citations": [{"source": "book"}],
        }

    def test_everything_is_written_as_json_has_it(self) -> None:
        """
        References are ids, dates ISO texts, texts tables, enumerations their values.
        """
        event = tjun.Event(
            id="x",
            title=tjun.Text(en="T", tg="Т"),
            date="1991-05-02",
            until="1992",
            kind="visit",
            areas=[PEACE],
            description="D",
            citations=[
                tjun.Citation(source=BOOK, says="So", date="1991", verified=False)
            ],
            status="announced",
            yearly=True,
            marks=BEGUN,
            revised="2026-01-02",
        )
        written = dict(rows(tjun.Chronology(events=[event])))
        row = next(each for each in written["events"] if each["id"] == "x")
        citation = {"source": "book", "says": "So", "date": "1991", "verified": False}
        assert json.loads(json.dumps(row)) == {
            "id": "x",
            "title": {"en": "T", "tg": "Т"},
            "date": "1991-05-02",
            "until": "1992",
            "kind": "visit",
            "areas": ["peace"],
            "description": {"en": "D"},
            "citations": [citation],
            "status": "announced",
            "yearly": True,
            "marks": "begun",
            "revised": "2026-01-02",
        }

    def test_heads_are_written_whole(self) -> None:
        """
        A head of a mission stands in its row with what is known of the time.
        """
        head = tjun.Post(
            person="A. Person",
            title="Head",
            start="1991-05",
            citations=[tjun.Citation(source=BOOK)],
        )
        mission = tjun.Mission(
            id="m", name="M", acronym="M", opening=BEGUN, heads=[head]
        )
        (row,) = dict(rows(tjun.Chronology(missions=[mission])))["missions"]
        assert row["heads"] == [
            {
                "person": "A. Person",
                "title": {"en": "Head"},
                "start": "1991-05",
                "citations": [{"source": "book"}],
            }
        ]
        assert (row["opening"], row["events"]) == ("begun", ["begun"])


class TestShown:
    @pytest.mark.parametrize(
        ("value", "words"),
        [
            (None, "nothing (null)"),
            ([1], "a list"),
            ({"a": 1}, "a table of keys"),
            (5, "5, a whole number"),
            (True, "True, true or false"),
            (dt.time(1, 2), "datetime.time(1, 2), time"),
            ("a" * 78, f"'{'a' * 78}', a text"),
            ("a" * 79, f"'{'a' * 78}…, a text"),
            (2**10_000, "a whole number of very many digits"),
        ],
        ids=lambda value: repr(value)[:20],
    )
    def test_says_what_a_value_is_and_no_more(self, value: object, words: str) -> None:
        """
        A value is shown short, with what the writer of a record calls it.
        """
        assert shown(value) == words

    def test_a_number_is_written_as_long_as_it_can_be(self) -> None:
        """
        A number of ten thousand bits is shown by its first digits.
        """
        number = 2**9_999
        assert shown(number) == f"{str(number)[:79]}…, a whole number"
