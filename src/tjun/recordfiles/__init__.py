"""
Record files: reading TOML and JSON as one `Chronology`.

A record has a format version and lists of `areas`, `sources`, `events`, `missions` and
`memberships`; entries refer to each other by id. It may have a `title`, and `retired`
lists the ids that no event may use again. Files are parsed (`files`), their tables
become values (`converter`, `entries`), and the values become objects (`resolve`).
Everything that is wrong is reported at once, each error with its location.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from tjun.model.links import FORMAT
from tjun.recordfiles.record import Record

if TYPE_CHECKING:
    from tjun.chronology.chronology import Chronology

__all__ = ["FORMAT", "Record", "loads"]


def loads(text: str, format: Literal["toml", "json"] = "toml") -> Chronology:  # noqa: A002  # The name that users know.
    """
    Return the record in a string.

    Args:
        text: A whole record.

        format: `toml` or `json`.

    Raises:
        DataError: All errors in the record.

        ValueError: If the format is not one of these.
    """
    # Plugins import Record from here, and need no cattrs for that.
    from tjun.recordfiles.files import FORMATS, parse  # noqa: PLC0415
    from tjun.recordfiles.resolve import resolve  # noqa: PLC0415

    if format not in FORMATS:
        msg = f"expected the format {' or '.join(FORMATS)}, got {format!r}"
        raise ValueError(msg)
    return resolve([parse(text, format)])
