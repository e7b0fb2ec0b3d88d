"""
References to what is not a source of the record.
"""

from __future__ import annotations

import datetime as dt

import attrs

from tjun.model.validators import optional_day

__all__ = ["Reference"]


@attrs.frozen(kw_only=True)
class Reference:
    """
    A record, or a page about one of its events, as something to be cited.

    Attributes:
        id: The key by which documents cite it.

        title: Its title.

        container: The title of the site that it is a page of; `None` for a whole
            record.

        updated: The day on which it was last edited.

        url: Its address.

        language: Its language, as a BCP 47 tag.
    """

    id: str
    title: str
    container: str | None = None
    updated: dt.date | None = attrs.field(default=None, converter=optional_day)
    url: str | None = None
    language: str = "en"
