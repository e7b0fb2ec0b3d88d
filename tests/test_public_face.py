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
from making import by

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

PUBLIC = """
Account Anniversary Catalog Change Chronology Citation CooperationArea Correction
DataError DateBound DateLike Difference Event EventKind EventStatus Events ExportError
ExportRequest Exporter Fault File Header ImportRequest Importer Language LeapDay
Membership Memberships Mission Missions NotFoundError PLUGIN_API PartialDate PluginError
Post Precision Publisher PublisherKind Record Reference Registry Row Show Source Text
Titles TjunError Translation Weight __version__ as_moment cite diff export exporters
hookimpl importers language languages load loads not_blank one_line read records
reproducible_zip schema web_address write
""".split()

SLOW_IMPORTS = {"attr", "attrs", "cattrs", "cyclopts", "icalendar", "pluggy", "rich"}


def imported_by(code: str) -> set[str]:
    """
    Return the slow modules that a new interpreter has imported after *code*.
    """
    end = "import json, sys\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", f"{code}\n{end}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return SLOW_IMPORTS & set(json.loads(done.stdout.splitlines()[-1]))


class TestNames:
    def test_are_these(self) -> None:
        """
        The public names change only if this list does.
        """
        assert sorted(tjun.__all__) == sorted(PUBLIC)

    @pytest.mark.parametrize("name", PUBLIC)
    def test_can_be_imported(self, name: str) -> None:
        """
        Every name exists, also in the module that defines it.
        """
        value = getattr(tjun, name)
        home = tjun._HOME.get(name)
        if home is not None:
            module = import_module(f"tjun.{home}")
            assert getattr(module, name) is value
            assert name in module.__all__

    def test_are_the_same_for_a_type_checker(self) -> None:
        """
        Type checkers find each name in the module that it is loaded from.
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

    def test_are_in_dir_before_they_are_loaded(self) -> None:
        """
        `dir(tjun)` lists every name, sorted.
        """
        listed = dir(tjun)
        assert set(PUBLIC) <= set(listed)
        assert listed == sorted(listed)

    def test_are_imported_by_a_star(self) -> None:
        """
        `from tjun import *` imports every name.
        """
        taken: dict[str, object] = {}
        exec("from tjun import *", taken)
        assert set(PUBLIC) <= set(taken)

    def test_others_raise_an_error(self) -> None:
        """
        An unknown name raises AttributeError with the usual message.
        """
        message = r"^module 'tjun' has no attribute 'nope'$"
        with pytest.raises(AttributeError, match=message):
            _ = tjun.nope
        assert not hasattr(tjun, "Nope")
        with pytest.raises(ImportError, match="'nope'"):
            exec("from tjun import nope")

    def test_include_the_version(self) -> None:
        """
        `__version__` is the version of the installed distribution.
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
    def test_imports_only_what_is_needed(self, code: str, loaded: set[str]) -> None:
        """
        Using a name imports only the packages that it needs.
        """
        assert imported_by(code) - {"attrs"} == loaded

    def test_happens_once(self) -> None:
        """
        After its first use, a name is an ordinary attribute of the module.
        """
        code = "import tjun; tjun.Text; assert 'Text' in vars(tjun)"
        assert imported_by(code)


class TestExamples:
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
        Both the accession and its observance are on 2 March.
        """
        ids = un.events.on_day(3, 2).ids
        assert {"tajikistan-joins-un", "un-accession-day"} <= set(ids)

    def test_a_mission_has_a_predecessor(self, un: Chronology) -> None:
        """
        The predecessor of UNTOP is UNMOT.
        """
        before = un.missions["untop"].predecessor
        assert before is not None
        assert before.acronym == "UNMOT"

    def test_missions_are_active(self, un: Chronology) -> None:
        """
        UNMOT was the only active mission in July 1996.
        """
        active = un.missions.active_on(dt.date(1996, 7, 1))
        assert repr(active) == "(Mission(id='unmot', ...),)"
        assert active == (un.missions["unmot"],)

    def test_memberships_are_active(self, un: Chronology) -> None:
        """
        The membership in the UN began on 2 March 1992.
        """
        un_only = (un.memberships["un"],)
        assert set(un_only) <= set(un.memberships.active_on("1992-03-02"))
        assert not set(un_only) & set(un.memberships.active_on("1992-03-01"))

    def test_years_of_membership_are_counted(self, un: Chronology) -> None:
        """
        The membership is 35 years old on 2 March 2027, and 34 the day before.
        """
        assert un.memberships["un"].years(dt.date(2027, 3, 2)) == 35
        assert un.memberships["un"].years(dt.date(2027, 3, 1)) == 34

    def test_anniversaries_of_a_year_are_listed(self, un: Chronology) -> None:
        """
        The anniversaries in 2027 include the 35th of the accession, once.
        """
        listed = [
            (a.date, a.number, a.title())
            for a in un.anniversaries(since=2027, until=2027)
            if a.event.id == "tajikistan-joins-un"
        ]
        assert listed == [
            (
                PartialDate(2027, 3, 2),
                35,
                "35th anniversary: Tajikistan joins the United Nations (1992)",
            )
        ]

    def test_upcoming_days_are_listed(self, un: Chronology) -> None:
        """
        Ninety days from 1 January 2027 end on 1 April.
        """
        ahead = un.upcoming(dt.date(2027, 1, 1), days=90)
        ids = [each.event.id for each in ahead]
        assert "tajikistan-joins-un" in ids
        assert all(each.date.latest >= dt.date(2027, 1, 1) for each in ahead)
        assert all(each.date.earliest <= dt.date(2027, 4, 1) for each in ahead)

    def test_according_to_restricts_the_sources(self, un: Chronology) -> None:
        """
        According to the article, there are only its citations and its dates.
        """
        article = un.according_to("article")
        assert article.sources.ids == ("article",)
        assert str(article.missions["untop"].start) == "2000-05"
        opening = article.missions.get("unmot")
        assert opening is None or str(opening.start) == "1993-02-01"
        assert all(
            event.date == event.dated_citations[0].date for event in article.events
        )

    def test_an_export_is_bytes(self, un: Chronology) -> None:
        """
        A calendar is bytes that begin and end like a calendar.
        """
        calendar = tjun.export(un, "ics", first_year=2027, last_year=2036)
        assert isinstance(calendar, bytes)
        assert calendar.startswith(b"BEGIN:VCALENDAR\r\n")
        assert calendar.endswith(b"END:VCALENDAR\r\n")
        assert b"UID:tajikistan-joins-un-2027@tajikistan.tjun" in calendar

    def test_a_file_is_written_when_it_changes(
        self, un: Chronology, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A calendar that did not change is not written again.
        """
        monkeypatch.chdir(tmp_path)
        today = dt.date(2027, 3, 2)
        assert tjun.write(un, "ics", "anniversaries.ics", today=today) is True
        assert tjun.write(un, "ics", "anniversaries.ics", today=today) is False
        written = Path("anniversaries.ics").read_bytes()
        assert written == tjun.export(un, "ics", today=today)

    def test_a_record_file_is_loaded(self, un: Chronology, tmp_path: Path) -> None:
        """
        A file is loaded by itself, or together with the bundled record.
        """
        mine = tmp_path / "mine.toml"
        mine.write_text(
            """
            format = 2
            extends = "tajikistan"
            [[publishers]]
            id = "reader"
            name = "A reader"
            [[sources]]
            id = "diary"
            title = "A diary"
            publisher = "reader"
            [[events]]
            id = "my-visit"
            title = "I was there"
            date = "2026-11"
            citations = [{ source = "diary" }]
            """,
            "utf-8",
        )
        both = tjun.load(mine)
        assert both.events["my-visit"].best.source == both.sources["diary"]
        assert len(both.events) == len(un.events) + 1

    def test_a_date_is_read_and_written(self) -> None:
        """
        A date known to the month covers the whole month.
        """
        date = PartialDate.parse("2000-05")
        assert (str(date), date.precision) == ("2000-05", Precision.MONTH)
        assert (date.earliest, date.latest) == (
            dt.date(2000, 5, 1),
            dt.date(2000, 5, 31),
        )

    def test_a_text_falls_back_to_english(self) -> None:
        """
        A text without a Tajik translation is in English.
        """
        assert Text(en="Water", ru="Вода").in_("tg") == "Water"

    def test_an_event_is_created_in_python(self) -> None:
        """
        Strings are converted to a text, a date and a kind.
        """
        s = Source(id="diary", title="A diary", publisher=by("A reader"))
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
        assert event.kind == EventKind.OFFICE
        assert Chronology(events=[event]).sources.ids == ("diary",)

    def test_an_unknown_id_names_the_nearest(self, un: Chronology) -> None:
        """
        The error for a misspelt id suggests the correct one.
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
        assert [
            any(citation.source.id == "article" for citation in area.citations)
            for area in un.areas
        ] == [True] * 5 + [False] * 3
        assert all(isinstance(area, CooperationArea) for area in un.areas)

    def test_exporters_are_found_by_name(self) -> None:
        """
        The registry has the three built-in exporters, owned by the package.
        """
        registry = tjun.exporters(disabled=())
        assert {"ics", "json", "markdown"} <= set(registry)
        assert registry["ics"].name == "ics"
        assert registry.owners["ics"]
        assert isinstance(registry.failures, tuple)
