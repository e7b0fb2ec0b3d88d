"""
The `import` command, with a subcommand for each importer.
"""

from __future__ import annotations

import datetime as dt
import inspect
import logging
import os
import shlex
from collections.abc import Callable, Sequence
from typing import Annotated, Any

from cyclopts import App, Parameter

from tjun.cli.errors import UsageError
from tjun.cli.flags import bind_flags, flag_parameters
from tjun.cli.parameters import OUTPUT, OWN, SWITCH
from tjun.cli.streams import stdout
from tjun.cli.subcommands import app_of
from tjun.exchange.export import export, write
from tjun.exchange.importing import Importer
from tjun.exchange.options import OptionsError
from tjun.exchange.reading import read_document
from tjun.exchange.registry import IMPORTERS
from tjun.exchange.rendering import origin_of
from tjun.locales.available import language as find_language
from tjun.plugins.registry import Owner
from tjun.recordfiles.resolve import resolve

_log = logging.getLogger(__name__)

_OfOutput = Parameter(group=OUTPUT, show_default=False)


def import_app(words: Sequence[str] = ()) -> App:
    """
    Return the `import` command, with a subcommand for each importer that is needed.
    """
    return app_of("import", IMPORTERS, words, _command)


def _command(
    importer: Importer,
    owner: Owner,
    described: bool,  # noqa: FBT001  # Called by position.
) -> Callable[..., None]:
    def command(
        file: str,
        /,
        *,
        output: Annotated[
            str | None,
            Parameter(
                name=["--output", "-o"],
                metavar="PATH",
                group=OWN,
                allow_leading_hyphen=True,  # `-o -` is standard output.
            ),
        ] = None,
        replace: Annotated[bool, SWITCH, _OfOutput] = False,
        strict_plugins: Annotated[bool, SWITCH, _OfOutput] = False,
        no_plugins: Annotated[bool, SWITCH, _OfOutput] = False,
        **flags: Any,
    ) -> None:
        del strict_plugins, no_plugins  # `app_of` has read them from the words.
        try:
            options = bind_flags(importer, flags, *origin_of(owner))
        except OptionsError as error:
            raise UsageError(str(error)) from error
        now = dt.datetime.now(dt.UTC).replace(microsecond=0)
        header = {"revised": now.isoformat().replace("+00:00", "Z")}
        record = resolve([read_document(importer, file, options, owner, header)])
        if output in {None, "-", "/dev/stdout"}:
            stdout().buffer.write(export(record, "toml"))
            stdout().buffer.flush()
            return
        place = str(output)
        if not replace and os.path.lexists(place):
            msg = f"-o: {place!r} exists; choose another name, or replace it: --replace"
            raise UsageError(msg)
        write(record, "toml", place)
        english = find_language("en")
        _log.info(
            "Wrote %s: %s from %s. `tjun upcoming --record %s` shows what is next.",
            place,
            english.count("events", len(record.events)),
            english.count("sources", len(record.sources)),
            shlex.quote(place),
        )

    signature = inspect.signature(command)
    own = [each for each in signature.parameters.values() if each.name != "flags"]
    flags = flag_parameters(importer, described=described)
    # Cyclopts reads the signature, and passes only the flags that were used.
    vars(command)["__signature__"] = signature.replace(parameters=[*own, *flags])
    command.__doc__ = f"""
    {importer.summary}

    Args:
        file: The file to read.

        output: The record file to write (.toml); without it, or with -, the record
            goes to standard output.

        replace: Replace the record file if it exists.

        strict_plugins: Treat a plugin that cannot be used as an error.

        no_plugins: Use only the built-in importers.
    """
    return command
