"""
The web site.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import attrs
import icalendar
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
    Publisher,
    Source,
    Text,
    Translation,
)
from tjun.testing import ExporterContract

TODAY = dt.date(2027, 3, 2)
BASE = "https://example.org/un/"
LANGUAGES = ("en", "ru", "tg")
PREFIX = {"en": "", "ru": "ru/", "tg": "tg/"}
_OUTSIDE = ("http:", "https:", "webcal:", "data:")

SITE = tjun.exporters()["site"]

Site = Mapping[str, bytes]


def site_of(record: Chronology, language: str = "en", **options: object) -> Site:
    given = {"base_url": BASE, "today": TODAY, "language": language, **options}
    with zipfile.ZipFile(io.BytesIO(tjun.export(record, SITE, **given))) as files:
        return {name: files.read(name) for name in files.namelist()}


def page(site: Site, path: str) -> Element:
    return parse_html(site[f"{path}index.html"])


def pages(site: Site) -> dict[str, Element]:
    return {
        path: parse_html(data) for path, data in site.items() if path.endswith(".html")
    }


def resolved(path: str, link: str) -> str:
    """
    Return the file that a relative link on the page *path* leads to.
    """
    parts = path.split("/")[:-1]
    for part in urlsplit(link).path.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    target = unquote("/".join(parts))
    return f"{target}index.html" if target.endswith("/") or not target else target


def linked_data(root: Element) -> dict[str, Any]:
    found = json.loads(root.find("script", type="application/ld+json").raw)
    assert isinstance(found, dict)
    return found


@pytest.fixture(scope="module")
def part(un: Chronology) -> Chronology:
    """
    The events of some years, and those that are major, disputed, announced or yearly.
    """
    return un.select(
        event
        for event in un.events
        if 1993 <= event.date.anchor.year <= 1996
        or event.disputed
        or event.yearly
        or event.weight == "major"
        or event.status == "announced"
    )


@pytest.fixture(scope="module")
def site(part: Chronology) -> Site:
    return site_of(part)


@pytest.fixture(scope="module")
def parsed(site: Site) -> dict[str, Element]:
    return pages(site)


class TestContract(ExporterContract):
    """The contract of exporters."""

    exporter = SITE
    required_options = {"base_url": BASE}  # noqa: RUF012  # As in the class it fills in.
    options_to_try = (
        {"show": "all", "licence": "CC0", "report_url": "https://example.org/report"},
    )

    def parse(self, data: dict[str, bytes]) -> None:
        for path, content in data.items():
            if path.endswith(".html"):
                parse_html(content)
            elif path.endswith(".ics"):
                icalendar.Calendar.from_ical(content)
            elif path.endswith(".json"):
                json.loads(content)
            elif path.endswith(".xml"):
                ET.fromstring(content)


class TestFiles:
    """Which files there are."""

    def test_every_entity_has_a_page_in_every_language(
        self, site: Site, part: Chronology
    ) -> None:
        """Events, areas and missions have permanent addresses."""
        for prefix in PREFIX.values():
            assert f"{prefix}index.html" in site
            for event in part.events:
                assert f"{prefix}events/{event.id}/index.html" in site
            for area in part.areas:
                assert f"{prefix}areas/{area.id}/index.html" in site
            for mission in part.missions:
                assert f"{prefix}missions/{mission.id}/index.html" in site

    def test_nothing_else_is_written(self, site: Site, part: Chronology) -> None:
        """There are pages, calendars, data, and what hosts and search engines need."""
        rest = {
            path
            for path in site
            if not re.search(r"(^|/)(index\.html|event\.ics|cite\.(bib|json))$", path)
            and "feeds/" not in path
        }
        shared = ("card.png", "corrections/feed.atom", "embed/next.html")
        assert rest == {
            *(f"{own}{path}" for own in PREFIX.values() for path in shared),
            *(f"{own}search/index.js" for own in PREFIX.values()),
            "404.html",
            "record.csv",
            "record.bib",
            "record.csl.json",
            "record.json",
            "script.js",
            "sitemap.xml",
            "style.css",
        }

    def test_the_data_are_the_exports(self, site: Site, part: Chronology) -> None:
        """The record can be read back, and the references are those of exporters."""
        assert tjun.loads(site["record.json"].decode(), format="json") == part
        assert site["record.csl.json"] == tjun.export(part, "csl")
        assert site["record.bib"] == tjun.export(part, "bibtex")

    def test_names_of_windows_devices_are_avoided(self) -> None:
        """Windows cannot create a file called con, with any suffix."""
        source = Source(id="un", title="Report", publisher=by("UN"))
        cited = [Citation(source=source)]
        area = CooperationArea(id="aux", name="Aux")
        event = Event(
            id="con", title="Con", date="1992-03-02", areas=[area], citations=cited
        )
        mission = Mission(id="nul", name="Nul", acronym="NUL", opening=event)
        site = site_of(Chronology(events=[event], missions=[mission]))
        assert "events/con_/index.html" in site
        assert "missions/nul_/index.html" in site
        assert "feeds/areas/aux_.ics" in site
        for path in site:
            stems = [part.partition(".")[0] for part in path.split("/")]
            assert not {"con", "aux", "nul"}.intersection(stems), path

    def test_a_site_at_the_root_has_a_robots_file(self) -> None:
        """Search engines look for it only at the root of a host."""
        event = Event(
            id="begins",
            title="Begins",
            date="1992",
            citations=[Citation(source=Source(id="un", title="R", publisher=by("UN")))],
        )
        site = site_of(Chronology(events=[event]), base_url="https://example.org")
        sitemap = b"Sitemap: https://example.org/sitemap.xml\n"
        assert site["robots.txt"].endswith(sitemap)


class TestOptions:
    """What can be chosen."""

    def test_the_address_is_required(self, part: Chronology) -> None:
        """Feeds and canonical addresses cannot do without it."""
        with pytest.raises(ExportError) as caught:
            tjun.export(part, "site")
        assert caught.value.exporter == "site"
        assert caught.value.reason == (
            "the option base_url (--base-url) is required: the address at which the"
            " site will be published, such as https://example.org/un/"
        )

    @pytest.mark.parametrize("address", ["https://example.org/?a", "https://a.org/#b"])
    def test_the_address_is_that_of_a_directory(
        self, part: Chronology, address: str
    ) -> None:
        """Something can be appended to it."""
        with pytest.raises(ExportError, match=r"without \? and #"):
            tjun.export(part, "site", base_url=address)

    def test_a_slash_at_the_end_makes_no_difference(self) -> None:
        """Both forms of the address are common."""
        record = everywhere("It began")
        assert site_of(record, base_url=BASE) == site_of(record, base_url=BASE[:-1])

    def test_the_language_is_that_of_the_first_page(self) -> None:
        """The others are in directories."""
        site = site_of(everywhere("It began"), "ru")
        assert page(site, "").attributes["lang"] == "ru"
        assert page(site, "en/").attributes["lang"] == "en"
        assert page(site, "tg/").attributes["lang"] == "tg"

    def test_languages_without_a_title_are_left_out(self) -> None:
        """A page in a language of which the record has nothing helps nobody."""
        source = Source(id="un", title="Report", publisher=by("UN"))
        event = Event(
            id="begins",
            title=Text({"en": "It begins", "ru": "Начало", "kk": "Басталды"}),
            date="1992-03-02",
            citations=[Citation(source=source)],
        )
        site = site_of(Chronology(events=[event]))
        assert "ru/index.html" in site
        assert "tg/index.html" not in site
        assert "kk/index.html" not in site  # tjun has no labels in Kazakh.


def check_links(site: Site, parsed: dict[str, Element]) -> int:
    """
    Check that each internal link leads to an element that exists, and count them.
    """
    ids = {
        path: {e.attributes["id"] for e in root.walk() if "id" in e.attributes}
        for path, root in parsed.items()
    }
    count = 0
    for path, root in parsed.items():
        for element in root.walk():
            for name in ("href", "src"):
                link = element.attributes.get(name)
                if link is None or link.startswith((*_OUTSIDE, "mailto:")):
                    continue
                count += 1
                if path == "404.html":
                    assert link.startswith("/un/")
                    link = link.removeprefix("/un/")
                target = path if link.startswith("#") else resolved(path, link)
                assert target in site, (path, link)
                fragment = urlsplit(link).fragment
                assert not fragment or fragment in ids[target], (path, link)
    return count


@pytest.mark.slow
def test_the_site_of_the_bundled_record_is_small_and_complete(un: Chronology) -> None:
    """Every internal link leads somewhere, and there are at most 25 MB."""
    site = site_of(un)
    assert check_links(site, pages(site)) > 10_000
    assert sum(map(len, site.values())) < 25_000_000


def index(site: Site, prefix: str = "") -> list[list[str]]:
    text = site[f"{prefix}search/index.js"].decode()
    found = json.loads(text.removeprefix("window.tjunIndex=").removesuffix(";\n"))
    assert isinstance(found, list)
    return found


def found_by(rows: list[list[str]], *words: str) -> set[str]:
    """
    Return the addresses of the events that have words beginning with *words*.
    """
    return {
        address
        for address, _, _, known in rows
        if all(any(each.startswith(w) for each in known.split()) for w in words)
    }


class TestSearch:
    """The index with which the script finds events."""

    @pytest.mark.parametrize("prefix", PREFIX.values(), ids=PREFIX)
    def test_it_finds_names_documents_and_years_in_all_languages(
        self, site: Site, prefix: str
    ) -> None:
        """Words by their beginning, without diacritics."""
        rows = index(site, prefix)
        office = "events/unmot-opened/"
        assert office in found_by(rows, "office", "dushan")
        assert office in found_by(rows, "1993", "душанбе")
        assert found_by(rows, "s/res/968")
        assert found_by(rows, "аннан")
        assert found_by(rows, "silovic")
        assert not found_by(rows, "šilović")
        assert found_by(rows, "unmot", "1996")

    def test_its_page_leads_to_years_without_a_script(
        self, parsed: dict[str, Element], part: Chronology
    ) -> None:
        """And to the index by an address that changes with it."""
        root = parsed["search/index.html"]
        links = [a.text for a in root.by_id("browse").find_all("a")]
        years = dict.fromkeys(str(e.date.anchor.year) for e in part.events)
        assert links == list(years)
        where = root.by_id("results").attributes["data-index"]
        assert re.fullmatch(r"index\.js\?[0-9a-f]{8}", where)


class TestPeriods:
    """The pages of years and decades."""

    def test_they_have_all_events(
        self, parsed: dict[str, Element], part: Chronology
    ) -> None:
        """In full, and in order."""
        for first, length, directory in ((1993, 1, "years"), (1990, 10, "decades")):
            root = parsed[f"{directory}/{first}/index.html"]
            shown = [e.attributes["id"] for e in root.find_all("li", class_="entry")]
            assert shown == [
                f"event-{event.id}"
                for event in part.events
                if first <= event.date.anchor.year < first + length
            ]

    def test_they_lead_to_their_neighbours(self, parsed: dict[str, Element]) -> None:
        """Years without events are left out."""
        turn = parsed["years/1994/index.html"].find("nav", class_="turn")
        assert [(a.text, a.attributes["href"]) for a in turn.find_all("a")] == [
            ("1993", "../../years/1993/"),
            ("1995", "../../years/1995/"),
        ]
        decades = parsed["decades/1990/index.html"].find("nav", class_="turn")
        assert decades.find_all("a")[-1].text == "2000–2009"

    def test_a_long_list_of_all_events_is_one_of_years(self) -> None:
        """Above a thousand events, it counts those of each year."""
        events = [attrs.evolve(dated("1992"), id=f"e{n}") for n in range(1_001)]
        root = page(site_of(Chronology(events=events)), "events/")
        assert "1001 events" in root.find("section").text
        assert root.find_all("ol", class_="rows") == []


class TestCorrections:
    """What was corrected, for readers and feed readers."""

    def test_they_are_listed_the_latest_first(
        self, parsed: dict[str, Element], part: Chronology
    ) -> None:
        """With links to their events."""
        items = (
            parsed["corrections/index.html"].find("ul", class_="rows").find_all("li")
        )
        assert len(items) == sum(len(event.corrections) for event in part.events) > 5
        days = [each.find("time").attributes["datetime"] for each in items]
        assert days == sorted(days, reverse=True)

    @pytest.mark.parametrize("tag", LANGUAGES)
    def test_they_are_an_atom_feed(self, site: Site, tag: str) -> None:
        """Each entry has an identifier of its own, a day and a link."""
        space = "{http://www.w3.org/2005/Atom}"
        own = f"{BASE}{PREFIX[tag]}corrections/"
        root = ET.fromstring(site[f"{PREFIX[tag]}corrections/feed.atom"])
        assert root.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == tag
        assert root.findtext(f"{space}id") == own
        found = root.findall(f"{space}entry")
        ids = [each.findtext(f"{space}id") for each in found]
        assert len(set(ids)) == len(ids) > 5
        for each in found:
            assert re.fullmatch(
                r"\d{4}-\d\d-\d\dT00:00:00Z", each.findtext(f"{space}updated", "")
            )
            link = each.find(f"{space}link")
            assert link is not None
            path = link.attrib["href"].removeprefix(BASE)
            assert f"{path}index.html" in site
            assert each.findtext(f"{space}summary")

    def test_a_record_may_have_none(self) -> None:
        """The page says so, and the feed is empty."""
        site = site_of(Chronology(events=[dated("1992")]))
        assert "No corrections so far." in page(site, "corrections/").text
        assert b"<entry>" not in site["corrections/feed.atom"]
        assert "Nothing found." in page(site, "disputes/").find("main").text
        assert "Nothing found." in page(site, "missions/").find("main").text


class TestSharing:
    """What others see of the site."""

    @pytest.mark.parametrize("prefix", PREFIX.values(), ids=PREFIX)
    def test_pages_have_a_picture_of_the_record(
        self, site: Site, parsed: dict[str, Element], prefix: str
    ) -> None:
        """One for each language, as large as services want it."""
        data = site[f"{prefix}card.png"]
        assert data.startswith(b"\x89PNG")
        assert (data[16:20], data[20:24]) == (
            (1200).to_bytes(4, "big"),
            (630).to_bytes(4, "big"),
        )
        metas = parsed[f"{prefix}years/1993/index.html"].find_all("meta")
        found = {
            e.attributes.get("property"): e.attributes.get("content") for e in metas
        }
        assert found["og:image"] == f"{BASE}{prefix}card.png"

    def test_a_record_without_pictures_has_none(self) -> None:
        """No picture of another record is shown."""
        site = site_of(Chronology(events=[dated("1992")], id="mine"))
        assert "card.png" not in site
        assert b"og:image" not in site["index.html"]

    def test_the_next_date_can_be_embedded(self, site: Site) -> None:
        """In two kilobytes without a script; its links lead out of the frame."""
        data = site["embed/next.html"]
        assert len(data) < 2_100
        root = parse_html(data)
        assert root.find("h1").text == "2 March 2027"
        assert root.find_all("script") == []
        assert [a.attributes["target"] for a in root.find_all("a")] == ["_top"] * 2
        line = page(site, "about/").find(
            "section", **{"aria-labelledby": "embed-heading"}
        )
        assert f'<iframe src="{BASE}embed/next.html"' in line.find("code").text

    def test_without_a_next_date_it_says_so(self) -> None:
        """The frame is never empty."""
        site = site_of(Chronology(events=[dated("1992")]))
        assert b"No anniversaries in this period." in site["embed/next.html"]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_first_page_of_the_bundled_record_is_small(
    un: Chronology, tag: str, site: Site
) -> None:
    """It has at most 80 kilobytes."""
    assert len(site[f"{PREFIX[tag]}index.html"]) <= 80_000


class TestDetails:
    """What every page says."""

    def test_the_licence_is_that_of_the_record(self) -> None:
        """No page declares another one, or any if the record does not."""
        record = everywhere("It began")
        licence = "CC-BY-NC-4.0"
        for own, other in ((licence, None), (None, None), (None, licence)):
            site = site_of(attrs.evolve(record, licence=own), licence=other)
            for path, root in pages(site).items():
                shown = any(licence in each.text for each in root.find_all("footer"))
                known = (own or other) is not None
                bare = path.endswith(("404.html", "embed/next.html"))
                assert shown == (known and not bare), path
                assert shown or "creativecommons" not in site[path].decode()

    def test_a_report_address_is_on_every_page(self) -> None:
        """Errors are found on the pages of events."""
        url = "https://example.org/report?a=1&b=2"
        for path, each in pages(site_of(everywhere("It"), report_url=url)).items():
            links = [a for a in each.find_all("a") if a.attributes["href"] == url]
            bare = path.endswith(("404.html", "embed/next.html"))
            assert bool(links) != bare, path


class TestLinks:
    """How pages are connected."""

    def test_every_internal_link_resolves(
        self, site: Site, parsed: dict[str, Element]
    ) -> None:
        """Each leads to a file of the site, and to an element that exists."""
        assert check_links(site, parsed) > 4_000

    def test_every_page_can_be_reached(
        self, site: Site, parsed: dict[str, Element]
    ) -> None:
        """Links lead from the first page to every other one."""
        todo, seen = ["index.html"], {"index.html", "404.html"}
        while todo:
            path = todo.pop()
            for link in parsed[path].find_all("a"):
                href = link.attributes["href"]
                if href.startswith((*_OUTSIDE, "#")):
                    continue
                target = resolved(path, href)
                if target.endswith(".html") and target not in seen:
                    seen.add(target)
                    todo.append(target)
        embedded = {f"{prefix}embed/next.html" for prefix in PREFIX.values()}
        assert seen == set(parsed) - embedded

    def test_addresses_of_other_languages_are_given(
        self, parsed: dict[str, Element]
    ) -> None:
        """Search engines and readers find the same page in each language."""
        own = "events/unmot-opened/"
        for tag, prefix in PREFIX.items():
            root = parsed[f"{prefix}{own}index.html"]
            assert root.attributes["lang"] == tag
            found = {
                link.attributes["hreflang"]: link.attributes["href"]
                for link in root.find_all("link", rel="alternate")
                if "hreflang" in link.attributes
            }
            assert found == {
                "en": f"{BASE}{own}",
                "ru": f"{BASE}ru/{own}",
                "tg": f"{BASE}tg/{own}",
                "x-default": f"{BASE}{own}",
            }
            canonical = root.find("link", rel="canonical").attributes["href"]
            assert canonical == f"{BASE}{prefix}{own}"
            links = root.find("nav", class_="languages").find_all("a")
            assert [link.attributes["lang"] for link in links] == [
                each for each in LANGUAGES if each != tag
            ]

    def test_events_lead_to_their_neighbours(
        self, parsed: dict[str, Element], part: Chronology
    ) -> None:
        """The order is that of the chronology."""
        for index, event in enumerate(part.events):
            root = parsed[f"events/{event.id}/index.html"]
            found = {
                a.attributes["rel"]: a.attributes["href"]
                for a in root.find_all("a")
                if a.attributes.get("rel") in ("prev", "next")
            }
            expected = {}
            if index:
                expected["prev"] = f"../../events/{part.events[index - 1].id}/"
            if index + 1 < len(part.events):
                expected["next"] = f"../../events/{part.events[index + 1].id}/"
            assert found == expected


class TestEventPage:
    """The page of an event."""

    def test_every_account_of_a_dispute_is_shown(
        self, parsed: dict[str, Element], part: Chronology
    ) -> None:
        """There is a row for each date, and the one that is used is marked."""
        for event in part.events.where(disputed=True):
            root = parsed[f"events/{event.id}/index.html"]
            rows = root.find("ul", class_="accounts")
            assert len(rows.find_all("svg")) == len(event.accounts)
            assert len(rows.find_all("li", class_="used")) == 1
            confused = any(each.alternative for each in event.citations)
            headings = [each.text for each in root.find_all("h2")]
            assert ("Often confused with" in headings) == confused

    def test_the_page_is_in_one_language(self) -> None:
        """Place, publisher, reason and corrections are translated, titles are not."""
        source = Source(
            id="report",
            title="Отчет",
            author="A. Author",
            publisher=Publisher(id="un", name=Text(en="United Nations", ru="ООН")),
            copy_url="https://copy.example/report",
            language="ru",
        )
        says = Text(en="Says so.", ru="Сообщает.")
        event = Event(
            id="it",
            title=Text(en="It began", ru="Начало"),
            date="1992-03-02",
            until="1992-03-04",
            place=Text(en="Dushanbe", ru="Душанбе"),
            reason=Text(en="They knew.", ru="Им виднее."),
            corrections=[
                Correction(on="2026-11-20", note=Text(en="Moved.", ru="Перенесено."))
            ],
            citations=[
                Citation(
                    source=source, date="1992-03-02", says=says, as_written="2.3."
                ),
                Citation(source=source, date="1993", verified=False),
                Citation(source=source, as_written="весной", locator="с. 7"),
            ],
        )
        translations = [Translation(language="ru")]
        site = site_of(Chronology(events=[event], translations=translations))
        root = page(site, "ru/events/it/")
        for text in (
            "2–4 марта 1992",
            "МестоДушанбе",
            "2–4 марта 1992 принята здесь ООН 1 источник",
            "Сообщает.",
            "2.3. · A. Author",
            "Почему принята эта дата: Им виднее.",
            "весной · Страница или пункт: с. 7",
            "A. Author. Отчет. ООН · прочитано в копии на сайте copy.example",
            "Исправления 20 ноября 2026 Перенесено.",
            "Это черновой перевод",
        ):
            assert text in root.text
        for title in page(site, "events/it/").find_all("cite"):
            assert title.attributes == {"lang": "ru"}
        assert "draft" not in page(site, "events/it/").text
        assert linked_data(root)["location"] == {"@type": "Place", "name": "Душанбе"}
        assert linked_data(root)["inLanguage"] == "ru"
        assert linked_data(root)["citation"][0]["publisher"]["name"] == "ООН"

    def test_an_event_has_one_identity_in_linked_data(
        self, parsed: dict[str, Element], part: Chronology
    ) -> None:
        """In every language, it is the same."""
        for prefix in PREFIX.values():
            for event in part.events:
                data = linked_data(parsed[f"{prefix}events/{event.id}/index.html"])
                assert data["@id"] == f"{BASE}events/{event.id}/"
                assert data["url"] == f"{BASE}{prefix}events/{event.id}/"
                announced = event.status == "announced"
                assert ("eventStatus" in data) == announced

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
    def test_uncertain_dates_are_intervals(self, date: str, interval: str) -> None:
        """schema.org has no other way to say that a date is not known exactly."""
        site = site_of(attrs.evolve(everywhere("It"), events=[dated(date)]))
        assert linked_data(page(site, "events/dated/"))["startDate"] == interval

    def test_the_page_has_references(
        self, site: Site, parsed: dict[str, Element]
    ) -> None:
        """In plain text, and as files, with those to its sources."""
        section = parsed["events/unmot-opened/index.html"].by_id("cite")
        url = f"{BASE}events/unmot-opened/"
        assert section.find("p", class_="quote").text.endswith(url)
        bibtex = site["events/unmot-opened/cite.bib"].decode()
        assert "{unmot-opened,\n  title = {{First UN office opens" in bibtex
        assert f"url = {{{url}}}" in bibtex
        items = json.loads(site["events/unmot-opened/cite.json"])
        assert items[0]["URL"] == url
        assert bibtex.count("\n@") + 1 == len(items) > 5

    def test_announced_and_yearly_events_say_so(
        self, parsed: dict[str, Element], part: Chronology
    ) -> None:
        """A reader sees that an event has not taken place yet, or recurs."""
        for event in part.events:
            facts = parsed[f"events/{event.id}/index.html"].find("aside")
            tags = [tag.text for tag in facts.find_all("span", class_="tag")]
            assert ("announced" in tags) == (event.status == "announced")
            assert ("every year" in tags) == event.yearly

    def test_every_citation_is_shown(
        self, parsed: dict[str, Element], part: Chronology
    ) -> None:
        """What each source says, and where, is on the page, in its own words."""
        for event in part.events:
            text = parsed[f"events/{event.id}/index.html"].text
            for citation in event.citations:
                said = None if citation.says is None else citation.says.en
                name = citation.source.name("en")
                for shown in (said, citation.locator, citation.as_written, name):
                    assert shown is None or " ".join(shown.split()) in text

    def test_a_withdrawal_is_linked_to_the_admission(self) -> None:
        """A reader finds how long a membership lasted."""
        cited = [Citation(source=Source(id="a", title="A", publisher=by("B")))]
        admitted, left = (
            Event(id=own, title=own, date=year, citations=cited)
            for own, year in (("admitted", "1992"), ("left", "2001"))
        )
        membership = Membership(
            id="m", organization="O", acronym="O", admission=admitted, withdrawal=left
        )
        site = site_of(Chronology(memberships=[membership]))
        assert (
            "admitted" in page(site, "events/left/").find("ul", class_="related").text
        )

    def test_related_events_are_linked(
        self, parsed: dict[str, Element], part: Chronology
    ) -> None:
        """The relations of the record lead in both directions."""
        related: dict[str, set[str]] = {}
        for event in part.events:
            lists = parsed[f"events/{event.id}/index.html"].find_all(
                "ul", class_="related"
            )
            links = [a for each in lists for a in each.find_all("a")]
            related[event.id] = {
                link.attributes["href"].rstrip("/").rpartition("/")[2] for link in links
            }
        for own, others in related.items():
            assert all(own in related[other] for other in others)
        assert "unmot-established" in related["unmot-opened"]
        assert "un-accession-day" in related["tajikistan-joins-un"]

    def test_linked_data_are_as_precise_as_the_date(
        self, parsed: dict[str, Element], part: Chronology
    ) -> None:
        """Search engines get no invented day."""
        for event in part.events:
            data = linked_data(parsed[f"events/{event.id}/index.html"])
            assert event.date.year is None or data["startDate"] == str(event.date)
            assert data.get("endDate") == (event.until and str(event.until))


def entries(data: bytes) -> list[tuple[str, str]]:
    """
    Return the first day and the title of each entry, which pages tag as announced.
    """
    calendar = icalendar.Calendar.from_ical(data)
    return [
        (
            entry.decoded("DTSTART").isoformat(),
            str(entry["SUMMARY"]).removesuffix(" (announced)"),
        )
        for entry in calendar.walk("VEVENT")
    ]


def dated(date: str) -> Event:
    cited = [Citation(source=Source(id="a", title="A", publisher=by("B")))]
    return Event(id="dated", title="It", date=date, citations=cited)


class TestFeeds:
    """The calendars."""

    def test_every_calendar_can_be_read(self, site: Site) -> None:
        """Each has entries, no identifier twice, and its own address for clients."""
        found = {
            path: data
            for path, data in site.items()
            if "feeds/" in path and path.endswith(".ics")
        }
        assert len(found) > 20
        for path, data in found.items():
            calendar = icalendar.Calendar.from_ical(data)
            assert str(calendar["SOURCE"]) == f"{BASE}{path}"
            uids = [str(entry["UID"]) for entry in calendar.walk("VEVENT")]
            assert len(uids) == len(set(uids)) > 0

    def test_an_announced_event_has_an_entry_to_download(self) -> None:
        """Its date may change; there is none if no day is known."""
        record = Chronology(
            events=[
                attrs.evolve(dated("2027-05-12"), id="held"),
                attrs.evolve(dated("2027-05-12"), id="announced", status="announced"),
                attrs.evolve(dated("2027"), id="vague", status="announced"),
            ]
        )
        site = site_of(record)
        assert [path for path in site if path.endswith("/event.ics")] == [
            "events/announced/event.ics"
        ]
        assert entries(site["events/announced/event.ics"]) == [("2027-05-12", "It")]
        button = (
            page(site, "events/announced/").find("aside").find("a", class_="button")
        )
        assert button.attributes["href"] == "event.ics"

    def test_the_dates_of_a_year_are_those_of_the_calendar(
        self, site: Site, parsed: dict[str, Element]
    ) -> None:
        """In the same order, with the same titles."""
        items = parsed["dates/2027/index.html"].find("ol", class_="rows").find_all("li")
        shown = [
            (
                each.find("time").attributes["datetime"],
                each.find_all("a")[0].text,
            )
            for each in items
        ]
        whole = [
            each
            for each in entries(site["feeds/everything.ics"])
            if each[0].startswith("2027")
        ]
        days = [each for each in shown if len(each[0]) == 10]
        assert [each for each in whole if each in days] == days
        assert len(days) > 10

    def test_the_page_of_feeds_says_what_each_has(
        self, site: Site, parsed: dict[str, Element]
    ) -> None:
        """Its size, and the addresses for Outlook, Google and others."""
        items = parsed["ru/feeds/index.html"].find("ul", class_="feeds").find_all("li")
        assert len(items) > 5
        for item in items:
            address = item.find("code").text
            data = site[address.removeprefix(BASE)]
            count = data.count(b"BEGIN:VEVENT")
            assert item.find("p", class_="small").text.startswith(f"{count} запис")
            webcal, google, download = [
                a.attributes["href"] for a in item.find_all("a")
            ]
            assert unquote(google).endswith(f"?cid=webcal:{address[6:]}")
            assert webcal == f"webcal:{address[6:]}"
            assert address == f"{BASE}ru/{download.removeprefix('../')}"

    def test_a_feed_that_is_too_large_is_noted(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        """Google Calendar would ignore a part of it."""
        area = CooperationArea(id="water", name="Water")
        events = [
            attrs.evolve(dated("1992-03-02"), id=f"e{n}", areas=[area])
            for n in range(110)
        ]
        with caplog.at_level("INFO", "tjun"):
            site_of(Chronology(events=events), show="all")
        text = caplog.text
        assert "feeds/everything.ics is too large for Google Calendar" in text
        assert "feeds/areas/water.ics is too large" in text

    def test_the_calendar_of_an_area_has_its_events(
        self, site: Site, part: Chronology
    ) -> None:
        """And no others."""
        for area in part.areas:
            data = site[f"feeds/areas/{area.id}.ics"]
            calendar = icalendar.Calendar.from_ical(data)
            ids = {
                str(entry["UID"]).rpartition("-")[0]
                for entry in calendar.walk("VEVENT")
            }
            assert ids
            assert ids <= set(part.events.where(area=area).ids)

    def test_the_calendar_of_jubilees_has_only_jubilees(
        self, site: Site, part: Chronology
    ) -> None:
        """And all of them, but no death or disaster."""
        calendar = icalendar.Calendar.from_ical(site["feeds/jubilees.ics"])
        uids = [str(entry["UID"]) for entry in calendar.walk("VEVENT")]
        expected = [
            f"{each.event.id}-{each.date.year}@tajikistan.tjun"
            for each in part.anniversaries(
                since=TODAY.year - 1, until=TODAY.year + 9, every=5, show="usual"
            )
            if each.jubilee
        ]
        assert uids == expected

    def test_the_same_entry_is_the_same_everywhere(
        self, part: Chronology, site: Site
    ) -> None:
        """The calendar of everything is that of the calendar exporter."""
        whole = tjun.export(
            part,
            "ics",
            today=TODAY,
            page_url=BASE,
            feed_url=f"{BASE}feeds/everything.ics",
        )
        assert site["feeds/everything.ics"] == whole

    def test_a_record_without_dates_has_no_calendars(self) -> None:
        """A calendar without entries is not valid."""
        source = Source(id="un", title="Report", publisher=by("UN"))
        event = Event(
            id="begins",
            title="Begins",
            date="1992",
            citations=[Citation(source=source)],
        )
        area = CooperationArea(id="water", name="Water")
        site = site_of(Chronology(events=[event], areas=[area]))
        assert not any(path.endswith(".ics") for path in site)
        assert "No anniversaries" in page(site, "feeds/").find("main").text
        assert "Subscribe" not in page(site, "areas/water/").find("main").text


def skeleton(root: Element) -> set[tuple[str, ...]]:
    """
    Return the elements of a page, each with the names of its attributes.
    """
    return {(each.name, *sorted(each.attributes)) for each in root.walk()}


def record_of(texts: Iterable[str]) -> Chronology:
    """
    Return a record with an event, its area and its sources for each of the texts.
    """
    events = []
    for number, text in enumerate(texts):
        source, other = (
            Source(
                id=f"{own}-{number}",
                title=text,
                publisher=Publisher(id="press", name="A press"),
                symbol=text,
                url="https://example.org/",
            )
            for own in ("one", "other")
        )
        area = CooperationArea(
            id=f"area-{number}",
            name=text,
            description=text,
            citations=[Citation(source=source)],
        )
        cited = [
            Citation(source=each, date=date, says=text, locator=text)
            for each, date in ((source, "1992-03-02"), (other, "1992-03-03"))
        ]
        event = Event(
            id=f"event-{number}",
            title=text,
            description=text,
            date="1992-03-02",
            areas=[area],
            citations=cited,
        )
        events.append(event)
    return Chronology(events=events, title="Texts")


def hashed(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def words_of(element: Element, tag: str) -> list[str]:
    """
    Return the words of a page, except for those marked as in another language.
    """
    words: list[str] = []
    for each in element.content:
        if isinstance(each, str):
            words.extend(re.findall(r"[^\W\d_][\w./:-]*", each))
        elif each.attributes.get("lang", tag) == tag and each.name not in {
            *("code", "head", "script"),
        }:
            words.extend(words_of(each, tag))
    return words


@pytest.mark.parametrize("tag", ["ru", "tg"])
def test_few_words_are_in_another_script(parsed: dict[str, Element], tag: str) -> None:
    """At most a fifth is in Latin letters, except for acronyms and addresses."""
    for path, root in parsed.items():
        if path.startswith(f"{tag}/"):
            words = words_of(root, tag)
            latin = [
                word
                for word in words
                if word.isascii()
                and not re.search(r"\d|[./:]\w", word)
                and not word.isupper()
            ]
            assert len(latin) <= len(words) / 5, (path, latin)


class TestSafety:
    """A record is untrusted input."""

    def test_the_policy_allows_only_files_of_the_site(
        self, parsed: dict[str, Element]
    ) -> None:
        """No page has a script of its own, and only the first one has the style."""
        homes = {f"{prefix}index.html" for prefix in PREFIX.values()}
        for path, root in parsed.items():
            if path.endswith("embed/next.html"):
                continue
            (data,) = root.find_all("script", type="application/ld+json") or [None]
            allowed = "" if data is None else f" {hashed(data.raw)}"
            policy = root.find("meta", **{"http-equiv": "Content-Security-Policy"})
            found = [hashed(each.raw) for each in root.find_all("style")]
            assert len(found) == (path in homes)
            styles = found or ["'self'"]
            assert policy.attributes["content"] == (
                f"default-src 'none'; script-src 'self'{allowed};"
                f" style-src {styles[0]};"
                " img-src data:; base-uri 'none'; form-action 'self';"
                " connect-src 'self'"
            )
            for script in root.find_all("script"):
                kind = script.attributes.get("type")
                assert kind == "application/ld+json" or not script.raw, path
            for element in root.walk():
                names = element.attributes
                assert "style" not in names
                assert not any(name.startswith("on") for name in names)

    def test_hostile_text_is_only_text(self) -> None:
        """It adds no element and no attribute to any page, and is shown."""
        harmless = site_of(record_of(["It began"] * 3))
        hostile = pages(site_of(record_of(PRINTABLE.values())))
        for own, number in (("event", "events"), ("area", "areas")):
            known = skeleton(page(harmless, f"{number}/{own}-1/"))
            for index, text in enumerate(PRINTABLE.values()):
                root = hostile[f"{number}/{own}-{index}/index.html"]
                assert skeleton(root) <= known, text
                shown = " ".join(collapsed(text).split())
                assert root.find("h1").text == shown
        assert skeleton(hostile["index.html"]) <= skeleton(page(harmless, ""))

    @pytest.mark.parametrize("text", CONTROLS.values(), ids=CONTROLS)
    def test_control_characters_are_rejected(self, text: str) -> None:
        """HTML cannot contain them; the message is that of the site."""
        with pytest.raises(ExportError, match="control character") as caught:
            site_of(everywhere(text))
        assert caught.value.exporter == "site"


class TestStability:
    """A site that is made again."""

    def test_a_second_run_writes_nothing(
        self, part: Chronology, tmp_path: Path
    ) -> None:
        """On the same day, no file is touched."""
        small = part.select(part.events.where(area="water"))
        options = {"base_url": BASE, "today": TODAY}
        assert tjun.write(small, "site", tmp_path / "site", **options)
        before = {
            path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*")
        }
        assert not tjun.write(small, "site", tmp_path / "site", **options)
        after = {
            path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*")
        }
        assert after == before
        assert list(tmp_path.iterdir()) == [tmp_path / "site"]

    def test_the_next_day_changes_only_what_is_coming_up(
        self, part: Chronology
    ) -> None:
        """Calendars and the pages of events keep their validators."""
        small = part.select(part.events.where(area="water"))
        days = [dt.date(2027, 3, 3), dt.date(2027, 3, 4)]
        first, second = (_site_on(small, day, {"base_url": BASE}) for day in days)
        changed = {path for path in first if first[path] != second[path]}
        daily = ("index.html", "dates/index.html", "embed/next.html")
        assert changed <= {f"{own}{path}" for own in PREFIX.values() for path in daily}

    def test_a_correction_changes_the_event_and_its_calendars(self) -> None:
        """Other pages stay as they are, except for lists that name the event."""
        one, other = everywhere("It began"), everywhere("It began", title="It started")
        before, after = site_of(one), site_of(other)
        changed = {path for path in before if before[path] != after[path]}
        assert "feeds/everything.ics" in changed
        assert "events/it-began/index.html" in changed
        assert not changed & {"404.html", "sitemap.xml", "style.css", "record.bib"}


def _site_on(record: Chronology, day: dt.date, options: dict[str, str]) -> Site:
    import io
    import zipfile

    data = tjun.export(record, "site", today=day, **options)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


class TestSitemap:
    """The list of all pages."""

    def test_it_lists_every_page(self, site: Site) -> None:
        """And the day when an event was last revised."""
        root = ET.fromstring(site["sitemap.xml"])
        space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
        assert root.tag == f"{space}urlset"
        listed = [each.findtext(f"{space}loc") for each in root]
        assert len(listed) == len(set(listed))
        assert {str(url) for url in listed} == {
            f"{BASE}{path.removesuffix('index.html')}"
            for path in site
            if path.endswith("index.html")
        }
        days = [each.findtext(f"{space}lastmod") for each in root]
        assert all(dt.date.fromisoformat(day) for day in days if day is not None)

    def test_a_long_list_is_split(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file has at most 50,000 addresses, or in this test two."""
        monkeypatch.setattr("tjun.formats.web.sitemap._MOST", 2)
        source = Source(id="un", title="Report", publisher=by("UN"))
        cited = [Citation(source=source)]
        record = Chronology(
            events=[
                Event(id=f"e{n}", title="It", date="1992", citations=cited)
                for n in range(2)
            ]
        )
        files = site_of(record)
        counts = [files[f"sitemap-{n}.xml"].count(b"<url>") for n in (1, 2)]
        assert counts == [2, 2]
        index = files["sitemap.xml"].decode()
        assert "<sitemapindex" in index
        assert f"<sitemap><loc>{BASE}sitemap-2.xml</loc></sitemap>" in index

    def test_addresses_are_escaped(self) -> None:
        """An address may contain an ampersand."""
        address = "https://example.org/a&b/"
        root = ET.fromstring(site_of(Chronology(), base_url=address)["sitemap.xml"])
        assert root[0][0].text == address


def test_the_first_page_is_right_to_left_for_such_languages() -> None:
    """All pages say in which direction they are written."""
    arabic = tjun.Language.load(Path(__file__).parent / "languages" / "ar.toml")
    site = site_of(everywhere("It"), arabic)
    assert page(site, "").attributes["dir"] == "rtl"
    assert page(site, "events/it-began/").attributes["dir"] == "rtl"


def test_the_page_for_missing_addresses_is_in_every_language(
    parsed: dict[str, Element],
) -> None:
    """A host shows it at any depth, so its links are absolute."""
    root = parsed["404.html"]
    sections = root.find_all("section")
    assert [each.attributes["lang"] for each in sections] == list(LANGUAGES)
    links = [each.find("a").attributes["href"] for each in sections]
    assert links == ["/un/", "/un/ru/", "/un/tg/"]
