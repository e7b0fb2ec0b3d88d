import contextlib
import ctypes
import filecmp
import os
import random
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest

import tjun
from tjun import cli
from tjun.exporting import atomic
from tjun.exporting.atomic import write_atomically

TJUN = str(Path(sys.executable).with_name("tjun"))
OWN = Path(__file__).parent / "golden" / "record.toml"
OLD, NEW = b"old " * 40_000, b"the new one " * 40_000
PIECES = [NEW[at : at + 10_000] for at in range(0, len(NEW), 10_000)]
STRAY = re.compile(r"\.tjun-[a-z0-9_]{8}")
NOBODY = 65_534
SMALL = 65_536

CLONE_NEWNS, CLONE_NEWUSER = 0x20000, 0x10000000


class Done(NamedTuple):
    status: object
    out: str
    err: str


Run = Callable[..., Done]


def in_child(act: Callable[[], object]) -> tuple[int, str]:
    """
    Do something in a process of its own, and return how that ended.

    Returns:
        Its exit status, negative for a signal, and what went wrong in it.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(reading)
            act()
            status = 0
        except BaseException:  # noqa: BLE001  # The parent is told, whatever it is.
            os.write(writing, traceback.format_exc().encode())
        finally:
            os._exit(status)
    os.close(writing)
    with open(reading, "rb") as pipe:
        told = pipe.read().decode()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), told


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "folder"
    made.mkdir()
    return made


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """
    A folder that every user can reach.
    """
    with tempfile.TemporaryDirectory() as made:
        os.chmod(made, 0o755)
        yield Path(made)
        os.chmod(made, 0o755)


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Run]:
    for name in ("TJUN_STRICT_PLUGINS", "TJUN_DISABLED_PLUGINS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def in_this_process(*words: str | Path) -> Done:
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            cli.main([str(word) for word in words])
        return Done(left.value.code, *capsys.readouterr())

    yield in_this_process
    capsys.readouterr()


def shell(line: str, **more: str) -> Done:
    """
    Run a line of shell in which `$tjun` is the command.
    """
    done = subprocess.run(
        ["/bin/sh", "-c", line],
        env={**os.environ, "tjun": TJUN, "record": str(OWN), **more},
        capture_output=True,
        check=False,
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


class Step(NamedTuple):
    """
    A moment of a write: before or after a call of a function, the first or second.
    """

    module: ModuleType
    name: str
    after: bool = False
    call: int = 1
    put_in_place: bool = False

    def __str__(self) -> str:
        when = "after" if self.after else "before"
        return f"{when} {self.name} {self.call}"


STEPS = [
    Step(atomic, "_create_temporary"),
    Step(atomic, "_create_temporary", after=True),
    Step(os, "fsync"),
    Step(os, "fsync", after=True),
    Step(filecmp, "cmp"),
    Step(filecmp, "cmp", after=True),
    Step(os, "chmod"),
    Step(os, "chmod", after=True),
    Step(os, "replace"),
    Step(os, "replace", after=True, put_in_place=True),
    Step(os, "fsync", call=2, put_in_place=True),
    Step(os, "fsync", after=True, call=2, put_in_place=True),
]
NOT_WHERE_NEW = ("cmp", "chmod")  # There is nothing to compare with or to keep.


def at(step: Step, act: Callable[[], object]) -> Callable[..., Any]:
    """
    Return the function of *step*, which at that moment does *act*.
    """
    function, calls = getattr(step.module, step.name), iter(range(1, 100))

    def stepped(*given: Any, **named: Any) -> Any:
        now = next(calls) == step.call
        if now and not step.after:
            act()
        result = function(*given, **named)
        if now and step.after:
            act()
        return result

    return stepped


def strays(folder: Path, target: Path) -> list[Path]:
    return [file for file in folder.iterdir() if file != target]


class TestKilled:
    @pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
    @pytest.mark.parametrize("old", [OLD, None], ids=["old", "none"])
    @pytest.mark.parametrize("step", STEPS, ids=str)
    def test_at_a_step_leaves_the_old_file_or_the_new_one(
        self, step: Step, old: bytes | None, number: signal.Signals, folder: Path
    ) -> None:
        """
        Before the new file takes its place there is the old one, after it the new.
        """
        if old is None and step.name in NOT_WHERE_NEW:
            step = Step(os, "replace")
        path = folder / "out"
        if old is not None:
            path.write_bytes(old)

        def killed() -> None:
            stop = at(step, lambda: os.kill(os.getpid(), number))
            setattr(step.module, step.name, stop)
            write_atomically(PIECES, str(path))

        assert in_child(killed) == (-number, "")
        expected = NEW if step.put_in_place else old
        assert (path.read_bytes() if path.exists() else None) == expected
        left = strays(folder, path)
        assert len(left) <= 1
        for file in left:
            assert STRAY.fullmatch(file.name)
            assert stat.S_IMODE(file.stat().st_mode) in {0o600, 0o644}
        assert write_atomically(PIECES, str(path)) is not step.put_in_place
        assert path.read_bytes() == NEW
        assert strays(folder, path) == left

    @pytest.mark.parametrize("after", [0, 1, 20, len(PIECES)])
    def test_amid_the_pieces_leaves_the_old_file(
        self, after: int, folder: Path
    ) -> None:
        """
        While the pieces are still coming the old file stands.
        """
        path = folder / "out"
        path.write_bytes(OLD)

        def made() -> Iterator[bytes]:
            yield from PIECES[:after]
            os.kill(os.getpid(), signal.SIGKILL)

        assert in_child(lambda: write_atomically(made(), str(path))) == (-9, "")
        assert path.read_bytes() == OLD
        assert all(STRAY.fullmatch(file.name) for file in strays(folder, path))

    def test_at_any_moment_leaves_a_whole_file(self, folder: Path) -> None:
        """
        A process killed at some moment of many writes leaves one of the two, whole.
        """
        path = folder / "out"
        moments = random.Random(1992)

        def writes() -> None:
            while True:
                write_atomically([OLD], str(path))
                write_atomically(PIECES, str(path))

        write_atomically([OLD], str(path))
        for _ in range(40):
            child = os.fork()
            if child == 0:
                with contextlib.suppress(BaseException):
                    writes()
                os._exit(1)
            time.sleep(moments.uniform(0, 0.02))
            os.kill(child, signal.SIGKILL)
            ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            assert ended == -signal.SIGKILL
            assert path.read_bytes() in (OLD, NEW)
        assert all(STRAY.fullmatch(file.name) for file in strays(folder, path))


@pytest.fixture
def heeded() -> Iterator[None]:
    """
    Signals mean what they mean at a terminal, also where who runs this ignores them.
    """
    meant = {
        signal.SIGINT: signal.default_int_handler,
        signal.SIGTERM: signal.SIG_DFL,
        signal.SIGHUP: signal.SIG_DFL,
    }
    before = {number: signal.signal(number, by) for number, by in meant.items()}
    yield
    for number, by in before.items():
        signal.signal(number, by)


class TestInterrupted:
    @pytest.mark.parametrize("step", STEPS[1:], ids=str)
    def test_at_a_step_is_130_and_leaves_nothing_behind(
        self, step: Step, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Ctrl-C leaves the old file or the new one, and no other.
        """
        path = folder / "out.json"
        path.write_bytes(OLD)

        def interrupt() -> None:
            raise KeyboardInterrupt

        if step == Step(atomic, "_create_temporary", after=True):
            step = Step(os, "fsync")  # Between two steps of Python nobody can clean up.
        with monkeypatch.context() as patch:
            patch.setattr(step.module, step.name, at(step, interrupt))
            done = run("export", "json", "-o", path)
        assert (done.status, done.out) == (130, "")
        assert done.err.startswith("tjun: interrupted")
        written = path.read_bytes() != OLD
        assert written is step.put_in_place
        if written:
            assert tjun.load(path) == tjun.load()
        assert strays(folder, path) == []

    @pytest.mark.parametrize(
        "number", [signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name
    )
    @pytest.mark.usefixtures("heeded")
    def test_by_another_process_cleans_up_as_well(
        self,
        number: signal.Signals,
        run: Run,
        folder: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """
        A command that is told to end leaves no file behind, and 128 and the signal.
        """
        path = folder / "out.json"
        path.write_bytes(OLD)
        step = Step(os, "fsync")
        with monkeypatch.context() as patch:
            end = at(step, lambda: os.kill(os.getpid(), number))
            patch.setattr(step.module, step.name, end)
            done = run("export", "json", "-o", path)
        told = "tjun: interrupted; no file is left incomplete\n"
        assert done == (128 + number, "", told)
        assert path.read_bytes() == OLD
        assert strays(folder, path) == []
        assert signal.getsignal(number) is signal.SIG_DFL

    def test_keeps_to_what_the_process_decided(self, run: Run, folder: Path) -> None:
        """
        A signal that whoever runs this takes or ignores is left as it is.
        """
        before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
        try:
            done = run("export", "json", "-o", folder / "out.json")
            assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
        finally:
            signal.signal(signal.SIGTERM, before)
        assert done.status == 0

    @pytest.mark.parametrize(
        "number",
        [signal.SIGINT, signal.SIGTERM, signal.SIGHUP],
        ids=lambda number: number.name,
    )
    @pytest.mark.usefixtures("heeded")
    def test_while_an_exporter_works_leaves_the_old_file(
        self, number: signal.Signals, folder: Path
    ) -> None:
        """
        A real signal to a real process leaves the old file alone.
        """
        path = folder / "out.ics"
        path.write_bytes(OLD)
        words = [TJUN, "export", "ics", "--last-year", "9998", "-o", str(path)]
        with subprocess.Popen(words, stderr=subprocess.PIPE) as process:
            while not strays(folder, path):
                assert process.poll() is None
                time.sleep(0.01)
            process.send_signal(number)
            _, told = process.communicate()
        assert process.returncode == 128 + number
        ending = "tjun: interrupted; no file is left incomplete\n"
        assert told.decode().endswith(ending)
        assert path.read_bytes() == OLD
        assert strays(folder, path) == []


def shrink(folder: Path) -> None:
    """
    Leave room for but little in *folder*: a small disk, or else small files.
    """
    library = ctypes.CDLL(None, use_errno=True)
    user = 0 if os.geteuid() == 0 else CLONE_NEWUSER
    options = f"size={SMALL}".encode()
    if library.unshare(CLONE_NEWNS | user) == 0:
        private = 1 << 18 | 1 << 14
        library.mount(b"none", b"/", None, private, None)
        where = os.fsencode(folder)
        if library.mount(b"tmpfs", where, b"tmpfs", 0, options) == 0:
            return
    import resource  # Not every system has it.

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, SMALL))


def small_files(_: Path) -> None:
    """
    Leave room for but little in any file.
    """
    import resource  # Not every system has it.

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, SMALL))


class TestFull:
    @pytest.mark.parametrize("fill", [shrink, small_files])
    def test_disk_leaves_the_old_file_and_says_so(
        self, fill: Callable[[Path], None], folder: Path
    ) -> None:
        """
        Where the new file has no room the old one stays, and nothing lies beside it.
        """
        path = folder / "out"

        def written() -> None:
            fill(folder)
            path.write_bytes(b"old")
            with pytest.raises(OSError, match=r"No space left on dev|File too large"):
                write_atomically(PIECES, str(path))
            assert path.read_bytes() == b"old"
            assert strays(folder, path) == []
            assert write_atomically([b"new"], str(path))
            assert path.read_bytes() == b"new"

        assert in_child(written) == (0, "")

    @pytest.mark.parametrize(
        ("line", "told"),
        [
            (
                '"$tjun" export ics -o /dev/full',
                "Exporter 'ics': cannot write '/dev/full': No space left on device",
            ),
            (
                '"$tjun" export ics > /dev/full',
                "cannot write the output: No space left on device",
            ),
            (
                '"$tjun" events > /dev/full',
                "cannot write the output: No space left on device",
            ),
        ],
    )
    def test_device_is_1(self, line: str, told: str) -> None:
        """
        A full device is one message and status 1.
        """
        done = shell(line)
        assert (done.status, done.out) == (1, "")
        assert done.err.splitlines()[-1] == f"tjun: {told}"


class TestFolder:
    def test_that_is_read_only_is_told(self, open_folder: Path) -> None:
        """
        Where no file can be made the old one stays, and who may not write is told.
        """
        path = open_folder / "out"
        path.write_bytes(OLD)
        open_folder.chmod(0o555)

        def written() -> None:
            if os.geteuid() == 0:  # Whom no permission binds.
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            with pytest.raises(PermissionError):
                write_atomically(PIECES, str(path))

        assert in_child(written) == (0, "")
        assert path.read_bytes() == OLD
        assert strays(open_folder, path) == []

    def test_that_vanishes_meanwhile_is_told(self, folder: Path) -> None:
        """
        A folder that is taken away while the pieces come is an error that names it.
        """
        path = folder / "out"

        def made() -> Iterator[bytes]:
            yield b"half"
            shutil.rmtree(folder)
            yield b"whole"

        with pytest.raises(FileNotFoundError):
            write_atomically(made(), str(path))
        assert not folder.exists()

    def test_that_takes_the_file_s_place_meanwhile_is_told(self, folder: Path) -> None:
        """
        Where the path has become a folder nothing is written, and none is left.
        """
        path = folder / "out"

        def made() -> Iterator[bytes]:
            yield b"half"
            path.mkdir()
            yield b"whole"

        with pytest.raises(IsADirectoryError):
            write_atomically(made(), str(path))
        assert list(folder.iterdir()) == [path]
        assert list(path.iterdir()) == []


class TestTarget:
    def test_that_is_taken_away_meanwhile_is_made_again(self, folder: Path) -> None:
        """
        Where someone takes the old file away the new one is written all the same.
        """
        path = folder / "out"
        path.write_bytes(OLD)

        def made() -> Iterator[bytes]:
            yield from PIECES
            path.unlink()

        assert write_atomically(made(), str(path)) is True
        assert path.read_bytes() == NEW
        assert strays(folder, path) == []

    @pytest.mark.parametrize(
        ("target", "status", "told"),
        [
            ("new.json", 0, "Wrote {path}."),
            ("old.json", 0, "Wrote {path}."),
            ("same.json", 0, "{path} is the same as before."),
            ("link.json", 0, "Wrote {path}."),
            ("dangling.json", 0, "Wrote {path}."),
            ("inner", 1, "cannot write '{path}': it is a folder"),
            ("link-to-inner", 1, "cannot write '{path}': it is a folder"),
            ("no/such/x.json", 1, "cannot write '{path}': No such file or directory"),
            ("old.json/x", 1, "cannot write '{path}': Not a directory"),
            ("loop", 1, "cannot write '{path}': Too many levels of symbolic links"),
            ("x" * 256, 1, "cannot write '{path}': File name too long"),
        ],
    )
    def test_of_each_sort_has_its_exit_status(
        self, target: str, status: int, told: str, run: Run, folder: Path
    ) -> None:
        """
        What can be written is, through a link too; what cannot is told, and status 1.
        """
        data = tjun.export(tjun.load(OWN), "json")
        (folder / "old.json").write_bytes(OLD)
        (folder / "same.json").write_bytes(data)
        (folder / "inner").mkdir()
        links = {
            "link.json": "old.json",
            "dangling.json": "inner/made.json",
            "link-to-inner": "inner",
            "loop": "loop",
        }
        for link, end in links.items():
            (folder / link).symlink_to(end)
        before = {file.name for file in folder.rglob("*")}
        path = folder / target
        words = ("--record", OWN, "-o", path)
        done = run("export", "json", *words)
        assert (done.status, done.out) == (status, "")
        assert told.format(path=path) in done.err
        made = {file.name for file in folder.rglob("*")} - before
        if status == 0:
            assert path.read_bytes() == data
            assert {link for link in links if (folder / link).is_symlink()} == {*links}
            assert made <= {"new.json", "made.json"}
        else:
            assert made == set()
            assert (folder / "old.json").read_bytes() == OLD


class TestPipe:
    def test_with_a_name_gets_the_octets_and_is_0(self, folder: Path) -> None:
        """
        Who reads a named pipe gets the whole export.
        """
        os.mkfifo(folder / "pipe")
        line = 'cat "$pipe" & "$tjun" export json --record "$record"'
        done = shell(f'{line} -o "$pipe"; s=$?; wait; exit $s', pipe=f"{folder}/pipe")
        assert done.status == 0
        assert done.out.encode() == tjun.export(tjun.load(OWN), "json")
        assert stat.S_ISFIFO((folder / "pipe").stat().st_mode)

    def test_with_a_name_that_nobody_reads_to_the_end_is_1(self, folder: Path) -> None:
        """
        A named pipe whose reader leaves half way is an error that names it.
        """
        os.mkfifo(folder / "pipe")
        pipe = f"{folder}/pipe"
        line = 'head -c 1 "$pipe" & "$tjun" export ics -o "$pipe"; s=$?; wait; exit $s'
        done = shell(line, pipe=pipe)
        assert (done.status, done.out) == (1, "B")
        assert done.err.splitlines()[-1] == (
            f"tjun: Exporter 'ics': cannot write {pipe!r}: Broken pipe"
        )

    @pytest.mark.parametrize("command", ["export ics", "export json", "events"])
    def test_that_is_closed_is_0_and_quiet(self, command: str) -> None:
        """
        Who reads standard output and has seen enough gets no complaint.
        """
        line = f'{{ "$tjun" {command}; echo $? >&2; }} | head -c 1'
        done = shell(line)
        assert len(done.out) == 1
        assert done.err.splitlines()[-1] == "0"
        assert "tjun:" not in done.err


class TestStandardOutput:
    EXPORT = '"$tjun" export json --record "$record"'

    @pytest.fixture(scope="class")
    @classmethod
    def data(cls) -> str:
        return tjun.export(tjun.load(OWN), "json").decode()

    @pytest.mark.parametrize(
        "path",
        [
            "/dev/stdout",
            "//dev/stdout",
            "/dev/fd/1",
            "/proc/self/fd/1",
            "/proc/thread-self/fd/1",
        ],
    )
    def test_by_name_may_be_a_pipe(self, path: str, data: str) -> None:
        """
        By its name, too, standard output gets the whole export.
        """
        done = shell(f"{self.EXPORT} -o {path} | cat")
        assert done.out == data
        assert done.err == f"Wrote {path}.\n"

    @pytest.mark.parametrize(
        "path",
        [
            "/dev/stdout",
            "//dev/stdout",
            "/dev/fd/1",
            "/dev/fd/3",
            "/proc/thread-self/fd/1",
            '"$link"',
            '"$file"',
        ],
    )
    def test_by_name_may_be_a_file_that_is_written_on(
        self, path: str, data: str, folder: Path
    ) -> None:
        """
        A file behind standard output keeps what stood before and gets what follows.
        """
        file = folder / "out"
        link = folder / "link"
        link.symlink_to("/dev/stdout")
        export = f"{self.EXPORT} -o {path} 3>&1"
        line = f'{{ echo first; {export}; echo last; }} > "$file"'
        assert shell(line, file=str(file), link=str(link)).status == 0
        assert file.read_text() == f"first\n{data}last\n"

    def test_by_a_link_may_be_a_pipe(self, data: str, folder: Path) -> None:
        """
        A link to standard output is followed.
        """
        link = folder / "link"
        link.symlink_to("/dev/stdout")
        assert shell(f'{self.EXPORT} -o "$link" | cat', link=str(link)).out == data

    def test_by_name_may_be_closed(self) -> None:
        """
        A standard output that is closed is an error that names it.
        """
        done = shell(f"{self.EXPORT} -o /dev/stdout >&-")
        assert (done.status, done.out) == (1, "")
        assert done.err.startswith(
            "tjun: Exporter 'json': cannot write '/dev/stdout': "
        )

    @pytest.mark.parametrize("number", ["999", "9" * 20])
    def test_by_a_number_that_is_not_open_is_an_error(self, number: str) -> None:
        """
        A descriptor that is not open is an error that names it, however large.
        """
        done = shell(f"{self.EXPORT} -o /dev/fd/{number}")
        assert (done.status, done.out) == (1, "")
        assert done.err.startswith(
            f"tjun: Exporter 'json': cannot write '/dev/fd/{number}': "
        )
        assert "Traceback" not in done.err


class TestTwoProcesses:
    def test_that_write_one_file_leave_one_of_the_two_whole(self, folder: Path) -> None:
        """
        Whoever reads while two write many times reads the one or the other, whole.
        """
        path = folder / "out"
        write_atomically([OLD], str(path))
        children = []
        for pieces in ([OLD], PIECES):
            child = os.fork()
            if child == 0:
                status = 1
                try:
                    for _ in range(100):
                        write_atomically(pieces, str(path))
                    status = 0
                finally:
                    os._exit(status)
            children.append(child)
        read = set()
        for child in children:
            while (ended := os.waitpid(child, os.WNOHANG)) == (0, 0):
                data = path.read_bytes()
                assert data in (OLD, NEW)
                read.add(data)
            assert ended == (child, 0)
        assert path.read_bytes() in (OLD, NEW)
        assert strays(folder, path) == []
        assert read <= {OLD, NEW}
        assert stat.S_IMODE(path.stat().st_mode) == 0o644
