"""
An interruption ends a command, whatever it is doing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import tjun
from tjun.cli import exporting
from tjun.exchange import values


class TestInterruption:
    def test_is_not_the_failure_of_a_plugin(
        self, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Any]
    ) -> None:
        """
        Ctrl-C while the exporters are prepared ends the command.
        """

        def interrupt(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(exporting, "_command", interrupt)
        done = run("export", "ics")
        message = "tjun: interrupted; no file is left incomplete\n"
        assert done == (130, "", message)

    def test_is_not_an_invalid_option(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Ctrl-C while options are read is passed on.
        """

        def interrupt(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(values, "shortened", interrupt)
        with pytest.raises(KeyboardInterrupt):
            tjun.export(tjun.Chronology(), "ics", every="x" * 10)
