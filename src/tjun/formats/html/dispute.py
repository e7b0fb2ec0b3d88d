"""
The drawing of a single disputed date, on a scale that shows the difference.
"""

from __future__ import annotations

import datetime as dt
import itertools
from calendar import monthrange
from collections.abc import Iterator

import attrs

from tjun import Account, Event, Language, PartialDate, Precision, one_line
from tjun.formats.html.accounts import label_of
from tjun.formats.html.marks import mark_of
from tjun.formats.html.packing import text_width, wrap
from tjun.formats.html.shapes import Label, Mark, Tick, Timeline
from tjun.formats.html.timeline import FONT_SIZE

__all__ = ["draw_dispute"]

_WIDTH = 320.0
_MARGIN = 4.0
_LABEL = 14.0
_LINES = 2
_MARK = 10.0
_GAP = 6.0
_TICK_GAP = 16.0
_AXIS = 16.0
_STEPS = {
    Precision.DAY: [1, 2, 5, 10, 20],
    Precision.MONTH: [1, 2, 3, 6, 12],
    Precision.YEAR: [step * 10**k for k in range(4) for step in (1, 2, 5)],
}
_MOST_DAYS = 45  # A longer axis shows months,
_MOST_MONTHS = 731  # and one of more than two years shows years.


def draw_dispute(event: Event, language: Language) -> Timeline:
    """
    Return the shapes that compare the accounts of a disputed event.

    Each account has its label and, below it, a mark as wide as the time in which the
    event happened according to it. Marks that overlap can both be true.

    Args:
        event: The event.

        language: The language of the labels.
    """
    accounts = event.accounts
    scale = _scale_for(accounts)
    marks: list[Mark] = []
    labels: list[Label] = []
    y = 0.0
    for account in accounts:
        text = one_line(label_of(account, language))
        for line in wrap(text, size=FONT_SIZE, width=_WIDTH, lines=_LINES):
            labels.append(_label(line, y, event))
            y += _LABEL
        marks.append(
            mark_of(event, account, scale, y=y, height=_MARK, language=language)
        )
        y += _MARK + _GAP
    return Timeline(
        width=_WIDTH,
        height=y + _AXIS,
        year_width=scale.day_width * 365,
        marks=tuple(marks),
        connectors=(),  # They would cross the labels.
        labels=tuple(labels),
        ticks=tuple(_ticks(scale, language)),
    )


def _label(text: str, y: float, event: Event) -> Label:
    return Label(
        text=text,
        role="account",
        x=0.0,
        y=y,
        width=text_width(text, FONT_SIZE),
        height=_LABEL,
        event_id=event.id,
    )


@attrs.frozen
class _DayScale:
    """
    The positions of days on an axis without breaks.

    Attributes:
        first: The first day.

        last: The last day.

        day_width: The width of one day.
    """

    first: dt.date
    last: dt.date
    day_width: float

    def extent(self, date: PartialDate) -> tuple[float, float]:
        """
        Return where the first day that is known begins and the last one ends.
        """
        first = self.first.toordinal()
        start = date.extent[0].toordinal() - first
        end = date.extent[1].toordinal() + 1 - first
        return _MARGIN + start * self.day_width, _MARGIN + end * self.day_width


def _ticks(scale: _DayScale, language: Language) -> list[Tick]:
    """
    Return days, months or years to write on the axis, at equal intervals.
    """
    precision = _tick_precision((scale.last - scale.first).days + 1)
    dates = list(_units(scale.first, scale.last, precision))
    choices = [
        [Tick(language.format_date(d), scale.extent(d)[0]) for d in dates[::step]]
        for step in _STEPS[precision]
    ]
    fitting = [each for each in choices if _fits(each)]
    chosen = fitting[0] if fitting else choices[-1][:1]
    return [tick for tick in chosen if _end(tick) <= _WIDTH]


def _fits(ticks: list[Tick]) -> bool:
    pairs = itertools.pairwise(ticks)
    return all(_end(one) + _TICK_GAP <= other.x for one, other in pairs)


def _end(tick: Tick) -> float:
    return tick.x + text_width(tick.text, FONT_SIZE)


def _scale_for(accounts: tuple[Account, ...]) -> _DayScale:
    first = min(account.date.extent[0] for account in accounts)
    last = max((account.until or account.date).extent[1] for account in accounts)
    days = last.toordinal() - first.toordinal() + 1
    return _DayScale(first, last, (_WIDTH - 2 * _MARGIN) / days)


def _tick_precision(days: int) -> Precision:
    if days <= _MOST_DAYS:
        return Precision.DAY
    return Precision.MONTH if days <= _MOST_MONTHS else Precision.YEAR


def _units(
    first: dt.date, last: dt.date, precision: Precision
) -> Iterator[PartialDate]:
    """
    Yield the days, months or years that begin from *first* to *last*.
    """
    for year in range(first.year, last.year + 1):
        if precision is Precision.YEAR:
            dates = [PartialDate(year)]
        elif precision is Precision.MONTH:
            dates = [PartialDate(year, month) for month in range(1, 13)]
        else:
            dates = [
                PartialDate(year, month, day)
                for month in range(1, 13)
                for day in range(1, monthrange(year, month)[1] + 1)
            ]
        yield from (date for date in dates if first <= date.anchor <= last)
