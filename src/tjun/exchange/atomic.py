"""
Writing files completely or not at all.
"""

from __future__ import annotations

import contextlib
import errno
import filecmp
import os
import re
import stat
from collections.abc import Iterable

__all__ = ["replace_file", "write_atomically"]


def write_atomically(chunks: Iterable[bytes], path: str) -> bool:
    """
    Write *chunks* to the file at *path*, all or nothing.

    Devices, pipes and open files such as `/dev/fd/1` are written to directly.

    Args:
        chunks: The bytes.

        path: The file. A symbolic link is followed.

    Returns:
        Whether the file changed.

    Raises:
        OSError: If the file cannot be written.

        ValueError: For a path with a null character.
    """
    old = None
    with contextlib.suppress(FileNotFoundError):
        old = os.stat(path).st_mode
    if not os.path.basename(path) or (old is not None and stat.S_ISDIR(old)):
        raise IsADirectoryError(errno.EISDIR, "it is a directory")
    # A copy has the position of the open file, which may be in the middle.
    opened = None if old is None else _descriptor(path)
    if opened is not None or (old is not None and not stat.S_ISREG(old)):
        with open(path if opened is None else os.dup(opened), "wb") as device:
            device.writelines(chunks)
        return True
    return replace_file(chunks, os.path.realpath(path))


def replace_file(chunks: Iterable[bytes], path: str) -> bool:
    """
    Write *chunks* to a new file that replaces the one at *path*, if they differ.

    Args:
        chunks: The bytes.

        path: The file. A symbolic link is replaced.

    Returns:
        Whether the file changed.

    Raises:
        OSError: If the file cannot be written.
    """
    old = None
    with contextlib.suppress(FileNotFoundError):
        old = os.lstat(path).st_mode
    regular = old is not None and stat.S_ISREG(old)
    # A new file gets the permissions that the umask leaves. A copy is private until
    # it has the permissions of the old file.
    mode = 0o600 if regular else 0o666
    # Random enough never to be the name of a file that exists.
    copy = os.path.join(os.path.dirname(path), f".tjun-{os.urandom(8).hex()}")
    try:  # An interruption can come as soon as the file is there.
        with open(copy, "xb", opener=lambda name, how: os.open(name, how, mode)) as new:
            new.writelines(chunks)
            new.flush()
            os.fsync(new.fileno())
        if old is not None and regular:
            if _same(copy, path):
                os.unlink(copy)
                return False
            os.chmod(copy, stat.S_IMODE(old))
        os.replace(copy, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(copy)
        raise
    _sync_directory(os.path.dirname(path))
    return True


def _descriptor(path: str) -> int | None:
    """
    Return the number of the file that this process has open as *path*, if it has.
    """
    while True:
        folder, name = os.path.split(path)
        folder = os.path.realpath(folder)
        path = os.path.join(folder, name)
        if re.fullmatch(rf"/dev/fd|/proc/{os.getpid()}(/task/\d+)?/fd", folder):
            return int(name)
        if not os.path.islink(path):
            return None
        path = os.path.join(folder, os.readlink(path))


def _same(one: str, other: str) -> bool:
    try:
        return filecmp.cmp(one, other, shallow=False)
    except FileNotFoundError:  # Another process has deleted it.
        return False


def _sync_directory(folder: str) -> None:
    """
    Write the directory to the disk, so that the new name survives a power failure.
    """
    with contextlib.suppress(OSError):  # Not every system can.
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
