"""
Writing translation files to start from.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re
from collections.abc import Iterator

from tjun.chronology.chronology import Chronology
from tjun.chronology.texts import record_texts
from tjun.model.links import FORMAT

__all__ = ["translation_file"]

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def translation_file(
    chronology: Chronology, language: str, revised: dt.datetime
) -> Iterator[str]:
    """
    Yield the lines of a translation file to start from.

    What is not translated is a comment with the original.

    Args:
        chronology: The record.

        language: The tag of the language.

        revised: When the file is written.
    """
    yield "# Remove the # before each text that you translate."
    yield ""
    yield f"format = {FORMAT}"
    yield f"translates = {_quoted(chronology.id)}"
    yield f"language = {_quoted(language)}"
    yield 'status = "draft" # "reviewed", once a native speaker has read everything.'
    yield f"revised = {revised.isoformat().replace('+00:00', 'Z')}"
    texts = record_texts(chronology)
    for table, entries in itertools.groupby(texts, key=lambda found: found[0][:-1]):
        yield ""
        yield f"[{'.'.join(map(_key, table))}]"
        for path, text in entries:
            mark = "" if language in text.translations else "# "
            yield f"{mark}{_key(path[-1])} = {_quoted(text.in_(language))}"


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else _quoted(name)


def _quoted(text: str) -> str:
    # A TOML string is a JSON string, except that it cannot contain this character.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
