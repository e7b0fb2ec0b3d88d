"""
The anniversaries of events: their dates, numbers and titles.
"""

from __future__ import annotations

import datetime as dt
import functools
from calendar import isleap
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Literal, get_args

import attrs

from tjun.locales.available import language as find_language
from tjun.locales.language import Language
from tjun.model.dates import (
    PartialDate,
    Precision,
    as_date,
)
from tjun.model.entities import Event
from tjun.model.kinds import EventStatus
from tjun.model.rules import day_of_rule

__all__ = [
    "Anniversary",
    "Included",
    "LeapDay",
    "Rules",
    "Show",
    "Titles",
    "anniversaries_in",
]

LeapDay = Literal["feb28", "mar1", "skip"]
"""
Where an anniversary of 29 February falls in a common year: on the day before, on the
day after, or nowhere.
"""

Show = Literal["usual", "major", "all"]
"""
Which anniversaries are included: those that the weight of an event suggests, only
those of major events and observances, or all of them.
"""


@attrs.frozen(kw_only=True)
class Anniversary:
    """
    One anniversary of an event, or the event itself.

    Attributes:
        event: The event that is remembered.

        date: The day on which it falls; a month if the event is known to the month.

        until: The last day of the event itself or of an observance, if it lasts
            longer; otherwise `None`.

        number: How many years have passed; 0 is the event itself. For an observance
            that marks another event's day, the years since that event.
    """

    event: Event
    date: PartialDate
    until: PartialDate | None = None
    number: int

    @property
    def jubilee(self) -> bool:
        """
        Whether it is a jubilee: every fifth anniversary.

        The event itself is none, nor are anniversaries of events that are solemn or
        minor, or of observances that mark no event.
        """
        event = self.event
        counted = not event.yearly or event.marks is not None
        celebrated = counted and not event.solemn and event.weight != "minor"
        return self.number > 0 and self.number % 5 == 0 and celebrated

    @classmethod
    def of(cls, event: Event, year: int, leap_day: LeapDay) -> Anniversary | None:
        """
        Return the anniversary of *event* in *year*, or `None` if there is none.

        Raises:
            ValueError: If the year or an option is invalid.
        """
        rules = Rules(show="all", leap_day=leap_day)
        years = [PartialDate(year).anchor.year]
        return next(anniversaries_in([event], years, rules, lambda *_: True), None)

    def title(self, language: str | Language = "en") -> str:
        """
        Return the title of the anniversary: `35th anniversary: … (1992)`.

        It contains the short title of the event if there is one. A solemn event is not
        called an anniversary: `30 years ago: … (1996)`. The
        event itself (number 0) has its own title, and so has a yearly observance; if
        that marks the day of another event, the number follows in parentheses. If
        only the month is known, the title says so.

        Args:
            language: A BCP 47 tag, or a `Language`.

        Raises:
            NotFoundError: If there is no such language.
        """
        return Titles(self.event, language).of(self.number)


class Titles:
    """
    The titles of one event's anniversaries, which differ in the number.

    It is faster than `Anniversary.title()` for many anniversaries of one event.

    Args:
        event: The event.

        language: The language of the titles, as a BCP 47 tag or a `Language`. The
            event's own title may be in a regional variant that only the tag names.

    Raises:
        NotFoundError: If there is no such language.
    """

    def __init__(self, event: Event, language: str | Language) -> None:
        spoken = find_language(language)
        self._event, self._language = event, spoken
        title = event.title if event.short is None else event.short
        self._plain = self._numbered = title.in_(language)
        if event.date.precision is Precision.MONTH:
            note = spoken.month_only(event.date)
            self._plain = self._numbered = spoken.titled(self._plain, note=note)
        elif not event.yearly:
            note = spoken.format_date(_year(event.date.anchor.year))
            self._numbered = spoken.titled(self._plain, note=note)

    def of(self, number: int) -> str:
        """
        Return the title of the anniversary with this number, as `Anniversary.title()`.
        """
        event, language = self._event, self._language
        if number == 0 or (event.yearly and event.marks is None):
            return self._plain
        name = language.years_ago if event.solemn else language.anniversary
        if event.yearly:
            return language.titled(self._numbered, note=name(number))
        return language.titled(self._numbered, prefix=name(number))


@functools.lru_cache
def _year(year: int) -> PartialDate:
    return PartialDate(year)


def _require_choice(name: str, value: object, options: tuple[str, ...]) -> None:
    if value not in options:
        msg = f"expected {name} to be one of {', '.join(options)}, got {value!r}"
        raise ValueError(msg)


@attrs.frozen(kw_only=True)
class Rules:
    """
    Which anniversaries of which events are included.
    """

    every: int = 1
    show: Show = "usual"
    leap_day: LeapDay = "feb28"

    def __attrs_post_init__(self) -> None:
        if type(self.every) is not int or self.every < 1:
            msg = f"expected every to be an integer of at least 1, got {self.every!r}"
            raise ValueError(msg)
        _require_choice("show", self.show, get_args(Show))
        _require_choice("leap_day", self.leap_day, get_args(LeapDay))

    def include(self, event: Event, number: int) -> bool:
        """
        Return whether to include the anniversary of this number.
        """
        if number == 0:
            return self.every == 1
        if number % self.every:
            return False
        if self.show == "all" or event.weight == "minor":
            return self.show == "all"
        if event.yearly:
            return True
        major = event.weight == "major"
        if major and event.date.precision is Precision.DAY:
            return True
        return number % 5 == 0 and (self.show == "usual" or major)


Included = Callable[[dt.date, dt.date, dt.date], bool]
"""
Whether to include what begins between the first two days and ends on the third.
"""


class _Occasions:
    """
    The days of events and their anniversaries, found quickly.
    """

    def __init__(self, events: Iterable[Event], leap_day: LeapDay) -> None:
        self._leap_day: LeapDay = leap_day
        self._by_day: dict[tuple[int, int | None], list[Event]] = {}
        self._lasting: list[Event] = []  # Those that move or have a last day.
        for event in events:
            date = event.date
            lasts = event.until is not None and date.day is not None
            if lasts or event.rule is not None:
                self._lasting.append(event)
            elif date.month is not None and date.qualifier is None:
                self._by_day.setdefault((date.month, date.day), []).append(event)

    def in_year(self, year: int, included: Included) -> Iterator[Anniversary]:
        """
        Yield those in *year* that are *included*.
        """
        for (month, day), same_day in self._by_day.items():
            on = _falls_on(year, month, day, self._leap_day)
            if on is None:
                continue
            begins, ends = on.extent
            if included(begins, ends, ends):
                yield from _numbered(same_day, year, on)
        for event in self._lasting:
            on, until = _lasts(event, year, self._leap_day)
            if on is not None and included(*on.extent, (until or on).extent[1]):
                yield from _numbered([event], year, on, until)


def anniversaries_in(
    events: Collection[Event],
    years: Iterable[int],
    rules: Rules,
    included: Included,
) -> Iterator[Anniversary]:
    """
    Yield the anniversaries in these years that are *included*, in order.

    Args:
        events: The events.

        years: The years, in order.

        rules: Which anniversaries of which events.

        included: Whether to include one that falls on certain days.
    """
    occasions = _Occasions(events, rules.leap_day)
    for year in years:
        found = [
            each
            for each in occasions.in_year(year, included)
            if rules.include(each.event, each.number)
        ]
        covered = _covered(found)
        for each in sorted(found, key=lambda each: (each.date.sort_key, each.event.id)):
            if each.event.id not in covered:
                yield each


def _numbered(
    events: Iterable[Event],
    year: int,
    date: PartialDate,
    until: PartialDate | None = None,
) -> Iterator[Anniversary]:
    for event in events:
        number = _number(event, year)
        if number is not None:
            yield Anniversary(event=event, date=date, until=until, number=number)


def _falls_on(
    year: int, month: int, day: int | None, leap_day: LeapDay
) -> PartialDate | None:
    """
    Return the date in *year*, or `None` if it is skipped in common years.
    """
    if (month, day) != (2, 29) or isleap(year):
        return PartialDate(year, month, day)
    if leap_day == "skip":
        return None
    return PartialDate(year, 3, 1) if leap_day == "mar1" else PartialDate(year, 2, 28)


def _lasts(
    event: Event, year: int, leap_day: LeapDay
) -> tuple[PartialDate | None, PartialDate | None]:
    """
    Return the first and the last day in *year* of an event with a last day or a rule.
    """
    date, until = event.date, event.until
    exact = date.day is not None and date.qualifier is None
    if year == date.anchor.year and exact:
        return date, until
    if event.rule is not None:
        on: PartialDate | None = as_date(day_of_rule(event.rule, year))
    elif date.month is None or date.qualifier is not None:
        return None, None
    else:
        on = _falls_on(year, date.month, date.day, leap_day)
    if on is None or not event.yearly or until is None or until.day is None:
        return on, None
    if event.rule is not None:
        last = on.extent[0] + (until.extent[0] - date.extent[0])
        return on, as_date(last)
    later = year + (until.anchor.year - date.anchor.year)
    end = _falls_on(later, until.anchor.month, until.anchor.day, "feb28")
    return on, end


def _number(event: Event, year: int) -> int | None:
    """
    Return the number of the anniversary in *year*, or `None` if there is none.
    """
    first = event.date.anchor.year
    if year < first:
        return None
    if year > first and event.status is EventStatus.ANNOUNCED:
        return None
    marked = event.marks if event.yearly else None
    counted = first if marked is None else marked.date.anchor.year
    return max(0, year - counted)


def _covered(same_year: Collection[Anniversary]) -> set[str]:
    """
    Return the ids of events that are left out because another entry covers them.

    Of an observance and the event that it marks, if they fall on one day, that is the
    observance if the event is major, otherwise the event.
    """
    found = {each.event.id: each for each in same_year if each.number > 0}
    covered: set[str] = set()
    for each in same_year:
        marked = each.event.marks
        while marked is not None:
            if marked.id in found and found[marked.id].date == each.date:
                major = marked.weight == "major"
                covered.add(each.event.id if major else marked.id)
            marked = marked.marks
    return covered
