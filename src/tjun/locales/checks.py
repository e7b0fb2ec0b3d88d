"""
The keys of a language file, and what each of them must contain.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from string import Formatter
from typing import Any

import attrs

from tjun.model.tags import canonical_tag
from tjun.model.text import plain
from tjun.suggestions import first_duplicate

__all__ = ["OPTIONAL", "REQUIRED", "SECTIONS", "Check", "Form", "optional_check"]

SECTIONS = ("dates", "spans", "between", "numbers", "anniversaries", "counts", "labels")
"""
The tables of a language file.
"""

OPTIONAL = ("counts.", "labels.")
"""
How keys begin that a file may lack.
"""

Check = Callable[[Any], Any]
"""
A function that returns a valid value, converted, and raises `ValueError` otherwise.
"""


def _one_of(*known: object, note: str = "") -> Check:
    def check(value: Any) -> Any:
        if value not in known or type(value) is not type(known[0]):
            listed = " or ".join(map(repr, known))
            msg = f"expected {listed}{note}, got {value!r}"
            raise ValueError(msg)
        return value

    return check


def _list_of(item: Callable[[Any], bool], example: str) -> Check:
    def check(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list) or not value or not all(map(item, value)):
            msg = f"expected {example}, got {value!r}"
            raise ValueError(msg)
        return tuple(value)

    return check


def _names(number: int) -> Check:
    def check(value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or len(value) != number:
            got = f"{len(value)} of them" if isinstance(value, list) else repr(value)
            msg = f"expected a list of {number} names, got {got}"
            raise ValueError(msg)
        names = tuple(plain(name, "a name") for name in value)
        if (again := first_duplicate(names)) is not None:
            msg = f"expected {number} different names, got {again!r} twice"
            raise ValueError(msg)
        return names

    return check


def _pattern(*needed: str, optional: tuple[str, ...] = ()) -> Check:
    known = (*needed, *optional)

    def check(value: Any) -> str:
        pattern = plain(value)
        given = _placeholders(pattern)
        for name in needed:
            if name not in given:
                msg = f"expected the placeholder {{{name}}} in {pattern!r}"
                raise ValueError(msg)
        for name in given:
            if name not in known:
                listed = ", ".join(f"{{{each}}}" for each in known) or "none"
                msg = f"unknown placeholder {{{name}}} in {pattern!r}; known: {listed}"
                raise ValueError(msg)
        return pattern

    return check


def _placeholders(pattern: str) -> list[str]:
    try:
        parts = list(Formatter().parse(pattern))
    except ValueError as error:
        msg = f"unpaired brace in {pattern!r}; write a literal brace twice"
        raise ValueError(msg) from error
    # With a conversion or a format, it is no longer a known name and is rejected.
    return [
        name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "")
        for _, name, spec, conversion in parts
        if name is not None
    ]


@attrs.frozen
class Form:
    """
    A pattern, and the numbers it is for; without any, it is for all numbers.

    Attributes:
        form: Text with `{number}` in it.

        endings: Digits that the whole number ends in; `04` fits 4 and 104.

        numbers: Whole numbers.

        fractions: Whether it is for numbers with a decimal part.
    """

    form: str
    endings: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    fractions: bool = False

    @property
    def always(self) -> bool:
        """
        Whether the form is for all numbers.
        """
        return not (self.endings or self.numbers or self.fractions)

    def fits(self, number: float) -> bool:
        """
        Return whether the form is for *number*, a `float` if it has a decimal part.
        """
        if self.always or not isinstance(number, int):
            return self.always or self.fractions
        return number in self.numbers or any(
            number % 10 ** len(ending) == int(ending) for ending in self.endings
        )


_FORM: Mapping[str, Check] = {
    "form": _pattern(optional=("number",)),
    "endings": _list_of(
        lambda each: isinstance(each, str) and each.isascii() and each.isdigit(),
        'digits in quotes such as ["1", "21"]',
    ),
    "numbers": _list_of(
        lambda each: type(each) is int and each >= 0, "whole numbers such as [1, 2]"
    ),
    "fractions": _one_of(True, note=" for fractions"),  # noqa: FBT003  # A value of the file.
}


def _forms(value: Any) -> tuple[Form, ...]:
    if not isinstance(value, list) or not value:
        msg = f"expected a list of tables with a form, got {value!r}"
        raise ValueError(msg)
    *others, last = forms = tuple(map(_form, value))
    if any(each.always for each in others) or not last.always:
        msg = "expected the last form, and no other, to be for all numbers"
        raise ValueError(msg)
    return forms


def _form(row: Any) -> Form:
    if not isinstance(row, dict) or "form" not in row:
        msg = f'expected a table such as {{ form = "…" }}, got {row!r}'
        raise ValueError(msg)
    if unknown := [key for key in row if key not in _FORM]:
        msg = f"unknown key {unknown[0]!r}; expected {', '.join(_FORM)}"
        raise ValueError(msg)
    return Form(**{key: _FORM[key](value) for key, value in row.items()})


def _spans(section: str) -> dict[str, Check]:
    return {
        f"{section}.same_month": _pattern("first_day", "day", "month", "year"),
        f"{section}.same_year": _pattern(
            "first_day", "first_month", "day", "month", "year"
        ),
        f"{section}.months": _pattern("first_month", "month", "year"),
        f"{section}.years": _pattern("first_year", "year"),
        f"{section}.other": _pattern("first", "last"),
    }


REQUIRED: Mapping[str, Check] = {
    "language": _one_of(1, note=", the version of this file format"),
    "tag": lambda value: canonical_tag(plain(value, "a tag")),
    "name": plain,
    "direction": _one_of("ltr", "rtl"),
    "dates.months": _names(12),
    "dates.months_after_day": _names(12),
    "dates.months_after_word": _names(12),
    "dates.seasons": _names(4),
    "dates.weekdays": _names(7),
    "dates.day": _pattern("day", "month", "year"),
    "dates.month": _pattern("month", "year"),
    "dates.year": _pattern("year"),
    "dates.month_only": _pattern("date"),
    "dates.season": _pattern("season", "year"),
    "dates.decade": _pattern("decade"),
    "dates.about": _pattern("date"),
    "dates.not_later": _pattern("date"),
    "dates.not_earlier": _pattern("date"),
    **_spans("spans"),
    **_spans("between"),
    "numbers.decimal": plain,
    "numbers.ordinal": _forms,
    "anniversaries.anniversary": _pattern("ordinal"),
    "anniversaries.years_ago": _forms,
    "anniversaries.title": _pattern("anniversary", "title"),
    "anniversaries.note": _pattern("title", "note"),
}
"""
The check of each key that every language file must have.
"""


def optional_check(key: str, english: Any) -> Check:
    """
    Return the check of a key in `counts` or `labels`.

    Args:
        key: The key.

        english: Its value in English. A label has the same placeholders in every
            language.
    """
    return _forms if key.startswith("counts.") else _pattern(*_placeholders(english))
