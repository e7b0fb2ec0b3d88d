"""
A chronology to print and to paste: CommonMark, with GitHub's tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from tjun.errors import ExportError
from tjun.exporting.contract import Exporter, ExportRequest
from tjun.formats.printable import CONTROL
from tjun.model.entities import Citation, Event, Source
from tjun.model.kinds import EventStatus
from tjun.model.text import one_line

__all__ = ["MARKDOWN", "MarkdownOptions"]

# What CommonMark, or GitHub on top of it, may take for more than text: anywhere,
# and where a line begins.
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>|~&$#@^]|:(?=//|\w+:)|(?<=[wW]{3})\.")
_AT_START = re.compile(r"^(\d*)(?=[-+=.)])")


@attrs.frozen(kw_only=True)
class MarkdownOptions:
    """
    What to put on the page.

    Attributes:
        heading_level: The level of the page's title, from 1 to 4; deeper ones
            follow from it.

        timeline: Draw a timeline in Mermaid, which GitHub and GitLab show.
    """

    heading_level: int = attrs.field(
        default=1, validator=[attrs.validators.ge(1), attrs.validators.le(4)]
    )
    timeline: bool = False


def render(request: ExportRequest[MarkdownOptions]) -> Iterator[bytes]:
    """
    Yield the page: title, missions and memberships, the chronology by decade, sources.
    """
    page = _Page(request)
    for block in page.blocks():
        yield f"{block}\n\n".encode()


class _Page:
    def __init__(self, request: ExportRequest[MarkdownOptions]) -> None:
        self._record = request.chronology
        self._language = request.language
        self._options: MarkdownOptions = request.options
        self._numbers: dict[str, int] = {}

    def blocks(self) -> Iterator[str]:
        """
        Yield the blocks of the page, none with a line break at its end.
        """
        title = self._record.title
        name = self._say("chronology") if title is None else self._text(title)
        yield self._heading(0, name)
        if self._options.timeline:
            yield self._timeline()
        yield from self._missions()
        yield from self._memberships()
        decade = None
        for event in self._record.events:
            if (begun := event.date.year // 10 * 10) != decade:
                decade = begun
                yield self._heading(1, f"{decade}–{decade + 9}")
            yield from self._event(event)
        if self._numbers:
            yield self._heading(1, self._say("sources"))
            yield "\n".join(
                f"{number}. {self._source(self._record.sources[key])}"
                for key, number in self._numbers.items()
            )

    def _say(self, key: str) -> str:
        return self._language.label(key)

    def _text(self, text: object) -> str:
        said = text if isinstance(text, str) else text.in_(self._language)  # type: ignore[attr-defined]  # A Text.
        found = CONTROL.search(said)
        if found is not None:
            msg = f"the text {said[:40]!r} has the control character {found[0]!r},"
            msg = f"{msg} which no page can show; take it out of the record"
            raise ExportError(MARKDOWN.name, msg)
        return plain_text(said)

    def _heading(self, depth: int, text: str) -> str:
        return f"{'#' * (self._options.heading_level + depth)} {text}"

    def _table(self, head: list[str], body: list[list[str]]) -> str:
        lines = [head, ["---"] * len(head), *body]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)

    def _missions(self) -> Iterator[str]:
        if not self._record.missions:
            return
        yield self._heading(1, self._say("missions"))
        columns = ["mission", "opened", "closed", "heads"]
        body = []
        for mission in self._record.missions:
            heads = (
                f"{self._text(head.person)} ({self._text(head.title)})"
                for head in mission.heads
            )
            name = f"{self._text(mission.name)} ({self._text(mission.acronym)})"
            opened = self._dated(mission.opening)
            closed = "" if mission.closing is None else self._dated(mission.closing)
            body.append([name, opened, closed, "; ".join(heads)])
        yield self._table([self._say(column) for column in columns], body)

    def _memberships(self) -> Iterator[str]:
        if not self._record.memberships:
            return
        yield self._heading(1, self._say("memberships"))
        body = [
            [
                f"{self._text(m.organization)} ({self._text(m.acronym)})",
                self._dated(m.admission),
            ]
            for m in self._record.memberships
        ]
        columns = ["organization", "since"]
        yield self._table([self._say(column) for column in columns], body)

    def _dated(self, event: Event) -> str:
        mark = " \\*" if event.disputed else ""
        return self._language.format_date(event.date) + mark

    def _event(self, event: Event) -> Iterator[str]:
        when = self._language.format_span(event.date, event.until)
        notes = []
        if event.yearly:
            notes.append(self._say("yearly"))
        if event.status is EventStatus.ANNOUNCED:
            notes.append(self._say("announced"))
        if event.areas:
            notes.append(", ".join(self._text(area.name) for area in event.areas))
        note = f" · {' · '.join(notes)}" if notes else ""
        yield self._heading(2, self._text(event.title))
        refs = " ".join(f"[{self._number(c.source)}]" for c in event.citations)
        refs = refs.replace("[", "\\[").replace("]", "\\]")
        yield f"**{when}**{note} {refs}"
        if event.description is not None:
            yield self._text(event.description)
        if event.disputed:
            lines = [self._claim(each) for each in event.dated_citations]
            yield "\n".join([f"{self._say('disputed')}:", "", *lines])

    def _claim(self, citation: Citation) -> str:
        when = self._language.format_span(citation.date, citation.until)
        who = self._text(citation.source.publisher)
        number = self._number(citation.source)
        says = f" – {self._text(citation.says)}" if citation.says else ""
        return f"- **{when}**: {who} \\[{number}\\]{says}"

    def _number(self, source: Source) -> int:
        return self._numbers.setdefault(source.id, len(self._numbers) + 1)

    def _source(self, source: Source) -> str:
        parts = [f"{self._text(source.title)} – {self._text(source.publisher)}"]
        if source.symbol is not None:
            parts.append(self._text(source.symbol))
        if source.published is not None:
            parts.append(self._language.format_date(source.published))
        if source.url is not None:
            parts.append(f"<{source.url}>")
        return ", ".join(parts)

    def _timeline(self) -> str:
        lines = ["```mermaid", "timeline"]
        for event in self._record.events:
            words = mermaid_text(event.title.in_(self._language))
            lines.append(f"    {event.date.year} : {words}")
        return "\n".join([*lines, "```"])


def plain_text(text: str) -> str:
    """
    Return *text* on one line, so that Markdown takes it for nothing but text.
    """
    line = _SPECIAL.sub(r"\\\g<0>", one_line(text))
    return _AT_START.sub(r"\1\\", line)


def mermaid_text(text: str) -> str:
    """
    Return *text* so that a Mermaid timeline takes it for nothing but text.
    """
    line = one_line(text)
    return re.sub(r"[^\w\s,.–—«»“”’()/-]", lambda found: f"#{ord(found[0])};", line)


MARKDOWN = Exporter(
    name="markdown",
    summary="A chronology to print and paste, with numbered sources.",
    media_type="text/markdown",
    suffix=".md",
    options=MarkdownOptions,
    render=render,
)
