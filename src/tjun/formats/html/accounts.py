"""
The accounts of an event that are drawn, and their labels.
"""

from __future__ import annotations

from tjun import Account, Event, Language

__all__ = ["drawn_accounts", "label_of"]


def drawn_accounts(event: Event) -> tuple[Account, ...]:
    """
    Return the accounts of a disputed event; otherwise only the one that is used.
    """
    return event.accounts if event.disputed else event.accounts[:1]


def label_of(account: Account, language: Language) -> str:
    """
    Return the date and who gives it: `May 2000 · The Ministry and 3 more sources`.
    """
    when = language.format_span(account.date, account.until)
    if not account.citations:
        return when
    who = account.citations[0].source.publisher.name.in_(language)
    others = len(account.citations) - 1
    if others:
        who = f"{who} {language.count('more_sources', others)}"
    return f"{when} · {who}"
