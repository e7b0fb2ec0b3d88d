"""
The web page: one self-contained file.
"""

from tjun.formats.html.exporter import HTML
from tjun.formats.html.options import HtmlOptions

__all__ = ["HTML", "HtmlOptions"]
