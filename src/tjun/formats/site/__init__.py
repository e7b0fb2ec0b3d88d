"""
The web site: a directory of pages, calendars and data for any static host.
"""

from tjun.formats.site.exporter import SITE
from tjun.formats.site.options import SiteOptions

__all__ = ["SITE", "SiteOptions"]
