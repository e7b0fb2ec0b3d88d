"""
The `export` command, with a subcommand for each exporter.
"""

from __future__ import annotations

import contextlib
import logging
import sys
from collections.abc import Callable, Sequence
from typing import Annotated, Any

from cyclopts import App

from tjun.cli.days import day_or_today
from tjun.cli.errors import UsageError
from tjun.cli.parameters import (
    DAY,
    CommonOptions,
    EventFilter,
    RecordOptions,
)
from tjun.cli.streams import stdout
from tjun.cli.subcommands import (
    OF_OUTPUT,
    OutputPath,
    OutputSwitch,
    add_flags,
    app_of,
    options_from,
    place_of,
)
from tjun.exchange.contract import Exporter, ExportRequest
from tjun.exchange.registry import EXPORTERS
from tjun.exchange.rendering import Rendering
from tjun.exchange.saving import save
from tjun.plugins.registry import Owner

_log = logging.getLogger(__name__)

_COMMON = CommonOptions()
_FILTER = EventFilter()
_RECORD = RecordOptions()


def export_app(words: Sequence[str] = ()) -> App:
    """
    Return the `export` command, with a subcommand for each exporter that is needed.
    """
    return app_of("export", EXPORTERS, words, _command)


def _command(
    exporter: Exporter,
    owner: Owner,
    *,
    described: bool,
) -> Callable[..., None]:
    def command(
        *,
        output: OutputPath = None,
        common: CommonOptions = _COMMON,
        choice: EventFilter = _FILTER,
        record: RecordOptions = _RECORD,
        replace: OutputSwitch = False,
        today: Annotated[str | None, OF_OUTPUT, DAY] = None,
        strict_plugins: OutputSwitch = False,
        no_plugins: OutputSwitch = False,
        **flags: Any,
    ) -> None:
        del strict_plugins, no_plugins  # `app_of` has read them from the words.
        place = place_of(output)
        if place is None and exporter.render_files is not None:
            msg = (
                f"the exporter {exporter.name!r} writes several files; name a directory"
                f" for them, as in -o {exporter.name}/, or an archive, as in"
                f" -o {exporter.name}.zip"
            )
            raise UsageError(msg)
        options = options_from(exporter, owner, flags)
        chronology = record.chronology()
        request = ExportRequest(
            chronology=choice.chronology(chronology),
            options=options,
            language=common.language,
            today=day_or_today(today, "--today", common.language),
            selection=choice.selection(chronology, record.according_to),
            exporter=exporter.name,
        )
        _deliver(Rendering(exporter, request, owner), place, replace=replace)

    # A single file is always replaced.
    without = () if exporter.render is None else ("replace",)
    add_flags(command, exporter, described=described, without=without)
    command.__doc__ = f"""
    {exporter.summary}

    Args:
        output: {_output_help(exporter)}

        replace: Replace files of a directory that tjun did not write, or that were
            modified since.

        today: The day to count from: 2027-03-02 or tomorrow; by default today.

        strict_plugins: Treat a plugin that cannot be used as an error.

        no_plugins: Use only the built-in exporters.
    """
    return command


def _output_help(exporter: Exporter) -> str:
    if exporter.render_files is not None:
        return "The directory to write, or an archive whose name ends in .zip."
    return (
        f"The file to write ({exporter.suffix}); without it, or with -, the export goes"
        " to standard output."
    )


def _deliver(rendering: Rendering, output: str | None, *, replace: bool) -> None:
    if output is None:
        # Nothing is printed before the export is complete, so that a failed one prints
        # nothing at all.
        chunks = list(rendering.chunks())
        stdout().buffer.writelines(chunks)
        stdout().buffer.flush()
        return
    with _spinner(rendering.exporter):
        changed = save(rendering, output, replace=replace)
    done = f"Wrote {output}." if changed else f"{output} is the same as before."
    hint = ""
    if rendering.exporter.media_type == "text/calendar":
        hint = (
            " Open it to import it into your calendar, or put it on a web server and"
            " subscribe to its address, so that it stays up to date."
        )
    _log.info("%s%s", done, hint)


def _spinner(exporter: Exporter) -> contextlib.AbstractContextManager[object]:
    """
    Show on a terminal that many files are being written.
    """
    if exporter.render_files is None or not sys.stderr.isatty():
        return contextlib.nullcontext()
    from rich.console import Console  # noqa: PLC0415  # Only for a terminal.

    return Console(stderr=True).status("Writing")
