from __future__ import annotations

import copy
import pickle
import re

import attrs
import pytest
from hypothesis import given
from strategies import texts, words

from tjun import Text
from tjun.model.text import LANGUAGES, as_text, check_language, plain, shown


class TestText:
    def test_speaks_each_language(self) -> None:
        """
        A text gives the words of the language that is asked for.
        """
        water = Text(en="Water", ru="Вода", tg="Об")
        assert [water.in_(each) for each in ("en", "ru", "tg")] == [
            "Water",
            "Вода",
            "Об",
        ]

    @given(texts())
    def test_falls_back_to_english(self, text: Text) -> None:
        """
        A language without words of its own is answered in English.
        """
        assert text.in_("en") == text.en
        assert text.in_("ru") == (text.en if text.ru is None else text.ru)
        assert text.in_("tg") == (text.en if text.tg is None else text.tg)

    @given(texts())
    def test_is_its_english_as_a_string(self, text: Text) -> None:
        """
        A text as a plain string is its English.
        """
        assert str(text) == text.en

    @given(texts())
    def test_lists_the_languages_it_has(self, text: Text) -> None:
        """
        The languages hold the words that there are, and nothing else.
        """
        assert Text(**text.languages) == text
        assert None not in text.languages.values()
        assert list(text.languages) == [
            code for code in LANGUAGES if getattr(text, code) is not None
        ]

    def test_refuses_another_language(self) -> None:
        """
        Asking for a language that the record has not is refused with those it has.
        """
        with pytest.raises(
            ValueError, match=r"^expected a language of en, ru, tg, got 'fr'$"
        ):
            Text(en="Water").in_("fr")

    @pytest.mark.parametrize("name", ["__class__", "languages", "EN", "", "in_"])
    def test_takes_no_attribute_for_a_language(self, name: str) -> None:
        """
        The name of another attribute is no language.
        """
        with pytest.raises(ValueError, match=r"^expected a language of en"):
            Text(en="Water").in_(name)

    @pytest.mark.parametrize(
        ("code", "called"),
        [("en", "an English text"), ("ru", "a Russian text"), ("tg", "a Tajik text")],
    )
    @pytest.mark.parametrize(
        ("value", "remark"),
        [
            ("", " that is not blank"),
            (" \t\n\u00a0", " that is not blank"),
            (5, ""),
            (b"Water", ""),
            (["Water"], ""),
            ("\ud800", " that UTF-8 can carry"),
        ],
    )
    def test_refuses_what_says_nothing(
        self, code: str, called: str, value: object, remark: str
    ) -> None:
        """
        Words that are no text, blank or cannot be written are refused by language.
        """
        message = f"expected {called}{remark}, got {value!r}"
        given = {"en": "Water", code: value}
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            Text(**given)  # type: ignore[arg-type]  # What is tested.

    def test_needs_english(self) -> None:
        """
        A text cannot be made without English, nor with none.
        """
        with pytest.raises(TypeError, match="'en'"):
            Text(ru="Вода")  # type: ignore[call-arg]  # What is tested.
        with pytest.raises(ValueError, match=r"^expected an English text, got None$"):
            Text(en=None)  # type: ignore[arg-type]  # What is tested.

    def test_takes_keywords_only(self) -> None:
        """
        Words are never given by place, for places do not name a language.
        """
        with pytest.raises(TypeError, match="positional"):
            Text("Water")  # type: ignore[misc]  # What is tested.

    def test_cannot_be_changed(self) -> None:
        """
        No attribute of a text can be set.
        """
        text = Text(en="Water")
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            text.ru = "Вода"  # type: ignore[misc]  # What is tested.
        assert text.ru is None

    @given(texts())
    def test_survives_pickling_and_copying(self, text: Text) -> None:
        """
        A text that was pickled or copied is equal and hashes the same.
        """
        for again in (pickle.loads(pickle.dumps(text)), copy.deepcopy(text)):
            assert again == text
            assert hash(again) == hash(text)

    def test_differs_by_any_language(self) -> None:
        """
        Texts are equal when they say the same in every language.
        """
        assert Text(en="Water", ru="Вода") == Text(en="Water", ru="Вода")
        assert Text(en="Water", ru="Вода") != Text(en="Water")
        assert Text(en="Water") != "Water"

    def test_shows_its_words(self) -> None:
        """
        The representation names each language.
        """
        assert repr(Text(en="Water", ru="Вода")) == (
            "Text(en='Water', ru='Вода', tg=None)"
        )


class TestAsText:
    @given(words())
    def test_takes_a_string_for_english(self, said: str) -> None:
        """
        A plain string is the English of a text.
        """
        assert as_text(said) == Text(en=said)

    @given(texts())
    def test_leaves_a_text_alone(self, text: Text) -> None:
        """
        A text stays the text it is.
        """
        assert as_text(text) is text


class TestCheckLanguage:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_gives_a_known_language_back(self, language: str) -> None:
        """
        A language of the record is given back.
        """
        assert check_language(language) == language


class TestPlain:
    @given(words())
    def test_gives_back_what_says_something(self, said: str) -> None:
        """
        A string that says something is given back as it is.
        """
        assert plain(said) is said

    def test_keeps_the_spaces_around_words(self) -> None:
        """
        Spaces around words are not the blank text that is refused.
        """
        assert plain(" Об ") == " Об "

    def test_says_what_it_wanted(self) -> None:
        """
        A refusal names what was wanted, which is a text where nothing is said.
        """
        with pytest.raises(ValueError, match=r"^expected a text, got None$"):
            plain(None)
        with pytest.raises(
            ValueError, match=r"^expected a name that is not blank, got ' '$"
        ):
            plain(" ", "a name")


class TestShown:
    @given(texts())
    def test_leaves_words_alone(self, text: Text) -> None:
        """
        Words that can be shown are shown as they are, of a text the English.
        """
        assert shown(text) == text.en

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
    def test_spells_out_what_a_terminal_would_obey(self, said: str, line: str) -> None:
        """
        Line breaks become spaces, control characters are spelled, and emoji stay.
        """
        assert shown(said) == line
        assert len(shown(said).splitlines()) == 1
