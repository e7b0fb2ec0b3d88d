"""
Record files: reading TOML and JSON as one `Chronology`, checking and writing it.

A record has a format version, a header and lists of areas, publishers, sources,
events, missions and memberships; entries refer to each other by id. Files are parsed
(`files`), their tables become values (`convert`), to which translations are added
(`translate`), and the values become objects (`resolve`). Everything that is wrong is
reported at once, each error with its location.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from tjun.model.links import FORMAT
from tjun.recordfiles.record import Record

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from tjun.chronology.chronology import Chronology

__all__ = ["FORMAT", "Record", "loads", "schema", "translated"]


def loads(
    content: str | Mapping[str, Any],
    format: Literal["toml", "json"] = "toml",  # noqa: A002  # The name that users know.
) -> Chronology:
    """
    Return the record in a string or a mapping.

    Args:
        content: A whole record: the text of a file, or what it contains, such as
            `Chronology.to_dict()` returns.

        format: The format of a text: `toml` or `json`.

    Raises:
        DataError: All errors in the record.

        ValueError: If the format is not one of these.
    """
    # Plugins import Record from here, and need no cattrs for that.
    from tjun.recordfiles.files import FORMATS, Document, parse  # noqa: PLC0415
    from tjun.recordfiles.resolve import resolve  # noqa: PLC0415

    if isinstance(content, Mapping):
        return resolve([Document(content=dict(content))])
    if format not in FORMATS:
        msg = f"expected the format {' or '.join(FORMATS)}, got {format!r}"
        raise ValueError(msg)
    return resolve([parse(content, format)])


def translated(
    chronology: Chronology,
    translation: str | os.PathLike[str] | Traversable | Mapping[str, Any],
) -> Chronology:
    """
    Return the record with a translation added: the path of a file, or its content.

    Raises:
        DataError: All errors in the translation.
    """
    from tjun.recordfiles.files import Document, read  # noqa: PLC0415
    from tjun.recordfiles.resolve import resolve  # noqa: PLC0415

    if isinstance(translation, Mapping):
        return resolve([Document(content=dict(translation))], chronology)
    return resolve(read(translation), chronology)


def schema() -> dict[str, Any]:
    """
    Return the JSON Schema of record files.
    """
    from tjun.recordfiles.json_schema import record_schema  # noqa: PLC0415

    return record_schema()
