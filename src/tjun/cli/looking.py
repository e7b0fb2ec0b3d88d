"""
The commands that show the record.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from cyclopts import App

from tjun.chronology.chronology import Chronology
from tjun.cli.making import new_plugin, new_record
from tjun.cli.reading import AsJson, Choice, Language, Reading, Switch
from tjun.cli.views import Screen
from tjun.errors import DataError
from tjun.exporting.registry import builtin_exporters, exporters
from tjun.loading import load
from tjun.records.shapes import SECTIONS

__all__ = ["add_to"]

_CENTURY = 36_525  # Days. A table of more would take minutes, and nobody reads it.

_READING = Reading()
_CHOICE = Choice()


def add_to(app: App) -> None:
    """
    Add the commands.
    """
    commands: list[Callable[..., None]] = [
        *(upcoming, on, events, show, timeline, missions, disputes, sources),
        *(check, schema),
    ]
    for command in commands:
        app.command(command)
    new = App(name="new", help="Write a first file to start from.")
    new.command(new_record, name="record")
    app.command(new)
    listing = App(name="plugins")
    listing.default(plugins)
    listing.command(new_plugin, name="new")
    app.command(listing)


def upcoming(
    *,
    days: int = 365,
    on: dt.date | None = None,
    as_json: AsJson = False,
    choice: Choice = _CHOICE,
    reading: Reading = _READING,
) -> None:
    """
    Show the anniversaries to come. ★ is a jubilee, * a date in dispute.

    Args:
        days: How many days to look ahead, up to a hundred years.

        on: The day to look from; today where not given.
    """
    if days > _CENTURY:
        msg = (
            f"expected --days of at most {_CENTURY}, a hundred years"
            f" (a calendar takes more), got {days}"
        )
        raise ValueError(msg)
    today = dt.date.today() if on is None else on
    found = choice.chronology(reading).upcoming(today, days)
    Screen(reading.language, as_json=as_json).anniversaries(found, today)


def on(
    day: str,
    /,
    *,
    as_json: AsJson = False,
    reading: Reading = _READING,
) -> None:
    """
    Show what happened on a day of any year.

    Args:
        day: Month and day, as 03-02.
    """
    try:
        date = dt.date.fromisoformat(f"2000-{day}")  # A year that has every day.
    except ValueError:
        msg = f"expected a month and a day as 03-02, got {day!r}"
        raise ValueError(msg) from None
    events = reading.chronology().events.on_day(date.month, date.day)
    Screen(reading.language, as_json=as_json).events(events)


def events(
    *,
    as_json: AsJson = False,
    choice: Choice = _CHOICE,
    reading: Reading = _READING,
) -> None:
    """
    List events, in order. A star marks a date on which the sources differ.
    """
    Screen(reading.language, as_json=as_json).events(
        choice.events(reading.chronology())
    )


def show(
    id: str,  # noqa: A002  # The word that users know.
    /,
    *,
    as_json: AsJson = False,
    reading: Reading = _READING,
) -> None:
    """
    Show the whole story of one event: what, when, and who says so.

    Args:
        id: The event's id, as `tjun events` lists it.
    """
    record = reading.chronology()
    event = record.events[id]
    missions = [mission for mission in record.missions if event in mission.events]
    Screen(reading.language, as_json=as_json).event(event, missions)


def timeline(
    *,
    on: dt.date | None = None,
    as_json: AsJson = False,
    choice: Choice = _CHOICE,
    reading: Reading = _READING,
) -> None:
    """
    Draw missions as bars and events as marks, from the first to today.

    Args:
        on: The day to draw up to; today where not given.
    """
    today = dt.date.today() if on is None else on
    record = choice.chronology(reading)
    Screen(reading.language, as_json=as_json).timeline(record, today)


def missions(*, as_json: AsJson = False, reading: Reading = _READING) -> None:
    """
    List missions: how long each lasted, and who led it.
    """
    record = reading.chronology()
    Screen(reading.language, as_json=as_json).missions(record.missions, dt.date.today())


def sources(*, as_json: AsJson = False, reading: Reading = _READING) -> None:
    """
    List sources, each with the events that rest on it.
    """
    record = reading.chronology()
    cited = [(source, record.events.where(source=source)) for source in record.sources]
    Screen(reading.language, as_json=as_json).sources(cited)


def disputes(*, as_json: AsJson = False, reading: Reading = _READING) -> None:
    """
    Show the events on whose date the sources differ: who, which date, what words.
    """
    record = reading.chronology()
    Screen(reading.language, as_json=as_json).disputes(
        record.events.where(disputed=True)
    )


def check(*records: Path, no_bundled: Annotated[bool, Switch] = False) -> None:
    """
    Check record files, and tell every fault with its place.

    Args:
        records: Record files (.toml or .json) that belong together.

        no_bundled: Do not let them refer to entries of the bundled record.
    """
    if not records:
        msg = "expected at least one file to check, got none"
        raise ValueError(msg)
    alone, why = _tried(records, bundled=False)
    beside, also = (None, None) if no_bundled else _tried(records, bundled=True)
    found = alone or beside
    if found is None:
        fewest = min(filter(None, (why, also)), key=lambda error: len(error.faults))
        raise fewest
    counts = ", ".join(
        f"{(many := len(getattr(found, section)))} "
        f"{section.removesuffix('s') if many == 1 else section}"
        for section in SECTIONS
    )
    suffix = "" if alone is not None else ", with the bundled record"
    sys.stdout.write(f"Good: {counts}{suffix}.\n")


def _tried(
    records: Sequence[Path], *, bundled: bool
) -> tuple[Chronology | None, DataError | None]:
    try:
        return load(*records, bundled=bundled), None
    except DataError as error:
        return None, error


def schema() -> None:
    """
    Print the JSON Schema of record files.
    """
    file = files("tjun") / "data" / "record.schema.json"
    sys.stdout.write(file.read_text(encoding="utf-8"))


def plugins(
    *,
    strict_plugins: Annotated[bool, Switch] = False,
    no_plugins: Annotated[bool, Switch] = False,
    as_json: AsJson = False,
    language: Language = "en",
) -> None:
    """
    List plugins: what each offers and where it comes from, or why it fails.

    Args:
        strict_plugins: A plugin that cannot be used is an error.

        no_plugins: Leave out all but the built-in one.

        language: The language of the labels.
    """
    with redirect_stdout(sys.stderr):  # A plugin may print what it likes.
        registry = (
            builtin_exporters() if no_plugins else exporters(strict=strict_plugins)
        )
    Screen(language, as_json=as_json).plugins(registry)
