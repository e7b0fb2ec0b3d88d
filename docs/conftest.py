"""
The blocks of a page run in a folder of their own, those in Python, too.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def folder(folder: Path) -> Iterator[Path]:
    """
    The folder in which a page's commands run, as the current one.
    """
    with contextlib.chdir(folder):
        yield folder
