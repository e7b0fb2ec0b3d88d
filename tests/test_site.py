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
    The events of some years, and those that are disputed, announced or yearly.
    """
    return un.select(
        event
        for event in un.events
        if 1993 <= event.date.anchor.year <= 1996
        or event.disputed
        or event.yearly
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
            if not re.search(r"(^|/)(index\.html|event\.ics)$", path)
            and "feeds/" not in path
        }
        assert rest == {
            "404.html",
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

    def test_the_licence_is_that_of_the_record(self) -> None:
        """No page declares another one, or any if the record does not."""
        record = everywhere("It began")
        licence = "CC-BY-NC-4.0"
        for own, other in ((licence, None), (None, None), (None, licence)):
            site = site_of(attrs.evolve(record, licence=own), licence=other)
            for path, root in pages(site).items():
                declared = own or other
                where = root.find_all("footer") + root.find_all("section", id="licence")
                shown = any(licence in each.text for each in where)
                assert shown == (declared is not None and path != "404.html")
                assert shown or "creativecommons" not in site[path].decode()

    def test_a_report_address_is_on_every_page(self) -> None:
        """Errors are found on the pages of events."""
        url = "https://example.org/report?a=1&b=2"
        for path, each in pages(site_of(everywhere("It"), report_url=url)).items():
            links = [a for a in each.find_all("a") if a.attributes["href"] == url]
            assert len(links) == (path != "404.html"), path


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
                if link is None or link.startswith(_OUTSIDE):
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
        assert seen == set(parsed)

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
            links = root.find("ul", class_="languages").find_all("a")
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

    def test_links_to_other_sites_are_safe(self, parsed: dict[str, Element]) -> None:
        """Other sites get no access to the page."""
        for path, root in parsed.items():
            for link in root.find_all("a"):
                if link.attributes["href"].startswith("http"):
                    assert link.attributes["rel"] == "noopener", path


class TestEventPage:
    """The page of an event."""

    def test_every_account_of_a_dispute_is_shown(
        self, parsed: dict[str, Element], part: Chronology
    ) -> None:
        """The table has a row for each citation that gives a date."""
        for event in part.events.where(disputed=True):
            table = parsed[f"events/{event.id}/index.html"].find(
                "table", class_="accounts"
            )
            assert len(table.find("tbody").find_all("tr")) == len(event.dated_citations)

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
            "2 марта 1992 – 4 марта 1992",
            "МестоДушанбе",
            "2 марта 1992 дата в хронологии ООН [1] 2.3. Сообщает.",
            "Почему принята эта дата: Им виднее.",
            "весной · Страница или пункт: с. 7",
            "A. Author. Отчет. ООН · прочитано в копии на сайте copy.example",
            "Исправления 20 ноября 2026 Перенесено.",
            "Это черновой перевод",
        ):
            assert text in root.text
        (title,) = (
            page(site, "events/it/").find("ol", class_="statements").find_all("cite")
        )
        assert title.attributes == {"lang": "ru"}
        assert "draft" not in page(site, "events/it/").text
        assert linked_data(root)["location"] == {"@type": "Place", "name": "Душанбе"}

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

    def test_an_event_has_one_identity_in_linked_data(
        self, parsed: dict[str, Element], part: Chronology
    ) -> None:
        """On the first page, on its own and in every language, it is the same."""
        for prefix in PREFIX.values():
            home = linked_data(parsed[f"{prefix}index.html"])
            found = {each["name"]: each.get("@id") for each in home["@graph"]}
            for event in part.events:
                data = linked_data(parsed[f"{prefix}events/{event.id}/index.html"])
                assert data["@id"] == f"{BASE}events/{event.id}/"
                assert found[data["name"]] == data["@id"]
                assert data["url"] == f"{BASE}{prefix}events/{event.id}/"

    def test_the_page_has_references_in_three_forms(
        self, parsed: dict[str, Element]
    ) -> None:
        """Plain text, BibTeX and CSL-JSON, of the event and its sources."""
        section = parsed["events/unmot-opened/index.html"].by_id("cite")
        url = f"{BASE}events/unmot-opened/"
        assert section.find("p", class_="quote").text.endswith(url)
        event, item, sources, items = [pre.text for pre in section.find_all("pre")]
        assert "{unmot-opened, title = {{First UN office opens" in event
        assert f"url = {{{url}}}" in event
        assert json.loads(item)[0]["URL"] == url
        assert sources.count("@") == len(json.loads(items)) > 5

    def test_linked_data_are_as_precise_as_the_date(
        self, parsed: dict[str, Element], part: Chronology
    ) -> None:
        """Search engines get no invented day."""
        for event in part.events:
            data = linked_data(parsed[f"events/{event.id}/index.html"])
            assert event.date.year is None or data["startDate"] == str(event.date)
            assert data.get("endDate") == (event.until and str(event.until))

    def test_announced_and_yearly_events_say_so(
        self, parsed: dict[str, Element], part: Chronology
    ) -> None:
        """A reader sees that an event has not taken place yet, or recurs."""
        for event in part.events:
            facts = parsed[f"events/{event.id}/index.html"].find(
                "section", class_="facts"
            )
            tags = [tag.text for tag in facts.find_all("span", class_="tag")]
            assert ("announced" in tags) == (event.status == "announced")
            assert ("every year" in tags) == event.yearly


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


def rows(table: Element) -> list[tuple[str, str]]:
    """
    Return the date and the title of each row of a table of anniversaries.
    """
    found = []
    for row in table.find("tbody").find_all("tr"):
        date, title = row.find_all("td")
        text = title.text.removeprefix("★ ")
        found.append((date.find("time").attributes["datetime"], text))
    return found


class TestFeeds:
    """The calendars."""

    def test_every_calendar_can_be_read(self, site: Site) -> None:
        """Each has entries, no identifier twice, and its own address for clients."""
        found = {path: data for path, data in site.items() if "feeds/" in path}
        assert len(found) > 20
        for path, data in found.items():
            calendar = icalendar.Calendar.from_ical(data)
            assert str(calendar["SOURCE"]) == f"{BASE}{path}"
            uids = [str(entry["UID"]) for entry in calendar.walk("VEVENT")]
            assert len(uids) == len(set(uids)) > 0

    @pytest.mark.parametrize("tag", LANGUAGES)
    def test_the_first_page_lists_what_the_calendar_has(
        self, site: Site, parsed: dict[str, Element], tag: str
    ) -> None:
        """The next twelve months are the same, in the same order."""
        prefix = PREFIX[tag]
        table = parsed[f"{prefix}index.html"].find("table", class_="anniversaries")
        shown = rows(table)
        months = {date for date, _ in shown if len(date) == 7}
        last = TODAY + dt.timedelta(days=364)
        expected = []
        for date, title in entries(site[f"{prefix}feeds/everything.ics"]):
            month = date[:7]
            if month in months and "known" not in title and len(date) != 10:
                continue
            expected.append((date, title))
        by_day = [
            (date, title)
            for date, title in expected
            if TODAY.isoformat() <= date <= last.isoformat()
        ]
        assert [each for each in by_day if each in shown] == [
            each for each in shown if len(each[0]) == 10
        ]
        titles = {title for _, title in expected}
        assert all(title in titles for _, title in shown)

    def test_an_announced_event_has_an_entry_to_download(self) -> None:
        """The file has what its page lists."""
        record = Chronology(
            events=[
                Event(
                    id=status,
                    title="It begins",
                    date="2027-05-12",
                    status=status,
                    citations=[
                        Citation(source=Source(id="a", title="A", publisher=by("B")))
                    ],
                )
                for status in ("held", "announced")
            ]
        )
        site = site_of(record)
        assert [path for path in site if path.endswith("/event.ics")] == [
            "events/announced/event.ics"
        ]
        (table,) = page(site, "events/announced/").find_all(
            "table", class_="anniversaries"
        )
        assert rows(table) == entries(site["events/announced/event.ics"])

    def test_the_page_of_an_event_lists_its_anniversaries(
        self, site: Site, parsed: dict[str, Element], part: Chronology
    ) -> None:
        """They are those of the calendar of all events."""
        whole = entries(site["feeds/everything.ics"])
        shown = [
            (date if len(date) == 10 else f"{date}-01", title)
            for event in part.events
            for table in parsed[f"events/{event.id}/index.html"].find_all(
                "table", class_="anniversaries"
            )
            for date, title in rows(table)
        ]
        assert set(whole) <= set(shown)

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

    def test_addresses_are_shown_next_to_the_links(
        self, site: Site, parsed: dict[str, Element]
    ) -> None:
        """New Outlook needs the https address, Google its own, others webcal."""
        section = parsed["ru/index.html"].by_id("subscribe")
        items = section.find("ul", class_="feeds").find_all("li")
        for item in items:
            address = item.find("code").text
            assert address.removeprefix(BASE) in site
            google, webcal, download = [
                a.attributes["href"] for a in item.find_all("a")
            ]
            assert unquote(google).endswith(f"?cid=webcal:{address[6:]}")
            assert webcal == f"webcal:{address[6:]}"
            assert address == f"{BASE}ru/{download.removeprefix('./')}"

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
        root = page(site, "")
        assert root.find_all("section", id="subscribe") == []
        assert all(a.attributes["href"] != "#subscribe" for a in root.find_all("a"))


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


class TestSafety:
    """A record is untrusted input."""

    def test_the_policy_allows_only_files_of_the_site(
        self, parsed: dict[str, Element]
    ) -> None:
        """No page has a script or a style of its own, or handles events inline."""
        for path, root in parsed.items():
            (data,) = root.find_all("script", type="application/ld+json") or [None]
            digest = b"" if data is None else hashlib.sha256(data.raw.encode()).digest()
            allowed = f" 'sha256-{base64.b64encode(digest).decode()}'" if digest else ""
            policy = root.find("meta", **{"http-equiv": "Content-Security-Policy"})
            assert policy.attributes["content"] == (
                f"default-src 'none'; script-src 'self'{allowed}; style-src 'self';"
                " img-src data:; base-uri 'none'; form-action 'none'"
            )
            assert root.find_all("style") == []
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
        assert changed <= {f"{prefix}index.html" for prefix in PREFIX.values()}

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
        monkeypatch.setattr("tjun.formats.site.sitemap._MOST", 2)
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
        assert counts == [2, 1]
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
