import ctypes
import filecmp
import os
import re
import signal
import stat
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest
from running import Done, Run, without_coverage

import tjun
from tjun import Chronology, Exporter, ExportError

TJUN = str(Path(sys.executable).with_name("tjun"))
OWN = Path(__file__).parent / "golden" / "record.toml"
OLD, NEW = b"old " * 40_000, b"the new one " * 40_000
CHUNKS = [NEW[at : at + 10_000] for at in range(0, len(NEW), 10_000)]
STRAY = re.compile(r"\.tjun-[0-9a-f]{16}")
NOBODY = 65_534
SMALL = 65_536

CLONE_NEWNS, CLONE_NEWUSER = 0x20000, 0x10000000


def write(chunks: Iterable[bytes], path: Path) -> bool:
    """
    Write *chunks* as an exporter that yields them.
    """
    exporter = Exporter(
        name="made",
        summary="S",
        media_type="text/plain",
        suffix=".txt",
        render=lambda _: chunks,
    )
    return tjun.write(Chronology(), exporter, path)


def in_child(act: Callable[[], object]) -> tuple[int, str]:
    """
    Call *act* in a child process, and return how that ended.

    Returns:
        Its exit status, negative for a signal, and its traceback if it failed.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(reading)
            act()
            status = 0
        except BaseException:  # noqa: BLE001  # Reported to the parent.
            os.write(writing, traceback.format_exc().encode())
        finally:
            os._exit(status)
    os.close(writing)
    with open(reading, "rb") as pipe:
        problem = pipe.read().decode()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), problem


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
    A moment during a write: before or after the first or second call of a function.
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
    Step(os, "open"),
    Step(os, "open", after=True),
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


def at(step: Step, act: Callable[[], object]) -> Callable[..., Any]:
    """
    Return a replacement for the function of *step* that calls *act* at that moment.
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
    @pytest.mark.parametrize("after", [0, 1, 20, len(CHUNKS)])
    def test_between_chunks_leaves_the_old_file(self, after: int, folder: Path) -> None:
        """
        A process killed before the last chunk leaves the old file.
        """
        path = folder / "out"
        path.write_bytes(OLD)

        def made() -> Iterator[bytes]:
            yield from CHUNKS[:after]
            os.kill(os.getpid(), signal.SIGKILL)

        assert in_child(lambda: write(made(), path)) == (-9, "")
        assert path.read_bytes() == OLD
        assert all(STRAY.fullmatch(file.name) for file in strays(folder, path))


@pytest.fixture
def default_signals() -> Iterator[None]:
    """
    Give signals their default handlers, even if the test runner ignores them.
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
    # An interruption right after the file was opened leaves closing it to Python.
    @pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
    @pytest.mark.parametrize("step", STEPS, ids=str)
    def test_at_a_step_exits_with_130_and_leaves_no_temporary_file(
        self, step: Step, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Ctrl-C leaves the old file or the new one, and no other.
        """
        path = folder / "out.json"
        path.write_bytes(OLD)

        def interrupt() -> None:
            raise KeyboardInterrupt

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
    @pytest.mark.usefixtures("default_signals")
    def test_by_a_signal_cleans_up_as_well(
        self,
        number: signal.Signals,
        run: Run,
        folder: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """
        A terminated command deletes its temporary file and exits with 128 + the signal.
        """
        path = folder / "out.json"
        path.write_bytes(OLD)
        step = Step(os, "fsync")
        with monkeypatch.context() as patch:
            end = at(step, lambda: os.kill(os.getpid(), number))
            patch.setattr(step.module, step.name, end)
            done = run("export", "json", "-o", path)
        message = "tjun: interrupted; no file is left incomplete\n"
        assert done == (128 + number, "", message)
        assert path.read_bytes() == OLD
        assert strays(folder, path) == []
        assert signal.getsignal(number) is signal.SIG_DFL

    def test_does_not_override_signals_that_are_ignored(
        self, run: Run, folder: Path
    ) -> None:
        """
        A signal that the process already ignores stays ignored.
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
    @pytest.mark.usefixtures("default_signals")
    def test_while_an_exporter_runs_leaves_the_old_file(
        self, number: signal.Signals, folder: Path
    ) -> None:
        """
        A signal to a process that is exporting leaves the old file unchanged.
        """
        path = folder / "out.ics"
        path.write_bytes(OLD)
        words = [TJUN, "export", "ics", "--last-year", "9998", "-o", str(path)]
        with subprocess.Popen(
            words, stderr=subprocess.PIPE, env=without_coverage()
        ) as process:
            while not strays(folder, path):
                assert process.poll() is None
                time.sleep(0.01)
            process.send_signal(number)
            _, message = process.communicate()
        assert process.returncode == 128 + number
        ending = "tjun: interrupted; no file is left incomplete\n"
        assert message.decode().endswith(ending)
        assert path.read_bytes() == OLD
        assert strays(folder, path) == []


def shrink(folder: Path) -> None:
    """
    Leave little space in *folder*: mount a small disk there, or limit the file size.
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
    Limit the size of any file.
    """
    import resource  # Not every system has it.

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, SMALL))


@pytest.mark.usefixtures("measured")
class TestFull:
    @pytest.mark.parametrize("fill", [shrink, small_files])
    def test_disk_leaves_the_old_file_and_raises_an_error(
        self, fill: Callable[[Path], None], folder: Path
    ) -> None:
        """
        If the new file does not fit, the old one stays, with no temporary file.
        """
        path = folder / "out"

        def written() -> None:
            fill(folder)
            path.write_bytes(b"old")
            full = r"No space left on device|File too large"
            with pytest.raises(ExportError, match=full):
                write(CHUNKS, path)
            assert path.read_bytes() == b"old"
            assert strays(folder, path) == []
            assert write([b"new"], path)
            assert path.read_bytes() == b"new"

        assert in_child(written) == (0, "")

    @pytest.mark.parametrize(
        ("line", "message"),
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
                (
                    "env -u PYTHONUNBUFFERED"
                    ' "$tjun" check "$record" --today 2100-01-01 --strict > /dev/full'
                ),
                "1 warning; without --strict, warnings are only shown",
            ),
            (
                '"$tjun" events > /dev/full',
                "cannot write the output: No space left on device",
            ),
        ],
    )
    def test_device_exits_with_1(self, line: str, message: str) -> None:
        """
        A full device is reported in one message, with status 1.
        """
        done = shell(line)
        assert (done.status, done.out) == (1, "")
        assert done.err.splitlines()[-1] == f"tjun: {message}"


class TestFolder:
    def test_that_is_read_only_is_an_error(self, open_folder: Path) -> None:
        """
        In a read-only directory, the old file stays and the export fails.
        """
        path = open_folder / "out"
        path.write_bytes(OLD)
        open_folder.chmod(0o555)

        def written() -> None:
            if os.geteuid() == 0:  # Permissions do not apply to root.
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            with pytest.raises(ExportError, match="Permission denied"):
                write(CHUNKS, path)

        assert in_child(written) == (0, "")
        assert path.read_bytes() == OLD
        assert strays(open_folder, path) == []

    def test_that_replaces_the_file_meanwhile_is_an_error(self, folder: Path) -> None:
        """
        If the path has become a directory, nothing is written there.
        """
        path = folder / "out"

        def made() -> Iterator[bytes]:
            yield b"half"
            path.mkdir()
            yield b"whole"

        with pytest.raises(ExportError, match="Is a directory"):
            write(made(), path)
        assert list(folder.iterdir()) == [path]
        assert list(path.iterdir()) == []


class TestTarget:
    def test_that_is_deleted_meanwhile_is_written_again(self, folder: Path) -> None:
        """
        If the old file is deleted during the export, the new one is still written.
        """
        path = folder / "out"
        path.write_bytes(OLD)

        def made() -> Iterator[bytes]:
            yield from CHUNKS
            path.unlink()

        assert write(made(), path) is True
        assert path.read_bytes() == NEW
        assert strays(folder, path) == []


class TestPipe:
    def test_with_a_name_gets_the_bytes_and_exits_with_0(self, folder: Path) -> None:
        """
        The reader of a named pipe gets the whole export.
        """
        os.mkfifo(folder / "pipe")
        line = 'cat "$pipe" & "$tjun" export json --record "$record"'
        done = shell(f'{line} -o "$pipe"; s=$?; wait; exit $s', pipe=f"{folder}/pipe")
        assert done.status == 0
        assert done.out.encode() == tjun.export(tjun.load(OWN), "json")
        assert stat.S_ISFIFO((folder / "pipe").stat().st_mode)

    def test_with_a_name_that_is_closed_early_exits_with_1(self, folder: Path) -> None:
        """
        If the reader of a named pipe stops early, the error names the pipe.
        """
        os.mkfifo(folder / "pipe")
        pipe = f"{folder}/pipe"
        line = 'head -c 1 "$pipe" & "$tjun" export ics -o "$pipe"; s=$?; wait; exit $s'
        done = shell(line, pipe=pipe)
        assert (done.status, done.out) == (1, "B")
        assert done.err.splitlines()[-1] == (
            f"tjun: Exporter 'ics': cannot write {pipe!r}: Broken pipe"
        )


@pytest.mark.usefixtures("measured")
class TestStandardOutput:
    EXPORT = '"$tjun" export json --record "$record"'

    @pytest.fixture(scope="class")
    @classmethod
    def data(cls) -> str:
        return tjun.export(tjun.load(OWN), "json").decode()

    @pytest.mark.parametrize(
        ("path", "how"),
        [
            ("-", ">"),
            ("-", ">>"),
            ("/dev/stdout", ">>"),
            ("/dev/fd/1", ">"),
            ("/dev/fd/1", ">>"),
            ("/proc/thread-self/fd/1", ">>"),
            ('"$link"', ">>"),
        ],
    )
    def test_may_be_named(self, path: str, how: str, data: str, folder: Path) -> None:
        """
        `-o -` writes to standard output, and keeps what is written before and after.
        """
        file, link = folder / "out", folder / "link"
        link.symlink_to("/dev/fd/1")
        line = f'{{ echo first; {self.EXPORT} -o {path}; echo last; }} {how} "$file"'
        done = shell(line, file=str(file), link=str(link))
        assert done.status == 0
        assert file.read_text() == f"first\n{data}last\n"


class TestTwoProcesses:
    def test_that_write_the_same_file_leave_one_of_the_two_complete(
        self, folder: Path
    ) -> None:
        """
        While two processes write a file, readers always see a complete version.
        """
        path = folder / "out"
        write([OLD], path)
        children = []
        for chunks in ([OLD], CHUNKS):
            child = os.fork()
            if child == 0:
                status = 1
                try:
                    for _ in range(100):
                        write(chunks, path)
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
