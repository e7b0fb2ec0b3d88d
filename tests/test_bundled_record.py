"""
What an editor may rely on in the bundled record, and what SOURCES.md promises.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

import tjun
from tjun import Chronology, Event, Source

DATA = files("tjun") / "data"
REVISED = dt.date(2026, 11, 30)
PAGE = (DATA / "SOURCES.md").read_text(encoding="utf-8")
# In the order in which SOURCES.md says that sources are cited.
KINDS = ("un", "government", "press", "reference", "other")
ALPHABETS = {
    "ru": frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюя"),
    "tg": frozenset("абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя"),
}
# What the Foreign Ministry's page says, sentence by sentence, and where the record
# says so. The page dates nothing else.
STATEMENTS = {
    "declaration-by-united-nations": ("1942-01-01", ["1 January 1942"]),
    "un-founded": ("1945", ["influential", "1945", "cooperation between states"]),
    "sc-recommends-tajikistan": ("1992-01-29", ["29 January 1992", "equal member"]),
    "tajikistan-joins-un": (
        "1992-03-02",
        ["2 March 1992", "agencies and specialized organizations", "certain stages"],
    ),
    "un-accession-day": ("1992-03-02", ["every year"]),
    "unmot-opened": ("1993-02-01", ["priority", "1 February 1993", "first UN office"]),
    "general-agreement-1997": (None, ["General Agreement"]),
    "unmot-ended": (None, ["peace process", "urgent humanitarian assistance"]),
    "untop-established": ("2000-05", ["May 2000", "Kofi Annan", "basis of UNMOT"]),
    "untop-ended": (
        "2007-08",
        ["August 2007", "dozens", "guarantor states", "preventive diplomacy"],
    ),
    "peace-stability": (None, ["universal peace and stability"]),
    "security-threats": (None, ["modern threats"]),
    "environment": (None, ["environment"]),
    "sustainable-development": (None, ["sustainable development"]),
    "water": (None, ["water management"]),
}


def in_every_language(value: Any) -> Iterator[dict[str, str]]:
    """
    Yield every text of the record, as a dictionary of strings by language.
    """
    if isinstance(value, dict) and "en" in value:
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from in_every_language(each)
    elif isinstance(value, list):
        for each in value:
            yield from in_every_language(each)


@pytest.fixture(scope="module")
def texts(un: Chronology) -> list[dict[str, str]]:
    return list(in_every_language(json.loads(tjun.export(un, "json"))))


def read(event: Event) -> list[Source]:
    return [each.source for each in event.citations if each.verified]


def rank(citation: tjun.Citation) -> int:
    if not citation.verified:
        return len(KINDS) + 1
    if citation.source.id == "article":
        return 0
    return KINDS.index(citation.source.publisher.kind) + 1


class TestMinistry:
    @pytest.mark.parametrize("id_", STATEMENTS)
    def test_every_statement_is_cited(self, un: Chronology, id_: str) -> None:
        """
        Each statement of the Foreign Ministry's page is cited, with its date.
        """
        date, words = STATEMENTS[id_]
        found = un.areas[id_] if id_ in un.areas.ids else un.events[id_]
        (cited,) = (each for each in found.citations if each.source.id == "article")
        assert cited.date == (date and tjun.PartialDate(date))
        assert [each for each in words if each not in str(cited.says)] == []

    def test_its_account_has_nothing_else(self, un: Chronology) -> None:
        """
        The account of the page is what it dates, and no dated event differs from it.
        """
        account = un.according_to("article")
        dated = {id_: date for id_, (date, _) in STATEMENTS.items() if date}
        assert {each.id: str(each.date) for each in account.events} == dated
        for id_, date in dated.items():
            assert un.events[id_].date.agrees_with(tjun.PartialDate(date))

    def test_the_un_differs_about_unmot(self, un: Chronology) -> None:
        """
        UNMOT opens with the page's office, but for the UN with its mandate.
        """
        assert un.missions["unmot"].opening.id == "unmot-opened"
        account = un.according_to("un")
        assert account.missions["unmot"].opening.id == "unmot-established"
        assert "unmot-opened" not in account.events.ids


class TestRecord:
    def test_passes_the_checks(self, un: Chronology) -> None:
        """
        Nothing in the record deserves a second look.
        """
        assert un.check(today=REVISED) == ()

    def test_is_in_three_languages(self, texts: list[dict[str, str]]) -> None:
        """
        Every text, and every name of a publisher, is in English, Russian and Tajik.
        """
        assert [each for each in texts if list(each) != ["en", "ru", "tg"]] == []

    @pytest.mark.parametrize("language", ALPHABETS)
    def test_mixes_no_alphabets(
        self, texts: list[dict[str, str]], language: str
    ) -> None:
        """
        No Latin letter hides in a Cyrillic word, nor a letter of another alphabet.
        """
        for each in texts:
            for word in re.findall(r"[^\W\d_]+", each[language].lower()):
                cyrillic = {letter for letter in word if "Ѐ" <= letter <= "ӿ"}
                assert cyrillic <= ALPHABETS[language], word
                assert not cyrillic or cyrillic == set(word), word

    def test_keeps_ids_retired(self, un: Chronology) -> None:
        """
        The id of a deleted event is never used again.
        """
        assert "un-office-dushanbe-opened" in un.retired
        assert "un-office-dushanbe-opened" not in un.events.ids

    def test_names_its_licence(self, un: Chronology) -> None:
        """
        Every file, and the page about the sources, name the licence.
        """
        assert un.licence == "CC-BY-4.0"
        assert "https://creativecommons.org/licenses/by/4.0/" in PAGE
        folder = DATA / "tajikistan"
        toml = [each for each in folder.iterdir() if each.name.endswith(".toml")]
        toml += list((folder / "translations").iterdir())
        for each in toml:
            lines = each.read_text(encoding="utf-8").splitlines()
            assert lines[1] == "# Licence: CC BY 4.0."


class TestAreas:
    def test_those_of_the_article_come_first(self, un: tjun.Chronology) -> None:
        """
        The article names five areas; three more follow.
        """
        assert [
            any(each.source.id == "article" for each in area.citations)
            for area in un.areas
        ] == [True] * 5 + [False] * 3


class TestSources:
    def test_are_mostly_of_the_un(self, un: Chronology) -> None:
        """
        More than nine in ten events cite a source of the United Nations that was read.
        """
        assert "More than nine in ten events" in PAGE
        cited = [any(s.publisher.kind == "un" for s in read(e)) for e in un.events]
        assert sum(cited) > 0.9 * len(cited)

    def test_are_never_only_copies(self, un: Chronology) -> None:
        """
        Every event cites a source that was read and that has an address of its own.
        """
        assert "No event rests on a copy alone" in PAGE
        alone = [e.id for e in un.events if not any(s.address for s in read(e))]
        assert alone == []

    def test_are_cited_in_the_promised_order(self, un: Chronology) -> None:
        """
        The most authoritative sources come first, those that were not read last.
        """
        for event in un.events:
            ranks = [rank(citation) for citation in event.citations]
            assert ranks == sorted(ranks), event.id

    def test_were_read_when_the_page_says(self, un: Chronology) -> None:
        """
        Every source with an address was read in November 2026.
        """
        assert "in November 2026" in PAGE
        for each in un.sources:
            if each.accessed is not None:
                assert f"{each.accessed:%B %Y}" == "November 2026", each.id
            assert each.accessed or each.symbol, each.id

    def test_of_a_resolution_have_its_symbol(self, un: Chronology) -> None:
        """
        An event that is a resolution cites it by its symbol.
        """
        for event in un.events.where(kind="resolution"):
            symbols = [each.source.symbol or "" for each in event.citations]
            assert any("/RES/" in each for each in symbols), event.id

    def test_of_the_admission_have_the_right_number(self, un: Chronology) -> None:
        """
        A resolution on another country is mentioned as a slip, and never a source.
        """
        says = [str(each.says) for each in un.events["tajikistan-joins-un"].citations]
        assert any("46/224" in each and "Kazakhstan" in each for each in says)
        assert "A/RES/46/224" not in {each.symbol for each in un.sources}


class TestDates:
    def test_are_those_of_a_source(self, un: Chronology) -> None:
        """
        The date of an event is one that a source gives, and that was read.
        """
        for event in un.events:
            own = [each for each in event.citations if each.alternative is None]
            assert any(
                each.date and event.date.agrees_with(each.date) for each in own
            ), event.id
            assert event.until in {each.until for each in own}, event.id
            assert all(each.date is None for each in own if not each.verified)

    def test_that_differ_have_a_reason(self, un: Chronology) -> None:
        """
        If sources disagree, the record says why it prefers one date, and only then.
        """
        for event in un.events:
            assert event.disputed == (event.reason is not None), event.id


class TestWords:
    @pytest.mark.parametrize("language", ["en", "ru", "tg"])
    def test_are_titles_and_sentences(self, un: Chronology, language: str) -> None:
        """
        Titles differ and have no full stop; descriptions and accounts are sentences.
        """
        titles = [event.title.in_(language) for event in un.events]
        assert len(titles) == len(set(titles))
        assert not any(each.endswith(".") for each in titles)
        for event in un.events:
            sentences = [event.description, *(c.says for c in event.citations)]
            for each in sentences:
                assert each is not None
                assert each.in_(language).endswith("."), event.id

    def test_of_an_observance_are_true_every_year(self, un: Chronology) -> None:
        """
        The description of a yearly day says since when it is observed, or why.
        """
        for event in un.events:
            if event.yearly:
                assert re.match(
                    r"Observed every .* since \d{4}|Observed every .*proclaimed"
                    r"|Tajikistan celebrates .* every year",
                    str(event.description),
                ), event.id


class TestWeight:
    def test_major_events_are_few(self, un: Chronology) -> None:
        """
        Some twenty events are marked every year, and no death is among them.
        """
        major = un.events.where(weight="major")
        assert 10 <= len(major) <= 25
        assert not any(event.solemn for event in major)
        assert un.events["unmot-staff-killed"].solemn

    def test_extensions_and_rounds_are_never_marked(self, un: Chronology) -> None:
        """
        The extension of a mandate and a round of talks are minor.
        """
        kinds = ("resolution", "mission", "conference")
        for event in un.events:
            title = str(event.title)
            if event.kind in kinds and re.search("extends? | round of ", title):
                assert event.weight == "minor", event.id
