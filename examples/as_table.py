"""
Show the record as a pandas table, or write it as CSV.

    python examples/as_table.py
    python examples/as_table.py events.csv
"""

from __future__ import annotations

import argparse
import sys

import tjun

try:
    import pandas as pd
except ModuleNotFoundError:
    sys.exit("This example needs pandas: pip install pandas")


def table(record: tjun.Chronology) -> pd.DataFrame:
    """
    Return a row for each event, in chronological order.

    The date is a string, because it may be a month or a year. `earliest` and
    `latest` are its first and last possible days.
    """
    return pd.DataFrame(record.events.to_dicts()).set_index("id")


def main() -> None:
    parser = argparse.ArgumentParser(description="Show the record as a table.")
    parser.add_argument("file", nargs="?", help="a CSV file to write")
    arguments = parser.parse_args()
    found = table(tjun.load())
    print(found) if arguments.file is None else found.to_csv(arguments.file)


if __name__ == "__main__":
    main()
