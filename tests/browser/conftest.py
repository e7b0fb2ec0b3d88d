"""
The browser, the checkers and the pages.
"""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import Browser, missing, started
from serving import served

import tjun
from tjun.locales.language import Language

HERE = Path(__file__).parent
TODAY = dt.date(2026, 11, 25)
BASE = "https://example.org/site/"
FEED = f"{BASE}feeds/everything.ics"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if (reason := missing()) is not None:
        pytest.skip(reason)
    profile = tmp_path_factory.mktemp("chromium") / "profile"
    with started(profile) as window:
        yield window


@pytest.fixture(autouse=True)
def _fresh(browser: Browser) -> None:
    browser.command("Emulation.setScriptExecutionDisabled", value=False)
    browser.command("Page.setBypassCSP", enabled=False)
    browser.resize(1280)
    browser.colours("light")
    browser.requests()
    browser.complaints()


@pytest.fixture(scope="session")
def checkers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    The directory with axe-core and the Nu checker.
    """
    if shutil.which("npm") is None:
        pytest.skip("needs npm")
    folder = tmp_path_factory.mktemp("checkers")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder)
    subprocess.run(
        ["npm", "ci", "--prefer-offline", "--ignore-scripts", "--no-audit"],
        cwd=folder,
        check=True,
        timeout=300,
        stdout=subprocess.DEVNULL,
    )
    return folder / "node_modules"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, un: tjun.Chronology) -> Path:
    """
    A directory with the site, the page in two languages, and two handouts.
    """
    folder = tmp_path_factory.mktemp("pages")
    tjun.write(un, "site", folder / "site", today=TODAY, base_url=BASE, report_url=BASE)
    arabic = Language.load(HERE.parent / "languages" / "ar.toml")
    page: dict[str, Any] = {"today": TODAY, "feed_url": FEED, "report_url": BASE}
    tjun.write(un, "html", folder / "en.html", **page)
    water = un.select(un.events.where(area="water"))
    tjun.write(water, "html", folder / "ar.html", language=arabic, **page)
    tjun.write(
        *(un, "html", folder / "jubilees.html"),
        today=TODAY,
        only="jubilees",
        first_year=2027,
    )
    peace = un.events.where(area="peace-stability", since=1992, until=2000)
    tjun.write(
        *(un.select(peace), "html", folder / "peace.html"),
        today=TODAY,
        only="chronology",
        title="The peace process",
    )
    return folder


@pytest.fixture(scope="session")
def origin(folder: Path) -> Iterator[str]:
    with served(folder) as address:
        yield address
