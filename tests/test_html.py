"""
The web page.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import itertools
import json
import re
from pathlib import Path
from typing import Any

import pytest
from html_page import Element, parse_html
from making import by
from nasty import CONTROLS, PRINTABLE, collapsed, everywhere

import tjun
from tjun import (
    Chronology,
    Citation,
    CooperationArea,
    Correction,
    Event,
    ExportError,
    Membership,
    Mission,
    Post,
    Publisher,
    Source,
    Text,
    Translation,
)
from tjun.testing import ExporterContract

HTML = tjun.exporters()["html"]
TODAY = dt.date(2026, 11, 25)
FEED = "https://example.org/un/anniversaries.ics"
PAGE = "https://example.org/un/"
ARABIC = tjun.Language.load(Path(__file__).parent / "languages" / "ar.toml")

UN = Source(
    id="un",
    title="Report of the mission",
    author="A. Author",
    publisher=Publisher(
        id="united-nations",
        name=Text(en="United Nations", ru="Организация Объединенных Наций"),
        kind="un",
    ),
    url="https://example.org/report?a=1&b=2",
    published="1992-03",
    accessed="2026-11-23",
    copy_url="https://archive.example.org/report",
    language="en",
)
PRESS = Source(
    id="press",
    title="Новости",
    publisher=by("The Press", "press"),
    language="ru",
)
RESOLUTION = Source(
    id="s-res-968",
    label=Text(en="Resolution on the mission", ru="Резолюция о миссии"),
    publisher=by("Security Council", "un"),
    symbol="S/RES/968 (1994)",
)
WATER = CooperationArea(
    id="water",
    name=Text(en="Water", ru="Вода"),
    description="Rivers and lakes",
    citations=[Citation(source=UN)],
)
JOINS = Event(
    id="joins",
    title=Text(en="Tajikistan joins", ru="Таджикистан вступает"),
    date="1992-03-02",
    weight="major",
    areas=[WATER],
    description="A new member.",
    citations=[Citation(source=UN)],
)
ESTABLISHED = Event(
    id="established",
    title="The mission is established",
    date="1994-12-16",
    citations=[Citation(source=RESOLUTION, date="1994-12-16")],
)
OPENED = Event(
    id="opened",
    title="The mission opens",
    short="MO opens",
    date="1993-02",
    place=Text(en="Dushanbe", ru="Душанбе"),
    reason="The UN knows best.",
    corrections=[Correction(on="2026-11-20", note="Date changed to February.")],
    citations=[
        Citation(
            source=UN,
            date="1993-02",
            says=Text(en="Says February.", ru="Называет февраль."),
            as_written="in February last",
            locator="page 7",
        ),
        Citation(source=PRESS, date="1994", says="Says 1994.", verified=False),
        Citation(source=RESOLUTION, alternative=ESTABLISHED),
        Citation(source=Source(id="x", title="X", publisher=by("Undated"))),
    ],
)
DAY = Event(
    id="day",
    title="Accession Day",
    date="1993-03-02",
    yearly=True,
    marks=JOINS,
    citations=[Citation(source=PRESS)],
)
DECADE = Event(
    id="decade",
    title="A decade",
    date="2028",
    until="2037",
    status="announced",
    citations=[Citation(source=PRESS)],
)
MISSION = Mission(
    id="mission",
    name="Mission of Observers",
    acronym="MO",
    seat="Dushanbe",
    mandate="To observe",
    opening=OPENED,
    closing=Event(
        id="closed", title="It closes", date="2000", citations=[Citation(source=UN)]
    ),
    heads=[
        Post(
            person="A. Person",
            title="Head",
            start="1993",
            end="1995",
            citations=[Citation(source=UN)],
        ),
        Post(person="Another Person", title="Head"),
    ],
)
OFFICE = Mission(
    id="office", name="Office", acronym="OF", opening=DECADE, predecessor=MISSION
)
LEAVES = Event(
    id="leaves", title="It leaves", date="2004-03", citations=[Citation(source=UN)]
)
MEMBERSHIP = Membership(
    id="membership", organization="United Nations", acronym="UN", admission=JOINS
)
LEFT = Membership(
    id="left",
    organization="Union of Lakes",
    acronym="UL",
    member="Dushanbe",
    admission=OPENED,
    withdrawal=LEAVES,
)
RECORD = Chronology(
    events=[JOINS, OPENED, ESTABLISHED, DAY, DECADE],
    missions=[MISSION, OFFICE],
    memberships=[MEMBERSHIP, LEFT],
    areas=[WATER],
    title=Text(en="Tajikistan and the UN", ru="Таджикистан и ООН"),
    publisher="The Society",
    licence="CC-BY-SA-4.0",
    revised="2026-11-20T09:00:00Z",
)


def page(record: Chronology = RECORD, **keywords: Any) -> Element:
    return parse_html(tjun.export(record, HTML, today=TODAY, **keywords))


class TestContract(ExporterContract):
    exporter = HTML
    options_to_try = (
        {
            "first_year": 1990,
            "last_year": 2030,
            "every": 5,
            "show": "major",
            "feed_url": FEED,
            "page_url": PAGE,
            "report_url": PAGE,
            "licence": "CC0",
        },
        {"only": "jubilees", "first_year": 2030},
    )

    def parse(self, data: bytes) -> object:
        return parse_html(data)


EVERY_PAGE = [
    {},
    {"language": "ru", "feed_url": FEED, "page_url": PAGE, "report_url": PAGE},
    {"only": "jubilees", "first_year": 2027},
]


@pytest.fixture(scope="module", params=EVERY_PAGE, ids=["page", "options", "jubilees"])
def html(request: pytest.FixtureRequest, un: Chronology) -> Element:
    return page(un, **request.param)


def test_the_structure_is_sound(html: Element) -> None:
    """One main element, one heading of level 1, no level left out, no id twice."""
    assert len(html.find_all("main")) == 1
    levels = [
        int(each.name[1]) for each in html.walk() if re.fullmatch("h[1-6]", each.name)
    ]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))
    ids = [each.attributes["id"] for each in html.walk() if "id" in each.attributes]
    assert len(ids) == len(set(ids))
    for each in html.walk():
        for name in ("aria-labelledby", "for"):
            if name in each.attributes:
                assert each.attributes[name] in ids


def test_every_link_within_the_page_leads_somewhere(html: Element) -> None:
    """Every address that starts with # is the id of an element."""
    ids = {each.attributes.get("id") for each in html.walk()}
    links = [each.attributes["href"] for each in html.find_all("a")]
    assert {link[1:] for link in links if link.startswith("#")} <= ids


def test_the_page_loads_nothing(html: Element) -> None:
    """Nothing but links names another address, and the icon is in the page."""
    for each in html.walk():
        assert not {"src", "srcset", "poster", "data", "action"} & set(each.attributes)
        if each.name == "link":
            kind = each.attributes["rel"]
            assert kind == "canonical" or each.attributes["href"].startswith("data:")
    style = html.find("style").raw
    assert "url(" not in style
    assert "@import" not in style


def test_the_policy_allows_only_the_style_and_the_script_of_the_page(
    html: Element,
) -> None:
    """The hashes match, and there are no inline handlers and no style attributes."""
    (policy,) = [
        each.attributes["content"]
        for each in html.find_all("meta")
        if each.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == rules["base-uri"] == "'none'"
    assert rules["style-src"] == f"'{digest(html.find('style').raw)}'"
    for script in html.find_all("script"):
        assert f"'{digest(script.raw)}'" in rules["script-src"].split(" ")
    for each in html.walk():
        assert not [n for n in each.attributes if n.startswith("on") or n == "style"]


def digest(text: str) -> str:
    found = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(found).decode()}"


def test_links_to_other_sites_do_not_give_access_to_the_page() -> None:
    """Every link to the web has rel=noopener."""
    html = page(feed_url=FEED, report_url=PAGE)
    links = [e for e in html.find_all("a") if e.attributes["href"].startswith("http")]
    assert len(links) > 5
    assert all(each.attributes["rel"] == "noopener" for each in links)


def test_the_first_link_skips_to_the_content() -> None:
    """Users of keyboards and screen readers reach the content with one step."""
    html = page()
    first = html.find_all("a")[0]
    assert first.attributes["href"] == f"#{html.find('main').attributes['id']}"
    assert first.text == "Skip to content"


def test_the_introduction_says_how_big_the_record_is() -> None:
    """It counts events and sources, and names the years and the last revision."""
    text = page().find("header").text
    assert "Tajikistan and the UN" in text
    assert "7 events · 1992–2028 · 4 sources · Updated on 20 November 2026" in text


def test_a_record_without_title_and_events_is_a_page_too() -> None:
    """An empty record has no sections for what it does not contain."""
    html = page(Chronology(), feed_url=FEED)
    assert html.find("h1").text == "Chronology"
    assert "0 events · 0 sources" in html.find("header").text
    assert "No anniversaries in this period." in html.by_id("coming-up").text
    ids = {each.attributes.get("id") for each in html.find_all("section")}
    assert not {"missions", "memberships", "areas"} & ids
    for link in html.find("nav").find_all("a"):
        html.by_id(link.attributes["href"][1:])


def test_the_next_date_comes_first() -> None:
    """The next anniversary is set apart from the table, with its day of the week."""
    section = page().by_id("coming-up")
    assert section.find("p", class_="next").text == (
        "Next date 2 March 2027 Tuesday 35th anniversary: Tajikistan joins (1992)"
    )


def test_coming_up_covers_twelve_months() -> None:
    """The table has dates, days of the week and titles; jubilees stand out."""
    html = page()
    rows = html.by_id("coming-up").find("tbody").find_all("tr")
    assert [row.text for row in rows] == [
        "2 March 2027 Tuesday ★ 35th anniversary: Tajikistan joins (1992)",
    ]
    assert rows[0].attributes["class"] == "jubilee"
    assert rows[0].find("time").attributes["datetime"] == "2027-03-02"
    star = rows[0].find("span", class_="star")
    assert star.attributes["aria-label"] == "Jubilee"
    assert "★ jubilee" in html.by_id("coming-up").text


def test_other_years_can_be_listed_instead() -> None:
    """With first-year and last-year, the table covers these years."""
    section = page(first_year=2027, last_year=2028, show="major").by_id("coming-up")
    assert section.find("caption").text == "Anniversaries 2027–2028"
    assert [row.text for row in section.find("tbody").find_all("tr")] == [
        "2 March 2027 Tuesday ★ 35th anniversary: Tajikistan joins (1992)",
        "2 March 2028 Thursday 36th anniversary: Tajikistan joins (1992)",
    ]


def test_an_announced_event_says_so() -> None:
    """Its own date is not an anniversary yet."""
    soon = Event(
        id="soon",
        title="Conference",
        date="2027-05-04",
        status="announced",
        citations=[Citation(source=UN)],
    )
    html = page(Chronology(events=[soon]))
    (row,) = html.find("tbody").find_all("tr")
    assert row.text == "4 May 2027 Tuesday Conference announced"
    assert html.by_id("event-soon").find("h4").text == "Conference announced"


@pytest.mark.parametrize(
    ("event_id", "dates"),
    [
        ("joins", ["1992-03-02"]),
        ("opened", ["1993-02"]),
        ("decade", ["2028", "2037"]),
    ],
)
def test_dates_are_as_precise_as_they_are_known(
    event_id: str, dates: list[str]
) -> None:
    """The datetime of a month or a year has no invented day."""
    entry = page().by_id(f"event-{event_id}").find("p", class_="when")
    assert [e.attributes["datetime"] for e in entry.find_all("time")] == dates


def test_the_chronology_is_an_ordered_list_in_each_decade() -> None:
    """A screen reader can say which of how many events it reads."""
    decades = page().by_id("chronology").find_all("section", class_="decade")
    assert [each.find("h3").text for each in decades] == [
        "1990–1999",
        "2000–2009",
        "2020–2029",
    ]
    items = [e for e in decades[0].find("ol").content if isinstance(e, Element)]
    assert [each.attributes["id"] for each in items] == [
        "event-joins",
        "event-opened",
        "event-day",
        "event-established",
    ]


def test_an_event_has_its_description_area_and_sources() -> None:
    """The publisher links to the page that was read, the number to the list."""
    entry = page().by_id("event-joins")
    assert entry.text == (
        "2 March 1992 Tajikistan joins A new member."
        " Water · Sources: United Nations [1]"
    )
    assert [each.attributes["href"] for each in entry.find_all("a")] == [
        "#area-water",
        "https://example.org/report?a=1&b=2",
        "#source-1",
    ]


def test_an_observance_names_the_event_whose_day_it_marks() -> None:
    """It links to that event."""
    entry = page().by_id("event-day")
    assert "Accession Day every year" in entry.text
    assert "Commemorates: Tajikistan joins" in entry.text


def test_a_disputed_event_has_a_row_for_each_account() -> None:
    """Date, source, wording, location and date of reading; other sources follow."""
    entry = page().by_id("event-opened")
    rows = entry.find("table").find("tbody").find_all("tr")
    cells = [[e.text for e in row.content if isinstance(e, Element)] for row in rows]
    assert cells == [
        [
            "February 1993 the record uses this date",
            "United Nations [1]",
            "in February last Says February.",
            "page 7",
            "23 November 2026",
        ],
        ["1994", "The Press [2]", "Says 1994.", "", "document not read"],
        [
            "16 December 1994",
            "Security Council [3]",
            "Describes another event: The mission is established",
            "",
            "",
        ],
    ]
    assert entry.find("caption").text == "Sources differ on the date"
    reason = "Why the record uses this date: The UN knows best."
    assert entry.find("p", class_="reason").text == reason
    place, correction = entry.find_all("p", class_="meta")
    assert place.text == "Dushanbe · Sources: Undated [4]"
    assert correction.text == (
        "Corrected on 20 November 2026: Date changed to February."
    )


def test_the_timeline_has_a_text_equivalent() -> None:
    """Pictures are hidden from screen readers, and nothing in them has the focus."""
    html = page()
    section = html.by_id("timeline")
    assert "The chronology below lists every event" in section.text
    for svg in html.find_all("svg"):
        assert svg.attributes["aria-hidden"] == "true"
        assert {e.attributes["tabindex"] for e in svg.find_all("a")} <= {"-1"}
    drawn = {
        e.attributes["href"]
        for e in section.find("svg", class_="timeline").find_all("a")
    }
    assert drawn == {f"#event-{each.id}" for each in RECORD.events} | {
        "#mission-mission",
        "#mission-office",
    }


def test_each_dispute_has_a_drawing_of_its_accounts() -> None:
    """Every account is labelled with its date and its source."""
    (dispute,) = page().by_id("timeline").find("ul", class_="disputes").find_all("li")
    assert dispute.find("a").text == "The mission opens"
    labels = [e.text for e in dispute.find_all("text", class_="label-account")]
    assert labels == [
        "February 1993 · United Nations",
        "1994 · The Press",
        "16 December 1994 · Security Council",
    ]


def test_missions_have_their_dates_heads_and_predecessors() -> None:
    """A date that is disputed says so; a mission that is open has no closing."""
    html = page()
    assert html.by_id("mission-mission").text == (
        "Mission of Observers (MO) To observe"
        " OpenedFebruary 1993 Sources differ on the date Closed2000"
        " SeatDushanbe Heads A. Person, Head, 1993–1995 [1] Another Person, Head"
    )
    assert html.by_id("mission-office").text == ("Office (OF) Opened2028 Preceded byMO")


def test_memberships_are_a_table() -> None:
    """Each has the day of admission and that of a withdrawal, linked to the events."""
    table = page().by_id("memberships")
    assert [row.text for row in table.find_all("tr")] == [
        "OrganizationAdmittedLeft",
        "United Nations (UN) 2 March 1992",
        (
            "Union of Lakes (UL): Dushanbe February 1993 Sources differ on the date"
            " March 2004"
        ),
    ]
    assert [a.attributes["href"] for a in table.find_all("a")] == [
        "#event-joins",
        "#event-opened",
        "#event-leaves",
    ]
    lasting = page(Chronology(memberships=[MEMBERSHIP])).by_id("memberships")
    assert lasting.find("thead").text == "OrganizationAdmitted"


def test_areas_count_their_events_and_cite_their_sources() -> None:
    """An area has a name, a description, a number of events and sources."""
    assert page().by_id("area-water").text == "Water Rivers and lakes 1 event [1]"


def test_sources_are_numbered_in_the_order_of_their_first_citation() -> None:
    """Each has its title, publisher, date, and whether it was read."""
    items = page().by_id("sources").find("ol").find_all("li")
    assert [each.text for each in items] == [
        (
            "A. Author. Report of the mission. United Nations, March 1992"
            " · read on 23 November 2026"
            " · read in a copy at archive.example.org"
        ),
        "Новости. The Press",
        "[Resolution on the mission]. Security Council, S/RES/968 (1994)",
        "X. Undated",
    ]
    links = [a.attributes["href"] for each in items for a in each.find_all("a")]
    assert links == [UN.url, UN.copy_url, "https://docs.un.org/en/S/RES/968(1994)"]


def test_a_source_that_nobody_read_says_so() -> None:
    """That is one of which no citation is verified."""
    cited = Citation(source=PRESS, date="1992", verified=False)
    event = Event(id="it", title="It", date="1992", citations=[cited])
    sources = page(Chronology(events=[event])).by_id("sources")
    assert sources.find("li").text == "Новости. The Press · document not read"


def test_sources_that_no_event_cites_are_listed_last() -> None:
    """A source of the record is never left out."""
    record = Chronology(events=[JOINS], sources=[PRESS], areas=[WATER])
    items = page(record).by_id("sources").find("ol").find_all("li")
    assert [each.attributes["id"] for each in items] == ["source-1", "source-2"]
    assert items[1].text.startswith("Новости.")


def test_subscribing_is_explained_for_each_client() -> None:
    """The address is there to copy, and links open the calendars that accept them."""
    section = page(feed_url=FEED).by_id("subscribe")
    assert section.find("code").text == FEED
    assert [each.attributes["href"] for each in section.find_all("a")] == [
        (
            "https://calendar.google.com/calendar/render"
            "?cid=webcal%3A%2F%2Fexample.org%2Fun%2Fanniversaries.ics"
        ),
        "webcal://example.org/un/anniversaries.ics",
    ]
    assert "Outlook for Mac cannot subscribe" in section.text
    assert "hidden" in section.find("button").attributes


def test_without_a_feed_there_is_nothing_to_subscribe_to() -> None:
    """The section and the link to it are left out."""
    html = page()
    assert "subscribe" not in {e.attributes.get("id") for e in html.walk()}


def test_the_record_can_be_cited_in_three_forms() -> None:
    """Plain text, BibTeX and CSL-JSON have the title, the revision and the address."""
    section = page(page_url=f"{PAGE}#top").by_id("cite")
    plain, event = section.find_all("p", class_="quote")
    bibtex, csl = section.find_all("pre")
    assert plain.text == (
        f"Tajikistan and the UN. Updated on 20 November 2026. {PAGE}#top"
    )
    assert event.text == (
        "Tajikistan joins (2 March 1992). Tajikistan and the UN."
        f" Updated on 20 November 2026. {PAGE}#event-joins"
    )
    assert "title = {{Tajikistan and the UN}}" in bibtex.raw
    assert f"url = {{{PAGE}#top}}" in bibtex.raw
    (item,) = json.loads(csl.raw)
    assert (item["title"], item["URL"]) == ("Tajikistan and the UN", f"{PAGE}#top")


def test_a_reference_without_address_and_revision_is_short() -> None:
    """What is not known is left out, and special characters of TeX are escaped."""
    event = Event(id="it", title="It", date="2000", citations=[Citation(source=UN)])
    section = page(Chronology(events=[event], title="50 % & {more}~")).by_id("cite")
    plain, cited = section.find_all("p", class_="quote")
    bibtex, csl = section.find_all("pre")
    assert plain.text == "50 % & {more}~"
    assert cited.text == "It (2000). 50 % & {more}~"
    assert (
        r"title = {{50 \% \& \textbraceleft{}more\textbraceright{}\textasciitilde{}}}"
        in bibtex.raw
    )
    assert json.loads(csl.raw)[0].keys() == {"id", "type", "title", "language"}


@pytest.mark.parametrize(
    ("licence", "address"),
    [
        ("CC-BY-SA-4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
        ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("https://example.org/terms", "https://example.org/terms"),
        ("Ask us", None),
    ],
)
def test_the_licence_is_that_of_the_record(licence: str, address: str | None) -> None:
    """It is linked if it has an address, and an option can name another one."""
    record = Chronology(licence=licence)
    for html in (page(record), page(licence=licence)):
        section = html.by_id("licence")
        assert section.find("p").text.endswith(licence)
        links = [a.attributes["href"] for a in section.find_all("a")]
        assert links == ([] if address is None else [address])
        assert linked_data(html)[0]["license"] == (address or licence)
    assert page().by_id("licence").find("p").text == "The Society, CC-BY-SA-4.0"


def test_a_record_without_licence_declares_none() -> None:
    """No licence is assumed."""
    html = page(Chronology(events=[JOINS]))
    assert "licence" not in {each.attributes.get("id") for each in html.walk()}
    assert "license" not in linked_data(html)[0]


def test_the_page_says_where_to_report_an_error() -> None:
    """At the contact of the record or as the option says; else there is no section."""
    assert "report" not in {each.attributes.get("id") for each in page().walk()}
    contact = Chronology(contact="mailto:a@example.org")
    for html, address in (
        (page(report_url=PAGE), PAGE),
        (page(contact), "mailto:a@example.org"),
    ):
        section = html.by_id("report")
        assert "Name the event" in section.text
        assert section.find("a").attributes["href"] == address


def test_a_draft_translation_says_so() -> None:
    """Until a native speaker has reviewed it, and only in its own language."""
    notice = "Это черновой перевод"

    def of(status: str) -> Chronology:
        translations = [Translation(language="ru", status=status)]
        return Chronology(events=[JOINS], translations=translations)

    assert notice in page(of("draft"), language="ru").find("header").text
    assert notice not in page(of("reviewed"), language="ru").text
    assert "draft" not in page(of("draft")).text


def linked_data(html: Element) -> list[dict[str, Any]]:
    data = json.loads(html.find("script", type="application/ld+json").raw)
    assert data["@context"] == "https://schema.org"
    return list(data["@graph"])


def test_linked_data_describes_the_record_its_events_and_organizations() -> None:
    """Dates are as precise as known: schema.org cannot express more."""
    graph = linked_data(page(page_url=PAGE))
    assert graph[0] == {
        "@type": "Dataset",
        "@id": f"{PAGE}#record",
        "name": "Tajikistan and the UN",
        "description": "7 events · 1992–2028 · 4 sources",
        "inLanguage": "en",
        "url": PAGE,
        "license": "https://creativecommons.org/licenses/by-sa/4.0/",
        "creator": {"@type": "Organization", "name": "The Society"},
        "dateModified": "2026-11-20",
        "temporalCoverage": "1992/2037",
    }
    assert {
        "@type": "Organization",
        "@id": f"{PAGE}#mission-mission",
        "name": "Mission of Observers",
        "alternateName": "MO",
        "foundingDate": "1993-02",
        "dissolutionDate": "2000",
    } in graph
    assert {
        "@type": "Organization",
        "name": "United Nations",
        "alternateName": "UN",
    } in graph
    assert {
        "@type": "Event",
        "@id": f"{PAGE}#event-decade",
        "name": "A decade",
        "startDate": "2028",
        "endDate": "2037",
    } in graph


def test_linked_data_leaves_out_what_is_not_known() -> None:
    """An empty record has no dates."""
    (dataset,) = linked_data(page(Chronology()))
    assert dataset.keys() == {"@type", "@id", "name", "description", "inLanguage"}


@pytest.mark.parametrize(
    ("date", "interval"),
    [
        ("1992~", "1991-01-01/1993-12-31"),
        ("1992-23", "1992-09-01/1992-11-30"),
        ("199X", "1990-01-01/1999-12-31"),
        ("[..1992-03-02]", "../1992-03-02"),
        ("[1992-03..]", "1992-03-01/.."),
    ],
)
def test_uncertain_dates_are_intervals(date: str, interval: str) -> None:
    """HTML has no attribute for them, and linked data no other form."""
    event = Event(id="it", title="It", date=date, citations=[Citation(source=PRESS)])
    html = page(Chronology(events=[event]))
    assert linked_data(html)[1]["startDate"] == interval
    assert html.by_id("event-it").find_all("time") == []
    assert html.by_id("timeline").find_all("title")


def test_linked_data_has_years_in_four_digits() -> None:
    """Otherwise a program cannot read the period as dates."""
    cited = [Citation(source=Source(id="a", title="A", publisher=by("B")))]
    long_ago = Event(id="a", title="A", date="0997", until="1003", citations=cited)
    dataset, _ = linked_data(page(Chronology(events=[long_ago])))
    assert dataset["temporalCoverage"] == "0997/1003"


def test_shared_links_have_a_title_and_a_description() -> None:
    """Open Graph tags; the address only if it is known."""

    def tags(html: Element) -> dict[str, str]:
        return {
            e.attributes["property"]: e.attributes["content"]
            for e in html.find_all("meta")
            if "property" in e.attributes
        }

    assert tags(page()) == {
        "og:type": "website",
        "og:title": "Tajikistan and the UN",
        "og:description": "7 events · 1992–2028 · 4 sources",
        "og:locale": "en",
    }
    html = page(page_url=PAGE)
    assert tags(html)["og:url"] == PAGE
    assert html.find("link", rel="canonical").attributes["href"] == PAGE


def test_the_list_of_jubilees_is_a_page_of_its_own() -> None:
    """It has the jubilees of the year and nothing else."""
    html = page(only="jubilees", first_year=2027, last_year=2027)
    assert html.find("title").raw == "Jubilees 2027"
    assert html.find("h1").text == "Jubilees 2027"
    assert [row.text for row in html.find("tbody").find_all("tr")] == [
        "2 March 2027 Tuesday 35th anniversary: Tajikistan joins (1992)"
    ]
    assert html.find_all("section") == []


def test_the_list_of_jubilees_marks_disputed_dates() -> None:
    """An asterisk, explained below the table."""
    html = page(only="jubilees", first_year=2028)
    assert [row.text for row in html.find("tbody").find_all("tr")] == [
        ("February 2028 35th anniversary: MO opens (February 1993, day not known) *")
    ]
    assert "* Sources differ on the date." in html.find("main").text


def test_a_year_without_jubilees_says_so() -> None:
    """The list of jubilees is by default that of this year."""
    html = page(only="jubilees")
    assert html.find("h1").text == "Jubilees 2026"
    assert "No anniversaries in this period." in html.find("main").text


@pytest.mark.parametrize(
    ("options", "years"),
    [
        ({"first_year": 2030}, "2030"),
        ({"last_year": 2030}, "2026–2030"),
        ({"last_year": 2020}, "2020"),
        ({"first_year": 2030, "last_year": 2031}, "2030–2031"),
    ],
)
def test_the_years_of_the_list_can_be_chosen(
    options: dict[str, int], years: str
) -> None:
    """The first year is by default this one, the last one the first."""
    html = page(only="jubilees", **options)
    assert html.find("h1").text == f"Jubilees {years}"


def test_the_last_year_is_not_before_the_first() -> None:
    """A period that ends before it begins is an error."""
    with pytest.raises(ExportError, match="a last year of at least 2031, the first"):
        page(first_year=2031, last_year=2030)


@pytest.mark.parametrize("name", PRINTABLE)
def test_hostile_text_is_shown_as_text(name: str) -> None:
    """Whatever a text contains, the page has the same elements and shows it."""
    html = page(everywhere(PRINTABLE[name]))
    harmless = page(everywhere("It began"))
    allowed = {*skeleton(harmless)}
    assert {*skeleton(html)} <= allowed
    shown = " ".join(collapsed(PRINTABLE[name]).split())
    assert html.by_id("event-it-began").find("h4").text == shown
    assert html.by_id("area-water").find("h3").text == shown
    assert shown in html.by_id("missions").text
    assert shown in html.by_id("memberships").text
    assert shown in html.by_id("sources").text
    json.loads(html.find("script", type="application/ld+json").raw)


def skeleton(html: Element) -> list[tuple[str, ...]]:
    return [(e.name, *sorted(e.attributes)) for e in html.walk()]


@pytest.mark.parametrize("name", CONTROLS)
def test_control_characters_are_an_error(name: str) -> None:
    """HTML cannot contain them, and the message says which one it is."""
    with pytest.raises(ExportError, match="contains the control character"):
        page(everywhere(CONTROLS[name]))


def test_a_control_character_is_found_wherever_it_is() -> None:
    """A text that only the list of sources shows is checked as well."""
    source = Source(id="it", title="It", publisher=by("P"), symbol="a\x07b")
    with pytest.raises(ExportError, match=r"contains the control character '\\x07'"):
        page(Chronology(sources=[source]))


def test_addresses_are_escaped() -> None:
    """The model allows only http and https; quotes and ampersands are harmless."""
    url = "https://example.org/'onclick='alert(1)'?a=1&lt=2"
    html = page(feed_url=url, page_url=url, report_url=url)
    assert html.by_id("report").find("a").attributes == {
        "href": url,
        "rel": "noopener",
    }
    with pytest.raises(ExportError, match="expected an http or https address"):
        page(report_url="javascript:alert(1)")


def test_the_language_of_the_page_is_declared() -> None:
    """Labels and texts are in the language of the page."""
    html = page(language="ru")
    assert html.attributes == {"lang": "ru", "dir": "ltr"}
    assert html.find("h1").text == "Таджикистан и ООН"
    assert html.by_id("event-joins").find("h4").text == "Таджикистан вступает"


def test_other_languages_are_marked() -> None:
    """Screen readers switch the voice for what has no translation, and for titles."""
    html = page(language="ru")
    title = html.by_id("event-opened").find("h4").find("span")
    assert (title.text, title.attributes) == ("The mission opens", {"lang": "en"})
    assert html.by_id("source-1").find("cite").attributes == {"lang": "en"}
    assert html.by_id("source-2").find("cite").attributes == {}
    assert "[Резолюция о миссии]. " in html.by_id("source-3").text
    cell = html.by_id("event-opened").find("tbody").find_all("td")[1]
    assert cell.text == "in February last Называет февраль."
    assert "Организация Объединенных Наций" in html.by_id("event-opened").text
    marked = [e for e in page().walk() if "lang" in e.attributes]
    assert [(e.name, e.attributes["lang"]) for e in marked[1:]] == [("cite", "ru")]


def test_texts_without_english_are_marked_as_the_language_of_the_record() -> None:
    """A record need not be written in English."""
    source = Source(id="it", title="Бюллетень", publisher=by("P"))
    event = Event(
        id="it",
        title=Text(ky="Башталды"),
        date="1992",
        citations=[Citation(source=source, locator="1-бет", date="1992")],
    )
    html = page(Chronology(events=[event], language="ky", title=Text(ky="Жылнаама")))
    assert html.by_id("event-it").find("span").attributes == {"lang": "ky"}
    assert html.by_id("source-1").find("cite").attributes == {"lang": "ky"}


def test_a_right_to_left_language_turns_the_page_around() -> None:
    """The direction is declared, English stays readable, and time runs leftwards."""
    html = page(language=ARABIC)
    assert html.attributes == {"lang": "ar", "dir": "rtl"}
    english = {"lang": "en", "dir": "auto"}
    assert html.by_id("event-joins").find("h4").find("span").attributes == english
    assert html.by_id("source-1").find("cite").attributes == english

    def years(html: Element) -> list[float]:
        svg = html.find("svg", class_="timeline")
        return [
            float(e.attributes["x"]) for e in svg.find_all("text", class_="tick-label")
        ]

    assert years(page()) == sorted(years(page()))
    assert years(html) == sorted(years(html), reverse=True)


def test_the_filter_works_without_a_script() -> None:
    """Choosing an area or disputed dates is a matter of style only."""
    html = page()
    style = html.find("style").raw
    assert "main:has(#only-in-water:checked) .event:not(.in-water)" in style
    assert "main:has(#only-disputed:checked) .event:not(.disputed)" in style
    assert html.by_id("only-in-water").attributes["type"] == "radio"
    assert "in-water" in html.by_id("event-joins").attributes["class"].split()
    assert "hidden" in html.by_id("search").attributes


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_colours_have_enough_contrast(scheme: str) -> None:
    """Text has a ratio of at least 4.5, and what a drawing shows one of at least 3."""
    style = page().find("style").raw
    blocks = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    colours = [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+);", each)) for each in blocks]
    assert [len(each) for each in colours] == [len(colours[0])] * 3
    chosen = dict(zip(["light", "dark", "print"], colours, strict=True))[scheme]
    texts = [
        (front, back)
        for front in ("text", "muted", "accent")
        for back in ("page", "panel")
    ]
    for front, back in [*texts, ("on-filled", "filled")]:
        if scheme == "print" and front == "on-filled":
            continue  # Filled areas are not printed.
        assert contrast(chosen[front], chosen[back]) >= 4.5, (front, back)
    for front in ("accent", "bar", "muted"):
        assert contrast(chosen[front], chosen["panel"]) >= 3, front


@pytest.mark.parametrize("tag", ["en", "ru", "tg"])
def test_the_page_of_the_bundled_record_is_small(un: Chronology, tag: str) -> None:
    """It has less than 600,000 characters in every language."""
    data = tjun.export(
        un, "html", language=tag, today=TODAY, feed_url=FEED, page_url=PAGE
    )
    assert len(data.decode()) < 600_000
