"""
Which record to read, and which of its events to take.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import attrs
from cyclopts import Parameter

from tjun.chronology.chronology import Chronology
from tjun.chronology.events import Events
from tjun.loading import load
from tjun.model.kinds import EventKind

__all__ = ["AsJson", "Choice", "Language", "Reading", "Switch"]

Language = Literal["en", "ru", "tg"]
Many = Parameter(negative="", consume_multiple=False, show_default=False)
Switch = Parameter(negative="", show_default=False)
AsJson = Annotated[
    bool, Parameter(name="--json", negative="", show_default=False, help="Print JSON.")
]


@Parameter(name="*")
@attrs.frozen(kw_only=True)
class Reading:
    """
    Which record to read, and in which language to show it.

    Attributes:
        record: A record file (.toml or .json) of your own to add; may be repeated.

        no_bundled: Leave the bundled record out.

        according_to: Only what these sources say, dated as they date it: a source's
            id, or article, un, government, press or reference; may be repeated.

        language: The language of titles, names and dates.
    """

    record: Annotated[tuple[Path, ...], Many] = ()
    no_bundled: Annotated[bool, Switch] = False
    according_to: Annotated[tuple[str, ...], Many] = ()
    language: Language = "en"

    def chronology(self) -> Chronology:
        """
        Return the record that is meant.
        """
        found = load(*self.record, bundled=not self.no_bundled)
        return found.according_to(*self.according_to) if self.according_to else found


@Parameter(name="*")
@attrs.frozen(kw_only=True)
class Choice:
    """
    Which events to take.

    Attributes:
        area: Only this area of cooperation, by id; may be repeated.

        kind: Only this kind of event; may be repeated.

        mission: Only the events of this mission, by id; may be repeated.

        since: Only from this year, month or day on, as 2000, 2000-05 or 2000-05-15.

        until: Only up to this year, month or day, which counts.

        text: Only with these words in the title or the description.

        disputed: Only those on whose date the sources differ.
    """

    area: Annotated[tuple[str, ...], Many] = ()
    kind: Annotated[tuple[EventKind, ...], Many] = ()
    mission: Annotated[tuple[str, ...], Many] = ()
    since: str | None = None
    until: str | None = None
    text: str | None = None
    disputed: Annotated[bool, Switch] = False

    def events(self, chronology: Chronology) -> Events:
        """
        Return the events asked for.
        """
        return chronology.events.where(
            area=self.area or None,
            kind=self.kind or None,
            mission=self.mission or None,
            since=self.since,
            until=self.until,
            text=self.text,
            disputed=self.disputed or None,
        )

    def chronology(self, reading: Reading) -> Chronology:
        """
        Return the record with these events and what belongs to them.
        """
        record = reading.chronology()
        return record if self == Choice() else record.select(self.events(record))
