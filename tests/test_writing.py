import datetime as dt
import errno
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from fake_plugins import Shelf, options_source
from making import by

import tjun
from tjun import (
    Chronology,
    Citation,
    Event,
    Exporter,
    ExportError,
    NotFoundError,
    Source,
)

TODAY = dt.date(2026, 11, 23)
NO_SUCH_FILE = os.strerror(errno.ENOENT)
WORLD = Source(id="world", title="World", publisher=by("World News"))
RECORD = Chronology(
    events=[
        Event(
            id="it-began",
            title="It began",
            date="1992-03-02",
            citations=[Citation(source=WORLD)],
        )
    ]
)


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    made = Shelf(str(tmp_path / "site"), monkeypatch)
    yield made
    made.clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "folder"
    made.mkdir()
    return made


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


class TestExport:
    def test_is_what_the_exporter_yields(self, shelf: Shelf) -> None:
        """
        The chunks are joined, including empty ones.
        """
        shelf.add("render-gives-list")
        assert tjun.export(RECORD, "listed") == b"made"

    @pytest.mark.parametrize("call", ["export", "write"])
    def test_takes_an_option_called_name(self, call: str, folder: Path) -> None:
        """
        The calendar's option `name` does not get in the way of the exporter's name.
        """
        given: dict[str, Any] = {"name": "Ours"}
        path = folder / "out.ics"
        if call == "export":
            data = tjun.export(RECORD, "ics", **given)
        else:
            tjun.write(RECORD, "ics", path, **given)
            data = path.read_bytes()
        assert b"\r\nNAME:Ours\r\n" in data

    def test_is_in_the_requested_language(self) -> None:
        """
        The exporter gets the language; the default is English.
        """
        assert tjun.export(RECORD, "markdown", language="ru").startswith(
            "# Хронология\n".encode()
        )
        assert tjun.export(RECORD, "markdown").startswith(b"# Chronology\n")


class TestUnknownThings:
    def test_day_is_an_error(self) -> None:
        """
        Anything but a date for today is an ExportError.
        """
        with pytest.raises(ExportError) as caught:
            tjun.export(RECORD, "ics", today="2027-03-02")  # type: ignore[arg-type]  # What is tested.
        message = "expected a datetime.date for today, got '2027-03-02'"
        assert caught.value.reason == message

    def test_language_error_lists_the_available_ones(self) -> None:
        """
        An unknown language is an error that lists those available.
        """
        with pytest.raises(NotFoundError, match=r"language 'de'.*'en', 'ru' or 'tg'"):
            tjun.export(RECORD, "ics", language="de")

    @pytest.mark.parametrize("record", [3, "un", None])
    def test_record_is_an_error(self, record: Any) -> None:
        """
        Anything but a Chronology is an ExportError without a plugin.
        """
        message = f"expected a Chronology to export, got {record!r}"
        with pytest.raises(ExportError) as caught:
            tjun.export(record, "ics")
        assert caught.value.reason == message

    @pytest.mark.parametrize("exporter", [3, None, b"ics"])
    def test_exporter_of_another_type_is_an_error(self, exporter: Any) -> None:
        """
        Anything but a name or an `Exporter` is a TypeError.
        """
        with pytest.raises(TypeError, match="expected the name of an exporter or an E"):
            tjun.export(RECORD, exporter)

    def test_option_error_suggests_a_name_and_lists_all(self) -> None:
        """
        An unknown option is an error that suggests a similar one and lists all.
        """
        with pytest.raises(ExportError) as caught:
            tjun.export(RECORD, "ics", evry=5)
        assert caught.value.exporter == "ics"
        fields = attrs.fields(tjun.exporters()["ics"].options)
        names = ", ".join(each.name for each in fields)
        assert caught.value.reason == (
            f"there is no option 'evry'; did you mean 'every'? It has: {names}"
        )

    def test_option_error_lists_only_options_that_can_be_set(
        self, shelf: Shelf
    ) -> None:
        """
        The error lists the plugin's options, except those with `init=False`.
        """
        shelf.add(
            options_source(
                "wide: bool = False\n"
                "count: int | None = None\n"
                "made: int = attrs.field(default=3, init=False)"
            )
        )
        assert tjun.export(RECORD, "opted", wide=True, count=2) == (
            b"Options(wide=True, count=2, made=3)"
        )
        with pytest.raises(ExportError, match=r"'made'.* It has: wide, count$"):
            tjun.export(RECORD, "opted", made=1)


class TestOptions:
    def test_may_be_an_object(self, shelf: Shelf) -> None:
        """
        An instance of the options class may be passed instead of keywords.
        """
        shelf.add(options_source("wide: bool = False"))
        made = tjun.exporters()["opted"].options(wide=True)
        assert tjun.export(RECORD, "opted", options=made) == b"Options(wide=True)"

    def test_cannot_be_both(self, shelf: Shelf) -> None:
        """
        An object and keywords together are an error.
        """
        shelf.add(options_source("wide: bool = False"))
        made = tjun.exporters()["opted"].options(wide=True)
        with pytest.raises(ExportError, match="either options or keywords, got both"):
            tjun.export(RECORD, "opted", options=made, wide=True)

    def test_of_another_class_are_rejected(self) -> None:
        """
        An object of another class is an error that names the right one.
        """
        with pytest.raises(ExportError, match=r"of the class IcsOptions, got 5$"):
            tjun.export(RECORD, "ics", options=5)

    def test_with_a_wrong_value_name_the_plugin(self, shelf: Shelf) -> None:
        """
        The message has the keyword, the value and the plugin.
        """
        shelf.add(options_source("wide: bool = False"))
        with pytest.raises(ExportError) as caught:
            tjun.export(RECORD, "opted", wide=5)
        assert str(caught.value) == (
            "Exporter 'opted' (plugin 'plugin' of tjun-made 1.2): wide: expected true"
            " or false, got 5"
        )


class TestExporterObject:
    def test_may_be_passed_instead_of_a_name(self, shelf: Shelf) -> None:
        """
        An exporter that is not registered can be used, with its options.
        """
        exporter = Exporter(
            name="own",
            summary="S",
            media_type="text/plain",
            suffix=".txt",
            render=lambda request: [request.language.tag.encode()],
        )
        assert tjun.export(RECORD, exporter, language="ru") == b"ru"

    def test_is_looked_up_in_the_registry_that_is_given(self, shelf: Shelf) -> None:
        """
        A registry replaces the search for plugins.
        """
        module = shelf.add("good")
        with pytest.raises(NotFoundError):
            tjun.export(RECORD, "good", registry=tjun.exporters(disabled="plugin"))
        assert not shelf.imported(module)
        assert tjun.export(RECORD, "good", registry=tjun.exporters()) == b"made"


class TestChunks:
    @pytest.mark.parametrize(
        ("sort", "reason", "cause"),
        [
            ("render-raises-at-start", "RuntimeError: no ink", RuntimeError),
            ("render-raises-in-the-middle", "RuntimeError: no ink", RuntimeError),
            ("render-raises-without-words", "RuntimeError", RuntimeError),
            ("render-exits", "SystemExit: 3", SystemExit),
            (
                "render-fails-to-read",
                f"FileNotFoundError: [Errno 2] {NO_SUCH_FILE}: '/no/such/ink'",
                FileNotFoundError,
            ),
            ("render-gives-text", "expected chunks of bytes, got str", Exception),
            ("render-gives-string", "expected chunks of bytes, got str", Exception),
            ("render-yields-none", "expected chunks of bytes, got NoneType", Exception),
            (
                "render-yields-bytearray",
                "expected chunks of bytes, got bytearray",
                Exception,
            ),
            ("render-gives-none", "expected chunks of bytes, got NoneType", Exception),
            (
                "render-gives-bytes",
                "expected chunks of bytes, got bytes as a whole; yield them instead",
                Exception,
            ),
            ("render-gives-nothing", "it yielded nothing at all", Exception),
            ("render-gives-empty", "it yielded nothing at all", Exception),
        ],
    )
    def test_of_a_bad_exporter_are_an_error_that_names_it(
        self,
        sort: str,
        reason: str,
        cause: type[BaseException],
        shelf: Shelf,
        folder: Path,
    ) -> None:
        """
        An exporter that breaks its contract is reported with its plugin and the cause.
        """
        shelf.add(sort, name="bad", distribution="tjun-made", version="1.2")
        with pytest.raises(ExportError) as caught:
            tjun.write(RECORD, "broken", folder / "out")
        error = caught.value
        assert (error.exporter, error.plugin) == ("broken", "bad")
        assert error.distribution == "tjun-made 1.2"
        assert error.reason == reason
        assert str(error) == (
            f"Exporter 'broken' (plugin 'bad' of tjun-made 1.2): {reason}"
        )
        assert isinstance(error.__cause__, cause)
        assert list(folder.iterdir()) == []

    def test_may_be_none_for_an_empty_record(self, shelf: Shelf) -> None:
        """
        For a record without events, an exporter may yield nothing.
        """
        shelf.add("render-gives-nothing")
        assert tjun.export(Chronology(), "broken") == b""

    @pytest.mark.parametrize("sort", ["render-gives-none", "render-gives-string"])
    def test_of_an_empty_record_have_to_be_bytes_too(
        self, sort: str, shelf: Shelf
    ) -> None:
        """
        Anything but chunks of bytes is an error even for an empty record.
        """
        shelf.add(sort)
        with pytest.raises(ExportError, match=r"expected chunks of bytes, got \w+$"):
            tjun.export(Chronology(), "broken")

    def test_that_an_exporter_rejects_keep_its_reason(self, shelf: Shelf) -> None:
        """
        An `ExportError` that an exporter raises keeps its reason and gets its plugin.
        """
        shelf.add("render-fails-on-purpose", name="bad")
        with pytest.raises(ExportError) as caught:
            tjun.export(RECORD, "broken")
        error = caught.value
        assert (error.reason, error.plugin) == ("buy more ink", "bad")
        assert error.distribution == "tjun-made 1.2"
        assert isinstance(error.__cause__, ExportError)

    def test_that_another_plugin_failed_to_yield_keep_its_name(
        self, shelf: Shelf
    ) -> None:
        """
        An `ExportError` that already names a plugin is passed on unchanged.
        """
        shelf.add("render-passes-on-a-failure", name="bad")
        with pytest.raises(ExportError) as caught:
            tjun.export(RECORD, "broken")
        assert str(caught.value) == "Exporter 'inner' (plugin 'other' of o 1): no ink"

    def test_that_a_built_in_exporter_rejects_name_no_plugin(self) -> None:
        """
        The error of a built-in exporter names no plugin.
        """
        with pytest.raises(ExportError) as caught:
            tjun.export(Chronology(title="a\0b"), "ics")
        assert (caught.value.plugin, caught.value.distribution) == (None, None)


class TestWorkingDirectory:
    def test_may_be_deleted(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        An absolute path can be written without a working directory.
        """
        gone = folder / "gone"
        gone.mkdir()
        monkeypatch.chdir(gone)
        gone.rmdir()
        assert tjun.write(RECORD, "json", folder / "out.json") is True


class TestWrite:
    def test_writes_what_export_returns(self, folder: Path) -> None:
        """
        The file has the bytes that `export()` returns, and no other file is written.
        """
        path = folder / "out.ics"
        assert tjun.write(RECORD, "ics", path, today=TODAY, every=5) is True
        assert path.read_bytes() == tjun.export(RECORD, "ics", today=TODAY, every=5)
        assert list(folder.iterdir()) == [path]

    @pytest.mark.parametrize("kind", [str, Path])
    def test_accepts_a_string_or_a_path(
        self, kind: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        The path is a string or a path object, and may be relative.
        """
        monkeypatch.chdir(folder)
        assert tjun.write(RECORD, "json", kind("out.json"))
        assert tjun.load(folder / "out.json") == RECORD

    def test_leaves_an_unchanged_file_alone(self, folder: Path) -> None:
        """
        A file with the same bytes is not touched and keeps its timestamp.
        """
        path = folder / "out.ics"
        tjun.write(RECORD, "ics", path, today=TODAY)
        os.utime(path, ns=(10**18, 10**18))
        before = path.stat()
        assert tjun.write(RECORD, "ics", path, today=TODAY) is False
        after = path.stat()
        assert (after.st_mtime_ns, after.st_ino) == (10**18, before.st_ino)
        assert list(folder.iterdir()) == [path]

    @pytest.mark.parametrize("old", [b"", b"old", b"x" * 9])
    def test_replaces_a_changed_file(self, old: bytes, folder: Path) -> None:
        """
        A file with other bytes is replaced.
        """
        path = folder / "out.ics"
        path.write_bytes(old)
        assert tjun.write(RECORD, "ics", path, today=TODAY) is True
        assert path.read_bytes() == tjun.export(RECORD, "ics", today=TODAY)

    def test_replaces_one_of_the_same_length_and_time(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A file with the same size and timestamp that differs in one byte is replaced.
        """
        path = folder / "out.ics"
        data = tjun.export(RECORD, "ics", today=TODAY)
        path.write_bytes(data.replace(b"VERSION:2.0", b"VERSION:2.1"))
        os.utime(path, ns=(10**18, 10**18))
        monkeypatch.setattr(
            os, "fsync", lambda handle: os.utime(handle, ns=(10**18, 10**18))
        )
        assert tjun.write(RECORD, "ics", path, today=TODAY) is True
        assert path.read_bytes() == data

    @pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o444])
    def test_keeps_the_permissions_of_the_old_file(
        self, mode: int, folder: Path
    ) -> None:
        """
        The new file has the permissions of the one it replaces.
        """
        path = folder / "out.ics"
        path.write_bytes(b"old")
        path.chmod(mode)
        assert tjun.write(RECORD, "ics", path)
        assert mode_of(path) == mode

    @pytest.mark.parametrize("there", [True, False])
    def test_follows_a_link(self, there: bool, folder: Path) -> None:
        """
        The target of a link is written, whether it exists or not; the link stays.
        """
        (folder / "inner").mkdir()
        target, link = folder / "inner" / "target.ics", folder / "link.ics"
        link.symlink_to("inner/target.ics")
        if there:
            target.write_bytes(b"old")
        assert tjun.write(RECORD, "ics", link) is True
        assert link.is_symlink()
        assert target.read_bytes().startswith(b"BEGIN:VCALENDAR")
        assert list(target.parent.iterdir()) == [target]

    def test_makes_a_file_of_its_own(self, folder: Path) -> None:
        """
        Other hard links keep the old content; the owner is the user who wrote it.
        """
        path, other = folder / "file.ics", folder / "other.ics"
        path.write_bytes(b"old")
        os.link(path, other)
        if os.geteuid() == 0:
            os.chown(path, 65_534, -1)
        assert tjun.write(RECORD, "ics", path) is True
        assert other.read_bytes() == b"old"
        assert path.stat().st_uid == os.geteuid()

    @pytest.mark.parametrize("letter", ["x", "ҷ", "ა", "😀"])
    def test_accepts_the_longest_possible_name(self, letter: str, folder: Path) -> None:
        """
        The name of a file may have all the 255 bytes that the system allows.
        """
        path = folder / (letter * (255 // len(letter.encode())))
        assert tjun.write(RECORD, "ics", path) is True
        assert list(folder.iterdir()) == [path]

    def test_ignores_a_directory_that_cannot_be_synced(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        If the system cannot sync a directory, the file is written anyway.
        """
        settle = os.fsync

        def files_only(handle: int) -> None:
            if stat.S_ISDIR(os.fstat(handle).st_mode):
                raise OSError(errno.EINVAL, "Invalid argument")
            settle(handle)

        monkeypatch.setattr(os, "fsync", files_only)
        assert tjun.write(RECORD, "ics", folder / "out.ics") is True


class TestFailure:
    @pytest.mark.parametrize(
        ("place", "why"),
        [
            ("missing/out.ics", NO_SUCH_FILE),
            ("file/out.ics", "Not a directory"),
            ("inner", "it is a directory"),
            ("", "it is a directory"),
            ("loop", "Too many levels of symbolic links"),
            ("x" * 256, "File name too long"),
            ("link-to-inner", "it is a directory"),
        ],
    )
    def test_to_write_names_the_file_and_the_reason(
        self, place: str, why: str, folder: Path
    ) -> None:
        """
        A file that cannot be written is reported with its path and the reason.
        """
        (folder / "file").write_bytes(b"")
        (folder / "inner").mkdir()
        (folder / "loop").symlink_to("loop")
        (folder / "link-to-inner").symlink_to("inner")
        before = sorted(folder.rglob("*"))
        path = str(folder / place)
        with pytest.raises(ExportError) as caught:
            tjun.write(RECORD, "ics", path)
        error = caught.value
        assert error.exporter == "ics"
        assert error.reason == f"cannot write {path!r}: {why}"
        assert isinstance(error.__cause__, OSError)
        assert sorted(folder.rglob("*")) == before

    @pytest.mark.parametrize("place", ["new/", "file/"])
    def test_to_name_a_file_has_a_hint(self, place: str, folder: Path) -> None:
        """
        A path that ends in a slash is rejected with a hint.
        """
        (folder / "file").write_bytes(b"old")
        path = f"{folder}/{place}"
        with pytest.raises(ExportError) as caught:
            tjun.write(RECORD, "ics", path)
        example = f"{path}ics.ics"
        assert caught.value.reason == (
            f"it writes a single file; name one, such as {example!r}"
        )
        assert list(folder.iterdir()) == [folder / "file"]
        assert (folder / "file").read_bytes() == b"old"

    def test_to_give_a_possible_name_is_an_error(self, folder: Path) -> None:
        """
        A path with a null character is rejected.
        """
        path = f"{folder}/a\0b"
        with pytest.raises(ExportError, match=re.escape(f"cannot write {path!r}: ")):
            tjun.write(RECORD, "ics", path)
        assert list(folder.iterdir()) == []


class TestDevices:
    def test_null_one_takes_everything(self) -> None:
        """
        The null device is written to each time, and stays a device.
        """
        assert tjun.write(RECORD, "ics", "/dev/null") is True
        assert tjun.write(RECORD, "ics", "/dev/null") is True
        assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
