"""
The schema and the loader agree on the structure of record files.
"""

from __future__ import annotations

import json
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

import tjun
from tjun.model.links import SECTIONS

SCHEMA: dict[str, Any] = json.loads(
    (files("tjun") / "data" / "record.schema.json").read_text(encoding="utf-8")
)
VALIDATOR = Draft202012Validator(SCHEMA)
nasty = pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
KINDS: dict[str, type] = {
    **{section.removesuffix("s"): kind for section, kind in SECTIONS.items()},
    "citation": tjun.Citation,
    "post": tjun.Post,
}


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
            ("event", "kind", tjun.EventKind),
            ("event", "status", tjun.EventStatus),
            ("source", "kind", tjun.SourceKind),
        ],
    )
    def test_lists_the_values_of_the_model(
        self, name: str, field: str, kind: type[tjun.EventKind]
    ) -> None:
        """
        An enumeration has the members of the model, in the same order.
        """
        listed = SCHEMA["$defs"][name]["properties"][field]["enum"]
        assert listed == [member.value for member in kind]

    @pytest.mark.parametrize("section", SECTIONS)
    def test_accepts_the_bundled_files(self, section: str) -> None:
        """
        The bundled files are valid.
        """
        text = (files("tjun") / "data" / f"{section}.toml").read_text(encoding="utf-8")
        VALIDATOR.validate(tomllib.loads(text))

    def test_accepts_the_export_of_the_bundled_record(self) -> None:
        """
        The JSON export of the bundled record is valid.
        """
        VALIDATOR.validate(json.loads(tjun.export(tjun.load(), "json")))

    @given(chronologies())
    def test_accepts_every_export(self, record: tjun.Chronology) -> None:
        """
        The JSON export of any record is valid.
        """
        VALIDATOR.validate(json.loads(tjun.export(record, "json")))

    @nasty
    def test_accepts_every_text(self, text: str) -> None:
        """
        Unusual characters in any text are valid.
        """
        VALIDATOR.validate(json.loads(tjun.export(everywhere(text), "json")))

    def test_accepts_a_record_about_another_country(self) -> None:
        """
        The sample record about another country is valid.
        """
        sample = Path(__file__).parent / "golden" / "record.toml"
        VALIDATOR.validate(tomllib.loads(sample.read_text(encoding="utf-8")))

    @pytest.mark.parametrize(
        "citation",
        [
            {"source": "s", "until": "1991"},
            {"source": "s", "alternative": "x", "date": "1991"},
            {"source": "s", "alternative": "x", "date": "1991", "until": "1991"},
            {"source": "s", "alternative": "No id"},
            {"source": "s", "locator": " "},
        ],
        ids=str,
    )
    def test_rejects_what_the_loader_rejects(self, citation: dict[str, str]) -> None:
        """
        A citation that the model rejects is not valid.
        """
        entry = {"id": "e", "title": "E", "date": "1991", "citations": [citation]}
        assert not VALIDATOR.is_valid({"events": [entry]})
        assert VALIDATOR.is_valid(
            {"events": [entry | {"citations": [{"source": "s"}]}]}
        )

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
