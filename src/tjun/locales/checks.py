"""
The keys of a language file, and what each of them must contain.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from string import Formatter
from typing import Any

from tjun.locales.forms import Form
from tjun.model.tags import canonical_tag
from tjun.model.text import plain
from tjun.suggestions import first_duplicate

__all__ = ["FORMAT", "SECTIONS", "Check", "optional_check", "required_checks"]

FORMAT = 1
"""
The version of the file format, which a file states as `language = 1`.
"""

SECTIONS = ("dates", "spans", "numbers", "anniversaries", "counts", "labels")
"""
The tables of a language file. `counts` and `labels` may be incomplete.
"""

_NAMES = {"dates.months": 12, "dates.months_after_day": 12, "dates.weekdays": 7}
_PATTERNS = {  # With the placeholders that each pattern must contain.
    "dates.day": "day month year",
    "dates.month": "month year",
    "dates.year": "year",
    "dates.month_only": "date",
    "spans.same_month": "first_day day month year",
    "spans.same_year": "first_day first_month day month year",
    "spans.months": "first_month month year",
    "spans.years": "first_year year",
    "spans.other": "first last",
    "anniversaries.anniversary": "ordinal",
    "anniversaries.title": "anniversary title",
    "anniversaries.note": "title note",
}
_FORMS = ("numbers.ordinal", "anniversaries.years_ago")

Check = Callable[[Any], Any]
"""
A function that returns a valid value, converted, and raises `ValueError` otherwise.
"""


def required_checks() -> dict[str, Check]:
    """
    Return the check of each key that every language file must have.
    """
    return {
        "language": _version,
        "tag": lambda value: canonical_tag(plain(value, "a tag")),
        "name": plain,
        "direction": _direction,
        **{key: functools.partial(_names, number) for key, number in _NAMES.items()},
        **{key: _pattern(needed.split()) for key, needed in _PATTERNS.items()},
        "numbers.decimal": plain,
        **dict.fromkeys(_FORMS, _forms),
    }


def optional_check(key: str, english: Any) -> Check:
    """
    Return the check of a key in `counts` or `labels`.

    Args:
        key: The key.

        english: Its value in English. A label has the same placeholders in every
            language.
    """
    return _forms if key.startswith("counts.") else _pattern(_placeholders(english))


def _version(value: Any) -> int:
    if type(value) is not int or value != FORMAT:
        msg = f"expected {FORMAT}, the version of this file format, got {value!r}"
        raise ValueError(msg)
    return value


def _direction(value: Any) -> str:
    if value not in ("ltr", "rtl"):
        msg = f"expected 'ltr' or 'rtl', got {value!r}"
        raise ValueError(msg)
    return str(value)


def _names(number: int, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) != number:
        got = f"{len(value)} of them" if isinstance(value, list) else repr(value)
        msg = f"expected a list of {number} names, got {got}"
        raise ValueError(msg)
    names = tuple(plain(name, "a name") for name in value)
    again = first_duplicate(names)
    if again is not None:
        msg = f"expected {number} different names, got {again!r} twice"
        raise ValueError(msg)
    return names


def _pattern(needed: Iterable[str], allowed: Iterable[str] = ()) -> Check:
    needed = tuple(needed)
    known = (*needed, *allowed)

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


def _forms(value: Any) -> tuple[Form, ...]:
    if not isinstance(value, list) or not value:
        msg = f"expected a list of tables with a form, got {value!r}"
        raise ValueError(msg)
    forms = tuple(_form(row) for row in value)
    *others, last = (form.always for form in forms)
    if any(others) or not last:
        msg = "expected the last form, and no other, to be for all numbers"
        raise ValueError(msg)
    return forms


def _form(row: Any) -> Form:
    if not isinstance(row, dict) or "form" not in row:
        msg = f'expected a table such as {{ form = "…" }}, got {row!r}'
        raise ValueError(msg)
    values: dict[str, Any] = {}
    for key, value in row.items():
        if key not in _FORM_CHECKS:
            msg = f"unknown key {key!r}; expected {', '.join(_FORM_CHECKS)}"
            raise ValueError(msg)
        values[key] = _FORM_CHECKS[key](value)
    return Form(values.pop("form"), **values)


def _endings(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        msg = f'expected endings such as ["1", "21"], got {value!r}'
        raise ValueError(msg)
    for each in value:
        if not isinstance(each, str) or not (each.isascii() and each.isdigit()):
            msg = f'expected endings to be digits in quotes, such as "1", got {each!r}'
            raise ValueError(msg)
    return tuple(value)


def _numbers(value: Any) -> tuple[int, ...]:
    if not isinstance(value, list) or not value:
        msg = f"expected numbers such as [1, 2], got {value!r}"
        raise ValueError(msg)
    for each in value:
        if type(each) is not int or each < 0:
            msg = f"expected numbers to be whole numbers, got {each!r}"
            raise ValueError(msg)
    return tuple(value)


def _fractions(value: Any) -> bool:
    if value is not True:
        msg = f"expected fractions to be true, got {value!r}; otherwise leave it out"
        raise ValueError(msg)
    return True


_FORM_CHECKS: dict[str, Check] = {
    "form": _pattern((), ("number",)),
    "endings": _endings,
    "numbers": _numbers,
    "fractions": _fractions,
}
