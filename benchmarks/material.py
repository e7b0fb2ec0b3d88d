"""
Invented events to measure with: the same on every machine, and as long as real ones.
"""

from __future__ import annotations

import random

from tjun import (
    Chronology,
    Citation,
    CooperationArea,
    Event,
    EventKind,
    Mission,
    PartialDate,
    Publisher,
    Source,
    Text,
)

_ACTS = (
    ("Agreement on {} is signed", "Подписано соглашение: {}", "Созишнома имзо шуд: {}"),
    ("Conference on {} opens", "Открывается конференция: {}", "Конфронс оғоз шуд: {}"),
    ("Resolution on {} is adopted", "Принята резолюция: {}", "Қатънома қабул шуд: {}"),
)
_TOPICS = (
    ("peace and stability", "мир и стабильность", "сулҳ ва субот"),
    ("fresh water", "пресная вода", "оби тоза"),
    ("health of mothers and children", "здоровье матери", "саломатии модару кӯдак"),
    ("food, seeds and markets", "еда, семена и рынки", "ғизо, тухмӣ ва бозор"),
    ("mine clearance", "разминирование", "минарӯбӣ"),
)
_KINDS = tuple(EventKind)


def record(count: int) -> Chronology:
    """
    Return a record with as many events, and as many missions that they open and close.
    """
    made = events(count, 1945, 2026)
    missions = [
        Mission(
            id=f"mission-{index}",
            name=f"Mission no. {index}",
            acronym=f"M{index}",
            opening=event,
            closing=None,
        )
        for index, event in enumerate(made)
    ]
    return Chronology(events=made, missions=missions)


def events(count: int, first: int, last: int) -> list[Event]:
    """
    Return events of the years *first* to *last*, in random order.

    One in fifteen is known only to the month. Every other event has a second source,
    which may give another date.
    """
    chance = random.Random(1992)
    areas = [
        CooperationArea(id=en.split()[0].strip(","), name=Text(en=en, ru=ru, tg=tg))
        for en, ru, tg in _TOPICS
    ]
    united_nations = Publisher(id="united-nations", name="United Nations", kind="un")
    sources = [
        Source(
            id=f"source-{index}",
            title=f"Report no. {index} of the Secretary-General",
            publisher=united_nations,
            url=f"https://example.org/documents/{index}?language=en&page={index % 7}",
            symbol=f"A/RES/{index}/{index * 7}",
        )
        for index in range(40)
    ]
    made = []
    for index in range(count):
        act, topic = _ACTS[index % 3], _TOPICS[index % 5]
        en, ru, tg = (each.format(name) for each, name in zip(act, topic, strict=True))
        day = None if index % 15 == 7 else chance.randint(1, 28)
        date = PartialDate(chance.randint(first, last), chance.randint(1, 12), day)
        cited = [(sources[index % 40], date)]
        if index % 2:
            other = date if index % 6 else PartialDate(date.year)
            cited.append((sources[(index + 7) % 40], other))
        made.append(
            Event(
                id=f"event-on-the-way-{index}",
                title=Text(
                    en=f"{en} (no. {index})",
                    ru=f"{ru} (№ {index})",
                    tg=f"{tg} (№ {index})",
                ),
                date=date,
                kind=_KINDS[index % len(_KINDS)],
                areas=[areas[index % 5], areas[(index + 3) % 5]][: 1 + index % 2],
                description=f"{en}: both sides speak of “{topic[0]}”, and agree.",
                citations=[
                    Citation(
                        source=source, says=f"Gives {when} as the date.", date=when
                    )
                    for source, when in cited
                ],
            )
        )
    chance.shuffle(made)
    return made
