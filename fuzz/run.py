"""
Run each target for some seconds, or with some inputs, and say what came of it.

    python fuzz/run.py --seconds 60
    python fuzz/run.py --inputs 2000 dates records_json

The committed corpus is only read. What a target cannot bear is kept in
`fuzz/findings`, and the status is 1.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
TARGETS = ("dates", "records_toml", "records_json", "options")
FINDINGS = HERE / "findings"
LONGEST = 65_536  # Long enough for quadratic time to exceed the limit in guard.py.


def fuzz(target: str, seconds: int, inputs: int) -> bool:
    """
    Run one target and print its line; return whether it bore everything.
    """
    FINDINGS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as fresh, tempfile.TemporaryDirectory() as room:
        words = [
            sys.executable,
            str(HERE / f"{target}.py"),
            f"-max_total_time={seconds}",
            f"-runs={inputs}",
            f"-max_len={LONGEST}",
            "-timeout=60",
            "-rss_limit_mb=4096",
            "-seed=1992",
            "-print_final_stats=1",
            f"-artifact_prefix={FINDINGS}/{target}-",
            fresh,
            str(HERE / "corpus" / target),
        ]
        done = subprocess.run(
            words,
            env={**os.environ, "FUZZ_FOLDER": room, "PYTHONHASHSEED": "0"},
            capture_output=True,
            check=False,
        )
    said = done.stderr.decode(errors="replace")
    tried = re.search(r"number_of_executed_units: (\d+)", said)
    took = re.search(r"Done \d+ runs in (\d+) second", said)
    number = int(tried[1]) if tried else 0
    found = 0 if done.returncode == 0 else 1
    spent = f"{took[1]} s" if took else "stopped"
    print(f"{target}: {number:,} inputs tried, {spent}, {found} findings", flush=True)
    if found:
        print(said[-6_000:])
        print(done.stdout.decode(errors="replace")[-6_000:])
    return not found


def main() -> int:
    """
    Run what the command line names.
    """
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[1])
    parser.add_argument("targets", nargs="*", metavar="target")
    parser.add_argument("--seconds", type=int, default=0, help="for each target")
    parser.add_argument("--inputs", type=int, default=-1, help="for each target")
    given = parser.parse_args()
    if not given.seconds and given.inputs < 0:
        parser.error("expected --seconds or --inputs")
    if unknown := [each for each in given.targets if each not in TARGETS]:
        parser.error(f"expected targets of {', '.join(TARGETS)}, got {unknown[0]!r}")
    chosen = given.targets or TARGETS
    good = [fuzz(each, given.seconds, given.inputs) for each in chosen]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
