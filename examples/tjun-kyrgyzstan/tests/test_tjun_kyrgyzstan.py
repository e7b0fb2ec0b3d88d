"""
The record and the language work in every command and exporter.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from tjun_kyrgyzstan import KYRGYZSTAN, load, tjun_languages, tjun_records

import tjun

RECORD = load()
(KYRGYZ,) = tjun_languages()
JOINS = "Кыргызстан Бириккен Улуттар Уюмуна кирет"

COMMANDS = {
    "upcoming": (("--on", "2027-03-01"), f"35 жылдыгы: {JOINS} (1992)"),
    "on": (("2-март",), JOINS),
    "events": ((), "Ошто кандуу кагылышуулар башталат"),
    "show": (("kyrgyzstan-applies-to-wto",), "1996-ж., 18-январь"),
    "search": (("тоо саммити",), "Бишкек дүйнөлүк тоо саммити"),
    "missions": ((), "Борбордук Азия боюнча аймактык кеңсеси"),
    "areas": ((), "Тоолуу аймактарды туруктуу өнүктүрүү"),
    "disputes": ((), "1996-01-18"),
    "sources": ((), "https://azattyk.org/a/32075965.html"),
    "records": ((), "kyrgyzstan"),
    "languages": ((), "кыргызча"),
    "plugins": ((), "kyrgyzstan"),
}
"""
The arguments of each command that has a language, and a part of its output.
"""

OTHERS = ("timeline", "export", "import", "diff", "new", "check", "schema", "help")

OPTIONS: dict[str, dict[str, Any]] = {
    "ics": {"first_year": 2027},
    "site": {"base_url": "https://example.org/kg/"},
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
        env={**os.environ, "TJUN_RECORD": "kyrgyzstan", "COLUMNS": "80"},
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
        assert list(tjun_records()) == [KYRGYZSTAN]
        assert tjun.load("kyrgyzstan") == RECORD

    def test_contains_every_part_of_a_record(self) -> None:
        """
        It has a dozen events, a membership, a mission, and dates of every precision.
        """
        assert len(RECORD.events) >= 12
        assert RECORD.memberships["un"].admission.id == "kyrgyzstan-joins-un"
        assert RECORD.missions["ohchr-roca"].opening.date == tjun.PartialDate(2008)
        found = {event.date.precision for event in RECORD.events}
        assert found == {
            getattr(tjun.Precision, name) for name in ("YEAR", "MONTH", "DAY")
        }

    def test_keeps_both_dates_where_sources_differ(self) -> None:
        """
        The World Trade Organization and the Government date the application apart.
        """
        (event,) = RECORD.events.where(disputed=True)
        dates = {str(each.date) for each in event.dated_citations}
        assert dates == {"1996-02", "1996-01-18"}

    def test_cites_only_what_was_read(self) -> None:
        """
        A source that was not read has no address, is not verified and gives no date.
        """
        for event in RECORD.events:
            for citation in event.citations:
                read = citation.source.accessed is not None
                assert read == (citation.source.url is not None) == citation.verified
                assert read or citation.date is None

    def test_is_translated(self) -> None:
        """
        Every title, name and description is in Kyrgyz, too.
        """
        texts = [
            RECORD.title,
            *(area.name for area in RECORD.areas),
            *(event.title for event in RECORD.events),
            *(event.short for event in RECORD.events),
            *(event.description for event in RECORD.events),
            *(mission.name for mission in RECORD.missions),
            *(mission.mandate for mission in RECORD.missions),
            *(post.title for each in RECORD.missions for post in each.heads),
            *(each.organization for each in RECORD.memberships),
        ]
        for text in texts:
            assert text is None or set(text.translations) == {"en", "ky"}

    def test_remembers_a_disaster_without_celebrating_it(self) -> None:
        """
        The anniversary of a solemn event says how many years ago it was.
        """
        due = RECORD.anniversaries(since=2030, until=2030)
        found = {each.event.id: each for each in due}
        title = found["violence-in-osh"].title(KYRGYZ)
        assert title == "20 жыл мурун: Ошто кандуу кагылышуулар башталат (2010)"


class TestLanguage:
    def test_is_offered(self) -> None:
        """
        The language is found by its tag, and by a more special one.
        """
        assert tjun.languages()["ky"] == KYRGYZ
        request = tjun.export(RECORD, "markdown", language="ky-KG")
        assert request == tjun.export(RECORD, "markdown", language="ky")

    def test_is_complete(self) -> None:
        """
        No label is shown in English.
        """
        assert KYRGYZ.missing == ()


class TestCommands:
    def test_are_all_tried(self, tmp_path: Path) -> None:
        """
        These tests run every command that tjun has.
        """
        shown = re.findall(
            r"^│ ([a-z]+) ", run("--help", folder=tmp_path), re.MULTILINE
        )
        assert sorted(shown) == sorted([*COMMANDS, *OTHERS])

    @pytest.mark.parametrize("command", COMMANDS)
    def test_work_in_kyrgyz(self, command: str, tmp_path: Path) -> None:
        """
        A command prints the record, with dates and labels in Kyrgyz.
        """
        words, expected = COMMANDS[command]
        printed = run(command, *words, "--language", "ky", folder=tmp_path)
        assert expected in printed

    def test_find_no_errors(self, tmp_path: Path) -> None:
        """
        `tjun check` has nothing to say about the record and the language.
        """
        data = files("tjun_kyrgyzstan")
        language = str(data / "ky.toml")
        assert run("check", "--strict", language, folder=tmp_path) == (
            f"No errors in {language}: the language кыргызча (ky).\n"
        )
        for words in ([str(data / "record.toml")], ["--record", "kyrgyzstan"]):
            printed = run("check", "--strict", *words, folder=tmp_path)
            assert len(printed.splitlines()) == 1
            assert "15 events, 1 mission, 3 memberships" in printed

    def test_start_a_record_in_kyrgyz(self, tmp_path: Path) -> None:
        """
        `tjun new record` accepts the language, and `tjun schema` knows its titles.
        """
        run("new", "record", "mine.toml", "--language", "ky", folder=tmp_path)
        made = tjun.load(tmp_path / "mine.toml")
        assert made.language == "ky"
        assert '"title"' in run("schema", folder=tmp_path)


def exported(name: str) -> bytes:
    return tjun.export(RECORD, name, language="ky", **OPTIONS.get(name, {}))


class TestExporters:
    @pytest.mark.parametrize("name", tjun.exporters())
    def test_work_in_kyrgyz(self, name: str) -> None:
        """
        Every exporter that is installed accepts the record and the language.
        """
        assert exported(name)

    def test_write_a_calendar(self) -> None:
        """
        The titles of the calendar are in Kyrgyz.
        """
        unfolded = exported("ics").replace(b"\r\n ", b"").decode()
        assert f"SUMMARY:35 жылдыгы: {JOINS} (1992)" in unfolded

    @pytest.mark.parametrize("name", ["markdown", "html"])
    def test_write_a_page(self, name: str) -> None:
        """
        A page has its dates, headings and texts in Kyrgyz.
        """
        page = exported(name).decode()
        for text in (JOINS, "1992-ж., 2-март", "Мүчөлүк", "Булактар"):
            assert text in page

    def test_write_a_site(self, tmp_path: Path) -> None:
        """
        A site has a page for each event.
        """
        tjun.write(RECORD, "site", tmp_path, language="ky", **OPTIONS["site"])
        pages = [path.read_text("utf-8") for path in tmp_path.rglob("*.html")]
        assert any("1996-ж., 18-январь" in page for page in pages)

    def test_write_a_record_that_can_be_read(self) -> None:
        """
        The JSON export is the same record.
        """
        assert tjun.loads(exported("json").decode(), "json") == RECORD
