"""
The `import` command, with a subcommand for each importer.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from cyclopts import App

from tjun.cli.creating import new_path
from tjun.cli.errors import UsageError
from tjun.cli.streams import stdout
from tjun.cli.subcommands import (
    OutputPath,
    OutputSwitch,
    add_flags,
    app_of,
    options_from,
    place_of,
)
from tjun.exchange.export import export, write
from tjun.exchange.importing import Importer
from tjun.exchange.reading import read_document
from tjun.exchange.registry import IMPORTERS
from tjun.locales.available import language as find_language
from tjun.plugins.registry import Owner
from tjun.recordfiles.resolve import resolve

_log = logging.getLogger(__name__)


def import_app(words: Sequence[str] = ()) -> App:
    """
    Return the `import` command, with a subcommand for each importer that is needed.
    """
    return app_of("import", IMPORTERS, words, _command)


def _command(
    importer: Importer,
    owner: Owner,
    *,
    described: bool,
) -> Callable[..., None]:
    def command(
        file: str,
        /,
        *,
        output: OutputPath = None,
        replace: OutputSwitch = False,
        strict_plugins: OutputSwitch = False,
        no_plugins: OutputSwitch = False,
        **flags: Any,
    ) -> None:
        del strict_plugins, no_plugins  # `app_of` has read them from the words.
        place, options = place_of(output), options_from(importer, owner, flags)
        now = dt.datetime.now(dt.UTC).replace(microsecond=0)
        header = {"revised": now.isoformat().replace("+00:00", "Z")}
        record = resolve([read_document(importer, file, options, owner, header)])
        if place is None:
            stdout().buffer.write(export(record, "toml"))
            stdout().buffer.flush()
            return
        if not replace and os.path.lexists(place):
            msg = f"-o: {place!r} exists; choose another name, or replace it: --replace"
            raise UsageError(msg)
        if replace or place.endswith(os.sep):  # The latter is an error.
            write(record, "toml", place)
        else:
            with new_path(Path(place)) as path:
                path.write_bytes(export(record, "toml"))
        english = find_language("en")
        _log.info(
            "Wrote %s: %s from %s. `tjun upcoming --record %s` shows what is next.",
            place,
            english.count("events", len(record.events)),
            english.count("sources", len(record.sources)),
            shlex.quote(place),
        )

    add_flags(command, importer, described=described)
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
