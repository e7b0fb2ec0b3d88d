"""
The flags of an exporter, made from its options.

Cyclopts only collects the words after each flag. `tjun.exchange.options` converts
both them and keywords, so that a flag and a keyword accept the same values.
"""

from __future__ import annotations

import enum
import functools
import inspect
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Annotated, Any

import attrs
from cyclopts import App, Parameter

from tjun.exchange.contract import Exporter
from tjun.exchange.export import write
from tjun.exchange.options import Option, bind_flags, options_of
from tjun.exchange.values import member_word

__all__ = [
    "bind_words",
    "clashes",
    "flags_class",
    "help_of",
    "words_by_keyword",
    "words_of",
]

_NOT_GIVEN = object()


def flags_class(exporter: Exporter, *, described: bool = True) -> type[Any]:
    """
    Return a class whose fields Cyclopts turns into the flags of *exporter*.

    Args:
        exporter: The exporter.

        described: Whether the flags have a description, for `--help`.

    Raises:
        UnreadableError: If a flag cannot have the type of an option.
    """
    fields: dict[str, Any] = {}
    for index, option in enumerate(options_of(exporter)):
        shape: Any = Annotated[
            option.reader.shape, _parameter(option, described=described)
        ]
        fields[f"option_{index}"] = attrs.field(
            default=_NOT_GIVEN, type=shape, metadata={"keyword": option.keyword}
        )
    return attrs.make_class("Flags", fields, kw_only=True)


def _parameter(option: Option, *, described: bool) -> Parameter:
    default = option.default
    shown = default is not None and default not in ((), "")
    descriptions = help_of(option.owner) if described else {}
    return Parameter(
        name=option.flag,
        help=descriptions.get(option.names[-1], ""),
        converter=None if option.reader.switch else _words,
        show_default=_as_words(default) if shown else False,
        negative=_negative(option),
        consume_multiple=False,
    )


def _words(_: Any, tokens: Sequence[Any]) -> tuple[str, ...]:
    return tuple(token.value for token in tokens)


def _negative(option: Option) -> str:
    """
    Return the flag that sets no value, or "" if the option needs no such flag.
    """
    outer, _, last = option.flag.removeprefix("--").rpartition(".")
    reader, default = option.reader, option.default
    if reader.switch or (reader.optional and default is not None):
        needed = True
    else:
        needed = reader.many and bool(default)
    if not needed:
        return ""
    return f"--{outer}.no-{last}" if outer else f"--no-{last}"


def _as_words(value: Any) -> str:
    return " ".join(_words_for(value))


def _words_for(value: Any) -> list[str]:
    if isinstance(value, (tuple, list)):
        return [word for each in value for word in _words_for(each)]
    if isinstance(value, (set, frozenset)):
        return sorted(word for each in value for word in _words_for(each))
    if isinstance(value, enum.Enum):
        return [member_word(value)]
    return [str(value)]


def help_of(options: type[Any]) -> Mapping[str, str]:
    """
    Return the description of each field in the docstring of an options class.

    A field is described under its alias, which users type, or under its name.
    """
    described = _descriptions(inspect.getdoc(options) or "")
    return {
        field.name: described.get(field.alias, described.get(field.name, ""))
        for field in attrs.fields(options)
    }


@functools.lru_cache(maxsize=64)
def _descriptions(docstring: str) -> Mapping[str, str]:
    import docstring_parser  # noqa: PLC0415  # Slow to import.

    parsed = docstring_parser.parse(docstring)
    return {each.arg_name: each.description or "" for each in parsed.params}


def words_by_keyword(flags: Any) -> Mapping[str, Sequence[str]]:
    """
    Return the words after each flag that was used, by the option's keyword.
    """
    given: dict[str, Sequence[str]] = {}
    for field in attrs.fields(type(flags)):
        value = getattr(flags, field.name)
        if isinstance(value, bool):
            value = (str(value).lower(),)
        if value is not _NOT_GIVEN:
            given[field.metadata["keyword"]] = value or ()
    return given


def clashes(exporter: Exporter, reserved: Collection[str]) -> str | None:
    """
    Return why the options of *exporter* cannot become flags and keywords, or `None`.

    Args:
        exporter: The exporter.

        reserved: The flags that every export has.
    """
    options = options_of(exporter)
    parameters = inspect.signature(write).parameters.values()
    words = {each.name for each in parameters if each.kind is not each.VAR_KEYWORD}
    flags = Counter(
        flag for option in options for flag in {option.flag, _negative(option)} if flag
    )
    for option in options:
        for flag in (option.flag, _negative(option)):
            if flag in reserved:
                return f"its option {option.keyword!r} clashes with {flag}; rename it"
            if flags[flag] > 1:
                return f"two of its options have the flag {flag}; rename one"
        if option.keys[0] in words:
            return (
                f"its option {option.keyword!r} clashes with an argument of export()"
                " or write(); rename it"
            )
    return None


def words_of(exporter: Exporter, options: Any) -> list[str]:
    """
    Return the flags that produce *options*, an instance of the options class.
    """
    words: list[str] = []
    defaults = exporter.options()
    for option in options_of(exporter):
        value = _value(options, option.names)
        if value in (_NOT_GIVEN, _value(defaults, option.names)):
            continue
        if option.reader.switch and value is not None:
            words.append(option.flag if value else _negative(option))
            continue
        given = [] if value is None else _words_for(value)
        if not given:
            words.append(_negative(option))
        size = option.reader.count
        for at in range(0, len(given), size):
            first, *others = given[at : at + size]
            words += [f"{option.flag}={first}", *others]
    return words


def _value(options: Any, names: Sequence[str]) -> Any:
    """
    Return the value of an option; `_NOT_GIVEN` if the object around it is `None`.
    """
    for name in names:
        if options is None:
            return _NOT_GIVEN
        options = getattr(options, name)
    return options


def bind_words(exporter: Exporter, words: Sequence[str]) -> Any:
    """
    Return the options object that these flags produce on the command line.
    """
    flags = flags_class(exporter)
    if not attrs.fields(flags):
        return exporter.options()

    def command(*, flags: Any) -> None: ...

    command.__annotations__["flags"] = Annotated[flags, Parameter(name="*")]
    command.__kwdefaults__ = {"flags": flags()}
    app = App()
    app.default(command)
    _, bound, _ = app.parse_args(list(words), print_error=False, exit_on_error=False)
    return bind_flags(exporter, words_by_keyword(bound.kwargs.get("flags", flags())))
