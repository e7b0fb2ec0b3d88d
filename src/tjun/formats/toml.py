"""
The record as people write it: a TOML file that `tjun.load()` reads back.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tjun import Exporter, ExportRequest

__all__ = ["TOML"]

# tomli-w writes short tables on one line, unless another one of the list is long.
_LONG = {"long": "x" * 100}


def render(request: ExportRequest[Any]) -> Iterator[bytes]:
    """
    Yield the record, with a table for each entry.
    """
    import tomli_w  # noqa: PLC0415  # Rarely needed.

    for key, value in request.chronology.to_dict().items():
        if not isinstance(value, list):
            yield f"{tomli_w.dumps({key: value})}\n".encode()
        elif value:
            text = tomli_w.dumps({key: [*value, _LONG]})
            yield text[: text.rindex(f"[[{key}]]")].encode()


TOML = Exporter(
    name="toml",
    summary="The record as a file to edit by hand.",
    media_type="application/toml",
    suffix=".toml",
    render=render,
)
