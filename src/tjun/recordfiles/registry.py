"""
The records of tjun and of installed plugins.
"""

from __future__ import annotations

from collections.abc import Iterable

from tjun.plugins.discovery import load_all
from tjun.plugins.hooks import hookimpl
from tjun.plugins.registry import Hook, Registry
from tjun.recordfiles.reading import TAJIKISTAN
from tjun.recordfiles.record import Record

__all__ = ["RECORDS", "records", "tjun_records"]

RECORDS = Hook(name="tjun_records", offers=Record, builtin="tjun.recordfiles.registry")


def records(*, strict: bool = False, disabled: Iterable[str] = ()) -> Registry[Record]:
    """
    Return every record that can be loaded by name: tjun's, and those of plugins.

    Each call looks for plugins again.

    Args:
        strict: Raise an error if a plugin cannot be used.

        disabled: Names of entry points not to import.

    Raises:
        PluginError: For the first plugin that cannot be used, if strict.
    """
    return load_all(RECORDS, strict=strict, disabled=disabled)


@hookimpl
def tjun_records() -> Iterable[Record]:
    """
    Offer the bundled record.
    """
    return (TAJIKISTAN,)
