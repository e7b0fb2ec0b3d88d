"""
The built-in exporters, offered through the same hook that plugins use.
"""

from __future__ import annotations

from collections.abc import Iterable

from tjun.exporting.contract import Exporter, hookimpl
from tjun.formats.html import HTML
from tjun.formats.ics import ICS
from tjun.formats.json import JSON
from tjun.formats.markdown import MARKDOWN

__all__ = ["tjun_exporters"]


@hookimpl
def tjun_exporters() -> Iterable[Exporter]:
    """
    Offer the calendar, the record file and the page.
    """
    return (ICS, JSON, MARKDOWN, HTML)
