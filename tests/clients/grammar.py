"""
The grammar of RFC 5545 and RFC 7986, as far as a calendar of all-day entries needs it.

It is stricter than the standard: it rejects what a calendar does not need, and what
some clients read incorrectly.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

__all__ = ["faults"]

_MAX_LINE = 75  # Bytes, without the line break.
_MAX_SUMMARY = 255  # UTF-16 code units.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_LINE = re.compile(
    r"(?P<name>[A-Za-z0-9-]+)"
    r'(?P<params>(?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*)'
    r":(?P<value>.*)",
    re.DOTALL,
)


def _matches(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.DOTALL)
    return lambda value: compiled.fullmatch(value) is not None


def _is_date(value: str) -> bool:
    if re.fullmatch(r"[0-9]{8}", value) is None:
        return False
    try:
        dt.date(int(value[:4]), int(value[4:6]), int(value[6:]))
    except ValueError:
        return False
    return True


def _is_moment(value: str) -> bool:
    day, _, time = value.partition("T")
    hours = r"(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9]|60)Z"
    return _is_date(day) and re.fullmatch(hours, time) is not None


def _is_integer(value: str) -> bool:
    return re.fullmatch(r"[0-9]{1,10}", value) is not None and int(value) < 2**31


_TEXT = r"(?:[^\\;,]|\\[\\;,n])*"
_is_text = _matches(_TEXT)
_is_texts = _matches(rf"{_TEXT}(?:,{_TEXT})*")
_is_duration = _matches(
    r"[+-]?P(?:[0-9]+W|[0-9]+D(?:T[0-9]+[HMS])?|T[0-9]+[HMS])",
)
# RFC 3986, which allows only ASCII.
_is_uri = _matches(
    r"[A-Za-z][A-Za-z0-9+.-]*:"
    r"(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+"
)


class _Property(NamedTuple):
    """
    The value and the parameters of a property, and whether it is required.
    """

    is_value: Callable[[str], bool]
    params: str = ""
    required: bool = False


_PROPERTIES: dict[str, dict[str, _Property]] = {
    "VCALENDAR": {
        "VERSION": _Property(_matches(r"2\.0"), required=True),
        "PRODID": _Property(_is_text, required=True),
        "CALSCALE": _Property(_matches("GREGORIAN")),
        "NAME": _Property(_is_text),
        "DESCRIPTION": _Property(_is_text),
        "REFRESH-INTERVAL": _Property(_is_duration, ";VALUE=DURATION"),
        "SOURCE": _Property(_is_uri, ";VALUE=URI"),
        "X-WR-CALNAME": _Property(_is_text),
        "X-WR-CALDESC": _Property(_is_text),
        "X-PUBLISHED-TTL": _Property(_is_duration),
    },
    "VEVENT": {
        "UID": _Property(_is_text, required=True),
        "DTSTAMP": _Property(_is_moment, required=True),
        "DTSTART": _Property(_is_date, ";VALUE=DATE", required=True),
        "DTEND": _Property(_is_date, ";VALUE=DATE", required=True),
        "SUMMARY": _Property(_is_text, required=True),
        "LAST-MODIFIED": _Property(_is_moment),
        "SEQUENCE": _Property(_is_integer),
        "DESCRIPTION": _Property(_is_text),
        "LOCATION": _Property(_is_text),
        "URL": _Property(_is_uri),
        "CATEGORIES": _Property(_is_texts),
        "CLASS": _Property(_matches("PUBLIC|PRIVATE|CONFIDENTIAL")),
        "STATUS": _Property(_matches("TENTATIVE|CONFIRMED|CANCELLED")),
        "TRANSP": _Property(_matches("TRANSPARENT|OPAQUE")),
        "X-MICROSOFT-CDO-BUSYSTATUS": _Property(_matches("FREE|TENTATIVE|BUSY|OOF")),
    },
    "VALARM": {
        "ACTION": _Property(_matches("DISPLAY"), required=True),
        "DESCRIPTION": _Property(_is_text, required=True),
        "TRIGGER": _Property(_is_duration, required=True),
    },
}
_INSIDE = {"VCALENDAR": None, "VEVENT": "VCALENDAR", "VALARM": "VEVENT"}


def faults(data: bytes) -> list[str]:
    """
    Return the errors in a calendar, each with its line number.

    If the bytes are not valid lines, those are the only errors returned.
    """
    return list(_byte_faults(data)) or _Reader().read(data)


def _byte_faults(data: bytes) -> Iterator[str]:
    if data.startswith(b"\xef\xbb\xbf"):
        yield "1: a byte-order mark"
    if not data.endswith(b"\r\n"):
        yield "the last line has no line break"
    before = b""
    for number, line in enumerate(data.removesuffix(b"\r\n").split(b"\r\n"), 1):
        if b"\r" in line or b"\n" in line:
            yield f"{number}: a line break other than CRLF"
        if len(line) > _MAX_LINE:
            yield f"{number}: {len(line)} bytes"
        if not line.strip():
            yield f"{number}: an empty line"
        try:
            line.decode()
        except UnicodeDecodeError:
            yield f"{number}: not valid UTF-8"
        folded = line.startswith((b" ", b"\t"))
        if folded and (len(before) - len(before.rstrip(b"\\"))) % 2:
            yield f"{number}: a fold inside an escape"
        before = before + line[1:] if folded else line


class _Reader:
    """
    Reads the unfolded lines of one calendar.
    """

    def __init__(self) -> None:
        self._faults: list[str] = []
        self._open: list[tuple[str, dict[str, str]]] = []
        self._uids: set[str] = set()
        self._entries = 0
        self._at = 0

    def read(self, data: bytes) -> list[str]:
        text = data.decode().removesuffix("\r\n").replace("\r\n ", "")
        closed = False
        for self._at, line in enumerate(text.split("\r\n"), 1):
            found = _LINE.fullmatch(line)
            if found is None or _FORBIDDEN.search(line):
                self._report(f"not a content line: {line[:40]!r}")
                continue
            if closed:
                self._report("a line after the end")
            name, params, value = found.groups()
            if name == "BEGIN":
                self._begin(value)
            elif name == "END":
                self._end(value)
                closed = not self._open
            elif not self._open:
                self._report(f"{name} outside a calendar")
            else:
                self._property(name, params, value)
        if self._open:
            self._report(f"{self._open[-1][0]} has no end")
        return self._faults

    def _report(self, what: str) -> None:
        self._faults.append(f"{self._at}: {what}")

    def _begin(self, kind: str) -> None:
        around = self._open[-1][0] if self._open else None
        if kind not in _INSIDE:
            self._report(f"unknown component {kind}")
        elif _INSIDE[kind] != around:
            self._report(f"{kind} inside {around}")
        self._entries += kind == "VEVENT"
        self._open.append((kind, {}))

    def _end(self, kind: str) -> None:
        if not self._open or self._open[-1][0] != kind:
            self._report(f"an end of {kind} without a beginning")
            return
        _, own = self._open.pop()
        known = _PROPERTIES.get(kind, {})
        for name, rule in known.items():
            if rule.required and name not in own:
                self._report(f"{kind} has no {name}")
        if kind == "VEVENT" and own.get("DTEND", "9") <= own.get("DTSTART", "0"):
            self._report("DTEND is not after DTSTART")

    def _property(self, name: str, params: str, value: str) -> None:
        kind, own = self._open[-1]
        rule = _PROPERTIES.get(kind, {}).get(name)
        if rule is None:
            self._report(f"{name} is unknown in {kind}")
            return
        if name in own:
            self._report(f"{name} is a duplicate")
        if kind == "VCALENDAR" and self._entries:
            self._report(f"{name} of the calendar after an entry")
        if params != rule.params:
            self._report(f"{name} has the parameters {params!r}")
        if not rule.is_value(value):
            self._report(f"{name} has the value {value[:60]!r}")
        own[name] = value
        if name == "UID":
            if value in self._uids:
                self._report(f"the UID {value} is a duplicate")
            self._uids.add(value)
        if name == "SUMMARY":
            self._title(value)

    def _title(self, value: str) -> None:
        if re.search(r"(?<!\\)(?:\\\\)*\\n", value):
            self._report("a line break in SUMMARY")
        if len(re.sub(r"\\(.)", r"\1", value).encode("utf-16-le")) > 2 * _MAX_SUMMARY:
            self._report(f"SUMMARY has more than {_MAX_SUMMARY} UTF-16 units")
