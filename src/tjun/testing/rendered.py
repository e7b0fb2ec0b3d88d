"""
Run an exporter as `export()` does, with a given day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from tjun.chronology.chronology import Chronology
from tjun.exchange.contract import Exporter, ExportRequest
from tjun.exchange.options import bind
from tjun.exchange.rendering import Rendering

__all__ = ["TODAY", "Rendered", "rendered"]

TODAY = dt.date(2027, 3, 2)
"""
The day that every request of the contract counts from.
"""

Rendered = bytes | dict[str, bytes]
"""
The bytes of an export, or of each of its files by path.
"""


def rendered(
    exporter: Exporter,
    record: Chronology,
    language: str = "en",
    options: Mapping[str, Any] | None = None,
) -> Rendered:
    """
    Return what *exporter* makes of *record*.
    """
    request = ExportRequest(
        chronology=record,
        options=bind(exporter, options or {}),
        language=language,
        today=TODAY,
        exporter=exporter.name,
    )
    rendering = Rendering(exporter, request)
    if exporter.render_files is None:
        return b"".join(rendering.chunks())
    return {path: b"".join(chunks) for path, chunks in rendering.files()}
