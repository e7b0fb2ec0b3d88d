"""
The contract that an exporter keeps, as tests for its author to subclass.

Install `tjun[testing]`, and write a test file of five lines:

    from tjun.testing import ExporterContract
    from tjun_csv import CSV

    class TestContract(ExporterContract):
        exporter = CSV
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import attrs
import docstring_parser
import pytest
import time_machine

from tjun.chronology.chronology import Chronology
from tjun.errors import TjunError
from tjun.exporting.contract import Exporter
from tjun.locales.available import BUILTIN
from tjun.testing.apart import rendered, run_apart
from tjun.testing.samples import CONTROL, HOSTILE, hostile, sample

__all__ = ["ExporterContract", "hostile", "sample"]


class ExporterContract:
    """
    What every exporter promises; subclass it and name yours.

    Attributes:
        exporter: The exporter under test. Override the fixture `tjun_exporter`
            instead where it has to be made.
    """

    exporter: ClassVar[Exporter]

    @pytest.fixture
    def tjun_exporter(self) -> Exporter:
        """
        Return the exporter under test.
        """
        return type(self).exporter

    def test_gives_octets(self, tjun_exporter: Exporter) -> None:
        """
        It yields bytes, and something for a record that has something.
        """
        assert rendered(tjun_exporter, sample()), "it gave nothing at all"

    @pytest.mark.parametrize("language", BUILTIN)
    def test_gives_the_same_octets_twice(
        self, tjun_exporter: Exporter, language: str
    ) -> None:
        """
        The same record gives the same octets, in every language.
        """
        first = rendered(tjun_exporter, sample(), language)
        again = rendered(tjun_exporter, sample(), language)
        assert again == first, "two runs gave different octets"

    def test_does_not_depend_on_the_hash_seed(self, tjun_exporter: Exporter) -> None:
        """
        Two processes with different hash seeds give the same octets.
        """
        found = {run_apart(tjun_exporter, seed)["digest"] for seed in ("1", "2")}
        assert len(found) == 1, "the octets depend on the order of a set or a hash"

    def test_does_not_ask_the_clock(self, tjun_exporter: Exporter) -> None:
        """
        The octets are the same on any day: today is given.
        """
        found = set()
        for year in (2001, 2044):
            moment = dt.datetime(year, 2, 3, tzinfo=dt.UTC)
            with time_machine.travel(moment, tick=False):
                found.add(rendered(tjun_exporter, sample()))
        assert len(found) == 1, "the octets depend on the clock; use request.today"

    def test_writes_nowhere_else(self, tjun_exporter: Exporter) -> None:
        """
        It opens no file to write, starts no process, and calls nobody.
        """
        done = run_apart(tjun_exporter, "0")["done"]
        assert not done, f"while rendering it did {done}"

    @pytest.mark.parametrize("language", BUILTIN)
    def test_takes_an_empty_record(
        self, tjun_exporter: Exporter, language: str
    ) -> None:
        """
        A record without events is no reason to fail.
        """
        rendered(tjun_exporter, Chronology(), language)

    @pytest.mark.parametrize("event_id", sample().events.ids)
    def test_takes_every_kind_of_event(
        self, tjun_exporter: Exporter, event_id: str
    ) -> None:
        """
        Any kind, precision and state of an event can be exported by itself.
        """
        record = sample()
        rendered(tjun_exporter, record.select([record.events[event_id]]))

    @pytest.mark.parametrize("index", range(len(HOSTILE)))
    def test_takes_hostile_texts(self, tjun_exporter: Exporter, index: int) -> None:
        """
        Texts in any script, long ones, and ones that look like commands are texts.
        """
        rendered(tjun_exporter, hostile((HOSTILE[index],)))

    def test_carries_or_refuses_control_characters(
        self, tjun_exporter: Exporter
    ) -> None:
        """
        What the format cannot carry is refused with an error of tjun's.
        """
        try:
            rendered(tjun_exporter, hostile((CONTROL,)))
        except TjunError as error:
            refused = str(error)
            assert refused, "the error says nothing"

    def test_has_documented_options(self, tjun_exporter: Exporter) -> None:
        """
        Each option has a default, and a sentence of help in the class's docstring.
        """
        tjun_exporter.options()
        parsed = docstring_parser.parse_from_object(tjun_exporter.options)
        told = {each.arg_name for each in parsed.params if each.description}
        for field in attrs.fields(tjun_exporter.options):
            assert not field.init or field.name in told, (
                f"the option {field.name!r} has no help; say what it is for under"
                " Attributes: in the docstring of its class"
            )
