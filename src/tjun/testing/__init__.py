"""
The contract of an exporter, as tests for its author to subclass.

Install `tjun[testing]` and write a test file of five lines:

    from tjun.testing import ExporterContract
    from tjun_csv import CSV

    class TestContract(ExporterContract):
        exporter = CSV
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import pytest
import time_machine

from tjun.chronology.chronology import Chronology
from tjun.errors import ExportError, TjunError
from tjun.exchange.contract import Exporter
from tjun.exchange.options import check_options, descriptions_of, options_of
from tjun.locales.available import BUILTIN
from tjun.testing.rendered import Rendered, rendered
from tjun.testing.samples import CONTROL, HOSTILE, hostile, sample
from tjun.testing.subprocess_runner import run_in_subprocess

__all__ = ["ExporterContract", "hostile", "sample"]

_SETTINGS = (
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "2", "TZ": "Pacific/Pago_Pago", "LC_ALL": "C"},
)


class ExporterContract:
    """
    Tests that every exporter has to pass; subclass it and set `exporter`.

    Attributes:
        exporter: The exporter to test. Override the fixture `tjun_exporter` instead
            if the exporter has to be created for each test.

        required_options: Keywords without which the exporter raises an error, such
            as an address. All tests pass them.

        options_to_try: Options to test in addition to the defaults, each a dict of
            keywords. Use each option with a value that is not its default.

        temporary_files: Whether the exporter may write to the directory for temporary
            files, as some libraries do.
    """

    exporter: ClassVar[Exporter]
    required_options: ClassVar[Mapping[str, Any]] = {}
    options_to_try: ClassVar[Sequence[Mapping[str, Any]]] = ()
    temporary_files: ClassVar[bool] = False

    def parse(self, data: Any) -> object:
        """
        Raise an error unless *data* is valid; override it with a parser of the format.

        Args:
            data: The bytes of an export; a dict of bytes by path if there are several
                files.
        """
        return data

    @pytest.fixture
    def tjun_exporter(self) -> Exporter:
        """
        Return the exporter to test.
        """
        return type(self).exporter

    def _renderings(self, exporter: Exporter, record: Chronology) -> list[Rendered]:
        return [rendered(exporter, record, options=each) for each in self._tried()]

    def _accepted(
        self, exporter: Exporter, record: Chronology, language: str = "en"
    ) -> list[Rendered]:
        """
        Return the exports that the exporter does not reject.

        A format may be unable to express that there is nothing to write, as a calendar
        without entries is invalid. Any other exception fails the test.
        """
        found = []
        for options in self._tried():
            try:
                found.append(rendered(exporter, record, language, options))
            except ExportError as error:
                cause = error.__cause__
                if cause is not None and not isinstance(cause, TjunError):
                    raise
        return found

    def _tried(self) -> list[dict[str, Any]]:
        """
        Return the options of each export.
        """
        return [
            {**self.required_options, **each} for each in ({}, *self.options_to_try)
        ]

    def test_yields_something(self, tjun_exporter: Exporter) -> None:
        """
        It yields bytes, and at least one for a record that has events.
        """
        assert all(self._renderings(tjun_exporter, sample())), "it yielded nothing"

    def test_depends_on_the_record(self, tjun_exporter: Exporter) -> None:
        """
        Different records have different exports.
        """
        required = self.required_options
        found = rendered(tjun_exporter, sample(), options=required)
        other = rendered(tjun_exporter, hostile(), options=required)
        assert found != other, "two different records gave the same bytes"
        empty = self._accepted(tjun_exporter, Chronology())
        assert found not in empty, "a record without events gave the same bytes"

    def test_is_valid(self, tjun_exporter: Exporter) -> None:
        """
        `parse()` accepts every export.
        """
        for data in (
            *self._renderings(tjun_exporter, sample()),
            *self._accepted(tjun_exporter, Chronology()),
        ):
            self.parse(data)

    @pytest.mark.parametrize("language", BUILTIN)
    def test_gives_the_same_bytes_twice(
        self, tjun_exporter: Exporter, language: str
    ) -> None:
        """
        The same request gives the same bytes, in every language.
        """
        for options in self._tried():
            first = rendered(tjun_exporter, sample(), language, options)
            again = rendered(tjun_exporter, sample(), language, options)
            assert again == first, f"two exports differ; the options are {options}"

    def test_does_not_depend_on_the_environment(
        self, tjun_exporter: Exporter, tmp_path: Path
    ) -> None:
        """
        Hash seed, home directory, user, locale, time zone and directory change nothing.
        """
        tried = self._tried()
        found = []
        for number, settings in enumerate(_SETTINGS):
            home = tmp_path / f"home-{number}"
            home.mkdir()
            who = {"HOME": str(home), "USER": home.name, "LOGNAME": home.name}
            result = run_in_subprocess(tjun_exporter, tried, {**settings, **who}, home)
            found.append(result["digests"])
        for options, one, other in zip(tried, *found, strict=True):
            assert one == other, (
                "the bytes depend on the order of a set, or on the home directory, the"
                " user, the locale, the time zone or the working directory; the"
                f" options are {options}"
            )

    def test_does_not_read_the_clock(self, tjun_exporter: Exporter) -> None:
        """
        The export is the same on any day, because the request says which day it is.
        """
        found = []
        for year in (2001, 2044):
            moment = dt.datetime(year, 2, 3, 4, 5, tzinfo=dt.UTC)
            with time_machine.travel(moment, tick=False):
                found.append(self._renderings(tjun_exporter, sample()))
        assert found[0] == found[1], "the bytes depend on the clock; use request.today"

    def test_changes_nothing_else(
        self, tjun_exporter: Exporter, tmp_path: Path
    ) -> None:
        """
        It writes no file, starts no process and uses no network.
        """
        tried = self._tried()
        effects = run_in_subprocess(tjun_exporter, tried, {}, tmp_path)["effects"]
        found = dict.fromkeys(
            effect
            for effect, temporary in effects
            if not (temporary and self.temporary_files)
        )
        hint = "; if it needs them, set temporary_files = True"
        only_temporary = all(temporary for _, temporary in effects)
        assert not found, f"it did {list(found)}{hint if only_temporary else ''}"

    @pytest.mark.parametrize("language", BUILTIN)
    def test_accepts_an_empty_record(
        self, tjun_exporter: Exporter, language: str
    ) -> None:
        """
        A record without events is exported, or rejected with a `TjunError`.
        """
        self._accepted(tjun_exporter, Chronology(), language)

    @pytest.mark.parametrize("event_id", sample().events.ids)
    def test_accepts_every_kind_of_event(
        self, tjun_exporter: Exporter, event_id: str
    ) -> None:
        """
        An event of any kind, precision and status is exported on its own.

        If the format cannot express it, it is rejected with a `TjunError`.
        """
        record = sample()
        part = record.select([record.events[event_id]])
        for data in self._accepted(tjun_exporter, part):
            self.parse(data)

    @pytest.mark.parametrize("index", range(len(HOSTILE)))
    def test_accepts_hostile_text(self, tjun_exporter: Exporter, index: int) -> None:
        """
        Text in any script, long text and text that looks like code are valid content.
        """
        for data in self._renderings(tjun_exporter, hostile((HOSTILE[index],))):
            self.parse(data)

    def test_exports_or_rejects_control_characters(
        self, tjun_exporter: Exporter
    ) -> None:
        """
        A character that the format cannot contain is rejected with an `ExportError`.
        """
        try:
            rendered(tjun_exporter, hostile((CONTROL,)), options=self.required_options)
        except ExportError as error:
            cause = error.__cause__
            assert cause is None or isinstance(cause, TjunError), (
                f"it failed with {cause!r}; raise tjun.ExportError instead"
            )

    def test_has_documented_options(self, tjun_exporter: Exporter) -> None:
        """
        Each option has a default, and a sentence of help in the class's docstring.
        """
        check_options(tjun_exporter)
        described = descriptions_of(tjun_exporter.options)
        for keyword, field in options_of(tjun_exporter.options).items():
            assert described.get(keyword) or described.get(field.name), (
                f"the option {keyword!r} has no help; describe it under Attributes: in"
                " the docstring of its class"
            )
