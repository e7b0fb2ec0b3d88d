import json
import signal
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import attrs
import pytest
from making import with_header

import tjun
from tjun import DataError, PartialDate
from tjun.model.links import SECTIONS

HARD_LIMIT = 60  # Seconds; none of these takes more than a few.
HALF = "\ud800"


@pytest.fixture(autouse=True)
def hard_limit() -> Iterator[None]:
    """
    Fail a test that does not end, where the system has alarms.
    """
    if not hasattr(signal, "alarm"):
        yield
        return

    def stop(_: int, __: FrameType | None) -> None:
        msg = f"not done after {HARD_LIMIT} s"
        raise TimeoutError(msg)

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(HARD_LIMIT)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def faults(content: Any, format: str = "json") -> list[str]:  # noqa: A002  # As the loader's.
    with pytest.raises(DataError) as caught:
        tjun.loads(content, format)  # type: ignore[arg-type]  # A str, not a Literal.
    return [str(fault) for fault in caught.value.faults]


def nested(depth: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value


def citing(citations: list[Any], **more: Any) -> dict[str, Any]:
    """
    Return the content of a record with an event that has these citations.
    """
    event = {"id": "it", "title": "t", "date": "2000", "citations": citations}
    others = more.pop("events", [])
    source = {"id": "s", "title": "t", "publisher": "p"}
    sections = {
        "publishers": [{"id": "p", "name": "P"}],
        "sources": [source],
        "events": [event, *others],
    }
    return with_header(sections, **more)


class TestDepth:
    @pytest.mark.parametrize(
        ("text", "format_"),
        [
            *((each * 200_000, "json") for each in ("[", '{"a":', '{"events":[')),
            *((f"title = {each * 100_000}", "toml") for each in ("[", "{a=", "[{a=")),
            (f"title = {'[' * 700}", "toml"),
        ],
        ids=range(7),
    )
    def test_is_bounded(self, text: str, format_: str) -> None:
        """
        Text nested without end is rejected, and recursion is limited.
        """
        (found,) = faults(text, format_)
        assert found.startswith(f"cannot be read as {format_.upper()}")

    @pytest.mark.parametrize(
        ("content", "path"),
        [
            *(
                (with_header({key: nested(100_000)}), key)
                for key in ("record", "events", "format", "other")
            ),
            (with_header(title=nested(100_000)), "record.title"),
            (with_header(retired=nested(100_000)), "record.retired"),
            ({"format": 2, "extends": nested(100_000)}, "extends"),
            ({"format": 2, "translates": nested(100_000)}, "translates"),
            ({"format": 2, "extends": None}, "extends"),
        ],
        ids=range(9),
    )
    def test_of_a_value_is_reported_with_its_path(
        self, content: dict[str, Any], path: str
    ) -> None:
        """
        A value of nested lists is an error with its path, whatever the key.
        """
        found = faults(content)
        assert any(each.startswith(path) for each in found)
        assert all(len(each) < 300 for each in found)

    @pytest.mark.parametrize("section", SECTIONS)
    def test_of_a_field_is_reported_with_its_path(self, section: str) -> None:
        """
        Nested lists as the value of a field are an error with its path.
        """
        for field in attrs.fields(SECTIONS[section]):
            found = faults(with_header({section: [{field.alias: nested(100_000)}]}))
            path = f"{section}[0].{field.alias}"
            assert any(each.startswith(path) for each in found)
            assert all(len(each) < 300 for each in found)


class TestKeys:
    @pytest.mark.parametrize(
        "text",
        [
            "a." * 200_000 + "a = 1",
            "[" + "a." * 200_000 + "a]",
            "[[" + "a . " * 200_000 + "a]]",
            "x = { " + "'a'." * 200_000 + "a = 1 }",
            'x = { b = 1, "a".' + "a.\t" * 200_000 + "a = 1 }",
            "b = 1\n" + "a.b-c." * 100_000 + "a\t= 1",
        ],
        ids=["key", "table", "list of tables", "inline", "second inline", "second key"],
    )
    def test_of_many_parts_are_rejected(self, text: str) -> None:
        """
        A dotted key of very many parts is rejected, without delay.
        """
        (found,) = faults(text, "toml")
        assert found.startswith("cannot be read as TOML: ")

    def test_of_some_parts_are_reported_with_their_path(self) -> None:
        """
        A dotted key where a value is expected is an error with its path.
        """
        (found,) = faults(f"record.id = 'x'\nformat{'.a' * 18} = 1", "toml")
        assert found.startswith("format: expected 2, the format that this version")
        assert found.endswith(", got a table of keys")

    @pytest.mark.parametrize(
        ("text", "format_"),
        [
            ('{"format":1,"format":1}', "json"),
            ('{"events":[{"id":"a","id":"a"}]}', "json"),
            ('{"title":{"en":"a","en":"b"}}', "json"),
            ('{"' + "k" * 100_000 + '":1,"' + "k" * 100_000 + '":1}', "json"),
            ("format = 1\nformat = 1", "toml"),
            ("[[events]]\nid = 'a'\nid = 'b'", "toml"),
            ("title = { en = 'a', en = 'b' }", "toml"),
            ("title.en = 'a'\n[title]\nen = 'b'", "toml"),
        ],
    )
    def test_that_are_duplicates_are_rejected(self, text: str, format_: str) -> None:
        """
        A duplicate key in a table is rejected.
        """
        (found,) = faults(text, format_)
        assert found.startswith(f"cannot be read as {format_.upper()}: ")


class TestFaults:
    def test_in_very_many_entries_stop_the_reading(self) -> None:
        """
        After 10,000 entries with errors, the others are not read.
        """
        with pytest.raises(DataError) as caught:
            tjun.loads(with_header({"events": [{}] * 20_000}))
        assert caught.value.faults[-1].path.startswith("events[10000]")


class TestNumbers:
    @pytest.mark.parametrize(
        ("text", "format_", "path"),
        [
            ("[record]\nid = 0x" + "f" * 100_000, "toml", "record.id"),
            ("format = 0x" + "f" * 100_000, "toml", "format"),
            ("extends = 0x" + "f" * 100_000, "toml", "extends"),
            ("events = [0o" + "7" * 100_000 + "]", "toml", "events[0]"),
            ("[[events]]\nid = -0x1\n", "toml", ""),
            ('{"format": -1e999999}', "json", "format"),
            ('{"format": 1.' + "0" * 1_000_000 + "}", "json", "format"),
            ("format = nan", "toml", "format"),
        ],
    )
    def test_that_are_huge_are_reported_with_their_path(
        self, text: str, format_: str, path: str
    ) -> None:
        """
        A number too large to print is an error with its path.
        """
        found = faults(text, format_)
        start = f"{path}: " if path else "cannot be read as TOML"
        assert any(each.startswith(start) for each in found)
        assert all(len(each) < 400 for each in found)
        assert "set_int_max_str_digits" not in str(found)

    @pytest.mark.parametrize("key", ["id", "date", "yearly", "areas"])
    def test_that_are_huge_in_an_entry_are_rejected(self, key: str) -> None:
        """
        A huge number in an entry is an error with its path.
        """
        found = faults(f"[[events]]\n{key} = 0x{'f' * 100_000}", "toml")
        assert any(each.startswith(f"events[0].{key}: ") for each in found)
        assert all(len(each) < 600 for each in found)

    @pytest.mark.parametrize("format_", ["json", "toml"])
    def test_of_many_digits_are_rejected_by_the_parser(self, format_: str) -> None:
        """
        A decimal number with many digits is rejected by the parser.
        """
        digits = "9" * 1_000_000
        text = f'{{"format": {digits}}}' if format_ == "json" else f"format = {digits}"
        (found,) = faults(text, format_)
        assert found.startswith(f"cannot be read as {format_.upper()}: Exceeds the")


class TestCharacters:
    @pytest.mark.parametrize(
        ("content", "path"),
        [
            (with_header(title=HALF), "record.title"),
            (with_header(title={"en": "t", "ru": HALF}), "record.title"),
            (with_header({HALF: 1}), HALF),
            (with_header(retired=[HALF]), "record.retired"),
            (with_header({"events": [{"id": HALF}]}), f"events[0].id ({HALF})"),
            (
                with_header({"sources": [{"url": f"https://x.org/{HALF}"}]}),
                "sources[0].url",
            ),
        ],
    )
    def test_that_are_half_are_reported_with_their_path(
        self, content: dict[str, Any], path: str
    ) -> None:
        """
        Half of a surrogate pair is rejected everywhere, also in a key or an id.
        """
        assert any(each.startswith(f"{path}: ") for each in faults(json.dumps(content)))

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("half.json", b'{"title": "\xed\xa0\x80"}'),
            ("half.toml", b'title = "\xed\xa0\x80"'),
            ("nul.json", b'{"title": "a\0b"}'),
            ("nul.toml", b'title = "a\0b"'),
            ("only-nul.toml", b"\0" * 1_000_000),
            ("only-nul.json", b"\0" * 1_000_000),
            ("utf-16.json", '{"format": 1}'.encode("utf-16")),
            ("two-marks.json", b"\xef\xbb\xbf\xef\xbb\xbf{}"),
        ],
    )
    def test_that_are_not_text_are_rejected(
        self, name: str, data: bytes, tmp_path: Path
    ) -> None:
        """
        Invalid UTF-8, a bare NUL and another encoding are rejected.
        """
        file = tmp_path / name
        file.write_bytes(data)
        with pytest.raises(DataError) as caught:
            tjun.load(file)
        (fault,) = caught.value.faults
        assert fault.file == str(file)
        assert fault.message.startswith(("cannot be read as ", "not valid UTF-8"))


class TestTexts:
    def test_that_are_huge_are_accepted(self) -> None:
        """
        A string of millions of characters is accepted.
        """
        text = "ҷ" * 3_000_000
        assert str(tjun.loads(with_header(title=text)).title) == text

    @pytest.mark.parametrize(
        "text", ["1" * 1_000_000, "?" * 1_000_000 + "\n", "X" * 1_000_000 + "~/\n!"]
    )
    def test_that_are_huge_are_not_dates(self, text: str) -> None:
        """
        A string of a million characters is rejected as a date without delay.
        """
        with pytest.raises(ValueError, match=r"^expected a date as YYYY-MM-DD"):
            PartialDate.parse(text)

    def test_with_a_million_spaces_are_exported(self) -> None:
        """
        A text that is mostly spaces is put on one line without delay.
        """
        title = f"It{' ' * 1_000_000}began"
        record = tjun.loads(with_header(title=title))
        page = tjun.export(record, "markdown").decode()
        assert page.startswith("# It ")


class TestCitations:
    def test_of_one_event_may_be_many(self) -> None:
        """
        An event with thousands of dates takes little time to export.
        """
        cited = [{"source": "s", "date": f"{year}"} for year in range(1000, 3000)]
        record = tjun.loads(citing(cited))
        assert len(tjun.export(record, "html")) > 250_000
