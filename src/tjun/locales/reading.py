"""
Reading language files: strictly, and with all errors reported at once.
"""

from __future__ import annotations

import functools
import os
import pkgutil
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

import attrs

from tjun.errors import DataError, Fault
from tjun.locales.checks import SECTIONS, Check, optional_check, required_checks
from tjun.suggestions import suggest

__all__ = ["Content", "FilePath", "PackageFile", "read", "resource"]


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


@attrs.frozen(kw_only=True)
class Content:
    """
    What a language file contains.

    Attributes:
        values: The checked values by key, such as `dates.months`; those missing
            from the file are the English ones.

        missing: The keys that are missing from the file.
    """

    values: Mapping[str, Any]
    missing: tuple[str, ...]


def read(path: FilePath) -> Content:
    """
    Return the content of a language file.

    Raises:
        DataError: If the file cannot be used; lists everything that is wrong.
    """
    name = os.fspath(path) if isinstance(path, (str, os.PathLike)) else path.name
    table = dict(_flat(_parse(path, name)))
    required, optional = required_checks(), _optional_checks()
    checks = {**required, **optional}
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for key, value in table.items():
        try:
            values[key] = _check(key, value, checks)
        except ValueError as error:
            faults.append(Fault(file=name, path=key, message=str(error)))
    faults += (
        Fault(file=name, path=key, message="this key is required; add it")
        for key in required
        if key not in table
    )
    if faults:
        raise DataError(faults)
    missing = tuple(key for key in optional if key not in table)
    english = _english()
    values |= {key: checks[key](english[key]) for key in missing}
    return Content(values=values, missing=missing)


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


def _check(key: str, value: Any, checks: Mapping[str, Check]) -> Any:
    if key in checks:
        return checks[key](value)
    if key in SECTIONS:
        msg = f"expected a table that begins with [{key}], got {value!r}"
    elif close := suggest(key, checks):
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


def _flat(table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for section, value in table.items():
        if section in SECTIONS and isinstance(value, dict):
            for key, inner in value.items():
                yield f"{section}.{key}", inner
        else:
            yield section, value


@functools.cache
def _english() -> Mapping[str, Any]:
    return dict(_flat(_parse(resource("en"), "en.toml")))


@functools.cache
def _optional_checks() -> Mapping[str, Check]:
    return {
        key: optional_check(key, value)
        for key, value in _english().items()
        if key.startswith(("counts.", "labels."))
    }
