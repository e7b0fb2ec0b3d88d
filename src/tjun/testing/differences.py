"""
Where two exports differ.
"""

from __future__ import annotations

import io
import itertools
import zipfile

__all__ = ["difference"]

_SHOWN = 20  # Bytes on each side.


def difference(one: bytes, other: bytes) -> str | None:
    """
    Return where the first difference is, or `None` if there is none.

    For ZIP files, and formats based on them, it is in one of the files inside.
    """
    if one == other:
        return None
    files = [io.BytesIO(one), io.BytesIO(other)]
    if not all(map(zipfile.is_zipfile, files)):
        return _first(one, other)
    with zipfile.ZipFile(files[0]) as first, zipfile.ZipFile(files[1]) as second:
        names = [first.namelist(), second.namelist()]
        if names[0] != names[1]:
            return f"the ZIP files contain {names[0]} and {names[1]}"
        for name in names[0]:
            if (found := _first(first.read(name), second.read(name))) is not None:
                return f"in {name!r} in the ZIP file, {found}"
    return (
        "only the ZIP files around the same content differ, usually in time stamps;"
        " tjun.reproducible_zip() writes none"
    )


def _first(one: bytes, other: bytes) -> str | None:
    if one == other:
        return None
    pairs = enumerate(itertools.zip_longest(one, other))
    at = next(index for index, (a, b) in pairs if a != b)
    start = max(0, at - _SHOWN)
    shown = " and ".join(repr(each[start : at + _SHOWN]) for each in (one, other))
    return f"from byte {at} on: {shown}"
