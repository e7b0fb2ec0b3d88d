import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import icalendar
import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from nasty import CONTROL, CONTROLS, NASTY, PRINTABLE, everywhere

import tjun
from tjun import (
    Chronology,
    Text,
    cli,
)

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
    ("missions",),
    ("disputes",),
    ("sources",),
]

nasty = pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
controls = pytest.mark.parametrize("text", CONTROLS.values(), ids=CONTROLS)
printable = pytest.mark.parametrize("text", PRINTABLE.values(), ids=PRINTABLE)


class Done(NamedTuple):
    status: object
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Run]:
    for name in ("TJUN_STRICT_PLUGINS", "TJUN_DISABLED_PLUGINS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "120")

    def in_this_process(*words: str | Path) -> Done:
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            cli.main([str(word) for word in words])
        return Done(left.value.code, *capsys.readouterr())

    yield in_this_process
    capsys.readouterr()


def calendar(record: Chronology, **given: Any) -> icalendar.Calendar:
    made = tjun.export(
        record, "ics", today=TODAY, first_year=1992, last_year=2000, **given
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


def told(text: str) -> str:
    """
    Return *text* with the one line break that a calendar has.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n")


class TestCorpus:
    def test_has_every_sort(self) -> None:
        """
        Texts with a control character and those without are kept apart.
        """
        assert all(CONTROL.search(text) for text in CONTROLS.values())
        assert not any(CONTROL.search(text) for text in PRINTABLE.values())
        assert len(set(NASTY.values())) == len(NASTY)


class TestRecordFile:
    @nasty
    def test_carries_every_text(self, text: str) -> None:
        """
        What is written as JSON is read back with every character of every field.
        """
        record = everywhere(text)
        again = tjun.loads(tjun.export(record, "json").decode(), "json")
        assert again == record
        event = again.events["it-began"]
        assert event.title.languages == {"en": text, "ru": text, "tg": text}
        assert (event.description or event.title).en == text
        assert [each.says for each in event.citations] == [text, text]
        assert again.sources["world"].note == text
        assert again.missions["mission"].heads[0].person == text
        assert again.memberships["membership"].acronym == text

    @nasty
    def test_may_be_written_by_hand(self, text: str) -> None:
        """
        What a TOML file says is read with every character.
        """
        written = json.dumps(text, ensure_ascii=True)
        written = re.sub(
            r"(?:\\u[dD][89abAB]..\\u[dD][c-fC-F]..)",
            lambda found: (
                f"\\U{ord(json.loads(f'"{found[0]}"')):08x}"
                if False
                else _astral(found[0])
            ),
            written,
        )
        assert tjun.loads(f"title = {written.replace(chr(127), '\\u007f')}").title == (
            Text(en=text)
        )
