"""
The options of the site.
"""

from __future__ import annotations

import attrs

from tjun import Minor, not_blank, web_address
from tjun.formats.paths import base_address

__all__ = ["SiteOptions"]


@attrs.frozen(kw_only=True)
class SiteOptions:
    """
    What to put on the site.

    Attributes:
        base_url: The address at which the site will be published (required).

        minor: Which anniversaries to show of events that are neither major nor
            observed every year: all, jubilees (every fifth) or none.

        report_url: The address at which to report an error.

        licence: The licence of the record.
    """

    base_url: str | None = attrs.field(default=None, validator=base_address)
    minor: Minor = "jubilees"
    report_url: str | None = attrs.field(default=None, validator=web_address)
    licence: str | None = attrs.field(default="CC BY 4.0", validator=not_blank)
