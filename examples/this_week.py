"""
Print a message about this week's anniversaries, to send or to post.

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

    Events known only to the month are left out, because they belong to no week.
    """
    lines = []
    for anniversary in record.upcoming(monday, days=7):
        date = anniversary.date
        if date.precision is tjun.Precision.DAY:
            mark = "★" if anniversary.jubilee else "–"
            lines.append(
                f"{mark} {date.anchor:%d.%m.%Y}  {anniversary.title(language)}"
            )
            url = anniversary.event.best.source.address_in(language)
            if url is not None:
                lines.append(f"    {url}")
    return "\n".join(lines) or f"{monday:%d.%m.%Y}: –"


def main() -> None:
    parser = argparse.ArgumentParser(description="Print this week's anniversaries.")
    parser.add_argument(
        "--on",
        type=dt.date.fromisoformat,
        default=dt.date.today(),
        help="any day of the week, such as 2027-03-01; by default today",
    )
    parser.add_argument("--language", choices=["en", "ru", "tg"], default="en")
    arguments = parser.parse_args()
    monday = arguments.on - dt.timedelta(days=arguments.on.weekday())
    print(message(tjun.load(), monday, arguments.language))


if __name__ == "__main__":
    main()
