"""
The iCalendar exporter.
"""

from tjun.formats.ics.exporter import ICS
from tjun.formats.ics.options import IcsOptions

__all__ = ["ICS", "IcsOptions"]
