"""
The loop that all targets share: it times each input and allows only known errors.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

import atheris

__all__ = ["SLOW", "run"]

SLOW = 5.0
"""
Seconds of processor time that an input may take per megabyte.
"""

_LEAST = 0.4  # Megabytes; the first input also pays for imports.


def run(target: Callable[[bytes], None], *allowed: type[BaseException]) -> None:
    """
    Call *target* with the inputs of the fuzzer, as the command line says.

    Args:
        target: Takes one input.

        allowed: The errors that it may raise.
    """

    def one(data: bytes) -> None:
        begun = time.process_time()
        try:
            target(data)
        except allowed as error:
            str(error)  # Its message must not fail either.
            repr(error)
        spent = time.process_time() - begun
        most = SLOW * max(_LEAST, len(data) / 1e6)
        if spent > most:
            msg = f"{len(data)} bytes took {spent:.1f} s, more than {most:.1f} s"
            raise TimeoutError(msg)

    atheris.Setup([*sys.argv], one, enable_python_coverage=True)
    os.chdir(os.environ.get("FUZZ_FOLDER", "."))
    atheris.Fuzz()
