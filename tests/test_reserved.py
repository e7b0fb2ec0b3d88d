"""
The names that an exporter's options cannot have.
"""

from __future__ import annotations

import attrs
import pytest

from tjun import Exporter, export
from tjun.cli.exporting import export_app
from tjun.exporting.contract import RESERVED


class TestReserved:
    def test_are_the_flags_and_keywords_of_every_export(self) -> None:
        """
        They are the flags of a built-in exporter without options, and `today`.
        """
        app = export_app(["json"])["json"]
        flags = {
            name.removeprefix("--").replace("-", "_")
            for argument in app.assemble_argument_collection()
            for name in argument.names
            if name.startswith("--")
        }
        assert flags | {"today"} == RESERVED
        assert export.__kwdefaults__.keys() <= RESERVED

    @pytest.mark.parametrize("name", sorted(RESERVED))
    def test_are_refused_as_options(self, name: str) -> None:
        """
        An exporter with such an option cannot be made.
        """
        options = attrs.make_class("Options", {name: attrs.field(default=None)})
        told = f"the option '{name}' is one that every export has; rename it"
        with pytest.raises(ValueError, match=told):
            Exporter(
                name="x",
                summary="x",
                media_type="text/plain",
                suffix=".x",
                options=options,
                render=print,
            )
