from __future__ import annotations

import re

import pytest

from tjun.model.tags import canonical_tag, fallbacks, tag_of


class TestCanonicalTag:
    @pytest.mark.parametrize(
        ("tag", "canonical"),
        [
            ("ru", "ru"),
            ("RU", "ru"),
            ("ast", "ast"),
            ("zh-hant", "zh-Hant"),
            ("ZH-HANT-tw", "zh-Hant-TW"),
            ("es-419", "es-419"),
            ("zh-yue-hk", "zh-yue-HK"),
            ("sl-ROZAJ-Biske-1994", "sl-rozaj-biske-1994"),
            ("en-gb-U-CA-gregory-X-Ab", "en-GB-u-ca-gregory-x-ab"),
            ("en-a-bb-x-a-bb", "en-a-bb-x-a-bb"),
            ("x-Own", "x-own"),
        ],
    )
    def test_writes_each_part_with_its_usual_capitals(
        self, tag: str, canonical: str
    ) -> None:
        """
        Scripts are written like names, regions in capitals, and the rest in small.
        """
        assert canonical_tag(tag) == canonical
        assert canonical_tag(canonical) == canonical

    @pytest.mark.parametrize(
        "tag",
        [
            "",
            "e",
            "en-",
            "-en",
            "en--us",
            "english",
            "ру",
            "en us",
            "en\n",
            "en-a",
            "de-1996-1996",
            "ar-a-aa-b-bb-a-cc",
            "x",
            "__class__",
            5,
            None,
        ],
    )
    def test_rejects_what_is_not_a_tag(self, tag: str) -> None:
        """
        Whatever is not well-formed according to BCP 47 is an error with examples.
        """
        message = (
            "expected a BCP 47 language tag like 'ky', 'pt-BR' or 'zh-Hant', got"
            f" {tag!r}"
        )
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            canonical_tag(tag)

    def test_suggests_a_hyphen_for_an_underscore(self) -> None:
        """
        The name of a POSIX locale is rejected with the tag to write.
        """
        message = r"^expected a BCP 47 language tag like 'zh-Hant', got 'zh_Hant'$"
        with pytest.raises(ValueError, match=message):
            canonical_tag("zh_Hant")


class TestTagOf:
    def test_accepts_a_tag_and_anything_that_has_one(self) -> None:
        """
        A language is named by its tag, or by an object with the attribute `tag`.
        """

        class Spoken:
            tag = "pt-br"

        assert tag_of("PT-BR") == tag_of(Spoken()) == "pt-BR"


class TestFallbacks:
    @pytest.mark.parametrize(
        ("tag", "tried"),
        [
            ("en", ["en"]),
            ("zh-Hant-TW", ["zh-Hant-TW", "zh-Hant", "zh"]),
            ("de-u-co-phonebk", ["de-u-co-phonebk", "de-u-co", "de"]),
            ("x-own", ["x-own"]),
        ],
    )
    def test_become_more_general(self, tag: str, tried: list[str]) -> None:
        """
        One part after the other is removed, and a single letter with what follows it.
        """
        assert list(fallbacks(tag)) == tried
