"""
Text in several languages, and checks and conversions of plain strings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from keyword import iskeyword
from types import MappingProxyType

import attrs

from tjun.model.tags import Tagged, canonical_tag, fallbacks, tag_of

__all__ = ["Text", "as_text", "escape_controls", "one_line", "plain", "sentence"]

# With the spaces around it. The lookbehind saves it from trying each space of a run.
_BREAK = re.compile(r"(?<![ \t])[ \t]*[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\s*")


def plain(value: object, what: str = "a string") -> str:
    """
    Return *value* if it is a string that is not blank and can be encoded in UTF-8.

    Args:
        value: What to check.

        what: What *value* should be, for the error message.

    Raises:
        ValueError: If *value* is not a string, is blank, or contains half of a
            surrogate pair.
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
            msg = f"expected {what} that can be encoded in UTF-8, got {value!r}"
            raise ValueError(msg) from error
    return value


@attrs.frozen(init=False, repr=False)
class Text:
    """
    A string in one or more languages, the first of which is the original.

    Texts are equal if they have the same original and the same translations, in
    whatever order the translations were given. `str()` returns the original.

    Args:
        translations: Strings by BCP 47 tag, for tags that cannot be written as a
            keyword: `Text({"en": "Water", "zh-Hant": "水"})`.

        tagged: The same as keywords: `Text(en="Water", ky="Суу")`.

    Raises:
        ValueError: If a tag is invalid or given twice, a string is blank, or there
            is none.
    """

    _pairs: tuple[tuple[str, str], ...]

    def __init__(
        self,
        translations: Mapping[str, str] = MappingProxyType({}),
        /,
        **tagged: str,
    ) -> None:
        original, *others = _checked(translations, tagged).items()
        object.__setattr__(self, "_pairs", (original, *sorted(others)))

    @property
    def original_language(self) -> str:
        """
        The tag of the language in which the text was written.
        """
        return self._pairs[0][0]

    @property
    def en(self) -> str:
        """
        The English, or the original if there is none.
        """
        return self.in_("en")

    @property
    def translations(self) -> Mapping[str, str]:
        """
        Every string by its tag: the original, then in alphabetical order of tags.
        """
        return MappingProxyType(dict(self._pairs))

    def translated(self, language: str, string: str) -> Text:
        """
        Return the text with a string in another language, or with a better one.

        Args:
            language: A BCP 47 tag.

            string: The text in this language.

        Raises:
            ValueError: If the tag is invalid or the string is blank.
        """
        tag = canonical_tag(language)
        pairs = {**dict(self._pairs), tag: plain(string, f"a string for {tag!r}")}
        original, *others = pairs.items()
        made = object.__new__(Text)  # Faster: the other strings have been checked.
        object.__setattr__(made, "_pairs", (original, *sorted(others)))
        return made

    def in_(self, language: str | Tagged) -> str:
        """
        Return the string in *language*, or the best substitute.

        If there is no string for `zh-Hant`, this is the one for `zh`, and if there
        is none either, the original.

        Args:
            language: A BCP 47 tag, or a `Language`.

        Raises:
            ValueError: If the tag is invalid.
        """
        wanted = getattr(language, "tag", language)
        for tag, string in self._pairs:
            if tag == wanted:  # The usual case, found quickly.
                return string
        return self.best(language)[1]

    def best(self, language: str | Tagged) -> tuple[str, str]:
        """
        Return the tag and the string that `in_()` chooses for *language*.

        Args:
            language: A BCP 47 tag, or a `Language`.

        Raises:
            ValueError: If the tag is invalid.
        """
        for wanted in fallbacks(tag_of(language)):
            for pair in self._pairs:
                if pair[0] == wanted:
                    return pair
        return self._pairs[0]

    def __str__(self) -> str:
        return self._pairs[0][1]

    def __repr__(self) -> str:
        if all(tag.isidentifier() and not iskeyword(tag) for tag, _ in self._pairs):
            given = ", ".join(f"{tag}={string!r}" for tag, string in self._pairs)
        else:
            given = repr(dict(self._pairs))
        return f"Text({given})"


def _checked(translations: object, tagged: Mapping[str, object]) -> dict[str, str]:
    if not isinstance(translations, Mapping):
        msg = (
            "expected a mapping of language tags to strings, got"
            f" {translations!r}; write Text(en=…) for a single string"
        )
        raise ValueError(msg)
    found: dict[str, str] = {}
    for key, value in [*translations.items(), *tagged.items()]:
        tag = canonical_tag(key)
        if tag in found:
            msg = f"expected one string for each language, got two for {tag!r}"
            raise ValueError(msg)
        found[tag] = plain(value, f"a string for {tag!r}")
    if not found:
        msg = "expected a string in at least one language, got none"
        raise ValueError(msg)
    return found


def as_text(value: Text | str | Mapping[str, str]) -> Text:
    """
    Return *value* as a `Text`; a plain string is taken to be English.
    """
    if isinstance(value, Text):
        return value
    return Text(value) if isinstance(value, Mapping) else Text(en=value)


def one_line(text: str) -> str:
    """
    Return *text* on one line.

    Each line break or tab, with the spaces around it, becomes one space. Other
    spaces, such as no-break spaces, are kept.
    """
    return _BREAK.sub(" ", text).strip()


def sentence(text: str) -> str:
    """
    Return *text* with a capital letter at the beginning.
    """
    return text[:1].upper() + text[1:]


def escape_controls(text: object) -> str:
    """
    Return *text* on one line, with control characters escaped.

    Text from a record or a plugin can then not control the terminal.
    """
    line = str(text)
    if line.isprintable():
        return line
    return "".join(char if char.isprintable() else _escape(char) for char in line)


def _escape(char: str) -> str:
    if char in "\t\n\r\u2028\u2029" or char.isspace():
        return " "
    if char in "\u200c\u200d\ufe0f":  # Joiners of letters and emoji.
        return char
    return repr(char)[1:-1]
