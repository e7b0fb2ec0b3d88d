"""
Options: what works as a keyword works as a flag, and fails with the same message.
"""

from __future__ import annotations

import datetime as dt
import decimal
import enum
import itertools
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, NewType, Optional

import attrs
import pytest

from tjun import Exporter, ExportError, PartialDate
from tjun.cli.exporting import reserved_flags
from tjun.cli.flags import bind_words, clashes, words_of
from tjun.exchange.options import (
    OptionsError,
    bind_flags,
    bind_keywords,
    options_of,
)
from tjun.exchange.registry import builtin_exporters
from tjun.exchange.values import UnreadableError, shortened


class Colour(enum.Enum):
    RED = "red"
    DARK_BLUE = "dark-blue"


class Size(enum.IntEnum):
    VERY_SMALL = 1
    LARGE = 2


_YEAR = PartialDate(2000)
Width = NewType("Width", int)


@attrs.frozen(kw_only=True)
class Page:
    """
    A nested class of options.

    Attributes:
        size: How large it is.

        colour: Its colour.
    """

    size: int = attrs.field(default=1, validator=attrs.validators.ge(1))
    colour: Colour = Colour.RED


@attrs.frozen(kw_only=True)
class Options:
    """
    Options of every type.
    """

    text: str = "none"
    maybe: str | None = None
    some: Optional[int] = 5  # noqa: UP045  # Plugins may be written that way.
    count: int = 1
    ratio: float = 0.5
    price: decimal.Decimal = decimal.Decimal("1.5")
    wide: bool = False
    tall: bool = True
    colour: Colour = Colour.RED
    size: Size = Size.VERY_SMALL
    choice: Literal["a", "b", 3] = "a"
    level: int | Literal["auto"] = "auto"
    day: dt.date | None = None
    moment: dt.datetime | None = None
    date: PartialDate = _YEAR
    file: Path = Path("x")
    names: tuple[str, ...] = ()
    colours: tuple[Colour, ...] = (Colour.RED,)
    listed: list[int] = attrs.Factory(list)
    unique: frozenset[str] = frozenset()
    sequence: Sequence[int] = ()
    collection: Collection[int] = ()
    pair: tuple[int, str] = (1, "a")
    pairs: tuple[tuple[int, int], ...] = ()
    page: Page = Page(colour=Colour.DARK_BLUE)
    other_page: Page | None = None
    renamed: int = attrs.field(default=1, alias="new_name")
    _hidden: int = 1
    width: Width = Width(1)
    described: Annotated[int, "some description"] = 1
    anything: Any = None
    made: int = attrs.field(default=7, init=False)


def exporter(options: type[Any]) -> Exporter:
    return Exporter(
        name="opted",
        summary="S",
        media_type="text/plain",
        suffix=".txt",
        render=list,
        options=options,
    )


OPTED = exporter(Options)


class TestBoth:
    @pytest.mark.parametrize(
        ("keywords", "words", "expected"),
        [
            ({"text": "x y"}, ["--text", "x y"], "x y"),
            ({"maybe": "x"}, ["--maybe", "x"], "x"),
            ({"some": None}, ["--no-some"], None),
            ({"some": 3}, ["--some", "3"], 3),
            ({"count": -3}, ["--count", "-3"], -3),
            ({"ratio": 2}, ["--ratio", "2"], 2.0),
            ({"ratio": 0.25}, ["--ratio", "0.25"], 0.25),
            ({"price": "2.50"}, ["--price", "2.50"], decimal.Decimal("2.50")),
            ({"wide": True}, ["--wide"], True),
            ({"tall": False}, ["--no-tall"], False),
            ({"colour": Colour.DARK_BLUE}, ["--colour", "dark-blue"], Colour.DARK_BLUE),
            ({"colour": "dark-blue"}, ["--colour=dark-blue"], Colour.DARK_BLUE),
            ({"size": Size.LARGE}, ["--size", "large"], Size.LARGE),
            ({"size": 2}, ["--size", "large"], Size.LARGE),
            ({"size": "very-small"}, ["--size", "very-small"], Size.VERY_SMALL),
            ({"choice": "b"}, ["--choice", "b"], "b"),
            ({"choice": 3}, ["--choice", "3"], 3),
            ({"level": 3}, ["--level", "3"], 3),
            ({"level": "auto"}, ["--level", "auto"], "auto"),
            ({"day": dt.date(2027, 3, 2)}, ["--day", "2027-03-02"], None),
            ({"day": "2027-03-02"}, ["--day", "2027-03-02"], dt.date(2027, 3, 2)),
            (
                {"moment": dt.datetime(2027, 3, 2, 9, tzinfo=dt.UTC)},
                ["--moment", "2027-03-02T09:00+00:00"],
                dt.datetime(2027, 3, 2, 9, tzinfo=dt.UTC),
            ),
            ({"moment": "2027-03-02"}, ["--moment", "2027-03-02"], None),
            ({"date": "2000-05"}, ["--date", "2000-05"], PartialDate(2000, 5)),
            ({"date": PartialDate(2000, 5)}, ["--date", "2000-05"], None),
            ({"file": "a/b"}, ["--file", "a/b"], Path("a/b")),
            ({"names": ["a", "b"]}, ["--names", "a", "--names", "b"], ("a", "b")),
            ({"names": ("a",)}, ["--names", "a"], ("a",)),
            ({"colours": ()}, ["--no-colours"], ()),
            (
                {"colours": ["red", Colour.DARK_BLUE]},
                ["--colours", "red", "--colours", "dark-blue"],
                (Colour.RED, Colour.DARK_BLUE),
            ),
            ({"listed": [1, 2]}, ["--listed", "1", "--listed", "2"], [1, 2]),
            ({"unique": {"a"}}, ["--unique", "a"], frozenset("a")),
            ({"sequence": [1]}, ["--sequence", "1"], (1,)),
            ({"collection": [1]}, ["--collection", "1"], (1,)),
            ({"pair": [2, "b"]}, ["--pair", "2", "b"], (2, "b")),
            (
                {"pairs": [(1, 2), (3, 4)]},
                ["--pairs", "1", "2", "--pairs", "3", "4"],
                ((1, 2), (3, 4)),
            ),
            (
                {"page": {"size": 2}},
                ["--page.size", "2"],
                Page(size=2, colour=Colour.DARK_BLUE),
            ),
            (
                {"page": Page(size=3)},
                ["--page.size", "3", "--page.colour", "red"],
                Page(size=3),
            ),
            ({"other_page": {"size": 2}}, ["--other-page.size", "2"], Page(size=2)),
            ({"new_name": 4}, ["--new-name", "4"], None),
            ({"hidden": 4}, ["--hidden", "4"], None),
            ({"width": 4}, ["--width", "4"], 4),
            ({"described": 4}, ["--described", "4"], 4),
            ({"anything": "x"}, ["--anything", "x"], "x"),
        ],
    )
    def test_have_the_same_result(
        self, keywords: dict[str, Any], words: list[str], expected: object
    ) -> None:
        """
        A keyword and the corresponding flags give equal options objects.
        """
        by_keyword = bind_keywords(OPTED, keywords)
        assert bind_words(OPTED, words) == by_keyword
        assert by_keyword != Options() or expected in {"auto", Size.VERY_SMALL}
        if expected is not None:
            (name,) = keywords
            found = getattr(by_keyword, name)
            assert (type(found), found) == (type(expected), expected)
        assert bind_words(OPTED, words_of(OPTED, by_keyword)) == by_keyword

    @pytest.mark.parametrize(
        ("keyword", "value", "words", "message"),
        [
            ("count", "x", ["x"], "expected a whole number, got 'x'"),
            ("count", "1.5", ["1.5"], "expected a whole number, got '1.5'"),
            ("count", "9" * 5000, ["9" * 5000], "expected a whole number, got '999"),
            ("ratio", "x", ["x"], "expected a number, got 'x'"),
            ("price", "x", ["x"], "expected a decimal number, got 'x'"),
            ("colour", "green", ["green"], "expected one of red, dark-blue, got 'gre"),
            ("size", "1", ["1"], "expected one of very-small, large, got '1'"),
            ("choice", "c", ["c"], "expected one of a, b, 3, got 'c'"),
            ("level", "x", ["x"], "expected a whole number or 'auto', got 'x'"),
            ("some", "x", ["x"], "expected a whole number, got 'x'"),
            ("day", "2027", ["2027"], "expected a date such as 2027-03-02, got '2027'"),
            ("date", "2027-13", ["2027-13"], "expected a day, month or year such as"),
            (
                "colours",
                ["red", "green"],
                ["red", "green"],
                "value 2: expected one of red, dark-blue, got 'green'",
            ),
            ("colours", ["x"], ["x"], "expected one of red, dark-blue, got 'x'"),
            ("pair", [1], None, "expected 2 values, got [1]"),
            ("pair", ["x", "a"], None, "value 1: expected a whole number, got 'x'"),
            ("names", "abc", None, "expected a list or a tuple, got 'abc'"),
            ("count", True, None, "expected a whole number, got True"),
            ("count", "5", None, "expected a whole number, got '5'"),
            ("ratio", True, None, "expected a number, got True"),
            ("wide", 1, None, "expected true or false, got 1"),
            ("text", 5, None, "expected text, got 5"),
            ("day", dt.datetime(2027, 3, 2), None, "expected a date such as"),  # noqa: DTZ001  # A moment.
            ("moment", dt.date(2027, 3, 2), None, "expected a date and time such as"),
            ("price", 1.5, None, "expected a decimal number, got 1.5"),
            ("date", 2000, None, "expected a day, month or year such as"),
            ("file", 5, None, "expected a path, got 5"),
            ("page", 5, None, "expected a Page or a dict of its options, got 5"),
        ],
    )
    def test_have_the_same_message(
        self, keyword: str, value: object, words: list[str] | None, message: str
    ) -> None:
        """
        A message names the keyword or the flag, and the value.
        """
        with pytest.raises(OptionsError) as caught:
            bind_keywords(OPTED, {keyword: value}, "bad", "tjun-bad 1")
        assert caught.value.reason.startswith(f"{keyword}: {message}")
        assert (caught.value.plugin, caught.value.distribution) == ("bad", "tjun-bad 1")
        if words is not None:
            with pytest.raises(OptionsError) as caught:
                bind_flags(OPTED, {keyword: words}, "bad", "tjun-bad 1")
            assert caught.value.reason.startswith(f"--{keyword}: {message}")
            assert caught.value.plugin == "bad"

    def test_report_every_wrong_value(self) -> None:
        """
        All wrong values are reported at once.
        """
        with pytest.raises(OptionsError) as caught:
            bind_keywords(OPTED, {"count": "x", "page": {"size": "y"}, "cuont": 1})
        first, second, third = caught.value.reason.split("; ", 2)
        assert first == "count: expected a whole number, got 'x'"
        assert second == "page.size: expected a whole number, got 'y'"
        assert third.startswith("there is no option 'cuont'; did you mean 'count'? It ")

    def test_of_a_nested_class_name_it(self) -> None:
        """
        An unknown option of a nested class is reported with the outer keyword.
        """
        with pytest.raises(OptionsError) as caught:
            bind_keywords(OPTED, {"page": {"xyz": 1}})
        assert caught.value.reason == (
            "there is no option 'xyz' in page; It has: size, colour"
        )

    def test_of_a_nested_class_may_be_none(self) -> None:
        """
        `None` is accepted if the type of a nested class includes it.
        """
        assert bind_keywords(OPTED, {"other_page": None}) == Options()

    def test_that_are_not_given_do_not_fix_other_defaults(self) -> None:
        """
        A default that depends on another option is computed from what is given.
        """
        cls = attrs.make_class(
            "Linked",
            {
                "first": attrs.field(default=1, type=int),
                "last": attrs.field(
                    default=attrs.Factory(lambda self: self.first + 9, takes_self=True),
                    type=int,
                ),
            },
        )
        assert bind_keywords(exporter(cls), {"first": 5}).last == 14


@attrs.frozen(kw_only=True)
class Strict:
    """
    Options with validators.
    """

    background: str = attrs.field(
        default="#fff", validator=attrs.validators.matches_re("#[0-9a-f]{3}")
    )
    level: int = attrs.field(default=1, validator=attrs.validators.in_([1, 2]))
    size: Any = attrs.field(default=1, validator=attrs.validators.instance_of(int))
    small: int = attrs.field(default=1, validator=attrs.validators.lt(5))
    own: int = attrs.field(default=1)
    first: int = 1
    last: int = 9

    @own.validator
    def _check(self, _: object, value: int) -> None:
        if value > self.last:
            msg = "this is too much"
            raise ValueError(msg)

    def __attrs_post_init__(self) -> None:
        if self.last < self.first:
            msg = "the last has to follow the first"
            raise ValueError(msg)


class TestValidators:
    @pytest.mark.parametrize(
        ("keyword", "value", "message"),
        [
            ("background", "red", "must match regex '#[0-9a-f]{3}' ('red' doesn't)"),
            ("level", 3, "must be in [1, 2] (got 3)"),
            (
                "size",
                "x",
                "must be <class 'int'> (got 'x' that is a <class 'str'>).",
            ),
            ("small", 5, "must be < 5: 5"),
        ],
    )
    def test_of_attrs_speak_in_sentences(
        self, keyword: str, value: object, message: str
    ) -> None:
        """
        A message of an attrs validator starts with the flag or the keyword.
        """
        with pytest.raises(OptionsError) as caught:
            bind_keywords(exporter(Strict), {keyword: value})
        assert caught.value.reason == f"{keyword} {message}"
        with pytest.raises(OptionsError) as caught:
            bind_flags(exporter(Strict), {keyword: [str(value)]})
        assert caught.value.reason == f"--{keyword} {message}"

    def test_may_use_other_options(self) -> None:
        """
        A validator that looks at other options sees them.
        """
        with pytest.raises(OptionsError) as caught:
            bind_flags(exporter(Strict), {"own": ["10"]})
        assert caught.value.reason == "--own: this is too much (got 10)"

    def test_of_several_options_name_all_that_were_given(self) -> None:
        """
        A conflict between options names each with its value.
        """
        given = {"first": 8, "last": 7}
        with pytest.raises(OptionsError) as caught:
            bind_keywords(exporter(Strict), given)
        message = "the last has to follow the first"
        assert caught.value.reason == f"first 8, last 7: {message}"
        words = {key: [str(value)] for key, value in given.items()}
        with pytest.raises(OptionsError) as caught:
            bind_flags(exporter(Strict), words)
        assert caught.value.reason == f"--first 8, --last 7: {message}"

    def test_that_fail_later_name_no_option(self) -> None:
        """
        An options class that fails without any option still gives a message.
        """
        calls = itertools.count()

        def fickle(_: object, __: object, ___: object) -> None:
            if next(calls):
                raise ValueError("no more")  # noqa: EM101  # Short.

        field = attrs.field(default=1, type=int, validator=fickle)
        cls = attrs.make_class("Fickle", {"once": field})
        with pytest.raises(OptionsError, match=r"^Exporter 'opted': no more$"):
            bind_keywords(exporter(cls), {})

    def test_that_are_interrupted_interrupt(self) -> None:
        """
        Ctrl-C in an options class interrupts, at once or when an option is tried.
        """
        stops: list[type[BaseException]] = [KeyboardInterrupt]

        def stop(_: object, __: object, value: int) -> None:
            if value == 2:
                raise stops.pop(0)

        field = attrs.field(default=1, type=int, validator=stop)
        cls = attrs.make_class("Slow", {"once": field})
        with pytest.raises(KeyboardInterrupt):
            bind_keywords(exporter(cls), {"once": 2})
        stops += [ValueError, KeyboardInterrupt]
        with pytest.raises(KeyboardInterrupt):
            bind_keywords(exporter(cls), {"once": 2})

    def test_that_fail_otherwise_are_the_plugin_s_failure(self) -> None:
        """
        An options class that raises anything else has failed.
        """
        with pytest.raises(ExportError, match="its options class failed: KeyError"):
            bind_keywords(exporter(_failing()), {"once": 2})


def _failing() -> type[Any]:
    def fail(_: object, __: object, value: int) -> None:
        if value == 2:
            raise KeyError(value)

    field = attrs.field(default=1, type=int, validator=fail)
    return attrs.make_class("Failing", {"once": field})


class TestTypes:
    @pytest.mark.parametrize(
        ("kind", "message"),
        [
            (
                dict[str, int],
                "tjun cannot read the type dict[str, int] from a command line",
            ),
            (object, "tjun cannot read the type object from a command line"),
            (tuple[tuple[str, ...], ...], "cannot read a collection of collections"),
            (tuple[tuple[int, ...], int], "cannot read a collection of collections"),
            (
                int | tuple[int, ...],
                "cannot read a union with several collections",
            ),
        ],
    )
    def test_that_no_flag_can_have_are_rejected(self, kind: Any, message: str) -> None:
        """
        A type that the command line cannot express is reported with its option.
        """
        cls = attrs.make_class("Odd", {"odd": attrs.field(default=None, type=kind)})
        with pytest.raises(UnreadableError) as caught:
            options_of(exporter(cls))
        assert str(caught.value).startswith("the option 'odd': ")
        assert message in str(caught.value)

    def test_may_be_aliases(self) -> None:
        """
        An alias made with `type` is read like what it stands for.
        """
        alias = type("TypeAliasType", (), {"__value__": int})()
        cls = attrs.make_class("Aliased", {"n": attrs.field(default=1, type=alias)})
        assert bind_keywords(exporter(cls), {"n": 3}).n == 3

    def test_of_values_are_shortened(self) -> None:
        """
        A long value, or one that cannot be shown, does not fill the message.
        """

        class Odd:
            def __repr__(self) -> str:
                raise RuntimeError

        assert len(shortened("x" * 1000)) == 80
        assert shortened(Odd()) == "a Odd"


class TestClashes:
    @pytest.mark.parametrize(
        ("name", "message"),
        [
            ("language", "its option 'language' clashes with --language; rename it"),
            ("today", "its option 'today' clashes with --today; rename it"),
            ("help", "its option 'help' clashes with --help; rename it"),
            ("version", "its option 'version' clashes with --version; rename it"),
            ("plugins", "its option 'plugins' clashes with --no-plugins; rename it"),
            ("registry", "its option 'registry' clashes with an argument of export()"),
            ("path", "its option 'path' clashes with an argument of export() or writ"),
        ],
    )
    def test_with_what_every_export_has_are_found(
        self, name: str, message: str
    ) -> None:
        """
        An option cannot have the name of a flag or of an argument.
        """
        cls = attrs.make_class("Odd", {name: attrs.field(default=False, type=bool)})
        problem = clashes(exporter(cls), reserved_flags())
        assert problem is not None
        assert problem.startswith(message)

    def test_between_two_options_are_found(self) -> None:
        """
        Two options cannot have the same flag.
        """
        cls = attrs.make_class(
            "Odd",
            {
                "wide": attrs.field(default=False, type=bool),
                "no_wide": attrs.field(default=1, type=int),
            },
        )
        assert clashes(exporter(cls), reserved_flags()) == (
            "two of its options have the flag --no-wide; rename one"
        )

    @pytest.mark.parametrize("built_in", builtin_exporters(), ids=lambda e: e.name)
    def test_are_none_among_the_built_in_exporters(self, built_in: Exporter) -> None:
        """
        The options of the built-in exporters clash with nothing.
        """
        assert clashes(built_in, reserved_flags()) is None
