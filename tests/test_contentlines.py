import itertools
import re

import icalendar
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tjun.formats.ics.contentlines import (
    escape,
    fold,
    folded_lines,
    protect,
    summary_line,
    uri,
    utf16_length,
)
from tjun.model.text import one_line

# Texts with a \x01 are rejected before they get here.
TEXTS = st.text(
    st.one_of(
        st.sampled_from("\\\\\\;,:nN^\n\r\"'ab яҷ€😀"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0\x01"),
    ),
    max_size=240,
)
LINES = st.builds(
    lambda start, text: f"DESCRIPTION:{'a' * start}{escape(text)}",
    st.integers(0, 70),
    TEXTS,
)


def physical_lines(folded: bytes) -> list[bytes]:
    assert folded.endswith(b"\r\n")
    return folded[:-2].split(b"\r\n")


def unfolded(folded: bytes) -> str:
    return folded.removesuffix(b"\r\n").replace(b"\r\n ", b"").decode()


def unescaped(value: str) -> str:
    """
    Read a TEXT value as RFC 5545 defines it, from left to right.
    """
    meant = {"n": "\n", "N": "\n"}
    return re.sub(r"\\(.)", lambda found: meant.get(found[1], found[1]), value)


def one_kind_of_break(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def cut_escapes(folded: bytes) -> int:
    """
    Count the folds between a backslash and the character that it escapes.
    """
    pieces = physical_lines(folded)
    pieces = [pieces[0], *(piece[1:] for piece in pieces[1:])]
    so_far = itertools.accumulate(pieces[:-1])
    return sum((len(text) - len(text.rstrip(b"\\"))) % 2 for text in so_far)


class TestEscape:
    @given(TEXTS.filter(lambda text: "\\N" not in text))
    def test_is_what_icalendar_writes(self, text: str) -> None:
        """
        A text without a backslash before a capital N is escaped as by icalendar.
        """
        assert escape(text).encode() == icalendar.vText(text).to_ical()

    @given(TEXTS)
    @example("\\N")
    @example("\\\\N\\N")
    @example("C:\\News\\\nN")
    def test_can_be_reversed(self, text: str) -> None:
        """
        Unescaping returns every text, even with a backslash before a capital N.
        """
        assert unescaped(escape(text)) == one_kind_of_break(text)

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("plain: said", "plain: said"),
            ("a;b", "a\\;b"),
            ("a,b", "a\\,b"),
            ("a\\b", "a\\\\b"),
            ("a\nb", "a\\nb"),
            ("a\r\nb", "a\\nb"),
            ("a\rb", "a\\nb"),
            ("a\\nb", "a\\\\nb"),
            ("a\\Nb", "a\\\\Nb"),
            ("a\\N,\\\\N", "a\\\\N\\,\\\\\\\\N"),
        ],
    )
    def test_escapes_only_what_the_standard_requires(
        self, text: str, value: str
    ) -> None:
        """
        Backslashes, semicolons, commas and line breaks are escaped; colons are not.
        """
        assert escape(text) == value


class TestFold:
    @given(LINES)
    @example("X:" + "\\\\" * 120)
    @example("X:a" + "\\\\" * 120)
    def test_can_be_reversed_and_splits_nothing(self, line: str) -> None:
        """
        Lines have at most 75 bytes and split no character and no escape sequence.
        """
        folded = fold(line.encode())
        assert unfolded(folded) == line
        assert cut_escapes(folded) == 0
        first, *further = physical_lines(folded)
        assert all(each[:1] == b" " for each in further)
        for each in (first, *further):
            assert len(each) <= 75
            each.decode()

    @given(LINES)
    @example(f"X:{'a' * 71}^🕊")
    def test_is_the_same_as_by_icalendar_if_that_splits_no_escape(
        self, line: str
    ) -> None:
        """
        A line is folded as by icalendar, unless that would split an escape sequence.
        """
        theirs = icalendar.parser.Contentline(line).to_ical() + b"\r\n"
        if not cut_escapes(theirs):
            assert fold(line.encode()) == theirs

    @pytest.mark.parametrize("before", range(66, 78))
    @pytest.mark.parametrize("mark", ["\\\\", "\\n", "\\,", "\\;", "^n", "😀", "ҷ"])
    def test_never_splits_a_sequence_at_the_end_of_a_line(
        self, before: int, mark: str
    ) -> None:
        """
        An escape sequence, of RFC 6868 as well, or a character stays in one piece.
        """
        line = "X" * before + mark + "y" * 80
        folded = fold(line.encode())
        assert mark.encode() in folded
        assert unfolded(folded) == line

    def test_keeps_an_escape_sequence_that_icalendar_splits(self) -> None:
        """
        An escaped backslash stays in one piece where icalendar folds inside it.
        """
        line = "X" * 72 + "\\\\" + "y" * 5
        theirs = icalendar.parser.Contentline(line).to_ical()
        assert theirs == b"X" * 72 + b"\\\r\n \\yyyyy"
        assert fold(line.encode()) == b"X" * 72 + b"\\\\\r\n yyyyy\r\n"

    @pytest.mark.parametrize(
        ("length", "lines"), [(0, 1), (74, 1), (75, 2), (148, 2), (149, 3)]
    )
    def test_folds_only_long_lines(self, length: int, lines: int) -> None:
        """
        A line of up to 74 bytes is not folded; every further 74 bytes add a line.
        """
        folded = fold(b"x" * length)
        assert len(physical_lines(folded)) == lines


class TestFoldedLines:
    @given(TEXTS)
    def test_keep_a_protected_text(self, text: str) -> None:
        """
        A text that was protected is read back unchanged.
        """
        event = icalendar.Event()
        event.add("description", protect(text))
        _, line, _ = folded_lines(event.content_lines())
        value = unfolded(line).removeprefix("DESCRIPTION:")
        assert unescaped(value) == one_kind_of_break(text)


class TestUtf16Length:
    @given(st.text())
    def test_counts_as_utf_16_does(self, text: str) -> None:
        """
        The length is the number of two-byte units of the text in UTF-16.
        """
        encoded = text.encode("utf-16-le", "surrogatepass")
        assert utf16_length(text) == len(encoded) // 2


class TestUri:
    @pytest.mark.parametrize(
        ("address", "value"),
        [
            ("https://example.org/a?b=c&d#e", "https://example.org/a?b=c&d#e"),
            ("https://example.org/a b", "https://example.org/a%20b"),
            ("https://example.org/об", "https://example.org/%D0%BE%D0%B1"),
            ("https://example.org/%D0%be", "https://example.org/%D0%be"),
            ("https://example.org/50%", "https://example.org/50%25"),
            ('https://example.org/"<>', "https://example.org/%22%3C%3E"),
        ],
    )
    def test_encodes_only_what_a_uri_cannot_contain(
        self, address: str, value: str
    ) -> None:
        """
        Only characters that RFC 3986 does not allow are percent-encoded.
        """
        assert uri(address) == value


class TestSummaryLine:
    @given(st.text(min_size=1))
    def test_is_one_line_of_at_most_255_units(self, text: str) -> None:
        """
        Any text becomes one line that Outlook does not truncate.
        """
        line = summary_line(text)
        assert len(line.splitlines()) <= 1
        assert utf16_length(line) <= 255

    @given(st.text(max_size=100))
    def test_is_the_text_on_one_line_if_it_is_short(self, text: str) -> None:
        """
        A short text is put on one line and not shortened.
        """
        assert summary_line(text) == one_line(text)
