"""
Programs that lose or reject entries for reasons of their own take all of ours.
"""

import ctypes
import datetime as dt
import subprocess
import sys
from ctypes import util
from pathlib import Path
from typing import Any

import icalendar
import pytest
from serving import served

import tjun

LIBICAL = util.find_library("ical")
VDIRSYNCER = """\
[general]
status_path = "{folder}/status"
[pair tjun]
a = "remote"
b = "local"
collections = null
[storage remote]
type = "http"
url = "{address}/tjun.ics"
[storage local]
type = "filesystem"
path = "{folder}/items"
fileext = ".ics"
"""


@pytest.fixture(scope="module", params=["en", "ru", "tg"])
def feed(request: pytest.FixtureRequest) -> bytes:
    options: dict[str, Any] = {
        "language": request.param,
        "today": dt.date(2027, 1, 1),
        "remind": ["3d"],
    }
    return tjun.export(tjun.load(), "ics", **options)


def test_vdirsyncer_keeps_every_entry(feed: bytes, tmp_path: Path) -> None:
    """
    It identifies each item by the first UID that it finds.
    """
    (tmp_path / "tjun.ics").write_bytes(feed)
    config = tmp_path / "config"
    command = [sys.executable, "-m", "vdirsyncer", "-c", str(config)]
    with served(tmp_path) as address:
        config.write_text(VDIRSYNCER.format(folder=tmp_path, address=address))
        for step in ("discover", "sync"):
            subprocess.run([*command, step], check=True, input=b"y\n" * 4)
    items = (tmp_path / "items").glob("*.ics")
    kept = [icalendar.Calendar.from_ical(each.read_bytes()).events for each in items]
    assert sorted(_days(entry) for (entry,) in kept) == sorted(
        _days(entry) for entry in icalendar.Calendar.from_ical(feed).events
    )


def _days(entry: icalendar.Event) -> tuple[Any, ...]:
    return entry["SUMMARY"], entry["DTSTART"].dt, entry["DTEND"].dt  # UIDs are new.


@pytest.mark.skipif(LIBICAL is None, reason="libical is not installed")
def test_libical_finds_no_violation(feed: bytes) -> None:
    """
    Evolution and KDE read calendars with it.
    """
    library = ctypes.CDLL(str(LIBICAL))
    library.icalparser_parse_string.restype = ctypes.c_void_p
    parsed = ctypes.c_void_p(library.icalparser_parse_string(feed))
    assert library.icalrestriction_check(parsed) == 1
    assert library.icalcomponent_count_errors(parsed) == 0
