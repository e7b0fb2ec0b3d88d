"""
What a plugin offers to read a table or another file as a record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Generic

import attrs
from attrs.validators import deep_iterable, ge, instance_of, is_callable

from tjun.errors import Fault
from tjun.exchange.contract import (
    NAME,
    NO_OPTIONS,
    SUFFIX,
    Options,
    is_like,
    is_options_class,
    log,
)
from tjun.model.links import SECTIONS
from tjun.model.validators import as_tuple, not_blank

__all__ = ["ImportRequest", "Importer", "Row"]

_HEADER = "record"


def _is_section(_: object, __: object, value: str) -> None:
    known = (_HEADER, *SECTIONS)
    if value not in known:
        msg = f"expected a section like {', '.join(known)}, got {value!r}"
        raise ValueError(msg)


def _mapping(value: Mapping[str, Any]) -> dict[str, Any]:
    return dict(value)


def _suffixes(value: Iterable[str]) -> tuple[str, ...]:
    return as_tuple(value)


@attrs.frozen
class Row:
    """
    One entry that an importer found.

    Attributes:
        section: `events`, `sources`, `publishers`, `areas`, `missions` or
            `memberships`; or `record` for what the header of the record says.

        values: Its values, in the shape of `to_dict()`. An area, a publisher or a kind
            of event may be named in place of an id, and a source may be written out
            where it is cited. An event, a source and what is named get ids.

        at: Where it is, such as `row 5`; errors about it say so.

    Raises:
        ValueError: If there is no such section, or the values are no mapping.
    """

    section: str = attrs.field(validator=_is_section)
    values: Mapping[str, Any] = attrs.field(converter=_mapping)
    at: str = ""


@attrs.frozen(kw_only=True)
class ImportRequest(Generic[Options]):
    """
    What an importer is asked to read.

    Attributes:
        content: The bytes of the file.

        name: The name of the file, for messages.

        options: An instance of the importer's `options` class.

        faults: What `report()` was told.
    """

    content: bytes = attrs.field(repr=False)
    name: str
    options: Options
    faults: list[Fault] = attrs.field(factory=list, init=False, repr=False)

    def report(self, message: str, at: str = "") -> None:
        """
        Report an error in the file. The import fails when the file has been read.

        Args:
            message: What is wrong, and what to do.

            at: Where it is, such as `row 5, column date`.
        """
        self.faults.append(Fault(file=self.name, path=at, message=message))

    def note(self, message: str) -> None:
        """
        Show the user a message that does not stop the import.

        The command line prints it to standard error. In Python, it goes to the logger
        `tjun`.

        Args:
            message: For example, which encoding was assumed.
        """
        log.info("%s: %s", self.name, message)


@attrs.frozen(kw_only=True)
class Importer(Generic[Options]):
    """
    A format that a record can be read from.

    Attributes:
        name: What users type: lower-case letters, digits and hyphens.

        summary: One line of help.

        suffixes: What the names of its files end in, such as `.csv`.

        options: An attrs class whose fields all have defaults and are documented.
            They become the flags of `tjun import` and the keywords of `read()`.

        read: Takes an `ImportRequest` and yields `Row` objects.

        api: The version of the plugin API that the importer was written for.

    Raises:
        ValueError: If a value is invalid.
    """

    name: str = attrs.field(validator=is_like(NAME, "csv"))
    summary: str = attrs.field(validator=not_blank)
    suffixes: tuple[str, ...] = attrs.field(
        converter=_suffixes, validator=deep_iterable(is_like(SUFFIX, ".csv"))
    )
    options: type[Options] = attrs.field(default=NO_OPTIONS, validator=is_options_class)
    read: Callable[[ImportRequest[Options]], Iterable[Row]] = attrs.field(
        validator=is_callable()
    )
    api: int = attrs.field(default=1, validator=[instance_of(int), ge(1)])
