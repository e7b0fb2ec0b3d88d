"""
The sources of a record for reference managers: CSL-JSON and BibTeX.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import tjun
from tjun import Exporter, ExportRequest

__all__ = ["BIBTEX", "CSL"]


def render_csl(request: ExportRequest[Any]) -> Iterator[bytes]:
    """
    Yield a JSON array with an item for each source.
    """
    yield f"{tjun.cite(request.chronology.sources, style='csl')}\n".encode()


def render_bibtex(request: ExportRequest[Any]) -> Iterator[bytes]:
    """
    Yield an entry for each source.
    """
    yield b"% The sources of a record, one entry each.\n"
    for source in request.chronology.sources:
        yield f"\n{tjun.cite(source, style='bibtex')}\n".encode()


CSL = Exporter(
    name="csl",
    summary="The sources as CSL-JSON, for Zotero, pandoc and word processors.",
    media_type="application/vnd.citationstyles.csl+json",
    suffix=".csl.json",
    render=render_csl,
)

BIBTEX = Exporter(
    name="bibtex",
    summary="The sources as BibTeX, for LaTeX and reference managers.",
    media_type="application/x-bibtex",
    suffix=".bib",
    render=render_bibtex,
)
