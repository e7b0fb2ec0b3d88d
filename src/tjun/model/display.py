"""
Events as HTML, which notebooks show.
"""

from __future__ import annotations

import html
from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tjun.model.dates import PartialDate
    from tjun.model.entities import Account, Event

__all__ = ["event_html", "table_html"]

_MOST_ROWS = 50


def event_html(event: Event) -> str:
    """
    Return an event with its dates, and who gives each of them.
    """
    accounts = "".join(f"<li>{_account(each)}</li>" for each in event.accounts)
    text = "" if event.description is None else f"<p>{_escaped(event.description)}</p>"
    return (
        f"<div><b>{_escaped(event.title)}</b> <code>{event.id}</code>"
        f"{text}<ul>{accounts}</ul></div>"
    )


def _account(account: Account) -> str:
    names = [str(each.source.publisher.name) for each in account.citations]
    who = _escaped("; ".join(dict.fromkeys(names)))
    used = " (used by the record)" if account.used else ""
    return f"{_span(account.date, account.until)}{used}{who and ': '}{who}"


def table_html(events: Collection[Event]) -> str:
    """
    Return a table of events: the first ones, and how many there are.
    """
    rows = "".join(
        f"<tr><td>{_span(each.date, each.until)}{' *' if each.disputed else ''}</td>"
        f"<td>{_escaped(each.title)}</td><td><code>{each.id}</code></td></tr>"
        for each in list(events)[:_MOST_ROWS]
    )
    head = "<tr><th>date</th><th>title</th><th>id</th></tr>"
    shown = f"the first {_MOST_ROWS} of " if len(events) > _MOST_ROWS else ""
    note = f"{shown}{len(events)} events; * sources differ on the date"
    return f"<table><thead>{head}</thead><tbody>{rows}</tbody></table><p>{note}</p>"


def _span(date: PartialDate, until: PartialDate | None) -> str:
    return str(date) if until is None else f"{date} – {until}"


def _escaped(text: object) -> str:
    return html.escape(str(text))
