"""
Write a message about this week's anniversaries, to mail or to post.

    python examples/this_week.py
    python examples/this_week.py --on 2027-03-01 --language ru
"""

from __future__ import annotations

import argparse
import datetime as dt

import tjun


def message(record: tjun.Chronology, monday: dt.date, language: str) -> str:
    """
    Return the message for the week that begins on *monday*.

    An anniversary known only to the month belongs to no week, so it is left out.
    """
    lines = []
    for each in record.upcoming(monday, days=6):
        if each.date.precision is tjun.Precision.DAY:
            day = f"{each.date.earliest:%d.%m.%Y}"
            star = "★" if each.jubilee else "–"
            lines.append(f"{star} {day}  {each.title(language)}")
            lines += [f"    {address(each.event)}"] if address(each.event) else []
    return "\n".join(lines) or f"{monday:%d.%m.%Y}: –"


def address(event: tjun.Event) -> str | None:
    """
    Return where the weightiest source that has an address can be read.
    """
    return next((c.source.url for c in event.citations if c.source.url), None)


def main() -> None:
    parser = argparse.ArgumentParser(description="This week's anniversaries.")
    parser.add_argument(
        "--on",
        type=dt.date.fromisoformat,
        default=dt.date.today(),
        help="any day of the week, as 2027-03-01; today where not given",
    )
    parser.add_argument("--language", choices=["en", "ru", "tg"], default="en")
    asked = parser.parse_args()
    monday = asked.on - dt.timedelta(days=asked.on.weekday())
    print(message(tjun.load(), monday, asked.language))


if __name__ == "__main__":
    main()
