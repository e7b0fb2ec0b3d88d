"""
The flags of an exporter or importer, made from its options.

Cyclopts only collects the words after each flag. `bind()` reads them, as it reads
keywords, so that both accept the same values and all errors are reported at once.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from cyclopts import Parameter

from tjun.cli.parameters import FORMAT
from tjun.conversion import (
    choices_of,
    is_optional,
    is_tuple,
    single,
    strict_converter,
    word_for,
)
from tjun.exchange.contract import Exporter
from tjun.exchange.importing import Importer
from tjun.exchange.options import (
    bind,
    descriptions_of,
    flag_of,
    negative_of,
    options_of,
)

_PREFIX = "option_"  # Keeps options apart from the other arguments of the command.
_SWITCH = {"true": True, "false": False, True: True, False: False}
_FLAGS = strict_converter({int: int, float: float, bool: _SWITCH.__getitem__})


def flag_parameters(
    exporter: Exporter | Importer, *, described: bool
) -> Iterator[inspect.Parameter]:
    """
    Yield a parameter of a command for each option of *exporter*.

    Args:
        exporter: The exporter or importer.

        described: Whether they have a description, for `--help`.
    """
    defaults = exporter.options()
    descriptions = descriptions_of(exporter.options) if described else {}
    for keyword, option in options_of(exporter.options).items():
        default = getattr(defaults, option.name)
        several = default if isinstance(default, tuple) else (default,)
        shown = " ".join(map(word_for, several))
        shape = _shape(option.type)
        parameter = Parameter(
            name=flag_of(keyword),
            group=FORMAT,
            help=descriptions.get(keyword, descriptions.get(option.name, "")),
            converter=None if shape in {bool, bool | None} else _words,
            show_default=shown if default is not None and shown else False,
            negative=negative_of(option, default),
            consume_multiple=False,
        )
        yield inspect.Parameter(
            _PREFIX + keyword,
            inspect.Parameter.KEYWORD_ONLY,
            default=default,
            annotation=Annotated[shape, parameter],
        )


def _words(_: Any, tokens: Sequence[Any]) -> tuple[str, ...]:
    return tuple(token.value for token in tokens)


def _shape(kind: Any) -> Any:
    """
    Return the type from which Cyclopts makes the help and counts the words.
    """
    shape = single(kind)
    if choices := tuple(choices_of(shape)):
        literal: Any = Literal[choices]
        shape = literal
    if is_tuple(kind):
        # A switch cannot be repeated.
        return tuple.__class_getitem__((str if shape is bool else shape, ...))
    return shape | None if is_optional(kind) else shape


def bind_flags(
    exporter: Exporter | Importer, given: Mapping[str, Any], *origin: Any
) -> Any:
    """
    Return an instance of the options class made from flags.

    Args:
        exporter: The exporter or importer.

        given: What Cyclopts made of each flag that was used: the words after it, or
            true or false for a switch. Nothing means that the flag sets no value.

        origin: The plugin of the exporter and its distribution, for messages.

    Raises:
        OptionsError: If the exporter rejects a value; it reports all errors.

        ExportError: If the options class fails.
    """
    options = options_of(exporter.options)
    values: dict[str, Any] = {}
    for name, value in given.items():
        keyword = name.removeprefix(_PREFIX)
        words = (value,) if isinstance(value, bool) else value or ()
        many = is_tuple(options[keyword].type)
        values[keyword] = words if many else next(iter(words), None)
    return bind(exporter, values, *origin, converter=_FLAGS, label=flag_of)
