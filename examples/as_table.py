"""
Show the record as a pandas table, or write it as CSV.

    python examples/as_table.py
    python examples/as_table.py events.csv
"""

from __future__ import annotations

import argparse
import sys
from typing import Any

import tjun

try:
    import pandas as pd
except ModuleNotFoundError:
    sys.exit("This example needs pandas: pip install pandas")


def row(event: tjun.Event) -> dict[str, Any]:
    """
    Return one line of the table.

    The date stays a text, because it may be a month or a year. `earliest` and
    `latest` are the days that it lies between.
    """
    return {
        "id": event.id,
        "date": str(event.date),
        "precision": event.date.precision.name.lower(),
        "earliest": pd.Timestamp(event.date.earliest),
        "latest": pd.Timestamp(event.date.latest),
        "kind": event.kind.value,
        "title": str(event.title),
        "areas": ", ".join(area.id for area in event.areas),
        "sources": len({citation.source.id for citation in event.citations}),
        "disputed": event.disputed,
    }


def table(record: tjun.Chronology) -> pd.DataFrame:
    """
    Return the events, one a line, in chronological order.
    """
    return pd.DataFrame([row(event) for event in record.events]).set_index("id")


def main() -> None:
    parser = argparse.ArgumentParser(description="The record as a table.")
    parser.add_argument("file", nargs="?", help="a CSV file to write")
    asked = parser.parse_args()
    found = table(tjun.load())
    print(found) if asked.file is None else found.to_csv(asked.file)


if __name__ == "__main__":
    main()
