"""
Which fields of a record each format shows, and why it does not show the others.
"""

import datetime as dt
import html
import io
import re
import zipfile
from typing import Any

import attrs
import pytest

import tjun
from tjun import (
    Chronology,
    Citation,
    CooperationArea,
    Correction,
    Event,
    Membership,
    Mission,
    Post,
    Publisher,
    Source,
)

PUBLISHER = Publisher(id="mpubid", name="Mpubname", kind="reference")
SOURCE = Source(
    id="msourceid",
    title="Mtitle",
    label="Mlabel",
    author="Mauthor",
    publisher=PUBLISHER,
    symbol="Msymbol",
    url="https://murl.example/",
    copy_url="https://mcopy.example/",
    published="1901-02-05",
    accessed="1902-02-05",
    language="fr",
    note="Msourcenote",
)
PLAIN = Citation(source=Source(id="plain", label="Mplainlabel", publisher=PUBLISHER))
CITATION = Citation(
    source=SOURCE,
    says="Msays",
    as_written="Maswritten",
    date="1903-01-05",
    until="1904-01-05",
    locator="Mlocator",
    verified=False,
)
AREA = CooperationArea(
    id="mareaid", name="Mareaname", description="Mareadescription", citations=[PLAIN]
)


def event(own: str, date: str, **given: Any) -> Event:
    return Event(id=own, title=own, date=date, citations=[PLAIN], **given)


OPENING, CLOSING = event("opening", "1911-01-05"), event("closing", "1912-01-05")
ADMISSION, LEFT = event("admission", "1913-01-05"), event("left", "1914-01-05")
RECOMMENDATION = event("recommendation", "1915-01-05")
EVENT = Event(
    id="meventid",
    title="Mtitleofevent",
    short="Mshort",
    date="1905-01-05",
    until="1905-01-07",
    kind="mkind",
    areas=[AREA],
    description="Mdescription",
    place="Mplace",
    citations=[CITATION, PLAIN],
    weight="minor",
    solemn=True,
    reason="Mreason",
    corrections=[Correction(on="1907-02-05", note="Mcorrection")],
    extra={"mextra": 1},
)
PLANNED = event("planned", "2027-01-05", status="announced")
DAY = event("day", "1908-10-05", yearly=True, rule="FREQ=YEARLY;BYMONTH=10;BYDAY=1MO")
MISSION = Mission(
    id="mmissionid",
    name="Mmissionname",
    acronym="Macronym",
    seat="Mseat",
    mandate="Mmandate",
    opening=OPENING,
    closing=CLOSING,
    heads=[
        Post(
            person="Mperson",
            title="Mpost",
            start="1909-02-05",
            end="1910-02-05",
            citations=[PLAIN],
        )
    ],
)
MEMBERSHIP = Membership(
    id="mmembershipid",
    organization="Morganization",
    acronym="Mclub",
    member="Mmember",
    admission=ADMISSION,
    recommendation=RECOMMENDATION,
    withdrawal=LEFT,
)
RECORD = Chronology(
    events=[EVENT, PLANNED, DAY],
    missions=[MISSION],
    memberships=[MEMBERSHIP],
    id="mrecordid",
    title="Mrecordtitle",
    subject="Msubject",
    language="en",
    publisher="Mrecordpublisher",
    licence="Mlicence",
    contact="mailto:mcontact@example.org",
    revised="1916-02-05T00:00:00Z",
    retired=["mretired"],
    kinds={"mkind": "Mkindname"},
)


ENTITIES = "events missions memberships areas sources publishers".split()
REFERRING = {
    "Source.publisher",
    "Citation.source",
    "Citation.alternative",
    "Event.areas",
    "Event.citations",
    "Event.marks",
    "Event.corrections",
    "Post.citations",
    "Mission.opening",
    "Mission.closing",
    "Mission.predecessor",
    "Mission.heads",
    "Mission.events",
    "Membership.admission",
    "Membership.recommendation",
    "Membership.withdrawal",
    "CooperationArea.citations",
    "Header.referred",
    "Header.translations",
    "Header.language",  # That of all texts, and English unless it is written.
}


def day(year: int, month: int = 1) -> str:
    """
    Return a pattern of the fifth day of a month in any form.
    """
    name = ["January", "February"][month - 1]
    numbers = rf"\[\s*{year},\s*{month},\s*5\s*\]"
    return rf"{year}-0{month}-05|5 {name} {year}|{year}0{month}05|{numbers}"


MARKS = {
    "Publisher.id": "mpubid",
    "Publisher.name": "Mpubname",
    "Publisher.kind": 'Reference work|"reference"',
    "Source.id": "msourceid",
    "Source.title": "Mtitle\\b",
    "Source.label": "Mlabel|Mplainlabel",
    "Source.author": "Mauthor",
    "Source.symbol": "Msymbol",
    "Source.url": "murl",
    "Source.copy_url": "mcopy",
    "Source.published": day(1901, 2),
    "Source.accessed": day(1902, 2),
    "Source.language": r"\bfr\b|french",
    "Source.note": "Msourcenote",
    "Citation.says": "Msays",
    "Citation.as_written": "Maswritten",
    "Citation.date": day(1903),
    "Citation.until": day(1904),
    "Citation.locator": "Mlocator",
    "Citation.verified": 'not verified|document not read|"verified": false',
    "Event.id": "meventid",
    "Event.title": "Mtitleofevent",
    "Event.short": "Mshort",
    "Event.date": f"5–7 January 1905|{day(1905)}",
    "Event.until": "1905-01-07|5–7 January 1905|19050108",
    "Event.kind": "mkind|Mkindname",
    "Event.description": "Mdescription",
    "Event.place": "Mplace",
    "Event.status": "announced",
    "Event.yearly": 'every year|"yearly": true',
    "Event.rule": "BYDAY",
    "Event.weight": '"minor"',
    "Event.solemn": '"solemn": true',
    "Event.reason": "Mreason",
    "Event.extra": "mextra",
    "Correction.on": day(1907, 2),
    "Correction.note": "Mcorrection",
    "Post.person": "Mperson",
    "Post.title": "Mpost",
    "Post.start": day(1909, 2),
    "Post.end": day(1910, 2),
    "Mission.id": "mmissionid",
    "Mission.name": "Mmissionname",
    "Mission.acronym": "Macronym",
    "Mission.seat": "Mseat",
    "Mission.mandate": "Mmandate",
    "Membership.id": "mmembershipid",
    "Membership.organization": "Morganization",
    "Membership.acronym": "Mclub",
    "Membership.member": "Mmember",
    "CooperationArea.id": "mareaid",
    "CooperationArea.name": "Mareaname",
    "CooperationArea.description": "Mareadescription",
    "Header.id": "mrecordid",
    "Header.title": "Mrecordtitle",
    "Header.subject": "Msubject",
    "Header.publisher": "Mrecordpublisher",
    "Header.licence": "Mlicence",
    "Header.contact": "mcontact",
    "Header.revised": day(1916, 2),
    "Header.retired": "mretired",
    "Header.kinds": "Mkindname",
}
"""
A pattern for the value of each field that is not another entity.
"""


def _of(*classes: str) -> set[str]:
    return {name for name in MARKS if name.split(".")[0] in classes}


# Why a format does not show some fields.
IDS = ("people need no ids", {n for n in MARKS if n.endswith(".id")})
INNER = (
    "they decide which anniversaries there are, and what they are called",
    {"Event.rule", "Event.short", "Event.solemn", "Event.weight"},
)
UNSEEN = (INNER[0], INNER[1] - {"Event.short", "Event.weight"})
OWN = ("own values, and ids that are no longer used", {"Event.extra", "Header.retired"})
KINDS = (
    "the site's page of an event says it",
    {"Event.kind", "Publisher.kind", "Header.kinds"},
)
NOTES = ("notes are for those who keep the record", {"Source.note"})
SUBJECT = ("the title of the record says it", {"Header.subject"})
NO_ANCHORS = (
    "ids that are no part of an address",
    {"Header.id", "Membership.id", "Publisher.id"},
)
NOT_SOURCES = (
    "references are to sources",
    _of("Citation", "Event", "Correction", "Post", "Mission", "Membership", "Header")
    | _of("CooperationArea"),
)
REFERENCES = [
    NOT_SOURCES,
    ("the key of the reference is the id of the source", {"Publisher.id"}),
    ("the type of the reference says it", {"Publisher.kind"}),
    ("a copy was read, and the address was not opened", {"Source.accessed"}),
    NOTES,
]
ABSENT: dict[str, list[tuple[str, set[str]]]] = {
    "json": [],
    "markdown": [
        IDS,
        INNER,
        OWN,
        KINDS,
        ("areas are only named", {"CooperationArea.description"}),
        ("the title is in that language", {"Source.language"}),
        NOTES,
        SUBJECT,
    ],
    "html": [
        (NO_ANCHORS[0], NO_ANCHORS[1] | {"Source.id"}),
        UNSEEN,
        OWN,
        KINDS,
        NOTES,
        SUBJECT,
    ],
    "site": [
        (NO_ANCHORS[0], NO_ANCHORS[1] | {"Source.id"}),
        UNSEEN,
        OWN,
        NOTES,
        ("the command line lists it", {"Publisher.kind"}),
        SUBJECT,
    ],
    "ics": [
        (IDS[0], IDS[1] - {"Event.id", "Header.id"}),  # They are in the UID.
        ("they decide which anniversaries there are", {"Event.rule", "Event.weight"}),
        ("an entry says how many years ago it was", {"Event.solemn", "Event.yearly"}),
        ("the short title is there", {"Event.title"}),
        OWN,
        ("areas are categories", {"CooperationArea.description"}),
        ("an entry is short", {"Event.kind", "Header.kinds", "Header.subject"}),
        (
            "of sources, an entry names the publisher, the document and the date",
            _of("Source", "Citation")
            - {"Source.symbol", "Source.url", "Citation.date", "Citation.until"}
            - {"Citation.verified"},
        ),
        ("readers are not told which kind of publisher it is", {"Publisher.kind"}),
        ("entries are about events", _of("Mission", "Membership", "Post")),
        ("the page of the event says what was corrected", _of("Correction")),
    ],
    "csl": REFERENCES,
    "bibtex": REFERENCES,
}


def shown(name: str) -> set[str]:
    options: dict[str, Any] = {"today": dt.date(2026, 11, 30)}
    if name == "ics":
        options |= {"first_year": 1905, "last_year": 2027, "show": "all"}
    if name == "site":
        options["base_url"] = "https://example.org/"
    data = tjun.export(RECORD, name, **options)
    if name == "site":
        with zipfile.ZipFile(io.BytesIO(data)) as site:
            pages = [each for each in site.namelist() if each.endswith(".html")]
            data = b"".join(map(site.read, pages))
    text = html.unescape(data.decode().replace("\r\n ", ""))
    return {field for field, mark in MARKS.items() if re.search(mark, text)}


class TestFields:
    @pytest.mark.parametrize("name", ABSENT)
    def test_are_shown_unless_there_is_a_reason(self, name: str) -> None:
        """
        Each format shows every field of a record but these.
        """
        absent = {field for _, fields in ABSENT[name] for field in fields}
        assert set(MARKS) - shown(name) == absent

    def test_of_all_classes_are_marked(self) -> None:
        """
        A field that is added to a class has a mark above, or refers to other entities.
        """
        classes = (
            *(Publisher, Source, Citation, Event, Correction, Post, Mission),
            *(Membership, CooperationArea),
        )
        fields = {
            f"{each.__name__}.{field.alias}"
            for each in classes
            for field in attrs.fields(each)
        }
        header = {
            f"Header.{field.alias}"
            for field in attrs.fields(Chronology)
            if field.alias not in ENTITIES
        }
        assert (fields | header) - set(MARKS) == REFERRING
