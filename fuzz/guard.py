"""
What every target shares: it times each input, and lets only known errors pass.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import Any

import atheris

__all__ = ["SLOW", "compile_once", "run"]

SLOW = 5.0  # Seconds for each megabyte, or part of one; a second is what is meant.


def compile_once() -> None:
    """
    Let all loads share what cattrs compiles, so that ten times as many are tried.

    Each load makes it anew, because what an id refers to is its own; here that is
    looked up when it is asked for.
    """
    from tjun.records import resolve as records

    now: list[Any] = [None]

    def refer_now(own: Any, kind: Any) -> Any:
        return now[0](own, kind)

    shared = records.structurers(refer_now)

    def structurers(refer: Any) -> Any:
        now[0] = refer
        return shared

    records.structurers = structurers


def run(target: Callable[[bytes], None], *allowed: type[BaseException]) -> None:
    """
    Try *target* with what the fuzzer thinks of, as the command line says.

    Args:
        target: Takes one input.

        allowed: What may leave it.
    """

    def one(data: bytes) -> None:
        begun = time.process_time()
        try:
            target(data)
        except allowed as error:
            str(error)  # Its words must not fail either.
            repr(error)
        spent = time.process_time() - begun
        most = SLOW * max(1.0, len(data) / 1e6)
        if spent > most:
            msg = f"{len(data)} octets took {spent:.1f} s, more than {most:.1f} s"
            raise TimeoutError(msg)

    atheris.Setup([*sys.argv], one, enable_python_coverage=True)
    os.chdir(os.environ.get("FUZZ_FOLDER", "."))
    atheris.Fuzz()
