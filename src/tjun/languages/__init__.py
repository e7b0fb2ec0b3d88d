"""
How dates and anniversaries are said in each language.

The one place to add to for another language, beside the fields of `Text`. Month
names are those of CLDR 46: in Russian and Tajik the form that follows a day, and
the one that stands alone.
"""

from __future__ import annotations

import datetime as dt

from tjun.model.dates import PartialDate

__all__ = [
    "LANGUAGES",
    "anniversary",
    "check_language",
    "day_not_known",
    "ordinal",
    "phrase",
    "spoken",
    "spoken_span",
    "weekday",
]

LANGUAGES = ("en", "ru", "tg")
"""
The languages that tjun itself speaks.
"""


def check_language(language: str) -> str:
    """
    Return *language* if it is one of `LANGUAGES`.

    Raises:
        ValueError: If it is not; the message lists them.
    """
    if language not in LANGUAGES:
        msg = f"expected a language of {', '.join(LANGUAGES)}, got {language!r}"
        raise ValueError(msg)
    return language


_MONTHS = {
    "en": (
        "January February March April May June July August September October"
        " November December"
    ).split(),
    "ru": (
        "январь февраль март апрель май июнь июль август сентябрь октябрь"
        " ноябрь декабрь"
    ).split(),
    "tg": (
        "январ феврал март апрел май июн июл август сентябр октябр ноябр декабр"
    ).split(),
}
_MONTHS_AFTER_DAY = {
    "en": _MONTHS["en"],
    "ru": (
        "января февраля марта апреля мая июня июля августа сентября октября"
        " ноября декабря"
    ).split(),
    "tg": (
        "январи феврали марти апрели майи июни июли августи сентябри октябри"
        " ноябри декабри"
    ).split(),
}
_WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    "ru": ("понедельник вторник среда четверг пятница суббота воскресенье").split(),
    "tg": "душанбе сешанбе чоршанбе панҷшанбе ҷумъа шанбе якшанбе".split(),
}
_ANNIVERSARY = {
    "en": "{nth} anniversary",
    "ru": "{nth} годовщина",
    "tg": "{nth}",
}
_DAY_NOT_KNOWN = {
    "en": "{date}, day not known",
    "ru": "{date}, день неизвестен",
    "tg": "{date}, рӯзаш маълум нест",
}

_PHRASES = {
    "about": (
        "Each entry names its sources. Sources in all: {sources}.",
        "В каждой записи названы источники. Всего источников: {sources}.",
        "Дар ҳар сабт манбаъҳо зикр шудаанд. Ҳамагӣ манбаъҳо: {sources}.",
    ),
    "anniversaries": ("Anniversaries", "Годовщины", "Солгардҳо"),
    "": ("", "", ""),
    "anniversary": ("Anniversary", "Годовщина", "Солгард"),
    "failed": ("cannot be used", "не работает", "кор намекунад"),
    "id": ("Id", "Идентификатор", "Рамз"),
    "in days": ("In days", "Дней", "Рӯз монд"),
    "legend": (
        "━ mission  ● one event  2–9 that many  + ten or more",
        "━ миссия  ● одно событие  2–9 столько  + десять и больше",
        "━ миссия  ● як рӯйдод  2–9 чанд рӯйдод  + даҳ ва бештар",
    ),
    "no area": ("No area", "Вне направлений", "Берун аз самтҳо"),
    "marks": ("Marks", "В память", "Ба муносибати"),
    "nothing": ("Nothing found.", "Ничего не найдено.", "Ҳеҷ чиз ёфт нашуд."),
    "offers": ("Exporters", "Форматы", "Шаклҳо"),
    "plugin": ("Plugin", "Модуль", "Модул"),
    "release": ("Distribution", "Пакет", "Баста"),
    "source": ("Source", "Источник", "Манбаъ"),
    "supports": ("Supports", "Подтверждает", "Тасдиқ мекунад"),
    "today": ("today", "сегодня", "имрӯз"),
    "weekday": ("Day", "День", "Рӯз"),
    "words": ("In our words", "Нашими словами", "Бо сухани мо"),
    "years": ("years", "года", "сол"),
    "announced": ("announced", "объявлено", "эълон шудааст"),
    "area": ("Area", "Направление", "Самт"),
    "areas": ("Areas of cooperation", "Направления сотрудничества", "Самтҳои ҳамкорӣ"),
    "chronology": ("Chronology", "Хронология", "Солнома"),
    "closed": ("Closed", "Закрыта", "Баста шуд"),
    "date": ("Date", "Дата", "Сана"),
    "disputed": (
        "Sources differ on the date",
        "Источники расходятся в дате",
        "Манбаъҳо санаи гуногун медиҳанд",
    ),
    "event": ("Event", "Событие", "Рӯйдод"),
    "heads": ("Heads", "Руководители", "Роҳбарон"),
    "memberships": ("Memberships", "Членство", "Узвият"),
    "mission": ("Mission", "Миссия", "Миссия"),
    "missions": ("Missions", "Миссии", "Миссияҳо"),
    "no date": ("no date", "без даты", "бе сана"),
    "not verified": ("not verified", "не проверено", "тасдиқ нашудааст"),
    "opened": ("Opened", "Открыта", "Кушода шуд"),
    "organization": ("Organization", "Организация", "Созмон"),
    "since": ("Since", "С какого времени", "Аз кай"),
    "sources": ("Sources", "Источники", "Манбаъҳо"),
    "yearly": ("every year", "ежегодно", "ҳар сол"),
}


def ordinal(number: int, language: str = "en") -> str:
    """
    Return *number* as an ordinal: `35th`, `35-я`, `35-солагӣ`.

    The Russian form is that of годовщина, which is feminine; the Tajik word says
    "of 35 years", which is how an anniversary is named there.

    Raises:
        ValueError: For a language that is none of `LANGUAGES`.
    """
    if check_language(language) == "ru":
        return f"{number}-я"
    if language == "tg":
        return f"{number}-солагӣ"
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def anniversary(number: int, language: str = "en") -> str:
    """
    Return what the *number*th anniversary is called: `35th anniversary`.

    Raises:
        ValueError: For a language that is none of `LANGUAGES`.
    """
    nth = ordinal(number, language)
    return _ANNIVERSARY[language].format(nth=nth)


def spoken(date: PartialDate, language: str = "en") -> str:
    """
    Return *date* as a person writes it: `2 March 1992`, `May 2000`, `2007`.

    Raises:
        ValueError: For a language that is none of `LANGUAGES`.
    """
    check_language(language)
    if date.month is None:
        return str(date.year)
    if date.day is None:
        return f"{_MONTHS[language][date.month - 1]} {date.year}"
    return f"{date.day} {_MONTHS_AFTER_DAY[language][date.month - 1]} {date.year}"


def spoken_span(
    date: PartialDate | None, until: PartialDate | None, language: str = "en"
) -> str:
    """
    Return the time from *date* to *until* as a person writes it.

    Where no date is given the words say so.

    Raises:
        ValueError: For a language that is none of `LANGUAGES`.
    """
    if date is None:
        return phrase("no date", language)
    first = spoken(date, language)
    return first if until is None else f"{first} – {spoken(until, language)}"


def weekday(day: dt.date, language: str = "en") -> str:
    """
    Return the name of the day of the week.

    Raises:
        ValueError: For a language that is none of `LANGUAGES`.
    """
    return _WEEKDAYS[check_language(language)][day.weekday()]


def day_not_known(date: PartialDate, language: str = "en") -> str:
    """
    Return a month and that its day is not known: `May 2000, day not known`.

    Raises:
        ValueError: For a language that is none of `LANGUAGES`.
    """
    when = spoken(date, language)
    return _DAY_NOT_KNOWN[language].format(date=when)


def phrase(key: str, language: str = "en") -> str:
    """
    Return one of the fixed words of exports and views.

    Raises:
        ValueError: For a language that is none of `LANGUAGES`.

        KeyError: For a key that is none.
    """
    return _PHRASES[key][LANGUAGES.index(check_language(language))]
