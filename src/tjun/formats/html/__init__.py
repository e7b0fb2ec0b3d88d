"""
The web page: one self-contained file.
"""

from __future__ import annotations

from collections.abc import Iterator

from tjun import Exporter, ExportRequest
from tjun.formats.html.options import HtmlOptions

__all__ = ["HTML", "HtmlOptions"]


def render(request: ExportRequest[HtmlOptions]) -> Iterator[bytes]:
    """
    Yield the page.

    Raises:
        ExportError: If a text has a character that HTML cannot contain.
    """
    # Jinja2 takes time to import, and most commands need none of it.
    from tjun.formats.html.rendering import render_page  # noqa: PLC0415

    yield from render_page(request)


HTML = Exporter(
    name="html",
    summary="A web page to read, print and quote, in a single file.",
    media_type="text/html",
    suffix=".html",
    options=HtmlOptions,
    render=render,
)
