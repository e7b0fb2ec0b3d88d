"""
The exceptions, and the data they carry.

A message says what is wrong, where, and what to do. The same data is available as
attributes. Every exception can be pickled.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

__all__ = [
    "DataError",
    "ExportError",
    "Fault",
    "NotFoundError",
    "PluginError",
    "TjunError",
    "describe_error",
    "listed",
    "quoted",
    "shorten",
    "shortened",
]

_MOST_LINES = 50  # Nobody corrects more at once.
_INDEX = re.compile(r"\[[0-9]+\]")
_MOST_SHOWN = 80  # Characters of a value that a message repeats.


class TjunError(Exception):
    """
    The base class of the exceptions that tjun defines.
    """


@attrs.frozen(kw_only=True)
class Fault:
    """
    One error in a record.

    Attributes:
        message: What is wrong, and what was expected.

        path: Where it is, like `events[3].date`; empty if it concerns the whole
            record.

        id: The id of the entry, or `None` if it has none.

        file: The file, as its name was given; `None` if the record was not read from
            a file.
    """

    message: str
    path: str = ""
    id: str | None = None
    file: str | None = None

    def __str__(self) -> str:
        place = self.path
        if self.id is not None:
            place = f"{place} ({self.id})" if place else f"({self.id})"
        return ": ".join(part for part in (self.file, place, self.message) if part)


class DataError(TjunError, ValueError):
    """
    A record that is invalid. All its errors are reported at once.

    Attributes:
        faults: The errors, in the order of files and entries.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        if len(self.faults) == 1:
            return str(self.faults[0])
        return "\n".join(listed(self.faults))


def listed(faults: Sequence[Fault]) -> list[str]:
    """
    Return how many faults there are, and a line for each of the first.

    Equal faults, which differ only in the entries that have them, are one line.
    """
    found: dict[object, list[Fault]] = {}
    for fault in faults:
        where = _INDEX.sub("", fault.path)
        found.setdefault((fault.file, where, fault.message), []).append(fault)
    lines = [
        f"{same[0]} (and {len(same) - 1} more)" if same[1:] else str(same[0])
        for same in found.values()
    ]
    if len(lines) > _MOST_LINES:
        more = f"and {len(lines) - _MOST_LINES} more; correct these and check again"
        lines = [*lines[:_MOST_LINES], more]
    return [f"{len(faults)} errors:", *(f"  {line}" for line in lines)]


class NotFoundError(TjunError, KeyError):
    """
    An id or a name that does not exist.

    Attributes:
        what: What was looked up, like `event`.

        key: The id or the name.

        nearest: Similar ids or names that exist, best first; may be empty.

        reason: Why it is not available although a plugin offers it, or `None`.
    """

    def __init__(
        self,
        what: str,
        key: str,
        nearest: Sequence[str] = (),
        reason: str | None = None,
    ) -> None:
        self.what, self.key, self.nearest = what, key, tuple(nearest)
        self.reason = reason
        super().__init__(what, key, self.nearest, reason)

    def __str__(self) -> str:
        if self.reason is not None:
            return f"The {self.what} {self.reason}"
        if self.nearest:
            remedy = f"did you mean {quoted(self.nearest, 'or')}?"
        else:
            remedy = f"no {self.what} has a similar id."
        return f"There is no {self.what} {self.key!r}; {remedy}"


class ExportError(TjunError):
    """
    An export that failed, or options of an importer that are invalid.

    Nothing was written.

    Attributes:
        exporter: The name of the exporter or the importer.

        reason: What went wrong, and what to do.

        plugin: The plugin that offers the exporter, or `None` if it is not known.

        distribution: The distribution that contains the plugin, and its version, or
            `None` if it is not known.

        what: `exporter` or `importer`.
    """

    def __init__(
        self,
        exporter: str,
        reason: str,
        plugin: str | None = None,
        distribution: str | None = None,
        what: str = "exporter",
    ) -> None:
        self.exporter, self.reason = exporter, reason
        self.plugin, self.distribution, self.what = plugin, distribution, what
        super().__init__(exporter, reason, plugin, distribution, what)

    def __str__(self) -> str:
        origin = ""
        if self.plugin is not None:
            origin = f" (plugin {self.plugin!r}"
            origin += f" of {self.distribution})" if self.distribution else ")"
        return f"{self.what.capitalize()} {self.exporter!r}{origin}: {self.reason}"


class PluginError(TjunError):
    """
    A plugin, or something that it offers, that cannot be used.

    Attributes:
        plugin: The name of its entry point.

        distribution: The distribution that contains it, and its version, or `None` if
            it is not known.

        reason: What is wrong with it.

        offer: What cannot be used, such as `the exporter 'csv'`; `None` if it is
            the plugin as a whole.
    """

    def __init__(
        self,
        plugin: str,
        distribution: str | None,
        reason: str,
        offer: str | None = None,
    ) -> None:
        self.plugin, self.distribution, self.reason = plugin, distribution, reason
        self.offer = offer
        super().__init__(plugin, distribution, reason, offer)

    def __str__(self) -> str:
        origin = f" of {self.distribution}" if self.distribution else ""
        verb = "be used" if self.offer is None else f"offer {self.offer}"
        return f"Plugin {self.plugin!r}{origin} cannot {verb}: {self.reason}"


def describe_error(error: BaseException) -> str:
    """
    Return the class and the message of an exception.
    """
    return f"{type(error).__name__}: {error}".removesuffix(": ")


def quoted(words: Sequence[str], conjunction: str) -> str:
    """
    Return words in quotation marks, the last two joined by a conjunction.
    """
    *first, last = map(repr, words)
    return f" {conjunction} ".join([", ".join(first), last] if first else [last])


def shortened(value: object) -> str:
    """
    Return the repr of *value*, shortened for a message.
    """
    try:
        text = repr(value)
    except ValueError:  # A whole number with thousands of digits.
        return f"a {type(value).__name__}"
    return shorten(text)


def shorten(text: str) -> str:
    """
    Return *text*, cut to what a message repeats.
    """
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 1]}…"
