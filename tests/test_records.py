# ruff: noqa: E501  # An error is one line.
import inspect
import json
import pickle
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import tjun
from tjun.errors import DataError, Fault

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
        "sources[0].publisher (blank-book): there is no publisher ''; add it or correct the id",
    ],
    "circle-of-marks.toml": [
        "events[0].marks (circle-of-marks-event): circular reference: 'circle-of-marks-event' refers back to itself",
    ],
    "circle-of-predecessors.toml": [
        "missions[1].predecessor (circle-second): circular reference: 'circle-first' refers back to itself",
    ],
    "citation.toml": [
        "events[0].citations[1].says (citation-event): expected a string for 'en' that is not blank, got ' '",
        "events[0].citations[2].verified (citation-event): expected true or false, got 'no', a string",
        "events[0].citations[2].qqqq (citation-event): this key is unknown; known are source, says, as_written, date, until, alternative, locator, verified",
        "events[0].citations[0] (citation-event): expected a date with until 1991, got none",
    ],
    "closes-before-opening.toml": [
        "missions[0] (closes-mission): closes-mission closes: 1990-12-31 is before 1991",
    ],
    "ends-before-beginning.toml": [
        "events[0] (ends-event): until: 1990 is before 1991",
        "memberships[0] (ends-membership): membership ends-membership ends: 1989 is before 1991",
    ],
    "extra.toml": [
        "events[0].extra (extra-event): expected a string, a number, true or false for 'list', got [1]",
    ],
    "half-a-letter.json": [
        "sources[0].title (half-a-letter-book): expected a string for title that can be encoded in UTF-8, got '\\ud83d'",
    ],
    "head.toml": [
        "missions[0].heads[0] (head-mission): the post of A. Person: 1991 is before 1992",
    ],
    "header.toml": [
        "record.title: expected a string or a table of languages, got 1984, a whole number",
        "record.language: expected a BCP 47 language tag like 'ky', 'pt-BR' or 'zh-Hant', got 'english'",
        "record.contact: expected an http or https address, got 'somewhere'",
        "record.revised: expected a moment in UTC, such as 2026-11-30T09:00:00Z, got 'yesterday'",
        "record.owner: this key is unknown; known are id, title, subject, language, publisher, licence, contact, revised, retired, referred, kinds, translations",
        "record.kinds: expected an id of lower-case letters, digits and single hyphens, like 'tajikistan-joins-un', got 'No slug'",
        "record.translations[0].status: expected one of draft, reviewed, got 'final'",
        "record.id: this key is missing",
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
        "format: expected 2, the format that this version reads, got 3, a whole number",
    ],
    "list-for-root.json": [
        "expected a table with lists of entries",
    ],
    "missing-keys.toml": [
        "sources[0].id: this key is missing",
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
    "no-entries.toml": [
        "areas: expected a list of entries",
        "events: expected a list of entries",
    ],
    "no-header.toml": [
        "this file has neither [record] nor extends; add one of them, or load the directory of the record",
    ],
    "no-language.toml": [
        "events[0].title (no-language-event): expected a BCP 47 language tag like 'ky', 'pt-BR' or 'zh-Hant', got 'english'",
    ],
    "no-original.toml": [
        "events[0].title (no-original-event): expected a string in 'en', the language of the record, got only ru",
    ],
    "no-slug.toml": [
        "areas[0].id (No slug): expected an id of lower-case letters, digits and single hyphens, like 'tajikistan-joins-un', got 'No slug'",
    ],
    "no-such-day.toml": [
        "events[0].date (no-such-day-event): '1991-02-30' is not a date: expected a day of 1991-02 from 1 to 28, got 30",
        'events[1].date (no-such-day-moment): expected a date in quotes, such as "2000-05", got 1991-02-28T12:00:00, a date and time',
        "events[2].date (no-such-day-words): expected a date as YYYY-MM-DD, YYYY-MM or YYYY, got 'in spring'",
        'events[3].date (no-such-day-period): \'1991/1992\' is not a date: for a period, write date = "1991" and until = "1992"',
        "events[4].date (no-such-day-doubt): '1991?' is not a date: remove ? and write verified = false in the citation, or a reason",
        "events[4].corrections[0].on (no-such-day-doubt): expected a whole day as YYYY-MM-DD, got '1991-05'",
    ],
    "no-such-kind.toml": [
        "publishers[0].kind (no-such-kind-press): expected one of un, government, press, reference, other, got 'rumour'",
        "events[0].kind (no-such-kind-event): expected an id of lower-case letters, digits and single hyphens, like 'tajikistan-joins-un', got 'No slug'",
        "events[0].weight (no-such-kind-event): expected one of major, normal, minor, got 'heavy'",
        "events[0].status (no-such-kind-event): expected one of held, announced, got 'over'",
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
    "nothing-to-show.toml": [
        "sources[0] (nothing-to-show-book): expected a title or a label for 'nothing-to-show-book', got neither; label says what the source is if it has no title",
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
    "old-format.toml": [
        "format: 1 is no longer read; https://tjun.example/how-to/move-from-format-1.html says what to change",
    ],
    "quoted-format.toml": [
        "format: expected 2, the format that this version reads, got '1', a string",
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
        "record.retired: expected a list, got 'retired-no-list-event', a string",
    ],
    "retired-number.toml": [
        "record.retired: expected a string, got 7, a whole number",
    ],
    "rule.toml": [
        "events[0].rule (rule-weekly): expected a rule such as FREQ=YEARLY;BYMONTH=10;BYDAY=1MO (the first Monday of October), with one month, one weekday and 1 to 4 or -1 for the last, got 'FREQ=WEEKLY;BYDAY=MO'",
        "events[1] (rule-once): expected yearly = true for 'rule-once', which has a rule",
    ],
    "short.toml": [
        "events[0].short (short-event): expected a short title of at most 60 characters, got 67: 'It began on a day that nobody who was there is ever going to forget'",
    ],
    "supplement.toml": [
        "retired: this key is unknown; did you mean 'revised'?",
        "extends: expected 'broken', the id of the record, got 'another-record', a string",
        "revised: expected a moment in UTC, such as 2026-11-30T09:00:00Z, got 'yesterday'",
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
        "events[0].solemn (text-for-truth-event): expected true or false, got 1, a whole number",
    ],
    "title.toml": [
        "record.title: expected a string in 'ru', the language of the record, got only tg",
    ],
    "translation-of-itself.toml": [
        "status: expected one of draft, reviewed, got 'final'",
    ],
    "translation.toml": [
        "record.titel: this key is unknown; did you mean 'title'?",
        "publishers.press.name: expected a string for 'ru' that is not blank, got ' '",
        "publishers.pres: there is no publisher 'pres'; did you mean 'press'?",
        "events.qqqqqqq: there is no event 'qqqqqqq'; add it or correct the id",
    ],
    "true-for-format.toml": [
        "format: expected 2, the format that this version reads, got true",
    ],
    "unknown-key.toml": [
        "sources[0].qqqq (unknown-key-book): this key is unknown; known are id, title, label, author, publisher, symbol, url, copy_url, published, accessed, language, note",
        "events[0].descripton (unknown-key-event): this key is unknown; did you mean 'description'?",
    ],
    "unknown-section.toml": [
        "mission: this key is unknown; did you mean 'missions'?",
        "qqqqqqqq: this key is unknown; known are format, areas, publishers, sources, events, missions, memberships",
    ],
    "unquoted-year.toml": [
        'events[0].date (unquoted-year-event): expected a date in quotes, such as "2000-05", got 1991, a whole number',
    ],
}


LOADED_WITH = {"id-in-two-files-b.toml": ["id-in-two-files-a.toml"]}
WITHOUT_HEADER = {"no-header.toml"}

HEADER = """
format = 2

[record]
id = "broken"

[[publishers]]
id = "press"
name = "A press"
"""

GOOD = """
format = 2

[record]
id = "ruritania"
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
opening = "ruritania-joins"
predecessor = "first"

[[missions]]
id = "first"
name = "First Mission"
acronym = "FM"
opening = "ruritania-joins"

[[events]]
id = "ruritania-joins"
title = { ru = "Руритания вступает в Лигу", en = "Ruritania joins the League" }
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
publisher = "streslau"

[[publishers]]
id = "streslau"
name = "Streslau"
"""


def source(own: str = "book") -> dict[str, Any]:
    return {"id": own, "title": "A book", "publisher": "press"}


def event(own: str, **more: Any) -> dict[str, Any]:
    cited = {"citations": [{"source": "book"}]}
    return {"id": own, "title": "It began", "date": "1991", **cited, **more}


def mission(own: str, opening: str, **more: Any) -> dict[str, Any]:
    return {"id": own, "name": "M", "opening": opening, **more}


def part(**sections: Any) -> dict[str, Any]:
    return {"format": 2, **sections}


def record(**sections: Any) -> dict[str, Any]:
    press = {"id": "press", "name": "A press"}
    return part(record={"id": "made"}, publishers=[press], **sections)


def written(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def read(**sections: Any) -> tjun.Chronology:
    return tjun.loads(record(**sections))


def faults_of(*sources: str | Path) -> tuple[Fault, ...]:
    with pytest.raises(DataError) as caught:
        tjun.load(*sources)
    return caught.value.faults


def faults_in(**sections: Any) -> tuple[Fault, ...]:
    with pytest.raises(DataError) as caught:
        read(**sections)
    return caught.value.faults


def expected_of(name: str) -> list[str]:
    file, folder = str(BROKEN / name), f"{BROKEN / '_'}"[:-1]
    return [f"{file}: {fault.format(folder=folder)}" for fault in FAULTS[name]]


@pytest.fixture
def header(tmp_path: Path) -> str:
    return written(tmp_path, "header.toml", HEADER)


def others(name: str, header: str) -> list[str | Path]:
    """
    Return what a broken file is loaded with: most have no header of their own.
    """
    with (BROKEN / name).open("rb") as file:
        own = b"[record]" in (text := file.read()) and b"translates" not in text
    first: list[str | Path] = [] if own or name in WITHOUT_HEADER else [header]
    return first + [BROKEN / each for each in LOADED_WITH.get(name, [])]


class TestBrokenFiles:
    @pytest.mark.parametrize("name", sorted(FAULTS))
    def test_each_error_has_its_file_path_id_and_message(
        self, name: str, header: str
    ) -> None:
        """
        Each error in a file names the file, the path, the entry and the remedy.
        """
        if not FAULTS[name]:
            tjun.load(*others(name, header), BROKEN / name)
            return
        found = faults_of(*others(name, header), BROKEN / name)
        assert [str(fault) for fault in found] == expected_of(name)

    def test_all_errors_of_all_files_are_reported_at_once(self, header: str) -> None:
        """
        Loading all files together reports all errors in each of them.
        """
        names = [name for name in sorted(FAULTS) if header in others(name, header)]
        found = faults_of(header, *(BROKEN / name for name in names))
        expected = [fault for name in names for fault in expected_of(name)]
        assert sorted(str(fault) for fault in found) == sorted(expected)

    def test_the_table_lists_all_files(self) -> None:
        """
        The table of expected errors has an entry for each broken file.
        """
        assert {path.name for path in BROKEN.iterdir()} == set(FAULTS)

    def test_a_single_error_is_one_line(self, header: str) -> None:
        """
        The message of a single error is one line: file, path, id and what is wrong.
        """
        path = BROKEN / "unquoted-year.toml"
        with pytest.raises(DataError) as caught:
            tjun.load(header, path)
        assert str(caught.value) == (
            f"{path}: events[0].date (unquoted-year-event): expected a date in quotes,"
            ' such as "2000-05", got 1991, a whole number'
        )

    def test_errors_are_sorted_by_file_and_entry(self, tmp_path: Path) -> None:
        """
        Errors are in the order of the files, and of the entries within a file.
        """
        late = part(events=[event("x"), event("b-1", date="?"), event("b-2", date="?")])
        early = record(
            sources=[source(), {"id": "thin"}],
            events=[
                event("x", marks="a-2", foo=1),
                event("a-1", date="?"),
                event("a-2", date="?"),
            ],
        )
        first = written(tmp_path, "z.json", json.dumps(early))
        second = written(tmp_path, "m.json", json.dumps(late))
        third = written(tmp_path, "a.json", "{")
        found = faults_of(first, second, third)
        assert [(each.file, each.path) for each in found] == [
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
        broken = event(
            "x",
            title=1,
            areas=[2, "nope"],
            citations=[{"source": "book", "until": "1991"}, {"source": "bok"}],
        )
        found = faults_in(sources=[source()], events=[broken])
        assert [fault.path for fault in found] == [
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
        (long,) = faults_in(areas=[{"id": "A" * 81, "name": "N"}])
        (short,) = faults_in(areas=[{"id": "A" * 80, "name": "N"}])
        assert (long.path, long.id) == ("areas[0].id", None)
        assert short.id == "A" * 80

    def test_a_long_key_is_shortened(self) -> None:
        """
        A long key is shortened in the path.
        """
        (fault,) = faults_in(areas=[{"id": "x", "name": "X", "q" * 1000: 1}])
        assert fault.path == f"areas[0].{'q' * 79}…"

    def test_an_error_in_the_whole_record_has_no_path(self) -> None:
        """
        The path of an error that concerns the whole record is empty.
        """
        with pytest.raises(DataError) as caught:
            tjun.loads("[1, 2]", "json")
        (fault,) = caught.value.faults
        assert (fault.file, fault.path) == (None, "")
        assert fault.message == "expected a table with lists of entries"

    def test_equal_errors_are_one_line_with_a_count(self) -> None:
        """
        Errors that only differ in the entry are one line; the others are listed.
        """
        rows = [event(f"x-{n}", major=True) for n in range(30)]
        rows.append(event("last", date="?"))
        with pytest.raises(DataError) as caught:
            read(sources=[source()], events=rows)
        first, second, third = str(caught.value).splitlines()
        assert len(caught.value.faults) == 31
        assert first == "31 errors:"
        assert second.startswith("  events[0].major (x-0): this key is unknown; ")
        assert second.endswith(" (and 29 more)")
        assert third.startswith("  events[30].date (last): ")

    def test_at_most_fifty_lines_are_shown(self) -> None:
        """
        Of many different errors, fifty are shown and the others are counted.
        """
        rows = [event(f"x-{n}", date=f"{n}") for n in range(60)]
        with pytest.raises(DataError) as caught:
            read(sources=[source()], events=rows)
        lines = str(caught.value).splitlines()
        assert len(lines) == 52
        assert lines[-1] == "  and 10 more; correct these and check again"


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
            tjun.loads("format = 2\nevents = 1\n[record]\nid = 'x'")
        assert caught.value.faults == (
            Fault(path="events", message="expected a list of entries"),
        )

    def test_a_duplicate_id_names_its_first_use(self) -> None:
        """
        The error about a duplicate id names the location of both entries.
        """
        (fault,) = faults_in(sources=[source(), source()])
        assert str(fault) == (
            "sources[1].id (book): this id is already used by sources[0]"
        )

    def test_a_mapping_is_a_record(self) -> None:
        """
        What a file contains can be given as a mapping.
        """
        made = tjun.loads({"format": 2, "record": {"id": "made"}})
        assert made == tjun.Chronology(id="made")

    @pytest.mark.parametrize("language", ["en", "ru", "zh-Hant"])
    def test_a_plain_string_is_in_the_language_of_the_record(
        self, language: str
    ) -> None:
        """
        A plain string as a text is in the language of the record.
        """
        header = {"id": "made", "language": language, "title": "水"}
        made = tjun.loads({"format": 2, "record": header})
        assert made.title == tjun.Text({language: "水"})
        assert made.language == language

    def test_the_original_is_in_the_language_of_the_record(self) -> None:
        """
        In a table of languages, the original is the string in the record's language.
        """
        title = tjun.loads(GOOD).events["ruritania-joins"].title
        assert title.original_language == "en"
        assert str(title) == "Ruritania joins the League"

    def test_the_areas_keep_their_order(self) -> None:
        """
        Areas are in the order of the file.
        """
        areas = [{"id": own, "name": own} for own in ("c", "a", "b")]
        assert read(areas=areas).areas.ids == ("c", "a", "b")


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
            sources=[source()],
            areas=[{"id": "x", "name": "X"}],
            events=[event("x", areas=["x"])],
            missions=[mission("x", "x")],
        )
        assert loaded.missions["x"].opening is loaded.events["x"]
        assert loaded.events["x"].areas == (loaded.areas["x"],)

    def test_an_alternative_is_resolved(self) -> None:
        """
        A citation may name another event, further down, as its alternative.
        """
        cited = [{"source": "book", "alternative": "decided", "locator": "page 5"}]
        loaded = read(
            events=[event("began", citations=cited), event("decided")],
            sources=[source()],
        )
        (citation,) = loaded.events["began"].citations
        assert citation.alternative is loaded.events["decided"]
        assert citation.date == loaded.events["decided"].date
        assert citation.locator == "page 5"

    def test_the_head_of_a_mission_has_no_alternative(self) -> None:
        """
        Only an event's citations can have an alternative.
        """
        cited = [{"source": "book", "alternative": "x"}]
        head = {"person": "P", "title": "Head", "citations": cited}
        (fault,) = faults_in(
            sources=[source()],
            events=[event("x")],
            missions=[mission("m", "x", heads=[head])],
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
            missions=[mission("m", "x", closing="x", events=["x", "x"])],
            events=[event("x", title=""), event("y", marks="x")],
            sources=[source()],
        )
        assert [(each.path, each.id) for each in found] == [("events[0].title", "x")]

    def test_a_reference_has_to_be_a_string(self) -> None:
        """
        A reference that is not a string is an error.
        """
        (fault,) = faults_in(sources=[source()], events=[event("x", marks=7)])
        assert str(fault) == (
            "events[0].marks (x): expected a string, got 7, a whole number"
        )

    def test_a_long_reference_is_shortened(self) -> None:
        """
        The message repeats at most 80 characters of an id that does not exist.
        """
        (fault,) = faults_in(missions=[mission("m", "o" * 99)])
        assert fault.message == (
            f"there is no event '{'o' * 79}…'; add it or correct the id"
        )

    @pytest.mark.parametrize(
        ("references", "remedies"), [(1, 1), (50, 50), (55, 50)], ids=str
    )
    def test_fifty_broken_references_get_a_suggestion(
        self, references: int, remedies: int
    ) -> None:
        """
        Similar ids are suggested for the first fifty broken references.
        """
        areas = [f"waters-{number}" for number in range(references)]
        found = faults_in(
            areas=[{"id": "water", "name": "Water"}],
            sources=[source()],
            events=[event("x", areas=areas)],
        )
        ends = [each.message.endswith("; did you mean 'water'?") for each in found]
        assert ends == [True] * remedies + [False] * (references - remedies)


class TestCircles:
    def test_over_two_files_are_reported(self, tmp_path: Path) -> None:
        """
        Events in two files that mark each other are a circular reference.
        """
        one = record(sources=[source()], events=[event("x", marks="y")])
        two = part(events=[event("y", marks="x")])
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
        found = faults_in(sources=[source()], events=rows)
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
        found = faults_in(sources=[source()], events=[row])
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
        (fault,) = faults_in(sources=[source()], events=rows)
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
    return record(**{section: sections[section] for section in order})


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
        made = chain(100, link, backwards=backwards, sources_first=sources_first)
        loaded = tjun.loads(made)
        assert max(len(loaded.events), len(loaded.missions)) == 100
        assert pickle.loads(pickle.dumps(loaded)) == loaded

    @pytest.mark.parametrize("length", [101, 150, 5_000])
    def test_that_are_longer_are_rejected(
        self, link: str, backwards: bool, sources_first: bool, length: int
    ) -> None:
        """
        A longer chain is rejected at its hundredth reference whatever the order.
        """
        made = chain(length, link, backwards=backwards, sources_first=sources_first)
        with pytest.raises(DataError) as caught:
            tjun.loads(made)
        (fault,) = caught.value.faults
        assert fault.id == "x-100"
        assert fault.path.endswith(f".{link}")
        assert fault.message == "expected a chain of at most 100 entries"

    def test_do_not_need_a_deep_stack(
        self, link: str, backwards: bool, sources_first: bool
    ) -> None:
        """
        The caller may have used most of the stack.
        """
        made = chain(100, link, backwards=backwards, sources_first=sources_first)
        text = json.dumps(made)
        expected = tjun.loads(text, "json")
        used = len(inspect.stack(0))
        free = sys.getrecursionlimit() - used - 60
        loaded = in_deep_stack(free, lambda: tjun.loads(text, "json"))
        assert loaded.events.ids == expected.events.ids
        assert loaded.missions.ids == expected.missions.ids


class TestRetired:
    def test_retired_ids_are_part_of_the_record(self) -> None:
        """
        The ids that a record retires are part of it, sorted.
        """
        header = {"id": "made", "retired": ["y", "x"]}
        assert tjun.loads(part(record=header)).retired == ("x", "y")

    def test_a_supplement_cannot_use_an_id_that_the_record_retired(
        self, tmp_path: Path
    ) -> None:
        """
        No event of a supplement can use an id that its record has retired.
        """
        base = part(record={"id": "made", "retired": ["gone"]})
        mine = part(extends="made", events=[event("gone")])
        mine |= {"sources": [source()], "publishers": [{"id": "press", "name": "P"}]}
        first = written(tmp_path, "base.json", json.dumps(base))
        second = written(tmp_path, "mine.json", json.dumps(mine))
        assert faults_of(first, second) == (
            Fault(
                file=second,
                path="events[0].id",
                id="gone",
                message="this id is retired; choose another one",
            ),
        )

    def test_an_invalid_id_is_rejected(self) -> None:
        """
        A retired id that is not a slug is an error.
        """
        with pytest.raises(DataError, match=r"^record\.retired: expected an id of"):
            tjun.loads(part(record={"id": "made", "retired": ["No id"]}))


class TestWork:
    def test_ends_for_many_misspelt_ids(self) -> None:
        """
        Each of many ids that are hard to compare is an error.
        """
        shuffle = random.Random(1992).sample
        ids = ["".join(shuffle("ab" * 50, 100)) for _ in range(300)]
        areas = [{"id": own, "name": "N"} for own in ids]
        rows = [event(f"x-{n}", areas=[own[::-1]]) for n, own in enumerate(ids)]
        text = json.dumps(record(sources=[source()], areas=areas, events=rows))
        with pytest.raises(DataError) as caught:
            tjun.loads(text, "json")
        assert len(caught.value.faults) > 270

    def test_ends_for_many_circles(self) -> None:
        """
        Each of many circular references is an error.
        """
        rows = [event(f"x-{n}", marks=f"x-{n ^ 1}") for n in range(10_000)]
        text = json.dumps(record(sources=[source()], events=rows))
        with pytest.raises(DataError) as caught:
            tjun.loads(text, "json")
        assert len(caught.value.faults) == 5_000


class TestRoundTrip:
    def test_a_text_in_another_language_cannot_be_written(self) -> None:
        """
        A text without a string in the language of the record is an error with its place.
        """
        area = tjun.CooperationArea(id="water", name=tjun.Text(ru="Вода"))
        with pytest.raises(DataError) as caught:
            tjun.Chronology(areas=[area]).to_dict()
        assert str(caught.value) == (
            "areas.water.name: expected a string in 'en', the language of the record,"
            " got only ru"
        )
