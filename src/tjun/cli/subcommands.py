"""
Commands with a subcommand for each exporter or importer.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

from cyclopts import App

from tjun.plugins.discovery import builtin, load_all, load_for
from tjun.plugins.registry import Hook, Owner, Registry

_log = logging.getLogger(__name__)

MakeCommand = Callable[[Any, Owner, bool], Callable[..., None]]
"""
Makes the command for an exporter or importer and its owner; the third argument says
whether its options are described.
"""


def app_of(
    name: str, hook: Hook[Any], words: Sequence[str], make_command: MakeCommand
) -> App:
    """
    Return a command with a subcommand for each object that is needed.

    Args:
        name: The name of the command.

        hook: The hook that offers the objects.

        words: The arguments that follow the name.

        make_command: Makes a subcommand.

    Raises:
        NotFoundError: If the object is in a plugin that cannot be used.
    """
    chosen = next((word for word in words if not word.startswith("-")), None)
    registry = _registry(hook, words, chosen)
    for failure in registry.failures:
        _log.warning("%s", failure)
    if chosen is not None and registry.why_not(chosen) is not None:
        _ = registry[chosen]
    described = chosen is None or not {"--help", "-h"}.isdisjoint(words)
    app = App(name=name)
    # Describing the options to cyclopts takes some milliseconds.
    needed = [chosen] if chosen is not None and chosen in registry else list(registry)
    for each in needed:
        command = make_command(registry[each], registry.owners[each], described)
        app.command(command, name=each)
    return app


def _registry(
    hook: Hook[Any], words: Sequence[str], chosen: str | None
) -> Registry[Any]:
    """
    Return what is needed, without importing other plugins.
    """
    if "--no-plugins" in words:
        return builtin(hook)
    strict = "--strict-plugins" in words
    if strict or chosen is None:
        return load_all(hook, strict=strict)
    return load_for(hook, chosen)
