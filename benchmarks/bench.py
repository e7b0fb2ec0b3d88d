"""
How fast tjun is, as ratios within one run; README.md says what they mean.

A missed goal is reported and is not a failure, because machines are noisy.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timing import Row, Table

_LINE = "  {:44}{:>10}  {:26}{:10}{}"
SECTIONS = ("processes", "loading", "calendars", "queries", "growth", "memory")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure tjun.")
    parser.add_argument(
        "sections",
        nargs="*",
        metavar="SECTION",
        help=f"one of {', '.join(SECTIONS)}; all but memory where none is named",
    )
    parser.add_argument(
        "--memory", action="store_true", help="measure memory as well: half a minute"
    )
    given = parser.parse_args()
    chosen = given.sections or [each for each in SECTIONS if each != "memory"]
    if given.memory and "memory" not in chosen:
        chosen.append("memory")
    if unknown := [each for each in chosen if each not in SECTIONS]:
        parser.error(f"expected sections of {', '.join(SECTIONS)}, got {unknown[0]}")
    begun = perf_counter()
    tables = [table for section in chosen for table in _print_section(section)]
    aimed = [(t.title, row) for t in tables for row in t.rows if row.met is not None]
    missed = [(title, row) for title, row in aimed if not row.met]
    met = len(aimed) - len(missed)
    print(f"{met} of {len(aimed)} aims met, in {perf_counter() - begun:,.0f} s.")
    if "memory" not in chosen:
        print("Memory was not measured: add --memory, it takes half a minute.")
    for title, row in missed:
        print(f"missed: {title}; {row.what}: {_ratio(row) or row.figure}, {row.aim}")


def _print_section(section: str) -> list[Table]:
    """
    Print the tables of a section, measured in a process of its own.

    So what another section has left in memory does not affect it.
    """
    if sys.stderr.isatty():
        print(f"measuring {section} ...", file=sys.stderr)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        try:
            tables = pool.submit(_measured, section).result()
        except Exception as error:  # noqa: BLE001  # The other sections can still be measured.
            print(f"{section} could not be measured: {error!r}\n", flush=True)
            return []
    for table in tables:
        print(table.title)
        header = ("", "median", "tjun / it", "aim", "verdict")
        print(_LINE.format(*header))
        for row in table.rows:
            verdict = "" if row.met is None else "met" if row.met else "missed"
            cells = (row.what, row.figure, _ratio(row), row.aim, verdict)
            print(_LINE.format(*cells).rstrip())
        print(flush=True)
    return tables


def _measured(section: str) -> list[Table]:
    tables: list[Table] = import_module(section).measure()
    return tables


def _ratio(row: Row) -> str:
    if row.ratio is None:
        return ""
    faster = f" ({1 / row.ratio:,.1f} times faster)" if row.ratio < 1 else ""
    return f"{row.ratio:.3f}{faster}"


if __name__ == "__main__":
    sys.exit(main())
