"""
The values that some fields of the model can have.
"""

from __future__ import annotations

import enum
from typing import Any, Literal, cast, get_args

from tjun.model.validators import as_slug, member_of, one_of

__all__ = [
    "EventKind",
    "EventStatus",
    "PublisherKind",
    "Weight",
    "as_event_kind",
    "as_event_status",
    "as_publisher_kind",
    "as_weight",
]


class EventKind(enum.StrEnum):
    """
    The kinds of events that every language has a name for; a record may add others.
    """

    MEMBERSHIP = "membership"
    RESOLUTION = "resolution"
    AGREEMENT = "agreement"
    MISSION = "mission"
    OFFICE = "office"
    OBSERVANCE = "observance"
    CONFERENCE = "conference"
    VISIT = "visit"
    MILESTONE = "milestone"


class EventStatus(enum.StrEnum):
    """
    Whether a source reports that the event took place, or only that it will.
    """

    HELD = "held"
    ANNOUNCED = "announced"


class PublisherKind(enum.StrEnum):
    """
    What kind of publisher it is, the most authoritative first.
    """

    UN = "un"
    GOVERNMENT = "government"
    PRESS = "press"
    REFERENCE = "reference"
    OTHER = "other"


Weight = Literal["major", "normal", "minor"]
"""
How often the anniversaries of an event deserve notice: every year, on jubilees, or
never.
"""


# Type checkers take the type that a field accepts from its converter's parameter, so
# each of them needs a converter of its own.
def as_event_kind(value: str) -> str:
    """
    Return *value*, which has to be a slug.
    """
    return str(as_slug(value))


def as_event_status(value: EventStatus | str) -> EventStatus:
    """
    Convert *value* to an `EventStatus`, or raise `ValueError`.
    """
    return member_of(EventStatus, value)


def as_publisher_kind(value: PublisherKind | str) -> PublisherKind:
    """
    Convert *value* to a `PublisherKind`, or raise `ValueError`.
    """
    return member_of(PublisherKind, value)


def as_weight(value: Any) -> Weight:
    """
    Return *value*, which has to be a weight.
    """
    return cast("Weight", one_of(get_args(Weight), value))
