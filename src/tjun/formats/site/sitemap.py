"""
The list of all pages, for search engines (https://www.sitemaps.org/protocol.html).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from tjun import Chronology, File
from tjun.formats.html.links import SiteLinks
from tjun.formats.site.addresses import Place

__all__ = ["sitemap_files"]

_MOST = 50_000  # Addresses in one file, according to the protocol.
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NAME = "sitemap.xml"


def sitemap_files(record: Chronology, place: Place) -> Iterator[File]:
    """
    Yield the sitemap; if it is too long for one file, several files and an index.

    A site at the root of its host also gets a `robots.txt` that names the sitemap.
    """
    urls = [
        _entry("url", place.url(f"{place.directory(language)}{path}"), revised)
        for language in place.languages
        for path, revised in _pages(record)
    ]
    if len(urls) <= _MOST:
        yield _file(_NAME, "urlset", urls)
    else:
        parts = [urls[start : start + _MOST] for start in range(0, len(urls), _MOST)]
        names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
        for name, part in zip(names, parts, strict=True):
            yield _file(name, "urlset", part)
        entries = [_entry("sitemap", place.url(name), None) for name in names]
        yield _file(_NAME, "sitemapindex", entries)
    if place.root == "/":
        text = f"User-agent: *\nAllow: /\nSitemap: {place.url(_NAME)}\n"
        yield File("robots.txt", text.encode(), "text/plain")


def _pages(record: Chronology) -> Iterator[tuple[str, dt.date | None]]:
    """
    Yield the directory of each page, and the day when the record was last revised.
    """
    links = SiteLinks({})
    yield "", None
    stamp = record.stamp
    revised = None if stamp is None else stamp.date()
    yield from ((links.area(area.id), None) for area in record.areas)
    yield from ((links.mission(mission.id), None) for mission in record.missions)
    yield from ((links.event(event.id), revised) for event in record.events)


def _entry(element: str, url: str, revised: dt.date | None) -> str:
    day = "" if revised is None else f"<lastmod>{revised}</lastmod>"
    return f"<{element}><loc>{escape(url)}</loc>{day}</{element}>\n"


def _file(path: str, element: str, entries: Iterable[str]) -> File:
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<{element} xmlns="{_NAMESPACE}">\n'
    text = f"{head}{''.join(entries)}</{element}>\n"
    return File(path, text.encode(), "application/xml")
