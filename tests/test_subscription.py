import base64
import http.client
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import icalendar
import pytest
from clients.calendars import CASES, Entry, differences
from clients.corrections import AFTER, BEFORE
from serving import served

import tjun

DAV = "{DAV:}"
CALDAV = "{urn:ietf:params:xml:ns:caldav}"
ALL_ENTRIES = b"""\
<?xml version="1.0" encoding="utf-8"?>
<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
  <D:prop><D:getetag/><C:calendar-data/></D:prop>
  <C:filter>
    <C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"/></C:comp-filter>
  </C:filter>
</C:calendar-query>
"""
# Radicale writes a file for each entry, which is slow.
FEEDS = {name: CASES[name] for name in ("record", "texts", "dates in Russian")}


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with served(tmp_path) as found:
        yield found


def fetched(address: str, since: str | None = None) -> tuple[int, bytes, str]:
    """
    Return the status, the bytes and the `Last-Modified` header that a client gets.
    """
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    headers = {} if since is None else {"If-Modified-Since": since}
    request = urllib.request.Request(address, headers=headers)
    try:
        with opener.open(request, timeout=30) as answer:
            return answer.status, answer.read(), answer.headers["Last-Modified"]
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read(), ""


class TestStaticHost:
    def test_serves_the_calendar_unchanged(self, address: str, tmp_path: Path) -> None:
        """
        A subscriber gets exactly the bytes of the calendar.
        """
        tjun.write(BEFORE.record, "ics", tmp_path / "feed.ics", first_year=2027)
        status, data, _ = fetched(f"{address}/feed.ics")
        assert status == 200
        assert data == tjun.export(BEFORE.record, "ics", first_year=2027)

    def test_answers_not_modified_if_nothing_changed(
        self, address: str, tmp_path: Path
    ) -> None:
        """
        Writing the same calendar again does not make subscribers download it.
        """
        path = tmp_path / "feed.ics"
        assert tjun.write(BEFORE.record, "ics", path, first_year=2027)
        os.utime(path, (1_700_000_000, 1_700_000_000))
        _, data, stamp = fetched(f"{address}/feed.ics")
        assert not tjun.write(BEFORE.record, "ics", path, first_year=2027)
        assert data
        assert fetched(f"{address}/feed.ics", stamp) == (304, b"", "")

    def test_serves_the_new_calendar_after_a_change(
        self, address: str, tmp_path: Path
    ) -> None:
        """
        A subscriber that asks for changes gets a calendar that has changed.
        """
        path = tmp_path / "feed.ics"
        tjun.write(BEFORE.record, "ics", path, first_year=2027)
        os.utime(path, (1_700_000_000, 1_700_000_000))
        _, old, stamp = fetched(f"{address}/feed.ics")
        assert tjun.write(BEFORE.record, "ics", path, first_year=2028)
        status, new, _ = fetched(f"{address}/feed.ics", stamp)
        assert status == 200
        assert new == path.read_bytes() != old


@pytest.fixture(scope="module")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """
    Start a CalDAV server on this machine, and return its port.
    """
    folder = tmp_path_factory.mktemp("radicale")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    options = {
        "config": "",
        "server-hosts": f"127.0.0.1:{port}",
        "storage-filesystem-folder": str(folder / "storage"),
        "auth-type": "none",
    }
    given = [word for name, text in options.items() for word in (f"--{name}", text)]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "radicale", *given], stdout=log, stderr=log
        )
    try:
        _wait_for(server, port, folder / "log")
        yield port
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_for(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    last = time.monotonic() + 60
    while server.poll() is None and time.monotonic() < last:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"Radicale does not respond: {log.read_text()}")


def ask(
    port: int, method: str, path: str, body: bytes = b"", **headers: str
) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    who = base64.b64encode(b"reader:").decode()
    try:
        connection.request(
            method, path, body, {"Authorization": f"Basic {who}", **headers}
        )
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def entries(calendar: bytes | str) -> list[Entry]:
    return [
        Entry(
            str(each["UID"]),
            each["DTSTART"].dt.isoformat(),
            each["DTEND"].dt.isoformat(),
            str(each["SUMMARY"]),
            str(each["DESCRIPTION"]),
        )
        for each in icalendar.Calendar.from_ical(calendar).events
    ]


class TestRadicale:
    @pytest.mark.parametrize("name", FEEDS)
    def test_returns_every_entry(self, radicale: int, name: str) -> None:
        """
        A calendar that was uploaded can be downloaded whole and entry by entry.
        """
        case = FEEDS[name]
        path = f"/reader/{name.replace(' ', '-')}/"
        status, body = ask(
            radicale,
            "PUT",
            path,
            case.calendar(),
            **{"Content-Type": "text/calendar; charset=utf-8"},
        )
        assert (status, body) == (201, b"")
        status, whole = ask(radicale, "GET", path)
        assert status == 200
        assert differences(entries(whole), case.expected())[:5] == []
        status, report = ask(
            radicale,
            "REPORT",
            path,
            ALL_ENTRIES,
            **{"Depth": "1", "Content-Type": "application/xml; charset=utf-8"},
        )
        assert status == 207
        answers = ET.fromstring(report).findall(f"{DAV}response")
        each = [answer.findtext(f".//{CALDAV}calendar-data") for answer in answers]
        found = [entry for text in each if text for entry in entries(text)]
        assert differences(found, case.expected())[:5] == []

    def test_shows_corrections(self, radicale: int) -> None:
        """
        After uploading a corrected feed it has the new entries and no others.
        """
        path, header = "/reader/corrected/", {"Content-Type": "text/calendar"}
        for case in (BEFORE, AFTER):
            assert ask(radicale, "PUT", path, case.calendar(), **header)[0] == 201
            _, whole = ask(radicale, "GET", path)
            assert differences(entries(whole), case.expected()) == []

    def test_keeps_the_name_of_the_calendar(self, radicale: int) -> None:
        """
        The calendar has its name there.
        """
        data = tjun.export(AFTER.record, "ics", name="Солгардҳо, «мо»; \\N")
        path = "/reader/named/"
        assert (
            ask(radicale, "PUT", path, data, **{"Content-Type": "text/calendar"})[0]
            == 201
        )
        query = b'<propfind xmlns="DAV:"><prop><displayname/></prop></propfind>'
        status, found = ask(radicale, "PROPFIND", path, query, Depth="0")
        assert status == 207
        name = ET.fromstring(found).findtext(f".//{DAV}displayname")
        assert name == "Солгардҳо, «мо»; \\N"
