"""
The exporters of tjun and of installed plugins.
"""

from __future__ import annotations

from collections.abc import Iterable

from tjun.exchange.contract import Exporter
from tjun.exchange.options import check_options
from tjun.plugins.discovery import builtin, load_all, load_for
from tjun.plugins.registry import Hook, Registry

__all__ = ["builtin_exporters", "exporters", "registry_with"]


_HOOK = Hook(name="tjun_exporters", offers=Exporter, check=check_options)


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
    return load_all(_HOOK, strict=strict, disabled=disabled)


def builtin_exporters() -> Registry[Exporter]:
    """
    Return the built-in exporters only, without importing any plugin.
    """
    return builtin(_HOOK)


def registry_with(name: str) -> Registry[Exporter]:
    """
    Return a registry with the exporter *name* if there is one, and perhaps others.

    No more plugins are imported than are needed to find it.
    """
    return load_for(_HOOK, name)
