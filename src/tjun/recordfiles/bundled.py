"""
The record that is part of tjun.
"""

from __future__ import annotations

import functools
from pathlib import Path

from tjun.chronology.chronology import Chronology
from tjun.recordfiles.record import Record

__all__ = ["TAJIKISTAN"]


@functools.cache
def _load() -> Chronology:
    # Most commands that need no record, such as --help, need no cattrs either.
    from tjun.recordfiles.files import read  # noqa: PLC0415
    from tjun.recordfiles.resolve import resolve  # noqa: PLC0415

    folder = Path(__file__).parents[1] / "data" / "tajikistan"
    if folder.is_dir():
        return resolve(read(folder))
    # It takes long to import, and reads zip files.
    from importlib.resources import files  # noqa: PLC0415

    return resolve(read(files("tjun") / "data" / "tajikistan"))


TAJIKISTAN = Record(
    name="tajikistan",
    summary="Tajikistan and the United Nations, with sources; part of tjun.",
    load=_load,
)
