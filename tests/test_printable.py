import pytest
from hypothesis import given
from hypothesis import strategies as st

from tjun import ExportError
from tjun.formats.printable import CONTROL, check_printable


class TestControl:
    @pytest.mark.parametrize("code", [*range(32), 127])
    def test_matches_control_characters(self, code: int) -> None:
        """
        Every control character except tabs and line breaks is found.
        """
        allowed = chr(code) in "\t\n\r"
        assert (CONTROL.search(f"a{chr(code)}b") is None) is allowed

    @given(st.text(st.characters(min_codepoint=32, exclude_characters="\x7f")))
    def test_matches_nothing_else(self, text: str) -> None:
        """
        A text without control characters is accepted.
        """
        check_printable("ics", text, "the title")


class TestCheckPrintable:
    def test_names_the_exporter_the_text_and_the_character(self) -> None:
        """
        The error says which text contains which character, and what to do.
        """
        with pytest.raises(ExportError) as caught:
            check_printable("ics", "a\x07b", "the title of it-began")
        assert caught.value.exporter == "ics"
        assert caught.value.reason == (
            "the title of it-began contains the control character '\\x07'; remove it"
        )
