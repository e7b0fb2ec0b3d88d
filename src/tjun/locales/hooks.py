"""
The hook with which a plugin offers languages.
"""

from __future__ import annotations

from collections.abc import Iterable

from tjun.locales.language import Language
from tjun.plugins.registry import hookspec

__all__ = ["tjun_languages"]


@hookspec
def tjun_languages() -> Iterable[Language]:  # type: ignore[empty-body]  # A hook specification.
    """
    Offer languages.

    tjun calls this once for each search for plugins, if it needs a language that is
    not built in. If it raises an exception, tjun ignores the languages of this plugin
    and reports why; other plugins are not affected.

    Returns:
        Any number of languages, usually read with `Language.load()`.
    """
