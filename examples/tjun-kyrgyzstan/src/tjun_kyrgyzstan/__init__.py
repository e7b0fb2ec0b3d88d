"""
A record of Kyrgyzstan and the United Nations, and the Kyrgyz language.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files

import tjun

__all__ = ["KYRGYZSTAN", "load"]

_DATA = files("tjun_kyrgyzstan")


def load() -> tjun.Chronology:
    """
    Return the record.
    """
    return tjun.loads((_DATA / "record.toml").read_text(encoding="utf-8"), "toml")


KYRGYZSTAN = tjun.Record(
    name="kyrgyzstan",
    summary="Kyrgyzstan and the United Nations: an example, in English and Kyrgyz.",
    load=load,
)


@tjun.hookimpl
def tjun_records() -> Iterable[tjun.Record]:
    """
    Offer the record.
    """
    return (KYRGYZSTAN,)


@tjun.hookimpl
def tjun_languages() -> Iterable[tjun.Language]:
    """
    Offer the language.
    """
    return (tjun.Language.load(_DATA / "ky.toml"),)
