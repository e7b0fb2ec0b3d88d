"""
Write a calendar for each area of cooperation into a folder.

    python examples/feed_per_area.py public --base https://example.org/calendars

A file of which nothing changed keeps its time stamp, so that a subscriber is not
sent the same calendar again.
"""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

import tjun


def main() -> None:
    parser = argparse.ArgumentParser(description="A calendar for each area.")
    parser.add_argument("folder", type=Path, help="the folder to write into")
    parser.add_argument("--base", help="the address that the folder is published at")
    parser.add_argument("--language", choices=["en", "ru", "tg"], default="en")
    parser.add_argument(
        "--on",
        type=dt.date.fromisoformat,
        default=dt.date.today(),
        help="the day to count from, as 2027-03-01; today where not given",
    )
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    record = tjun.load()
    for area in record.areas:
        file = asked.folder / f"{area.id}.ics"
        changed = tjun.write(
            tjun.Chronology(events=record.events.where(area=area), title=area.name),
            "ics",
            file,
            language=asked.language,
            today=asked.on,
            feed_url=f"{asked.base.rstrip('/')}/{file.name}" if asked.base else None,
        )
        print(f"{file}: {'written' if changed else 'the same as before'}")


if __name__ == "__main__":
    main()
