"""
The hook with which a plugin offers languages.
"""

from __future__ import annotations

from collections.abc import Iterable

import pluggy

from tjun.locales.language import Language

__all__ = ["tjun_languages"]

hookspec = pluggy.HookspecMarker("tjun")


@hookspec
def tjun_languages() -> Iterable[Language]:  # type: ignore[empty-body]  # A specification.
    """
    Return the languages that a plugin offers.

    Called when a language is asked for that tjun itself does not have. An exception
    disables only this plugin.

    Returns:
        Any number of languages, usually read with `Language.load()`.
    """
