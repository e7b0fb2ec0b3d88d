import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fake_plugins import Shelf

import tjun
from tjun.errors import DataError, Fault, NotFoundError, PluginError
from tjun.recordfiles.combine import combine

RURITANIA = """
format = 1
title = "Ruritania and the League"

[[events]]
id = "ruritania-joins"
title = "Ruritania joins the League"
date = "1920-05-03"
citations = [{ source = "gazette" }]

[[sources]]
id = "gazette"
title = "The Gazette"
publisher = "Streslau"
"""


def source(own: str = "book", **more: Any) -> dict[str, Any]:
    return {"id": own, "title": "A book", "publisher": "A press", **more}


def event(own: str, **more: Any) -> dict[str, Any]:
    cited = {"citations": [{"source": "book"}]}
    return {"id": own, "title": "It began", "date": "1991", **cited, **more}


def written(folder: Path, name: str, record: object) -> str:
    path = folder / name
    text = record if isinstance(record, str) else json.dumps(record)
    path.write_text(text, encoding="utf-8")
    return str(path)


def faults_of(*sources: str | Path, bundled: bool | None = None) -> tuple[Fault, ...]:
    with pytest.raises(DataError) as caught:
        tjun.load(*sources, bundled=bundled)
    return caught.value.faults


class TestNames:
    def test_the_default_is_the_bundled_record(self) -> None:
        """
        Without a source, the record `tajikistan` is loaded.
        """
        assert tjun.load() == tjun.load("tajikistan")
        assert "tajikistan-joins-un" in tjun.load().events

    def test_the_bundled_record_is_read_once(self) -> None:
        """
        Loading the bundled record again returns the same object.
        """
        assert tjun.load() is tjun.load("tajikistan")

    def test_a_record_named_twice_is_loaded_once(self) -> None:
        """
        Naming a record twice makes no difference.
        """
        assert tjun.load("tajikistan", "tajikistan") == tjun.load()

    @pytest.mark.parametrize("name", ["tajikstan", "record", "toml", "x_y"])
    def test_an_unknown_name_is_not_found(self, name: str) -> None:
        """
        An unknown name raises an error that lists the known records.
        """
        with pytest.raises(NotFoundError) as caught:
            tjun.load(name)
        assert str(caught.value) == (
            f"There is no record {name!r}; did you mean 'tajikistan'?"
        )

    def test_naming_a_source_replaces_the_default(self, tmp_path: Path) -> None:
        """
        A file alone is the whole record.
        """
        loaded = tjun.load(written(tmp_path, "r.toml", RURITANIA))
        assert loaded.events.ids == ("ruritania-joins",)
        assert loaded.sources.ids == ("gazette",)
        assert str(loaded.title) == "Ruritania and the League"

    def test_without_any_source_it_is_empty(self) -> None:
        """
        Without a file and the bundled record, the chronology is empty.
        """
        assert tjun.load(bundled=False) == tjun.Chronology()

    @pytest.mark.parametrize("bundled", [None, False])
    def test_bundled_is_needed_only_to_add_the_record(
        self, tmp_path: Path, bundled: bool | None
    ) -> None:
        """
        `bundled=True` is the same as naming `tajikistan` first.
        """
        path = written(tmp_path, "r.toml", RURITANIA)
        both = tjun.load("tajikistan", path)
        assert tjun.load(path, bundled=True) == both
        assert tjun.load("tajikistan", path, bundled=True) == both
        assert tjun.load("tajikistan", path, bundled=bundled) == both


class TestCombining:
    def test_a_file_may_refer_to_a_named_record(self, tmp_path: Path) -> None:
        """
        A file may refer to the events, areas, sources and missions of a record.
        """
        mine = {
            "events": [
                event(
                    "my-lecture",
                    date="2027-03-02",
                    areas=["water"],
                    marks="tajikistan-joins-un",
                    citations=[{"source": "article"}],
                )
            ],
            "missions": [
                {
                    "id": "mine",
                    "name": "M",
                    "acronym": "M",
                    "opening": "my-lecture",
                    "predecessor": "untop",
                }
            ],
        }
        path = written(tmp_path, "mine.json", mine)
        both = tjun.load("tajikistan", path)
        base = tjun.load()
        lecture = both.events["my-lecture"]
        assert lecture.marks is base.events["tajikistan-joins-un"]
        assert lecture.areas == (base.areas["water"],)
        assert both.missions["mine"].predecessor is base.missions["untop"]
        assert set(both.events.ids) == {*base.events.ids, "my-lecture"}
        assert tjun.load(path, "tajikistan") == both

    def test_a_file_does_not_know_records_that_are_not_named(
        self, tmp_path: Path
    ) -> None:
        """
        A file cannot refer to the bundled record unless it is loaded as well.
        """
        mine = {"events": [event("x", citations=[{"source": "article"}])]}
        (fault,) = faults_of(written(tmp_path, "mine.json", mine))
        assert fault.path == "events[0].citations[0].source"
        assert fault.message == (
            "there is no source 'article'; add it or correct the id"
        )

    def test_an_id_of_a_named_record_is_rejected(self, tmp_path: Path) -> None:
        """
        A file cannot use the id of an entry in a named record.
        """
        mine = {"events": [event("untop-ended", citations=[{"source": "article"}])]}
        path = written(tmp_path, "mine.json", mine)
        assert faults_of("tajikistan", path) == (
            Fault(
                file=path,
                path="events[0].id",
                id="untop-ended",
                message="this id is already used by the record 'tajikistan'",
            ),
        )

    def test_the_chain_limit_covers_named_records(self, tmp_path: Path) -> None:
        """
        A chain that continues in a named record counts as a whole.
        """
        base = tjun.load()
        marked = next(each for each in base.events if each.marks is not None)
        assert marked.marks is not None
        rows = [event("x-0", marks=marked.id)]
        rows += [event(f"x-{n}", marks=f"x-{n - 1}") for n in range(1, 99)]
        path = written(tmp_path, "r.json", {"sources": [source()], "events": rows})
        (fault,) = faults_of("tajikistan", path)
        assert fault.id == "x-98"
        assert fault.message == "expected a chain of at most 100 entries"

    def test_files_may_refer_to_each_other(self, tmp_path: Path) -> None:
        """
        Files may refer to each other's entries in any order.
        """
        books = written(tmp_path, "books.json", {"sources": [source()]})
        events = written(tmp_path, "events.json", {"events": [event("x")]})
        assert tjun.load(books, events) == tjun.load(events, books)

    def test_only_one_file_may_set_the_title(self, tmp_path: Path) -> None:
        """
        A second file with a title is an error.
        """
        one = written(tmp_path, "one.toml", 'title = "One"')
        two = written(tmp_path, "two.toml", 'title = "Two"')
        assert faults_of(one, two) == (
            Fault(
                file=two, path="title", message="another file already sets the title"
            ),
        )

    def test_a_named_record_keeps_its_title(self, tmp_path: Path) -> None:
        """
        The title of a named record takes precedence over that of a file.
        """
        path = written(tmp_path, "one.toml", 'title = "One"')
        assert tjun.load(path, "tajikistan").title == tjun.load().title

    def test_an_invalid_file_loads_nothing(self, tmp_path: Path) -> None:
        """
        After an error, the records are as before.
        """
        before = tjun.load()
        good = written(tmp_path, "good.toml", RURITANIA)
        bad = written(tmp_path, "bad.toml", "events = 1")
        faults_of("tajikistan", good, bad)
        assert tjun.load() == before
        assert "ruritania-joins" not in tjun.load().events
        assert tjun.load("tajikistan", good).events["ruritania-joins"]


def chronology(**more: Any) -> tjun.Chronology:
    record = {"sources": [source()], "events": [event("x")], **more}
    return tjun.loads(json.dumps(record), "json")


class TestConflicts:
    def test_equal_entries_are_included_once(self) -> None:
        """
        Two records may contain the same entries.
        """
        one, two = chronology(), chronology(events=[event("x"), event("y")])
        assert combine({"one": one, "two": two}).events.ids == ("x", "y")

    def test_no_records_are_an_empty_one(self) -> None:
        """
        Combining no records gives an empty chronology.
        """
        assert combine({}) == tjun.Chronology()

    def test_different_entries_name_both_records(self) -> None:
        """
        Different entries with one id are an error that names both records.
        """
        one = chronology()
        two = chronology(sources=[source(title="Another")])
        three = chronology(events=[event("x", date="1992")], areas=[])
        with pytest.raises(DataError) as caught:
            combine({"one": one, "two": two, "three": three})
        message = "have different entries with this id; load them separately"
        assert [str(fault) for fault in caught.value.faults] == [
            f"sources (book): the records 'one' and 'two' {message}",
            f"events (x): the records 'one' and 'two' {message}",
            f"events (x): the records 'one' and 'three' {message}",
            f"sources (book): the records 'two' and 'three' {message}",
            f"events (x): the records 'two' and 'three' {message}",
        ]

    @pytest.mark.parametrize("order", [("one", "two"), ("two", "one")])
    def test_a_retired_id_names_both_records(self, order: tuple[str, str]) -> None:
        """
        An id that one record has retired and another uses is an error.
        """
        records = {"one": chronology(), "two": tjun.Chronology(retired=["x", "gone"])}
        with pytest.raises(DataError) as caught:
            combine({name: records[name] for name in order})
        assert str(caught.value) == (
            "events (x): the record 'two' has retired this id and the record 'one'"
            " uses it; load them separately"
        )


class TestFiles:
    def test_a_path_object_is_a_file(self, tmp_path: Path) -> None:
        """
        A path may be a string or a path object.
        """
        path = written(tmp_path, "r.toml", RURITANIA)
        assert tjun.load(Path(path)) == tjun.load(path)

    def test_a_path_object_is_never_a_name(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A path object that looks like the name of a record is a file.
        """
        monkeypatch.chdir(tmp_path)
        expected = "expected a file that ends in .toml or .json"
        assert faults_of(Path("tajikistan")) == (
            Fault(file="tajikistan", message=expected),
        )

    def test_a_relative_path_is_read_before_records_are_loaded(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A record that changes the working directory does not change which file is read.
        """
        monkeypatch.chdir(tmp_path)
        written(tmp_path, "r.toml", RURITANIA)

        def load() -> tjun.Chronology:
            os.chdir("/")
            return tjun.Chronology()

        monkeypatch.setattr("tjun.loading._load_record", lambda _: load())
        assert "ruritania-joins" in tjun.load("moving", "r.toml").events


def offering(load: str) -> str:
    """
    Return the source of a plugin whose record `made` is loaded by the body *load*.
    """
    return (
        "import tjun\n\n\n"
        f"def load():\n    {load}\n\n\n"
        "@tjun.hookimpl\ndef tjun_records():\n"
        "    yield tjun.Record(name='made', summary='S', load=load)\n"
    )


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    shelf = Shelf(str(tmp_path), monkeypatch)
    yield shelf
    shelf.clear()


class TestPlugins:
    def test_offer_records_by_name(self, shelf: Shelf, tmp_path: Path) -> None:
        """
        The record of a plugin is loaded by its name, also together with a file.
        """
        path = written(tmp_path, "r.toml", RURITANIA)
        shelf.add(offering(f"return tjun.load({path!r})"), name="made")
        loaded = tjun.load("made")
        assert loaded.events.ids == ("ruritania-joins",)
        mine = {"events": [event("x", citations=[{"source": "gazette"}])]}
        both = tjun.load(written(tmp_path, "mine.json", mine), "made")
        assert both.events["x"].citations[0].source is both.sources["gazette"]

    @pytest.mark.parametrize(
        ("load", "reason"),
        [
            ("raise RuntimeError('no ink')", "RuntimeError: no ink"),
            ("return 5", "expected a Chronology, got 5"),
        ],
    )
    def test_that_fail_are_named(self, shelf: Shelf, load: str, reason: str) -> None:
        """
        An error in a plugin's record names the plugin and the record.
        """
        shelf.add(offering(load), name="made", distribution="tjun-made")
        with pytest.raises(PluginError) as caught:
            tjun.load("made")
        assert str(caught.value) == (
            f"Plugin 'made' of tjun-made 1.2 cannot offer the record 'made': {reason}"
        )

    def test_report_errors_in_their_files(self, shelf: Shelf, tmp_path: Path) -> None:
        """
        Errors in the files of a plugin's record are reported as such.
        """
        path = written(tmp_path, "r.toml", "events = 1")
        shelf.add(offering(f"return tjun.load({path!r})"), name="made")
        with pytest.raises(DataError) as caught:
            tjun.load("made")
        assert str(caught.value) == f"{path}: events: expected a list of entries"


class TestRecord:
    def test_is_plain_data(self) -> None:
        """
        A record has a name, a summary and a function that loads it.
        """
        record = tjun.Record(name="x-1", summary="About x.", load=tjun.Chronology)
        assert (record.name, record.summary) == ("x-1", "About x.")
        assert record.load() == tjun.Chronology()

    @pytest.mark.parametrize("name", ["", "X", "1x", "a b", "a--b", "x.toml", "-x", 5])
    def test_rejects_an_invalid_name(self, name: Any) -> None:
        """
        A name that users could not type is rejected.
        """
        with pytest.raises(ValueError, match=r"^expected a name of lower-case letters"):
            tjun.Record(name=name, summary="S", load=tjun.Chronology)

    @pytest.mark.parametrize("summary", ["", " ", None, 5])
    def test_rejects_an_invalid_summary(self, summary: Any) -> None:
        """
        The summary is a string that is not blank.
        """
        with pytest.raises(ValueError, match=r"^expected a"):
            tjun.Record(name="x", summary=summary, load=tjun.Chronology)

    def test_rejects_what_is_not_callable(self) -> None:
        """
        `load` has to be callable.
        """
        with pytest.raises(ValueError, match=r"^expected a function for load, got 5$"):
            tjun.Record(name="x", summary="S", load=5)  # type: ignore[arg-type]  # What is tested.
