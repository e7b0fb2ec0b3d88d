"""
The languages of tjun and of installed plugins.
"""

from __future__ import annotations

from collections.abc import Iterable

from tjun.locales.language import BUILTIN, Language, builtin
from tjun.plugins.discovery import load_all
from tjun.plugins.hooks import hookimpl
from tjun.plugins.registry import Hook, Registry

__all__ = ["LANGUAGES", "languages", "tjun_languages"]

LANGUAGES = Hook(
    name="tjun_languages", offers=Language, key="tag", builtin="tjun.locales.registry"
)


def languages(
    *, strict: bool = False, disabled: Iterable[str] = ()
) -> Registry[Language]:
    """
    Return every language by its tag: those of tjun, and those of installed plugins.

    Each call looks for plugins again.

    Args:
        strict: Raise an error if a plugin cannot be used.

        disabled: Names of entry points not to import.

    Raises:
        PluginError: For the first plugin that cannot be used, if strict.
    """
    return load_all(LANGUAGES, strict=strict, disabled=disabled)


@hookimpl
def tjun_languages() -> Iterable[Language]:
    """
    Offer English, Russian and Tajik.
    """
    return [builtin(tag) for tag in BUILTIN]
