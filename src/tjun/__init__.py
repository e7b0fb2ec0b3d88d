"""
A cited record of what happened between Tajikistan and the United Nations.

Every name loads on first use, so that importing tjun costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tjun.chronology.anniversaries import Anniversary, LeapDay, Show, Titles
    from tjun.chronology.catalog import Catalog
    from tjun.chronology.chronology import Chronology
    from tjun.chronology.comparing import Change, Difference, diff
    from tjun.chronology.events import Events, Memberships, Missions
    from tjun.errors import (
        DataError,
        ExportError,
        Fault,
        NotFoundError,
        PluginError,
        TjunError,
    )
    from tjun.exchange.contract import Exporter, ExportRequest, File
    from tjun.exchange.directory import reproducible_zip
    from tjun.exchange.export import export, write
    from tjun.exchange.importing import Importer, ImportRequest, Row
    from tjun.exchange.loading import load
    from tjun.exchange.reading import read
    from tjun.exchange.registry import exporters, importers
    from tjun.locales.available import language
    from tjun.locales.language import Language
    from tjun.locales.registry import languages
    from tjun.model.dates import DateBound, DateLike, PartialDate, Precision
    from tjun.model.entities import (
        Account,
        Citation,
        CooperationArea,
        Correction,
        Event,
    )
    from tjun.model.header import Header, Translation
    from tjun.model.kinds import EventKind, EventStatus, PublisherKind, Weight
    from tjun.model.missions import Membership, Mission, Post
    from tjun.model.sources import Publisher, Source
    from tjun.model.text import Text, one_line
    from tjun.model.validators import as_moment, not_blank, web_address
    from tjun.plugins.hooks import hookimpl
    from tjun.plugins.registry import PLUGIN_API, Registry
    from tjun.recordfiles.json_schema import schema
    from tjun.recordfiles.reading import loads
    from tjun.recordfiles.record import Record
    from tjun.recordfiles.registry import records
    from tjun.references import Reference, cite

__version__ = "0.3.0"

__all__ = [
    "PLUGIN_API",
    "Account",
    "Anniversary",
    "Catalog",
    "Change",
    "Chronology",
    "Citation",
    "CooperationArea",
    "Correction",
    "DataError",
    "DateBound",
    "DateLike",
    "Difference",
    "Event",
    "EventKind",
    "EventStatus",
    "Events",
    "ExportError",
    "ExportRequest",
    "Exporter",
    "Fault",
    "File",
    "Header",
    "ImportRequest",
    "Importer",
    "Language",
    "LeapDay",
    "Membership",
    "Memberships",
    "Mission",
    "Missions",
    "NotFoundError",
    "PartialDate",
    "PluginError",
    "Post",
    "Precision",
    "Publisher",
    "PublisherKind",
    "Record",
    "Reference",
    "Registry",
    "Row",
    "Show",
    "Source",
    "Text",
    "Titles",
    "TjunError",
    "Translation",
    "Weight",
    "__version__",
    "as_moment",
    "cite",
    "diff",
    "export",
    "exporters",
    "hookimpl",
    "importers",
    "language",
    "languages",
    "load",
    "loads",
    "not_blank",
    "one_line",
    "read",
    "records",
    "reproducible_zip",
    "schema",
    "web_address",
    "write",
]

_HOMES = {
    "chronology.anniversaries": "Anniversary LeapDay Show Titles",
    "chronology.catalog": "Catalog",
    "chronology.chronology": "Chronology",
    "chronology.comparing": "Change Difference diff",
    "chronology.events": "Events Memberships Missions",
    "errors": "DataError ExportError Fault NotFoundError PluginError TjunError",
    "exchange.contract": "ExportRequest Exporter File",
    "exchange.directory": "reproducible_zip",
    "exchange.export": "export write",
    "exchange.importing": "ImportRequest Importer Row",
    "exchange.loading": "load",
    "exchange.reading": "read",
    "exchange.registry": "exporters importers",
    "locales.available": "language",
    "locales.language": "Language",
    "locales.registry": "languages",
    "model.dates": "DateBound DateLike PartialDate Precision",
    "model.entities": "Account Citation CooperationArea Correction Event",
    "model.header": "Header Translation",
    "model.kinds": "EventKind EventStatus PublisherKind Weight",
    "model.missions": "Membership Mission Post",
    "model.sources": "Publisher Source",
    "model.text": "Text one_line",
    "model.validators": "as_moment not_blank web_address",
    "plugins.hooks": "hookimpl",
    "plugins.registry": "PLUGIN_API Registry",
    "recordfiles.json_schema": "schema",
    "recordfiles.reading": "loads",
    "recordfiles.record": "Record",
    "recordfiles.registry": "records",
    "references": "Reference cite",
}
_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    from importlib import import_module  # noqa: PLC0415  # Rarely needed.

    if name not in _HOME:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    value = getattr(import_module(f"tjun.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
