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
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import attrs
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
    {"only": "chronology"},
]


@pytest.fixture(
    scope="module", params=EVERY_PAGE, ids=["page", "options", "jubilees", "chronology"]
)
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


def test_the_first_link_skips_to_the_content() -> None:
    """Users of keyboards and screen readers reach the content with one step."""
    html = page()
    first = html.find_all("a")[0]
    assert first.attributes["href"] == f"#{html.find('main').attributes['id']}"
    assert first.text == "Skip to content"


@pytest.mark.parametrize(
    ("event_id", "dates"),
    [
        ("joins", ["1992-03-02"]),
        ("opened", ["1993-02"]),
        ("decade", []),
    ],
)
def test_dates_are_as_precise_as_they_are_known(
    event_id: str, dates: list[str]
) -> None:
    """The datetime of a month has no invented day, and a span has none."""
    entry = page().by_id(f"event-{event_id}").find("p", class_="when")
    assert [e.attributes["datetime"] for e in entry.find_all("time")] == dates


def test_an_observance_names_the_event_whose_day_it_marks() -> None:
    """It links to that event."""
    entry = page().by_id("event-day")
    assert "Accession Day every year" in entry.text
    assert "Commemorates: Tajikistan joins" in entry.text


def test_sources_are_grouped_by_publisher() -> None:
    """Each has its title and date, and when it was read."""
    sources = page().by_id("sources")
    publishers = [each.text for each in sources.find_all("h3")]
    assert publishers == ["Security Council", "The Press", "Undated", "United Nations"]
    items = sources.find_all("li")
    assert [each.text for each in items] == [
        "[Resolution on the mission]. S/RES/968 (1994)",
        "Новости",
        "X",
        (
            "A. Author. Report of the mission. March 1992"
            " · read on 23 November 2026"
            " · read in a copy at archive.example.org"
        ),
    ]
    links = [a.attributes["href"] for each in items for a in each.find_all("a")]
    assert links == ["https://docs.un.org/en/S/RES/968(1994)", UN.url, UN.copy_url]


def test_a_source_that_nobody_read_says_so() -> None:
    """That is one of which no citation is verified."""
    cited = Citation(source=PRESS, date="1992", verified=False)
    event = Event(id="it", title="It", date="1992", citations=[cited])
    sources = page(Chronology(events=[event])).by_id("sources")
    assert sources.find("li").text == "Новости · document not read"


def test_sources_that_no_event_cites_are_listed() -> None:
    """A source of the record is never left out."""
    record = Chronology(events=[JOINS], sources=[PRESS], areas=[WATER])
    items = page(record).by_id("sources").find_all("li")
    assert [each.attributes["id"] for each in items] == ["source-2", "source-1"]
    assert items[0].text == "Новости"


def test_without_a_feed_there_is_nothing_to_subscribe_to() -> None:
    """The section and the link to it are left out."""
    html = page()
    assert "feeds" not in {e.attributes.get("id") for e in html.walk()}


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


def linked_data(html: Element) -> list[dict[str, Any]]:
    data = json.loads(html.find("script", type="application/ld+json").raw)
    assert data["@context"] == "https://schema.org"
    return list(data["@graph"])


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
    assert shown in html.by_id("sources").find("h3").text
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
    assert html.by_id("report").find("a").attributes == {"href": url}
    with pytest.raises(ExportError, match="expected an http or https address"):
        page(report_url="javascript:alert(1)")


def test_the_language_of_the_page_is_declared() -> None:
    """Labels and texts are in the language of the page."""
    html = page(language="ru")
    assert html.attributes == {"lang": "ru", "dir": "ltr"}
    assert html.find("h1").text == "Таджикистан и ООН"
    assert html.by_id("event-joins").find("h4").text == "Таджикистан вступает"


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


@pytest.mark.parametrize("scheme", [0, 1, 2], ids=["light", "dark", "print"])
def test_colours_have_enough_contrast(scheme: int) -> None:
    """Text has a ratio of at least 4.5, and marks and bars one of at least 3."""
    style = page().find("style").raw
    blocks = re.findall(r":root\{(.*?)\}", style)
    colours = [
        dict(re.findall(r"--([a-z0-9-]+):(#[0-9a-f]+);", each)) for each in blocks
    ]
    assert [len(each) for each in colours] == [len(colours[0])] * 3
    chosen = colours[scheme]
    for front in ("text", "soft", "accent"):
        for back in ("page", "panel"):
            assert contrast(chosen[front], chosen[back]) >= 4.5, (front, back)
    assert contrast(chosen["on-accent"], chosen["accent"]) >= 4.5
    for number in range(5):
        assert contrast(chosen[f"g{number}"], chosen["page"]) >= 2.8, number


@pytest.mark.parametrize(("tag", "most"), [("en", 500), ("ru", 600), ("tg", 600)])
def test_the_page_of_the_bundled_record_is_small(
    un: Chronology, tag: str, most: int
) -> None:
    """It has at most that many kilobytes, or 500,000 letters of any alphabet."""
    data = tjun.export(
        un, "html", language=tag, today=TODAY, feed_url=FEED, page_url=PAGE
    )
    assert len(data) <= most * 1000
    assert len(data.decode()) <= 500_000


def test_an_empty_record_is_a_page_too() -> None:
    """It has no sections for what it does not contain."""
    html = page(Chronology(), feed_url=FEED)
    assert html.find("h1").text == "Chronology"
    ids = {each.attributes["id"] for each in html.walk() if "id" in each.attributes}
    assert not ids & {"chronology", "dates", "missions", "memberships", "areas"}
    assert "No anniversaries in this period." in html.find("main").text


def test_the_next_major_date_comes_first() -> None:
    """It is followed by the next dates, the major ones in bold type."""
    panel = page(show="all").find("section", class_="next")
    assert panel.find("h2").text == "Next major date"
    assert panel.find("p", class_="date").text == "2 March 2027, Tuesday"
    assert "35th anniversary: Tajikistan joins" in panel.find("p", class_="what").text
    dates = [each.text for each in panel.find("ul").find_all("time")]
    assert dates[:2] == ["16 December 2026", "February 2027"]
    assert panel.find_all("li", class_="major") == []


def test_without_a_major_date_the_next_one_comes_first() -> None:
    """It is not called major."""
    panel = page(RECORD.select([ESTABLISHED]), show="all").find(
        "section", class_="next"
    )
    assert panel.find("h2").text == "Next date"
    assert panel.find("p", class_="date").text == "16 December 2026, Wednesday"
    assert panel.find_all("ul") == []


def test_the_beginning_counts_what_there_is() -> None:
    """It names the number of events, and how many of their dates are disputed."""
    lede = page().find("p", class_="lede").text
    assert lede.startswith("7 events since 1992, each with its sources. For 1 of them")


def test_dates_of_twelve_months_or_of_chosen_years_are_listed() -> None:
    """Announced and disputed dates say so."""
    assert page().by_id("dates").find("h2").text.endswith("next twelve months")
    chosen = page(first_year=2027, last_year=2028, show="all").by_id("dates")
    assert chosen.find("h2").text == "Anniversaries 2027–2028"
    texts = [each.text for each in chosen.find_all("li")]
    assert any("sources differ" in each for each in texts)
    announced = attrs.evolve(DECADE, date="2027-05-12", until=None)
    html = page(Chronology(events=[announced]))
    assert html.by_id("dates").find("li").text.endswith("A decade announced")
    assert html.find("p", class_="what").text.endswith("A decade announced")


def test_the_picture_has_a_mark_for_each_event() -> None:
    """Its form says what is known: the day, one date, and whether it is major."""
    chart = page().find("ol", class_="chart")
    marks = {
        column.find("b").text: [
            each.attributes["class"]
            for each in column.find("span", class_="dots").find_all("i")
        ]
        for column in chart.find_all("li")
        if column.attributes.get("class") != "gap"
    }
    assert marks["1992"][0] == "d g1 big"
    assert marks["1993"][:2] == ["d g0 vague split", "d g0"]
    assert marks["2000"][0] == "d g0 vague"
    assert marks["1994"][0] == "d g0"
    assert len(chart.find_all("li", class_="gap")) == 1
    assert "MO" in [each.text for each in chart.find_all("u")]
    assert "Tajikistan joins" in [each.text for each in chart.find_all("em")]


def many(dates: Iterable[str], missions: int = 0, prefix: str = "e") -> Chronology:
    events = [
        Event(id=f"{prefix}{n}", title="It", date=date, citations=[Citation(source=UN)])
        for n, date in enumerate(dates)
    ]
    return Chronology(
        events=events,
        missions=[
            Mission(id=f"m{n}", name=f"Mission {n}", opening=event)
            for n, event in enumerate(events[:missions])
        ],
    )


def test_more_than_64_years_are_shown_as_decades() -> None:
    """Each decade is one column."""
    html = page(many(str(year) for year in range(1900, 1980)))
    assert html.by_id("chart-heading").text == "Every event, decade by decade"
    columns = html.find("ol", class_="chart").find_all("li")
    assert [each.find("b").text for each in columns] == [
        str(year) for year in range(1900, 1980, 10)
    ]


def test_more_than_500_events_are_shown_as_bars() -> None:
    """The bar of the year with the most events is the longest."""
    html = page(many(["1992"] * 500 + ["0997"]))
    bars = [e.find("rect") for e in html.find_all("svg", class_="bar-of")]
    assert [each.attributes["height"] for each in bars] == ["0.2%", "100%"]
    assert html.find("ol", class_="chart").find_all("i") == []
    assert html.find_all("ul", class_="keys") == []


@pytest.mark.parametrize(("missions", "shown"), [(3, 3), (4, 0)])
def test_more_than_three_missions_at_a_time_are_not_drawn(
    missions: int, shown: int
) -> None:
    """They would hide the marks; their pages list them."""
    chart = page(many(["1992"] * 5, missions)).find("ol", class_="chart")
    assert len(chart.find_all("u")) == shown


def test_the_busiest_period_is_named() -> None:
    """If a fifth of the columns has a third of the events."""
    busy = page(many(["1992"] * 3 + ["1993", "1994", "1995", "1996"]))
    said = busy.by_id("events").find_all("p")[0].text
    assert said.endswith("3 of the 7 events fall in 1992.")
    even = page(many(str(1992 + n) for n in range(10)))
    assert "fall in" not in even.by_id("events").find_all("p")[0].text


def test_an_event_has_its_description_area_and_sources() -> None:
    """Sources are named by their publishers and symbols."""
    html = page()
    entry = html.by_id("event-joins")
    assert "A new member." in entry.text
    assert "Water" in [a.text for a in entry.find_all("a")]
    assert "Sources: United Nations" in entry.text
    assert "Security Council, S/RES/968 (1994)" in html.by_id("event-established").text


def test_a_disputed_event_has_a_row_for_each_date() -> None:
    """With its bar, who gives it, what they say, which one is used, and why."""
    entry = page().by_id("event-opened")
    rows = [
        each for each in entry.find("ul", class_="accounts").content if each != "\n"
    ]
    texts = [each.text for each in rows if isinstance(each, Element)]
    assert texts[0].startswith("February 1993 used here United Nations 1 source")
    assert "Says February." in texts[0]
    assert "in February last" in texts[0]
    assert "Page or paragraph: page 7" in texts[0]
    assert texts[1].startswith("1994 The Press 1 source")
    assert "document not read" in texts[1]
    assert "describes another event: The mission is established" in texts[2]
    bars = [each.attributes for each in entry.find_all("rect")]
    assert bars[0]["class"] == bars[1]["class"] == "vague"
    assert "class" not in bars[2]
    assert "Why the record uses this date: The UN knows best." in entry.text
    assert "Corrected on 20 November 2026: Date changed" in entry.text


def test_the_main_disputes_are_questions() -> None:
    """Those with a reason and more weight come first."""
    section = page().by_id("disputes")
    assert section.find("h3").text == "MO opens: when?"


def test_missions_have_their_dates_heads_and_predecessors() -> None:
    """A head has a term and sources, if they are known."""
    html = page()
    text = html.by_id("mission-mission").text
    for shown in (
        "To observe",
        "Opened",
        "February 1993",
        "Closed",
        "2000",
        "Dushanbe",
    ):
        assert shown in text
    assert "A. Person, Head, 1993–1995 United Nations" in text
    assert "Another Person, Head" in text
    link = html.by_id("mission-office").find("dl").find_all("a")[-1]
    assert (link.text, link.attributes["href"]) == ("MO", "#mission-mission")


def test_a_mission_without_acronym_is_named() -> None:
    """The link to a predecessor has its name."""
    before = Mission(id="before", name="Good Offices", opening=JOINS)
    after = Mission(id="after", name="After", opening=ESTABLISHED, predecessor=before)
    html = page(Chronology(missions=[before, after]))
    assert "Preceded byGood Offices" in html.by_id("mission-after").text


def test_memberships_are_a_table() -> None:
    """With the recommendation and the end, if any has one."""
    table = page().by_id("memberships").find("table")
    cells = [
        [cell.text for cell in row.find_all("th") + row.find_all("td")]
        for row in table.find_all("tr")
    ]
    assert cells == [
        ["Organization", "Admitted", "Left"],
        ["United Nations (UN)", "2 March 1992", ""],
        [
            "Union of Lakes (UL): Dushanbe",
            "February 1993 sources differ",
            "March 2004",
        ],
    ]
    advised = attrs.evolve(MEMBERSHIP, recommendation=OPENED)
    table = page(Chronology(memberships=[advised])).find("table")
    heads = [each.text for each in table.find_all("th", scope="col")]
    assert heads == ["Organization", "Recommended", "Admitted"]


def test_areas_count_their_events_and_cite_their_sources() -> None:
    """Each has its description."""
    text = page().by_id("area-water").text
    assert text == "Water Rivers and lakes 1 event · Sources: United Nations"


def test_subscribing_is_explained_for_each_client() -> None:
    """Google cannot subscribe in its app; Outlook needs the address."""
    section = page(feed_url=FEED).by_id("feeds")
    assert section.find("code").text == FEED
    names = [each.text for each in section.find_all("h3")]
    assert names[:2] == ["Google Calendar", "iPhone, iPad, Mac"]
    links = [each.attributes["href"] for each in section.find_all("a")]
    assert links[0] == "webcal://example.org/un/anniversaries.ics"
    assert links[1].startswith("https://calendar.google.com/")


def test_the_record_can_be_cited() -> None:
    """With its revision and its address, as far as they are known."""
    quote = page(page_url=PAGE).by_id("cite").find("p", class_="quote")
    assert quote.text == f"Tajikistan and the UN. Updated on 20 November 2026. {PAGE}"


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
    """With a link, if it is known where its text is."""
    html = page(attrs.evolve(RECORD, licence=licence))
    foot = html.find("footer")
    assert f"Licence: {licence}" in foot.text
    links = [a.attributes["href"] for a in foot.find_all("a")]
    assert links == ([] if address is None else [address])
    assert linked_data(html)[0]["license"] == (address or licence)


def test_a_draft_or_incomplete_translation_says_so() -> None:
    """Readers learn that nobody has checked it, and that some texts are missing."""
    drafts = attrs.evolve(RECORD, translations=[Translation(language="ru")])
    foot = page(drafts, language="ru").find("footer").text
    assert "Это черновой перевод" in foot
    assert "Некоторые тексты ещё не переведены" in foot
    assert "draft" not in page(drafts).find("footer").text
    assert "translated" not in page(RECORD.select([JOINS])).find("footer").text


def test_linked_data_describe_the_record_and_its_organizations() -> None:
    """The events have pages of their own on a site."""
    dataset, *others = linked_data(page(page_url=PAGE))
    assert dataset == {
        "@type": "Dataset",
        "@id": f"{PAGE}#record",
        "name": "Tajikistan and the UN",
        "description": "Tajikistan and the UN: 7 events, 1992–2028, 4 sources",
        "inLanguage": "en",
        "url": PAGE,
        "license": "https://creativecommons.org/licenses/by-sa/4.0/",
        "creator": {"@type": "Organization", "name": "The Society"},
        "dateModified": "2026-11-20",
        "temporalCoverage": "1992/2037",
    }
    assert others[0] == {
        "@type": "Organization",
        "@id": f"{PAGE}#mission-mission",
        "name": "Mission of Observers",
        "alternateName": "MO",
        "foundingDate": "1993-02",
        "dissolutionDate": "2000",
    }
    assert [each["name"] for each in others[2:]] == ["United Nations", "Union of Lakes"]


def test_shared_links_have_a_title_and_a_description() -> None:
    """And an address, if it is known."""
    html = page(page_url=PAGE)
    found = {
        each.attributes.get("property"): each.attributes.get("content")
        for each in html.find_all("meta")
    }
    assert found["og:title"] == "Tajikistan and the UN"
    assert found["og:url"] == PAGE
    assert "og:url" not in {
        each.attributes.get("property") for each in page().find_all("meta")
    }


def test_the_list_of_jubilees_is_a_page_of_its_own() -> None:
    """It marks disputed dates, and has a title of one's own."""
    html = page(only="jubilees", first_year=2027, last_year=2029)
    assert html.find("h1").text == "Jubilees 2027–2029"
    items = [each.text for each in html.find("ol", class_="sheet").find_all("li")]
    assert items[0] == (
        "2 March 2027 Tuesday 35th anniversary: Tajikistan joins (1992)"
    )
    assert any(each.endswith("sources differ") for each in items)
    assert html.find_all("header") == []
    assert page(only="jubilees", title="Ours").find("h1").text == "Ours"


def test_the_chronology_can_be_written_alone() -> None:
    """As a hand-out with a title, and without the parts of the page."""
    html = page(only="chronology", title="The mission")
    assert html.find("h1").text == "The mission"
    entries = html.find_all("li", class_="entry")
    assert entries[0].find("h3").text == "Tajikistan joins"
    assert len(entries) == 7
    assert [e for e in html.walk() if e.attributes.get("id") == "sources"] == []


def test_other_languages_are_marked() -> None:
    """Titles of sources, and texts without a translation."""
    html = page(language="ru")
    assert html.by_id("source-1").find("cite").attributes == {"lang": "en"}
    entry = html.by_id("event-established")
    assert entry.find("h4").find("span").attributes == {"lang": "en"}


def test_a_right_to_left_language_turns_the_page_around() -> None:
    """Texts in other languages keep their direction."""
    html = page(language=ARABIC)
    assert html.attributes == {"lang": "ar", "dir": "rtl"}
    title = html.by_id("event-joins").find("h4").find("span")
    assert title.attributes == {"lang": "en", "dir": "auto"}


def test_events_that_are_not_shown_have_no_links() -> None:
    """They are only named."""
    entry = page(RECORD.select([OPENED])).by_id("event-opened")
    assert "describes another event: The mission is established" in entry.text
