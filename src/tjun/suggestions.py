"""
Suggestions for misspelt ids and names, and the search for duplicates among them.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

__all__ = ["first_duplicate", "suggest"]

_LONGEST_KEY = 100  # A longer one is no slip of a finger.


def first_duplicate(keys: Iterable[str]) -> str | None:
    """
    Return the first of *keys* that stands a second time.
    """
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            return key
        seen.add(key)
    return None


def suggest(key: str, known: Iterable[str]) -> list[str]:
    """
    Return the few of *known* that are most like *key*, best first.
    """
    if len(key) > _LONGEST_KEY:
        return []
    known = list(known)
    holding = [each for each in known if key and key in each]
    alike = difflib.get_close_matches(key, known, cutoff=0.5)
    return list(dict.fromkeys([*alike, *holding]))[:3]
