"""
Making parts of a record.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tjun import Publisher

__all__ = ["by", "with_header"]


def by(name: str, kind: str = "other") -> Publisher:
    """
    Return a publisher with an id made from its name.
    """
    own = re.sub(r"[^a-z0-9]+", "-", name.lower())[:80].strip("-")
    return Publisher(id=own or "x", name=name, kind=kind)


def with_header(
    sections: Mapping[str, Any] | None = None, /, **header: Any
) -> dict[str, Any]:
    """
    Return the content of a record file with a header.
    """
    return {"format": 2, "record": {"id": "mine", **header}, **(sections or {})}
