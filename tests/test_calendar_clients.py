"""
Other programs read the calendars: every entry, day by day, and after corrections.
"""

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import icalendar
import pytest
import pytz
import recurring_ical_events
import vobject
from clients.calendars import (
    CASES,
    Case,
    Entry,
    all_dates,
    calendar_of,
    differences,
    expected_of,
    on_days,
)
from clients.corrections import AFTER, BEFORE

HERE = Path(__file__).parent / "clients"
NODE = shutil.which("node") is not None and shutil.which("npm") is not None
# khal reads a file for each entry, which is slow.
FOR_KHAL = ["record", "texts", "dates in Russian", "far years"]
# Entries of several days, of a month and of 29 February.
YEARS = (2000, 2003, 2028)
KHAL = """\
[calendars]
[[tjun]]
path = {folder}
[sqlite]
path = {folder}.db
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = UTC
default_timezone = UTC
[default]
default_calendar = tjun
"""


def one_year(year: int, language: str) -> Case:
    """
    Return a calendar of a year, and of what began in the year before.
    """
    return Case(all_dates(), {"language": language, "show": "all"}, year - 1, year)


def wrong(found: list[Entry], name: str) -> list[str]:
    return differences(found, expected_of(name))[:5]


def day_after(day: dt.date) -> str:
    return (day + dt.timedelta(days=1)).isoformat()


def days_of(year: int) -> list[dt.date]:
    return list(on_days([], year))


def by_recurring_ical_events(data: bytes) -> list[Entry]:
    query = recurring_ical_events.of(icalendar.Calendar.from_ical(data))
    return [
        Entry(
            str(each["UID"]),
            each["DTSTART"].dt.isoformat(),
            each["DTEND"].dt.isoformat(),
            str(each["SUMMARY"]),
            str(each["DESCRIPTION"]),
        )
        for each in query.between(dt.date(1900, 1, 1), dt.date(9999, 12, 1))
    ]


def by_vobject(data: bytes) -> list[Entry]:
    calendar = vobject.readOne(data.decode())
    return [
        Entry(
            each.uid.value,
            each.dtstart.value.isoformat(),
            each.dtend.value.isoformat(),
            each.summary.value,
            each.description.value,
        )
        for each in calendar.contents.get("vevent", [])
    ]


def write_files(data: bytes, folder: Path) -> None:
    """
    Write each entry to a file of its own, as a program that synchronises does.
    """
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    head, *entries = data.removesuffix(b"END:VCALENDAR\r\n").split(b"BEGIN:VEVENT\r\n")
    for entry in entries:
        whole = head + b"BEGIN:VEVENT\r\n" + entry + b"END:VCALENDAR\r\n"
        uid = entry.partition(b"UID:")[2].partition(b"\r\n")[0].decode()
        (folder / f"{uid}.ics").write_bytes(whole)


@contextmanager
def khal_collection(folder: Path) -> Iterator[Any]:
    from khal.khalendar import CalendarCollection  # It expects a terminal.

    calendar = {
        "name": "tjun",
        "path": str(folder),
        "readonly": True,
        "color": "",
        "priority": 10,
        "ctype": "calendar",
        "addresses": [],
    }
    zones = {"local_timezone": pytz.UTC, "default_timezone": pytz.UTC}
    collection = CalendarCollection(
        calendars={"tjun": calendar}, dbpath=":memory:", locale=zones
    )
    with closing(collection._backend.conn):
        yield collection


def entries_in(collection: Any) -> list[Entry]:
    days = (dt.date(1900, 1, 1), dt.date(9999, 12, 1))
    ends = (dt.datetime.combine(day, dt.time.min) for day in days)
    return [
        Entry(
            str(each.uid),
            each.start.isoformat(),
            day_after(each.end),
            str(each.summary),
            str(each.description),
        )
        for each in collection.get_floating(*ends)
    ]


@pytest.fixture
def no_fsync(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Keep khal from waiting for the disk after each file.
    """
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture
def khal(tmp_path: Path) -> Callable[..., str]:
    """
    The program, with a home, a calendar and a configuration of its own.
    """
    (tmp_path / "config").write_text(KHAL.format(folder=tmp_path / "tjun"))

    def run(*arguments: str) -> str:
        return subprocess.run(
            [sys.executable, "-m", "khal", "-c", str(tmp_path / "config"), *arguments],
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(tmp_path),
                "LC_ALL": "C.UTF-8",
            },
            check=True,
            stdout=subprocess.PIPE,
            timeout=60,
        ).stdout.decode()

    return run


@pytest.fixture(scope="module")
def ical_js(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Entry]]:
    """
    Install ical.js into a temporary directory and return what it reads of each case.
    """
    folder = tmp_path_factory.mktemp("ical-js")
    for name in ("package.json", "package-lock.json", "read_with_ical_js.mjs"):
        shutil.copy(HERE / name, folder)
    subprocess.run(
        ["npm", "ci", "--prefer-offline", "--ignore-scripts", "--no-audit"],
        cwd=folder,
        check=True,
        timeout=120,
        stdout=subprocess.DEVNULL,
    )
    files = {name: f"{number}.ics" for number, name in enumerate(CASES)}
    for name, file in files.items():
        (folder / file).write_bytes(calendar_of(name))
    printed = subprocess.run(
        ["node", "read_with_ical_js.mjs", *files.values()],
        cwd=folder,
        check=True,
        timeout=60,
        stdout=subprocess.PIPE,
    ).stdout
    read = ([Entry(*each) for each in entries] for entries in json.loads(printed))
    return dict(zip(files, read, strict=True))


def by_khal(data: bytes, folder: Path) -> list[Entry]:
    write_files(data, folder / "tjun")
    with khal_collection(folder / "tjun") as collection:
        return entries_in(collection)


class TestReading:
    @pytest.mark.parametrize("name", CASES)
    @pytest.mark.parametrize("read", [by_recurring_ical_events, by_vobject])
    def test_finds_every_entry(
        self, read: Callable[[bytes], list[Entry]], name: str
    ) -> None:
        """
        The days, the title and the description of each entry are as expected.
        """
        assert wrong(read(calendar_of(name)), name) == []

    @pytest.mark.parametrize("year", YEARS)
    @pytest.mark.parametrize("language", ["en", "ru", "tg"])
    def test_shows_every_day(self, language: str, year: int) -> None:
        """
        Each day of a year shows the entries on it, those of several days on each.

        The first days of January show what began in December.
        """
        case = one_year(year, language)
        calendar = icalendar.Calendar.from_ical(case.calendar())
        query = recurring_ical_events.of(calendar)
        found = {
            day: {str(each["SUMMARY"]) for each in query.at(day)}
            for day in days_of(year)
        }
        assert found == on_days(case.expected(), year)

    @pytest.mark.slow
    @pytest.mark.skipif(not NODE, reason="node is not installed")
    @pytest.mark.parametrize("name", CASES)
    def test_of_ical_js_finds_every_entry(
        self, name: str, ical_js: dict[str, list[Entry]]
    ) -> None:
        """
        ical.js, which Thunderbird uses, reads the same as the others.
        """
        assert wrong(ical_js[name], name) == []


@pytest.mark.slow
@pytest.mark.usefixtures("no_fsync")
class TestKhal:
    @pytest.mark.parametrize("name", FOR_KHAL)
    def test_reads_every_entry(self, name: str, tmp_path: Path) -> None:
        """
        It reads the days, the title and the description of each entry.
        """
        assert wrong(by_khal(calendar_of(name), tmp_path), name) == []

    @pytest.mark.parametrize("year", YEARS)
    def test_shows_every_day(self, year: int, tmp_path: Path) -> None:
        """
        Each day of a year shows the entries on it, those of several days on each.
        """
        case = one_year(year, "tg")
        write_files(case.calendar(), tmp_path / "tjun")
        with khal_collection(tmp_path / "tjun") as collection:
            found = {
                day: {str(each.summary) for each in collection.get_events_on(day)}
                for day in days_of(year)
            }
        assert found == on_days(case.expected(), year)

    def test_shows_corrections(self, tmp_path: Path) -> None:
        """
        After synchronising a corrected feed it shows the new entries and no others.
        """
        folder = tmp_path / "tjun"
        write_files(BEFORE.calendar(), folder)
        with khal_collection(folder) as collection:
            assert differences(entries_in(collection), BEFORE.expected()) == []
            write_files(AFTER.calendar(), folder)
            collection.update_db()
            assert differences(entries_in(collection), AFTER.expected()) == []
