"""
Invented events to measure with: the same on every machine, and as large as real ones.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable
from itertools import product

from tjun import Citation, CooperationArea, Event, EventKind, PartialDate, Source, Text

_ACTS = (
    ("Agreement on {} is signed", "Подписано соглашение: {}", "Созишнома имзо шуд: {}"),
    ("Conference on {} opens", "Открывается конференция: {}", "Конфронс оғоз шуд: {}"),
    ("Resolution on {} is adopted", "Принята резолюция: {}", "Қатънома қабул шуд: {}"),
    ("Office for {} opens in Dushanbe", "Открыто бюро: {}", "Дафтар боз шуд: {}"),
    (
        "The Council’s day of {} begins",
        "Начинается визит: {}",
        "Боздид оғоз шуд: {}",
    ),
)
_TOPICS = (
    ("peace and stability", "мир и стабильность", "сулҳ ва субот"),
    ("fresh water", "пресная вода", "оби тоза"),
    ("glaciers and snow", "ледники и снег", "пиряхҳо ва барф"),
    ("border security", "безопасность границ", "амнияти сарҳад"),
    ("health of mothers and children", "здоровье матери", "саломатии модару кӯдак"),
    ("food, seeds and markets", "еда, семена и рынки", "ғизо, тухмӣ ва бозор"),
    ("human rights", "права человека", "ҳуқуқи инсон"),
    ("mine clearance", "разминирование", "минарӯбӣ"),
)
_PUBLISHERS = ("United Nations", "Ministry of Foreign Affairs", "News; Dushanbe")
_KINDS = tuple(EventKind)


def areas() -> list[CooperationArea]:
    """
    Return an area of cooperation for each topic.
    """
    return [
        CooperationArea(id=en.split()[0].strip(","), name=Text(en=en, ru=ru, tg=tg))
        for en, ru, tg in _TOPICS
    ]


def sources(count: int = 40) -> list[Source]:
    """
    Return documents and pages, some with a symbol.
    """
    return [
        Source(
            id=f"source-{index}",
            title=f"Report no. {index} of the Secretary-General",
            publisher=_PUBLISHERS[index % 3],
            kind="un" if index % 3 == 0 else "government",
            url=f"https://example.org/documents/{index}?language=en&page={index % 7}",
            symbol=f"A/RES/{index}/{index * 7}" if index % 3 == 0 else None,
        )
        for index in range(count)
    ]


def events(
    count: int, first: int, last: int, *, known_to_year: bool = False
) -> list[Event]:
    """
    Return events of the years *first* to *last*, in random order.

    One in fifteen is known only to the month. Every other event has a second source,
    which may give another date.

    Args:
        count: The number of events.

        first: The first year.

        last: The last year.

        known_to_year: Whether one in forty is known only to the year.
    """
    chance = random.Random(1992)
    cited, fields = sources(), areas()
    wordings = list(product(_ACTS, _TOPICS))
    made = []
    for index in range(count):
        act, topic = wordings[index % len(wordings)]
        words = [each.format(name) for each, name in zip(act, topic, strict=True)]
        date = _date(index, first, last, chance, known_to_year=known_to_year)
        citations = [_citation(cited[index % 40], date, index)]
        if index % 2:
            other = date if index % 6 else PartialDate(date.year)
            citations.append(_citation(cited[(index + 7) % 40], other, index + 3))
        made.append(
            Event(
                id=f"{fields[index % 8].id}-on-the-way-{index}",
                title=Text(
                    en=f"{words[0]} (no. {index})",
                    ru=f"{words[1]} (№ {index})",
                    tg=f"{words[2]} (№ {index})",
                ),
                date=date,
                kind=_KINDS[index % len(_KINDS)],
                areas=[fields[index % 8], fields[(index + 3) % 8]][: 1 + index % 2],
                description=f"{words[0]}: both sides speak of “{topic[0]}”, and agree.",
                citations=citations,
                revised=dt.date(2026, 1, 1) + dt.timedelta(days=index % 300),
            )
        )
    chance.shuffle(made)
    return made


def _date(
    index: int, first: int, last: int, chance: random.Random, *, known_to_year: bool
) -> PartialDate:
    year = chance.randint(first, last)
    month, day = chance.randint(1, 12), chance.randint(1, 28)
    if known_to_year and index % 40 == 13:
        return PartialDate(year)
    return PartialDate(year, month, None if index % 15 == 7 else day)


def _citation(source: Source, date: PartialDate, number: int) -> Citation:
    said = f"Gives {date} as the date, in paragraph {number % 50}."
    return Citation(source=source, says=said, date=date)


def toml(made: Iterable[Event]) -> str:
    """
    Return a record file with the events, as a person would write it.
    """
    lines = ["format = 1", ""]
    for area in areas():
        lines += ["[[areas]]", f'id = "{area.id}"', *_words("name", area.name), ""]
    for source in sources():
        symbol = [] if source.symbol is None else [f'symbol = "{source.symbol}"']
        lines += [
            "[[sources]]",
            f'id = "{source.id}"',
            f'title = "{source.title}"',
            f'publisher = "{source.publisher}"',
            f'kind = "{source.kind}"',
            f'url = "{source.url}"',
            *symbol,
            "",
        ]
    for event in made:
        lines += _event(event)
    return "\n".join(lines)


def _event(event: Event) -> list[str]:
    listed = ", ".join(f'"{area.id}"' for area in event.areas)
    lines = [
        "[[events]]",
        f'id = "{event.id}"',
        *_words("title", event.title),
        f'date = "{event.date}"',
        f'kind = "{event.kind}"',
        f"areas = [{listed}]",
        f'description.en = "{event.description}"',
        f'revised = "{event.revised}"',
        "",
    ]
    for citation in event.citations:
        lines += [
            "[[events.citations]]",
            f'source = "{citation.source.id}"',
            f'says = "{citation.says}"',
            f'date = "{citation.date}"',
            "",
        ]
    return lines


def _words(key: str, text: Text) -> list[str]:
    return [f'{key}.{code} = "{said}"' for code, said in text.translations.items()]
