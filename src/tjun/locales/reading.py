"""
Reading language files: strictly, and with all errors reported at once.
"""

from __future__ import annotations

import functools
import os
import pkgutil
from collections.abc import Mapping
from typing import Any, NoReturn, Protocol

import attrs

from tjun.errors import DataError, Fault
from tjun.locales.checks import OPTIONAL, REQUIRED, SECTIONS, Check, optional_check
from tjun.suggestions import suggest

__all__ = ["FilePath", "PackageFile", "read", "resource"]


class PackageFile(Protocol):
    """
    A file inside a package, as `importlib.resources.files()` returns it.
    """

    @property
    def name(self) -> str:
        """
        The name of the file.
        """
        ...

    def read_bytes(self) -> bytes:
        """
        Return its content.
        """
        ...


_MOST_BYTES = 2**17  # Ten times as much as a language needs.

FilePath = str | os.PathLike[str] | PackageFile
"""
A path of the file system, or a file inside a package.
"""


def read(path: FilePath) -> tuple[dict[str, Any], tuple[str, ...]]:
    """
    Read a language file.

    Returns:
        The checked values by key, such as `dates.months`, and the keys that the file
        lacks; their values are English.

    Raises:
        DataError: If the file cannot be used; lists everything that is wrong.
    """
    name = os.fspath(path) if isinstance(path, (str, os.PathLike)) else path.name
    table, checks = _flat(_parse(path, name)), _all_checks()
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for key, value in table.items():
        try:
            values[key] = checks[key](value) if key in checks else _unknown(key, value)
        except ValueError as error:
            faults.append(Fault(file=name, path=key, message=str(error)))
    faults += (
        Fault(file=name, path=key, message="this key is required; add it")
        for key in REQUIRED
        if key not in table
    )
    if faults:
        raise DataError(faults)
    missing = tuple(key for key in checks if key not in table)
    return values | {key: checks[key](_english()[key]) for key in missing}, missing


@attrs.frozen
class _Own:
    """
    A language file that is part of tjun, which may be in a zip file.
    """

    name: str

    def read_bytes(self) -> bytes:
        # importlib.resources takes longer to import than everything before it.
        return pkgutil.get_data(__name__, self.name) or b""


def resource(tag: str) -> PackageFile:
    """
    Return the language file for *tag* that is part of tjun.
    """
    return _Own(f"{tag}.toml")


def _unknown(key: str, value: Any) -> NoReturn:
    if key in SECTIONS:
        msg = f"expected a table that begins with [{key}], got {value!r}"
    elif close := suggest(key, _all_checks()):
        msg = f"unknown key; did you mean {close[0]}?"
    else:
        msg = "unknown key; remove it"
    raise ValueError(msg)


def _parse(path: FilePath, name: str) -> dict[str, Any]:
    try:
        from tomli import loads  # noqa: PLC0415  # Not needed before a file is read.
    except ImportError:  # It is compiled, and not everywhere.
        from tomllib import loads  # noqa: PLC0415

    try:
        if isinstance(path, (str, os.PathLike)):
            with open(path, "rb") as file:
                data = file.read(_MOST_BYTES + 1)
        else:
            data = path.read_bytes()
        if len(data) <= _MOST_BYTES:
            return loads(data.decode("utf-8-sig"))
        message = f"expected at most {_MOST_BYTES:,} bytes, got more"
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
    except UnicodeDecodeError as error:
        message = f"not valid UTF-8 (byte {error.start})"
    except (ValueError, RecursionError) as error:
        message = f"not valid TOML: {error}"
    raise DataError([Fault(file=name, message=message)])


def _flat(table: Mapping[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for section, value in table.items():
        if section in SECTIONS and isinstance(value, dict):
            flat |= {f"{section}.{key}": inner for key, inner in value.items()}
        else:
            flat[section] = value
    return flat


@functools.cache
def _english() -> Mapping[str, Any]:
    return _flat(_parse(resource("en"), "en.toml"))


@functools.cache
def _all_checks() -> Mapping[str, Check]:
    keys = [key for key in _english() if key.startswith(OPTIONAL)]
    return {**REQUIRED, **{key: optional_check(key, _english()[key]) for key in keys}}
