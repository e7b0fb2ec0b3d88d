"""
What plugins offer: found lazily, loaded in isolation, and reported if unusable.
"""

from __future__ import annotations

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
from tjun.exchange.registry import builtin_exporters
from tjun.loading import record_registry
from tjun.locales.available import language_registry
from tjun.plugins.registry import PLUGIN_API, Owner

BUILT_IN = builtin_exporters().names


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    made = Shelf(str(tmp_path / "site"), monkeypatch)
    yield made
    made.clear()


def failure(plugin: str, registry: Registry[Exporter] | None = None) -> PluginError:
    found = tjun.exporters() if registry is None else registry
    (only,) = (each for each in found.failures if each.plugin == plugin)
    return only


class TestBuiltin:
    def test_has_the_calendar_the_record_file_and_the_page(self) -> None:
        """
        The built-in exporters need no plugin.
        """
        assert {"ics", "json", "markdown"} <= set(BUILT_IN)

    def test_imports_no_plugin(self, shelf: Shelf) -> None:
        """
        Listing the built-in exporters imports no plugin.
        """
        module = shelf.add("good", name="good")
        assert "good" not in builtin_exporters()
        assert not shelf.imported(module)

    def test_is_a_plugin_called_tjun(self) -> None:
        """
        The built-in exporters belong to the plugin tjun of this distribution.
        """
        owner = Owner(plugin="tjun", distribution="tjun", version=tjun.__version__)
        assert builtin_exporters().owners == dict.fromkeys(BUILT_IN, owner)
        (plugin,) = builtin_exporters().plugins
        assert (plugin.owner, plugin.exporters, plugin.failure) == (
            owner,
            BUILT_IN,
            None,
        )

    def test_that_fails_is_a_bug_with_a_traceback(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        An error in the built-in plugin is not reported as a plugin's failure.
        """

        @tjun.hookimpl
        def tjun_exporters() -> list[Exporter]:
            raise ZeroDivisionError

        monkeypatch.setattr("tjun.formats.tjun_exporters", tjun_exporters)
        with pytest.raises(ZeroDivisionError):
            tjun.exporters()


class TestExporters:
    def test_include_those_of_a_plugin(self, shelf: Shelf) -> None:
        """
        A plugin's exporter is found by its name, with its plugin and distribution.
        """
        shelf.add("good", name="good", distribution="tjun-made", version="1.2")
        registry = tjun.exporters()
        assert registry["good"].summary == "Made for a test."
        assert registry.owners["good"] == Owner(
            plugin="good", distribution="tjun-made", version="1.2"
        )

    def test_start_with_the_built_in_ones(self, shelf: Shelf) -> None:
        """
        The built-in exporters come before a plugin whose name sorts before theirs.
        """
        shelf.add(offering("aaa"), name="aaa")
        names = tjun.exporters().names
        assert names[: len(BUILT_IN)] == BUILT_IN
        assert "aaa" in names[len(BUILT_IN) :]

    @pytest.mark.parametrize("order", [("b", "a", "c"), ("c", "b", "a")])
    def test_are_sorted_by_entry_point(
        self, order: tuple[str, ...], shelf: Shelf
    ) -> None:
        """
        The order is that of the names of the entry points, not of the distributions.
        """
        for number, name in enumerate(order):
            shelf.add(
                offering(f"made-{name}"), name=name, distribution=f"tjun-{number}"
            )
        names = [name for name in tjun.exporters().names if name.startswith("made-")]
        assert names == ["made-a", "made-b", "made-c"]

    def test_of_one_plugin_keep_their_order(self, shelf: Shelf) -> None:
        """
        The exporters of one plugin stay in the order in which it offers them.
        """
        shelf.add("gives-two", name="two")
        assert tjun.exporters().names[-2:] == ("zebra", "ant")

    def test_are_the_same_twice(self, shelf: Shelf) -> None:
        """
        A second search has the same exporters, owners and failures.
        """
        shelf.add("good", name="good")
        shelf.add("raises-in-hook", name="bad", distribution="tjun-bad")
        one, other = tjun.exporters(), tjun.exporters()
        assert one.names == other.names
        assert one.owners == other.owners
        assert list(map(str, one.failures)) == list(map(str, other.failures))

    def test_may_be_none_at_all(self, shelf: Shelf) -> None:
        """
        A plugin that offers an empty list works and offers nothing.
        """
        shelf.add("gives-nothing", name="modest")
        registry = tjun.exporters()
        (plugin,) = (p for p in registry.plugins if p.owner.plugin == "modest")
        assert (plugin.exporters, plugin.failure) == ((), None)

    def test_may_be_listed_inside_a_hook(self, shelf: Shelf) -> None:
        """
        A plugin that lists the exporters in its hook sees those loaded before it.
        """
        shelf.add("good", name="a", distribution="tjun-a")
        shelf.add("asks-in-its-hook", name="b", distribution="tjun-b")
        registry = tjun.exporters()
        assert registry["asked"].summary == ", ".join([*BUILT_IN, "good"])
        assert tjun.export(tjun.Chronology(), "asked") == b""

    def test_may_be_used_inside_a_hook(self, shelf: Shelf) -> None:
        """
        A plugin may export with a built-in exporter in its hook, but not with its own.
        """
        source = offering("self-made").replace(
            "    return [",
            "    import tjun\n"
            "    tjun.export(tjun.Chronology(), 'json')\n"
            "    try:\n"
            "        tjun.export(tjun.Chronology(), 'self-made')\n"
            "    except tjun.NotFoundError:\n"
            "        pass\n"
            "    return [",
        )
        shelf.add(source, name="self-made")
        assert tjun.export(tjun.Chronology(), "self-made") == b"made"


class TestLazyLoading:
    def test_imports_the_plugin_with_the_requested_name_first(
        self, shelf: Shelf
    ) -> None:
        """
        Other plugins are not imported if the one with that name offers the exporter.
        """
        other = shelf.add(offering("made-a"), name="a", distribution="tjun-a")
        module = shelf.add(offering("made-b"), name="made-b", distribution="tjun-b")
        assert tjun.export(tjun.Chronology(), "made-b") == b"made"
        assert shelf.imported(module)
        assert not shelf.imported(other)

    def test_imports_the_others_if_it_must(self, shelf: Shelf) -> None:
        """
        An exporter is found in a plugin with another name, which sorts last.
        """
        first = shelf.add(offering("made-a"), name="a", distribution="tjun-a")
        shelf.add(offering("made-b"), name="z", distribution="tjun-b")
        assert tjun.export(tjun.Chronology(), "made-b") == b"made"
        assert shelf.imported(first)

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
        assert tjun.export(tjun.Chronology(), "made-b") == b"b"
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
        made = [tjun.export(tjun.Chronology(), "counted") for _ in range(3)]
        assert made == [b"1", b"1", b"1"]

    def test_notices_a_plugin_that_was_installed_meanwhile(self, shelf: Shelf) -> None:
        """
        A plugin that is installed while the program runs is found.
        """
        with pytest.raises(NotFoundError):
            tjun.export(tjun.Chronology(), "good")
        shelf.add("good", name="good")
        assert tjun.export(tjun.Chronology(), "good") == b"made"

    def test_is_strict_if_the_environment_says_so(
        self, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        With `TJUN_STRICT_PLUGINS=1`, a failure on the way to an exporter is an error.
        """
        shelf.add("raises-in-hook", name="a", distribution="tjun-a")
        shelf.add("good", name="z", distribution="tjun-z")
        assert tjun.export(tjun.Chronology(), "good") == b"made"
        monkeypatch.setenv("TJUN_STRICT_PLUGINS", "1")
        with pytest.raises(PluginError, match="out of paper"):
            tjun.export(tjun.Chronology(), "good")


class TestUnavailable:
    @pytest.mark.parametrize(
        ("sort", "name", "reason"),
        [
            (
                "cannot-be-imported",
                "paper",
                (
                    "'paper' is offered by tjun-paper 0.1, which failed to load:"
                    " ModuleNotFoundError: No module named 'no_such_module_anywhere'"
                ),
            ),
            (
                "raises-in-hook",
                "paper",
                (
                    "'paper' is offered by tjun-paper 0.1, which failed to load:"
                    " RuntimeError: out of paper"
                ),
            ),
            (
                "newer-api",
                "new",
                (
                    "'new' is offered by tjun-paper 0.1, but it needs plugin API 2;"
                    f" this tjun has {PLUGIN_API}"
                ),
            ),
        ],
    )
    def test_exporter_says_why(
        self, sort: str, name: str, reason: str, shelf: Shelf
    ) -> None:
        """
        An exporter whose plugin cannot be used is an error with plugin and reason.
        """
        shelf.add(sort, name="paper", distribution="tjun-paper", version="0.1")
        with pytest.raises(NotFoundError) as caught:
            tjun.export(tjun.Chronology(), name)
        assert str(caught.value) == f"The exporter {reason}"
        assert caught.value.reason == reason

    def test_exporter_of_a_disabled_plugin_says_so(
        self, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        An exporter whose plugin is disabled is an error that says so.
        """
        shelf.add("good", name="good")
        monkeypatch.setenv("TJUN_DISABLED_PLUGINS", "good")
        with pytest.raises(NotFoundError) as caught:
            tjun.export(tjun.Chronology(), "good")
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
            api=PLUGIN_API + 1,
        )
        with pytest.raises(tjun.ExportError, match="needs plugin API 2; this tjun has"):
            tjun.export(tjun.Chronology(), newer)

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
                (
                    "it implements no hook; mark tjun_exporters, tjun_records or"
                    " tjun_languages with @tjun.hookimpl"
                ),
                Exception,
            ),
            (
                "gives-no-exporter",
                "tjun_exporters() has to return Exporter objects, not 'csv'",
                Exception,
            ),
            (
                "gives-number",
                "tjun_exporters() has to return Exporter objects, not 5",
                Exception,
            ),
            (
                "gives-none",
                "tjun_exporters() has to return Exporter objects, not None",
                Exception,
            ),
            (
                "invalid-name",
                "ValueError: expected a name like 'csv', got 'Not A Name'",
                ValueError,
            ),
        ],
    )
    def test_name_the_plugin_the_reason_and_the_distribution(
        self, sort: str, reason: str, cause: type[BaseException], shelf: Shelf
    ) -> None:
        """
        A plugin that cannot be used is reported with its distribution and the cause.
        """
        shelf.add(sort, name="bad", distribution="tjun-made", version="1.2")
        error = failure("bad")
        assert (error.plugin, error.distribution) == ("bad", "tjun-made 1.2")
        assert error.reason == reason
        assert isinstance(error.__cause__, cause)
        assert str(error) == f"Plugin 'bad' of tjun-made 1.2 cannot be used: {reason}"

    @pytest.mark.parametrize(
        ("sort", "reason"),
        [
            ("syntax-error", "SyntaxError: "),
            ("misspelt-hook", "PluginValidationError: .*tjun_exporter'"),
            ("wrong-arguments", "PluginValidationError: .*registry"),
            (
                "gives-one-bare",
                r"tjun_exporters\(\) has to return .*Exporter\(name='ba",
            ),
        ],
    )
    def test_say_what_was_expected(self, sort: str, reason: str, shelf: Shelf) -> None:
        """
        A mistake in a plugin is never silent, and the reason says what is wrong.
        """
        shelf.add(sort, name="bad")
        assert re.match(reason, failure("bad").reason, re.DOTALL)
        assert len(failure("bad").reason) < 200

    @pytest.mark.parametrize(
        ("sort", "name", "reason"),
        [
            ("taken-name", "ics", "it is built in; rename the exporter"),
            (
                "gives-one-twice",
                "twin",
                "the plugin offers it twice and only the first is used",
            ),
            ("newer-api", "new", "it needs plugin API 2; this tjun has 1"),
        ],
    )
    def test_of_one_exporter_name_it(
        self, sort: str, name: str, reason: str, shelf: Shelf
    ) -> None:
        """
        If only one exporter of a plugin cannot be used, the message names it.
        """
        shelf.add(sort, name="bad")
        assert str(failure("bad")) == (
            "Plugin 'bad' of tjun-made 1.2 cannot offer the exporter"
            f" {name!r}: {reason}"
        )

    @pytest.mark.parametrize(
        "sort",
        [
            "cannot-be-imported",
            "syntax-error",
            "raises-in-hook",
            "exits-at-import",
            "misspelt-hook",
            "wrong-arguments",
            "no-hook",
            "gives-number",
            "gives-one-then-raises",
            "invalid-name",
            "taken-name",
            "newer-api",
        ],
    )
    def test_affect_no_other_plugin(self, sort: str, shelf: Shelf) -> None:
        """
        The plugins before and after one that fails can be used.
        """
        shelf.add(offering("made-a"), name="a", distribution="tjun-a")
        shelf.add(sort, name="b", distribution="tjun-b")
        shelf.add(offering("made-c"), name="c", distribution="tjun-c")
        registry = tjun.exporters()
        assert {"made-a", "made-c", *BUILT_IN} <= set(registry.names)
        assert registry.owners["ics"].plugin == "tjun"
        (plugin,) = (p for p in registry.plugins if p.owner.plugin == "b")
        assert plugin.exporters == ()
        assert plugin.failures == (failure("b", registry),)

    def test_of_a_clash_say_how_to_choose(self, shelf: Shelf) -> None:
        """
        If two plugins offer one name, the first has it, and the message says so.
        """
        shelf.add(offering("csv-made"), name="b", distribution="tjun-b", version="2")
        shelf.add(offering("csv-made"), name="a", distribution="tjun-z", version="3")
        registry = tjun.exporters()
        assert registry.owners["csv-made"].distribution == "tjun-z"
        assert str(failure("b", registry)) == (
            "Plugin 'b' of tjun-b 2 cannot offer the exporter 'csv-made': tjun-z 3"
            " offers it too and is used; to use this one, set TJUN_DISABLED_PLUGINS=a"
        )

    def test_of_a_clash_can_be_resolved_as_the_message_says(
        self, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Disabling the first plugin selects the second.
        """
        shelf.add(offering("csv-made"), name="b", distribution="tjun-b")
        shelf.add(offering("csv-made"), name="a", distribution="tjun-a")
        monkeypatch.setenv("TJUN_DISABLED_PLUGINS", "a")
        registry = tjun.exporters()
        assert registry.owners["csv-made"].plugin == "b"
        assert registry.failures == ()

    def test_of_a_clash_disable_only_that_exporter(self, shelf: Shelf) -> None:
        """
        The other exporters of a plugin with a clash can be used.
        """
        shelf.add(offering("ant"), name="a", distribution="tjun-a")
        shelf.add("gives-two", name="b", distribution="tjun-b")
        registry = tjun.exporters()
        assert registry.owners["zebra"].plugin == "b"
        assert registry.owners["ant"].plugin == "a"

    def test_of_two_entry_points_with_one_name(self, shelf: Shelf) -> None:
        """
        Of two entry points with one name, that of the first distribution is used.
        """
        shelf.add(offering("made-b"), name="same", distribution="tjun-b")
        shelf.add(offering("made-a"), name="same", distribution="tjun-a")
        registry = tjun.exporters()
        assert "made-a" in registry
        assert "made-b" not in registry
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

    def test_of_a_broken_file_of_entry_points(self, shelf: Shelf) -> None:
        """
        A distribution whose list of entry points is broken affects no other.
        """
        shelf.add("good", name="good", distribution="tjun-good")
        shelf.add("good", distribution="tjun-bad", entry_points="[tjun]\nno equals\n")
        assert "good" in tjun.exporters().names

    def test_of_a_distribution_without_a_name(self, shelf: Shelf) -> None:
        """
        A distribution whose metadata are empty affects no other.
        """
        shelf.add(offering("made-a"), name="same", distribution="tjun-a")
        shelf.add("good", name="same", distribution="tjun-b", metadata="\n")
        with warnings.catch_warnings():
            # Later versions of Python warn of a missing name.
            warnings.simplefilter("ignore", DeprecationWarning)
            names = tjun.exporters().names
        assert set(BUILT_IN) <= set(names)

    @pytest.mark.parametrize(
        ("options", "reason"),
        [
            (
                "wide: int = attrs.field(default=0, validator=attrs.validators.ge(1))",
                "ValueError: 'wide' must be >= 1: 0",
            ),
            (
                "wide: 'NoSuchName' = 1",
                "NameError: name 'NoSuchName' is not defined",
            ),
        ],
    )
    def test_of_an_options_class(self, options: str, reason: str, shelf: Shelf) -> None:
        """
        An exporter whose options class cannot be used cannot be used either.
        """
        shelf.add(options_source(options), name="bad")
        assert failure("bad").offer == "the exporter 'opted'"
        assert failure("bad").reason == reason

    def test_do_not_hide_an_interruption(self, shelf: Shelf) -> None:
        """
        Ctrl-C while a plugin is imported interrupts, and the plugin is tried again.
        """
        shelf.add("interrupts-at-import", name="slow")
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                tjun.export(tjun.Chronology(), "slow")

    def test_do_not_hide_an_interruption_in_a_hook(self, shelf: Shelf) -> None:
        """
        Ctrl-C in a hook interrupts, and the plugin is asked again.
        """
        source = PLUGINS["raises-in-hook"].replace(
            "RuntimeError('out of paper')", "KeyboardInterrupt"
        )
        shelf.add(source, name="slow")
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                tjun.export(tjun.Chronology(), "slow")

    def test_do_not_hide_an_interruption_in_options(self, shelf: Shelf) -> None:
        """
        Ctrl-C while an options class is tried interrupts.
        """
        shelf.add(
            options_source("wide: int = attrs.field(factory=_stop)").replace(
                "@attrs.frozen",
                "def _stop():\n    raise KeyboardInterrupt\n\n\n@attrs.frozen",
                1,
            )
        )
        with pytest.raises(KeyboardInterrupt):
            tjun.exporters()


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

    def test_accepts_good_plugins(self, shelf: Shelf) -> None:
        """
        If strict, plugins that can be used are there as always.
        """
        shelf.add("good", name="good")
        assert "good" in tjun.exporters(strict=True)

    @pytest.mark.parametrize(
        ("value", "strict"), [("1", True), ("0", False), ("", False)]
    )
    def test_is_set_by_the_environment(
        self, value: str, strict: bool, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        `TJUN_STRICT_PLUGINS` has an effect if it is 1, and only then.
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
        "disabled", [["bad"], ("x", "bad"), {"bad"}, iter(["bad"]), "bad"]
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
        names = tjun.exporters(disabled=["three"]).names
        assert [name for name in names if name.startswith("made-")] == ["made-four"]
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

    def test_names_matter_only_if_plugins_are_looked_for(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Built-in exporters work whatever the environment lists.
        """
        monkeypatch.setenv("TJUN_DISABLED_PLUGINS", "tjun,nothing")
        monkeypatch.setenv("TJUN_STRICT_PLUGINS", "1")
        assert tjun.export(tjun.Chronology(), "json")


class TestRecordsAndLanguages:
    def test_of_a_plugin_are_found_by_name(self, shelf: Shelf) -> None:
        """
        One plugin may offer a record and a language.
        """
        shelf.add("offers-record-and-language", name="ky", distribution="tjun-ky")
        assert str(tjun.load("another").title) == "Another country"
        assert tjun.languages()["ky"].name == "кыргызча"
        assert record_registry().owners["another"].distribution == "tjun-ky"
        assert language_registry().owners["ky"].distribution == "tjun-ky"
        assert tjun.export(tjun.load("another"), "markdown", language="ky-KG")

    def test_of_tjun_are_offered_through_the_same_hooks(self) -> None:
        """
        The built-in plugin offers the bundled record and three languages.
        """
        assert record_registry().owners["tajikistan"].plugin == "tjun"
        assert language_registry().names[:3] == ("en", "ru", "tg")

    def test_of_tjun_need_no_plugin(self, shelf: Shelf) -> None:
        """
        The bundled record and the built-in languages import no plugin.
        """
        module = shelf.add("good", name="good")
        assert tjun.export(tjun.load(), "markdown", language="ru")
        assert not shelf.imported(module)

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
            tjun.export(tjun.Chronology(), "json", language="rus")
        with pytest.raises(NotFoundError, match=r"no record 'tajikstan'.*'tajikistan'"):
            tjun.load("tajikstan")
        with pytest.raises(NotFoundError, match="no language 'not a tag'"):
            tjun.export(tjun.Chronology(), "json", language="not a tag")


class TestRegistry:
    def test_is_a_collection_of_exporters(self) -> None:
        """
        It is iterated over in the order of its names, has a length and knows names.
        """
        registry = builtin_exporters()
        assert [exporter.name for exporter in registry] == list(BUILT_IN)
        assert all(isinstance(exporter, Exporter) for exporter in registry)
        assert len(registry) == len(BUILT_IN)
        assert "ics" in registry
        assert "csv" not in registry
        assert 5 not in registry

    def test_suggests_similar_names(self) -> None:
        """
        A name that is not there is an error with those most like it.
        """
        with pytest.raises(NotFoundError) as caught:
            builtin_exporters()["isc"]
        error = caught.value
        assert (error.what, error.key, error.nearest) == ("exporter", "isc", ("ics",))
        assert str(error) == "There is no exporter 'isc'; did you mean 'ics'?"

    def test_lists_its_names_if_none_is_similar(self) -> None:
        """
        A name that is like no other is an error that lists all of them.
        """
        with pytest.raises(NotFoundError) as caught:
            builtin_exporters()["zzz"]
        assert all(name in str(caught.value) for name in BUILT_IN)

    def test_does_not_change(self, shelf: Shelf) -> None:
        """
        A registry stays as it is if a plugin is installed later.
        """
        before = tjun.exporters()
        shelf.add("good", name="good")
        assert "good" not in before
        assert "good" in tjun.exporters()

    def test_can_be_hashed(self, shelf: Shelf) -> None:
        """
        A registry can be the key of a dict, failures included.
        """
        shelf.add("taken-name", name="bad")
        registry = tjun.exporters()
        assert {registry: 1}[registry] == 1

    def test_is_not_imported_with_the_package(self) -> None:
        """
        Importing tjun imports none of the libraries that exporters need.
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
        ("owner", "release", "text"),
        [
            (Owner(plugin="p"), None, "the plugin 'p'"),
            (Owner(plugin="p", distribution="tjun-p"), "tjun-p", "tjun-p"),
            (
                Owner(plugin="p", distribution="tjun-p", version="1.2"),
                "tjun-p 1.2",
                "tjun-p 1.2",
            ),
        ],
    )
    def test_release_is_the_distribution_and_its_version(
        self, owner: Owner, release: str | None, text: str
    ) -> None:
        """
        The release is the distribution and its version, as far as they are known.
        """
        assert (owner.release, str(owner)) == (release, text)


class TestShelf:
    def test_has_valid_python(self) -> None:
        """
        The source of each plugin is Python, except the one that has a syntax error.
        """
        for sort, source in PLUGINS.items():
            if sort != "syntax-error":
                compile(source, sort, "exec")
