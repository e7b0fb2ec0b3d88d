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
from typing import BinaryIO

__all__ = ["write_atomically"]

_OWN_DESCRIPTORS = re.compile(r"/proc/([0-9]+)(?:/task/[0-9]+)?/fd")
_MOST_LINKS = 40  # The limit of Linux.
_LARGEST_DESCRIPTOR = 2**31 - 1


def write_atomically(chunks: Iterable[bytes], path: str) -> bool:
    """
    Write *chunks* to the file at *path*, all or nothing.

    Devices, pipes and the standard streams of this process are written to directly.

    Args:
        chunks: The bytes.

        path: The file. A symbolic link is followed.

    Returns:
        Whether the file changed.

    Raises:
        OSError: If the file cannot be written.

        ValueError: For a path with a null character.
    """
    if path.endswith(os.sep):
        raise IsADirectoryError(errno.EISDIR, "it is a directory")
    descriptor = _own_descriptor(path)
    if descriptor is not None:
        return _write_device(chunks, os.dup(descriptor))
    try:
        old: os.stat_result | None = os.stat(path)
    except FileNotFoundError:
        old = None
    if old is not None and stat.S_ISDIR(old.st_mode):
        raise IsADirectoryError(errno.EISDIR, "it is a directory")
    if old is not None and not stat.S_ISREG(old.st_mode):
        return _write_device(chunks, path)
    return _replace(chunks, os.path.realpath(path), old)


def _replace(chunks: Iterable[bytes], path: str, old: os.stat_result | None) -> bool:
    # A new file gets the permissions that the umask leaves. A copy is private until
    # it has the permissions of the old file.
    mode = 0o666 if old is None else 0o600
    # Random enough never to be the name of a file that exists.
    copy = os.path.join(os.path.dirname(path), f".tjun-{os.urandom(8).hex()}")
    try:  # An interruption can come as soon as the file is there.
        with _create(copy, mode) as file:
            file.writelines(chunks)
            file.flush()
            os.fsync(file.fileno())
        if old is not None and _same(copy, path):
            os.unlink(copy)
            return False
        if old is not None:
            _copy_attributes(path, copy)
            os.chmod(copy, stat.S_IMODE(old.st_mode))
        os.replace(copy, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(copy)
        raise
    _sync_directory(os.path.dirname(path))
    return True


def _create(path: str, mode: int) -> BinaryIO:
    """
    Open a new file for writing, with the permissions of *mode* and the umask.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    return open(path, "wb", opener=lambda name, _: os.open(name, flags, mode))


def _own_descriptor(path: str) -> int | None:
    """
    Return the descriptor of this process that *path* refers to, or `None`.

    Its target may be a file that a shell goes on writing to, so it is written to
    directly and never replaced. It has many names, such as `/dev/stdout`,
    `/proc/thread-self/fd/1`, a link to one of these, or the file itself.
    """
    for _ in range(_MOST_LINKS):
        parent, name = os.path.split(path)
        parent = os.path.realpath(parent)
        match = _OWN_DESCRIPTORS.fullmatch(parent)
        if match is not None and int(match[1]) == os.getpid() and name.isdecimal():
            if int(name[:20]) > _LARGEST_DESCRIPTOR:
                raise OSError(errno.EBADF, os.strerror(errno.EBADF))
            return int(name)
        path = os.path.join(parent, name)
        if not os.path.islink(path):
            break
        path = os.path.join(parent, os.readlink(path))
    for standard in (1, 2):
        with contextlib.suppress(OSError):
            if os.path.samestat(os.stat(path), os.fstat(standard)):
                return standard
    return None


def _write_device(chunks: Iterable[bytes], into: str | int) -> bool:
    with open(into, "wb") as device:
        device.writelines(chunks)
    return True


def _same(one: str, other: str) -> bool:
    try:
        return filecmp.cmp(one, other, shallow=False)
    except FileNotFoundError:  # Another process has deleted it.
        return False


def _copy_attributes(old: str, new: str) -> None:
    """
    Copy the extended attributes of a file, if the system supports them.
    """
    with contextlib.suppress(OSError, AttributeError):
        for name in os.listxattr(old):
            with contextlib.suppress(OSError):  # Only root can set some of them.
                os.setxattr(new, name, os.getxattr(old, name))


def _sync_directory(folder: str) -> None:
    """
    Write the directory to the disk, so that the new name survives a power failure.
    """
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
