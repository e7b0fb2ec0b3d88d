import re
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_plugins import PLUGINS, Shelf, offering, options_source

import tjun
from tjun import Exporter, NotFoundError, PluginError, Registry
from tjun.plugins.registry import Owner, builtin

BUILT_IN = ("ics", "json", "markdown")


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    made = Shelf(str(tmp_path / "site"), monkeypatch)
    yield made
    made.clear()


def failure(plugin: str, registry: Registry | None = None) -> PluginError:
    found = tjun.exporters() if registry is None else registry
    (only,) = (each for each in found.failures if each.plugin == plugin)
    return only


class TestBuiltin:
    def test_has_the_built_in_exporters(self) -> None:
        """
        Without plugins there are the calendar, the record file and the page.
        """
        assert builtin().names == BUILT_IN

    def test_imports_no_stranger(self, shelf: Shelf) -> None:
        """
        The built-in exporters come without importing a plugin.
        """
        module = shelf.add("good", name="good")
        assert "good" not in builtin()
        assert not shelf.imported(module)

    def test_is_a_plugin_called_tjun(self) -> None:
        """
        The built-in exporters belong to the plugin tjun of this distribution.
        """
        owner = Owner(plugin="tjun", distribution="tjun", version=tjun.__version__)
        assert builtin().owners == dict.fromkeys(BUILT_IN, owner)
        (plugin,) = builtin().plugins
        assert (plugin.owner, plugin.exporters, plugin.failure) == (
            owner,
            BUILT_IN,
            None,
        )


class TestExporters:
    def test_come_in_from_a_plugin(self, shelf: Shelf) -> None:
        """
        A plugin's exporter is found by its name, with who offers it.
        """
        shelf.add("good", name="good", distribution="tjun-made", version="1.2")
        registry = tjun.exporters()
        assert registry["good"].summary == "Made for a test."
        assert registry.owners["good"] == Owner(
            plugin="good", distribution="tjun-made", version="1.2"
        )

    def test_that_are_built_in_come_first(self, shelf: Shelf) -> None:
        """
        The built-in ones come before a plugin whose name sorts before theirs.
        """
        shelf.add(offering("aaa"), name="aaa")
        names = tjun.exporters().names
        assert names[:3] == BUILT_IN
        assert "aaa" in names[3:]

    @pytest.mark.parametrize("order", [("b", "a", "c"), ("c", "b", "a")])
    def test_come_in_order_of_entry_points(
        self, order: tuple[str, ...], shelf: Shelf
    ) -> None:
        """
        Plugins are loaded by the name of their entry points, however they lie.
        """
        for number, name in enumerate(order):
            shelf.add(
                offering(f"made-{name}"), name=name, distribution=f"tjun-{number}"
            )
        names = [name for name in tjun.exporters().names if name.startswith("made-")]
        assert names == ["made-a", "made-b", "made-c"]

    def test_of_one_plugin_keep_their_order(self, shelf: Shelf) -> None:
        """
        What one plugin offers stays in the order it offers it in.
        """
        shelf.add("gives-two", name="two")
        assert tjun.exporters().names[-2:] == ("zebra", "ant")

    def test_are_the_same_twice(self, shelf: Shelf) -> None:
        """
        Asking again gives the same exporters, owners and failures.
        """
        shelf.add("good", name="good")
        shelf.add("raises-in-hook", name="bad", distribution="tjun-bad")
        one, other = tjun.exporters(), tjun.exporters()
        assert one.names == other.names
        assert one.owners == other.owners
        assert list(map(str, one.failures)) == list(map(str, other.failures))

    def test_may_be_offered_in_any_number(self, shelf: Shelf) -> None:
        """
        A plugin that offers an empty list is well and offers nothing.
        """
        shelf.add("gives-nothing", name="modest")
        registry = tjun.exporters()
        (plugin,) = (p for p in registry.plugins if p.owner.plugin == "modest")
        assert (plugin.exporters, plugin.failure) == ((), None)


class TestFailures:
    @pytest.mark.parametrize(
        ("sort", "reason", "cause"),
        [
            (
                "cannot-be-imported",
                "ModuleNotFoundError: No module named 'no_such_module_anywhere'",
                ModuleNotFoundError,
            ),
            ("raises-in-hook", "RuntimeError: out of paper", RuntimeError),
            ("raises-without-words", "RuntimeError", RuntimeError),
            ("gives-one-then-raises", "RuntimeError: out of paper", RuntimeError),
            ("exits-at-import", "SystemExit: went home", SystemExit),
            (
                "no-hook",
                "it implements no hook; is tjun_exporters marked with hookimpl?",
                Exception,
            ),
            (
                "gives-no-exporter",
                "expected tjun_exporters to give Exporters, got 'csv'",
                Exception,
            ),
            ("gives-one-twice", "it offers the exporter 'twin' twice", Exception),
            (
                "invalid-name",
                "ValueError: expected a name like 'csv', got 'Not A Name'",
                ValueError,
            ),
            (
                "taken-name",
                "the exporter 'ics' is offered by 'tjun' of tjun " + tjun.__version__,
                Exception,
            ),
        ],
    )
    def test_say_which_plugin_why_and_from_where(
        self, sort: str, reason: str, cause: type[BaseException], shelf: Shelf
    ) -> None:
        """
        A plugin that cannot be used is told of with its distribution and the cause.
        """
        shelf.add(sort, name="bad", distribution="tjun-made", version="1.2")
        error = failure("bad")
        assert (error.plugin, error.distribution) == ("bad", "tjun-made 1.2")
        assert error.reason == reason
        assert isinstance(error.__cause__, cause)
        assert str(error) == (f"Plugin 'bad' of tjun-made 1.2 cannot be used: {reason}")

    @pytest.mark.parametrize(
        ("sort", "reason"),
        [
            ("syntax-error", "SyntaxError: "),
            ("misspelt-hook", "PluginValidationError: .*tjun_exporter'"),
            ("wrong-arguments", "PluginValidationError: .*registry"),
            ("gives-number", ".*expected tjun_exporters to give Exporters, got 5"),
            ("gives-none", ".*expected tjun_exporters to give Exporters, got None"),
            ("gives-one-bare", ".*expected tjun_exporters to give Exporters, got Exp"),
        ],
    )
    def test_say_what_was_expected(self, sort: str, reason: str, shelf: Shelf) -> None:
        """
        A slip in a plugin is never silent, and its reason says what is wrong.
        """
        shelf.add(sort, name="bad")
        assert re.match(reason, failure("bad").reason, re.DOTALL)

    @pytest.mark.parametrize(
        "sort",
        [
            "cannot-be-imported",
            "syntax-error",
            "raises-in-hook",
            "exits-at-import",
            "misspelt-hook",
            "no-hook",
            "gives-number",
            "gives-one-then-raises",
            "invalid-name",
            "taken-name",
        ],
    )
    def test_harm_nobody_else(self, sort: str, shelf: Shelf) -> None:
        """
        The plugins before and after one that fails are there, and nothing of its own.
        """
        shelf.add(offering("made-a"), name="a", distribution="tjun-a")
        shelf.add(sort, name="b", distribution="tjun-b")
        shelf.add(offering("made-c"), name="c", distribution="tjun-c")
        registry = tjun.exporters()
        assert {"made-a", "made-c", *BUILT_IN} <= set(registry.names)
        assert registry.owners["ics"].plugin == "tjun"
        (plugin,) = (p for p in registry.plugins if p.owner.plugin == "b")
        assert plugin.exporters == ()
        assert plugin.failure is failure("b", registry)

    def test_of_a_taken_name_names_both(self, shelf: Shelf) -> None:
        """
        Where two plugins offer one name the first has it, and the other is told who.
        """
        shelf.add(offering("csv-made"), name="b", distribution="tjun-b", version="2")
        shelf.add(offering("csv-made"), name="a", distribution="tjun-z", version="3")
        registry = tjun.exporters()
        assert registry.owners["csv-made"].distribution == "tjun-z"
        assert str(failure("b", registry)) == (
            "Plugin 'b' of tjun-b 2 cannot be used: the exporter 'csv-made' is offered"
            " by 'a' of tjun-z 3"
        )

    def test_of_a_taken_name_leave_nothing_of_that_plugin(self, shelf: Shelf) -> None:
        """
        A plugin of which one name is taken offers nothing, its other names neither.
        """
        shelf.add(offering("ant"), name="a", distribution="tjun-a")
        shelf.add("gives-two", name="b", distribution="tjun-b")
        registry = tjun.exporters()
        assert "zebra" not in registry
        assert registry.owners["ant"].plugin == "a"

    def test_of_an_entry_point_that_stands_twice(self, shelf: Shelf) -> None:
        """
        Of two entry points with one name the first distribution's is used.
        """
        shelf.add(offering("made-b"), name="same", distribution="tjun-b")
        shelf.add(offering("made-a"), name="same", distribution="tjun-a")
        registry = tjun.exporters()
        assert "made-a" in registry
        assert "made-b" not in registry
        assert str(failure("same", registry)) == (
            "Plugin 'same' of tjun-b 1.2 cannot be used: another plugin has this name;"
            " rename the entry point"
        )

    def test_of_a_plugin_called_as_the_built_in_one(self, shelf: Shelf) -> None:
        """
        A stranger cannot take the name of the built-in plugin, nor is it imported.
        """
        module = shelf.add("good", name="tjun", distribution="tjun-made")
        error = failure("tjun")
        assert error.distribution == "tjun-made 1.2"
        assert error.reason == "another plugin has this name; rename the entry point"
        assert not shelf.imported(module)

    @pytest.mark.parametrize("value", ["", "not a module!", "no.such.module:thing"])
    def test_of_an_entry_point_that_leads_nowhere(
        self, value: str, shelf: Shelf
    ) -> None:
        """
        An entry point that names no module is a failure of its own.
        """
        shelf.add("good", name="bad", entry_points=f"[tjun]\nbad = {value}\n")
        assert failure("bad").distribution == "tjun-made 1.2"

    def test_of_a_file_of_entry_points_that_cannot_be_read(self, shelf: Shelf) -> None:
        """
        A distribution whose list of entry points is broken takes nobody down.
        """
        shelf.add("good", name="good", distribution="tjun-good")
        shelf.add("good", distribution="tjun-bad", entry_points="[tjun]\nno equals\n")
        assert "good" in tjun.exporters().names

    def test_of_a_distribution_without_a_name(self, shelf: Shelf) -> None:
        """
        A distribution whose metadata are empty takes nobody down.
        """
        shelf.add(offering("made-a"), name="same", distribution="tjun-a")
        shelf.add("good", name="same", distribution="tjun-b", metadata="\n")
        with warnings.catch_warnings():
            # Later Pythons warn of a name that is missing.
            warnings.simplefilter("ignore", DeprecationWarning)
            names = tjun.exporters().names
        assert names[:3] == BUILT_IN

    def test_of_options_whose_defaults_are_refused(self, shelf: Shelf) -> None:
        """
        A plugin whose own defaults its options refuse cannot be used.
        """
        wide = "wide: int = attrs.field(default=0, validator=attrs.validators.ge(1))"
        shelf.add(options_source(wide), name="bad")
        assert failure("bad").reason == "ValueError: 'wide' must be >= 1: 0"

    def test_let_the_user_interrupt(self, shelf: Shelf) -> None:
        """
        A keyboard interrupt while a plugin is imported is the user's, and goes on.
        """
        shelf.add("interrupts-at-import", name="slow")
        with pytest.raises(KeyboardInterrupt):
            tjun.exporters()


class TestStrict:
    def test_raises_the_first_failure(self, shelf: Shelf) -> None:
        """
        Where strict, the first plugin that cannot be used is an error with its cause.
        """
        shelf.add("raises-in-hook", name="a-bad", distribution="tjun-a")
        shelf.add("cannot-be-imported", name="b-bad", distribution="tjun-b")
        with pytest.raises(PluginError) as caught:
            tjun.exporters(strict=True)
        assert caught.value.plugin == "a-bad"
        assert isinstance(caught.value.__cause__, RuntimeError)

    def test_is_content_with_good_plugins(self, shelf: Shelf) -> None:
        """
        Where strict, plugins that can be used are there as ever.
        """
        shelf.add("good", name="good")
        assert "good" in tjun.exporters(strict=True)

    @pytest.mark.parametrize(
        ("value", "strict"), [("1", True), ("0", False), ("", False)]
    )
    def test_is_what_the_environment_says(
        self, value: str, strict: bool, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        `TJUN_STRICT_PLUGINS` makes it strict where it is 1, and only there.
        """
        shelf.add("raises-in-hook", name="bad")
        monkeypatch.setenv("TJUN_STRICT_PLUGINS", value)
        if strict:
            with pytest.raises(PluginError, match="out of paper"):
                tjun.exporters()
        else:
            assert failure("bad").reason == "RuntimeError: out of paper"


class TestDisabled:
    @pytest.mark.parametrize(
        "disabled", [["bad"], ("x", "bad"), {"bad"}, iter(["bad"])]
    )
    def test_plugins_are_not_imported(self, disabled: list[str], shelf: Shelf) -> None:
        """
        A plugin disabled by the name of its entry point is not even imported.
        """
        module = shelf.add("raises-in-hook", name="bad")
        good = shelf.add("good", name="good", distribution="tjun-good")
        registry = tjun.exporters(disabled=disabled, strict=True)
        assert not shelf.imported(module)
        assert shelf.imported(good)
        assert "bad" not in {plugin.owner.plugin for plugin in registry.plugins}

    @pytest.mark.parametrize("listed", ["one,two", " two , one ", ",one,,two,"])
    def test_plugins_are_also_those_the_environment_lists(
        self, listed: str, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        `TJUN_DISABLED_PLUGINS` lists names with commas between, blanks not counting.
        """
        modules = [
            shelf.add(offering(f"made-{name}"), name=name, distribution=f"tjun-{name}")
            for name in ("one", "two", "three", "four")
        ]
        monkeypatch.setenv("TJUN_DISABLED_PLUGINS", listed)
        names = tjun.exporters(disabled=["three"]).names
        assert [name for name in names if name.startswith("made-")] == ["made-four"]
        assert list(map(shelf.imported, modules)) == [False, False, False, True]

    def test_built_in_plugin_stays(self) -> None:
        """
        The built-in plugin cannot be disabled.
        """
        assert tjun.exporters(disabled=["tjun", "ics"]).names[:3] == BUILT_IN


class TestRegistry:
    def test_is_a_collection_of_exporters(self) -> None:
        """
        It is iterated over in the order of its names, has a length, and knows names.
        """
        registry = builtin()
        assert [exporter.name for exporter in registry] == list(BUILT_IN)
        assert all(isinstance(exporter, Exporter) for exporter in registry)
        assert len(registry) == 3
        assert "ics" in registry
        assert "csv" not in registry
        assert 5 not in registry

    def test_knows_the_nearest_names(self) -> None:
        """
        A name that is not there is an error with those most like it.
        """
        with pytest.raises(NotFoundError) as caught:
            builtin()["isc"]
        error = caught.value
        assert (error.what, error.key, error.nearest) == ("exporter", "isc", ("ics",))
        assert str(error) == "There is no exporter 'isc'; did you mean 'ics'?"

    def test_lists_its_names_where_none_is_near(self) -> None:
        """
        A name that is like none is an error that lists those there are.
        """
        with pytest.raises(NotFoundError) as caught:
            builtin()["zzz"]
        assert all(name in str(caught.value) for name in BUILT_IN)

    def test_is_a_value_of_its_own(self, shelf: Shelf) -> None:
        """
        A registry stays as it was made when a plugin comes later.
        """
        before = tjun.exporters()
        shelf.add("good", name="good")
        assert "good" not in before
        assert "good" in tjun.exporters()

    def test_loads_no_calendar_library_with_the_package(self) -> None:
        """
        Importing tjun alone imports none of what the exporters need.
        """
        program = (
            "import sys, tjun\n"
            "late = {'icalendar', 'cattrs', 'pluggy', 'cyclopts', 'rich'}\n"
            "print(sorted(late & set(sys.modules)))"
        )
        made = subprocess.run(
            [sys.executable, "-c", program], check=True, capture_output=True, text=True
        )
        assert made.stdout == "[]\n"


class TestOwner:
    @pytest.mark.parametrize(
        ("owner", "release"),
        [
            (Owner(plugin="p"), None),
            (Owner(plugin="p", distribution="tjun-p"), "tjun-p"),
            (Owner(plugin="p", distribution="tjun-p", version="1.2"), "tjun-p 1.2"),
        ],
    )
    def test_release_is_the_distribution_and_its_version(
        self, owner: Owner, release: str | None
    ) -> None:
        """
        The release is the distribution and its version, as far as they are known.
        """
        assert owner.release == release


class TestShelf:
    def test_holds_every_sort_of_plugin(self) -> None:
        """
        The source of each made plugin, but the one that cannot be parsed, is Python.
        """
        for sort, source in PLUGINS.items():
            if sort != "syntax-error":
                compile(source, sort, "exec")
