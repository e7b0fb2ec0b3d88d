"""
Language tags as defined by BCP 47 (RFC 5646), and the order in which to try them.

RFC 5646 reserves language subtags of four letters and more, but none exists. They
are rejected here, because they are usually names, such as `english`.
"""

from __future__ import annotations

import functools
import re
import reprlib
from typing import Protocol

__all__ = ["Tagged", "canonical_tag", "fallbacks", "tag_of"]

_WELL_FORMED = re.compile(
    r"""
    (?: [a-z]{2,3} (?:-[a-z]{3}){0,3}                       # language
        (?: -[a-z]{4} )?                                    # script
        (?: -(?: [a-z]{2} | [0-9]{3} ) )?                   # region
        (?: -(?: [a-z0-9]{5,8} | [0-9][a-z0-9]{3} ) )*      # variants
        (?: -[a-wy-z0-9] (?: -[a-z0-9]{2,8} )+ )*           # extensions
        (?: -x (?: -[a-z0-9]{1,8} )+ )?                     # private use
      | x (?: -[a-z0-9]{1,8} )+                             # nothing else
    )""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


class Tagged(Protocol):
    """
    Anything with a language tag, such as a `Language`.
    """

    @property
    def tag(self) -> str:
        """
        A BCP 47 tag.
        """
        ...


def canonical_tag(tag: object) -> str:
    """
    Return *tag* with the usual capitals: `ru`, `zh-Hant`, `pt-BR`.

    Only the syntax is checked, not whether a language with that tag exists.

    Raises:
        ValueError: If *tag* is not a well-formed BCP 47 tag.
    """
    found = _canonical(tag) if isinstance(tag, str) else None
    if found is not None:
        return found
    better = _canonical(tag.replace("_", "-")) if isinstance(tag, str) else None
    example = "'ky', 'pt-BR' or 'zh-Hant'" if better is None else repr(better)
    msg = f"expected a BCP 47 language tag like {example}, got {reprlib.repr(tag)}"
    raise ValueError(msg)


@functools.lru_cache(maxsize=1024)
def _canonical(tag: str) -> str | None:
    if not _is_well_formed(tag):
        return None
    first, *rest = tag.lower().split("-")
    parts, in_extension = [first], len(first) == 1
    for part in rest:
        in_extension = in_extension or len(part) == 1
        if in_extension or len(part) not in (2, 4) or not part.isalpha():
            parts.append(part)
        else:
            parts.append(part.upper() if len(part) == 2 else part.title())
    return "-".join(parts)


def _is_well_formed(tag: str) -> bool:
    if _WELL_FORMED.fullmatch(tag) is None:
        return False
    parts = tag.lower().split("-")
    public = parts[: parts.index("x")] if "x" in parts else parts
    extensions = [part for part in public if len(part) == 1]
    end = public.index(extensions[0]) if extensions else len(public)
    once = [*public[1:end], *extensions]  # Neither variants nor extensions may repeat.
    return len(set(once)) == len(once)


def tag_of(language: str | Tagged) -> str:
    """
    Return the canonical tag of *language*, which is a tag or has one.

    Raises:
        ValueError: If the tag is not well-formed.
    """
    return canonical_tag(getattr(language, "tag", language))


@functools.lru_cache(maxsize=1024)
def fallbacks(tag: str) -> tuple[str, ...]:
    """
    Return *tag*, then more general tags: `zh-Hant-TW`, `zh-Hant`, `zh`.

    This is the lookup of RFC 4647 (section 3.4).
    """
    parts, found = tag.split("-"), []
    while parts:
        found.append("-".join(parts))
        parts.pop()
        if parts and len(parts[-1]) == 1:
            parts.pop()
    return tuple(found)
