"""
Files that are written whole or not at all.
"""

from __future__ import annotations

import contextlib
import errno
import filecmp
import os
import re
import stat
import tempfile
from collections.abc import Iterable

from tjun.errors import ExportError

__all__ = ["write_atomically"]

_OWN_HANDLE = re.compile(r"(?:/dev/fd|/proc/self/fd)/([0-9]+)")
_STANDARD = {"/dev/stdin": 0, "/dev/stdout": 1, "/dev/stderr": 2}


def write_atomically(made: Iterable[bytes], path: str, name: str) -> bool:
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
            return _write_device(made, os.dup(own))
        return _replace(made, path)
    except (OSError, ValueError) as error:  # ValueError: a null in the path.
        why = getattr(error, "strerror", None) or str(error)
        raise ExportError(name, f"cannot write {path!r}: {why}") from error


def _replace(made: Iterable[bytes], path: str) -> bool:
    try:
        mode: int | None = os.stat(path).st_mode
    except FileNotFoundError:
        mode = None
    if mode is not None and stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder")
    if mode is not None and not stat.S_ISREG(mode):
        return _write_device(made, path)
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
    _sync_directory(os.path.dirname(path))
    return True


def _own_handle(path: str) -> int | None:
    """
    Return the handle of this process that *path* stands for, if it is one.

    Its target may be a file that a shell goes on writing to, so it is written to
    where it stands and never replaced.
    """
    match = _OWN_HANDLE.fullmatch(path)
    return _STANDARD.get(path) if match is None else int(match[1])


def _write_device(made: Iterable[bytes], into: str | int) -> bool:
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


def _sync_directory(folder: str) -> None:
    """
    Put the new name on the disk, where the system has a way to.
    """
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
