"""
The command-line application, its commands and their groups.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cyclopts import App, Group

from tjun import __version__

_HELP = """
What happened between Tajikistan and the United Nations, on which day, according to
whom, and when the next anniversary falls.

`tjun help COMMAND` describes a command and its options. For example:
`tjun upcoming`, `tjun on 03-02`, `tjun show unmot-opened`,
`tjun export ics -o anniversaries.ics`.
"""

_EXPORT_HELP = "Write a calendar, a page or another file."

_IMPORT_HELP = "Write a record file from a spreadsheet or another file."

_HELP_FORMAT: Final = "markdown"  # Descriptions are wrapped for the terminal.

_READ = Group("Read the record", sort_key=1)
_PUBLISH = Group("Publish it", sort_key=2)
_EXTEND = Group("Write your own", sort_key=3)
_OTHER = Group("Other", sort_key=4)

_COMMANDS = (
    (_READ, "upcoming", "commands", "List the coming anniversaries."),
    (_READ, "on", "commands", "List what happened on a day, or in a year."),
    (_READ, "events", "commands", "List events in chronological order."),
    (_READ, "show", "commands", "Show everything about one event, mission or source."),
    (_READ, "search", "commands", "Find events by words."),
    (_READ, "timeline", "overviews", "Show the events and missions of each year."),
    (_READ, "missions", "overviews", "List missions."),
    (_READ, "areas", "overviews", "List areas of cooperation."),
    (_READ, "disputes", "overviews", "List events whose sources differ on the date."),
    (_READ, "sources", "overviews", "List sources."),
    (_EXTEND, "check", "checking", "Check record files and language files."),
    (_EXTEND, "diff", "checking", "Compare two editions of a record."),
    (_EXTEND, "schema", "checking", "Print the JSON Schema of record files."),
    (_EXTEND, "records", "available", "List the records to choose from."),
    (_EXTEND, "languages", "available", "List the languages to choose from."),
    (_EXTEND, "plugins", "available", "List plugins and what they offer."),
)
_NEW = (
    ("record", "Write a record file to start from."),
    ("translation", "Write a translation file to start from."),
    ("language", "Write a language file to start from."),
    ("plugin", "Write a plugin that works, to start from."),
)


def application(words: Sequence[str] = (), *, summaries: bool = True) -> App:
    """
    Return the application.

    Args:
        words: The arguments that it will parse. Exporters are loaded only if they
            begin with `export` or belong to shell completion.

        summaries: Whether to describe the other commands in one sentence each,
            without importing them, instead of with their full help.
    """
    app = App(
        name="tjun",
        help=_HELP,
        version=__version__,
        version_format="plaintext",
        help_format="plaintext",  # Markdown takes as long to import as all the rest.
        group_commands=_OTHER,
        suppress_keyboard_interrupt=False,  # `process.run` reports interruptions.
    )
    for order, (group, name, module, summary) in enumerate(_COMMANDS):
        # A command that is given as a string is imported only when it runs. `help`
        # replaces its whole description, so it is not set for the command to run.
        path = f"tjun.cli.{module}:{name}"
        text = summary if summaries and [name] != list(words[:1]) else None
        app.command(
            path,
            name=name,
            help=text,
            group=group,
            sort_key=order,
            help_format=_HELP_FORMAT,
        )
    new = App(
        name="new",
        help="Write a first file to start from.",
        group=_EXTEND,
        group_commands="Commands",
        sort_key=-1,
        help_format=_HELP_FORMAT,
    )
    for name, summary in _NEW:
        text = summary if summaries and words[:2] != ["new", name] else None
        new.command(f"tjun.cli.scaffold:new_{name}", name=name, help=text)
    app.command(new)
    # `process.run` turns `tjun help export` into `tjun export --help`.
    app.command(App(name="help", help="Describe a command."))
    if not words or words[0].startswith(("-", "__")):  # It takes time to import.
        app.register_install_completion_command(
            help="Let the shell complete commands and options."
        )
    export = App(name="export")
    if words[:1] in (["export"], ["--install-completion"], ["__complete"]):
        from tjun.cli.exporting import export_app  # noqa: PLC0415  # Loads exporters.

        export = export_app(words[1:] if words[0] == "export" else ())
    export.help, export.help_format = _EXPORT_HELP, _HELP_FORMAT
    export.group, export.group_commands = (_PUBLISH,), Group("Formats")
    app.command(export)
    reading = App(name="import")
    if words[:1] in (["import"], ["--install-completion"], ["__complete"]):
        from tjun.cli.importing import import_app  # noqa: PLC0415  # Loads importers.

        reading = import_app(words[1:] if words[0] == "import" else ())
    reading.help, reading.help_format = _IMPORT_HELP, _HELP_FORMAT
    reading.group, reading.group_commands = (_EXTEND,), Group("Formats")
    reading.sort_key = -2
    app.command(reading)
    return app
