from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import Any

import pytest

import tjun
from tjun import Chronology, Event, PartialDate
from tjun.recordfiles.checks import find_errors, find_warnings

DATA = files("tjun") / "data"
SECTIONS = ("areas", "sources", "events", "missions", "memberships")
COMPILED = dt.date(2026, 11, 24)
RUSSIAN = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
TAJIK = frozenset("абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя")
CYRILLIC = re.compile("[\u0400-\u052f]")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
WRITTEN_DATE = re.compile(
    r'^(?:date|until|start|end|published|accessed) = "(.*)"$', re.MULTILINE
)
LISTED_DOCUMENT = re.compile(
    r"^\| `([a-z0-9-]+)` \| (\S.*?) \| `(.*?)` \|$", re.MULTILINE
)
RAW: dict[str, dict[str, Any]] = {
    section: tomllib.loads((DATA / f"{section}.toml").read_text(encoding="utf-8"))
    for section in SECTIONS
}
PAGE = (DATA / "SOURCES.md").read_text(encoding="utf-8")

ARTICLE_DATES = [
    ("declaration-by-united-nations", "1942-01-01"),
    ("un-founded", "1945"),
    ("sc-recommends-tajikistan", "1992-01-29"),
    ("tajikistan-joins-un", "1992-03-02"),
    ("un-accession-day", "1992-03-02"),
    ("unmot-opened", "1993-02-01"),
    ("untop-established", "2000-05"),
    ("untop-ended", "2007-08"),
]
ARTICLE_AREAS = [
    "peace-stability",
    "security-threats",
    "environment",
    "sustainable-development",
    "water",
]


def by_article(**criteria: Any) -> Callable[[Chronology], str]:
    """
    Return a query for what the article says of the single event that it finds.
    """

    def says(un: Chronology) -> str:
        (event,) = un.events.where(source="article", **criteria)
        return said(un, event.id)

    return says


def area(id: str) -> Callable[[Chronology], str]:  # noqa: A002  # As the field.
    """
    Return a query for what the article says of an area.
    """
    return lambda un: " ".join(c.says for c in un.areas[id].citations)


# What the article states, sentence by sentence, in our words; the query that finds it;
# and words that the answer contains. The article dates nothing else.
STATEMENTS = [
    (
        "The UN is among the most influential organizations.",
        by_article(until=1945, since=1943),
        "influential",
    ),
    ("It was established in 1945.", by_article(until=1945, since=1943), "1945"),
    (
        "It is for peace and cooperation between states.",
        by_article(until=1945, since=1943),
        "cooperation between states",
    ),
    (
        "The name was first used in a declaration of 1942.",
        by_article(until=1942),
        "1 January 1942",
    ),
    ("2 March is the day of accession.", by_article(kind="observance"), "every year"),
    (
        "The Council adopted a resolution in January 1992.",
        by_article(since="1992-01", until="1992-01"),
        "29 January 1992",
    ),
    (
        "Tajikistan was to be an equal member.",
        by_article(kind="resolution"),
        "equal member",
    ),
    (
        "It became a member on 2 March 1992.",
        by_article(kind="membership", since=1992, text="joins"),
        "2 March 1992",
    ),
    (
        "It now works with agencies and organizations.",
        by_article(kind="membership", text="joins"),
        "agencies and specialized organizations",
    ),
    (
        "It cooperates for universal peace and stability.",
        area("peace-stability"),
        "universal peace and stability",
    ),
    (
        "It combats modern threats to security.",
        area("security-threats"),
        "modern threats",
    ),
    ("It protects the environment.", area("environment"), "environment"),
    (
        "It develops society sustainably.",
        area("sustainable-development"),
        "sustainable development",
    ),
    ("It manages water.", area("water"), "water management"),
    (
        "Relations went through certain stages.",
        by_article(kind="membership", text="joins"),
        "certain stages",
    ),
    (
        "At first, peace at home came first.",
        by_article(since=1993, until=1993),
        "priority",
    ),
    (
        "UNMOT opened in Dushanbe in February 1993.",
        by_article(since=1993, until="1993-02"),
        "1 February 1993",
    ),
    (
        "UNMOT was the first UN office.",
        by_article(since=1993, until="1993-02"),
        "first UN office",
    ),
    (
        "It advanced the peace process.",
        by_article(mission="unmot", since=2000),
        "peace process",
    ),
    (
        "It assisted in peacekeeping.",
        by_article(mission="unmot", since=2000),
        "peacekeeping",
    ),
    (
        "It brought urgent humanitarian assistance.",
        by_article(mission="unmot", since=2000),
        "urgent humanitarian assistance",
    ),
    (
        "There was a General Agreement.",
        by_article(text="General Agreement", until=1999),
        "General Agreement",
    ),
    (
        "UNTOP was established in May 2000.",
        by_article(mission="untop", until=2000),
        "May 2000",
    ),
    (
        "Kofi Annan took the initiative.",
        by_article(text="Kofi Annan"),
        "initiative of Kofi Annan",
    ),
    (
        "UNTOP was based on UNMOT.",
        by_article(mission="untop", until=2000),
        "basis of UNMOT",
    ),
    (
        "UNTOP completed its work in August 2007.",
        by_article(mission="untop", since=2007),
        "successfully completed its work in August 2007",
    ),
    ("Dozens received high awards.", by_article(mission="untop", since=2007), "dozens"),
    (
        "The model is one of national reconciliation.",
        by_article(mission="untop", since=2007),
        "national reconciliation",
    ),
    (
        "The guarantor states helped.",
        by_article(mission="untop", since=2007),
        "guarantor states",
    ),
    (
        "It is an example of preventive diplomacy.",
        by_article(mission="untop", since=2007),
        "preventive diplomacy",
    ),
]

DISPUTES = [
    ("unmot-opened", "article", "1993-02-01"),
    ("unmot-opened", "dpko-unmot-mandate", "1994-12-16"),
    ("unmot-established", "un-archives-unmot", "1994-12-04"),
    ("unmot-ended", "unic-warsaw-unmot", "2000-05-20"),
    ("untop-established", "un-news-2002-05", "2000-06"),
    ("untop-ended", "uzdaily-2007-08-01", "2007-07-31"),
    ("refugee-convention-accession", "untj-unhcr", "1994"),
    ("unicef-office-1993", "unicef-tajikistan-older", "1994"),
    ("undp-representation-1993", "undp-legal-framework", "1994"),
    ("water-decade-2018-adopted", "ifas-water-decade", "2016-12-22"),
    ("visit-guterres-2017", "sg-sm-18583", "2017-06-12"),
]


@pytest.fixture(scope="module")
def exported(un: Chronology) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(tjun.export(un, "json"))
    return record


def said(un: Chronology, event: str, source: str = "article") -> str:
    (citation,) = (c for c in un.events[event].citations if c.source.id == source)
    return citation.says


def texts(value: Any) -> Iterator[dict[str, str]]:
    """
    Yield every text, as a dictionary of strings by language.
    """
    if isinstance(value, dict):
        if "en" in value:
            yield value
        else:
            for each in value.values():
                yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)


def strings(value: Any) -> Iterator[str]:
    """
    Yield every string that is neither Russian nor Tajik.
    """
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            if key not in ("ru", "tg"):
                yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


class TestArticle:
    @pytest.mark.parametrize(
        ("query", "words"),
        [(query, words) for _, query, words in STATEMENTS],
        ids=[statement for statement, _, _ in STATEMENTS],
    )
    def test_every_statement_can_be_found(
        self, un: Chronology, query: Callable[[Chronology], str], words: str
    ) -> None:
        """
        Each statement of the article can be found by a query.
        """
        assert words in query(un)

    def test_every_citation_has_a_statement(self, un: Chronology) -> None:
        """
        The queries find everything for which the record cites the article.
        """
        found = {query(un) for _, query, _ in STATEMENTS}
        cited = [c for e in un.events for c in e.citations]
        cited += [c for area in un.areas for c in area.citations]
        assert {c.says for c in cited if c.source.id == "article"} == found

    def test_its_account_contains_what_it_dates(self, un: Chronology) -> None:
        """
        The account of the article is what it dates, with its dates.
        """
        article = un.according_to("article")
        dates = [(each.id, str(each.date)) for each in article.events]
        assert dates == ARTICLE_DATES
        assert article.missions.ids == ("unmot", "untop")
        assert article.memberships.ids == ("un",)
        assert list(article.areas.ids) == ARTICLE_AREAS
        assert article.sources.ids == ("article",)

    @pytest.mark.parametrize(("own", "date"), ARTICLE_DATES)
    def test_its_dates_are_those_of_the_record(
        self, un: Chronology, own: str, date: str
    ) -> None:
        """
        If the article dates an event, the event's date agrees and is as precise.
        """
        given, event = PartialDate.parse(date), un.events[own]
        assert event.date.agrees_with(given)
        assert event.date.precision >= given.precision

    def test_the_founding_is_more_precise(self, un: Chronology) -> None:
        """
        The article dates the United Nations to 1945, and other sources to a day.
        """
        assert str(un.events["un-founded"].date) == "1945-10-24"
        assert not un.events["un-founded"].disputed

    def test_its_areas_come_first(self, un: Chronology) -> None:
        """
        The five areas of the article come first, in its order, and cite it.
        """
        assert list(un.areas.ids[:5]) == ARTICLE_AREAS
        for each in un.areas:
            cites = "article" in {c.source.id for c in each.citations}
            assert cites is (each.id in ARTICLE_AREAS)

    def test_is_a_government_source(self, un: Chronology) -> None:
        """
        The article is the ministry's page of 8 July 2019.
        """
        article = un.sources["article"]
        assert article.kind == "government"
        assert str(article.published) == "2019-07-08"


class TestMissions:
    def test_unmot_opens_with_the_office_of_the_article(self, un: Chronology) -> None:
        """
        UNMOT opens on 1 February 1993, and its mandate is another of its events.
        """
        unmot = un.missions["unmot"]
        assert (unmot.opening.id, str(unmot.start)) == ("unmot-opened", "1993-02-01")
        assert (unmot.closing and unmot.closing.id) == "unmot-ended"
        assert un.events["unmot-established"] in unmot.events
        assert unmot.seat == "Dushanbe"

    def test_unmot_opens_with_its_mandate_according_to_the_un(
        self, un: Chronology
    ) -> None:
        """
        According to the UN, UNMOT opens on 16 December 1994, and no office opens.
        """
        account = un.according_to("un")
        assert account.missions["unmot"].opening.id == "unmot-established"
        assert str(account.missions["unmot"].start) == "1994-12-16"
        assert "unmot-opened" not in account.events

    def test_untop_follows_unmot(self, un: Chronology) -> None:
        """
        UNTOP lasted from May 2000 to August 2007 and followed UNMOT.
        """
        untop = un.missions["untop"]
        assert (str(untop.start), str(untop.end)) == ("2000-05", "2007-08")
        assert untop.predecessor is un.missions["unmot"]

    def test_heads_are_cited_and_in_order(self, un: Chronology) -> None:
        """
        Every head of a mission has a source, and heads are sorted by their start.
        """
        for mission in un.missions:
            assert mission.heads
            assert all(head.citations for head in mission.heads)
            starts = [head.start for head in mission.heads if head.start is not None]
            assert starts == sorted(starts, key=lambda date: date.sort_key)


class TestMembership:
    def test_begins_on_2_march_1992(self, un: Chronology) -> None:
        """
        Tajikistan has been a member since 2 March 1992, as the Council recommended.
        """
        membership = un.memberships["un"]
        assert membership.admission is un.events["tajikistan-joins-un"]
        assert membership.recommendation is un.events["sc-recommends-tajikistan"]
        assert str(membership.since) == "1992-03-02"

    def test_is_celebrated_on_2_march(self, un: Chronology) -> None:
        """
        The day of accession is a yearly observance that marks the admission.
        """
        day = un.events["un-accession-day"]
        assert day.yearly
        assert day.kind == "observance"
        assert day.marks is un.events["tajikistan-joins-un"]
        assert day.date == day.marks.date


class TestFiles:
    @pytest.mark.parametrize("section", ["areas", "sources", "events", "missions"])
    def test_are_sorted(self, un: Chronology, section: str) -> None:
        """
        The entries of a file are in the order of the chronology.
        """
        ids = tuple(row["id"] for row in RAW[section][section])
        assert ids == getattr(un, section).ids

    def test_list_the_events_of_missions_in_order(self, un: Chronology) -> None:
        """
        The events of a mission are sorted, and listed without opening and closing.
        """
        for row in RAW["missions"]["missions"]:
            ends = {row["opening"], row["closing"]}
            others = [e.id for e in un.missions[row["id"]].events if e.id not in ends]
            assert row["events"] == others

    @pytest.mark.parametrize("section", SECTIONS)
    def test_have_unique_ids(self, section: str) -> None:
        """
        Every id is a slug that no other entry of the file has.
        """
        ids = [row["id"] for row in RAW[section][section]]
        assert len(ids) == len(set(ids))
        assert all(SLUG.fullmatch(own) for own in ids)

    @pytest.mark.parametrize("section", SECTIONS)
    def test_have_dates_as_tjun_writes_them(self, section: str) -> None:
        """
        Every date is written as str() returns it.
        """
        text = (DATA / f"{section}.toml").read_text(encoding="utf-8")
        dates = WRITTEN_DATE.findall(text)
        assert [str(PartialDate.parse(date)) for date in dates] == dates

    @pytest.mark.parametrize("section", SECTIONS)
    def test_name_their_licence(self, section: str) -> None:
        """
        The second line of each file names the licence.
        """
        text = (DATA / f"{section}.toml").read_text(encoding="utf-8")
        assert text.splitlines()[1] == "# Licence: CC BY 4.0."

    def test_are_explained(self) -> None:
        """
        SOURCES.md names the licence and says that translations are drafts.
        """
        assert "https://creativecommons.org/licenses/by/4.0/" in PAGE
        assert "`draft` translation" in PAGE
        assert "not been reviewed by a native speaker" in PAGE

    def test_keep_retired_ids(self, un: Chronology) -> None:
        """
        The ids of deleted events stay retired.
        """
        assert "un-office-dushanbe-opened" in un.retired


class TestSources:
    def test_pass_the_checks(self, un: Chronology) -> None:
        """
        `tjun check --strict` finds nothing on the day of compilation.
        """
        assert list(find_errors(un)) == []
        assert list(find_warnings(un, today=COMPILED)) == []

    def test_are_many_and_close_to_the_events(self, un: Chronology) -> None:
        """
        At least 85 % of events cite the UN, and 90 % two sources or a document.
        """
        assert len(un.events) >= 150
        assert len(un.sources) >= 230
        sources = [[c.source for c in event.citations] for event in un.events]
        by_un = [any(s.kind == "un" for s in cited) for cited in sources]
        confirmed = [
            len(cited) >= 2 or any(s.symbol is not None for s in cited)
            for cited in sources
        ]
        assert sum(by_un) >= 0.85 * len(sources)
        assert sum(confirmed) >= 0.9 * len(sources)

    def test_have_an_id_made_of_the_symbol(self, un: Chronology) -> None:
        """
        The id of a UN resolution or Council document is made of its symbol.
        """
        for each in un.sources:
            if each.symbol is not None and re.match(r"[AS]/", each.symbol):
                letters = re.sub(r"[^a-z0-9]", "", each.symbol.lower())
                assert letters.startswith(each.id.replace("-", "")), each.id
                assert each.kind == "un"

    def test_have_an_address_only_if_they_were_read(self, un: Chronology) -> None:
        """
        A source has a URL and a day of access, or a symbol and no URL.
        """
        for each in un.sources:
            assert (each.url is None) == (each.accessed is None), each.id
            assert each.url is not None or each.symbol is not None, each.id
            assert each.accessed is None or each.accessed <= COMPILED

    def test_were_published_on_the_day_in_their_id(self, un: Chronology) -> None:
        """
        The date at the end of an id is that of publication, if that is known.
        """
        for each in un.sources:
            match = re.search(r"-((?:19|20)\d\d-\d\d(?:-\d\d)?)$", each.id)
            if match is not None and each.published is not None and not each.symbol:
                assert str(each.published) == match[1]

    def test_are_listed_if_no_page_shows_their_symbol(self, un: Chronology) -> None:
        """
        SOURCES.md lists documents that the record cites without having seen them.
        """
        unread = {
            (citation.source.id, citation.source.symbol, event.id)
            for event in un.events
            for citation in event.citations
            if not citation.verified
        }
        listed = LISTED_DOCUMENT.findall(PAGE)
        assert listed
        assert set(listed) <= unread


class TestCitations:
    def test_say_something(self, un: Chronology) -> None:
        """
        Every citation of an event is a sentence.
        """
        assert all(c.says.endswith(".") for e in un.events for c in e.citations)

    def test_give_the_date_of_the_event(self, un: Chronology) -> None:
        """
        The first and last day of an event are those that one of its sources gives.
        """
        for event in un.events:
            own = [c for c in event.citations if c.alternative is None]
            assert event.date in {citation.date for citation in own}, event.id
            assert event.until in {citation.until for citation in own}, event.id

    def test_cite_a_source_once(self, un: Chronology) -> None:
        """
        No event cites a source twice.
        """
        for event in un.events:
            ids = [citation.source.id for citation in event.citations]
            assert len(ids) == len(set(ids)), event.id

    def test_of_a_resolution_name_its_symbol(self, un: Chronology) -> None:
        """
        A resolution is cited by its symbol, or a note explains why not.
        """
        for event in un.events.where(kind="resolution"):
            cited = [citation.source for citation in event.citations]
            known = any(each.symbol is not None for each in cited)
            explained = any("symbol" in (each.note or "").lower() for each in cited)
            assert known or explained, event.id

    def test_of_a_resolution_have_the_year_of_its_symbol(self, un: Chronology) -> None:
        """
        The year in the symbol of a Council resolution is that of its adoption.
        """
        for event in un.events.where(kind="resolution"):
            for citation in event.citations:
                year = re.search(r"\((\d{4})\)$", citation.source.symbol or "")
                if year is not None and citation.date is not None:
                    assert citation.date.year == int(year[1]), event.id

    def test_have_no_date_if_they_are_not_verified(self, un: Chronology) -> None:
        """
        A document that was not read gives no date.
        """
        cited = [c for e in un.events for c in e.citations if not c.verified]
        assert cited
        assert [c.source.id for c in cited if c.date is not None] == []

    def test_do_not_use_a_wrong_document_number(self, un: Chronology) -> None:
        """
        Several pages give Kazakhstan's resolution for Tajikistan's admission.
        """
        says = [c.says for c in un.events["tajikistan-joins-un"].citations]
        assert any("46/224" in each and "Kazakhstan" in each for each in says)
        assert "A/RES/46/224" not in {each.symbol for each in un.sources}


class TestDisputes:
    @pytest.mark.parametrize(("own", "source", "date"), DISPUTES)
    def test_keep_both_dates(
        self, un: Chronology, own: str, source: str, date: str
    ) -> None:
        """
        If sources disagree, each has its date, and the event is disputed.
        """
        event = un.events[own]
        (citation,) = (c for c in event.citations if c.source.id == source)
        assert str(citation.date) == date
        assert event.disputed

    def test_are_few(self, un: Chronology) -> None:
        """
        Most events are not disputed.
        """
        disputed = un.events.where(disputed=True)
        assert {own for own, _, _ in DISPUTES} <= set(disputed.ids)
        assert len(disputed) < len(un.events) / 5

    def test_name_the_other_event_as_an_alternative(self, un: Chronology) -> None:
        """
        UN sources describe the mandate of UNMOT instead of the office of the article.
        """
        named = {
            (event.id, citation.alternative.id)
            for event in un.events
            for citation in event.citations
            if citation.alternative is not None
        }
        assert ("unmot-opened", "unmot-established") in named


class TestKinds:
    def test_announced_events_are_not_reported(self, un: Chronology) -> None:
        """
        The water conferences of 2026 and 2028 are only announced.
        """
        announced = un.events.where(status="announced")
        assert "dushanbe-water-conference-2026" in announced
        assert "un-water-conference-2028" in announced

    def test_some_events_are_major(self, un: Chronology) -> None:
        """
        Between 10 and 25 events are major, and none of them is solemn.
        """
        major = un.events.where(major=True)
        assert 10 <= len(major) <= 25
        assert "tajikistan-joins-un" in major
        assert not any(event.solemn for event in major)

    def test_deaths_are_solemn(self, un: Chronology) -> None:
        """
        The killing of UNMOT's staff is remembered and not celebrated.
        """
        assert un.events["unmot-staff-killed"].solemn

    def test_observances_cite_what_established_them(self, un: Chronology) -> None:
        """
        International days of the UN are yearly and cite a resolution.
        """
        for own in ("un-day", "world-water-day", "world-day-for-glaciers"):
            event: Event = un.events[own]
            assert event.yearly
            assert any("/RES/" in (c.source.symbol or "") for c in event.citations)


class TestTexts:
    def test_are_in_three_languages(self, un: Chronology) -> None:
        """
        Every title and name is in English, Russian and Tajik.
        """
        named = [
            un.title,
            *(event.title for event in un.events),
            *(area.name for area in un.areas),
            *(mission.name for mission in un.missions),
            *(head.title for mission in un.missions for head in mission.heads),
            *(membership.organization for membership in un.memberships),
        ]
        for text in named:
            assert text is not None
            assert list(text.translations) == ["en", "ru", "tg"], text

    def test_of_titles_have_no_full_stop(self, un: Chronology) -> None:
        """
        No title or name ends in a full stop.
        """
        titles = [
            *(words for e in un.events for words in e.title.translations.values()),
            *(words for a in un.areas for words in a.name.translations.values()),
            *(words for m in un.missions for words in m.name.translations.values()),
            *(each.title for each in un.sources),
        ]
        assert [each for each in titles if each.endswith(".")] == []

    def test_of_titles_are_unique(self, un: Chronology) -> None:
        """
        No two events have the same title in any language.
        """
        for language in ("en", "ru", "tg"):
            titles = [event.title.in_(language) for event in un.events]
            assert len(titles) == len(set(titles)), language

    @pytest.mark.parametrize(("language", "alphabet"), [("ru", RUSSIAN), ("tg", TAJIK)])
    def test_in_cyrillic_use_their_own_alphabet(
        self, exported: dict[str, Any], language: str, alphabet: frozenset[str]
    ) -> None:
        """
        Russian and Tajik texts contain no letters of other alphabets.
        """
        found = [text[language] for text in texts(exported) if language in text]
        assert len(found) > 100
        for words in found:
            foreign = {each for each in words.lower() if each.isalpha()} - alphabet
            assert not foreign, words

    def test_in_english_contain_no_cyrillic(self, exported: dict[str, Any]) -> None:
        """
        No Cyrillic letter is in an English text, a name, a symbol or a URL.
        """
        assert [each for each in strings(exported) if CYRILLIC.search(each)] == []

    def test_describe_every_event(self, un: Chronology) -> None:
        """
        Every event has a description in sentences and the day of its last edit.
        """
        for event in un.events:
            assert event.revised is not None
            assert event.description is not None
            for words in event.description.translations.values():
                assert words.endswith(".")
