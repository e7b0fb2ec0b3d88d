"""
Printing from a browser: how many sheets, and what is on them.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from chromium import Browser
from kinds import HOMES, KINDS

import tjun


@pytest.fixture
def pdf(browser: Browser, tmp_path: Path) -> Path:
    if shutil.which("pdftotext") is None:
        pytest.skip("needs poppler-utils")
    return tmp_path / "page.pdf"


def sheets(browser: Browser, address: str, pdf: Path) -> list[str]:
    """
    Return the text of each sheet without spaces; none has only a few words.
    """
    browser.open(address)
    pdf.write_bytes(browser.pdf())
    done = subprocess.run(
        ["pdftotext", "-raw", pdf, "-"], check=True, capture_output=True, text=True
    )
    found = [re.sub(r"\s", "", sheet) for sheet in done.stdout.split("\f")[:-1]]
    for number, sheet in enumerate(found, 1):
        assert f"{number}/{len(found)}" in sheet
        assert len(sheet) > 200
    return found


@pytest.mark.parametrize(
    ("name", "most"),
    [
        *((name, 2) for name in HOMES),
        ("jubilees.html", 1),
        ("site/dates/2027/", 1),
        ("site/ru/dates/2027/", 1),
        ("site/events/unmot-opened/", 2),
        ("site/tg/years/1997/", 2),
        ("peace.html", 4),
    ],
)
def test_pages_need_few_sheets(
    browser: Browser, origin: str, pdf: Path, name: str, most: int
) -> None:
    """The first page, the dates of a year and a part of the record are hand-outs."""
    assert len(sheets(browser, f"{origin}/{name}", pdf)) <= most


def test_no_printed_event_is_split(
    browser: Browser, origin: str, un: tjun.Chronology, pdf: Path
) -> None:
    """The title, the description and the sources of an event are on one sheet."""
    printed = sheets(browser, f"{origin}/peace.html", pdf)
    for event in un.events.where(area="peace-stability", since=1992, until=2000):
        title = re.sub(r"\s", "", str(event.title))
        text = re.sub(r"\s", "", str(event.description or event.title))
        assert any(title in sheet and text in sheet for sheet in printed), event.id


def test_the_printed_dates_are_complete(
    browser: Browser, origin: str, un: tjun.Chronology, pdf: Path
) -> None:
    """Every jubilee of the year is on the sheet, and no control."""
    (sheet,) = sheets(browser, f"{origin}/site/dates/2027/", pdf)
    jubilees = un.anniversaries(since=2027, until=2027)
    assert len(jubilees) > 30
    for each in jubilees:
        assert re.sub(r"\s", "", each.title(tjun.language("en"))) in sheet
    assert "Subscribe" not in sheet


@pytest.mark.parametrize("name", KINDS)
def test_a_printed_page_has_no_colours(
    browser: Browser, origin: str, pdf: Path, name: str
) -> None:
    """It is black on white, also in dark mode."""
    browser.colours("dark")
    browser.open(f"{origin}/{name}")
    pdf.write_bytes(browser.pdf())
    command = ["pdftoppm", "-r", "20", "-l", "2", pdf, pdf.with_suffix("")]
    subprocess.run(command, check=True)
    for picture in pdf.parent.glob("*.ppm"):
        pixels = picture.read_bytes().split(b"\n", 3)[3]
        channels = [pixels[channel::3] for channel in range(3)]
        assert channels[0] == channels[1] == channels[2]
        assert pixels.count(255) > len(pixels) / 2
