"""
The record file as JSON: what it writes, `tjun.load` reads back equal.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from tjun.exporting.contract import Exporter, ExportRequest, NoOptions
from tjun.records import FORMAT

__all__ = ["JSON"]


def render(request: ExportRequest[NoOptions]) -> Iterator[bytes]:
    """
    Yield the record, an entry at a time.
    """
    from tjun.records.converter import rows  # noqa: PLC0415  # The same.

    chronology = request.chronology
    yield b'{\n  "format": %d' % FORMAT
    if chronology.title is not None:
        yield b',\n  "title": ' + _written(dict(chronology.title.translations))
    for section, entries in rows(chronology):
        yield b',\n  "%s": [' % section.encode()
        before = b"\n    "
        for entry in entries:
            yield before + _written(entry)
            before = b",\n    "
        yield b"]" if before == b"\n    " else b"\n  ]"
    yield b',\n  "retired": ' + _written(chronology.retired) + b"\n}\n"


def _written(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


JSON = Exporter(
    name="json",
    summary="A record file: everything, and nothing lost; tjun reads it back.",
    media_type="application/json",
    suffix=".json",
    render=render,
)
