"""
How everything here is measured, and the rows in which it is told.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

Medians = dict[str, float]


class Row(NamedTuple):
    """
    One line of the table.

    Attributes:
        what: What was measured.

        figure: The median, with its unit.

        ratio: What tjun takes, divided by what this takes.

        aim: The most that the ratio should be, or what else is aimed at.

        met: Whether it is, or `None` where nothing is aimed at.
    """

    what: str
    figure: str
    ratio: float | None = None
    aim: str = ""
    met: bool | None = None


class Table(NamedTuple):
    """
    Rows that belong together.
    """

    title: str
    rows: list[Row]


def versus(
    what: str, figure: str, ours: float, theirs: float, most: float | None = None
) -> Row:
    """
    Return the row of something that tjun is compared with.
    """
    ratio = ours / theirs
    if most is None:
        return Row(what, figure, ratio)
    return Row(what, figure, ratio, f"<= {most:g}", ratio <= most)


def medians(
    tasks: Mapping[str, Callable[[], object]],
    *,
    rounds: int = 5,
    clock: Callable[[Callable[[], object]], float] | None = None,
) -> Medians:
    """
    Return the median seconds of each task, run in turn: A B C A B C ...

    What drifts on the machine falls on all of them alike. Each runs once before
    that does not count.
    """
    clock = clock or seconds
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for task in tasks.values():
        task()
    for _ in range(rounds):
        for name, task in tasks.items():
            taken[name].append(clock(task))
    return {name: statistics.median(each) for name, each in taken.items()}


def seconds(task: Callable[[], object]) -> float:
    """
    Return how long *task* takes; taking its result apart does not count.
    """
    gc.collect()
    begun = time.perf_counter()
    made = task()
    taken = time.perf_counter() - begun
    del made
    return taken


def shown(seconds: float) -> str:
    """
    Return a time in the unit that suits it.
    """
    if seconds >= 1:
        return f"{seconds:,.1f} s "
    if seconds >= 1e-3:
        return f"{seconds * 1e3:,.1f} ms"
    return f"{seconds * 1e6:,.1f} µs"
