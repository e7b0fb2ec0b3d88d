"""
Translations of a record, from files and in Python.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from test_converter import EVERYTHING

import tjun

RUSSIAN: dict[str, Any] = {
    "format": 2,
    "translates": "made",
    "language": "ru",
    "status": "draft",
    "revised": "2026-12-01T09:00:00Z",
    "record": {"subject": "Руритания", "kinds": {"funding": "Финансирование"}},
    "publishers": {"press": {"name": "Издательство"}},
    "areas": {"peace": {"says": {"page": "Так было."}}},
    "events": {
        "day": {
            "title": "День",
            "says": {"page": "Так было."},
            "corrections": {"1": {"note": "Исправлено."}},
        }
    },
    "missions": {
        "second": {"seat": "Стрелсау", "heads": {"1": {"title": "Глава"}}},
    },
}


def record() -> tjun.Chronology:
    says = {"source": "page", "says": "So it was."}
    area = {**EVERYTHING["areas"][0], "citations": [says]}
    return tjun.loads({**EVERYTHING, "areas": [area]})


def faults_in(**more: Any) -> list[str]:
    with pytest.raises(tjun.DataError) as caught:
        record().translated({**RUSSIAN, **more})
    return [str(fault) for fault in caught.value.faults]


class TestTranslated:
    def test_adds_the_strings_of_every_field(self) -> None:
        """
        A translation adds strings to the header, to entries and to their parts.
        """
        made = record().translated(RUSSIAN)
        day = made.events["day"]
        mission = made.missions["second"]
        texts = [
            made.subject,
            made.kinds["funding"],
            made.publishers["press"].name,
            made.areas["peace"].citations[0].says,
            day.title,
            day.citations[0].says,
            day.corrections[0].note,
            mission.seat,
            mission.heads[0].title,
        ]
        assert [text and text.in_("ru") for text in texts] == [
            "Руритания",
            "Финансирование",
            "Издательство",
            "Так было.",
            "День",
            "Так было.",
            "Исправлено.",
            "Стрелсау",
            "Глава",
        ]
        assert day.title.translations == {"en": "A day", "ru": "День", "tg": "Рӯз"}
        assert str(day.title) == "A day"

    def test_has_a_status_and_a_revision(self) -> None:
        """
        The record knows the status of its translations, and the last revision of all.
        """
        (made,) = record().translated(RUSSIAN).translations
        assert (made.language, made.status) == ("ru", "draft")
        stamp = record().translated(RUSSIAN).stamp
        assert stamp == made.revised == dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC)

    def test_names_a_second_citation_of_a_source_by_its_number(self) -> None:
        """
        A second citation of a source has its number after the id of the source.
        """
        says = [{"source": "page", "says": words} for words in ("One", "Two")]
        event = {**EVERYTHING["events"][0], "citations": says}
        base = tjun.loads({**EVERYTHING, "events": [event, EVERYTHING["events"][1]]})
        table = {"begun": {"says": {"page.2": "Два"}}}
        made = base.translated({**RUSSIAN, "events": table, "areas": {}})
        texts = [each.says for each in made.events["begun"].citations]
        assert [text and text.in_("ru") for text in texts] == ["One", "Два"]

    def test_leaves_the_record_as_it_was(self) -> None:
        """
        The translated record is a new one.
        """
        base = record()
        base.translated(RUSSIAN)
        assert base == record()

    def test_may_be_a_file(self, tmp_path: Path) -> None:
        """
        A translation is a file or its content.
        """
        path = tmp_path / "uz.toml"
        path.write_text(
            'format = 2\ntranslates = "made"\nlanguage = "uz"\n'
            '[events.day]\ntitle = "Kun"\n',
            encoding="utf-8",
        )
        made = record().translated(path)
        assert made.events["day"].title.in_("uz") == "Kun"
        assert made == record().translated(str(path))


class TestErrors:
    def test_are_all_reported_with_their_place(self) -> None:
        """
        Everything that is wrong is reported at once.
        """
        assert faults_in(
            record={"titel": "З", "subject": 7},
            publishers=[],
            areas={"peace": {"says": "Так"}},
            events={
                "day": {"plce": "1992", "says": {"book": "Так"}},
                "begun": {"short": "Нет"},
                "dya": {},
            },
            missions={"second": {"heads": {"2": {}, "1": {"says": {"x": "А"}}}}},
        ) == [
            "record.titel: this key is unknown; did you mean 'title'?",
            "record.subject: expected a string, got 7, a whole number",
            "areas.peace.says: expected a table of keys, got 'Так', a string",
            "publishers: expected a table of ids",
            "events.day.plce: this key is unknown; did you mean 'place'?",
            "events.day.says.book: this key is unknown; known are page, page.2",
            "events.begun.short: the record has no such text to translate; remove it",
            "events.dya: there is no event 'dya'; did you mean 'day'?",
            "missions.second.heads.2: this key is unknown; known are 1",
            "missions.second.heads.1.says.x: this key is unknown; known are page",
        ]

    def test_include_those_of_the_record(self, tmp_path: Path) -> None:
        """
        A broken citation is an error of the record, and not of its translations.
        """
        (tmp_path / "translations").mkdir()
        (tmp_path / "record.toml").write_text(
            'format = 2\n[record]\nid = "made"\n'
            '[[areas]]\nid = "peace"\nname = "Peace"\n'
            'citations = [{ says = "So" }, 5, { source = "book", says = "So" }]\n'
            '[[publishers]]\nid = "press"\nname = "Press"\n'
            '[[sources]]\nid = "book"\ntitle = "A book"\npublisher = "press"\n'
        )
        (tmp_path / "translations" / "ru.toml").write_text(
            'format = 2\ntranslates = "made"\nlanguage = "ru"\n'
            '[areas.peace.says]\nbook = "Tak"\n'
        )
        with pytest.raises(tjun.DataError) as caught:
            tjun.load(tmp_path)
        assert [fault.path for fault in caught.value.faults] == [
            "areas[0].citations[0].source",
            "areas[0].citations[1]",
        ]

    @pytest.mark.parametrize(
        ("key", "value", "message"),
        [
            ("language", "en", "the record is in 'en'; change it instead"),
            ("language", "english", "expected a BCP 47 language tag"),
            ("status", "final", "expected one of draft, reviewed, got 'final'"),
            (
                "translates",
                "other",
                "expected 'made', the id of the record, got 'other'",
            ),
            ("events", {"day": []}, "expected a table of keys, got a list"),
            ("missions", {"second": {"heads": 1}}, "expected a table of keys, got 1"),
            ("record", {"kinds": []}, "expected a table of keys, got a list"),
            ("extends", "made", "this key is unknown"),
        ],
    )
    def test_say_what_is_wrong(self, key: str, value: object, message: str) -> None:
        """
        Each error says what was expected.
        """
        (fault,) = faults_in(**{key: value})
        assert message in fault
