"""
The schema and the loader agree on the structure of record files.
"""

from __future__ import annotations

import json
import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from jsonschema import Draft202012Validator
from nasty import NASTY, everywhere
from strategies import chronologies
from test_converter import EVERYTHING
from test_dates import EDTF
from test_translations import RUSSIAN

import tjun
from tjun.model.links import SECTIONS, singular

SCHEMA = tjun.schema()
VALIDATOR = Draft202012Validator(SCHEMA)
nasty = pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
KINDS: dict[str, type] = {
    **{singular(kind): kind for kind in SECTIONS.values()},
    "citation": tjun.Citation,
    "correction": tjun.Correction,
    "post": tjun.Post,
}


def read_toml(file: Path) -> Any:
    """
    Return what a file contains, with moments as JSON has them.
    """
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    return json.loads(json.dumps(content, default=str))


def part(**more: Any) -> dict[str, Any]:
    return {"format": 2, **more}


class TestSchema:
    def test_is_a_schema(self) -> None:
        """
        The schema is valid JSON Schema 2020-12.
        """
        Draft202012Validator.check_schema(SCHEMA)

    @pytest.mark.parametrize("name", KINDS)
    def test_has_the_fields_of_the_model(self, name: str) -> None:
        """
        Each entry has the fields of its class and requires those without a default.
        """
        entry, fields = SCHEMA["$defs"][name], attrs.fields(KINDS[name])
        assert list(entry["properties"]) == [field.alias for field in fields]
        required = [field.alias for field in fields if field.default is attrs.NOTHING]
        assert entry["required"] == required
        assert entry["additionalProperties"] is False

    @pytest.mark.parametrize(
        ("name", "field", "kind"),
        [
            ("event", "status", tjun.EventStatus),
            ("publisher", "kind", tjun.PublisherKind),
        ],
    )
    def test_lists_the_values_of_the_model(
        self, name: str, field: str, kind: type[tjun.EventStatus]
    ) -> None:
        """
        An enumeration has the members of the model, in the same order.
        """
        listed = SCHEMA["$defs"][name]["properties"][field]["enum"]
        assert listed == [member.value for member in kind]

    def test_describes_every_field(self) -> None:
        """
        Every field of every table has a description.
        """
        for table in SCHEMA["$defs"].values():
            fields = table.get("properties", {}) if "description" in table else {}
            assert all("description" in each for each in fields.values())

    def test_accepts_the_files_of_the_bundled_record(self) -> None:
        """
        The files of the bundled record and its translations are valid.
        """
        data = Path(str(files("tjun") / "data" / "tajikistan"))
        found = sorted(data.rglob("*.toml"))
        assert len(found) > 5
        for file in found:
            VALIDATOR.validate(read_toml(file))

    def test_accepts_every_field(self) -> None:
        """
        A record with every field of every entry is valid, and so is a translation.
        """
        VALIDATOR.validate(EVERYTHING)
        VALIDATOR.validate(RUSSIAN)

    @given(chronologies())
    def test_accepts_every_record(self, record: tjun.Chronology) -> None:
        """
        The plain data of any record is valid.
        """
        VALIDATOR.validate(json.loads(json.dumps(record.to_dict())))

    @nasty
    def test_accepts_every_text(self, text: str) -> None:
        """
        Unusual characters in any text are valid.
        """
        VALIDATOR.validate(json.loads(json.dumps(everywhere(text).to_dict())))

    def test_accepts_a_record_about_another_country(self) -> None:
        """
        The sample record about another country is valid.
        """
        sample = Path(__file__).parent / "golden" / "record.toml"
        VALIDATOR.validate(read_toml(sample))

    @pytest.mark.parametrize(
        "content",
        [
            {},
            {"format": 1},
            part(revised="2026-11-30"),
            part(record={"title": "No id"}),
            part(record={"id": "x"}, extends="y"),
            part(record={"id": "x", "kinds": {"y": ""}}),
            part(translates="x"),
            part(translates="x", language="ru", events={"e": {"date": "1991"}}),
            part(publishers=[{"id": "No id", "name": "P"}]),
            part(publishers=[{"id": "p", "name": "P", "kind": "rumour"}]),
            part(publishers=[{"id": "p", "name": {}}]),
        ],
        ids=str,
    )
    def test_rejects_what_the_loader_rejects(self, content: dict[str, Any]) -> None:
        """
        A file that the loader rejects is not valid.
        """
        assert not VALIDATOR.is_valid(content)
        with pytest.raises(tjun.DataError):
            tjun.loads(content)

    @pytest.mark.parametrize("date", EDTF["read"])
    def test_accepts_every_date(self, date: str) -> None:
        """
        Every date that a record can contain is valid.
        """
        assert re.search(SCHEMA["$defs"]["date"]["pattern"], date)

    def test_is_what_the_command_prints(
        self, capsysbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        """
        `tjun schema` prints the schema.
        """
        from tjun.cli import main

        with pytest.raises(SystemExit) as left:
            main(["schema"])
        assert left.value.code == 0
        assert json.loads(capsysbinary.readouterr().out) == SCHEMA
