"""
Run an exporter in processes with other environments.
"""

from __future__ import annotations

import itertools
import os
import pickle
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tjun.chronology.chronology import Chronology
from tjun.exchange.contract import Exporter

__all__ = ["exported_elsewhere"]

# What an exporter prints must not reach the result.
_PROGRAM = """
import pickle, sys
result, sys.stdout = sys.stdout.buffer, sys.stderr
exporter, record, calls = pickle.load(sys.stdin.buffer)
import tjun
result.write(pickle.dumps([tjun.export(record, exporter, **call) for call in calls]))
"""


def exported_elsewhere(
    exporter: Exporter,
    record: Chronology,
    calls: Sequence[Mapping[str, Any]],
    environments: Iterable[Mapping[str, str]],
    directory: Path,
) -> list[list[bytes]]:
    """
    Return what *exporter* makes of *record* in each of the environments.

    Args:
        exporter: Its functions and its options class must be importable.

        record: What to export.

        calls: The keywords of each export.

        environments: The environment variables to set in each process, which also has
            a home directory, a user and a working directory of its own.

        directory: Where to make these directories.
    """
    try:
        pickled = pickle.dumps((exporter, record, [dict(call) for call in calls]))
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        message = (
            f"{error}: what the exporter {exporter.name!r} calls must be at the top"
            " level of a module, so that another process can import it"
        )
        raise AssertionError(message) from error
    with ThreadPoolExecutor() as pool:
        homes = (directory / f"user-{number}" for number in itertools.count())
        return list(pool.map(_run, itertools.repeat(pickled), homes, environments))


def _run(pickled: bytes, home: Path, environment: Mapping[str, str]) -> list[bytes]:
    home.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        input=pickled,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path)),
            "HOME": str(home),
            "USER": home.name,
            "LOGNAME": home.name,
            **environment,
        },
        cwd=home,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    made: list[bytes] = pickle.loads(done.stdout)
    return made
