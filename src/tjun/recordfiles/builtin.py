"""
The built-in record, offered through the same hook as those of plugins.
"""

from __future__ import annotations

from collections.abc import Iterable

from tjun.plugins.registry import hookimpl
from tjun.recordfiles.bundled import TAJIKISTAN
from tjun.recordfiles.record import Record

__all__ = ["tjun_records"]


@hookimpl
def tjun_records() -> Iterable[Record]:
    """
    Offer the bundled record.
    """
    return (TAJIKISTAN,)
