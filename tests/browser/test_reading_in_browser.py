"""
Using the pages in a browser: searching, copying addresses, and the keyboard.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from chromium import Browser

import tjun

RESULTS = """
return [...document.querySelectorAll("#results a")].map((link) => link.href)
"""
SHOWN = """
return [...document.querySelectorAll("#chronology .entry, #chronology .year")]
  .filter((each) => each.getClientRects().length).map((each) => each.id)
"""
FOCUSED = """
const e = document.activeElement, style = getComputedStyle(e);
const box = e.getBoundingClientRect();
return {
  id: e.id, name: e.localName, text: e.textContent.trim(),
  visible: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 1
    && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
};
"""
SEARCHES = {
    "Аннан": "visit-annan-2002",
    "annan": "visit-annan-2002",
    "Šilović": "unmot-opened",
    "silovic": "unmot-opened",
    "S/RES/968": "unmot-established",
    "refugees convention": "refugee-convention-accession",
    "1997": "refugee-protocol-1997",
}


@pytest.mark.parametrize("start", ["site/search/", "site/ru/search/"])
@pytest.mark.parametrize("words", SEARCHES)
def test_the_search_finds_events(
    browser: Browser, folder: Path, origin: str, words: str, start: str
) -> None:
    """Names, symbols and years, in any language, lead to the pages of events."""
    browser.open(f"{origin}/{start}?q={quote(words)}")
    links = browser.run(RESULTS)
    home = f"{origin}/{start.removesuffix('search/')}"
    assert f"{home}events/{SEARCHES[words]}/" in links
    for link in links:
        assert (folder / unquote(link.removeprefix(f"{origin}/"))).is_dir()


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("1 February 1993", "unmot-opened"),
        ("1997", "npt-accession"),  # Between 1994 and 1997.
    ],
)
def test_the_search_lists_what_happened_on_a_date_first(
    browser: Browser, origin: str, words: str, first: str
) -> None:
    """Events that only mention the date, or whose sources do, come later."""
    browser.open(f"{origin}/site/search/?q={quote(words)}")
    assert browser.run(RESULTS)[0] == f"{origin}/site/events/{first}/"


def test_the_search_is_on_every_page(browser: Browser, origin: str) -> None:
    """The field in the header leads to what was found, and there it can be changed."""
    from selenium.webdriver.common.keys import Keys

    browser.open(f"{origin}/site/events/unmot-opened/")
    browser.run("document.getElementById('find').focus()")
    browser.press("S/RES/968", Keys.ENTER)
    browser.wait("return document.querySelector('#results a')")
    assert browser.run("return location.search") == "?q=S%2FRES%2F968"
    found = browser.run(RESULTS)
    browser.run("document.getElementById('search').focus()")
    browser.press(Keys.END, " UNMOT in Dushanbe")
    assert 0 < len(browser.run(RESULTS)) < len(found)


def test_the_search_says_that_nothing_was_found(browser: Browser, origin: str) -> None:
    """It is a sentence, which assistive technology reads out."""
    browser.open(f"{origin}/site/search/?q=zzz")
    assert browser.run(RESULTS) == []
    found = "const found = document.getElementById('found');"
    assert browser.run(f"{found} return found.role") == "status"
    assert browser.run(f"{found} return found.textContent") == "Nothing found."


def test_the_search_works_on_a_disk(browser: Browser, folder: Path) -> None:
    """A site that no server publishes has a search, too."""
    page = folder / "site" / "search" / "index.html"
    browser.open(f"{page.as_uri()}?q=968")
    assert browser.run(RESULTS)
    assert browser.complaints() == []


def test_the_single_page_is_searched(
    browser: Browser, origin: str, un: tjun.Chronology
) -> None:
    """Typing leaves the events with the words, and the years with events."""
    browser.open(f"{origin}/en.html")
    assert len(browser.run(SHOWN)) > len(un.events)
    browser.run("document.getElementById('search').focus()")
    browser.press("First UN OFFICE opens UNMOT")
    assert browser.run(SHOWN) == ["year-1993", "event-unmot-opened"]
    browser.press(" zzz")
    assert browser.run(SHOWN) == []
    status = "return document.getElementById('found').textContent"
    assert browser.run(status) == "Nothing found."
    browser.run("location.hash = '#event-unmot-ended'")
    browser.wait("return document.getElementById('search').value === ''")
    assert "event-unmot-ended" in browser.run(SHOWN)


@pytest.mark.parametrize(
    ("name", "last"),
    [("peace.html", "CC-BY-4.0"), ("site/events/unmot-opened/", "Report an error")],
)
def test_a_keyboard_is_enough(
    browser: Browser, origin: str, name: str, last: str
) -> None:
    """Each control has a visible focus, in the order of the page, and no trap."""
    from selenium.webdriver.common.keys import Keys

    browser.open(f"{origin}/{name}")
    seen: list[Any] = []
    while not seen or seen[-1]["text"] != last:
        browser.press(Keys.TAB)
        seen.append(browser.run(FOCUSED))
        assert seen[-1]["name"] in {"a", "button", "input"}
        assert seen[-1]["visible"], seen[-1]
    assert seen[0]["text"] == "Skip to content"


def test_the_menu_can_be_skipped(browser: Browser, origin: str) -> None:
    """The first link of a page leads to its content."""
    from selenium.webdriver.common.keys import Keys

    browser.open(f"{origin}/site/")
    browser.press(Keys.TAB, Keys.ENTER)
    assert browser.run(FOCUSED)["id"] == "main"


def test_addresses_of_calendars_can_be_copied(browser: Browser, origin: str) -> None:
    """Each calendar has a button of its own, which says that it was copied."""
    browser.command(
        "Browser.grantPermissions",
        origin=origin,
        permissions=["clipboardReadWrite", "clipboardSanitizedWrite"],
    )
    browser.open(f"{origin}/site/ru/feeds/")
    browser.run("document.querySelectorAll('.copy')[1].click()")
    said = """
    return [...document.querySelectorAll(".feeds [role=status]")].slice(0, 3)
      .map((each) => each.textContent)
    """
    browser.wait(f"{said.rstrip()}.some(Boolean)")
    assert browser.run(said) == ["", "Скопировано", ""]
    copied = browser.run_async(
        "navigator.clipboard.readText().then(arguments[arguments.length - 1])"
    )
    assert copied == "https://example.org/site/ru/feeds/jubilees.ics"
