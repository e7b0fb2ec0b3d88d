"""
What stands in for time-machine, which is written in C: the same call, by freezegun.
"""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager
from typing import Any

import freezegun


def travel(moment: dt.datetime, *, tick: bool) -> AbstractContextManager[Any]:
    """
    Let the clock stand still at *moment*.
    """
    assert not tick
    return freezegun.freeze_time(moment)
