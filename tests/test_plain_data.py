from __future__ import annotations

import datetime as dt
import json

import attrs
import pytest
from hypothesis import given
from making import by
from strategies import chronologies

import tjun
from tjun import Chronology, Citation, Event, Events, Source, Text

SOURCE = Source(id="article", title="Page", publisher=by("<b>The Ministry</b>"))
BEGAN = Event(
    id="began",
    title=Text(en="It <began>", ru="Началось"),
    date="2000-05",
    citations=[Citation(source=SOURCE, date="2000-05", verified=False)],
)


class TestToDict:
    @given(chronologies())
    def test_of_a_record_is_what_the_json_exporter_writes(
        self, record: Chronology
    ) -> None:
        """
        The plain data of a record is its JSON export, which can be loaded again.
        """
        content = tjun.export(record, "json")
        assert isinstance(content, bytes)
        assert record.to_dict() == json.loads(content)
        assert list(record.to_dict()) == list(json.loads(content))
        assert tjun.loads(json.dumps(record.to_dict()), "json") == record

    def test_of_an_event_omits_defaults(self) -> None:
        """
        Attributes with their default are omitted, and texts have all languages.
        """
        assert BEGAN.to_dict() == {
            "id": "began",
            "title": {"en": "It <began>", "ru": "Началось"},
            "date": "2000-05",
            "citations": [{"source": "article", "date": "2000-05", "verified": False}],
        }

    @pytest.mark.parametrize("language", ["ru", tjun.languages()["ru"]])
    def test_has_texts_in_one_language(self, language: str) -> None:
        """
        With a language, texts are strings in that language.
        """
        assert BEGAN.to_dict(language)["title"] == "Началось"
        assert BEGAN.to_dict(language="ru-RU")["title"] == "Началось"


class TestToDicts:
    def test_is_a_table(self) -> None:
        """
        Each event is a row with the same keys.
        """
        later = attrs.evolve(BEGAN, id="later", date="2001", marks=BEGAN, kind="visit")
        first, second = Events([BEGAN, later]).to_dicts("ru")
        assert first == {
            "id": "began",
            "date": "2000-05",
            "earliest": dt.date(2000, 5, 1),
            "latest": dt.date(2000, 5, 31),
            "precision": "month",
            "qualifier": None,
            "title": "Началось",
            "short": None,
            "until": None,
            "kind": "milestone",
            "areas": [],
            "description": None,
            "place": None,
            "status": "held",
            "yearly": False,
            "rule": None,
            "weight": "normal",
            "solemn": False,
            "marks": None,
            "reason": None,
            "disputed": False,
            "sources": ["article"],
        }
        assert list(first) == list(second)
        assert (second["marks"], second["kind"], second["disputed"]) == (
            "began",
            "visit",
            True,
        )


class TestDisplay:
    def test_of_an_event_names_who_gives_each_date(self) -> None:
        """
        A notebook shows an event with its dates; texts are escaped.
        """
        other = [*BEGAN.citations, Citation(source=SOURCE, date="2001", until="2002")]
        event = attrs.evolve(BEGAN, citations=other, description="A & B")
        assert event._repr_html_() == (  # Notebooks call it.
            "<div><b>It &lt;began&gt;</b> <code>began</code><p>A &amp; B</p><ul>"
            "<li>2000-05 (used by the record): &lt;b&gt;The Ministry&lt;/b&gt;</li>"
            "<li>2001 – 2002: &lt;b&gt;The Ministry&lt;/b&gt;</li></ul></div>"
        )
        undated = attrs.evolve(BEGAN, citations=[Citation(source=SOURCE)])
        assert undated._repr_html_().endswith(
            "<li>2000-05 (used by the record)</li></ul></div>"
        )

    @pytest.mark.parametrize(
        ("count", "note"),
        [
            (2, "2 events; * sources differ on the date"),
            (60, "the first 50 of 60 events; * sources differ on the date"),
        ],
    )
    def test_of_events_is_a_table(self, count: int, note: str) -> None:
        """
        A notebook shows a list of events, and a record, as a table of at most 50 rows.
        """
        cited = [Citation(source=SOURCE, date="2001")]
        made = [attrs.evolve(BEGAN, id=f"e{n}", citations=cited) for n in range(count)]
        shown = Events(made)._repr_html_()
        row = "<tr><td>2000-05 *</td><td>It &lt;began&gt;</td><td><code>e0</code></td>"
        assert row in shown
        assert shown.count("<tr>") == min(count, 50) + 1
        assert shown.endswith(f"<p>{note}</p>")
        for title in ("A <record>", None):
            record = Chronology(events=made, title=title)
            begins = "A &lt;record&gt; &lt;Chrono" if title else "&lt;Chrono"
            assert record._repr_html_().startswith(f"<p>{begins}")
            assert record._repr_html_().endswith(shown)
