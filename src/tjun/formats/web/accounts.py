"""
The dates that sources give for an event, on a common axis.
"""

from __future__ import annotations

import datetime as dt

import attrs

from tjun import Account, Event, Publisher

__all__ = ["Axis", "Bar"]

_WHOLE = 100.0  # Positions are percentages.


@attrs.frozen(kw_only=True)
class Bar:
    """
    One of the dates, and where it is on the axis.

    Attributes:
        account: The date, and the sources that give it.

        start: Where the first possible day begins, in percent of the axis.

        width: From there to the end of the last possible day.
    """

    account: Account
    start: float
    width: float

    @property
    def publishers(self) -> list[Publisher]:
        """
        Who gives the date, without repetition.
        """
        cited = (each.source.publisher for each in self.account.citations)
        return list({each.id: each for each in cited}.values())

    @property
    def exact(self) -> bool:
        """
        Whether the day is known.
        """
        date = self.account.date
        return date.day is not None and date.qualifier is None


@attrs.frozen
class Axis:
    """
    The axis of the dates of one event.

    Attributes:
        event: The event.
    """

    event: Event

    @property
    def ends(self) -> tuple[dt.date, dt.date]:
        """
        The first and the last day of the axis.
        """
        spans = [_span(account) for account in self.event.accounts]
        return min(first for first, _ in spans), max(last for _, last in spans)

    def bars(self) -> list[Bar]:
        """
        Return the dates that sources give, first the one that the record uses.
        """
        first, last = self.ends
        day = _WHOLE / ((last - first).days + 1)
        found = []
        for account in self.event.accounts:
            start, end = _span(account)
            found.append(
                Bar(
                    account=account,
                    start=(start - first).days * day,
                    width=((end - start).days + 1) * day,
                )
            )
        return found


def _span(account: Account) -> tuple[dt.date, dt.date]:
    """
    Return the first and the last possible day of an event according to its sources.
    """
    first, last = account.date.extent
    if account.until is not None:
        last = max(
            last if account.date.day is not None else first, account.until.extent[1]
        )
    return first, last
