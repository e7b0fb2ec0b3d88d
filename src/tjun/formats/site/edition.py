"""
The pages of the site in one language.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

import attrs

from tjun import (
    Chronology,
    CooperationArea,
    Event,
    EventStatus,
    File,
    Language,
    Mission,
)
from tjun.formats.html.assets import ICON, Assets, site_policy
from tjun.formats.html.environment import environment
from tjun.formats.html.links import SiteLinks
from tjun.formats.html.options import HtmlOptions
from tjun.formats.html.shapes import Timeline
from tjun.formats.html.structured import event_json_ld, json_ld
from tjun.formats.html.view import Page, number_sources
from tjun.formats.ics.report import TOO_LARGE
from tjun.formats.site.addresses import INDEX, Place
from tjun.formats.site.feeds import Feed, Feeds
from tjun.formats.site.options import SiteOptions
from tjun.formats.site.relations import Relations

__all__ = ["Edition", "Site"]

_HTML = "text/html"
_CALENDAR = "text/calendar"


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
    """

    record: Chronology
    options: SiteOptions
    place: Place
    today: dt.date
    assets: Assets
    relations: Relations
    note: Callable[[str], None]


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


class _IndexPage(Page):
    """
    The page of the whole record.
    """

    def timeline(self) -> Timeline:
        """
        Return the drawing up to this month, so that it does not change every day.
        """
        page = attrs.evolve(self, today=self.today.replace(day=1))
        return super(_IndexPage, page).timeline()


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
        url = site.place.url(self._directory)
        options = site.options
        self._feeds = Feeds(
            site.record,
            options.calendar(url),
            language,
            site.today,
        )
        self._page = _IndexPage(
            record=site.record,
            options=HtmlOptions(
                show=options.show,
                page_url=url,
                report_url=options.report_url,
                licence=options.licence,
            ),
            language=language,
            today=site.today,
            numbers=number_sources(site.record),
        )
        self._paths = SiteLinks({})
        # In all languages, an event is identified by its page in the first one.
        self._identities = SiteLinks({}, site.place.base_url)
        self._updated = self._page.updated  # It looks at every event.

    def files(self) -> Iterator[File]:
        """
        Yield the files of this language.
        """
        yield from map(self._feed_file, self._shared_feeds)
        yield self._index()
        for area in self._record.areas:
            yield self._area(area)
        self._note_large_feeds()
        for mission in self._record.missions:
            yield self._mission(mission)
        events = list(self._record.events)
        neighbours = zip([None, *events], events, [*events[1:], None], strict=False)
        for previous, event, following in neighbours:
            yield from self._event(event, previous, following)

    def _note_large_feeds(self) -> None:
        for path in self._feeds.too_large:
            self._site.note(f"{self._directory}{path} {TOO_LARGE}")

    @cached_property
    def _shared_feeds(self) -> list[Feed]:
        """
        The calendars with more than one event.
        """
        feeds, label = self._feeds, self._language.label
        events = self._record.events
        title = self._page.title
        jubilees = label("jubilees")
        found = [
            feeds.feed("feeds/everything.ics", label("everything"), events, title=None),
            feeds.feed(
                "feeds/jubilees.ics",
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
            name = self._page.text(area.name)
            feeds[area.id] = self._feeds.feed(
                f"feeds/{self._paths.area(area.id).rstrip('/')}.ics",
                name,
                self._site.relations.in_area[area.id],
                title=f"{self._page.title}: {name}",
            )
        return feeds

    def _index(self) -> File:
        feeds, options = self._shared_feeds, self._page.options
        if feeds:  # The page then has a part about subscribing.
            options = attrs.evolve(
                options, feed_url=f"{options.page_url}{feeds[0].path}"
            )
        return self._render(
            "index.html",
            "",
            feeds=feeds,
            options=options,
            json_ld=json_ld(self._page, self._identities),
            links=SiteLinks(self._page.numbers),
        )

    def _area(self, area: CooperationArea) -> File:
        path = self._paths.area(area.id)
        feed = self._area_feeds[area.id]
        return self._render(
            "area_page.html",
            path,
            area=area,
            events=self._site.relations.in_area[area.id],
            feeds=[] if feed is None else [feed],
        )

    def _mission(self, mission: Mission) -> File:
        return self._render(
            "mission_page.html", self._paths.mission(mission.id), mission=mission
        )

    def _event(
        self, event: Event, previous: Event | None, following: Event | None
    ) -> Iterator[File]:
        path = self._paths.event(event.id)
        feed = None
        if event.status is EventStatus.ANNOUNCED:  # Its date may change.
            feed = self._feeds.download(f"{path}event.ics", event)
        sources = list(
            {each.source.id: each.source for each in event.citations}.values()
        )
        numbers = {source.id: number for number, source in enumerate(sources, 1)}
        url = self._site.place.url(f"{self._directory}{path}")
        yield self._render(
            "event_page.html",
            path,
            anniversaries=self._feeds.anniversaries([event]),
            event=event,
            feed=feed,
            following=following,
            page=attrs.evolve(self._page, numbers=numbers),
            json_ld=event_json_ld(self._page, self._identities, event, url),
            links=SiteLinks(numbers, "../../"),
            missions=self._site.relations.missions.get(event.id, ()),
            previous=previous,
            reference=self._page.reference_to(event, url, self._updated),
            related=self._site.relations.events.get(event.id, ()),
            sources=sources,
        )
        if feed is not None:
            yield self._feed_file(feed)

    def _feed_file(self, feed: Feed) -> File:
        return File(f"{self._directory}{feed.path}", feed.content, _CALENDAR)

    def _render(self, template: str, path: str, **values: Any) -> File:
        """
        Return a page.

        Args:
            template: The name of its template.

            path: Its directory within that of the language.

            values: What only this template needs.
        """
        site, place = self._site, self._site.place
        directory = f"{self._directory}{path}"
        root = place.to_root(directory)
        home = place.to_root(path)
        context = {
            "alternates": self._alternates(root, path),
            "home": home,
            "icon": ICON,
            "links": SiteLinks(self._page.numbers, home, sources=home),
            "options": self._page.options,
            "page": self._page,
            "policy": site_policy(values.get("json_ld", "")),
            "record": self._record,
            "root": root,
            "updated": self._updated,
            "url": place.url(directory),
            **site.assets.addresses(root),
            **values,
        }
        text = self._environment.get_template(template).render(context)
        return File(f"{directory}{INDEX}", text.encode(), _HTML)

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
