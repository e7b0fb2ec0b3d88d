from __future__ import annotations

import datetime as dt
import os
import pickle
import re
import subprocess
import sys
import tomllib
from importlib.resources import files
from pathlib import Path

import babel
import pytest
from fake_plugins import Shelf

import tjun
from tjun import Anniversary, DataError, Language, NotFoundError, Text
from tjun.locales.available import language as find_language
from tjun.locales.language import BUILTIN
from tjun.locales.registry import tjun_languages
from tjun.locales.template import language_template
from tjun.model.tags import tag_of

HERE = Path(__file__).parent / "languages"
ENGLISH = (files("tjun.locales") / "en.toml").read_text("utf-8")
KY_TOML = HERE.parents[1] / "examples/tjun-kyrgyzstan/src/tjun_kyrgyzstan/ky.toml"
AR_TOML = HERE / "ar.toml"
KYRGYZ = Language.load(KY_TOML)
ARABIC = Language.load(AR_TOML)
ALL = [*(find_language(tag) for tag in BUILTIN), KYRGYZ, ARABIC]

FAULTY = r"""
language = 1 → language = 2 → language: expected 1, the version of this file format, got 2
language = 1 → language = true → language: expected 1, the version of this file format, got True
tag = "en" → tag = "en_GB" → tag: expected a BCP 47 language tag like 'en-GB', got 'en_GB'
name = "English" → name = " " → name: expected a string that is not blank, got ' '
direction = "ltr" → direction = "down" → direction: expected 'ltr' or 'rtl', got 'down'
"Sunday", →  → dates.weekdays: expected a list of 7 names, got 6 of them
"Sunday", → "Monday", → dates.weekdays: expected 7 different names, got 'Monday' twice
"Sunday", → 7, → dates.weekdays: expected a name, got 7
year = "{year}" # → year = 5 # → dates.year: expected a string, got 5
year = "{year}" # → year = "year" # → dates.year: expected the placeholder {year} in 'year'
year = "{year}" # → year = "{year} {month}" # → dates.year: unknown placeholder {month} in '{year} {month}'; known: {year}
year = "{year}" # → year = "{year} {year!r:>9}" # → dates.year: unknown placeholder {year!r:>9} in '{year} {year!r:>9}'; known: {year}
year = "{year}" # → year = "{year" # → dates.year: unpaired brace in '{year'; write a literal brace twice
today = "today" → today = "{today}" → labels.today: unknown placeholder {today} in '{today}'; known: none
read_on = "read on {date}" → read_on = "read" → labels.read_on: expected the placeholder {date} in 'read'
today = "today" → todya = "today" → labels.todya: unknown key; did you mean labels.today?
name = "English" → name = "English"¶qqqqqqqqq = 1 → qqqqqqqqq: unknown key; remove it
decimal = "." →  → numbers.decimal: this key is required; add it
{ endings = ["1"], form = "{number}st" } → "{number}st" → numbers.ordinal: expected a table such as { form = "…" }, got '{number}st'
{ endings = ["1"], form = "{number}st" } → { endings = ["1"] } → numbers.ordinal: expected a table such as { form = "…" }, got {'endings': ['1']}
endings = ["1"], → ending = ["1"], → numbers.ordinal: unknown key 'ending'; expected form, endings, numbers, fractions
endings = ["1"], → endings = [1], → numbers.ordinal: expected digits in quotes such as ["1", "21"], got [1]
endings = ["1"], → endings = [], → numbers.ordinal: expected digits in quotes such as ["1", "21"], got []
endings = ["1"], → endings = ["²"], → numbers.ordinal: expected digits in quotes such as ["1", "21"], got ['²']
endings = ["1"], → numbers = ["1"], → numbers.ordinal: expected whole numbers such as [1, 2], got ['1']
endings = ["1"], → numbers = 1, → numbers.ordinal: expected whole numbers such as [1, 2], got 1
endings = ["1"], → fractions = false, → numbers.ordinal: expected True for fractions, got False
endings = ["1"], →  → numbers.ordinal: expected the last form, and no other, to be for all numbers
  { form = "{number}th" }, →  → numbers.ordinal: expected the last form, and no other, to be for all numbers
""".strip().split("\n")  # noqa: E501  # A table.
"""
What is replaced in the English file, by what, and the fault.
"""

each_language = pytest.mark.parametrize("language", ALL, ids=tag_of)


def written(folder: Path, *changes: tuple[str, str]) -> Path:
    """
    Write an English language file with some changes.
    """
    text = ENGLISH
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / "made.toml"
    path.write_text(text, "utf-8")
    return path


class TestNames:
    @each_language
    def test_of_months_and_weekdays_are_those_of_cldr(self, language: Language) -> None:
        """
        CLDR has the same names, but for capitals and the Tajik linking ending.
        """
        cldr = babel.Locale.parse(language.tag)
        linked = "и" if language.tag == "tg" else ""
        week = [dt.date(1992, 3, day) for day in range(2, 9)]
        for month in range(1, 13):
            alone = cldr.months["stand-alone"]["wide"][month].casefold()
            after = cldr.months["format"]["wide"][month].casefold() + linked
            assert alone in language.format_date(f"2000-{month:02}").casefold().split()
            days = language.format_date(f"2000-{month:02}-01").casefold()
            assert after in re.split("[ -]", days)
        for number, day in enumerate(week):
            name = cldr.days["stand-alone"]["wide"][number]
            assert language.weekday(day).casefold() == name.casefold()

    @each_language
    def test_of_the_language_and_its_direction_are_those_of_cldr(
        self, language: Language
    ) -> None:
        """
        CLDR calls the language the same, and writes it in the same direction.
        """
        cldr = babel.Locale.parse(language.tag)
        assert language.name == cldr.get_language_name(language.tag)
        assert language.direction == cldr.text_direction


class TestFormatDate:
    @pytest.mark.parametrize(
        ("tag", "day", "month"),
        [
            ("en", "2 March 1992", "May 2000"),
            ("ru", "2 марта 1992", "май 2000"),
            ("tg", "2 марти 1992", "май 2000"),
        ],
    )
    def test_is_as_precise_as_the_date(self, tag: str, day: str, month: str) -> None:
        """
        A day, a month and a year are written as precisely as they are known.
        """
        language = find_language(tag)
        assert language.format_date("1992-03-02") == day
        assert language.format_date(dt.date(1992, 3, 2)) == day
        assert language.format_date(tjun.PartialDate(2000, 5)) == month
        assert language.format_date("2007") == "2007"

    def test_follows_the_order_of_the_language(self) -> None:
        """
        The patterns of a language decide on the order and the signs in between.
        """
        assert KYRGYZ.format_date("1992-03-02") == "1992-ж., 2-март"

    def test_rejects_what_is_not_a_date(self) -> None:
        """
        Whatever is not a date is an error that says what is expected.
        """
        with pytest.raises(ValueError, match="got 'yesterday'"):
            find_language("en").format_date("yesterday")


QUALIFIED = {
    "1992~": ("about 1992", "около 1992", "тахминан 1992"),
    "2018-11~": (
        "about November 2018",
        "около ноября 2018",
        "тахминан ноябри 2018",
    ),
    "2018-11-28~": (
        "about 28 November 2018",
        "около 28 ноября 2018",
        "тахминан 28 ноябри 2018",
    ),
    "1992-21": ("spring 1992", "весна 1992", "баҳори 1992"),
    "1992-24": ("winter 1992", "зима 1992", "зимистони 1992"),
    "199X": ("the 1990s", "1990-е годы", "солҳои 1990-ум"),
    "000X": ("the 0s", "0-е годы", "солҳои 0-ум"),
    "[1992..1995]": (
        "between 1992 and 1995",
        "между 1992 и 1995",
        "байни 1992 ва 1995",
    ),
    "[1992-03..1992-05]": (
        "between March and May 1992",
        "не ранее марта и не позднее мая 1992",
        "байни марти ва майи 1992",
    ),
    "[1992-03-02..1992-03-05]": (
        "between 2 and 5 March 1992",
        "между 2 и 5 марта 1992",
        "байни 2 ва 5 марти 1992",
    ),
    "[1992-03-02..1992-05-05]": (
        "between 2 March and 5 May 1992",
        "между 2 марта и 5 мая 1992",
        "байни 2 марти ва 5 майи 1992",
    ),
    "[1992-03..1993]": (
        "between March 1992 and 1993",
        "не ранее марта 1992 и не позднее 1993",
        "байни марти 1992 ва 1993",
    ),
    "[..1992-03-02]": (
        "by 2 March 1992",
        "не позднее 2 марта 1992",
        "на дертар аз 2 марти 1992",
    ),
    "[1992-05..]": (
        "not before May 1992",
        "не ранее мая 1992",
        "на пештар аз майи 1992",
    ),
}


class TestQualifiedDates:
    @pytest.mark.parametrize("date", QUALIFIED)
    def test_are_written_in_each_language(self, date: str) -> None:
        """
        Approximate dates, seasons, decades and intervals are written out.
        """
        written = [find_language(tag).format_date(date) for tag in ("en", "ru", "tg")]
        assert tuple(written) == QUALIFIED[date]

    def test_are_complete_in_a_span(self) -> None:
        """
        The ends of a span that are qualified are written completely.
        """
        english = find_language("en")
        assert english.format_span("1992~", "1995") == "about 1992 – 1995"
        assert english.format_span("1992-21", "1992-22") == "spring 1992 – summer 1992"
        assert english.format_span("199X", "200X") == "the 1990s – the 2000s"
        assert english.format_span("[..1992]", "1995") == "by 1992 – 1995"


class TestFormatSpan:
    @pytest.mark.parametrize(
        ("first", "last", "english", "russian"),
        [
            ("2018-06-20", "2018-06-22", "20–22 June 2018", "20–22 июня 2018"),
            (
                "2018-05-30",
                "2018-06-02",
                "30 May – 2 June 2018",
                "30 мая – 2 июня 2018",
            ),
            (
                "1999-12-31",
                "2000-01-01",
                "31 December 1999 – 1 January 2000",
                "31 декабря 1999 – 1 января 2000",
            ),
            ("2000-05", "2000-07", "May – July 2000", "май – июль 2000"),
            ("2000-05", "2001-05", "May 2000 – May 2001", "май 2000 – май 2001"),
            ("1992", "2000", "1992–2000", "1992–2000"),
            (
                "1992-03-02",
                "2000-05",
                "2 March 1992 – May 2000",
                "2 марта 1992 – май 2000",
            ),
            (
                "1992-03",
                "1992-03-05",
                "March 1992 – 5 March 1992",
                "март 1992 – 5 марта 1992",
            ),
            ("1992-03-02", "1992-03-02", "2 March 1992", "2 марта 1992"),
            ("2000-05", None, "May 2000", "май 2000"),
            (None, None, "no date", "без даты"),
        ],
    )
    def test_does_not_repeat_what_both_ends_share(
        self, first: str | None, last: str | None, english: str, russian: str
    ) -> None:
        """
        The year, and the month of two days, are written once if they are the same.
        """
        assert find_language("en").format_span(first, last) == english
        assert find_language("ru").format_span(first, last) == russian

    def test_follows_the_order_of_the_language(self) -> None:
        """
        In Kyrgyz, what both ends share comes first.
        """
        assert KYRGYZ.format_span("2018-06-20", "2018-06-22") == "2018-ж., 20–22-июнь"


class TestMonthOnly:
    @pytest.mark.parametrize(
        ("tag", "month"),
        [
            ("en", "May 2000, day not known"),
            ("ru", "май 2000, день неизвестен"),
            ("tg", "май 2000, рӯзаш маълум нест"),
        ],
    )
    def test_says_that_the_day_is_not_known(self, tag: str, month: str) -> None:
        """
        A month is followed by the remark that the day is not known.
        """
        assert find_language(tag).month_only("2000-05") == month


class TestOrdinal:
    def test_follows_one_rule_up_to_199(self) -> None:
        """
        Up to 199, English depends on the last two digits; Russian and Tajik do not.
        """
        english, russian, tajik = (find_language(tag) for tag in BUILTIN)
        for number in range(1, 200):
            ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
            if number // 10 % 10 == 1:
                ending = "th"
            assert english.ordinal(number) == f"{number}{ending}"
            assert russian.anniversary(number) == f"{number}-я годовщина"
            assert tajik.anniversary(number) == f"{number}-солагӣ"


class TestAnniversary:
    @pytest.mark.parametrize(
        ("language", "anniversary", "ago"),
        [
            ("en", "30th anniversary", "30 years ago"),
            ("ru", "30-я годовщина", "30 лет назад"),
            ("tg", "30-солагӣ", "30 сол пеш"),
            (KYRGYZ, "30 жылдыгы", "30 жыл мурун"),
            (ARABIC, "الذكرى السنوية الـ30", "قبل 30 سنة"),
        ],
    )
    def test_is_named_in_each_language(
        self, language: str | Language, anniversary: str, ago: str
    ) -> None:
        """
        An anniversary has a name; for a solemn event, it is a number of years ago.
        """
        assert find_language(language).anniversary(30) == anniversary
        assert find_language(language).years_ago(30) == ago


class TestCount:
    @pytest.mark.parametrize(
        ("number", "russian", "english"),
        [
            (0, "0 лет", "0 years"),
            (1, "1 год", "1 year"),
            (2, "2 года", "2 years"),
            (5, "5 лет", "5 years"),
            (11, "11 лет", "11 years"),
            (14, "14 лет", "14 years"),
            (21, "21 год", "21 years"),
            (24, "24 года", "24 years"),
            (111, "111 лет", "111 years"),
            (1.0, "1,0 года", "1.0 years"),
            (6.25, "6,2 года", "6.2 years"),
        ],
    )
    def test_has_the_form_that_the_number_needs(
        self, number: float, russian: str, english: str
    ) -> None:
        """
        Russian has three forms by the last digits, and decimals take the second.
        """
        assert find_language("ru").count("years", number) == russian
        assert find_language("en").count("years", number) == english

    @pytest.mark.parametrize(
        ("number", "ago"),
        [
            (1, "قبل سنة"),
            (2, "قبل سنتين"),
            (3, "قبل 3 سنوات"),
            (10, "قبل 10 سنوات"),
            (11, "قبل 11 سنة"),
            (102, "قبل 102 سنة"),
            (103, "قبل 103 سنوات"),
            (113, "قبل 113 سنة"),
        ],
    )
    def test_knows_single_numbers_and_endings_of_two_digits(
        self, number: int, ago: str
    ) -> None:
        """
        A form can be for single numbers, or for the last two digits, as in Arabic.
        """
        assert ARABIC.years_ago(number) == ago

    def test_rejects_an_unknown_noun(self) -> None:
        """
        A counted noun that does not exist is an error that suggests another.
        """
        message = r"^There is no counted noun 'year'; did you mean 'years'"
        with pytest.raises(NotFoundError, match=message):
            find_language("en").count("year", 1)


class TestLabel:
    def test_is_in_the_language(self) -> None:
        """
        A label is in the language, with values filled in.
        """
        assert find_language("en").label("read_on", date="today") == "read on today"
        assert find_language("tg").label("sources") == "Манбаъҳо"
        assert KYRGYZ.label("sources") == "Булактар"

    def test_is_english_if_it_is_missing(self) -> None:
        """
        A label that a language lacks is in English, and listed as missing.
        """
        assert ARABIC.label("today") == "اليوم"
        assert ARABIC.label("events") == "Events"
        assert ARABIC.count("sources", 1) == "1 source"
        assert {"labels.events", "counts.sources"} < set(ARABIC.missing)
        assert "labels.today" not in ARABIC.missing

    @pytest.mark.parametrize("tag", [*BUILTIN, "ky"])
    def test_is_missing_from_no_complete_language(self, tag: str) -> None:
        """
        The languages of tjun, and the Kyrgyz example, have every label.
        """
        assert (KYRGYZ if tag == "ky" else find_language(tag)).missing == ()

    def test_rejects_an_unknown_key(self) -> None:
        """
        A label that does not exist is an error that suggests another.
        """
        message = r"^There is no label 'sorces'; did you mean 'sources'"
        with pytest.raises(NotFoundError, match=message):
            find_language("en").label("sorces")


class TestTitled:
    def test_combines_title_prefix_and_note(self) -> None:
        """
        A title has a prefix before it and a note after it, if they are given.
        """
        english = find_language("en")
        assert english.titled("It began") == "It began"
        assert english.titled("It began", prefix="35th") == "35th: It began"
        assert english.titled("It began", note="1992") == "It began (1992)"
        both = english.titled("It began", prefix="35th", note="1992")
        assert both == "35th: It began (1992)"


class TestParseDay:
    @pytest.mark.parametrize(
        ("language", "text"),
        [
            ("en", "2 March"),
            ("en", "march 2"),
            ("en", " 2nd  MARCH "),
            ("en", "March 2nd"),
            ("en", "2 Mar."),
            ("en", "2march"),
            ("ru", "2 марта"),
            ("ru", "Март, 2"),
            ("tg", "2 марти"),
            ("tg", "2-юми март"),
            (KYRGYZ, "2-март"),
            (ARABIC, "2 مارس"),
        ],
    )
    def test_understands_a_day_and_a_month(
        self, language: str | Language, text: str
    ) -> None:
        """
        The day comes before or after the name of the month, which may be shortened.
        """
        assert find_language(language).parse_day(text) == (3, 2)

    @pytest.mark.parametrize(
        "text",
        [
            *("", "2", "march", "30 February", "32 march", "0 march", "ma 2", "jux 2"),
            *("2 March 1992", "3-2", "2 марта", "2 2 march", "2 of march"),
        ],
    )
    def test_returns_nothing_for_anything_else(self, text: str) -> None:
        """
        Whatever is not a day of some year, in this language, is not understood.
        """
        assert find_language("en").parse_day(text) is None

    def test_knows_29_february(self) -> None:
        """
        A day that only leap years have is a day.
        """
        assert find_language("en").parse_day("29 Feb") == (2, 29)

    @each_language
    def test_reads_back_every_day_of_the_year(self, language: Language) -> None:
        """
        The day and the month, as the language writes them, are understood.
        """
        for number in range(366):
            day = dt.date(2000, 1, 1) + dt.timedelta(number)
            text = language.format_date(day).replace("2000-ж., ", "")
            text = text.replace(" 2000", "")
            assert language.parse_day(text) == (day.month, day.day)


class TestLoad:
    def test_accepts_a_path_and_a_file_of_a_package(self) -> None:
        """
        A file is given as a string, as a path or as a file inside a package.
        """
        assert Language.load(str(KY_TOML)) == Language.load(KY_TOML) == KYRGYZ
        english = Language.load(files("tjun.locales") / "en.toml")
        assert english == find_language("en")
        assert english != KYRGYZ

    def test_accepts_a_file_that_only_has_a_name_and_content(self) -> None:
        """
        A file of a package need not exist in the file system.
        """

        class InArchive:
            name = "ky.toml"

            def read_bytes(self) -> bytes:
                return KY_TOML.read_bytes()

        assert Language.load(InArchive()) == KYRGYZ

    @each_language
    def test_makes_a_value(self, language: Language) -> None:
        """
        A language can be pickled and hashed, and has a short repr.
        """
        again = pickle.loads(pickle.dumps(language))
        assert again == language
        assert hash(again) == hash(language)
        assert repr(language) == (
            f"Language(tag={language.tag!r}, name={language.name!r},"
            f" direction={language.direction!r})"
        )

    def test_accepts_a_tag_with_other_capitals(self, tmp_path: Path) -> None:
        """
        The tag of a language is written with the usual capitals.
        """
        path = written(tmp_path, ('tag = "en"', 'tag = "MN-cyrl"'))
        assert Language.load(path).tag == "mn-Cyrl"

    @pytest.mark.parametrize("case", FAULTY, ids=str)
    def test_rejects_what_is_wrong_with_its_location(
        self, tmp_path: Path, case: str
    ) -> None:
        """
        A wrong value, an unknown or a missing key is reported with file and key.
        """
        old, new, fault_at = case.split(" → ")
        key, message = fault_at.split(": ", 1)
        path = written(tmp_path, (old, new.replace("¶", "\n")))
        with pytest.raises(DataError) as raised:
            Language.load(path)
        (fault,) = raised.value.faults
        assert (fault.file, fault.path, fault.message) == (str(path), key, message)
        assert str(raised.value) == f"{path}: {key}: {message}"

    @pytest.mark.parametrize(
        ("content", "fault"),
        [
            (b"language = 1\ndates = 5", "dates: expected a table that begins with"),
            (b"language = 1\nnumbers.ordinal = []", "numbers.ordinal: expected a list"),
            (b"language = 1\ntag.of = 5", "tag: expected a tag, got {'of': 5}"),
        ],
    )
    def test_rejects_values_of_another_kind(
        self, tmp_path: Path, content: bytes, fault: str
    ) -> None:
        """
        A value in place of a table, or a table in place of a value, is reported.
        """
        path = tmp_path / "made.toml"
        path.write_bytes(content)
        with pytest.raises(DataError, match=re.escape(f"{path}: {fault}")):
            Language.load(path)

    def test_reports_all_errors_at_once(self, tmp_path: Path) -> None:
        """
        All errors are reported in the order of the file; missing keys come last.
        """
        path = written(
            tmp_path,
            ('name = "English"', ""),
            ('direction = "ltr"', "direction = 1"),
            ('today = "today"', "today = 5"),
        )
        with pytest.raises(DataError) as raised:
            Language.load(path)
        assert [each.path for each in raised.value.faults] == [
            "direction",
            "labels.today",
            "name",
        ]

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"language = ", "not valid TOML: Invalid value (at end of document)"),
            (b"name = '\xff'", "not valid UTF-8 (byte 8)"),
            (b"a = " + b"[" * 9_999, "not valid TOML: "),
        ],
    )
    def test_rejects_what_is_not_toml(
        self, tmp_path: Path, content: bytes, message: str
    ) -> None:
        """
        A file that cannot be parsed is reported with the reason.
        """
        path = tmp_path / "made.toml"
        path.write_bytes(content)
        with pytest.raises(DataError, match=re.escape(f"{path}: {message}")):
            Language.load(path)

    def test_rejects_a_file_that_is_too_large(self, tmp_path: Path) -> None:
        """
        A language file has at most 128 KiB; nothing beyond that is read.
        """
        path = tmp_path / "made.toml"
        language = files("tjun.locales").joinpath("tg.toml").read_bytes()
        path.write_bytes(language.ljust(2**17, b"#"))
        assert Language.load(path).tag == "tg"
        path.write_bytes(language.ljust(2**17 + 1, b"#"))
        message = f"{path}: expected at most 131,072 bytes, got more"
        with pytest.raises(DataError) as raised:
            Language.load(path)
        assert str(raised.value) == message
        with pytest.raises(DataError, match="expected at most 131,072 bytes, got more"):
            Language.load("/dev/zero")

    def test_rejects_a_file_that_does_not_exist(self, tmp_path: Path) -> None:
        """
        A file that cannot be read is reported with the reason.
        """
        path = tmp_path / "none.toml"
        message = f"{path}: cannot be read: {os.strerror(2)}"
        with pytest.raises(DataError, match=f"^{re.escape(message)}$"):
            Language.load(path)


class TestTemplate:
    def test_contains_every_key_with_a_comment(self) -> None:
        """
        The template is the English file with optional lines commented out.
        """
        template = language_template("ky")
        uncommented = re.sub(r"(?m)^#(?! \S|$)", "", template)
        english = tomllib.loads(ENGLISH)
        assert tomllib.loads(uncommented) == english | {"tag": "ky", "name": "ky"}
        previous = ""
        for line in ENGLISH.splitlines():
            if re.match(r"[a-z_]+ = ", line):
                assert " # " in line or previous.startswith("#"), line
            previous = line

    def test_can_be_loaded_as_it_is(self, tmp_path: Path) -> None:
        """
        A new language is in English, and every label counts as missing.
        """
        path = tmp_path / "ky.toml"
        path.write_text(language_template("KY"), "utf-8")
        language = Language.load(path)
        assert language.tag == "ky"
        assert language.format_date("1992-03-02") == "2 March 1992"
        optional = tomllib.loads(ENGLISH)
        assert language.missing == tuple(
            f"{section}.{key}"
            for section in ("counts", "labels")
            for key in optional[section]
        )

    def test_rejects_an_invalid_tag(self) -> None:
        """
        A tag that is not well-formed is an error.
        """
        with pytest.raises(
            ValueError, match=r"^expected a BCP 47 language tag .* got 'kyrgyz'$"
        ):
            language_template("kyrgyz")


OFFERING = """
from tjun import Language, hookimpl


@hookimpl
def tjun_languages():
    return [Language.load(path) for path in {paths!r}]
"""


def offering(*paths: Path) -> str:
    return OFFERING.format(paths=[str(path) for path in paths])


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    return Shelf(str(tmp_path), monkeypatch)


class TestLanguages:
    def test_are_english_russian_and_tajik(self) -> None:
        """
        Without plugins, there are three languages, offered through the same hook.
        """
        assert list(tjun.languages())[:3] == ["en", "ru", "tg"]
        assert [each.tag for each in tjun_languages()] == ["en", "ru", "tg"]
        with pytest.raises(TypeError):
            tjun.languages()["en"] = KYRGYZ  # type: ignore[index]  # What is tested.

    def test_include_those_of_plugins(self, shelf: Shelf) -> None:
        """
        The languages of a plugin follow, and can be found by tag.
        """
        shelf.add(offering(KY_TOML, AR_TOML))
        assert tjun.languages()["ky"] == KYRGYZ
        assert find_language("ar-EG") == ARABIC


class TestFindLanguage:
    def test_falls_back_to_a_more_general_tag(self) -> None:
        """
        If there is no `ru-RU`, `ru` is returned.
        """
        assert find_language("RU-ru") is find_language("ru")

    @pytest.mark.parametrize("tag", ["de", "english", "zh_Hant"])
    def test_rejects_an_unknown_language_and_lists_the_others(self, tag: str) -> None:
        """
        An unknown or invalid tag is an error with all available languages.
        """
        with pytest.raises(NotFoundError, match=r"^There is no language ") as raised:
            find_language(tag)
        assert {"en", "ru", "tg"} <= set(raised.value.nearest)

    def test_rejects_what_is_not_a_language(self) -> None:
        """
        Whatever is neither a string nor a language is an error.
        """
        message = r"^expected a language tag or a Language, got 5$"
        with pytest.raises(ValueError, match=message):
            find_language(5)  # type: ignore[arg-type]  # What is tested.

    def test_reads_only_what_is_needed(self) -> None:
        """
        Importing tjun reads no language file, and Russian needs only English too.
        """
        code = (
            "import sys, tomli, tjun\n"
            "read, opened = [], tomli.loads\n"
            "tomli.loads = lambda text: read.append(text) or opened(text)\n"
            "from tjun import language as find_language\n"
            "tjun.Language, tjun.language, tjun.Anniversary\n"
            "assert not read\n"
            "assert find_language('ru') is find_language('ru')\n"
            "assert len(read) == 2, len(read)\n"
            "assert 'pluggy' not in sys.modules\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


class TestUse:
    def test_of_a_language_without_translations(self) -> None:
        """
        A text without the language is in English, among words of the language.
        """
        somebody = tjun.Publisher(id="somebody", name="Somebody")
        source = tjun.Source(id="page", title="A page", publisher=somebody)
        event = tjun.Event(
            id="it-began",
            title=Text(en="It began", ru="Началось"),
            date="1992-03-02",
            citations=[tjun.Citation(source=source)],
        )
        anniversary = Anniversary(
            event=event, date=tjun.PartialDate(2027, 3, 2), number=35
        )
        assert anniversary.title(KYRGYZ) == "35 жылдыгы: It began (1992)"
        assert anniversary.title("ru-RU") == "35-я годовщина: Началось (1992)"
        with pytest.raises(NotFoundError, match="'de'"):
            anniversary.title("de")
