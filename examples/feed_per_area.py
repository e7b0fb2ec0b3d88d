"""
Write a calendar for each area of cooperation.

    python examples/feed_per_area.py public --base https://example.org/calendars

A file that did not change keeps its time stamp, so that subscribers do not download
it again.
"""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

import attrs

import tjun


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a calendar for each area.")
    parser.add_argument("folder", type=Path, help="the directory to write to")
    parser.add_argument("--base", help="the address at which it will be published")
    parser.add_argument("--language", choices=["en", "ru", "tg"], default="en")
    parser.add_argument(
        "--on",
        type=dt.date.fromisoformat,
        default=dt.date.today(),
        help="the day to count from, such as 2027-03-01; by default today",
    )
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    record = tjun.load()
    for area in record.areas:
        file = arguments.folder / f"{area.id}.ics"
        part = record.select(record.events.where(area=area))
        changed = tjun.write(
            attrs.evolve(part, title=area.name),
            "ics",
            file,
            language=arguments.language,
            today=arguments.on,
            feed_url=f"{arguments.base.rstrip('/')}/{file.name}"
            if arguments.base
            else None,
        )
        print(f"{file}: {'written' if changed else 'the same as before'}")


if __name__ == "__main__":
    main()
