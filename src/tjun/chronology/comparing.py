"""
Comparing what sources say, and two editions of a record.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal

import attrs

from tjun.chronology.parts import first_dated
from tjun.model.dates import PartialDate, any_conflict
from tjun.model.entities import Citation, Event
from tjun.model.links import SECTIONS, singular

if TYPE_CHECKING:
    from tjun.chronology.chronology import Chronology

__all__ = ["Change", "Difference", "Relation", "compared", "diff"]

Relation = Literal["differs", "finer", "coarser", "only-a", "only-b"]
"""
How one account of an event compares with another: their dates cannot both be true, the
first is more or less precise, or only one of them gives a date.
"""


@attrs.frozen(kw_only=True)
class Difference:
    """
    An event that two accounts date differently.

    Attributes:
        event: The event.

        a: The citation that dates it in the first account, or `None`.

        b: The citation that dates it in the second account, or `None`.

        relation: `differs` if the dates cannot both be true; `finer` or `coarser` if
            the first account is more or less precise; `only-a` or `only-b` if only
            that account gives a date.
    """

    event: Event
    a: Citation | None
    b: Citation | None
    relation: Relation

    @property
    def date_a(self) -> PartialDate | None:
        """
        The date in the first account; that of the alternative, if it has one.
        """
        return None if self.a is None else self.a.date

    @property
    def date_b(self) -> PartialDate | None:
        """
        The date in the second account; that of the alternative, if it has one.
        """
        return None if self.b is None else self.b.date


def compared(
    events: Iterable[Event], a: Collection[str], b: Collection[str]
) -> Iterator[Difference]:
    """
    Yield the events that the sources *a* and the sources *b* date differently.

    Args:
        events: The events.

        a: The ids of the sources of one account.

        b: The ids of the sources of the other one.
    """
    for event in events:
        one, other = (first_dated(event.citations, ids) for ids in (a, b))
        relation = _relation(one, other)
        if relation is not None:
            yield Difference(event=event, a=one, b=other, relation=relation)


def _relation(a: Citation | None, b: Citation | None) -> Relation | None:
    if a is None:
        return None if b is None else "only-b"
    if b is None:
        return "only-a"
    if any_conflict([a.date, b.date]) or any_conflict([a.until, b.until]):
        return "differs"
    one, other = ([_precision(c.date), _precision(c.until)] for c in (a, b))
    return None if one == other else "finer" if one > other else "coarser"


def _precision(date: PartialDate | None) -> int:
    return 0 if date is None else date.precision


@attrs.frozen(kw_only=True)
class Change:
    """
    One difference between two editions of a record.

    Attributes:
        kind: What changed: `event`, `source`, `publisher`, `area`, `mission`,
            `membership`, or `record` for the header.

        id: The id of the entry; empty for the record itself.

        field: The field that changed; `None` if the whole entry was added or removed.

        before: The plain data before, as in `to_dict()`; `None` if there was none.

        after: The plain data after; `None` if there is none.
    """

    kind: str
    id: str
    field: str | None
    before: Any
    after: Any


def diff(a: Chronology, b: Chronology) -> tuple[Change, ...]:
    """
    Return what was added, removed and changed between two editions of a record.

    Entries are compared by their ids, field by field: first those of the older
    edition, then those that were added. The order of entries does not matter.

    Args:
        a: The older edition.

        b: The newer edition.
    """
    before, after = a.to_dict(), b.to_dict()
    old, new = before["record"], after["record"]
    changes = list(_fields("record", "", old, new, {**old, **new}))
    for section, kind in SECTIONS.items():
        old, new = ({each["id"]: each for each in d[section]} for d in (before, after))
        for own in {**old, **new}:
            one, other = old.get(own), new.get(own)
            if one is not None and other is not None:
                changes += _fields(singular(kind), own, one, other, {**one, **other})
            else:
                changes += _change(singular(kind), own, None, one, other)
    return tuple(changes)


def _fields(
    kind: str, own: str, a: dict[str, Any], b: dict[str, Any], names: Iterable[str]
) -> Iterator[Change]:
    for name in names:
        yield from _change(kind, own, name, a.get(name), b.get(name))


def _change(
    kind: str, own: str, field: str | None, before: Any, after: Any
) -> list[Change]:
    if before == after:
        return []
    return [Change(kind=kind, id=own, field=field, before=before, after=after)]
