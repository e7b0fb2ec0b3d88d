"""
The commands that list the available records, languages and plugins.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import entry_points
from typing import Annotated, Any

from tjun.cli.columns import View
from tjun.cli.parameters import SWITCH, OutputOptions
from tjun.cli.rows import LANGUAGE, PLUGIN, RECORD
from tjun.exchange.registry import exporters
from tjun.loading import DEFAULT, record_registry
from tjun.locales.available import language_registry
from tjun.plugins.registry import Owner, Registry

__all__ = ["languages", "plugins", "records"]

_OUTPUT = OutputOptions()


def records(*, output: OutputOptions = _OUTPUT) -> None:
    """
    List the records to choose from.

    `--record NAME` reads one of them; a record can also be a file.
    """
    registry = record_registry()
    rows: list[dict[str, object]] = [
        {
            "name": each.name,
            "summary": each.summary,
            "default": each.name == DEFAULT,
            **_origin(registry.owners[each.name]),
        }
        for each in registry
    ]
    output.output.listing(RECORD, rows, View(language=output.language))


def languages(*, output: OutputOptions = _OUTPUT) -> None:
    """
    List the languages to choose from.

    Shows the tag of each language, for `--language`, and which of its labels are not
    translated.
    """
    registry = language_registry()
    rows: list[dict[str, object]] = [
        {
            "tag": each.tag,
            "name": each.name,
            "direction": each.direction,
            "missing": each.missing,
            **_origin(registry.owners[each.tag]),
        }
        for each in registry
    ]
    output.output.listing(LANGUAGE, rows, View(language=output.language))


def _origin(owner: Owner) -> dict[str, Any]:
    return {
        "plugin": owner.plugin,
        "distribution": owner.distribution,
        "version": owner.version,
    }


def plugins(
    *,
    strict_plugins: Annotated[bool, SWITCH] = False,
    no_plugins: Annotated[bool, SWITCH] = False,
    output: OutputOptions = _OUTPUT,
) -> None:
    """
    List plugins and what they offer.

    Shows where each plugin comes from, its exporters, records and languages, and what
    of it cannot be used.

    Args:
        strict_plugins: Fail if a plugin cannot be used.

        no_plugins: List only what is part of tjun.
    """
    installed = [each.name for each in entry_points(group="tjun")]
    disabled = installed if no_plugins else []
    registries: list[Registry[Any]] = [
        each(strict=strict_plugins, disabled=disabled)
        for each in (exporters, record_registry, language_registry)
    ]
    rows = _plugin_rows(*registries)
    output.output.listing(PLUGIN, rows, View(language=output.language))


def _plugin_rows(*registries: Registry[Any]) -> Iterable[dict[str, Any]]:
    kinds = ("exporters", "records", "languages")
    found: dict[str, dict[str, Any]] = {}
    for kind, registry in zip(kinds, registries, strict=True):
        for plugin in registry.plugins:
            empty: dict[str, Any] = {each: [] for each in (*kinds, "failures")}
            own = {"name": plugin.owner.plugin, **_origin(plugin.owner), **empty}
            del own["plugin"]
            row = found.setdefault(plugin.owner.plugin, own)
            row[kind] += plugin.offers
            reasons = [failure.reason for failure in plugin.failures]
            row["failures"] += [r for r in reasons if r not in row["failures"]]
    return found.values()
