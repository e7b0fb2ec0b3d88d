"""
One record, many threads: loading, querying, exporting and writing at the same time.
"""

from __future__ import annotations

import datetime as dt
import os
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import tjun

THREADS = 16
TODAY = dt.date(2027, 3, 1)


@pytest.fixture(autouse=True)
def _switching_often() -> Iterator[None]:
    """
    Let another thread continue after each microsecond.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def at_once(work: Callable[[int], object]) -> list[object]:
    """
    Call *work* in every thread at the same time, with the number of the thread.
    """
    start = threading.Barrier(THREADS)

    def run(number: int) -> object:
        start.wait()
        return work(number)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


@pytest.fixture(scope="module")
def small(un: tjun.Chronology) -> tjun.Chronology:
    return un.select(un.events.where(area="water"))


class TestThreads:
    def test_load_equal_records(self, small: tjun.Chronology) -> None:
        """
        Records that are loaded at the same time are equal.
        """
        text = tjun.export(small, "json").decode()
        loaded = at_once(lambda _: tjun.loads(text, "json"))
        assert all(each == small for each in loaded)

    def test_query_fresh_indexes(self, small: tjun.Chronology) -> None:
        """
        Queries give every thread the whole answer, also while an index is built.
        """
        fresh = tjun.Chronology(events=small.events, title=small.title)
        days = at_once(lambda _: fresh.events.on_day(3, 22).ids)
        assert set(days) == {small.events.on_day(3, 22).ids}
        spans = at_once(lambda _: fresh.events.where(since=2000, until=2010).ids)
        assert set(spans) == {small.events.where(since=2000, until=2010).ids}

    def test_export_the_same_bytes(self, small: tjun.Chronology) -> None:
        """
        Every exporter gives the same bytes in every thread.
        """
        names = ["ics", "json", "markdown", "html", "csl", "bibtex"]
        alone = {name: tjun.export(small, name, today=TODAY) for name in names}

        def export(number: int) -> bool:
            name = names[number % len(names)]
            return tjun.export(small, name, today=TODAY) == alone[name]

        assert all(at_once(export))

    def test_write_whole_files(self, small: tjun.Chronology, tmp_path: Path) -> None:
        """
        Threads that write one file, and each a file of its own, leave whole files.
        """
        data = tjun.export(small, "ics", today=TODAY)
        shared = tmp_path / "shared.ics"

        def write(number: int) -> None:
            tjun.write(small, "ics", shared, today=TODAY)
            tjun.write(small, "ics", tmp_path / f"{number}.ics", today=TODAY)

        at_once(write)
        files = sorted(tmp_path.iterdir())
        assert len(files) == THREADS + 1
        assert all(file.read_bytes() == data for file in files)

    def test_keep_the_mask_of_new_files(
        self, small: tjun.Chronology, tmp_path: Path
    ) -> None:
        """
        The permissions of new files follow the process's mask, which does not change.
        """
        mask = 0o027
        before = os.umask(mask)
        try:
            at_once(lambda n: tjun.write(small, "json", tmp_path / f"{n}.json"))
            assert os.umask(mask) == mask
        finally:
            os.umask(before)
        modes = {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
        assert modes == {0o666 & ~mask}
