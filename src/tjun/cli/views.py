"""
What the command line shows: tables and pages for a terminal, rows for a script.

Text from a record is escaped, so that a terminal never obeys it.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Styled

from tjun.chronology.anniversaries import Anniversary
from tjun.chronology.chronology import Chronology
from tjun.locales.available import find_language
from tjun.locales.language import Language
from tjun.model.entities import Citation, Event, Source
from tjun.model.kinds import EventStatus
from tjun.model.missions import Mission
from tjun.model.text import escape_controls
from tjun.plugins.registry import Plugin, Registry

__all__ = ["Screen"]

_PIPE_WIDTH = 160  # A pipe has no width; a script would rather have whole lines.
_ROOMY = 110  # From this width on ids have a column of their own.


class Screen:
    """
    A place to show things: a terminal, a pipe, or JSON for a script.

    Args:
        language: The language of titles, names, dates and labels.

        as_json: Whether to print JSON and nothing else.
    """

    def __init__(
        self, language: str | Language = "en", *, as_json: bool = False
    ) -> None:
        self._language = find_language(language)
        self._as_json = as_json
        wide = None if sys.stdout.isatty() or "COLUMNS" in os.environ else _PIPE_WIDTH
        self._console = Console(
            file=sys.stdout, width=wide, highlight=False, markup=False, emoji=False
        )

    def _say(self, key: str) -> str:
        return self._language.label(key)

    def _print_json(self, value: object) -> None:
        text = json.dumps(value, ensure_ascii=False, indent=2)
        # What does not print is escaped, as JSON allows: it may be a command.
        safe = "".join(
            char if char.isprintable() or char == "\n" else json.dumps(char)[1:-1]
            for char in text
        )
        self._console.file.write(f"{safe}\n")

    def _table(self, *columns: str, wide: str) -> Table:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
        for column in columns:
            free = column == wide
            table.add_column(
                self._say(column) if column else "",
                no_wrap=not free,
                overflow="fold",
                ratio=1 if free else None,
            )
        return table

    def _show(self, table: Table, empty: str = "nothing_found") -> None:
        if table.row_count:
            self._console.print(table)
        else:
            self._console.print(self._say(empty))

    def anniversaries(self, found: Iterable[Anniversary], today: dt.date) -> None:
        """
        Show what is coming, with the days left; a jubilee has a star.
        """
        language = self._language
        if self._as_json:
            self._print_json(
                [
                    {
                        "date": str(each.date),
                        "number": each.number,
                        "jubilee": each.jubilee,
                        "title": each.title(language),
                        "days_left": max(0, (each.date.earliest - today).days),
                        "event": each.event.id,
                        "status": each.event.status.value,
                        "disputed": each.event.disputed,
                    }
                    for each in found
                ]
            )
            return
        table = self._table(
            "date", "weekday", "in_days", "", "anniversary", wide="anniversary"
        )
        for each in found:
            known = each.date.day is not None
            left = max(0, (each.date.earliest - today).days)
            mark = " *" if each.event.disputed else ""
            title = escape_controls(each.title(language))
            if each.event.status is EventStatus.ANNOUNCED:
                title = f"{title} ({self._say('announced')})"
            table.add_row(
                language.format_date(each.date) + mark,
                language.weekday(each.date.earliest) if known else "",
                Styled(str(left), justify="right"),
                "★" if each.jubilee else "",
                Styled(title, style="bold" if each.jubilee else ""),
            )
        self._show(table)

    def events(self, events: Iterable[Event]) -> None:
        """
        Show events: when, what and which.
        """
        language = self._language
        if self._as_json:
            self._print_json([self._event_row(event) for event in events])
            return
        roomy = self._console.width >= _ROOMY
        columns = ("date", "event", "id") if roomy else ("date", "event")
        table = self._table(*columns, wide="event")
        for event in events:
            mark = " *" if event.disputed else ""
            what = escape_controls(event.title.in_(language))
            if event.status is EventStatus.ANNOUNCED:
                what = f"{what} ({self._say('announced')})"
            when = language.format_date(event.date) + mark
            if event.until is not None:
                when = f"{when} –\n{language.format_date(event.until)}"
            name = Styled(event.id, style="dim")
            if roomy:
                table.add_row(when, what, name)
            else:
                table.add_row(when, Styled(f"{what}\n").append(name))
        self._show(table)

    def _event_row(self, event: Event) -> dict[str, Any]:
        language = self._language
        row: dict[str, Any] = {
            "id": event.id,
            "date": str(event.date),
            "until": None if event.until is None else str(event.until),
            "title": event.title.in_(language),
            "kind": event.kind.value,
            "areas": [area.id for area in event.areas],
            "status": event.status.value,
            "yearly": event.yearly,
            "disputed": event.disputed,
        }
        if event.description is not None:
            row["description"] = event.description.in_(language)
        row["citations"] = [self._citation_row(each) for each in event.citations]
        return row

    def _citation_row(self, citation: Citation) -> dict[str, Any]:
        source = citation.source
        return {
            "source": source.id,
            "title": source.title,
            "publisher": source.publisher,
            "symbol": source.symbol,
            "url": source.url,
            "says": citation.says,
            "date": None if citation.date is None else str(citation.date),
            "until": None if citation.until is None else str(citation.until),
            "verified": citation.verified,
        }

    def event(self, event: Event, missions: Iterable[Mission]) -> None:
        """
        Show the whole story of one event.
        """
        language = self._language
        if self._as_json:
            row = self._event_row(event)
            row["missions"] = [mission.id for mission in missions]
            self._print_json(row)
            return
        out = self._console.print
        out(Styled(escape_controls(event.title.in_(language)), style="bold"))
        notes = [language.format_span(event.date, event.until)]
        if event.yearly:
            notes.append(self._say("yearly"))
        if event.status is EventStatus.ANNOUNCED:
            notes.append(self._say("announced"))
        notes += [escape_controls(area.name.in_(language)) for area in event.areas]
        notes += [escape_controls(mission.acronym) for mission in missions]
        out(" · ".join(notes))
        if event.description is not None:
            out()
            out(escape_controls(event.description.in_(language)))
        if event.marks is not None:
            out()
            marked = escape_controls(event.marks.title.in_(language))
            out(f"{self._say('marks')}: {marked}")
        out()
        out(
            Styled(self._say("disputed" if event.disputed else "sources"), style="bold")
        )
        for citation in event.citations:
            self._citation(citation)

    def _citation(self, citation: Citation) -> None:
        source = citation.source
        when = self._language.format_span(citation.date, citation.until)
        who = f"{escape_controls(source.title)} – {escape_controls(source.publisher)}"
        if source.symbol is not None:
            who = f"{who}, {escape_controls(source.symbol)}"
        if not citation.verified:
            when = f"{when}, {self._say('not_verified')}"
        line = Styled.assemble((when, "bold"), f": {who}")
        self._indented(line, 2)
        for more in filter(None, (citation.says, source.note)):
            self._indented(escape_controls(more), 4)
        if source.url is not None:
            self._address(source.url, 4)

    def _indented(self, text: str | Styled, by: int) -> None:
        self._console.print(Padding(text, (0, 0, 0, by), expand=False))

    def _address(self, url: str, by: int) -> None:
        # An address is one word, to be copied: it is neither cut nor wrapped.
        line = Styled(" " * by + escape_controls(url), style="dim")
        self._console.print(line, no_wrap=True, overflow="ignore", crop=False)

    def timeline(self, record: Chronology, today: dt.date) -> None:
        """
        Draw missions as bars, and events as marks on them and on their areas.
        """
        from tjun.cli.timeline import Timeline  # noqa: PLC0415  # It builds on this module.

        if self._as_json:
            self._print_json(
                {
                    "missions": [self._mission_row(m, today) for m in record.missions],
                    "areas": {
                        area.id: list(record.events.where(area=area).ids)
                        for area in record.areas
                    },
                    "events": [self._event_row(event) for event in record.events],
                }
            )
            return
        if not record.events:
            self._console.print(self._say("nothing_found"))
            return
        drawn = Timeline(
            record=record,
            today=today,
            width=self._console.width,
            language=self._language,
        )
        for line in drawn.lines():
            self._console.print(line, no_wrap=True)

    def missions(self, missions: Iterable[Mission], today: dt.date) -> None:
        """
        Show missions, how long each lasted, and who led it.
        """
        language = self._language
        if self._as_json:
            self._print_json([self._mission_row(each, today) for each in missions])
            return
        for mission in missions:
            name = f"{mission.name.in_(language)} ({mission.acronym})"
            self._console.print(Styled(escape_controls(name), style="bold"))
            span = language.format_date(mission.start)
            end = "" if mission.end is None else language.format_date(mission.end)
            if mission.end is None and mission.start.earliest <= today:
                end = self._say("today")
            years = language.count("years", anniversary_years(mission, today))
            seat = "" if mission.seat is None else f" · {escape_controls(mission.seat)}"
            self._console.print(f"{span} – {end} · {years}{seat}")
            if mission.mandate is not None:
                self._console.print(escape_controls(mission.mandate.in_(language)))
            for head in mission.heads:
                start = "" if head.start is None else language.format_date(head.start)
                until = "" if head.end is None else language.format_date(head.end)
                title = escape_controls(head.title.in_(language))
                time = f"{start} – {until}".strip()
                self._indented(f"{escape_controls(head.person)}, {title}: {time}", 2)
            self._console.print()

    def _mission_row(self, mission: Mission, today: dt.date) -> dict[str, Any]:
        language = self._language
        before = mission.predecessor
        return {
            "id": mission.id,
            "name": mission.name.in_(language),
            "acronym": mission.acronym,
            "seat": mission.seat,
            "start": str(mission.start),
            "end": None if mission.end is None else str(mission.end),
            "years": anniversary_years(mission, today),
            "predecessor": None if before is None else before.id,
            "heads": [
                {
                    "person": head.person,
                    "title": head.title.in_(language),
                    "start": None if head.start is None else str(head.start),
                    "end": None if head.end is None else str(head.end),
                }
                for head in mission.heads
            ],
            "events": [event.id for event in mission.events],
        }

    def sources(self, cited: Sequence[tuple[Source, Sequence[Event]]]) -> None:
        """
        Show sources, each with the events that rest on it.
        """
        if self._as_json:
            self._print_json(
                [
                    {
                        "id": source.id,
                        "title": source.title,
                        "publisher": source.publisher,
                        "kind": source.kind.value,
                        "symbol": source.symbol,
                        "url": source.url,
                        "events": [event.id for event in events],
                    }
                    for source, events in cited
                ]
            )
            return
        for source, events in cited:
            self._console.print(
                Styled.assemble((source.id, "bold"), f" · {source.kind.value}")
            )
            what = (
                f"{escape_controls(source.title)} – {escape_controls(source.publisher)}"
            )
            if source.symbol is not None:
                what = f"{what}, {escape_controls(source.symbol)}"
            self._indented(what, 2)
            if source.url is not None:
                self._address(source.url, 2)
            supports = ", ".join(event.id for event in events)
            self._indented(f"{self._say('supports')}: {supports}", 2)

    def disputes(self, events: Iterable[Event]) -> None:
        """
        Show each conflict side by side: who, which date, in what words.
        """
        language = self._language
        if self._as_json:
            self._print_json([self._event_row(event) for event in events])
            return
        none = True
        for event in events:
            none = False
            title = f"{escape_controls(event.title.in_(language))} ({event.id})"
            self._console.print(Styled(title, style="bold"))
            table = self._table("date", "source", "in_our_words", wide="in_our_words")
            table.columns[1].no_wrap = False
            for each in event.dated_citations:
                table.add_row(
                    language.format_span(each.date, each.until),
                    escape_controls(each.source.publisher),
                    escape_controls(each.says),
                )
            self._console.print(table)
        if none:
            self._console.print(self._say("nothing_found"))

    def plugins(self, registry: Registry[Any]) -> None:
        """
        Show each plugin: what it offers and where it comes from, or why it fails.
        """
        if self._as_json:
            self._print_json([_plugin_row(p, registry) for p in registry.plugins])
            return
        table = self._table("plugin", "distribution", "exporters", wide="exporters")
        for plugin in registry.plugins:
            lines = [
                Styled(f"{name} ({registry[name].suffix}, {registry[name].media_type})")
                for name in plugin.exporters
            ]
            if plugin.failure is not None:
                why = f"{self._say('cannot_be_used')}: {plugin.failure.reason}"
                lines = [Styled(escape_controls(why), style="red")]
            for error in plugin.refused:
                why = f"{error.offer} – {self._say('cannot_be_used')}: {error.reason}"
                lines.append(Styled(escape_controls(why), style="red"))
            offers = Styled("\n").join(lines)
            table.add_row(plugin.owner.plugin, plugin.owner.release or "", offers)
        self._show(table)


def _plugin_row(plugin: Plugin, registry: Registry[Any]) -> dict[str, Any]:
    failure = plugin.failure
    return {
        "name": plugin.owner.plugin,
        "distribution": plugin.owner.distribution,
        "version": plugin.owner.version,
        "exporters": [
            {
                "name": name,
                "summary": registry[name].summary,
                "media_type": registry[name].media_type,
                "suffix": registry[name].suffix,
            }
            for name in plugin.exporters
        ],
        "failure": None if failure is None else failure.reason,
        "refused": [
            {"what": error.offer, "reason": error.reason} for error in plugin.refused
        ],
    }


def anniversary_years(mission: Mission, today: dt.date) -> float:
    """
    Return how many years a mission lasted, or has lasted by *today*, to a tenth.
    """
    last = today if mission.end is None else mission.end.latest
    days = (last - mission.start.earliest).days + 1
    return round(max(0, days) / 365.2425, 1)
