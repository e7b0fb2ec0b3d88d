"""
Hostile texts in a browser: they run nothing, load nothing and add no elements.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

import pytest
from chromium import Browser
from nasty import ATTACKS, PRINTABLE, everywhere, toml_string
from serving import served

import tjun
from tjun import Chronology
from tjun.locales.language import Language

TODAY = dt.date(1992, 3, 1)
TOGETHER = " ".join(text for text, _ in ATTACKS.values())
PAGES = [
    "page.html",
    "language.html",
    "site/404.html",
    "site/about/index.html",
    "site/areas/index.html",
    "site/corrections/index.html",
    "site/dates/index.html",
    "site/decades/1990/index.html",
    "site/disputes/index.html",
    "site/embed/next.html",
    "site/events/index.html",
    "site/feeds/index.html",
    "site/index.html",
    "site/tg/index.html",
    "site/areas/x0-water/index.html",
    "site/events/x0-it-began/index.html",
    "site/missions/index.html",
    "site/missions/x0-mission/index.html",
    "site/search/index.html?q=1992",
    "site/sources/index.html",
    "site/years/1992/index.html",
    "site/ru/events/x0-it-is-kept/index.html",
]
UNESCAPED = ["page.html", "site/events/x0-it-began/index.html"]
SITE = ["site/style.css", "site/script.js", "site/search/index.js"]
# Use whatever can be used, except that no link leads away.
OPERATE = """
document.addEventListener("click", (event) => {
  const link = event.target.closest("[href]");
  if (!/^javascript:/.test(link?.getAttribute("href"))) event.preventDefault();
}, true);
for (const each of document.querySelectorAll("*")) {
  if (each.localName === "details") each.open = true;
  for (const name of ["mouseover", "mouseenter", "focus", "toggle", "animationend"])
    each.dispatchEvent(new Event(name, {bubbles: true}));
  each.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}));
}
"""
PARTS = """
return [...document.querySelectorAll("*")].flatMap((each) => [
  each.localName,
  ...[...each.attributes].map((one) => `${each.localName} ${one.name}`),
]);
"""


def record_of(texts: list[str]) -> Chronology:
    """
    Return a record with each text in every field.
    """
    parts = [everywhere(text, prefix=f"x{index}-") for index, text in enumerate(texts)]
    return functools.reduce(Chronology.merge, parts)


def write_pages(folder: Path, texts: list[str], language: Language | str) -> None:
    """
    Write a page with all texts, a page in a language, and a site with the first text.
    """
    whole, part = record_of(texts), record_of(texts[:1])
    url = f"https://example.org/{folder.name}/site/"
    urls = {"feed_url": url, "page_url": url, "report_url": url}
    folder.mkdir()
    tjun.write(whole, "html", folder / "page.html", today=TODAY, **urls)
    tjun.write(part, "html", folder / "language.html", today=TODAY, language=language)
    tjun.write(part, "site", folder / "site", today=TODAY, base_url=url)


def hostile_language(file: Path) -> Language:
    """
    Return Tajik with one of the attacks in each name, pattern and label.
    """
    # Braces would be placeholders.
    attacks = itertools.cycle(text for text, _ in ATTACKS.values() if "{" not in text)
    text = files("tjun.locales").joinpath("tg.toml").read_text("utf-8")
    with_attacks = re.sub(
        r'"([^"\n]*[а-я][^"\n]*)"',
        lambda found: toml_string(f"{found[1]} {next(attacks)}"),
        text,
    )
    file.write_text(with_attacks)
    return Language.load(file)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    A directory with hostile pages, harmless ones, and some with attacks as HTML.
    """
    folder = tmp_path_factory.mktemp("pages")
    texts = [TOGETHER, *(text for text, _ in ATTACKS.values()), *PRINTABLE.values()]
    write_pages(folder / "hostile", texts, hostile_language(folder / "tg.toml"))
    write_pages(folder / "harmless", ["It began"] * len(texts), "tg")
    attacks = {name: html.replace("@", text) for name, (text, html) in ATTACKS.items()}
    for name, html in attacks.items():
        page = f"<!DOCTYPE html><meta charset=utf-8><body>{html}"
        (folder / f"{name}.html").write_text(page)
    del attacks["refresh"]  # No policy can forbid it.
    everything = "".join(attacks.values())
    for name in UNESCAPED:
        page = (folder / "harmless" / name).read_text()
        page = page.replace("<body>", f"<body>{everything}")
        (folder / "harmless" / name).with_name("unescaped.html").write_text(page)
    return folder


@pytest.fixture(scope="module")
def origin(folder: Path) -> Iterator[str]:
    with served(folder) as address:
        yield address


def operate(browser: Browser, address: str) -> set[str]:
    """
    Use everything on a page and return the addresses that it requested.
    """
    browser.open(address)
    browser.run(OPERATE)
    requested = {url.partition("?")[0] for url in browser.requests()}
    return {url for url in requested if not url.startswith("data:image")}


@pytest.mark.parametrize("policy", [True, False], ids=["policy", "no policy"])
@pytest.mark.parametrize("name", PAGES)
def test_texts_do_nothing(
    browser: Browser, origin: str, name: str, policy: bool
) -> None:
    """No text runs or requests anything, with the policy of the page or without."""
    browser.command("Page.setBypassCSP", enabled=not policy)
    browser.command(
        "Browser.grantPermissions",
        origin=origin,
        permissions=["clipboardReadWrite", "clipboardSanitizedWrite"],
    )
    requested = operate(browser, f"{origin}/hostile/{name}")
    assert browser.run("return window.owned") is None
    assert browser.complaints() == []
    own = {name.partition("?")[0], *SITE} if name.startswith("site/") else {name}
    assert requested <= {f"{origin}/hostile/{each}" for each in own}


@pytest.mark.parametrize("name", PAGES)
def test_texts_add_nothing_to_a_page(browser: Browser, origin: str, name: str) -> None:
    """No text adds an element or an attribute."""
    browser.open(f"{origin}/harmless/{name}")
    harmless = browser.run(PARTS)
    browser.open(f"{origin}/hostile/{name}")
    assert set(browser.run(PARTS)) <= set(harmless)


def test_words_and_addresses_do_nothing(browser: Browser, origin: str) -> None:
    """Neither what a reader searches for nor the end of an address is run."""
    from selenium.webdriver.common.keys import Keys

    text = ATTACKS["handler of an error"][0]
    browser.command("Page.setBypassCSP", enabled=True)
    browser.open(f"{origin}/hostile/site/index.html#{quote(text)}")
    browser.run("document.getElementById('search').focus()")
    browser.press(text, Keys.ENTER)
    browser.wait("return document.getElementById('found').textContent")
    assert browser.run("return document.getElementById('search').value") == text
    browser.run("location.hash = arguments[0]", text)
    assert browser.run("return window.owned") is None
    assert browser.complaints() == []


@pytest.mark.parametrize("name", UNESCAPED)
def test_the_policy_stops_what_is_not_escaped(
    browser: Browser, origin: str, name: str
) -> None:
    """Nothing runs, and nothing is loaded, even if a page does not escape texts."""
    address = f"{origin}/harmless/{name}".replace(Path(name).name, "unescaped.html")
    operate(browser, address)
    assert browser.run("return window.owned") is None
    # Chromium says so, too, if it fails to load something.
    complaints = browser.complaints()
    assert len(complaints) > 10
    assert all("violates the following Content Security" in each for each in complaints)


@pytest.mark.parametrize("name", ATTACKS)
def test_attacks_succeed_without_either(
    browser: Browser, origin: str, name: str
) -> None:
    """Each attack runs or requests something, so these tests would notice it."""
    address = f"{origin}/{quote(name)}.html"
    requested = operate(browser, address)
    assert browser.run("return window.owned") or requested > {address}
