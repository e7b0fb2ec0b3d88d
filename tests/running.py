"""
What the fixture `run` and the tests that use it share.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import NamedTuple

__all__ = ["Done", "Run", "without_coverage"]


class Done(NamedTuple):
    """
    What a command did.
    """

    status: object
    out: str
    err: str


Run = Callable[..., Done]


def without_coverage() -> dict[str, str]:
    """
    Return the environment for a process that a test interrupts.

    An interruption may leave a lock of coverage locked, and the process then waits for
    it without end.
    """
    return {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE_")}
