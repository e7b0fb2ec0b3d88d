"""
The files of the site: its pages and calendars in each language, the data, the sitemap.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import tjun
from tjun import Chronology, Exporter, ExportRequest, File, Language, NotFoundError
from tjun.formats.citations import BIBTEX, CSL
from tjun.formats.ics.report import note_today
from tjun.formats.json import JSON
from tjun.formats.tables import CSV
from tjun.formats.web.addresses import Place
from tjun.formats.web.assets import ICON, read_assets, site_policy
from tjun.formats.web.edition import Edition, Site
from tjun.formats.web.environment import environment
from tjun.formats.web.options import SiteOptions
from tjun.formats.web.relations import Relations
from tjun.formats.web.sitemap import sitemap_files

__all__ = ["build"]

_EXPORTERS: dict[str, Exporter] = {
    "record.json": JSON,
    "record.csv": CSV,
    "record.csl.json": CSL,
    "record.bib": BIBTEX,
}


def build(request: ExportRequest[SiteOptions], base_url: str) -> Iterator[File]:
    """
    Yield the files of the site.

    Args:
        request: The record, the options, and the language of the first page.

        base_url: The address at which the site will be published.

    Raises:
        ExportError: If a text has a control character.
    """
    record = request.chronology
    site = Site(
        record=record,
        options=request.options,
        place=Place(base_url, _languages(request)),
        today=request.today,
        assets=read_assets(),
        relations=Relations.of(record),
        note=request.note,
        cards=_cards(record),
    )
    note_today(request)
    yield from site.assets.files()
    yield from _data(request)
    pages: list[str] = []
    for language in site.place.languages:
        for file in Edition(site, language).files():
            if file.path.endswith("index.html"):
                pages.append(site.place.url(file.path.removesuffix("index.html")))
            yield file
    yield _not_found(site)
    yield from sitemap_files(pages, site.place)


def _cards(record: Chronology) -> Mapping[str, bytes]:
    """
    Return the pictures that are shown when a page is shared, by language.

    They belong to the installed record with the id of *record*, if there is one.
    """
    found = tjun.records().get(record.id)
    return {} if found is None else found.cards()


def _languages(request: ExportRequest[SiteOptions]) -> tuple[Language, ...]:
    """
    Return the languages of the site: those in which a title of the record is written.

    The first one is that of the request.
    """
    record, first = request.chronology, request.language
    titles = [event.title for event in record.events]
    if record.title is not None:
        titles.append(record.title)
    tags = {tag for title in titles for tag in title.translations}
    found = {first.tag: first}
    for tag in ("en", *sorted(tags)):
        try:
            language = tjun.language(tag)
        except NotFoundError:
            continue  # Nobody has translated the labels.
        found.setdefault(language.tag, language)
    return tuple(found.values())


def _data(request: ExportRequest[Any]) -> Iterator[File]:
    """
    Yield the record, and references to its sources, for programs.
    """
    for path, exporter in _EXPORTERS.items():
        content = tjun.export(
            request.chronology,
            exporter,
            language=request.language,
            today=request.today,
        )
        yield File(path, content, exporter.media_type)


def _not_found(site: Site) -> File:
    """
    Return the page for addresses that do not exist.

    A host shows it at any address, so its own links begin at the root of the host.
    """
    place, root = site.place, site.place.root
    template = environment(place.languages[0]).get_template("not_found.html")
    text = template.render(
        homes=[(each, f"{root}{place.directory(each)}") for each in place.languages],
        icon=ICON,
        policy=site_policy(),
        **site.assets.addresses(root),
    )
    return File("404.html", text.encode(), "text/html")
