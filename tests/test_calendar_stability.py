import copy
import datetime as dt
import json
import re
from collections.abc import Callable
from typing import Any

import pytest

import tjun

YEARS = {"first_year": 2027, "last_year": 2031, "show": "all"}
OLD, NEW = "2026-11-23T09:00:00Z", "2027-01-15T09:00:00Z"
PROGRAM = """\
import datetime, locale, sys
import time_machine
import tjun

locale.setlocale(locale.LC_ALL, "")
day = datetime.datetime.fromisoformat(sys.argv[1])
with time_machine.travel(day, tick=False):
    assert abs(datetime.date.today() - day.date()).days <= 1
    for language in ("en", "ru"):
        data = tjun.export(tjun.load(), "ics", first_year=2025, language=language)
        sys.stdout.buffer.write(data)
"""
RECORD: dict[str, Any] = {
    "format": 2,
    "record": {
        "id": "r",
        "title": {"en": "A record"},
        "retired": ["gone"],
        "revised": OLD,
    },
    "areas": [
        {"id": "peace", "name": {"en": "Peace", "ru": "Мир"}},
        {"id": "water", "name": {"en": "Water"}},
    ],
    "publishers": [{"id": "somebody", "name": "Somebody", "kind": "un"}],
    "sources": [{"id": "page", "title": "A page", "publisher": "somebody"}],
    "events": [
        {
            "id": name,
            "title": {"en": f"It is {name}"},
            "description": {"en": f"So {name} was."},
            "date": date,
            "areas": areas,
            "citations": [{"source": "page", "date": date}],
            **more,
        }
        for name, date, areas, more in (
            ("joined", "1992-03-02", [], {}),
            ("opened", "1993-02-01", ["peace"], {}),
            ("leap", "1996-02-29", ["water", "peace"], {}),
            ("month", "2000-05", [], {}),
            ("coming", "2028-05-25", ["water"], {"status": "announced"}),
            ("closed", "2000-06-01", [], {}),
            ("kept", "2001-06-05", [], {"yearly": True, "marks": "joined"}),
        )
    ],
}

EVERY = {each["id"] for each in RECORD["events"]}

Record = dict[str, Any]


def exported(record: Record, **options: Any) -> bytes:
    return tjun.export(
        tjun.loads(json.dumps(record), "json"), "ics", **{**YEARS, **options}
    )


def entries(data: bytes) -> dict[str, bytes]:
    """
    Return the bytes of each entry by its UID, of which there is only one.
    """
    found = re.findall(rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", data, re.DOTALL)
    by_uid = {value(each, "UID"): each for each in found}
    assert len(by_uid) == len(found) == data.count(b"\r\nBEGIN:VEVENT")
    return by_uid


def value(entry: bytes, name: str) -> str:
    (found,) = re.findall(rf"^{name}:(.*)\r$", entry.decode(), re.MULTILINE)
    return found


def event(record: Record, name: str) -> Record:
    (found,) = (each for each in record["events"] if each["id"] == name)
    return found


def of(uid: str) -> str:
    return uid.rpartition("-")[0]


def correct_title(record: Record) -> None:
    event(record, "joined").update(title={"en": "It joined; at last"})


def add_event(record: Record) -> None:
    new = copy.deepcopy(event(record, "opened"))
    record["events"].insert(2, {**new, "id": "new", "date": "1993-02-02"})


def rename_area(record: Record) -> None:
    record["areas"][0]["name"] = {"en": "Peace, and stability"}


def rename_publisher(record: Record) -> None:
    record["publishers"][0]["name"] = {"en": "Somebody else"}


def add_source(record: Record) -> None:
    act = {"id": "act", "title": "An act", "publisher": "somebody"}
    record["sources"].insert(0, act)


def change_date(record: Record) -> None:
    moved = event(record, "closed")
    moved.update(date="2000-12-31")
    moved["citations"][0]["date"] = "2000-12-31"


def know_the_day(record: Record) -> None:
    event(record, "month").update(date="2000-05-15")


def hold(record: Record) -> None:
    event(record, "coming").update(status="held")


def add_citation(record: Record) -> None:
    add_source(record)
    cited = event(record, "leap")["citations"]
    cited.append({"source": "act", "date": "1996-03-01"})


def describe(record: Record) -> None:
    event(record, "opened").update(description={"en": "It opened."})


def retire(record: Record) -> None:
    record["events"].remove(event(record, "closed"))
    record["record"]["retired"].append("closed")


def reorder(record: Record) -> None:
    for section in ("areas", "publishers", "sources", "events"):
        record[section].reverse()


class TestBytes:
    def test_of_entries_do_not_depend_on_the_day(self) -> None:
        """
        If the years follow from the day, the entries of the same year are the same.
        """
        record = tjun.load()
        one = entries(tjun.export(record, "ics", today=dt.date(2026, 11, 23)))
        other = entries(tjun.export(record, "ics", today=dt.date(2028, 2, 29)))
        both = one.keys() & other.keys()
        assert len(both) > 200
        assert all(one[uid] == other[uid] for uid in both)
        assert {uid for uid in one if uid not in other} == {
            uid for uid in one if re.search("-202[56]@", uid)
        }

    def test_do_not_depend_on_the_order_of_the_record(self) -> None:
        """
        A record file in another order gives the same calendar.
        """
        turned = copy.deepcopy(RECORD)
        reorder(turned)
        assert exported(turned) == exported(RECORD)


class TestEdit:
    @pytest.mark.parametrize(
        ("edit", "changed", "added", "dropped"),
        [
            (correct_title, {"joined"}, set(), set()),
            (add_event, set(), {"new"}, set()),
            (rename_area, {"opened", "leap"}, set(), set()),
            (rename_publisher, EVERY, set(), set()),
            (add_source, set(), set(), set()),
            (change_date, {"closed"}, set(), set()),
            (know_the_day, {"month"}, set(), set()),
            (hold, {"coming"}, {"coming"}, set()),
            (add_citation, {"leap"}, set(), set()),
            (describe, {"opened"}, set(), set()),
            (retire, set(), set(), {"closed"}),
            (reorder, set(), set(), set()),
        ],
    )
    @pytest.mark.parametrize("options", [{}, {"language": "ru", "remind": ["2d"]}])
    def test_changes_only_the_entries_of_what_was_edited(
        self,
        edit: Callable[[Record], None],
        changed: set[str],
        added: set[str],
        dropped: set[str],
        options: dict[str, Any],
    ) -> None:
        """
        Other entries stay the same, as long as the record has the same revision.
        """
        edited = copy.deepcopy(RECORD)
        edit(edited)
        old, new = (entries(exported(each, **options)) for each in (RECORD, edited))
        kept = old.keys() & new.keys()
        assert {uid for uid in kept if old[uid] != new[uid]} == {
            uid for uid in old if of(uid) in changed
        }
        assert {of(uid) for uid in new.keys() - old.keys()} == added
        assert {of(uid) for uid in old.keys() - new.keys()} == dropped

    def test_arrives_with_the_next_revision(self) -> None:
        """
        A later revision of the record stamps all entries, so that clients update them.
        """
        edited = copy.deepcopy(RECORD)
        rename_publisher(edited)
        edited["record"]["revised"] = NEW
        old, new = entries(exported(RECORD)), entries(exported(edited))
        assert old.keys() == new.keys()
        for uid in old:
            assert int(value(new[uid], "SEQUENCE")) > int(value(old[uid], "SEQUENCE"))
            for name in ("DTSTAMP", "LAST-MODIFIED"):
                assert value(old[uid], name) == "20261123T090000Z"
                assert value(new[uid], name) == "20270115T090000Z"

    @pytest.mark.parametrize(
        "years",
        [
            {"first_year": 2028},
            {"last_year": 2030},
            {"first_year": 1990, "last_year": 2040},
            {"month_dates": "skip"},
            {"leap_day": "skip"},
            {"every": 5, "last_year": 2040},
        ],
    )
    def test_of_the_options_leaves_other_entries_unchanged(
        self, years: dict[str, Any]
    ) -> None:
        """
        Adding or removing years does not change the entries of other years.
        """
        old, new = entries(exported(RECORD)), entries(exported(RECORD, **years))
        assert old.keys() != new.keys()
        both = old.keys() & new.keys()
        assert both
        assert all(old[uid] == new[uid] for uid in both)

    def test_confirms_an_announced_event(self) -> None:
        """
        An announced event that was held keeps its UID and is confirmed.
        """
        edited = copy.deepcopy(RECORD)
        hold(edited)
        states = [
            value(entries(exported(each))["coming-2028@r.tjun"], "STATUS")
            for each in (RECORD, edited)
        ]
        assert states == ["TENTATIVE", "CONFIRMED"]
