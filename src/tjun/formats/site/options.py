"""
The options of the site.
"""

from __future__ import annotations

import attrs

from tjun import not_blank, web_address
from tjun.formats.ics.options import CalendarOptions, IcsOptions
from tjun.formats.paths import base_address

__all__ = ["SiteOptions"]


@attrs.frozen(kw_only=True)
class SiteOptions(CalendarOptions):
    """
    What to put on the site.

    Attributes:
        base_url: The address at which the site will be published (required).

        report_url: The address at which to report an error; by default the contact
            that the record names.

        licence: The licence of the record; by default the one that it names.
    """

    base_url: str | None = attrs.field(default=None, validator=base_address)
    report_url: str | None = attrs.field(default=None, validator=web_address)
    licence: str | None = attrs.field(default=None, validator=not_blank)

    def calendar(self, page_url: str) -> IcsOptions:
        """
        Return the options of the calendars of the site in one language.

        Args:
            page_url: The address of the site in this language.
        """
        shared = {
            field.name: getattr(self, field.name)
            for field in attrs.fields(CalendarOptions)
        }
        return IcsOptions(page_url=page_url, **shared)
