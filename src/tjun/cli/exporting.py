"""
The `export` command: one command for each exporter, its options for flags.
"""

from __future__ import annotations

import datetime as dt
import logging
import math
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import Annotated, Any

import attrs
from cyclopts import App, Parameter

from tjun.cli import EXPORT_HELP
from tjun.cli.reading import Choice, Reading, Switch
from tjun.errors import ExportError, describe_error
from tjun.exporting.atomic import write_atomically
from tjun.exporting.contract import Exporter, ExportRequest
from tjun.exporting.export import pieces, registry_with
from tjun.plugins.registry import Registry, builtin, exporters

__all__ = ["export_app", "refused"]

_log = logging.getLogger(__name__)

_LONG = 1.0  # Seconds after which a terminal shows that work goes on.
_PIECES_A_LOOK = 1_000  # The clock is asked once in so many pieces.

_READING = Reading()
_CHOICE = Choice()


def export_app(words: Sequence[str]) -> App:
    """
    Return the `export` command, with a command for each exporter that is needed.

    A stranger's code is imported only where a name is asked for that is not built
    in, or the list of all.

    Args:
        words: The arguments that follow `export`.
    """
    registry = builtin()
    strict = "--strict-plugins" in words
    named = _named(words)
    if "--no-plugins" not in words and (strict or named not in registry):
        with redirect_stdout(sys.stderr):  # A plugin may print what it likes.
            registry = exporters(strict=strict)
        for failure in registry.failures:
            _log.warning("%s", failure)
    app = App(name="export", help=EXPORT_HELP)
    for exporter in registry:
        try:
            command = _command(registry, exporter)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001  # A plugin's options, again.
            _log.warning(
                "Exporter %r is left out: %s", exporter.name, describe_error(error)
            )
        else:
            app.command(command, name=exporter.name)
    return app


def _named(words: Sequence[str]) -> str | None:
    return next((word for word in words if not word.startswith("-")), None)


def refused(words: Sequence[str], error: BaseException) -> ExportError:
    """
    Return what it means that *error* was raised while the words were read.

    Only an exporter's options class, a stranger's code, raises then.

    Args:
        words: The arguments that follow `export`.

        error: What was raised, and is no usage error.
    """
    name = _named(words) or ""
    owner = registry_with(name).owners[name]
    told = f"its options: {describe_error(error)}"
    return ExportError(name, told, owner.plugin, owner.release)


def _command(registry: Registry, exporter: Exporter) -> Callable[..., None]:
    def command(
        *,
        output: Annotated[Path | None, Parameter(name=["--output", "-o"])] = None,
        choice: Choice = _CHOICE,
        reading: Reading = _READING,
        most_mb: Annotated[float | None, Parameter(show_default=False)] = None,
        strict_plugins: Annotated[bool, Switch] = False,
        no_plugins: Annotated[bool, Switch] = False,
        options: Any,
    ) -> None:
        del strict_plugins, no_plugins  # They were heeded when the app was made.
        request = ExportRequest(
            chronology=choice.chronology(reading),
            options=options,
            language=reading.language,
            today=dt.date.today(),
        )
        most = _octets(most_mb)
        made = pieces(registry, exporter.name, request, most=most)
        _deliver(exporter, _watched(made), output)

    shape = Parameter(name="*", parse=bool(attrs.fields(exporter.options)))
    command.__annotations__["options"] = Annotated[exporter.options, shape]
    command.__kwdefaults__ = {
        **(command.__kwdefaults__ or {}),
        "options": exporter.options(),
    }
    command.__doc__ = f"""
    {exporter.summary}

    Args:
        output: The file to write ({exporter.suffix}); without it the export goes to
            standard output.

        most_mb: Give up, and write nothing, when it comes to more megabytes.

        strict_plugins: A plugin that cannot be used is an error.

        no_plugins: Use the built-in exporters alone.
    """
    return command


def _octets(most_mb: float | None) -> int | None:
    if most_mb is None:
        return None
    if not 0 < most_mb < math.inf:
        msg = f"expected --most-mb to be a number above 0, got {most_mb}"
        raise ValueError(msg)
    return int(most_mb * 1_000_000)


def _watched(made: Iterable[bytes]) -> Iterator[bytes]:
    """
    Yield the pieces, with a sign of life in a terminal when they take long.
    """
    if not sys.stderr.isatty():
        yield from made
        return
    from rich.console import Console  # noqa: PLC0415  # Only for a terminal.
    from rich.progress import Progress, SpinnerColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (SpinnerColumn(), "{task.description}", TimeElapsedColumn())
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    task = progress.add_task("")
    begun, shows, octets = time.monotonic(), False, 0
    try:
        for count, piece in enumerate(made, start=1):
            yield piece
            octets += len(piece)
            if count % _PIECES_A_LOOK == 0:
                if not shows and time.monotonic() - begun > _LONG:
                    progress.start()
                    shows = True
                told = f"{count:,} pieces, {octets / 1e6:,.1f} MB"
                progress.update(task, description=told)
    finally:
        if shows:
            progress.stop()


def _deliver(exporter: Exporter, made: Iterable[bytes], output: Path | None) -> None:
    if output is None:
        # Whole or not at all here, too: nothing is printed before all of it is made.
        with tempfile.SpooledTemporaryFile(max_size=2**26) as whole:
            with redirect_stdout(sys.stderr):
                whole.writelines(made)
            whole.seek(0)
            shutil.copyfileobj(whole, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    with redirect_stdout(sys.stderr):
        changed = write_atomically(made, os.fspath(output), exporter.name)
    done = f"Wrote {output}." if changed else f"{output} is the same as before."
    hint = ""
    if exporter.media_type == "text/calendar":
        hint = (
            " Open it to import it into your calendar, or put it on a web server and"
            " subscribe to its address, so that it stays up to date."
        )
    _log.info("%s%s", done, hint)
