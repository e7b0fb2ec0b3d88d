from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given
from making import by
from strategies import chronologies

import tjun
from tjun import Change, Chronology, Citation, Event, NotFoundError, Source
from tjun.model.links import SECTIONS

UN = Source(id="un-page", title="A", publisher=by("UN", "un"))
MFA = Source(id="mfa", title="B", publisher=by("Ministry", "government"))
PRESS = Source(id="press-page", title="C", publisher=by("Press", "press"))


def event(id: str, *citations: Citation, **rest: Any) -> Event:  # noqa: A002  # As the field.
    return Event(
        **({"date": "2000", "title": "It began"} | rest), id=id, citations=citations
    )


def cited(source: Source, date: str) -> Citation:
    first, _, last = date.partition("/")
    return Citation(source=source, date=first, until=last or None)


class TestCompare:
    @pytest.mark.parametrize(
        ("a", "b", "relation"),
        [
            ("2000-05-01", "2000-05-02", "differs"),
            ("2000-05", "2001", "differs"),
            ("2000-05-01/2000-05-03", "2000-05-01/2000-05-04", "differs"),
            ("2000-05-01", "2000-05", "finer"),
            ("2000-05-01/2000-05-03", "2000-05-01", "finer"),
            ("2000", "2000-05", "coarser"),
            ("2000-05/2001", "2000-05/2001-06", "coarser"),
            ("2000", None, "only-a"),
            (None, "2000", "only-b"),
            ("2000", "2000", None),
            ("2000-05-01/2000-05", "2000-05-01/2000-05", None),
            (None, None, None),
        ],
    )
    def test_says_how_the_dates_of_two_accounts_relate(
        self, a: str | None, b: str | None, relation: str | None
    ) -> None:
        """
        Each event that two accounts date differently is returned, with the relation.
        """
        citations = [cited(UN, a)] if a else []
        citations += [cited(MFA, b)] if b else []
        citations.append(cited(PRESS, "2000"))
        one = event("x", *citations)
        record = Chronology(events=[one], sources=[UN, MFA])
        for names in (("un", "government"), ("un-page", "mfa"), (UN, MFA)):
            found = record.compare(*names)
            assert [(each.event, each.relation) for each in found] == (
                [] if relation is None else [(one, relation)]
            )
            for each in found:
                assert str(each.date_a) == str(a).partition("/")[0]
                assert str(each.date_b) == str(b).partition("/")[0]

    def test_uses_the_first_dated_citation(self) -> None:
        """
        The date of an account is that of its first dated citation, alternative or not.
        """
        mandate = event("mandate", cited(UN, "1994-12-16"), date="1994-12-16")
        opened = event(
            "opened",
            Citation(source=UN),
            Citation(source=UN, alternative=mandate),
            cited(UN, "1993"),
            cited(MFA, "1993-02-01"),
            date="1993-02-01",
        )
        only, both = (
            {each.event.id: each for each in record.compare("mfa", "un")}
            for record in (
                Chronology(events=[mandate], sources=[MFA]),
                Chronology(events=[opened]),
            )
        )
        assert [each.relation for each in only.values()] == ["only-b"]
        assert list(both) == ["opened", "mandate"]
        assert both["opened"].relation == "differs"
        assert both["opened"].b == opened.citations[1]
        assert str(both["opened"].date_b) == "1994-12-16"

    def test_rejects_unknown_sources(self) -> None:
        """
        A name that is neither a source nor a kind of source is an error.
        """
        with pytest.raises(NotFoundError, match=r"^There is no source, publisher or"):
            tjun.load().compare("un", "nobody")
        with pytest.raises(ValueError, match=r"^expected a source, or the name of"):
            tjun.load().compare("un", 5)  # type: ignore[arg-type]  # What is tested.

    def test_finds_where_the_un_and_the_ministry_differ(self, un: Chronology) -> None:
        """
        The bundled record says where two of its accounts differ.
        """
        found = {each.event.id: each for each in un.compare("un", "government")}
        assert found["unmot-opened"].relation == "differs"
        assert str(found["unmot-opened"].date_a) == "1994-12-16"


class TestDiff:
    def test_lists_what_was_added_removed_and_changed(self) -> None:
        """
        Changes are listed field by field, in plain data.
        """
        kept, gone = event("kept", cited(UN, "2000")), event("gone", cited(UN, "2000"))
        new = event("new", cited(UN, "2000"))
        edited = attrs.evolve(kept, title="It starts", until="2001")
        changes = tjun.diff(
            Chronology(events=[kept, gone], title="A"),
            Chronology(events=[edited, new], title="B", retired=["gone"]),
        )
        assert changes == (
            Change(
                kind="record",
                id="",
                field="title",
                before="A",
                after="B",
            ),
            Change(kind="record", id="", field="retired", before=None, after=["gone"]),
            Change(
                kind="event", id="gone", field=None, before=gone.to_dict(), after=None
            ),
            Change(
                kind="event",
                id="kept",
                field="title",
                before="It began",
                after="It starts",
            ),
            Change(kind="event", id="kept", field="until", before=None, after="2001"),
            Change(
                kind="event", id="new", field=None, before=None, after=new.to_dict()
            ),
        )

    @given(chronologies())
    def test_of_equal_records_is_empty(self, record: Chronology) -> None:
        """
        Equal records have no differences, and an empty one lacks everything.
        """
        assert tjun.diff(record, tjun.loads(export(record), "json")) == ()
        empty = attrs.evolve(record, **dict.fromkeys(SECTIONS, ()))
        entries = [e for name in SECTIONS for e in record.to_dict()[name]]
        found = tjun.diff(empty, record)
        assert len(found) == len(entries) + bool(record.referred)


def export(record: Chronology) -> str:
    content = tjun.export(record, "json")
    assert isinstance(content, bytes)
    return content.decode()
