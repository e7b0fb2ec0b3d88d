"""
The record that is part of tjun.
"""

from __future__ import annotations

import functools
from pathlib import Path

from tjun.chronology.chronology import Chronology
from tjun.recordfiles.record import Record

__all__ = ["TAJIKISTAN"]


_DATA = Path(__file__).parents[1] / "data"


@functools.cache
def _load() -> Chronology:
    # Most commands that need no record, such as --help, need no cattrs either.
    from tjun.recordfiles.files import Document, parse  # noqa: PLC0415
    from tjun.recordfiles.resolve import resolve  # noqa: PLC0415
    from tjun.recordfiles.shapes import SECTIONS  # noqa: PLC0415

    documents: list[Document] = []
    for section in SECTIONS:
        file = _DATA / f"{section}.toml"
        documents.append(parse(file.read_text(encoding="utf-8"), "toml"))
    return resolve(documents)


TAJIKISTAN = Record(
    name="tajikistan",
    summary="Tajikistan and the United Nations, with sources; part of tjun.",
    load=_load,
)
