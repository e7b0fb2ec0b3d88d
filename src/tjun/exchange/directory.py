"""
Exports of several files: updating a directory, or writing an archive.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import stat
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import IO

import attrs

from tjun.exchange.atomic import write_atomically
from tjun.exchange.contract import path_problem

__all__ = ["ManifestError", "archive", "write_directory"]

_IN_MEMORY = 2**26  # Bytes; more than this go to a temporary file.
_BLOCK = 2**20
_MANIFEST_VERSION = 1
_LARGEST_MANIFEST = 2**26
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # The earliest time in a `.zip` file.

Files = Iterable[tuple[str, Iterable[bytes]]]


class ManifestError(ValueError):
    """
    A manifest is damaged, or tjun did not write it.
    """


@attrs.frozen
class _Part:
    """
    One file of the export, and where its bytes are.
    """

    start: int
    length: int
    digest: str


def archive(files: Files) -> Iterator[bytes]:
    """
    Yield a `.zip` file; the same files always give the same bytes.

    Nothing is compressed, because what compression yields depends on the library that
    does it.
    """
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
        with zipfile.ZipFile(spool, "w") as made:
            for path, chunks in files:
                entry = zipfile.ZipInfo(path, _FIRST_DAY)
                entry.create_system = 3  # Unix, for the permissions.
                entry.external_attr = (stat.S_IFREG | 0o644) << 16
                with made.open(entry, "w") as file:
                    file.writelines(chunks)
        spool.seek(0)
        while block := spool.read(_BLOCK):
            yield block


def write_directory(files: Files, directory: str, name: str) -> bool:
    """
    Bring the files of one exporter in *directory* up to date.

    Everything is made before the first file is written. A file that is the same
    as before stays untouched. A file that the exporter wrote there before and no
    longer makes is deleted, unless it was modified since.

    Args:
        files: The path of each file in the directory, and its bytes.

        directory: The directory, which is created if need be.

        name: The exporter, which has a manifest of its own in the directory.

    Returns:
        Whether anything changed.

    Raises:
        OSError: If something cannot be written.

        ManifestError: If the manifest is damaged.
    """
    directory = directory.rstrip(os.sep) or os.sep
    if os.path.exists(directory) and not os.path.isdir(directory):
        msg = "a file has this name; an export of several files needs a directory"
        raise NotADirectoryError(None, msg)
    top = os.path.realpath(directory)
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
        parts = {path: _kept(spool, chunks) for path, chunks in files}
        os.makedirs(top, exist_ok=True)
        return _Update(top, name, parts).write(spool)


def _kept(spool: IO[bytes], chunks: Iterable[bytes]) -> _Part:
    start, digest = spool.tell(), hashlib.sha256()
    for chunk in chunks:
        spool.write(chunk)
        digest.update(chunk)
    return _Part(start, spool.tell() - start, digest.hexdigest())


class _Update:
    """
    One update of a directory.

    Args:
        top: The directory, without symbolic links in its path.

        name: The exporter.

        parts: What was made, by path.
    """

    def __init__(self, top: str, name: str, parts: Mapping[str, _Part]) -> None:
        self._top = top
        self._parts = parts
        self._manifest = os.path.join(top, f".tjun-{name}.json")
        self._before = self._read_manifest()

    def write(self, spool: IO[bytes]) -> bool:
        """
        Write what differs and delete what is obsolete.

        Until then, the manifest lists both old and new files, so that the next update
        knows all of them even if this one is interrupted.
        """
        targets = {path: self._inside(path) for path in self._parts}
        changed = [p for p, part in self._parts.items() if not _is(targets[p], part)]
        obsolete = [path for path in self._before if path not in self._parts]
        deleted = [path for path in obsolete if self._may_delete(path)]
        now = {path: [part.digest] for path, part in self._parts.items()}
        if changed or deleted:
            paths = sorted({*self._before, *now})
            both = {
                path: sorted({*self._before.get(path, ()), *now.get(path, ())})
                for path in paths
            }
            self._write_manifest(both)
        # A file has to be deleted before a directory can have its name.
        folders = {folder for path in changed for folder in _folders(path)}
        self._delete(path for path in deleted if path in folders)
        for path in changed:
            os.makedirs(os.path.dirname(targets[path]), exist_ok=True)
            # Checked again, because another process may have created a link there.
            write_atomically(_read(spool, self._parts[path]), self._inside(path))
        self._delete(path for path in deleted if path not in folders)
        return self._write_manifest(now) or bool(changed or deleted)

    def _delete(self, paths: Iterable[str]) -> None:
        for path in paths:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(os.path.join(self._top, path))

    def _inside(self, path: str) -> str:
        """
        Return the file at *path*; a link is followed only inside the directory.
        """
        target = os.path.realpath(os.path.join(self._top, path))
        if os.path.commonpath([self._top, target]) != self._top or target == self._top:
            msg = f"{path!r} is or follows a symbolic link out of the directory"
            raise PermissionError(None, msg)
        return target

    def _may_delete(self, path: str) -> bool:
        """
        Return whether *path* is still a file that the exporter wrote.
        """
        target = os.path.join(self._top, path)
        with contextlib.suppress(OSError):
            if self._inside(path) == target and _is_regular(target):
                return _digest(target) in self._before[path]
        return False

    def _read_manifest(self) -> dict[str, list[str]]:
        try:
            if not _is_regular(self._manifest):  # A named pipe would never end.
                raise ValueError
            with open(self._manifest, "rb") as file:
                text = file.read(_LARGEST_MANIFEST)
            table = json.loads(text)
            if table["version"] != _MANIFEST_VERSION:
                raise ValueError
            files: dict[str, list[str]] = table["files"]
            for path, digests in files.items():
                strings = all(isinstance(digest, str) for digest in digests)
                if path_problem(path) or not isinstance(digests, list) or not strings:
                    raise ValueError
        except FileNotFoundError:
            return {}
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            msg = (
                f"{self._manifest!r} is not a list of files that tjun wrote; delete it"
                " to start afresh"
            )
            raise ManifestError(msg) from None
        return files

    def _write_manifest(self, files: Mapping[str, list[str]]) -> bool:
        table = {"version": _MANIFEST_VERSION, "files": dict(sorted(files.items()))}
        text = json.dumps(table, ensure_ascii=False, indent=1) + "\n"
        return write_atomically([text.encode()], self._manifest)


def _folders(path: str) -> Iterator[str]:
    """
    Yield each directory that *path* is in, as a path.
    """
    while path := os.path.dirname(path):
        yield path


def _is(path: str, part: _Part) -> bool:
    """
    Return whether the file at *path* contains these bytes.
    """
    try:
        if not _is_regular(path):
            raise FileExistsError(None, f"{path!r} exists and is not a regular file")
        return os.path.getsize(path) == part.length and _digest(path) == part.digest
    except (FileNotFoundError, NotADirectoryError):
        return False


def _is_regular(path: str) -> bool:
    return stat.S_ISREG(os.lstat(path).st_mode)


def _digest(path: str) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read(spool: IO[bytes], part: _Part) -> Iterator[bytes]:
    spool.seek(part.start)
    left = part.length
    while left:
        block = spool.read(min(left, io.DEFAULT_BUFFER_SIZE * 16))
        left -= len(block)
        yield block
