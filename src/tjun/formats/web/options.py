"""
The options of the page and of the site.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

import attrs
from attrs.validators import ge, le, optional

from tjun import Show, not_blank, web_address
from tjun.formats.ics.options import CalendarOptions
from tjun.formats.paths import base_address

__all__ = ["HtmlOptions", "Only", "SiteOptions"]

Only = Literal["jubilees", "chronology"]
"""
The part of the page that can be written on its own.
"""

_year = optional([ge(dt.MINYEAR), le(dt.MAXYEAR)])


def _not_before_first_year(
    options: HtmlOptions, _: attrs.Attribute[Any], value: int | None
) -> None:
    first = options.first_year
    if value is not None and first is not None and value < first:
        msg = f"expected a last year of at least {first}, the first year"
        raise ValueError(msg)


@attrs.frozen(kw_only=True)
class HtmlOptions:
    """
    What to put on the page.

    Attributes:
        only: Write only the list of jubilees or only the chronology, to be printed; by
            default, the whole page.

        title: The title of the page; by default that of the record.

        first_year: The first year of the anniversaries; without it and `last_year`,
            the page lists the next twelve months, and the list of jubilees is that
            of this year.

        last_year: The last year of the anniversaries; the first year by default.

        show: Which anniversaries to list: usual (major events and observances every
            year, others on jubilees), major (only the former) or all.

        every: List only anniversaries divisible by this number: 5 for jubilees.

        feed_url: The address of the calendar; the page then says how to subscribe.

        page_url: The address at which the page will be published; references to
            events then contain it.

        report_url: The address at which to report an error; by default the contact
            that the record names.

        licence: The licence of the record; by default the one that it names.
    """

    only: Only | None = None
    title: str | None = attrs.field(default=None, validator=not_blank)
    first_year: int | None = attrs.field(default=None, validator=_year)
    last_year: int | None = attrs.field(
        default=None, validator=[_year, _not_before_first_year]
    )
    show: Show = "usual"
    every: int = attrs.field(default=1, validator=ge(1))
    feed_url: str | None = attrs.field(default=None, validator=web_address)
    page_url: str | None = attrs.field(default=None, validator=web_address)
    report_url: str | None = attrs.field(default=None, validator=web_address)
    licence: str | None = attrs.field(default=None, validator=not_blank)

    def years(self, today: dt.date) -> tuple[int, int]:
        """
        Return the first and the last year of the anniversaries.
        """
        first, last = self.first_year, self.last_year
        if first is None:
            first = today.year if last is None else min(today.year, last)
        return first, first if last is None else last

    @property
    def has_years(self) -> bool:
        """
        Whether a period was chosen.
        """
        return self.first_year is not None or self.last_year is not None


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
