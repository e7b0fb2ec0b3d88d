"""
Exports as octets, and as files that are whole or untouched.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn

import attrs

from tjun.chronology.chronology import Chronology
from tjun.errors import ExportError, describe_error
from tjun.exporting.atomic import write_atomically
from tjun.exporting.contract import Exporter, ExportRequest
from tjun.plugins.registry import BUILTIN, Registry, builtin, exporters
from tjun.suggestions import suggest

_MOST_EMPTY = 1_000_000  # Pieces without an octet, where there is a limit at all.

__all__ = ["export", "pieces", "registry_with", "write"]


def export(
    chronology: Chronology,
    name: str,
    /,
    *,
    language: str = "en",
    today: dt.date | None = None,
    **options: Any,
) -> bytes:
    """
    Return *chronology* in the format of the exporter called *name*.

    Args:
        chronology: The record, or the part of it to write.

        name: `ics`, `json`, `markdown`, or what a plugin offers.

        language: `en`, `ru` or `tg`.

        today: The day to count from; the clock's, in local time, where not given.

        options: The exporter's own.

    Raises:
        NotFoundError: For a name that no exporter has.

        ExportError: For an option that the exporter does not have, or a wrong
            value; or when the exporter fails.
    """
    return b"".join(_prepared(chronology, name, language, today, options))


def write(
    chronology: Chronology,
    name: str,
    path: str | os.PathLike[str],
    /,
    *,
    language: str = "en",
    today: dt.date | None = None,
    **options: Any,
) -> bool:
    """
    Write *chronology* to a file: all of it, or nothing.

    The octets go to a new file in the same folder, which takes the place of the old
    one when it is complete and on the disk; the old one's permissions are kept. A
    link is followed. Where the octets are the same as before, the old file stays as
    it is, with its time stamp. A device or a named pipe is written to as it is.

    Args:
        chronology: The record, or the part of it to write.

        name: `ics`, `json`, `markdown`, or what a plugin offers.

        path: The file to write.

        language: `en`, `ru` or `tg`.

        today: The day to count from; the clock's, in local time, where not given.

        options: The exporter's own.

    Returns:
        Whether the file changed.

    Raises:
        NotFoundError: For a name that no exporter has.

        ExportError: As `export()`, or when the file cannot be written.
    """
    made = _prepared(chronology, name, language, today, options)
    return write_atomically(made, os.fspath(path), name)


def _prepared(
    chronology: Chronology,
    name: str,
    language: str,
    today: dt.date | None,
    options: dict[str, Any],
) -> Iterator[bytes]:
    registry = registry_with(name)
    exporter = registry[name]
    chosen = _options(exporter, options)
    try:
        request = ExportRequest(
            chronology=chronology,
            options=chosen,
            language=language,
            today=dt.date.today() if today is None else today,
        )
    except ValueError as error:
        raise ExportError(name, str(error)) from None
    return pieces(registry, name, request)


def registry_with(name: str) -> Registry:
    """
    Return a registry that has *name*, if there is one at all.

    A built-in exporter is found without importing a stranger's code.
    """
    registry = builtin()
    return registry if name in registry else exporters()


def _options(exporter: Exporter, given: dict[str, Any]) -> Any:
    from tjun.records.converter import faults_in, strict_converter  # noqa: PLC0415  # cattrs loads when first needed.

    known = [field.name for field in attrs.fields(exporter.options) if field.init]
    listed = ", ".join(known) or "none"
    for option in given:
        if option not in known:
            close = suggest(option, known)
            hint = f"did you mean {close[0]!r}? " if close else ""
            msg = f"there is no option {option!r}; {hint}It has: {listed}"
            raise ExportError(exporter.name, msg)
    try:
        return strict_converter().structure(given, exporter.options)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # An options class may raise anything, too.
        told = "; ".join(
            f"{path.removeprefix('.')}: {message}" if path else message
            for path, message in faults_in(error)
        )
        raise ExportError(exporter.name, f"{told}. Its options: {listed}") from error


def pieces(
    registry: Registry, name: str, request: ExportRequest, *, most: int | None = None
) -> Iterator[bytes]:
    """
    Yield what the exporter yields, as long as it keeps its contract.

    Args:
        registry: Where the exporter is found.

        name: What it is called.

        request: What it is asked for.

        most: How many octets it may give; any number where not given.

    Raises:
        ExportError: When it raises, or gives anything but octets, or nothing for a
            record that has events, or too much; it names the exporter and, where it
            is not built in, its plugin, and has the cause.
    """
    owner = registry.owners[name]
    stranger = (owner.plugin, owner.release) if owner.plugin != BUILTIN else ()
    octets = empty = 0
    reading = False  # Whether what is raised comes from who reads the pieces.
    try:
        for piece in _checked(registry[name].render(request)):
            octets += len(piece)
            empty += not piece
            if most is not None and octets > most:
                _broken(f"it gives more than the {most:,} octets allowed")
            if most is not None and empty > max(most, _MOST_EMPTY):
                _broken(f"it gives more than {max(most, _MOST_EMPTY):,} empty pieces")
            reading = True
            yield piece
            reading = False
        if not octets and request.chronology.events:
            _broken("it gave nothing at all")
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # SystemExit, too, is a plugin's failure here.
        if reading:
            raise
        told = str(error) if isinstance(error, _BrokenError) else describe_error(error)
        if isinstance(error, ExportError):
            if error.plugin is not None or not stranger:
                raise
            told = error.reason
        raise ExportError(name, told, *stranger) from error


class _BrokenError(Exception):
    """
    An exporter breaks its contract; the message says how.
    """


def _broken(message: str) -> NoReturn:
    raise _BrokenError(message)


def _checked(made: Any) -> Iterator[bytes]:
    if isinstance(made, (bytes, str)) or not isinstance(made, Iterable):
        _broken(f"expected pieces of bytes, got {type(made).__name__}")
    for piece in made:
        if not issubclass(type(piece), bytes):  # Not what it only claims to be.
            _broken(f"expected pieces of bytes, got {type(piece).__name__}")
        yield piece
