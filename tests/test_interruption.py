"""
An interruption ends a command, whatever it is in the middle of.
"""

from __future__ import annotations

import pytest

import tjun
from tjun import cli
from tjun.cli import exporting
from tjun.records import converter as structuring


class TestInterruption:
    def test_is_not_taken_for_a_plugin_s_failure(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        Ctrl-C while the exporters are made ready ends the command.
        """

        def interrupted(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(exporting, "_command", interrupted)
        with pytest.raises(SystemExit) as left:
            cli.main(["export", "ics"])
        assert left.value.code == 130
        assert (
            capsys.readouterr().err
            == "tjun: interrupted; no file is left half written\n"
        )

    def test_is_not_taken_for_a_wrong_option(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Ctrl-C while the options are read is passed on.
        """

        def interrupted() -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(structuring, "strict_converter", interrupted)
        with pytest.raises(KeyboardInterrupt):
            tjun.export(tjun.Chronology(), "json")
