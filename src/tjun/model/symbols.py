"""
The addresses of UN documents, which follow from their symbols.

https://undocs.org/en/ followed by a symbol leads to the document, as the UN's page on
document symbols explains (https://research.un.org/en/docs/symbols).
"""

from __future__ import annotations

import re
from urllib.parse import quote

__all__ = ["document_url"]

_SYMBOL = re.compile(
    r"(?P<body>[A-Z]+(?:/[A-Za-z0-9.-]+)+(?: [A-Z])?)(?: ?\((?P<series>[\w-]+)\))?"
)


def document_url(symbol: str) -> str | None:
    """
    Return the address of the UN document with this symbol.

    Args:
        symbol: Like `S/RES/968 (1994)`; anything after a comma, such as `annex`, is
            ignored.

    Returns:
        The address, or `None` if *symbol* is not the symbol of a UN document.
    """
    match = _SYMBOL.fullmatch(symbol.partition(",")[0].strip())
    if match is None:
        return None
    series = "" if match["series"] is None else f"({match['series']})"
    path = match["body"].replace(" ", "") + series
    return f"https://undocs.org/en/{quote(path, safe='/()')}"
