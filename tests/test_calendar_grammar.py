import re

import pytest
from clients.calendars import CASES, octets_of
from clients.grammar import faults
from hypothesis import given
from hypothesis import strategies as st
from strategies import chronologies, words

import tjun
from tjun import Chronology, Citation, Event, Source

_GOOD = (
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//example//example//EN",
    "NAME:A name",
    "REFRESH-INTERVAL;VALUE=DURATION:P1D",
    "BEGIN:VEVENT",
    "UID:one@example.org",
    "DTSTAMP:20261123T000000Z",
    "DTSTART;VALUE=DATE:20270302",
    "DTEND;VALUE=DATE:20270303",
    "SUMMARY:One: it began\\, and \\\\n is no break",
    "SEQUENCE:7",
    "URL:https://example.org/?a=1,2;b=%D2%B7",
    "CATEGORIES:Water,Peace\\, and stability",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    "DESCRIPTION:One",
    "TRIGGER:-P3D",
    "END:VALARM",
    "END:VEVENT",
    "END:VCALENDAR",
)


def written(lines: tuple[str, ...] | list[str] = _GOOD) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode()


def with_line(old: str, *new: str) -> bytes:
    at = _GOOD.index(old)
    return written([*_GOOD[:at], *new, *_GOOD[at + 1 :]])


class TestCalendar:
    @pytest.mark.parametrize("name", CASES)
    def test_keeps_the_grammar(self, name: str) -> None:
        """
        Every line of every calendar is one that RFC 5545 allows and clients read.
        """
        assert faults(octets_of(name))[:5] == []

    @given(chronologies(), st.sampled_from(["en", "ru", "tg"]), words())
    def test_of_any_record_keeps_the_grammar(
        self, record: Chronology, language: str, name: str
    ) -> None:
        """
        Whatever a record holds, its calendar keeps the grammar.
        """
        data = tjun.export(
            record,
            "ics",
            language=language,
            first_year=1990,
            last_year=2004,
            name=name,
            alarm_days=1,
        )
        assert faults(data)[:5] == []

    @pytest.mark.parametrize(
        "address",
        ["http://mfa.tj/тҷ/саҳифа?а=б", "https://мфа.тҷ/a", "https://example.org/100%"],
    )
    def test_has_only_addresses_that_are_uris(self, address: str) -> None:
        """
        An address that has more than a URI may have is written as one.
        """
        source = Source(id="s", title="S", publisher="P", url=address)
        began = Event(
            id="e", title="E", date="1992-03-02", citations=[Citation(source=source)]
        )
        data = tjun.export(
            Chronology(events=[began]), "ics", first_year=2027, feed_url=address
        )
        assert b"\r\nURL:http" in data
        assert faults(data)[:5] == []


class TestFaults:
    def test_good_calendar_has_none(self) -> None:
        """
        A calendar that keeps the rules has no fault.
        """
        assert faults(written()) == []

    @pytest.mark.parametrize(
        ("data", "fault"),
        [
            (b"\xef\xbb\xbf" + written(), "1: a byte-order mark"),
            (written().removesuffix(b"\r\n"), "the last line has no break"),
            (written().replace(b"\r\n", b"\n"), "1: a line break that is not CRLF"),
            (
                with_line("SEQUENCE:7", "SEQUENCE:7\nX"),
                "12: a line break that is not CRLF",
            ),
            (
                with_line("SEQUENCE:7", "SEQUENCE:7\rX"),
                "12: a line break that is not CRLF",
            ),
            (with_line("NAME:A name", "NAME:" + "x" * 71), "4: 76 octets"),
            (with_line("NAME:A name", "NAME:" + "ҷ" * 36), "4: 77 octets"),
            (with_line("NAME:A name", "NAME:x", " "), "5: an empty line"),
            (with_line("NAME:A name", ""), "4: an empty line"),
            (
                written().replace(b"A name", b"A \xd2\r\n \xb7"),
                "4: a piece of a character, or no UTF-8",
            ),
            (
                written().replace(b"A name", b"A \xff"),
                "4: a piece of a character, or no UTF-8",
            ),
            (
                with_line("NAME:A name", "NAME:A \\", " n"),
                "5: a fold inside an escape",
            ),
            (
                with_line("NAME:A name", "NAME:A \\\\\\", " \\n"),
                "5: a fold inside an escape",
            ),
        ],
    )
    def test_broken_octets_are_found(self, data: bytes, fault: str) -> None:
        """
        A mark, a break, a length or a fold that clients stumble over is found.
        """
        assert fault in faults(data)

    @pytest.mark.parametrize(
        ("old", "new", "fault"),
        [
            ("NAME:A name", ["NAME"], "4: no content line: 'NAME'"),
            ("NAME:A name", ["NÄME:x"], "4: no content line: 'NÄME:x'"),
            ("NAME:A name", ["NAME;X:x"], "4: no content line: 'NAME;X:x'"),
            ("NAME:A name", ["NAME:a\x07b"], "4: no content line: 'NAME:a\\x07b'"),
            ("NAME:A name", ["NAME;X=1:x"], "4: NAME has the parameters ';X=1'"),
            ("NAME:A name", ["NAME:a", "NAME:b"], "5: NAME stands twice"),
            ("NAME:A name", ["NAME:a\\:b"], "4: NAME cannot be 'a\\\\:b'"),
            ("NAME:A name", ["NAME:a\\Nb"], "4: NAME cannot be 'a\\\\Nb'"),
            ("NAME:A name", ["NAME:a\\"], "4: NAME cannot be 'a\\\\'"),
            ("NAME:A name", ["NAME:a,b"], "4: NAME cannot be 'a,b'"),
            ("NAME:A name", ["NAME:a;b"], "4: NAME cannot be 'a;b'"),
            ("NAME:A name", ["LINK:a"], "4: LINK is unknown in VCALENDAR"),
            ("VERSION:2.0", [], "20: VCALENDAR has no VERSION"),
            ("VERSION:2.0", ["VERSION:1.0"], "2: VERSION cannot be '1.0'"),
            ("PRODID:-//example//example//EN", [], "20: VCALENDAR has no PRODID"),
            (
                "REFRESH-INTERVAL;VALUE=DURATION:P1D",
                ["REFRESH-INTERVAL:P1D"],
                "5: REFRESH-INTERVAL has the parameters ''",
            ),
            ("UID:one@example.org", [], "19: VEVENT has no UID"),
            ("DTSTAMP:20261123T000000Z", [], "19: VEVENT has no DTSTAMP"),
            (
                "DTSTAMP:20261123T000000Z",
                ["DTSTAMP:20261123T000000"],
                "8: DTSTAMP cannot be '20261123T000000'",
            ),
            (
                "DTSTAMP:20261123T000000Z",
                ["DTSTAMP:20261123T250000Z"],
                "8: DTSTAMP cannot be '20261123T250000Z'",
            ),
            (
                "DTSTART;VALUE=DATE:20270302",
                ["DTSTART:20270302"],
                "9: DTSTART has the parameters ''",
            ),
            (
                "DTSTART;VALUE=DATE:20270302",
                ["DTSTART;VALUE=DATE:20270229"],
                "9: DTSTART cannot be '20270229'",
            ),
            (
                "DTEND;VALUE=DATE:20270303",
                ["DTEND;VALUE=DATE:2027033"],
                "10: DTEND cannot be '2027033'",
            ),
            (
                "DTEND;VALUE=DATE:20270303",
                ["DTEND;VALUE=DATE:20270302"],
                "20: DTEND is not after DTSTART",
            ),
            ("DTEND;VALUE=DATE:20270303", [], "19: VEVENT has no DTEND"),
            ("SEQUENCE:7", ["SEQUENCE:-1"], "12: SEQUENCE cannot be '-1'"),
            ("SEQUENCE:7", ["SEQUENCE:2147483648"], "12: SEQUENCE cannot be '2147"),
            ("SEQUENCE:7", ["SUMMARY:x"], "12: SUMMARY stands twice"),
            ("SEQUENCE:7", ["RRULE:FREQ=YEARLY"], "12: RRULE is unknown in VEVENT"),
            ("SEQUENCE:7", ["STATUS:MAYBE"], "12: STATUS cannot be 'MAYBE'"),
            (
                "URL:https://example.org/?a=1,2;b=%D2%B7",
                ["URL:https://example.org/ҷ"],
                "13: URL cannot be 'https://example.org/ҷ'",
            ),
            (
                "URL:https://example.org/?a=1,2;b=%D2%B7",
                ["URL:https://example.org/100%"],
                "13: URL cannot be 'https://example.org/100%'",
            ),
            (
                "CATEGORIES:Water,Peace\\, and stability",
                ["CATEGORIES:Water;Peace"],
                "14: CATEGORIES cannot be 'Water;Peace'",
            ),
            ("TRIGGER:-P3D", ["TRIGGER:-3D"], "18: TRIGGER cannot be '-3D'"),
            ("TRIGGER:-P3D", [], "18: VALARM has no TRIGGER"),
            ("BEGIN:VALARM", ["BEGIN:VTODO"], "15: unknown component VTODO"),
            ("BEGIN:VALARM", ["BEGIN:VEVENT"], "15: VEVENT inside VEVENT"),
            ("BEGIN:VCALENDAR", [], "1: VERSION outside a calendar"),
            ("END:VALARM", [], "19: an end of VEVENT that does not begin"),
            ("END:VCALENDAR", [], "20: VCALENDAR has no end"),
            ("END:VCALENDAR", ["END:VCALENDAR", "X:1"], "22: a line after the end"),
            (
                "END:VEVENT",
                ["END:VEVENT", "METHOD:PUBLISH"],
                "21: METHOD of the calendar after an entry",
            ),
            (
                "END:VEVENT",
                ["END:VEVENT", *_GOOD[5:20]],
                "22: the UID one@example.org stands twice",
            ),
            (
                "NAME:A name",
                ["UID:one@example.org"],
                "7: the UID one@example.org stands twice",
            ),
        ],
    )
    def test_broken_lines_are_found(self, old: str, new: list[str], fault: str) -> None:
        """
        A line that the standard does not allow is found, and told by its number.
        """
        assert any(told.startswith(fault) for told in faults(with_line(old, *new)))

    @pytest.mark.parametrize(
        ("summary", "fault"),
        [
            ("x\\ny", "11: a line break in SUMMARY"),
            ("x\\\\\\ny", "11: a line break in SUMMARY"),
            ("😀" * 128, "11: SUMMARY has more than 255 UTF-16 units"),
        ],
    )
    def test_broken_titles_are_found(self, summary: str, fault: str) -> None:
        """
        A title of more than one line, or longer than Outlook shows, is found.
        """
        pieces = re.findall(".{1,15}", f"SUMMARY:{summary}")
        lines = [pieces[0], *(f" {piece}" for piece in pieces[1:])]
        assert faults(
            with_line("SUMMARY:One: it began\\, and \\\\n is no break", *lines)
        ) == [fault]

    def test_title_as_long_as_outlook_shows_is_none(self) -> None:
        """
        A title of 255 units, escapes not counting, has no fault.
        """
        lines = ["SUMMARY:" + "x" * 60, " " + "x" * 70, " " + "\\," * 35]
        lines += [" " + "x" * 70, " " + "x" * 20]
        old = "SUMMARY:One: it began\\, and \\\\n is no break"
        assert faults(with_line(old, *lines)) == []
