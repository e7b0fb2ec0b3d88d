"""
Which languages there are, and finding one by its tag.

A language file is read when its language is first used. Plugins are imported only
when somebody asks for a language that is not part of tjun, or for all of them.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from tjun.errors import NotFoundError
from tjun.locales.language import Language
from tjun.locales.reading import resource
from tjun.model.tags import canonical_tag, fallbacks
from tjun.model.text import plain
from tjun.suggestions import suggest

__all__ = ["BUILTIN", "builtin", "find_language", "languages"]

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
    """
    found = {tag: builtin(tag) for tag in BUILTIN}
    for language in _offered_by_plugins():
        found.setdefault(language.tag, language)
    return MappingProxyType(found)


def find_language(language: str | Language) -> Language:
    """
    Return the language with a tag, or with a more general one: `ru` for `ru-RU`.

    Args:
        language: A BCP 47 tag, or a `Language`, which is returned unchanged.

    Raises:
        NotFoundError: If there is no such language; lists those there are.

        ValueError: If *language* is neither a string nor a `Language`.
    """
    if isinstance(language, Language):
        return language
    if language in BUILTIN:
        return builtin(language)
    tag = plain(language, "a language tag or a Language")
    known = languages()
    with contextlib.suppress(ValueError):  # If it is not even a tag.
        for each in fallbacks(canonical_tag(tag)):
            if each in known:
                return known[each]
    what, close = "language", suggest(tag, known)
    raise NotFoundError(what, tag, tuple(dict.fromkeys([*close, *known])))


def _offered_by_plugins() -> Iterator[Language]:
    import logging  # noqa: PLC0415  # Only needed here.
    from importlib.metadata import entry_points  # noqa: PLC0415  # Only needed here.

    import pluggy  # noqa: PLC0415  # Only needed here.

    from tjun.locales import hooks  # noqa: PLC0415  # It needs pluggy.

    for point in sorted(entry_points(group="tjun"), key=lambda each: each.name):
        manager = pluggy.PluginManager("tjun")
        manager.add_hookspecs(hooks)
        try:
            manager.register(point.load())
            offered = [each for many in manager.hook.tjun_languages() for each in many]
        except Exception as error:  # noqa: BLE001  # A plugin may raise anything.
            message = "The languages of plugin %r cannot be used: %r"
            logging.getLogger(__name__).warning(message, point.name, error)
        else:
            yield from offered
