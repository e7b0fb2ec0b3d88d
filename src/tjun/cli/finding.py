"""
Finding the entities of a record by id, acronym or kind, in any case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from tjun.chronology.catalog import Catalog
from tjun.chronology.chronology import Chronology
from tjun.errors import TjunError
from tjun.model.entities import CooperationArea, Event, Source
from tjun.model.kinds import SourceKind
from tjun.model.missions import Membership, Mission
from tjun.suggestions import suggest

__all__ = ["Thing", "find", "find_accounts", "find_anything"]

Thing = Event | Mission | Membership | CooperationArea | Source

T = TypeVar("T", bound=Any)

_MOST_LISTED = 20


def find(catalog: Catalog[T], word: str, what: str) -> T:
    """
    Return the item whose id or acronym is *word*, in any case.

    Args:
        catalog: The items.

        word: The id or the acronym, as the user typed it.

        what: What an item is called in messages, such as `area`.

    Raises:
        TjunError: If there is none; lists what there is.
    """
    found = _look_up(catalog, word)
    if found is None:
        raise TjunError(_not_found(word, what, catalog.ids, f"`tjun {what}s`"))
    return found


def find_accounts(record: Chronology, words: Iterable[str]) -> Iterator[str]:
    """
    Yield the ids and the kinds of source that *words* name.

    Raises:
        TjunError: If there is none.
    """
    kinds = [kind.value for kind in SourceKind]
    for word in words:
        if word.casefold() in kinds:
            yield word.casefold()
            continue
        found = _look_up(record.sources, word)
        if found is None:
            known = (*kinds, *record.sources.ids)
            what = "source or kind of source"
            raise TjunError(_not_found(word, what, known, "`tjun sources`"))
        yield found.id


def find_anything(record: Chronology, word: str) -> Thing:
    """
    Return the event, mission, membership, area or source that *word* identifies.

    Raises:
        TjunError: If there is none.
    """
    catalogs = _catalogs(record)
    for catalog in catalogs:
        found: Thing | None = _look_up(catalog, word)
        if found is not None:
            return found
    known = [key for catalog in catalogs for key in catalog.ids]
    close = suggest(word.casefold(), known)
    remedy = (
        f"Did you mean `tjun show {close[0]}`?"
        if close
        else f"Try `tjun search {word}`."
    )
    msg = (
        f"{word!r} is not the id of an event, a mission, a membership, an area or a"
        f" source. {remedy}"
    )
    raise TjunError(msg)


def _catalogs(record: Chronology) -> tuple[Catalog[Any], ...]:
    return (
        record.events,
        record.missions,
        record.memberships,
        record.areas,
        record.sources,
    )


def _look_up(catalog: Catalog[T], word: str) -> T | None:
    exact = catalog.get(word) or catalog.get(word.casefold())
    if exact is not None:
        return exact
    return next(
        (
            item
            for item in catalog
            if getattr(item, "acronym", item.id).casefold() == word.casefold()
        ),
        None,
    )


def _not_found(word: str, what: str, known: Iterable[str], command: str) -> str:
    listed = list(known)
    close = suggest(word.casefold(), listed)
    msg = f"There is no {what} {word!r}."
    if close:
        msg += f" Did you mean {close[0]!r}?"
    if not listed:
        return f"{msg} The record has none."
    if len(listed) <= _MOST_LISTED:
        return f"{msg} There are: {', '.join(listed)}."
    return f"{msg} {command} lists all {len(listed)}."
