"""
Reading a table or another file as a record, with an importer.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tjun.chronology.chronology import Chronology
from tjun.errors import DataError, PluginError, TjunError, describe_error
from tjun.exchange.contract import log
from tjun.exchange.importing import Importer, ImportRequest, Row
from tjun.exchange.naming import Tables, slug_of
from tjun.exchange.options import bind
from tjun.exchange.registry import IMPORTERS
from tjun.exchange.rendering import origin_of
from tjun.plugins.discovery import builtin, load_all, load_for
from tjun.plugins.registry import Owner, Registry
from tjun.recordfiles.files import Document, bytes_of
from tjun.recordfiles.resolve import resolve

__all__ = ["importer_for", "read", "read_document"]


def read(
    importer: str | Importer,
    path: str | os.PathLike[str],
    /,
    *,
    registry: Registry[Importer] | None = None,
    options: Any = None,
    **keywords: Any,
) -> Chronology:
    """
    Return the record in a table or another file.

    Its id is made from the name of the file, unless the file gives one.

    Args:
        importer: `csv`, the name of a plugin's importer, or an `Importer`.

        path: The file, of at most 64 MiB.

        registry: Where to look for the name; by default all installed plugins.

        options: An instance of the importer's options class.

        keywords: The importer's options, instead of `options`.

    Raises:
        NotFoundError: If no importer has that name.

        DataError: All errors in the file, each with its place.

        ExportError: If an option is unknown or has an invalid value.

        PluginError: If a plugin's importer fails.
    """
    found, owner = _find(importer, registry)
    if options is None:
        options = bind(found, keywords, *origin_of(owner))
    return resolve([read_document(found, path, options, owner)])


def _find(
    importer: str | Importer, registry: Registry[Importer] | None
) -> tuple[Importer, Owner | None]:
    if isinstance(importer, Importer):
        return importer, None
    known = load_for(IMPORTERS, importer) if registry is None else registry
    return known[importer], known.owners[importer]


def importer_for(path: str | os.PathLike[str]) -> tuple[Importer, Owner] | None:
    """
    Return the importer of files with such a name, and its owner, or `None`.
    """
    name = os.fspath(path).lower()
    for find in (builtin, load_all):
        registry = find(IMPORTERS)
        for each in registry.values():
            if name.endswith(tuple(suffix.lower() for suffix in each.suffixes)):
                return each, registry.owners[each.name]
    return None


def read_document(
    importer: Importer,
    path: str | os.PathLike[str],
    options: Any,
    owner: Owner | None = None,
    header: dict[str, Any] | None = None,
) -> Document:
    """
    Return what a table contains, as a record file would.

    Args:
        importer: The importer.

        path: The file.

        options: An instance of the importer's options class.

        owner: Where the importer comes from, or `None` if it was passed directly.

        header: What the header of the record says, unless the file does, if it will
            be written to a record file. A message then says how many ids were made.

    Raises:
        DataError: If the file cannot be read.

        PluginError: If the importer fails.
    """
    shown = os.fspath(path)
    content, problem = bytes_of(Path(path))
    if problem is not None:
        return Document(file=shown, error=problem)
    request = ImportRequest(content=content, name=shown, options=options)
    stem = os.path.basename(shown).partition(".")[0]
    tables = Tables(shown, {"id": slug_of(stem) or "record", **(header or {})})
    try:
        tables.add(_rows(importer.read(request)))
    except DataError:
        raise
    except (Exception, SystemExit) as error:
        reason = describe_error(error)
        raise _failure(importer, owner, reason) from error
    document = tables.document(request.faults)
    if header is not None and tables.made and not request.faults:
        noun = "id was" if tables.made == 1 else "ids were"
        log.info(
            "%s: %s %s made from titles. If you correct such a title, add a column id"
            " with the old id.",
            shown,
            f"{tables.made:,}",
            noun,
        )
    return document


def _rows(found: Any) -> Iterable[Row]:
    for row in found:
        if not isinstance(row, Row):
            msg = f"expected Row objects, got {type(row).__name__}"
            raise TjunError(msg)
        yield row


def _failure(importer: Importer, owner: Owner | None, reason: str) -> PluginError:
    name = "tjun" if owner is None else owner.plugin
    release = None if owner is None else owner.release
    return PluginError(name, release, reason, f"the importer {importer.name!r}")
