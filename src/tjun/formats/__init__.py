"""
The built-in exporters, offered through the same hook that plugins use.
"""

from __future__ import annotations

from collections.abc import Iterable

from tjun.exporting.contract import Exporter, hookimpl
from tjun.formats.citations import BIBTEX, CSL
from tjun.formats.ics import ICS
from tjun.formats.json import JSON
from tjun.formats.markdown import MARKDOWN

__all__ = ["tjun_exporters"]


@hookimpl
def tjun_exporters() -> Iterable[Exporter]:
    """
    Offer the built-in exporters.
    """
    return (ICS, JSON, MARKDOWN, CSL, BIBTEX)
