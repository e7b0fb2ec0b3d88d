"""
How tasks are measured, and the tables of the results.
"""

from __future__ import annotations

import gc
import resource
import statistics
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

Task = Callable[[], object]


class Row(NamedTuple):
    """
    One line of the table.

    Attributes:
        what: What was measured.

        figure: The median, with its unit.

        ratio: What tjun takes, divided by what this takes.

        aim: The largest ratio that meets the goal, or another goal.

        met: Whether the goal is met, or `None` if there is none.
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


class Taken:
    """
    The times that some tasks took in rounds: A B C A B C ...

    Args:
        tasks: What to run, by name.

        rounds: How often each runs.

        parts: How many operations a task does; results are for one of them.

        warm: Whether every task has run before; if not, each first runs once untimed.

        clock: Returns how long a task takes, in seconds; by default its processor
            time, which other processes affect less than wall-clock time.
    """

    def __init__(
        self,
        tasks: Mapping[str, Task],
        *,
        rounds: int = 5,
        parts: int = 1,
        warm: bool = False,
        clock: Callable[[Task], float] | None = None,
    ) -> None:
        clock = clock or seconds
        self._taken: dict[str, list[float]] = {name: [] for name in tasks}
        for task in () if warm else tasks.values():
            task()
        for _ in range(rounds):
            for name, task in tasks.items():
                self._taken[name].append(clock(task) / parts)

    def alone(self, name: str, what: str | None = None) -> Row:
        """
        Return a row without a comparison.
        """
        return Row(what or name, shown(statistics.median(self._taken[name])))

    def beside(self, ours: str, theirs: str, most: float | None = None) -> Row:
        """
        Return a row that compares something with tjun.

        The ratio is the median of the ratios in each round, so that whatever slows the
        machine down for a while affects both.
        """
        pairs = zip(self._taken[ours], self._taken[theirs], strict=True)
        ratio = statistics.median(one / other for one, other in pairs)
        figure = shown(statistics.median(self._taken[theirs]))
        if most is None:
            return Row(theirs, figure, ratio)
        return Row(theirs, figure, ratio, f"<= {most:g}", ratio <= most)


def seconds(task: Task) -> float:
    """
    Return the processor time of *task*; deallocating its result does not count.
    """
    gc.collect()
    begun = time.process_time()
    made = task()
    taken = time.process_time() - begun
    del made
    return taken


def spent(task: Task) -> float:
    """
    Return the processor time of the processes that *task* runs and waits for.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    task()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def elapsed(task: Task) -> float:
    """
    Return the wall-clock time of *task*, including the work of other processes.
    """
    begun = time.perf_counter()
    task()
    return time.perf_counter() - begun


def shown(seconds: float) -> str:
    """
    Return a time in a suitable unit.
    """
    if seconds >= 1:
        return f"{seconds:,.2f} s "
    if seconds >= 1e-3:
        return f"{seconds * 1e3:,.1f} ms"
    return f"{seconds * 1e6:,.1f} µs"
