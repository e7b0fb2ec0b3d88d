"""
Run the tests under newer Pythons, compiled for WebAssembly, with Node.

    python pythons/run.py                  every Python
    python pythons/run.py 3.13             only this one
    python pythons/run.py --listed 3.13    only what pythons.toml says cannot run there
    python pythons/run.py --install        only install what they need

What follows `--` is for pytest. The status is 1 if a test fails, if one is neither run
nor named in pythons.toml, or if one that is named there is none.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent
PLACE = ROOT / ".pythons"
TABLE = tomllib.loads((HERE / "pythons.toml").read_text(encoding="utf-8"))
RELEASES: dict[str, str] = TABLE["releases"]
_STACK = 64_000_000  # Octets. What is nested deeply takes more than the usual 8 MB.


def install(python: str) -> None:
    """
    Install a Python, and download all that the tests need as wheels without binaries.
    """
    place = PLACE / python
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    npm = "npm install --no-save --no-package-lock --ignore-scripts --silent".split()
    subprocess.run([*npm, "--prefix", place, f"pyodide@{RELEASES[python]}"], check=True)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    pip = f"{sys.executable} -m pip --disable-pip-version-check download --quiet"
    plain = "--only-binary :all: --platform any --implementation py --abi none"
    subprocess.run(
        [
            *pip.split(),
            *plain.split(),
            *("--python-version", python, "--dest", place / "wheels"),
            *("--group", f"{ROOT / 'pyproject.toml'}:pythons"),
            *project["project"]["dependencies"],
        ],
        check=True,
    )


def build() -> Path:
    """
    Return the wheel of tjun, built anew.
    """
    place = PLACE / "dist"
    shutil.rmtree(place, ignore_errors=True)
    words = [sys.executable, "-m", "build", "--wheel", "--outdir", place, ROOT]
    subprocess.run(words, check=True, capture_output=True)
    (wheel,) = place.glob("*.whl")
    return wheel


def run(python: str, wheel: Path, pytest: list[str], *, listed: bool) -> int:
    """
    Run the tests there, and return the status that Node leaves with.
    """
    place = PLACE / python
    _, most = resource.getrlimit(resource.RLIMIT_STACK)
    stack = _STACK if most == resource.RLIM_INFINITY else min(_STACK, most)
    words = [
        "node",
        f"--stack-size={stack // 1100}",  # In KiB, with some left for what it calls.
        str(HERE / "inside.mjs"),
        str(place / "node_modules" / "pyodide"),
        json.dumps({"/checkout": str(ROOT), "/told": str(place)}),
        json.dumps({"listed": listed, "pytest": pytest}),
        *(str(each) for each in sorted((place / "wheels").glob("*.whl"))),
        str(wheel),
    ]
    return subprocess.run(
        words,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_STACK, (stack, most)),
    ).returncode


def here() -> set[str]:
    """
    Return the ids that all tests have there, as this Python finds them.
    """
    words = [sys.executable, "-m", "pytest", "--collect-only", "-q"]
    done = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True)
    found = {line for line in done.stdout.splitlines() if "::" in line}
    return {line.replace(str(ROOT), "/checkout") for line in found}


def summed_up(python: str, status: int, expected: set[str] | None) -> tuple[str, bool]:
    """
    Print what went wrong there and what was not run.

    Args:
        python: Which.

        status: What Node left with.

        expected: The tests that have to be there, where that matters.

    Returns:
        The line of figures, and whether all went well.
    """
    lines = (PLACE / python / "outcomes.jsonl").read_text(encoding="utf-8")
    head, *told = map(json.loads, lines.splitlines())
    outcomes: dict[str, dict[str, Any]] = {each["id"]: each for each in told}
    wrong = [
        f"{name}: {each.get('outcome', 'Python died of it')}"
        for name, each in outcomes.items()
        if each.get("outcome") not in {"passed", "not run"}
    ]
    if status not in {0, 1} or (status and not wrong):
        wrong.append(f"pytest or Python ended with status {status}")
    if expected is not None:
        wrong += [f"{name}: not found there" for name in expected - outcomes.keys()]
        wrong += [f"{name}: only found there" for name in outcomes.keys() - expected]
    print(*wrong, sep="\n")
    reasons = Counter(
        each["reason"] for each in outcomes.values() if each.get("reason")
    )
    for reason, number in reasons.most_common():
        print(f"{number:6,}  {reason}")
    passed = sum(each.get("outcome") == "passed" for each in outcomes.values())
    return (
        f"Python {head['python']} (pyodide {RELEASES[python]}): {passed:,} passed,"
        f" {reasons.total():,} not run there, {len(wrong):,} failed"
    ), not wrong


def main() -> int:
    """
    Do what the command line says.
    """
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[1])
    parser.add_argument("pythons", nargs="*", metavar="python", help="as in 3.13")
    parser.add_argument("--install", action="store_true", help="only install")
    parser.add_argument("--listed", action="store_true", help="only what is listed")
    words, _, rest = " ".join(sys.argv[1:]).partition("-- ")
    given = parser.parse_args(words.split())
    if unknown := [each for each in given.pythons if each not in RELEASES]:
        parser.error(f"expected {', '.join(RELEASES)}, got {unknown[0]!r}")
    pythons = given.pythons or list(RELEASES)
    if given.install:
        for python in pythons:
            install(python)
        return 0
    wheel = build()
    part = given.listed or any(not word.startswith("-") for word in rest.split())
    expected = None if part else here()
    figures = []
    for python in pythons:
        status = run(python, wheel, rest.split(), listed=given.listed)
        figures.append(summed_up(python, status, expected))
    print(*(line for line, _ in figures), sep="\n")
    return int(not all(well for _, well in figures))


if __name__ == "__main__":
    sys.exit(main())
