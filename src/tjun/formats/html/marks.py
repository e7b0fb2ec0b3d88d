"""
Marks: one for each account of an event.
"""

from __future__ import annotations

from typing import Protocol

from tjun import Account, Event, Language, PartialDate, one_line
from tjun.formats.html.accounts import label_of
from tjun.formats.html.shapes import Mark

__all__ = ["mark_of"]


class _Scale(Protocol):
    def extent(self, date: PartialDate) -> tuple[float, float]: ...


def mark_of(
    event: Event,
    account: Account,
    scale: _Scale,
    *,
    y: float,
    height: float,
    language: Language,
) -> Mark:
    """
    Return the mark of one account of an event.

    Args:
        event: The event.

        account: A date, and the sources that give it.

        scale: Where dates are on the axis.

        y: The top of the mark.

        height: The height of the mark.

        language: The language of the title.
    """
    left, right = scale.extent(account.date)
    until = account.until
    end = None if until is None else scale.extent(until)[1]
    if end is not None:
        right = min(right, end)  # The first day is not after the last one.
    when = language.format_span(account.date, until)
    text = label_of(account, language) if event.disputed else when
    return Mark(
        event_id=event.id,
        title=one_line(f"{event.title.in_(language)}: {text}"),
        date=account.date,
        x=left,
        width=right - left,
        y=y,
        height=height,
        end=end,
        major=event.weight == "major",
        used=account.used,
    )
