"""
The page, rendered from its templates.
"""

from __future__ import annotations

from collections.abc import Iterator

from tjun import ExportRequest
from tjun.formats.html.assets import ICON, assets_for
from tjun.formats.html.environment import environment
from tjun.formats.html.links import Links
from tjun.formats.html.options import HtmlOptions
from tjun.formats.html.structured import json_ld
from tjun.formats.html.view import page_of

__all__ = ["render_page"]


def render_page(request: ExportRequest[HtmlOptions]) -> Iterator[bytes]:
    """
    Yield the page, or the part of it that was requested.
    """
    page = page_of(request)
    name = "page.html" if request.options.only is None else "jubilees.html"
    template = environment(request.language).get_template(name)
    text = template.render(
        assets=assets_for(page.record.areas),
        icon=ICON,
        json_ld=json_ld(page, page.links),
        links=Links(page.numbers),
        options=page.options,
        page=page,
        record=page.record,
    )
    yield text.encode()
