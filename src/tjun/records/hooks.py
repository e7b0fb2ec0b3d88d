"""
The hook with which plugins offer records.
"""

from __future__ import annotations

from collections.abc import Iterable

import pluggy

from tjun.records.record import Record

__all__ = ["tjun_records"]

_hookspec = pluggy.HookspecMarker("tjun")


@_hookspec
def tjun_records() -> Iterable[Record]:  # type: ignore[empty-body]  # A specification.
    """
    Offer records.

    Called once for each registry. An exception disables only this plugin.

    Returns:
        Any number of `Record` objects, in the order in which to list them.
    """
