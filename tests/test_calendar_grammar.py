import re

import pytest
from clients.calendars import CASES, calendar_of
from clients.grammar import faults
from hypothesis import assume, given
from hypothesis import strategies as st
from making import by
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


# A line, the lines in its place, and the fault.
INVALID = r"""
NAME:A name → NAME → 4: not a content line: 'NAME'
NAME:A name → NÄME:x → 4: not a content line: 'NÄME:x'
NAME:A name → NAME;X:x → 4: not a content line: 'NAME;X:x'
NAME:A name → NAME:ab → 4: not a content line: 'NAME:a\x07b'
NAME:A name → NAME;X=1:x → 4: NAME has the parameters ';X=1'
NAME:A name → NAME:a ¶ NAME:b → 5: NAME is a duplicate
NAME:A name → NAME:a\:b → 4: NAME has the value 'a\\:b'
NAME:A name → NAME:a\Nb → 4: NAME has the value 'a\\Nb'
NAME:A name → NAME:a\ → 4: NAME has the value 'a\\'
NAME:A name → NAME:a,b → 4: NAME has the value 'a,b'
NAME:A name → NAME:a;b → 4: NAME has the value 'a;b'
NAME:A name → LINK:a → 4: LINK is unknown in VCALENDAR
VERSION:2.0 →  → 20: VCALENDAR has no VERSION
VERSION:2.0 → VERSION:1.0 → 2: VERSION has the value '1.0'
PRODID:-//example//example//EN →  → 20: VCALENDAR has no PRODID
REFRESH-INTERVAL;VALUE=DURATION:P1D → REFRESH-INTERVAL:P1D → 5: REFRESH-INTERVAL has the parameters ''
UID:one@example.org →  → 19: VEVENT has no UID
DTSTAMP:20261123T000000Z →  → 19: VEVENT has no DTSTAMP
DTSTAMP:20261123T000000Z → DTSTAMP:20261123T000000 → 8: DTSTAMP has the value '20261123T000000'
DTSTAMP:20261123T000000Z → DTSTAMP:20261123T250000Z → 8: DTSTAMP has the value '20261123T250000Z'
DTSTART;VALUE=DATE:20270302 → DTSTART:20270302 → 9: DTSTART has the parameters ''
DTSTART;VALUE=DATE:20270302 → DTSTART;VALUE=DATE:20270229 → 9: DTSTART has the value '20270229'
DTEND;VALUE=DATE:20270303 → DTEND;VALUE=DATE:2027033 → 10: DTEND has the value '2027033'
DTEND;VALUE=DATE:20270303 → DTEND;VALUE=DATE:20270302 → 20: DTEND is not after DTSTART
DTEND;VALUE=DATE:20270303 →  → 19: VEVENT has no DTEND
SEQUENCE:7 → SEQUENCE:-1 → 12: SEQUENCE has the value '-1'
SEQUENCE:7 → SEQUENCE:2147483648 → 12: SEQUENCE has the value '2147
SEQUENCE:7 → SUMMARY:x → 12: SUMMARY is a duplicate
SEQUENCE:7 → RRULE:FREQ=YEARLY → 12: RRULE is unknown in VEVENT
SEQUENCE:7 → STATUS:MAYBE → 12: STATUS has the value 'MAYBE'
URL:https://example.org/?a=1,2;b=%D2%B7 → URL:https://example.org/ҷ → 13: URL has the value 'https://example.org/ҷ'
URL:https://example.org/?a=1,2;b=%D2%B7 → URL:https://example.org/100% → 13: URL has the value 'https://example.org/100%'
CATEGORIES:Water,Peace\, and stability → CATEGORIES:Water;Peace → 14: CATEGORIES has the value 'Water;Peace'
TRIGGER:-P3D → TRIGGER:-3D → 18: TRIGGER has the value '-3D'
TRIGGER:-P3D →  → 18: VALARM has no TRIGGER
BEGIN:VALARM → BEGIN:VTODO → 15: unknown component VTODO
BEGIN:VALARM → BEGIN:VEVENT → 15: VEVENT inside VEVENT
BEGIN:VCALENDAR →  → 1: VERSION outside a calendar
END:VALARM →  → 19: an end of VEVENT without a beginning
END:VCALENDAR →  → 20: VCALENDAR has no end
END:VCALENDAR → END:VCALENDAR ¶ X:1 → 22: a line after the end
END:VEVENT → END:VEVENT ¶ X-WR-CALNAME:A name → 21: X-WR-CALNAME of the calendar after an entry
NAME:A name → METHOD:PUBLISH → 4: METHOD is unknown in VCALENDAR
NAME:A name → UID:one@example.org → 4: UID is unknown in VCALENDAR
""".strip().split("\n")  # noqa: E501  # A table.


def written(lines: tuple[str, ...] | list[str] = _GOOD) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode()


def with_line(old: str, *new: str) -> bytes:
    at = _GOOD.index(old)
    return written([*_GOOD[:at], *new, *_GOOD[at + 1 :]])


class TestCalendar:
    @pytest.mark.parametrize("name", CASES)
    def test_follows_the_grammar(self, name: str) -> None:
        """
        Every line of every calendar is one that RFC 5545 allows and clients read.
        """
        assert faults(calendar_of(name))[:5] == []

    @given(chronologies(), st.sampled_from(["en", "ru", "tg"]), words())
    def test_of_any_record_follows_the_grammar(
        self, record: Chronology, language: str, name: str
    ) -> None:
        """
        The calendar of any record with anniversaries follows the grammar.
        """
        assume(record.anniversaries(since=1990, until=2004, show="all"))
        data = tjun.export(
            record,
            "ics",
            language=language,
            first_year=1990,
            last_year=2004,
            show="all",
            name=name,
            remind=["1d", "2w"],
        )
        assert faults(data)[:5] == []

    @pytest.mark.parametrize(
        "address",
        ["http://mfa.tj/тҷ/саҳифа?а=б", "https://мфа.тҷ/a", "https://example.org/100%"],
    )
    def test_percent_encodes_addresses(self, address: str) -> None:
        """
        Characters that a URI cannot contain are percent-encoded in addresses.
        """
        source = Source(id="s", title="S", publisher=by("P"), url=address)
        began = Event(
            id="e", title="E", date="1992-03-02", citations=[Citation(source=source)]
        )
        data = tjun.export(
            Chronology(events=[began]), "ics", first_year=2027, feed_url=address
        )
        assert b"\r\nURL:http" in data
        assert faults(data)[:5] == []


class TestFaults:
    def test_valid_calendar_has_none(self) -> None:
        """
        A valid calendar has no errors.
        """
        assert faults(written()) == []

    @pytest.mark.parametrize(
        ("data", "fault"),
        [
            (b"\xef\xbb\xbf" + written(), "1: a byte-order mark"),
            (written().removesuffix(b"\r\n"), "the last line has no line break"),
            (written().replace(b"\r\n", b"\n"), "1: a line break other than CRLF"),
            (
                with_line("SEQUENCE:7", "SEQUENCE:7\nX"),
                "12: a line break other than CRLF",
            ),
            (
                with_line("SEQUENCE:7", "SEQUENCE:7\rX"),
                "12: a line break other than CRLF",
            ),
            (with_line("NAME:A name", "NAME:" + "x" * 71), "4: 76 bytes"),
            (with_line("NAME:A name", "NAME:" + "ҷ" * 36), "4: 77 bytes"),
            (with_line("NAME:A name", "NAME:x", " "), "5: an empty line"),
            (with_line("NAME:A name", ""), "4: an empty line"),
            (
                written().replace(b"A name", b"A \xd2\r\n \xb7"),
                "4: not valid UTF-8",
            ),
            (
                written().replace(b"A name", b"A \xff"),
                "4: not valid UTF-8",
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
    def test_invalid_bytes_are_found(self, data: bytes, fault: str) -> None:
        """
        A byte-order mark and an invalid line break, length or fold are found.
        """
        assert fault in faults(data)

    @pytest.mark.parametrize("case", INVALID)
    def test_invalid_lines_are_found(self, case: str) -> None:
        """
        A line that the standard does not allow is found, with its number.
        """
        old, new, fault = case.split(" → ")
        lines = new.split(" ¶ ") if new else []
        assert any(line.startswith(fault) for line in faults(with_line(old, *lines)))

    @pytest.mark.parametrize(
        ("summary", "fault"),
        [
            ("x\\ny", "11: a line break in SUMMARY"),
            ("x\\\\\\ny", "11: a line break in SUMMARY"),
            ("😀" * 128, "11: SUMMARY has more than 255 UTF-16 units"),
        ],
    )
    def test_invalid_titles_are_found(self, summary: str, fault: str) -> None:
        """
        A title with a line break, or longer than Outlook shows, is found.
        """
        pieces = re.findall(".{1,15}", f"SUMMARY:{summary}")
        lines = [pieces[0], *(f" {piece}" for piece in pieces[1:])]
        assert faults(
            with_line("SUMMARY:One: it began\\, and \\\\n is no break", *lines)
        ) == [fault]

    def test_title_of_the_greatest_length_is_valid(self) -> None:
        """
        A title of 255 UTF-16 code units, not counting backslashes, is valid.
        """
        lines = ["SUMMARY:" + "x" * 60, " " + "x" * 70, " " + "\\," * 35]
        lines += [" " + "x" * 70, " " + "x" * 20]
        old = "SUMMARY:One: it began\\, and \\\\n is no break"
        assert faults(with_line(old, *lines)) == []
