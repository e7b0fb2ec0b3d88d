"""
Terminals of any width and type, and pagers that do not work.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from terminals import on_terminal

TJUN = Path(sys.executable).with_name("tjun")


@pytest.mark.usefixtures("measured")
class TestTerminal:
    @pytest.mark.parametrize("columns", ["0", "1", "2", "abc", "999999999", "9" * 5000])
    @pytest.mark.parametrize("words", ["areas", "--help", "disputes --format table"])
    def test_may_have_any_width(self, words: str, columns: str) -> None:
        """
        A width that nothing fits in is replaced by one that something does.
        """
        status, shown = on_terminal([TJUN, *words.split()], {"COLUMNS": columns})
        assert status == 0
        assert 100 < len(shown) < 200_000

    @pytest.mark.parametrize("words", ["areas", "--help"])
    def test_without_a_type_gets_plain_text(self, words: str) -> None:
        """
        If TERM is not set, no escape sequences are sent.
        """
        status, shown = on_terminal(["env", "-u", "TERM", TJUN, words], {})
        assert status == 0
        assert "\x1b" not in shown

    @pytest.mark.parametrize("lines", ["0", "²", "abc", "9" * 5000])
    @pytest.mark.parametrize("words", ["areas", "--help"])
    def test_may_have_any_height(self, words: str, lines: str) -> None:
        """
        A height that is no number of lines is ignored.
        """
        status, shown = on_terminal([TJUN, words], {"LINES": lines})
        assert status == 0
        assert len(shown) > 100

    @pytest.mark.parametrize("pager", ["no-such-pager", "/", "''", "false", "exit 3"])
    def test_shows_everything_if_the_pager_fails(self, pager: str) -> None:
        """
        Without a pager that works, the output is printed.
        """
        more = {"PAGER": pager, "LINES": "10", "TERM": "xterm"}
        status, shown = on_terminal([TJUN, "areas"], more)
        assert status == 0
        assert "water" in shown
