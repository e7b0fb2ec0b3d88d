import json
import signal
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

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
    An input that is never done with fails, where there is an alarm.
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
        tjun.loads(text, format)  # type: ignore[arg-type]
    return [str(fault) for fault in caught.value.faults]


class TestDepth:
    @pytest.mark.parametrize("open_", ["[", '{"a":', '{"events":[', '[{"title":'])
    @pytest.mark.parametrize("depth", [1_000, 200_000])
    def test_of_json_is_bounded(self, open_: str, depth: int) -> None:
        """
        JSON nested without end is refused, and no recursion goes on without limit.
        """
        (told,) = faults(open_ * depth, "json")
        assert told.startswith("expected JSON")

    @pytest.mark.parametrize("value", ["[", "{a=", "[{a=", "{a=["])
    @pytest.mark.parametrize("depth", [1_000, 100_000])
    def test_of_toml_is_bounded(self, value: str, depth: int) -> None:
        """
        TOML nested without end is refused, and no recursion goes on without limit.
        """
        (told,) = faults(f"title = {value * depth}", "toml")
        assert told.startswith("expected TOML")

    @pytest.mark.parametrize("close", [True, False])
    @pytest.mark.parametrize("key", ["title", "events", "retired", "format", "other"])
    def test_of_a_value_is_a_fault_in_its_place(self, key: str, close: bool) -> None:
        """
        A value of lists in lists is refused where it stands, whatever it stands for.
        """
        depth = 700
        value = "[" * depth + "]" * depth * close
        (told,) = (
            faults(f'{{"{key}": {value}}}', "json")
            if close
            else (faults(f"{key} = {value}", "toml"))
        )
        assert told.startswith(key if close else "expected TOML")

    def test_of_a_row_is_a_fault_in_its_place(self) -> None:
        """
        A row with lists in lists for a value is refused in its place.
        """
        value = "[" * 700 + "]" * 700
        for key in ("id", "title", "date", "areas", "citations", "kind", "yearly"):
            told = faults(f'{{"events":[{{"{key}": {value}}}]}}', "json")
            assert any(each.startswith(f"events[0].{key}") for each in told)


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
    def test_of_very_many_parts_are_refused(self, text: str) -> None:
        """
        A key with dots has few parts, because each costs as much as all before it.
        """
        assert faults(text, "toml") == [
            "expected TOML: expected a key of at most 20 parts"
        ]

    def test_of_some_parts_are_told_in_their_place(self) -> None:
        """
        A key of a few parts too many is a fault where it stands.
        """
        assert faults("format" + ".a" * 18 + " = 1", "toml") == [
            "format: expected 1, the format this version reads, got a table of keys"
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "a.b.c " * 100,
            "I. II. III. " * 50,
            ", " + "a." * 100 + " = 1",
            "[" + "a." * 100 + "]",
        ],
    )
    def test_are_not_looked_for_in_words(self, text: str) -> None:
        """
        Words with dots in them are words.
        """
        if text.startswith((",", "[")):
            text = text.replace("a.", "a, .")
        assert str(tjun.loads(f'title = "{text}"').title) == text

    def test_a_million_in_json_are_told_to_a_limit(self) -> None:
        """
        Of a million unknown keys the first thousand are told.
        """
        text = "{" + ",".join(f'"k{n}":1' for n in range(1_000_000)) + "}"
        told = faults(text, "json")
        assert len(told) == 1_001
        assert told[0].startswith("k0: this key is unknown; known are format, title")
        assert told[-1] == "more than 1,000 faults; mend these, then look again"

    def test_a_hundred_thousand_in_toml_are_told_to_a_limit(self) -> None:
        """
        Of very many unknown keys in TOML, too, the first thousand are told.
        """
        told = faults("\n".join(f"k{n} = 1" for n in range(100_000)), "toml")
        assert len(told) == 1_001

    def test_a_million_in_one_entry_are_counted(self) -> None:
        """
        Of a million unknown keys in one entry a few are told, and the rest counted.
        """
        inner = ",".join(f'"k{n}":1' for n in range(1_000_000))
        told = faults(f'{{"events":[{{{inner}}}]}}', "json")
        assert len(told) == 25
        assert told[-1].startswith("events[0]: 999980 more unknown keys; known are id")

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
    def test_that_stand_twice_are_refused(self, text: str, format_: str) -> None:
        """
        A key that stands twice in one table is refused, and neither value is taken.
        """
        (told,) = faults(text, format_)
        assert told.startswith(f"expected {format_.upper()}: ")


class TestFaults:
    @pytest.mark.parametrize("row", ["{}", "1", '{"a":1}', '{"id":"a"}', "[]", "null"])
    @pytest.mark.parametrize(
        "section", ["events", "sources", "areas", "missions", "memberships"]
    )
    def test_of_very_many_entries_are_told_to_a_limit(
        self, section: str, row: str
    ) -> None:
        """
        Of very many entries that are wrong the first thousand faults are told.
        """
        told = faults(rows(section, row, 10_000), "json")
        assert len(told) == 1_001
        assert told[0].startswith(f"{section}[")
        assert told[-1] == "more than 1,000 faults; mend these, then look again"

    @pytest.mark.parametrize(
        ("section", "key", "item"),
        [
            ("events", "areas", "1"),
            ("events", "areas", '"x"'),
            ("events", "citations", "{}"),
            ("missions", "events", "null"),
            ("missions", "heads", '{"a":1}'),
        ],
    )
    def test_of_very_many_items_of_a_list_are_told_to_a_limit(
        self, section: str, key: str, item: str
    ) -> None:
        """
        Of a hundred thousand items that are wrong the first hundred are told.
        """
        items = ",".join([item] * 100_000)
        told = faults(f'{{"{section}":[{{"{key}":[{items}]}}]}}', "json")
        places = {each.split(":")[0].split(".")[1] for each in told}
        assert {f"{key}[{n}]" for n in range(100)} <= places
        assert f"{key}[100]" not in places

    def test_of_very_many_references_are_told_to_a_limit(self) -> None:
        """
        Of very many references to nothing the first thousand faults are told.
        """
        text = ",".join(EVENT % n for n in range(20_000))
        assert len(faults(f'{{"events":[{text}]}}', "json")) == 1_001

    def test_to_the_limit_are_all_told(self) -> None:
        """
        As long as there are fewer than the limit, each fault is told.
        """
        told = faults(rows("events", "1", 999), "json")
        assert len(told) == 999
        assert told[-1].startswith("events[998]: ")

    def test_are_one_message_on_the_command_line(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        A file with endless faults is refused with status 1 and no traceback.
        """
        file = tmp_path / "bad.json"
        file.write_text(rows("events", "{}", 2_000))
        with pytest.raises(SystemExit) as left:
            cli.main(["check", str(file)])
        told = capsys.readouterr().err
        assert left.value.code == 1
        assert told.startswith("tjun: 1001 errors:\n")
        assert "Traceback" not in told


class TestNumbers:
    @pytest.mark.parametrize(
        ("text", "format_", "path"),
        [
            ("format = 0x" + "f" * 100_000, "toml", "format"),
            ("title = 0x" + "f" * 100_000, "toml", "title"),
            ("retired = [0o" + "7" * 100_000 + "]", "toml", "retired"),
            ("events = 0b" + "1" * 100_000, "toml", "events"),
            ("events = [0x" + "f" * 100_000 + "]", "toml", "events[0]"),
            ("[[events]]\nid = -0x1\n", "toml", ""),
            ('{"format": 1e999999}', "json", "format"),
            ('{"format": -1e999999}', "json", "format"),
            ('{"format": 1.' + "0" * 1_000_000 + "}", "json", "format"),
            ("format = 1." + "0" * 100_000, "toml", "format"),
            ("format = nan", "toml", "format"),
        ],
    )
    def test_that_are_huge_are_a_fault_in_their_place(
        self, text: str, format_: str, path: str
    ) -> None:
        """
        A number too large to be written is told where it stands, in words.
        """
        (told,) = faults(text, format_)
        assert told.startswith(f"{path}: " if path else "expected TOML")
        assert len(told) < 400
        assert "set_int_max_str_digits" not in told

    @pytest.mark.parametrize("key", ["id", "title", "kind", "date", "yearly", "areas"])
    def test_that_are_huge_in_an_entry_are_a_fault(self, key: str) -> None:
        """
        A huge number in an entry is refused where it stands.
        """
        told = faults(f"[[events]]\n{key} = 0x{'f' * 100_000}", "toml")
        assert any(each.startswith(f"events[0].{key}: ") for each in told)
        assert all(len(each) < 600 for each in told)

    @pytest.mark.parametrize("format_", ["json", "toml"])
    def test_of_very_many_digits_are_refused_by_the_parser(self, format_: str) -> None:
        """
        A decimal number of many digits is refused before it is read.
        """
        digits = "9" * 1_000_000
        text = f'{{"format": {digits}}}' if format_ == "json" else f"format = {digits}"
        (told,) = faults(text, format_)
        assert told.startswith(f"expected {format_.upper()}: Exceeds the limit")


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
    def test_that_are_half_are_a_fault_in_their_place(
        self, text: str, path: str
    ) -> None:
        """
        Half a surrogate pair is refused wherever it stands, a key and an id too.
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
    def test_that_no_record_has_are_refused(
        self, name: str, data: bytes, tmp_path: Path
    ) -> None:
        """
        Half a pair, a bare null and another encoding are refused with the file's name.
        """
        file = tmp_path / name
        file.write_bytes(data)
        with pytest.raises(DataError) as caught:
            tjun.load(file)
        (fault,) = caught.value.faults
        assert fault.file == str(file)
        assert fault.message.startswith("expected ")

    def test_that_are_a_null_are_carried_where_json_spells_them(self) -> None:
        """
        A null that JSON spells out is a character like another.
        """
        record = tjun.loads('{"title": "a\\u0000b"}', "json")
        assert str(record.title) == "a\0b"
        assert tjun.loads(tjun.export(record, "json").decode(), "json") == record


class TestTexts:
    def test_that_are_huge_are_read(self) -> None:
        """
        A text of millions of characters is a text.
        """
        text = "ҷ" * 3_000_000
        assert str(tjun.loads(json.dumps({"title": text}), "json").title) == text

    @pytest.mark.parametrize("text", ["1" * 1_000_000, "-" * 1_000_000, "1-" * 500_000])
    def test_that_are_huge_are_no_date(self, text: str) -> None:
        """
        A text of a million characters is no date, and is not looked at for long.
        """
        with pytest.raises(ValueError, match=r"^expected a date as YYYY-MM-DD"):
            PartialDate.parse(text)

    def test_in_a_chain_of_days_cost_no_more_than_their_number(self) -> None:
        """
        A hundred events that each mark the day of the one before are soon counted.
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
