"""
Feed random input to the readers: `python fuzz/fuzz.py TARGET fuzz/corpus/TARGET`.

Further arguments are libFuzzer's, such as `-max_total_time=60`. An input fails if it
raises anything but a clear error or takes more than five seconds per megabyte.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import atheris

FORMATS = ("json", "ics", "markdown", "html", "csl", "bibtex")

# Modules are imported on first use, and only what is imported here is instrumented.
with atheris.instrument_imports(include=["tjun"]):
    import tjun

    RECORD = tjun.load().select(tjun.load().events[:3])
    for each in FORMATS:
        tjun.export(RECORD, each)
    RECORD.translated({"format": 2, "translates": RECORD.id, "language": "ru"})


def dates(data: bytes) -> None:
    """
    A date is read and written back the same, or refused.
    """
    text = data.decode("utf-8", "surrogateescape")
    date = tjun.PartialDate.parse(text)
    assert tjun.PartialDate.parse(str(date)) == date
    first, last = date.extent
    assert date.reach[0] <= first <= last <= date.reach[1]
    assert date.agrees_with(date)
    assert not date.precedes(date)


def languages(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "language.toml")
        path.write_bytes(data)
        language = tjun.Language.load(path)
    for number in range(150):
        assert language.ordinal(number)
        assert language.anniversary(number)
    assert tjun.export(RECORD, "html", language=language)


def translations(data: bytes) -> None:
    """
    A translation is refused, or the translated record can be written and read back.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "translation.toml")
        path.write_bytes(data)
        record = RECORD.translated(path)
    assert tjun.loads(tjun.export(record, "json").decode(), "json") == record


def records_toml(data: bytes) -> None:
    """
    A record is refused, or its JSON reads back equal.
    """
    record = tjun.loads(data.decode("utf-8", "surrogateescape"), "toml")
    assert tjun.loads(tjun.export(record, "json").decode(), "json") == record


def records_json(data: bytes) -> None:
    """
    A record is refused, or every format can be written, or says why it cannot.
    """
    record = tjun.loads(data.decode("utf-8", "surrogateescape"), "json")
    for name in FORMATS:
        tjun.export(record, name)


TARGETS = {
    "dates": (dates, ValueError),
    "languages": (languages, tjun.TjunError),
    "translations": (translations, tjun.TjunError),
    "records_toml": (records_toml, tjun.TjunError),
    "records_json": (records_json, tjun.TjunError),
}


def main() -> None:
    target, allowed = TARGETS[sys.argv.pop(1)]

    def one(data: bytes) -> None:
        begun = time.process_time()
        try:
            target(data)
        except allowed as error:
            str(error)  # Its message must not fail either.
        assert time.process_time() - begun < 5 * max(0.4, len(data) / 1e6)

    atheris.Setup(sys.argv, one, enable_python_coverage=True)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
