"""
The template engine of the site: that of the page, with more templates.
"""

from __future__ import annotations

import functools
from types import CodeType

import jinja2
from jinja2.bccache import Bucket

from tjun import Language
from tjun.formats.html.environment import environment

__all__ = ["site_environment"]


class _SharedCode(jinja2.BytecodeCache):
    """
    Compiles each template once for all languages, because that takes time.
    """

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """
        Fill in the code of a template, if it was compiled before.
        """
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """
        Keep the code of a template.
        """
        self._codes[bucket.key, bucket.checksum] = bucket.code


_CODE = _SharedCode()


@functools.lru_cache(maxsize=16)
def site_environment(language: Language) -> jinja2.Environment:
    """
    Return the environment whose filters write in *language*.
    """
    page = environment(language)
    own = jinja2.PackageLoader("tjun.formats.site")
    loaders = [own] if page.loader is None else [own, page.loader]
    return page.overlay(
        loader=jinja2.ChoiceLoader(loaders),
        bytecode_cache=_CODE,
        auto_reload=False,  # Templates do not change while a site is made.
    )
