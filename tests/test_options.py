"""
Options: what works as a keyword works as a flag, and fails with the same message.
"""

from __future__ import annotations

import datetime as dt
import enum
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, Optional

import attrs
import pytest
from fake_plugins import Shelf, options_source
from running import Run

import tjun

RECORD = tjun.Chronology()
DAY = dt.date(2027, 3, 2)


class Colour(enum.StrEnum):
    RED = "red"
    DARK_BLUE = "dark-blue"


class Size(enum.IntEnum):
    VERY_SMALL = 1
    LARGE = 2


class Taste(enum.Enum):
    SWEET = "sweet"
    SOUR = 2


@attrs.frozen(kw_only=True)
class Options:
    """
    Options of every type.
    """

    title: str = "none"
    maybe: str | None = None
    some: Optional[int] = 5  # noqa: UP045  # Plugins may be written that way.
    count: int = 1
    ratio: float = 0.5
    wide: bool = False
    tall: bool = True
    perhaps: bool | None = None
    colour: Colour = Colour.RED
    size: Size = Size.VERY_SMALL
    taste: Taste | None = None
    choice: Literal["a", "b", 3] = "a"
    only: Literal["x"] | None = None
    day: dt.date | None = None
    file: Path = Path("x")
    names: tuple[str, ...] = ()
    colours: tuple[Colour, ...] = (Colour.RED,)
    switches: tuple[bool, ...] = ()
    renamed: int = attrs.field(default=1, alias="new_name")
    common: int = 1
    _hidden: int = 1
    made: int = attrs.field(default=7, init=False)


def render(request: tjun.ExportRequest[Any]) -> Iterator[bytes]:
    yield repr(request.options).encode()


def exporter(options: type[Any]) -> tjun.Exporter:
    return tjun.Exporter(
        name="opted",
        summary="S",
        media_type="text/plain",
        suffix=".txt",
        render=render,
        options=options,
    )


def one_option(**given: Any) -> tjun.Exporter:
    """
    Return an exporter with one option called `once`.
    """
    field = attrs.field(**{"default": 1, "type": int, **given})
    return exporter(attrs.make_class("One", {"once": field}))


OPTED = exporter(Options)
PLUGIN = """
import test_options, tjun

@tjun.hookimpl
def tjun_exporters():
    return [test_options.{name}]
"""


@pytest.fixture
def command(run: Run, shelf: Shelf, tmp_path: Path) -> Run:
    """
    Run `tjun export opted` with an empty record.
    """
    record = tmp_path / "record.toml"
    record.write_text('format = 2\n[record]\nid = "empty"\n')

    def run_it(*words: str, name: str = "OPTED") -> Any:
        shelf.add(PLUGIN.format(name=name), name="opted")
        return run("export", "opted", "--record", record, *words)

    return run_it


class TestBoth:
    @pytest.mark.parametrize(
        ("keywords", "words", "expected"),
        [
            ({}, "", Options()),
            ({"title": "x"}, "--title x", None),
            ({"maybe": "x y"}, "--maybe=x_y", Options(maybe="x y")),
            ({"some": None}, "--no-some", Options(some=None)),
            ({"some": 3}, "--some 3", Options(some=3)),
            ({"count": -3}, "--count -3", Options(count=-3)),
            ({"ratio": 2}, "--ratio 2", Options(ratio=2.0)),
            ({"ratio": 0.25}, "--ratio 0.25", Options(ratio=0.25)),
            ({"wide": True, "tall": False}, "--wide --no-tall", None),
            ({"perhaps": False}, "--no-perhaps", Options(perhaps=False)),
            ({"colour": Colour.DARK_BLUE}, "--colour dark-blue", None),
            ({"colour": "red"}, "--colour=red", Options()),
            ({"size": Size.LARGE}, "--size large", Options(size=Size.LARGE)),
            ({"size": 2}, "--size large", Options(size=Size.LARGE)),
            ({"size": "very-small"}, "--size very-small", Options()),
            ({"taste": "sour"}, "--taste sour", Options(taste=Taste.SOUR)),
            ({"taste": "sweet"}, "--taste sweet", Options(taste=Taste.SWEET)),
            ({"choice": "b"}, "--choice b", Options(choice="b")),
            ({"choice": 3}, "--choice 3", Options(choice=3)),
            ({"only": "x"}, "--only x", Options(only="x")),
            ({"day": "2027-03-02"}, "--day 2027-03-02", Options(day=DAY)),
            ({"day": DAY}, "--day 2027-03-02", None),
            ({"file": "a/b"}, "--file a/b", Options(file=Path("a/b"))),
            ({"names": ["a", "b"]}, "--names a --names b", Options(names=("a", "b"))),
            ({"colours": ()}, "--no-colours", Options(colours=())),
            (
                {"colours": ["red", Colour.DARK_BLUE]},
                "--colours red --colours dark-blue",
                Options(colours=(Colour.RED, Colour.DARK_BLUE)),
            ),
            ({"switches": [True]}, "--switches true", Options(switches=(True,))),
            ({"new_name": 4}, "--new-name 4", Options(new_name=4)),
            ({"common": 4, "hidden": 4}, "--common 4 --hidden 4", None),
        ],
    )
    def test_have_the_same_result(
        self, keywords: dict[str, Any], words: str, expected: object, command: Run
    ) -> None:
        """
        A keyword and the corresponding flags give equal options objects.
        """
        made = tjun.export(RECORD, OPTED, **keywords).decode()
        given = [word.replace("_", " ") for word in words.split()]
        assert command(*given) == (0, made, "")
        assert made == repr(expected or Options(**keywords))

    @pytest.mark.parametrize(
        ("keyword", "value", "message"),
        [
            ("count", "x", "expected a whole number, got 'x'"),
            ("count", "9" * 5000, "expected a whole number, got '999"),
            ("ratio", "x", "expected a number, got 'x'"),
            ("colour", "green", "expected one of red, dark-blue, got 'green'"),
            ("size", "1", "expected one of very-small, large, got '1'"),
            ("choice", "c", "expected one of a, b, 3, got 'c'"),
            ("only", "c", "expected 'x', got 'c'"),
            ("some", "x", "expected a whole number, got 'x'"),
            ("day", "2027", "expected a date such as 2027-03-02, got '2027'"),
            ("colours", ["x"], "expected one of red, dark-blue, got 'x'"),
            ("colours", ["red", "x"], "value 2: expected one of red, dark-blue, got"),
        ],
    )
    def test_have_the_same_message(
        self, keyword: str, value: str | list[str], message: str, command: Run
    ) -> None:
        """
        A message names the keyword or the flag, and the value.
        """
        start = f"Exporter 'opted': {keyword}: {message}"
        with pytest.raises(tjun.ExportError, match=f"^{re.escape(start)}"):
            tjun.export(RECORD, OPTED, **{keyword: value})
        values = [value] if isinstance(value, str) else value
        done = command(*[f"--{keyword}={each}" for each in values])
        start = f"tjun: Exporter 'opted' (plugin 'opted' of tjun-made 1.2): --{keyword}"
        assert (done.status, done.out) == (2, "")
        assert done.err.startswith(f"{start}: {message}")

    @pytest.mark.parametrize(
        ("keyword", "value", "message"),
        [
            ("names", "abc", "expected a list or a tuple, got 'abc'"),
            ("count", True, "expected a whole number, got True"),
            ("count", 10.0, "expected a whole number, got 10.0"),
            ("ratio", True, "expected a number, got True"),
            pytest.param("ratio", 10**5000, "expected a number, got a int", id="huge"),
            ("wide", 1, "expected true or false, got 1"),
            ("title", 5, "expected text, got 5"),
            ("maybe", ["x" * 100], f"expected text, got ['{'x' * 77}…"),
            ("day", dt.datetime(2027, 3, 2), "expected a date such as 2027-03-02"),  # noqa: DTZ001  # A moment.
            ("file", 5, "expected a path, got 5"),
        ],
    )
    def test_are_not_coerced(self, keyword: str, value: object, message: str) -> None:
        """
        A keyword does not accept a value of a similar type.
        """
        start = f"Exporter 'opted': {keyword}: {message}"
        with pytest.raises(tjun.ExportError, match=f"^{re.escape(start)}"):
            tjun.export(RECORD, OPTED, **{keyword: value})

    def test_report_every_wrong_value(self) -> None:
        """
        All wrong values are reported at once, of whatever kind the error is.
        """
        given = {"count": "x", "cuont": 1, "first_year": 0, "colour": "y"}
        ics = attrs.evolve(OPTED, options=Clashing)
        with pytest.raises(tjun.ExportError) as caught:
            tjun.export(RECORD, ics, **given)
        assert caught.value.reason.split("; ") == [
            "count: expected a whole number, got 'x'",
            "there is no option 'cuont'",
            "did you mean 'count'? It has: count, first_year, colour",
            "colour: expected one of red, dark-blue, got 'y'",
            "first_year must be >= 1: 0",
        ]


@attrs.frozen(kw_only=True)
class Clashing:
    """
    Options for a test with several errors.
    """

    count: int = 1
    first_year: int = attrs.field(default=1, validator=attrs.validators.ge(1))
    colour: Colour = Colour.RED


@attrs.frozen(kw_only=True)
class Strict:
    """
    Options with validators.
    """

    background: str = attrs.field(
        default="#fff", validator=attrs.validators.matches_re("#[0-9a-f]{3}")
    )
    level: int = attrs.field(default=1, validator=attrs.validators.in_([1, 2]))
    small: int = attrs.field(default=1, validator=attrs.validators.lt(5))
    own: int = attrs.field(default=1)
    first: int = 1
    last: int = 9
    _hidden: int = attrs.field(default=1, validator=attrs.validators.lt(5))
    linked: int = attrs.Factory(lambda self: self.first + 9, takes_self=True)

    @own.validator
    def _check(self, _: object, value: int) -> None:
        if value > self.last:
            msg = "this is too much"
            raise ValueError(msg)

    def __attrs_post_init__(self) -> None:
        if self.last < self.first:
            msg = "the last has to follow the first"
            raise ValueError(msg)


STRICT = exporter(Strict)


class TestValidators:
    @pytest.mark.parametrize(
        ("given", "reason"),
        [
            (
                {"background": "red"},
                "{}background must match regex '#[0-9a-f]{{3}}' ('red' doesn't)",
            ),
            ({"level": 3}, "{}level must be in [1, 2] (got 3)"),
            ({"small": 5, "hidden": 6}, "{0}small must be < 5: 5; {0}hidden must be"),
            ({"own": 10}, "{}own: this is too much (got 10)"),
            (
                {"first": 8, "last": 7},
                "{0}first 8, {0}last 7: the last has to follow the first",
            ),
        ],
    )
    def test_name_the_option(
        self, given: dict[str, Any], reason: str, command: Run
    ) -> None:
        """
        A message of a validator starts with the flags or the keywords.
        """
        with pytest.raises(tjun.ExportError) as caught:
            tjun.export(RECORD, STRICT, **given)
        assert caught.value.reason.startswith(reason.format(""))
        words = [f"--{key}={value}" for key, value in given.items()]
        done = command(*words, name="STRICT")
        assert done.status == 2
        assert f": {reason.format('--')}" in done.err

    def test_of_other_options_do_not_fix_defaults(self) -> None:
        """
        A default that depends on another option is computed from what is given.
        """
        assert b"linked=14" in tjun.export(RECORD, STRICT, first=5)

    def test_may_fail_without_any_option(self) -> None:
        """
        An options class that rejects its own defaults still gives a message.
        """
        calls = itertools.count()

        def fickle(*_: object) -> None:
            if next(calls):
                raise ValueError

        made = one_option(validator=fickle)
        next(calls)
        with pytest.raises(tjun.ExportError, match=r"^Exporter 'opted': ValueError$"):
            tjun.export(RECORD, made)

    def test_that_fail_otherwise_are_the_plugin_s_failure(self) -> None:
        """
        An options class that raises anything else has failed.
        """

        def fail(_: object, __: object, value: int) -> None:
            raise KeyError(value)

        with pytest.raises(
            tjun.ExportError, match="its options class failed: KeyError: 2"
        ):
            tjun.export(RECORD, one_option(validator=fail), once=2)


class TestUnusable:
    @pytest.mark.parametrize(
        ("options", "problem"),
        [
            *(
                (f"odd: {kind} = None", "its option 'odd': the type ")
                for kind in (
                    "dict[str, int]",
                    "object",
                    "tuple[tuple[str, ...], ...]",
                    "tuple[int, str]",
                    "tuple[int, None]",
                    "int | Literal['auto']",
                    "int | str | None",
                    "list[int]",
                )
            ),
            ("since: int = 1", "its option 'since' clashes with --since; rename it"),
            ("help: bool = 0", "its option 'help' clashes with --help; rename it"),
            ("plugins: bool = 0", "its option 'plugins' clashes with --no-plugins; r"),
            ("registry: int = 1", "its option 'registry' clashes with --registry; r"),
            ("wide: bool = 0\nno_wide: int = 1", "its option 'no_wide' clashes with"),
        ],
    )
    def test_are_reported_when_the_plugin_is_loaded(
        self, options: str, problem: str, run: Run, shelf: Shelf
    ) -> None:
        """
        Types that tjun cannot read and names that are taken make an exporter unusable.
        """
        shelf.add(options_source(options), name="opted", distribution="tjun-opted")
        found = tjun.exporters()
        assert "opted" not in found
        (failure,) = found.failures
        assert failure.offer == "the exporter 'opted'"
        assert failure.reason.startswith(problem)
        with pytest.raises(tjun.PluginError, match=re.escape(problem)):
            tjun.exporters(strict=True)
        assert problem in run("plugins", columns=None).out
        assert problem in run("export", "--help").err
        done = run("export", "opted")
        assert (done.status, done.out) == (1, "")
        assert f"is offered by tjun-opted 1.2, but {problem}" in done.err

    def test_include_every_flag_of_the_command(self, run: Run, shelf: Shelf) -> None:
        """
        No option may have the name of a flag that every export has.
        """
        shown = run("export", "json", "--help", columns=200).out
        flags = {*re.findall(r"--[a-z-]+", shown), "--help", "--version"}
        assert {"--since", "--record", "--no-plugins"} < flags
        names = [flag.strip("-") for flag in sorted(flags)]
        source = PLUGIN.replace("[test_options.{name}]", "test_options.odd({names})")
        shelf.add(source.format(names=names))
        reasons = {failure.reason for failure in tjun.exporters().failures}
        assert len(reasons) == len(flags)
        assert all("clashes with --" in reason for reason in reasons)


def odd(names: list[str]) -> Iterator[tjun.Exporter]:
    """
    Yield an exporter for each name, with an option of that name.
    """
    for name in names:
        fields = {name.replace("-", "_"): attrs.field(default=1, type=int)}
        made = exporter(attrs.make_class("Odd", fields))
        yield attrs.evolve(made, name=f"odd-{name}")


class TestHelp:
    def test_of_inherited_options_is_kept(self, run: Run, shelf: Shelf) -> None:
        """
        Options that are inherited from another exporter keep their descriptions.
        """
        source = options_source("pages: int = 1").replace(
            "class Options:\n",
            "class Options(tjun.exporters()['ics'].options):\n"
            '    """\n    Mine.\n\n    Attributes:\n        pages: How many.\n'
            '    """\n\n',
        )
        shelf.add(f"import tjun\n{source}")
        shown = run("export", "opted", "--help", columns=200).out
        assert re.search(r"--first-year INT +The first year with entries", shown)
        assert re.search(r"--pages INT +How many\. \[default: 1\]", shown)

    def test_shows_choices_and_defaults(self, command: Run) -> None:
        """
        The values to choose from and the default are shown as users type them.
        """
        shown = " ".join(command("--help").out.replace("│", "").split())
        print(shown)
