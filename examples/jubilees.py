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
    Yield the lines of the table, its head first.
    """
    yield "| When | Years | What | Since |"
    yield "| --- | ---: | --- | --- |"
    for each in record.anniversaries(since=first, until=last, every=every):
        what = str(each.event.title).replace("|", "\\|")
        began = each.event.marks or each.event
        yield f"| {each.date} | {each.number} | {what} | {began.date} |"


def main() -> None:
    parser = argparse.ArgumentParser(description="Jubilees as a Markdown table.")
    parser.add_argument(
        "--first-year",
        type=int,
        default=dt.date.today().year,
        help="the first year of the table; this year where not given",
    )
    parser.add_argument("--years", type=int, default=5, help="how many years; 5")
    parser.add_argument("--every", type=int, default=5, help="5 or 10 or 25; 5")
    asked = parser.parse_args()
    last = asked.first_year + asked.years - 1
    print("\n".join(rows(tjun.load(), asked.first_year, last, asked.every)))


if __name__ == "__main__":
    main()
