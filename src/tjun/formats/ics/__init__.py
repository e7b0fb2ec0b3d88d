"""
The iCalendar exporter.
"""

from __future__ import annotations

from collections.abc import Iterator

from tjun import Exporter, ExportRequest
from tjun.formats.ics.options import IcsOptions

__all__ = ["ICS", "IcsOptions"]


def render(request: ExportRequest[IcsOptions]) -> Iterator[bytes]:
    """
    Yield the calendar.

    Raises:
        ExportError: If there are no entries, or a text contains a character that
            RFC 5545 does not allow.
    """
    # icalendar takes time to import, and the other formats need none of it.
    from tjun.formats.ics.calendar import render_calendar  # noqa: PLC0415

    yield from render_calendar(request)


ICS = Exporter(
    name="ics",
    summary="A calendar of anniversaries (iCalendar) to import or subscribe to.",
    media_type="text/calendar",
    suffix=".ics",
    options=IcsOptions,
    render=render,
)
