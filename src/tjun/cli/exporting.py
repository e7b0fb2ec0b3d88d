"""
The `export` command, with a subcommand for each exporter.
"""

from __future__ import annotations

import functools
import logging
import math
import shlex
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from typing import Annotated, Any

import attrs
from cyclopts import App, Parameter

from tjun.chronology.chronology import Chronology
from tjun.cli.app import EXPORT_HELP
from tjun.cli.days import day_or_today
from tjun.cli.errors import UsageError
from tjun.cli.flags import clashes, flags_class, words_by_keyword
from tjun.cli.parameters import (
    CALENDAR,
    DAY,
    FORMAT,
    OUTPUT,
    SWITCH,
    CommonOptions,
    EventFilter,
    RecordOptions,
)
from tjun.errors import PluginError, describe_error
from tjun.exchange.contract import Exporter, ExportRequest
from tjun.exchange.options import OptionsError, bind_flags
from tjun.exchange.registry import builtin_exporters, exporters, registry_with
from tjun.exchange.rendering import Rendering, origin_of
from tjun.exchange.saving import absolute, save, working_directory
from tjun.exchange.values import UnreadableError
from tjun.plugins.registry import BUILTIN, Owner, Registry

__all__ = ["export_app", "reserved_flags"]

_log = logging.getLogger(__name__)

_LONG = 1.0  # Seconds after which a terminal shows progress.
_CHUNKS_PER_CHECK = 1_000  # Reading the clock for each chunk would be slow.
_IN_MEMORY = 2**26

_COMMON = CommonOptions()
_FILTER = EventFilter()
_RECORD = RecordOptions()

_OfOutput = Parameter(group=OUTPUT, show_default=False)


def export_app(words: Sequence[str]) -> App:
    """
    Return the `export` command, with a subcommand for each exporter that is needed.

    Args:
        words: The arguments that follow `export`.

    Raises:
        NotFoundError: If the exporter is in a plugin that cannot be used.

        PluginError: If the options of the exporter cannot become flags.
    """
    name = next((word for word in words if not word.startswith("-")), None)
    start = working_directory()  # A plugin may change it.
    registry = _registry(words, name)
    for failure in registry.failures:
        _log.warning("%s", failure)
    if name is not None and registry.why_not(name) is not None:
        _ = registry[name]
    app = App(name="export", help=EXPORT_HELP)
    # Describing the options of an exporter to cyclopts takes some milliseconds.
    needed = [registry[name]] if name is not None and name in registry else registry
    described = name is None or not {"--help", "-h"}.isdisjoint(words)
    for exporter in needed:
        owner = registry.owners[exporter.name]
        try:
            command = _checked_command(exporter, owner, start, described=described)
        except PluginError as error:
            if exporter.name == name:
                raise
            _log.warning("%s", error)
        else:
            app.command(command, name=exporter.name)
    return app


def _registry(words: Sequence[str], name: str | None) -> Registry[Exporter]:
    """
    Return the exporters that are needed, without importing other plugins.
    """
    if "--no-plugins" in words:
        return builtin_exporters()
    strict = "--strict-plugins" in words
    with redirect_stdout(sys.stderr):  # A plugin may print while it is imported.
        if strict or name is None:
            return exporters(strict=strict)
        return registry_with(name)


def _checked_command(
    exporter: Exporter, owner: Owner, start: str, *, described: bool
) -> Callable[..., None]:
    """
    Return the subcommand of an exporter.

    Raises:
        PluginError: If its options cannot become flags, or its options class fails.
    """
    try:
        problem = None
        if owner.plugin != BUILTIN:  # The tests check the built-in exporters.
            problem = clashes(exporter, reserved_flags())
        if problem is None:
            flags = flags_class(exporter, described=described)
            return _command(exporter, owner, flags, start)
    except KeyboardInterrupt:
        raise
    except UnreadableError as error:
        problem = str(error)
    except BaseException as error:  # noqa: BLE001  # The options class is a plugin's code.
        problem = describe_error(error)
    name = f"the exporter {exporter.name!r}"
    raise PluginError(owner.plugin, owner.release, problem, name)


@functools.cache
def reserved_flags() -> frozenset[str]:
    """
    Return the flags that every export has, whatever its exporter.
    """
    plain = Exporter(
        name="any",
        summary="Any.",
        media_type="text/plain",
        suffix=".txt",
        render=lambda _: (),
    )
    app = App()
    app.default(_command(plain, Owner(plugin="any"), flags_class(plain), ""))
    names = {name for each in app.assemble_argument_collection() for name in each.names}
    return frozenset({*names, *app.help_flags, *app.version_flags})


def _command(
    exporter: Exporter, owner: Owner, flags: type[Any], start: str
) -> Callable[..., None]:
    def command(
        *,
        output: Annotated[
            str | None,
            Parameter(name=["--output", "-o"], metavar="PATH", group=OUTPUT),
        ] = None,
        common: CommonOptions = _COMMON,
        choice: EventFilter = _FILTER,
        record: RecordOptions = _RECORD,
        today: Annotated[str | None, _OfOutput, DAY] = None,
        most_mb: Annotated[float | None, _OfOutput] = None,
        strict_plugins: Annotated[bool, SWITCH, _OfOutput] = False,
        no_plugins: Annotated[bool, SWITCH, _OfOutput] = False,
        flags: Any,
    ) -> None:
        del strict_plugins, no_plugins  # `_registry` has read them from the words.
        if output is None and exporter.render_files is not None:
            msg = (
                f"the exporter {exporter.name!r} writes several files; name a directory"
                f" for them, as in -o {exporter.name}/, or an archive, as in"
                f" -o {exporter.name}.zip"
            )
            raise UsageError(msg)
        most = _bytes_allowed(most_mb)
        # The record is read before the options class, a plugin's code, can change the
        # working directory.
        chronology = record.chronology()
        request = ExportRequest(
            chronology=choice.chronology(chronology),
            options=_options(exporter, owner, flags),
            language=common.language,
            today=day_or_today(today, "--today", common.language),
            selection=_selection(choice, record, chronology),
            exporter=exporter.name,
        )
        place = None if output is None else absolute(output, start)
        _run(Rendering(exporter, request, owner, most), place, output)

    group = CALENDAR if exporter.media_type == "text/calendar" else FORMAT
    shape = Parameter(name="*", parse=bool(attrs.fields(flags)), group=group)
    command.__annotations__["flags"] = Annotated[flags, shape]
    command.__kwdefaults__ = {**(command.__kwdefaults__ or {}), "flags": flags()}
    command.__doc__ = f"""
    {exporter.summary}

    Args:
        output: {_output_help(exporter)}

        today: The day to count from: 2027-03-02 or tomorrow; by default today.

        most_mb: Stop, and write nothing, if there are more megabytes than this.

        strict_plugins: Treat a plugin that cannot be used as an error.

        no_plugins: Use only the built-in exporters.
    """
    return command


def _options(exporter: Exporter, owner: Owner, flags: Any) -> Any:
    try:
        return bind_flags(exporter, words_by_keyword(flags), *origin_of(owner))
    except OptionsError as error:
        raise UsageError(str(error)) from error


def _run(rendering: Rendering, place: str | None, output: str | None) -> None:
    progress = _Progress()
    if not sys.stderr.closed and sys.stderr.isatty():  # A plugin may close it.
        rendering.watch = progress.advance
    try:
        _deliver(rendering, place, output)
    finally:
        progress.stop()


def _output_help(exporter: Exporter) -> str:
    if exporter.render_files is not None:
        return "The directory to write, or an archive whose name ends in .zip."
    return (
        f"The file to write ({exporter.suffix}); without it, the export goes to"
        " standard output."
    )


def _bytes_allowed(most_mb: float | None) -> int | None:
    if most_mb is None:
        return None
    if not 0 < most_mb < math.inf:
        msg = f"expected --most-mb to be a number above 0, got {most_mb}"
        raise UsageError(msg)
    return int(most_mb * 1_000_000)


def _selection(
    choice: EventFilter, record: RecordOptions, chronology: Chronology
) -> str:
    """
    Return the filters as flags, which do not depend on how the user wrote them.
    """
    words: list[str] = []
    filters = attrs.asdict(choice.with_ids(chronology))
    filters["according_to"] = tuple(map(str.casefold, record.according_to))
    for name, value in sorted(filters.items()):
        flag = f"--{name.replace('_', '-')}"
        if value is True:
            words.append(flag)
        elif isinstance(value, tuple):
            for each in sorted({str(getattr(each, "value", each)) for each in value}):
                words += [flag, each]
        elif value:
            words += [flag, str(value)]
    return shlex.join(words)


class _Progress:
    """
    A line in the terminal that shows the progress of a long export.
    """

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._chunks = self._size = 0
        self._shown: Any = None

    def advance(self, length: int) -> None:
        """
        Count a chunk, and show the count from time to time.
        """
        self._chunks += 1
        self._size += length
        if self._chunks % _CHUNKS_PER_CHECK == 0:
            self._show()

    def stop(self) -> None:
        """
        Remove the line.
        """
        if self._shown is not None:
            self._shown.stop()

    def _show(self) -> None:
        if self._shown is None:
            if time.monotonic() - self._begun <= _LONG:
                return
            from rich.console import Console  # noqa: PLC0415  # Only for a terminal.
            from rich.progress import Progress, SpinnerColumn, TimeElapsedColumn  # noqa: PLC0415  # Only for a terminal.

            columns = (SpinnerColumn(), "{task.description}", TimeElapsedColumn())
            console = Console(stderr=True)
            self._shown = Progress(*columns, console=console, transient=True)
            self._shown.add_task("")
            self._shown.start()
        progress = f"{self._chunks:,} chunks, {self._size / 1e6:,.1f} MB"
        self._shown.update(self._shown.task_ids[0], description=progress)


def _deliver(rendering: Rendering, place: str | None, output: str | None) -> None:
    exporter = rendering.exporter
    if place is None or output is None:
        import shutil  # noqa: PLC0415  # These two take time to import.
        import tempfile  # noqa: PLC0415

        # Nothing is printed before the export is complete, so that a failed one prints
        # nothing at all.
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as whole:
            with redirect_stdout(sys.stderr):
                whole.writelines(rendering.chunks())
            whole.seek(0)
            shutil.copyfileobj(whole, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    with redirect_stdout(sys.stderr):
        changed = save(rendering, place, output)
    done = f"Wrote {output}." if changed else f"{output} is the same as before."
    hint = ""
    if exporter.media_type == "text/calendar":
        hint = (
            " Open it to import it into your calendar, or put it on a web server and"
            " subscribe to its address, so that it stays up to date."
        )
    _log.info("%s%s", done, hint)
