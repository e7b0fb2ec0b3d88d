"""
A chronology to print or paste: CommonMark with GitHub's tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs
from attrs.validators import ge, le

from tjun import (
    Citation,
    Event,
    EventStatus,
    Exporter,
    ExportRequest,
    Membership,
    Mission,
    Post,
    Source,
    Text,
    cite,
    one_line,
)
from tjun.formats.printable import check_printable

__all__ = ["MARKDOWN", "MarkdownOptions"]

# What CommonMark, and GitHub's dialect of it, may interpret: anywhere in a line, and
# at its beginning.
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>|~&$#@^]|:(?=//|\w+:)|(?<=[wW]{3})\.")
_AT_START = re.compile(r"^(\d*)(?=[-+=.)])")
_MAX_SHOWN = 40  # Characters of a text in an error message.


@attrs.frozen(kw_only=True)
class MarkdownOptions:
    """
    What to put on the page.

    Attributes:
        heading_level: The level of the page's title, from 1 to 4; the other headings
            are below it.
    """

    heading_level: int = attrs.field(default=1, validator=[ge(1), le(4)])


def render(request: ExportRequest[MarkdownOptions]) -> Iterator[bytes]:
    """
    Yield the page: title, missions and memberships, events by decade, sources.

    Raises:
        ExportError: If a text contains a control character.
    """
    page = _Page(request)
    for block in page.blocks():
        yield f"{block}\n\n".encode()


class _Page:
    def __init__(self, request: ExportRequest[MarkdownOptions]) -> None:
        self._record = request.chronology
        self._language = request.language
        self._options = request.options
        self._numbers: dict[str, int] = {}  # Of the sources, in order of first use.
        self._marked = False  # Whether an asterisk needs an explanation.

    def blocks(self) -> Iterator[str]:
        """
        Yield the blocks of the page, without the blank lines between them.
        """
        title = self._record.title
        name = self._label("chronology") if title is None else self._text(title)
        yield self._heading(0, name)
        yield from self._missions()
        yield from self._memberships()
        if self._marked:
            yield f"\\* {self._label('disputed')}"
        decade = None
        for event in self._record.events:
            if (start := event.date.anchor.year // 10 * 10) != decade:
                decade = start
                yield self._heading(1, f"{decade}–{decade + 9}")
            yield from self._event(event)
        if self._numbers:
            yield self._heading(1, self._label("sources"))
            yield "\n".join(
                f"{number}. {self._source(self._record.sources[own])}"
                for own, number in self._numbers.items()
            )
        yield from self._colophon()

    def _label(self, key: str) -> str:
        return self._language.label(key)

    def _text(self, text: Text | str) -> str:
        string = text if isinstance(text, str) else text.in_(self._language)
        check_printable(MARKDOWN.name, string, f"the text {string[:_MAX_SHOWN]!r}")
        return plain_text(string)

    def _heading(self, depth: int, text: str) -> str:
        return f"{'#' * (self._options.heading_level + depth)} {text}"

    def _table(self, columns: list[str], rows: list[list[str]]) -> str:
        head = [self._label(column) for column in columns]
        lines = [head, ["---"] * len(head), *rows]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)

    def _colophon(self) -> Iterator[str]:
        """
        Yield who publishes the record, under which licence, and when it was revised.
        """
        record, parts = self._record, []
        if record.publisher is not None:
            parts.append(self._text(record.publisher))
        if record.licence is not None:
            parts.append(f"{self._label('licence')}: {self._text(record.licence)}")
        if record.contact is not None:
            parts.append(f"{self._label('report_error')}: {self._text(record.contact)}")
        if record.stamp is not None:
            date = self._language.format_date(record.stamp.date())
            parts.append(self._language.label("updated", date=date))
        if parts:
            yield " · ".join(parts)
        if record.is_draft(self._language.tag):
            yield self._label("draft_translation")

    def _missions(self) -> Iterator[str]:
        if self._record.missions:
            yield self._heading(1, self._label("missions"))
            rows = [self._mission(mission) for mission in self._record.missions]
            yield self._table(["mission", "opened", "closed", "heads"], rows)
            for mission in self._record.missions:
                known = [each for each in (mission.seat, mission.mandate) if each]
                if known:
                    name = mission.acronym or mission.name
                    yield " · ".join(map(self._text, [name, *known]))

    def _mission(self, mission: Mission) -> list[str]:
        return [
            self._named(mission.name, mission.acronym),
            self._dated(mission.opening),
            "" if mission.closing is None else self._dated(mission.closing),
            "; ".join(map(self._head, mission.heads)),
        ]

    def _head(self, head: Post) -> str:
        terms = [self._text(head.title)]
        if head.start is not None or head.end is not None:
            terms.append(self._language.format_span(head.start, head.end))
        return f"{self._text(head.person)} ({', '.join(terms)})"

    def _memberships(self) -> Iterator[str]:
        if self._record.memberships:
            yield self._heading(1, self._label("memberships"))
            columns = ["organization", "since"]
            if any(each.withdrawal is not None for each in self._record.memberships):
                columns.append("left")
            rows = [self._membership(each) for each in self._record.memberships]
            yield self._table(columns, [row[: len(columns)] for row in rows])

    def _membership(self, membership: Membership) -> list[str]:
        name = self._named(membership.organization, membership.acronym)
        if membership.member is not None:
            name = f"{name}: {self._text(membership.member)}"
        left = membership.withdrawal
        ends = "" if left is None else self._dated(left)
        return [name, self._dated(membership.admission), ends]

    def _named(self, name: Text, acronym: str | None) -> str:
        text = self._text(name)
        return text if acronym is None else f"{text} ({self._text(acronym)})"

    def _dated(self, event: Event) -> str:
        return self._language.format_date(event.date) + self._mark(event)

    def _mark(self, event: Event) -> str:
        if not event.disputed:
            return ""
        self._marked = True
        return " \\*"

    def _event(self, event: Event) -> Iterator[str]:
        when = self._language.format_span(event.date, event.until)
        notes = []
        if event.yearly:
            notes.append(self._label("yearly"))
        if event.status is EventStatus.ANNOUNCED:
            notes.append(self._label("announced"))
        if event.place is not None:
            notes.append(self._text(event.place))
        if event.areas:
            notes.append(", ".join(self._text(area.name) for area in event.areas))
        note = "".join(f" · {each}" for each in notes)
        numbers = " ".join(self._number(each.source) for each in event.citations)
        yield self._heading(2, self._text(event.title))
        yield f"**{when}**{note} {numbers}"
        if event.description is not None:
            yield self._text(event.description)
        if event.disputed:
            lines = [self._account(each) for each in event.dated_citations]
            yield "\n".join([f"{self._label('disputed')}:", "", *lines])
            if event.reason is not None:
                yield self._text(event.reason)
        for correction in event.corrections:
            date = self._language.format_date(correction.on)
            note = self._language.label(
                "corrected_on", date=date, note=correction.note.in_(self._language)
            )
            yield self._text(note)

    def _account(self, citation: Citation) -> str:
        when = self._language.format_span(citation.date, citation.until)
        who = self._text(citation.source.publisher.name)
        line = f"- **{when}**: {who} {self._number(citation.source)}"
        for exact in (citation.as_written, citation.locator):
            if exact is not None:
                line = f"{line}, {self._text(exact)}"
        if not citation.verified:
            line = f"{line} ({self._label('not_verified')})"
        if citation.alternative is not None:
            other = citation.alternative.title.in_(self._language)
            note = self._language.label("describes_another_event", event=other)
            line = f"{line}, {self._text(note)}"
        return f"{line} – {self._text(citation.says)}" if citation.says else line

    def _number(self, source: Source) -> str:
        number = self._numbers.setdefault(source.id, len(self._numbers) + 1)
        return f"\\[{number}\\]"

    def _source(self, source: Source) -> str:
        reference = cite(source, language=self._language)
        address = source.address_in(self._language)
        if address is None:
            return self._text(reference)
        before, _, after = reference.partition(address)
        space = " " if after.startswith(" ") else ""
        return f"{self._text(before)} <{address}>{space}{self._text(after)}"


def plain_text(text: str) -> str:
    """
    Return *text* on one line, escaped so that Markdown shows it unchanged.
    """
    line = _SPECIAL.sub(r"\\\g<0>", one_line(text))
    return _AT_START.sub(r"\1\\", line)


MARKDOWN = Exporter(
    name="markdown",
    summary="A chronology to print and paste, with numbered sources.",
    media_type="text/markdown",
    suffix=".md",
    options=MarkdownOptions,
    render=render,
)
