"""
The commands that list what there is to choose from.
"""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from typing import Annotated

from tjun.cli.parameters import SWITCH, OutputOptions
from tjun.cli.rows import Row
from tjun.loading import DEFAULT, available_records
from tjun.locales.available import languages as available_languages
from tjun.plugins.registry import Plugin, Registry, builtin, exporters

__all__ = ["languages", "plugins", "records"]

_OUTPUT = OutputOptions()


def records(*, output: OutputOptions = _OUTPUT) -> None:
    """
    List the records to choose from.

    `--record NAME` reads one of them; a record can also be a file.
    """
    from tjun.cli.tables import table_page  # noqa: PLC0415  # Only for terminals.

    found = list(available_records().values())
    rows = [(each.name, each.summary) for each in found]
    output.output.listing(
        (
            {"name": name, "summary": summary, "default": name == DEFAULT}
            for name, summary in rows
        ),
        rows,
        table_page(("record", "summary"), rows, output.language),
    )


def languages(*, output: OutputOptions = _OUTPUT) -> None:
    """
    List the languages to choose from.

    Shows the tag of each language, for `--language`, and which of its labels are not
    translated.
    """
    from tjun.cli.tables import table_page  # noqa: PLC0415  # Only for terminals.

    found = list(available_languages().values())
    rows = [
        (each.tag, each.name, each.direction, ", ".join(each.missing)) for each in found
    ]
    output.output.listing(
        (
            {
                "tag": each.tag,
                "name": each.name,
                "direction": each.direction,
                "missing": list(each.missing),
            }
            for each in found
        ),
        rows,
        table_page(("language", "name", "", "missing"), rows, output.language),
    )


def plugins(
    *,
    strict_plugins: Annotated[bool, SWITCH] = False,
    no_plugins: Annotated[bool, SWITCH] = False,
    output: OutputOptions = _OUTPUT,
) -> None:
    """
    List plugins and what they offer.

    Shows where each plugin comes from, and why it cannot be used if it fails.

    Args:
        strict_plugins: Fail if a plugin cannot be used.

        no_plugins: List only what is part of tjun.
    """
    from tjun.cli.tables import table_page  # noqa: PLC0415  # Only for terminals.

    with redirect_stdout(sys.stderr):  # A plugin may print while it is imported.
        registry = builtin() if no_plugins else exporters(strict=strict_plugins)
    label = output.language.label("cannot_be_used")
    rows = [
        (
            plugin.owner.plugin,
            plugin.owner.release or "",
            ", ".join(plugin.exporters)
            if plugin.failure is None
            else f"{label}: {plugin.failure.reason}",
        )
        for plugin in registry.plugins
    ]
    output.output.listing(
        (_plugin_row(plugin, registry) for plugin in registry.plugins),
        rows,
        table_page(("plugin", "distribution", "exporters"), rows, output.language),
    )


def _plugin_row(plugin: Plugin, registry: Registry) -> Row:
    failure = plugin.failure
    return {
        "name": plugin.owner.plugin,
        "distribution": plugin.owner.distribution,
        "version": plugin.owner.version,
        "exporters": [
            {
                "name": name,
                "summary": registry[name].summary,
                "media_type": registry[name].media_type,
                "suffix": registry[name].suffix,
            }
            for name in plugin.exporters
        ],
        "failure": None if failure is None else failure.reason,
    }
