from __future__ import annotations

import re
from typing import Any

import attrs
import pytest
from hypothesis import given
from strategies import partial_dates

from tjun import Citation, Event, PartialDate, Publisher, Source

MINISTRY = Publisher(id="ministry", name="The Ministry")
SOURCE = Source(id="article", title="Tajikistan and the UN", publisher=MINISTRY)
EVENT = Event(id="x", title="T", date="2000", citations=[Citation(source=SOURCE)])


class TestIds:
    @pytest.mark.parametrize("good", ["a", "un", "1news-2010-04-05", "a-b-c", "007"])
    def test_have_lower_case_letters_digits_and_hyphens(self, good: str) -> None:
        """
        Letters, digits and single hyphens between them are an id.
        """
        assert attrs.evolve(SOURCE, id=good).id == good

    def test_are_not_too_long(self) -> None:
        """
        Files are named after ids, so these have at most 100 characters.
        """
        assert attrs.evolve(SOURCE, id="a" * 100).id == "a" * 100
        with pytest.raises(ValueError, match="at most 100 characters, got 101"):
            attrs.evolve(SOURCE, id="a" * 101)

    @pytest.mark.parametrize(
        "bad",
        ["", "A", "a_b", "a b", "-a", "a-", "a--b", "é", "вода", "a\n", "٣", 5, None],
    )
    def test_have_nothing_else(self, bad: Any) -> None:
        """
        The error for anything else describes an id and gives an example.
        """
        message = (
            "expected an id of lower-case letters, digits and single hyphens, like"
            f" 'tajikistan-joins-un', got {bad!r}"
        )
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            attrs.evolve(SOURCE, id=bad)


class TestAddresses:
    @pytest.mark.parametrize(
        "good",
        [
            None,
            "https://www.mfa.tj/en/main/view/195/a?b=c&d=%20#e",
            "http://un.org",
            "HTTPS://UN.ORG/",
            "https://[2001:db8::1]:8080/a",
            "https://mfa.tj/саҳифа",
        ],
    )
    def test_are_http_or_https(self, good: str | None) -> None:
        """
        An http or https URL with a host is valid, and so is None.
        """
        assert attrs.evolve(SOURCE, url=good).url == good

    @pytest.mark.parametrize(
        "bad",
        [
            "un.org",
            "ftp://un.org",
            "javascript:alert(1)",
            "https://",
            "https:///path",
            "mailto:a@un.org",
            "https://un.org/a b",
            "https://un.org/a\r\nX:1",
            "https://un.org/\x00",
            "https://un.org/\x85",
            "https://un.org/<b>",
            'https://un.org/"',
            "https://un.org/a\\b",
            "https://[2001:db8",
            " https://un.org",
            5,
        ],
    )
    def test_have_no_other_schemes_or_unsafe_characters(self, bad: Any) -> None:
        """
        A URL with another scheme, no host or an unsafe character is invalid.
        """
        expected = "an http or https address" if isinstance(bad, str) else "an address"
        message = f"expected {expected}, got {bad!r}"
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            attrs.evolve(SOURCE, url=bad)


class TestValues:
    @pytest.mark.parametrize("value", [None, 5, "ab", b"ab"])
    def test_that_are_lists_may_be_any_collection_but_strings(self, value: Any) -> None:
        """
        A generator is a list; a string, bytes, a number and None are not.
        """
        message = f"^expected a list, got {re.escape(repr(value))}$"
        with pytest.raises(ValueError, match=message):
            attrs.evolve(EVENT, citations=value)
        again = attrs.evolve(EVENT, citations=(each for each in EVENT.citations))
        assert again == EVENT

    @given(partial_dates(), partial_dates())
    def test_of_last_days_are_not_certainly_before_the_first(
        self, first: PartialDate, last: PartialDate
    ) -> None:
        """
        A last date is invalid if all its days are before all days of the first.
        """
        if last.precedes(first):
            with pytest.raises(
                ValueError, match=re.escape(f"until: {last} is before {first}")
            ):
                attrs.evolve(EVENT, date=first, until=last)
        else:
            assert attrs.evolve(EVENT, date=first, until=last).until == last
