"""
Parsing record files into tables.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from tjun.errors import Fault
from tjun.suggestions import first_duplicate

try:
    from tomli import loads
except ImportError:  # It is compiled, and not everywhere.
    from tomllib import loads

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["FORMATS", "Document", "bytes_of", "parse", "read", "suffix_of"]

_MOST_BYTES = 64 * 2**20
_HEADER = "record.toml"
_TRANSLATIONS = "translations"


@attrs.frozen(kw_only=True)
class Document:
    """
    One parsed record file, or the reason why it could not be parsed.

    Attributes:
        file: The path as it was given; `None` for a text that is not from a file.

        content: What the file contains; `None` if it could not be parsed.

        error: Why it could not be parsed, or `None`.

        places: What errors say about an entry in place of its path, by its section
            and number.

        faults: Errors that were found before.
    """

    file: str | None = None
    content: Any = None
    error: str | None = None
    places: Mapping[tuple[str, int], str] = attrs.field(factory=dict)
    faults: tuple[Fault, ...] = ()


def read(source: str | os.PathLike[str] | Traversable) -> list[Document]:
    """
    Read a file in UTF-8 that ends in `.toml` or `.json`, or a directory.

    Args:
        source: A path, or a file or directory of a package.
    """
    if isinstance(source, (str, os.PathLike)):
        shown = os.fspath(source)
        source = Path(source)
    else:
        shown = source.name
    if source.is_dir():
        return list(_read_directory(source, shown))
    suffix = suffix_of(shown)
    if suffix not in FORMATS:
        msg = (
            "expected a directory, or a file that ends in .toml, .json or what an"
            " importer reads, such as .csv"
        )
        return [Document(file=shown, error=msg)]
    return [_read_file(source, shown, suffix)]


def suffix_of(path: str | os.PathLike[str]) -> str:
    """
    Return what the name of a file ends in, without the dot and in lower case.
    """
    return os.path.splitext(os.fspath(path))[1].removeprefix(".").lower()


def _read_directory(folder: Traversable, shown: str) -> Iterator[Document]:
    """
    Yield the files of a directory: `record.toml`, the others by name, translations.
    """
    if not (folder / _HEADER).is_file():
        msg = f"expected a directory with the file {_HEADER}; it has none"
        yield Document(file=shown, error=msg)
    for part in (folder, folder / _TRANSLATIONS):
        if not part.is_dir():
            continue
        inside = shown if part is folder else os.path.join(shown, _TRANSLATIONS)
        found = [each for each in part.iterdir() if each.name.endswith(".toml")]
        for file in sorted(found, key=lambda each: (each.name != _HEADER, each.name)):
            if file.is_file():
                document = _read_file(file, os.path.join(inside, file.name), "toml")
                if document.error is not None or "format" in document.content:
                    yield document


def _read_file(file: Traversable, shown: str, suffix: str) -> Document:
    data, problem = bytes_of(file)
    if problem is not None:
        return Document(file=shown, error=problem)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Document(file=shown, error=f"not valid UTF-8 (byte {error.start})")
    return attrs.evolve(parse(text, suffix), file=shown)


def bytes_of(file: Traversable) -> tuple[bytes, str | None]:
    """
    Return the bytes of a file, and why they cannot be read.
    """
    try:
        with file.open("rb") as opened:
            data = opened.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError for a null character.
        why = getattr(error, "strerror", None) or error
        return b"", f"cannot be read: {why}"
    if len(data) > _MOST_BYTES:
        return b"", f"expected at most {_MOST_BYTES:,} bytes, got more"
    return data, None


def parse(text: str, name: str) -> Document:
    """
    Parse a text.

    Args:
        text: The content of a record file.

        name: One of `FORMATS`.
    """
    try:
        return Document(content=FORMATS[name](text))
    except RecursionError:
        why: object = "it is nested too deeply"
    except ValueError as error:
        why = error
    return Document(error=f"cannot be read as {name.upper()}: {why}")


def _from_json(text: str) -> Any:
    return json.loads(
        text, object_pairs_hook=_unique_keys, parse_constant=_reject_constant
    )


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        msg = f"duplicate key {first_duplicate(key for key, _ in pairs)!r}"
        raise ValueError(msg)
    return table


def _reject_constant(text: str) -> Any:
    msg = f"{text} is not a number in JSON"
    raise ValueError(msg)


FORMATS: dict[str, Callable[[str], Any]] = {"toml": loads, "json": _from_json}
"""
What parses a text, by the format's name, which is also the file's suffix.
"""
