import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import icalendar
import pytest
import pytz
import recurring_ical_events
import vobject
from clients.calendars import CASES, HARD, Entry, differences, octets_of

HERE = Path(__file__).parent / "clients"
NODE = shutil.which("node") is not None and shutil.which("npm") is not None
# Each entry is a file of its own to khal, so it reads fewer of them.
FOR_KHAL = [
    "the record",
    "the record with the other options",
    "hard words",
    "hard words of the event itself",
    "hard days with most options",
    "hard days with the other options",
    "far years",
]
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


def told(read: list[Entry], name: str) -> list[str]:
    return differences(read, CASES[name].meant())[:5]


def day_after(day: dt.date) -> str:
    return (day + dt.timedelta(days=1)).isoformat()


def by_recurring_ical_events(data: bytes) -> list[Entry]:
    calendar = icalendar.Calendar.from_ical(data)
    query = recurring_ical_events.of(calendar)
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


def files_of(data: bytes, folder: Path) -> None:
    """
    Put each entry into a file of its own, octet by octet as it stands.
    """
    folder.mkdir()
    head, *entries = data.removesuffix(b"END:VCALENDAR\r\n").split(b"BEGIN:VEVENT\r\n")
    for number, entry in enumerate(entries):
        whole = head + b"BEGIN:VEVENT\r\n" + entry + b"END:VCALENDAR\r\n"
        (folder / f"{number}.ics").write_bytes(whole)


def by_khal(data: bytes, folder: Path) -> list[Entry]:
    from khal.khalendar import CalendarCollection  # It asks for a terminal.

    files_of(data, folder)
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
        days = (dt.date(1900, 1, 1), dt.date(9999, 12, 1))
        ends = (dt.datetime.combine(day, dt.time.min) for day in days)
        found = list(collection.get_floating(*ends))
    return [
        Entry(
            str(each.uid),
            each.start.isoformat(),
            day_after(each.end),
            str(each.summary),
            str(each.description),
        )
        for each in found
    ]


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


def listed(khal: Callable[..., str]) -> list[Entry]:
    fields = ("uid", "start-date", "end-date", "title", "description")
    asked = [word for field in fields for word in ("--json", field)]
    said = khal("list", "--once", "--notstarted", *asked, "2027-01-01", "2028-01-01")
    rows = [row for day in said.split("\n") if day for row in json.loads(day)]
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
def ical_js(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Entry]]:
    """
    The entries of each case as ical.js, installed into a temporary directory, reads it.
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
    for number, name in enumerate(CASES):
        (folder / f"{number}.ics").write_bytes(octets_of(name))
    printed = subprocess.run(
        [
            "node",
            "read_with_ical_js.mjs",
            *(f"{number}.ics" for number in range(len(CASES))),
        ],
        cwd=folder,
        check=True,
        timeout=60,
        stdout=subprocess.PIPE,
    ).stdout
    read = ([Entry(*each) for each in entries] for entries in json.loads(printed))
    return dict(zip(CASES, read, strict=True))


class TestMeant:
    @pytest.mark.parametrize(
        ("name", "entry"),
        [
            ("hard days", ("leap-2000", "2000-02-29", "2000-03-01")),
            ("hard days", ("leap-2027", "2027-02-28", "2027-03-01")),
            (
                "hard days, leap day on 1 March",
                ("leap-2027", "2027-03-01", "2027-03-02"),
            ),
            ("hard days", ("long-ago-1992", "1992-01-01", "1992-01-02")),
            ("hard days", ("last-day-2027", "2027-12-31", "2028-01-01")),
            ("hard days", ("month-2027", "2027-05-01", "2027-06-01")),
            ("hard days", ("february-2028", "2028-02-01", "2028-03-01")),
            (
                "hard days, months on the first day",
                ("month-2027", "2027-05-01", "2027-05-02"),
            ),
            ("hard days", ("days-2003", "2003-08-30", "2003-09-02")),
            ("hard days", ("days-2004", "2004-08-30", "2004-08-31")),
            ("hard days", ("a-month-2003", "2003-08-01", "2003-09-01")),
            ("hard days", ("decade-2018", "2018-03-22", "2018-03-23")),
            ("hard days", ("coming-2028", "2028-05-25", "2028-05-29")),
            ("hard days", ("kept-later-2027", "2027-06-05", "2027-06-06")),
            ("far years", ("last-day-9998", "9998-12-31", "9999-01-01")),
        ],
    )
    def test_follows_the_rules_for_days(
        self, name: str, entry: tuple[str, str, str]
    ) -> None:
        """
        What the entries have to be is what the rules for days say.
        """
        days = {(each.uid, each.start, each.end) for each in CASES[name].meant()}
        assert (f"{entry[0]}@tjun", *entry[1:]) in days

    @pytest.mark.parametrize(
        ("name", "uid"),
        [
            ("hard days, no leap day", "leap-2027"),
            ("hard days, no months", "month-2027"),
            ("hard days", "year-2007"),
            ("hard days", "kept-2027"),
            ("hard days", "coming-2029"),
            ("hard days, every 5", "joined-2028"),
            ("hard days", "long-ago-1942"),
        ],
    )
    def test_leaves_out_what_the_rules_do(self, name: str, uid: str) -> None:
        """
        What has no day, is one with another, or is not asked for, is not meant.
        """
        assert f"{uid}@tjun" not in {each.uid for each in CASES[name].meant()}

    def test_is_all_of_it(self) -> None:
        """
        The record has hundreds of entries, and each hard text has one.
        """
        assert len(CASES["the record"].meant()) > 500
        assert len(CASES["hard words"].meant()) == len(HARD)

    def test_keeps_a_backslash_before_a_capital_n(self) -> None:
        """
        A backslash before a capital N is to be read as both.
        """
        (entry,) = (e for e in CASES["hard words"].meant() if e.uid[:7] == "hard-3-")
        assert entry.description.startswith("back\\Nslash and \\n and \\\n\nArea: ")


class TestDifferences:
    def mistaken(self, **changes: Any) -> list[str]:
        meant = CASES["hard days"].meant()
        return differences([meant[0]._replace(**changes), *meant[1:]], meant)

    def test_of_the_same_are_none(self) -> None:
        """
        What is read as it is meant has no difference, in whatever order.
        """
        meant = CASES["hard days"].meant()
        assert differences(reversed(meant), meant) == []

    @pytest.mark.parametrize("field", ["start", "end", "title", "description"])
    def test_are_told_field_by_field(self, field: str) -> None:
        """
        Another start, end, title or description is told.
        """
        (found,) = self.mistaken(**{field: "x"})
        assert f"{field} is 'x' and not " in found

    def test_are_told_where_words_lack_an_end(self) -> None:
        """
        Words that are cut off are told.
        """
        meant = CASES["hard days"].meant()[0].description
        (found,) = self.mistaken(description=meant[:-1])
        assert "description is " in found

    def test_are_told_where_an_entry_is_missing_or_too_much(self) -> None:
        """
        An entry that is not read, read twice, or not meant is told.
        """
        meant = CASES["hard days"].meant()
        assert differences(meant[1:], meant) == [f"{meant[0].uid}: not read"]
        assert differences(meant, meant[1:]) == [f"{meant[0].uid}: read and not meant"]
        assert differences([*meant, meant[0]], meant) == [f"{meant[0].uid}: read twice"]


class TestRecurringIcalEvents:
    @pytest.mark.parametrize("name", CASES)
    def test_reads_every_entry_as_it_is_meant(self, name: str) -> None:
        """
        It reads each entry's days, title and description as they are meant.
        """
        assert told(by_recurring_ical_events(octets_of(name)), name) == []


class TestVobject:
    @pytest.mark.parametrize("name", CASES)
    def test_reads_every_entry_as_it_is_meant(self, name: str) -> None:
        """
        It reads each entry's days, title and description as they are meant.
        """
        assert told(by_vobject(octets_of(name)), name) == []


@pytest.mark.skipif(not NODE, reason="node is not installed")
class TestIcalJs:
    @pytest.mark.parametrize("name", CASES)
    def test_reads_every_entry_as_it_is_meant(
        self, name: str, ical_js: dict[str, list[Entry]]
    ) -> None:
        """
        It reads each entry's days, title and description as they are meant.
        """
        assert told(ical_js[name], name) == []


class TestKhal:
    @pytest.mark.parametrize("name", FOR_KHAL)
    def test_reads_every_entry_as_it_is_meant(
        self, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        It reads each entry's days, title and description as they are meant.
        """
        # It waits for the disk at each file that it looks at.
        monkeypatch.setattr(os, "fsync", lambda _: None)
        assert told(by_khal(octets_of(name), tmp_path / "tjun"), name) == []

    def test_lists_every_entry_as_it_is_meant(
        self, khal: Callable[..., str], tmp_path: Path
    ) -> None:
        """
        The program lists the entries of a calendar that was synchronised to it.
        """
        files_of(octets_of("hard words"), tmp_path / "tjun")
        assert told(listed(khal), "hard words") == []

    def test_import_breaks_a_backslash_before_a_capital_n(
        self, khal: Callable[..., str], tmp_path: Path
    ) -> None:
        """
        Importing breaks the line at a backslash before a capital N, and nowhere else.

        khal reads the calendar right, and then has icalendar write it anew, which
        takes these two for a line break (icalendar 7.3, `escape_char()`). Whatever
        form a calendar has them in, it is lost there.
        """
        (tmp_path / "tjun").mkdir()
        (tmp_path / "in.ics").write_bytes(octets_of("hard words"))
        khal("import", "--batch", "-a", "tjun", str(tmp_path / "in.ics"))
        broken = [
            each._replace(
                title=each.title.replace("\\N", "\n"),
                description=each.description.replace("\\N", "\n"),
            )
            for each in CASES["hard words"].meant()
        ]
        assert differences(listed(khal), broken) == []
