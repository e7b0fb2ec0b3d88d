from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from string import Formatter

import pytest

from tjun import PartialDate
from tjun.languages import (
    _PHRASES,
    anniversary,
    day_not_known,
    ordinal,
    phrase,
    spoken,
    spoken_span,
    weekday,
)
from tjun.model.text import LANGUAGES

DAY, MONTH, YEAR = PartialDate(1992, 3, 2), PartialDate(2000, 5), PartialDate(2007)

ENDINGS = {
    **dict.fromkeys((1, 21, 31, 41, 51, 61, 71, 81, 91), "st"),
    **dict.fromkeys((2, 22, 32, 42, 52, 62, 72, 82, 92), "nd"),
    **dict.fromkeys((3, 23, 33, 43, 53, 63, 73, 83, 93), "rd"),
    **dict.fromkeys((101, 121, 131, 141, 151, 161, 171, 181, 191), "st"),
    **dict.fromkeys((102, 122, 132, 142, 152, 162, 172, 182, 192), "nd"),
    **dict.fromkeys((103, 123, 133, 143, 153, 163, 173, 183, 193), "rd"),
}


class TestOrdinal:
    @pytest.mark.parametrize("number", range(1, 200))
    def test_is_right_in_english(self, number: int) -> None:
        """
        English counts 1st, 2nd, 3rd and 4th, but 11th, 12th and 13th.
        """
        assert ordinal(number) == f"{number}{ENDINGS.get(number, 'th')}"

    @pytest.mark.parametrize(
        ("number", "said"),
        [(11, "11th"), (111, "111th"), (112, "112th"), (113, "113th"), (101, "101st")],
    )
    def test_knows_the_teens_of_every_hundred(self, number: int, said: str) -> None:
        """
        The second hundred has its teens like the first.
        """
        assert ordinal(number, "en") == said

    @pytest.mark.parametrize("number", range(1, 200))
    def test_is_right_in_russian_and_tajik(self, number: int) -> None:
        """
        Russian takes the feminine ending, and Tajik says of so many years.
        """
        assert ordinal(number, "ru") == f"{number}-я"
        assert ordinal(number, "tg") == f"{number}-солагӣ"


class TestAnniversary:
    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("en", "35th anniversary"),
            ("ru", "35-я годовщина"),
            ("tg", "35-солагӣ"),
        ],
    )
    def test_is_named_in_each_language(self, language: str, said: str) -> None:
        """
        An anniversary has its number in its name.
        """
        assert anniversary(35, language) == said


class TestSpoken:
    @pytest.mark.parametrize(
        ("date", "language", "said"),
        [
            (DAY, "en", "2 March 1992"),
            (DAY, "ru", "2 марта 1992"),
            (DAY, "tg", "2 марти 1992"),
            (MONTH, "en", "May 2000"),
            (MONTH, "ru", "май 2000"),
            (MONTH, "tg", "май 2000"),
            (YEAR, "en", "2007"),
            (YEAR, "ru", "2007"),
            (YEAR, "tg", "2007"),
            (PartialDate(45), "en", "45"),
        ],
    )
    def test_says_as_much_as_is_known(
        self, date: PartialDate, language: str, said: str
    ) -> None:
        """
        A date is said as precisely as it is known.
        """
        assert spoken(date, language) == said

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_names_twelve_months_apart(self, language: str) -> None:
        """
        Every month has a name of its own, alone and behind a day.
        """
        alone = {spoken(PartialDate(2000, n), language) for n in range(1, 13)}
        behind = {spoken(PartialDate(2000, n, 1), language) for n in range(1, 13)}
        assert len(alone) == len(behind) == 12

    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("en", "2 March 1992 – May 2000"),
            ("ru", "2 марта 1992 – май 2000"),
            ("tg", "2 марти 1992 – май 2000"),
        ],
    )
    def test_says_a_span_with_both_ends(self, language: str, said: str) -> None:
        """
        A span of time is said with a dash between its ends.
        """
        assert spoken_span(DAY, MONTH, language) == said

    @pytest.mark.parametrize(
        ("language", "said"), [("en", "no date"), ("ru", "без даты"), ("tg", "бе сана")]
    )
    def test_says_one_end_and_none(self, language: str, said: str) -> None:
        """
        A span without an end is its beginning, and without that it has no date.
        """
        assert spoken_span(DAY, None, language) == spoken(DAY, language)
        assert spoken_span(None, None, language) == said

    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("en", "May 2000, day not known"),
            ("ru", "май 2000, день неизвестен"),
            ("tg", "май 2000, рӯзаш маълум нест"),
        ],
    )
    def test_says_that_a_day_is_not_known(self, language: str, said: str) -> None:
        """
        A month says that its day is not known.
        """
        assert day_not_known(MONTH, language) == said


class TestWeekday:
    @pytest.mark.parametrize(
        ("language", "monday", "sunday"),
        [
            ("en", "Monday", "Sunday"),
            ("ru", "понедельник", "воскресенье"),
            ("tg", "душанбе", "якшанбе"),
        ],
    )
    def test_begins_with_monday(self, language: str, monday: str, sunday: str) -> None:
        """
        2 March 1992 was a Monday, in every language, and the day before a Sunday.
        """
        assert weekday(dt.date(1992, 3, 2), language) == monday
        assert weekday(dt.date(1992, 3, 1), language) == sunday

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_names_seven_days_apart(self, language: str) -> None:
        """
        Every day of the week has a name of its own.
        """
        week = [dt.date(1992, 3, day) for day in range(2, 9)]
        assert len({weekday(day, language) for day in week}) == 7


class TestPhrase:
    def test_is_said_in_each_language(self) -> None:
        """
        A fixed word has a form in every language.
        """
        assert phrase("sources") == "Sources"
        assert phrase("sources", "ru") == "Источники"
        assert phrase("sources", "tg") == "Манбаъҳо"

    @pytest.mark.parametrize("key", sorted(_PHRASES))
    def test_has_the_same_gaps_in_each_language(self, key: str) -> None:
        """
        A fixed word is said in all languages or none, with the same gaps to fill.
        """
        forms = [phrase(key, language) for language in LANGUAGES]
        assert len({bool(form) for form in forms}) == 1
        gaps = [
            sorted(name for _, name, _, _ in Formatter().parse(form) if name)
            for form in forms
        ]
        assert gaps[0] == gaps[1] == gaps[2]

    def test_is_a_key_error_where_there_is_none(self) -> None:
        """
        A word that is not among the fixed ones is a KeyError.
        """
        with pytest.raises(KeyError, match=r"^'nope'$"):
            phrase("nope")


@pytest.mark.parametrize(
    "say",
    [
        lambda language: ordinal(1, language),
        lambda language: anniversary(1, language),
        lambda language: spoken(DAY, language),
        lambda language: spoken(YEAR, language),
        lambda language: spoken_span(DAY, YEAR, language),
        lambda language: spoken_span(None, None, language),
        lambda language: day_not_known(MONTH, language),
        lambda language: weekday(dt.date(1992, 3, 2), language),
        lambda language: phrase("sources", language),
    ],
)
class TestEveryWord:
    def test_refuses_another_language(self, say: Callable[[str], str]) -> None:
        """
        A language that the record has not is refused with those it has.
        """
        with pytest.raises(
            ValueError, match=r"^expected a language of en, ru, tg, got 'de'$"
        ):
            say("de")
