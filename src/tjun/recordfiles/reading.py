"""
Reading a record that is bundled, or given as a text, a mapping or files.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from tjun.chronology.chronology import Chronology
from tjun.recordfiles.files import FORMATS, Document, parse, read
from tjun.recordfiles.record import Record
from tjun.recordfiles.resolve import resolve

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["TAJIKISTAN", "loads", "translated"]


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
    if isinstance(translation, Mapping):
        return resolve([Document(content=dict(translation))], chronology)
    return resolve(read(translation), chronology)


@functools.cache
def _load() -> Chronology:
    return resolve(read(_bundled()))


def _cards() -> dict[str, bytes]:
    return {
        tag: (_bundled() / f"card.{tag}.png").read_bytes() for tag in ("en", "ru", "tg")
    }


def _bundled() -> Path | Traversable:
    folder = Path(__file__).parents[1] / "data" / "tajikistan"
    if folder.is_dir():
        return folder
    # It takes long to import, and reads zip files.
    from importlib.resources import files  # noqa: PLC0415

    return files("tjun") / "data" / "tajikistan"


TAJIKISTAN = Record(
    name="tajikistan",
    summary="Tajikistan and the United Nations, with sources; part of tjun.",
    load=_load,
    cards=_cards,
)
