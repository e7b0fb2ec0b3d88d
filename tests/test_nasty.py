import json
import re
from pathlib import Path

import pytest
from fake_plugins import Shelf
from nasty import (
    NASTY,
    PRINTABLE,
    as_toml,
    everywhere,
)
from running import Run

import tjun
from tjun import (
    Chronology,
    Citation,
    CooperationArea,
    Event,
    Publisher,
    Source,
)
from tjun.model.text import escape_controls

SENT = re.compile(r"\x1b|[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
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
printable = pytest.mark.parametrize("text", PRINTABLE.values(), ids=PRINTABLE)


@pytest.fixture
def run(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COLUMNS", "120")
    return run


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
