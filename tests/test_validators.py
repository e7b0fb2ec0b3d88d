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
    as_tuple,
    check_unique,
    empty_or_not_blank,
    instance_of,
    member_of,
    not_before,
    not_blank,
    optional_date,
    optional_day,
    optional_text,
    slug,
    web_address,
)

ID = attrs.fields(Source).id
NOTE = attrs.fields(Source).note


class TestMemberOf:
    @pytest.mark.parametrize("kind", EventKind)
    def test_accepts_a_member_or_its_value(self, kind: EventKind) -> None:
        """
        A member and its value are both converted to the member.
        """
        assert member_of(EventKind, kind) is kind
        assert member_of(EventKind, kind.value) is kind

    @pytest.mark.parametrize("value", ["Visit", "VISIT", "", None, 3, []])
    def test_lists_the_valid_values(self, value: object) -> None:
        """
        The error for any other value lists all the valid values.
        """
        message = (
            "expected one of membership, resolution, agreement, mission, office,"
            f" observance, conference, visit, milestone, got {value!r}"
        )
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            member_of(EventKind, value)


class TestAsTuple:
    @pytest.mark.parametrize("value", [None, 5, "ab", b"ab"])
    def test_rejects_strings_and_single_values(self, value: Any) -> None:
        """
        A string, bytes, a number and None are not lists.
        """
        message = f"^expected a list, got {re.escape(repr(value))}$"
        with pytest.raises(ValueError, match=message):
            as_tuple(value)

    def test_accepts_any_iterable(self) -> None:
        """
        A list, a generator and a set are converted, in their order.
        """
        assert as_tuple([2, 1]) == as_tuple(n for n in (2, 1)) == (2, 1)
        assert as_tuple({3}) == (3,)


class TestOptionalConverters:
    @given(partial_dates(), texts())
    def test_convert_everything_but_none(self, date: PartialDate, text: Text) -> None:
        """
        A value is converted; None is left as it is.
        """
        assert optional_date(str(date)) == date
        assert optional_text(text) is text
        assert optional_text(text.en) == Text(en=text.en)
        assert optional_date(None) is None
        assert optional_text(None) is None
        assert optional_day(None) is None

    @given(days())
    def test_convert_days(self, day: dt.date) -> None:
        """
        A date, a PartialDate and an ISO 8601 string are converted to the same day.
        """
        assert optional_day(day) == day
        assert optional_day(day.isoformat()) == day
        assert optional_day(PartialDate(day.year, day.month, day.day)) == day

    @pytest.mark.parametrize("written", ["2000", "2000-05"])
    def test_reject_a_month_or_year_as_a_day(self, written: str) -> None:
        """
        A month or a year is not a day.
        """
        message = f"^expected a whole day as YYYY-MM-DD, got '{written}'$"
        with pytest.raises(ValueError, match=message):
            optional_day(written)


class TestSlug:
    @pytest.mark.parametrize("good", ["a", "un", "1news-2010-04-05", "a-b-c", "007"])
    def test_accepts_lower_case_letters_digits_and_hyphens(self, good: str) -> None:
        """
        Letters, digits and single hyphens between them are a slug.
        """
        assert slug(None, ID, good) is None

    @pytest.mark.parametrize(
        "bad",
        ["", "A", "a_b", "a b", "-a", "a-", "a--b", "é", "вода", "a\n", "٣", 5, None],
    )
    def test_rejects_anything_else(self, bad: object) -> None:
        """
        The error for anything else describes a slug and gives an example.
        """
        message = (
            "expected an id of lower-case letters, digits and single hyphens, like"
            f" 'tajikistan-joins-un', got {bad!r}"
        )
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            slug(None, ID, bad)


class TestNotBlank:
    def test_accepts_a_string_or_none(self) -> None:
        """
        A string that is not blank is valid, and so is None.
        """
        assert not_blank(None, NOTE, "Об") is None
        assert not_blank(None, NOTE, None) is None

    @pytest.mark.parametrize("blank", ["", " ", "\t\n"])
    def test_names_the_attribute(self, blank: str) -> None:
        """
        The error for a blank string names the attribute.
        """
        message = f"expected a string for note that is not blank, got {blank!r}"
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            not_blank(None, NOTE, blank)


class TestEmptyOrNotBlank:
    def test_accepts_an_empty_string(self) -> None:
        """
        A string that is empty or not blank is valid.
        """
        assert empty_or_not_blank(None, NOTE, "") is None
        assert empty_or_not_blank(None, NOTE, "Об") is None

    @pytest.mark.parametrize(
        ("value", "message"),
        [
            (" ", "expected a string for note that is not blank, got ' '"),
            (None, "expected a string for note, got None"),
        ],
    )
    def test_rejects_anything_else(self, value: object, message: str) -> None:
        """
        The error for anything else names the attribute.
        """
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            empty_or_not_blank(None, NOTE, value)


class TestWebAddress:
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
    def test_accepts_http_and_https(self, good: str | None) -> None:
        """
        An http or https URL with a host is valid, and so is None.
        """
        assert web_address(None, NOTE, good) is None

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
    def test_rejects_other_schemes_and_unsafe_characters(self, bad: str) -> None:
        """
        A URL with another scheme, no host or an unsafe character is invalid.
        """
        message = f"expected an http or https address, got {bad!r}"
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            web_address(None, NOTE, bad)

    def test_rejects_a_number(self) -> None:
        """
        Only a string can be a URL.
        """
        with pytest.raises(ValueError, match=r"^expected an address, got 5$"):
            web_address(None, NOTE, 5)


class TestInstanceOf:
    def test_accepts_an_instance(self) -> None:
        """
        An instance of the class or of a subclass is valid.
        """
        assert instance_of(str)(None, NOTE, "a") is None
        assert instance_of(int)(None, NOTE, True) is None

    @pytest.mark.parametrize(
        ("kind", "expected"), [(Source, "a Source"), (EventKind, "an EventKind")]
    )
    def test_names_the_class_and_the_attribute(self, kind: type, expected: str) -> None:
        """
        The error for anything else names the class and the attribute.
        """
        message = f"^expected {expected} for note, got 'a'$"
        with pytest.raises(ValueError, match=message):
            instance_of(kind)(None, NOTE, "a")


class TestCheckUnique:
    def test_accepts_different_ids(self) -> None:
        """
        Ids that all differ are valid.
        """
        assert check_unique("areas", ["a", "b", "c"]) is None

    def test_names_the_first_duplicate(self) -> None:
        """
        The error names the first id that occurs a second time.
        """
        with pytest.raises(ValueError, match=r"^duplicate 'b' in areas$"):
            check_unique("areas", ["a", "b", "c", "b", "a"])


class TestNotBefore:
    @given(partial_dates(), partial_dates())
    def test_rejects_only_dates_that_are_certainly_before(
        self, first: PartialDate, last: PartialDate
    ) -> None:
        """
        A last date is invalid if all its days are before all days of the first.
        """
        if last.latest < first.earliest:
            with pytest.raises(ValueError, match=f"^it: {last} is before {first}$"):
                not_before(first, last, "it")
        else:
            assert not_before(first, last, "it") is None

    def test_accepts_no_last_date(self) -> None:
        """
        None is a valid last date.
        """
        assert not_before(PartialDate(2000), None, "it") is None
