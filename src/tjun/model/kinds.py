"""
The enumerations of the model.
"""

from __future__ import annotations

import enum

from tjun.model.validators import member_of

__all__ = [
    "EventKind",
    "EventStatus",
    "SourceKind",
    "as_event_kind",
    "as_event_status",
    "as_source_kind",
]


class EventKind(enum.StrEnum):
    """
    What kind of event it is.
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


class SourceKind(enum.StrEnum):
    """
    What kind of publisher a source has.
    """

    UN = "un"
    GOVERNMENT = "government"
    PRESS = "press"
    REFERENCE = "reference"


# Type checkers take the type that a field accepts from its converter's parameter, so
# each enumeration needs a converter of its own.
def as_event_kind(value: EventKind | str) -> EventKind:
    """
    Convert *value* to an `EventKind`, or raise `ValueError`.
    """
    return member_of(EventKind, value)


def as_event_status(value: EventStatus | str) -> EventStatus:
    """
    Convert *value* to an `EventStatus`, or raise `ValueError`.
    """
    return member_of(EventStatus, value)


def as_source_kind(value: SourceKind | str) -> SourceKind:
    """
    Convert *value* to a `SourceKind`, or raise `ValueError`.
    """
    return member_of(SourceKind, value)
