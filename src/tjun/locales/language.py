"""
A language, and how dates, numbers and anniversaries are written in it.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable, Mapping
from typing import Any, Literal

import attrs

from tjun.errors import NotFoundError
from tjun.locales.reading import FilePath, read, resource
from tjun.model.dates import DateLike, PartialDate, Precision, as_date
from tjun.suggestions import suggest

__all__ = ["BUILTIN", "Language", "builtin"]

BUILTIN = ("en", "ru", "tg")
"""
The tags of the languages that are part of tjun.
"""

_LEAP_YEAR = 2000  # So that 29 February exists.
_SHORTEST_MONTH = 3  # Letters of an abbreviation, such as "Mar".
_ENDING = r"-?[^\W\d_]{1,4}"  # Of an ordinal number, such as "nd".
_DAYS = (
    re.compile(rf"(?P<day>\d{{1,2}})(?:{_ENDING}\s+|[\s.,-]*)(?P<month>.+)"),
    re.compile(rf"(?P<month>.+?)[\s.,-]*(?P<day>\d{{1,2}})(?:{_ENDING})?"),
)


@attrs.frozen(kw_only=True)
class Language:
    """
    A language in which tjun can write dates, numbers, anniversaries and labels.

    `Language.load()` reads one from a file.

    Attributes:
        tag: The BCP 47 tag, such as `ky` or `zh-Hant`.

        name: The name of the language in the language itself.

        direction: The direction of its script: `ltr` or `rtl`.

        missing: The keys of labels and counted nouns that its file lacks; they are
            in English.
    """

    tag: str
    name: str
    direction: Literal["ltr", "rtl"] = "ltr"
    missing: tuple[str, ...] = attrs.field(default=(), repr=False)
    _values: Mapping[str, Any] = attrs.field(alias="values", hash=False, repr=False)
    # A calendar of many years needs the same few numbers thousands of times.
    _written: dict[tuple[str, float, type], str] = attrs.field(
        factory=dict, init=False, eq=False, repr=False
    )

    @classmethod
    def load(cls, path: FilePath) -> Language:
        """
        Return the language that a language file describes.

        Args:
            path: A TOML file that begins with `language = 1`; either a path, or a
                file of a package as returned by `importlib.resources.files()`.

        Raises:
            DataError: If the file cannot be used; lists everything that is wrong.
        """
        values, missing = read(path)
        own = {key: values.pop(key) for key in ("tag", "name", "direction")}
        return cls(**own, missing=missing, values=values)

    def format_date(self, date: DateLike) -> str:
        """
        Return *date* as it is written in a sentence: `2 March 1992`, `about 1992`.

        Raises:
            ValueError: If *date* is not a date.
        """
        date = as_date(date)
        if date.ends is not None:
            return self._interval(*date.ends)
        if date.qualifier is not None:
            return self._filled("dates.about", date=self._after_word(date))
        return self._filled(f"dates.{date.precision.name.lower()}", **self._parts(date))

    def _interval(self, first: PartialDate | None, last: PartialDate | None) -> str:
        if first is None or last is None:
            known = next(end for end in (first, last) if end is not None)
            key = "dates.not_later" if first is None else "dates.not_earlier"
            return self._filled(key, date=self._after_word(known))
        return self._span("between", first, last, self._after_word)

    def format_span(self, date: DateLike | None, until: DateLike | None) -> str:
        """
        Return the time from *date* to *until*: `20–22 June 2018`, `1992–2000`.

        Args:
            date: The first day, month or year; without it, the result says that
                there is no date.

            until: The last day, month or year; without it, only *date* is written.

        Raises:
            ValueError: If one of them is not a date.
        """
        if date is None:
            return self.label("no_date")
        first = as_date(date)
        last = first if until is None else as_date(until)
        if first == last:
            return self.format_date(first)
        return self._span("spans", first, last, self.format_date)

    def _span(
        self,
        section: str,
        first: PartialDate,
        last: PartialDate,
        whole: Callable[[PartialDate], str],
    ) -> str:
        after_word = section == "between"
        before = self._parts(first, after_word=after_word)
        return self._filled(
            f"{section}.{_span(first, last)}",
            first=whole(first),
            last=whole(last),
            **{f"first_{key}": value for key, value in before.items()},
            **self._parts(last, after_word=after_word),
        )

    def _filled(self, key: str, /, **values: object) -> str:
        pattern: str = self._values[key]
        return pattern.format(**values)

    def _after_word(self, date: PartialDate) -> str:
        """
        Return a day, a month or a year as it is written after a word like "about".
        """
        precision = date.precision.name.lower()
        parts = self._parts(date, after_word=True)
        return self._filled(f"dates.{precision}", **parts)

    def _parts(self, date: PartialDate, *, after_word: bool = False) -> dict[str, str]:
        parts = {}
        if date.ends is None:
            year, digits = str(date)[:4], str(date)[:3]
            decade = date.precision is Precision.DECADE
            parts = {"decade": f"{digits}0"} if decade else {"year": year}
            parts = {key: value.lstrip("0") or "0" for key, value in parts.items()}
        if date.month is not None:
            names = "dates.months_after_word" if after_word else "dates.months"
            if date.day is not None:
                names = "dates.months_after_day"
            parts["month"] = self._values[names][date.month - 1]
        if date.day is not None:
            parts["day"] = str(date.day)
        if date.season is not None:
            parts["season"] = self._values["dates.seasons"][date.season - 1]
        return parts

    def month_only(self, date: DateLike) -> str:
        """
        Return a month, and that its day is not known: `May 2000, day not known`.

        Raises:
            ValueError: If *date* is not a date.
        """
        return self._filled("dates.month_only", date=self.format_date(date))

    def weekday(self, day: dt.date) -> str:
        """
        Return the name of the day of the week: `Monday`.
        """
        return str(self._values["dates.weekdays"][day.weekday()])

    def format_number(self, number: float) -> str:
        """
        Return *number* in digits: an `int` as it is, a `float` with one decimal.
        """
        if isinstance(number, int):
            return str(number)
        return f"{number:.1f}".replace(".", self._values["numbers.decimal"])

    def ordinal(self, number: int) -> str:
        """
        Return *number* as the number of an anniversary: `35th`.
        """
        return self._of("numbers.ordinal", number)

    def anniversary(self, number: int) -> str:
        """
        Return the name of an anniversary by its number: `35th anniversary`.
        """
        return self._filled("anniversaries.anniversary", ordinal=self.ordinal(number))

    def years_ago(self, number: int) -> str:
        """
        Return how many years ago a death or a disaster was: `30 years ago`.
        """
        return self._of("anniversaries.years_ago", number)

    def count(self, key: str, number: float) -> str:
        """
        Return *number* with a noun in the right form: `1 source`, `6.3 years`.

        Args:
            key: `days`, `events`, `sources`, `more_sources` or `years`.

            number: An `int`, or a `float` to be written with one decimal.

        Raises:
            NotFoundError: If there is no such noun.
        """
        full = f"counts.{key}"
        if full not in self._values:
            what = "counted noun"
            raise _not_found(what, key, "counts.", self._values)
        return self._of(full, number)

    def _of(self, key: str, number: float) -> str:
        wanted = key, number, type(number)  # 1 and 1.0 have different forms.
        known = self._written.get(wanted)
        if known is None:
            form = next(each for each in self._values[key] if each.fits(number))
            known = form.form.format(number=self.format_number(number))
            self._written[wanted] = known
        return known

    def label(self, key: str, /, **values: object) -> str:
        """
        Return a word or a sentence of the interface: `Sources`.

        The file `en.toml` lists all keys. A label that the language lacks is in
        English.

        Args:
            key: The key of the label, such as `sources`.

            values: What to fill in: `label("read_on", date="2 March 2027")`.

        Raises:
            NotFoundError: If there is no such label.
        """
        if f"labels.{key}" not in self._values:
            what = "label"
            raise _not_found(what, key, "labels.", self._values)
        return self._filled(f"labels.{key}", **values)

    def titled(self, title: str, *, prefix: str = "", note: str = "") -> str:
        """
        Return the title of an anniversary: `35th anniversary: … (1992)`.

        Args:
            title: The title of the event.

            prefix: What comes before it, such as the number of the anniversary.

            note: What follows it in parentheses, such as the year.
        """
        if note:
            title = self._filled("anniversaries.note", title=title, note=note)
        if prefix:
            title = self._filled("anniversaries.title", anniversary=prefix, title=title)
        return title

    def parse_day(self, text: str) -> tuple[int, int] | None:
        """
        Return the month and the day in *text*, such as `2 March` or `March 2nd`.

        The name of a month may be shortened to three letters or more.

        Returns:
            The numbers of the month and the day, or `None` if *text* is not a day.
        """
        for pattern in _DAYS:
            match = pattern.fullmatch(text.strip().casefold())
            month = None if match is None else self._month(match["month"].rstrip("."))
            if match is not None and month is not None:
                return _existing(month, int(match["day"]))
        return None

    def _month(self, word: str) -> int | None:
        lists = [self._values["dates.months"], self._values["dates.months_after_day"]]
        names = [(m, n.casefold()) for each in lists for m, n in enumerate(each, 1)]
        found = {month for month, name in names if name == word}
        if not found and len(word) >= _SHORTEST_MONTH:
            found = {month for month, name in names if name.startswith(word)}
        return found.pop() if len(found) == 1 else None


def _span(first: PartialDate, last: PartialDate) -> str:
    approximate = first.qualifier is not None or last.qualifier is not None
    if first.precision is not last.precision or approximate or first.year is None:
        return "other"
    if first.precision is Precision.YEAR:
        return "years"
    if first.year != last.year:
        return "other"
    if first.precision is Precision.MONTH:
        return "months"
    return "same_month" if first.month == last.month else "same_year"


def _existing(month: int, day: int) -> tuple[int, int] | None:
    try:
        dt.date(_LEAP_YEAR, month, day)
    except ValueError:
        return None
    return month, day


def _not_found(
    what: str, key: str, prefix: str, known: Mapping[str, object]
) -> NotFoundError:
    keys = [each.removeprefix(prefix) for each in known if each.startswith(prefix)]
    return NotFoundError(what, key, suggest(key, keys))


@functools.cache
def builtin(tag: str) -> Language:
    """
    Return the language for *tag*, one of `BUILTIN`.
    """
    return Language.load(resource(tag))
