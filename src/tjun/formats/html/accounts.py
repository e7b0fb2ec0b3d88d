"""
The accounts that sources give of an event: one for each date.
"""

from __future__ import annotations

import attrs

from tjun import Citation, Event, Language, PartialDate

__all__ = ["Account", "accounts_of"]


@attrs.frozen(kw_only=True)
class Account:
    """
    A date, and the citations that give it.

    Attributes:
        number: The position among the accounts of the event.

        date: The day, month or year, or the first one.

        until: The last one, or `None` for a single date.

        citations: The citations, most authoritative first; empty if only the record
            itself gives the date.
    """

    number: int
    date: PartialDate
    until: PartialDate | None
    citations: tuple[Citation, ...]

    @property
    def source_ids(self) -> tuple[str, ...]:
        """
        The ids of the sources, in the order of the citations.
        """
        return tuple(citation.source.id for citation in self.citations)

    def when(self, language: Language) -> str:
        """
        Return the date in words.
        """
        return language.format_span(self.date, self.until)

    def label(self, language: Language) -> str:
        """
        Return the date and who gives it: `2000-05 · The Ministry and 3 more sources`.
        """
        when = self.when(language)
        if not self.citations:
            return when
        who = self.citations[0].source.publisher
        others = len(self.citations) - 1
        if others:
            who = f"{who} {language.count('more_sources', others)}"
        return f"{when} · {who}"


def accounts_of(event: Event) -> tuple[Account, ...]:
    """
    Return the accounts of *event*; a single one if its date is not disputed.

    The account that the event's own date follows is the first; the others are in
    the order of the citations.
    """
    own = (event.date, event.until)
    found: dict[tuple[PartialDate, PartialDate | None], list[Citation]] = {own: []}
    for citation in event.citations:
        if citation.date is not None:
            found.setdefault((citation.date, citation.until), []).append(citation)
    if not event.disputed:
        found = {own: found[own]}
    return tuple(
        Account(number=number, date=date, until=until, citations=tuple(citations))
        for number, ((date, until), citations) in enumerate(found.items())
    )
