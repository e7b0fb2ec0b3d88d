# ruff: noqa: E501  # A fault stands on one line.
import json
import re
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from strategies import chronologies

import tjun
from tjun.errors import DataError, Fault
from tjun.model.dates import PartialDate
from tjun.records import resolve as records

BROKEN = Path(__file__).parent / "broken"

FAULTS: dict[str, list[str]] = {
    "another-language.toml": [
        "events[0].title (another-language-event): expected a BCP 47 language tag like 'ky', 'pt-BR' or 'zh-Hant', got 'german'",
    ],
    "area-twice.toml": [
        "events[0] (area-twice-event): expected areas once each, got 'area-twice-area' twice",
    ],
    "blank.toml": [
        "sources[0].title (blank-book): expected a text for title that is not blank, got ' '",
        "sources[0].publisher (blank-book): expected a text for publisher that is not blank, got ''",
    ],
    "circle-of-marks.toml": [
        "events[0].marks (circle-of-marks-event): expected no circle, but 'circle-of-marks-event' leads back to itself",
    ],
    "circle-of-predecessors.toml": [
        "missions[1].predecessor (circle-second): expected no circle, but 'circle-first' leads back to itself",
    ],
    "citation.toml": [
        "events[0].citations[0] (citation-event): expected a date with until 1991, got none",
        "events[0].citations[1] (citation-event): expected a text for says that is not blank, got ' '",
        "events[0].citations[2].verified (citation-event): expected true or false, got 'no', a text",
        "events[0].citations[2].qqqq (citation-event): this key is unknown; known are source, says, date, until, verified",
    ],
    "closes-before-opening.toml": [
        "missions[0] (closes-mission): closes-mission closes: 1990-12-31 is before 1991",
    ],
    "ends-before-beginning.toml": [
        "events[0] (ends-event): until: 1990 is before 1991",
        "memberships[0] (ends-membership): membership ends-membership ends: 1989 is before 1991",
    ],
    "half-a-letter.json": [
        "sources[0].title (half-a-letter-book): expected a text for title that UTF-8 can carry, got '\\ud83d'",
    ],
    "head.toml": [
        "missions[0].heads[0] (head-mission): the post of A. Person: 1991 is before 1992",
    ],
    "id-in-two-files-a.toml": [],
    "id-in-two-files-b.toml": [
        "events[0].id (id-in-two-files-event): this id is taken by {folder}id-in-two-files-a.toml: events[0]",
    ],
    "id-twice.toml": [
        "events[1].id (id-twice-event): this id is taken by {folder}id-twice.toml: events[0]",
    ],
    "infinity.json": [
        "expected JSON: -Infinity is no number in JSON",
    ],
    "key-twice.json": [
        "expected JSON: the key 'id' stands twice in one table",
    ],
    "later-format.json": [
        "format: expected 1, the format this version reads, got 2, a whole number",
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
        "expected JSON: NaN is no number in JSON",
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
    "no-slug.toml": [
        "areas[0].id (No slug): expected an id of lower-case letters, digits and single hyphens, as 'tajikistan-joins-un', got 'No slug'",
    ],
    "no-such-day.toml": [
        "events[0].date (no-such-day-event): no such date '1991-02-30': expected a day of 1991-02 from 1 to 28, got 30",
        "events[1].date (no-such-day-moment): expected a date as YYYY-MM-DD, YYYY-MM or YYYY, or a datetime.date, got datetime.datetime(1991, 2, 28, 12, 0)",
        "events[2].date (no-such-day-words): expected a date as YYYY-MM-DD, YYYY-MM or YYYY, got 'in spring'",
        "events[3].revised (no-such-day-revised): expected a whole day as YYYY-MM-DD, got '1991-05'",
    ],
    "no-such-kind.toml": [
        "sources[0].kind (no-such-kind-book): expected one of article, un, government, press, reference, got 'rumour'",
    ],
    "no-tables.json": [
        "events[0]: expected a table of keys, got 7, a whole number",
        "events[1]: expected a table of keys, got nothing (null)",
        "events[2]: expected a table of keys, got 'no-tables-event', a text",
    ],
    "no-web-address.toml": [
        "sources[0].url (address-ftp): expected an http or https address, got 'ftp://example.org/book'",
        "sources[1].url (address-script): expected an http or https address, got 'javascript:alert(1)'",
        "sources[2].url (address-no-host): expected an http or https address, got 'https://'",
        "sources[3].url (address-space): expected an http or https address, got 'https://example.org/a b'",
        "sources[4].url (address-half-open): expected an http or https address, got 'https://[::1/'",
    ],
    "not-utf-8.toml": [
        "expected UTF-8; the octet at 29 is none",
    ],
    "null.json": [
        "sources[0].title (null-book): expected a text, got nothing (null)",
        "sources[0].url (null-book): expected a text, got nothing (null)",
    ],
    "number-for-root.json": [
        "expected a table with lists of entries",
    ],
    "number-for-text.toml": [
        "sources[0].title (number-for-text-book): expected a text, got 1984, a whole number",
        "sources[0].publisher (number-for-text-book): expected a text, got 6.5, a number",
    ],
    "quoted-format.toml": [
        "format: expected 1, the format this version reads, got '1', a text",
    ],
    "reference-to-nothing.toml": [
        "events[0].areas[0] (reference-to-nothing-event): there is no area 'qqqq' in the record; none is like it",
        "events[0].citations[0].source (reference-to-nothing-event): there is no source 'reference-to-qqqq-qqqq-qqqq-book' in the record; none is like it",
        "events[0].marks (reference-to-nothing-event): there is no event 'reference-to-nothing-evnt' in the record; did you mean 'reference-to-nothing-event'?",
    ],
    "retired-id.toml": [
        "events[0].id (retired-id-event): this id is retired; take another one",
    ],
    "retired-no-list.toml": [
        "retired: expected a list of ids",
    ],
    "retired-number.toml": [
        "retired: expected a list of ids",
    ],
    "syntax.json": [
        "expected JSON: Expecting value: line 3 column 44 (char 60)",
    ],
    "syntax.toml": [
        "expected TOML: Invalid value (at line 5, column 7)",
    ],
    "text-for-list.toml": [
        "events[0].areas (text-for-list-event): expected a list, got 'text-for-list-area', a text",
    ],
    "text-for-truth.toml": [
        "events[0].yearly (text-for-truth-event): expected true or false, got 'yes', a text",
        "areas[0].in_article (text-for-truth-area): expected true or false, got 1, a whole number",
    ],
    "title.toml": [
        "title: expected a string in English ('en'), got tg",
    ],
    "true-for-format.toml": [
        "format: expected 1, the format this version reads, got True, true or false",
    ],
    "unknown-key.toml": [
        "sources[0].qqqq (unknown-key-book): this key is unknown; known are id, title, publisher, kind, url, symbol, published, note",
        "events[0].descripton (unknown-key-event): this key is unknown; did you mean 'description'?",
    ],
    "unknown-section.toml": [
        "mission: this key is unknown; did you mean 'missions'?",
        "qqqqqqqq: this key is unknown; known are format, title, areas, sources, events, missions, memberships, retired",
    ],
    "unquoted-year.toml": [
        'events[0].date (unquoted-year-event): expected a date in quotes as "2000-05", got 1991, a whole number',
    ],
}

NEEDS_BESIDE = {"id-in-two-files-b.toml": ["id-in-two-files-a.toml"]}

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


def faults_of(*paths: str | Path, bundled: bool | None = None) -> tuple[Fault, ...]:
    with pytest.raises(DataError) as caught:
        tjun.load(*paths, bundled=bundled)
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
    def test_each_fault_has_its_file_path_id_and_message(self, name: str) -> None:
        """
        Each fault of a broken file names the file, the place, the entry and the remedy.
        """
        if not FAULTS[name]:
            tjun.load(BROKEN / name)
            return
        beside = [BROKEN / each for each in NEEDS_BESIDE.get(name, [])]
        told = faults_of(*beside, BROKEN / name)
        assert [str(fault) for fault in told] == expected_of(name)

    def test_every_fault_of_every_file_is_told_at_once(self) -> None:
        """
        Loading all broken files together tells every fault of every one of them.
        """
        told = faults_of(*(BROKEN / name for name in sorted(FAULTS)))
        expected = [fault for name in sorted(FAULTS) for fault in expected_of(name)]
        assert sorted(str(fault) for fault in told) == sorted(expected)

    def test_the_table_and_the_folder_agree(self) -> None:
        """
        Every file in the folder of broken records is in the table.
        """
        assert {path.name for path in BROKEN.iterdir()} == set(FAULTS)

    def test_a_message_stands_on_one_line_with_its_place(self) -> None:
        """
        An error about one fault is one line of file, place, id and message.
        """
        path = BROKEN / "unquoted-year.toml"
        with pytest.raises(DataError) as caught:
            tjun.load(path)
        assert str(caught.value) == (
            f"{path}: events[0].date (unquoted-year-event): expected a date in quotes"
            ' as "2000-05", got 1991, a whole number'
        )

    def test_faults_come_in_the_order_of_files_and_entries(
        self, tmp_path: Path
    ) -> None:
        """
        Faults are told file by file as given, and entry by entry within a file.
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
        told = faults_of(first, second, third)
        assert [(each.file, each.path) for each in told] == [
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

    def test_a_long_id_is_not_repeated(self) -> None:
        """
        An id too long to be one is left out of the fault that it is in.
        """
        (fault,) = faults_in({"areas": [{"id": "A" * 81, "name": "N"}]})
        assert (fault.path, fault.id) == ("areas[0].id", None)

    def test_a_long_value_is_shortened_in_the_message(self) -> None:
        """
        A message does not carry a value of any length.
        """
        (format_fault,) = faults_in({"format": "1" * 1000})
        (id_fault,) = faults_in({"areas": [{"id": "A" * 1000, "name": "N"}]})
        (key_fault,) = faults_in({"q" * 1000: 1})
        assert len(format_fault.message) <= 200
        assert len(id_fault.message) == 500
        assert key_fault.path == "q" * 80

    @pytest.mark.parametrize("value", [7, None, True, ["It began"]])
    def test_a_fault_in_a_title_says_that_a_text_will_do(self, value: object) -> None:
        """
        Where a text in languages is wanted, the message offers a plain text first.
        """
        (fault,) = faults_in(
            {"sources": [source()], "events": [event("x", title=value)]}
        )
        assert fault.path == "events[0].title"
        assert fault.message.startswith("expected a text")

    def test_an_id_as_long_as_can_be_told_is_told(self) -> None:
        """
        An id of 80 characters stands in the fault, whole.
        """
        (fault,) = faults_in({"areas": [{"id": "A" * 80, "name": "N"}]})
        assert fault.id == "A" * 80

    def test_a_record_that_is_no_table_has_its_fault_at_the_top(self) -> None:
        """
        What is wrong with the whole has an empty place.
        """
        (fault,) = faults_in([1, 2])
        assert (fault.file, fault.path) == (None, "")
        assert fault.message == "expected a table with lists of entries"


class TestLoad:
    def test_without_files_it_is_the_bundled_record(self) -> None:
        """
        Without a file the bundled record is returned, equal every time.
        """
        first, second = tjun.load(), tjun.load()
        assert first == second
        assert "tajikistan-joins-un" in first.events

    def test_the_bundled_record_is_read_once(self) -> None:
        """
        The entries of the bundled record are the same objects every time.
        """
        first, second = tjun.load(), tjun.load()
        assert all(
            one is other for one, other in zip(first.events, second.events, strict=True)
        )

    def test_without_the_bundled_record_and_files_it_is_empty(self) -> None:
        """
        No files and no bundled record make an empty chronology.
        """
        assert tjun.load(bundled=False) == tjun.Chronology()

    def test_a_file_stands_alone(self, tmp_path: Path) -> None:
        """
        A record about another country loads without the bundled one.
        """
        loaded = tjun.load(written(tmp_path, "r.toml", GOOD))
        assert loaded.events.ids == ("ruritania-joins", "ruritania-day")
        assert loaded.sources.ids == ("gazette",)
        assert str(loaded.title) == "Ruritania and the League"

    def test_a_path_object_serves(self, tmp_path: Path) -> None:
        """
        A path may be a text or a path object.
        """
        path = written(tmp_path, "r.toml", GOOD)
        assert tjun.load(Path(path)) == tjun.load(path)

    def test_a_file_on_top_of_the_bundled_record(self, tmp_path: Path) -> None:
        """
        With the bundled record a file may refer to its events, areas and sources.
        """
        mine = {
            "events": [
                {
                    "id": "my-lecture",
                    "title": "A lecture on the day",
                    "date": "2027-03-02",
                    "areas": ["water"],
                    "marks": "tajikistan-joins-un",
                    "citations": [{"source": "article"}],
                }
            ],
            "missions": [mission("mine", "my-lecture", predecessor="untop")],
        }
        both = tjun.load(written(tmp_path, "mine.json", json.dumps(mine)), bundled=True)
        base = tjun.load()
        lecture = both.events["my-lecture"]
        assert lecture.marks is base.events["tajikistan-joins-un"]
        assert lecture.areas == (base.areas["water"],)
        assert both.missions["mine"].predecessor is base.missions["untop"]
        assert set(both.events.ids) == {*base.events.ids, "my-lecture"}

    def test_a_file_alone_does_not_know_the_bundled_record(
        self, tmp_path: Path
    ) -> None:
        """
        Without the bundled record its ids are ids of nothing.
        """
        mine = {"events": [event("x", citations=[{"source": "article"}])]}
        path = written(tmp_path, "mine.json", json.dumps(mine))
        (fault,) = faults_of(path)
        assert fault.path == "events[0].citations[0].source"
        assert fault.message == (
            "there is no source 'article' in the record; none is like it"
        )

    def test_an_id_of_the_bundled_record_is_taken(self, tmp_path: Path) -> None:
        """
        An entry with the id of a bundled one is refused, and named.
        """
        mine = {"events": [event("untop-ended", citations=[{"source": "article"}])]}
        path = written(tmp_path, "mine.json", json.dumps(mine))
        assert faults_of(path, bundled=True) == (
            Fault(
                file=path,
                path="events[0].id",
                id="untop-ended",
                message="this id is taken by the bundled record",
            ),
        )

    def test_files_may_refer_to_each_other(self, tmp_path: Path) -> None:
        """
        Files loaded together refer to each other's entries in either order.
        """
        books = written(tmp_path, "books.json", json.dumps({"sources": [source()]}))
        events = written(tmp_path, "events.json", json.dumps({"events": [event("x")]}))
        assert tjun.load(books, events) == tjun.load(events, books)

    def test_only_one_file_may_give_a_title(self, tmp_path: Path) -> None:
        """
        The second title of a record is a fault.
        """
        one = written(tmp_path, "one.toml", 'title = "One"')
        two = written(tmp_path, "two.toml", 'title = "Two"')
        assert faults_of(one, two) == (
            Fault(
                file=two, path="title", message="another file gives the record a title"
            ),
        )

    def test_the_bundled_title_stands(self, tmp_path: Path) -> None:
        """
        On top of the bundled record its own title stays.
        """
        path = written(tmp_path, "one.toml", 'title = "One"')
        assert tjun.load(path, bundled=True).title == tjun.load().title

    def test_nothing_is_half_loaded(self, tmp_path: Path) -> None:
        """
        A bad file beside a good one loads nothing, and later loads are as before.
        """
        before = tjun.load()
        good = written(tmp_path, "good.toml", GOOD)
        bad = written(tmp_path, "bad.toml", "events = 1")
        faults_of(good, bad, bundled=True)
        assert tjun.load() == before
        assert "ruritania-joins" not in tjun.load().events
        assert tjun.load(good, bundled=True).events["ruritania-joins"]


class TestFiles:
    def test_a_byte_order_mark_is_accepted(self, tmp_path: Path) -> None:
        """
        A file that begins with a byte-order mark loads like one without.
        """
        plain = written(tmp_path, "plain.toml", GOOD)
        marked = written(tmp_path, "marked.toml", "\ufeff" + GOOD)
        assert tjun.load(marked) == tjun.load(plain)

    def test_both_formats_are_equal(self, tmp_path: Path) -> None:
        """
        The same record in TOML and in JSON loads equal.
        """
        from_toml = tjun.load(written(tmp_path, "r.toml", GOOD))
        text = tjun.export(from_toml, "json").decode()
        assert tjun.load(written(tmp_path, "r.json", text)) == from_toml

    def test_a_suffix_may_be_in_capitals(self, tmp_path: Path) -> None:
        """
        A suffix counts whatever its case.
        """
        assert tjun.load(written(tmp_path, "R.TOML", GOOD)) == tjun.loads(GOOD)

    @pytest.mark.parametrize("name", ["record.yaml", "record", "toml", "r.toml.bak"])
    def test_another_suffix_is_refused(self, tmp_path: Path, name: str) -> None:
        """
        A file with another ending is refused unread.
        """
        path = written(tmp_path, name, GOOD)
        expected = "expected a file that ends in .toml or .json"
        assert faults_of(path) == (Fault(file=path, message=expected),)

    def test_a_missing_file_is_a_fault(self, tmp_path: Path) -> None:
        """
        A file that is not there is a fault with its name.
        """
        path = str(tmp_path / "none.toml")
        expected = "cannot be read: No such file or directory"
        assert faults_of(path) == (Fault(file=path, message=expected),)

    def test_a_folder_is_a_fault(self, tmp_path: Path) -> None:
        """
        A folder with the name of a record is a fault.
        """
        path = tmp_path / "folder.toml"
        path.mkdir()
        expected = "cannot be read: Is a directory"
        assert faults_of(path) == (Fault(file=str(path), message=expected),)

    def test_a_name_no_system_takes_is_a_fault(self) -> None:
        """
        A name that no file can have is a fault like any other.
        """
        (fault,) = faults_of("a\0b.toml")
        assert fault.file == "a\0b.toml"
        assert fault.message.startswith("cannot be read: ")

    def test_a_file_of_the_most_octets_is_read(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A file as large as the limit is read.
        """
        text = "format = 1 # é\n"
        monkeypatch.setattr(records, "MOST_BYTES", len(text.encode()))
        assert tjun.load(written(tmp_path, "r.toml", text)) == tjun.Chronology()

    def test_a_larger_file_is_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A file one octet above the limit is refused, and the limit told.
        """
        monkeypatch.setattr(records, "MOST_BYTES", 1234)
        path = written(tmp_path, "r.toml", "#" * 1235)
        expected = "expected at most 1,234 octets, got more"
        assert faults_of(path) == (Fault(file=path, message=expected),)

    def test_the_limit_is_64_mebibytes(self) -> None:
        """
        The largest file read is one of 64 MiB.
        """
        assert records.MOST_BYTES == 67_108_864

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("deep.json", "[" * 500_000),
            ("deep.toml", "a = " + "[" * 5_000),
        ],
    )
    def test_deep_nesting_is_a_fault(
        self, tmp_path: Path, name: str, text: str
    ) -> None:
        """
        A file nested beyond all need is refused, and nothing overflows.
        """
        path = written(tmp_path, name, text)
        expected = f"expected {name[-4:].upper()} that is not nested so deeply"
        assert faults_of(path) == (Fault(file=path, message=expected),)

    @pytest.mark.parametrize(
        ("before", "path"),
        [("format", "format"), ("kind", "kind"), ("title", "title")],
    )
    def test_a_deep_table_is_a_fault_in_its_place(self, before: str, path: str) -> None:
        """
        A value of tables within tables is refused where it stands.
        """
        with pytest.raises(DataError) as caught:
            tjun.loads(before + ".a" * 18 + " = 1")
        assert [fault.path for fault in caught.value.faults] == [path]
        with pytest.raises(DataError) as caught:
            tjun.loads(before + ".a" * 3_000 + " = 1")
        (fault,) = caught.value.faults
        assert fault.message == "expected TOML: expected a key of at most 20 parts"

    def test_a_number_of_many_digits_is_a_fault(self, tmp_path: Path) -> None:
        """
        A number too long to read is a fault of the file.
        """
        path = written(tmp_path, "long.json", '{"format": ' + "1" * 5_000 + "}")
        (fault,) = faults_of(path)
        assert fault.message.startswith("expected JSON: Exceeds the limit")


class TestLoads:
    def test_toml_is_the_default(self) -> None:
        """
        A text is read as TOML unless told otherwise.
        """
        assert tjun.loads(GOOD) == tjun.loads(GOOD, "toml")

    def test_an_unknown_format_is_refused(self) -> None:
        """
        Another format is a wrong call, not a wrong record.
        """
        with pytest.raises(
            ValueError, match=r"^expected a format of toml, json, got 'yaml'$"
        ):
            tjun.loads("", "yaml")  # type: ignore[arg-type]  # What is tested.

    def test_faults_name_no_file(self) -> None:
        """
        A fault in a text has a place and no file.
        """
        with pytest.raises(DataError) as caught:
            tjun.loads("events = 1")
        assert caught.value.faults == (
            Fault(path="events", message="expected a list of entries"),
        )

    def test_an_id_twice_names_the_first_place(self) -> None:
        """
        An id used twice in a text is told with the place of its first use.
        """
        (fault,) = faults_in({"sources": [source(), source()]})
        assert str(fault) == "sources[1].id (book): this id is taken by sources[0]"

    @pytest.mark.parametrize(("text", "name"), [("", "toml"), ("{}", "json")])
    def test_an_empty_record_is_one(self, text: str, name: Any) -> None:
        """
        A record without entries is an empty chronology.
        """
        assert tjun.loads(text, name) == tjun.Chronology()

    def test_a_plain_text_is_english(self) -> None:
        """
        Where a text in languages is wanted, a plain one is its English.
        """
        name = tjun.loads(GOOD).areas["peace"].name
        assert name == tjun.Text(en="Peace")

    def test_an_unquoted_day_is_a_date(self) -> None:
        """
        A whole day may stand in TOML without quotes.
        """
        joined = tjun.loads(GOOD).events["ruritania-joins"]
        assert joined.date == PartialDate(1920, 5, 3)

    def test_a_month_stays_a_month(self) -> None:
        """
        A date known to the month is not padded with a day.
        """
        (citation,) = tjun.loads(GOOD).events["ruritania-joins"].citations
        assert citation.date == PartialDate(1920, 5)


class TestReferences:
    def test_forward_references_are_resolved(self) -> None:
        """
        An entry may refer to one that stands below it.
        """
        loaded = tjun.loads(GOOD)
        day = loaded.events["ruritania-day"]
        assert day.marks is loaded.events["ruritania-joins"]
        assert loaded.missions["second"].predecessor is loaded.missions["first"]

    def test_ids_are_of_one_kind(self) -> None:
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

    def test_a_fault_is_told_once_and_not_where_it_is_referred_to(self) -> None:
        """
        Entries that refer to a bad one add no faults of their own.
        """
        told = faults_in(
            {
                "missions": [mission("m", "x", closing="x", events=["x", "x"])],
                "events": [event("x", title=""), event("y", marks="x")],
                "sources": [source()],
            }
        )
        assert [(each.path, each.id) for each in told] == [("events[0].title", "x")]

    def test_a_reference_that_is_no_text_is_a_fault(self) -> None:
        """
        A reference is an id in a text and nothing else.
        """
        (fault,) = faults_in({"sources": [source()], "events": [event("x", marks=7)]})
        assert (
            str(fault) == "events[0].marks (x): expected a text, got 7, a whole number"
        )

    def test_a_circle_over_two_files_is_told(self, tmp_path: Path) -> None:
        """
        Events of two files that mark each other are refused.
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
                message="expected no circle, but 'x' leads back to itself",
            ),
        )

    @pytest.mark.parametrize("link", ["predecessor", "marks"])
    @pytest.mark.parametrize("backwards", [False, True])
    @pytest.mark.parametrize("sources_first", [False, True])
    def test_a_chain_of_a_hundred_is_read(
        self, link: str, backwards: bool, sources_first: bool
    ) -> None:
        """
        A chain of a hundred entries is read in whatever order they stand.
        """
        loaded = read(chain(100, link, backwards, sources_first))
        assert max(len(loaded.events), len(loaded.missions)) == 100

    @pytest.mark.parametrize("link", ["predecessor", "marks"])
    @pytest.mark.parametrize("backwards", [False, True])
    @pytest.mark.parametrize("length", [101, 150, 2_000])
    def test_a_longer_chain_is_refused(
        self, link: str, backwards: bool, length: int
    ) -> None:
        """
        A longer chain is refused at its links in whatever order they stand.
        """
        told = faults_in(chain(length, link, backwards, sources_first=True))
        assert {each.message for each in told} == {
            "expected a chain of at most 100 entries"
        }
        assert {each.path.rpartition(".")[2] for each in told} == {link}

    def test_a_long_reference_is_shortened(self) -> None:
        """
        Of an id that nobody has only the first 80 characters are told.
        """
        row = mission("m", "o" * 99)
        (fault,) = faults_in({"missions": [row]})
        told = f"there is no event '{'o' * 80}' in the record; none is like it"
        assert fault.message == told


def chain(
    length: int, link: str, backwards: bool, sources_first: bool
) -> dict[str, Any]:
    links = [
        {} if number == 0 else {link: f"x-{number - 1}"} for number in range(length)
    ]
    if link == "marks":
        rows = [event(f"x-{number}", **each) for number, each in enumerate(links)]
        sections = {"sources": [source()], "events": rows}
    else:
        rows = [
            mission(f"x-{number}", "e", **each) for number, each in enumerate(links)
        ]
        sections = {"sources": [source()], "events": [event("e")], "missions": rows}
    if backwards:
        rows.reverse()
    order = list(sections) if sources_first else list(reversed(sections))
    return {section: sections[section] for section in order}


class TestRemedies:
    def test_are_looked_for_only_so_often(self) -> None:
        """
        Of very many broken references the first twenty are told with a remedy.
        """
        areas = [f"waters-{number}" for number in range(25)]
        text = json.dumps(
            {
                "areas": [{"id": "water", "name": "Water"}],
                "sources": [{"id": "s", "title": "S", "publisher": "P"}],
                "events": [
                    {
                        "id": "x",
                        "title": "X",
                        "date": "2000",
                        "areas": areas,
                        "citations": [{"source": "s"}],
                    }
                ],
            }
        )
        with pytest.raises(DataError) as caught:
            tjun.loads(text, "json")
        told = [fault.message for fault in caught.value.faults]
        assert len(told) == 25
        assert all("did you mean 'water'?" in each for each in told[:20])
        assert all(each.endswith(" in the record") for each in told[20:])


class TestRetired:
    def test_retired_ids_are_kept(self) -> None:
        """
        The ids a record retires are part of it.
        """
        assert tjun.loads('retired = ["y", "x"]').retired == ("x", "y")

    def test_a_retired_id_of_the_bundled_record_is_refused(
        self, tmp_path: Path
    ) -> None:
        """
        No event takes an id that the bundled record has retired.
        """
        own = "un-office-dushanbe-opened"
        mine = {"sources": [source()], "events": [event("x"), event(own)]}
        path = written(tmp_path, "mine.json", json.dumps(mine))
        assert faults_of(path, bundled=True) == (
            Fault(
                file=path,
                path="events[1].id",
                id=own,
                message="this id is retired; take another one",
            ),
        )
        assert own in tjun.load(path).events

    def test_an_id_retired_in_another_file_is_refused(self, tmp_path: Path) -> None:
        """
        A file may retire an id for the files loaded with it.
        """
        mine = {"sources": [source()], "events": [event("x")]}
        one = written(tmp_path, "one.json", json.dumps(mine))
        two = written(tmp_path, "two.toml", 'retired = ["x"]')
        (fault,) = faults_of(one, two)
        assert (fault.file, fault.path, fault.id) == (one, "events[0].id", "x")

    def test_a_file_cannot_retire_a_bundled_event(self, tmp_path: Path) -> None:
        """
        Retiring the id of a bundled event is a fault with its file and place.
        """
        text = 'retired = ["x", "untop-ended"]'
        path = written(tmp_path, "mine.toml", text)
        (fault,) = faults_of(path, bundled=True)
        assert fault == Fault(
            file=path,
            path="retired[1]",
            message="this event is in the bundled record, which keeps its id",
            id="untop-ended",
        )

    def test_retired_ids_are_told_in_the_order_of_entries(self) -> None:
        """
        Several retired ids used again are told in the order of their events.
        """
        ids = [f"x-{number}" for number in range(12)]
        told = faults_in(
            {
                "retired": ids[::-1],
                "sources": [source()],
                "events": [event(own) for own in ids],
            }
        )
        assert [each.id for each in told] == ids

    def test_bad_ones_are_told_up_to_a_thousand(self) -> None:
        """
        A list of more than a thousand ids that are none is told so.
        """
        text = json.dumps({"retired": [f"No {number}" for number in range(1_200)]})
        with pytest.raises(DataError) as caught:
            tjun.loads(text, "json")
        *told, last = caught.value.faults
        assert [fault.path for fault in told] == [
            f"retired[{number}]" for number in range(1_000)
        ]
        assert last.message == "more than 1,000 faults; mend these, then look again"

    def test_what_is_no_id_is_told_in_its_place(self, tmp_path: Path) -> None:
        """
        A retired id that cannot be one is a fault with its file, place and reason.
        """
        path = written(tmp_path, "mine.toml", f'retired = ["x", "{"A" * 900}"]')
        (fault,) = faults_of(path)
        assert (fault.file, fault.path) == (path, "retired[1]")
        assert fault.message.startswith("expected ")
        assert len(fault.message) == 500


class TestRoundTrip:
    @given(chronologies())
    def test_what_json_says_is_read_back_equal(
        self, chronology: tjun.Chronology
    ) -> None:
        """
        Every chronology that is exported as JSON is read back equal, to the octet.
        """
        octets = tjun.export(chronology, "json")
        again = tjun.loads(octets.decode(), "json")
        assert again == chronology
        assert tjun.export(again, "json") == octets

    def test_the_bundled_record_is_read_back_equal(self) -> None:
        """
        The bundled record survives its own JSON export.
        """
        un = tjun.load()
        again = tjun.loads(tjun.export(un, "json").decode(), "json")
        assert again == un
        assert again.areas.ids == un.areas.ids

    def test_every_attribute_is_written(self) -> None:
        """
        The rows of a record know every attribute of the model and no other key.
        """
        un = json.loads(tjun.export(tjun.load(), "json"))
        for section, kind in [
            ("areas", tjun.CooperationArea),
            ("sources", tjun.Source),
            ("events", tjun.Event),
            ("missions", tjun.Mission),
        ]:
            keys = {key for row in un[section] for key in row}
            assert keys == {field.name for field in attrs.fields(kind)}

    def test_the_format_is_written_first(self) -> None:
        """
        An export names the version of the format, which is the one that is read.
        """
        text = tjun.export(tjun.Chronology(), "json").decode()
        assert re.match(r'\{\s*"format": 1,', text)
        assert records.FORMAT == 1
