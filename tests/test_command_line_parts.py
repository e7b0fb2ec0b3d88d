"""
The parts of the command line: days and layout.
"""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tjun
from tjun.cli.days import parse_day, parse_when
from tjun.cli.errors import UsageError

ENGLISH = tjun.languages()["en"]
RUSSIAN = tjun.languages()["ru"]
TODAY = dt.date(2027, 3, 1)


class TestDays:
    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("2027-03-02", (2027, 3, 2)),
            ("2027-3-2", (2027, 3, 2)),
            ("02.03.2027", (2027, 3, 2)),
            ("2 March 2027", (2027, 3, 2)),
            ("March 2, 2027", (2027, 3, 2)),
            ("  2   march  ", (2027, 3, 2)),
            ("2 марта 2028", (2028, 3, 2)),
            ("3-2", (2027, 3, 2)),
            ("2.3.", (2027, 3, 2)),
            ("today", (2027, 3, 1)),
            ("TOMORROW", (2027, 3, 2)),
            ("yesterday", (2027, 2, 28)),
            ("29 February 2028", (2028, 2, 29)),
        ],
    )
    def test_are_read_as_people_write_them(
        self, text: str, day: tuple[int, int, int]
    ) -> None:
        """
        Numbers, names of months in any language and relative words all work.
        """
        found = parse_day(text, "--on", language=ENGLISH, today=TODAY)
        assert found == dt.date(*day)

    def test_can_be_relative_in_the_selected_language(self) -> None:
        """
        The word for today may be in the selected language.
        """
        assert parse_when("сегодня", "--on", language=RUSSIAN, today=TODAY) == (3, 1)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "soon",
            "13-01",
            "02-30",
            "29.02",
            "31.02",
            "3",
            "2027",
            "March",
            "2 Marchember",
        ],
    )
    def test_of_another_form_are_usage_errors(self, text: str) -> None:
        """
        What is not a day is a usage error that names the option.
        """
        with pytest.raises(UsageError, match=r"^--on: .* is not a day; write"):
            parse_day(text, "--on", language=ENGLISH, today=TODAY)

    @given(st.text() | st.from_regex(r"[0-9.-]+"))
    def test_never_fail_otherwise(self, text: str) -> None:
        """
        Any text is a day or a usage error.
        """
        with contextlib.suppress(UsageError):
            parse_day(text, "--on", language=RUSSIAN, today=TODAY)
