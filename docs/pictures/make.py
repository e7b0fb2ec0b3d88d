"""
Draw the pictures of the documentation.

    python docs/pictures/make.py

Chromium draws the web page, the page of an event and the calendar, each in light and
dark, and the pictures that are shown when a page of the site is shared. The calendar is
drawn by FullCalendar, which needs `npm`. `--diagrams` leaves these pictures out.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import functools
import http.server
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import tjun

HERE = Path(__file__).parent
TODAY = dt.date(2027, 2, 20)  # Before the 35th anniversary of the admission.
_LANGUAGES = ("en", "ru", "tg")
_SCHEMES = {"light": 1, "dark": 0}  # What Chromium calls them.
_CHROMIUM = (
    "chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run"
    " --disable-background-networking --disable-component-update --disable-sync"
    " --hide-scrollbars --virtual-time-budget=10000"
).split()
_CALENDAR = ["fullcalendar@6.1.15", "@fullcalendar/icalendar@6.1.15", "ical.js@1.5.0"]
_CALENDAR_PAGE = """<!doctype html><meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<script src="node_modules/fullcalendar/index.global.min.js"></script>
<script src="node_modules/ical.js/build/ical.min.js"></script>
<script src="node_modules/@fullcalendar/icalendar/index.global.min.js"></script>
<style>
  :root { --fc-today-bg-color: #f1f6fa; --fc-border-color: #d3dde6; }
  body { margin: 16px; font: 15px system-ui, "DejaVu Sans", sans-serif; }
  .fc-event { padding: 1px 3px; }
  .fc .fc-event, .fc .fc-event-title { white-space: normal; }
  @media (prefers-color-scheme: dark) {
    :root { --fc-today-bg-color: #18222c; --fc-border-color: #2f3d4a; }
    body { background: #10171e; color: #e4ebf1; }
  }
</style>
<div id="calendar"></div>
<script>
  new FullCalendar.Calendar(document.getElementById("calendar"), {
    initialDate: "2027-03-01", now: "2027-03-02", firstDay: 1, height: "auto",
    fixedWeekCount: false,
    headerToolbar: { left: "title", center: "", right: "" },
    events: { url: "calendar.ics", format: "ics" }, eventColor: "#00538a",
  }).render();
</script>
"""
_CARD_PAGE = """<!doctype html><html lang="{language.tag}"><meta charset="utf-8">
<style>
  body {{ margin: 0; height: 630px; box-sizing: border-box; padding: 80px; color: #fff;
    background: #00538a; font: 34px/1.35 system-ui, "DejaVu Sans", sans-serif; }}
  h1 {{ font-size: 76px; line-height: 1.1; margin: 0 0 40px; }}
  svg {{ position: absolute; inset: auto 0 0; width: 1200px; height: 170px; }}
</style>
<h1>{title}</h1><p>{text}</p>
<svg viewBox="0 0 {years} 20" preserveAspectRatio="none" fill="#7cc0f0">{bars}</svg>
"""
CARDS = HERE.parents[1] / "src" / "tjun" / "data" / "tajikistan"
# The address of each page, the size of the window, and the scale of the picture.
_PAGES = {
    "page": ("page.html", "1280,1150", "0.7"),
    "event": ("site/events/unmot-opened/", "1280,900", "0.65"),
    "calendar": ("calendar.html", "1000,610", "1"),
}

Shot = tuple[Path, str, str, str, str]
"""
The file of a picture, the colours, the address, the size of the window, and the scale.
"""

_STEPS = [
    ("Install", "An entry point in the group tjun, as in tjun-lines", False),
    ("Find", "The plugin with the requested name first, then the others", False),
    ("Import", "One by one; disabled plugins are not imported", True),
    ("Ask", "tjun_exporters() returns Exporter objects", True),
    ("Check", "Names that are not taken; options with defaults", True),
    ("Bind", "Options become flags: tjun export lines --separator", False),
    ("Request", "ExportRequest: record, options, language, today", False),
    ("Render", "render() yields bytes in chunks", True),
    ("Write", "As a whole or not at all; unchanged files stay as they are", False),
]


_TALL = 'height="44" rx="6"'
_STYLE = """\
<title>From a plugin to a file</title>
<style>
text { font: 15px sans-serif; fill: #1b1f23 }
.h { font-weight: bold }
.s { font-size: 13px }
.b { fill: #f1f6fa; stroke: #00609c }
.f { fill: #fbeeee; stroke: #a33 }
path { stroke: #555; fill: none; stroke-width: 1.5 }
marker path { fill: #555; stroke: none }
</style>
<defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8"
markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>"""


def life_cycle() -> str:
    """
    Return the steps from a plugin to a file, and what happens if one fails, as SVG.
    """
    step, wide, left = 62, 430, 20
    high = step * len(_STEPS) + 20
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 700 {high}">',
        _STYLE,
        f'<rect width="700" height="{high}" rx="8" fill="#fff"/>',
    ]
    for index, (head, detail, fails) in enumerate(_STEPS):
        top = 14 + index * step
        parts += [
            f'<rect class="b" x="{left}" y="{top}" width="{wide}" {_TALL}/>',
            f'<text class="h" x="{left + 12}" y="{top + 18}">{escape(head)}</text>',
            f'<text class="s" x="{left + 12}" y="{top + 36}">{escape(detail)}</text>',
        ]
        if index:
            x = left + wide // 2
            parts.append(f'<path d="M{x} {top - 18}V{top}" marker-end="url(#a)"/>')
        if fails:
            end = left + wide
            where, what = (
                ("ExportError", "nothing is written")
                if head == "Render"
                else ("PluginError", "reported; others still work")
            )
            parts += [
                f'<path d="M{end} {top + 22}H{end + 32}" marker-end="url(#a)"/>',
                f'<rect class="f" x="{end + 34}" y="{top}" width="196" {_TALL}/>',
                f'<text class="h" x="{end + 44}" y="{top + 18}">{where}</text>',
                f'<text class="s" x="{end + 44}" y="{top + 36}">{what}</text>',
            ]
    return "\n".join([*parts, "</svg>"]) + "\n"


def write_pages(folder: Path) -> None:
    """
    Write what is shown in the pictures.
    """
    un = tjun.load()
    site = "https://example.org/un/"
    page = tjun.export(un, "html", today=TODAY).decode()
    page = page.replace('data-until="', 'data-day="')  # Its script reads the clock.
    (folder / "page.html").write_text(page, encoding="utf-8")
    tjun.write(un, "ics", folder / "calendar.ics", today=TODAY)
    tjun.write(un, "site", folder / "site/", today=TODAY, base_url=site)
    subprocess.run(
        ["npm", "install", "--silent", "--prefix", folder, *_CALENDAR], check=True
    )
    (folder / "calendar.html").write_text(_CALENDAR_PAGE, encoding="utf-8")


def card(record: tjun.Chronology, tag: str) -> str:
    """
    Return the page that is photographed for those who share a page of the site.
    """
    language = tjun.language(tag)
    years = [event.date.anchor.year for event in record.events]
    shown = range(1992, max(years) + 1)
    bars = "".join(
        f'<rect x="{each - shown[0]}" y="{20 - years.count(each)}" width=".8"'
        ' height="20"/>'
        for each in shown
    )
    return _CARD_PAGE.format(
        language=language,
        title=escape(str(record.title and record.title.in_(language))),
        text=f"{language.count('events', len(years))} · {min(years)}–{max(years)}",
        years=len(shown),
        bars=bars,
    )


def cards(folder: Path) -> Iterator[Shot]:
    """
    Write what is shown when a page is shared, and yield what to photograph.
    """
    for tag in _LANGUAGES:
        name = f"card.{tag}"
        text = card(tjun.load(), tag)
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
        yield CARDS / f"{name}.png", "light", f"{name}.html", "1200,630", "1"


def pages(folder: Path) -> Iterator[Shot]:
    """
    Write the page, the site and the calendar, and yield what to photograph.
    """
    write_pages(folder)
    for name, page in _PAGES.items():
        for scheme in _SCHEMES:
            yield HERE / f"{name}-{scheme}.webp", scheme, *page


def photograph(origin: str, profile: Path, shots: Iterable[Shot]) -> None:
    """
    Write pictures.

    Args:
        origin: The address at which the pages are served.

        profile: A directory for Chromium.

        shots: The pictures.
    """
    for path, scheme, address, size, scale in shots:
        options = [
            f"--user-data-dir={profile}",
            f"--window-size={size}",
            f"--force-device-scale-factor={scale}",
            f"--blink-settings=preferredColorScheme={_SCHEMES[scheme]}",
            f"--screenshot={path}",
        ]
        command = [*_CHROMIUM, *options, f"{origin}/{address}"]
        subprocess.run(command, check=True, capture_output=True)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """
    Serve a directory and yield its address.
    """
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def main() -> None:
    """
    Draw all pictures.
    """
    parser = argparse.ArgumentParser(description="Draw the pictures.")
    parser.add_argument("--diagrams", action="store_true")
    arguments = parser.parse_args()
    text = life_cycle()
    (HERE / "plugin-life-cycle.svg").write_text(text, encoding="utf-8", newline="\n")
    if arguments.diagrams:
        return
    with tempfile.TemporaryDirectory() as made, tempfile.TemporaryDirectory() as own:
        folder = Path(made)
        with served(folder) as origin:
            photograph(origin, Path(own), cards(folder))
            photograph(origin, Path(own), pages(folder))


if __name__ == "__main__":
    main()
