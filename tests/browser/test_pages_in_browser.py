"""
Every kind of page in a browser: accessibility, layout, and what it requests.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest
from chromium import Browser
from kinds import HOMES, KINDS

import tjun
from tjun.locales.language import Language

EXAMPLES = Path(__file__).parents[2] / "examples"
WIDTHS = [256, 320, 640, 768, 896, 897, 1024, 1280, 1920]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTH = "return document.documentElement.scrollWidth"
# What the script adds: controls, the number of days, and what was found.
TEXT = """
for (const each of document.querySelectorAll(
  ".copy, .find, [data-until], #found, #results")) each.remove();
return document.body.innerText;
"""
# The text boxes that leave the window, and those of the chart that overlap.
OUTSIDE = """
const found = [], labels = [];
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  const text = texts.currentNode, parent = text.parentElement;
  if (!text.data.trim() || parent.closest(".hidden, .skip, script, style")) continue;
  if (getComputedStyle(parent).clipPath !== "none") continue;
  const range = document.createRange();
  range.selectNodeContents(text);
  for (const box of range.getClientRects()) {
    if (box.left < -1 || box.right > innerWidth + 1) found.push(text.data.trim());
    if (!parent.closest(".chart")) continue;
    for (const [other, name] of labels)
      if (name !== text && box.left < other.right - 2 && other.left < box.right - 2
          && box.top < other.bottom - 3 && other.top < box.bottom - 3)
        found.push(`${text.data.trim()} / ${name.data.trim()}`);
    labels.push([box, text]);
  }
}
return found;
"""


def axe(browser: Browser, checkers: Path, only: str, values: list[str]) -> list[Any]:
    """
    Return what axe-core finds.
    """
    if browser.run("return typeof axe") == "undefined":
        browser.run((checkers / "axe-core" / "axe.min.js").read_text("utf-8"))
    result = browser.run_async(
        "axe.run({runOnly: {type: arguments[0], values: arguments[1]}})"
        ".then(arguments[2])",
        only,
        values,
    )
    assert result["passes"]
    return [
        (each["id"], [node["html"][:200] for node in each["nodes"][:3]])
        for each in result["violations"]
    ]


# The page in Arabic has the same parts as the longer one in English.
@pytest.mark.parametrize("name", KINDS[1:])
def test_axe_finds_no_violations(
    browser: Browser, checkers: Path, origin: str, name: str
) -> None:
    """All rules pass on a desktop and a phone, and colours also in the dark."""
    browser.open(f"{origin}/{name}")
    assert axe(browser, checkers, "tag", TAGS) == []
    browser.colours("dark")
    assert axe(browser, checkers, "rule", ["color-contrast"]) == []
    browser.resize(360)
    assert axe(browser, checkers, "rule", ["color-contrast", "target-size"]) == []


def test_the_nu_checker_finds_no_errors(checkers: Path, folder: Path) -> None:
    """Every kind of page and its style are valid, and cause no warnings."""
    if shutil.which("java") is None:
        pytest.skip("needs Java")
    jar = checkers / "vnu-jar" / "build" / "dist" / "vnu.jar"
    names = [each.partition("?")[0] for each in KINDS]
    files = [folder / (f"{n}index.html" if n.endswith("/") else n) for n in names]
    ignored = (
        # Files have no origin, so the policy does not allow others.
        r".*Resource violates Content Security Policy \(meta tag\): external"
        # The record has no translation into Arabic.
        "|.*appears to be written in English.*"
    )
    done = subprocess.run(
        [
            *("java", "-jar", jar, "--format", "json", "--also-check-css"),
            *("--filterpattern", f"({ignored}).*"),
            *(*files, folder / "site" / "style.css"),
        ],
        check=False,
        capture_output=True,
        text=True,
    )
    assert json.loads(done.stderr)["messages"] == []


@pytest.mark.parametrize("name", KINDS)
def test_nothing_is_requested_from_elsewhere(
    browser: Browser, origin: str, name: str
) -> None:
    """A page loads only the style, the script and the index of its own site."""
    browser.open(f"{origin}/{name}")
    asked = {url.partition("?")[0] for url in browser.requests()}
    asked = {url for url in asked if not url.startswith("data:")}
    own = f"{origin}/site/"
    assert asked <= {
        browser.run("return location.origin + location.pathname"),
        *(f"{own}style.css", f"{own}script.js"),
        *(f"{own}search/index.js", f"{own}ru/search/index.js"),
    }
    assert browser.complaints() == []


@pytest.mark.parametrize("name", KINDS)
def test_the_text_is_the_same_without_javascript(
    browser: Browser, origin: str, name: str
) -> None:
    """The script adds controls, but no text."""
    browser.open(f"{origin}/{name}")
    with_script = browser.run(TEXT)
    browser.command("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(f"{origin}/{name}")
    browser.command("Emulation.setScriptExecutionDisabled", value=False)
    assert browser.run(TEXT) == with_script
    assert len(with_script) > 100


@pytest.mark.parametrize("name", KINDS)
def test_no_page_scrolls_horizontally(browser: Browser, origin: str, name: str) -> None:
    """From a phone to a desktop, and at 200 and 400 %, a page fits the window."""
    browser.open(f"{origin}/{name}")
    for width in WIDTHS:
        browser.resize(width)
        assert browser.run(WIDTH) == width
    browser.resize(1280)
    browser.run("document.documentElement.style.fontSize = '200%'")
    assert browser.run(WIDTH) == 1280


@pytest.mark.parametrize("name", HOMES)
def test_the_first_page_is_short(browser: Browser, origin: str, name: str) -> None:
    """On a phone it has at most eight screens."""
    browser.resize(360, 740)
    browser.open(f"{origin}/{name}")
    assert browser.run("return document.documentElement.scrollHeight") <= 8 * 740


def one_event(un: tjun.Chronology) -> tjun.Chronology:
    return un.select([un.events["unmot-opened"]])


def one_area(un: tjun.Chronology) -> tjun.Chronology:
    return un.select(un.events.where(area="peace-stability"))


def no_missions(un: tjun.Chronology) -> tjun.Chronology:
    return attrs.evolve(un, missions=[])


def many_events(un: tjun.Chronology) -> tjun.Chronology:
    first = un.events["unmot-opened"]
    return tjun.Chronology(
        events=[
            attrs.evolve(first, id=f"event-{number}", date=f"{1500 + number // 6:04}")
            for number in range(1_000)
        ],
        title=un.title,
    )


def kyrgyzstan(un: tjun.Chronology) -> tjun.Chronology:
    del un
    return tjun.load(EXAMPLES / "tjun-kyrgyzstan/src/tjun_kyrgyzstan/record.toml")


def members(un: tjun.Chronology) -> tjun.Chronology:
    del un
    return tjun.load(EXAMPLES / "tjun-un-members/src/tjun_un_members/members")


RECORDS = [one_event, one_area, no_missions, many_events, kyrgyzstan, members]


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("make", RECORDS)
def test_no_text_is_cut_off_or_covered(
    browser: Browser,
    un: tjun.Chronology,
    tmp_path: Path,
    make: Callable[[tjun.Chronology], tjun.Chronology],
    direction: str,
) -> None:
    """Whatever the record, texts are inside the window, and labels do not overlap."""
    page = tmp_path / "page.html"
    language: str | Language = "en"
    if direction == "rtl":
        language = Language.load(Path(__file__).parents[1] / "languages" / "ar.toml")
    today = dt.date(2026, 11, 25)
    tjun.write(make(un), "html", page, language=language, today=today)
    browser.open(page.as_uri())
    for width in (320, 897, 1280):
        browser.resize(width)
        assert browser.run(OUTSIDE) == [], width


@pytest.mark.parametrize("name", KINDS)
def test_no_text_of_the_bundled_record_is_cut_off(
    browser: Browser, origin: str, name: str
) -> None:
    """Texts are inside the window, and labels do not overlap."""
    browser.open(f"{origin}/{name}")
    for width in (320, 897, 1280):
        browser.resize(width)
        assert browser.run(OUTSIDE) == [], width
