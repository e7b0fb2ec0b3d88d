# ruff: noqa: E501  # An error is one line.
import inspect
import json
import pickle
import random
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from strategies import chronologies

import tjun
from tjun.errors import DataError, Fault
from tjun.model.dates import PartialDate
from tjun.model.links import SECTIONS
from tjun.recordfiles import FORMAT

BROKEN = Path(__file__).parent / "broken"

FAULTS: dict[str, list[str]] = {
    "alternative.toml": [
        "areas[0].citations[0].alternative (alternative-area): only an event's citations can have an alternative",
        "events[2].citations[2].alternative (alternative-third): circular reference: 'alternative-third' refers back to itself",
        "events[2].citations[0] (alternative-third): a citation with an alternative takes its date from 'alternative-first'; remove date and until",
        "events[2].citations[1] (alternative-third): the alternative 'alternative-second' has an alternative of its own, 'alternative-first'; name that event instead",
    ],
    "area-twice.toml": [
        "events[0] (area-twice-event): duplicate 'area-twice-area' in areas",
    ],
    "blank.toml": [
        "sources[0].title (blank-book): expected a string for title that is not blank, got ' '",
        "sources[0].publisher (blank-book): expected a string for publisher that is not blank, got ''",
    ],
    "circle-of-marks.toml": [
        "events[0].marks (circle-of-marks-event): circular reference: 'circle-of-marks-event' refers back to itself",
    ],
    "circle-of-predecessors.toml": [
        "missions[1].predecessor (circle-second): circular reference: 'circle-first' refers back to itself",
    ],
    "citation.toml": [
        "events[0].citations[1].says (citation-event): expected a string for says that is not blank, got ' '",
        "events[0].citations[2].verified (citation-event): expected true or false, got 'no', a string",
        "events[0].citations[2].qqqq (citation-event): this key is unknown; known are source, says, date, until, alternative, locator, verified",
        "events[0].citations[0] (citation-event): expected a date with until 1991, got none",
    ],
    "closes-before-opening.toml": [
        "missions[0] (closes-mission): closes-mission closes: 1990-12-31 is before 1991",
    ],
    "ends-before-beginning.toml": [
        "events[0] (ends-event): until: 1990 is before 1991",
        "memberships[0] (ends-membership): membership ends-membership ends: 1989 is before 1991",
    ],
    "half-a-letter.json": [
        "sources[0].title (half-a-letter-book): expected a string for title that can be encoded in UTF-8, got '\\ud83d'",
    ],
    "head.toml": [
        "missions[0].heads[0] (head-mission): the post of A. Person: 1991 is before 1992",
    ],
    "id-in-two-files-a.toml": [],
    "id-in-two-files-b.toml": [
        "events[0].id (id-in-two-files-event): this id is already used by {folder}id-in-two-files-a.toml: events[0]",
    ],
    "id-twice.toml": [
        "events[1].id (id-twice-event): this id is already used by {folder}id-twice.toml: events[0]",
    ],
    "infinity.json": [
        "cannot be read as JSON: -Infinity is not a number in JSON",
    ],
    "key-twice.json": [
        "cannot be read as JSON: duplicate key 'id'",
    ],
    "later-format.json": [
        "format: expected 1, the format that this version reads, got 2, a whole number",
    ],
    "list-for-root.json": [
        "expected a table with lists of entries",
    ],
    "missing-keys.toml": [
        "sources[0].id: this key is missing",
        "sources[0].title: this key is missing",
        "sources[0].publisher: this key is missing",
        "events[0].title (missing-keys-event): this key is missing",
        "events[0].date (missing-keys-event): this key is missing",
        "events[0].citations (missing-keys-event): this key is missing",
    ],
    "nan.json": [
        "cannot be read as JSON: NaN is not a number in JSON",
    ],
    "no-citation.toml": [
        "events[0] (no-citation-event): expected at least one citation for 'no-citation-event', got none",
        "events[1].citations (no-citation-key): this key is missing",
    ],
    "no-english.toml": [
        "events[0].title (no-english-event): expected a string in English ('en'), got ru",
    ],
    "no-entries.toml": [
        "events: expected a list of entries",
        "areas: expected a list of entries",
    ],
    "no-language.toml": [
        "events[0].title (no-language-event): expected a BCP 47 language tag like 'ky', 'pt-BR' or 'zh-Hant', got 'english'",
    ],
    "no-slug.toml": [
        "areas[0].id (No slug): expected an id of lower-case letters, digits and single hyphens, like 'tajikistan-joins-un', got 'No slug'",
    ],
    "no-such-day.toml": [
        "events[0].date (no-such-day-event): '1991-02-30' is not a date: expected a day of 1991-02 from 1 to 28, got 30",
        'events[1].date (no-such-day-moment): expected a date in quotes, such as "2000-05", got 1991-02-28T12:00:00, a date and time',
        "events[2].date (no-such-day-words): expected a date as YYYY-MM-DD, YYYY-MM or YYYY, got 'in spring'",
        "events[3].revised (no-such-day-revised): expected a whole day as YYYY-MM-DD, got '1991-05'",
    ],
    "no-such-kind.toml": [
        "sources[0].kind (no-such-kind-book): expected one of un, government, press, reference, got 'rumour'",
    ],
    "no-tables.json": [
        "events[0]: expected a table of keys, got 7, a whole number",
        "events[1]: expected a table of keys, got nothing (null)",
        "events[2]: expected a table of keys, got 'no-tables-event', a string",
    ],
    "no-web-address.toml": [
        "sources[0].url (address-ftp): expected an http or https address, got 'ftp://example.org/book'",
        "sources[1].url (address-script): expected an http or https address, got 'javascript:alert(1)'",
        "sources[2].url (address-no-host): expected an http or https address, got 'https://'",
        "sources[3].url (address-space): expected an http or https address, got 'https://example.org/a b'",
        "sources[4].url (address-half-open): expected an http or https address, got 'https://[::1/'",
    ],
    "not-utf-8.toml": [
        "not valid UTF-8 (byte 29)",
    ],
    "null.json": [
        "sources[0].title (null-book): expected a string, got nothing (null)",
        "sources[0].url (null-book): expected a string, got nothing (null)",
    ],
    "number-for-root.json": [
        "expected a table with lists of entries",
    ],
    "number-for-text.toml": [
        "sources[0].title (number-for-text-book): expected a string, got 1984, a whole number",
        "sources[0].publisher (number-for-text-book): expected a string, got 6.5, a number",
    ],
    "quoted-format.toml": [
        "format: expected 1, the format that this version reads, got '1', a string",
    ],
    "reference-to-nothing.toml": [
        "events[0].areas[0] (reference-to-nothing-event): there is no area 'qqqq'; add it or correct the id",
        "events[0].citations[0].source (reference-to-nothing-event): there is no source 'reference-to-qqqq-qqqq-qqqq-book'; add it or correct the id",
        "events[0].marks (reference-to-nothing-event): there is no event 'reference-to-nothing-evnt'; did you mean 'reference-to-nothing-event'?",
    ],
    "retired-id.toml": [
        "events[0].id (retired-id-event): this id is retired; choose another one",
    ],
    "retired-no-list.toml": [
        "retired: expected a list of ids",
    ],
    "retired-number.toml": [
        "retired: expected a list of ids",
    ],
    "syntax.json": [
        "cannot be read as JSON: Expecting value: line 3 column 44 (char 60)",
    ],
    "syntax.toml": [
        "cannot be read as TOML: Invalid value (at line 5, column 7)",
    ],
    "text-for-list.toml": [
        "events[0].areas (text-for-list-event): expected a list, got 'text-for-list-area', a string",
    ],
    "text-for-truth.toml": [
        "events[0].yearly (text-for-truth-event): expected true or false, got 'yes', a string",
        "events[0].major (text-for-truth-event): expected true or false, got 1, a whole number",
    ],
    "title.toml": [
        "title: expected a string in English ('en'), got tg",
    ],
    "true-for-format.toml": [
        "format: expected 1, the format that this version reads, got true",
    ],
    "unknown-key.toml": [
        "sources[0].qqqq (unknown-key-book): this key is unknown; known are id, title, publisher, kind, url, symbol, published, accessed, archive_url, language, note",
        "events[0].descripton (unknown-key-event): this key is unknown; did you mean 'description'?",
    ],
    "unknown-section.toml": [
        "mission: this key is unknown; did you mean 'missions'?",
        "qqqqqqqq: this key is unknown; known are format, title, areas, sources, events, missions, memberships, retired",
    ],
    "unquoted-year.toml": [
        'events[0].date (unquoted-year-event): expected a date in quotes, such as "2000-05", got 1991, a whole number',
    ],
}

MOST_SECONDS = 15  # Also if coverage is measured; quadratic time takes minutes.

LOADED_WITH = {"id-in-two-files-b.toml": ["id-in-two-files-a.toml"]}

GOOD = """
format = 1
title = "Ruritania and the League"

[[events]]
id = "ruritania-day"
title = "Ruritania Day"
date = "1921-05-03"
kind = "observance"
yearly = true
marks = "ruritania-joins"

[[events.citations]]
source = "gazette"

[[missions]]
id = "second"
name = "Second Mission"
acronym = "SM"
opening = "ruritania-joins"
predecessor = "first"

[[missions]]
id = "first"
name = "First Mission"
acronym = "FM"
opening = "ruritania-joins"

[[events]]
id = "ruritania-joins"
title = { en = "Ruritania joins the League", ru = "Руритания вступает в Лигу" }
date = 1920-05-03
areas = ["peace"]

[[events.citations]]
source = "gazette"
date = "1920-05"

[[areas]]
id = "peace"
name = "Peace"

[[sources]]
id = "gazette"
title = "The Gazette"
publisher = "Streslau"
"""


def source(own: str = "book") -> dict[str, Any]:
    return {"id": own, "title": "A book", "publisher": "A press"}


def event(own: str, **more: Any) -> dict[str, Any]:
    cited = {"citations": [{"source": "book"}]}
    return {"id": own, "title": "It began", "date": "1991", **cited, **more}


def mission(own: str, opening: str, **more: Any) -> dict[str, Any]:
    return {"id": own, "name": "M", "acronym": "M", "opening": opening, **more}


def written(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def read(record: Any) -> tjun.Chronology:
    return tjun.loads(json.dumps(record), "json")


def faults_of(*sources: str | Path) -> tuple[Fault, ...]:
    with pytest.raises(DataError) as caught:
        tjun.load(*sources)
    return caught.value.faults


def faults_in(record: Any) -> tuple[Fault, ...]:
    with pytest.raises(DataError) as caught:
        read(record)
    return caught.value.faults


def expected_of(name: str) -> list[str]:
    file, folder = str(BROKEN / name), f"{BROKEN / '_'}"[:-1]
    return [f"{file}: {fault.format(folder=folder)}" for fault in FAULTS[name]]


class TestBrokenFiles:
    @pytest.mark.parametrize("name", sorted(FAULTS))
    def test_each_error_has_its_file_path_id_and_message(self, name: str) -> None:
        """
        Each error in a file names the file, the path, the entry and the remedy.
        """
        if not FAULTS[name]:
            tjun.load(BROKEN / name)
            return
        others = [BROKEN / each for each in LOADED_WITH.get(name, [])]
        found = faults_of(*others, BROKEN / name)
        assert [str(fault) for fault in found] == expected_of(name)

    def test_all_errors_of_all_files_are_reported_at_once(self) -> None:
        """
        Loading all files together reports all errors in each of them.
        """
        found = faults_of(*(BROKEN / name for name in sorted(FAULTS)))
        expected = [fault for name in sorted(FAULTS) for fault in expected_of(name)]
        assert sorted(str(fault) for fault in found) == sorted(expected)

    def test_the_table_lists_all_files(self) -> None:
        """
        The table of expected errors has an entry for each broken file.
        """
        assert {path.name for path in BROKEN.iterdir()} == set(FAULTS)

    def test_a_single_error_is_one_line(self) -> None:
        """
        The message of a single error is one line: file, path, id and what is wrong.
        """
        path = BROKEN / "unquoted-year.toml"
        with pytest.raises(DataError) as caught:
            tjun.load(path)
        assert str(caught.value) == (
            f"{path}: events[0].date (unquoted-year-event): expected a date in quotes,"
            ' such as "2000-05", got 1991, a whole number'
        )

    def test_errors_are_sorted_by_file_and_entry(self, tmp_path: Path) -> None:
        """
        Errors are in the order of the files, and of the entries within a file.
        """
        late = {"events": [event("x"), event("b-1", date="?"), event("b-2", date="?")]}
        early = {
            "sources": [source(), {"id": "thin"}],
            "events": [
                event("x", marks="a-2", foo=1),
                event("a-1", date="?"),
                event("a-2", date="?"),
            ],
        }
        first = written(tmp_path, "z.json", json.dumps(early))
        second = written(tmp_path, "m.json", json.dumps(late))
        third = written(tmp_path, "a.json", "{")
        found = faults_of(first, second, third)
        assert [(each.file, each.path) for each in found] == [
            (first, "sources[1].title"),
            (first, "sources[1].publisher"),
            (first, "events[0].foo"),
            (first, "events[1].date"),
            (first, "events[2].date"),
            (second, "events[0].id"),
            (second, "events[1].date"),
            (second, "events[2].date"),
            (third, ""),
        ]

    def test_all_errors_of_one_entry_are_reported_at_once(self) -> None:
        """
        An invalid value hides neither a broken reference nor an error in a part.
        """
        record = {
            "sources": [source()],
            "events": [
                event(
                    "x",
                    title=1,
                    areas=[2, "nope"],
                    citations=[{"source": "book", "until": "1991"}, {"source": "bok"}],
                )
            ],
        }
        assert [fault.path for fault in faults_in(record)] == [
            "events[0].title",
            "events[0].areas[0]",
            "events[0].areas[1]",
            "events[0].citations[1].source",
            "events[0].citations[0]",
        ]

    def test_a_long_id_is_not_repeated(self) -> None:
        """
        An error does not repeat an id of more than 80 characters.
        """
        (long,) = faults_in({"areas": [{"id": "A" * 81, "name": "N"}]})
        (short,) = faults_in({"areas": [{"id": "A" * 80, "name": "N"}]})
        assert (long.path, long.id) == ("areas[0].id", None)
        assert short.id == "A" * 80

    def test_a_long_value_is_shortened(self) -> None:
        """
        Long values, ids and keys are shortened in messages.
        """
        (format_fault,) = faults_in({"format": "1" * 1000})
        (id_fault,) = faults_in({"areas": [{"id": "A" * 1000, "name": "N"}]})
        (key_fault,) = faults_in({"q" * 1000: 1})
        assert len(format_fault.message) <= 200
        assert len(id_fault.message) == 500
        assert key_fault.path == "q" * 80

    @pytest.mark.parametrize("value", [7, None, True, ["It began"]])
    def test_a_title_may_be_a_plain_string(self, value: object) -> None:
        """
        The message about an invalid title mentions that a plain string is enough.
        """
        record = {"sources": [source()], "events": [event("x", title=value)]}
        (fault,) = faults_in(record)
        assert fault.path == "events[0].title"
        assert fault.message.startswith("expected a string or a table of languages")

    def test_an_error_in_the_whole_record_has_no_path(self) -> None:
        """
        The path of an error that concerns the whole record is empty.
        """
        (fault,) = faults_in([1, 2])
        assert (fault.file, fault.path) == (None, "")
        assert fault.message == "expected a table with lists of entries"


class TestLoads:
    def test_toml_is_the_default(self) -> None:
        """
        A string is read as TOML by default.
        """
        assert tjun.loads(GOOD) == tjun.loads(GOOD, "toml")

    def test_an_unknown_format_is_rejected(self) -> None:
        """
        An unknown format raises a plain ValueError that lists the formats.
        """
        with pytest.raises(
            ValueError, match=r"^expected the format toml or json, got 'yaml'$"
        ):
            tjun.loads("", "yaml")  # type: ignore[arg-type]  # What is tested.

    def test_errors_name_no_file(self) -> None:
        """
        An error in a string has a path and no file.
        """
        with pytest.raises(DataError) as caught:
            tjun.loads("events = 1")
        assert caught.value.faults == (
            Fault(path="events", message="expected a list of entries"),
        )

    def test_a_duplicate_id_names_its_first_use(self) -> None:
        """
        The error about a duplicate id names the location of both entries.
        """
        (fault,) = faults_in({"sources": [source(), source()]})
        assert str(fault) == (
            "sources[1].id (book): this id is already used by sources[0]"
        )

    @pytest.mark.parametrize(("text", "name"), [("", "toml"), ("{}", "json")])
    def test_an_empty_record_is_valid(self, text: str, name: Any) -> None:
        """
        A record without entries is an empty chronology.
        """
        assert tjun.loads(text, name) == tjun.Chronology()

    def test_a_plain_string_is_english(self) -> None:
        """
        A plain string as a text is English.
        """
        name = tjun.loads(GOOD).areas["peace"].name
        assert name == tjun.Text(en="Peace")

    def test_an_unquoted_day_is_a_date(self) -> None:
        """
        A whole day need not be quoted in TOML.
        """
        joined = tjun.loads(GOOD).events["ruritania-joins"]
        assert joined.date == PartialDate(1920, 5, 3)

    def test_a_month_stays_a_month(self) -> None:
        """
        A date known to the month gets no day.
        """
        (citation,) = tjun.loads(GOOD).events["ruritania-joins"].citations
        assert citation.date == PartialDate(1920, 5)

    def test_the_areas_keep_their_order(self) -> None:
        """
        Areas are in the order of the file.
        """
        areas = [{"id": own, "name": own} for own in ("c", "a", "b")]
        assert read({"areas": areas}).areas.ids == ("c", "a", "b")


class TestReferences:
    def test_forward_references_are_resolved(self) -> None:
        """
        An entry may refer to one further down in the file.
        """
        loaded = tjun.loads(GOOD)
        day = loaded.events["ruritania-day"]
        assert day.marks is loaded.events["ruritania-joins"]
        assert loaded.missions["second"].predecessor is loaded.missions["first"]

    def test_entries_of_different_sections_may_share_an_id(self) -> None:
        """
        An event, an area and a mission may have the same id.
        """
        loaded = read(
            {
                "sources": [source()],
                "areas": [{"id": "x", "name": "X"}],
                "events": [event("x", areas=["x"])],
                "missions": [mission("x", "x")],
            }
        )
        assert loaded.missions["x"].opening is loaded.events["x"]
        assert loaded.events["x"].areas == (loaded.areas["x"],)

    def test_an_alternative_is_resolved(self) -> None:
        """
        A citation may name another event, further down, as its alternative.
        """
        cited = [{"source": "book", "alternative": "decided", "locator": "page 5"}]
        loaded = read(
            {
                "events": [event("began", citations=cited), event("decided")],
                "sources": [source()],
            }
        )
        (citation,) = loaded.events["began"].citations
        assert citation.alternative is loaded.events["decided"]
        assert citation.date == loaded.events["decided"].date
        assert citation.locator == "page 5"

    def test_an_area_cites_sources(self) -> None:
        """
        The citations of an area refer to sources.
        """
        area = {"id": "water", "name": "Water", "citations": [{"source": "book"}]}
        loaded = read({"areas": [area], "sources": [source()]})
        assert loaded.areas["water"].citations[0].source is loaded.sources["book"]

    def test_the_head_of_a_mission_has_no_alternative(self) -> None:
        """
        Only an event's citations can have an alternative.
        """
        cited = [{"source": "book", "alternative": "x"}]
        head = {"person": "P", "title": "Head", "citations": cited}
        (fault,) = faults_in(
            {
                "sources": [source()],
                "events": [event("x")],
                "missions": [mission("m", "x", heads=[head])],
            }
        )
        assert str(fault) == (
            "missions[0].heads[0] (m): only an event's citations can have an"
            " alternative"
        )

    def test_an_error_is_not_repeated_where_the_entry_is_referred_to(self) -> None:
        """
        Entries that refer to an invalid entry are not reported.
        """
        found = faults_in(
            {
                "missions": [mission("m", "x", closing="x", events=["x", "x"])],
                "events": [event("x", title=""), event("y", marks="x")],
                "sources": [source()],
            }
        )
        assert [(each.path, each.id) for each in found] == [("events[0].title", "x")]

    def test_a_reference_has_to_be_a_string(self) -> None:
        """
        A reference that is not a string is an error.
        """
        (fault,) = faults_in({"sources": [source()], "events": [event("x", marks=7)]})
        assert str(fault) == (
            "events[0].marks (x): expected a string, got 7, a whole number"
        )

    def test_a_long_reference_is_shortened(self) -> None:
        """
        The message repeats at most 80 characters of an id that does not exist.
        """
        (fault,) = faults_in({"missions": [mission("m", "o" * 99)]})
        assert fault.message == (
            f"there is no event '{'o' * 80}'; add it or correct the id"
        )

    @pytest.mark.parametrize(
        ("references", "remedies"), [(1, 1), (20, 20), (25, 20)], ids=str
    )
    def test_twenty_broken_references_get_a_suggestion(
        self, references: int, remedies: int
    ) -> None:
        """
        Similar ids are suggested for the first twenty broken references.
        """
        areas = [f"waters-{number}" for number in range(references)]
        found = faults_in(
            {
                "areas": [{"id": "water", "name": "Water"}],
                "sources": [source()],
                "events": [event("x", areas=areas)],
            }
        )
        ends = [each.message.endswith("; did you mean 'water'?") for each in found]
        assert ends == [True] * remedies + [False] * (references - remedies)


class TestCircles:
    def test_over_two_files_are_reported(self, tmp_path: Path) -> None:
        """
        Events in two files that mark each other are a circular reference.
        """
        one = {"sources": [source()], "events": [event("x", marks="y")]}
        two = {"events": [event("y", marks="x")]}
        first = written(tmp_path, "one.json", json.dumps(one))
        second = written(tmp_path, "two.json", json.dumps(two))
        assert faults_of(first, second) == (
            Fault(
                file=second,
                path="events[0].marks",
                id="y",
                message="circular reference: 'x' refers back to itself",
            ),
        )

    def test_are_all_reported(self) -> None:
        """
        Each circle is reported once; entries that lead to one are not.
        """
        marks = {"a": "b", "b": "a", "c": "d", "d": "e", "e": "c", "f": "a", "g": "g"}
        rows = [event(own, marks=other) for own, other in marks.items()]
        found = faults_in({"sources": [source()], "events": rows})
        assert [(fault.id, fault.path) for fault in found] == [
            ("b", "events[1].marks"),
            ("e", "events[4].marks"),
            ("g", "events[6].marks"),
        ]

    def test_do_not_hide_other_errors(self) -> None:
        """
        The parts of entries in a circle are checked as well.
        """
        cited = [{"source": "book", "until": "1991"}]
        row = event("x", marks="x", citations=cited)
        found = faults_in({"sources": [source()], "events": [row]})
        assert [fault.path for fault in found] == [
            "events[0].marks",
            "events[0].citations[0]",
        ]

    def test_over_an_alternative_are_reported(self) -> None:
        """
        A circle may lead over an alternative and a marked event.
        """
        cited = [{"source": "book", "alternative": "y"}]
        rows = [event("x", citations=cited), event("y", marks="x")]
        (fault,) = faults_in({"sources": [source()], "events": rows})
        assert str(fault) == (
            "events[1].marks (y): circular reference: 'x' refers back to itself"
        )


def chain(
    length: int, link: str, *, backwards: bool, sources_first: bool
) -> dict[str, Any]:
    links = [
        {} if number == 0 else {link: f"x-{number - 1}"} for number in range(length)
    ]
    if link == "marks":
        rows = [event(f"x-{number}", **each) for number, each in enumerate(links)]
        last = mission("m", f"x-{length - 1}")
        sections = {"sources": [source()], "events": rows, "missions": [last]}
    else:
        rows = [
            mission(f"x-{number}", "e", **each) for number, each in enumerate(links)
        ]
        sections = {"sources": [source()], "events": [event("e")], "missions": rows}
    if backwards:
        rows.reverse()
    order = list(sections) if sources_first else list(reversed(sections))
    return {section: sections[section] for section in order}


def in_deep_stack(depth: int, action: Callable[[], Any]) -> Any:
    return action() if depth == 0 else in_deep_stack(depth - 1, action)


@pytest.mark.parametrize("link", ["predecessor", "marks"])
@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("sources_first", [False, True])
class TestChains:
    def test_of_a_hundred_entries_are_read(
        self, link: str, backwards: bool, sources_first: bool
    ) -> None:
        """
        A chain of a hundred entries is read whatever their order.
        """
        record = chain(100, link, backwards=backwards, sources_first=sources_first)
        loaded = read(record)
        assert max(len(loaded.events), len(loaded.missions)) == 100
        assert pickle.loads(pickle.dumps(loaded)) == loaded

    @pytest.mark.parametrize("length", [101, 150, 5_000])
    def test_that_are_longer_are_rejected(
        self, link: str, backwards: bool, sources_first: bool, length: int
    ) -> None:
        """
        A longer chain is rejected at its hundredth reference whatever the order.
        """
        record = chain(length, link, backwards=backwards, sources_first=sources_first)
        (fault,) = faults_in(record)
        assert fault.id == "x-100"
        assert fault.path.endswith(f".{link}")
        assert fault.message == "expected a chain of at most 100 entries"

    def test_do_not_need_a_deep_stack(
        self, link: str, backwards: bool, sources_first: bool
    ) -> None:
        """
        The caller may have used most of the stack.
        """
        record = chain(100, link, backwards=backwards, sources_first=sources_first)
        text = json.dumps(record)
        expected = tjun.loads(text, "json")
        used = len(inspect.stack(0))
        free = sys.getrecursionlimit() - used - 60
        loaded = in_deep_stack(free, lambda: tjun.loads(text, "json"))
        assert loaded.events.ids == expected.events.ids
        assert loaded.missions.ids == expected.missions.ids


class TestRetired:
    def test_retired_ids_are_part_of_the_record(self) -> None:
        """
        The ids that a record retires are part of it.
        """
        assert tjun.loads('retired = ["y", "x"]').retired == ("x", "y")

    def test_an_id_that_another_record_retired_is_rejected(
        self, tmp_path: Path
    ) -> None:
        """
        No event can use an id that a record it is combined with has retired.
        """
        own = "un-office-dushanbe-opened"
        mine = {"sources": [source()], "events": [event("x"), event(own)]}
        path = written(tmp_path, "mine.json", json.dumps(mine))
        assert faults_of("tajikistan", path) == (
            Fault(
                file=path,
                path="events[1].id",
                id=own,
                message="this id is retired; choose another one",
            ),
        )
        assert own in tjun.load(path).events

    def test_an_id_that_another_file_retired_is_rejected(self, tmp_path: Path) -> None:
        """
        A file may retire an id for the files it is loaded with.
        """
        mine = {"sources": [source()], "events": [event("x")]}
        one = written(tmp_path, "one.json", json.dumps(mine))
        two = written(tmp_path, "two.toml", 'retired = ["x"]')
        (fault,) = faults_of(one, two)
        assert (fault.file, fault.path, fault.id) == (one, "events[0].id", "x")

    def test_a_file_cannot_retire_an_event_of_another_record(
        self, tmp_path: Path
    ) -> None:
        """
        Retiring the id of an event in a named record is an error.
        """
        path = written(tmp_path, "mine.toml", 'retired = ["x", "untop-ended"]')
        (fault,) = faults_of("tajikistan", path)
        assert fault == Fault(
            file=path,
            path="retired[1]",
            message="the record 'tajikistan' has an event with this id; remove it",
            id="untop-ended",
        )

    def test_errors_are_in_the_order_of_the_events(self) -> None:
        """
        Events with a retired id are reported in their own order.
        """
        ids = [f"x-{number}" for number in range(12)]
        found = faults_in(
            {
                "retired": ids[::-1],
                "sources": [source()],
                "events": [event(own) for own in ids],
            }
        )
        assert [each.id for each in found] == ids

    def test_a_thousand_errors_are_reported(self) -> None:
        """
        Of more than a thousand invalid ids the first thousand are reported.
        """
        found = faults_in({"retired": [f"No {number}" for number in range(1_200)]})
        assert [fault.path for fault in found[:-1]] == [
            f"retired[{number}]" for number in range(1_000)
        ]
        assert found[-1] == Fault(
            message="more than 1,000 errors; correct these and check again"
        )

    def test_an_invalid_id_is_rejected(self, tmp_path: Path) -> None:
        """
        A retired id that is not a slug is an error with its file and path.
        """
        path = written(tmp_path, "mine.toml", f'retired = ["x", "{"A" * 900}"]')
        (fault,) = faults_of(path)
        assert (fault.file, fault.path) == (path, "retired[1]")
        assert fault.message.startswith("expected ")
        assert len(fault.message) == 500


class TestWork:
    def test_grows_linearly_with_misspelt_ids(self) -> None:
        """
        Ids that are hard to compare are rejected in seconds, not in minutes.
        """
        shuffle = random.Random(1992).sample
        ids = ["".join(shuffle("ab" * 50, 100)) for _ in range(1_000)]
        areas = [{"id": own, "name": "N"} for own in ids]
        record = {
            "sources": [source()],
            "areas": areas,
            "events": [event(f"x-{n}", areas=[own[::-1]]) for n, own in enumerate(ids)],
        }
        text = json.dumps(record)
        begun = time.process_time()
        with pytest.raises(DataError) as caught:
            tjun.loads(text, "json")
        assert len(caught.value.faults) > 900
        assert time.process_time() - begun < MOST_SECONDS

    def test_grows_linearly_with_circles(self) -> None:
        """
        Many circular references are reported in seconds, not in minutes.
        """
        rows = [event(f"x-{n}", marks=f"x-{n ^ 1}") for n in range(10_000)]
        text = json.dumps({"sources": [source()], "events": rows})
        begun = time.process_time()
        with pytest.raises(DataError) as caught:
            tjun.loads(text, "json")
        assert len(caught.value.faults) == 1_001
        assert time.process_time() - begun < MOST_SECONDS

    def test_is_small_for_an_empty_record(self) -> None:
        """
        The converter is made once, so reading an empty record takes almost no time.
        """
        tjun.loads("format = 1")
        begun = time.process_time()
        for _ in range(100):
            tjun.loads("format = 1")
        assert time.process_time() - begun < MOST_SECONDS / 10


class TestRoundTrip:
    @given(chronologies())
    def test_the_json_export_reads_back_equal(
        self, chronology: tjun.Chronology
    ) -> None:
        """
        The JSON export of any chronology reads back equal and has the same bytes.
        """
        exported = tjun.export(chronology, "json")
        again = tjun.loads(exported.decode(), "json")
        assert again == chronology
        assert tjun.export(again, "json") == exported

    def test_the_bundled_record_reads_back_equal(self) -> None:
        """
        The JSON export of the bundled record reads back equal.
        """
        un = tjun.load()
        again = tjun.loads(tjun.export(un, "json").decode(), "json")
        assert again == un
        assert again.areas.ids == un.areas.ids

    def test_only_the_fields_of_the_model_are_written(self) -> None:
        """
        The JSON export has no other keys than the fields of the model.
        """
        un = json.loads(tjun.export(tjun.load(), "json"))
        for section, kind in SECTIONS.items():
            keys = {key for row in un[section] for key in row}
            assert keys <= {field.alias for field in attrs.fields(kind)}

    def test_the_format_is_written_first(self) -> None:
        """
        The JSON export starts with the format version, which is the one that is read.
        """
        text = tjun.export(tjun.Chronology(), "json").decode()
        assert re.match(r'\{\s*"format": 1,', text)
        assert FORMAT == 1
