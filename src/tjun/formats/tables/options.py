"""
The options of the importer of tables.
"""

from __future__ import annotations

from typing import Literal

import attrs
from attrs.validators import optional

from tjun import not_blank

__all__ = ["TableOptions"]


@attrs.frozen(kw_only=True)
class TableOptions:
    """
    How to read a table.

    Attributes:
        source: The source of rows that name none.

        publisher: The publisher of sources that name none; by default the site of
            their address, or their own name.

        text_language: The language of the texts, as a BCP 47 tag; by default that of
            the names of the columns.

        dates: How dates such as 08/09/2006 are written: dmy (8 September) or mdy
            (9 August).

        sheet: The name of the sheet of a workbook; by default the first.

        encoding: The encoding of a .csv file; by default UTF-8, UTF-16 if it begins
            with a byte-order mark, otherwise Windows-1251.
    """

    source: str | None = attrs.field(default=None, validator=optional(not_blank))
    publisher: str | None = attrs.field(default=None, validator=optional(not_blank))
    text_language: str | None = attrs.field(default=None, validator=optional(not_blank))
    dates: Literal["dmy", "mdy"] | None = None
    sheet: str | None = attrs.field(default=None, validator=optional(not_blank))
    encoding: str | None = attrs.field(default=None, validator=optional(not_blank))
