"""
Bind the options of an exporter, given as keywords or as flags.

Both use the same readers, defaults and validators, so what works in Python works on
the command line, and what does not fails with the same message.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, get_args

import attrs

from tjun.errors import ExportError, describe_error
from tjun.exchange.contract import Exporter
from tjun.exchange.values import Reader, UnreadableError, reader_of, shortened
from tjun.suggestions import suggest

__all__ = ["Option", "OptionsError", "bind_flags", "bind_keywords", "options_of"]


class OptionsError(ExportError):
    """
    Options that an exporter does not have or does not accept; the caller's error.
    """


@attrs.frozen(kw_only=True)
class Option:
    """
    One option of an exporter; an option in a nested class has several keys.

    Attributes:
        keys: The keyword, or the keywords from the outermost to the innermost.

        reader: How to read its values.

        default: Its value if it is not given.

        owner: The attrs class that has it as a field.

        names: The attributes that lead from the options object to the value.
    """

    keys: tuple[str, ...]
    reader: Reader
    default: Any
    owner: type[Any]
    names: tuple[str, ...]

    @property
    def keyword(self) -> str:
        """
        What Python calls it, such as `first_year`.
        """
        return ".".join(self.keys)

    @property
    def flag(self) -> str:
        """
        What the command line calls it, such as `--first-year`.
        """
        return _flag(self.keys)


def options_of(exporter: Exporter) -> tuple[Option, ...]:
    """
    Return the options of *exporter*, in the order of its class.

    Raises:
        UnreadableError: If a flag cannot have the type of one of them.
    """
    return tuple(_options(exporter.options, exporter.options(), (), ()))


def _options(
    cls: type[Any], defaults: Any, keys: tuple[str, ...], names: tuple[str, ...]
) -> list[Option]:
    found: list[Option] = []
    for field in _fields(cls):
        default = getattr(defaults, field.name)
        path, attributes = (*keys, field.alias), (*names, field.name)
        if (nested := _nested(field.type)) is not None:
            inner = default if isinstance(default, nested) else nested()
            found += _options(nested, inner, path, attributes)
            continue
        try:
            reader = reader_of(field.type)
        except UnreadableError as error:
            msg = f"the option {'.'.join(path)!r}: {error}"
            raise UnreadableError(msg) from None
        found.append(
            Option(
                keys=path,
                reader=reader,
                default=default,
                owner=cls,
                names=attributes,
            )
        )
    return found


def _fields(cls: type[Any]) -> list[Any]:
    attrs.resolve_types(cls)
    return [field for field in attrs.fields(cls) if field.init]


def _nested(kind: Any) -> Any:
    """
    Return the attrs class in *kind*, which is that class or a union of it with `None`.

    Return `None` for any other type.
    """
    kinds = [each for each in get_args(kind) or (kind,) if each is not type(None)]
    if len(kinds) != 1 or not attrs.has(kinds[0]):
        return None
    try:
        reader_of(kinds[0])  # A `PartialDate` is an attrs class, but a single value.
    except UnreadableError:
        return kinds[0]
    return None


def bind_keywords(exporter: Exporter, given: Mapping[str, Any], *origin: Any) -> Any:
    """
    Return an instance of the options class made from keywords.

    Args:
        exporter: The exporter.

        given: The values by keyword. A dict stands for an object of a nested class.

        origin: The plugin of the exporter and its distribution, for messages.

    Raises:
        OptionsError: If the exporter has no such option or rejects a value.

        ExportError: If the options class fails.
    """
    return _Binder(exporter, origin, ".".join).bind(given)


def bind_flags(
    exporter: Exporter, given: Mapping[str, Sequence[str]], *origin: Any
) -> Any:
    """
    Return an instance of the options class made from the words after flags.

    Args:
        exporter: The exporter.

        given: The words after each flag that was used, by the option's keyword. No
            words at all mean an empty collection, or `None`.

        origin: The plugin of the exporter and its distribution, for messages.

    Raises:
        OptionsError: If the exporter rejects a value.

        ExportError: If the options class fails.
    """
    tree: dict[str, Any] = {}
    for keyword, words in given.items():
        *outer, last = keyword.split(".")
        branch = tree
        for key in outer:
            branch = branch.setdefault(key, {})
        branch[last] = _Words(tuple(words))
    return _Binder(exporter, origin, _flag).bind(tree)


@attrs.frozen
class _Words:
    """
    The words after a flag.
    """

    words: tuple[str, ...]


def _flag(keys: Iterable[str]) -> str:
    return "--" + ".".join(key.strip("_").replace("_", "-") for key in keys)


class _Binder:
    """
    Make an options object, collecting every error.

    Args:
        exporter: The exporter.

        origin: Its plugin and distribution, for messages.

        label: What messages call an option with these keys.
    """

    def __init__(
        self,
        exporter: Exporter,
        origin: Sequence[Any],
        label: Callable[[Iterable[str]], str],
    ) -> None:
        self._exporter = exporter
        self._origin = origin
        self._label = label
        self._errors: list[str] = []

    def bind(self, given: Mapping[str, Any]) -> Any:
        """
        Return the options object, or raise one error about everything that is wrong.
        """
        cls = self._exporter.options
        made = self._structure(cls, given, cls(), ())
        if self._errors:
            message = "; ".join(self._errors)
            raise OptionsError(self._exporter.name, message, *self._origin)
        return made

    def _structure(
        self,
        make: Callable[..., Any],
        given: Mapping[str, Any],
        base: Any,
        keys: tuple[str, ...],
    ) -> Any:
        """
        Return an object like *base* but with the values in *given*.

        Args:
            make: Creates the object from keywords.

            given: The values by keyword.

            base: An object of the same class.

            keys: Where the object is among the options.
        """
        fields = {field.alias: field for field in _fields(type(base))}
        before = len(self._errors)
        values: dict[str, Any] = {}
        for key, value in given.items():
            if key not in fields:
                self._unknown(key, list(fields), keys)
                continue
            field, where = fields[key], (*keys, key)
            try:
                default = getattr(base, field.name)
                values[key] = self._read(field.type, value, default, where)
            except ValueError as error:
                self._errors.append(f"{self._label(where)}: {error}")
        return None if self._errors[before:] else self._made(make, values, keys)

    def _read(self, kind: Any, value: Any, default: Any, keys: tuple[str, ...]) -> Any:
        words = value.words if isinstance(value, _Words) else None
        if type(None) in get_args(kind) and (value is None or words == ()):
            return None
        nested = _nested(kind)
        if nested is None:
            reader = reader_of(kind)
            return reader.keyword(value) if words is None else reader.words(words)
        if isinstance(value, nested):
            return value
        if not isinstance(value, Mapping):
            expected = f"a {nested.__name__} or a dict of its options"
            msg = f"expected {expected}, got {shortened(value)}"
            raise ValueError(msg)
        if not isinstance(default, nested):
            return self._structure(nested, value, nested(), keys)
        evolve = functools.partial(attrs.evolve, default)
        return self._structure(evolve, value, default, keys)

    def _made(
        self, make: Callable[..., Any], values: dict[str, Any], keys: tuple[str, ...]
    ) -> Any:
        try:
            return make(**values)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001  # A plugin may raise anything.
            # The error may not say which value it is about, so each is tried alone.
            alone = {key: _problem(make, {key: each}) for key, each in values.items()}
            rejections = [
                self._rejection((*keys, key), values[key], problem)
                for key, problem in alone.items()
                if problem is not None
            ]
            self._errors += rejections or [self._conflict(values, keys, error)]
            return None

    def _rejection(
        self, keys: tuple[str, ...], value: Any, error: BaseException
    ) -> str:
        message = self._sentence(error)
        text = f"{self._label(keys)}: {message}"
        for name in (keys[-1], f"_{keys[-1]}"):  # attrs begins with the attribute.
            if message.startswith(f"'{name}' "):
                text = f"{self._label(keys)} {message[len(name) + 3 :]}"
        shown = shortened(value)
        return text if shown in text or str(value) in text else f"{text} (got {shown})"

    def _conflict(
        self, values: Mapping[str, Any], keys: tuple[str, ...], error: BaseException
    ) -> str:
        message = self._sentence(error)
        given = ", ".join(
            f"{self._label((*keys, key))} {shortened(value)}"
            for key, value in values.items()
        )
        return f"{given}: {message}" if given else message

    def _sentence(self, error: BaseException) -> str:
        """
        Return the message of a rejection; raise ExportError for any other error.
        """
        if not isinstance(error, (TypeError, ValueError)):
            reason = f"its options class failed: {describe_error(error)}"
            raise ExportError(self._exporter.name, reason, *self._origin) from error
        # attrs' own validators have the attribute and the value as further arguments.
        if len(error.args) > 1 and isinstance(error.args[1], attrs.Attribute):
            return str(error.args[0])
        return describe_error(error).removeprefix(f"{type(error).__name__}: ")

    def _unknown(self, key: str, known: list[str], keys: tuple[str, ...]) -> None:
        close = suggest(key, known)
        hint = f"did you mean {close[0]!r}? " if close else ""
        where = f" in {self._label(keys)}" if keys else ""
        listed = ", ".join(known) or "none"
        text = f"there is no option {key!r}{where}; {hint}It has: {listed}"
        self._errors.append(text)


def _problem(make: Callable[..., Any], value: dict[str, Any]) -> BaseException | None:
    """
    Return the error that this value alone causes, or `None`.
    """
    try:
        make(**value)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001  # A plugin may raise anything.
        return error
    return None
