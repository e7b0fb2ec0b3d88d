"""
The built-in exporters: they use the same contract and hook as those of plugins.
"""

from __future__ import annotations

from collections.abc import Iterable

from tjun import Exporter, hookimpl
from tjun.formats.citations import BIBTEX, CSL
from tjun.formats.html import HTML
from tjun.formats.ics import ICS
from tjun.formats.json import JSON
from tjun.formats.markdown import MARKDOWN
from tjun.formats.site import SITE

__all__ = ["tjun_exporters"]


@hookimpl
def tjun_exporters() -> Iterable[Exporter]:
    """
    Offer the exporters that are part of tjun.
    """
    return (ICS, JSON, MARKDOWN, HTML, SITE, CSL, BIBTEX)
