import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from clients.corrections import BEFORE
from serving import served

import tjun


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
