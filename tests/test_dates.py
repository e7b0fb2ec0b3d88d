from __future__ import annotations

import datetime as dt
import itertools
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_dates, days, partial_dates

from tjun import PartialDate, Precision
from tjun.model.dates import as_bound, as_date, as_day

EDTF = json.loads((Path(__file__).parent / "edtf.json").read_text(encoding="utf-8"))


class TestParse:
    @given(partial_dates())
    def test_parses_what_str_returns(self, date: PartialDate) -> None:
        """
        A date that is written and parsed again is equal.
        """
        assert PartialDate.parse(str(date)) == date

    @pytest.mark.parametrize(
        ("written", "date"),
        [
            ("1992-03-02", PartialDate(1992, 3, 2)),
            ("2000-05", PartialDate(2000, 5)),
            ("2007", PartialDate(2007)),
            ("0001-01-01", PartialDate(1, 1, 1)),
            ("9999-12-31", PartialDate(9999, 12, 31)),
            ("0045", PartialDate(45)),
            ("2000-02-29", PartialDate(2000, 2, 29)),
        ],
    )
    def test_parses_each_precision(self, written: str, date: PartialDate) -> None:
        """
        A day, a month and a year are parsed, and str() returns the same string.
        """
        assert PartialDate.parse(written) == date
        assert str(date) == written

    @pytest.mark.parametrize(
        "written",
        [
            "",
            "92",
            "1992-03-02 ",
            " 1992",
            "1992-03-02\n",
            "٢٠٠٠",
            "02.03.1992",
            "1992-",
            "spring 1992",
        ],
    )
    def test_rejects_other_formats(self, written: str) -> None:
        """
        The error for a string in another format describes the valid formats.
        """
        expected = f"expected a date as YYYY-MM-DD, YYYY-MM or YYYY, got {written!r}"
        with pytest.raises(ValueError, match=f"^{re.escape(expected)}$"):
            PartialDate.parse(written)

    @pytest.mark.parametrize("value", [None, 1992, b"1992", dt.date(1992, 3, 2)])
    def test_rejects_what_is_not_a_string(self, value: object) -> None:
        """
        The error for anything but a string describes the valid formats.
        """
        expected = f"expected a date as YYYY-MM-DD, YYYY-MM or YYYY, got {value!r}"
        with pytest.raises(ValueError, match=f"^{re.escape(expected)}$"):
            PartialDate.parse(value)  # type: ignore[arg-type]  # What is tested.

    @pytest.mark.parametrize(
        ("written", "reason"),
        [
            ("0000", "expected a year from 1 to 9999, got 0"),
            ("2000-00", "expected a month from 1 to 12, got 0"),
            ("2000-13", "expected a month from 1 to 12, got 13"),
            ("2000-05-00", "expected a day of 2000-05 from 1 to 31, got 0"),
            ("1900-02-29", "expected a day of 1900-02 from 1 to 28, got 29"),
            ("2000-02-30", "expected a day of 2000-02 from 1 to 29, got 30"),
        ],
    )
    def test_rejects_dates_that_do_not_exist(self, written: str, reason: str) -> None:
        """
        The error for a date that does not exist says which values exist.
        """
        expected = f"{written!r} is not a date: {reason}"
        with pytest.raises(ValueError, match=f"^{re.escape(expected)}$"):
            PartialDate.parse(written)

    @pytest.mark.parametrize(
        ("written", "reason"),
        [
            ("[1992..1992]", "1992 does not end before 1992 begins"),
            ("[1992-05..1992-03]", "1992-05 does not end before 1992-03 begins"),
            ("[1992-13..]", "expected a month from 1 to 12, got 13"),
            ("0001-24", "expected a year of winter from 2 to 9999, got 1"),
        ],
    )
    def test_rejects_intervals_and_seasons_that_do_not_exist(
        self, written: str, reason: str
    ) -> None:
        """
        The error for an interval or a season that does not exist says why.
        """
        with pytest.raises(ValueError, match=re.escape(f"is not a date: {reason}")):
            PartialDate.parse(written)

    @given(any_dates())
    def test_parses_every_kind_that_str_returns(self, date: PartialDate) -> None:
        """
        A date of any kind that is written and parsed again is equal.
        """
        assert PartialDate(str(date)) == date

    @given(st.text("0123456789-T+ \n٢~X[].", max_size=12))
    def test_rejects_any_string_that_is_not_written_so(self, written: str) -> None:
        """
        A string is either what str() returns for its date, or an error.
        """
        try:
            date = PartialDate.parse(written)
        except ValueError:
            return
        assert str(date) == written


class TestEdtf:
    """
    The strings in the tests of edtf.js, python-edtf, undate and ProfessionalWiki/EDTF.
    """

    @pytest.mark.parametrize("written", EDTF["read"])
    def test_is_read_with_the_right_interval(self, written: str) -> None:
        """
        A date that a record can contain has the first and the last day of the standard.
        """
        date = PartialDate(written)
        earliest = None if date.earliest is None else date.earliest.isoformat()
        latest = None if date.latest is None else date.latest.isoformat()
        assert [earliest, latest] == EDTF["read"][written]
        assert str(date) == written

    @pytest.mark.parametrize("message", EDTF["refused"])
    def test_or_is_refused_with_a_way_out(self, message: str) -> None:
        """
        Anything else is an error that says what to write instead.
        """
        for written in EDTF["refused"][message]:
            with pytest.raises(ValueError, match=r"^(expected|'|\")") as caught:
                PartialDate(written)
            assert str(caught.value) == message.replace("{}", repr(written))


class TestQualifiedDates:
    @pytest.mark.parametrize(
        ("written", "precision", "anchor"),
        [
            ("1992~", Precision.YEAR, "1992-01-01"),
            ("1992-03~", Precision.MONTH, "1992-03-01"),
            ("1992-03-02~", Precision.DAY, "1992-03-02"),
            ("1992-22", Precision.SEASON, "1992-06-01"),
            ("1992-24", Precision.SEASON, "1991-12-01"),
            ("199X", Precision.DECADE, "1990-01-01"),
            ("[1992-03..1992-05]", Precision.INTERVAL, "1992-03-01"),
            ("[..1992-03]", Precision.INTERVAL, "1992-03-31"),
            ("[1992-03..]", Precision.INTERVAL, "1992-03-01"),
        ],
    )
    def test_have_a_precision_and_an_anchor(
        self, written: str, precision: Precision, anchor: str
    ) -> None:
        """
        The anchor is the first possible day, or the last if only that is known.
        """
        date = PartialDate(written)
        assert date.precision is precision
        assert date.anchor == date.extent[0] == dt.date.fromisoformat(anchor)

    def test_have_parts_only_if_they_are_a_day_a_month_or_a_year(self) -> None:
        """
        An approximate date has a year, month and day; others have none.
        """
        about = PartialDate("1992-03-02~")
        assert (about.year, about.month, about.day) == (1992, 3, 2)
        assert about.qualifier == "approximate"
        for written in ("1992-21", "199X", "[1992..1993]", "[..1992]"):
            date = PartialDate(written)
            assert (date.year, date.month, date.day) == (None, None, None)
            assert date.qualifier is None

    def test_know_their_season_and_their_ends(self) -> None:
        """
        A season has a number, and an interval has ends, one of which may be missing.
        """
        assert [PartialDate(f"1992-2{n}").season for n in range(1, 5)] == [1, 2, 3, 4]
        first, last = PartialDate("1992-03"), PartialDate("1992-05")
        assert PartialDate("[1992-03..1992-05]").ends == (first, last)
        assert PartialDate("[..1992-05]").ends == (None, last)
        assert PartialDate("1992").ends is None

    @pytest.mark.parametrize(
        ("about", "other", "agree"),
        [
            ("1992~", "1991", True),
            ("1992~", "1993-12-31", True),
            ("1992~", "1994", False),
            ("1992-01~", "1991-12-01", True),
            ("1992-01~", "1992-03-01", False),
            ("1992-03-02~", "1992-03-03", True),
            ("1992-03-02~", "1992-03-04", False),
            ("0001~", "0002", True),
            ("9999-12-31~", "9999-12-30", True),
            ("1992-21", "1992-04", True),
            ("199X", "1992~", True),
            ("[1992..1994]", "1993-05", True),
            ("[1992..1994]", "1995", False),
            ("[..1992]", "0001", True),
            ("[..1992]", "1993", False),
            ("[1992..]", "1991", False),
        ],
    )
    def test_agree_with_dates_that_can_be_the_same(
        self, about: str, other: str, agree: bool
    ) -> None:
        """
        An approximate date agrees with what is up to one unit of its precision away.
        """
        first, second = PartialDate(about), PartialDate(other)
        assert first.agrees_with(second) is second.agrees_with(first) is agree
        assert (first.precedes(second) or second.precedes(first)) is not agree

    @pytest.mark.parametrize("written", ["[..1992]", "[1992..]"])
    def test_are_no_bounds_without_an_end(self, written: str) -> None:
        """
        The start or end of a period needs a first and a last day.
        """
        with pytest.raises(
            ValueError, match=r"^expected a date with a first and a last"
        ):
            as_bound(written)


class TestPartialDate:
    @pytest.mark.parametrize(
        ("date", "precision", "earliest", "latest"),
        [
            (
                PartialDate(1992, 3, 2),
                Precision.DAY,
                dt.date(1992, 3, 2),
                dt.date(1992, 3, 2),
            ),
            (
                PartialDate(2000, 2),
                Precision.MONTH,
                dt.date(2000, 2, 1),
                dt.date(2000, 2, 29),
            ),
            (
                PartialDate(2001, 2),
                Precision.MONTH,
                dt.date(2001, 2, 1),
                dt.date(2001, 2, 28),
            ),
            (
                PartialDate(2007),
                Precision.YEAR,
                dt.date(2007, 1, 1),
                dt.date(2007, 12, 31),
            ),
            (PartialDate(1), Precision.YEAR, dt.date.min, dt.date(1, 12, 31)),
            (PartialDate(9999), Precision.YEAR, dt.date(9999, 1, 1), dt.date.max),
        ],
    )
    def test_has_a_precision_and_a_first_and_last_day(
        self,
        date: PartialDate,
        precision: Precision,
        earliest: dt.date,
        latest: dt.date,
    ) -> None:
        """
        A date has a precision, and a first and a last possible day.
        """
        assert date.precision is precision
        assert (date.earliest, date.latest) == (earliest, latest)

    @given(partial_dates())
    def test_earliest_is_never_after_latest(self, date: PartialDate) -> None:
        """
        The first possible day is before the last, unless the date is a day.
        """
        assert date.earliest <= date.latest
        whole = date.precision is Precision.DAY
        assert (date.earliest == date.latest) is whole

    @given(partial_dates(last=9998))
    def test_covers_a_whole_month_or_year(self, date: PartialDate) -> None:
        """
        The day after the last possible day is in another month or year.
        """
        for outside in (date.latest + dt.timedelta(1), date.latest):
            parts = (outside.year, outside.month, outside.day)
            known = (date.year, date.month, date.day)
            shares = all(
                mine is None or mine == other
                for mine, other in zip(known, parts, strict=True)
            )
            assert shares is (outside == date.latest)

    @given(st.lists(partial_dates(first=1999, last=2001), max_size=8))
    def test_sorts_by_first_day_then_by_precision(
        self, dates: list[PartialDate]
    ) -> None:
        """
        Dates are sorted by their first possible day, then the less precise first.
        """
        ordered = sorted(dates, key=lambda date: date.sort_key)
        for one, other in itertools.pairwise(ordered):
            assert one.earliest <= other.earliest
            if one.earliest == other.earliest:
                assert one.precision <= other.precision

    def test_sorts_a_year_before_its_first_month_and_day(self) -> None:
        """
        A year sorts before its January, and January before its first day.
        """
        written = ["2000-01-02", "2000-01-01", "2000-01", "2000", "1999-12-31"]
        dates = [PartialDate.parse(each) for each in written]
        ordered = sorted(dates, key=lambda date: date.sort_key)
        assert [str(each) for each in ordered] == written[::-1]

    def test_cannot_be_ordered(self) -> None:
        """
        There is no `<`, because a month is neither before nor after its days.
        """
        with pytest.raises(TypeError, match="'<' not supported"):
            _ = PartialDate(2000, 5) < PartialDate(2000, 5, 4)  # type: ignore[operator]  # What is tested.

    @given(partial_dates(), partial_dates())
    def test_is_equal_if_str_is(self, one: PartialDate, other: PartialDate) -> None:
        """
        Dates with the same string are equal and have the same hash.
        """
        assert (one == other) is (str(one) == str(other))
        assert hash(one) == hash(PartialDate(one.year, one.month, one.day))

    def test_differs_from_a_less_precise_date(self) -> None:
        """
        A day, its month and its year are three different dates.
        """
        dates = {PartialDate(2000), PartialDate(2000, 1), PartialDate(2000, 1, 1)}
        assert len(dates) == 3

    @pytest.mark.parametrize(
        ("parts", "message"),
        [
            ((0,), "expected a year from 1 to 9999, got 0"),
            ((10000,), "expected a year from 1 to 9999, got 10000"),
            ((True,), "expected a year from 1 to 9999, got True"),
            ((2000.0,), "expected a year from 1 to 9999, got 2000.0"),
            ((None,), "expected a year from 1 to 9999, got None"),
            (("2000", 1), "expected a year from 1 to 9999, got '2000'"),
            ((2000, 0), "expected a month from 1 to 12, got 0"),
            ((2000, True), "expected a month from 1 to 12, got True"),
            ((45, 2, 0), "expected a day of 0045-02 from 1 to 28, got 0"),
            ((2001, 2, 29), "expected a day of 2001-02 from 1 to 28, got 29"),
            ((2000, None, 3), "expected a month with the day 3, got none"),
            ((2000, None, 0), "expected a month with the day 0, got none"),
        ],
    )
    def test_rejects_invalid_parts(self, parts: tuple[int, ...], message: str) -> None:
        """
        The error for an invalid year, month or day says which values are valid.
        """
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            PartialDate(*parts)


class TestRepr:
    def test_has_the_date_as_str_returns_it(self) -> None:
        """
        The repr is Python, with the date as str() returns it.
        """
        assert repr(PartialDate(2000, 5)) == "PartialDate('2000-05')"


class TestAgreesWith:
    @given(
        partial_dates(first=1999, last=2001),
        partial_dates(first=1999, last=2001),
    )
    def test_means_that_one_string_begins_with_the_other(
        self, one: PartialDate, other: PartialDate
    ) -> None:
        """
        Dates agree if the string of one begins with that of the other.
        """
        begins = str(one).startswith(str(other)) or str(other).startswith(str(one))
        assert one.agrees_with(other) is begins


class TestAsDate:
    @given(days())
    def test_accepts_a_date(self, day: dt.date) -> None:
        """
        A datetime.date is converted to a day.
        """
        date = as_date(day)
        assert (date.earliest, date.latest) == (day, day)

    def test_accepts_a_string_and_a_partial_date(self) -> None:
        """
        A string is parsed, and a PartialDate is returned as it is.
        """
        date = PartialDate(2000, 5)
        assert as_date("2000-05") == date
        assert as_date(date) is date

    @pytest.mark.parametrize(
        "value",
        [None, 2000, 20.0, ("2000",)],
    )
    def test_rejects_anything_else(self, value: object) -> None:
        """
        The error for anything else describes the valid forms.
        """
        expected = (
            "expected a date as YYYY-MM-DD, YYYY-MM or YYYY, or a datetime.date,"
            f" got {value!r}"
        )
        with pytest.raises(ValueError, match=f"^{re.escape(expected)}$"):
            as_date(value)  # type: ignore[arg-type]  # What is tested.

    def test_rejects_a_datetime(self) -> None:
        """
        A datetime is a moment and not a day; the error says how to get the day.
        """
        noon = dt.datetime(2000, 5, 1, 12, tzinfo=dt.UTC)
        for convert in (as_date, as_day, as_bound):
            with pytest.raises(ValueError, match=r"; use \.date\(\)$"):
                convert(noon)


class TestAsDay:
    @given(days())
    def test_accepts_a_day_in_every_form(self, day: dt.date) -> None:
        """
        A date, a string and a PartialDate are converted to the same day.
        """
        date = PartialDate(day.year, day.month, day.day)
        assert as_day(day) == as_day(day.isoformat()) == as_day(date) == day

    @pytest.mark.parametrize(
        "value", ["2000-05", "2000", "2000-05-01~", "[..2000-05-01]"]
    )
    def test_rejects_a_month_and_a_year(self, value: str) -> None:
        """
        A month, a year or a qualified date is not a day.
        """
        message = f"^expected a whole day as YYYY-MM-DD, got {re.escape(repr(value))}$"
        with pytest.raises(ValueError, match=message):
            as_day(value)

    @pytest.mark.parametrize("value", [2000, None, "today"])
    def test_rejects_anything_else(self, value: object) -> None:
        """
        The error for anything else describes the valid forms.
        """
        with pytest.raises(ValueError, match=r"^expected a date as YYYY-MM-DD"):
            as_day(value)  # type: ignore[arg-type]  # What is tested.


class TestAsBound:
    def test_accepts_a_year_as_a_number(self) -> None:
        """
        An integer is a year; anything else is converted like a date.
        """
        assert as_bound(2000) == (dt.date(2000, 1, 1), dt.date(2000, 12, 31))
        assert as_bound("2000-05") == (dt.date(2000, 5, 1), dt.date(2000, 5, 31))
        assert as_bound(dt.date(2000, 5, 1)) == (dt.date(2000, 5, 1),) * 2

    @pytest.mark.parametrize("value", [0, 10000, True, -1])
    def test_rejects_other_numbers(self, value: int) -> None:
        """
        The error for another number says which years exist.
        """
        expected = f"^expected a year from 1 to 9999, got {value!r}$"
        with pytest.raises(ValueError, match=expected):
            as_bound(value)


class TestPrecision:
    def test_compares_finer_precision_as_greater(self) -> None:
        """
        A finer precision compares greater.
        """
        finer = [Precision.DECADE, Precision.YEAR, Precision.SEASON, Precision.MONTH]
        assert sorted(Precision) == [Precision.INTERVAL, *finer, Precision.DAY]
