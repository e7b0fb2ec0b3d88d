"""
Any options of `export()`, and any arguments of the command line.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import os
import tempfile
from typing import Any

import atheris

with atheris.instrument_imports(include=["tjun", "cyclopts"]):
    from guard import run

    from tjun import ExportError, NotFoundError, cli, export, load, write

FORMATS = ("ics", "json", "markdown")
OPTIONS = (
    "first_year last_year every month_dates leap_day alarm_days name feed_url"
    " heading_level timeline evry"
).split()
COMMANDS = "upcoming on events show timeline missions disputes sources export".split()
WORDS = (
    "ics json markdown --help --version --format --area --kind --mission --since"
    " --until --text --disputed --according-to --language --record --first-year"
    " --last-year --every --month-dates --leap-day --alarm-days --name --feed-url"
    " --no-plugins --heading-level --timeline --days --on 03-02 2027"
    " 2027-03-02 water un ru 5 -1 0 inf nan 1e400 month skip -- - = --every=5"
).split()
TODAY = dt.date(2027, 3, 2)
FEW = load().select(load().events[:3])


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
    with contextlib.suppress(ExportError, NotFoundError):
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
    out, printed = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    status: object = None
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(printed):
        try:
            cli.main(words)
        except SystemExit as left:
            status = left.code
    errors = printed.getvalue()
    assert status in {0, 1, 2}, (words, status)
    assert "Traceback" not in errors, words
    assert "\x1b" not in errors, words
    assert status == 0 or errors.strip(), words


def target(data: bytes) -> None:
    """
    Call `export()`, or the command line.
    """
    given = atheris.FuzzedDataProvider(data)
    (_call if given.ConsumeBool() else _command)(given)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        few = os.path.join(folder, "few.json")
        write(FEW, "json", few)
        os.environ |= {"COLUMNS": "80", "TJUN_DISABLED_PLUGINS": ""}
        os.environ["TJUN_RECORD"] = (
            few  # The commands read few events, so they are fast.
        )
        run(target)
