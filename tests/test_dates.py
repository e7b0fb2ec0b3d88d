from __future__ import annotations

import copy
import datetime as dt
import itertools
import pickle
import re

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import days, partial_dates

from tjun import PartialDate, Precision
from tjun.model.dates import as_bound, as_date


class TestParse:
    @given(partial_dates())
    def test_reads_what_str_writes(self, date: PartialDate) -> None:
        """
        A date that is written and read again is the same date.
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
    def test_reads_each_precision(self, written: str, date: PartialDate) -> None:
        """
        A text gives as much of the date as it says, and gets it back from str().
        """
        assert PartialDate.parse(written) == date
        assert str(date) == written

    @pytest.mark.parametrize(
        "written",
        [
            "",
            "92",
            "19920302",
            "1992-3-2",
            "1992-03-02 ",
            " 1992",
            "1992-03-02\n",
            "1992-03-02T00:00",
            "-1992",
            "10000",
            "٢٠٠٠",
            "1992/03/02",
            "02.03.1992",
            "1992-",
        ],
    )
    def test_refuses_another_form(self, written: str) -> None:
        """
        A text in another form is refused with the form that was expected.
        """
        expected = f"expected a date as YYYY-MM-DD, YYYY-MM or YYYY, got {written!r}"
        with pytest.raises(ValueError, match=f"^{re.escape(expected)}$"):
            PartialDate.parse(written)

    @pytest.mark.parametrize("value", [None, 1992, b"1992", dt.date(1992, 3, 2)])
    def test_refuses_what_is_no_text(self, value: object) -> None:
        """
        Anything but a text is refused with the form that was expected.
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
    def test_refuses_a_date_that_no_calendar_has(
        self, written: str, reason: str
    ) -> None:
        """
        A date that the calendar lacks is refused with what the calendar has.
        """
        expected = f"{written!r} is not a date: {reason}"
        with pytest.raises(ValueError, match=f"^{re.escape(expected)}$"):
            PartialDate.parse(written)

    @given(st.text("0123456789-T+ \n٢", max_size=12))
    def test_refuses_or_gives_back_any_text(self, written: str) -> None:
        """
        Any text at all is a date that writes itself so, or a ValueError.
        """
        try:
            date = PartialDate.parse(written)
        except ValueError:
            return
        assert str(date) == written


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
    def test_spans_the_days_it_may_be(
        self,
        date: PartialDate,
        precision: Precision,
        earliest: dt.date,
        latest: dt.date,
    ) -> None:
        """
        A date knows its precision, and the first and the last day it may be.
        """
        assert date.precision is precision
        assert (date.earliest, date.latest) == (earliest, latest)

    @given(partial_dates())
    def test_earliest_is_never_after_latest(self, date: PartialDate) -> None:
        """
        The first possible day is the last one, or before it where less is known.
        """
        assert date.earliest <= date.latest
        whole = date.precision is Precision.DAY
        assert (date.earliest == date.latest) is whole

    @given(partial_dates(last=9998))
    def test_spans_a_whole_month_or_year(self, date: PartialDate) -> None:
        """
        The day after the last possible one no longer shares what is known.
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
    def test_sorts_by_first_day_then_vaguer_first(
        self, dates: list[PartialDate]
    ) -> None:
        """
        The sort key puts first what may begin first, and the vaguer of two first.
        """
        ordered = sorted(dates, key=lambda date: date.sort_key)
        for one, other in itertools.pairwise(ordered):
            assert one.earliest <= other.earliest
            if one.earliest == other.earliest:
                assert one.precision <= other.precision

    def test_sorts_year_month_and_day_that_begin_together(self) -> None:
        """
        A year sorts before its January, and January before its first day.
        """
        written = ["2000-01-02", "2000-01-01", "2000-01", "2000", "1999-12-31"]
        dates = [PartialDate.parse(each) for each in written]
        ordered = sorted(dates, key=lambda date: date.sort_key)
        assert [str(each) for each in ordered] == written[::-1]

    def test_has_no_order(self) -> None:
        """
        Two dates cannot be compared by a sign, for a month and its days have no order.
        """
        with pytest.raises(TypeError, match="'<' not supported"):
            _ = PartialDate(2000, 5) < PartialDate(2000, 5, 4)  # type: ignore[operator]  # What is tested.

    @given(partial_dates(), partial_dates())
    def test_equal_dates_have_one_hash(
        self, one: PartialDate, other: PartialDate
    ) -> None:
        """
        Dates are equal when they say the same, and then hash the same.
        """
        assert (one == other) is (str(one) == str(other))
        assert hash(one) == hash(PartialDate(one.year, one.month, one.day))

    def test_differs_from_a_vaguer_date(self) -> None:
        """
        A day, its month and its year are three dates.
        """
        dates = {PartialDate(2000), PartialDate(2000, 1), PartialDate(2000, 1, 1)}
        assert len(dates) == 3

    @pytest.mark.parametrize("field", ["year", "month", "day", "other"])
    def test_cannot_be_changed(self, field: str) -> None:
        """
        No attribute of a date can be set.
        """
        date = PartialDate(1992, 3, 2)
        with pytest.raises((attrs.exceptions.FrozenInstanceError, AttributeError)):
            setattr(date, field, 1)
        assert date == PartialDate(1992, 3, 2)

    @given(partial_dates())
    def test_survives_pickling_and_copying(self, date: PartialDate) -> None:
        """
        A date that was pickled or copied is the same date.
        """
        assert pickle.loads(pickle.dumps(date)) == date
        assert copy.deepcopy(date) == copy.copy(date) == date

    def test_shows_what_it_says(self) -> None:
        """
        The representation holds the written date.
        """
        assert repr(PartialDate(1992, 3, 2)) == "PartialDate('1992-03-02')"
        assert repr(PartialDate(2000, 5)) == "PartialDate('2000-05')"

    @pytest.mark.parametrize(
        ("parts", "message"),
        [
            ((0,), "expected a year from 1 to 9999, got 0"),
            ((10000,), "expected a year from 1 to 9999, got 10000"),
            ((True,), "expected a year from 1 to 9999, got True"),
            ((2000.0,), "expected a year from 1 to 9999, got 2000.0"),
            ((None,), "expected a year from 1 to 9999, got None"),
            (
                ("2000",),
                (
                    "expected a year from 1 to 9999, got '2000'"
                    "; use PartialDate.parse() for a string"
                ),
            ),
            ((2000, 0), "expected a month from 1 to 12, got 0"),
            ((2000, True), "expected a month from 1 to 12, got True"),
            ((45, 2, 0), "expected a day of 0045-02 from 1 to 28, got 0"),
            ((2001, 2, 29), "expected a day of 2001-02 from 1 to 28, got 29"),
            ((2000, None, 3), "expected a month with the day 3, got none"),
            ((2000, None, 0), "expected a month with the day 0, got none"),
        ],
    )
    def test_refuses_nonsense(self, parts: tuple[int, ...], message: str) -> None:
        """
        A date that cannot be is refused with what was expected.
        """
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            PartialDate(*parts)


class TestAgreesWith:
    @pytest.mark.parametrize(
        ("one", "other", "agree"),
        [
            ("2000-05-15", "2000-05", True),
            ("2000-05-15", "2000", True),
            ("2000-05", "2000-05", True),
            ("2000-05-15", "2000-05-16", False),
            ("2000-05-15", "2000-06", False),
            ("2000-12-31", "2001", False),
            ("2000", "2001", False),
        ],
    )
    def test_means_that_both_can_be_true(
        self, one: str, other: str, agree: bool
    ) -> None:
        """
        Two dates agree when one lies within the other, whichever is asked.
        """
        first, second = PartialDate.parse(one), PartialDate.parse(other)
        assert first.agrees_with(second) is agree
        assert second.agrees_with(first) is agree

    @given(
        partial_dates(first=1999, last=2001),
        partial_dates(first=1999, last=2001),
    )
    def test_is_that_one_text_begins_the_other(
        self, one: PartialDate, other: PartialDate
    ) -> None:
        """
        Dates agree exactly when one is written as the beginning of the other.
        """
        begins = str(one).startswith(str(other)) or str(other).startswith(str(one))
        assert one.agrees_with(other) is begins


class TestAsDate:
    @given(days())
    def test_takes_a_day(self, day: dt.date) -> None:
        """
        A datetime.date is that day.
        """
        date = as_date(day)
        assert (date.earliest, date.latest) == (day, day)

    def test_takes_a_text_and_a_partial_date(self) -> None:
        """
        A text is read, and a partial date is left as it is.
        """
        date = PartialDate(2000, 5)
        assert as_date("2000-05") == date
        assert as_date(date) is date

    @pytest.mark.parametrize(
        "value",
        [None, 2000, 20.0, ("2000",)],
    )
    def test_refuses_the_rest(self, value: object) -> None:
        """
        Anything else is refused.
        """
        expected = (
            "expected a date as YYYY-MM-DD, YYYY-MM or YYYY, or a datetime.date,"
            f" got {value!r}"
        )
        with pytest.raises(ValueError, match=f"^{re.escape(expected)}$"):
            as_date(value)  # type: ignore[arg-type]  # What is tested.


class TestAsBound:
    def test_takes_a_year_as_a_number(self) -> None:
        """
        A whole number is a year, and the rest is what a date may be.
        """
        assert as_bound(2000) == PartialDate(2000)
        assert as_bound("2000-05") == PartialDate(2000, 5)
        assert as_bound(dt.date(2000, 5, 1)) == PartialDate(2000, 5, 1)

    @pytest.mark.parametrize("value", [0, 10000, True, -1])
    def test_refuses_a_number_that_is_no_year(self, value: int) -> None:
        """
        A number that is no year is refused with the years there are.
        """
        expected = f"^expected a year from 1 to 9999, got {value!r}$"
        with pytest.raises(ValueError, match=expected):
            as_bound(value)


class TestPrecision:
    def test_orders_by_how_much_is_known(self) -> None:
        """
        A finer precision is the larger one.
        """
        assert Precision.YEAR < Precision.MONTH < Precision.DAY
