"""
The built-in exporters and importers, with the same contract and hooks as plugins.
"""

from __future__ import annotations

from collections.abc import Iterable

from tjun import Exporter, Importer, hookimpl
from tjun.formats.citations import BIBTEX, CSL
from tjun.formats.ics import ICS
from tjun.formats.json import JSON
from tjun.formats.markdown import MARKDOWN
from tjun.formats.tables import CSV, CSV_IMPORTER
from tjun.formats.toml import TOML
from tjun.formats.web import HTML, SITE

__all__ = ["tjun_exporters", "tjun_importers"]


@hookimpl
def tjun_exporters() -> Iterable[Exporter]:
    """
    Offer the exporters that are part of tjun.
    """
    return (ICS, JSON, TOML, CSV, MARKDOWN, HTML, SITE, CSL, BIBTEX)


@hookimpl
def tjun_importers() -> Iterable[Importer]:
    """
    Offer the importers that are part of tjun.
    """
    return (CSV_IMPORTER,)
