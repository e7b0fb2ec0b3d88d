"""
Failures of every call to the system, one after another, while files are written.
"""

from __future__ import annotations

import errno
import functools
import os
import re
import signal
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

import tjun
from tjun import Chronology, Exporter, ExportError, File
from tjun.cli import main

pytestmark = pytest.mark.slow

CALLS = "open lstat stat fsync replace unlink rmdir mkdir rename chmod".split()
STRAY = re.compile(r"\.tjun-[0-9a-f]{16}|\.tjun-\w{8}")
OLD = {"a": b"1", "same/b": b"2", "gone/c/d": b"3", "e": b"4"}
NEW = {"a/x": b"5", "same/b": b"2", "f/g": b"6", "e": b"7"}


class Injector:
    """
    Wraps the functions of `os`, and acts on the call with a number.
    """

    def __init__(self, number: int, act: Callable[[], object]) -> None:
        self.left, self.act = number, act

    def install(self) -> None:
        for name in CALLS:
            setattr(os, name, self.wrapped(getattr(os, name)))

    def wrapped(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(*given: Any, **named: Any) -> Any:
            self.left -= 1
            if self.left == 0:
                self.act()
            return function(*given, **named)

        return stepped


def failing(number: int) -> Callable[[], None]:
    def fail() -> None:
        raise OSError(number, os.strerror(number))

    return fail


FAULTS: Mapping[str, Callable[[], object]] = {
    "ENOSPC": failing(errno.ENOSPC),
    "EIO": failing(errno.EIO),
    "EACCES": failing(errno.EACCES),
    "SIGKILL": lambda: os.kill(os.getpid(), signal.SIGKILL),
}


def attempt(work: Callable[[], object], number: int, fault: str) -> bool:
    """
    Do *work* in a child in which a call fails; return whether there was such a call.
    """
    child = os.fork()
    if child == 0:
        injector = Injector(number, FAULTS[fault])
        status = 3
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            injector.install()
            work()
            status = 0
        except (ExportError, SystemExit):
            status = 1
        finally:
            os._exit(2 if status < 2 and injector.left > 0 else status)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in {0, 1, 2, -signal.SIGKILL}
    return status != 2


def write(files: Mapping[str, bytes], top: Path) -> bool:
    exporter = Exporter(
        name="site",
        summary="S",
        media_type="text/html",
        suffix="/",
        render_files=lambda _: [File(path, text) for path, text in files.items()],
    )
    return tjun.write(Chronology(), exporter, top)


def contents(top: Path) -> dict[str, bytes]:
    return {
        path.relative_to(top).as_posix(): path.read_bytes()
        for path in top.rglob("*")
        if path.is_file() and not path.name.startswith(".tjun-")
    }


@pytest.mark.parametrize("fault", FAULTS)
class TestEveryCall:
    def test_may_fail_while_a_directory_is_written(
        self, fault: str, tmp_path: Path
    ) -> None:
        """
        No file is torn, lost or adopted, and the next export leaves no orphans.
        """
        number = 0
        more = True
        while more:
            number += 1
            top = tmp_path / str(number)
            write(OLD, top)
            (top / "mine").write_bytes(b"mine")
            more = attempt(functools.partial(write, NEW, top), number, fault)
            found = contents(top)
            assert found.pop("mine") == b"mine"
            either = {path: {text} for path, text in OLD.items()}
            for path, text in NEW.items():
                either.setdefault(path, set()).add(text)
            assert all(text in either[path] for path, text in found.items())
            assert found["same/b"] == b"2"
            write(NEW, top)
            assert contents(top) == {**NEW, "mine": b"mine"}
            folders = {each.name for each in top.rglob("*") if each.is_dir()}
            assert folders == {"a", "same", "f"}
            strays = [each.name for each in top.rglob(".tjun-*")]
            assert len(strays) <= (2 if fault == "SIGKILL" else 1)
        assert number > 30

    def test_may_fail_while_a_file_is_written(self, fault: str, tmp_path: Path) -> None:
        """
        The file is the old one or the new one.
        """
        record = Chronology(title="New")
        new = tjun.export(record, "json")
        path = tmp_path / "out.json"
        work = functools.partial(tjun.write, record, "json", path)
        number = 0
        more = True
        while more:
            number += 1
            path.write_bytes(b"old")
            more = attempt(work, number, fault)
            assert path.read_bytes() in {b"old", new}
            for stray in {*tmp_path.iterdir()} - {path}:
                assert fault == "SIGKILL"
                assert STRAY.fullmatch(stray.name)
                stray.unlink()
        assert number > 5

    @pytest.mark.parametrize(
        "words",
        [
            "new record x.toml",
            "new plugin mine --folder x.toml",
            "import csv ../it.csv -o x.toml",
        ],
    )
    def test_may_fail_while_a_first_file_is_written(
        self, words: str, fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        `tjun new` and `tjun import` write everything or nothing.
        """
        (tmp_path / "it.csv").write_text("date,title,source\n1992,It began,The book\n")
        number = 0
        more = True
        whole: set[str] = set()
        while more and number < 400:
            number += 1
            folder = tmp_path / str(number)
            folder.mkdir()
            monkeypatch.chdir(folder)
            if not whole:
                main_quietly(words)
                whole = names(folder)
                continue
            work = functools.partial(main, words.split())
            more = attempt(work, number, fault)
            found = names(folder)
            assert found in (set(), whole)
        assert not more


def names(folder: Path) -> set[str]:
    return {
        each.relative_to(folder).as_posix()
        for each in folder.rglob("*")
        if not STRAY.fullmatch(each.relative_to(folder).parts[0])
    }


def main_quietly(line: str) -> None:
    with pytest.raises(SystemExit) as left:
        main(line.split())
    assert left.value.code == 0
