"""
What commands show: on a terminal, in a pipe, and as JSON.
"""

from __future__ import annotations

import datetime as dt
import gc
import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import time_machine
from fake_plugins import Shelf
from rich.cells import cell_len
from terminals import on_terminal

import tjun

OWN = Path(__file__).parent / "golden" / "record.toml"
RECORD = ("--record", str(OWN))
TODAY = dt.date(2027, 3, 1)
LANGUAGES = ("en", "ru", "tg")
EXTENSION = """
format = 2
extends = "ruritania"

[[events]]
id = "raised"
title = "The flag is raised"
date = "1993-02-02"
citations = [
  { source = "atlas", alternative = "watch-opened" },
  { source = "gazette", date = "1993-02-02" },
]
"""
LISTINGS = [
    "timeline",
    "upcoming --on 2027-01-01",
    "on 03-02",
    "events",
    "search council",
    "missions",
    "areas",
    "disputes",
    "sources",
    "records",
    "languages",
    "plugins",
]
PAGES = [
    "show unmot-opened",
    "show un-accession-day",
    "show untop",
    "show un",
    "show water",
    "show article",
]

Run = Callable[..., Any]


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def lines(run: Run) -> Callable[..., list[str]]:
    """
    Run a command that succeeds on a terminal, and return its lines.
    """

    def of(*words: str | Path, columns: int = 80) -> list[str]:
        done = run(*words, columns=columns)
        assert (done.status, done.err) == (0, "")
        return [line.rstrip() for line in done.out.splitlines()]

    return of


@pytest.fixture
def rows(run: Run) -> Callable[..., Any]:
    """
    Run a command with `--format json`, and return what it prints.
    """

    def of(*words: str | Path) -> Any:
        done = run(*words, "--format", "json")
        assert (done.status, done.err) == (0, "")
        return json.loads(done.out)

    return of


@pytest.fixture
def cells(run: Run) -> Callable[..., list[list[str]]]:
    """
    Run a command in a pipe, and return the cells of its rows.
    """

    def of(*words: str | Path) -> list[list[str]]:
        done = run(*words)
        assert (done.status, done.err) == (0, "")
        return [line.split("\t") for line in done.out.splitlines()]

    return of


def record_file(folder: Path, **parts: object) -> Path:
    """
    Write a record with one source.
    """
    written = {
        "format": 2,
        "record": {"id": "made", "licence": "CC0-1.0"},
        "publishers": [{"id": "press", "name": "A press", "kind": "reference"}],
        "sources": [{"id": "book", "title": "A book", "publisher": "press"}],
    }
    file = folder / "made.json"
    file.write_text(json.dumps({**written, **parts}))
    return file


def event_row(own: str, date: str, **more: object) -> dict[str, object]:
    """
    Return the table of an event that the source of `record_file()` supports.
    """
    citations = [{"source": "book", "date": date}]
    return {"id": own, "title": own, "date": date, "citations": citations, **more}


class TestEveryView:
    @pytest.mark.parametrize("columns", [40, 80, 140])
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("words", LISTINGS + PAGES)
    def test_fits_the_terminal(
        self,
        lines: Callable[..., list[str]],
        un: tjun.Chronology,
        words: str,
        language: str,
        columns: int,
    ) -> None:
        """
        No line is wider than the terminal, except for ids and addresses.
        """
        seen = lines(*words.split(), "--language", language, columns=columns)
        assert seen
        for line in seen:
            whole = re.fullmatch(r" *(https?://\S+|[a-z0-9,-]+)", line)
            assert whole or cell_len(line) <= columns

    @pytest.mark.parametrize("columns", [1, 20, 30])
    @pytest.mark.parametrize("words", LISTINGS + PAGES)
    def test_survives_a_narrow_terminal(
        self, lines: Callable[..., list[str]], words: str, columns: int
    ) -> None:
        """
        However narrow the terminal is, there is no error.
        """
        assert lines(*words.split(), columns=columns)

    @pytest.mark.parametrize("words", LISTINGS + PAGES)
    def test_is_described_by_the_schema(
        self, rows: Callable[..., Any], run: Run, words: str
    ) -> None:
        """
        JSON has the keys and types of the schema, under the name of the command.
        """
        name = words.split(maxsplit=1)[0]
        whole = json.loads(run("schema", "output").out)
        schema = {"$ref": f"#/$defs/{name}", "$defs": whole["$defs"]}
        jsonschema.validate(rows(*words.split()), schema)

    @pytest.mark.parametrize("words", LISTINGS)
    def test_is_a_row_per_line_in_a_pipe(
        self, cells: Callable[..., list[list[str]]], words: str
    ) -> None:
        """
        In a pipe, each line has the same number of cells, and nothing is wrapped.
        """
        found = cells(*words.split())
        assert len({len(row) for row in found}) == 1
        assert len(found[0]) > 1

    @pytest.mark.parametrize("words", ["missions", "events", "upcoming", "timeline"])
    def test_of_nothing(
        self,
        lines: Callable[..., list[str]],
        rows: Callable[..., Any],
        run: Run,
        words: str,
    ) -> None:
        """
        A terminal shows that nothing was found; JSON and a pipe are empty.
        """
        nothing = (words, "--text", "qqqq")
        for language in LANGUAGES:
            label = tjun.languages()[language].label("nothing_found")
            assert lines(*nothing, "-l", language) == [label]
        assert rows(*nothing) == []
        assert run(*nothing).out == ""

    def test_escapes_what_a_terminal_would_obey(
        self, lines: Callable[..., list[str]], run: Run, tmp_path: Path
    ) -> None:
        """
        Control characters of a record reach neither a terminal nor a pipe nor JSON.
        """
        title = "\x1b[2Jred\u202e\ttab\nbreak"
        file = record_file(tmp_path, events=[event_row("x", "2001-03-01", title=title)])
        words = ("events", "--record", file)
        out = (
            run(*words).out
            + run(*words, "--format", "json").out
            + "\n".join(lines(*words))
        )
        assert not set(out) & set("\x1b\u202e")
        assert run(*words).out == "2001-03-01\tx\t\\x1b[2Jred\\u202e tab break\n"
        assert json.loads(run(*words, "--format", "json").out)[0]["title"] == title


@pytest.mark.usefixtures("measured")
class TestPager:
    @pytest.fixture
    def paged(self, tmp_path: Path) -> Callable[..., str | None]:
        """
        Run a command on a terminal of ten lines; return what a pager was given.
        """
        given = tmp_path / "given"
        env = {
            **os.environ,
            "PAGER": f"cat > '{given}'",
            "LINES": "10",
            "TERM": "xterm",
        }

        def of(*words: str) -> str | None:
            given.unlink(missing_ok=True)
            command = [sys.executable, "-m", "tjun", *words]
            assert on_terminal(command, env)[0] == 0
            return given.read_text() if given.exists() else None

        return of

    def test_shows_long_output(self, paged: Run) -> None:
        """
        Output that is longer than the terminal is shown in the pager.
        """
        long = paged("sources")
        assert long is not None
        assert "article" in long

    @pytest.mark.parametrize("words", [["records"], ["sources", "--no-pager"]])
    def test_is_not_always_used(self, paged: Run, words: list[str]) -> None:
        """
        Output that fits is printed, and everything is with --no-pager.
        """
        assert paged(*words) is None


class TestStyles:
    def test_are_for_terminals(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        A terminal shows headings in bold.
        """
        monkeypatch.setenv("TERM", "xterm")
        assert "\x1b[1m" in run("timeline", columns=80).out
        assert "\x1b" not in run("timeline", "--format", "table").out


class TestFormat:
    def test_is_the_same_everywhere(self, run: Run) -> None:
        """
        --format overrides what a terminal and a pipe show by default.
        """
        for words in (["areas"], ["plugins"], ["disputes"]):
            table = run(*words, "--format", "table")
            tsv = run(*words, "--format", "tsv", columns=80)
            assert table.out == run(*words, columns=80).out
            assert tsv.out == run(*words).out
            assert table.out != tsv.out
        text = run("show", "un", "--format", "text")
        assert text.out == run("show", "un").out


class TestUpcoming:
    def test_is_what_the_library_finds(
        self, rows: Callable[..., Any], un: tjun.Chronology
    ) -> None:
        """
        By default, it covers 90 days from today, with normal events on their jubilees.
        """
        found = un.upcoming(TODAY)
        seen = rows("upcoming")
        assert [(r["event"], r["date"], r["number"], r["title"]) for r in seen] == [
            (a.event.id, str(a.date), a.number, a.title()) for a in found
        ]
        assert [r["jubilee"] for r in seen] == [a.jubilee for a in found]
        assert "tajikistan-joins-un" in [r["event"] for r in seen]

    @pytest.mark.parametrize(
        ("flags", "options"),
        [
            ("--days 30", {"days": 30}),
            ("--every 5", {"every": 5}),
            ("--show all", {"show": "all"}),
            ("--show major --days 400", {"show": "major", "days": 400}),
        ],
    )
    def test_has_the_options_of_the_library(
        self,
        rows: Callable[..., Any],
        un: tjun.Chronology,
        flags: str,
        options: dict[str, Any],
    ) -> None:
        """
        --days, --every and --show mean what they mean in Python.
        """
        found = un.upcoming(TODAY, **options)
        seen = rows("upcoming", *flags.split())
        assert [r["event"] for r in seen] == [a.event.id for a in found]

    def test_can_be_limited(self, rows: Callable[..., Any]) -> None:
        """
        --limit keeps the first ones.
        """
        assert rows("upcoming", "--limit", "2") == rows("upcoming")[:2]

    @pytest.mark.parametrize(
        ("day", "first"),
        [
            ("2027-03-02", "2027-03-02"),
            ("tomorrow", "2027-03-02"),
            ("  2   march  ", "2027-03-02"),
            ("March 2, 2027", "2027-03-02"),
            ("2.3.", "2027-03-02"),
            ("02.03.2027", "2027-03-02"),
            ("2 марта 2028", "2028-03-02"),
        ],
    )
    def test_looks_from_a_day(
        self, rows: Callable[..., Any], day: str, first: str
    ) -> None:
        """
        --on accepts days as people write them, also in the selected language.
        """
        words = ("--days", "1", "--on", day, "-l", "ru")
        assert {row["date"] for row in rows("upcoming", *words)} == {first}

    def test_counts_days(self, rows: Callable[..., Any], tmp_path: Path) -> None:
        """
        Days are counted to the day, or to the first day of a coming month.
        """
        file = record_file(
            tmp_path,
            events=[
                event_row("day", "2000-03-02"),
                event_row("this-month", "2001-03"),
                event_row("next-month", "2002-04"),
            ],
        )
        words = ("--show", "all", "--days", "32", "--record", file)
        left = {row["event"]: row["days_left"] for row in rows("upcoming", *words)}
        assert left == {"day": 1, "this-month": 0, "next-month": 31}

    def test_marks_jubilees_and_disputes(self, lines: Callable[..., list[str]]) -> None:
        """
        ★ and * are explained below the table, if they are used.
        """
        seen = lines("upcoming", "--on", "2028-01-20", "--days", "60", *RECORD)
        page = "\n".join(seen)
        assert re.search(r"1 February 2028, Tuesday \* +12 days ★ +35th anniv", page)
        assert seen[-2:] == [
            "* Sources differ on the date.",
            "★ jubilee (every fifth anniversary)",
        ]
        plain = "\n".join(
            lines("upcoming", "--on", "2027-03-20", "--days", "1", *RECORD)
        )
        assert "(announced)" in plain
        assert not set("★*") & set(plain)

    def test_has_no_weekday_for_a_month(
        self, lines: Callable[..., list[str]], tmp_path: Path
    ) -> None:
        """
        Of an event known to the month, only the month is shown.
        """
        file = record_file(tmp_path, events=[event_row("x", "2002-03")])
        assert lines("upcoming", "--record", file)[1].startswith("March 2027  0 days")

    def test_does_not_celebrate_solemn_events(
        self, lines: Callable[..., list[str]], tmp_path: Path
    ) -> None:
        """
        Solemn events have no star.
        """
        file = record_file(
            tmp_path, events=[event_row("ambush", "1997-03-02", solemn=True)]
        )
        page = "\n".join(lines("upcoming", "--record", file))
        assert "30 years ago: ambush (1997)" in page
        assert "★" not in page


ON = {
    "1993": ["watch-opened"],
    "1994": ["watch-opened"],
    "1994-12": ["watch-opened"],
    "1995": [],
}


class TestOn:
    @pytest.mark.parametrize("day", ["3-2", "03-02", "2 March", "March 2nd", "2 mar"])
    def test_accepts_a_day_of_any_year(
        self, cells: Callable[..., list[list[str]]], un: tjun.Chronology, day: str
    ) -> None:
        """
        A day without a year finds the events of that day in any year.
        """
        assert [row[1] for row in cells("on", day)] == list(un.events.on_day(3, 2).ids)

    def test_means_today_by_default(self, cells: Callable[..., Any]) -> None:
        """
        Without an argument, or with `today`, the day is today's.
        """
        with time_machine.travel(dt.date(2030, 3, 2), tick=False):
            expected = cells("on", "03-02")
            assert cells("on") == cells("on", "Today") == expected
            assert cells("on", "сегодня", "-l", "ru")
        assert cells("on", "TOMORROW") == expected

    @pytest.mark.parametrize("day", ["2 марта", "02.03", "2.3.", "2 март"])
    def test_accepts_any_language_and_dots(
        self, cells: Callable[..., list[list[str]]], day: str
    ) -> None:
        """
        Names of months can be in any language, and a day can come before the month.
        """
        assert cells("on", day) == cells("on", "03-02")

    def test_accepts_a_year_or_a_month(
        self, cells: Callable[..., list[list[str]]]
    ) -> None:
        """
        A year or a month has every event that a source dates to it.
        """
        ids = {day: [row[1] for row in cells("on", day, *RECORD)] for day in ON}
        assert ids == ON

    def test_with_a_year_finds_every_account(
        self, cells: Callable[..., list[list[str]]]
    ) -> None:
        """
        A whole date finds the events that any source dates to it.
        """
        for day in ("1994-12-16", "16.12.1994", "16 December 1994", "1993-02-01"):
            assert cells("on", day, *RECORD) == [
                ["1993-02-01", "watch-opened", "The watch opens in Strelsau"]
            ]
        assert cells("on", "1995-12-16", *RECORD) == []


class TestEvents:
    def test_are_what_the_library_finds(
        self, rows: Callable[..., Any], un: tjun.Chronology
    ) -> None:
        """
        Every event is listed with its title in the selected language.
        """
        seen = rows("events", "--language", "ru")
        assert [(row["id"], row["title"]) for row in seen] == [
            (event.id, event.title.in_("ru")) for event in un.events
        ]

    @pytest.mark.parametrize(
        ("flags", "criteria"),
        [
            ("--area water", {"area": "water"}),
            ("--area WATER --area environment", {"area": ["water", "environment"]}),
            ("--id UN-Founded --id un-day", {"since": "1945-10", "until": "1948-12"}),
            ("--kind visit --kind office", {"kind": ["visit", "office"]}),
            ("--mission UNMOT", {"mission": "unmot"}),
            ("--mission unmot --mission untop", {"mission": ["unmot", "untop"]}),
            ("--source Article", {"source": "article"}),
            ("--since 2000-05", {"since": "2000-05"}),
            ("--since 2000 --until 2007", {"since": "2000", "until": "2007"}),
            ("--text glaciers", {"text": "glaciers"}),
            ("2000", {"since": "2000", "until": "2000"}),
            ("1993 --disputed", {"since": 1993, "until": 1993, "disputed": True}),
            ("--disputed", {"disputed": True}),
            ("--weight major", {"weight": "major"}),
            ("--status announced", {"status": "announced"}),
        ],
    )
    def test_can_be_filtered(
        self,
        rows: Callable[..., Any],
        un: tjun.Chronology,
        flags: str,
        criteria: dict[str, Any],
    ) -> None:
        """
        Filters mean what they mean in `where()`; ids and acronyms can have any case.
        """
        chosen = un.events.where(**criteria)
        assert 0 < len(chosen) < len(un.events)
        seen = rows("events", *flags.split())
        assert [row["id"] for row in seen] == list(chosen.ids)

    def test_can_be_those_of_some_sources(
        self, rows: Callable[..., Any], un: tjun.Chronology
    ) -> None:
        """
        --according-to accepts sources and kinds of source in any case.
        """
        seen = rows("events", "--according-to", "UN", "--according-to", "Article")
        chosen = un.according_to("un", "article").events
        assert [(row["id"], row["date"]) for row in seen] == [
            (event.id, str(event.date)) for event in chosen
        ]

    def test_come_from_the_record_that_is_named(
        self, rows: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """
        --record replaces the default, may be repeated, and TJUN_RECORD is the default.
        """
        own = list(tjun.load(OWN).events.ids)
        assert [row["id"] for row in rows("events", *RECORD)] == own
        file = tmp_path / "my record.toml"
        file.write_bytes(OWN.read_bytes())
        monkeypatch.setenv("TJUN_RECORD", str(file))
        assert [row["id"] for row in rows("events")] == own
        more = tmp_path / "more.toml"
        more.write_text(EXTENSION)
        both = rows("events", *RECORD, "--record", more)
        assert {row["id"] for row in both} == {*own, "raised"}
        bundled = rows("events", "--record", "tajikistan")
        assert "tajikistan-joins-un" in {row["id"] for row in bundled}

    def test_have_columns_where_there_is_room(
        self, lines: Callable[..., list[str]]
    ) -> None:
        """
        The narrower the terminal, the more cells are below each other.
        """
        words = ("events", "--until", "1993", *RECORD)
        assert lines(*words, columns=140)[1:3] == [
            "2 March 1992       Ruritania joins the United Nations  ruritania-joins",
            "1 February 1993 *  The watch opens in Strelsau         watch-opened",
        ]
        assert lines(*words, columns=50)[1:4] == [
            "2 March 1992       Ruritania joins the United",
            "                   Nations",
            "                   ruritania-joins",
        ]


class TestLanguage:
    def test_can_be_a_file(
        self, rows: Callable[..., Any], tmp_path: Path, run: Run
    ) -> None:
        """
        A language file can be used as it is, without a plugin.
        """
        file = tmp_path / "ky.toml"
        run("new", "language", "ky", file)
        title = {"en": "It began", "ky": "Башталды"}
        record = record_file(tmp_path, events=[event_row("x", "2001", title=title)])
        (row,) = rows("events", "--record", record, "-l", file)
        assert row["title"] == "Башталды"
        file.write_text("language = 1\n")
        done = run("events", "--record", record, "-l", file)
        assert done.status == 2
        assert f"-l: the language file {file} has errors; `tjun check " in done.err


class TestLoading:
    def test_leaves_the_garbage_collector_as_it_was(self, run: Run) -> None:
        """
        Loading a record does not switch garbage collection on.
        """
        gc.disable()
        try:
            run("areas")
            assert not gc.isenabled()
        finally:
            gc.enable()
        run("areas")
        assert gc.isenabled()


class TestShow:
    @pytest.mark.parametrize(
        ("word", "kind", "own"),
        [
            ("unmot-opened", "event", "unmot-opened"),
            ("UNMOT-Opened", "event", "unmot-opened"),
            ("UNMOT", "mission", "unmot"),
            ("UNESCO", "membership", "unesco"),
            ("un", "membership", "un"),
            ("Water", "area", "water"),
            ("article", "source", "article"),
        ],
    )
    def test_finds_anything_by_id_or_acronym(
        self, rows: Callable[..., Any], word: str, kind: str, own: str
    ) -> None:
        """
        `show` accepts the id or acronym of anything in the record, in any case.
        """
        row = rows("show", word)
        assert (row["type"], row["id"]) == (kind, own)

    def test_needs_an_id_if_an_acronym_is_not_enough(
        self, run: Run, tmp_path: Path
    ) -> None:
        """
        An acronym that two missions have is an error that lists their ids.
        """
        events = [event_row("x", "2001"), event_row("y", "2002")]
        missions = [
            {"id": f"m{own}", "name": "M", "acronym": "UNM", "opening": own}
            for own in ("x", "y")
        ]
        file = record_file(tmp_path, events=events, missions=missions)
        done = run("show", "UNM", "--record", file)
        assert done.status == 1
        assert "'mx' and 'my'; use an id" in done.err

    def test_of_a_disputed_event_begins_with_the_date_in_use(
        self, lines: Callable[..., list[str]]
    ) -> None:
        """
        Each date is listed with its publishers, the one that the record uses first.
        """
        seen = lines("show", "watch-opened", *RECORD)
        start = seen.index("Sources differ on the date")
        assert seen[start + 1 : start + 7] == [
            "  1 February 1993 (the record uses this date)",
            "    Government of Ruritania",
            "  16 December 1994 – 15 May 2000",
            "    United Nations",
            "  1993",
            "    Strelsau Press",
        ]

    def test_links_related_events(
        self, lines: Callable[..., list[str]], tmp_path: Path
    ) -> None:
        """
        The page has the ids of related events.

        Those are what an observance marks, what marks it, alternatives, and the
        opening and closing of its mission.
        """
        file = tmp_path / "more.toml"
        file.write_text(EXTENSION)
        record = (*RECORD, "--record", file)
        assert "    ruritania-joins" in lines("show", "accession-day", *record)
        assert "    accession-day" in lines("show", "ruritania-joins", *record)
        assert "    watch-closed" in lines("show", "watch-opened", *record)
        assert "    raised" in lines("show", "watch-opened", *record)
        other = "\n".join(lines("show", "raised", *record))
        assert "Describes another event: The watch opens in Strelsau" in other

    def test_shows_all_of_an_event(self, lines: Callable[..., list[str]]) -> None:
        """
        The page has the status, the kind of day, unverified citations and notes.
        """
        assert "announced" in lines("show", "next-conference", *RECORD)[2]
        assert "every year" in lines("show", "accession-day", *RECORD)[2]
        page = "\n".join(lines("show", "watch-opened", *RECORD))
        assert "not verified" in page
        assert "Read in a library." in page
        assert "no date: “A letter nobody quotes" in page

    def test_of_a_mission_names_the_next_and_the_last(
        self, lines: Callable[..., list[str]]
    ) -> None:
        """
        Predecessors and successors are named with their ids.
        """
        first = "\n".join(lines("show", "UNWIR", *RECORD))
        assert (
            "Succeeded by: United Nations Bureau in Ruritania (UNBIR) [bureau]" in first
        )
        second = "\n".join(lines("show", "UNBIR", *RECORD))
        assert (
            "Preceded by: United Nations Watch in Ruritania (UNWIR) [watch]" in second
        )

    def test_of_little_is_short(
        self, lines: Callable[..., list[str]], tmp_path: Path
    ) -> None:
        """
        What is not known is left out, and so are events that do not exist.
        """
        areas = [
            {"id": "empty", "name": "Empty", "citations": [{"source": "book"}]},
            {
                "id": "cited",
                "name": "Cited",
                "description": "What it is.",
                "citations": [{"source": "book", "says": "Names it."}],
            },
        ]
        made = [event_row("x", "2001-03-01"), event_row("y", "2002")]
        mission = {"id": "m", "name": "M", "acronym": "M", "opening": "x"}
        file = record_file(tmp_path, areas=areas, events=made, missions=[mission])
        record = ("--record", file)
        source = "  Source: “A book” – A press [book]"
        assert lines("show", "empty", *record) == ["Empty", "empty", source]
        assert lines("show", "cited", *record) == [
            *("Cited", "cited", "What it is.", source, "    Names it.")
        ]
        assert lines("show", "book", *record)[:3] == [
            *("book · Reference work", "  “A book” – A press", "")
        ]
        assert "* Sources" not in "".join(lines("missions", *record))
        assert lines("show", "m", *record)[2] == "1 March 2001 – today · 26.0 years"
        assert lines("show", "y", *record)[-1] == "  2002: “A book” – A press [book]"

    def test_of_a_source_says_when_it_was_read(
        self, lines: Callable[..., list[str]], tmp_path: Path
    ) -> None:
        """
        The page has the dates of publication and reading, and the address of a copy.
        """
        source = {
            "id": "page",
            "title": "A page",
            "publisher": "press",
            "published": "2001",
            "accessed": "2026-11-23",
            "note": "It moved.",
            "copy_url": "https://copy.example/page",
        }
        file = record_file(tmp_path, sources=[source])
        assert lines("show", "page", "--record", file) == [
            "page · Reference work",
            "  “A page” – A press",
            "  Read in a copy at copy.example",
            "  https://copy.example/page",
            "  Published: 2001 · read on 23 November 2026",
            "  It moved.",
        ]

    def test_is_one_text_in_a_pipe(self, run: Run) -> None:
        """
        In a pipe, paragraphs are not wrapped.
        """
        longest = max(run("show", "UNMOT").out.splitlines(), key=len)
        assert len(longest) > 160


class TestCite:
    """`show --cite`."""

    @pytest.mark.parametrize("words", [["--cite"], ["--cite", "plain"]])
    def test_prints_a_reference_to_each_source(
        self, run: Run, words: list[str], un: tjun.Chronology
    ) -> None:
        """
        In plain text, one line each, in the order of the citations.
        """
        done = run("show", "general-agreement-1997", *words)
        assert (done.status, done.err) == (0, "")
        printed = done.out.splitlines()
        citations = un.events["general-agreement-1997"].citations
        assert len(printed) == len(citations)
        for line, citation in zip(printed, citations, strict=True):
            assert line == tjun.cite(citation.source)

    def test_says_which_date_each_source_gives(
        self, run: Run, un: tjun.Chronology
    ) -> None:
        """
        If sources differ, references are below their date, and the others come last.
        """
        parts = run("show", "wipo-membership", "--cite").out.split("\n\n")
        citations = un.events["wipo-membership"].citations
        for part, date in zip(parts, ("1994-02-14", "1994-01", None), strict=True):
            heading, *references = part.splitlines()
            shown = (
                "no date"
                if date is None
                else tjun.language("en").format_date(tjun.PartialDate.parse(date))
            )
            assert heading == f"{shown}:"
            assert references == [
                tjun.cite(each.source)
                for each in citations
                if (None if each.date is None else str(each.date)) == date
            ]

    def test_has_no_heading_without_references(self, run: Run) -> None:
        """
        If each source gives a date, nothing is said about the others.
        """
        assert "no date" not in run("show", "unmot-opened", "--cite").out

    def test_prints_bibtex(self, run: Run, un: tjun.Chronology) -> None:
        """
        One entry for each source, as in the export.
        """
        out = run("show", "water", "--cite", "bibtex").out
        keys = re.findall(r"^@\w+\{(.*),$", out, re.MULTILINE)
        assert keys == [each.source.id for each in un.areas["water"].citations]
        export = tjun.export(un, "bibtex").decode()
        assert all(entry in export for entry in out.strip().split("\n\n"))

    def test_prints_csl_as_json(self, run: Run, un: tjun.Chronology) -> None:
        """
        In the language of the source, whatever the language of the command.
        """
        out = run("show", "article", "--cite", "csl", "-l", "ru").out
        (item,) = json.loads(out)
        assert (item["id"], item["title"]) == ("article", un.sources["article"].title)

    def test_of_a_mission_or_membership_cites_its_events(
        self, run: Run, un: tjun.Chronology
    ) -> None:
        """
        Each source is printed once, also those of the heads.
        """
        items = json.loads(run("show", "unmot", "--cite", "csl").out)
        mission = un.missions["unmot"]
        events = (mission.opening, mission.closing)
        expected = {c.source.id for event in events for c in event.citations}
        expected |= {c.source.id for head in mission.heads for c in head.citations}
        assert sorted(item["id"] for item in items) == sorted(expected)
        items = json.loads(run("show", "un", "--cite", "csl").out)
        admission = un.memberships["un"].admission
        ids = [item["id"] for item in items]
        assert {each.source.id for each in admission.citations} <= set(ids)
        assert json.loads(run("show", "untop", "--cite", "csl").out)

    def test_may_come_before_the_id(self, run: Run) -> None:
        """
        Only the name of a form is its value.
        """
        after = run("show", "article", "--cite", "-l", "ru").out
        assert run("show", "--cite", "article", "-l", "ru").out == after
        assert "прочитано" in after

    def test_excludes_json(self, run: Run) -> None:
        """
        References have forms of their own.
        """
        done = run("show", "article", "--cite", "--format", "json")
        assert done.status == 2
        assert done.err == (
            "tjun: --cite and --format json exclude each other;"
            " --cite csl prints JSON\n"
        )


class TestTimeline:
    def test_has_a_bar_for_each_year(self, lines: Callable[..., list[str]]) -> None:
        """
        A bar shows the events of a year, next to the missions that were active.
        """
        seen = lines("timeline", *RECORD, columns=70)
        assert "1993  UNWIR         ■ 1 *" in seen
        assert "1994  UNWIR" in seen
        assert "2000  UNWIR, UNBIR  ■■ 2" in seen
        assert seen[-1] == "* Sources differ on the date."

    def test_has_no_bar_longer_than_forty(
        self, lines: Callable[..., list[str]], tmp_path: Path
    ) -> None:
        """
        The longest bar has at most forty marks, and every event shows.
        """
        made = [event_row(f"a{n}", "2001-03-01") for n in range(80)]
        made.append(event_row("b", "2002"))
        file = record_file(tmp_path, events=made)
        assert lines("timeline", "--record", file)[1:3] == [
            f"2001{'':12}{'■' * 40} 80",
            f"2002{'':12}■ 1",
        ]

    def test_ends_active_missions_on_a_day(self, rows: Callable[..., Any]) -> None:
        """
        --on is the last day of active missions and, without filters, of the timeline.
        """
        seen = rows("timeline", "--on", "2040-01-01", *RECORD)
        assert (seen[-1]["year"], seen[-1]["missions"]) == (2040, ["bureau"])
        seen = rows("timeline", "--on", "2020-01-01", "--since", "2000", *RECORD)
        missions = {row["year"]: row["missions"] for row in seen}
        assert missions[2020] == ["bureau"]
        assert missions[2027] == []

    def test_shows_only_what_is_asked_for(self, rows: Callable[..., Any]) -> None:
        """
        With filters, it has only the events found and their missions.
        """
        found = rows("timeline", "--mission", "UNBIR", *RECORD)
        assert {each for row in found for each in row["missions"]} == {"bureau"}
        assert "decade" in [each for row in found for each in row["events"]]


class TestMissions:
    def test_are_listed_with_their_dates(self, lines: Callable[..., list[str]]) -> None:
        """
        Each mission has its dates and name, and disputed dates are marked.
        """
        cells = [
            re.split(" {2,}", line) for line in lines("missions", *RECORD, columns=120)
        ]
        first, second = "United Nations Watch in", "United Nations Bureau in"
        assert cells == [
            ["Opened", "Closed", "Mission", "ID"],
            ["1 February 1993 *", "May 2000", f"{first} Ruritania (UNWIR)", "watch"],
            ["May 2000", f"{second} Ruritania (UNBIR)", "bureau"],
            [""],
            ["* Sources differ on the date."],
        ]

    def test_have_heads_and_a_mandate(self, lines: Callable[..., list[str]]) -> None:
        """
        The page of a mission says what it was for, how long it lasted and who led it.
        """
        assert lines("show", "watch", *RECORD)[:6] == [
            "United Nations Watch in Ruritania (UNWIR)",
            "watch",
            "1 February 1993 – May 2000 · 7.3 years · Strelsau",
            (
                "To see that nobody moves the border stones, and to help carry out the"
                " agreement."
            ),
            "  Rudolf Rassendyll, Head of the Watch: February 1993 – 1996",
            "  Succeeded by: United Nations Bureau in Ruritania (UNBIR) [bureau]",
        ]

    def test_are_counted_up_to_a_day(self, rows: Callable[..., Any]) -> None:
        """
        --on is the day up to which an active mission is counted.
        """
        years = {
            row["id"]: row["years"]
            for row in rows("missions", "--on", "2001-05-01", *RECORD)
        }
        assert years == {"watch": 7.3, "bureau": 1.0}

    def test_can_be_filtered_by_their_events(self, rows: Callable[..., Any]) -> None:
        """
        With filters, only missions with such an event are listed.
        """
        found = rows("missions", "--area", "roads", *RECORD)
        assert [row["id"] for row in found] == ["watch"]


class TestAreas:
    def test_are_listed_with_their_events(
        self, cells: Callable[..., list[list[str]]]
    ) -> None:
        """
        Each area has its id, the number of events and the name.
        """
        assert cells("areas", *RECORD) == [
            ["lakes", "5", "Lakes"],
            ["roads", "1", "Roads"],
        ]
        found = cells("areas", "--until", "1992", *RECORD)
        assert found == []


class TestDisputes:
    def test_begin_with_the_date_that_the_record_uses(
        self, lines: Callable[..., list[str]]
    ) -> None:
        """
        The date in use comes first, then the others, each with its sources.
        """
        seen = lines("disputes", *RECORD, columns=120)
        cells = [re.split(" {2,}", line) for line in seen]
        assert cells[1:] == [
            [
                "The watch opens in Strelsau",
                "1 February 1993 (the record uses this date)",
                "gazette",
                "watch-opened",
            ],
            ["", "16 December 1994 – 15 May 2000", "minutes", "watch-opened"],
            ["", "1993", "atlas", "watch-opened"],
        ]

    def test_are_a_row_for_each_account(
        self, cells: Callable[..., list[list[str]]]
    ) -> None:
        """
        In a pipe, each row has the event, a date, whether it is used, and its sources.
        """
        assert cells("disputes", *RECORD) == [
            ["watch-opened", "1993-02-01", "", "true", "gazette"],
            ["watch-opened", "1994-12-16", "2000-05-15", "false", "minutes"],
            ["watch-opened", "1993", "", "false", "atlas"],
        ]

    def test_can_be_filtered(self, rows: Callable[..., Any]) -> None:
        """
        Filters limit the events.
        """
        assert rows("disputes", "--since", "2000", *RECORD) == []


class TestSources:
    def test_are_listed_with_the_events_that_cite_them(
        self, rows: Callable[..., Any], lines: Callable[..., list[str]]
    ) -> None:
        """
        Every source is listed, even if nothing cites it.
        """
        found = {row["id"]: row["events"] for row in rows("sources", *RECORD)}
        assert found["atlas"] == ["watch-opened", "year-of-lakes"]
        page = "\n".join(lines("sources", *RECORD, columns=140))
        assert "Minutes of the session, A/RES/1" in page

    def test_can_be_filtered(self, rows: Callable[..., Any]) -> None:
        """
        With filters, only the sources of the events found are listed.
        """
        found = rows("sources", "--until", "1992", *RECORD)
        assert [row["id"] for row in found] == ["minutes"]
        found = rows("sources", "--source", "ATLAS", *RECORD)
        assert [row["id"] for row in found] == ["atlas"]


class TestAvailable:
    def test_lists_records_and_languages(self, rows: Callable[..., Any]) -> None:
        """
        The bundled record is the default; languages are listed with what they lack.
        """
        (record,) = rows("records")
        assert (record["name"], record["default"]) == ("tajikistan", True)
        assert [row["tag"] for row in rows("languages")] == ["en", "ru", "tg"]

    def test_lists_plugins_and_their_failures(
        self, rows: Callable[..., Any], lines: Callable[..., list[str]], shelf: Shelf
    ) -> None:
        """
        A plugin is listed with what it offers, or why it cannot be used.
        """
        shelf.add("good", name="a-good", distribution="tjun-good")
        shelf.add("raises-in-hook", name="sick", distribution="tjun-sick")
        builtin, good, sick = rows("plugins")
        assert builtin["records"] == ["tajikistan"]
        assert (good["name"], good["exporters"]) == ("a-good", ["good"])
        assert sick["failures"] == ["RuntimeError: out of paper"]
        page = "\n".join(lines("plugins", columns=120))
        assert "cannot be used: RuntimeError: out of paper" in page
        assert [row["name"] for row in rows("plugins", "--no-plugins")] == ["tjun"]
