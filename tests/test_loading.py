import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fake_plugins import Shelf

import tjun
from tjun.errors import DataError, Fault, NotFoundError, PluginError
from tjun.recordfiles import reading

RURITANIA = """
format = 2

[record]
id = "ruritania"
title = "Ruritania and the League"
revised = 2026-11-30

[[events]]
id = "ruritania-joins"
title = "Ruritania joins the League"
date = "1920-05-03"
citations = [{ source = "gazette" }]

[[sources]]
id = "gazette"
title = "The Gazette"
publisher = "streslau"

[[publishers]]
id = "streslau"
name = "Streslau"
"""


def source(own: str = "book", **more: Any) -> dict[str, Any]:
    return {"id": own, "title": "A book", "publisher": "press", **more}


def event(own: str, **more: Any) -> dict[str, Any]:
    cited = {"citations": [{"source": "book"}]}
    return {"id": own, "title": "It began", "date": "1991", **cited, **more}


def supplement(**more: Any) -> dict[str, Any]:
    return {"format": 2, "extends": "tajikistan", **more}


def written(folder: Path, name: str, record: object) -> str:
    path = folder / name
    text = record if isinstance(record, str) else json.dumps(record)
    path.write_text(text, encoding="utf-8")
    return str(path)


def faults_of(*sources: str | Path) -> tuple[Fault, ...]:
    with pytest.raises(DataError) as caught:
        tjun.load(*sources)
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


class TestSupplements:
    def test_may_refer_to_the_record_that_they_extend(self, tmp_path: Path) -> None:
        """
        A supplement may refer to the entries of its record, which is loaded as well.
        """
        lecture = event(
            "my-lecture",
            date="2027-03-02",
            areas=["water"],
            marks="tajikistan-joins-un",
            citations=[{"source": "article"}],
        )
        office = {
            "id": "mine",
            "name": "M",
            "opening": "my-lecture",
            "predecessor": "untop",
        }
        mine = supplement(events=[lecture], missions=[office])
        path = written(tmp_path, "mine.json", mine)
        both, base = tjun.load(path), tjun.load()
        made = both.events["my-lecture"]
        assert made.marks is base.events["tajikistan-joins-un"]
        assert made.areas == (base.areas["water"],)
        assert both.missions["mine"].predecessor is base.missions["untop"]
        assert set(both.events.ids) == {*base.events.ids, "my-lecture"}
        assert (both.id, both.title) == (base.id, base.title)
        assert tjun.load(path, "tajikistan") == tjun.load("tajikistan", path) == both

    def test_cannot_use_an_id_of_the_record(self, tmp_path: Path) -> None:
        """
        A supplement cannot use the id of an entry of its record.
        """
        row = event("untop-ended", citations=[{"source": "article"}])
        path = written(tmp_path, "mine.json", supplement(events=[row]))
        assert faults_of(path) == (
            Fault(
                file=path,
                path="events[0].id",
                id="untop-ended",
                message="this id is already used by the record 'tajikistan'",
            ),
        )

    def test_move_the_revision_of_the_record(self, tmp_path: Path) -> None:
        """
        The record was revised when the last of it and its supplements was.
        """
        base = written(tmp_path, "base.toml", RURITANIA)
        for revised, expected in (("2026-11-29", 30), ("2026-12-01T09:00:00Z", 1)):
            mine = {"format": 2, "extends": "ruritania", "revised": revised}
            loaded = tjun.load(base, written(tmp_path, "mine.json", mine))
            assert loaded.revised is not None
            assert loaded.revised.day == expected

    def test_that_extend_nothing_are_rejected(self, tmp_path: Path) -> None:
        """
        The record that a supplement extends has to have a name or be loaded as well.
        """
        mine = {"format": 2, "extends": "freedonia"}
        path = written(tmp_path, "mine.json", mine)
        (fault,) = faults_of(path)
        assert fault.message.endswith("; load 'freedonia', too")
        (fault,) = faults_of("tajikistan", path)
        assert fault.message.startswith("expected 'tajikistan', the id of the record")

    def test_count_towards_the_chain_limit(self, tmp_path: Path) -> None:
        """
        A chain that continues in the record counts as a whole.
        """
        marked = next(each for each in tjun.load().events if each.marks is not None)
        cited = [{"source": "article"}]
        rows = [event("x-0", marks=marked.id, citations=cited)]
        rows += [
            event(f"x-{n}", marks=f"x-{n - 1}", citations=cited) for n in range(1, 99)
        ]
        (fault,) = faults_of(written(tmp_path, "r.json", supplement(events=rows)))
        assert fault.id == "x-98"
        assert fault.message == "expected a chain of at most 100 entries"

    def test_with_errors_load_nothing(self, tmp_path: Path) -> None:
        """
        After an error, the record is as before.
        """
        before = tjun.load()
        faults_of(written(tmp_path, "bad.json", supplement(events=1)))
        assert tjun.load() == before


class TestSeveralFiles:
    def test_may_refer_to_each_other(self, tmp_path: Path) -> None:
        """
        Files of a record may refer to each other's entries in any order.
        """
        header = written(tmp_path, "r.toml", RURITANIA)
        books = {"format": 2, "sources": [source(publisher="streslau")]}
        first = written(tmp_path, "books.json", books)
        second = written(tmp_path, "e.json", {"format": 2, "events": [event("x")]})
        assert tjun.load(header, first, second) == tjun.load(second, first, header)

    def test_cannot_be_two_records(self, tmp_path: Path) -> None:
        """
        Two records are not combined, wherever they are from; the error says what to do.
        """
        one = written(tmp_path, "one.toml", RURITANIA)
        two = written(tmp_path, "two.toml", "format = 2\n[record]\nid = 'freedonia'")
        for first in (one, "tajikistan"):
            assert faults_of(first, two) == (
                Fault(
                    file=two,
                    path="record",
                    message="a second record cannot be combined with the first; export"
                    " them separately, or write extends in place of [record] for a"
                    " supplement",
                ),
            )

    def test_are_a_directory(self, tmp_path: Path) -> None:
        """
        A directory is a record with its translations.
        """
        (tmp_path / "translations").mkdir()
        written(tmp_path, "record.toml", RURITANIA)
        translation = {
            "format": 2,
            "translates": "ruritania",
            "language": "ru",
            "status": "reviewed",
            "events": {"ruritania-joins": {"title": "Руритания вступает в Лигу"}},
        }
        text = (
            'format = 2\ntranslates = "ruritania"\nlanguage = "ru"\n'
            'status = "reviewed"\n[events.ruritania-joins]\n'
            'title = "Руритания вступает в Лигу"\n'
        )
        written(tmp_path / "translations", "ru.toml", text)
        loaded = tjun.load(tmp_path)
        title = loaded.events["ruritania-joins"].title
        assert title.in_("ru") == "Руритания вступает в Лигу"
        assert title.original_language == "en"
        (made,) = loaded.translations
        assert (made.language, made.status) == ("ru", "reviewed")
        assert tjun.load(tmp_path / "record.toml").translated(translation) == loaded


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
        expected = (
            "expected a directory, or a file that ends in .toml, .json or what an"
            " importer reads, such as .csv"
        )
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

        def load() -> tjun.Chronology:
            os.chdir("/")
            return tjun.Chronology(id="moving")

        text = 'format = 2\nextends = "moving"' + RURITANIA.partition("-30\n")[2]
        written(tmp_path, "r.toml", text)
        monkeypatch.setattr("tjun.exchange.loading._load_record", lambda _: load())
        assert "ruritania-joins" in tjun.load("r.toml").events


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
        cited = [{"source": "gazette"}]
        mine = {"format": 2, "extends": "ruritania"}
        mine |= {"events": [event("x", citations=cited)]}
        both = tjun.load(written(tmp_path, "mine.json", mine), "made")
        assert both.events["x"].citations[0].source is both.sources["gazette"]

    def test_that_fail_are_named_for_supplements(
        self, shelf: Shelf, tmp_path: Path
    ) -> None:
        """
        A file that extends the record of a broken plugin says that the plugin failed.
        """
        shelf.add("raise RuntimeError('no ink')", name="made")
        path = written(tmp_path, "r.json", {"format": 2, "extends": "made"})
        with pytest.raises(NotFoundError, match="RuntimeError: no ink"):
            tjun.load(path)

    def test_offer_translations(self, shelf: Shelf, tmp_path: Path) -> None:
        """
        The translations of a plugin's record are added to it.
        """
        path = written(tmp_path, "r.toml", RURITANIA)
        title = "Руритания и Лига"
        russian = {"format": 2, "translates": "ruritania", "language": "ru"}
        text = written(tmp_path, "ru.json", {**russian, "record": {"title": title}})
        plugin = offering(f"return tjun.load({path!r})")
        shelf.add(plugin.replace("load=load", f"load=load, translations=[{text!r}]"))
        loaded = tjun.load("made")
        assert loaded.title is not None
        assert loaded.title.in_("ru") == title

    def test_offer_records_that_are_not_combined(self, shelf: Shelf) -> None:
        """
        Two named records are not combined; the error says what to do.
        """
        shelf.add(offering("return tjun.Chronology()"))
        message = "'made' cannot be combined with 'tajikistan'; export them separately"
        assert faults_of("tajikistan", "made") == (Fault(message=message),)

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
        text = "format = 2\nevents = 1\n[record]\nid = 'made'"
        path = written(tmp_path, "r.toml", text)
        shelf.add(offering(f"return tjun.load({path!r})"), name="made")
        with pytest.raises(DataError) as caught:
            tjun.load("made")
        assert str(caught.value) == f"{path}: events: expected a list of entries"


class TestBundledRecord:
    def test_is_found_where_the_package_is_no_directory(
        self, un: tjun.Chronology, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        The record of tjun is read with importlib if the package is in a zip file.
        """
        monkeypatch.setattr(reading, "__file__", "tjun.zip/tjun/recordfiles/reading.py")
        assert reading._load.__wrapped__() == un


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
