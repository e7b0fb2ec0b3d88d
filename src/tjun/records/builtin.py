"""
The built-in record, offered through the same hook as those of plugins.
"""

from __future__ import annotations

from collections.abc import Iterable

import pluggy

from tjun.records.bundled import TAJIKISTAN
from tjun.records.record import Record

__all__ = ["tjun_records"]

_hookimpl = pluggy.HookimplMarker("tjun")


@_hookimpl
def tjun_records() -> Iterable[Record]:
    """
    Offer the bundled record.
    """
    return (TAJIKISTAN,)
