"""
Draw the pictures of the documentation.

    python docs/pictures/make.py

Chromium draws the calendar with FullCalendar, which needs `npm` and `chromium`.
`--no-calendar` leaves it out.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import functools
import http.server
import os
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path
from xml.sax.saxutils import escape

import tjun

HERE = Path(__file__).parent
_CALENDAR = ["fullcalendar@6.1.15", "@fullcalendar/icalendar@6.1.15", "ical.js@1.5.0"]
_PAGE = """<!doctype html><meta charset="utf-8">
<script src="fullcalendar/index.global.min.js"></script>
<script src="ical.js/build/ical.min.js"></script>
<script src="@fullcalendar/icalendar/index.global.min.js"></script>
<style>
  body { margin: 16px; font: 15px sans-serif; background: #fff; }
  .fc-event { white-space: normal; padding: 1px 3px; }
  .fc .fc-event-title { white-space: normal; }
</style>
<div id="calendar"></div>
<script>
  new FullCalendar.Calendar(document.getElementById("calendar"), {
    initialDate: "2027-03-01", now: "2027-03-02", firstDay: 1, height: "auto",
    fixedWeekCount: false,
    headerToolbar: { left: "title", center: "", right: "" },
    events: { url: "feed.ics", format: "ics" }, eventColor: "#00538a",
  }).render();
</script>
"""


<<<<<<< HEAD
def terminal(words: str, columns: int, name: str) -> str:
    """
    Return what `tjun` prints in a terminal, as SVG.

    Fonts are not fetched from the net: a reader's own will do.
    """
    printed = _on_terminal(words, columns)
    console = Console(record=True, width=columns, file=io.StringIO())
    console.print(Text.from_ansi(f"$ tjun {words}"))
    console.print(Text.from_ansi(printed), end="")
    drawn = console.export_svg(title="tjun", unique_id=name)
    drawn = _FONT.sub("", drawn).replace("Fira Code, monospace", "monospace")
    return "\n".join(line.rstrip() for line in drawn.splitlines()) + "\n"


def _on_terminal(words: str, columns: int) -> str:
    ours, theirs = os.openpty()
    settings = {"COLUMNS": str(columns), "LINES": "1000", "TERM": "xterm"}
    child = subprocess.Popen(
        [Path(sys.executable).with_name("tjun"), *words.split()],
        env={**os.environ, **settings},
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    printed = bytearray()
    with contextlib.suppress(OSError):  # On Linux, the end of its output is an error.
        while chunk := os.read(ours, 65_536):
            printed += chunk
    os.close(ours)
    if child.wait():
        raise SystemExit(printed.decode())
    return printed.decode().replace("\r\n", "\n")


=======
>>>>>>> docs
_STEPS = [
    ("Install", "An entry point in the group tjun, as in tjun-csv", False),
    ("Find", "The plugin with the requested name first, then the others", False),
    ("Import", "One by one; disabled plugins are not imported", True),
    ("Ask", "tjun_exporters() returns Exporter objects", True),
    ("Check", "Names that are not taken; options with defaults", True),
    ("Bind", "Options become flags: tjun export csv --delimiter", False),
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


def calendar(target: Path) -> None:
    """
    Write a month of the calendar, as FullCalendar shows it, as PNG.
    """
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["npm", "install", "--silent", "--prefix", folder, *_CALENDAR], check=True
        )
        served = Path(folder, "node_modules")
        day = dt.date(2027, 3, 2)
        tjun.write(tjun.load(), "ics", served / "feed.ics", today=day)
        (served / "index.html").write_text(_PAGE, encoding="utf-8")
        handler = functools.partial(_Quiet, directory=os.fspath(served))
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            browser = shutil.which("chromium") or shutil.which("google-chrome")
            subprocess.run(
                [
                    browser or "chromium",
                    *("--headless", "--no-sandbox", "--hide-scrollbars"),
                    *("--window-size=1100,860", "--virtual-time-budget=10000"),
                    f"--screenshot={target}",
                    f"http://127.0.0.1:{server.server_port}/index.html",
                ],
                check=True,
                capture_output=True,
            )
            server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # Its name there.
        pass


def main() -> None:
    """
    Draw all pictures.
    """
    parser = argparse.ArgumentParser(description="Draw the pictures.")
    parser.add_argument("--no-calendar", action="store_true")
    arguments = parser.parse_args()
    text = life_cycle()
    (HERE / "plugin-life-cycle.svg").write_text(text, encoding="utf-8", newline="\n")
    if not arguments.no_calendar:
        calendar(HERE / "march-2027.png")


if __name__ == "__main__":
    main()
