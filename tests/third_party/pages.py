"""
A small web site: a page with a list, a page for each event, and a style sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Literal

import attrs

import tjun

__all__ = ["PAGES"]


@attrs.frozen(kw_only=True)
class PagesOptions:
    """
    What the site looks like.

    Attributes:
        colours: The colours of the text, the links and the background.

        heading_level: The level of the first heading.

        nested_in: The directory of the pages of events, if they have their own.
    """

    colours: tuple[str, ...] = ("black", "navy", "white")
    heading_level: Literal[1, 2] = 1
    nested_in: str | None = "events"


def render_files(request: tjun.ExportRequest[PagesOptions]) -> Iterator[tjun.File]:
    """
    Yield the files of the site.
    """
    yield tjun.File("style.css", _style(request.options.colours), "text/css")
    yield tjun.File("index.html", _list(request), "text/html")
    for event in request.chronology.events:
        page = _page(request, _path("", request), [_about(event, request)])
        yield tjun.File(_path(event.id, request), page, "text/html")


def _path(event_id: str, request: tjun.ExportRequest[PagesOptions]) -> str:
    folder = request.options.nested_in
    if not event_id:
        return "" if folder is None else "../"
    return f"{event_id}.html" if folder is None else f"{folder}/{event_id}.html"


def _list(request: tjun.ExportRequest[PagesOptions]) -> Iterator[bytes]:
    items = (
        f'<li><a href="{escape(_path(event.id, request))}">'
        f"{escape(event.title.in_(request.language))}</a></li>"
        for event in request.chronology.events
    )
    title = request.chronology.title
    fallback = request.language.label("chronology")
    heading = fallback if title is None else title.in_(request.language)
    level = request.options.heading_level
    text = f"<h{level}>{escape(heading)}</h{level}>"
    return _page(request, "", [text, "<ol>", *items, "</ol>"])


def _about(event: tjun.Event, request: tjun.ExportRequest[PagesOptions]) -> str:
    language = request.language
    date = language.format_span(event.date, event.until)
    sources = language.count("sources", len(event.citations))
    disputed = f" {language.label('disputed')}." if event.disputed else ""
    title = escape(event.title.in_(language))
    return f"<h1>{title}</h1>\n<p>{escape(f'{date}, {sources}.{disputed}')}</p>"


def _page(
    request: tjun.ExportRequest[PagesOptions], up: str, lines: Iterable[str]
) -> Iterator[bytes]:
    language = request.language
    yield (
        f'<!doctype html>\n<html lang="{language.tag}" dir="{language.direction}">\n'
        f'<meta charset="utf-8">\n<link rel="stylesheet" href="{up}style.css">\n'
    ).encode()
    for line in lines:
        yield f"{line}\n".encode()


def _style(colours: tuple[str, ...]) -> bytes:
    properties = ("body { color", "a { color", "html { background")
    rules = zip(properties, colours, strict=False)
    return "".join(f"{before}: {colour} }}\n" for before, colour in rules).encode()


PAGES = tjun.Exporter(
    name="pages",
    summary="A small web site with a page for each event.",
    media_type="text/html",
    suffix="/",
    options=PagesOptions,
    render_files=render_files,
    api=1,
)


@tjun.hookimpl
def tjun_exporters() -> Iterable[tjun.Exporter]:
    return (PAGES,)
