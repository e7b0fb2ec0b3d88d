"""
A record of the members of the United Nations.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import as_file, files

import tjun

__all__ = ["UN_MEMBERS", "load"]

_DATA = files("tjun_un_members") / "members"


def load() -> tjun.Chronology:
    """
    Return the record.
    """
    with as_file(_DATA) as folder:
        return tjun.load(folder)


UN_MEMBERS = tjun.Record(
    name="un-members",
    summary="The members of the United Nations: an example, in English and Russian.",
    load=load,
)


@tjun.hookimpl
def tjun_records() -> Iterable[tjun.Record]:
    """
    Offer the record.
    """
    return (UN_MEMBERS,)
