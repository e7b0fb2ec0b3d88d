"""
Draw the pictures of the documentation.

    python docs/pictures/make.py

Chromium draws the web page, the page of an event and the calendar, each in light and
dark. The calendar is drawn by FullCalendar, which needs `npm`. `--diagrams` leaves
these pictures out.
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
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import tjun

HERE = Path(__file__).parent
TODAY = dt.date(2027, 2, 20)  # Before the 35th anniversary of the admission.
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
# The address of each page, the size of the window, and the scale of the picture.
_PAGES = {
    "page": ("page.html", "1180,1640", "0.75"),
    "event": ("site/events/unmot-opened/", "1060,960", "0.8"),
    "calendar": ("calendar.html", "1000,610", "1"),
}


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
    feed = f"{site}feeds/everything.ics"
    # A short list, so that the timeline is in the picture.
    few = {"every": 5, "show": "major", "feed_url": feed}
    tjun.write(un, "html", folder / "page.html", today=TODAY, **few)
    tjun.write(un, "ics", folder / "calendar.ics", today=TODAY)
    tjun.write(un, "site", folder / "site/", today=TODAY, base_url=site)
    subprocess.run(
        ["npm", "install", "--silent", "--prefix", folder, *_CALENDAR], check=True
    )
    (folder / "calendar.html").write_text(_CALENDAR_PAGE, encoding="utf-8")


def photograph(origin: str, profile: Path) -> None:
    """
    Write a picture of each page, in light and dark.

    Args:
        origin: The address at which they are served.

        profile: A directory for Chromium.
    """
    for name, (address, size, scale) in _PAGES.items():
        for scheme, number in _SCHEMES.items():
            options = [
                f"--user-data-dir={profile}",
                f"--window-size={size}",
                f"--force-device-scale-factor={scale}",
                f"--blink-settings=preferredColorScheme={number}",
                f"--screenshot={HERE / f'{name}-{scheme}.webp'}",
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
        write_pages(Path(made))
        with served(Path(made)) as origin:
            photograph(origin, Path(own))


if __name__ == "__main__":
    main()
