"""
The pages and calendars of the site in one language.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

import attrs

from tjun import (
    Anniversary,
    Chronology,
    CooperationArea,
    Event,
    EventStatus,
    File,
    Language,
    Reference,
    Source,
    cite,
)
from tjun.formats.citations import BIBTEX, CSL
from tjun.formats.ics.report import TOO_LARGE
from tjun.formats.web.addresses import INDEX, Place
from tjun.formats.web.assets import (
    ICON,
    Assets,
    embed_policy,
    embed_style,
    site_policy,
)
from tjun.formats.web.atom import corrections_feed
from tjun.formats.web.environment import environment
from tjun.formats.web.feeds import Feed, Feeds
from tjun.formats.web.links import SiteLinks
from tjun.formats.web.options import SiteOptions
from tjun.formats.web.relations import Relations
from tjun.formats.web.search import search_index
from tjun.formats.web.structured import event_json_ld, json_ld
from tjun.formats.web.view import View, grouped_by_year

__all__ = ["Edition", "Site"]

_HTML = "text/html"
_CALENDAR = "text/calendar"
_SCRIPT = "text/javascript"
_ATOM = "application/atom+xml"
_CARD = "card.png"
_LONG = 1_000  # With more events, the list of all is a list of years.
_DOWNLOADS = {
    "JSON": "record.json",
    "CSV": "record.csv",
    "CSL-JSON": "record.csl.json",
    "BibTeX": "record.bib",
}


@attrs.frozen(kw_only=True, eq=False)
class Site:
    """
    What all pages of the site have in common.

    Attributes:
        record: The record.

        options: What to put on the site.

        place: Where it is published, and in which languages.

        today: The day on which it is made.

        assets: The style and the script.

        relations: Which events belong together.

        note: Shows the user a message.

        cards: The pictures that are shown when a page is shared, by language.
    """

    record: Chronology
    options: SiteOptions
    place: Place
    today: dt.date
    assets: Assets
    relations: Relations
    note: Callable[[str], None]
    cards: Mapping[str, bytes]

    @cached_property
    def jubilees(self) -> dict[str, list[Anniversary]]:
        """
        The jubilees of each event in the years of the calendars, by its id.
        """
        first, last = self.options.period(self.today)
        found: dict[str, list[Anniversary]] = {}
        for each in self.record.anniversaries(since=first, until=last, show="all"):
            if each.jubilee:
                found.setdefault(each.event.id, []).append(each)
        return found


@attrs.frozen
class Alternate:
    """
    A page in one of its languages.

    Attributes:
        language: The language.

        link: The address, relative to another page.

        url: The whole address.
    """

    language: Language
    link: str
    url: str


class Edition:
    """
    Makes the pages and calendars in one language.

    Args:
        site: What all languages have in common.

        language: The language.
    """

    def __init__(self, site: Site, language: Language) -> None:
        self._site, self._language = site, language
        self._record = site.record
        self._directory = site.place.directory(language)
        self._environment = environment(language)
        self._url = site.place.url(self._directory)
        options = site.options
        self._view = View(
            record=site.record,
            language=language,
            today=site.today,
            show=options.show,
            url=self._url,
            own_report_url=options.report_url,
            own_licence=options.licence,
        )
        self._feeds = Feeds(
            record=site.record,
            options=options,
            url=self._url,
            language=language,
            today=site.today,
        )
        self._card = site.cards.get(language.tag)
        self._events = frozenset(each.id for each in site.record.events)
        self._paths = self._links("")
        # In all languages, an event is identified by its page in the first one.
        self._identities = self._links(site.place.base_url)

    def _links(self, home: str) -> SiteLinks:
        return SiteLinks(self._events, self._view.numbers, home)

    def files(self) -> Iterator[File]:
        """
        Yield the files of this language.
        """
        for feed in self._shared_feeds:
            if feed.too_large:
                self._site.note(f"{self._directory}{feed.path} {TOO_LARGE}")
            yield File(f"{self._directory}{feed.path}", feed.content, _CALENDAR)
        if self._card is not None:
            yield File(f"{self._directory}{_CARD}", self._card, "image/png")
        yield self._home()
        yield from self._lists()
        yield from self._dates()
        yield from self._periods()
        for area in self._record.areas:
            yield self._area(area)
        for mission in self._record.missions:
            yield self._page(
                "mission.html", self._paths.mission(mission), mission=mission
            )
        events = list(self._record.events)
        neighbours = zip([None, *events], events, [*events[1:], None], strict=False)
        for previous, event, following in neighbours:
            yield from self._event(event, previous, following)

    # Calendars.

    @cached_property
    def _shared_feeds(self) -> list[Feed]:
        """
        The calendars with more than one event.
        """
        label = self._language.label
        events, title, jubilees = (
            self._record.events,
            self._view.title,
            label("jubilees"),
        )
        found = [
            self._feeds.feed("everything", label("everything"), events, title=None),
            self._feeds.feed(
                "jubilees",
                jubilees,
                events,
                title=f"{title}: {jubilees}",
                jubilees=True,
            ),
            *self._area_feeds.values(),
        ]
        return [feed for feed in found if feed is not None]

    @cached_property
    def _area_feeds(self) -> dict[str, Feed | None]:
        feeds = {}
        for area in self._record.areas:
            name = self._view.text(area.name)
            feeds[area.id] = self._feeds.feed(
                self._paths.area(area).rstrip("/"),
                name,
                self._site.relations.in_area[area.id],
                title=f"{self._view.title}: {name}",
            )
        return feeds

    # Pages.

    def _home(self) -> File:
        downloads = [
            *(self._site.place.url(path) for path in _DOWNLOADS.values()),
            *(f"{self._url}{feed.path}" for feed in self._shared_feeds),
        ]
        return self._page(
            "home.html",
            "",
            feeds=self._shared_feeds,
            json_ld=json_ld(self._view, self._identities, downloads),
            # Most readers begin here, and do not wait for another file.
            style=self._site.assets.style,
        )

    def _lists(self) -> Iterator[File]:
        """
        Yield the pages that list everything of one kind.
        """
        yield self._page("events.html", "events/", long=len(self._events) > _LONG)
        yield self._page("disputes.html", "disputes/")
        yield self._page("areas.html", "areas/")
        yield self._page("missions.html", "missions/")
        yield self._page("sources.html", "sources/")
        yield self._page("feeds.html", "feeds/", feeds=self._shared_feeds)
        yield self._page("about.html", "about/", downloads=_DOWNLOADS)
        yield self._page("corrections.html", "corrections/")
        feed = corrections_feed(
            self._view, self._links(self._url), f"{self._url}corrections/"
        )
        yield File(
            f"{self._directory}corrections/feed.atom", feed, "application/atom+xml"
        )
        index = search_index(self._view, self._paths)
        yield File(f"{self._directory}search/index.js", index, _SCRIPT)
        version = hashlib.sha256(index).hexdigest()[:8]
        yield self._page("search.html", "search/", index=f"index.js?{version}")
        text = self._environment.get_template("embed.html").render(
            view=self._view,
            home=self._url,
            links=self._links(self._url),
            policy=embed_policy(),
            style=embed_style(),
        )
        yield File(f"{self._directory}embed/next.html", text.encode(), _HTML)

    def _dates(self) -> Iterator[File]:
        """
        Yield the anniversaries of the next twelve months, and those of each year.
        """
        first, last = self._site.options.period(self._site.today)
        years = range(first, last + 1)
        yield self._page(
            "dates.html",
            "dates/",
            anniversaries=self._view.upcoming,
            heading=self._language.label("next_twelve_months"),
            own_year=None,
            years=years,
        )
        for year in years:
            yield self._page(
                "dates.html",
                f"dates/{year:04}/",
                anniversaries=self._view.in_years(year, year),
                heading=f"{self._language.label('anniversaries')} {year}",
                own_year=year,
                years=years,
            )

    def _periods(self) -> Iterator[File]:
        """
        Yield a page for each year and each decade.
        """
        for length, found in ((1, self._view.years), (10, self._view.decades)):
            firsts = list(found)
            neighbours = zip([None, *firsts], firsts, [*firsts[1:], None], strict=False)
            for previous, first, following in neighbours:
                events = found[first]
                path = self._paths.year(first, length)
                links = self._links(self._site.place.to_root(path))
                yield self._page(
                    "period.html",
                    path,
                    by_year=grouped_by_year(events),
                    events=events,
                    first=first,
                    years=length,
                    heading=self._years(first, length),
                    **{
                        name: year
                        and (links.year(year, length), self._years(year, length))
                        for name, year in (
                            ("previous", previous),
                            ("following", following),
                        )
                    },
                )

    def _years(self, first: int, length: int) -> str:
        if length == 1:
            return self._language.format_date(f"{first:04}")
        return self._language.format_span(f"{first:04}", f"{first + length - 1:04}")

    def _area(self, area: CooperationArea) -> File:
        events = self._site.relations.in_area[area.id]
        return self._page(
            "area.html",
            self._paths.area(area),
            area=area,
            by_year=grouped_by_year(events),
            events=events,
            feed=self._area_feeds[area.id],
        )

    def _event(
        self, event: Event, previous: Event | None, following: Event | None
    ) -> Iterator[File]:
        view, site = self._view, self._site
        path = self._paths.event_address(event.id)
        entry = b""
        if event.status is EventStatus.ANNOUNCED:  # Its date may change.
            entry = self._feeds.entry(event)
        url = site.place.url(f"{self._directory}{path}")
        reference = view.reference_to(event, url)
        links = self._links("../../")
        yield self._page(
            "event.html",
            path,
            event=event,
            feed=entry or None,
            json_ld=event_json_ld(view, self._identities, event, url),
            jubilees=site.jubilees.get(event.id, ()),
            missions=site.relations.missions.get(event.id, ()),
            reference=reference,
            related=site.relations.events.get(event.id, ()),
            **{
                name: each and (links.event(each), view.text(each.title))
                for name, each in (("previous", previous), ("following", following))
            },
        )
        if entry:
            yield File(f"{self._directory}{path}event.ics", entry, _CALENDAR)
        sources = {each.source.id: each.source for each in event.citations}
        cited: list[Reference | Source] = [reference, *sources.values()]
        directory = f"{self._directory}{path}"
        bibtex, csl = cite(cited, style="bibtex"), cite(cited, style="csl")
        yield File(f"{directory}cite.bib", bibtex.encode(), BIBTEX.media_type)
        yield File(f"{directory}cite.json", csl.encode(), CSL.media_type)

    def _page(self, template: str, path: str, **values: Any) -> File:
        """
        Return a page.

        Args:
            template: The name of its template.

            path: Its directory within that of the language.

            values: What only this template needs.
        """
        place = self._site.place
        directory = f"{self._directory}{path}"
        root, home = place.to_root(directory), place.to_root(path)
        context = {
            "alternates": self._alternates(root, path),
            "card": None if self._card is None else f"{self._url}{_CARD}",
            "here": path.rstrip("/"),
            "home": home,
            "icon": ICON,
            "links": self._links(home),
            "numbered": False,
            "policy": site_policy(values.get("json_ld", ""), values.get("style", "")),
            "record": self._record,
            "root": root,
            "sections": self._sections,
            "site": True,
            "style": None,
            "url": place.url(directory),
            "view": self._view,
            **self._site.assets.addresses(root),
            **values,
        }
        text = self._environment.get_template(template).render(context)
        return File(f"{directory}{INDEX}", text.encode(), _HTML)

    @cached_property
    def _sections(self) -> list[tuple[str, str]]:
        label = self._language.label
        return [
            ("dates", label("dates")),
            ("events", label("all_events")),
            ("disputes", label("disputed_dates")),
            ("areas", label("areas_short")),
            ("feeds", label("subscribe")),
        ]

    def _alternates(self, root: str, path: str) -> list[Alternate]:
        """
        Return the same page in each language of the site.
        """
        place = self._site.place
        return [
            Alternate(
                language,
                f"{root}{place.directory(language)}{path}",
                place.url(f"{place.directory(language)}{path}"),
            )
            for language in place.languages
        ]
