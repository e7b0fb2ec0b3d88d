"""
The schema says of a record's shape what the loader says.
"""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from typing import Any

import attrs
import pytest
from hypothesis import given
from jsonschema import Draft202012Validator
from strategies import chronologies

import tjun
from tjun.records.converter import SECTIONS

SCHEMA: dict[str, Any] = json.loads(
    (files("tjun") / "data" / "record.schema.json").read_text(encoding="utf-8")
)
VALIDATOR = Draft202012Validator(SCHEMA)
KINDS: dict[str, type] = {
    **{section.removesuffix("s"): kind for section, kind in SECTIONS.items()},
    "citation": tjun.Citation,
    "post": tjun.Post,
}


class TestSchema:
    def test_is_a_schema(self) -> None:
        """
        It is valid by the rules of JSON Schema 2020-12.
        """
        Draft202012Validator.check_schema(SCHEMA)

    @pytest.mark.parametrize("name", KINDS)
    def test_has_the_fields_of_the_model(self, name: str) -> None:
        """
        Each entry has the fields of its class, and needs those without a default.
        """
        entry, fields = SCHEMA["$defs"][name], attrs.fields(KINDS[name])
        assert list(entry["properties"]) == [field.name for field in fields]
        needed = [field.name for field in fields if field.default is attrs.NOTHING]
        assert entry["required"] == needed
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
        An enumeration has the members that the model has, in their order.
        """
        listed = SCHEMA["$defs"][name]["properties"][field]["enum"]
        assert listed == [member.value for member in kind]

    @pytest.mark.parametrize("section", SECTIONS)
    def test_accepts_the_bundled_files(self, section: str) -> None:
        """
        The bundled files are valid as they stand.
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
        Whatever can be made can be exported, and is valid then.
        """
        VALIDATOR.validate(json.loads(tjun.export(record, "json")))

    def test_is_what_the_command_prints(
        self, capsysbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        """
        `tjun schema` prints the very file.
        """
        from tjun.cli import main

        with pytest.raises(SystemExit) as left:
            main(["schema"])
        assert left.value.code == 0
        assert json.loads(capsysbinary.readouterr().out) == SCHEMA
