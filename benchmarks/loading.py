"""
What it costs to load a record.
"""

from __future__ import annotations

import tomllib

import material
from timing import Table, Taken

import tjun

COUNT = 10_000


def measure() -> list[Table]:
    made = material.events(COUNT, 1945, 2026, known_to_year=True)
    text = material.toml(made)
    if tjun.loads(text).events != tjun.Events(made):
        msg = "what was loaded is not what was written"
        raise RuntimeError(msg)
    del made
    ours, theirs = "tjun.loads", "tomllib.loads"
    taken = Taken({ours: lambda: tjun.loads(text), theirs: lambda: tomllib.loads(text)})
    size = len(text.encode()) / 1e6
    return [
        Table(
            f"Loading a TOML record of {COUNT:,} events ({size:.1f} MB)",
            [taken.alone(ours), taken.beside(ours, theirs, 2)],
        )
    ]
