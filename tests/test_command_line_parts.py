"""
The parts of the command line: days, layout, search.
"""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

import tjun
from tjun.chronology.search import search
from tjun.cli.days import parse_day, parse_day_of_year
from tjun.cli.errors import UsageError
from tjun.cli.layout import Table, line, paragraph, wrap
from tjun.cli.timeline import Timeline

ENGLISH = tjun.languages()["en"]
RUSSIAN = tjun.languages()["ru"]
TODAY = dt.date(2027, 3, 1)


def text_of(lines: object) -> list[str]:
    return ["".join(text for text, _ in each) for each in lines]  # type: ignore[attr-defined]  # Lines.


class TestDays:
    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("2027-03-02", (2027, 3, 2)),
            ("2027-3-2", (2027, 3, 2)),
            ("2 March 2027", (2027, 3, 2)),
            ("March 2, 2027", (2027, 3, 2)),
            ("  2   march  ", (2027, 3, 2)),
            ("3-2", (2027, 3, 2)),
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
        Numbers, names of months and relative words all work.
        """
        found = parse_day(text, "--on", language=ENGLISH, today=TODAY)
        assert found == dt.date(*day)

    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("2 марта 1992", (3, 2, 1992)),
            ("2 March", (3, 2, None)),
            ("29 февраля", (2, 29, None)),
            ("сегодня", (3, 1, None)),
        ],
    )
    def test_can_be_in_the_selected_language(
        self, text: str, day: tuple[int, int, int | None]
    ) -> None:
        """
        Names of months may be in the selected language or in English.
        """
        assert parse_day_of_year(text, language=RUSSIAN, today=TODAY) == day

    @pytest.mark.parametrize(
        "text", ["", "soon", "13-01", "02-30", "3", "2027", "March", "2 Marchember"]
    )
    def test_of_another_form_are_usage_errors(self, text: str) -> None:
        """
        What is not a day is a usage error that names the option.
        """
        with pytest.raises(UsageError, match=r"^--on: .* is not a day; write"):
            parse_day(text, "--on", language=ENGLISH, today=TODAY)

    @given(st.text())
    def test_never_fail_otherwise(self, text: str) -> None:
        """
        Any text is a day or a usage error.
        """
        with contextlib.suppress(UsageError):
            parse_day(text, "--on", language=RUSSIAN, today=TODAY)


class TestWrap:
    @given(st.text(), st.integers(1, 60))
    def test_keeps_the_text_within_the_width(self, text: str, width: int) -> None:
        """
        Lines are not too wide, unless they are one ASCII word, and lose nothing.
        """
        lines = wrap(text, width)
        assert lines
        shown = line(text)[0][0]
        assert "".join(lines).replace(" ", "") == shown.replace(" ", "")
        for each in lines:
            wide = max(2, width)  # A wide letter needs two columns.
            assert cell_len(each) <= wide or (each.isascii() and " " not in each)

    def test_does_not_divide_ids(self) -> None:
        """
        An id or an address that is wider than a line stays whole.
        """
        assert wrap("see a-long-id-of-an-event now", 10) == [
            "see",
            "a-long-id-of-an-event",
            "now",
        ]

    def test_divides_wide_letters(self) -> None:
        """
        Text without spaces is divided by the columns of its letters.
        """
        assert wrap("合作合作", 4) == ["合作", "合作"]

    @pytest.mark.parametrize(
        ("text", "lines"),
        [
            ("合" * 100_000, 2_500),
            ("It\u0301" * 100_000, 2_500),
            ("It " * 40_000, 1_482),
        ],
    )
    def test_divides_a_long_text(self, text: str, lines: int) -> None:
        """
        A text of a hundred thousand letters is wrapped without delay.
        """
        assert len(wrap(text, 80)) == lines


class TestTimeline:
    def test_shortens_a_long_name(self) -> None:
        """
        A name of a million letters is cut off without delay.
        """
        area = tjun.CooperationArea(id="water", name="合" * 1_000_000)
        event = tjun.Event(
            id="it",
            title="It",
            date="2000",
            areas=[area],
            citations=[
                tjun.Citation(source=tjun.Source(id="it", title="It", publisher="It"))
            ],
        )
        timeline = Timeline(
            missions=[],
            memberships=[],
            areas={area: [event]},
            events=[event],
            today=TODAY,
            language=RUSSIAN,
        )
        _, row, *_ = timeline.lines(80)
        assert row[0][0] == f" {'合' * 14}… "


class TestParagraph:
    def test_has_a_lead_in_bold_across_lines(self) -> None:
        """
        The lead stays bold where it is wrapped, and nothing else is.
        """
        made = list(paragraph(": rest", 8, indent=2, lead="one two"))
        assert made == [
            (("  ", ""), ("one", "bold")),
            (("  ", ""), ("two", "bold"), (":", "")),
            (("  ", ""), ("rest", "")),
        ]


class TestTable:
    def test_skips_empty_cells_when_stacked(self) -> None:
        """
        A row without other cells is only its main cell.
        """
        table = Table(headings=["a", "b"], rows=[(("", "main"), "")], main=1)
        assert text_of(table.lines(10)) == ["main"]

    def test_ends_lines_without_spaces(self) -> None:
        """
        Empty cells at the end of a row leave no spaces.
        """
        rows = [(("main", "", ""), ""), (("", "", ""), "")]
        table = Table(headings=["a", "b", "c"], rows=rows, main=0)
        assert text_of(table.lines(80)) == ["a     b  c", "main", ""]


class TestSearch:
    def test_needs_a_word(self) -> None:
        """
        A search for nothing is an error, and not everything.
        """
        with pytest.raises(ValueError, match=r"^expected at least one word"):
            search((), [" "])

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            (["Assembly", "1992"], "ruritania-joins"),
            (["ассамблея"], "ruritania-joins"),
            (["watch-OPENED"], "watch-opened"),
            (["A/RES/1", "vote"], "ruritania-joins"),
            (["letter nobody"], "watch-opened"),
            (["2028-03-22"], "decade"),
        ],
    )
    def test_looks_at_everything(self, words: list[str], found: str) -> None:
        """
        Ids, dates, titles, descriptions, citations and sources are searched.
        """
        record = tjun.load("tests/golden/record.toml")
        assert found in [event.id for event in search(record.events, words)]

    def test_keeps_the_order(self, un: tjun.Chronology) -> None:
        """
        Events are found in their order.
        """
        found = search(un.events, ["water"])
        assert list(found) == [event for event in un.events if event in found]
        assert found
