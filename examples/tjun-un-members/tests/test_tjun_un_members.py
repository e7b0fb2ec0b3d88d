"""
The record has every member of the United Nations, and works in commands and exporters.
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from tjun_un_members import UN_MEMBERS, load, tjun_records

import tjun

RECORD = load()
CHARTER_IN_FORCE = dt.date(1945, 10, 24)

ADMITTED_WITH_TAJIKISTAN = {
    "armenia",
    "azerbaijan",
    "kazakhstan",
    "kyrgyzstan",
    "republic-of-moldova",
    "san-marino",
    "tajikistan",
    "turkmenistan",
    "uzbekistan",
}

DISPUTED = {
    "admission-afghanistan",
    "admission-iceland",
    "admission-sweden",
    "admission-thailand",
}

OPTIONS: dict[str, dict[str, Any]] = {
    "ics": {"first_year": 2027},
    "site": {"base_url": "https://example.org/un/"},
}
"""
The required options of an exporter.
"""


def run(*words: str, folder: Path) -> str:
    """
    Run tjun in a folder, with the record as the default; return what it prints.
    """
    done = subprocess.run(
        [Path(sys.executable).with_name("tjun"), *words],
        cwd=folder,
        env={**os.environ, "TJUN_RECORD": "un-members", "COLUMNS": "80"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b""), done.stderr.decode()
    return done.stdout.decode()


class TestRecord:
    def test_is_offered(self) -> None:
        """
        The record can be loaded by its name.
        """
        assert list(tjun_records()) == [UN_MEMBERS]
        assert tjun.load("un-members") == RECORD

    def test_has_every_member(self) -> None:
        """
        There are 49 original members that still are, and 144 admitted ones.
        """
        acts = Counter(dict(event.extra)["act"] for event in RECORD.events)
        assert acts == {"ratified the Charter": 49, "admitted": 144}
        assert len(RECORD.memberships) == 193
        for membership in RECORD.memberships:
            assert membership.member is not None
            assert membership.admission.id == f"admission-{membership.id}"
        assert len({str(each.member) for each in RECORD.memberships}) == 193

    def test_cites_the_treaty_collection(self) -> None:
        """
        Every event has its date from the Treaty Collection.
        """
        for event in RECORD.events:
            first = event.citations[0]
            assert first.source.publisher.id == "un-treaty-collection"
            assert (first.date, first.verified) == (event.date, True)
            assert first.locator is not None

    def test_cites_only_what_was_read(self) -> None:
        """
        A resolution that was not read is not verified and gives no date.
        """
        for event in RECORD.events:
            for citation in event.citations:
                read = citation.source.accessed is not None
                assert read == citation.verified
                assert read or citation.date is None

    def test_names_the_resolutions(self) -> None:
        """
        Three admissions have none, and two have one that may be a slip.
        """
        lacking, unlinked = set(), set()
        for event in RECORD.events:
            values = dict(event.extra)
            if values["act"] != "admitted":
                continue
            if "resolution" not in values:
                lacking.add(event.id)
            elif all(each.verified for each in event.citations):
                unlinked.add(event.id)
        assert lacking == {"admission-malawi", "admission-malta", "admission-zambia"}
        assert unlinked == {"admission-algeria", "admission-cameroon"}

    def test_keeps_both_dates_where_sources_differ(self) -> None:
        """
        The UN's roster counts four memberships from a later day, and reasons are given.
        """
        disputed = RECORD.events.where(disputed=True)
        assert {event.id for event in disputed} == DISPUTED
        assert all(event.reason is not None for event in disputed)

    def test_says_when_original_members_became_members(self) -> None:
        """
        It is not the day of the ratification if that was before the Charter's.
        """
        for event in RECORD.events:
            if dict(event.extra)["act"] == "admitted":
                continue
            early = event.date.earliest <= CHARTER_IN_FORCE
            expected = "membership begins on that day" if early else "day of the"
            assert expected in str(event.description)

    def test_is_translated(self) -> None:
        """
        Every title, name and description is in Russian, too.
        """
        texts = [
            RECORD.title,
            *(area.name for area in RECORD.areas),
            *(publisher.name for publisher in RECORD.publishers),
            *(event.title for event in RECORD.events),
            *(event.short for event in RECORD.events),
            *(event.description for event in RECORD.events),
            *(each.says for event in RECORD.events for each in event.citations),
            *(each.organization for each in RECORD.memberships),
            *(each.member for each in RECORD.memberships),
        ]
        for text in texts:
            assert text is not None
            assert set(text.translations) == {"en", "ru"}


class TestCommands:
    def test_list_nine_states_on_2_march(self, tmp_path: Path) -> None:
        """
        Tajikistan was admitted with eight other states.
        """
        lines = run("on", "03-02", folder=tmp_path).splitlines()
        found = {
            line.split("\t")[1].removeprefix("admission-")
            for line in lines
            if "\tadmission-" in line
        }
        assert found == ADMITTED_WITH_TAJIKISTAN

    def test_show_the_registration(self, tmp_path: Path) -> None:
        """
        An event tells its resolution, and number, volume and page of the registration.
        """
        printed = run("show", "admission-tajikistan", folder=tmp_path)
        for expected in ("46/228", "No. 28690", "vol. 1668", "p. 217"):
            assert expected in " ".join(printed.split())

    def test_find_no_errors(self, tmp_path: Path) -> None:
        """
        `tjun check` has nothing to say about the record.
        """
        folder = str(files("tjun_un_members") / "members")
        for words in ([folder], ["--record", "un-members"]):
            printed = run("check", "--strict", *words, folder=tmp_path)
            assert len(printed.splitlines()) == 1
            assert "193 events, 0 missions, 193 memberships" in printed


def told(event: tjun.Event) -> list[Any]:
    """
    Return what a table tells of an event; its cells are text.
    """
    own = [event.id, event.date, event.title, event.short, event.description]
    own += [event.kind, event.weight, event.reason]
    own += [(key, str(value)) for key, value in dict(event.extra).items()]
    for citation in event.citations:
        source = citation.source
        own += [citation.date, citation.locator, citation.says, citation.verified]
        own += [source.title, source.label, source.symbol, source.published]
        own += [source.url, source.copy_url, source.accessed, source.language]
        own += [str(source.publisher.name), source.publisher.kind]
    return own


class TestTable:
    def test_has_every_event(self, tmp_path: Path) -> None:
        """
        A table of the record, imported again, has the same events and citations.
        """
        tjun.write(RECORD, "csv", tmp_path / "members.csv", language="en")
        again = tjun.load(tmp_path / "members.csv")
        assert list(map(told, again.events)) == list(map(told, RECORD.events))


def exported(name: str, language: str) -> bytes:
    return tjun.export(RECORD, name, language=language, **OPTIONS.get(name, {}))


class TestExporters:
    @pytest.mark.parametrize("language", ["en", "ru"])
    @pytest.mark.parametrize("name", tjun.exporters())
    def test_work(self, name: str, language: str) -> None:
        """
        Every exporter that is installed accepts the record.
        """
        assert exported(name, language)

    def test_write_a_calendar_of_one_state(self, tmp_path: Path) -> None:
        """
        `--id` chooses the state.
        """
        words = ("--id", "admission-tajikistan", "--first-year", "2027", "-o", "tj.ics")
        done = subprocess.run(
            [Path(sys.executable).with_name("tjun"), "export", "ics", *words],
            cwd=tmp_path,
            env={**os.environ, "TJUN_RECORD": "un-members"},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        text = (tmp_path / "tj.ics").read_bytes().replace(b"\r\n ", b"").decode()
        assert "SUMMARY:35th anniversary: Tajikistan joins the UN (1992)" in text
        assert "Uzbekistan" not in text

    def test_write_a_record_that_can_be_read(self) -> None:
        """
        The JSON export is the same record.
        """
        assert tjun.loads(exported("json", "en").decode(), "json") == RECORD
