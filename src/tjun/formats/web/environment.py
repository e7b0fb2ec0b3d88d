"""
The template engine, with the filters that all templates use.

Everything that a template shows is escaped, and checked for characters that HTML
cannot contain. This happens here so that no template can forget it.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup, escape

from tjun import Citation, Language, PartialDate, Source, Text, cite, one_line
from tjun.formats.printable import CONTROL, check_printable
from tjun.formats.web.links import google_url, webcal_url

__all__ = ["environment"]


class _Compiled(jinja2.BytecodeCache):
    """
    Keeps compiled templates, which are the same in all languages.
    """

    def __init__(self) -> None:
        self._code: dict[str, Any] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """
        Give a template its code, if it has been compiled before.
        """
        bucket.code = self._code.get(bucket.key)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """
        Keep the code of a template.
        """
        self._code[bucket.key] = bucket.code


_COMPILED = _Compiled()


@functools.lru_cache(maxsize=16)
def environment(language: Language) -> jinja2.Environment:
    """
    Return the environment whose filters write in *language*.
    """
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("tjun.formats.web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_finalize,
        bytecode_cache=_COMPILED,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        cite=functools.partial(_cite, language),
        coordinate=_coordinate,
        date=functools.lru_cache(maxsize=10_000)(language.format_date),
        google=google_url,
        host=_host,
        line=one_line,
        marked=functools.partial(_marked, language),
        sentence=_title,
        sources=_sources,
        text=functools.partial(_text, language),
        webcal=webcal_url,
        weekday=language.weekday,
    )
    made.tests["exact"] = _exact
    made.globals.update(
        attributes=functools.partial(_attributes, language),
        count=language.count,
        filled=functools.partial(_filled, language),
        label=language.label,
        language=language,
        span=language.format_span,
    )
    return made


def _host(url: str) -> str | None:
    return urlsplit(url).hostname


def _title(text: str) -> str:
    return text[:1].upper() + text[1:]


def _exact(date: PartialDate) -> bool:
    """
    Return whether HTML can express *date*: a year, a month or a day.
    """
    return date.year is not None and date.qualifier is None


def _finalize(value: Any) -> Any:
    # Describing every text would take longer than searching it.
    if isinstance(value, str) and CONTROL.search(value) is not None:
        check_printable("html", value, f"the text {value[:40]!r}")
    return value


def _cite(language: Language, cited: Any, style: Any = "plain") -> str:
    return cite(cited, style=style, language=language)


def _text(language: Language, text: Text) -> Markup:
    """
    Return *text* in *language*, marked as the original if there is no translation.
    """
    tag, line = text.best(language)
    return _marked(language, line, tag)


def _marked(language: Language, line: str, tag: str) -> Markup:
    attributes = _attributes(language, tag)
    text = escape(one_line(line))
    return Markup("<span{}>{}</span>").format(attributes, text) if attributes else text


def _attributes(language: Language, tag: str) -> Markup:
    """
    Return the attributes of an element in another language than the page.
    """
    if language.tag.partition("-")[0] == tag.partition("-")[0]:
        return Markup()
    direction = ' dir="auto"' if language.direction == "rtl" else ""
    return Markup(' lang="{}"{}').format(tag, Markup(direction))  # noqa: S704  # Constants.


def _sources(citations: Iterable[Citation]) -> list[Source]:
    """
    Return the sources of *citations*, each once.
    """
    return list({each.source.id: each.source for each in citations}.values())


def _filled(language: Language, key: str, **values: Markup) -> Markup:
    """
    Return a label with *values*, which may contain elements.
    """
    pattern = language.label(key, **{name: f"{{{name}}}" for name in values})
    return escape(pattern).format(**values)


def _coordinate(number: float) -> str:
    """
    Return *number* with at most two decimals, as short as possible.
    """
    return f"{number:.2f}".rstrip("0").rstrip(".")
