"""
The site in a browser: accessibility, layout, and what it requests.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import Browser
from serving import served

import tjun
from tjun.locales.language import Language

TODAY = dt.date(2026, 11, 25)
BASE = "https://example.org/"
# One page of each kind, in several languages.
PAGES = [
    "404.html",
    "areas/water/",
    "ar/events/unmot-opened/",
    "events/tajikistan-joins-un/",
    "index.html",
    "ru/events/unmot-opened/",
    "ru/missions/unmot/",
    "tg/areas/peace-stability/",
    "tg/events/world-water-day/",
]
TEXT = "return document.body.innerText"
WIDTH = "return document.documentElement.scrollWidth"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    A directory with the site, and with one in Arabic, whose texts are in English.
    """
    folder = tmp_path_factory.mktemp("site")
    un = tjun.load()
    tjun.write(un, "site", folder, today=TODAY, base_url=BASE, report_url=BASE)
    arabic = Language.load(Path(__file__).parent.parent / "languages" / "ar.toml")
    part = un.select([un.events["unmot-opened"]])
    tjun.write(
        part,
        "site",
        folder / "ar",
        language=arabic,
        today=TODAY,
        base_url=f"{BASE}ar/",
    )
    return folder


@pytest.fixture(scope="session")
def origin(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violations(
    browser: Browser, checkers: Path, origin: str, name: str, width: int, scheme: str
) -> None:
    """All rules of axe-core, including contrast, pass on every kind of page."""
    browser.resize(width)
    browser.colours(scheme)
    browser.open(f"{origin}/{name}")
    browser.run(
        "for (const each of document.querySelectorAll('details')) each.open = true"
    )
    browser.run((checkers / "axe-core" / "axe.min.js").read_text("utf-8"))
    result = browser.run_async("axe.run().then(arguments[arguments.length - 1])")
    found = [
        (each["id"], [node["html"][:200] for node in each["nodes"][:3]])
        for each in result["violations"]
    ]
    assert found == []
    assert len(result["passes"]) > 12


def test_the_nu_checker_finds_no_errors(checkers: Path, site: Path) -> None:
    """Every kind of page is valid HTML, and causes no warnings."""
    if shutil.which("java") is None:
        pytest.skip("needs Java")
    jar = checkers / "vnu-jar" / "build" / "dist" / "vnu.jar"
    files = [site / (f"{p}index.html" if p.endswith("/") else p) for p in PAGES]
    done = subprocess.run(
        ["java", "-jar", jar, "--format", "json", *files],
        check=False,
        capture_output=True,
        text=True,
    )
    # Files have no origin, so the policy does not allow others. That it allows them on
    # a host is tested below.
    blocked = "Resource violates Content Security Policy (meta tag): external"
    found = [
        each
        for each in json.loads(done.stderr)["messages"]
        if not each["message"].startswith(blocked)
    ]
    assert found == []


def test_the_nu_checker_accepts_the_style(checkers: Path, site: Path) -> None:
    """The style sheet is valid CSS."""
    if shutil.which("java") is None:
        pytest.skip("needs Java")
    jar = checkers / "vnu-jar" / "build" / "dist" / "vnu.jar"
    done = subprocess.run(
        ["java", "-jar", jar, "--css", "--format", "json", site / "style.css"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert json.loads(done.stderr)["messages"] == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_requested_from_elsewhere(
    browser: Browser, origin: str, name: str
) -> None:
    """A page loads only the style and the script, and its policy allows both."""
    browser.open(f"{origin}/{name}")
    asked = {url.partition("?")[0] for url in browser.requests()}
    asked = {url for url in asked if not url.startswith("data:")}
    root = f"{origin}/ar" if name.startswith("ar/") else origin
    expected = {f"{origin}/{name}", f"{root}/style.css"}
    if name != "404.html":
        expected.add(f"{root}/script.js")
    assert asked == expected
    assert browser.complaints() == []


@pytest.mark.parametrize("name", PAGES)
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


@pytest.mark.parametrize("width", [320, 768, 1000, 1440])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_scrolls_horizontally(
    browser: Browser, origin: str, name: str, width: int
) -> None:
    """A page is as wide as the window, from a phone to a desktop."""
    browser.resize(width)
    browser.open(f"{origin}/{name}")
    browser.run(
        "for (const each of document.querySelectorAll('details')) each.open = true"
    )
    assert browser.run(WIDTH) == width


@pytest.mark.parametrize("name", PAGES)
def test_text_can_be_enlarged(browser: Browser, origin: str, name: str) -> None:
    """At 200 %, nothing is cut off."""
    browser.resize(640, scale=2)
    browser.open(f"{origin}/{name}")
    assert browser.run(WIDTH) == 640


def test_a_keyboard_is_enough(browser: Browser, origin: str) -> None:
    """On the page of an event, every link has a visible focus, and there is no trap."""
    from selenium.webdriver.common.keys import Keys

    browser.open(f"{origin}/events/unmot-opened/")
    seen: list[Any] = []
    # One more key would leave the page, and the next test with it.
    while not seen or seen[-1][1] != "Report an error":
        browser.press(Keys.TAB)
        seen.append(
            browser.run(
                "const e = document.activeElement, style = getComputedStyle(e);"
                "return [e.localName, e.textContent.trim(),"
                " style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 1]"
            )
        )
        assert seen[-1][0] != "body"
    assert seen[0][1] == "Skip to content"
    assert all(visible for _, _, visible in seen)
    assert {"a", "summary"} <= {name for name, _, _ in seen}
    assert "Next event" in seen[-3][1]
    assert seen[-2][1] == "CC-BY-4.0"


def test_addresses_of_calendars_can_be_copied(browser: Browser, origin: str) -> None:
    """Each calendar has a button of its own, which says that it was copied."""
    browser.command(
        "Browser.grantPermissions",
        origin=origin,
        permissions=["clipboardReadWrite", "clipboardSanitizedWrite"],
    )
    browser.open(f"{origin}/ru/")
    browser.run("document.querySelectorAll('.copy')[1].click()")
    browser.run_async("setTimeout(arguments[arguments.length - 1], 200)")
    copied = browser.run_async(
        "navigator.clipboard.readText().then(arguments[arguments.length - 1])"
    )
    assert copied == f"{BASE}ru/feeds/jubilees.ics"
    said = browser.run(
        "return [...document.querySelectorAll('.feeds [role=status]')]"
        ".map((each) => each.textContent)"
    )
    assert said[:3] == ["", "Скопировано", ""]


def test_a_printed_event_is_complete(
    browser: Browser, origin: str, un: tjun.Chronology, tmp_path: Path
) -> None:
    """The page of an event prints its accounts and the addresses of its sources."""
    if shutil.which("pdftotext") is None:
        pytest.skip("needs poppler-utils")
    browser.open(f"{origin}/events/unmot-opened/")
    pdf = tmp_path / "event.pdf"
    pdf.write_bytes(browser.pdf())
    text = subprocess.run(
        ["pdftotext", "-raw", pdf, "-"], check=True, capture_output=True, text=True
    ).stdout
    squeezed = "".join(text.split())
    event = un.events["unmot-opened"]
    for citation in event.citations:
        says = "" if citation.says is None else citation.says.en
        assert "".join(says.split()) in squeezed
        url = citation.source.address
        assert url is None or url in squeezed
    assert f"{BASE}events/unmot-opened/" in squeezed
