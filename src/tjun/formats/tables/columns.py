"""
The columns of a table, and what people call them in three languages.

The names of the sheet that TimelineJS reads are among them:
https://timeline.knightlab.com/docs/.
"""

from __future__ import annotations

import re

import attrs

__all__ = [
    "CITED",
    "COMPUTED",
    "OWN",
    "TEXTS",
    "Column",
    "begins_formula",
    "column_of",
]

_NAMES = {
    "id": "id|ид",
    "date": "date|start|start date|дата|сана",
    "until": "until|end|end date|last day|до|конец|окончание|то|анҷом",
    "title": "title|event|headline|название|заголовок|событие|ном|унвон|рӯйдод",
    "short": "short|short title|краткое название|кратко|унвони кӯтоҳ",
    "description": "description|text|описание|текст|тавсиф|матн",
    "area": "area|areas|group|область|области|сфера|направление|соҳа|самт",
    "kind": "kind|вид|тип|намуд|навъ",
    "weight": "weight|важность|вес|аҳамият",
    "place": "place|location|место|ҷой|макон",
    "status": "status|статус|состояние|ҳолат",
    "yearly": "yearly|every year|ежегодно|ҳарсола",
    "solemn": "solemn|траурное|мотам",
    "rule": "rule|правило|қоида",
    "marks": "marks|отмечает",
    "reason": "reason|причина|основание|сабаб",
    "source": "source|источник|манбаъ|сарчашма",
    "source title": "source title|название источника|номи манбаъ",
    "url": "url|link|address|media|ссылка|адрес|пайванд|суроға",
    "copy": "copy|копия|нусха",
    "publisher": "publisher|media credit|издатель|ношир",
    "publisher kind": "publisher kind|вид издателя|навъи ношир",
    "symbol": "symbol|document|документ|символ|ҳуҷҷат",
    "author": "author|автор|муаллиф",
    "published": "published|опубликовано|интишор",
    "accessed": "accessed|read on|прочитано|хонда шуд",
    "source language": "source language|язык источника|забони манбаъ",
    "says": "says|говорит|что говорит|мегӯяд",
    "source date": "source date|дата источника|санаи манбаъ",
    "source until": "source until",
    "as written": "as written|как написано",
    "locator": "locator|page|страница|саҳифа",
    "verified": "verified|проверено|тафтиш шуд",
    "alternative": "alternative|другое событие",
    "year": "year|год|сол",
    "month": "month|месяц|моҳ",
    "day": "day|день|рӯз",
    "end year": "end year",
    "end month": "end month",
    "end day": "end day",
    "type": "type",
    "precision": "precision",
    "earliest": "earliest",
    "latest": "latest",
}
_KNOWN = {name: key for key, names in _NAMES.items() for name in names.split("|")}

TEXTS = ("title", "short", "description", "place", "reason", "says", "source")
"""
The columns that may be in several languages, as in `title:ru`.
"""

OWN = (
    *("id", "date", "until", "title", "short", "description", "area", "kind"),
    *("weight", "place", "status", "yearly", "solemn", "rule", "marks", "reason"),
)
"""
The columns about the event itself that the exporter writes, in their order.
"""

CITED = (
    *("source", "source title", "symbol", "url", "copy", "publisher"),
    *("publisher kind", "author", "published", "accessed", "source language"),
    *("source date", "source until", "as written", "locator", "says", "verified"),
    "alternative",
)
"""
The columns about a source, in their order; they may have a number, as in `url 2`.
"""

COMPUTED = ("precision", "earliest", "latest")
"""
The columns that only the exporter writes.
"""

# Also after blanks, and full-width in East Asia; the exporter writes ' before them.
_FORMULA = tuple("=+-@＝＋－＠'")

_HEADING = re.compile(
    r"(?P<name>.+?)"
    r"(?:\s+(?P<first>[0-9]{1,3}))?"
    r"(?:\s*(?::\s*|\()(?P<tag>[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\)?)?"
    r"(?:\s+(?P<last>[0-9]{1,3}))?"
)


@attrs.frozen
class Column:
    """
    What a column contains.

    Attributes:
        key: One of the names above, or the heading of one's own column.

        number: Which source of the event it is about, from 1.

        tag: The language, or `None`.

        known: Whether tjun knows the column.
    """

    key: str
    number: int = 1
    tag: str | None = None
    known: bool = True


def begins_formula(text: str) -> bool:
    """
    Return whether a spreadsheet would run *text*, or hide its apostrophe.
    """
    return text.lstrip().startswith(_FORMULA)


def column_of(heading: str) -> Column:
    """
    Return what a column with this heading contains.
    """
    words = " ".join(re.sub(r"[_*]", " ", heading).split())
    if match := _HEADING.fullmatch(words):
        key = _KNOWN.get(match["name"].casefold())
        number, tag = match["first"] or match["last"], match["tag"]
        fits = (number is None or key in CITED) and (tag is None or key in TEXTS)
        if key is not None and fits:
            return Column(key, int(number or 1), tag)
    return Column(" ".join(heading.split()), known=False)
