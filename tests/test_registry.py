"""
What plugins offer: found lazily, loaded in isolation, and reported if unusable.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from pathlib import Path

import pytest
from fake_plugins import PLUGINS, Shelf, offering, options_source
from running import Run

import tjun
from tjun import Exporter, NotFoundError, PluginError, Registry

EMPTY = tjun.Chronology()
BUILT_IN = (
    *("ics", "json", "toml", "csv", "markdown", "html", "site"),
    *("csl", "bibtex"),
)


def failure(plugin: str, registry: Registry[Exporter] | None = None) -> PluginError:
    found = tjun.exporters() if registry is None else registry
    (only,) = (each for each in found.failures if each.plugin == plugin)
    return only


class TestRegistry:
    @pytest.mark.parametrize(
        ("registry", "known"),
        [
            (tjun.exporters, "ics"),
            (tjun.importers, "csv"),
            (tjun.records, "tajikistan"),
            (tjun.languages, "tg"),
        ],
    )
    def test_is_a_mapping(self, registry: type[Registry[object]], known: str) -> None:
        """
        Exporters, records and languages are mappings; each name they have is found.
        """
        found = registry()
        assert isinstance(found, Mapping)
        assert known in found
        assert found[known] in found.values()
        assert all(name in found for name in found)
        assert len(found) == len(list(found)) == len(found.owners)
        assert "xlsx" not in found
        assert 5 not in found  # type: ignore[comparison-overlap]  # What is tested.

    def test_starts_with_what_is_built_in(self, shelf: Shelf) -> None:
        """
        The built-in objects belong to the plugin tjun and come before any other.
        """
        shelf.add(offering("aaa"), name="aaa")
        registry = tjun.exporters()
        assert tuple(registry) == (*BUILT_IN, "aaa")
        assert tuple(tjun.languages()) == ("en", "ru", "tg")
        owner = registry.owners["ics"]
        assert (owner.plugin, owner.distribution) == ("tjun", "tjun")
        assert owner.version == tjun.__version__

    def test_has_the_owner_of_each_name(self, shelf: Shelf) -> None:
        """
        A plugin's exporter is found by its name, with its plugin and distribution.
        """
        shelf.add("good", name="fine", distribution="tjun-made", version="1.2")
        registry = tjun.exporters()
        assert registry["good"].summary == "Made for a test."
        owner = registry.owners["good"]
        assert (owner.plugin, str(owner)) == ("fine", "tjun-made 1.2")

    @pytest.mark.parametrize("order", [("b", "a", "c"), ("c", "b", "a")])
    def test_is_sorted_by_entry_point(
        self, order: tuple[str, ...], shelf: Shelf
    ) -> None:
        """
        The order is that of the names of the entry points, and of each plugin's own.
        """
        for number, name in enumerate(order):
            shelf.add(
                offering(f"made-{name}"), name=name, distribution=f"tjun-{number}"
            )
        shelf.add("gives-two", name="two", distribution="tjun-two")
        made = ["made-a", "made-b", "made-c", "zebra", "ant"]
        assert list(tjun.exporters())[len(BUILT_IN) :] == made

    def test_suggests_similar_names_or_lists_all(self) -> None:
        """
        A name that is not there is an error with those most like it.
        """
        with pytest.raises(NotFoundError) as caught:
            tjun.exporters()["isc"]
        assert str(caught.value) == "There is no exporter 'isc'; did you mean 'ics'?"
        with pytest.raises(NotFoundError) as caught:
            tjun.exporters()["zzz"]
        assert caught.value.nearest == BUILT_IN

    def test_lists_a_plugin_that_offers_nothing(self, run: Run, shelf: Shelf) -> None:
        """
        A plugin that offers an empty list works and offers nothing.
        """
        shelf.add("gives-nothing", name="modest")
        registry = tjun.exporters(strict=True)
        assert [owner.plugin for owner in registry.plugins] == ["tjun", "modest"]
        assert "modest" in run("plugins").out

    @pytest.mark.parametrize(
        "options",
        ["class Options(tjun.exporters()['ics'].options):\n    pass\n\n\n", ""],
    )
    def test_has_only_what_is_built_in_while_a_plugin_is_loaded(
        self, options: str, shelf: Shelf
    ) -> None:
        """
        A plugin may use the built-in objects at import and in its hooks.
        """
        source = PLUGINS["asks-in-its-hook"].replace("def made", f"{options}def made")
        shelf.add("good", name="a", distribution="tjun-a")
        shelf.add(source, name="b", distribution="tjun-b")
        assert {"good", "asked"} <= set(tjun.exporters(strict=True))

    def test_reports_a_bug_in_tjun_with_its_traceback(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        An error in the built-in plugin is not reported as a plugin's failure.
        """
        monkeypatch.setattr("tjun.plugins.discovery._builtin", {})
        monkeypatch.setattr("tjun.formats.tjun_exporters", lambda: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            tjun.exporters()


class TestLazyLoading:
    def test_imports_no_plugin_for_what_is_built_in(
        self, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        The built-in objects need no plugin, whatever the environment lists.
        """
        module = shelf.add("raises-in-hook", name="bad")
        monkeypatch.setenv("TJUN_DISABLED_PLUGINS", "tjun,nothing")
        monkeypatch.setenv("TJUN_STRICT_PLUGINS", "1")
        assert tjun.export(tjun.load(), "markdown", language="ru")
        assert not shelf.imported(module)

    def test_imports_the_plugin_with_the_requested_name_first(
        self, shelf: Shelf
    ) -> None:
        """
        Other plugins are not imported if the one with that name offers the exporter.
        """
        other = shelf.add(offering("made-a"), name="a", distribution="tjun-a")
        module = shelf.add(offering("made-b"), name="made-b", distribution="tjun-b")
        assert tjun.export(EMPTY, "made-b") == b"made"
        assert (shelf.imported(module), shelf.imported(other)) == (True, False)
        assert tjun.export(EMPTY, "made-a") == b"made"
        assert shelf.imported(other)

    def test_prefers_the_plugin_with_the_same_name_everywhere(
        self, shelf: Shelf
    ) -> None:
        """
        Listing all exporters gives the same owner as asking for one.
        """
        shelf.add(offering("made-b"), name="a", distribution="tjun-a")
        shelf.add(
            offering("made-b", "yield b'b'"), name="made-b", distribution="tjun-b"
        )
        assert tjun.export(EMPTY, "made-b") == b"b"
        registry = tjun.exporters()
        assert registry.owners["made-b"].plugin == "made-b"
        assert failure("a", registry).offer == "the exporter 'made-b'"

    def test_asks_a_plugin_only_once(self, shelf: Shelf) -> None:
        """
        Three exports call the hook of a plugin once.
        """
        source = offering("counted", "yield str(_calls).encode()").replace(
            "    return [", "    global _calls\n    _calls += 1\n    return ["
        )
        shelf.add(f"_calls = 0\n{source}", name="counted")
        made = [tjun.export(EMPTY, "counted") for _ in range(3)]
        assert made == [b"1", b"1", b"1"]

    def test_notices_a_plugin_that_was_installed_meanwhile(self, shelf: Shelf) -> None:
        """
        A plugin that is installed while the program runs is found.
        """
        with pytest.raises(NotFoundError):
            tjun.export(EMPTY, "good")
        shelf.add("good", name="good")
        assert tjun.export(EMPTY, "good") == b"made"

    @pytest.mark.parametrize("sort", ["interrupts-at-import", "interrupts-in-hook"])
    def test_can_be_interrupted(self, sort: str, shelf: Shelf) -> None:
        """
        Ctrl-C while a plugin is loaded interrupts, and the plugin is tried again.
        """
        shelf.add(sort, name="slow")
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                tjun.export(EMPTY, "slow")


class TestUnavailable:
    @pytest.mark.parametrize(
        ("sort", "name", "reason"),
        [
            (
                "cannot-be-imported",
                "paper",
                (
                    "which failed to load: ModuleNotFoundError: No module named"
                    " 'no_such_module_anywhere'"
                ),
            ),
            (
                "raises-in-hook",
                "paper",
                "which failed to load: RuntimeError: out of paper",
            ),
            ("newer-api", "new", "but it needs plugin API 2; this tjun has 1"),
        ],
    )
    def test_exporter_says_why(
        self, sort: str, name: str, reason: str, shelf: Shelf
    ) -> None:
        """
        An exporter whose plugin cannot be used is an error with plugin and reason.
        """
        shelf.add("no-hook", name="another", distribution="tjun-another")
        shelf.add(sort, name="paper", distribution="tjun-paper", version="0.1")
        with pytest.raises(NotFoundError) as caught:
            tjun.export(EMPTY, name)
        expected = f"{name!r} is offered by tjun-paper 0.1, {reason}"
        assert caught.value.reason == expected
        assert str(caught.value) == f"The exporter {expected}"

    def test_exporter_of_a_disabled_plugin_says_so(
        self, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        An exporter whose plugin is disabled is an error that says so.
        """
        shelf.add("good", name="good")
        monkeypatch.setenv("TJUN_DISABLED_PLUGINS", "good")
        with pytest.raises(NotFoundError) as caught:
            tjun.export(EMPTY, "good")
        assert str(caught.value) == (
            "The exporter 'good' is offered by tjun-made 1.2, which is disabled (see"
            " TJUN_DISABLED_PLUGINS)"
        )

    def test_exporter_that_was_passed_directly_says_so(self) -> None:
        """
        An `Exporter` for a newer plugin API cannot be used either.
        """
        newer = Exporter(
            name="new",
            summary="S",
            media_type="text/plain",
            suffix=".txt",
            render=list,
            api=tjun.PLUGIN_API + 1,
        )
        with pytest.raises(tjun.ExportError, match="needs plugin API 2; this tjun has"):
            tjun.export(EMPTY, newer)

    def test_names_are_hidden_by_a_working_plugin(self, shelf: Shelf) -> None:
        """
        If another plugin offers the exporter, the failed one does not matter.
        """
        shelf.add("cannot-be-imported", name="good", distribution="tjun-bad")
        shelf.add("good", name="z", distribution="tjun-z")
        registry = tjun.exporters()
        assert registry.why_not("good") is None
        assert registry.owners["good"].plugin == "z"


class TestFailures:
    @pytest.mark.parametrize(
        ("sort", "reason"),
        [
            ("cannot-be-imported", "ModuleNotFoundError: No module named 'no_such_"),
            ("syntax-error", "SyntaxError: "),
            ("exits-at-import", "SystemExit: went home"),
            (
                "no-hook",
                "it implements no hook; mark tjun_exporters, tjun_importers,",
            ),
            ("misspelt-hook", "PluginValidationError: .*tjun_exporter'"),
            ("wrong-arguments", "PluginValidationError: .*registry"),
            ("raises-in-hook", "RuntimeError: out of paper"),
            ("raises-without-words", "RuntimeError$"),
            ("gives-one-then-raises", "RuntimeError: out of paper"),
            ("invalid-name", "ValueError: expected a name like 'csv', got 'Not A N"),
            *(
                (sort, rf"tjun_exporters\(\) has to return Exporter objects, not {got}")
                for sort, got in {
                    "gives-no-exporter": "'csv'",
                    "gives-number": "5",
                    "gives-none": "None",
                    "gives-one-bare": r"Exporter\(name='bare'",
                }.items()
            ),
        ],
    )
    def test_affect_no_other_plugin_and_say_why(
        self, sort: str, reason: str, shelf: Shelf
    ) -> None:
        """
        A plugin that cannot be used is reported by name; those around it work.
        """
        shelf.add(offering("made-a"), name="a", distribution="tjun-a")
        shelf.add(sort, name="b", distribution="tjun-b", version="1.2")
        shelf.add(offering("made-c"), name="c", distribution="tjun-c")
        registry = tjun.exporters()
        assert tuple(registry) == (*BUILT_IN, "made-a", "made-c")
        (error,) = registry.failures
        assert (error.plugin, error.distribution) == ("b", "tjun-b 1.2")
        assert re.match(reason, error.reason, re.DOTALL)
        assert len(error.reason) < 200
        assert isinstance(error.__cause__, (Exception, SystemExit))
        start = "Plugin 'b' of tjun-b 1.2 cannot be used: "
        assert str(error) == f"{start}{error.reason}"

    @pytest.mark.parametrize(
        ("source", "name", "reason"),
        [
            ("taken-name", "ics", "it is built in; rename the exporter"),
            (
                "gives-one-twice",
                "twin",
                "the plugin offers it twice and only the first is used",
            ),
            ("newer-api", "new", "it needs plugin API 2; this tjun has 1"),
            (
                options_source(
                    "a: int = attrs.field(default=0, validator=attrs.validators.ge(1))"
                ),
                "opted",
                "ValueError: 'a' must be >= 1: 0",
            ),
            (
                options_source("a: 'NoSuchName' = 1"),
                "opted",
                "NameError: name 'NoSuchName' is not defined",
            ),
            (
                options_source("since: int = 1"),
                "opted",
                "its option 'since' clashes with --since; rename it",
            ),
        ],
    )
    def test_of_one_exporter_name_it(
        self, source: str, name: str, reason: str, run: Run, shelf: Shelf
    ) -> None:
        """
        If only one exporter of a plugin cannot be used, it is named and listed.
        """
        shelf.add(source, name="bad")
        assert str(failure("bad")) == (
            "Plugin 'bad' of tjun-made 1.2 cannot offer the exporter"
            f" {name!r}: {reason}"
        )
        assert reason in " ".join(run("plugins", columns=400).out.split())

    def test_of_a_clash_say_how_to_choose(
        self, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        If two plugins offer one name, the first has it unless it is disabled.
        """
        shelf.add("gives-two", name="b", distribution="tjun-b", version="2")
        shelf.add(offering("ant"), name="a", distribution="tjun-z", version="3")
        registry = tjun.exporters()
        assert str(registry.owners["ant"]) == "tjun-z 3"
        assert registry.owners["zebra"].plugin == "b"
        assert str(failure("b", registry)) == (
            "Plugin 'b' of tjun-b 2 cannot offer the exporter 'ant': tjun-z 3"
            " offers it too and is used; to use this one, set TJUN_DISABLED_PLUGINS=a"
        )
        monkeypatch.setenv("TJUN_DISABLED_PLUGINS", "a")
        registry = tjun.exporters()
        assert registry.owners["ant"].plugin == "b"
        assert registry.failures == ()

    def test_of_two_entry_points_with_one_name(self, shelf: Shelf) -> None:
        """
        Of two entry points with one name, that of the first distribution is used.
        """
        shelf.add(offering("made-b"), name="same", distribution="tjun-b")
        shelf.add(offering("made-a"), name="same", distribution="tjun-a")
        registry = tjun.exporters()
        assert list(registry)[len(BUILT_IN) :] == ["made-a"]
        assert str(failure("same", registry)) == (
            "Plugin 'same' of tjun-b 1.2 cannot be used: tjun-a 1.2 has a plugin of the"
            " same name; uninstall one"
        )

    def test_of_a_plugin_with_the_name_of_the_built_in_one(self, shelf: Shelf) -> None:
        """
        No plugin can have the name of the built-in one, nor is it imported.
        """
        module = shelf.add("good", name="tjun", distribution="tjun-made")
        error = failure("tjun")
        assert error.distribution == "tjun-made 1.2"
        assert error.reason == (
            "the built-in plugin has this name; rename the entry point"
        )
        assert not shelf.imported(module)

    @pytest.mark.parametrize("value", ["", "not a module!", "no.such.module:thing"])
    def test_of_an_entry_point_without_a_module(self, value: str, shelf: Shelf) -> None:
        """
        An entry point that names no module is a failure of its own.
        """
        shelf.add("good", name="bad", entry_points=f"[tjun]\nbad = {value}\n")
        assert failure("bad").distribution == "tjun-made 1.2"

    def test_do_not_hide_an_interruption_in_options(self, shelf: Shelf) -> None:
        """
        Ctrl-C while an options class is tried interrupts.
        """
        source = options_source("wide: int = attrs.field(factory=_stop)")
        stop = "def _stop():\n    raise KeyboardInterrupt\n\n\n@attrs.frozen"
        shelf.add(source.replace("@attrs.frozen", stop, 1))
        with pytest.raises(KeyboardInterrupt):
            tjun.exporters()


class TestMetadata:
    @pytest.mark.parametrize(
        ("files", "plugin", "what"),
        [
            ({"metadata": "Name: tjun-bad\nSummary: Ёж\n"}, "plugin", "metadata"),
            (
                {"entry_points": "[tjun]\nplugin = {module}\n# Ёж\n"},
                "tjun-bad",
                "entry points",
            ),
            ({"entry_points": "[tjun]\nno equals\n"}, "tjun-bad", "entry points"),
        ],
    )
    def test_that_cannot_be_read_are_reported(
        self, files: dict[str, str], plugin: str, what: str, run: Run, shelf: Shelf
    ) -> None:
        """
        A distribution whose metadata are damaged is reported and affects no other.
        """
        shelf.add("good", name="good", distribution="tjun-good")
        shelf.add("good", distribution="tjun-bad", encoding="koi8-r", **files)
        registry = tjun.exporters()
        assert tuple(registry) == (*BUILT_IN, "good")
        start = f"the {what} of its distribution cannot be read: "
        assert failure(plugin, registry).reason.startswith(start)
        done = run("export", "good", "--record", "tajikistan")
        assert (done.status, done.out) == (0, "made")
        assert done.err.startswith(f"Plugin {plugin!r} cannot be used: {start}")
        listed = run("plugins")
        assert listed.status == 0
        assert start in " ".join(listed.out.split())
        assert run("plugins", "--no-plugins").status == 0

    def test_that_are_all_damaged_are_reported_by_their_directory(
        self, shelf: Shelf
    ) -> None:
        """
        A distribution without a readable name is reported by where it is.
        """
        damaged = "Name: tjun-bad\nSummary: Ёж\n"
        shelf.add("good", metadata=damaged, entry_points="Ёж", encoding="koi8-r")
        assert "entry points" in failure(shelf.folder).reason

    def test_of_a_distribution_that_another_one_hides_are_ignored(
        self, shelf: Shelf, tmp_path: Path
    ) -> None:
        """
        Only the first distribution with a name is used, whatever else is damaged.
        """
        older = Shelf(str(tmp_path / "older"), shelf.monkeypatch)
        older.add("good", name="good", distribution="Tjun_Good", version="1.0")
        newer = Shelf(str(tmp_path / "newer"), shelf.monkeypatch)
        newer.add("good", name="good", distribution="tjun-good", version="2.0")
        shelf.add("good", distribution="tjun-bad", entry_points="[tjun]\nno equals\n")
        registry = tjun.exporters()
        assert registry.owners["good"].version == "2.0"
        assert [each.plugin for each in registry.failures] == ["tjun-bad"]

    def test_may_lack_a_name(self, shelf: Shelf) -> None:
        """
        A distribution whose metadata are empty affects no other.
        """
        shelf.add(offering("made-a"), name="same", distribution="tjun-a")
        shelf.add("good", name="same", distribution="tjun-b", metadata="\n")
        with warnings.catch_warnings():
            # Later versions of Python warn of a missing name.
            warnings.simplefilter("ignore", DeprecationWarning)
            assert set(BUILT_IN) <= set(tjun.exporters())


class TestStrict:
    def test_raises_the_first_failure(self, shelf: Shelf) -> None:
        """
        If strict, the first plugin that cannot be used is an error with its cause.
        """
        shelf.add("raises-in-hook", name="a-bad", distribution="tjun-a")
        shelf.add("cannot-be-imported", name="b-bad", distribution="tjun-b")
        with pytest.raises(PluginError) as caught:
            tjun.exporters(strict=True)
        assert caught.value.plugin == "a-bad"
        assert isinstance(caught.value.__cause__, RuntimeError)

    @pytest.mark.parametrize(
        ("value", "strict"), [("1", True), ("0", False), ("", False)]
    )
    def test_is_set_by_the_environment(
        self, value: str, strict: bool, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        `TJUN_STRICT_PLUGINS` has an effect if it is 1, and only then.
        """
        shelf.add("raises-in-hook", name="a", distribution="tjun-a")
        shelf.add("good", name="z", distribution="tjun-z")
        monkeypatch.setenv("TJUN_STRICT_PLUGINS", value)
        if strict:
            for ask in (tjun.exporters, lambda: tjun.export(EMPTY, "good")):
                with pytest.raises(PluginError, match="out of paper"):
                    ask()
        else:
            assert failure("a").reason == "RuntimeError: out of paper"
            assert tjun.export(EMPTY, "good") == b"made"


class TestDisabled:
    @pytest.mark.parametrize("disabled", [["bad"], {"bad"}, iter(["bad"]), "bad"])
    def test_plugins_are_not_imported(self, disabled: list[str], shelf: Shelf) -> None:
        """
        A plugin disabled by the name of its entry point is not even imported.
        """
        module = shelf.add("raises-in-hook", name="bad")
        good = shelf.add("good", name="good", distribution="tjun-good")
        registry = tjun.exporters(disabled=disabled, strict=True)
        assert (shelf.imported(module), shelf.imported(good)) == (False, True)
        assert [owner.plugin for owner in registry.plugins] == ["tjun", "good"]

    @pytest.mark.parametrize("listed", ["one,two", " two , one ", ",one,,two,"])
    def test_plugins_are_listed_in_the_environment(
        self, listed: str, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        `TJUN_DISABLED_PLUGINS` lists names, separated by commas and optional blanks.
        """
        modules = [
            shelf.add(offering(f"made-{name}"), name=name, distribution=f"tjun-{name}")
            for name in ("one", "two", "three", "four")
        ]
        monkeypatch.setenv("TJUN_DISABLED_PLUGINS", listed)
        assert tuple(tjun.exporters(disabled=["three"])) == (*BUILT_IN, "made-four")
        assert list(map(shelf.imported, modules)) == [False, False, False, True]

    @pytest.mark.parametrize(
        ("listed", "reason"),
        [
            ("god", "but no plugin has this name; did you mean 'good'?"),
            ("xyz", "but no plugin has this name"),
            ("tjun", "but it is built in"),
        ],
    )
    def test_names_that_no_plugin_has_are_reported(
        self, listed: str, reason: str, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A misspelt name in `TJUN_DISABLED_PLUGINS` is a failure.
        """
        shelf.add("good", name="good")
        monkeypatch.setenv("TJUN_DISABLED_PLUGINS", listed)
        error = failure(listed)
        assert error.reason == f"TJUN_DISABLED_PLUGINS lists it, {reason}"
        assert "good" in tjun.exporters()


class TestRecordsAndLanguages:
    def test_of_a_plugin_are_found_by_name(self, shelf: Shelf) -> None:
        """
        One plugin may offer a record and a language.
        """
        shelf.add("offers-record-and-language", name="ky", distribution="tjun-ky")
        assert str(tjun.load("another").title) == "Another country"
        assert tjun.languages()["ky"].name == "кыргызча"
        assert tjun.language("ky-KG") is tjun.language("ky")
        assert tjun.records().owners["another"].distribution == "tjun-ky"
        assert tjun.languages().owners["ky"].distribution == "tjun-ky"
        assert tjun.export(tjun.load("another"), "markdown", language="ky-KG")

    def test_can_fail_separately(self, shelf: Shelf) -> None:
        """
        A plugin whose record hook fails can still offer a language.
        """
        source = PLUGINS["offers-record-and-language"].replace(
            "    return [tjun.Record(", "    1 // 0\n    return [tjun.Record("
        )
        shelf.add(source, name="another")
        assert "ky" in tjun.languages()
        with pytest.raises(NotFoundError) as caught:
            tjun.load("another")
        assert str(caught.value) == (
            "The record 'another' is offered by tjun-made 1.2, which failed to load:"
            " ZeroDivisionError: integer division or modulo by zero"
        )

    def test_that_nobody_offers_are_not_found(self) -> None:
        """
        An unknown language or record is an error that lists similar ones.
        """
        with pytest.raises(NotFoundError, match=r"no language 'rus'.*'ru'"):
            tjun.language("rus")
        with pytest.raises(NotFoundError, match=r"no record 'tajikstan'.*'tajikistan'"):
            tjun.load("tajikstan")
        with pytest.raises(NotFoundError, match="no language 'not a tag'"):
            tjun.export(EMPTY, "json", language="not a tag")
