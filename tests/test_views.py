import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from fake_plugins import Shelf
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from tjun.cli.views import anniversary_years

import tjun
from tjun import cli
from tjun.cli import looking
from tjun.locales.available import find_language
from tjun.model.text import escape_controls

GOLDEN = Path(__file__).parent / "golden"
OWN = GOLDEN / "record.toml"
ALONE = ("--record", str(OWN), "--no-bundled")
TODAY = dt.date(2027, 3, 1)
LANGUAGES = ("en", "ru", "tg")
PAGES = {
    "upcoming": ("upcoming", "--on", "2027-03-01", "--days", "80", "--until", "2010"),
    "on": ("on", "03-02"),
    "events": ("events",),
    "show-disputed": ("show", "watch-opened"),
    "show-observance": ("show", "accession-day"),
    "disputes": ("disputes",),
    "sources": ("sources",),
}
VIEWS = [
    ("upcoming", "--on", "2027-01-01"),
    ("on", "03-02"),
    ("events",),
    ("show", "unmot-opened"),
    ("show", "un-accession-day"),
    ("timeline",),
    ("missions",),
    ("disputes",),
    ("sources",),
    ("plugins", "--no-plugins"),
]


class Done(NamedTuple):
    status: object
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Run]:
    for name in ("TJUN_STRICT_PLUGINS", "TJUN_DISABLED_PLUGINS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")

    def in_this_process(*words: str | Path) -> Done:
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            cli.main([str(word) for word in words])
        return Done(left.value.code, *capsys.readouterr())

    yield in_this_process
    capsys.readouterr()


@pytest.fixture
def lines(run: Run) -> Callable[..., list[str]]:
    """
    Runs a command that goes well, and returns its lines without what pads them.
    """

    def of(*words: str | Path) -> list[str]:
        done = run(*words)
        assert (done.status, done.err) == (0, "")
        return [line.rstrip() for line in done.out.splitlines()]

    return of


@pytest.fixture
def rows(run: Run) -> Callable[..., Any]:
    """
    Runs a command with `--json`, and returns what it says.
    """

    def of(*words: str | Path) -> Any:
        done = run(*words, "--json")
        assert (done.status, done.err) == (0, "")
        return json.loads(done.out)

    return of


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> dt.date:
    class Day(dt.date):
        @classmethod
        def today(cls) -> dt.date:
            return TODAY

    monkeypatch.setattr(looking, "dt", SimpleNamespace(date=Day))
    return TODAY


@pytest.fixture
def own() -> tjun.Chronology:
    return tjun.load(OWN)


def record_file(folder: Path, **parts: object) -> Path:
    """
    Write a record with one source, and the parts given.
    """
    source = {"id": "book", "title": "A book", "publisher": "A press"}
    file = folder / "made.json"
    file.write_text(json.dumps({"format": 1, "sources": [source], **parts}))
    return file


def event_row(id_: str, date: str, **more: object) -> dict[str, object]:
    """
    Return the row of an event that the source of `record_file()` bears out.
    """
    citations = [{"source": "book", "date": date}]
    return {"id": id_, "title": id_, "date": date, "citations": citations, **more}


def drawn(page: str) -> list[str]:
    """
    Return the lines of a page that was looked at.
    """
    return (GOLDEN / f"{page}.txt").read_text(encoding="utf-8").splitlines()


class TestPages:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("page", PAGES)
    def test_are_as_drawn(
        self, lines: Callable[..., list[str]], page: str, language: str
    ) -> None:
        """
        Each view at 80 columns is, in each language, the page that was looked at.
        """
        seen = lines(*PAGES[page], *ALONE, "--language", language)
        assert seen == drawn(f"{page}.{language}")

    @pytest.mark.usefixtures("today")
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_of_a_timeline_is_as_drawn(
        self, lines: Callable[..., list[str]], language: str
    ) -> None:
        """
        The timeline at 80 columns is, in each language, the one that was looked at.
        """
        seen = lines("timeline", *ALONE, "--language", language)
        assert seen == drawn(f"timeline.{language}")

    def test_have_a_column_for_ids_where_there_is_room(
        self, lines: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        In a wide terminal an event's id stands beside it and not below.
        """
        monkeypatch.setenv("COLUMNS", "140")
        assert lines("events", *ALONE) == drawn("events-wide.en")

    @pytest.mark.parametrize("columns", [80, 140])
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("words", VIEWS, ids=" ".join)
    def test_fit_the_width(
        self,
        run: Run,
        monkeypatch: pytest.MonkeyPatch,
        words: tuple[str, ...],
        language: str,
        columns: int,
    ) -> None:
        """
        No line is wider than the terminal, but for an address, which is not cut.
        """
        monkeypatch.setenv("COLUMNS", str(columns))
        done = run(*words, "--language", language)
        assert (done.status, done.err) == (0, "")
        for line in done.out.splitlines():
            address = re.fullmatch(r" *https?://\S+", line)
            assert address or cell_len(line) <= columns

    @pytest.mark.parametrize("columns", ["1", "20", "30"])
    @pytest.mark.parametrize("words", VIEWS, ids=" ".join)
    def test_survive_a_narrow_terminal(
        self,
        run: Run,
        monkeypatch: pytest.MonkeyPatch,
        words: tuple[str, ...],
        columns: str,
    ) -> None:
        """
        However narrow the terminal is, there is no error.
        """
        monkeypatch.setenv("COLUMNS", columns)
        done = run(*words)
        assert (done.status, done.err) == (0, "")

    def test_are_wide_in_a_pipe(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Without a terminal, and without a word on its width, lines have 160 columns.
        """
        monkeypatch.delenv("COLUMNS")
        widths = {cell_len(line) for line in run("disputes").out.splitlines()}
        assert 140 < max(widths) <= 160

    @pytest.mark.parametrize(
        "words",
        [
            ("upcoming", "--days", "0", "--on", "2027-03-01"),
            ("on", "12-31"),
            ("events", "--text", "qqqq"),
            ("disputes", "--according-to", "atlas"),
            ("timeline", "--text", "qqqq"),
        ],
        ids=" ".join,
    )
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_say_that_there_is_nothing(
        self,
        lines: Callable[..., list[str]],
        words: tuple[str, ...],
        language: str,
    ) -> None:
        """
        Where nothing is found that is said, in the language asked for.
        """
        seen = lines(*words, *ALONE, "--language", language)
        assert seen == [find_language(language).label("nothing_found")]

    @pytest.mark.parametrize(
        "command", ["missions", "sources", "disputes", "events", "upcoming"]
    )
    def test_of_nothing_are_empty_lists(
        self, rows: Callable[..., Any], command: str
    ) -> None:
        """
        Where nothing is found a script reads an empty list.
        """
        assert rows(command, "--no-bundled") == []


class TestUpcoming:
    def test_is_what_the_library_says(
        self, rows: Callable[..., Any], un: tjun.Chronology
    ) -> None:
        """
        A script reads each anniversary that the library finds, in its order.
        """
        found = un.upcoming(dt.date(2027, 1, 1), days=90)
        seen = rows("upcoming", "--on", "2027-01-01", "--days", "90")
        assert [(r["event"], r["date"], r["number"], r["title"]) for r in seen] == [
            (a.event.id, str(a.date), a.number, a.title()) for a in found
        ]
        assert [r["jubilee"] for r in seen] == [a.jubilee for a in found]
        assert "tajikistan-joins-un" in [r["event"] for r in seen]

    def test_speaks_the_language_to_scripts(
        self, rows: Callable[..., Any], own: tjun.Chronology
    ) -> None:
        """
        The titles that a script reads are in the language asked for.
        """
        (found,) = own.upcoming(dt.date(2027, 3, 2), days=0)
        words = ("--on", "2027-03-02", "--days", "0", "--language", "tg")
        (seen,) = rows("upcoming", *words, *ALONE)
        assert seen["title"] == found.title("tg")

    @pytest.mark.usefixtures("today")
    def test_looks_a_year_ahead_from_today(
        self, rows: Callable[..., Any], un: tjun.Chronology
    ) -> None:
        """
        Without a day it is looked from today on, and without a number for a year.
        """
        found = un.upcoming(TODAY, days=365)
        assert [r["event"] for r in rows("upcoming")] == [a.event.id for a in found]

    def test_counts_days(self, rows: Callable[..., Any], tmp_path: Path) -> None:
        """
        Days are counted to the day, or to the first of a month that is to come.
        """
        file = record_file(
            tmp_path,
            events=[
                event_row("day", "2000-03-02"),
                event_row("month-now", "2001-03"),
                event_row("month-to-come", "2002-04"),
            ],
        )
        own = ("--record", file, "--no-bundled", "--days", "31")
        seen = rows("upcoming", "--on", "2027-03-01", *own)
        left = {row["event"]: row["days_left"] for row in seen}
        assert left == {"day": 1, "month-now": 0, "month-to-come": 31}
        begun = rows("upcoming", "--on", "2027-03-31", *own)
        assert {r["event"]: r["days_left"] for r in begun} == {
            "month-now": 0,
            "month-to-come": 1,
        }

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_shows_date_weekday_and_days(
        self, lines: Callable[..., list[str]], language: str
    ) -> None:
        """
        A jubilee's row has its date, the weekday, the days left, a star, the title.
        """
        words = ("--on", "2027-03-01", "--days", "1", "--language", language)
        row = lines("upcoming", *words, *ALONE)[3]
        on = find_language(language).format_date(tjun.PartialDate(2027, 3, 2))
        day = find_language(language).weekday(dt.date(2027, 3, 2))
        assert row.split("★")[0].split() == [*on.split(), day, "1"]
        assert row.split("★")[1].split()[0].startswith("35")

    def test_shows_a_month_without_a_weekday(
        self,
        lines: Callable[..., list[str]],
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """
        What is known to the month has a month for date, and no weekday.
        """
        monkeypatch.setenv("COLUMNS", "140")
        file = record_file(tmp_path, events=[event_row("x", "2001-03")])
        own = ("--record", file, "--no-bundled")
        row = lines("upcoming", "--on", "2027-03-20", *own)[3]
        title = "26th anniversary: x (March 2001, day not known)"
        assert re.split(r"  +", row.strip()) == ["March 2027", "0", title]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_shows_that_sources_differ_or_only_announce(
        self,
        lines: Callable[..., list[str]],
        rows: Callable[..., Any],
        monkeypatch: pytest.MonkeyPatch,
        language: str,
    ) -> None:
        """
        A date in dispute has its star here, too, and what is announced says so.
        """
        monkeypatch.setenv("COLUMNS", "140")
        words = ("--language", language, *ALONE)
        (differ,) = lines("upcoming", "--on", "2027-02-01", "--days", "0", *words)[3:-1]
        on = find_language(language).format_date(tjun.PartialDate(2027, 2, 1))
        assert differ.startswith(f" {on} *  ")
        due = " ".join(lines("upcoming", "--on", "2027-03-20", "--days", "0", *words))
        assert f"({find_language(language).label('announced')})" in due
        (row,) = rows("upcoming", "--on", "2027-02-01", "--days", "0", *ALONE)
        assert (row["disputed"], row["status"]) == (True, "held")
        (row,) = rows("upcoming", "--on", "2027-03-20", "--days", "0", *ALONE)
        assert (row["disputed"], row["status"]) == (False, "announced")


class TestEvents:
    def test_are_what_the_library_says(
        self, rows: Callable[..., Any], un: tjun.Chronology
    ) -> None:
        """
        A script reads each event with all that is known of it.
        """
        for row, event in zip(rows("events"), un.events, strict=True):
            described = event.description
            assert row.pop("description", None) == (described and described.en)
            assert row.pop("citations") == [
                {
                    "source": c.source.id,
                    "title": c.source.title,
                    "publisher": c.source.publisher,
                    "symbol": c.source.symbol,
                    "url": c.source.url,
                    "says": c.says,
                    "date": c.date and str(c.date),
                    "until": c.until and str(c.until),
                    "verified": c.verified,
                }
                for c in event.citations
            ]
            assert row == {
                "id": event.id,
                "date": str(event.date),
                "until": event.until and str(event.until),
                "title": event.title.en,
                "kind": str(event.kind),
                "areas": [area.id for area in event.areas],
                "status": str(event.status),
                "yearly": event.yearly,
                "disputed": event.disputed,
            }

    @pytest.mark.parametrize("language", ["ru", "tg"])
    def test_speak_the_language_to_scripts(
        self, rows: Callable[..., Any], un: tjun.Chronology, language: str
    ) -> None:
        """
        Titles and descriptions that a script reads are in the language asked for.
        """
        for row, event in zip(
            rows("events", "--language", language), un.events, strict=True
        ):
            assert row["title"] == event.title.in_(language)
            if event.description is not None:
                assert row["description"] == event.description.in_(language)

    @pytest.mark.parametrize("day", ["03-02", "02-29", "12-31"])
    def test_on_a_day_are_what_the_library_says(
        self, rows: Callable[..., Any], own: tjun.Chronology, day: str
    ) -> None:
        """
        On a day of any year, also the leap day, are the events that began on it.
        """
        month, number = map(int, day.split("-"))
        found = own.events.on_day(month, number)
        assert [row["id"] for row in rows("on", day, *ALONE)] == list(found.ids)

    def test_on_the_leap_day(self, lines: Callable[..., list[str]]) -> None:
        """
        The leap day is a day like any other.
        """
        assert lines("on", "02-29", *ALONE)[3] == (
            " 29 February 1996   Talks on the leap day"
        )

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_have_marks(
        self,
        lines: Callable[..., list[str]],
        own: tjun.Chronology,
        language: str,
    ) -> None:
        """
        A star is at a date in dispute and at no other, a word at what is announced.
        """
        seen = lines("events", *ALONE, "--language", language)
        ends = {
            f" {find_language(language).format_date(e.until)}"
            for e in own.events
            if e.until
        }
        dates = [line for line in seen if re.match(r" \S", line)][2:]
        dates = [line for line in dates if line.split("   ")[0] not in ends]
        for event, line in zip(own.events, dates, strict=True):
            on = find_language(language).format_date(event.date) + (
                " *" if event.disputed else ""
            )
            on += " –" if event.until is not None else ""
            assert line.startswith(f" {on}  ")
            announced = f"({find_language(language).label('announced')})" in line
            assert announced == (event.status is tjun.EventStatus.ANNOUNCED)


class TestShow:
    def test_is_what_the_library_says(
        self, rows: Callable[..., Any], un: tjun.Chronology
    ) -> None:
        """
        A script reads one event as in the list, and the missions it belongs to.
        """
        for event in ("unmot-opened", "tajikistan-joins-un"):
            (listed,) = [row for row in rows("events") if row["id"] == event]
            listed["missions"] = [
                mission.id
                for mission in un.missions
                if event in [each.id for each in mission.events]
            ]
            assert rows("show", event) == listed

    def test_tells_the_whole_story(
        self, lines: Callable[..., list[str]], own: tjun.Chronology
    ) -> None:
        """
        An event's page has its title, dates, areas, missions, words and sources.
        """
        event = own.events["ruritania-joins"]
        seen = lines("show", event.id, *ALONE)
        assert seen[:2] == [event.title.en, "2 March 1992"]
        assert event.description is not None
        assert event.description.en in " ".join(seen)
        assert seen[-5:] == [
            "Sources",
            "  2 March 1992: Minutes of the session – United Nations, A/RES/1",
            "    Records the vote.",
            "    Read in a library.",
            "    https://un.example/1",
        ]

    @pytest.mark.parametrize(
        ("event", "note"),
        [
            ("watch-opened", "1 February 1993 · Lakes · Roads · UNWIR"),
            ("accession-day", "2 March 2002 · every year"),
            ("next-conference", "20 March 2027 · announced · Lakes"),
            ("decade", "22 March 2018 – 22 March 2028 · Lakes · UNBIR"),
            ("watch-closed", "May 2000 · UNWIR"),
            ("year-of-lakes", "2003 · Lakes"),
        ],
    )
    def test_sums_up_on_one_line(
        self, lines: Callable[..., list[str]], event: str, note: str
    ) -> None:
        """
        Below the title are the date and all that an event belongs to.
        """
        assert lines("show", event, *ALONE)[1] == note

    def test_names_the_event_whose_day_is_kept(
        self, lines: Callable[..., list[str]]
    ) -> None:
        """
        An observance names the event that it marks.
        """
        page = lines("show", "accession-day", *ALONE)
        assert "Marks: Ruritania joins the United Nations" in page

    def test_sets_contradictions_side_by_side(
        self, lines: Callable[..., list[str]]
    ) -> None:
        """
        Where sources differ that is the headline, and each has its date and words.
        """
        page = lines("show", "watch-opened", *ALONE)
        assert "Sources differ on the date" in page
        assert "Sources" not in page
        assert "  1993, not verified: Atlas of the lakes – Strelsau Press" in page
        assert "  no date: A letter nobody quotes – Strelsau Press" in page

    def test_is_redated_by_whom_one_asks(
        self, lines: Callable[..., list[str]], un: tjun.Chronology
    ) -> None:
        """
        According to some sources, the date is theirs.
        """
        page = lines("show", "unmot-opened", "--according-to", "un")
        date = un.according_to("un").events["unmot-opened"].date
        assert page[1].split(" · ")[0] == find_language("en").format_date(date)
        assert date != un.events["unmot-opened"].date


@pytest.mark.usefixtures("today")
class TestMissions:
    def test_are_what_the_library_says(
        self, rows: Callable[..., Any], un: tjun.Chronology
    ) -> None:
        """
        A script reads each mission with its heads and its events.
        """
        for row, mission in zip(rows("missions"), un.missions, strict=True):
            before = mission.predecessor
            assert row == {
                "id": mission.id,
                "name": mission.name.en,
                "acronym": mission.acronym,
                "seat": mission.seat,
                "start": str(mission.start),
                "end": mission.end and str(mission.end),
                "years": anniversary_years(mission, TODAY),
                "predecessor": before and before.id,
                "heads": [
                    {
                        "person": head.person,
                        "title": head.title.en,
                        "start": head.start and str(head.start),
                        "end": head.end and str(head.end),
                    }
                    for head in mission.heads
                ],
                "events": [event.id for event in mission.events],
            }

    def test_that_work_last_until_today(
        self,
        lines: Callable[..., list[str]],
        rows: Callable[..., Any],
    ) -> None:
        """
        An open mission lasts until today, and so long are its years.
        """
        _, bureau = rows("missions", *ALONE)
        assert (bureau["end"], bureau["years"]) == (None, 26.8)
        page = lines("missions", *ALONE)
        begin = page.index("United Nations Bureau in Ruritania (UNBIR)")
        assert page[begin + 1] == "May 2000 – today · 26.8 years"

    def test_that_are_over_have_an_end(self, lines: Callable[..., list[str]]) -> None:
        """
        A closed mission shows its time, its seat, what it was for and who led it.
        """
        assert lines("missions", *ALONE)[:4] == [
            "United Nations Watch in Ruritania (UNWIR)",
            "1 February 1993 – May 2000 · 7.3 years · Strelsau",
            (
                "To see that nobody moves the border stones, and to help carry out"
                " the agreement."
            ),
            "  Rudolf Rassendyll, Head of the Watch: February 1993 – 1996",
        ]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_speak_the_language(
        self,
        lines: Callable[..., list[str]],
        own: tjun.Chronology,
        language: str,
    ) -> None:
        """
        Names, what a mission is for, posts and dates are in the language asked for.
        """
        page = " ".join(lines("missions", *ALONE, "--language", language))
        for mission in own.missions:
            assert f"{mission.name.in_(language)} ({mission.acronym})" in page
            assert find_language(language).format_date(mission.start) in page
            if mission.mandate is not None:
                assert mission.mandate.in_(language) in page
            for head in mission.heads:
                assert f"{head.person}, {head.title.in_(language)}" in page
        assert f"– {find_language(language).label('today')} ·" in page

    @pytest.mark.parametrize(
        ("start", "end", "years"),
        [
            ("2000-01-01", "2000-12-31", 1.0),
            ("2000-01-01", "2000-01-01", 0.0),
            ("2000-01-01", "2000-01-19", 0.1),
            ("2000", "2000", 1.0),
            ("1990-03-01", "1999-08-31", 9.5),
            ("2026-03-01", None, 1.0),
            ("2031-01-01", None, 0.0),
        ],
    )
    def test_are_measured_from_first_to_last_day(
        self, rows: Callable[..., Any], tmp_path: Path, start: str, end: str, years: str
    ) -> None:
        """
        Years count from the first day a mission may have begun to the last one.
        """
        events = [event_row("begin", start)]
        mission = {"id": "m", "name": "M", "acronym": "M", "opening": "begin"}
        if end is not None:
            events.append(event_row("end", end))
            mission["closing"] = "end"
        file = record_file(tmp_path, events=events, missions=[mission])
        (row,) = rows("missions", "--record", file, "--no-bundled")
        assert row["years"] == years


class TestDisputes:
    def test_are_what_the_library_says(
        self, rows: Callable[..., Any], un: tjun.Chronology
    ) -> None:
        """
        A script reads each event in dispute as in the list of events.
        """
        disputed = un.events.where(disputed=True)
        seen = rows("disputes")
        assert [row["id"] for row in seen] == list(disputed.ids)
        assert seen == rows("events", "--disputed")

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_show_who_says_what(
        self,
        lines: Callable[..., list[str]],
        un: tjun.Chronology,
        monkeypatch: pytest.MonkeyPatch,
        language: str,
    ) -> None:
        """
        Each event in dispute shows every source that dates it, its date and words.
        """
        monkeypatch.setenv("COLUMNS", "1000")
        page = lines("disputes", "--language", language)
        for event in un.events.where(disputed=True):
            at = page.index(f"{event.title.in_(language)} ({event.id})")
            table = page[at + 4 : at + 4 + len(event.dated_citations)]
            for row, citation in zip(table, event.dated_citations, strict=True):
                date = find_language(language).format_span(
                    citation.date, citation.until
                )
                assert re.match(rf" {date}   +{citation.source.publisher}  ", row)
                assert row.endswith(citation.says)


class TestSources:
    def test_are_what_the_library_says(
        self, rows: Callable[..., Any], un: tjun.Chronology
    ) -> None:
        """
        A script reads each source with the events that rest on it.
        """
        assert rows("sources") == [
            {
                "id": source.id,
                "title": source.title,
                "publisher": source.publisher,
                "kind": str(source.kind),
                "symbol": source.symbol,
                "url": source.url,
                "events": list(un.events.where(source=source).ids),
            }
            for source in un.sources
        ]


class TestTimeline:
    def test_is_what_the_library_says(
        self, rows: Callable[..., Any], own: tjun.Chronology
    ) -> None:
        """
        A script reads missions, the events of each area, and all events.
        """
        seen = rows("timeline", *ALONE)
        assert seen["missions"] == rows("missions", *ALONE)
        assert seen["events"] == rows("events", *ALONE)
        assert seen["areas"] == {
            area.id: list(own.events.where(area=area).ids) for area in own.areas
        }

    @pytest.mark.usefixtures("today")
    def test_is_narrowed_by_filters(self, lines: Callable[..., list[str]]) -> None:
        """
        Only what is asked for is drawn, with the missions that are whole in it.
        """
        page = lines("timeline", "--area", "roads", *ALONE)
        assert [line.split()[0] for line in page[1:-2]] == ["Lakes", "Roads"]
        page = lines("timeline", "--mission", "bureau", *ALONE)
        assert [line.split()[0] for line in page[1:-2]] == ["UNBIR", "Lakes", "No"]

    @pytest.mark.usefixtures("today")
    def test_counts_what_falls_together(
        self, lines: Callable[..., list[str]], tmp_path: Path
    ) -> None:
        """
        A mark is one event, a digit so many, and a plus ten or more.
        """
        years = {"a": 1, "b": 2, "c": 9, "d": 10}
        events = [
            event_row(f"{key}{number}", f"{2000 + place * 8}-01-01")
            for place, (key, many) in enumerate(years.items())
            for number in range(many)
        ]
        file = record_file(tmp_path, events=events)
        row = lines("timeline", "--record", file, "--no-bundled")[1]
        assert row.removeprefix("No area ").split() == ["●", "2", "9", "+"]

    @pytest.mark.usefixtures("today")
    @pytest.mark.parametrize("first", [1, 1000, 1500, 1900, 1950, 1990, 2020, 2027])
    def test_has_years_that_do_not_touch(
        self, lines: Callable[..., list[str]], tmp_path: Path, first: int
    ) -> None:
        """
        The axis names as many round years as have room, each over its column.
        """
        file = record_file(tmp_path, events=[event_row("x", f"{first:04}-01-01")])
        axis, row = lines("timeline", "--record", file, "--no-bundled")[:2]
        years = [int(year) for year in axis.split()]
        assert years == sorted(set(years))
        assert all(re.fullmatch("[0-9]{4}", year) for year in axis.split())
        assert all(first <= year <= 2027 for year in years)
        steps = {later - one for one, later in pairwise(years)}
        assert len(steps) <= 1
        assert row.startswith("No area ●")

    @pytest.mark.usefixtures("today")
    def test_begins_with_the_first_membership_or_mission(
        self, lines: Callable[..., list[str]], tmp_path: Path
    ) -> None:
        """
        What lies before is background and not drawn.
        """
        events = [event_row("war", "1914"), event_row("join", "1992-03-02")]
        member = {"id": "un", "organization": "UN", "acronym": "UN"}
        file = record_file(
            tmp_path, events=events, memberships=[{**member, "admission": "join"}]
        )
        axis, row = lines("timeline", "--record", file, "--no-bundled")[:2]
        assert min(map(int, axis.split())) >= 1992
        assert row.split() == ["No", "area", "●"]

    @pytest.mark.usefixtures("today")
    def test_ends_a_bar_where_the_mission_may_have_ended(
        self, lines: Callable[..., list[str]], tmp_path: Path
    ) -> None:
        """
        A mission that closed some time in a year has its bar to the end of it.
        """
        bars = []
        for end in ("2010", "2010-12-31"):
            mission = {"id": "m", "name": "M", "acronym": "M", "closing": "end"}
            file = record_file(
                tmp_path,
                events=[event_row("begin", "1990"), event_row("end", end)],
                missions=[{**mission, "opening": "begin"}],
            )
            bars.append(lines("timeline", "--record", file, "--no-bundled")[1])
        vague, exact = bars
        assert len(vague) == len(exact)
        assert re.search(r"●━+$", vague)
        assert exact.endswith("━●")

    @pytest.mark.usefixtures("today")
    def test_shortens_a_long_name(
        self, lines: Callable[..., list[str]], tmp_path: Path
    ) -> None:
        """
        A name that has no room is cut, and shows that it is.
        """
        area = {"id": "a", "name": "Roads that lead from one lake to another lake"}
        events = [event_row("x", "2001", areas=["a"])]
        file = record_file(tmp_path, areas=[area], events=events)
        row = lines("timeline", "--record", file, "--no-bundled")[1]
        assert row.startswith("Roads that lead from one lake… ")


class TestPlugins:
    @pytest.fixture
    def shelf(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
        made = Shelf(str(tmp_path), monkeypatch)
        made.add("good")
        made.add("gives-two", name="pair", distribution="tjun-pair", version="3")
        made.add("raises-in-hook", name="sick", distribution="tjun-sick")
        made.add("gives-nothing", name="void", distribution="tjun-void")
        yield made
        made.clear()

    @pytest.mark.usefixtures("shelf")
    def test_are_listed_with_what_they_offer(
        self, lines: Callable[..., list[str]]
    ) -> None:
        """
        Each plugin is listed with its exporters, or with what is wrong with it.
        """
        rows_ = [re.split(r"  +", line.strip()) for line in lines("plugins")[3:-1]]
        assert rows_ == [
            ["tjun", f"tjun {tjun.__version__}", "ics (.ics, text/calendar)"],
            ["json (.json, application/json)"],
            ["markdown (.md, text/markdown)"],
            ["pair", "tjun-pair 3", "zebra (.txt, text/plain)"],
            ["ant (.txt, text/plain)"],
            ["plugin", "tjun-made 1.2", "good (.txt, text/plain)"],
            ["sick", "tjun-sick 1.2", "cannot be used: RuntimeError: out of paper"],
            ["void", "tjun-void 1.2"],
        ]

    @pytest.mark.usefixtures("shelf")
    def test_are_what_the_library_says(self, rows: Callable[..., Any]) -> None:
        """
        A script reads where each comes from, what it offers, and why it fails.
        """
        registry = tjun.exporters()
        assert rows("plugins") == [
            {
                "name": plugin.owner.plugin,
                "distribution": plugin.owner.distribution,
                "version": plugin.owner.version,
                "exporters": [
                    {
                        "name": name,
                        "summary": registry[name].summary,
                        "media_type": registry[name].media_type,
                        "suffix": registry[name].suffix,
                    }
                    for name in plugin.exporters
                ],
                "failure": plugin.failure and plugin.failure.reason,
            }
            for plugin in registry.plugins
        ]

    @pytest.mark.usefixtures("shelf")
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_have_labels_in_the_language(
        self, lines: Callable[..., list[str]], language: str
    ) -> None:
        """
        The labels are in the language asked for.
        """
        page = lines("plugins", "--language", language)
        assert re.split(r"  +", page[1].strip()) == [
            find_language(language).label(key)
            for key in ("plugin", "distribution", "exporters")
        ]
        assert (
            f"{find_language(language).label('cannot_be_used')}: RuntimeError"
            in " ".join(page)
        )


NASTY = "a\x1b[31mb\x07c\x9b2Jd\u202ee\u2066f\x7fg\u2028h\r\ni\tj\u200ek\xadl\ue000m"
RAW = set(NASTY) - set("abcdefghijklm[312J\n")


class TestShown:
    def test_spells_out_what_a_terminal_would_obey(self) -> None:
        """
        Controls and marks of direction are spelled out, breaks become spaces.
        """
        assert escape_controls(NASTY) == (
            r"a\x1b[31mb\x07c\x9b2Jd\u202ee\u2066f\x7fg h  i j\u200ek\xadl\ue000m"
        )

    @pytest.mark.parametrize(
        ("text", "seen"),
        [
            ("Тоҷикистон", "Тоҷикистон"),
            ("[bold]not markup[/bold] :star:", "[bold]not markup[/bold] :star:"),
            ("نمی\u200cخواهم", "نمی\u200cخواهم"),
            (
                "\U0001f468\u200d\U0001f33e \u2601\ufe0f",
                "\U0001f468\u200d\U0001f33e \u2601\ufe0f",
            ),
            ("a\u00a0b\u3000c\x85d", "a b c d"),
            (7, "7"),
        ],
    )
    def test_leaves_letters_as_they_are(self, text: object, seen: str) -> None:
        """
        Letters of any script, what joins them, and brackets stay; spaces are spaces.
        """
        assert escape_controls(text) == seen

    @given(st.text())
    def test_is_one_line_of_printable_text(self, text: str) -> None:
        """
        Whatever the text, what is shown is one line that no terminal obeys.
        """
        seen = escape_controls(text)
        assert all(char.isprintable() or char in "\u200c\u200d\ufe0f" for char in seen)


class TestStrangeTexts:
    @pytest.fixture
    def nasty(self, tmp_path: Path) -> Path:
        cited = {"source": "nasty", "says": NASTY, "date": "2001-03-02"}
        events = [
            {
                "id": "begin",
                "title": f"{NASTY} [bold]title[/bold]",
                "date": "2000-03-02",
                "areas": ["field"],
                "description": NASTY,
                "citations": [cited],
            },
            {
                "id": "kept",
                "title": NASTY,
                "date": "2001-04",
                "marks": "begin",
                "status": "announced",
                "citations": [cited],
            },
        ]
        mission = {
            "id": "group",
            "name": NASTY,
            "acronym": NASTY,
            "seat": NASTY,
            "mandate": NASTY,
            "opening": "begin",
            "heads": [{"person": NASTY, "title": NASTY}],
        }
        source = {
            "id": "nasty",
            "title": NASTY,
            "publisher": NASTY,
            "symbol": NASTY,
            "note": NASTY,
            "url": "https://example.org/\u202e\u2066gpj",
        }
        file = tmp_path / "nasty.json"
        file.write_text(
            json.dumps(
                {
                    "format": 1,
                    "title": NASTY,
                    "areas": [{"id": "field", "name": NASTY}],
                    "sources": [source],
                    "events": events,
                    "missions": [mission],
                }
            )
        )
        assert run_clean(file)
        return file

    @pytest.mark.parametrize("columns", ["80", "140"])
    @pytest.mark.parametrize("as_json", [False, True])
    @pytest.mark.parametrize(
        "words",
        [
            ("upcoming", "--on", "2027-03-01"),
            ("on", "03-02"),
            ("events",),
            ("show", "begin"),
            ("show", "kept"),
            ("timeline",),
            ("missions",),
            ("disputes",),
            ("sources",),
        ],
        ids=" ".join,
    )
    def test_are_not_obeyed(
        self,
        run: Run,
        nasty: Path,
        monkeypatch: pytest.MonkeyPatch,
        words: tuple[str, ...],
        columns: str,
        *,
        as_json: bool,
    ) -> None:
        """
        No view lets through a control, a mark of direction, or a break in a text.
        """
        monkeypatch.setenv("COLUMNS", columns)
        more = ("--json",) if as_json else ()
        done = run(*words, "--record", nasty, "--no-bundled", *more)
        assert (done.status, done.err) == (0, "")
        assert not RAW & set(done.out)
        if as_json:
            assert any(NASTY in text for text in strings(json.loads(done.out)))
        else:
            assert r"\x1b" in done.out


def run_clean(file: Path) -> bool:
    """
    Return whether a record can be read, so that a view has it to show.
    """
    return len(tjun.load(file).events) == 2


def strings(value: object) -> list[str]:
    """
    Return every text in what a script read.
    """
    if isinstance(value, dict):
        return [text for each in value.values() for text in strings(each)]
    if isinstance(value, list):
        return [text for each in value for text in strings(each)]
    return [value] if isinstance(value, str) else []
