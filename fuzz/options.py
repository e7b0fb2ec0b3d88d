"""
Any options: those of `export()`, and the arguments of the command line.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import os
from typing import Any

import atheris

with atheris.instrument_imports(include=["tjun", "cyclopts"]):
    from guard import run

    from tjun import Chronology, ExportError, cli, export, load, writing
    from tjun.cli import exporting, looking, reading

FORMATS = ("ics", "json", "markdown")
OPTIONS = (
    "first_year last_year every month_dates leap_day alarm_days name feed_url"
    " heading_level timeline evry"
).split()
COMMANDS = "upcoming on events show timeline missions disputes sources export".split()
WORDS = (
    "ics json markdown --help --version --json --area --kind --mission --since --until"
    " --text --disputed --according-to --language --record --no-bundled --first-year"
    " --last-year --every --month-dates --leap-day --alarm-days --name --feed-url"
    " --most-mb --no-plugins --heading-level --timeline --days --on 03-02 2027"
    " 2027-03-02 water un ru 5 -1 0 inf nan 1e400 month skip -- - = --every=5"
).split()
EMPTY = Chronology()
TODAY = dt.date(2027, 3, 2)
FEW = load().select(load().events[:3])


def _nowhere(_: Any, made: Any, __: Any) -> None:
    for _piece in made:
        pass


class _Day(dt.date):
    @classmethod
    def today(cls) -> dt.date:
        return TODAY


def _load(*sources: Any, bundled: bool = True) -> Chronology:
    return load(*sources, bundled=False) if sources else FEW if bundled else EMPTY


# Nothing is written, and the same few events are shown whatever is asked for.
exporting._deliver = _nowhere
for module in (exporting, writing):
    module.dt = type("Clock", (), {"date": _Day})
for module in (looking, reading):
    module.load = _load


def _value(given: atheris.FuzzedDataProvider) -> Any:
    likely = ["month", "feb28", "https://x.org", "x", None, 5, 2027, True]
    make = given.PickValueInList(
        [
            lambda: given.ConsumeUnicode(40),
            lambda: given.ConsumeInt(16),
            lambda: given.ConsumeInt(2),
            given.ConsumeFloat,
            given.ConsumeBool,
            lambda: [given.ConsumeUnicode(5)],
            lambda: {given.ConsumeUnicode(5): 1},
            lambda: given.PickValueInList(likely),
        ]
    )
    return make()


def _call(given: atheris.FuzzedDataProvider) -> None:
    options = {
        given.PickValueInList(OPTIONS): _value(given)
        for _ in range(given.ConsumeIntInRange(0, 4))
    }
    language = given.PickValueInList(["en", "ru", "tg", given.ConsumeUnicode(3)])
    name = given.PickValueInList(list(FORMATS))
    with contextlib.suppress(ExportError):
        made = export(FEW, name, language=language, today=TODAY, **options)
        assert isinstance(made, bytes)


def _command(given: atheris.FuzzedDataProvider) -> None:
    words = [given.PickValueInList(COMMANDS)]
    for _ in range(given.ConsumeIntInRange(0, 6)):
        if given.ConsumeBool():
            words.append(given.PickValueInList(WORDS))
        else:
            words.append(given.ConsumeUnicodeNoSurrogates(20).replace("\0", ""))
    if words[0] == "upcoming":
        words = [word for word in words if word != "--days"]  # As many as are wanted.
    out, told = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    status: object = None
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(told):
        try:
            cli.main(words)
        except SystemExit as left:
            status = left.code
    said = told.getvalue()
    assert status in {0, 1, 2}, (words, status)
    assert "Traceback" not in said, words
    assert "\x1b" not in said, words
    assert status == 0 or said.strip(), words


def target(data: bytes) -> None:
    """
    Call `export()`, or the command line.
    """
    given = atheris.FuzzedDataProvider(data)
    (_call if given.ConsumeBool() else _command)(given)


if __name__ == "__main__":
    os.environ["COLUMNS"] = "80"
    os.environ["TJUN_DISABLED_PLUGINS"] = ""
    run(target)
