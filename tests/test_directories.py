"""
Exports of several files, as a directory and as an archive.
"""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import signal
import stat
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import tjun
from tjun import Chronology, Exporter, ExportError, File
from tjun.exchange import atomic

MANIFEST = ".tjun-site.json"
FILES = {"index.html": b"<p>home", "events/a.html": b"<p>a", "data/x.json": b"{}"}


def exporter(files: Iterable[File] | Mapping[str, Any], name: str = "site") -> Exporter:
    if isinstance(files, Mapping):
        files = [File(path, content) for path, content in files.items()]
    return Exporter(
        name=name,
        summary="S",
        media_type="text/html",
        suffix="/",
        render_files=lambda _: files,
    )


def write(
    files: Any, directory: Path | str, name: str = "site", *, replace: bool = False
) -> bool:
    made = exporter(files, name)
    return tjun.write(Chronology(), made, directory, replace=replace)


def refused(files: Any, directory: Path | str, *, replace: bool = False) -> str:
    """
    Return why an export fails, which must change nothing.
    """
    paths = list(Path(directory).rglob("*"))
    before = {path: path.lstat().st_mtime_ns for path in paths}
    with pytest.raises(ExportError) as caught:
        write(files, directory, replace=replace)
    paths = list(Path(directory).rglob("*"))
    assert {path: path.lstat().st_mtime_ns for path in paths} == before
    return caught.value.reason


def contents(directory: Path) -> dict[str, bytes]:
    return {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file() and not path.name.startswith(".tjun-")
    }


@pytest.fixture
def top(tmp_path: Path) -> Path:
    return tmp_path / "public"


class TestDirectory:
    @pytest.mark.parametrize("slash", ["", "/"])
    def test_has_every_file(self, slash: str, top: Path) -> None:
        """
        The directory is created, with or without a trailing slash in its name.
        """
        assert write(FILES, f"{top}{slash}") is True
        assert contents(top) == FILES

    def test_needs_a_name(self) -> None:
        """
        An empty name, as of a variable that is not set, is an error.
        """
        assert refused({"etc": b""}, "").endswith("the directory is empty")

    def test_is_not_touched_if_nothing_changed(self, top: Path) -> None:
        """
        A second export of the same files changes nothing, not even the manifest.
        """
        write(FILES, top)
        for path in top.rglob("*"):
            os.utime(path, ns=(10**18, 10**18))
        before = {path: path.stat().st_ino for path in top.rglob("*")}
        assert write(FILES, top) is False
        assert {path: path.stat().st_ino for path in top.rglob("*")} == before
        assert {path.stat().st_mtime_ns for path in top.rglob("*")} == {10**18}

    def test_keeps_files_that_did_not_change(self, top: Path) -> None:
        """
        Only the file with other content is written.
        """
        write(FILES, top)
        for path in top.rglob("*"):
            os.utime(path, ns=(10**18, 10**18))
        assert write({**FILES, "index.html": b"new"}, top) is True
        assert (top / "index.html").read_bytes() == b"new"
        assert (top / "events/a.html").stat().st_mtime_ns == 10**18

    def test_loses_files_that_are_obsolete(self, top: Path) -> None:
        """
        A file that the exporter wrote before and no longer makes is deleted.
        """
        write(FILES, top)
        (top / "own.html").write_bytes(b"mine")
        assert write({"index.html": b"<p>home"}, top) is True
        assert contents(top) == {"index.html": b"<p>home", "own.html": b"mine"}

    def test_cannot_lose_a_directory_that_is_protected(
        self, top: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        If an empty directory cannot be removed, the export fails.
        """
        write(FILES, top)

        def fail(_: object) -> None:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

        with monkeypatch.context() as patch:
            patch.setattr(os, "rmdir", fail)
            with pytest.raises(ExportError, match="Permission denied"):
                write({}, top)
        write({}, top)
        assert not (top / "data").exists()

    def test_keeps_obsolete_files_that_were_modified(self, top: Path) -> None:
        """
        A file that somebody modified is never deleted, not even later.
        """
        write(FILES, top)
        (top / "events/a.html").write_bytes(b"mine")
        for _ in range(2):
            write({"index.html": b"<p>home"}, top)
            assert (top / "events/a.html").read_bytes() == b"mine"

    def test_has_a_manifest_for_each_exporter(self, top: Path) -> None:
        """
        Two exporters share a directory and delete only their own files.
        """
        write(FILES, top)
        write({"feed.ics": b"x"}, top, "feeds")
        write({}, top)
        assert contents(top) == {"feed.ics": b"x"}
        assert json.loads((top / ".tjun-feeds.json").read_text()) == {
            "version": 1,
            "files": {
                "feed.ics": [
                    "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
                ]
            },
            "directories": [],
        }

    def test_may_turn_a_file_into_a_directory_and_back(self, top: Path) -> None:
        """
        A file makes room for a directory with its name, and the reverse.
        """
        write({"a": b"1", "b": b"2"}, top)
        assert write({"a/b/c": b"3"}, top) is True
        assert contents(top) == {"a/b/c": b"3"}
        assert write({"a": b"4"}, top) is True
        assert contents(top) == {"a": b"4"}

    def test_loses_empty_directories_that_tjun_made(self, top: Path) -> None:
        """
        A directory is removed with its last file, unless somebody else made it.
        """
        (top / "own").mkdir(parents=True)
        write({"a/b/c": b"1", "own/d/e": b"2", "kept/f": b"3"}, top)
        (top / "kept/mine").write_bytes(b"mine")
        write({"index.html": b"4"}, top)
        found = {path.relative_to(top).as_posix() for path in top.glob("**/[!.]*")}
        assert found == {"index.html", "own", "kept", "kept/mine"}
        (top / "kept/mine").unlink()
        write({"index.html": b"5"}, top)
        assert not (top / "kept").exists()

    def test_is_left_alone_by_an_exporter_that_fails(self, top: Path) -> None:
        """
        Nothing is written unless everything was made.
        """

        def render(_: object) -> Iterator[File]:
            yield File("index.html", b"new")
            raise RuntimeError("no ink")  # noqa: EM101  # As plugins do.

        failing = Exporter(
            name="site",
            summary="S",
            media_type="text/html",
            suffix="/",
            render_files=render,
        )
        with pytest.raises(ExportError, match="RuntimeError: no ink"):
            tjun.write(Chronology(), failing, top)
        assert not top.exists()
        write(FILES, top)
        with pytest.raises(ExportError):
            tjun.write(Chronology(), failing, top)
        assert contents(top) == FILES

    @pytest.mark.parametrize("moment", range(1, 6))
    def test_has_only_complete_files_if_the_disk_is_full(
        self, moment: int, top: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Each file is the old or the new one, and the next export completes the rest.
        """
        old = {"a": b"1", "b": b"2", "d": b"3"}
        new = {"a": b"4", "b": b"5", "c": b"6"}
        write(old, top)
        calls = iter(range(1, 100))

        def full(_: int) -> None:
            if next(calls) == moment:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            # Otherwise, it would also be called, but ignored, for the directory.
            patch.setattr(atomic, "_sync_directory", lambda _: None)
            with pytest.raises(ExportError, match="No space left on device"):
                write(new, top)
        found = contents(top)
        assert found.items() <= old.items() | new.items()
        assert [each.name for each in top.glob(".tjun-*")] == [MANIFEST]
        assert write(new, top) is True
        assert contents(top) == new

    def test_cannot_replace_a_file(self, top: Path) -> None:
        """
        A file with the name of the directory is an error, and stays.
        """
        top.write_bytes(b"old")
        for path in (top, f"{top}/"):
            with pytest.raises(ExportError, match="a file has this name"):
                write(FILES, path)
        assert top.read_bytes() == b"old"

    def test_cannot_replace_what_is_not_a_file(self, top: Path) -> None:
        """
        A directory or a pipe where a file has to be is an error.
        """
        (top / "index.html").mkdir(parents=True)
        message = "'index.html' is in the way of a file; move it away"
        assert refused(FILES, top, replace=True).endswith(message)
        (top / "index.html").rmdir()
        os.mkfifo(top / "index.html")
        assert refused(FILES, top, replace=True).endswith(message)

    def test_loses_obsolete_files_that_vanish_meanwhile(
        self, top: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        An obsolete file that somebody else deletes first is no error.
        """
        write(FILES, top)
        delete = os.unlink

        def twice(path: Any) -> None:
            delete(path)
            if not os.path.basename(path).startswith(".tjun-"):
                delete(path)

        monkeypatch.setattr(os, "unlink", twice)
        write({}, top)
        assert contents(top) == {}


class TestForeignFile:
    @pytest.mark.parametrize("content", [b"mine", FILES["index.html"]])
    def test_is_neither_replaced_nor_adopted(self, content: bytes, top: Path) -> None:
        """
        A file that tjun did not write stops the export, even if it is equal.
        """
        top.mkdir()
        (top / "index.html").write_bytes(content)
        assert refused(FILES, top) == (
            f"cannot write {str(top)!r}: tjun did not write 'index.html', or it was"
            " modified since; move it away, or replace files with --replace (in Python,"
            " replace=True)"
        )
        assert contents(top) == {"index.html": content}

    @pytest.mark.parametrize("files", [FILES, {**FILES, "index.html": b"new"}])
    def test_may_be_one_that_was_modified(self, files: Any, top: Path) -> None:
        """
        A file that was modified since tjun wrote it stops the export.
        """
        write(FILES, top)
        (top / "index.html").write_bytes(b"mine")
        assert "'index.html', or it was modified since" in refused(files, top)

    def test_may_belong_to_another_exporter(self, top: Path) -> None:
        """
        Two exporters do not replace each other's files.
        """
        write(FILES, top, "pages")
        assert "tjun did not write 'data/x.json', 'events/a.html'" in refused(
            dict(sorted(FILES.items())), top
        )

    def test_may_be_replaced_on_request(self, top: Path, tmp_path: Path) -> None:
        """
        With `replace`, the files are replaced, also links, and are tjun's from then on.
        """
        (top / "data").mkdir(parents=True)
        (top / "index.html").write_bytes(b"mine")
        (tmp_path / "outside").write_bytes(b"mine")
        (top / "data/x.json").symlink_to(tmp_path / "outside")
        assert write(FILES, top, replace=True) is True
        assert contents(top) == FILES
        assert (tmp_path / "outside").read_bytes() == b"mine"
        write({}, top)
        assert contents(top) == {}

    def test_is_one_of_many(self, top: Path) -> None:
        """
        The error names five files and counts the others.
        """
        files = {f"{n}.html": b"x" for n in range(9)}
        write(files, top, "pages")
        assert "'3.html', '4.html' and 4 more, or" in refused(files, top)

    def test_in_a_directory_protects_the_directory(self, top: Path) -> None:
        """
        A directory with a file of somebody else is not replaced by a file.
        """
        write({"a/b": b"1", "a/c/d": b"2"}, top)
        (top / "a/mine").write_bytes(b"mine")
        assert "'a/mine' is in the way" in refused({"a": b"3"}, top, replace=True)

    def test_protects_a_directory_with_its_name(self, top: Path) -> None:
        """
        A file of somebody else is not replaced by a directory.
        """
        top.mkdir()
        (top / "a").write_bytes(b"mine")
        files = {"a/b": b"1", "a/c": b"2"}
        assert ": 'a' is in the way" in refused(files, top, replace=True)

    def test_whose_read_fails_is_an_error(
        self, top: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        If the disk fails while an obsolete file is read, it is not forgotten.
        """
        write(FILES, top)

        def fail(*_: object) -> None:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

        with monkeypatch.context() as patch:
            patch.setattr(hashlib, "file_digest", fail)
            assert "cannot be read: Input/output error" in refused({}, top)
        write({}, top)
        assert contents(top) == {}


class TestTwoProcesses:
    def test_leave_the_files_of_one_of_them(self, top: Path) -> None:
        """
        Exports into one directory at the same time leave no orphans.
        """
        both = [
            {f"{who}/{n}.html": who.encode() * n for n in range(1, 9)}
            | {"index.html": who.encode()}
            for who in ("a", "b")
        ]
        children = []
        for files in both:
            child = os.fork()
            if child == 0:
                status = 1
                try:
                    for _ in range(5):
                        write(files, top)
                    status = 0
                finally:
                    os._exit(status)
            children.append(child)
        for child in children:
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert contents(top) in both
        assert [each.name for each in top.glob(".tjun-*")] == [MANIFEST]

    @pytest.mark.parametrize("known", [True, False])
    def test_are_not_held_up_where_there_are_no_locks(
        self, known: bool, top: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A system or a disk without locks is written to like any other.
        """

        def fail(*_: object) -> None:
            raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

        if known:
            monkeypatch.setattr("fcntl.flock", fail)
        else:
            monkeypatch.setitem(sys.modules, "fcntl", None)
        write(FILES, top)
        assert contents(top) == FILES


class TestSymbolicLinks:
    def test_inside_are_followed(self, top: Path) -> None:
        """
        A link to another place in the directory is followed, and stays.
        """
        (top / "real").mkdir(parents=True)
        (top / "events").symlink_to("real")
        write(FILES, top)
        assert (top / "real/a.html").read_bytes() == b"<p>a"
        assert (top / "events").is_symlink()

    def test_to_the_directory_itself_are_followed(
        self, top: Path, tmp_path: Path
    ) -> None:
        """
        The directory may be named by a link.
        """
        top.mkdir()
        (tmp_path / "link").symlink_to(top)
        write(FILES, tmp_path / "link")
        assert contents(top) == FILES

    def test_that_point_outside_are_rejected(self, top: Path, tmp_path: Path) -> None:
        """
        Nothing is written through a link that leaves the directory.
        """
        outside = tmp_path / "outside"
        outside.mkdir()
        top.mkdir()
        (top / "events").symlink_to(outside)
        assert "follows a symbolic link out of" in refused(FILES, top, replace=True)
        assert list(outside.iterdir()) == []
        assert contents(top) == {}

    def test_that_point_outside_protect_what_they_point_to(
        self, top: Path, tmp_path: Path
    ) -> None:
        """
        An obsolete file is not deleted through a link, nor is a link itself.
        """
        write(FILES, top)
        outside = tmp_path / "outside"
        (top / "events").rename(outside)
        (top / "events").symlink_to(outside)
        (top / "data/x.json").rename(top / "data/y.json")
        (top / "data/x.json").symlink_to("y.json")
        write({"index.html": b"<p>home"}, top)
        assert (outside / "a.html").read_bytes() == b"<p>a"
        assert (top / "data/x.json").is_symlink()


class TestManifest:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            "[]",
            "{}",
            '{"version": 2, "files": {}}',
            '{"version": 1, "files": []}',
            '{"version": 1, "files": {"a": 1}}',
            '{"version": 1, "files": {"a": "x"}}',
            '{"version": 1, "files": {"a": [null]}}',
            '{"version": 1, "files": {"a": {"b": "x"}}}',
            '{"version": 1, "files": {"../victim": ["x"]}}',
            '{"version": 1, "files": {"/etc/passwd": ["x"]}}',
            '{"version": 1, "files": {"a\\u0000b": ["x"]}}',
            '{"version": 1, "files": {"\\ud800": ["x"]}}',
            '{"version": 1, "files": {".tjun-other.json": ["x"]}}',
            '{"version": 1, "files": {}, "directories": ["../x"]}',
            "[" * 100_000,
        ],
    )
    def test_that_is_damaged_is_an_error(self, text: str, top: Path) -> None:
        """
        A manifest that tjun did not write stops the export before anything changes.
        """
        top.mkdir()
        (top / MANIFEST).write_text(text)
        with pytest.raises(ExportError, match="is not a list of files that tjun wrote"):
            write(FILES, top)
        assert contents(top) == {}

    def test_that_is_not_utf_8_is_an_error(self, top: Path) -> None:
        """
        Bytes that are not text are no manifest.
        """
        top.mkdir()
        (top / MANIFEST).write_bytes(b'\xff{"version": 1, "files": {}}')
        with pytest.raises(ExportError, match="is not a list of files that tjun wrote"):
            write(FILES, top)

    @pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
    def test_that_is_no_file_is_an_error(self, make: Any, top: Path) -> None:
        """
        A named pipe is not read, because that would never end.
        """
        top.mkdir()
        make(top / MANIFEST)
        with pytest.raises(ExportError, match="is not a list of files that tjun wrote"):
            write(FILES, top)

    def test_that_is_a_link_is_an_error(self, top: Path, tmp_path: Path) -> None:
        """
        The manifest is not written through a link.
        """
        top.mkdir()
        (tmp_path / "other").write_text('{"version": 1, "files": {}}')
        (top / MANIFEST).symlink_to(tmp_path / "other")
        with pytest.raises(ExportError, match="is not a list of files that tjun wrote"):
            write(FILES, top)

    def test_is_not_written_through_a_link_that_appears_meanwhile(
        self, top: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A link that somebody plants between two writes is replaced, not followed.
        """
        write(FILES, top)
        (tmp_path / "victim").write_bytes(b"mine")
        sync = os.fsync

        def plant(handle: int) -> None:
            sync(handle)
            (top / MANIFEST).unlink(missing_ok=True)
            (top / MANIFEST).symlink_to(tmp_path / "victim")

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", plant)
            write({"index.html": b"new"}, top)
        assert (tmp_path / "victim").read_bytes() == b"mine"

    @pytest.mark.parametrize("moment", range(1, 9))
    def test_lists_every_file_if_the_export_is_killed(
        self, moment: int, top: Path
    ) -> None:
        """
        Whenever an export is killed, the next one leaves exactly its own files.
        """
        write({"old.html": b"1", "same.html": b"2", "index.html": b"3"}, top)
        child = os.fork()
        if child == 0:
            calls = iter(range(1, 100))

            def kill(function: Any) -> Any:
                def stepped(*given: Any) -> Any:
                    if next(calls) == moment:
                        os.kill(os.getpid(), signal.SIGKILL)
                    return function(*given)

                return stepped

            os.replace, os.unlink = kill(os.replace), kill(os.unlink)
            try:
                write({"same.html": b"2", "index.html": b"4", "new.html": b"5"}, top)
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        assert set(contents(top)) <= {
            "old.html",
            "same.html",
            "index.html",
            "new.html",
        }
        write({"index.html": b"6"}, top)
        assert contents(top) == {"index.html": b"6"}


class TestContract:
    @pytest.mark.parametrize(
        ("paths", "message"),
        [
            (["a", "a"], "the paths 'a' and 'a' cannot exist together"),
            (["a", "A"], "the paths 'a' and 'A' cannot exist together"),
            (["é", "e\u0301"], "cannot exist together"),
            (["a", "A/b"], "the paths 'a' and 'A/b' cannot exist together"),
            (["a/b", "A"], "the paths 'a/' and 'A' cannot exist together"),
        ],
    )
    def test_forbids_paths_that_are_equal_somewhere(
        self, paths: list[str], message: str, top: Path
    ) -> None:
        """
        Two paths that are equal if case does not matter are the plugin's error.
        """
        with pytest.raises(ExportError, match=message):
            write([File(path, b"") for path in paths], top)
        assert not top.exists()

    def test_allows_several_files_in_one_directory(self, top: Path) -> None:
        """
        Files may share directories at any depth.
        """
        files = {"a/b": b"1", "a/c": b"2", "a/d/e": b"3", "a/d/f": b"4"}
        write(files, top)
        assert contents(top) == files

    @pytest.mark.parametrize(
        ("files", "message"),
        [
            ([b"a"], "expected File objects, got bytes"),
            (5, "expected File objects, got int"),
            ([File("a", "text")], "expected chunks of bytes, got str"),  # type: ignore[arg-type]  # The mistake.
            ([File("a", ["text"])], "expected chunks of bytes, got str"),  # type: ignore[list-item]  # The mistake.
        ],
    )
    def test_requires_files_of_bytes(self, files: Any, message: str, top: Path) -> None:
        """
        Anything but `File` objects with bytes is the plugin's error.
        """
        with pytest.raises(ExportError, match=message):
            write(files, top)

    def test_requires_something_for_a_record_with_events(
        self, un: Chronology, top: Path
    ) -> None:
        """
        No files at all are an error if the record has events.
        """
        with pytest.raises(ExportError, match="it yielded nothing at all"):
            tjun.write(un, exporter({}), top)


class TestArchive:
    def test_is_what_export_returns(self) -> None:
        """
        `export()` returns the files as a `.zip`, in their order.
        """
        made = tjun.export(Chronology(), exporter({**FILES, "z": [b"a", b"b"]}))
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            assert archive.namelist() == [*FILES, "z"]
            assert archive.read("z") == b"ab"
            assert archive.testzip() is None
            info = archive.getinfo("index.html")
        assert info.date_time == (1980, 1, 1, 0, 0, 0)
        assert stat.S_IMODE(info.external_attr >> 16) == 0o644

    @pytest.mark.parametrize("name", ["x.zip", "x.ZIP"])
    def test_is_written_to_a_path_that_ends_in_zip(
        self, name: str, tmp_path: Path
    ) -> None:
        """
        A path that ends in `.zip` gets the bytes that `export()` returns.
        """
        path = tmp_path / name
        assert write(FILES, path) is True
        assert path.read_bytes() == tjun.export(Chronology(), exporter(FILES))
        assert write(FILES, path) is False
        assert list(tmp_path.iterdir()) == [path]

    def test_is_a_directory_if_the_path_ends_in_a_slash(self, tmp_path: Path) -> None:
        """
        `x.zip/` is a directory.
        """
        write(FILES, f"{tmp_path}/x.zip/")
        assert contents(tmp_path / "x.zip") == FILES
