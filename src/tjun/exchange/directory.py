"""
Exports of several files: updating a directory, or writing an archive.
"""

from __future__ import annotations

import contextlib
import errno
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

from tjun.exchange.atomic import replace_file
from tjun.exchange.contract import path_problem

__all__ = ["archive", "reproducible_zip", "write_directory"]

_IN_MEMORY = 2**26  # Bytes; more than this go to a temporary file.
_BLOCK = 2**20
_MANIFEST_VERSION = 1
_LARGEST_MANIFEST = 2**26
_MOST_NAMED = 5  # Files in one message.
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # The earliest time in a `.zip` file.

Files = Iterable[tuple[str, Iterable[bytes]]]


class _DirectoryError(ValueError):
    """
    A directory that cannot be written; the message says why, and what to do.
    """


class _OutsideError(PermissionError):
    """
    A path that leads out of the directory.
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


def reproducible_zip(files: Mapping[str, bytes]) -> bytes:
    """
    Return a ZIP file without time stamps, so that it is the same each time.

    Formats such as .docx and .xlsx are ZIP files, and the libraries that write them
    usually put the time into them:

        with zipfile.ZipFile(io.BytesIO(written)) as old:
            yield tjun.reproducible_zip({n: old.read(n) for n in old.namelist()})

    Args:
        files: The content of each file by its path, in the order in which to write
            them. Nothing is compressed.
    """
    return b"".join(archive((path, [content]) for path, content in files.items()))


def write_directory(
    files: Files, directory: str, name: str, *, replace: bool = False
) -> bool:
    """
    Bring the files of one exporter in *directory* up to date.

    Everything is made and checked before the first file is written. A file that is
    the same as before stays untouched. A file that the exporter wrote there before
    and no longer makes is deleted, unless it was modified since. A second export into
    the same directory waits for the first.

    Args:
        files: The path of each file in the directory, and its bytes.

        directory: The directory, which is created if need be.

        name: The exporter, which has a manifest of its own in the directory.

        replace: Whether to replace files that the exporter did not write, or that
            were modified since.

    Returns:
        Whether anything changed.

    Raises:
        OSError: If something cannot be read or written.

        ValueError: If the manifest is damaged, or files would be replaced.
    """
    if not directory:  # Perhaps a variable that is not set.
        msg = "the name of the directory is empty"
        raise _DirectoryError(msg)
    directory = directory.rstrip(os.sep) or os.sep
    if os.path.exists(directory) and not os.path.isdir(directory):
        msg = "a file has this name; an export of several files needs a directory"
        raise NotADirectoryError(None, msg)
    top = os.path.realpath(directory)
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
        parts = {path: _kept(spool, chunks) for path, chunks in files}
        os.makedirs(top, exist_ok=True)
        with _locked(top):
            return _Update(top, name, parts).write(spool, replace=replace)


def _kept(spool: IO[bytes], chunks: Iterable[bytes]) -> _Part:
    start, digest = spool.tell(), hashlib.sha256()
    for chunk in chunks:
        spool.write(chunk)
        digest.update(chunk)
    return _Part(start, spool.tell() - start, digest.hexdigest())


@contextlib.contextmanager
def _locked(top: str) -> Iterator[None]:
    """
    Wait until no other process writes to the directory, where the system can.
    """
    try:
        import fcntl  # noqa: PLC0415  # Windows has none.
    except ImportError:
        yield
        return
    handle = os.open(top, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # Some network drives have no locks.
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


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
        self._before, self._folders = _read_manifest(self._manifest)

    def write(self, spool: IO[bytes], *, replace: bool) -> bool:
        """
        Write what differs and delete what is obsolete.

        Until then, the manifest lists both old and new files, so that the next update
        knows all of them even if this one is interrupted.
        """
        found = {path: self._digest(path) for path in {*self._before, *self._parts}}
        deleted = [
            path
            for path in sorted(self._before.keys() - self._parts.keys())
            if found[path] in self._before[path]
        ]
        self._check(found, deleted, replace=replace)
        changed = [p for p, part in self._parts.items() if found[p] != part.digest]
        now = {path: [part.digest] for path, part in self._parts.items()}
        if changed or deleted:
            both = {
                path: sorted({*self._before.get(path, ()), *now.get(path, ())})
                for path in {*self._before, *now}
            }
            self._folders |= {each for path in changed for each in self._missing(path)}
            self._write_manifest(both)
        for path in deleted:  # First, because a directory may take its place.
            with contextlib.suppress(FileNotFoundError):
                os.unlink(self._inside(path))
        self._remove_folders()
        for path in changed:
            os.makedirs(os.path.dirname(self._inside(path)), exist_ok=True)
            # Checked again, because another process may have created a link there.
            replace_file(_read(spool, self._parts[path]), self._inside(path))
        return self._write_manifest(now) or bool(changed or deleted)

    def _check(
        self, found: Mapping[str, str | None], deleted: list[str], *, replace: bool
    ) -> None:
        """
        Raise an error for what is in the way of a file and does not belong to tjun.
        """
        foreign: list[str] = []
        obstacles: list[str] = []
        for path, part in self._parts.items():
            target, digest = self._inside(path), found[path]
            if os.path.islink(target):
                foreign.append(path)
            elif digest is None:
                obstacles += self._obstacles(path, target, deleted)
            elif digest not in {*self._before.get(path, ()), part.digest} or (
                path not in self._before
            ):
                foreign.append(path)
        if obstacles:
            named = _named([*dict.fromkeys(obstacles)])
            msg = f"{named} is in the way of a file; move it away"
            raise _DirectoryError(msg)
        if foreign and not replace:
            msg = (
                f"tjun did not write {_named(foreign)}, or it was modified since; move"
                " it away, or replace files with --replace (in Python, replace=True)"
            )
            raise _DirectoryError(msg)

    def _obstacles(self, path: str, target: str, deleted: list[str]) -> Iterator[str]:
        """
        Yield what is in the way of a new file, and will not be deleted.
        """
        for above in _folders(path):
            place = os.path.join(self._top, above)
            if above not in deleted and os.path.lexists(place):
                if not os.path.isdir(place):
                    yield above
                break
        if os.path.isdir(target):
            for folder, folders, names in os.walk(target):
                for each in (".", *folders, *names):
                    place = os.path.normpath(os.path.join(folder, each))
                    inside = os.path.relpath(place, self._top).replace(os.sep, "/")
                    if inside not in {*deleted, *self._folders}:
                        yield inside
        elif os.path.lexists(target):
            yield path

    def _missing(self, path: str) -> Iterator[str]:
        for folder in _folders(path):
            if not os.path.isdir(os.path.join(self._top, folder)):
                yield folder

    def _remove_folders(self) -> None:
        """
        Remove directories that tjun made and that are empty now.
        """
        needed = {folder for path in self._parts for folder in _folders(path)}
        for folder in sorted(self._folders - needed, reverse=True):
            try:
                os.rmdir(self._inside(folder))
            except (FileNotFoundError, NotADirectoryError):
                self._folders.discard(folder)
            except OSError as error:
                if error.errno not in {errno.ENOTEMPTY, errno.EEXIST}:
                    raise
            else:
                self._folders.discard(folder)

    def _inside(self, path: str) -> str:
        """
        Return the file at *path*; links are followed only inside the directory.
        """
        parent, name = os.path.split(os.path.join(self._top, path))
        parent = os.path.realpath(parent)
        if os.path.commonpath([self._top, parent]) != self._top:
            msg = f"{path!r} follows a symbolic link out of the directory"
            raise _OutsideError(None, msg)
        return os.path.join(parent, name)

    def _digest(self, path: str) -> str | None:
        """
        Return the digest of the file at *path*; `None` if there is no file.
        """
        try:
            target = self._inside(path)
            if not stat.S_ISREG(os.lstat(target).st_mode):
                return None
            with open(target, "rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except (FileNotFoundError, NotADirectoryError, _OutsideError):
            return None
        except OSError as error:
            msg = f"{path!r} cannot be read: {error.strerror}"
            raise OSError(error.errno, msg) from error

    def _write_manifest(self, files: Mapping[str, list[str]]) -> bool:
        table = {
            "version": _MANIFEST_VERSION,
            "files": dict(sorted(files.items())),
            "directories": sorted(self._folders),
        }
        text = json.dumps(table, ensure_ascii=False, indent=1) + "\n"
        return replace_file([text.encode()], self._manifest)


def _named(paths: list[str]) -> str:
    named = ", ".join(map(repr, paths[:_MOST_NAMED]))
    more = len(paths) - _MOST_NAMED
    return f"{named} and {more} more" if more > 0 else named


def _read_manifest(path: str) -> tuple[dict[str, list[str]], set[str]]:
    """
    Return the files that the manifest lists, and the directories that tjun made.
    """
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):  # A named pipe would never end.
            raise ValueError
        with open(path, "rb") as file:
            table = json.loads(file.read(_LARGEST_MANIFEST))
        if table["version"] != _MANIFEST_VERSION:
            raise ValueError
        files: dict[str, list[str]] = table["files"]
        folders: list[str] = table.get("directories", [])
        for digests in files.values():
            strings = all(isinstance(digest, str) for digest in digests)
            if not isinstance(digests, list) or not strings:
                raise ValueError
        if any(map(path_problem, [*files, *folders])):
            raise ValueError
    except FileNotFoundError:
        return {}, set()
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        msg = (
            f"{path!r} is not a list of files that tjun wrote; delete it, and replace"
            " the files with --replace (in Python, replace=True)"
        )
        raise _DirectoryError(msg) from None
    return files, set(folders)


def _folders(path: str) -> Iterator[str]:
    """
    Yield each directory that *path* is in, as a path.
    """
    while path := os.path.dirname(path):
        yield path


def _read(spool: IO[bytes], part: _Part) -> Iterator[bytes]:
    spool.seek(part.start)
    left = part.length
    while left:
        block = spool.read(min(left, io.DEFAULT_BUFFER_SIZE * 16))
        left -= len(block)
        yield block
