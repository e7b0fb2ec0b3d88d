"""
Commands with a subcommand for each exporter or importer.
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

from cyclopts import App, Parameter

from tjun.cli.errors import UsageError
from tjun.cli.flags import bind_flags, flag_parameters
from tjun.cli.parameters import OUTPUT, OWN, SWITCH
from tjun.exchange.contract import Exporter
from tjun.exchange.importing import Importer
from tjun.exchange.options import OptionsError
from tjun.exchange.rendering import origin_of
from tjun.plugins.discovery import builtin, load_all, load_for
from tjun.plugins.registry import Hook, Owner, Registry

_log = logging.getLogger(__name__)

OF_OUTPUT = Parameter(group=OUTPUT, show_default=False)

OutputPath = Annotated[
    str | None,
    Parameter(
        name=["--output", "-o"],
        metavar="PATH",
        group=OWN,
        allow_leading_hyphen=True,  # `-o -` is standard output.
    ),
]
"""
Where to write; `place_of()` says what it means.
"""

OutputSwitch = Annotated[bool, SWITCH, OF_OUTPUT]
"""
A switch among the options of the output.
"""

MakeCommand = Callable[..., Callable[..., None]]
"""
Makes the command for an exporter or importer and its owner; `described` says whether
its options are described.
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
        command = make_command(
            registry[each], registry.owners[each], described=described
        )
        app.command(command, name=each)
    return app


def place_of(output: str | None) -> str | None:
    """
    Return the path to write, or `None` for standard output.

    Raises:
        UsageError: If it looks like a flag.
    """
    place = None if output in {"-", "/dev/stdout"} else output
    if place is not None and place.startswith("-"):
        msg = f"-o: {place!r} is not a path; write './{place}' if it is"
        raise UsageError(msg)
    return place


def options_from(
    chosen: Exporter | Importer, owner: Owner, flags: Mapping[str, Any]
) -> Any:
    """
    Return the options that flags give.

    Raises:
        UsageError: If a value is not accepted; it reports all errors.
    """
    try:
        return bind_flags(chosen, flags, *origin_of(owner))
    except OptionsError as error:
        raise UsageError(str(error)) from error


def add_flags(
    command: Callable[..., None],
    chosen: Exporter | Importer,
    *,
    described: bool,
    without: Sequence[str] = (),
) -> None:
    """
    Give a command a flag for each option, in place of its parameter `flags`.

    Args:
        command: The command.

        chosen: What has the options.

        described: Whether they have a description, for `--help`.

        without: The names of other parameters to leave out.
    """
    signature = inspect.signature(command)
    left_out = {"flags", *without}
    own = [each for name, each in signature.parameters.items() if name not in left_out]
    flags = flag_parameters(chosen, described=described)
    # Cyclopts reads the signature, and passes only the flags that were used.
    vars(command)["__signature__"] = signature.replace(parameters=[*own, *flags])


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
