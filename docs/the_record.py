"""
The record as a part of the documentation: a page for each year, and the whole site.

The pages for the years let the search of the documentation find events.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import tjun
from tjun.formats.html.links import SiteLinks

__all__ = ["links_to_years", "write_site", "write_years"]

_DECADE = re.compile(r"^## \d{4}–\d{4}\n\n", re.MULTILINE)
_EVENT = re.compile(r"^### ", re.MULTILINE)
_MORE = "All sources, and how to cite"
_LINK = f'<a class="reference" href="../record/{{}}index.html">{_MORE}</a>'
_HEAD = """\
---
orphan: true
---

# {year}

From [the record](../the-record.md){neighbours}

"""


def _by_year() -> dict[int, tjun.Events]:
    record = tjun.load()
    years = dict.fromkeys(event.date.anchor.year for event in record.events)
    return {year: record.events.where(since=year, until=year) for year in years}


def write_years(directory: Path) -> None:
    """
    Write a page for each year in which something happened; delete all others.
    """
    directory.mkdir(exist_ok=True)
    years = _by_year()
    pages = {
        f"{year}.md": _page(year, events, list(years)) for year, events in years.items()
    }
    for path in directory.iterdir():
        if path.name not in pages:
            path.unlink()
    for name, text in pages.items():
        path = directory / name
        # Sphinx reads a page again if it has changed.
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def _page(year: int, events: tjun.Events, years: list[int]) -> str:
    # The day does not matter: the page has no anniversaries.
    today = dt.date(year, 1, 1)
    part = tjun.Chronology(events=events)
    text = tjun.export(part, "markdown", today=today).decode()
    body, sources, listed = text.partition("\n## Sources\n")
    _, *sections = _EVENT.split(_DECADE.sub("", body))
    place = years.index(year)
    beside = [*years[max(0, place - 1) : place], *years[place + 1 : place + 2]]
    neighbours = "".join(f" · [{each}]({each}.md)" for each in beside)
    parts = [_HEAD.format(year=year, neighbours=neighbours)]
    for event, section in zip(part.events, sections, strict=True):
        parts.append(
            f"## {section.strip()}\n\n{_LINK.format(SiteLinks({}).event(event.id))}\n\n"
        )
    return f"{''.join(parts)}{sources.lstrip()}{listed}"


def links_to_years() -> str:
    """
    Return links to the pages for the years.
    """
    return " · ".join(f"[{year}](years/{year}.md)" for year in _by_year())


def write_site(directory: Path, base_url: str, report_url: str) -> None:
    """
    Write the record as a site.

    Args:
        directory: Where to write the site.

        base_url: The address at which it will be published.

        report_url: The address of the page that says how to report an error.
    """
    urls = {"base_url": base_url, "report_url": report_url}
    tjun.write(tjun.load(), "site", directory, **urls)
