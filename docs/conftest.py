"""
The blocks of a page run in a folder of their own, and whole record files are loaded.
"""

from __future__ import annotations

import contextlib
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sybil import Example, Sybil
from sybil.parsers.markdown import CodeBlockParser

import tjun


@pytest.fixture(scope="module")
def folder(folder: Path) -> Iterator[Path]:
    """
    The folder in which a page's commands run, as the current one.
    """
    with contextlib.chdir(folder):
        yield folder


def load_record(example: Example) -> None:
    """
    Load a block that is a whole record file, with the record that it belongs to.

    That is the last record on the page, unless the block belongs to the bundled one.
    A block without a format is a part of a file, which is only parsed.
    """
    content = tomllib.loads(example.parsed)
    if "format" not in content:
        return
    path = example.namespace["folder"] / f"line-{example.line}.toml"
    path.write_text(example.parsed, encoding="utf-8")
    if "record" in content and "translates" not in content:
        example.namespace["record"] = path
        tjun.load(path)
    elif "tajikistan" in (content.get("extends"), content.get("translates")):
        tjun.load(path)
    else:
        tjun.load(example.namespace["record"], path)


pytest_collect_file = Sybil(
    parsers=[CodeBlockParser(language="toml", evaluator=load_record)],
    patterns=["**/*.md"],
    fixtures=["folder"],
).pytest()
