"""
The tests that every importer has to pass.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import pytest

from tjun import Chronology, DataError, Importer, export, loads, one_line, read
from tjun.exchange.options import check_options, descriptions_of, options_of
from tjun.testing.samples import HOSTILE

__all__ = ["ImporterContract"]

_BROKEN = {
    "empty": b"",
    "null": b"\x00" * 100,
    "not UTF-8": b"\xff\xfe\xfd\x80",
    "one long line": b"x" * 100_000,
    "brackets": b"[{(<" * 1_000,
}


class ImporterContract:
    """
    Tests that every importer has to pass; subclass it and set the attributes.

    Attributes:
        importer: The importer to test.

        example: The bytes of a file with at least two events.

        faulty: The bytes of files with an error, by the place that the error has to
            name, such as `row 3`.
    """

    importer: ClassVar[Importer]
    example: ClassVar[bytes]
    faulty: ClassVar[Mapping[str, bytes]]

    def file_with(self, title: str) -> bytes:
        """
        Return a file with one event that has this title; override it.
        """
        raise NotImplementedError

    @pytest.fixture
    def tjun_read(self, tmp_path: Path) -> Any:
        """
        Return a function that reads the bytes of a file.
        """

        def read_bytes(content: bytes) -> Chronology:
            path = tmp_path / f"example{self.importer.suffixes[0]}"
            path.write_bytes(content)
            return read(self.importer, path)

        return read_bytes

    def test_reads_the_example(self, tjun_read: Any) -> None:
        """
        The example has events, and each cites a source.
        """
        record = tjun_read(self.example)
        assert len(record.events) > 1
        assert all(event.citations for event in record.events)

    def test_gives_the_same_ids_twice(self, tjun_read: Any) -> None:
        """
        The same file gives an equal record, with the same ids.
        """
        assert tjun_read(self.example) == tjun_read(self.example)

    def test_makes_a_record_that_can_be_written(self, tjun_read: Any) -> None:
        """
        The record is equal after it was written and read as JSON.
        """
        record = tjun_read(self.example)
        assert loads(export(record, "json").decode(), "json") == record

    def test_names_the_place_of_each_error(self, tjun_read: Any) -> None:
        """
        An error in a file says where it is.
        """
        for place, content in self.faulty.items():
            with pytest.raises(DataError) as caught:
                tjun_read(content)
            places = [fault.path for fault in caught.value.faults]
            assert any(place in each for each in places), (
                f"no error is at {place!r}; their places are {places}"
            )

    @pytest.mark.parametrize("index", range(len(HOSTILE)))
    def test_keeps_hostile_text(self, tjun_read: Any, index: int) -> None:
        """
        Text in any script, long text and text that looks like code come back.

        A format may be unable to contain a text, which is then an error.
        """
        text = HOSTILE[index]
        try:
            record = tjun_read(self.file_with(text))
        except DataError:
            return
        (event,) = record.events
        assert one_line(str(event.title)) == one_line(text)

    @pytest.mark.parametrize("name", _BROKEN)
    def test_rejects_what_it_cannot_read(self, tjun_read: Any, name: str) -> None:
        """
        Anything else is a `DataError`, or a record without events.
        """
        try:
            record = tjun_read(_BROKEN[name])
        except DataError:
            return
        assert not record.events

    def test_has_documented_options(self) -> None:
        """
        Each option can be a flag, and has a sentence of help in a class's docstring.
        """
        check_options(self.importer)
        described = descriptions_of(self.importer.options)
        for keyword, field in options_of(self.importer.options).items():
            assert described.get(keyword) or described.get(field.name), (
                f"the option {keyword!r} has no help; describe it under Attributes: in"
                " the docstring of its class"
            )
