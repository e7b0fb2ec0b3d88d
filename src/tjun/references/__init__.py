"""
References to sources, to the record and to pages about its events.
"""

from tjun.references.citing import CitationStyle, cite
from tjun.references.reference import Reference

__all__ = ["CitationStyle", "Reference", "cite"]
