"""
Loading records by name, and from files.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, TypeGuard

from tjun.chronology.chronology import Chronology
from tjun.errors import PluginError, TjunError, describe_error
from tjun.recordfiles import Record
from tjun.recordfiles.bundled import TAJIKISTAN

if TYPE_CHECKING:
    from tjun.plugins.registry import Registry

__all__ = ["DEFAULT", "load"]

DEFAULT = "tajikistan"
"""
The name of the record that is loaded if no other is named.
"""

_NAME = re.compile(r"[\w-]+")


def load(*sources: str | os.PathLike[str], bundled: bool | None = None) -> Chronology:
    """
    Return one or more records as one chronology.

    Several sources are combined, which is meant for a record and its supplements: the
    files may refer to the entries of all other sources, in any order.

    Args:
        sources: Names of records (`tjun records` lists them), and files that end in
            `.toml` or `.json`, in UTF-8, of at most 64 MiB each. By default the
            record `tajikistan`.

        bundled: Whether to add the record `tajikistan` as the first source.

    Raises:
        NotFoundError: If no record has the given name.

        DataError: All errors in all files, or two records have different entries with
            the same id.

        PluginError: If the plugin that offers a record fails to load it.
    """
    from tjun.recordfiles.files import read  # noqa: PLC0415  # Both load cattrs.
    from tjun.recordfiles.resolve import resolve  # noqa: PLC0415

    if bundled is None:
        bundled = not sources
    names = [source for source in sources if _is_name(source)]
    documents = [read(os.fspath(path)) for path in sources if not _is_name(path)]
    if bundled:
        names.insert(0, DEFAULT)
    records = {name: _load_record(name) for name in dict.fromkeys(names)}
    if len(records) == 1 and not documents:
        return next(iter(records.values()))
    return resolve(documents, records)


def _is_name(source: str | os.PathLike[str]) -> TypeGuard[str]:
    return isinstance(source, str) and _NAME.fullmatch(source) is not None


def _load_record(name: str) -> Chronology:
    if name == TAJIKISTAN.name:
        return TAJIKISTAN.load()
    from tjun.plugins.discovery import load_for  # noqa: PLC0415  # Rarely needed.
    from tjun.recordfiles.registry import RECORDS  # noqa: PLC0415  # It needs pluggy.

    registry = load_for(RECORDS, name)
    record = registry[name]
    try:
        loaded: object = record.load()
    except TjunError:
        raise
    except (Exception, SystemExit) as error:
        raise _failure(registry, name, describe_error(error)) from error
    if not isinstance(loaded, Chronology):
        raise _failure(registry, name, f"expected a Chronology, got {loaded!r:.200}")
    return loaded


def _failure(registry: Registry[Record], name: str, reason: str) -> PluginError:
    owner = registry.owners[name]
    return PluginError(owner.plugin, owner.release, reason, f"the record {name!r}")
