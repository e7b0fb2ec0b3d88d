"""
The cost of starting: the import, and the whole process of `tjun export ics`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from subprocess import DEVNULL, PIPE

from timing import Table, Taken, Task, elapsed, spent

ROUNDS = 11
_IMPORT = """
import time
begun = time.perf_counter()
{}
print(time.perf_counter() - begun)
"""
_OF_PYTHON = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONOPTIMIZE")
_PARTS = "import icalendar, cattrs, pluggy, cyclopts"


def measure() -> list[Table]:
    """
    Measure with every module compiled, as an installed one is.

    The compiled modules are in a separate directory, which the first round fills.
    """
    environment = {k: v for k, v in os.environ.items() if k not in _OF_PYTHON}
    with tempfile.TemporaryDirectory() as compiled:
        environment["PYTHONPYCACHEPREFIX"] = compiled
        return [
            _imports(environment),
            _whole("processor time", spent, environment),
            _whole("time on the clock", elapsed, environment),
        ]


def _python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def _run(command: list[str], environment: dict[str, str], output: int) -> str | None:
    done = subprocess.run(
        command,
        check=True,
        env=environment,
        stdin=DEVNULL,
        stdout=output,
        stderr=DEVNULL,
        text=True,
    )
    return done.stdout


def _imports(environment: dict[str, str]) -> Table:
    """
    Time the statement alone, inside a process that does nothing else.
    """
    ours, first, theirs = "import tjun", "from tjun import Chronology", "import attrs"
    tasks: dict[str, Callable[[], object]] = {
        name: partial(_run, _python(_IMPORT.format(name)), environment, PIPE)
        for name in (ours, first, theirs)
    }
    taken = Taken(tasks, rounds=ROUNDS, clock=lambda task: float(str(task())))
    return Table(
        "Import statement, each in a process of its own",
        [taken.alone(ours), taken.alone(first), taken.beside(ours, theirs, 1.5)],
    )


def _whole(
    measured: str, clock: Callable[[Task], float], environment: dict[str, str]
) -> Table:
    tjun = os.path.join(os.path.dirname(sys.executable), "tjun")
    export = "tjun export ics"
    commands = {
        name: _python(name) for name in ("import tjun", "import attrs", _PARTS)
    } | {export: [tjun, *export.split()[1:]]}
    taken = Taken(
        {
            name: partial(_run, command, environment, DEVNULL)
            for name, command in commands.items()
        },
        rounds=ROUNDS,
        clock=clock,
    )
    return Table(
        f"Whole process, from start to end, {measured}",
        [
            taken.alone("import tjun"),
            taken.beside("import tjun", "import attrs", 1.5),
            taken.alone(export),
            taken.beside(export, _PARTS, 2.3),
        ],
    )
