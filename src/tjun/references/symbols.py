"""
What the symbols of UN documents say about them.

Resolutions are cited as the United Nations Editorial Manual does,
https://www.un.org/dgacm/en/content/editorial-manual.
"""

from __future__ import annotations

import re

from tjun.locales.language import Language
from tjun.model.dates import PartialDate
from tjun.model.kinds import PublisherKind
from tjun.model.sources import Source

__all__ = ["published", "resolution"]

_ASSEMBLY = re.compile(r"A/RES/((?:S-|ES-)?[0-9]+/[0-9]+|[0-9]+)(?: ?\(([IVXL]+)\))?")
_COUNCIL = re.compile(r"S/RES/([0-9]+) ?\(([0-9]{4})\)")
_YEAR = re.compile(r"(?<![0-9])(?:19[4-9]|20[0-9])[0-9](?![0-9])")


def resolution(source: Source, language: Language) -> str | None:
    """
    Return what a resolution is called: `General Assembly resolution 58/217`.

    Returns:
        Its name, or `None` if the source is no resolution.
    """
    symbol = source.symbol or ""
    for key, pattern in (("ga_resolution", _ASSEMBLY), ("sc_resolution", _COUNCIL)):
        if found := pattern.fullmatch(symbol):
            number, more = found.groups()
            number = number if more is None else f"{number} ({more})"
            return language.label(key, number=number)
    return None


def published(source: Source) -> PartialDate | None:
    """
    Return when a source was published; for a UN document, perhaps from its symbol.
    """
    if source.published is not None:
        return source.published
    is_un = source.publisher.kind is PublisherKind.UN
    found = _YEAR.search(source.symbol or "") if is_un else None
    return None if found is None else PartialDate(found[0])
