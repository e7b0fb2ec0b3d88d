import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import by
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
SECTIONS = [
    "areas",
    "publishers",
    "sources",
    "events",
    "missions",
    "memberships",
]

words = st.text(
    st.one_of(st.sampled_from('"\\/\n\u2028\x00aҷ😀'), st.characters(codec="utf-8")),
    min_size=1,
    max_size=20,
).filter(lambda text: not text.isspace())


def event(**given: Any) -> Event:
    source = Source(id="world", title="World", publisher=by("World News"))
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
    def test_the_bundled_record_reads_back_equal(self) -> None:
        """
        The export of the bundled record reads back equal.
        """
        record = tjun.load()
        again = tjun.loads(text_of(record), "json")
        assert again == record
        assert again.title == record.title
        assert again.retired == record.retired == ("un-office-dushanbe-opened",)

    @given(chronologies())
    def test_any_record_reads_back_equal(self, record: Chronology) -> None:
        """
        The export of any record reads back equal, and so does each of its parts.
        """
        again = tjun.loads(text_of(record), "json")
        assert again == record
        for part in (*SECTIONS, "title", "retired"):
            assert getattr(again, part) == getattr(record, part)

    @given(words)
    def test_any_text_reads_back_equal(self, text: str) -> None:
        """
        Any text reads back equal, including control characters.
        """
        record = Chronology(
            events=[event(title=Text(en=text, tg=text), description=text)], title=text
        )
        assert tjun.loads(text_of(record), "json") == record

    def test_a_second_export_has_the_same_bytes(self) -> None:
        """
        Exporting a record that was read back gives the same bytes again.
        """
        written = text_of(tjun.load())
        assert text_of(tjun.loads(written, "json")) == written


class TestForm:
    def test_starts_with_the_format_version(self) -> None:
        """
        The first key is the format version; the sections follow in order.
        """
        made = json.loads(text_of(Chronology(events=[event()], title="Record")))
        assert list(made) == ["format", "record", *SECTIONS]
        assert made["format"] == 2
        assert made["record"] == {"id": "record", "title": "Record"}

    def test_an_empty_record_has_all_sections(self) -> None:
        """
        An empty record has every section, all empty.
        """
        made = json.loads(text_of(Chronology(id="x")))
        assert made == {
            "format": 2,
            "record": {"id": "x"},
            **{name: [] for name in SECTIONS},
        }

    def test_each_entry_is_on_its_own_line(self) -> None:
        """
        Each entry is on a line of its own, and the file ends with a line break.
        """
        record = Chronology(events=[event(), event(id="later", date="2000")])
        lines = text_of(record).split("\n")
        assert [
            json.loads(line.rstrip(","))["id"] for line in lines[3:] if '"id"' in line
        ] == [
            "world-news",
            "world",
            "it-began",
            "later",
        ]
        assert lines[-2:] == ["}", ""]

    def test_omits_defaults(self) -> None:
        """
        Fields that have their default are omitted.
        """
        made = json.loads(text_of(Chronology(events=[event()])))
        assert made["events"] == [
            {
                "id": "it-began",
                "title": "It began",
                "date": "1992-03-02",
                "citations": [{"source": "world"}],
            }
        ]

    @pytest.mark.parametrize("date", ["2007", "2000-05", "1992-03-02", "0900"])
    def test_writes_a_date_as_precisely_as_it_is_known(self, date: str) -> None:
        """
        A date is written as precisely as it is known, never with an invented day.
        """
        made = json.loads(text_of(Chronology(events=[event(date=date)])))
        assert made["events"][0]["date"] == date

    def test_writes_an_alternative_instead_of_its_date(self) -> None:
        """
        A citation with an alternative has its id and no date, and reads back equal.
        """
        decided = event(id="decided", date="1990")
        source = Source(id="world", title="World", publisher=by("World News"))
        citation = Citation(source=source, alternative=decided, locator="page 5")
        record = Chronology(
            events=[event(citations=[citation], weight="major", solemn=True)]
        )
        row = json.loads(text_of(record))["events"][1]
        assert row["citations"] == [
            {"source": "world", "alternative": "decided", "locator": "page 5"}
        ]
        assert (row["weight"], row["solemn"]) == ("major", True)
        assert tjun.loads(text_of(record), "json") == record

    def test_refers_by_id(self) -> None:
        """
        Entries refer to each other by id.
        """
        area = CooperationArea(id="water", name="Water")
        first = event()
        day = event(id="day", areas=[area], marks=first)
        mission = Mission(id="m", name="M", acronym="M", opening=first)
        made = json.loads(text_of(Chronology(events=[day], missions=[mission])))
        assert made["events"][0]["areas"] == ["water"]
        assert made["events"][0]["marks"] == "it-began"
        assert made["missions"][0]["opening"] == "it-began"

    def test_writes_an_empty_list_on_one_line(self) -> None:
        """
        An empty list is written on one line.
        """
        assert text_of(Chronology()) == (
            '{\n  "format": 2,\n  "record": {"id": "record"},\n  "areas": [],\n'
            '  "publishers": [],\n  "sources": [],\n  "events": [],\n'
            '  "missions": [],\n  "memberships": []\n}\n'
        )


class TestRender:
    def test_yields_an_entry_at_a_time(self) -> None:
        """
        No chunk has more than one entry.
        """
        record = tjun.load()
        request = ExportRequest(chronology=record, options=JSON.options(), today=TODAY)
        chunks = list(JSON.render(request))
        entries = sum(len(getattr(record, name)) for name in SECTIONS)
        assert sum(b'{"id": ' in chunk for chunk in chunks) == entries + 1
        assert all(chunk.count(b'{"id": ') <= 1 for chunk in chunks)
