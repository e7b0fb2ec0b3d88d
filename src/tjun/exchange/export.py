"""
Export a chronology as bytes or to files.
"""

from __future__ import annotations

import datetime as dt
import os
from typing import Any

from tjun.chronology.chronology import Chronology
from tjun.errors import ExportError, shortened
from tjun.exchange.contract import Exporter, ExportRequest
from tjun.exchange.options import bind
from tjun.exchange.registry import EXPORTERS
from tjun.exchange.rendering import Rendering, origin_of
from tjun.exchange.saving import save
from tjun.locales.language import Language
from tjun.plugins.discovery import load_for
from tjun.plugins.registry import PLUGIN_API, Owner, Registry

__all__ = ["export", "write"]


def export(
    chronology: Chronology,
    exporter: str | Exporter,
    /,
    *,
    language: str | Language = "en",
    today: dt.date | None = None,
    registry: Registry[Exporter] | None = None,
    options: Any = None,
    **keywords: Any,
) -> bytes:
    """
    Return *chronology* as a file, or as a `.zip` file if it consists of several.

    Args:
        chronology: The record, or the part of it to export.

        exporter: `ics`, `json`, `markdown`, the name of a plugin's exporter, or an
            `Exporter`.

        language: The language to write in: a tag such as `ru`, or a `Language`.

        today: The day to count from; by default today in local time.

        registry: Where to look for the name; by default all installed plugins.

        options: An instance of the exporter's options class.

        keywords: The exporter's options, instead of `options`.

    Raises:
        NotFoundError: If no exporter has that name.

        ExportError: If an option is unknown or has an invalid value, or the exporter
            fails.
    """
    found, owner = _find(exporter, registry)
    request = _request(found, owner, chronology, language, today, options, keywords)
    return b"".join(Rendering(found, request, owner).chunks())


def write(
    chronology: Chronology,
    exporter: str | Exporter,
    path: str | os.PathLike[str],
    /,
    *,
    language: str | Language = "en",
    today: dt.date | None = None,
    registry: Registry[Exporter] | None = None,
    replace: bool = False,
    options: Any = None,
    **keywords: Any,
) -> bool:
    """
    Write *chronology* to a file, or to a directory if it consists of several files.

    Each file is written as a whole or not at all: the bytes go to a new file in the
    same directory, which replaces the old one when it is complete and on the disk. It
    keeps the old one's permissions. A link is followed. A file that would not change
    is not touched. Devices and named pipes are written to directly.

    An exporter of several files writes them to the directory *path*, which is created
    if need be, or to an archive if *path* ends in `.zip`. Files that it wrote there
    before and no longer makes are deleted, unless they were modified since. If it would
    have to replace a file that it did not write, or that was modified since, it raises
    an error and writes nothing.

    Args:
        chronology: The record, or the part of it to export.

        exporter: `ics`, `json`, `markdown`, the name of a plugin's exporter, or an
            `Exporter`.

        path: The file or the directory.

        language: The language to write in: a tag such as `ru`, or a `Language`.

        today: The day to count from; by default today in local time.

        registry: Where to look for the name; by default all installed plugins.

        replace: Whether to replace such files of a directory.

        options: An instance of the exporter's options class.

        keywords: The exporter's options, instead of `options`.

    Returns:
        Whether anything changed.

    Raises:
        NotFoundError: If no exporter has that name.

        ExportError: As `export()`, or if the file cannot be written.
    """
    found, owner = _find(exporter, registry)
    request = _request(found, owner, chronology, language, today, options, keywords)
    return save(Rendering(found, request, owner), os.fsdecode(path), replace=replace)


def _find(
    exporter: Any, registry: Registry[Exporter] | None
) -> tuple[Exporter, Owner | None]:
    if isinstance(exporter, Exporter):
        if exporter.api > PLUGIN_API:
            reason = f"it needs plugin API {exporter.api}; this tjun has {PLUGIN_API}"
            raise ExportError(exporter.name, reason)
        return exporter, None
    if not isinstance(exporter, str):
        msg = f"expected the name of an exporter or an Exporter, got {exporter!r}"
        raise TypeError(msg)
    found = load_for(EXPORTERS, exporter) if registry is None else registry
    return found[exporter], found.owners.get(exporter)


def _request(
    exporter: Exporter,
    owner: Owner | None,
    chronology: Any,
    language: str | Language,
    today: dt.date | None,
    options: Any,
    keywords: dict[str, Any],
) -> ExportRequest[Any]:
    name, origin = exporter.name, origin_of(owner)
    if not isinstance(chronology, Chronology):
        reason = f"expected a Chronology to export, got {shortened(chronology)}"
        raise ExportError(name, reason)
    if options is None:
        options = bind(exporter, keywords, *origin)
    elif keywords:
        raise ExportError(name, "expected either options or keywords, got both")
    elif not isinstance(options, exporter.options):
        wanted = exporter.options.__name__
        reason = f"expected options of the class {wanted}, got {shortened(options)}"
        raise ExportError(name, reason, *origin)
    try:
        return ExportRequest(
            chronology=chronology,
            options=options,
            language=language,
            today=dt.date.today() if today is None else today,
            exporter=name,
        )
    except ValueError as error:
        raise ExportError(name, str(error)) from None
