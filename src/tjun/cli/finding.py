"""
Finding an entity of a record, whatever kind it is.
"""

from __future__ import annotations

from typing import Any

from tjun.chronology.catalog import Catalog
from tjun.chronology.chronology import Chronology
from tjun.errors import NotFoundError, TjunError
from tjun.model.entities import CooperationArea, Event, Source
from tjun.model.missions import Membership, Mission
from tjun.suggestions import suggest

Thing = Event | Mission | Membership | CooperationArea | Source


def find_anything(record: Chronology, word: str) -> Thing:
    """
    Return the entity whose id or acronym is *word*, in any case.

    Raises:
        TjunError: If there is none.
    """
    catalogs: list[Catalog[Any]] = [
        record.events,
        record.missions,
        record.memberships,
        record.areas,
        record.sources,
    ]
    for catalog in catalogs:
        try:
            found: Thing = catalog[word.casefold()]
        except NotFoundError as error:
            if error.reason is not None:  # Several have this acronym.
                raise
        else:
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
