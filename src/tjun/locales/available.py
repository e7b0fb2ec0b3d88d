"""
The available languages, and finding one by its tag.

A language file is read when its language is first used. Plugins are imported only
when somebody asks for a language that is not part of tjun, or for all of them.
"""

from __future__ import annotations

from tjun.errors import NotFoundError
from tjun.locales.language import BUILTIN, Language, builtin
from tjun.model.tags import canonical_tag, fallbacks
from tjun.model.text import plain
from tjun.suggestions import suggest

__all__ = ["language"]


def language(tag: str | Language) -> Language:
    """
    Return the language with a tag, or with a more general one: `ru` for `ru-RU`.

    Args:
        tag: A BCP 47 tag, or a `Language`, which is returned unchanged.

    Raises:
        NotFoundError: If there is no such language; it lists those that exist.

        ValueError: If *tag* is neither a string nor a `Language`.
    """
    if isinstance(tag, Language):
        return tag
    if tag in BUILTIN:
        return builtin(tag)
    from tjun.locales.registry import LANGUAGES  # noqa: PLC0415  # It needs pluggy.
    from tjun.plugins.discovery import load_for  # noqa: PLC0415  # Rarely needed.

    tag = plain(tag, "a language tag or a Language")
    try:
        tags = list(fallbacks(canonical_tag(tag)))
    except ValueError:  # It is not a tag, so no language has it.
        tags = []
    # If no plugin offers the first tag, all plugins are loaded, so `known` has every
    # language.
    known = load_for(LANGUAGES, tags[0] if tags else tag)
    for each in tags:
        if each in known:
            return known[each]
    what, nearest = "language", dict.fromkeys([*suggest(tag, known), *known])
    raise NotFoundError(what, tag, tuple(nearest), known.why_not(tag))
