import datetime as dt
import errno
import os
import re
import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from fake_plugins import Shelf, offering, options_source

import tjun
from tjun import (
    Chronology,
    Citation,
    Event,
    Exporter,
    ExportError,
    ExportRequest,
    NotFoundError,
    Source,
)
from tjun.exporting.atomic import write_atomically
from tjun.exporting.registry import builtin_exporters, registry_with
from tjun.exporting.rendering import Rendering

TODAY = dt.date(2026, 11, 23)
ICS_OPTIONS = (
    "first_year, last_year, minor, every, name, alarm_days, month_dates, leap_day,"
    " feed_url, page_url"
)
NO_SUCH_FILE = os.strerror(errno.ENOENT)
WORLD = Source(id="world", title="World", publisher="World News")
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


@pytest.fixture
def umask() -> Iterator[int]:
    before = os.umask(0o027)
    yield 0o027
    os.umask(before)


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


class TestExport:
    def test_is_what_the_exporter_yields(self, shelf: Shelf) -> None:
        """
        The pieces are joined, the empty ones too.
        """
        shelf.add("render-gives-list")
        assert tjun.export(RECORD, "listed") == b"made"

    def test_of_a_built_in_one_imports_no_stranger(self, shelf: Shelf) -> None:
        """
        A built-in exporter is found without importing a plugin.
        """
        module = shelf.add("exits-at-import", name="bad")
        assert tjun.export(RECORD, "ics").startswith(b"BEGIN:VCALENDAR")
        assert not shelf.imported(module)

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

    def test_is_in_the_language_asked_for(self) -> None:
        """
        The language goes to the exporter, and is English where none is given.
        """
        assert tjun.export(RECORD, "markdown", language="ru").startswith(
            "# Хронология\n".encode()
        )
        assert tjun.export(RECORD, "markdown").startswith(b"# Chronology\n")


class TestToday:
    def test_is_the_day_given(self) -> None:
        """
        If today is given, the clock does not matter.
        """
        with time_machine.travel(dt.datetime(2050, 6, 1, tzinfo=dt.UTC), tick=False):
            data = tjun.export(RECORD, "ics", today=dt.date(2000, 6, 1), minor="all")
        years = re.findall(rb"DTSTART;VALUE=DATE:(\d{4})", data)
        assert (years[0], years[-1]) == (b"2000", b"2010")

    def test_is_the_day_of_the_clock_by_default(self) -> None:
        """
        If today is not given, it is the day of the clock.
        """
        with time_machine.travel(dt.datetime(2050, 6, 1, tzinfo=dt.UTC), tick=False):
            data = tjun.export(RECORD, "ics", minor="all")
        years = re.findall(rb"DTSTART;VALUE=DATE:(\d{4})", data)
        assert (years[0], years[-1]) == (b"2050", b"2060")


class TestUnknownThings:
    @pytest.mark.parametrize(
        ("name", "message"),
        [
            ("isc", "There is no exporter 'isc'; did you mean 'ics'?"),
            ("jsn", "There is no exporter 'jsn'; did you mean 'json'?"),
        ],
    )
    def test_exporter_is_told_with_the_nearest(self, name: str, message: str) -> None:
        """
        An exporter that nobody offers is an error with those most like it.
        """
        with pytest.raises(NotFoundError) as caught:
            tjun.export(RECORD, name)
        assert str(caught.value) == message

    def test_exporter_like_none_is_told_with_all(self) -> None:
        """
        An exporter that is like none is an error that lists those there are.
        """
        with pytest.raises(NotFoundError) as caught:
            tjun.export(RECORD, "zzz")
        assert all(name in str(caught.value) for name in ("ics", "json", "markdown"))

    def test_day_is_told_where_it_is_none(self) -> None:
        """
        A day to count from that is none is an error of the export.
        """
        with pytest.raises(ExportError) as caught:
            tjun.export(RECORD, "ics", today="2027-03-02")  # type: ignore[arg-type]
        told = "expected a datetime.date for today, got '2027-03-02'"
        assert caught.value.reason == told

    def test_language_is_told_with_the_right_ones(self) -> None:
        """
        A language that nobody offers is an error that lists those available.
        """
        with pytest.raises(NotFoundError, match=r"language 'de'.*'en', 'ru' or 'tg'"):
            tjun.export(RECORD, "ics", language="de")

    @pytest.mark.parametrize("record", [3, "un", None])
    def test_record_is_told_if_it_is_none(self, record: Any) -> None:
        """
        What is not a chronology is an error of the caller, not of the exporter.
        """
        told = f"expected a Chronology to export, got {record!r}"
        with pytest.raises(ExportError) as caught:
            tjun.export(record, "ics")
        assert caught.value.reason == told

    @pytest.mark.parametrize("exporter", [3, None, b"ics"])
    def test_exporter_is_told_if_it_is_neither_name_nor_exporter(
        self, exporter: Any
    ) -> None:
        """
        Anything but a name or an `Exporter` is a TypeError.
        """
        with pytest.raises(TypeError, match="expected the name of an exporter or an E"):
            tjun.export(RECORD, exporter)

    def test_option_is_told_with_the_nearest_and_all(self) -> None:
        """
        An option that the exporter does not have is an error with those it has.
        """
        with pytest.raises(ExportError) as caught:
            tjun.export(RECORD, "ics", evry=5)
        assert caught.value.exporter == "ics"
        assert caught.value.reason == (
            "there is no option 'evry'; did you mean 'every'? It has: " + ICS_OPTIONS
        )

    @pytest.mark.parametrize(
        ("name", "listed"), [("ics", ICS_OPTIONS), ("json", "none")]
    )
    def test_option_like_none_is_told_with_all(self, name: str, listed: str) -> None:
        """
        An option that is like none is an error that lists those there are, or none.
        """
        with pytest.raises(ExportError) as caught:
            tjun.export(RECORD, name, zzz=1)
        reason = caught.value.reason
        assert reason.startswith("there is no option 'zzz'")
        assert reason.endswith(f"t has: {listed}")

    def test_option_leaves_the_file_alone(self, folder: Path) -> None:
        """
        An error before the first octet makes no file.
        """
        with pytest.raises(ExportError):
            tjun.write(RECORD, "ics", folder / "out.ics", evry=5)
        assert list(folder.iterdir()) == []

    def test_option_of_a_plugin_is_told_with_its_own(self, shelf: Shelf) -> None:
        """
        A plugin's options are listed, and those it does not take at all are not.
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
            tjun.export(RECORD, "good", registry=builtin_exporters())
        assert not shelf.imported(module)
        assert tjun.export(RECORD, "good", registry=tjun.exporters()) == b"made"


class TestPieces:
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
            ("render-gives-nothing", "it yielded nothing at all", Exception),
            ("render-gives-empty", "it yielded nothing at all", Exception),
        ],
    )
    @pytest.mark.parametrize("call", ["export", "write"])
    def test_of_a_bad_exporter_are_an_error_that_names_it(
        self,
        sort: str,
        reason: str,
        cause: type[BaseException],
        call: str,
        shelf: Shelf,
        folder: Path,
    ) -> None:
        """
        An exporter that breaks its contract is named with its plugin and the cause.
        """
        shelf.add(sort, name="bad", distribution="tjun-made", version="1.2")
        calls = {
            "export": lambda: tjun.export(RECORD, "broken"),
            "write": lambda: tjun.write(RECORD, "broken", folder / "out"),
        }
        with pytest.raises(ExportError) as caught:
            calls[call]()
        error = caught.value
        assert (error.exporter, error.plugin) == ("broken", "bad")
        assert error.distribution == "tjun-made 1.2"
        assert error.reason == reason
        assert str(error) == (
            f"Exporter 'broken' (plugin 'bad' of tjun-made 1.2): {reason}"
        )
        assert isinstance(error.__cause__, cause)
        assert list(folder.iterdir()) == []

    def test_may_be_none_where_there_is_nothing_to_write(self, shelf: Shelf) -> None:
        """
        An exporter may give nothing where the record has no event.
        """
        shelf.add("render-gives-nothing")
        assert tjun.export(Chronology(), "broken") == b""

    @pytest.mark.parametrize("sort", ["render-gives-none", "render-gives-string"])
    def test_of_an_empty_record_are_pieces_too(self, sort: str, shelf: Shelf) -> None:
        """
        What is no pieces of bytes is an error where the record has no event as well.
        """
        shelf.add(sort)
        with pytest.raises(ExportError, match=r"expected chunks of bytes, got \w+$"):
            tjun.export(Chronology(), "broken")

    def test_in_one_lump_are_an_error_that_says_so(self, shelf: Shelf) -> None:
        """
        An exporter that returns bytes is told to give pieces of them.
        """
        shelf.add("render-gives-bytes", name="bad")
        with pytest.raises(
            ExportError, match=r"^Exporter 'broken'.*yield them instead"
        ):
            tjun.export(RECORD, "broken")

    def test_that_an_exporter_refuses_on_purpose_are_told_in_its_words(
        self, shelf: Shelf
    ) -> None:
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

    def test_that_another_plugin_failed_to_give_keep_its_name(
        self, shelf: Shelf
    ) -> None:
        """
        An `ExportError` that names a plugin already goes on as it is.
        """
        shelf.add("render-passes-on-a-failure", name="bad")
        with pytest.raises(ExportError) as caught:
            tjun.export(RECORD, "broken")
        assert str(caught.value) == "Exporter 'inner' (plugin 'other' of o 1): no ink"

    def test_that_a_built_in_exporter_refuses_name_no_plugin(self) -> None:
        """
        A built-in exporter's failure is told without a plugin.
        """
        with pytest.raises(ExportError) as caught:
            tjun.export(Chronology(title="a\0b"), "ics")
        assert (caught.value.plugin, caught.value.distribution) == (None, None)

    @pytest.mark.parametrize(("most", "told"), [(4, None), (3, "3"), (0, "0")])
    def test_may_be_bounded(self, most: int, told: str | None, shelf: Shelf) -> None:
        """
        An exporter that gives more octets than are allowed is stopped.
        """
        shelf.add("render-gives-list")
        request = ExportRequest(chronology=RECORD, options=None, today=TODAY)
        exporter = tjun.exporters()["listed"]
        made = Rendering(exporter, request, most=most).chunks()
        if told is None:
            assert b"".join(made) == b"made"
        else:
            reason = f"it yields more than the {told} bytes allowed"
            with pytest.raises(ExportError, match=f"{reason}$"):
                list(made)

    def test_may_be_left_half_read(self, shelf: Shelf) -> None:
        """
        Who stops reading gets no error.
        """
        shelf.add("render-raises-in-the-middle")
        request = ExportRequest(chronology=RECORD, options=None, today=TODAY)
        made = Rendering(tjun.exporters()["broken"], request).chunks()
        assert next(made) == b"half"
        made.close()  # type: ignore[attr-defined]
        assert list(made) == []


class TestWorkingDirectory:
    def test_may_be_changed_by_a_plugin(
        self, shelf: Shelf, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A plugin that changes the working directory when imported moves no file.
        """
        monkeypatch.chdir(folder)
        shelf.add("import os\nos.chdir('/')\n" + offering("mover"))
        assert tjun.write(RECORD, "mover", "out.txt") is True
        assert (folder / "out.txt").read_bytes() == b"made"

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


class TestBytesSubclass:
    LIES = (
        "class Liar(bytes):\n"
        "    def __len__(self):\n        return 0\n\n"
        "    def __getitem__(self, key):\n        return b''\n\n"
        "yield Liar(b'made')"
    )

    def test_is_what_it_holds(self, shelf: Shelf) -> None:
        """
        What a subclass of bytes claims about itself does not matter.
        """
        shelf.add(offering("liar", self.LIES))
        made = tjun.export(RECORD, "liar")
        assert (type(made), made) == (bytes, b"made")

    def test_counts_with_its_true_length(self, shelf: Shelf) -> None:
        """
        A false length does not bypass the limit.
        """
        shelf.add(offering("liar", self.LIES))
        request = ExportRequest(chronology=RECORD, options=None, today=TODAY)
        rendering = Rendering(tjun.exporters()["liar"], request, most=3)
        with pytest.raises(ExportError, match=r"more than the 3 bytes allowed$"):
            list(rendering.chunks())


class TestWrite:
    def test_makes_a_file_of_what_export_returns(self, folder: Path) -> None:
        """
        The file has the octets that `export()` returns, and the folder nothing else.
        """
        path = folder / "out.ics"
        assert tjun.write(RECORD, "ics", path, today=TODAY, every=5) is True
        assert path.read_bytes() == tjun.export(RECORD, "ics", today=TODAY, every=5)
        assert list(folder.iterdir()) == [path]

    @pytest.mark.parametrize("kind", [str, Path])
    def test_takes_a_text_or_a_path(
        self, kind: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        The path is a text or a path object, and may be relative.
        """
        monkeypatch.chdir(folder)
        assert tjun.write(RECORD, "json", kind("out.json"))
        assert tjun.load(folder / "out.json") == RECORD

    def test_leaves_an_unchanged_file_alone(self, folder: Path) -> None:
        """
        Where the octets are the same the file stays as it is, with its time stamp.
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
        Where the octets differ the new ones take the place of all the old.
        """
        path = folder / "out.ics"
        path.write_bytes(old)
        assert tjun.write(RECORD, "ics", path, today=TODAY) is True
        assert path.read_bytes() == tjun.export(RECORD, "ics", today=TODAY)

    def test_replaces_one_of_the_same_length_and_time(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A file that differs in one octet, and not in length or time, is replaced.
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

    def test_makes_a_new_file_with_usual_permissions(
        self, umask: int, folder: Path
    ) -> None:
        """
        A new file has the permissions that the umask leaves, which stays as it was.
        """
        tjun.write(RECORD, "ics", folder / "out.ics")
        assert mode_of(folder / "out.ics") == 0o640
        assert os.umask(umask) == umask

    @pytest.mark.parametrize("there", [True, False])
    def test_follows_a_link(self, there: bool, folder: Path) -> None:
        """
        Through a link its target is written, there already or not, and the link stays.
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

    @pytest.mark.parametrize("letter", ["x", "ҷ", "ა", "😀"])
    def test_takes_a_name_as_long_as_a_name_may_be(
        self, letter: str, folder: Path
    ) -> None:
        """
        A file's name may have all the 255 octets that the system allows.
        """
        path = folder / (letter * (255 // len(letter.encode())))
        assert tjun.write(RECORD, "ics", path) is True
        assert list(folder.iterdir()) == [path]

    def test_keeps_the_extended_attributes_of_the_old_file(self, folder: Path) -> None:
        """
        The new file has the extended attributes of the one it replaces.
        """
        path = folder / "out.ics"
        path.write_bytes(b"old")
        try:
            os.setxattr(path, "user.origin", b"here")
        except OSError:
            pytest.skip("the file system has no extended attributes")
        assert tjun.write(RECORD, "ics", path)
        assert os.getxattr(path, "user.origin") == b"here"

    def test_never_changes_the_umask(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        The umask is not even changed for a moment, which other threads would notice.
        """
        monkeypatch.setattr(os, "umask", None)
        assert tjun.write(RECORD, "ics", folder / "out.ics")

    def test_bears_a_folder_that_cannot_be_settled(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Where the system cannot put a folder's names on the disk the file is written.
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
        ("sort", "error"),
        [
            ("render-raises-in-the-middle", ExportError),
            ("render-gives-text", ExportError),
            ("render-gives-nothing", ExportError),
            ("render-interrupted", KeyboardInterrupt),
            ("render-exits", ExportError),
        ],
    )
    @pytest.mark.parametrize("old", [b"old", None])
    def test_half_way_leaves_everything_as_it_was(
        self,
        sort: str,
        error: type[BaseException],
        old: bytes | None,
        shelf: Shelf,
        folder: Path,
    ) -> None:
        """
        Whatever stops an exporter, the old file is as it was, or there is none.
        """
        path = folder / "out"
        if old is not None:
            path.write_bytes(old)
            os.utime(path, ns=(10**18, 10**18))
        shelf.add(sort)
        with pytest.raises(error):
            tjun.write(RECORD, "broken", path)
        if old is None:
            assert list(folder.iterdir()) == []
        else:
            assert list(folder.iterdir()) == [path]
            assert path.read_bytes() == old
            assert path.stat().st_mtime_ns == 10**18

    def test_of_the_disk_leaves_everything_as_it_was(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Where the disk is full the old file stays and nothing lies beside it.
        """
        path = folder / "out.ics"
        path.write_bytes(b"old")

        def full(handle: int) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(ExportError, match="No space left on device"):
            tjun.write(RECORD, "ics", path)
        assert path.read_bytes() == b"old"
        assert list(folder.iterdir()) == [path]

    @pytest.mark.parametrize(
        ("place", "why"),
        [
            ("missing/out.ics", NO_SUCH_FILE),
            ("file/out.ics", "Not a directory"),
            ("inner", "it is a folder"),
            ("", "it is a folder"),
            ("loop", "Too many levels of symbolic links"),
            ("x" * 256, "File name too long"),
            ("link-to-inner", "it is a folder"),
        ],
    )
    def test_to_write_names_the_file_and_the_reason(
        self, place: str, why: str, folder: Path
    ) -> None:
        """
        A file that cannot be written is named, with the system's reason.
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
    def test_to_name_a_file_is_told(self, place: str, folder: Path) -> None:
        """
        A path with a slash at its end is rejected with a hint.
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

    def test_to_have_a_possible_name_is_told(self, folder: Path) -> None:
        """
        A path with a null character is rejected.
        """
        path = f"{folder}/a\0b"
        with pytest.raises(ExportError, match=re.escape(f"cannot write {path!r}: ")):
            tjun.write(RECORD, "ics", path)
        assert list(folder.iterdir()) == []

    def test_without_words_of_the_system_is_told(self, folder: Path) -> None:
        """
        An error without a number keeps its own words.
        """

        def made() -> Iterator[bytes]:
            yield b"half"
            msg = "the line went dead"
            raise OSError(msg)

        with pytest.raises(OSError, match=r"^the line went dead$"):
            write_atomically(made(), str(folder / "out"))
        assert list(folder.iterdir()) == []


class TestDevices:
    def test_full_one_is_told(self) -> None:
        """
        A device that is full is an error, and stays a device.
        """
        with pytest.raises(ExportError) as caught:
            tjun.write(RECORD, "ics", "/dev/full")
        assert (
            caught.value.reason == "cannot write '/dev/full': No space left on device"
        )
        assert stat.S_ISCHR(os.stat("/dev/full").st_mode)

    def test_null_one_takes_everything(self) -> None:
        """
        The null device is written to each time, and stays a device.
        """
        assert tjun.write(RECORD, "ics", "/dev/null") is True
        assert tjun.write(RECORD, "ics", "/dev/null") is True
        assert stat.S_ISCHR(os.stat("/dev/null").st_mode)

    def test_named_pipe_gets_the_octets(self, folder: Path) -> None:
        """
        Who reads a named pipe gets the octets, and it stays a pipe.
        """
        pipe = folder / "pipe"
        os.mkfifo(pipe)
        read: list[bytes] = []
        reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
        reader.start()
        assert tjun.write(RECORD, "ics", pipe, today=TODAY) is True
        reader.join()
        assert read == [tjun.export(RECORD, "ics", today=TODAY)]
        assert stat.S_ISFIFO(pipe.stat().st_mode)
        assert list(folder.iterdir()) == [pipe]


class TestRegistryWith:
    def test_loads_plugins_only_for_what_is_not_built_in(self, shelf: Shelf) -> None:
        """
        Plugins are looked for only where no built-in exporter has the name.
        """
        module = shelf.add("good")
        assert "good" not in registry_with("json")
        assert not shelf.imported(module)
        assert "good" in registry_with("good")
        assert shelf.imported(module)
