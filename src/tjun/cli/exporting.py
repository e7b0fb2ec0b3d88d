"""
The `export` command, with a subcommand for each exporter.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
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
from tjun.cli.streams import stdout
from tjun.errors import PluginError, describe_error
from tjun.exchange.contract import Exporter, ExportRequest
from tjun.exchange.options import OptionsError, bind_flags
from tjun.exchange.registry import builtin_exporters, exporters, registry_with
from tjun.exchange.rendering import Rendering, origin_of
from tjun.exchange.saving import save
from tjun.exchange.values import UnreadableError
from tjun.plugins.registry import BUILTIN, Owner, Registry

__all__ = ["export_app", "reserved_flags"]

_log = logging.getLogger(__name__)

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
            command = _checked_command(exporter, owner, described=described)
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
    if strict or name is None:
        return exporters(strict=strict)
    return registry_with(name)


def _checked_command(
    exporter: Exporter, owner: Owner, *, described: bool
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
            return _command(exporter, owner, flags)
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
        suffix="/",
        render_files=lambda _: (),
    )
    app = App()
    app.default(_command(plain, Owner(plugin="any"), flags_class(plain)))
    names = {name for each in app.assemble_argument_collection() for name in each.names}
    return frozenset({*names, *app.help_flags, *app.version_flags})


def _command(exporter: Exporter, owner: Owner, flags: type[Any]) -> Callable[..., None]:
    def command(
        *,
        output: Annotated[
            str | None,
            Parameter(
                name=["--output", "-o"],
                metavar="PATH",
                group=OUTPUT,
                allow_leading_hyphen=True,  # `-o -` is standard output.
            ),
        ] = None,
        common: CommonOptions = _COMMON,
        choice: EventFilter = _FILTER,
        record: RecordOptions = _RECORD,
        replace: Annotated[bool, SWITCH, _OfOutput] = False,
        today: Annotated[str | None, _OfOutput, DAY] = None,
        strict_plugins: Annotated[bool, SWITCH, _OfOutput] = False,
        no_plugins: Annotated[bool, SWITCH, _OfOutput] = False,
        flags: Any,
    ) -> None:
        del strict_plugins, no_plugins  # `_registry` has read them from the words.
        place = None if output in {"-", "/dev/stdout"} else output
        if place is not None and place.startswith("-"):
            msg = f"-o: {place!r} is not a path; write './{place}' if it is"
            raise UsageError(msg)
        if place is None and exporter.render_files is not None:
            msg = (
                f"the exporter {exporter.name!r} writes several files; name a directory"
                f" for them, as in -o {exporter.name}/, or an archive, as in"
                f" -o {exporter.name}.zip"
            )
            raise UsageError(msg)
        chronology = record.chronology()
        request = ExportRequest(
            chronology=choice.chronology(chronology),
            options=_options(exporter, owner, flags),
            language=common.language,
            today=day_or_today(today, "--today", common.language),
            selection=_selection(choice, record, chronology),
            exporter=exporter.name,
        )
        _deliver(Rendering(exporter, request, owner), place, replace=replace)

    group = CALENDAR if exporter.media_type == "text/calendar" else FORMAT
    shape = Parameter(name="*", parse=bool(attrs.fields(flags)), group=group)
    if exporter.render is not None:  # A single file is always replaced.
        hidden = Parameter(parse=False, show=False)
        command.__annotations__["replace"] = Annotated[bool, hidden]
    command.__annotations__["flags"] = Annotated[flags, shape]
    command.__kwdefaults__ = {**(command.__kwdefaults__ or {}), "flags": flags()}
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


def _options(exporter: Exporter, owner: Owner, flags: Any) -> Any:
    try:
        return bind_flags(exporter, words_by_keyword(flags), *origin_of(owner))
    except OptionsError as error:
        raise UsageError(str(error)) from error


def _output_help(exporter: Exporter) -> str:
    if exporter.render_files is not None:
        return "The directory to write, or an archive whose name ends in .zip."
    return (
        f"The file to write ({exporter.suffix}); without it, or with -, the export goes"
        " to standard output."
    )


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


@contextlib.contextmanager
def _spinner(*, shown: bool) -> Iterator[None]:
    """
    Show on a terminal that many files are being written.
    """
    if not shown:
        yield
        return
    from rich.console import Console  # noqa: PLC0415  # Only for a terminal.

    with Console(stderr=True).status("Writing"):
        yield


def _deliver(rendering: Rendering, output: str | None, *, replace: bool) -> None:
    exporter = rendering.exporter
    if output is None:
        import shutil  # noqa: PLC0415  # These two take time to import.
        import tempfile  # noqa: PLC0415

        # Nothing is printed before the export is complete, so that a failed one prints
        # nothing at all.
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as whole:
            whole.writelines(rendering.chunks())
            whole.seek(0)
            shutil.copyfileobj(whole, stdout().buffer)
        stdout().buffer.flush()
        return
    with _spinner(shown=exporter.render_files is not None and sys.stderr.isatty()):
        changed = save(rendering, output, replace=replace)
    done = f"Wrote {output}." if changed else f"{output} is the same as before."
    hint = ""
    if exporter.media_type == "text/calendar":
        hint = (
            " Open it to import it into your calendar, or put it on a web server and"
            " subscribe to its address, so that it stays up to date."
        )
    _log.info("%s%s", done, hint)
