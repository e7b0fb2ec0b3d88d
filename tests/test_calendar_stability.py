import copy
import datetime as dt
import itertools
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import tjun
from tjun import DataError

YEARS = {"first_year": 2027, "last_year": 2031, "minor": "all"}
OLD, NEW = "2026-11-23", "2027-01-15"
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
    "format": 1,
    "title": {"en": "A record"},
    "retired": ["gone"],
    "areas": [
        {"id": "peace", "name": {"en": "Peace", "ru": "Мир"}},
        {"id": "water", "name": {"en": "Water"}},
    ],
    "sources": [
        {"id": "page", "title": "A page", "publisher": "Somebody", "kind": "un"}
    ],
    "events": [
        {
            "id": name,
            "title": {"en": f"It is {name}"},
            "description": {"en": f"So {name} was."},
            "date": date,
            "areas": areas,
            "citations": [{"source": "page", "date": date}],
            "revised": OLD,
            **more,
        }
        for name, date, areas, more in (
            ("joined", "1992-03-02", [], {}),
            ("opened", "1993-02-01", ["peace"], {}),
            ("leap", "1996-02-29", ["water", "peace"], {}),
            ("month", "2000-05", [], {"revised": "2026-01-01"}),
            ("coming", "2028-05-25", ["water"], {"status": "announced"}),
            ("closed", "2000-06-01", [], {}),
            ("kept", "2001-06-05", [], {"yearly": True, "marks": "joined"}),
        )
    ],
}

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
    event(record, "joined").update(title={"en": "It joined; at last"}, revised=NEW)


def add_event(record: Record) -> None:
    new = copy.deepcopy(event(record, "opened"))
    record["events"].insert(2, {**new, "id": "new", "date": "1993-02-02"})


def rename_area(record: Record) -> None:
    record["areas"][0]["name"] = {"en": "Peace, and stability"}
    for each in record["events"]:
        if "peace" in each["areas"]:
            each["revised"] = NEW


def add_source(record: Record) -> None:
    record["sources"].insert(0, {"id": "act", "title": "An act", "publisher": "Body"})


def change_date(record: Record) -> None:
    moved = event(record, "closed")
    moved.update(date="2000-12-31", revised=NEW)
    moved["citations"][0]["date"] = "2000-12-31"


def know_the_day(record: Record) -> None:
    event(record, "month").update(date="2000-05-15", revised=OLD)


def hold(record: Record) -> None:
    event(record, "coming").update(status="held", revised=NEW)


def add_citation(record: Record) -> None:
    add_source(record)
    cited = event(record, "leap")
    cited["citations"].append({"source": "act", "date": "1996-03-01"})
    cited["revised"] = NEW


def describe(record: Record) -> None:
    event(record, "opened").update(description={"en": "It opened."}, revised=NEW)


def retire(record: Record) -> None:
    record["events"].remove(event(record, "closed"))
    record["retired"].append("closed")


def reorder(record: Record) -> None:
    for section in ("areas", "sources", "events"):
        record[section].reverse()


class TestBytes:
    def test_do_not_depend_on_the_environment_or_the_day(self) -> None:
        """
        Hash seed, locale, time zone and day do not change a calendar.
        """
        environments = zip(
            ("0", "4294967295"),
            ("C", "C.UTF-8"),
            ("Pacific/Kiritimati", "America/Adak"),
            ("1999-12-31T23:59:59", "2028-02-29"),
            strict=True,
        )
        started = [
            subprocess.Popen(
                [sys.executable, "-c", PROGRAM, day],
                env={
                    **os.environ,
                    "PYTHONHASHSEED": seed,
                    "LC_ALL": locale,
                    "TZ": zone,
                },
                stdout=subprocess.PIPE,
            )
            for seed, locale, zone, day in environments
        ]
        made = [process.communicate(timeout=60)[0] for process in started]
        assert made[0].count(b"BEGIN:VEVENT") > 800
        assert made[0] == made[1]

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
            uid for uid in one if re.search("-202[67]@", uid)
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
    @pytest.mark.parametrize("options", [{}, {"language": "ru", "alarm_days": 2}])
    def test_changes_only_the_entries_of_what_was_edited(
        self,
        edit: Callable[[Record], None],
        changed: set[str],
        added: set[str],
        dropped: set[str],
        options: dict[str, Any],
    ) -> None:
        """
        Other entries stay the same; edited ones keep the UID and get a new sequence.
        """
        edited = copy.deepcopy(RECORD)
        edit(edited)
        old, new = (entries(exported(each, **options)) for each in (RECORD, edited))
        kept = old.keys() & new.keys()
        assert {uid for uid in kept if old[uid] != new[uid]} == {
            uid for uid in old if of(uid) in changed
        }
        for uid in kept:
            grown = int(value(new[uid], "SEQUENCE")) - int(value(old[uid], "SEQUENCE"))
            later = value(new[uid], "DTSTAMP") > value(old[uid], "DTSTAMP")
            assert (grown > 0) is later is (of(uid) in changed)
        assert {of(uid) for uid in new.keys() - old.keys()} == added
        assert {of(uid) for uid in old.keys() - new.keys()} == dropped

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

    def test_increases_the_sequence_each_time(self) -> None:
        """
        Each revision has a larger sequence than the one before.
        """
        sequences = []
        for day in ("2026-11-23", "2026-11-24", "2027-01-01", "2030-05-05"):
            edited = copy.deepcopy(RECORD)
            event(edited, "joined")["revised"] = day
            entry = entries(exported(edited))["joined-2027@tjun"]
            sequences.append(int(value(entry, "SEQUENCE")))
        assert all(one < other for one, other in itertools.pairwise(sequences))

    def test_confirms_an_announced_event(self) -> None:
        """
        An announced event that was held keeps its UID and is confirmed.
        """
        edited = copy.deepcopy(RECORD)
        hold(edited)
        states = [
            value(entries(exported(each))["coming-2028@tjun"], "STATUS")
            for each in (RECORD, edited)
        ]
        assert states == ["TENTATIVE", "CONFIRMED"]


class TestRetiredId:
    @pytest.mark.parametrize("name", ["gone", "closed"])
    def test_is_rejected(self, name: str) -> None:
        """
        An event with a retired id is rejected, with its place in the file.
        """
        edited = copy.deepcopy(RECORD)
        retire(edited)
        edited["events"].append({**event(RECORD, "closed"), "id": name})
        with pytest.raises(DataError) as caught:
            exported(edited)
        (fault,) = caught.value.faults
        assert fault.path == "events[6].id"
        assert fault.id == name
        assert fault.message == "this id is retired; choose another one"

    def test_of_the_bundled_record_is_rejected_in_a_file(self, tmp_path: Path) -> None:
        """
        A file that supplements the bundled record cannot use its retired ids.
        """
        retired = tjun.load().retired
        assert retired
        edited = copy.deepcopy(RECORD)
        edited["events"][5]["id"] = retired[0]
        path = tmp_path / "mine.json"
        path.write_text(json.dumps(edited))
        with pytest.raises(DataError, match="this id is retired; choose another one"):
            tjun.load(path, bundled=True)
