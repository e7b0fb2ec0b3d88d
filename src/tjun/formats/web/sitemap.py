"""
The list of all pages, for search engines (https://www.sitemaps.org/protocol.html).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from tjun import File
from tjun.formats.web.addresses import Place

__all__ = ["sitemap_files"]

_MOST = 50_000  # Addresses in one file, according to the protocol.
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NAME = "sitemap.xml"


def sitemap_files(pages: Iterable[str], place: Place) -> Iterator[File]:
    """
    Yield the sitemap; if it is too long for one file, several files and an index.

    A site at the root of its host also gets a `robots.txt` that names the sitemap.

    Args:
        pages: The whole addresses of the pages.

        place: Where the site is published.
    """
    urls = [_entry("url", page) for page in pages]
    if len(urls) <= _MOST:
        yield _file(_NAME, "urlset", urls)
    else:
        parts = [urls[start : start + _MOST] for start in range(0, len(urls), _MOST)]
        names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
        for name, part in zip(names, parts, strict=True):
            yield _file(name, "urlset", part)
        yield _file(
            _NAME,
            "sitemapindex",
            [_entry("sitemap", place.url(name)) for name in names],
        )
    if place.root == "/":
        text = f"User-agent: *\nAllow: /\nSitemap: {place.url(_NAME)}\n"
        yield File("robots.txt", text.encode(), "text/plain")


def _entry(element: str, url: str) -> str:
    return f"<{element}><loc>{escape(url)}</loc></{element}>\n"


def _file(path: str, element: str, entries: Iterable[str]) -> File:
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<{element} xmlns="{_NAMESPACE}">\n'
    text = f"{head}{''.join(entries)}</{element}>\n"
    return File(path, text.encode(), "application/xml")
