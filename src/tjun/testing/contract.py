"""
The tests that every exporter has to pass.
"""

from __future__ import annotations

import copy
import datetime as dt
import io
import sys
import time
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, ClassVar

import attrs
import pytest
import time_machine

from tjun import Chronology, Exporter, ExportError, TjunError, export
from tjun.exchange.options import bind, check_options, descriptions_of, options_of
from tjun.testing.differences import difference
from tjun.testing.processes import exported_elsewhere
from tjun.testing.samples import CONTROL, HOSTILE, dated, hostile, sample

__all__ = ["ExporterContract"]

_TODAY = dt.date(2027, 3, 2)
_LANGUAGES = ("en", "ru", "tg")
_SECONDS = 0.3  # For which threads export.
_PARTIAL = {"2000-05": "2000-05-01", "2007": "2007-01-01"}
_SPECIAL = {
    "no events": Chronology(),
    "control characters": hostile((CONTROL,)),
    **{each.id: sample().select([each]) for each in sample().events},
}
_SETTINGS = tuple(
    {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "LANG": locale}
    for seed, zone, locale in (
        ("1", "Pacific/Kiritimati", "C.UTF-8"),
        ("2", "Pacific/Pago_Pago", "C"),
    )
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
            keywords. Each keyword has to change the export of `sample()`.

        ignores: What does not change the export: `dates` if it has no dates of events,
            `language` if it is the same in each language, and the ids of events of
            `sample()` and the names of options that have no effect on it.
    """

    exporter: ClassVar[Exporter]
    required_options: ClassVar[Mapping[str, Any]] = {}
    options_to_try: ClassVar[Sequence[Mapping[str, Any]]] = ()
    ignores: ClassVar[Collection[str]] = ()

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

    def _tried(self) -> Iterator[dict[str, Any]]:
        """
        Yield the options of each export.
        """
        for each in ({}, *self.options_to_try):
            yield {**self.required_options, **each}

    def _export(
        self, exporter: Exporter, record: Chronology, tag: str = "en", **options: Any
    ) -> bytes:
        given = {**self.required_options, **options}
        return export(record, exporter, language=tag, today=_TODAY, **given)

    def _accepted(
        self, exporter: Exporter, record: Chronology, tag: str = "en", **options: Any
    ) -> bytes | None:
        """
        Return an export that is valid; `None` if the exporter rejects the record.

        A format may be unable to express that there is nothing to write, as a calendar
        without entries is invalid. Any other exception fails the test.
        """
        try:
            data = self._export(exporter, record, tag, **options)
        except ExportError as error:
            cause = error.__cause__
            if cause is not None and not isinstance(cause, TjunError):
                message = f"it failed with {cause!r}; raise tjun.ExportError instead"
                raise AssertionError(message) from error
            return None
        self._check(exporter, data)
        return data

    def _check(self, exporter: Exporter, data: bytes) -> None:
        if exporter.render is not None:
            self.parse(data)
            return
        with zipfile.ZipFile(io.BytesIO(data)) as files:
            self.parse({name: files.read(name) for name in files.namelist()})

    def test_is_valid(self, tjun_exporter: Exporter) -> None:
        """
        Each export has at least one byte, and `parse()` accepts it.
        """
        for options in self._tried():
            data = self._export(tjun_exporter, sample(), **options)
            assert data, "it yielded nothing"
            self._check(tjun_exporter, data)

    @pytest.mark.parametrize("name", _SPECIAL)
    def test_exports_or_rejects(self, tjun_exporter: Exporter, name: str) -> None:
        """
        A record without events, an event of any kind and control characters are valid.

        If the format cannot express them, they are rejected with a `TjunError`.
        """
        self._accepted(tjun_exporter, _SPECIAL[name])

    def test_accepts_hostile_text(self, tjun_exporter: Exporter) -> None:
        """
        Text in any script, long text and text that looks like code are valid content.
        """
        for options in self._tried():
            try:
                data = self._export(tjun_exporter, hostile(), **options)
                self._check(tjun_exporter, data)
            except Exception:
                for each in HOSTILE:  # The first one that fails makes a short example.
                    data = self._export(tjun_exporter, hostile((each,)), **options)
                    self._check(tjun_exporter, data)
                raise

    def test_shows_each_event(self, tjun_exporter: Exporter) -> None:
        """
        The export changes if any of the events is left out of the record.
        """
        record = sample()
        data = self._export(tjun_exporter, record)
        for left_out in record.events:
            part = record.select([each for each in record.events if each != left_out])
            if left_out in part.referred or left_out.id in self.ignores:
                continue  # Others refer to it, or the format cannot express it.
            assert data != self._export(tjun_exporter, part), (
                f"the event {left_out.id!r} of sample() changes nothing; if the format"
                " cannot express it, add its id to ignores"
            )

    @pytest.mark.parametrize("partial", _PARTIAL)
    def test_shows_how_precise_a_date_is(
        self, tjun_exporter: Exporter, partial: str
    ) -> None:
        """
        A month is not exported as its first day, nor a year as 1 January.
        """
        days = (partial, day := _PARTIAL[partial])
        found, other = (self._accepted(tjun_exporter, dated(each)) for each in days)
        assert found is None or found != other or "dates" in self.ignores, (
            f"an event of {partial} is exported as one of {day}; if the format has no"
            " dates, add 'dates' to ignores"
        )

    def test_depends_on_the_content(self, tjun_exporter: Exporter) -> None:
        """
        Records with the same number of events and other texts have other exports.
        """
        records = (hostile(("One",)), hostile(("Another",)), Chronology())
        one, other, none = (self._accepted(tjun_exporter, each) for each in records)
        assert one != other, "two different records gave the same bytes"
        assert one != none, "a record without events gave the same bytes"

    def test_depends_on_the_language(self, tjun_exporter: Exporter) -> None:
        """
        Another language gives another export.
        """
        english = self._export(tjun_exporter, sample(), "en")
        russian = self._export(tjun_exporter, sample(), "ru")
        assert english != russian or "language" in self.ignores, (
            "two languages gave the same bytes; use request.language, or add 'language'"
            " to ignores"
        )

    def test_depends_on_each_option(self, tjun_exporter: Exporter) -> None:
        """
        Each option in `options_to_try` changes the export.
        """
        for options in self.options_to_try:
            data = self._export(tjun_exporter, sample(), **options)
            for name in {*options} - {*self.ignores}:
                others = {key: options[key] for key in options if key != name}
                assert data != self._accepted(tjun_exporter, sample(), **others), (
                    f"the option {name!r} changes nothing; the options are {options}"
                )

    @pytest.mark.parametrize("tag", _LANGUAGES)
    def test_gives_the_same_bytes_twice(
        self, tjun_exporter: Exporter, tag: str
    ) -> None:
        """
        The same request gives the same bytes, and its options stay as they are.
        """
        for given in self._tried():
            options = bind(tjun_exporter, given)
            before = copy.deepcopy(attrs.asdict(options))
            common: dict[str, Any] = {"language": tag, "today": _TODAY}
            first, again = (
                export(sample(), tjun_exporter, options=options, **common) for _ in "12"
            )
            after = attrs.asdict(options)
            assert after == before, f"it changed its options from {before} to {after}"
            _same(first, again, f"two exports differ; the options are {given}")

    def test_gives_the_same_bytes_in_threads(self, tjun_exporter: Exporter) -> None:
        """
        Exports of two records at the same time do not affect each other.
        """
        records = (sample(), hostile(HOSTILE[:8]))
        expected = [self._export(tjun_exporter, each) for each in records]
        interval = sys.getswitchinterval()
        sys.setswitchinterval(1e-6)
        end = time.monotonic() + _SECONDS
        try:
            with ThreadPoolExecutor(len(records)) as pool:
                while True:
                    found = pool.map(lambda r: self._export(tjun_exporter, r), records)
                    for one, other in zip(expected, found, strict=True):
                        _same(one, other, "it shares something between threads")
                    if time.monotonic() > end:
                        return
        finally:
            sys.setswitchinterval(interval)

    def test_does_not_depend_on_the_environment(
        self, tjun_exporter: Exporter, tmp_path: Path
    ) -> None:
        """
        Hash seed, home directory, user, locale, time zone and directory change nothing.
        """
        tried = list(self._tried())
        calls = [{"today": _TODAY, **options} for options in tried]
        found = exported_elsewhere(tjun_exporter, sample(), calls, _SETTINGS, tmp_path)
        for options, one, other in zip(tried, *found, strict=True):
            message = (
                "the bytes depend on the order of a set, or on the home directory, the"
                " user, the locale, the time zone or the working directory; the"
                f" options are {options}"
            )
            _same(one, other, message)

    def test_does_not_read_the_clock(self, tjun_exporter: Exporter) -> None:
        """
        The export is the same on any day, because the request says which day it is.
        """
        for options in self._tried():
            found = []
            for year in (2001, 2044):
                moment = dt.datetime(year, 2, 3, 4, 5, tzinfo=dt.UTC)
                with time_machine.travel(moment, tick=False):
                    found.append(self._export(tjun_exporter, sample(), **options))
            _same(
                found[0], found[1], "the bytes depend on the clock; use request.today"
            )

    def test_has_documented_options(self, tjun_exporter: Exporter) -> None:
        """
        Each option can be a flag, and has a sentence of help in a class's docstring.
        """
        check_options(tjun_exporter)
        described = descriptions_of(tjun_exporter.options)
        for keyword, field in options_of(tjun_exporter.options).items():
            assert described.get(keyword) or described.get(field.name), (
                f"the option {keyword!r} has no help; describe it under Attributes: in"
                " the docstring of its class"
            )


def _same(one: bytes, other: bytes, message: str) -> None:
    found = difference(one, other)
    assert found is None, f"{message}: {found}"
