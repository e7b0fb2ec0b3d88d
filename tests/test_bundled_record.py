import json
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

import tjun
from tjun.model.dates import PartialDate

DATA = files("tjun") / "data"
SECTIONS = ("areas", "sources", "events", "missions", "memberships")
RUSSIAN = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
TAJIK = frozenset("абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя")
CYRILLIC = re.compile("[\u0400-\u052f]")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
WRITTEN_DATE = re.compile(
    r'^(?:date|until|start|end|published) = "(.*)"$', re.MULTILINE
)
SYMBOL = re.compile(
    r"S/RES/\d{3,4} \(\d{4}\)"
    r"|A/RES/\d{2}/\d{1,3}"
    r"|A/\d{2}/(?:L\.)?\d{1,3}(?:, annex)?"
    r"|A/HRC/\d{2}/\d{1,3}"
    r"|S/\d{4}/\d{1,4}(?:, annex [IVX]+)?"
    r"|S/PV\.\d{4}"
    r"|CCPR/CO/\d{2}/TJK"
    r"|(?:UNIS/)?SC/\d{4}"
    r"|GA/\d{5}"
    r"|SG/(?:SM|T)/\d{4,5}"
)
RESOLUTION = re.compile(r"[AS]/RES/.*")

CLAIMS = [
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

CONFLICTS = [
    ("unmot-opened", {"1993-02-01", "1994-12-16"}),
    ("unmot-established", {"1994-12-16", "1994-12-04"}),
    ("unmot-ended", {"2000-05-15", "2000-05-20"}),
    ("untop-established", {"2000-05", "2000-06", "2000-06-01"}),
    ("untop-ended", {"2007-08", "2007-07-31", "2007-10"}),
    ("undp-representation-1993", {"1993-12", "1994"}),
    ("unicef-office-1993", {"1993", "1994"}),
    ("refugee-convention-accession", {"1993", "1994"}),
    ("water-decade-2018-adopted", {"2016-12-21", "2016-12-22"}),
    ("dushanbe-water-conference-2018", {"2018-06-21", "2018-06-22"}),
    ("dushanbe-glaciers-conference-2025", {"2025-05-31", "2025-06-01"}),
    ("dushanbe-process-2019", {"2019-05-16", "2019-05-15"}),
    ("visit-guterres-2017", {"2017-06-11", "2017-06-12"}),
]

DISSENTING = [
    ("unmot-opened", "dpko-unmot-mandate", "1994-12-16"),
    ("unmot-established", "un-archives-unmot", "1994-12-04"),
    ("unmot-established", "encyclopedia-unmot-german", "1994-12-04"),
    ("unmot-ended", "unic-warsaw-unmot", "2000-05-20"),
    ("untop-established", "un-news-2002-05", "2000-06"),
    ("untop-established", "irin-2005-05-26", "2000-06-01"),
    ("untop-ended", "uzdaily-2007-08-01", "2007-07-31"),
    ("untop-ended", "agc-2015-02-10", "2007-10"),
    ("undp-representation-1993", "undp-legal-framework", "1994"),
    ("unicef-office-1993", "unicef-tajikistan-older", "1994"),
    ("refugee-convention-accession", "untj-unhcr", "1994"),
    ("water-decade-2018-adopted", "ifas-water-decade", "2016-12-22"),
    ("dushanbe-water-conference-2018", "asia-plus-water-2018", "2018-06-22"),
    ("dushanbe-glaciers-conference-2025", "wmo-glaciers-2025", "2025-06-01"),
    ("dushanbe-process-2019", "unoct-2019", "2019-05-15"),
    ("visit-guterres-2017", "sg-sm-18583", "2017-06-12"),
]

RAW: dict[str, dict[str, Any]] = {
    section: tomllib.loads((DATA / f"{section}.toml").read_text(encoding="utf-8"))
    for section in SECTIONS
}


@pytest.fixture(scope="module")
def exported(un: tjun.Chronology) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(tjun.export(un, "json"))
    return record


def said(un: tjun.Chronology, event: str, source: str = "article") -> str:
    """
    Return what *source* says of *event*.
    """
    (citation,) = (c for c in un.events[event].citations if c.source.id == source)
    return citation.says


def texts(value: Any) -> Iterator[dict[str, str]]:
    """
    Yield every text in languages.
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
    Yield every string that is not Russian or Tajik.
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
    def test_the_name_was_first_used_in_1942(self, un: tjun.Chronology) -> None:
        """
        The name United Nations was first used in a declaration of 1 January 1942.
        """
        event = un.events["declaration-by-united-nations"]
        assert str(event.date) == "1942-01-01"
        assert "first use of the name" in said(un, event.id)

    def test_the_organization_dates_from_1945(self, un: tjun.Chronology) -> None:
        """
        The Organization was founded in 1945, for peace and for cooperation of states.
        """
        event = un.events["un-founded"]
        assert str(event.date) == "1945"
        told = said(un, event.id)
        assert "influential" in told
        assert "peace" in told
        assert "cooperation among states" in told

    def test_the_council_acted_on_29_january_1992(self, un: tjun.Chronology) -> None:
        """
        The Security Council's resolution on admission is of 29 January 1992.
        """
        event = un.events["sc-recommends-tajikistan"]
        assert str(event.date) == "1992-01-29"
        assert event.kind == "resolution"
        assert "equal member" in said(un, event.id)

    def test_the_country_joined_on_2_march_1992(self, un: tjun.Chronology) -> None:
        """
        Tajikistan became a member on 2 March 1992, the ground for all cooperation.
        """
        event = un.events["tajikistan-joins-un"]
        assert str(event.date) == "1992-03-02"
        assert event.kind == "membership"
        told = said(un, event.id)
        assert "agencies and specialized organizations" in told
        assert "five fields" in told

    def test_2_march_is_kept_every_year(self, un: tjun.Chronology) -> None:
        """
        2 March is kept every year as the day of accession.
        """
        event = un.events["un-accession-day"]
        assert event.yearly
        assert event.kind == "observance"
        assert event.marks is un.events["tajikistan-joins-un"]
        assert event.date == event.marks.date
        assert "yearly" in said(un, event.id)

    def test_the_five_fields_stand_in_their_order(self, un: tjun.Chronology) -> None:
        """
        The five fields of cooperation stand first, in the order of the article.
        """
        assert list(un.areas.ids[:5]) == ARTICLE_AREAS

    def test_peace_at_home_came_first(self, un: tjun.Chronology) -> None:
        """
        At first cooperation served peace and stability in the country.
        """
        told = said(un, "unmot-opened")
        assert "peace and stability at home came before all else" in told
        description = un.areas["peace-stability"].description
        assert description is not None
        assert "at home" in description.en

    def test_unmot_opened_on_1_february_1993(self, un: tjun.Chronology) -> None:
        """
        The first UN office, UNMOT, opened in Dushanbe on 1 February 1993.
        """
        unmot = un.missions["unmot"]
        assert unmot.opening is un.events["unmot-opened"]
        assert str(unmot.start) == "1993-02-01"
        assert unmot.seat == "Dushanbe"
        assert "the first UN office" in said(un, "unmot-opened")

    def test_unmot_served_peace_and_brought_aid(self, un: tjun.Chronology) -> None:
        """
        UNMOT advanced the peace process, helped keep the peace and gave urgent aid.
        """
        told = said(un, "unmot-ended")
        for part in ("peace process", "peacekeeping", "urgent aid"):
            assert part in told
        mandate = un.missions["unmot"].mandate
        assert mandate is not None
        assert "urgent humanitarian aid" in mandate.en

    def test_the_general_agreement_is_named(self, un: tjun.Chronology) -> None:
        """
        The article names the General Agreement and gives it no date.
        """
        event = un.events["general-agreement-1997"]
        (citation,) = (c for c in event.citations if c.source.id == "article")
        assert citation.date is None
        assert "General Agreement" in citation.says
        assert "General Agreement" in said(un, "untop-established")

    def test_untop_followed_in_may_2000(self, un: tjun.Chronology) -> None:
        """
        UNTOP was set up in May 2000 on the basis of UNMOT, as Kofi Annan proposed.
        """
        untop = un.missions["untop"]
        assert untop.opening is un.events["untop-established"]
        assert untop.predecessor is un.missions["unmot"]
        assert str(untop.start) == "2000-05"
        told = said(un, "untop-established")
        assert "Kofi Annan" in told
        assert "on the basis of UNMOT" in told

    def test_untop_ended_in_august_2007(self, un: tjun.Chronology) -> None:
        """
        UNTOP completed its work in August 2007.
        """
        untop = un.missions["untop"]
        assert untop.closing is un.events["untop-ended"]
        assert str(untop.end) == "2007-08"
        assert "well done" in said(un, "untop-ended")

    def test_dozens_were_decorated(self, un: tjun.Chronology) -> None:
        """
        Dozens of those who served in UNTOP received high state awards.
        """
        event = un.events["tenth-anniversary-honours"]
        assert event in un.missions["untop"].events
        told = said(un, event.id)
        assert "dozens" in told
        assert "high state awards" in told

    def test_the_tajik_model_is_an_example(self, un: tjun.Chronology) -> None:
        """
        The Tajik model is an example of preventive diplomacy to countries in conflict.
        """
        told = said(un, "untop-ended")
        for part in ("Tajik model", "guarantor states", "preventive diplomacy"):
            assert part in told

    def test_what_the_article_dates_is_this_and_no_more(
        self, un: tjun.Chronology
    ) -> None:
        """
        The record according to the article is its dated claims, in its dates.
        """
        article = un.according_to("article")
        assert [(each.id, str(each.date)) for each in article.events] == CLAIMS
        assert article.missions.ids == ("unmot", "untop")
        assert article.memberships.ids == ("un",)
        assert article.sources.ids == ("article",)

    def test_the_articles_date_is_the_date(self, un: tjun.Chronology) -> None:
        """
        Where the article dates an event, the record dates it so.
        """
        assert [(own, str(un.events[own].date)) for own, _ in CLAIMS] == CLAIMS

    def test_the_united_nations_may_date_otherwise(self, un: tjun.Chronology) -> None:
        """
        According to the United Nations UNMOT is of 16 December 1994.
        """
        by_un = un.according_to("un")
        assert str(by_un.events["unmot-opened"].date) == "1994-12-16"
        assert str(by_un.events["unmot-established"].date) == "1994-12-16"


class TestHouse:
    @pytest.mark.parametrize(
        ("own", "date"),
        [
            *CLAIMS,
            ("unmot-established", "1994-12-16"),
            ("general-agreement-1997", "1997-06-27"),
            ("unmot-ended", "2000-05-15"),
        ],
    )
    def test_the_fixed_events_are_there(
        self, un: tjun.Chronology, own: str, date: str
    ) -> None:
        """
        The events with fixed ids are there, with their dates.
        """
        assert str(un.events[own].date) == date

    def test_the_fixed_ids_are_there(self, un: tjun.Chronology) -> None:
        """
        Missions, areas, the membership and the article have their fixed ids.
        """
        assert un.missions.ids == ("unmot", "untop")
        assert un.memberships["un"].admission is un.events["tajikistan-joins-un"]
        advice = un.memberships["un"].recommendation
        assert advice is un.events["sc-recommends-tajikistan"]
        assert un.sources["article"].kind == "government"
        assert list(un.areas.ids) == [
            *ARTICLE_AREAS,
            "human-rights",
            "humanitarian",
            "culture-education",
        ]

    def test_the_opening_and_the_mandate_are_two(self, un: tjun.Chronology) -> None:
        """
        UNMOT opens with the article's office, and the Council's mandate is its event.
        """
        unmot = un.missions["unmot"]
        assert unmot.closing is un.events["unmot-ended"]
        assert un.events["unmot-established"] in unmot.events

    def test_the_folded_row_is_retired(self, un: tjun.Chronology) -> None:
        """
        The id of the row that was folded into another is retired.
        """
        assert un.retired == ("un-office-dushanbe-opened",)

    def test_membership_events_have_no_area(self, un: tjun.Chronology) -> None:
        """
        The founding of the United Nations and membership of it are of no field.
        """
        ids = [each.id for each in un.events if not each.areas]
        assert ids == [
            "declaration-by-united-nations",
            "un-founded",
            "un-charter-signed",
            "sc-recommends-tajikistan",
            "tajikistan-joins-un",
            "un-accession-day",
            "un-membership-30-years",
        ]


class TestFiles:
    @pytest.mark.parametrize("section", SECTIONS)
    def test_a_file_stands_in_the_order_of_the_loader(
        self, un: tjun.Chronology, section: str
    ) -> None:
        """
        The entries of each file stand as the loader sorts them.
        """
        ids = tuple(row["id"] for row in RAW[section][section])
        assert ids == getattr(un, section).ids

    def test_the_events_of_a_mission_stand_in_order(self, un: tjun.Chronology) -> None:
        """
        The list of a mission's events is in chronological order, without its ends.
        """
        for row in RAW["missions"]["missions"]:
            ends = {row["opening"], row["closing"]}
            others = [e.id for e in un.missions[row["id"]].events if e.id not in ends]
            assert row["events"] == others

    @pytest.mark.parametrize("section", SECTIONS)
    def test_ids_are_slugs_and_unique(self, section: str) -> None:
        """
        Every id is a slug, and no other entry of its file has it.
        """
        ids = [row["id"] for row in RAW[section][section]]
        assert len(ids) == len(set(ids))
        assert all(SLUG.fullmatch(own) for own in ids)

    @pytest.mark.parametrize("section", SECTIONS)
    def test_dates_parse_back_identically(self, section: str) -> None:
        """
        Every date is written as it would be written back.
        """
        text = (DATA / f"{section}.toml").read_text(encoding="utf-8")
        dates = WRITTEN_DATE.findall(text)
        assert [str(PartialDate.parse(date)) for date in dates] == dates

    @pytest.mark.parametrize("section", SECTIONS)
    def test_each_file_names_its_licence(self, section: str) -> None:
        """
        Each file of the record names its licence at the top.
        """
        text = (DATA / f"{section}.toml").read_text(encoding="utf-8")
        assert text.splitlines()[1] == "# Licence: CC BY 4.0."

    def test_the_sources_are_explained(self) -> None:
        """
        The page beside the files names the licence and what is only a draft.
        """
        page = (DATA / "SOURCES.md").read_text(encoding="utf-8")
        assert "CC BY 4.0" in page
        assert "https://creativecommons.org/licenses/by/4.0/" in page
        assert "`draft` translation" in page
        assert "not been reviewed by a native speaker" in page

    def test_the_unverified_are_listed(self, un: tjun.Chronology) -> None:
        """
        The page beside the files lists what no page was found for, and no more.
        """
        page = (DATA / "SOURCES.md").read_text(encoding="utf-8")
        listed = re.findall(
            r"^\| `([a-z0-9-]+)` \| (\S.*?) \| `(.*?)` \|$", page, re.MULTILINE
        )
        unverified = [
            (citation.source.id, citation.source.symbol, event.id)
            for event in un.events
            for citation in event.citations
            if not citation.verified
        ]
        assert sorted(listed) == sorted(unverified)


class TestSources:
    def test_every_source_is_cited(self, un: tjun.Chronology) -> None:
        """
        No source is listed that nothing cites.
        """
        cited = {c.source.id for event in un.events for c in event.citations}
        cited |= {
            citation.source.id
            for mission in un.missions
            for head in mission.heads
            for citation in head.citations
        }
        assert set(un.sources.ids) == cited

    def test_every_source_has_a_note(self, un: tjun.Chronology) -> None:
        """
        Every source says how it was read.
        """
        assert [each.id for each in un.sources if each.note is None] == []

    def test_symbols_have_the_form_of_one(self, un: tjun.Chronology) -> None:
        """
        Every symbol has a form that UN documents have.
        """
        symbols = [each.symbol for each in un.sources if each.symbol is not None]
        assert [each for each in symbols if SYMBOL.fullmatch(each) is None] == []

    def test_the_id_of_a_document_is_its_symbol(self, un: tjun.Chronology) -> None:
        """
        A source with a symbol has an id made of it, so neither can be mistaken.
        """
        for each in un.sources:
            if each.symbol is not None:
                slug = re.sub(r"[^a-z0-9]+", "-", each.symbol.lower())
                assert slug.startswith(each.id)
                assert each.kind == "un"

    def test_what_was_not_read_has_no_address(self, un: tjun.Chronology) -> None:
        """
        A source without an address says in its note that no page of it was read.
        """
        for each in un.sources:
            unread = re.search(
                "Not read itself|was found|mirrored copy", each.note or ""
            )
            assert (each.url is None) == (unread is not None), each.id

    def test_an_id_with_a_day_agrees_with_the_day(self, un: tjun.Chronology) -> None:
        """
        A source whose id ends in a date was published then.
        """
        for each in un.sources:
            match = re.search(r"-((?:19|20)\d\d-\d\d(?:-\d\d)?)$", each.id)
            if match is not None and each.symbol is None:
                assert str(each.published) == match[1]


class TestCitations:
    def test_every_event_has_a_source(self, un: tjun.Chronology) -> None:
        """
        No source, no entry; and every citation says something.
        """
        assert all(event.citations for event in un.events)
        assert all(c.says.endswith(".") for e in un.events for c in e.citations)

    def test_the_date_of_an_event_is_a_date_that_is_cited(
        self, un: tjun.Chronology
    ) -> None:
        """
        The first and the last day of an event are as one of its sources gives them.
        """
        for event in un.events:
            assert event.date in {citation.date for citation in event.citations}
            assert event.until in {citation.until for citation in event.citations}

    def test_a_source_is_cited_once(self, un: tjun.Chronology) -> None:
        """
        No event cites a source twice.
        """
        for event in un.events:
            ids = [citation.source.id for citation in event.citations]
            assert len(ids) == len(set(ids)), event.id

    def test_a_resolution_has_a_symbol(self, un: tjun.Chronology) -> None:
        """
        A resolution is cited by its symbol, or a note says why it has none.
        """
        for event in un.events.where(kind="resolution"):
            cited = [citation.source for citation in event.citations]
            known = any(RESOLUTION.fullmatch(each.symbol or "") for each in cited)
            told = any("symbol" in (each.note or "").lower() for each in cited)
            assert known or told, event.id

    def test_a_resolution_is_of_the_year_in_its_symbol(
        self, un: tjun.Chronology
    ) -> None:
        """
        A Council resolution is of its symbol's year, and proves nothing before it.
        """
        for event in un.events:
            for citation in event.citations:
                year = re.search(r"\((\d{4})\)$", citation.source.symbol or "")
                if year is not None and citation.date is not None:
                    assert citation.date.year >= int(year[1]), event.id
                    if event.kind == "resolution":
                        assert citation.date.year == int(year[1]), event.id

    def test_an_unverified_citation_has_no_date(self, un: tjun.Chronology) -> None:
        """
        What nobody has seen gives no date, and its source says so.
        """
        for event in un.events:
            for citation in event.citations:
                if not citation.verified:
                    assert citation.date is None
                    assert "no page showing it was found" in (
                        citation.source.note or ""
                    )

    def test_heads_of_missions_cite_sources(self, un: tjun.Chronology) -> None:
        """
        Every head of a mission has a source, and the heads stand in order.
        """
        for mission in un.missions:
            assert mission.heads
            assert all(head.citations for head in mission.heads)
            starts = [head.start for head in mission.heads if head.start is not None]
            assert starts == sorted(starts, key=lambda date: date.sort_key)

    def test_a_date_told_by_a_slip_is_not_taken(self, un: tjun.Chronology) -> None:
        """
        The slip of 2 September 2021 for the day of joining is not in the record.
        """
        dates = {c.date for event in un.events for c in event.citations}
        assert PartialDate(2021, 9, 2) not in dates

    def test_a_wrong_number_is_told_and_not_used(self, un: tjun.Chronology) -> None:
        """
        Resolution 46/224 is told to be Kazakhstan's, and is no source of admission.
        """
        told = [c.says for c in un.events["tajikistan-joins-un"].citations]
        assert sum("46/224" in each for each in told) == 4
        assert any("46/224 is the admission of Kazakhstan" in each for each in told)
        assert "A/RES/46/224" not in {each.symbol for each in un.sources}

    def test_the_counts_of_the_dead_stand_together(self, un: tjun.Chronology) -> None:
        """
        Four, five and seven dead are told each by who counts so.
        """
        assert "Four" in un.events["unmot-staff-killed"].title.en
        assert "seven" in said(un, "unmot-staff-killed", "sg-sm-8451")
        assert "five" in said(un, "unmot-staff-killed", "un-news-2007-08")


class TestConflicts:
    @pytest.mark.parametrize(("own", "dates"), CONFLICTS)
    def test_both_dates_stand(
        self, un: tjun.Chronology, own: str, dates: set[str]
    ) -> None:
        """
        Where sources differ, every date stands with who gives it.
        """
        event = un.events[own]
        given = {str(each.date) for each in event.dated_citations}
        given |= {str(each.until) for each in event.dated_citations}
        assert dates <= given
        assert event.disputed

    @pytest.mark.parametrize(("own", "source", "date"), DISSENTING)
    def test_who_dates_it_otherwise_is_named(
        self, un: tjun.Chronology, own: str, source: str, date: str
    ) -> None:
        """
        The date that differs stands with the source that gives it.
        """
        (citation,) = (c for c in un.events[own].citations if c.source.id == source)
        assert date in {str(citation.date), str(citation.until)}

    def test_nothing_else_is_disputed(self, un: tjun.Chronology) -> None:
        """
        What is disputed is what is known to be, and at least ten events are.
        """
        disputed = {event.id for event in un.events.where(disputed=True)}
        assert disputed == {own for own, _ in CONFLICTS}
        assert len(disputed) >= 10

    def test_the_unit_of_january_1993_is_an_event(self, un: tjun.Chronology) -> None:
        """
        What embassies call the mission's start is an event of its own.
        """
        event = un.events["un-unit-sent-to-dushanbe"]
        assert str(event.date) == "1993-01-21"
        assert "observer mission" in said(un, event.id, "embassy-paris")

    def test_announced_is_what_nobody_saw_held(self, un: tjun.Chronology) -> None:
        """
        Only the two conferences that no source has seen held are announced.
        """
        assert un.events.where(status="announced").ids == (
            "dushanbe-water-conference-2026",
            "un-water-conference-2028",
        )


class TestLanguages:
    def test_titles_and_names_stand_in_three_languages(
        self, un: tjun.Chronology
    ) -> None:
        """
        Every title and every name is there in English, Russian and Tajik.
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

    def test_titles_have_no_full_stop(self, un: tjun.Chronology) -> None:
        """
        A title or a name is no sentence.
        """
        titles = [
            *(words for e in un.events for words in e.title.translations.values()),
            *(words for a in un.areas for words in a.name.translations.values()),
            *(words for m in un.missions for words in m.name.translations.values()),
            *(each.title for each in un.sources),
        ]
        assert [each for each in titles if each.endswith(".")] == []

    def test_no_two_events_have_one_title(self, un: tjun.Chronology) -> None:
        """
        Every event has a title of its own in every language.
        """
        for language in ("en", "ru", "tg"):
            titles = [event.title.in_(language) for event in un.events]
            assert len(titles) == len(set(titles)), language

    @pytest.mark.parametrize(("language", "alphabet"), [("ru", RUSSIAN), ("tg", TAJIK)])
    def test_cyrillic_is_of_its_alphabet(
        self, exported: dict[str, Any], language: str, alphabet: frozenset[str]
    ) -> None:
        """
        Russian and Tajik are written in their own letters, no Latin one among them.
        """
        found = [text[language] for text in texts(exported) if language in text]
        assert len(found) > 100
        for words in found:
            strange = {each for each in words.lower() if each.isalpha()} - alphabet
            assert not strange, words

    def test_latin_fields_hold_no_cyrillic(self, exported: dict[str, Any]) -> None:
        """
        No Cyrillic letter hides in English words, names, symbols or addresses.
        """
        assert [each for each in strings(exported) if CYRILLIC.search(each)] == []

    def test_every_event_is_described_and_stamped(self, un: tjun.Chronology) -> None:
        """
        Every event has a description in sentences and the day of its last edit.
        """
        for event in un.events:
            assert event.revised is not None
            assert event.description is not None
            for words in event.description.translations.values():
                assert words.endswith(".")
