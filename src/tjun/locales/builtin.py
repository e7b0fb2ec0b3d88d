"""
The languages that are part of tjun, offered through the same hook as others.
"""

from __future__ import annotations

from collections.abc import Iterable

from tjun.locales.available import BUILTIN, builtin
from tjun.locales.language import Language
from tjun.plugins.registry import hookimpl

__all__ = ["tjun_languages"]


@hookimpl
def tjun_languages() -> Iterable[Language]:
    """
    Return English, Russian and Tajik.
    """
    return [builtin(tag) for tag in BUILTIN]
