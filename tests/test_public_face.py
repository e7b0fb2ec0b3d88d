from __future__ import annotations

import ast
import datetime as dt
import inspect
import json
import subprocess
import sys
from importlib import import_module, metadata
from pathlib import Path

import pytest

import tjun
from tjun import (
    Chronology,
    Citation,
    CooperationArea,
    Event,
    EventKind,
    Events,
    NotFoundError,
    PartialDate,
    Precision,
    Source,
    Text,
)

PROMISED = """
Anniversary Catalog Chronology Citation CooperationArea DataError DateBound
DateLike Event EventKind EventStatus Events ExportError ExportRequest Exporter
Fault Language LeapDay Membership Minor Mission Missions NotFoundError
PartialDate PluginError Post Precision Registry Source SourceKind Text TjunError
__version__ export exporters hookimpl languages load loads write
""".split()

HEAVY = {"attr", "attrs", "cattrs", "cyclopts", "icalendar", "pluggy", "rich"}


def fresh(code: str) -> set[str]:
    """
    Which of the heavy parts a fresh interpreter has loaded after *code*.
    """
    end = "import json, sys\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", f"{code}\n{end}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return HEAVY & set(json.loads(done.stdout.splitlines()[-1]))


class TestNames:
    def test_are_those_that_are_promised(self) -> None:
        """
        The names of the package are a list that someone reviews.
        """
        assert sorted(tjun.__all__) == sorted(PROMISED)

    @pytest.mark.parametrize("name", PROMISED)
    def test_can_be_imported(self, name: str) -> None:
        """
        Every name is there, and its own module has it under the same name.
        """
        value = getattr(tjun, name)
        home = tjun._HOME.get(name)
        if home is not None:
            module = import_module(f"tjun.{home}")
            assert getattr(module, name) is value
            assert name in module.__all__

    def test_are_the_same_for_a_type_checker(self) -> None:
        """
        A type checker sees each name come from the module it loads from.
        """
        tree = ast.parse(Path(inspect.getfile(tjun)).read_text("utf-8"))
        seen = {
            alias.name: node.module
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module != "importlib"
            for alias in node.names
            if str(node.module).startswith("tjun.")
        }
        assert seen == {name: f"tjun.{home}" for name, home in tjun._HOME.items()}
        assert {*seen, "__version__"} == set(tjun.__all__)

    def test_are_listed_before_they_are_loaded(self) -> None:
        """
        The directory holds every name, sorted.
        """
        listed = dir(tjun)
        assert set(PROMISED) <= set(listed)
        assert listed == sorted(listed)

    def test_are_all_taken_by_a_star(self) -> None:
        """
        Importing everything takes every name.
        """
        taken: dict[str, object] = {}
        exec("from tjun import *", taken)
        assert set(PROMISED) <= set(taken)

    def test_have_an_error_for_the_rest(self) -> None:
        """
        Another name is an error that says which module has no such attribute.
        """
        message = r"^module 'tjun' has no attribute 'nope'$"
        with pytest.raises(AttributeError, match=message):
            _ = tjun.nope
        assert not hasattr(tjun, "Nope")
        with pytest.raises(ImportError, match="'nope'"):
            exec("from tjun import nope")

    def test_include_the_version(self) -> None:
        """
        The version is that of the installed distribution.
        """
        assert tjun.__version__ == metadata.version("tjun")


class TestLoading:
    @pytest.mark.parametrize(
        ("code", "loaded"),
        [
            ("import tjun", set()),
            ("import tjun; dir(tjun); tjun.__all__", set()),
            ("import tjun; tjun.TjunError", {"attr"}),
            ("import tjun; tjun.PartialDate.parse('2000-05')", {"attr"}),
            ("import tjun; tjun.Chronology()", {"attr"}),
            ("import tjun; tjun.load()", {"attr", "cattrs"}),
        ],
    )
    def test_brings_in_no_more_than_it_needs(self, code: str, loaded: set[str]) -> None:
        """
        A fresh interpreter has loaded only what the first use of a name needs.
        """
        assert fresh(code) - {"attrs"} == loaded

    def test_keeps_what_was_loaded(self) -> None:
        """
        A name that was used once is there without looking again.
        """
        code = "import tjun; tjun.Text; assert 'Text' in vars(tjun)"
        assert fresh(code)


class TestHouse:
    def test_an_event_has_its_date(self, un: Chronology) -> None:
        """
        Tajikistan joined on 2 March 1992.
        """
        date = un.events["tajikistan-joins-un"].date
        assert date == PartialDate(1992, 3, 2)
        assert repr(date) == "PartialDate('1992-03-02')"

    def test_events_are_found_by_area_and_time(self, un: Chronology) -> None:
        """
        The water events since 2003 are events, in order, and can be asked further.
        """
        water = un.events.where(area="water", since="2003")
        assert isinstance(water, Events)
        assert len(water) > 0
        assert list(water) == [
            event
            for event in un.events
            if un.areas["water"] in event.areas and event.date.year >= 2003
        ]
        assert set(water.where(kind="conference")) < set(water)

    def test_events_are_found_by_day(self, un: Chronology) -> None:
        """
        2 March has the accession and the day that keeps it.
        """
        ids = un.events.on_day(3, 2).ids
        assert {"tajikistan-joins-un", "un-accession-day"} <= set(ids)

    def test_a_mission_has_a_predecessor(self, un: Chronology) -> None:
        """
        UNMOT came before UNTOP.
        """
        before = un.missions["untop"].predecessor
        assert before is not None
        assert before.acronym == "UNMOT"

    def test_missions_are_active(self, un: Chronology) -> None:
        """
        UNMOT alone was at work in July 1996.
        """
        active = un.missions.active_on(dt.date(1996, 7, 1))
        assert repr(active) == "(Mission(id='unmot', ...),)"
        assert active == (un.missions["unmot"],)

    def test_years_of_membership_are_counted(self, un: Chronology) -> None:
        """
        On 2 March 2027 membership is 35 years old, and on the day before 34.
        """
        assert un.memberships["un"].years(dt.date(2027, 3, 2)) == 35
        assert un.memberships["un"].years(dt.date(2027, 3, 1)) == 34

    def test_anniversaries_of_a_year_are_listed(self, un: Chronology) -> None:
        """
        The list of 2027 has the 35th anniversary of the accession, in one entry.
        """
        listed = [
            (a.date, a.number, a.title())
            for a in un.anniversaries(since=2027, until=2027)
        ]
        day = PartialDate(2027, 3, 2)
        assert [entry for entry in listed if entry[0] == day] == [
            (
                day,
                35,
                "35th anniversary: Tajikistan joins the United Nations (1992)",
            )
        ]

    def test_upcoming_days_are_listed(self, un: Chronology) -> None:
        """
        From New Year 2027 ninety days reach to 1 April.
        """
        ahead = un.upcoming(dt.date(2027, 1, 1), days=90)
        ids = [each.event.id for each in ahead]
        assert "tajikistan-joins-un" in ids
        assert all(each.date.latest >= dt.date(2027, 1, 1) for each in ahead)
        assert all(each.date.earliest <= dt.date(2027, 4, 1) for each in ahead)

    def test_the_article_is_told_alone(self, un: Chronology) -> None:
        """
        The record by the article cites the article only, dated as it dates it.
        """
        told = un.according_to("article")
        assert told.sources.ids == ("article",)
        assert str(told.missions["untop"].start) == "2000-05"
        opening = told.missions.get("unmot")
        assert opening is None or str(opening.start) == "1993-02-01"
        assert all(event.date == event.dates[0].date for event in told.events)

    def test_an_export_is_octets(self, un: Chronology) -> None:
        """
        A calendar of ten years is octets that begin and end as calendars do.
        """
        calendar = tjun.export(un, "ics", first_year=2027, last_year=2036)
        assert isinstance(calendar, bytes)
        assert calendar.startswith(b"BEGIN:VCALENDAR\r\n")
        assert calendar.endswith(b"END:VCALENDAR\r\n")
        assert b"UID:tajikistan-joins-un-2027@tjun" in calendar

    def test_a_file_is_written_when_it_changes(
        self, un: Chronology, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A calendar is written once, and left alone while its octets are the same.
        """
        monkeypatch.chdir(tmp_path)
        today = dt.date(2027, 3, 2)
        assert tjun.write(un, "ics", "anniversaries.ics", today=today) is True
        assert tjun.write(un, "ics", "anniversaries.ics", today=today) is False
        written = Path("anniversaries.ics").read_bytes()
        assert written == tjun.export(un, "ics", today=today)

    def test_a_record_of_ones_own_is_added(
        self, un: Chronology, tmp_path: Path
    ) -> None:
        """
        A file adds to the bundled record, or stands alone.
        """
        mine = tmp_path / "mine.toml"
        mine.write_text(
            """
            format = 1
            [[sources]]
            id = "diary"
            title = "A diary"
            publisher = "A reader"
            [[events]]
            id = "my-visit"
            title = "I was there"
            date = "2026-11"
            citations = [{ source = "diary" }]
            """,
            "utf-8",
        )
        both = tjun.load(mine, bundled=True)
        assert both == un.merge(tjun.load(mine))
        assert len(both.events) == len(un.events) + 1
        assert tjun.load(mine).events.ids == ("my-visit",)

    def test_a_date_is_read_and_written(self) -> None:
        """
        A month is a month, from its first day to its last.
        """
        date = PartialDate.parse("2000-05")
        assert (str(date), date.precision) == ("2000-05", Precision.MONTH)
        assert (date.earliest, date.latest) == (
            dt.date(2000, 5, 1),
            dt.date(2000, 5, 31),
        )

    def test_a_text_falls_back_to_english(self) -> None:
        """
        A text without Tajik is English in Tajik.
        """
        assert Text(en="Water", ru="Вода").in_("tg") == "Water"

    def test_an_event_is_made_in_python(self) -> None:
        """
        Plain strings serve for a text, a date and a kind.
        """
        s = Source(id="diary", title="A diary", publisher="A reader")
        event = Event(
            id="x",
            title="It began",
            date="2000-05",
            kind="office",
            citations=[Citation(source=s, says="…")],
        )
        assert (event.title, event.date) == (
            Text(en="It began"),
            PartialDate(2000, 5),
        )
        assert event.kind is EventKind.OFFICE
        assert Chronology(events=[event]).sources.ids == ("diary",)

    def test_an_unknown_id_names_the_nearest(self, un: Chronology) -> None:
        """
        A misspelt id is answered with the one that was meant.
        """
        with pytest.raises(NotFoundError, match="'tajikistan-joins-un'"):
            un.events["tajikistan-join-un"]

    def test_the_areas_of_the_article_come_first(self, un: Chronology) -> None:
        """
        The five areas of the article come in its order, and then three more.
        """
        assert un.areas.ids == (
            "peace-stability",
            "security-threats",
            "environment",
            "sustainable-development",
            "water",
            "human-rights",
            "humanitarian",
            "culture-education",
        )
        assert [area.in_article for area in un.areas] == [True] * 5 + [False] * 3
        assert all(isinstance(area, CooperationArea) for area in un.areas)

    def test_exporters_are_found_by_name(self) -> None:
        """
        The registry has the three built-in exporters, owned by the package.
        """
        registry = tjun.exporters(disabled=())
        assert {"ics", "json", "markdown"} <= set(registry.names)
        assert registry["ics"].name == "ics"
        assert registry.owners["ics"]
        assert isinstance(registry.failures, tuple)
