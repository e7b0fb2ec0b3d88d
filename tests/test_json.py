import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import chronologies

import tjun
from tjun import (
    Chronology,
    Citation,
    CooperationArea,
    Event,
    ExportRequest,
    Mission,
    Source,
    Text,
)
from tjun.formats.json import JSON

TODAY = dt.date(2026, 11, 23)
SECTIONS = ["areas", "sources", "events", "missions", "memberships"]

words = st.text(
    st.one_of(st.sampled_from('"\\/\n\u2028\x00aҷ😀'), st.characters(codec="utf-8")),
    min_size=1,
    max_size=20,
).filter(lambda text: not text.isspace())


def event(**given: Any) -> Event:
    source = Source(id="world", title="World", publisher="World News")
    usual = {
        "id": "it-began",
        "title": "It began",
        "date": "1992-03-02",
        "citations": [Citation(source=source)],
    }
    return Event(**{**usual, **given})


def text_of(record: Chronology, **given: Any) -> str:
    return tjun.export(record, "json", today=TODAY, **given).decode()


class TestRoundTrip:
    def test_of_the_bundled_record_loses_nothing(self) -> None:
        """
        What is written of the bundled record is read back equal.
        """
        record = tjun.load()
        again = tjun.loads(text_of(record), "json")
        assert again == record
        assert again.title == record.title
        assert again.retired == record.retired == ("un-office-dushanbe-opened",)

    @given(chronologies())
    def test_of_any_record_loses_nothing(self, record: Chronology) -> None:
        """
        What is written of any record is read back equal, each of its parts too.
        """
        again = tjun.loads(text_of(record), "json")
        assert again == record
        for part in (*SECTIONS, "title", "retired"):
            assert getattr(again, part) == getattr(record, part)

    @given(words)
    def test_of_any_words_loses_nothing(self, text: str) -> None:
        """
        Any words, control characters too, are read back as they were.
        """
        record = Chronology(
            events=[event(title=Text(en=text, tg=text), description=text)], title=text
        )
        assert tjun.loads(text_of(record), "json") == record

    def test_of_a_file_loses_nothing(self, tmp_path: Path) -> None:
        """
        The file that is written is one that `load()` reads.
        """
        path = tmp_path / "record.json"
        record = Chronology(events=[event(title=Text(en="It", tg="Он"))])
        tjun.write(record, "json", path)
        assert tjun.load(path) == record

    def test_twice_gives_the_same_octets(self) -> None:
        """
        Writing what was read back gives the octets that were read.
        """
        written = text_of(tjun.load())
        assert text_of(tjun.loads(written, "json")) == written


class TestForm:
    def test_begins_with_the_version_of_the_format(self) -> None:
        """
        The first key is the version of the format, and the sections follow in order.
        """
        made = json.loads(text_of(Chronology(events=[event()], title="Record")))
        assert list(made) == ["format", "title", *SECTIONS, "retired"]
        assert made["format"] == 1

    def test_of_an_empty_record_is_whole(self) -> None:
        """
        An empty record has every section, each empty, and no title.
        """
        made = json.loads(text_of(Chronology()))
        assert made == {"format": 1, **{name: [] for name in SECTIONS}, "retired": []}

    def test_has_an_entry_on_each_line(self) -> None:
        """
        Each entry stands on a line of its own, and the text ends with a line break.
        """
        record = Chronology(events=[event(), event(id="later", date="2000")])
        lines = text_of(record).split("\n")
        assert [
            json.loads(line.rstrip(","))["id"] for line in lines if '"id"' in line
        ] == [
            "world",
            "it-began",
            "later",
        ]
        assert lines[-2:] == ["}", ""]

    def test_writes_letters_as_they_are(self) -> None:
        """
        Letters outside ASCII stand as themselves, in UTF-8 without a mark before it.
        """
        text = text_of(Chronology(events=[event(title="Ҷаҳон 😀")]))
        assert "Ҷаҳон 😀" in text
        assert text.startswith("{\n")

    def test_leaves_out_what_has_its_default(self) -> None:
        """
        An entry has only the keys that say something.
        """
        made = json.loads(text_of(Chronology(events=[event()])))
        assert made["events"] == [
            {
                "id": "it-began",
                "title": {"en": "It began"},
                "date": "1992-03-02",
                "citations": [{"source": "world"}],
            }
        ]

    @pytest.mark.parametrize("date", ["2007", "2000-05", "1992-03-02", "0900"])
    def test_writes_a_date_as_precise_as_it_is_known(self, date: str) -> None:
        """
        A date is written as precise as it is known, and never with a false day.
        """
        made = json.loads(text_of(Chronology(events=[event(date=date)])))
        assert made["events"][0]["date"] == date

    def test_refers_by_id(self) -> None:
        """
        An entry refers to another by its id, so nothing is written twice.
        """
        area = CooperationArea(id="water", name="Water")
        first = event()
        day = event(id="day", areas=[area], marks=first)
        mission = Mission(id="m", name="M", acronym="M", opening=first)
        made = json.loads(text_of(Chronology(events=[day], missions=[mission])))
        assert made["events"][0]["areas"] == ["water"]
        assert made["events"][0]["marks"] == "it-began"
        assert made["missions"][0]["opening"] == "it-began"

    @pytest.mark.parametrize("language", ["ru", "tg"])
    def test_has_every_language_whichever_is_asked_for(self, language: str) -> None:
        """
        All languages are written, so the one asked for changes nothing.
        """
        record = tjun.load()
        assert text_of(record, language=language) == text_of(record)

    def test_of_an_empty_record_has_its_lists_on_a_line_each(self) -> None:
        """
        A list without entries is opened and closed on one line.
        """
        assert text_of(Chronology()) == (
            '{\n  "format": 1,\n  "areas": [],\n  "sources": [],\n  "events": [],\n'
            '  "missions": [],\n  "memberships": [],\n  "retired": []\n}\n'
        )


class TestRender:
    def test_yields_an_entry_at_a_time(self) -> None:
        """
        No piece has more than one entry.
        """
        record = tjun.load()
        request = ExportRequest(chronology=record, options=JSON.options(), today=TODAY)
        pieces = list(JSON.render(request))
        entries = sum(len(getattr(record, name)) for name in SECTIONS)
        assert sum(b'{"id": ' in piece for piece in pieces) == entries
        assert all(piece.count(b'{"id": ') <= 1 for piece in pieces)
