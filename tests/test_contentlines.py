import itertools
import re

import icalendar
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tjun.formats.contentlines import (
    CONTROL,
    content_line,
    escaped,
    fold,
    uri,
    utf16_units,
)

TEXTS = st.text(
    st.one_of(
        st.sampled_from("\\\\\\;,:nN^\n\r\"'ab яҷ€😀"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    ),
    max_size=240,
)
LINES = st.builds(
    lambda start, text: f"DESCRIPTION:{'a' * start}{escaped(text)}",
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
    Count the folds that stand between a backslash and what it escapes.
    """
    pieces = physical_lines(folded)
    pieces = [pieces[0], *(piece[1:] for piece in pieces[1:])]
    so_far = itertools.accumulate(pieces[:-1])
    return sum((len(text) - len(text.rstrip(b"\\"))) % 2 for text in so_far)


class TestEscaped:
    @given(TEXTS.filter(lambda text: "\\N" not in text))
    def test_is_what_icalendar_writes(self, text: str) -> None:
        """
        A text without a backslash before a capital N is escaped as icalendar does.
        """
        assert escaped(text).encode() == icalendar.vText(text).to_ical()

    @given(TEXTS)
    @example("\\N")
    @example("\\\\N\\N")
    @example("C:\\News\\\nN")
    def test_comes_back_as_it_was(self, text: str) -> None:
        """
        Every text, a backslash before a capital N too, comes back when unescaped.
        """
        assert unescaped(escaped(text)) == one_kind_of_break(text)

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
    def test_escapes_what_the_standard_names(self, text: str, value: str) -> None:
        """
        Backslash, semicolon, comma and line break are escaped, and a colon is not.
        """
        assert escaped(text) == value

    def test_keeps_a_backslash_before_a_capital_n_for_icalendar_too(self) -> None:
        """
        A reader as icalendar gets a backslash and a capital N, and no line break.
        """
        data = content_line("SUMMARY", escaped("C:\\News"))
        event = icalendar.Event.from_ical(
            b"BEGIN:VEVENT\r\n" + data + b"END:VEVENT\r\n"
        )
        assert str(event["SUMMARY"]) == "C:\\News"


class TestFold:
    @given(LINES)
    def test_is_what_icalendar_writes_where_that_cuts_no_escape(
        self, line: str
    ) -> None:
        """
        A line is folded as icalendar does, unless that would cut an escape in two.
        """
        theirs = icalendar.parser.Contentline(line).to_ical() + b"\r\n"
        if not cut_escapes(theirs):
            assert fold(line.encode()) == theirs

    @given(LINES)
    def test_comes_back_when_unfolded(self, line: str) -> None:
        """
        Taking each line break with its blank away gives the line back.
        """
        assert unfolded(fold(line.encode())) == line

    @given(LINES)
    def test_lines_have_at_most_75_octets(self, line: str) -> None:
        """
        No line is longer than 75 octets, and each further one begins with a blank.
        """
        first, *further = physical_lines(fold(line.encode()))
        assert len(first) <= 75
        assert all(len(each) <= 75 and each[:1] == b" " for each in further)

    @given(LINES)
    def test_characters_stay_whole(self, line: str) -> None:
        """
        Each line is valid UTF-8 by itself.
        """
        for each in physical_lines(fold(line.encode())):
            each.decode()

    @given(LINES)
    @example("X:" + "\\\\" * 120)
    @example("X:a" + "\\\\" * 120)
    def test_escapes_stay_whole(self, line: str) -> None:
        """
        No line ends between a backslash and what it escapes.
        """
        assert cut_escapes(fold(line.encode())) == 0

    @pytest.mark.parametrize("before", range(66, 78))
    @pytest.mark.parametrize("mark", ["\\\\", "\\n", "\\,", "\\;", "^n", "😀", "ҷ"])
    def test_keeps_a_mark_whole_wherever_the_line_ends(
        self, before: int, mark: str
    ) -> None:
        """
        An escape, one of RFC 6868 too, or a character stands whole on one line.
        """
        line = "X" * before + mark + "y" * 80
        folded = fold(line.encode())
        assert mark.encode() in folded
        assert unfolded(folded) == line

    def test_keeps_an_escaped_backslash_whole_that_icalendar_cuts_in_two(self) -> None:
        """
        An escaped backslash stays whole where icalendar folds inside it.
        """
        line = "X" * 72 + "\\\\" + "y" * 5
        theirs = icalendar.parser.Contentline(line).to_ical()
        assert theirs == b"X" * 72 + b"\\\r\n \\yyyyy"
        assert fold(line.encode()) == b"X" * 72 + b"\\\\\r\n yyyyy\r\n"

    @pytest.mark.parametrize(
        ("length", "lines"), [(0, 1), (74, 1), (75, 2), (148, 2), (149, 3)]
    )
    def test_folds_only_what_is_too_long(self, length: int, lines: int) -> None:
        """
        A line of 74 octets stays one, and each 74 more begin another.
        """
        folded = fold(b"x" * length)
        assert len(physical_lines(folded)) == lines


class TestContentLine:
    def test_puts_a_colon_between_name_and_value(self) -> None:
        """
        A content line is a name, a colon, a value and a line break.
        """
        assert content_line("NAME;X=1", "Об") == "NAME;X=1:Об\r\n".encode()


class TestControl:
    @pytest.mark.parametrize("code", [*range(32), 127])
    def test_finds_what_a_text_cannot_carry(self, code: int) -> None:
        """
        Every control character but tab and line break is found.
        """
        allowed = chr(code) in "\t\n\r"
        assert (CONTROL.search(f"a{chr(code)}b") is None) is allowed

    @given(st.text(st.characters(min_codepoint=32, exclude_characters="\x7f")))
    def test_finds_nothing_in_other_texts(self, text: str) -> None:
        """
        A text without control characters has none.
        """
        assert CONTROL.search(text) is None


class TestUtf16Units:
    @given(st.text())
    def test_counts_as_utf_16_does(self, text: str) -> None:
        """
        The length is that of the text in UTF-16, in units of two octets.
        """
        encoded = text.encode("utf-16-le", "surrogatepass")
        assert utf16_units(text) == len(encoded) // 2

    def test_counts_the_last_of_the_short_characters_once(self) -> None:
        """
        What lies above U+FFFF takes two units, and U+FFFF itself one.
        """
        assert (utf16_units("\uffff"), utf16_units("\U00010000")) == (1, 2)


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
    def test_has_no_character_that_rfc_3986_lacks(
        self, address: str, value: str
    ) -> None:
        """
        What an address cannot have is percent-encoded, and what it has is left.
        """
        assert uri(address) == value
