"""
What is written, shown and read back of the events that a selection only refers to.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import zipfile
from pathlib import Path

import attrs
import pytest
from making import by
from running import Run

import tjun
from tjun import Chronology, Citation, CooperationArea, Event, Source

ARTICLE = Source(id="article", label="Article", publisher=by("The Paper"))
BOOK = Source(id="book", label="Book", publisher=by("The Press"))
FOUNDED = Event(
    id="founded",
    title="It was founded",
    date="1945-10-24",
    areas=[CooperationArea(id="history", name="History")],
    citations=[Citation(source=BOOK, says="Founded.", date="1945-10-24")],
)
DAY = Event(
    id="day",
    title="Its day",
    date="1948-10-24",
    yearly=True,
    marks=FOUNDED,
    citations=[Citation(source=ARTICLE, says="A day.", date="1948-10-24")],
)
RECORD = Chronology(events=[FOUNDED, DAY], title="Two", revised="2026-12-01T00:00:00Z")
PART = RECORD.select([DAY])


def test_a_view_shows_only_what_was_chosen() -> None:
    """
    Nothing lists the other event, or the areas and sources that only it needs.
    """
    today = dt.date(2026, 12, 1)
    calendar = tjun.export(PART, "ics", today=today).decode()
    assert set(re.findall(r"\nUID:([a-z]+)", calendar)) == {"day"}
    table = tjun.export(PART, "csv").decode("utf-8-sig")
    assert [line.split(",")[0] for line in table.splitlines()[1:]] == ["day"]
    references = json.loads(tjun.export(PART, "csl"))
    assert [each["id"] for each in references] == ["article"]
    assert b"book" not in tjun.export(PART, "bibtex")
    assert b"Book" not in tjun.export(PART, "markdown")
    page = tjun.export(PART, "html", today=today).decode()
    assert "Its day" in page
    assert not re.search("Book|History|event-founded", page)
    site = tjun.export(PART, "site", today=today, base_url="https://example.org/")
    with zipfile.ZipFile(io.BytesIO(site)) as pages:
        assert not [name for name in pages.namelist() if "founded" in name]
        for name in pages.namelist():
            assert b"events/founded" not in pages.read(name)


def test_queries_find_only_what_was_chosen() -> None:
    """
    Neither an upcoming anniversary nor a search returns the other event.
    """
    assert [each.event.id for each in PART.upcoming("2026-10-24", 1)] == ["day"]
    assert len(PART.search("founded")) == 0
    assert (PART.areas.ids, PART.sources.ids) == ((), ("article",))


@pytest.mark.parametrize("form", ["json", "toml"])
def test_a_file_of_it_is_read_back_equal(form: str, tmp_path: Path, run: Run) -> None:
    """
    The file contains what the selection refers to, and says so in its header.
    """
    path = tmp_path / f"part.{form}"
    tjun.write(PART, form, path)
    assert tjun.load(path) == PART
    assert tjun.load(path).referred["founded"] == FOUNDED
    done = run("events", "--record", path, "--format", "tsv")
    assert (done.status, len(done.out.splitlines())) == (0, 1)
    assert run("check", path).status == 0


def test_a_header_that_names_an_unknown_event_is_an_error() -> None:
    """
    A misspelt id would show an event that nobody chose.
    """
    content = PART.to_dict()
    content["record"]["referred"] = ["funded"]
    message = r"record\.referred: there is no event 'funded'; did you mean 'founded'\?"
    with pytest.raises(tjun.DataError, match=message):
        tjun.loads(content)


def test_an_event_to_which_nothing_refers_is_dropped() -> None:
    """
    Without the chosen event, the other one is not needed.
    """
    alone = attrs.evolve(PART, events=[attrs.evolve(DAY, marks=None)])
    assert (alone.events.ids, alone.referred.ids) == (("day",), ())
    assert "referred" not in alone.to_dict()["record"]


def test_the_opening_of_a_mission_is_shown() -> None:
    """
    An event to which a mission or a membership refers is one of the events.
    """
    joined = tjun.Membership(
        id="un", organization="It", acronym="IT", admission=FOUNDED
    )
    record = attrs.evolve(PART, memberships=[joined])
    assert (record.events.ids, record.referred.ids) == (("founded", "day"), ())


def test_two_versions_of_an_event_are_an_error() -> None:
    """
    Also if one of them is only referred to.
    """
    other = attrs.evolve(FOUNDED, title="It began")
    with pytest.raises(tjun.DataError, match=r"event \(founded\): two different"):
        Chronology(events=[DAY, other], referred=["founded"])


def test_the_ids_can_be_any_iterable() -> None:
    """
    They are read once.
    """
    assert Chronology(events=[DAY], referred=iter(["founded"])).events.ids == ("day",)


def test_a_source_that_only_they_cite_is_not_in_it() -> None:
    """
    A source that only an event outside the selection cites is no source of it.
    """
    renamed = attrs.evolve(BOOK, label="The book")
    with pytest.raises(tjun.NotFoundError, match="source 'book'"):
        PART.replace(renamed)


def test_an_account_of_it_is_one_of_the_selection() -> None:
    """
    `according_to()` does not bring the other event back.
    """
    account = PART.according_to("article")
    assert (account.events.ids, account.referred.ids) == (("day",), ())
    assert isinstance(account.events["day"].citations[0].source, Source)
