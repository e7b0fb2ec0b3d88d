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

import attrs
import icalendar
import pytest
import pytz
import recurring_ical_events
import vobject
from clients.calendars import (
    CASES,
    HARD,
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
LANGUAGES = ("en", "ru", "tg")
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
    return Case(all_dates(), {"language": language, "minor": "all"}, year, year)


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


def listed(khal: Callable[..., str], first: str, last: str) -> list[Entry]:
    fields = ("uid", "start-date", "end-date", "title", "description")
    flags = [word for field in fields for word in ("--json", field)]
    printed = khal("list", "--once", "--notstarted", *flags, first, last)
    rows = [row for day in printed.split("\n") if day for row in json.loads(day)]
    return [
        Entry(
            row["uid"],
            row["start-date"],
            day_after(dt.date.fromisoformat(row["end-date"])),
            row["title"],
            row["description"],
        )
        for row in rows
    ]


@pytest.fixture(scope="module")
def ical_js(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[list[Entry]]]:
    """
    Install ical.js into a temporary directory and return what it reads.

    First come the cases, then the years in each language.
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
    calendars = [calendar_of(name) for name in CASES]
    calendars += [one_year(y, each).calendar() for each in LANGUAGES for y in YEARS]
    files = [f"{number}.ics" for number in range(len(calendars))]
    for file, calendar in zip(files, calendars, strict=True):
        (folder / file).write_bytes(calendar)
    printed = subprocess.run(
        ["node", "read_with_ical_js.mjs", *files],
        cwd=folder,
        check=True,
        timeout=60,
        stdout=subprocess.PIPE,
    ).stdout
    yield [[Entry(*each) for each in entries] for entries in json.loads(printed)]
    shutil.rmtree(folder)


class TestExpected:
    @pytest.mark.parametrize(
        ("name", "entry"),
        [
            ("dates", ("leap-2000", "2000-02-29", "2000-03-01")),
            ("dates, jubilees", ("leap-2027", "2027-02-28", "2027-03-01")),
            ("dates in Russian", ("leap-2027", "2027-03-01", "2027-03-02")),
            ("dates, jubilees", ("long-ago-2027", "2027-01-01", "2027-01-02")),
            ("dates, jubilees", ("last-day-2029", "2029-12-31", "2030-01-01")),
            ("dates, jubilees", ("month-2027", "2027-05-01", "2027-06-01")),
            ("dates, jubilees", ("february-2029", "2029-02-01", "2029-03-01")),
            ("dates in Russian", ("month-2027", "2027-05-01", "2027-05-02")),
            ("dates", ("days-2003", "2003-08-30", "2003-09-02")),
            ("dates, jubilees", ("days-2028", "2028-08-30", "2028-08-31")),
            ("dates", ("a-month-2003", "2003-08-01", "2003-09-01")),
            ("dates, jubilees", ("decade-2028", "2028-03-22", "2028-03-23")),
            ("dates, jubilees", ("coming-2028", "2028-05-25", "2028-05-29")),
            ("dates, jubilees", ("kept-later-2027", "2027-06-05", "2027-06-06")),
            ("dates, jubilees", ("death-2028", "2028-07-20", "2028-07-21")),
            ("far years", ("last-day-9998", "9998-12-31", "9999-01-01")),
        ],
    )
    def test_includes_every_kind_of_day(
        self, name: str, entry: tuple[str, str, str]
    ) -> None:
        """
        The expected entries include each kind of day that there is a rule for.
        """
        days = {(each.uid, each.start, each.end) for each in expected_of(name)}
        assert (f"{entry[0]}@tjun", *entry[1:]) in days

    @pytest.mark.parametrize(
        ("name", "uid"),
        [
            ("dates in Tajik", "leap-2027"),
            ("dates in Tajik", "month-2027"),
            ("dates in Tajik", "days-2028"),
            ("dates, jubilees", "year-2027"),
            ("dates, jubilees", "kept-2027"),
            ("dates, jubilees", "days-2027"),
            ("dates, jubilees", "death-2027"),
            ("dates, jubilees", "coming-2029"),
            ("dates, every 5", "joined-2028"),
        ],
    )
    def test_excludes_what_the_rules_exclude(self, name: str, uid: str) -> None:
        """
        Nothing is expected without a day, for a merged entry or for a minor year.
        """
        assert f"{uid}@tjun" not in {each.uid for each in expected_of(name)}

    def test_is_not_empty(self) -> None:
        """
        The record has dozens of entries in a year, and each hard text has one.
        """
        assert len(expected_of("record")) > 30
        assert len(expected_of("texts")) == len(HARD)
        assert all(case.expected() for case in CASES.values())

    def test_keeps_a_backslash_before_a_capital_n(self) -> None:
        """
        A backslash before a capital N is expected as these two characters.
        """
        (entry,) = (e for e in expected_of("texts") if e.uid[:7] == "hard-3-")
        assert entry.description.startswith("back\\Nslash and \\n and \\\n\nArea: ")


class TestDifferences:
    def changed(self, **changes: Any) -> list[str]:
        expected = expected_of("dates")
        return differences([expected[0]._replace(**changes), *expected[1:]], expected)

    def test_ignore_the_order(self) -> None:
        """
        The same entries in another order have no differences.
        """
        expected = expected_of("dates")
        assert differences(reversed(expected), expected) == []

    @pytest.mark.parametrize("field", ["start", "end", "title", "description"])
    def test_name_the_field(self, field: str) -> None:
        """
        Another start, end, title or description is reported.
        """
        (line,) = self.changed(**{field: "x"})
        assert f"{field} is 'x', expected " in line

    def test_include_missing_unexpected_and_duplicate_entries(self) -> None:
        """
        A missing, an unexpected and a duplicate entry are reported.
        """
        expected = expected_of("dates")
        first = expected[0]
        assert differences(expected[1:], expected) == [f"{first.uid}: missing"]
        assert differences(expected, expected[1:]) == [f"{first.uid}: unexpected"]
        assert differences([*expected, first], expected) == [f"{first.uid}: duplicate"]


class TestRecurringIcalEvents:
    @pytest.mark.parametrize("name", CASES)
    def test_reads_every_entry(self, name: str) -> None:
        """
        It reads the days, the title and the description of each entry.
        """
        assert wrong(by_recurring_ical_events(calendar_of(name)), name) == []

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("year", YEARS)
    def test_shows_every_day(self, year: int, language: str) -> None:
        """
        Each day of a year shows the entries on it, those of several days on each.
        """
        case = one_year(year, language)
        calendar = icalendar.Calendar.from_ical(case.calendar())
        query = recurring_ical_events.of(calendar)
        found = {
            day: {str(each["SUMMARY"]) for each in query.at(day)}
            for day in days_of(year)
        }
        assert found == on_days(case.expected(), year)


class TestVobject:
    @pytest.mark.parametrize("name", CASES)
    def test_reads_every_entry(self, name: str) -> None:
        """
        It reads the days, the title and the description of each entry.
        """
        assert wrong(by_vobject(calendar_of(name)), name) == []

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("year", YEARS)
    def test_shows_every_day(self, year: int, language: str) -> None:
        """
        Each day of a year shows the entries on it, those of several days on each.
        """
        case = one_year(year, language)
        found = on_days(by_vobject(case.calendar()), year)
        assert found == on_days(case.expected(), year)


@pytest.mark.skipif(not NODE, reason="node is not installed")
class TestIcalJs:
    @pytest.mark.parametrize("name", CASES)
    def test_reads_every_entry(self, name: str, ical_js: list[list[Entry]]) -> None:
        """
        It reads the days, the title and the description of each entry.
        """
        assert wrong(ical_js[list(CASES).index(name)], name) == []

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("year", YEARS)
    def test_shows_every_day(
        self, year: int, language: str, ical_js: list[list[Entry]]
    ) -> None:
        """
        Each day of a year shows the entries on it, those of several days on each.
        """
        number = LANGUAGES.index(language) * len(YEARS) + YEARS.index(year)
        found = on_days(ical_js[len(CASES) + number], year)
        assert found == on_days(one_year(year, language).expected(), year)


@pytest.mark.usefixtures("no_fsync")
class TestKhal:
    @pytest.mark.parametrize("name", FOR_KHAL)
    def test_reads_every_entry(self, name: str, tmp_path: Path) -> None:
        """
        It reads the days, the title and the description of each entry.
        """
        write_files(calendar_of(name), tmp_path / "tjun")
        with khal_collection(tmp_path / "tjun") as collection:
            assert wrong(entries_in(collection), name) == []

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("year", YEARS)
    def test_shows_every_day(self, year: int, language: str, tmp_path: Path) -> None:
        """
        Each day of a year shows the entries on it, those of several days on each.
        """
        case = one_year(year, language)
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

    def test_import_replaces_entries(
        self, khal: Callable[..., str], tmp_path: Path
    ) -> None:
        """
        Importing a corrected feed again replaces entries and adds no duplicates.

        Only subscribing removes the entries of a retired event.
        """
        (tmp_path / "tjun").mkdir()
        for case in (BEFORE, AFTER):
            (tmp_path / "in.ics").write_bytes(case.calendar())
            khal("import", "--batch", "-a", "tjun", str(tmp_path / "in.ics"))
        kept = [e for e in BEFORE.expected() if e.uid.startswith("closed-")]
        found = listed(khal, "2026-01-01", "2032-12-31")
        assert differences(found, [*AFTER.expected(), *kept]) == []

    def test_import_breaks_a_backslash_before_a_capital_n(
        self, khal: Callable[..., str], tmp_path: Path
    ) -> None:
        """
        Importing turns a backslash before a capital N into a line break.

        khal reads the calendar correctly and then has icalendar write it again, which
        makes this mistake (icalendar 7.3, `escape_char()`), whatever the calendar
        contains.
        """
        (tmp_path / "tjun").mkdir()
        (tmp_path / "in.ics").write_bytes(calendar_of("texts"))
        khal("import", "--batch", "-a", "tjun", str(tmp_path / "in.ics"))
        broken = [
            each._replace(
                title=each.title.replace("\\N", "\n"),
                description=each.description.replace("\\N", "\n"),
            )
            for each in expected_of("texts")
        ]
        assert differences(listed(khal, "2027-01-01", "2028-01-01"), broken) == []


class TestCorrections:
    def test_change_titles_days_and_entries(self) -> None:
        """
        The corrected feed has another title, other days and an event less.
        """
        before, after = ({e.uid: e for e in c.expected()} for c in (BEFORE, AFTER))
        assert {uid.rpartition("-")[0] for uid in before.keys() - after.keys()} == {
            "closed"
        }
        assert after.keys() <= before.keys()
        changed = [
            attr
            for attr in ("title", "start", "description")
            if any(getattr(before[u], attr) != getattr(after[u], attr) for u in after)
        ]
        assert changed == ["title", "start", "description"]
        assert attrs.asdict(AFTER)["options"] == attrs.asdict(BEFORE)["options"]
