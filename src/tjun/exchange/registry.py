"""
The exporters and importers of tjun and of installed plugins.
"""

from __future__ import annotations

from collections.abc import Iterable

from tjun.exchange.contract import Exporter
from tjun.exchange.importing import Importer
from tjun.exchange.options import check_options
from tjun.plugins.discovery import load_all
from tjun.plugins.registry import Hook, Registry

__all__ = ["EXPORTERS", "IMPORTERS", "exporters", "importers"]

EXPORTERS = Hook(
    name="tjun_exporters",
    offers=Exporter,
    builtin="tjun.formats",
    check=check_options,
)

IMPORTERS = Hook(
    name="tjun_importers",
    offers=Importer,
    builtin="tjun.formats",
    check=check_options,
)


def exporters(
    *, strict: bool = False, disabled: Iterable[str] = ()
) -> Registry[Exporter]:
    """
    Return every exporter, the built-in ones and those of installed plugins.

    Each call looks for plugins again.

    Args:
        strict: Raise an error if a plugin cannot be used. `TJUN_STRICT_PLUGINS=1` in
            the environment does the same.

        disabled: Names of entry points not to import, in addition to those that
            `TJUN_DISABLED_PLUGINS` lists, separated by commas.

    Raises:
        PluginError: For the first plugin that cannot be used, if strict.
    """
    return load_all(EXPORTERS, strict=strict, disabled=disabled)


def importers(
    *, strict: bool = False, disabled: Iterable[str] = ()
) -> Registry[Importer]:
    """
    Return every importer, the built-in ones and those of installed plugins.

    Each call looks for plugins again.

    Args:
        strict: As for `exporters()`.

        disabled: As for `exporters()`.

    Raises:
        PluginError: For the first plugin that cannot be used, if strict.
    """
    return load_all(IMPORTERS, strict=strict, disabled=disabled)
