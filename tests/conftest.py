"""
Fixtures for every test, and how thoroughly Hypothesis searches.
"""

from __future__ import annotations

import os
import sys

import pytest
from hypothesis import HealthCheck, Phase, settings

import tjun

settings.register_profile(
    "here",
    deadline=None,
    max_examples=30,
    phases=[phase for phase in Phase if phase is not Phase.explain],
    suppress_health_check=[HealthCheck.too_slow],  # Slow machines exist.
)
settings.register_profile("ci", settings.get_profile("here"), derandomize=True)
settings.register_profile(
    "mutants",
    settings.get_profile("ci"),
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors],
)
settings.load_profile("ci" if os.environ.get("CI") else "here")
if "MUTANT_UNDER_TEST" in os.environ:
    # Each call passes through two functions of mutmut, which also runs a test
    # several times in one process.
    sys.setrecursionlimit(4_000)
    settings.load_profile("mutants")


@pytest.fixture(scope="session")
def un() -> tjun.Chronology:
    return tjun.load()
