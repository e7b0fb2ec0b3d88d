"""
The hook with which plugins offer records.
"""

from __future__ import annotations

from collections.abc import Iterable

from tjun.plugins.registry import hookspec
from tjun.recordfiles.record import Record

__all__ = ["tjun_records"]


@hookspec
def tjun_records() -> Iterable[Record]:  # type: ignore[empty-body]  # A hook specification.
    """
    Offer records.

    tjun calls this once for each search for plugins. If it raises an exception, tjun
    ignores the records of this plugin and reports why; other plugins are not affected.

    Returns:
        Any number of `Record` objects, in the order in which to list them.
    """
