import datetime as dt
import json
from typing import Any

from making import by

import tjun
from tjun import (
    Chronology,
    Citation,
    Event,
    ExportRequest,
    Source,
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


class TestForm:
    def test_starts_with_the_format_version(self) -> None:
        """
        The first key is the format version; the sections follow in order.
        """
        made = json.loads(text_of(Chronology(events=[event()], title="Record")))
        assert list(made) == ["format", "record", *SECTIONS]
        assert made["format"] == 2
        assert made["record"] == {"id": "record", "title": "Record"}

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
