"""
References to the sources of a record: plain text, CSL-JSON and BibTeX.
"""

from tjun.formats.citations.bibtex import (
    BIBTEX,
    bibtex_entry,
    bibtex_misc,
    bibtex_text,
)
from tjun.formats.citations.csl import CSL, csl_date, csl_item
from tjun.formats.citations.plain import reference
from tjun.formats.citations.symbols import document_url, source_url

__all__ = [
    "BIBTEX",
    "CSL",
    "bibtex_entry",
    "bibtex_misc",
    "bibtex_text",
    "csl_date",
    "csl_item",
    "document_url",
    "reference",
    "source_url",
]
