"""
Loading records by name, and from files.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, TypeGuard

from tjun.chronology.chronology import Chronology
from tjun.errors import (
    DataError,
    Fault,
    NotFoundError,
    PluginError,
    TjunError,
    describe_error,
)
from tjun.recordfiles.files import Document, read, suffix_of
from tjun.recordfiles.reading import TAJIKISTAN, translated
from tjun.recordfiles.record import Record
from tjun.recordfiles.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tjun.plugins.registry import Registry

__all__ = ["DEFAULT", "load"]

DEFAULT = "tajikistan"
"""
The name of the record that is loaded if no other is named.
"""

_NAME = re.compile(r"[\w-]+")


def load(*sources: str | os.PathLike[str]) -> Chronology:
    """
    Return a record, with its supplements and translations, as one chronology.

    Args:
        sources: The name of a record (`tjun records` lists them), directories, and
            files of at most 64 MiB each: those that end in `.toml` or `.json`, in
            UTF-8, and those that an importer reads, such as `.csv`. The files may
            refer to the entries of all other sources, in any order. The record that a
            supplement extends, or that a translation translates, is loaded as well if
            it has a name. By default the record `tajikistan`.

    Raises:
        NotFoundError: If no record has the given name.

        DataError: All errors in all files, or there are two different records.

        PluginError: If the plugin that offers a record fails to load it.
    """
    names = [source for source in sources if _is_name(source)]
    documents = [
        document
        for source in sources
        if not _is_name(source)
        for document in _documents(source)
    ]
    if names or not documents:
        records = {name: _load_record(name) for name in names or [DEFAULT]}
    else:
        records = dict(_load_owner(documents))
    if len(records) > 1:
        first, second, *_ = records
        msg = f"{second!r} cannot be combined with {first!r}; export them separately"
        raise DataError([Fault(message=msg)])
    if not records:
        return resolve(documents)
    (record,) = records.values()
    return resolve(documents, record) if documents else record


def _documents(source: str | os.PathLike[str]) -> list[Document]:
    if suffix_of(source) not in {"", "toml", "json"}:
        # A record file needs no importer, whose options need cattrs.
        from tjun.exchange.reading import importer_for, read_document  # noqa: PLC0415

        found = importer_for(source)
        if found is not None:
            importer, owner = found
            return [read_document(importer, source, importer.options(), owner)]
    return read(source)


def _named_in(documents: Iterable[Document]) -> list[str]:
    """
    Return the name of the record to which files belong that contain none themselves.
    """
    contents = [each.content for each in documents if type(each.content) is dict]
    if any("record" in each and "translates" not in each for each in contents):
        return []
    targets = [each.get(key) for each in contents for key in ("extends", "translates")]
    named = [each for each in targets if isinstance(each, str) and _is_name(each)]
    return named[:1]


def _load_owner(documents: Iterable[Document]) -> Iterator[tuple[str, Chronology]]:
    """
    Yield the record to which files belong, with its name, if there is such a record.
    """
    for name in _named_in(documents):
        try:
            yield name, _load_record(name)
        except NotFoundError as error:
            if error.key != name or error.reason is not None:  # A plugin failed.
                raise


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
    for translation in record.translations:
        loaded = translated(loaded, translation)
    return loaded


def _failure(registry: Registry[Record], name: str, reason: str) -> PluginError:
    owner = registry.owners[name]
    return PluginError(owner.plugin, owner.release, reason, f"the record {name!r}")
