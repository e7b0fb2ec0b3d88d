"""
The browser, the checkers and the pages.
"""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import Browser, missing, started
from serving import served

import tjun
from tjun.locales.language import Language

HERE = Path(__file__).parent
TODAY = dt.date(2026, 11, 25)
FEED = "https://example.org/un/anniversaries.ics"


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
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    A directory with the page in several languages, and lists of jubilees.
    """
    folder = tmp_path_factory.mktemp("pages")
    un = tjun.load()
    arabic = Language.load(HERE.parent / "languages" / "ar.toml")
    for tag, language in {"en": "en", "ru": "ru", "tg": "tg", "ar": arabic}.items():
        whole = tjun.export(
            un, "html", language=language, today=TODAY, feed_url=FEED, report_url=FEED
        )
        (folder / f"{tag}.html").write_bytes(whole)
        for year in (2027, 2032):
            jubilees = tjun.export(
                un,
                "html",
                language=language,
                today=TODAY,
                only="jubilees",
                first_year=year,
            )
            (folder / f"{tag}-{year}.html").write_bytes(jubilees)
    return folder


@pytest.fixture(scope="session")
def address(pages: Path) -> Iterator[str]:
    with served(pages) as origin:
        yield origin
