"""
Exports as octets, and as files that are whole or untouched.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import filecmp
import os
import re
import stat
import tempfile
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn

import attrs

from tjun.catalog import nearest
from tjun.chronology import Chronology
from tjun.errors import ExportError, said
from tjun.hookspecs import Exporter, ExportRequest
from tjun.registry import BUILTIN, Registry, builtin, exporters

_MOST_EMPTY = 1_000_000  # Pieces without an octet, where there is a limit at all.
_OWN_HANDLE = re.compile(r"(?:/dev/fd|/proc/self/fd)/([0-9]+)")
_STANDARD = {"/dev/stdin": 0, "/dev/stdout": 1, "/dev/stderr": 2}

__all__ = ["export", "pieces", "put", "registry_with", "write"]


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
    return put(made, os.fspath(path), name)


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
    from tjun.structuring import faults_in, strict_converter  # noqa: PLC0415  # cattrs loads when first needed.

    known = [field.name for field in attrs.fields(exporter.options) if field.init]
    listed = ", ".join(known) or "none"
    for option in given:
        if option not in known:
            close = nearest(option, known)
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
        told = str(error) if isinstance(error, _BrokenError) else said(error)
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


def put(made: Iterable[bytes], path: str, name: str) -> bool:
    """
    Write octets to *path*, all or nothing, and return whether the file changed.

    Args:
        made: The octets, piece by piece.

        path: The file.

        name: The exporter, for messages.

    Raises:
        ExportError: When the file cannot be written.
    """
    try:
        if path.endswith(os.sep):
            raise IsADirectoryError(errno.EISDIR, "it is a folder")
        own = _own_handle(path)
        if own is not None:
            return _pour(made, os.dup(own))
        return _put(made, path)
    except (OSError, ValueError) as error:  # ValueError: a null in the path.
        why = getattr(error, "strerror", None) or str(error)
        raise ExportError(name, f"cannot write {path!r}: {why}") from error


def _put(made: Iterable[bytes], path: str) -> bool:
    try:
        mode: int | None = os.stat(path).st_mode
    except FileNotFoundError:
        mode = None
    if mode is not None and stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder")
    if mode is not None and not stat.S_ISREG(mode):
        return _pour(made, path)
    path = os.path.realpath(path)
    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(path), prefix=".tjun-")
    try:
        with open(handle, "wb") as file:
            file.writelines(made)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None and _same(temporary, path):
            os.unlink(temporary)
            return False
        os.chmod(temporary, _new_mode() if mode is None else stat.S_IMODE(mode))
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    _settle(os.path.dirname(path))
    return True


def _own_handle(path: str) -> int | None:
    """
    Return the handle of this process that *path* stands for, if it is one.

    Its target may be a file that a shell goes on writing to, so it is written to
    where it stands and never replaced.
    """
    match = _OWN_HANDLE.fullmatch(path)
    return _STANDARD.get(path) if match is None else int(match[1])


def _pour(made: Iterable[bytes], into: str | int) -> bool:
    with open(into, "wb") as device:
        device.writelines(made)
    return True


def _same(one: str, other: str) -> bool:
    try:
        return filecmp.cmp(one, other, shallow=False)
    except FileNotFoundError:  # Someone took it away meanwhile.
        return False


def _new_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _settle(folder: str) -> None:
    """
    Put the new name on the disk, where the system has a way to.
    """
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
