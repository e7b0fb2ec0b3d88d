"""
Print the events on whose date the sources disagree, in Markdown.

    python examples/conflicts.py
    python examples/conflicts.py --area peace-stability
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import tjun


def report(record: tjun.Chronology, area: str | None) -> Iterator[str]:
    """
    Yield the lines of the report.
    """
    disputed = record.events.where(area=area, disputed=True)
    yield f"# {len(disputed)} of {len(record.events)} events"
    for event in disputed:
        yield f"\n## {event.title}\n"
        yield f"The record says {event.date}.\n"
        for account in event.accounts:
            period = " to ".join(str(d) for d in (account.date, account.until) if d)
            cited = [str(each.source.publisher.name) for each in account.citations]
            names = ", ".join(dict.fromkeys(cited))
            yield f"- {period}: {names or 'no source gives this date'}"
        if event.reason is not None:
            yield f"\n{event.reason}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Where sources disagree.")
    parser.add_argument("--area", help="only this area of cooperation, by id")
    arguments = parser.parse_args()
    try:
        print("\n".join(report(tjun.load(), arguments.area)))
    except tjun.NotFoundError as error:
        raise SystemExit(str(error)) from None


if __name__ == "__main__":
    main()
