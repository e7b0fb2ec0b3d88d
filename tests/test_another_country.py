"""
A record about another country, alone, works as the bundled one does.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import icalendar
import pytest

import tjun

RURITANIA = Path(__file__).parent / "golden" / "record.toml"
TODAY = dt.date(2027, 3, 1)


@pytest.fixture(scope="module")
def record() -> tjun.Chronology:
    return tjun.load(RURITANIA)


class TestAnotherCountry:
    def test_has_nothing_of_the_bundled_record(self, record: tjun.Chronology) -> None:
        """
        Loaded alone it shares no event with the bundled record.
        """
        assert not set(record.events.ids) & set(tjun.load().events.ids)
        assert record.events
        assert record.missions
        assert record.memberships

    def test_answers_every_query(self, record: tjun.Chronology) -> None:
        """
        Areas, missions, sources, days, spans, words and disputes are its own.
        """
        events = record.events
        for area in record.areas:
            assert events.where(area=area).ids == events.where(area=area.id).ids
        for mission in record.missions:
            found = events.where(mission=mission.id)
            assert found.ids == tuple(event.id for event in mission.events)
        for source in record.sources:
            assert set(events.where(source=source.id).ids) == {
                event.id
                for event in events
                if source in [citation.source for citation in event.citations]
            }
        joined = record.memberships[0].admission
        first = joined.date.earliest
        assert joined in events.on_day(first.month, first.day)
        assert joined in events.where(since=first, until=first)
        assert joined in events.where(text=str(joined.title).upper())
        assert set(events.where(disputed=True)) == {e for e in events if e.disputed}
        assert record.memberships[0].years(TODAY) == 34
        assert record.upcoming(TODAY, 400)
        for kind in tjun.PublisherKind:
            account = record.according_to(kind)
            assert set(account.events.ids) <= set(events.ids)

    @pytest.mark.parametrize("language", ["en", "ru", "tg"])
    def test_goes_through_every_exporter(
        self, record: tjun.Chronology, language: str
    ) -> None:
        """
        Its calendar, its record file and its page have its events, in each language.
        """
        made = tjun.export(
            record,
            "ics",
            language=language,
            first_year=2027,
            last_year=2038,
            show="all",
        )
        entries = icalendar.Calendar.from_ical(made).walk("VEVENT")
        ids = {str(entry["UID"]).rpartition("-")[0] for entry in entries}
        assert ids <= set(record.events.ids)
        due = record.anniversaries(since=2027, until=2038, show="all")
        assert len(entries) == len(due)
        written = tjun.export(record, "json").decode()
        assert tjun.loads(written, "json") == record
        assert [row["id"] for row in json.loads(written)["events"]] == [
            *record.events.ids
        ]
        page = tjun.export(record, "markdown", language=language).decode()
        assert page.count("\n### ") == len(record.events)
