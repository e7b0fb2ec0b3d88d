"""
The record that is part of tjun.
"""

from __future__ import annotations

import functools
import pkgutil

from tjun.chronology.chronology import Chronology
from tjun.recordfiles.record import Record

__all__ = ["TAJIKISTAN"]


@functools.cache
def _load() -> Chronology:
    # Most commands that need no record, such as --help, need no cattrs either.
    from tjun.model.links import SECTIONS  # noqa: PLC0415
    from tjun.recordfiles.files import Document, parse  # noqa: PLC0415
    from tjun.recordfiles.resolve import resolve  # noqa: PLC0415

    documents: list[Document] = []
    for section in SECTIONS:
        # importlib.resources takes long to import, and this also reads zip files.
        data = pkgutil.get_data("tjun", f"data/{section}.toml") or b""
        documents.append(parse(data.decode(), "toml"))
    return resolve(documents)


TAJIKISTAN = Record(
    name="tajikistan",
    summary="Tajikistan and the United Nations, with sources; part of tjun.",
    load=_load,
)
