"""
A text in several languages.
"""

from __future__ import annotations

import re

import attrs

__all__ = [
    "LANGUAGES",
    "Text",
    "as_text",
    "check_language",
    "one_line",
    "plain",
    "shown",
]

_BREAK = re.compile(r"[ \t]*[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\s*")

LANGUAGES = ("en", "ru", "tg")
"""
The languages of the record, by ISO 639-1 code: English, Russian, Tajik.
"""


def check_language(language: str) -> str:
    """
    Return *language* when it is one of `LANGUAGES`.

    Raises:
        ValueError: Lists the right ones.
    """
    if language not in LANGUAGES:
        msg = f"expected a language of {', '.join(LANGUAGES)}, got {language!r}"
        raise ValueError(msg)
    return language


def plain(value: object, what: str = "a text") -> str:
    """
    Return *value* when it is a string that says something and can be written.

    Raises:
        ValueError: For anything but a string, for a blank one, and for half a
            surrogate pair, which UTF-8 cannot carry.
    """
    if not isinstance(value, str):
        msg = f"expected {what}, got {value!r}"
        raise ValueError(msg)
    if not value or value.isspace():
        msg = f"expected {what} that is not blank, got {value!r}"
        raise ValueError(msg)
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError as error:
            msg = f"expected {what} that UTF-8 can carry, got {value!r}"
            raise ValueError(msg) from error
    return value


@attrs.frozen(kw_only=True)
class Text:
    """
    The same words in several languages.

    Attributes:
        en: English; never missing, and what `str()` gives.

        ru: Russian, or `None`.

        tg: Tajik, or `None`.

    Raises:
        ValueError: For a text without English, or a blank one.
    """

    en: str
    ru: str | None = None
    tg: str | None = None

    def __attrs_post_init__(self) -> None:
        plain(self.en, "an English text")
        if self.ru is not None:
            plain(self.ru, "a Russian text")
        if self.tg is not None:
            plain(self.tg, "a Tajik text")

    def in_(self, language: str) -> str:
        """
        Return the words in *language*, or the English ones where it has none.

        Args:
            language: One of `LANGUAGES`.

        Raises:
            ValueError: For another language.
        """
        words: str | None = getattr(self, check_language(language))
        return self.en if words is None else words

    @property
    def languages(self) -> dict[str, str]:
        """
        The words by language, without those that are missing.
        """
        pairs = ((code, getattr(self, code)) for code in LANGUAGES)
        return {code: words for code, words in pairs if words is not None}

    def __str__(self) -> str:
        return self.en


def as_text(value: Text | str) -> Text:
    """
    Return *value*, a plain string being its English.
    """
    return value if isinstance(value, Text) else Text(en=value)


def one_line(text: str) -> str:
    """
    Return *text* on one line: a line break or a tab, and spaces around it, is a space.

    Other spaces stay, of which a no-break space is one.
    """
    return _BREAK.sub(" ", text).strip()


def shown(text: object) -> str:
    """
    Return *text* on one line, with each control character spelled out.
    """
    return "".join(char if char.isprintable() else _spelled(char) for char in str(text))


def _spelled(char: str) -> str:
    if char in "\t\n\r\u2028\u2029" or char.isspace():
        return " "
    if char in "\u200c\u200d\ufe0f":  # They join letters and emoji.
        return char
    return repr(char)[1:-1]
