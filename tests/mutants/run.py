"""
Change the code in every way that mutmut knows, and say which changes no test notices.

    python tests/mutants/run.py
    python tests/mutants/run.py --again

Each change that goes unnoticed has to stand in `survivors.toml` with the reason, and
each that stands there has to go unnoticed still. The status is 1 where that is not
so, or where fewer than 95 of 100 changes of a part are noticed.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
MUTMUT = Path(sys.executable).with_name("mutmut")
LEAST = 95  # Of a hundred.
PARTS = {
    "dates": "dates",
    "anniversaries": "anniversaries",
    "chronology": "catalog chronology provenance selection",
    "records": "records structuring",
    "formats": "formats",
}
NOTICED = ("killed", "timeout", "segfault")


class Change(NamedTuple):
    place: str
    was: str
    becomes: str


def mutmut(*words: str) -> str:
    """
    Return what mutmut prints.
    """
    done = subprocess.run(
        [MUTMUT, *words], cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    )
    return done.stdout


def place(name: str) -> str:
    """
    Return what mutmut calls `tjun.dates.xǁPartialDateǁparse__mutmut_1` as we do.
    """
    inner = name.partition("__mutmut_")[0].removeprefix("tjun.")
    return re.sub(r"(?:x_|xǁ)(?=[^.]*$)", "", inner).replace("ǁ", ".")


def change(name: str) -> Change:
    """
    Return the change that a mutant is.
    """
    lines = mutmut("show", name).splitlines()
    gone = [line[1:].strip() for line in lines if re.match(r"-(?!--)", line)]
    come = [line[1:].strip() for line in lines if re.match(r"\+(?!\+\+)", line)]
    return Change(place(name), "\n".join(gone), "\n".join(come))


def explained() -> list[Change]:
    """
    Return the changes that no test can notice, as they are listed.
    """
    listed = tomllib.loads((HERE / "survivors.toml").read_text(encoding="utf-8"))
    return [
        Change(group["place"], group["was"].strip(), becomes.strip())
        for group in listed["survivor"]
        for becomes in group["becomes"]
        if group["why"].strip()
    ]


def report(fates: dict[str, str]) -> bool:
    """
    Print the figures of each part; return whether all have enough.
    """
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for name, fate in fates.items():
        module = name.split(".")[1]
        part = next(part for part, of in PARTS.items() if module in of.split())
        counts[part][fate] += 1
    enough = True
    for part in (*PARTS, "all"):
        fate_of = counts[part]
        if part == "all":
            fate_of = {f: sum(c[f] for c in counts.values()) for f in (*NOTICED,)}
        noticed = sum(fate_of.get(fate, 0) for fate in NOTICED)
        many = len(fates) if part == "all" else sum(fate_of.values())
        share = 100 * noticed / many if many else 0
        print(f"{part:14} {many:5,} changes, {noticed:5,} noticed, {share:5.1f} %")
        enough = enough and share >= LEAST
    return enough


def main() -> int:
    """
    Run mutmut and compare what it finds with what is explained.
    """
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[1])
    parser.add_argument(
        "--again", action="store_true", help="only what was not decided before"
    )
    given = parser.parse_args()
    if not given.again:
        shutil.rmtree(ROOT / "mutants", ignore_errors=True)
    subprocess.run([MUTMUT, "run"], cwd=ROOT, check=True)
    results = mutmut("results", "--all", "true").splitlines()
    fates = dict(line.strip().rsplit(": ", 1) for line in results if line.strip())
    enough = report(fates)
    unnoticed = {change(name) for name, fate in fates.items() if fate not in NOTICED}
    listed = set(explained())
    print(f"{len(unnoticed)} unnoticed, {len(unnoticed & listed)} of them explained")
    for each in sorted(unnoticed - listed):
        print(f"\nNot explained, in {each.place}:\n{each.was}\n->\n{each.becomes}")
    for each in sorted(listed - unnoticed):
        print(f"\nExplained, but noticed, in {each.place}:\n{each.becomes}")
    return 0 if enough and unnoticed == listed else 1


if __name__ == "__main__":
    sys.exit(main())
