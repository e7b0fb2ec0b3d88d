"""
Combining several finished records.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from itertools import combinations

from tjun.chronology.chronology import Chronology
from tjun.errors import DataError, Fault
from tjun.model.links import SECTIONS

__all__ = ["combine"]


def combine(records: Mapping[str, Chronology]) -> Chronology:
    """
    Return *records* as one, with the first title that there is.

    Args:
        records: Finished records by name.

    Raises:
        DataError: If two of them have different entries with the same id, or one uses
            an id that another has retired; each error names both records.
    """
    faults = [
        fault
        for (one, first), (other, second) in combinations(records.items(), 2)
        for fault in _conflicts(one, first, other, second)
    ]
    if faults:
        raise DataError(faults)
    return functools.reduce(Chronology.merge, records.values(), Chronology())


def _conflicts(
    one: str, first: Chronology, other: str, second: Chronology
) -> Iterator[Fault]:
    for section in SECTIONS:
        theirs = getattr(second, section)
        for entry in getattr(first, section):
            if entry.id in theirs and theirs[entry.id] != entry:
                msg = (
                    f"the records {one!r} and {other!r} have different entries with"
                    " this id; load them separately"
                )
                yield Fault(path=section, id=entry.id, message=msg)
    for owner, record, user, events in (
        (one, first, other, second.events),
        (other, second, one, first.events),
    ):
        for own in record.retired:
            if events.get(own) is not None:
                msg = (
                    f"the record {owner!r} has retired this id and the record {user!r}"
                    " uses it; load them separately"
                )
                yield Fault(path="events", id=own, message=msg)
