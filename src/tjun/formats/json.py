"""
The record as JSON, from which `tjun.load()` restores an equal record.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tjun import Exporter, ExportRequest

__all__ = ["JSON"]


def render(request: ExportRequest[Any]) -> Iterator[bytes]:
    """
    Yield the record, with each entry on a line of its own.
    """
    before = b"{\n  "
    for key, value in request.chronology.to_dict().items():
        yield before + _encode(key) + b": "
        before = b",\n  "
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield b"[\n    " + _encode(value[0])
            for entry in value[1:]:
                yield b",\n    " + _encode(entry)
            yield b"\n  ]"
        else:
            yield _encode(value)
    yield b"\n}\n"


def _encode(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


JSON = Exporter(
    name="json",
    summary="A record file with everything in the record; tjun reads it back.",
    media_type="application/json",
    suffix=".json",
    render=render,
)
