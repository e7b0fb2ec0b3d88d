"""
A cited record of what happened between Tajikistan and the United Nations.

Every name loads on first use, so that importing tjun costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tjun.anniversaries import Anniversary
    from tjun.catalog import Catalog, Events, Missions
    from tjun.chronology import Chronology
    from tjun.dates import PartialDate, Precision
    from tjun.errors import (
        DataError,
        ExportError,
        Fault,
        NotFoundError,
        PluginError,
        TjunError,
    )
    from tjun.hookspecs import Exporter, ExportRequest, hookimpl
    from tjun.model import (
        Citation,
        CooperationArea,
        Event,
        EventKind,
        EventStatus,
        Membership,
        Mission,
        Post,
        Source,
        SourceKind,
    )
    from tjun.records import load, loads
    from tjun.registry import Registry, exporters
    from tjun.text import Text
    from tjun.writing import export, write

__version__ = "0.1.0"

__all__ = [
    "Anniversary",
    "Catalog",
    "Chronology",
    "Citation",
    "CooperationArea",
    "DataError",
    "Event",
    "EventKind",
    "EventStatus",
    "Events",
    "ExportError",
    "ExportRequest",
    "Exporter",
    "Fault",
    "Membership",
    "Mission",
    "Missions",
    "NotFoundError",
    "PartialDate",
    "PluginError",
    "Post",
    "Precision",
    "Registry",
    "Source",
    "SourceKind",
    "Text",
    "TjunError",
    "__version__",
    "export",
    "exporters",
    "hookimpl",
    "load",
    "loads",
    "write",
]

_HOMES = {
    "anniversaries": "Anniversary",
    "catalog": "Catalog Events Missions",
    "chronology": "Chronology",
    "dates": "PartialDate Precision",
    "errors": "DataError ExportError Fault NotFoundError PluginError TjunError",
    "hookspecs": "ExportRequest Exporter hookimpl",
    "model": (
        "Citation CooperationArea Event EventKind EventStatus Membership Mission"
        " Post Source SourceKind"
    ),
    "records": "load loads",
    "registry": "Registry exporters",
    "text": "Text",
    "writing": "export write",
}
_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    from importlib import import_module  # noqa: PLC0415  # Most imports never ask.

    if name not in _HOME:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    value = getattr(import_module(f"tjun.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
