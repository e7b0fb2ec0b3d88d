"""
The available languages, and finding one by its tag.

A language file is read when its language is first used. Plugins are imported only
when somebody asks for a language that is not part of tjun, or for all of them.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from tjun.errors import NotFoundError
from tjun.locales.language import Language
from tjun.locales.reading import resource
from tjun.model.tags import canonical_tag, fallbacks
from tjun.model.text import plain
from tjun.suggestions import suggest

if TYPE_CHECKING:
    from tjun.plugins.registry import Hook, Registry

__all__ = ["BUILTIN", "builtin", "find_language", "language_registry", "languages"]

BUILTIN = ("en", "ru", "tg")
"""
The tags of the languages that are part of tjun.
"""


@functools.cache
def builtin(tag: str) -> Language:
    """
    Return the language for *tag*, one of `BUILTIN`.
    """
    return Language.load(resource(tag))


def languages() -> Mapping[str, Language]:
    """
    Return every available language by its tag: first those of tjun, then others.

    Each call looks for plugins again.
    """
    return MappingProxyType({each.tag: each for each in language_registry()})


def language_registry(
    *, strict: bool = False, disabled: Iterable[str] = ()
) -> Registry[Language]:
    """
    Return every available language, and where each comes from.

    Args:
        strict: Raise an error if a plugin cannot be used.

        disabled: Names of entry points not to import.

    Raises:
        PluginError: For the first plugin that cannot be used, if strict.
    """
    from tjun.plugins.discovery import load_all  # noqa: PLC0415  # It needs pluggy.

    return load_all(_hook(), strict=strict, disabled=disabled)


def find_language(language: str | Language) -> Language:
    """
    Return the language with a tag, or with a more general one: `ru` for `ru-RU`.

    Args:
        language: A BCP 47 tag, or a `Language`, which is returned unchanged.

    Raises:
        NotFoundError: If there is no such language; it lists those that exist.

        ValueError: If *language* is neither a string nor a `Language`.
    """
    if isinstance(language, Language):
        return language
    if language in BUILTIN:
        return builtin(language)
    from tjun.plugins.discovery import load_for  # noqa: PLC0415  # It needs pluggy.

    tag = plain(language, "a language tag or a Language")
    try:
        tags = list(fallbacks(canonical_tag(tag)))
    except ValueError:  # It is not a tag, so no language has it.
        tags = []
    # If no plugin offers the first tag, all plugins are loaded, so `known` has every
    # language.
    known = load_for(_hook(), tags[0] if tags else tag)
    for each in tags:
        if each in known:
            return known[each]
    what, close = "language", suggest(tag, known.names)
    listed = tuple(dict.fromkeys([*close, *known.names]))
    raise NotFoundError(what, tag, listed, known.why_not(tag))


def _hook() -> Hook[Language]:
    from tjun.plugins.registry import Hook  # noqa: PLC0415  # It needs pluggy.

    return Hook(name="tjun_languages", offers=Language, key="tag")
