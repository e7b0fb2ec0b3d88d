"""
The Russian and Tajik translations of the bundled record use one term for each thing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

import tjun
from tjun import Chronology

# A term in English, in Russian and in Tajik, as patterns.
TERMS = [
    ("United Nations", "ООН|Объединенны. Наци", "СММ|Милали Муттаҳид"),
    ("General Assembly", "Генеральн.+ Ассамбле", "Маҷмаи умум"),
    ("Security Council", "Совет.* Безопасности|члены Совета", "Шурои амният"),
    ("Secretary-General", "Генеральн.+ секретар", "Дабири кулл"),
    ("Deputy Secretary-General", "Перв.+ заместител", "муовини аввали Дабири"),
    ("Special Envoy", "Специальн.+ посланник", "фиристода.+махсус"),
    ("Special Representative", "Специальн.+ представител", "Намояндаи махсус"),
    ("Special Rapporteur", "Специальн.+ докладчик", "Маърӯзачии махсус"),
    ("Resident Coordinator", "Постоянн.+ координатор", "Ҳамоҳангсози доим"),
    ("UNHCR", "УВКБ", "Комиссари олии СММ оид ба гурезаҳо"),
    ("UNMOT", "МНООНТ|миссии наблюдателей", "Миссия"),
    ("UNTOP", "ЮНТОП|Отделени", "Дафтар"),
    ("UNRCCA", "РЦПД|Региональн", "Марказ"),
    ("Human Rights Committee", "Комитет.? по правам", "Кумита оид ба ҳуқуқи"),
    ("Human Rights Council", "Совет.* по правам", "Шурои.* ҳуқуқи инсон"),
    ("Universal Periodic", "Универсальн.+ период", "Шарҳи универсалии давр"),
    ("Charter", "Устав", "Оинном"),
    ("General Agreement", "Общ.+ соглашени", "Созишномаи умум"),
    ("Commission on National", "Комисси. по нацио", "Комиссияи .*оштии милл"),
    ("Joint Commission", "Совместн.+ комисси", "Комиссияи муштарак"),
    ("[Rr]esolution", "Резолюци", "Қатънома"),
    ("ceasefire", "прекращени.+ огня", "оташбас"),
    ("inter-Tajik talks", "межтаджикск|переговор", "гуфтушунид"),
    ("[Oo]pposition", "оппозици", "мухолиф|оппозитсиюни тоҷик"),
    ("[Pp]rotocol", "протокол", "протокол"),
    ("[Cc]ovenant", "пакт", "паймон"),
    ("World Heritage", "Всемирн.+ наследи", "мероси ҷаҳон"),
    ("UNESCO’s (heritage )?[Ll]ist", "спис", "феҳрист"),
    ("[Ii]ntangible heritage", "нематериальн.+ культурн", "ғайримодд"),
    ("Sustainable Development Goals", "Цел.+ устойчивого", "ҳадафҳои рушди устувор"),
    ("Water for Life", "Вода для жизни", "Об барои ҳаёт"),
    ("Water for Sustainable", "Вода для устойчивого", "Об барои рушди"),
    ("World Water Day", "Всемирн.+ водных ресурсов", "Рӯзи ҷаҳонии об"),
    ("World Day for Glaciers", "Всемирн.+ ледников", "Рӯзи ҷаҳонии пирях"),
    ("Glaciers’ Preservation", "сохранени.+ ледников", "ҳифзи пирях"),
    ("Cryospheric Sciences", "криосферных наук", "илмҳои криосфер"),
    ("Water Cooperation", "водного сотрудничества", "ҳамкор"),
    ("Legal Literacy", "правовой грамотности", "маърифати ҳуқуқ"),
    ("Year of Freshwater", "пресной воды", "оби тоза"),
    ("Dushanbe Process", "Душанбинск.+ процесс", "раванд"),
    ("Foreign Ministry", "МИД|Министерств.+ иностр", "Вазорати корҳои хориҷ"),
]
# Names that were printed somewhere, and are not those of the record.
OTHERS = {
    "ru": "[ёЁ]|Бюро ООН|Генассамбл|спецпосланник|летопис|Исходная статья",
    "tg": "Миллал|Муншии умум|Ассамбле|[Кк]онференс|Комиссариат|баёни?я?от|музокирот"
    "|сарчашма|дароз ме|кӯмак|мамнӯъ|байнулмилал|Ашқобод|Россия",
}
# A short title leaves something out, and a correction quotes what was there before.
LEFT_OUT = ("short", "corrections")


def texts(value: Any) -> Iterator[dict[str, str]]:
    if isinstance(value, dict) and {"en", "ru", "tg"} <= set(value):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            if key not in LEFT_OUT:
                yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)


@pytest.fixture(scope="module")
def translated(un: Chronology) -> list[dict[str, str]]:
    return list(texts(json.loads(tjun.export(un, "json"))))


@pytest.mark.parametrize(("english", "russian", "tajik"), TERMS)
def test_a_term_has_one_translation(
    translated: list[dict[str, str]], english: str, russian: str, tajik: str
) -> None:
    found = [text for text in translated if re.search(english, text["en"])]
    assert len(found) > 1
    for language, term in (("ru", russian), ("tg", tajik)):
        right = re.compile(term, re.IGNORECASE)
        wrong = [each for each in found if not right.search(each[language])]
        assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_other_names_are_not_used(
    translated: list[dict[str, str]], language: str
) -> None:
    others = OTHERS[language]
    found = [each[language] for each in translated if re.search(others, each[language])]
    assert found == []
