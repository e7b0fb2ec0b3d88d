import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tjun
from tjun.model.dates import PartialDate
from tjun.model.links import ORDER, SECTIONS, links_of
from tjun.recordfiles.converter import (
    Values,
    convert,
    to_text,
)
from tjun.recordfiles.describe import describe_value, exactly

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


def event_row(**more: Any) -> dict[str, Any]:
    citations = [{"source": "book"}]
    row = {"id": "x", "title": "T", "date": "1991", "citations": citations}
    return row | more


def errors_of(kind: type, row: Any) -> list[tuple[str, str]]:
    return convert(kind, row).errors


class TestExactly:
    @pytest.mark.parametrize(
        ("value", "wanted"),
        [("", str), (0, int), (0.0, float), (False, bool), ([], list), ({}, dict)],
    )
    def test_returns_a_value_of_the_type(self, value: object, wanted: type) -> None:
        """
        A value of exactly the wanted type is returned.
        """
        assert exactly(value, wanted) is value

    @pytest.mark.parametrize(
        ("value", "wanted", "message"),
        [
            (1991, str, "expected a string, got 1991, a whole number"),
            (None, str, "expected a string, got nothing (null)"),
            ("1991", int, "expected a whole number, got '1991', a string"),
            (True, int, "expected a whole number, got true"),
            (1.0, int, "expected a whole number, got 1.0, a number"),
            (1, float, "expected a number, got 1, a whole number"),
            (1, bool, "expected true or false, got 1, a whole number"),
            ({"a": 1}, list, "expected a list, got a table of keys"),
            ([1], dict, "expected a table of keys, got a list"),
            ("x" * 99, int, f"expected a whole number, got '{'x' * 78}…, a string"),
        ],
    )
    def test_rejects_another_type(
        self, value: object, wanted: type, message: str
    ) -> None:
        """
        A value of another type is rejected in the terms of the file formats.
        """
        with pytest.raises(TypeError) as caught:
            exactly(value, wanted)
        assert str(caught.value) == message


class TestDescribeValue:
    @pytest.mark.parametrize(
        ("value", "description"),
        [
            (None, "nothing (null)"),
            ([1], "a list"),
            ({"a": 1}, "a table of keys"),
            (5, "5, a whole number"),
            (True, "true"),
            (False, "false"),
            (dt.time(1, 2), "01:02:00, a time"),
            (dt.date(1991, 5, 2), "1991-05-02, a date"),
            (
                dt.datetime(1991, 5, 2, 1, tzinfo=dt.UTC),
                "1991-05-02T01:00:00+00:00, a date and time",
            ),
            (b"x", "b'x', bytes"),
            ("a" * 78, f"'{'a' * 78}', a string"),
            ("a" * 79, f"'{'a' * 78}…, a string"),
            (2**10_000, "a whole number with too many digits"),
        ],
        ids=lambda value: repr(value)[:20],
    )
    def test_is_short(self, value: object, description: str) -> None:
        """
        A value is described briefly, in the terms of the file formats.
        """
        assert describe_value(value) == description

    def test_shows_the_first_digits_of_a_long_number(self) -> None:
        """
        A number of ten thousand bits is shown by its first digits.
        """
        number = 2**9_999
        assert describe_value(number) == f"{str(number)[:79]}…, a whole number"


class TestToText:
    def test_takes_a_plain_string_as_english(self) -> None:
        """
        A plain string is English.
        """
        assert to_text("Water") == tjun.Text(en="Water")

    def test_takes_a_table_of_languages(self) -> None:
        """
        A table has strings by language tag.
        """
        table = {"en": "Water", "ru": "Вода", "zh-Hant": "水"}
        text = to_text(table)
        assert text == tjun.Text(table)
        assert dict(text.translations) == table

    @pytest.mark.parametrize(
        ("value", "message"),
        [
            ({}, "expected a string in English ('en'), got nothing"),
            ({"ru": "Вода"}, "expected a string in English ('en'), got ru"),
            ({"en": None}, "expected a string, got nothing (null)"),
            ({"en": "Water", "tg": 1}, "expected a string, got 1, a whole number"),
            ("", "expected a string for 'en' that is not blank, got ''"),
            (
                5,
                "expected a string or a table of languages, got 5, a whole number",
            ),
        ],
    )
    def test_rejects_anything_else(self, value: object, message: str) -> None:
        """
        A text without English, or of values that are not strings, is rejected.
        """
        with pytest.raises((TypeError, ValueError)) as caught:
            to_text(value)
        assert str(caught.value) == message

    @given(JSON_VALUES)
    def test_never_fails_in_another_way(self, value: object) -> None:
        """
        Any value is a text or raises a TypeError or a ValueError.
        """
        try:
            made = to_text(value)
        except (TypeError, ValueError):
            return
        assert isinstance(made, tjun.Text)


class TestConvert:
    def test_leaves_references_as_ids(self) -> None:
        """
        A reference is the id of an entry, and a part has values of its own.
        """
        row = event_row(areas=["peace"], marks="begun")
        values = convert(tjun.Event, row)
        assert values.errors == []
        assert values.fields == {
            "id": "x",
            "title": tjun.Text(en="T"),
            "date": PartialDate(1991),
            "areas": ["peace"],
            "citations": [Values(fields={"source": "book"})],
            "marks": "begun",
        }

    def test_takes_days_as_dates_and_as_strings(self) -> None:
        """
        A day is a string or a TOML date; a month is a string.
        """
        row = event_row(date="1991-05", until=dt.date(1991, 6, 1), revised="2026-01-02")
        fields = convert(tjun.Event, row).fields
        assert fields["date"] == PartialDate(1991, 5)
        assert fields["until"] == PartialDate(1991, 6, 1)
        assert fields["revised"] == dt.date(2026, 1, 2)

    @pytest.mark.parametrize(
        ("value", "message"),
        [
            (1991, 'expected a date in quotes, such as "2000-05", got 1991, a whole'),
            (None, 'expected a date in quotes, such as "2000-05", got nothing (null)'),
            ([], 'expected a date in quotes, such as "2000-05", got a list'),
            ("91", "expected a date as YYYY-MM-DD, YYYY-MM or YYYY, got '91'"),
        ],
    )
    def test_rejects_any_other_date(self, value: object, message: str) -> None:
        """
        Anything else as a date is rejected, whether it is required or not.
        """
        for name in ("date", "until"):
            ((path, found),) = errors_of(tjun.Event, event_row(**{name: value}))
            assert path == f".{name}"
            assert found.startswith(message)

    @pytest.mark.parametrize("field", ["until", "description", "marks", "revised"])
    def test_rejects_null(self, field: str) -> None:
        """
        An optional field is omitted; null is rejected.
        """
        ((path, message),) = errors_of(tjun.Event, event_row(**{field: None}))
        assert path == f".{field}"
        assert message.startswith("expected ")

    def test_keeps_the_valid_fields(self) -> None:
        """
        An invalid field leaves the others valid, also in a list and in a part.
        """
        citations = [{"source": "book", "verified": 1}, 5]
        row = event_row(date="?", areas=["peace", 5], citations=citations)
        values = convert(tjun.Event, row)
        assert [path for path, _ in values.errors] == [
            ".date",
            ".citations[0].verified",
            ".citations[1]",
            ".areas[1]",
        ]
        assert values.fields["areas"] == ["peace", None]
        assert values.fields["citations"][0].fields == {"source": "book"}
        assert values.fields["title"] == tjun.Text(en="T")

    def test_checks_every_field(self) -> None:
        """
        The validator or converter of each field is applied, with its path.
        """
        row = {
            "id": "Bad",
            "title": "",
            "publisher": 1,
            "kind": "y",
            "url": "x",
            "language": "english",
        }
        assert [path for path, _ in errors_of(tjun.Source, row)] == [
            ".id",
            ".title",
            ".publisher",
            ".kind",
            ".url",
            ".language",
        ]

    def test_checks_the_fields_of_parts(self) -> None:
        """
        An error in a post has a path of its own.
        """
        row = {"id": "m", "name": "M", "acronym": "M", "opening": "begun"}
        heads = [{"person": " ", "title": "Head"}]
        ((path, _),) = errors_of(tjun.Mission, {**row, "heads": heads})
        assert path == ".heads[0].person"

    @given(st.sampled_from(list(SECTIONS.values())), JSON_VALUES)
    def test_never_accepts_any_value(self, kind: type, value: object) -> None:
        """
        Any other value as an entry has errors with a message.
        """
        starts = ("expected ", "this key is ")
        found = errors_of(kind, value)
        assert found
        assert all(message.startswith(starts) for _, message in found)

    def test_reports_a_missing_key(self) -> None:
        """
        A required key that is missing is an error with its path.
        """
        expected = [(".name", "this key is missing")]
        assert errors_of(tjun.CooperationArea, {"id": "x"}) == expected

    def test_suggests_a_key(self) -> None:
        """
        A misspelt key is reported with the right one.
        """
        row = {"id": "x", "name": "X", "descripton": "D"}
        assert errors_of(tjun.CooperationArea, row) == [
            (".descripton", "this key is unknown; did you mean 'description'?")
        ]

    def test_counts_many_unknown_keys(self) -> None:
        """
        Of many unknown keys twenty are listed, sorted, and the others counted.
        """
        row = {"id": "x", "name": "X"} | {f"q{n:02}": n for n in range(22, -1, -1)}
        found = errors_of(tjun.CooperationArea, row)
        assert [path for path, _ in found] == [
            *(f".q{number:02}" for number in range(20)),
            "",
        ]
        assert found[-1][1] == (
            "3 more unknown keys; known are id, name, description, citations"
        )

    def test_shortens_a_long_key(self) -> None:
        """
        A long key is shortened in the path.
        """
        row = {"id": "x", "name": "X", "q" * 999: 1}
        ((path, _),) = errors_of(tjun.CooperationArea, row)
        assert path == f".{'q' * 79}…"


class TestShapes:
    def test_the_order_covers_all_sections(self) -> None:
        """
        Every class of entries has a place in the order of resolution.
        """
        assert set(ORDER) == set(SECTIONS.values())

    @pytest.mark.parametrize("kind", ORDER)
    def test_each_class_links_to_earlier_ones(self, kind: type) -> None:
        """
        Entries refer to their own class and to earlier ones, apart from citations.
        """
        direct = [link.kind for link in links_of(kind) if not link.part]
        assert all(ORDER.index(each) <= ORDER.index(kind) for each in direct)
