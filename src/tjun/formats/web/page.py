"""
The single page, or the part of it that was asked for.
"""

from __future__ import annotations

from collections.abc import Iterator

from tjun import ExportRequest
from tjun.formats.web.assets import ICON, read_assets
from tjun.formats.web.environment import environment
from tjun.formats.web.links import Links
from tjun.formats.web.options import HtmlOptions
from tjun.formats.web.structured import json_ld
from tjun.formats.web.view import View

__all__ = ["render_page"]

_SECTIONS = ("dates", "chronology", "missions", "areas", "sources", "feeds", "cite")


def render_page(request: ExportRequest[HtmlOptions]) -> Iterator[bytes]:
    """
    Yield the page.

    Raises:
        ExportError: If a text has a character that HTML cannot contain.
    """
    options, language, today = request.options, request.language, request.today
    home = "" if options.page_url is None else options.page_url.partition("#")[0]
    view = View(
        record=request.chronology,
        language=language,
        today=today,
        show=options.show,
        every=options.every,
        url=options.page_url,
        period=options.years(today) if options.has_years else None,
        own_title=options.title,
        own_report_url=options.report_url,
        own_licence=options.licence,
    )
    events = {each.id for each in view.record.events}
    linked = json_ld(view, Links(events, view.numbers, home), [])
    assets = read_assets()
    context = {
        "alternates": [],
        "assets": assets,
        "card": None,
        "heading": _heading(view, options),
        "here": "",
        "home": "#main",
        "icon": ICON,
        "json_ld": linked,
        "links": Links(() if options.only == "jubilees" else events, view.numbers),
        "numbered": options.only is None,
        "options": options,
        "policy": assets.policy(linked),
        "record": view.record,
        "sections": _sections(view, options),
        "site": False,
        "style": assets.style,
        "url": options.page_url,
        "view": view,
    }
    if options.only == "jubilees":
        found = view.in_years(*options.years(today))
        context["anniversaries"] = [each for each in found if each.jubilee]
    name = "page.html" if options.only is None else "handout.html"
    yield environment(language).get_template(name).render(context).encode()


def _heading(view: View, options: HtmlOptions) -> str:
    if options.only != "jubilees" or options.title is not None:
        return view.title
    first, last = options.years(view.today)
    years = view.language.format_span(f"{first:04}", f"{last:04}")
    return f"{view.language.label('jubilees')} {years}"


def _sections(view: View, options: HtmlOptions) -> list[tuple[str, str]]:
    """
    Return the parts of the page that are not empty, and their names.
    """
    record, label = view.record, view.language.label
    empty = {
        "dates": not view.listed,
        "chronology": not record.events,
        "missions": not record.missions,
        "areas": not record.areas,
        "feeds": options.feed_url is None,
    }
    names = {"dates": "dates", "areas": "areas_short", "feeds": "subscribe"}
    return [
        (each, label(names.get(each, each)))
        for each in _SECTIONS
        if not empty.get(each, False)
    ]
