"""
The record as JSON, from which `tjun.load()` restores an equal record.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from tjun import Exporter, ExportRequest
from tjun.exchange.contract import NoOptions
from tjun.recordfiles import FORMAT

__all__ = ["JSON"]


def render(request: ExportRequest[NoOptions]) -> Iterator[bytes]:
    """
    Yield the record, one entry at a time.
    """
    # cattrs is imported on first use.
    from tjun.recordfiles.converter import from_text, rows  # noqa: PLC0415

    chronology = request.chronology
    yield b'{\n  "format": %d' % FORMAT
    if chronology.title is not None:
        yield b',\n  "title": ' + _encode(from_text(chronology.title))
    for section, entries in rows(chronology):
        yield b',\n  "%s": [' % section.encode()
        before = b"\n    "
        for entry in entries:
            yield before + _encode(entry)
            before = b",\n    "
        yield b"]" if before == b"\n    " else b"\n  ]"
    yield b',\n  "retired": ' + _encode(chronology.retired) + b"\n}\n"


def _encode(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


JSON = Exporter(
    name="json",
    summary="A record file with everything in the record; tjun reads it back.",
    media_type="application/json",
    suffix=".json",
    render=render,
)
