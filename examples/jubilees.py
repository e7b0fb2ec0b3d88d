"""
Print the jubilees of the next five years as a Markdown table.

    python examples/jubilees.py
    python examples/jubilees.py --first-year 2027 --years 5 --every 10
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator

import tjun


def rows(record: tjun.Chronology, first: int, last: int, every: int) -> Iterator[str]:
    """
    Yield the lines of the table, beginning with its header.
    """
    yield "| Date | Years | Event | Since |"
    yield "| --- | ---: | --- | --- |"
    for anniversary in record.anniversaries(since=first, until=last, every=every):
        event = anniversary.event
        title = str(event.short or event.title).replace("|", "\\|")
        began = (event.marks or event).date
        yield f"| {anniversary.date} | {anniversary.number} | {title} | {began} |"


def main() -> None:
    parser = argparse.ArgumentParser(description="Print jubilees as a Markdown table.")
    parser.add_argument(
        "--first-year",
        type=int,
        default=dt.date.today().year,
        help="the first year; by default this year",
    )
    parser.add_argument(
        "--years", type=int, default=5, help="how many years; by default 5"
    )
    parser.add_argument(
        "--every",
        type=int,
        default=5,
        help="only multiples of this number; by default 5",
    )
    arguments = parser.parse_args()
    last = arguments.first_year + arguments.years - 1
    print("\n".join(rows(tjun.load(), arguments.first_year, last, arguments.every)))


if __name__ == "__main__":
    main()
