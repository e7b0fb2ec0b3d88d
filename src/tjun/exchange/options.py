"""
The options of an exporter, and the objects made from what a caller gives for them.

A field of the options class is a keyword in Python and a flag on the command line.
`bind()` makes the object for both; only the converter differs.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

import attrs
from cattrs import Converter

from tjun.conversion import is_optional, is_tuple, single, strict_converter
from tjun.errors import ExportError, TjunError, describe_error, shortened
from tjun.exchange.contract import Exporter
from tjun.exchange.importing import Importer
from tjun.suggestions import suggest

_KEYWORDS = strict_converter()
_ALWAYS_TAKEN = (
    "help no-plugins output replace strict-plugins version"
    " options registry"  # Arguments of `export()` and `read()`.
).split()
_TAKEN_BY_EXPORT = (
    "according-to area disputed id kind language mission no-color record since source"
    " status text today until verbose weight"
).split()


class OptionsError(ExportError):
    """
    Options that do not exist or are not accepted; the caller's error.
    """


def options_of(cls: type[Any]) -> dict[str, attrs.Attribute[Any]]:
    """
    Return the fields of an options class by keyword.
    """
    attrs.resolve_types(cls)
    return {str(field.alias): field for field in attrs.fields(cls) if field.init}


def flag_of(keyword: str) -> str:
    """
    Return the flag of an option: `--first-year` for `first_year`.
    """
    return f"--{keyword.strip('_').replace('_', '-')}"


def negative_of(option: attrs.Attribute[Any], default: Any) -> str:
    """
    Return the flag that sets `False` or no value, or "" if none is needed.

    Args:
        option: The field of the options class.

        default: Its value if it is not given.
    """
    switch = single(option.type) is bool and not is_tuple(option.type)
    unset = is_tuple(option.type) or is_optional(option.type)
    needed = switch or (unset and default not in (None, ()))
    return flag_of(f"no_{option.alias}") if needed else ""


def descriptions_of(cls: type[Any]) -> dict[str, str]:
    """
    Return what the docstring of an options class says about its options.

    Options that it inherits are described by the class that has them.
    """
    import docstring_parser  # noqa: PLC0415  # Slow to import.

    return {
        each.arg_name: each.description or ""
        for base in reversed(cls.__mro__)
        for each in docstring_parser.parse(inspect.cleandoc(base.__doc__ or "")).params
    }


def check_options(exporter: Exporter | Importer) -> None:
    """
    Check that the options of *exporter* can become flags and keywords.

    Raises:
        TjunError: If one of them has a type that tjun cannot read, or a name that is
            already taken.
    """
    defaults = exporter.options()
    names = [*_ALWAYS_TAKEN]
    if isinstance(exporter, Exporter):
        names += _TAKEN_BY_EXPORT
    taken = {f"--{name}" for name in names}
    for keyword, option in options_of(exporter.options).items():
        try:
            negative = negative_of(option, getattr(defaults, option.name))
        except TypeError as error:
            msg = f"its option {keyword!r}: {error}"
            raise TjunError(msg) from None
        for flag in filter(None, (flag_of(keyword), negative)):
            if flag in taken:
                msg = f"its option {keyword!r} clashes with {flag}; rename it"
                raise TjunError(msg)
            taken.add(flag)


def bind(
    exporter: Exporter | Importer,
    given: Mapping[str, Any],
    plugin: str | None = None,
    distribution: str | None = None,
    *,
    converter: Converter = _KEYWORDS,
    label: Callable[[str], str] = str,
) -> Any:
    """
    Return an instance of the options class of *exporter*.

    Args:
        exporter: The exporter.

        given: The values by keyword.

        plugin: The plugin of the exporter, for messages; `None` if it is built in.

        distribution: Its distribution.

        converter: How to read the values.

        label: What messages call the option with this keyword.

    Raises:
        OptionsError: If the exporter has no such option or rejects a value; it reports
            all errors.

        ExportError: If the options class fails.
    """
    cls, options = exporter.options, options_of(exporter.options)
    what = "exporter" if isinstance(exporter, Exporter) else "importer"
    values: dict[str, Any] = {}
    errors: list[str] = []
    for keyword, value in given.items():
        if keyword not in options:
            errors.append(_unknown(keyword, list(options)))
            continue
        try:
            values[keyword] = converter.structure(
                value, cast(Any, options[keyword].type)
            )
        except (TypeError, ValueError) as error:
            errors.append(f"{label(keyword)}: {error}")
    try:
        made, rejections = _made(cls, values, label)
    except Exception as error:
        reason = f"its options class failed: {describe_error(error)}"
        raise ExportError(exporter.name, reason, plugin, distribution, what) from error
    if errors or rejections:
        message = "; ".join([*errors, *rejections])
        raise OptionsError(exporter.name, message, plugin, distribution, what)
    return made


def _unknown(keyword: str, known: list[str]) -> str:
    close = suggest(keyword, known)
    hint = f"did you mean {close[0]!r}? " if close else ""
    listed = ", ".join(known) or "none"
    return f"there is no option {keyword!r}; {hint}It has: {listed}"


def _made(
    cls: type[Any], values: dict[str, Any], label: Callable[[str], str]
) -> tuple[Any, list[str]]:
    """
    Return an object with these values, or why the class rejects them.
    """
    try:
        return cls(**values), []
    except (TypeError, ValueError) as error:
        # It may not say which option it is about, so each value is tried alone.
        if alone := list(_rejections(cls, values, label)):
            return None, alone
        given = (f"{label(key)} {shortened(each)}" for key, each in values.items())
        return None, [": ".join(filter(None, (", ".join(given), _message(error))))]


def _rejections(
    cls: type[Any], values: dict[str, Any], label: Callable[[str], str]
) -> Iterator[str]:
    for keyword, value in values.items():
        try:
            cls(**{keyword: value})
        except (TypeError, ValueError) as error:
            text = f"{label(keyword)}: {_message(error)}"
            for name in (keyword, f"_{keyword}"):  # attrs begins with the attribute.
                text = text.replace(f": '{name}' ", " ", 1)
            shown = shortened(value)
            named = shown in text or str(value) in text or ", got " in text
            yield text if named else f"{text} (got {shown})"


def _message(error: Exception) -> str:
    # attrs' own validators have the attribute and the value as further arguments.
    if len(error.args) > 1 and isinstance(error.args[1], attrs.Attribute):
        return str(error.args[0])
    return str(error) or type(error).__name__
