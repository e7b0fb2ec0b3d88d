"""
How to write what forms of EDTF mean that a `PartialDate` does not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["way_out"]

_DATE = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"
_PERIOD = "for a period, write its first day as date and its last day as until"
_LONGEST = 100  # Some patterns take quadratic time, and a longer text is no date.
_MONTHS = "write its months, as [1992-03..1992-05]"

# Each pattern has to match the whole text; the first that does decides.
_WAYS_OUT = (
    (r"[Yy]?-[0-9].*", "years before 1 cannot be written"),
    (r"([0-9-]{10})[T ][0-9].*", r"a date has no time; write \1"),
    (r"([0-9]{4})([0-9]{2})([0-9]{2})", r"write \1-\2-\3"),
    (r"([0-9]{4})/([0-9]{2})/([0-9]{2})", r"write \1-\2-\3"),
    (r"[Yy][0-9].*|[0-9]{5,}.*", "a year has four digits"),
    (rf"(?:\.\.|unknown|open)?/({_DATE})", rf"{_PERIOD}; for not later, write [..\1]"),
    (
        rf"({_DATE})/(?:\.\.|unknown|open)?",
        rf"{_PERIOD}; for not earlier, write [\1..]",
    ),
    (rf"({_DATE})/({_DATE})", r'for a period, write date = "\1" and until = "\2"'),
    (r".*/.*", _PERIOD),
    (r"\{.*", "these are several dates; write one event for each"),
    (
        r"\[.*[~?%].*",
        "an interval is approximate already; write its ends without a mark",
    ),
    (r"\[([^,.]*)\]", r"write a single date without brackets, as \1"),
    (r"\[.*,.*", "write only the first and the last date, as [1992-03..1992-05]"),
    (r"\[.*", "write an interval of days, months or years, as [1992-03..1992-05]"),
    (r".*\?.*", "remove ? and write verified = false in the citation, or a reason"),
    (r".*%.*", "for an approximate date, write ~ at the end"),
    (r"([0-9]{4}-2[1-4]|[0-9]{3}X)~", r"it is approximate already; write \1"),
    (r"([0-9]{2})XX~?", r"write [\g<1>00..\g<1>99]"),
    (r"([0-9])XXX~?", r"write [\g<1>000..\g<1>999]"),
    (r".*~.*", "write ~ once, after the whole date, as 1992-03~"),
    (r"([0-9]{4})-[Xxu]{2}(?:-[Xxu]{2})?", r"write \1"),
    (r"([0-9]{4}-(?:0[1-9]|1[0-2]))-[Xxu]{2}", r"write \1"),
    (r"([0-9]{3})[xu]", r"write \1X"),
    (
        r"(?=.*[0-9])[0-9Xxu-]*[Xxu][0-9Xxu-]*",
        "only the last digit of a year can be unknown, as in 199X",
    ),
    (r"X[X-]*", "a date needs at least a decade, as in 199X"),
    *((rf"([0-9]{{4}})-{code}", rf"write \1-{code - 4}") for code in range(25, 29)),
    (r"[0-9]{4}-(?:29|3[0-2])|[0-9]{4}-2[1-4]\^.*", _MONTHS),
    *(
        (rf"([0-9]{{4}})-{first_code + part}", rf"write [\1-{low:02}..\1-{high:02}]")
        for first_code, length in ((33, 3), (37, 4), (40, 6))
        for part in range(12 // length)
        for low, high in [(part * length + 1, (part + 1) * length)]
    ),
    (r"[0-9]+S[0-9]+", "for an approximate date, write ~ at the end"),
    (
        r"[0-9]{4}-(?:[0-9](?:-[0-9]{1,2})?|[0-9]{2}-[0-9])",
        "write the month and the day with two digits, as 1992-03-02",
    ),
)


def way_out(text: str) -> str | None:
    """
    Return what to write instead of *text*, or `None` if that is not known.
    """
    return None if len(text) > _LONGEST else next(_ways_out(text), None)


def _ways_out(text: str) -> Iterator[str]:
    for pattern, remedy in _WAYS_OUT:
        match = re.fullmatch(pattern, text)
        if match is not None:
            yield match.expand(remedy)
