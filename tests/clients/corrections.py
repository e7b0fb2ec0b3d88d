"""
A feed before and after three corrections: a title, a date and a retired event.
"""

from __future__ import annotations

from typing import Any

from clients.calendars import Case
from making import by

from tjun import Chronology, Citation, Event, Source

__all__ = ["AFTER", "BEFORE"]

_PAGE = Source(
    id="page", title="P", publisher=by("Somebody"), url="https://example.org/"
)


def _event(name: str, date: str, **given: Any) -> Event:
    usual = {
        "id": name,
        "title": f"It {name}",
        "date": date,
        "citations": [Citation(source=_PAGE)],
    }
    return Event(**{**usual, **given})


_OPENED = _event("opened", "1993-02-01", until="1993-02-03")
_ALL: dict[str, Any] = {"show": "all"}

BEFORE = Case(
    Chronology(
        events=[
            _event("joined", "1992-03-02"),
            _OPENED,
            _event("moved", "2000-05"),
            _event("closed", "2000-06-01"),
            _event("coming", "2028-05-25", until="2028-05-28", status="announced"),
        ],
        revised="2026-11-23",
    ),
    _ALL,
)

AFTER = Case(
    Chronology(
        events=[
            _event("joined", "1992-03-02", title="It joined; at last, finally"),
            _OPENED,
            _event("moved", "2000-06-30"),
            _event("coming", "2028-05-27", until="2028-05-30", status="announced"),
        ],
        retired=["closed"],
        revised="2027-01-15",
    ),
    _ALL,
)
