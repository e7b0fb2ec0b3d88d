"""
The hooks with which a plugin offers exporters, importers, records and languages.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from tjun.exchange.contract import Exporter
    from tjun.exchange.importing import Importer
    from tjun.locales.language import Language
    from tjun.recordfiles.record import Record

__all__ = [
    "hookimpl",
    "tjun_exporters",
    "tjun_importers",
    "tjun_languages",
    "tjun_records",
]

hookimpl = pluggy.HookimplMarker("tjun")
"""
Marks a plugin's function as an implementation of one of tjun's hooks.
"""

_hookspec = pluggy.HookspecMarker("tjun")


@_hookspec
def tjun_exporters() -> Iterable[Exporter]:  # type: ignore[empty-body]  # A hook specification.
    """
    Offer exporters.

    tjun calls this once for each search for plugins. If it raises an exception, tjun
    ignores the exporters of this plugin and reports why; other plugins are not
    affected.

    Returns:
        Any number of `Exporter` objects, in the order in which to list them.
    """


@_hookspec
def tjun_importers() -> Iterable[Importer]:  # type: ignore[empty-body]  # A hook specification.
    """
    Offer importers.

    tjun calls this once for each search for plugins. If it raises an exception, tjun
    ignores the importers of this plugin and reports why; other plugins are not
    affected.

    Returns:
        Any number of `Importer` objects, in the order in which to list them.
    """


@_hookspec
def tjun_records() -> Iterable[Record]:  # type: ignore[empty-body]  # A hook specification.
    """
    Offer records.

    tjun calls this once for each search for plugins. If it raises an exception, tjun
    ignores the records of this plugin and reports why; other plugins are not affected.

    Returns:
        Any number of `Record` objects, in the order in which to list them.
    """


@_hookspec
def tjun_languages() -> Iterable[Language]:  # type: ignore[empty-body]  # A hook specification.
    """
    Offer languages.

    tjun calls this once for each search for plugins, if it needs a language that is
    not built in. If it raises an exception, tjun ignores the languages of this plugin
    and reports why; other plugins are not affected.

    Returns:
        Any number of languages, usually read with `Language.load()`.
    """
