"""
The commands that write first files, and the one that checks files.
"""

from __future__ import annotations

import errno
import json
import os
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest
from fake_plugins import Shelf
from jsonschema import Draft202012Validator

import tjun
from tjun.cli import scaffold

OWN = Path(__file__).parent / "golden" / "record.toml"

Run = Callable[..., Any]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """
    The current directory, which is empty.
    """
    made = tmp_path / "here"
    made.mkdir()
    monkeypatch.chdir(made)
    return made


class TestNewRecord:
    def test_is_a_valid_record_with_every_part(self, run: Run) -> None:
        """
        A new record has an example of every section, and nothing to warn about.
        """
        done = run("new", "record", "mine.toml")
        message = "Wrote mine.toml. Edit it, then run: tjun check mine.toml\n"
        assert done == (0, message, "")
        assert run("check", "--strict", "mine.toml").status == 0
        made = tjun.load("mine.toml")
        parts = attrs.asdict(made, recurse=False)
        empty = {name for name, value in parts.items() if not value}
        assert empty == {"retired", "_referred", "_kinds", "translations"}
        assert (made.id, made.language) == ("mine", "en")

    def test_can_be_in_any_language(self, run: Run) -> None:
        """
        With a language, the texts to replace are in that language.
        """
        assert run("new", "record", "Менинг 1.toml", "-l", "zh-hant").status == 0
        made = tjun.load("Менинг 1.toml")
        assert (made.id, made.language) == ("1", "zh-Hant")
        for event in made.events:
            assert [*event.title.translations] == ["zh-Hant"]


class TestNewTranslation:
    def test_has_the_originals_as_comments(self, run: Run) -> None:
        """
        The file is valid as it is, and each text can be uncommented and translated.
        """
        done = run("new", "translation", "UZ")
        message = "Wrote uz.toml. Translate it, then run: tjun check uz.toml\n"
        assert done == (0, message, "")
        text = Path("uz.toml").read_text()
        title = '# title = "Tajikistan joins the United Nations"'
        assert title in text
        Path("uz.toml").write_text(text.replace(title, 'title = "Aʼzo"'))
        checked = run("check", "uz.toml")
        assert (checked.status, checked.err) == (0, "")
        assert "texts are not translated into 'uz'; the first is record" in checked.out
        listed = run("events", "--record", "uz.toml", "--language", "ru").out
        assert "Таджикистан" in listed
        made = tjun.load("uz.toml").events["tajikistan-joins-un"]
        assert made.title.in_("uz") == "Aʼzo"

    def test_keeps_what_is_translated(self, run: Run) -> None:
        """
        Written again, the file has the translation, and what lacks is a comment.
        """
        run("new", "translation", "ky", "x.toml", "--record", OWN)
        text = Path("x.toml").read_text().replace('# name = "Roads"', 'name = "Жол"')
        Path("x.toml").write_text(text)
        again = ("new", "translation", "ky", "y.toml", "--record", OWN)
        assert run(*again, "--record", "x.toml").status == 0
        made = Path("y.toml").read_text()
        assert '\nname = "Жол"\n' in made
        assert '\n# name = "Lakes"\n' in made

    def test_says_how_to_check_it(self, run: Run) -> None:
        """
        The hint names the record, if it is not the default, and can be pasted.
        """
        done = run("new", "translation", "ky", "k y.toml", "--record", OWN)
        hint = f"tjun check 'k y.toml' --record {OWN}"
        assert done.out == f"Wrote k y.toml. Translate it, then run: {hint}\n"
        assert run("check", "k y.toml", "--record", OWN).status == 0

    def test_is_not_for_the_language_of_the_record(self, run: Run) -> None:
        """
        A record is not translated into the language in which it is written.
        """
        run("new", "record", "mine.toml", "-l", "kk")
        done = run("new", "translation", "kk", "--record", "mine.toml")
        assert done.status == 2
        message = "TAG: the record is in 'kk' already; choose another language"
        assert done.err == f"tjun: {message}\n"


class TestNewLanguage:
    def test_is_a_valid_language(self, run: Run) -> None:
        """
        A new language has every key, and a file that `check` accepts.
        """
        done = run("new", "language", "ky")
        message = "Wrote ky.toml. Translate it, then run: tjun check ky.toml\n"
        assert done == (0, message, "")
        assert tjun.Language.load("ky.toml").tag == "ky"
        checked = run("check", "ky.toml")
        assert checked.out.startswith("No errors in ky.toml: the language ky (ky); ")

    def test_goes_into_the_file_that_is_named(self, run: Run) -> None:
        """
        The name of the file can be chosen.
        """
        assert run("new", "language", "pt-br", "brazil.toml").status == 0
        assert tjun.Language.load("brazil.toml").tag == "pt-BR"


class TestNewPlugin:
    def test_is_a_plugin_that_works(self, run: Run, shelf: Shelf, folder: Path) -> None:
        """
        A new plugin has an exporter that works, and says how to install it.
        """
        done = run("new", "plugin", "my-lines")
        assert (done.status, done.err) == (0, "")
        assert done.out.splitlines() == [
            "Wrote tjun-my-lines. Install and test it with:",
            "  pip install --editable 'tjun-my-lines[testing]'",
            "  python -m pytest tjun-my-lines",
        ]
        made = folder / "tjun-my-lines"
        files = {str(f.relative_to(made)) for f in made.rglob("*") if f.is_file()}
        assert files == {
            "pyproject.toml",
            "README.md",
            "src/tjun_my_lines/__init__.py",
            "tests/test_tjun_my_lines.py",
        }
        settings = tomllib.loads((made / "pyproject.toml").read_text())
        entry_points = settings["project"]["entry-points"]
        assert entry_points["tjun"] == {"my-lines": "tjun_my_lines"}
        # Otherwise, pytest would use the settings of the directories above.
        assert "pytest" in settings["tool"]
        shelf.add((made / "src" / "tjun_my_lines" / "__init__.py").read_text())
        assert run("export", "my-lines").out

    def test_goes_into_the_directory_that_is_named(
        self, run: Run, folder: Path
    ) -> None:
        """
        The directory can be chosen.
        """
        assert run("new", "plugin", "mine", "--folder", "here").status == 0
        assert (folder / "here" / "src" / "tjun_mine" / "__init__.py").is_file()

    def test_does_not_get_a_name_that_is_taken(
        self, run: Run, shelf: Shelf, folder: Path
    ) -> None:
        """
        The name of another exporter, built in or not, is refused.
        """
        shelf.add("good")
        for name, owner in (
            ("ics", f"tjun {tjun.__version__}"),
            ("good", "tjun-made 1.2"),
        ):
            done = run("new", "plugin", name)
            assert done == (
                1,
                "",
                (
                    f"tjun: {owner} already offers an exporter called {name!r};"
                    " choose another name\n"
                ),
            )
        assert not any(folder.iterdir())

    @pytest.mark.parametrize("name", ["CSV", "1st", "a--b", "a_b", "../x", "-a"])
    def test_needs_a_name_that_can_be_typed(
        self, run: Run, folder: Path, name: str
    ) -> None:
        """
        A name that cannot be a command or a module is a usage error.
        """
        done = run("new", "plugin", "--", name)
        assert done.status == 2
        assert done.err.startswith(f"tjun: NAME: {name!r} is not a name of lower-case")
        assert not any(folder.iterdir())


class TestNewFile:
    @pytest.mark.parametrize(
        "words", ["record x.toml", "language ky x.toml", "plugin my --folder x.toml"]
    )
    def test_replaces_nothing(self, run: Run, words: str) -> None:
        """
        What exists is not changed, not even a symbolic link that leads nowhere.
        """
        message = (
            "tjun: x.toml already exists and was not changed; choose another name\n"
        )
        Path("x.toml").write_text("mine")
        assert run("new", *words.split()) == (1, "", message)
        assert Path("x.toml").read_text() == "mine"
        Path("x.toml").unlink()
        Path("x.toml").symlink_to("nowhere")
        assert run("new", *words.split()) == (1, "", message)

    @pytest.mark.parametrize(
        ("words", "file"),
        [
            ("record x.toml", "x.toml"),
            ("language ky", "ky.toml"),
            ("plugin my", "tjun-my/README.md"),
        ],
    )
    def test_leaves_nothing_on_a_full_disk(
        self,
        run: Run,
        monkeypatch: pytest.MonkeyPatch,
        folder: Path,
        words: str,
        file: str,
    ) -> None:
        """
        If the disk is full, the message names the file, and nothing is left.
        """
        write = Path.write_text

        def full(path: Path, *args: Any, **more: Any) -> int:
            if path.name == Path(file).name:
                write(path, "half", encoding="utf-8")
                raise OSError(errno.ENOSPC, "No space left on device")
            return write(path, *args, **more)

        monkeypatch.setattr(Path, "write_text", full)
        done = run("new", *words.split())
        message = f"tjun: cannot write {file}: No space left on device\n"
        assert done == (1, "", message)
        assert not any(folder.iterdir())

    def test_does_not_replace_what_was_made_meanwhile(
        self, run: Run, monkeypatch: pytest.MonkeyPatch, folder: Path
    ) -> None:
        """
        A file that another process writes at the same time is kept.
        """

        def meanwhile(*_: object) -> None:
            Path("x.toml").write_text("theirs")

        monkeypatch.setattr(scaffold, "_write", meanwhile)
        assert run("new", "record", "x.toml").status == 1
        assert [path.read_text() for path in folder.iterdir()] == ["theirs"]

    def test_does_not_replace_what_is_made_at_the_last_moment(
        self, run: Run, monkeypatch: pytest.MonkeyPatch, folder: Path
    ) -> None:
        """
        A file that appears after the check is kept, too.
        """
        for name in ("link", "rename"):
            real = getattr(os, name)

            def meanwhile(
                one: str, other: str, real: Callable[..., None] = real
            ) -> None:
                Path(other).write_text("theirs")
                real(one, other)

            monkeypatch.setattr(os, name, meanwhile)
        assert run("new", "record", "x.toml").status == 1
        assert [path.read_text() for path in folder.iterdir()] == ["theirs"]


class TestSchema:
    @pytest.mark.parametrize("words", ["schema", "schema record", "schema output"])
    def test_is_a_json_schema(self, run: Run, words: str) -> None:
        """
        Both schemas are valid.
        """
        done = run(*words.split())
        assert (done.status, done.err) == (0, "")
        Draft202012Validator.check_schema(json.loads(done.out))


class TestCheck:
    def test_counts_what_a_record_contains(self, run: Run) -> None:
        """
        A valid record is described by the number of its parts.
        """
        assert run("check", OWN).out.splitlines()[0] == (
            f"No errors in {OWN}: 2 areas, 3 publishers, 4 sources, 10 events,"
            " 2 missions, 1 membership."
        )

    def test_reads_a_supplement_with_its_record(self, run: Run) -> None:
        """
        A supplement is checked together with the record that it extends.
        """
        Path("more.toml").write_text(
            'format = 2\nextends = "tajikistan"\n[[events]]\nid = "my-event"\n'
            'title = "It began"\ndate = "2001"\nareas = ["water"]\n'
            'citations = [{ source = "article", date = "2001" }]\n'
        )
        many = len(tjun.load().events) + 1
        text = Path("more.toml").read_text()
        new = text.replace('"tajikistan"', '"tajikistan"\nrevised = 2099-01-01')
        Path("more.toml").write_text(new)
        for words in (["more.toml"], ["more.toml", "--record", "tajikistan"]):
            done = run("check", *words)
            assert (done.status, done.err) == (0, "")
            assert "more.toml: " in done.out
            assert f" {many} events, " in done.out
            assert "Warning" not in done.out

    def test_ends_for_a_key_of_many_parts(self, run: Run, folder: Path) -> None:
        """
        A key of very many parts is an error, and needs neither time nor memory.
        """
        (folder / "it.toml").write_text(f"a{'.a' * 50_000} = 1")
        done = run("check", "it.toml")
        assert done.status == 1
        assert done.err.startswith("tjun: it.toml: cannot be read as TOML: ")

    def test_reads_a_table(self, run: Run, folder: Path) -> None:
        """
        A table is checked like a record file.
        """
        table = folder / "it.csv"
        table.write_text("date,title,source\n1992-03-02,It began,The book\n")
        done = run("check", "it.csv")
        assert (done.status, "1 event" in done.out) == (0, True)
        table.write_text("date,title,source\nnever,It began,The book\n")
        done = run("check", "it.csv")
        assert (done.status, "row 2, column date" in done.err) == (1, True)

    def test_needs_the_record_of_a_supplement(self, run: Run) -> None:
        """
        If there is no record of that name, the error says to load it, too.
        """
        Path("more.toml").write_text('format = 2\nextends = "nowhere"\n')
        done = run("check", "more.toml")
        assert done.status == 1
        assert done.err == (
            "tjun: more.toml: extends: there is no record to which this file belongs;"
            " load 'nowhere', too\n"
        )

    def test_names_the_page_about_an_old_format(self, run: Run) -> None:
        """
        The error for format 1 is the only one for the file, and names the page.
        """
        Path("old.toml").write_text('format = 1\ntitle = "Old"\n[[events]]\n')
        done = run("check", "old.toml")
        assert (done.status, done.out) == (1, "")
        assert done.err == (
            "tjun: old.toml: format: 1 is no longer read;"
            " https://tjun.example/how-to/move-from-format-1.html says what to change\n"
        )

    def test_lists_every_error_with_its_location(self, run: Run) -> None:
        """
        Errors in records and languages are all reported at once.
        """
        Path("bad.toml").write_text("format = 2\nevnts = []\n[[areas]]\nid = 1\n")
        Path("ky.toml").write_text("language = 1\n")
        Path("tg.toml").write_text("language = = 1\n")
        done = run("check", "bad.toml", "ky.toml", "tg.toml", "none.toml", "x.toml")
        assert (done.status, done.out) == (1, "")
        for location in ("bad.toml: areas[0]", "ky.toml: dates.months", "tg.toml: "):
            assert f"\n  {location}" in done.err
        assert "none.toml: cannot be read" in done.err

    def test_without_a_file_checks_the_default_record(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Without a file, the default record is checked, which TJUN_RECORD can name.
        """
        assert run("check").out.startswith("No errors in tajikistan: ")
        monkeypatch.setenv("TJUN_RECORD", str(OWN))
        assert run("check").out.startswith(f"No errors in {OWN}: ")

    def test_reports_a_claim_that_no_page_supports(self, run: Run) -> None:
        """
        A verified citation of a web page that was not read is a warning.
        """
        text = re.sub("accessed = .*\n", "", OWN.read_text())
        Path("own.toml").write_text(text)
        done = run("check", "own.toml")
        assert done.status == 0
        assert "does not say when it was read" in done.out

    def test_warns_and_can_be_strict(self, run: Run) -> None:
        """
        A planned event whose day has passed is a warning, and an error with --strict.
        """
        early = run("check", OWN, "--today", "2027-03-19")
        assert "next-conference" not in early.out
        late = run("check", OWN, "--today", "2027-03-21")
        assert late.status == 0
        assert "Warning: events.status (next-conference): " in late.out
        strict = run("check", OWN, "--today", "2027-03-21", "--strict")
        assert strict.status == 1
        assert strict.err.startswith("tjun: ")
        assert "without --strict, warnings are only shown" in strict.err

    def test_compares_with_the_edition_before(self, run: Run) -> None:
        """
        With --against, it fails if readers would miss what changed.
        """
        assert run("check", OWN, "--against", OWN).status == 0
        text = OWN.read_text()
        text = text.replace('"decade"', '"decade-2"')
        Path("new.toml").write_text(text)
        done = run("check", "new.toml", "--against", OWN)
        assert (done.status, done.out) == (1, "")
        assert "set revised to the moment of this edition" in done.err
        assert "events (decade): this event has been removed; add its id" in done.err
        other = run("check", OWN, "--against", "tajikistan")
        assert other.err.startswith(
            "tjun: record.id (ruritania): the edition before is of the record"
            " 'tajikistan'; compare two editions of one record"
        )

    def test_accepts_a_complete_language(self, run: Run) -> None:
        """
        A language that lacks nothing has no remark.
        """
        english = Path(tjun.__file__).parent / "locales" / "en.toml"
        done = run("check", english)
        assert done == (0, f"No errors in {english}: the language English (en).\n", "")


class TestNames:
    def test_may_be_as_long_as_the_system_allows(self, run: Run, folder: Path) -> None:
        """
        A longer name is one message, and leaves nothing.
        """
        longest = f"{'x' * 250}.toml"
        assert run("new", "record", longest).status == 0
        for words in (("record", f"x{longest}"), ("plugin", "x" * 250)):
            done = run("new", *words)
            assert (done.status, done.out) == (1, "")
            assert done.err.endswith(": File name too long\n")
        assert [each.name for each in folder.iterdir()] == [longest]

    def test_are_quoted_in_commands_to_paste(self, run: Run) -> None:
        """
        The hints can be pasted into a shell, whatever the file is called.
        """
        assert "tjun check 'my $(x).toml'\n" in run("new", "record", "my $(x).toml").out
        assert "tjun check 'k y.toml'\n" in run("new", "language", "ky", "k y.toml").out
        done = run("new", "plugin", "mine", "--folder", "it's here").out
        assert "--editable 'it'\"'\"'s here[testing]'\n" in done
        assert "pytest 'it'\"'\"'s here'\n" in done
        Path("b ad.toml").write_text("language = 1")
        done = run("events", "-l", "b ad.toml")
        assert "`tjun check 'b ad.toml'` lists them" in done.err


class TestDiff:
    @pytest.fixture
    def newer(self) -> str:
        """
        The record of the tests with an event less, a new title and another year.
        """
        record = tjun.load(OWN)
        event = attrs.evolve(record.events["decade"], title="A decade", date="1999")
        newer = record.replace(event)
        newer = newer.without(newer.events["year-of-lakes"])
        tjun.write(newer, "json", "new.json")
        return "new.json"

    def test_lists_what_changed(self, run: Run, newer: str) -> None:
        """
        What was added or removed has a sign; fields are shown before and after.
        """
        done = run("diff", OWN, newer)
        assert (done.status, done.err) == (0, "")
        lines = done.out.splitlines()
        assert "- event year-of-lakes" in lines
        (date,) = (line for line in lines if ", date: " in line)
        assert date.startswith("  event decade, date: ")
        assert date.endswith(" → 1999")
        back = run("diff", newer, "--record", OWN).out
        assert "+ event year-of-lakes" in back.splitlines()

    def test_can_be_json(self, run: Run, newer: str) -> None:
        """
        JSON is what `tjun.diff()` returns, as the schema describes it.
        """
        rows = json.loads(run("diff", OWN, newer, "--format", "json").out)
        changes = tjun.diff(tjun.load(OWN), tjun.load(newer))
        assert rows == [attrs.asdict(change) for change in changes]
        schema = json.loads(run("schema", "output").out)
        Draft202012Validator(schema["$defs"]["diff"]).validate(rows)

    def test_says_that_nothing_changed(self, run: Run) -> None:
        """
        A record does not differ from itself.
        """
        assert run("diff", OWN, OWN) == (0, "No differences.\n", "")


class TestExample:
    def test_is_what_the_command_writes(self, run: Run, folder: Path) -> None:
        """
        The plugin of the tutorial is the one that `tjun new plugin lines` writes.
        """
        assert run("new", "plugin", "lines").status == 0
        example = Path(__file__).parent.parent / "examples" / "tjun-lines"
        made = folder / "tjun-lines"
        names = [path.relative_to(made) for path in made.rglob("*.*") if path.is_file()]
        assert len(names) == 4
        for name in names:
            assert (made / name).read_text() == (example / name).read_text()
