"""
The web page, which is one self-contained file, and the web site.
"""

from __future__ import annotations

from collections.abc import Iterator

from tjun import Exporter, ExportError, ExportRequest, File
from tjun.formats.web.options import HtmlOptions, SiteOptions

__all__ = ["HTML", "SITE", "HtmlOptions", "SiteOptions"]


def render(request: ExportRequest[HtmlOptions]) -> Iterator[bytes]:
    """
    Yield the page.

    Raises:
        ExportError: If a text has a character that HTML cannot contain.
    """
    # Jinja2 takes time to import, and most commands need none of it.
    from tjun.formats.web.page import render_page  # noqa: PLC0415

    yield from render_page(request)


HTML = Exporter(
    name="html",
    summary="A web page to read, print and quote, in a single file.",
    media_type="text/html",
    suffix=".html",
    options=HtmlOptions,
    render=render,
)


def render_files(request: ExportRequest[SiteOptions]) -> Iterator[File]:
    """
    Yield the files of the site.

    Raises:
        ExportError: If the address of the site is not given, or a text has a control
            character.
    """
    base_url = request.options.base_url
    if base_url is None:
        msg = (
            "the option base_url (--base-url) is required: the address at which the"
            " site will be published, such as https://example.org/un/"
        )
        raise ExportError(SITE.name, msg)
    # Jinja2 and icalendar take time to import, and most commands need neither.
    from tjun.formats.web.site import build  # noqa: PLC0415

    try:
        yield from build(request, base_url)
    except ExportError as error:
        # The page and the calendar would give their own names.
        raise ExportError(SITE.name, error.reason) from None


SITE = Exporter(
    name="site",
    summary="A web site with a page for each event, and calendars to subscribe to.",
    media_type="text/html",
    suffix="/",
    options=SiteOptions,
    render_files=render_files,
)
