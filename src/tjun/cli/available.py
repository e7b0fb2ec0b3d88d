"""
The commands that list the available records, languages and plugins.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import attrs

import tjun
from tjun.cli.columns import View
from tjun.cli.parameters import SWITCH, OutputOptions
from tjun.cli.rows import LANGUAGE, PLUGIN, RECORD
from tjun.exchange.loading import DEFAULT
from tjun.exchange.registry import EXPORTERS, IMPORTERS
from tjun.locales.registry import LANGUAGES
from tjun.plugins.discovery import builtin, load_all
from tjun.plugins.registry import Hook, Owner
from tjun.recordfiles.registry import RECORDS

__all__ = ["languages", "plugins", "records"]

_HOOKS: Mapping[str, Hook[Any]] = {
    "exporters": EXPORTERS,
    "importers": IMPORTERS,
    "records": RECORDS,
    "languages": LANGUAGES,
}
_OUTPUT = OutputOptions()


def records(*, output: OutputOptions = _OUTPUT) -> None:
    """
    List the records to choose from.

    `--record NAME` reads one of them; a record can also be a file.
    """
    registry = tjun.records()
    rows: list[dict[str, object]] = [
        {
            "name": name,
            "summary": each.summary,
            "default": name == DEFAULT,
            **attrs.asdict(registry.owners[name]),
        }
        for name, each in registry.items()
    ]
    output.output.listing(RECORD, rows, View(language=output.language))


def languages(*, output: OutputOptions = _OUTPUT) -> None:
    """
    List the languages to choose from.

    Shows the tag of each language, for `--language`, and which of its labels are not
    translated.
    """
    registry = tjun.languages()
    rows: list[dict[str, object]] = [
        {
            "tag": tag,
            "name": each.name,
            "direction": each.direction,
            "missing": each.missing,
            **attrs.asdict(registry.owners[tag]),
        }
        for tag, each in registry.items()
    ]
    output.output.listing(LANGUAGE, rows, View(language=output.language))


def plugins(
    *,
    strict_plugins: Annotated[bool, SWITCH] = False,
    no_plugins: Annotated[bool, SWITCH] = False,
    output: OutputOptions = _OUTPUT,
) -> None:
    """
    List plugins and what they offer.

    Shows where each plugin comes from, its exporters, importers, records and languages,
    and what of it cannot be used.

    Args:
        strict_plugins: Fail if a plugin cannot be used.

        no_plugins: List only what is part of tjun.
    """
    rows: dict[str, dict[str, Any]] = {}
    for kind, hook in _HOOKS.items():
        registry = (
            builtin(hook) if no_plugins else load_all(hook, strict=strict_plugins)
        )
        missing = (Owner(plugin=each.plugin) for each in registry.failures)
        for owner in (*registry.plugins, *missing):
            row = {"name": owner.plugin, **attrs.asdict(owner), "failures": []}
            rows.setdefault(owner.plugin, {**row, **{each: [] for each in _HOOKS}})
        for name, owner in registry.owners.items():
            rows[owner.plugin][kind].append(name)
        for failure in registry.failures:
            failures = rows[failure.plugin]["failures"]
            failures += {failure.reason} - {*failures}
    output.output.listing(PLUGIN, rows.values(), View(language=output.language))
