"""
The options of the site.
"""

from __future__ import annotations

from typing import Any

import attrs

from tjun.chronology.anniversaries import Minor
from tjun.model.validators import not_blank, web_address

__all__ = ["SiteOptions"]


def _base_address(_: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    web_address(_, attribute, value)
    if value is not None and ("?" in value or "#" in value):
        msg = f"expected an address without ? and #, got {value!r}"
        raise ValueError(msg)


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

    base_url: str | None = attrs.field(default=None, validator=_base_address)
    minor: Minor = "jubilees"
    report_url: str | None = attrs.field(default=None, validator=web_address)
    licence: str | None = attrs.field(default="CC BY 4.0", validator=not_blank)
