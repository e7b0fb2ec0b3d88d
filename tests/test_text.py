from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import texts

from tjun import Text
from tjun.model.text import escape_controls, one_line, plain


class TestText:
    def test_returns_the_string_in_a_language(self) -> None:
        """
        A text returns the string in the language that is asked for.
        """
        water = Text(en="Water", ru="Вода", tg="Об")
        assert [water.in_(each) for each in ("en", "RU", "tg")] == [
            "Water",
            "Вода",
            "Об",
        ]

    @pytest.mark.parametrize(
        ("language", "best"),
        [
            ("zh-Hant", ("zh-Hant", "水（繁）")),
            ("zh-Hant-TW", ("zh-Hant", "水（繁）")),
            ("zh-Hans", ("zh", "水")),
            ("zh", ("zh", "水")),
            ("en-GB", ("en", "Water")),
            ("ky", ("en", "Water")),
        ],
    )
    def test_falls_back_to_more_general_tags_and_then_to_the_original(
        self, language: str, best: tuple[str, str]
    ) -> None:
        """
        The best string is that of the tag, of a more general tag, or the original.
        """
        water = Text({"en": "Water", "zh": "水", "zh-Hant": "水（繁）"})
        assert water.best(language) == best
        assert water.in_(language) == best[1]

    @given(texts())
    def test_is_its_original_as_a_string(self, text: Text) -> None:
        """
        The original is the string and the fallback of a text.
        """
        assert str(text) == text.in_("fr") == text.in_(text.original_language)
        assert next(iter(text.translations)) == text.original_language

    def test_needs_no_english(self) -> None:
        """
        The first string given is the original, whatever its language.
        """
        water = Text(ru="Вода", en="Water", ky="Суу")
        assert (str(water), water.original_language) == ("Вода", "ru")
        assert (water.in_("tg"), water.in_("en"), water.en) == (
            "Вода",
            "Water",
            "Water",
        )
        assert Text({"zh-Hant": "水"}).en == "水"

    def test_is_translated_into_one_more_language(self) -> None:
        """
        The original stays the original, and a tag is normalized.
        """
        water = Text(ru="Вода", tg="Об").translated("EN", "Water")
        assert water == Text(ru="Вода", tg="Об", en="Water")
        assert water.translated("ru", "Воды") == Text(ru="Воды", tg="Об", en="Water")
        with pytest.raises(ValueError, match="a string for 'en' that is not blank"):
            water.translated("en", " ")

    def test_is_equal_only_to_a_text_with_the_same_original(self) -> None:
        """
        The same strings with another original are another text.
        """
        assert Text(ru="Вода", en="Water") != Text(en="Water", ru="Вода")

    @given(texts(), st.randoms(use_true_random=False))
    def test_does_not_depend_on_the_order_of_languages(
        self, text: Text, random: Random
    ) -> None:
        """
        Texts with the same original and translations are equal.
        """
        original, *pairs = text.translations.items()
        random.shuffle(pairs)
        again = Text(dict([original, *pairs]))
        assert again == text
        assert hash(again) == hash(text)
        tags = list(text.translations)
        assert list(again.translations) == tags == [tags[0], *sorted(tags[1:])]

    def test_has_translations_that_cannot_be_changed(self) -> None:
        """
        The mapping of translations is read-only.
        """
        text = Text(en="Water")
        with pytest.raises(TypeError, match="item assignment"):
            text.translations["ru"] = "Вода"  # type: ignore[index]  # What is tested.
        assert text.translations == {"en": "Water"}

    @pytest.mark.parametrize("tag", ["", "english", "zh_Hant", "__class__", "in_"])
    def test_rejects_an_invalid_tag(self, tag: str) -> None:
        """
        A tag that is not well-formed is an error, given or asked for.
        """
        message = (
            f"^expected a BCP 47 language tag like .*, got {re.escape(repr(tag))}$"
        )
        with pytest.raises(ValueError, match=message):
            Text(en="Water").in_(tag)
        with pytest.raises(ValueError, match=message):
            Text({"en": "Water", tag: "Water"})

    def test_rejects_two_strings_for_one_language(self) -> None:
        """
        The same tag with other capitals, or as a keyword, is a duplicate.
        """
        message = r"^expected one string for each language, got two for 'ru'$"
        with pytest.raises(ValueError, match=message):
            Text({"en": "Water", "ru": "Вода", "RU": "Воды"})
        with pytest.raises(ValueError, match=message):
            Text({"en": "Water", "ru": "Вода"}, ru="Вода")

    @pytest.mark.parametrize("tag", ["en", "ru", "zh-Hant"])
    @pytest.mark.parametrize(
        ("value", "remark"),
        [
            ("", " that is not blank"),
            (" \t\n\u00a0", " that is not blank"),
            (5, ""),
            (None, ""),
            (b"Water", ""),
            (["Water"], ""),
            ("\ud800", " that can be encoded in UTF-8"),
        ],
    )
    def test_rejects_what_is_blank_or_not_a_string(
        self, tag: str, value: str, remark: str
    ) -> None:
        """
        A value that is blank, no string or not encodable is reported with its tag.
        """
        message = f"expected a string for '{tag}'{remark}, got {value!r}"
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            Text({"en": "Water", tag: value})

    def test_requires_a_string(self) -> None:
        """
        A text needs a string in at least one language.
        """
        message = "^expected a string in at least one language, got none$"
        with pytest.raises(ValueError, match=message):
            Text()
        with pytest.raises(ValueError, match=message):
            Text({})

    def test_takes_no_bare_string(self) -> None:
        """
        A string without a language is rejected with what to write.
        """
        message = (
            "expected a mapping of language tags to strings, got 'Water'; write"
            " Text(en=…) for a single string"
        )
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            Text("Water")  # type: ignore[arg-type]  # What is tested.

    def test_differs_by_any_language(self) -> None:
        """
        Texts are equal if they are equal in every language.
        """
        assert Text(en="Water", ru="Вода") != Text(en="Water")
        assert Text(en="Water", ru="Вода") != Text(en="Water", tg="Вода")
        assert Text(en="Water") != "Water"

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            (Text(ru="Вода", en="Water"), "Text(ru='Вода', en='Water')"),
            (Text({"en": "W", "is": "V"}), "Text({'en': 'W', 'is': 'V'})"),
            (Text({"zh-Hant": "水", "en": "W"}), "Text({'zh-Hant': '水', 'en': 'W'})"),
        ],
    )
    def test_is_represented_as_it_can_be_written(self, text: Text, shown: str) -> None:
        """
        The representation is Python; `is` is no keyword argument, but Icelandic.
        """
        assert repr(text) == shown
        assert eval(shown) == text


class TestPlain:
    def test_says_what_it_expected(self) -> None:
        """
        The message says what was expected; by default, a string.
        """
        with pytest.raises(ValueError, match=r"^expected a string, got None$"):
            plain(None)
        with pytest.raises(
            ValueError, match=r"^expected a name that is not blank, got ' '$"
        ):
            plain(" ", "a name")


class TestEscapeControls:
    @given(texts())
    def test_keeps_printable_characters(self, text: Text) -> None:
        """
        Printable characters are kept; of a text, the English is returned.
        """
        assert escape_controls(text) == text.en

    @pytest.mark.parametrize(
        ("said", "line"),
        [
            ("a\nb\r\nc\td", "a b  c d"),
            ("a\u2028b\u2029c\u00a0d", "a b c d"),
            ("\x1b[31mred\x07", "\\x1b[31mred\\x07"),
            ("a\x00\x7f\x85", "a\\x00\\x7f "),
            ("\u202eevil\u200b", "\\u202eevil\\u200b"),
            (
                "\U0001f468\u200d\U0001f469 ❤\ufe0f",
                "\U0001f468\u200d\U0001f469 ❤\ufe0f",
            ),
        ],
    )
    def test_escapes_what_a_terminal_would_obey(self, said: str, line: str) -> None:
        """
        Line breaks become spaces, control characters are escaped, emoji are kept.
        """
        assert escape_controls(said) == line
        assert len(escape_controls(said).splitlines()) == 1


class TestOneLine:
    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("It began", "It began"),
            ("It\nbegan", "It began"),
            ("It \t\r\n\u2028 began\n", "It began"),
            ("It  began\u00a0here", "It  began\u00a0here"),
        ],
    )
    def test_replaces_line_breaks_with_spaces(self, text: str, line: str) -> None:
        """
        Line breaks and tabs, with the spaces around them, become one space.
        """
        assert one_line(text) == line
