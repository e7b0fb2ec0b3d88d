"""
A language file to start from, made from the English one.
"""

from __future__ import annotations

from collections.abc import Iterator

from tjun.locales.reading import resource
from tjun.model.tags import canonical_tag

__all__ = ["language_template"]

_HEADER = """\
# A language for tjun. Replace the English on the right of each equals sign.
#
# The tables [counts] and [labels] may stay incomplete: what is missing is shown in
# English. To translate a line, remove the # before it.
"""
_OPTIONAL = ("[counts]", "[labels]")


def language_template(tag: str) -> str:
    """
    Return a language file for *tag* that contains every key.

    Each key has a comment that says where it is used. The file can be loaded as it is;
    its values are in English.

    Args:
        tag: The BCP 47 tag of the language.

    Raises:
        ValueError: If the tag is invalid.
    """
    english = resource("en").read_bytes().decode()
    body = english[english.index("\nlanguage = ") :]
    for key, value in (("tag", "en"), ("name", "English")):
        body = body.replace(f'\n{key} = "{value}"', f'\n{key} = "{canonical_tag(tag)}"')
    return _HEADER + "\n".join(_without_optional(body.splitlines())) + "\n"


def _without_optional(lines: list[str]) -> Iterator[str]:
    optional = False
    for line in lines:
        if line.startswith("["):
            optional = line in _OPTIONAL
            yield line
        else:
            out = optional and line and not line.startswith("#")
            yield f"#{line}" if out else line
