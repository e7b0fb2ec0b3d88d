"""
Runs pytest under WebAssembly, without what cannot run there, and tells of each test.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

import pytest
from _pytest import capture

CHECKOUT = Path("/checkout")
TOLD = Path("/told/outcomes.jsonl")


def names(items: Sequence[pytest.Item]) -> dict[str, str]:
    """
    Return what the table calls each test, by its id.

    That is the id, but for an example: its page, its language, and its number there.
    """
    called = {}
    numbers: Counter[str] = Counter()
    for item in items:
        called[item.nodeid] = item.nodeid
        if example := getattr(item, "example", None):
            evaluator = getattr(example.region.evaluator, "__name__", "")
            language = "sh" if evaluator == "run_shell" else "python"
            name = f"{item.nodeid.partition('::')[0]}::{language}"
            numbers[name] += 1
            called[item.nodeid] = f"{name}[{numbers[name]}]"
    return called


def pattern(entry: str) -> re.Pattern[str]:
    """
    Return what the names of the tests of an entry of the table match.

    An entry is a file, a class, a test or one case of a test; `*` is any text.
    """
    literal = re.escape(entry).replace(r"\*", ".*")
    return re.compile(rf"{literal}(?:$|::|\[)")


class Without:
    """
    The plugin that leaves out what the table names.

    Attributes:
        table: Reasons, and the entries that each is the reason of.

        told: Where each outcome goes at once, since a crash takes all else with it.

        turned: Whether only what the table names is tried.
    """

    def __init__(
        self, table: Mapping[str, list[str]], told: TextIO, *, turned: bool
    ) -> None:
        self.table = table
        self.told = told
        self.turned = turned
        self.reasons: dict[str, str] = {}
        self.outcomes: dict[str, str] = {}

    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """
        Leave out what the table names; an entry that names nothing is an error.
        """
        called = names(items)
        partial = bool(config.args_source is not config.ArgsSource.TESTPATHS)
        for reason, entries in self.table.items():
            for entry in entries:
                matches = pattern(entry).match
                found = [nodeid for nodeid, name in called.items() if matches(name)]
                if not found and not partial:
                    message = f"pythons/pythons.toml names {entry}: there is none."
                    raise pytest.UsageError(message)
                for nodeid in found:
                    if nodeid in self.reasons and not partial:
                        message = f"pythons/pythons.toml names {nodeid} twice."
                        raise pytest.UsageError(message)
                    self.reasons[nodeid] = reason
        if self.turned:
            items[:] = [item for item in items if item.nodeid in self.reasons]
            self.reasons = {}
        for item in items:
            if item.nodeid in self.reasons:
                item.add_marker(pytest.mark.skip(reason=self.reasons[item.nodeid]))

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """
        Tell which test starts: if Python dies, it was this one.
        """
        self.tell(id=nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """
        Keep the worst that is said of a test.
        """
        outcome: str = report.outcome
        if report.skipped:
            outcome = "not run" if report.nodeid in self.reasons else "skipped"
        if outcome != "passed" or report.when == "call":
            self.outcomes.setdefault(report.nodeid, outcome)
            if outcome == "failed":
                crash = getattr(report.longrepr, "reprcrash", None)
                said = getattr(crash, "message", str(report.longrepr))
                self.outcomes[report.nodeid] = f"failed: {said.splitlines()[0]}"

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """
        Tell what became of a test.
        """
        reason = self.reasons.get(nodeid)
        self.tell(id=nodeid, outcome=self.outcomes[nodeid], reason=reason)

    def tell(self, **what: Any) -> None:
        """
        Write one line.
        """
        self.told.write(json.dumps(what) + "\n")
        self.told.flush()


def main(options: str) -> int:
    """
    Run the tests as *options* say, in JSON, and return pytest's exit status.
    """
    given = json.loads(options)
    os.chdir(CHECKOUT)
    os.umask(0o022)  # In the oldest of them a new file is one that nobody may read,
    if sys.version_info < (3, 13):  # and one without a name is lost while it is open.
        capture.TemporaryFile = tempfile.NamedTemporaryFile
    data = tomllib.loads(Path("pythons/pythons.toml").read_text(encoding="utf-8"))
    python = "{}.{}".format(*sys.version_info)
    table = {
        each["reason"]: each["tests"]
        for each in data["not-run"]
        if python in each.get("pythons", data["releases"])
    }
    with TOLD.open("w", encoding="utf-8") as told:
        print(json.dumps({"python": sys.version.split()[0]}), file=told)
        without = Without(table, told, turned=given["listed"])
        words = ["-q", "-r", "fE", "-p", "no:cacheprovider", *given["pytest"]]
        return int(pytest.main(words, plugins=[without]))
