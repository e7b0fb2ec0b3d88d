"""
Suggestions for misspelt ids and names, and the search for duplicates among them.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable

__all__ = ["first_duplicate", "suggest"]

_LONGEST_KEY = 100  # A longer key is not a misspelt id.
_MOST_COMPARED = 30  # difflib takes up to a millisecond for each.
_CUTOFF = 0.5


def first_duplicate(keys: Iterable[str]) -> str | None:
    """
    Return the first of *keys* that occurs a second time, or `None`.
    """
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            return key
        seen.add(key)
    return None


def suggest(key: str, known: Iterable[str]) -> list[str]:
    """
    Return up to three of *known* that are most similar to *key*, best first.

    The time it takes grows linearly with the length of all of *known*.
    """
    if not key or len(key) > _LONGEST_KEY:
        return []
    import difflib  # noqa: PLC0415  # Only needed after a mistake.

    pairs = {key[at : at + 2] for at in range(len(key) - 1)} or {key}

    def shared(other: str) -> int:
        return sum(map(other.__contains__, pairs))

    # No shorter or longer string reaches the cutoff.
    shortest, longest = len(key) / 3, len(key) * 3
    known = list(known)
    comparable = [each for each in known if shortest <= len(each) <= longest]
    likely = heapq.nlargest(_MOST_COMPARED, comparable, key=shared)
    similar = difflib.get_close_matches(key, likely, cutoff=_CUTOFF)
    containing = [each for each in known if key in each]
    return list(dict.fromkeys([*similar, *containing]))[:3]
