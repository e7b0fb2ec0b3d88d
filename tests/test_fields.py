from __future__ import annotations

import datetime as dt
import re
from typing import Any

import attrs
import pytest
from hypothesis import given
from strategies import days, partial_dates, texts

from tjun import EventKind, PartialDate, Source, Text
from tjun.model.validators import (
    address,
    all_are,
    is_a,
    listed,
    maybe_date,
    maybe_text,
    member_of,
    not_before,
    optional,
    slug,
    unlike,
    whole_day,
    words,
)

ID = attrs.fields(Source).id
NOTE = attrs.fields(Source).note


class TestMemberOf:
    @pytest.mark.parametrize("kind", EventKind)
    def test_takes_a_member_or_its_value(self, kind: EventKind) -> None:
        """
        A member and its value both give the member.
        """
        assert member_of(EventKind, kind) is kind
        assert member_of(EventKind, kind.value) is kind

    @pytest.mark.parametrize("value", ["Visit", "VISIT", "", None, 3, []])
    def test_lists_the_right_ones(self, value: object) -> None:
        """
        Anything else is refused with every value there is.
        """
        message = (
            "expected one of membership, resolution, agreement, mission, office,"
            f" observance, conference, visit, milestone, got {value!r}"
        )
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            member_of(EventKind, value)


class TestListed:
    @pytest.mark.parametrize("given", [None, 5, "ab", b"ab"])
    def test_refuses_what_is_no_collection(self, given: Any) -> None:
        """
        A text, a number or nothing is no list of things.
        """
        message = f"^expected a list, got {re.escape(repr(given))}$"
        with pytest.raises(ValueError, match=message):
            listed(given)

    def test_takes_any_other(self) -> None:
        """
        A list, a generator and a set of one are taken in their order.
        """
        assert listed([2, 1]) == listed(n for n in (2, 1)) == (2, 1)
        assert listed({3}) == (3,)


class TestMaybe:
    @given(partial_dates(), texts())
    def test_reads_what_is_there(self, date: PartialDate, text: Text) -> None:
        """
        A value is converted, and None stays None.
        """
        assert maybe_date(str(date)) == date
        assert maybe_text(text) is text
        assert maybe_text(text.en) == Text(en=text.en)
        assert maybe_date(None) is None
        assert maybe_text(None) is None


class TestWholeDay:
    @given(days())
    def test_takes_a_day_or_its_text(self, day: dt.date) -> None:
        """
        A day and its written form both give the day.
        """
        assert whole_day(day) == day
        assert whole_day(day.isoformat()) == day

    def test_lets_none_be_none(self) -> None:
        """
        No day is no day.
        """
        assert whole_day(None) is None

    @pytest.mark.parametrize("written", ["2000", "2000-05"])
    def test_refuses_what_is_longer_than_a_day(self, written: str) -> None:
        """
        A month or a year is refused, for nobody knows which of its days is meant.
        """
        message = f"^expected a whole day as YYYY-MM-DD, got '{written}'$"
        with pytest.raises(ValueError, match=message):
            whole_day(written)


class TestSlug:
    @pytest.mark.parametrize("good", ["a", "un", "1news-2010-04-05", "a-b-c", "007"])
    def test_passes_lower_case_and_hyphens(self, good: str) -> None:
        """
        Letters, digits and single hyphens between them are an id.
        """
        assert slug(None, ID, good) is None

    @pytest.mark.parametrize(
        "bad",
        ["", "A", "a_b", "a b", "-a", "a-", "a--b", "é", "вода", "a\n", "٣", 5, None],
    )
    def test_refuses_the_rest(self, bad: object) -> None:
        """
        Anything else is refused with the form that an id has.
        """
        message = (
            "expected an id of lower-case letters, digits and single hyphens, as"
            f" 'tajikistan-joins-un', got {bad!r}"
        )
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            slug(None, ID, bad)


class TestWords:
    def test_lets_words_and_none_pass(self) -> None:
        """
        A text that says something passes, and none at all.
        """
        assert words(None, NOTE, "Об") is None
        assert words(None, NOTE, None) is None

    def test_names_the_field(self) -> None:
        """
        A blank text is refused with the name of the field.
        """
        message = r"^expected a text for note that is not blank, got ''$"
        with pytest.raises(ValueError, match=message):
            words(None, NOTE, "")


class TestAddress:
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
    def test_passes_what_a_browser_opens(self, good: str | None) -> None:
        """
        An http or https address with a host passes, and none at all.
        """
        assert address(None, NOTE, good) is None

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
        ],
    )
    def test_refuses_what_no_browser_opens(self, bad: str) -> None:
        """
        An address without http, a host, or with what breaks out of it is refused.
        """
        message = f"expected an http or https address, got {bad!r}"
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            address(None, NOTE, bad)

    def test_refuses_what_is_no_text(self) -> None:
        """
        What is no text is no address.
        """
        with pytest.raises(ValueError, match=r"^expected an address, got 5$"):
            address(None, NOTE, 5)


class TestKinds:
    def test_passes_what_is_of_the_kind(self) -> None:
        """
        A thing of the kind passes, one of a collection as well.
        """
        assert is_a(str)(None, NOTE, "a") is None
        assert optional(str)(None, NOTE, None) is None
        assert all_are(str)(None, NOTE, ("a", "b")) is None

    @pytest.mark.parametrize("check", [is_a(Source), optional(Source)])
    def test_refuses_what_is_not(self, check: Any) -> None:
        """
        A thing of another kind is refused with the kind and the field.
        """
        message = r"^expected a Source as note, got 'a'$"
        with pytest.raises(ValueError, match=message):
            check(None, NOTE, "a")

    def test_refuses_one_among_many(self) -> None:
        """
        A collection is refused for the first thing in it of another kind.
        """
        message = r"^expected each of note to be a str, got 5$"
        with pytest.raises(ValueError, match=message):
            all_are(str)(None, NOTE, ("a", 5, None))


class TestUnlike:
    def test_passes_ids_that_differ(self) -> None:
        """
        Ids that stand once each pass.
        """
        assert unlike("areas", ["a", "b", "c"]) is None

    def test_names_the_one_that_stands_twice(self) -> None:
        """
        The first id that stands twice is named.
        """
        with pytest.raises(
            ValueError, match=r"^expected areas once each, got 'b' twice$"
        ):
            unlike("areas", ["a", "b", "c", "b", "a"])


class TestNotBefore:
    @given(partial_dates(), partial_dates())
    def test_refuses_only_what_is_surely_before(
        self, first: PartialDate, last: PartialDate
    ) -> None:
        """
        An end is refused when all its days lie before all days of the beginning.
        """
        if last.latest < first.earliest:
            with pytest.raises(ValueError, match=f"^it: {last} is before {first}$"):
                not_before(first, last, "it")
        else:
            assert not_before(first, last, "it") is None

    def test_passes_without_an_end(self) -> None:
        """
        What has no end does not end too early.
        """
        assert not_before(PartialDate(2000), None, "it") is None
