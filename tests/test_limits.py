import json
import signal
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import tjun
from tjun import DataError, PartialDate, cli

HARD_LIMIT = 60  # Seconds; none of these takes more than a few.
HALF = "\ud800"
EVENT = (
    '{"id":"e%d","title":"t","date":"2000","citations":[{"source":"s"}],"areas":["x"]}'
)


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


def rows(section: str, row: str, count: int) -> str:
    return f'{{"{section}":[' + ",".join([row] * count) + "]}"


def faults(text: str, format: str) -> list[str]:  # noqa: A002  # As the loader's.
    with pytest.raises(DataError) as caught:
        tjun.loads(text, format)  # type: ignore[arg-type]  # A str, not a Literal.
    return [str(fault) for fault in caught.value.faults]


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

    @pytest.mark.parametrize("key", ["title", "events", "retired", "format", "other"])
    def test_of_a_value_is_reported_with_its_path(self, key: str) -> None:
        """
        A value of nested lists is an error with its path, whatever the key.
        """
        (found,) = faults(f'{{"{key}": {"[" * 700}{"]" * 700}}}', "json")
        assert found.startswith(key)

    def test_of_a_field_is_reported_with_its_path(self) -> None:
        """
        Nested lists as the value of a field are an error with its path.
        """
        value = "[" * 700 + "]" * 700
        for key in ("id", "title", "date", "areas", "citations", "kind", "yearly"):
            found = faults(f'{{"events":[{{"{key}": {value}}}]}}', "json")
            assert any(each.startswith(f"events[0].{key}") for each in found)


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
        A dotted key has at most 20 parts, because parsing them takes quadratic time.
        """
        assert faults(text, "toml") == [
            "cannot be read as TOML: a key has more than 20 parts"
        ]

    def test_of_some_parts_are_reported_with_their_path(self) -> None:
        """
        A dotted key where a value is expected is an error with its path.
        """
        (found,) = faults("format" + ".a" * 18 + " = 1", "toml")
        assert found.startswith("format: expected 1, the format that this version")
        assert found.endswith(", got a table of keys")

    @pytest.mark.parametrize(
        "text",
        [
            "a.b.c " * 100,
            "I. II. III. " * 50,
            ", " + "a." * 100 + " = 1",
            "[" + "a." * 100 + "]",
        ],
    )
    def test_are_not_looked_for_in_strings(self, text: str) -> None:
        """
        A string may contain dotted text.
        """
        if text.startswith((",", "[")):
            text = text.replace("a.", "a, .")
        assert str(tjun.loads(f'title = "{text}"').title) == text

    @pytest.mark.slow
    def test_a_million_in_json_are_reported_up_to_a_limit(self) -> None:
        """
        Of a million unknown keys the first thousand are reported.
        """
        text = "{" + ",".join(f'"k{n}":1' for n in range(1_000_000)) + "}"
        found = faults(text, "json")
        assert len(found) == 1_001
        assert found[0].startswith("k0: this key is unknown; known are format, title")
        assert found[-1] == "more than 1,000 errors; correct these and check again"

    @pytest.mark.slow
    def test_a_million_in_one_entry_are_counted(self) -> None:
        """
        Of a million unknown keys in one entry a few are reported, the others counted.
        """
        inner = ",".join(f'"k{n}":1' for n in range(1_000_000))
        found = faults(f'{{"events":[{{{inner}}}]}}', "json")
        assert len(found) == 25
        assert found[-1].startswith("events[0]: 999980 more unknown keys; known are id")

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
    @pytest.mark.parametrize("row", ["{}", "1", '{"a":1}', "null"])
    @pytest.mark.parametrize("section", ["events", "memberships"])
    def test_of_many_entries_are_reported_up_to_a_limit(
        self, section: str, row: str
    ) -> None:
        """
        Of many invalid entries the first thousand errors are reported.
        """
        found = faults(rows(section, row, 2_000), "json")
        assert len(found) == 1_001
        assert found[0].startswith(f"{section}[")
        assert found[-1] == "more than 1,000 errors; correct these and check again"

    @pytest.mark.parametrize(
        ("section", "key", "item"),
        [
            ("events", "areas", '"x"'),
            ("events", "citations", "{}"),
            ("missions", "heads", '{"a":1}'),
        ],
    )
    def test_of_many_items_of_a_list_are_reported_up_to_a_limit(
        self, section: str, key: str, item: str
    ) -> None:
        """
        Of ten thousand invalid items the first hundred are reported.
        """
        items = ",".join([item] * 10_000)
        found = faults(f'{{"{section}":[{{"{key}":[{items}]}}]}}', "json")
        places = {each.split(":")[0].split(".")[1] for each in found}
        assert {f"{key}[{n}]" for n in range(100)} <= places
        assert f"{key}[100]" not in places

    def test_of_many_references_are_reported_up_to_a_limit(self) -> None:
        """
        Of many broken references the first thousand are reported.
        """
        text = ",".join(EVENT % n for n in range(2_000))
        assert len(faults(f'{{"events":[{text}]}}', "json")) == 1_001

    def test_are_one_message_on_the_command_line(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        A file with many errors is rejected with status 1 and no traceback.
        """
        file = tmp_path / "bad.json"
        file.write_text(rows("events", "{}", 2_000))
        with pytest.raises(SystemExit) as left:
            cli.main(["check", str(file)])
        found = capsys.readouterr().err
        assert left.value.code == 1
        assert found.startswith("tjun: 1001 errors:\n")
        assert "Traceback" not in found


class TestNumbers:
    @pytest.mark.parametrize(
        ("text", "format_", "path"),
        [
            ("title = 0x" + "f" * 100_000, "toml", "title"),
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
        (found,) = faults(text, format_)
        assert found.startswith(f"{path}: " if path else "cannot be read as TOML")
        assert len(found) < 400
        assert "set_int_max_str_digits" not in found

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
        ("text", "path"),
        [
            ('{"title": "\\ud800"}', "title"),
            ('{"title": {"en": "t", "ru": "\\udfff"}}', "title"),
            ('{"\\ud800": 1}', HALF),
            ('{"retired": ["\\ud800"]}', "retired[0]"),
            ('{"events": [{"id": "\\ud800"}]}', f"events[0].id ({HALF})"),
            ('{"sources": [{"url": "https://x.org/\\ud800"}]}', "sources[0].url"),
        ],
    )
    def test_that_are_half_are_reported_with_their_path(
        self, text: str, path: str
    ) -> None:
        """
        Half of a surrogate pair is rejected everywhere, also in a key or an id.
        """
        assert any(each.startswith(f"{path}: ") for each in faults(text, "json"))

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

    def test_that_are_an_escaped_nul_are_accepted(self) -> None:
        """
        A NUL that is escaped in JSON is a character like any other.
        """
        record = tjun.loads('{"title": "a\\u0000b"}', "json")
        assert str(record.title) == "a\0b"
        assert tjun.loads(tjun.export(record, "json").decode(), "json") == record


class TestTexts:
    def test_that_are_huge_are_accepted(self) -> None:
        """
        A string of millions of characters is accepted.
        """
        text = "ҷ" * 3_000_000
        assert str(tjun.loads(json.dumps({"title": text}), "json").title) == text

    @pytest.mark.parametrize("text", ["1" * 1_000_000, "-" * 1_000_000, "1-" * 500_000])
    def test_that_are_huge_are_not_dates(self, text: str) -> None:
        """
        A string of a million characters is rejected as a date without delay.
        """
        with pytest.raises(ValueError, match=r"^expected a date as YYYY-MM-DD"):
            PartialDate.parse(text)

    def test_of_a_chain_of_events_take_little_time(self) -> None:
        """
        A chain of a hundred events that mark each other takes little time.
        """
        events = [
            {
                "id": f"e{n}",
                "title": "t",
                "date": f"2000-{n // 28 + 1:02}-{n % 28 + 1:02}",
                "citations": [{"source": "s"}],
                **({"marks": f"e{n - 1}"} if n else {}),
            }
            for n in range(100)
        ]
        source = {"id": "s", "title": "t", "publisher": "p"}
        record = tjun.loads(json.dumps({"sources": [source], "events": events}), "json")
        assert len(record.anniversaries(since=2005, until=2005)) == 100

    def test_with_a_million_spaces_are_exported(self) -> None:
        """
        A text that is mostly spaces is put on one line without delay.
        """
        title = f"It{' ' * 1_000_000}began"
        record = tjun.loads(json.dumps({"title": title}), "json")
        page = tjun.export(record, "markdown").decode()
        assert page.startswith("# It ")


class TestCitations:
    def test_of_one_event_may_be_many(self) -> None:
        """
        An event with thousands of dates takes little time to export.
        """
        cited = [{"source": "s", "date": f"{year}"} for year in range(1000, 3000)]
        record = tjun.loads(json.dumps(record_of(cited)), "json")
        assert len(tjun.export(record, "html")) > 250_000

    def test_may_name_an_alternative_with_many_citations(self) -> None:
        """
        Thousands of citations may name an event that has thousands itself.
        """
        cited = [{"source": "s", "alternative": "other"}] * 5_000
        record = record_of(cited)
        record["events"].append(
            {
                "id": "other",
                "title": "t",
                "date": "2001",
                "citations": [{"source": "s"}] * 5_000,
            }
        )
        loaded = tjun.loads(json.dumps(record), "json")
        assert loaded.events["it"].disputed


def record_of(citations: list[Any]) -> dict[str, Any]:
    source = {"id": "s", "title": "t", "publisher": "p"}
    event = {"id": "it", "title": "t", "date": "2000", "citations": citations}
    return {"sources": [source], "events": [event]}
