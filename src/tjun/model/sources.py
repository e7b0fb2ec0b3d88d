"""
Sources, and who published them.
"""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import quote

import attrs

from tjun.model.dates import PartialDate
from tjun.model.identified import Identified
from tjun.model.kinds import PublisherKind, as_publisher_kind
from tjun.model.tags import Tagged, tag_of
from tjun.model.text import Text, as_text
from tjun.model.validators import (
    instance_of,
    not_blank,
    optional_date,
    optional_day,
    optional_tag,
    optional_text,
    slug,
    web_address,
)

__all__ = ["Publisher", "Source"]

# Series of documents that docs.un.org has; press releases, for example, it does not.
_SERIES = "A|S|E|T|ST|DP|TD|CAT|CCPR|CED|CEDAW|CERD|CMW|CRC|CRPD|HRI|UNEP|UNW"
_SYMBOL = re.compile(
    rf"(?P<body>(?:{_SERIES})(?:/[A-Za-z0-9.-]+)+(?: [A-Z])?)"
    r"(?: ?\((?P<session>[\w-]+)\))?"
)
_UN_LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")


@attrs.frozen(kw_only=True, repr=False)
class Publisher(Identified):
    """
    Who published a source.

    Attributes:
        id: A lower-case slug.

        name: The name.

        kind: What kind of publisher it is.

    Raises:
        ValueError: If the id is not a slug, or the kind is not one of the kinds.
    """

    id: str = attrs.field(validator=slug)
    name: Text = attrs.field(converter=as_text)
    kind: PublisherKind = attrs.field(
        default=PublisherKind.OTHER, converter=as_publisher_kind
    )


@attrs.frozen(kw_only=True, repr=False)
class Source(Identified):
    """
    A page or document that is cited.

    Attributes:
        id: A lower-case slug, never reused for another source.

        title: The title as it is printed, in the language of the source; `None` if
            there is none or it is not known.

        label: What the source is, in our words; `None` only if there is a title.

        author: Who wrote it.

        publisher: Who published it.

        symbol: The document symbol or number, like `S/RES/968 (1994)`.

        url: The address at which a reader should look, `http` or `https`; `None` if
            there is none, or if it follows from the symbol of a UN document.

        copy_url: The address at which it was read, if that was somewhere else.

        published: The day, month or year of publication.

        accessed: The day the page was read; `None` if it was not.

        language: The language of the source, as a BCP 47 tag.

        note: What a maintainer of the record should know about the source.

    Raises:
        ValueError: If the id is not a slug, there is neither a title nor a label, a
            string is blank, or a URL, a date or the language tag is invalid.
    """

    id: str = attrs.field(validator=slug)
    title: str | None = attrs.field(default=None, validator=not_blank)
    label: Text | None = attrs.field(default=None, converter=optional_text)
    author: str | None = attrs.field(default=None, validator=not_blank)
    publisher: Publisher = attrs.field(validator=instance_of(Publisher))
    symbol: str | None = attrs.field(default=None, validator=not_blank)
    url: str | None = attrs.field(default=None, validator=web_address)
    copy_url: str | None = attrs.field(default=None, validator=web_address)
    published: PartialDate | None = attrs.field(default=None, converter=optional_date)
    accessed: dt.date | None = attrs.field(default=None, converter=optional_day)
    language: str | None = attrs.field(default=None, converter=optional_tag)
    note: Text | None = attrs.field(default=None, converter=optional_text)

    def __attrs_post_init__(self) -> None:
        if self.title is None and self.label is None:
            msg = (
                f"expected a title or a label for {self.id!r}, got neither; label says"
                " what the source is if it has no title"
            )
            raise ValueError(msg)

    def name(self, language: str | Tagged) -> str:
        """
        Return the title, or the label in *language* if there is no title.
        """
        if self.title is not None:
            return self.title
        return "" if self.label is None else self.label.in_(language)

    @property
    def address(self) -> str | None:
        """
        The address at which to look, as `address_in()` returns it for English.
        """
        return self.address_in("en")

    def address_in(self, language: str | Tagged) -> str | None:
        """
        Return the address at which a reader of *language* should look.

        Without a `url`, this is the address of the UN document with the symbol, in
        the reader's language if the UN publishes in it, and otherwise in English.

        Returns:
            The address, or `None` if there is none. It is never that of a copy.
        """
        if self.url is not None or self.symbol is None:
            return self.url
        match = _SYMBOL.fullmatch(self.symbol.partition(",")[0].strip())
        if match is None or self.publisher.kind is not PublisherKind.UN:
            return None
        session = "" if match["session"] is None else f"({match['session']})"
        path = quote(match["body"].replace(" ", "") + session, safe="/()")
        own = tag_of(language).partition("-")[0]
        return f"https://docs.un.org/{own if own in _UN_LANGUAGES else 'en'}/{path}"
