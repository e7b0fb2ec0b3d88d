"""
What every test may ask for.
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
    suppress_health_check=[HealthCheck.too_slow],  # A slow machine is no fault.
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
    # Every call goes through two of mutmut's, and one process runs a test often.
    sys.setrecursionlimit(4_000)
    settings.load_profile("mutants")


@pytest.fixture(scope="session")
def un() -> tjun.Chronology:
    return tjun.load()
