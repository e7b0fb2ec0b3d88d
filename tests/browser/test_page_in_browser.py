"""
The web page in a browser: accessibility, layout, printing, and what it requests.
"""

from __future__ import annotations

import json
import operator
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from chromium import Browser

import tjun

LANGUAGES = ["en", "ru", "tg", "ar"]
PAGES = [*LANGUAGES, "en-2027"]
TEXT = "return document.body.innerText"
WIDTH = "return document.documentElement.scrollWidth"


@pytest.mark.parametrize(
    ("width", "scheme"), [(320, "dark"), (1280, "light"), (1280, "dark")]
)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violations(
    browser: Browser, checkers: Path, address: str, name: str, width: int, scheme: str
) -> None:
    """All rules of axe-core, including contrast, pass in light and dark mode."""
    browser.resize(width)
    browser.colours(scheme)
    browser.open(f"{address}/{name}.html")
    browser.run((checkers / "axe-core" / "axe.min.js").read_text("utf-8"))
    result = browser.run_async("axe.run().then(arguments[arguments.length - 1])")
    found = [
        (each["id"], [node["html"][:200] for node in each["nodes"][:3]])
        for each in result["violations"]
    ]
    assert found == []
    assert len(result["passes"]) > 20


@pytest.mark.parametrize("name", PAGES)
def test_the_nu_checker_finds_no_errors(checkers: Path, pages: Path, name: str) -> None:
    """The page is valid HTML with valid CSS, and causes no warnings."""
    if shutil.which("java") is None:
        pytest.skip("needs Java")
    jar = checkers / "vnu-jar" / "build" / "dist" / "vnu.jar"
    done = subprocess.run(
        ["java", "-jar", jar, "--format", "json", pages / f"{name}.html"],
        check=False,
        capture_output=True,
        text=True,
    )
    found = [
        each["message"]
        for each in json.loads(done.stderr)["messages"]
        # The record has no translation into Arabic.
        if "appears to be written in English" not in each["message"]
    ]
    assert found == []


@pytest.mark.parametrize("name", LANGUAGES)
def test_nothing_is_requested_from_elsewhere(
    browser: Browser, address: str, name: str
) -> None:
    """The page is one request, and nothing violates its policy."""
    browser.open(f"{address}/{name}.html")
    asked = [url for url in browser.requests() if not url.startswith("data:")]
    assert asked == [f"{address}/{name}.html"]
    assert browser.complaints() == []


@pytest.mark.parametrize("name", LANGUAGES)
def test_the_text_is_the_same_without_javascript(
    browser: Browser, address: str, name: str
) -> None:
    """The script adds controls, but no text."""
    browser.open(f"{address}/{name}.html")
    with_script = browser.run(TEXT)
    assert browser.run("return document.getElementById('search').hidden") is False
    browser.command("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(f"{address}/{name}.html")
    browser.command("Emulation.setScriptExecutionDisabled", value=False)
    assert browser.run("return document.getElementById('search').hidden") is True
    assert browser.run(TEXT) == with_script
    assert len(with_script) > 50_000


@pytest.mark.parametrize("width", [320, 375, 768, 1000, 1440])
@pytest.mark.parametrize("name", PAGES)
def test_the_page_never_scrolls_horizontally(
    browser: Browser, address: str, name: str, width: int
) -> None:
    """The page is as wide as the window, from a phone to a desktop."""
    browser.resize(width)
    browser.open(f"{address}/{name}.html")
    assert browser.run(WIDTH) == width


@pytest.mark.parametrize("name", LANGUAGES)
def test_the_page_can_be_enlarged(browser: Browser, address: str, name: str) -> None:
    """At 200 %, of the page or only of the text, nothing is cut off."""
    browser.resize(640, scale=2)
    browser.open(f"{address}/{name}.html")
    assert browser.run(WIDTH) == 640
    browser.resize(1280)
    browser.run("document.documentElement.style.fontSize = '200%'")
    assert browser.run(WIDTH) == 1280
    cut = browser.run(
        """
        return [...document.querySelectorAll("body *")]
          .filter((e) => !e.closest("svg, .timeline-figure, pre"))
          .filter((e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1)
          .filter((e) => getComputedStyle(e).overflowX !== "visible")
          .map((e) => e.outerHTML.slice(0, 100))
        """
    )
    assert cut == []


def focused(browser: Browser) -> dict[str, Any]:
    return browser.run(
        """
        const e = document.activeElement, box = e.getBoundingClientRect();
        const style = getComputedStyle(e);
        return {
          id: e.id, name: e.localName, text: e.textContent.trim().slice(0, 60),
          href: e.getAttribute("href"),
          outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth),
          visible: box.bottom > 0 && box.top < innerHeight && box.height > 0,
        }
        """
    )


def test_a_keyboard_is_enough(browser: Browser, address: str) -> None:
    """Every control has a visible focus, in the order of the page, and no trap."""
    from selenium.webdriver.common.keys import Keys

    browser.run("document.documentElement.style.scrollBehavior = 'auto'")
    browser.open(f"{address}/en.html")
    browser.press(Keys.TAB)
    first = focused(browser)
    assert (first["text"], first["visible"]) == ("Skip to content", True)
    browser.press(Keys.ENTER)
    assert focused(browser)["id"] == "main"
    seen = []
    for _ in range(150):
        browser.press(Keys.TAB)
        seen.append(focused(browser))
        if seen[-1]["id"] == "only-disputed":
            break
    assert all(each["outline"] for each in seen), seen
    kinds = {each["name"] for each in seen}
    assert kinds == {"a", "figure", "input"}
    assert [each["id"] for each in seen if each["name"] == "input"] == [
        "search",
        "show-all",
        "only-disputed",
    ]
    assert not any((each["href"] or "").startswith("#mission") for each in seen)


def shown_events(browser: Browser) -> list[str]:
    return browser.run(
        """
        return [...document.querySelectorAll(".event")]
          .filter((e) => e.getClientRects().length).map((e) => e.id.slice(6))
        """
    )


def test_events_can_be_filtered_by_keyboard(
    browser: Browser, address: str, un: tjun.Chronology
) -> None:
    """Area, disputed dates and words, alone and together."""
    from selenium.webdriver.common.keys import Keys

    browser.open(f"{address}/en.html")
    assert len(shown_events(browser)) == len(un.events)
    browser.run("document.getElementById('show-all').focus()")
    browser.press(Keys.ARROW_RIGHT)
    area = un.areas[0]
    in_area = un.events.where(area=area)
    assert shown_events(browser) == list(in_area.ids)
    browser.run("document.getElementById('only-disputed').focus()")
    browser.press(Keys.SPACE)
    disputed = in_area.where(disputed=True)
    assert shown_events(browser) == list(disputed.ids)
    browser.run("document.getElementById('search').focus()")
    browser.press("First UN OFFICE opens")
    assert shown_events(browser) == ["unmot-opened"]
    status = browser.run("return document.getElementById('found').textContent")
    assert status == f"1 / {len(un.events)}"
    empty = browser.run(
        """
        return [...document.querySelectorAll(".decade")]
          .filter((e) => e.getClientRects().length)
          .filter((e) => ![...e.querySelectorAll(".event")]
            .some((event) => event.getClientRects().length))
          .map((e) => e.querySelector("h3").textContent)
        """
    )
    assert empty == []


def test_a_link_to_a_filtered_event_shows_it(browser: Browser, address: str) -> None:
    """A filter never hides the target of a link."""
    browser.open(f"{address}/en.html")
    browser.run("document.getElementById('only-in-water').click()")
    assert "unmot-opened" not in shown_events(browser)
    browser.run("location.hash = '#event-unmot-opened'")
    browser.run_async("requestAnimationFrame(arguments[arguments.length - 1])")
    assert "unmot-opened" in shown_events(browser)


def test_areas_can_be_chosen_without_javascript(
    browser: Browser, address: str, un: tjun.Chronology
) -> None:
    """The filter is made of style alone."""
    browser.command("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(f"{address}/en.html")
    browser.command("Emulation.setScriptExecutionDisabled", value=False)
    browser.run("document.getElementById('only-in-water').click()")
    assert shown_events(browser) == list(un.events.where(area="water").ids)


def test_the_address_of_the_calendar_can_be_copied(
    browser: Browser, address: str
) -> None:
    """The button says that it was copied."""
    browser.command(
        "Browser.grantPermissions",
        origin=address,
        permissions=["clipboardReadWrite", "clipboardSanitizedWrite"],
    )
    browser.open(f"{address}/en.html")
    browser.run("document.getElementById('copy').click()")
    browser.run_async("setTimeout(arguments[arguments.length - 1], 200)")
    assert browser.run("return document.getElementById('copied').textContent") == (
        "Copied"
    )
    copied = browser.run_async(
        "navigator.clipboard.readText().then(arguments[arguments.length - 1])"
    )
    assert copied == browser.run("return document.getElementById('feed').textContent")


def contrast(one: str, other: str) -> float:
    """
    Return the contrast of two colours in `rgb(…)` as WCAG 2.2 defines it.
    """

    def luminance(colour: str) -> float:
        shares = [int(each) / 255 for each in re.findall(r"\d+", colour)]
        linear = [
            share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
            for share in shares
        ]
        return sum(map(operator.mul, (0.2126, 0.7152, 0.0722), linear))

    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_of_the_timeline_can_be_read(
    browser: Browser, address: str, scheme: str
) -> None:
    """No text is covered by an outline, or has almost the colour of the page."""
    browser.colours(scheme)
    browser.open(f"{address}/en.html")
    styles = browser.run(
        """
        const page = getComputedStyle(document.body).backgroundColor;
        return [...document.querySelectorAll("svg text")].map((text) => {
          const style = getComputedStyle(text);
          return [style.stroke, style.fill, page];
        });
        """
    )
    assert len(styles) > 50
    assert {stroke for stroke, _, _ in styles} == {"none"}
    assert min(contrast(fill, page) for _, fill, page in styles) > 4.5


@pytest.mark.parametrize("name", LANGUAGES)
def test_labels_of_the_timeline_are_no_wider_than_assumed(
    browser: Browser, address: str, name: str
) -> None:
    """No label overlaps another one or leaves the drawing."""
    browser.open(f"{address}/{name}.html")
    drawings = browser.run(
        """
        const drawings = document.querySelectorAll("svg.timeline, svg.dispute");
        return [...drawings].map((svg) => {
          const all = svg.viewBox.baseVal;
          const boxes = [...svg.querySelectorAll("text")].map((text) => {
            const box = text.getBBox();
            return [box.x, box.x + box.width, box.y + 2, box.y + box.height - 2,
                    text.textContent];
          });
          return [all.width, boxes];
        })
        """
    )
    assert len(drawings) > 10
    for width, boxes in drawings:
        for index, (left, right, top, bottom, text) in enumerate(boxes):
            assert left >= -1, text
            assert right <= width + 1, text
            for other in boxes[:index]:
                apart = (
                    right <= other[0]
                    or other[1] <= left
                    or bottom <= other[2]
                    or other[3] <= top
                )
                assert apart, (text, other[4])


def pdf_pages(pdf: Path) -> list[str]:
    if shutil.which("pdftotext") is None:
        pytest.skip("needs poppler-utils")
    done = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True
    )
    return done.stdout.split("\f")[:-1]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_printed_page_is_complete(
    browser: Browser, address: str, un: tjun.Chronology, tmp_path: Path
) -> None:
    """Titles, descriptions and addresses are printed, and pages are numbered."""
    browser.open(f"{address}/en.html")
    pdf = tmp_path / "page.pdf"
    pdf.write_bytes(browser.pdf())
    info = subprocess.run(
        ["pdfinfo", pdf], check=True, capture_output=True, text=True
    ).stdout
    assert "A4" in info
    pages = pdf_pages(pdf)
    for number, page in enumerate(pages, 1):
        assert f"{number} / {len(pages)}" in page
    raw = subprocess.run(
        ["pdftotext", "-raw", pdf, "-"], check=True, capture_output=True, text=True
    ).stdout
    text = squeezed(re.sub(r"\n\d+ / \d+\n\f", "", raw))
    for event in un.events:
        assert squeezed(str(event.title)) in text
        assert event.description is None or squeezed(str(event.description)) in text
    for source in un.sources:
        address = source.address
        assert address is None or squeezed(address) in text, address
    assert "Searchcopyaddress" not in text


def test_no_printed_event_is_split(
    browser: Browser, address: str, un: tjun.Chronology, tmp_path: Path
) -> None:
    """The title, the description and the sources of an event are on one page."""
    browser.open(f"{address}/en.html")
    browser.run("document.getElementById('sources').remove()")
    browser.run("document.getElementById('timeline').remove()")
    browser.run("document.getElementById('coming-up').remove()")
    pdf = tmp_path / "page.pdf"
    pdf.write_bytes(browser.pdf())
    pages = [squeezed(page) for page in pdf_pages(pdf)]
    for event in un.events.where(disputed=False):
        if event.description is None:
            continue
        words = str(event.description).split()
        start, end = "".join(words[:4]), words[-1]
        assert any(
            start in page and end in page.partition(start)[2] for page in pages
        ), event.id


def test_the_printed_page_has_no_colours(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    """It is black on white, also in dark mode."""
    browser.colours("dark")
    browser.open(f"{address}/en.html")
    pdf = tmp_path / "page.pdf"
    pdf.write_bytes(browser.pdf())
    if shutil.which("pdftoppm") is None:
        pytest.skip("needs poppler-utils")
    command = ["pdftoppm", "-r", "20", "-l", "6", pdf, tmp_path / "page"]
    subprocess.run(command, check=True)
    for picture in tmp_path.glob("*.ppm"):
        pixels = picture.read_bytes().split(b"\n", 3)[3]
        channels = [pixels[channel::3] for channel in range(3)]
        assert channels[0] == channels[1] == channels[2]
        assert pixels.count(255) > len(pixels) / 2


@pytest.mark.parametrize("year", [2027, 2032])
@pytest.mark.parametrize("name", ["en", "ru", "tg"])
def test_the_jubilees_of_a_year_fit_on_one_sheet(
    browser: Browser,
    address: str,
    un: tjun.Chronology,
    tmp_path: Path,
    name: str,
    year: int,
) -> None:
    """One page of A4 has every jubilee of the year."""
    browser.open(f"{address}/{name}-{year}.html")
    pdf = tmp_path / "jubilees.pdf"
    pdf.write_bytes(browser.pdf())
    (page,) = pdf_pages(pdf)
    jubilees = [a for a in un.anniversaries(since=year, until=year) if a.jubilee]
    assert len(jubilees) > 20
    assert page.count(str(year)) > len(jubilees)
