import datetime as dt
import json
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tjun
from tjun.model.links import ORDER, SECTIONS, links_of

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=4,
)

EVERYTHING: dict[str, Any] = {
    "format": 2,
    "record": {
        "id": "made",
        "title": {"en": "A record", "ru": "Запись"},
        "subject": "Ruritania",
        "publisher": "The authors",
        "licence": "CC-BY-4.0",
        "contact": "mailto:a@example.org",
        "revised": "2026-11-30T09:00:00Z",
        "retired": ["gone"],
        "kinds": {"funding": "Funding"},
        "translations": [
            {"language": "ru", "status": "reviewed", "revised": "2026-11-30T10:00:00Z"}
        ],
    },
    "areas": [
        {
            "id": "peace",
            "name": "Peace",
            "description": "At home.",
            "citations": [{"source": "page"}],
        }
    ],
    "publishers": [{"id": "press", "name": "A press", "kind": "press"}],
    "sources": [
        {
            "id": "page",
            "title": "A page",
            "label": "A page about it",
            "author": "A. Person",
            "publisher": "press",
            "symbol": "S/RES/968 (1994)",
            "url": "https://example.org/",
            "copy_url": "https://archive.example.org/",
            "published": "1994-21",
            "accessed": "2026-11-24",
            "language": "zh-Hant",
            "note": "Slow.",
        }
    ],
    "events": [
        {
            "id": "begun",
            "title": "It began",
            "date": "1991",
            "citations": [{"source": "page"}],
        },
        {
            "id": "day",
            "title": {"en": "A day", "tg": "Рӯз"},
            "short": "Day",
            "date": "1991-10-07~",
            "until": "1992",
            "kind": "funding",
            "areas": ["peace"],
            "description": "It is held.",
            "place": "Streslau",
            "citations": [
                {
                    "source": "page",
                    "says": "So it was.",
                    "as_written": "in autumn",
                    "date": "1991",
                    "until": "1992",
                    "locator": "p. 5",
                    "verified": False,
                },
                {"source": "page", "alternative": "begun"},
            ],
            "status": "announced",
            "yearly": True,
            "rule": "FREQ=YEARLY;BYMONTH=10;BYDAY=1MO",
            "weight": "minor",
            "solemn": True,
            "marks": "begun",
            "reason": "It is precise.",
            "corrections": [{"on": "2026-11-30", "note": "Corrected."}],
            "extra": {"budget": 2.5, "closed": True, "code": "x", "staff": 4},
        },
    ],
    "missions": [
        {"id": "first", "name": "First", "opening": "begun"},
        {
            "id": "second",
            "name": "Second",
            "acronym": "SM",
            "seat": "Streslau",
            "mandate": "To help.",
            "opening": "begun",
            "closing": "day",
            "predecessor": "first",
            "heads": [
                {
                    "person": "A. Person",
                    "title": "Head",
                    "start": "1991",
                    "end": "1992",
                    "citations": [{"source": "page"}],
                }
            ],
        },
    ],
    "memberships": [
        {
            "id": "league",
            "organization": "League",
            "acronym": "L",
            "member": "Streslau",
            "admission": "begun",
            "recommendation": "begun",
            "withdrawal": "day",
        }
    ],
}


def message_for(value: Any, field: str = "title", section: str = "events") -> str:
    """
    Return the error for *value* as a field of the first entry of a section.
    """
    record = json.loads(json.dumps(EVERYTHING))
    record[section][0][field] = value
    with pytest.raises(tjun.DataError) as caught:
        tjun.loads(record)
    return caught.value.faults[0].message


class TestEveryField:
    def test_is_read_and_written(self) -> None:
        """
        A record with every field of every entry is written as it was read.
        """
        assert tjun.loads(EVERYTHING).to_dict() == EVERYTHING

    def test_is_in_the_example(self) -> None:
        """
        The example above has every field, apart from the events of a mission.
        """
        for section, kind in SECTIONS.items():
            given = {key for entry in EVERYTHING[section] for key in entry}
            fields = {field.alias for field in attrs.fields(kind)}
            assert fields - given <= {"events"}

    def test_accepts_the_dates_of_toml(self) -> None:
        """
        A day or a moment need not be quoted in TOML.
        """
        text = (
            "format = 2\n[record]\nid = 'made'\nrevised = 2026-11-30T09:00:00Z\n"
            "[[publishers]]\nid = 'press'\nname = 'P'\n[[sources]]\nid = 'page'\n"
            "label = 'A page'\npublisher = 'press'\naccessed = 2026-11-24\n"
        )
        made = tjun.loads(text)
        assert made.revised == dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC)
        assert made.sources["page"].accessed == dt.date(2026, 11, 24)

    def test_links_to_earlier_classes(self) -> None:
        """
        Entries refer to their own class and to earlier ones, apart from citations.
        """
        assert set(ORDER) == set(SECTIONS.values())
        for kind in ORDER:
            direct = [link.kind for link in links_of(kind) if not link.part]
            assert all(ORDER.index(each) <= ORDER.index(kind) for each in direct)


class TestErrors:
    @pytest.mark.parametrize(
        ("value", "description"),
        [
            (None, "nothing (null)"),
            ([1], "a list"),
            (5, "5, a whole number"),
            (1.5, "1.5, a number"),
            (True, "true"),
            (False, "false"),
            (2**9_999, f"{str(2**9_999)[:79]}…, a whole number"),
        ],
        ids=lambda value: repr(value)[:20],
    )
    def test_describe_the_value(self, value: object, description: str) -> None:
        """
        A value is described briefly, in the terms of the file formats.
        """
        assert message_for(value) == (
            f"expected a string or a table of languages, got {description}"
        )

    @pytest.mark.parametrize(
        ("value", "description"),
        [
            ("01:02:00", "01:02:00, a time"),
            ("1991-05-02T01:00:00Z", "1991-05-02T01:00:00+00:00, a date and time"),
            ("0x" + "f" * 3_000, "a whole number with too many digits"),
            ("{a = 1}", "a table of keys"),
        ],
    )
    def test_describe_the_values_of_toml(self, value: str, description: str) -> None:
        """
        Values that only TOML has are described as well.
        """
        text = f"format = 2\n[record]\nid = 'x'\nlicence = {value}"
        with pytest.raises(tjun.DataError) as caught:
            tjun.loads(text)
        assert str(caught.value) == (
            f"record.licence: expected a string, got {description}"
        )

    @pytest.mark.parametrize(
        ("value", "message"),
        [
            ({}, "expected a string in at least one language, got none"),
            ({"ru": "Вода"}, "expected a string in 'en', the language of the record"),
            ({"en": None}, "expected a string, got nothing (null)"),
            ({"en": "Water", "tg": 1}, "expected a string, got 1, a whole number"),
            ("", "expected a string for 'en' that is not blank, got ''"),
        ],
    )
    def test_explain_texts(self, value: object, message: str) -> None:
        """
        A text without the language of the record is rejected.
        """
        assert message_for(value).startswith(message)

    @pytest.mark.parametrize("value", [1991, None, [], "91"])
    @pytest.mark.parametrize("field", ["date", "until"])
    def test_explain_dates(self, value: object, field: str) -> None:
        """
        Anything else as a date is rejected, whether it is required or not.
        """
        assert message_for(value, field).startswith("expected a date")

    def test_explain_moments(self) -> None:
        """
        A number as a moment is rejected.
        """
        with pytest.raises(
            tjun.DataError, match=r"^record\.revised: expected a moment"
        ):
            tjun.loads({"format": 2, "record": {"id": "x", "revised": 2026}})

    @pytest.mark.parametrize(
        "field", ["until", "description", "marks", "rule", "extra", "corrections"]
    )
    def test_reject_null(self, field: str) -> None:
        """
        An optional field is omitted; null is rejected.
        """
        assert message_for(None, field).startswith("expected ")

    @given(st.sampled_from(list(SECTIONS)), JSON_VALUES)
    def test_have_a_message_for_any_value(self, section: str, value: object) -> None:
        """
        Any other value as an entry has errors with a message.
        """
        record = {"format": 2, "record": {"id": "made"}, section: [value]}
        with pytest.raises(tjun.DataError) as caught:
            tjun.loads(record)
        starts = ("expected ", "this key is ")
        assert all(each.message.startswith(starts) for each in caught.value.faults)
