"""
The grammar of RFC 5545, and of RFC 7986, as far as a calendar of whole days needs.

It is stricter than the standard where clients are: what none of them has to read is
not let through, and neither is what some of them read wrong.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

__all__ = ["faults"]

_LONGEST = 75  # Octets of a line, without its break.
_LONGEST_SUMMARY = 255  # UTF-16 units.
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
# RFC 3986, which knows ASCII only.
_is_uri = _matches(
    r"[A-Za-z][A-Za-z0-9+.-]*:"
    r"(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+"
)


class _Property(NamedTuple):
    """
    What a property may be: its value, its parameter, and whether it has to be.
    """

    is_value: Callable[[str], bool]
    params: str = ""
    needed: bool = False


_PROPERTIES: dict[str, dict[str, _Property]] = {
    "VCALENDAR": {
        "VERSION": _Property(_matches(r"2\.0"), needed=True),
        "PRODID": _Property(_is_text, needed=True),
        "CALSCALE": _Property(_matches("GREGORIAN")),
        "METHOD": _Property(_matches("PUBLISH")),
        "UID": _Property(_is_text),
        "NAME": _Property(_is_text),
        "DESCRIPTION": _Property(_is_text),
        "REFRESH-INTERVAL": _Property(_is_duration, ";VALUE=DURATION"),
        "SOURCE": _Property(_is_uri, ";VALUE=URI"),
        "X-WR-CALNAME": _Property(_is_text),
        "X-WR-CALDESC": _Property(_is_text),
        "X-PUBLISHED-TTL": _Property(_is_duration),
    },
    "VEVENT": {
        "UID": _Property(_is_text, needed=True),
        "DTSTAMP": _Property(_is_moment, needed=True),
        "DTSTART": _Property(_is_date, ";VALUE=DATE", needed=True),
        "DTEND": _Property(_is_date, ";VALUE=DATE", needed=True),
        "SUMMARY": _Property(_is_text, needed=True),
        "LAST-MODIFIED": _Property(_is_moment),
        "SEQUENCE": _Property(_is_integer),
        "DESCRIPTION": _Property(_is_text),
        "URL": _Property(_is_uri),
        "CATEGORIES": _Property(_is_texts),
        "CLASS": _Property(_matches("PUBLIC|PRIVATE|CONFIDENTIAL")),
        "STATUS": _Property(_matches("TENTATIVE|CONFIRMED|CANCELLED")),
        "TRANSP": _Property(_matches("TRANSPARENT|OPAQUE")),
        "X-MICROSOFT-CDO-BUSYSTATUS": _Property(_matches("FREE|TENTATIVE|BUSY|OOF")),
    },
    "VALARM": {
        "ACTION": _Property(_matches("DISPLAY"), needed=True),
        "DESCRIPTION": _Property(_is_text, needed=True),
        "TRIGGER": _Property(_is_duration, needed=True),
    },
}
_INSIDE = {"VCALENDAR": None, "VEVENT": "VCALENDAR", "VALARM": "VEVENT"}


def faults(data: bytes) -> list[str]:
    """
    Return what is wrong with a calendar, each with the number of its line.

    Lines that cannot be told apart or read are all that is told of.
    """
    return list(_octet_faults(data)) or _Reader().read(data)


def _octet_faults(data: bytes) -> Iterator[str]:
    if data.startswith(b"\xef\xbb\xbf"):
        yield "1: a byte-order mark"
    if not data.endswith(b"\r\n"):
        yield "the last line has no break"
    before = b""
    for number, line in enumerate(data.removesuffix(b"\r\n").split(b"\r\n"), 1):
        if b"\r" in line or b"\n" in line:
            yield f"{number}: a line break that is not CRLF"
        if len(line) > _LONGEST:
            yield f"{number}: {len(line)} octets"
        if not line.strip():
            yield f"{number}: an empty line"
        try:
            line.decode()
        except UnicodeDecodeError:
            yield f"{number}: a piece of a character, or no UTF-8"
        folded = line.startswith((b" ", b"\t"))
        if folded and (len(before) - len(before.rstrip(b"\\"))) % 2:
            yield f"{number}: a fold inside an escape"
        before = before + line[1:] if folded else line


class _Reader:
    """
    Reads the unfolded lines of one calendar.
    """

    def __init__(self) -> None:
        self._told: list[str] = []
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
                self._tell(f"no content line: {line[:40]!r}")
                continue
            if closed:
                self._tell("a line after the end")
            name, params, value = found.groups()
            if name == "BEGIN":
                self._begin(value)
            elif name == "END":
                self._end(value)
                closed = not self._open
            elif not self._open:
                self._tell(f"{name} outside a calendar")
            else:
                self._property(name, params, value)
        if self._open:
            self._tell(f"{self._open[-1][0]} has no end")
        return self._told

    def _tell(self, what: str) -> None:
        self._told.append(f"{self._at}: {what}")

    def _begin(self, kind: str) -> None:
        around = self._open[-1][0] if self._open else None
        if kind not in _INSIDE:
            self._tell(f"unknown component {kind}")
        elif _INSIDE[kind] != around:
            self._tell(f"{kind} inside {around}")
        self._entries += kind == "VEVENT"
        self._open.append((kind, {}))

    def _end(self, kind: str) -> None:
        if not self._open or self._open[-1][0] != kind:
            self._tell(f"an end of {kind} that does not begin")
            return
        _, own = self._open.pop()
        known = _PROPERTIES.get(kind, {})
        for name, rule in known.items():
            if rule.needed and name not in own:
                self._tell(f"{kind} has no {name}")
        if kind == "VEVENT" and own.get("DTEND", "9") <= own.get("DTSTART", "0"):
            self._tell("DTEND is not after DTSTART")

    def _property(self, name: str, params: str, value: str) -> None:
        kind, own = self._open[-1]
        rule = _PROPERTIES.get(kind, {}).get(name)
        if rule is None:
            self._tell(f"{name} is unknown in {kind}")
            return
        if name in own:
            self._tell(f"{name} stands twice")
        if kind == "VCALENDAR" and self._entries:
            self._tell(f"{name} of the calendar after an entry")
        if params != rule.params:
            self._tell(f"{name} has the parameters {params!r}")
        if not rule.is_value(value):
            self._tell(f"{name} cannot be {value[:60]!r}")
        own[name] = value
        if name == "UID":
            if value in self._uids:
                self._tell(f"the UID {value} stands twice")
            self._uids.add(value)
        if name == "SUMMARY":
            self._title(value)

    def _title(self, value: str) -> None:
        if re.search(r"(?<!\\)(?:\\\\)*\\n", value):
            self._tell("a line break in SUMMARY")
        if (
            len(re.sub(r"\\(.)", r"\1", value).encode("utf-16-le"))
            > 2 * _LONGEST_SUMMARY
        ):
            self._tell(f"SUMMARY has more than {_LONGEST_SUMMARY} UTF-16 units")
