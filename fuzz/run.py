"""
Fuzz each target for some seconds and print the result.

    python fuzz/run.py --seconds 60
    python fuzz/run.py --seconds 60 dates records_json

The committed corpus is not changed. An input that crashes a target is kept in
`fuzz/findings`, and the exit status is 1.
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
TARGETS = ("dates", "languages", "records_toml", "records_json", "options")
FINDINGS = HERE / "findings"
MAX_INPUT_BYTES = (
    65_536  # Long enough for quadratic time to exceed the limit in guard.py.
)


def fuzz(target: str, seconds: int) -> bool:
    """
    Run one target and print its result; return whether nothing was found.
    """
    FINDINGS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as found, tempfile.TemporaryDirectory() as work:
        command = [
            sys.executable,
            str(HERE / f"{target}.py"),
            f"-max_total_time={seconds}",
            f"-max_len={MAX_INPUT_BYTES}",
            "-timeout=60",
            "-rss_limit_mb=4096",
            "-seed=1992",
            "-print_final_stats=1",
            f"-artifact_prefix={FINDINGS}/{target}-",
            found,
            str(HERE / "corpus" / target),
        ]
        done = subprocess.run(
            command,
            env={**os.environ, "FUZZ_FOLDER": work, "PYTHONHASHSEED": "0"},
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    executed = re.search(r"number_of_executed_units: (\d+)", done.stderr)
    inputs = int(executed[1]) if executed else 0
    passed = done.returncode == 0
    print(
        f"{target}: {inputs:,} inputs, {'passed' if passed else 'FAILED'}", flush=True
    )
    if not passed:
        print(done.stderr[-6_000:], done.stdout[-6_000:], sep="\n")
    return passed


def main() -> int:
    """
    Run the targets named on the command line, or all of them.
    """
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[1])
    parser.add_argument("targets", nargs="*", metavar="target", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, required=True, help="for each target")
    arguments = parser.parse_args()
    if unknown := [each for each in arguments.targets if each not in TARGETS]:
        parser.error(f"unknown target {unknown[0]!r}; choose from {', '.join(TARGETS)}")
    results = [fuzz(each, arguments.seconds) for each in arguments.targets or TARGETS]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
