import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import icalendar
import pytest
from fake_plugins import Shelf
from making import with_header
from markdown_it import MarkdownIt
from markdown_it.token import Token
from nasty import (
    CONTROL,
    CONTROLS,
    NASTY,
    PRINTABLE,
    as_toml,
    collapsed,
    everywhere,
)
from running import Run

import tjun
from tjun import (
    Chronology,
    Citation,
    CooperationArea,
    DataError,
    Event,
    ExportError,
    Publisher,
    Source,
)
from tjun.model.text import escape_controls

TODAY = dt.date(2027, 3, 2)
SENT = re.compile(r"\x1b|[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
READER = MarkdownIt("commonmark").enable("table")
VIEWS = [
    ("upcoming", "--on", "2027-03-01"),
    ("on", "03-02"),
    ("events",),
    ("show", "it-began"),
    ("show", "it-is-kept"),
    ("timeline",),
    ("search", "It"),
    ("missions",),
    ("areas",),
    ("disputes",),
    ("sources",),
]

nasty = pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
controls = pytest.mark.parametrize("text", CONTROLS.values(), ids=CONTROLS)
printable = pytest.mark.parametrize("text", PRINTABLE.values(), ids=PRINTABLE)


@pytest.fixture
def run(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COLUMNS", "120")
    return run


def calendar(record: Chronology, **given: Any) -> icalendar.Calendar:
    made = tjun.export(
        record, "ics", today=TODAY, first_year=1992, last_year=1993, **given
    )
    return icalendar.Calendar.from_ical(made)


def page(record: Chronology, **given: Any) -> str:
    return tjun.export(record, "markdown", today=TODAY, **given).decode()


def tokens(text: str) -> Iterator[Token]:
    for token in READER.parse(text):
        yield token
        yield from token.children or ()


def seen(token: Token) -> str:
    return "".join(
        child.content if child.type == "text" else " " * (child.type == "softbreak")
        for child in token.children or ()
    )


def with_calendar_line_breaks(text: str) -> str:
    """
    Return *text* with the line breaks that a calendar has.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n")


def unescaped(value: object) -> str:
    """
    Return a TEXT value unescaped; icalendar does not do so for calendars.
    """
    return re.sub(
        r"\\(.)", lambda found: {"n": "\n"}.get(found[1], found[1]), str(value)
    )


class TestCorpus:
    def test_separates_texts_with_control_characters(self) -> None:
        """
        One list has a control character in each text, and the other in none.
        """
        assert all(CONTROL.search(text) for text in CONTROLS.values())
        assert not any(CONTROL.search(text) for text in PRINTABLE.values())
        assert len(set(NASTY.values())) == len(NASTY)


class TestRecordFile:
    @nasty
    def test_keeps_every_text(self, text: str) -> None:
        """
        JSON and TOML are read back with every character of every field.
        """
        record = everywhere(text)
        content = record.to_dict()
        json_text = tjun.export(record, "json").decode()
        assert tjun.loads(json_text, "json") == record
        assert tjun.loads(as_toml(content)) == record
        assert tjun.loads(tjun.export(record, "toml").decode()) == record
        written = re.findall(re.escape(json.dumps(text)), json.dumps(content))
        assert len(written) >= 60

    @pytest.mark.parametrize("text", ["", " ", "\u2028\t", "\u00a0"])
    def test_rejects_a_blank_text(self, text: str) -> None:
        """
        A blank text is an error, with its location.
        """
        with pytest.raises(DataError) as caught:
            tjun.loads(with_header(title=text))
        assert str(caught.value) == (
            f"record.title: expected a string for 'en' that is not blank, got {text!r}"
        )

    @pytest.mark.parametrize("half", ["\ud800", "It \udc80 began"])
    def test_rejects_half_a_surrogate_pair(self, half: str) -> None:
        """
        Half of a surrogate pair, which UTF-8 cannot encode, is an error.
        """
        with pytest.raises(DataError) as caught:
            tjun.loads(with_header(title=half))
        assert str(caught.value) == (
            "record.title: expected a string for 'en' that can be encoded in UTF-8, got"
            f" {half!r}"
        )

    @pytest.mark.parametrize("half", ["\ud800", "a b", "", "../x", "\x1b"])
    def test_rejects_an_invalid_retired_id(self, half: str) -> None:
        """
        A retired id has to be a slug.
        """
        with pytest.raises(DataError) as caught:
            tjun.loads(with_header(retired=["gone", half]))
        (fault,) = caught.value.faults
        assert fault.path == "record.retired"
        assert fault.message == (
            "expected an id of lower-case letters, digits and single hyphens,"
            f" like 'tajikistan-joins-un', got {half!r}"
        )


class TestCalendar:
    @printable
    def test_keeps_every_text(self, text: str) -> None:
        """
        Every character is read back, except that all line breaks become the same.

        A description of more than 1,000 characters is shortened.
        """
        made = calendar(everywhere(text, title="It began"), name=text)
        first = made.events[0]
        what = with_calendar_line_breaks(text)
        description = (
            f"{what}\n\nArea: {what}\nSources differ on the date:\n"
            f"- 2 March 1992: {what}, {what}\n- 3 March 1992: {what}, {what}\n{what}"
        )
        start, _, url = str(first["DESCRIPTION"]).rpartition("\n")
        assert url == "https://example.org/a?b=c"
        if 7 * len(text) < 800:
            assert start == description
        else:
            assert start.endswith("…")
            assert description.startswith(start[:-1])
        assert first["CATEGORIES"].cats == [what]
        assert unescaped(made["NAME"]) == unescaped(made["X-WR-CALNAME"]) == what

    @printable
    def test_has_titles_on_one_line(self, text: str) -> None:
        """
        A title is read back on one line, shortened if it is too long.
        """
        made = calendar(everywhere(text))
        title = str(made.events[0]["SUMMARY"])
        line = collapsed(text)
        if len(line.encode("utf-16-le")) // 2 <= 255:
            assert title == line
        else:
            assert title.endswith("…")
            assert line.startswith(title[:-1])

    @printable
    def test_has_the_same_entries_whatever_the_texts(self, text: str) -> None:
        """
        Texts add neither entries nor properties.
        """
        usual, made = calendar(everywhere("It began")), calendar(everywhere(text))
        assert made.errors == []
        assert list(made) == list(usual)
        assert [entry.errors for entry in made.walk()] == [[]] * len(made.walk())
        assert [entry.name for entry in made.walk()] == ["VCALENDAR", "VEVENT"]
        assert [(list(e), e["UID"], str(e["DTSTART"])) for e in made.events] == [
            (list(e), e["UID"], str(e["DTSTART"])) for e in usual.events
        ]

    @printable
    def test_reminds_with_the_title(self, text: str) -> None:
        """
        A reminder contains the title and nothing else.
        """
        made = calendar(everywhere(text), remind=["3d"])
        entry = made.events[0]
        (alarm,) = entry.subcomponents
        assert str(alarm["DESCRIPTION"]) == str(entry["SUMMARY"])
        assert list(alarm) == ["ACTION", "DESCRIPTION", "TRIGGER"]

    @controls
    def test_rejects_a_control_character(self, text: str) -> None:
        """
        The error for a control character says where it is and what to do.
        """
        with pytest.raises(ExportError) as caught:
            calendar(everywhere(text, title="It began"))
        control = re.escape(repr(CONTROL.findall(text)[0]))
        assert caught.value.exporter == "ics"
        assert re.fullmatch(
            rf".* contains the control character {control}; remove it",
            caught.value.reason,
        )


class TestPage:
    @printable
    def test_keeps_every_text(self, text: str) -> None:
        """
        Every text is on the page, with line breaks as spaces.
        """

        def lines(text: str) -> list[str]:
            parsed = READER.parse(page(everywhere(text)))
            return [seen(token) for token in parsed if token.type == "inline"]

        line = collapsed(text).strip()
        assert lines(text) == [each.replace("QQQ", line) for each in lines("QQQ")]

    @printable
    def test_has_the_same_blocks_and_links_whatever_the_texts(self, text: str) -> None:
        """
        Texts add neither blocks nor headings nor links.
        """

        def shape(text: str) -> list[Any]:
            return [
                (token.type, token.tag, token.attrs)
                for token in tokens(page(everywhere(text)))
            ]

        assert shape(text) == shape("It began")

    @controls
    def test_rejects_a_control_character(self, text: str) -> None:
        """
        The error for a control character quotes the text and says what to do.
        """
        with pytest.raises(ExportError) as caught:
            page(everywhere(text))
        control = CONTROL.findall(text)[0]
        assert caught.value.exporter == "markdown"
        assert caught.value.reason == (
            f"the text {text[:40]!r} contains the control character {control!r};"
            " remove it"
        )


def all_of_them() -> Chronology:
    """
    Return a record with an event for each text, and one with all the fields.
    """
    whole = everywhere(NASTY["clears the screen"] + PRINTABLE["right to left override"])
    events = []
    for index, text in enumerate(NASTY.values()):
        publisher = Publisher(id=f"p{index}", name=text)
        source = Source(id=f"s{index}", title=text, publisher=publisher, note=text)
        area = CooperationArea(id=f"a{index}", name=text)
        cited = [
            Citation(source=source, says=text, date=date)
            for date in ("1992-03-02", "1992-04-02")
        ]
        events.append(
            Event(
                id=f"e{index}",
                title=text,
                date="1992-03-02",
                areas=[area],
                description=text,
                citations=cited,
            )
        )
    return whole.merge(Chronology(events=events))


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    A file with every text in a title, and in every other field.
    """
    file = tmp_path_factory.mktemp("nasty") / "nasty.json"
    file.write_bytes(tjun.export(all_of_them(), "json"))
    return file


class TestViews:
    @pytest.mark.parametrize(
        "words",
        [*VIEWS, *((*view, "--format", "json") for view in VIEWS)],
        ids=" ".join,
    )
    @pytest.mark.parametrize("columns", ["30", "120"])
    def test_send_no_command_to_the_terminal(
        self,
        run: Run,
        record: Path,
        monkeypatch: pytest.MonkeyPatch,
        words: tuple[str, ...],
        columns: str,
    ) -> None:
        """
        No view prints control characters or direction marks from a record.
        """
        monkeypatch.setenv("COLUMNS", columns)
        done = run(*words, "--record", record)
        assert (done.status, done.err) == (0, "")
        assert done.out.strip()
        assert not SENT.search(done.out.replace("\t", " "))  # Between cells.
        if words[-1] == "json":
            assert json.loads(done.out)

    def test_keep_every_text_as_json(self, run: Run, record: Path) -> None:
        """
        JSON output contains every character of titles and citations.
        """
        done = run("events", "--record", record, "--format", "json")
        rows = {row["id"]: row for row in json.loads(done.out)}
        meant = {event.id: event for event in all_of_them().events}
        assert rows.keys() == meant.keys()
        for own, row in rows.items():
            event = meant[own]
            assert row["title"] == event.title.en
            cited = event.citations[0]
            assert row["citations"][0]["says"] == str(cited.says)
            assert row["citations"][0]["publisher"] == cited.source.publisher.id

    def test_show_every_text(self, run: Run, record: Path) -> None:
        """
        Each title is shown in full, with control characters escaped.
        """
        done = run("events", "--format", "tsv", "--record", record)
        shown = "".join(done.out.split())
        for text in NASTY.values():
            assert "".join(escape_controls(text).split()) in shown

    def test_report_errors_without_commands_to_the_terminal(
        self, run: Run, tmp_path: Path
    ) -> None:
        """
        The errors of a record are printed in printable characters.
        """
        file = tmp_path / "bad.json"
        rows = [{"id": text, text: 1, "kind": text} for text in NASTY.values()]
        for first in range(0, len(rows), 5):  # At most 50 errors are printed.
            some = rows[first : first + 5]
            file.write_text(json.dumps({"events": some, "\x1b[2J": 1}))
            done = run("check", file)
            assert (done.status, done.out) == (1, "")
            assert not SENT.search(done.err)
            assert f"events[{len(some) - 1}].kind" in done.err


class TestPluginsSummary:
    def test_sends_no_command_to_the_terminal(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A plugin's error message is printed in printable characters.
        """
        shelf = Shelf(str(tmp_path), monkeypatch)
        shelf.add("raise RuntimeError('\x1b[2J\x9b1m\u202e')")
        for words in (
            ("plugins",),
            ("plugins", "--format", "json"),
            ("export", "none"),
        ):
            done = run(*words)
            assert "RuntimeError" in done.out + done.err
            assert not SENT.search(f"{done.out}{done.err}".replace("\t", " "))
        shelf.clear()
