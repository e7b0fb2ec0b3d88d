"""
The commands that check files and describe their formats.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal

from tjun.chronology.chronology import Chronology
from tjun.chronology.comparing import Change
from tjun.chronology.comparing import diff as compare
from tjun.cli.columns import View, row
from tjun.cli.days import day_or_today
from tjun.cli.output import write_json, write_line
from tjun.cli.parameters import DAY, MANY, SWITCH, PageOptions, RecordOptions
from tjun.cli.rows import CHANGE, output_schema
from tjun.errors import DataError, Fault, TjunError
from tjun.exchange.loading import DEFAULT, load
from tjun.locales.available import language as find_language
from tjun.locales.language import Language
from tjun.model.links import SECTIONS, singular
from tjun.recordfiles.check import compare_editions, find_warnings, untranslated
from tjun.recordfiles.files import FORMATS, read
from tjun.recordfiles.json_schema import schema as record_schema

_TRANSLATIONS = "record.translations"  # Where warnings about them are.
_PAGE = PageOptions()
_RECORD = RecordOptions()


def check(
    *paths: Path,
    record: Annotated[tuple[str, ...], MANY] = (),
    strict: Annotated[bool, SWITCH] = False,
    against: str | None = None,
    today: Annotated[str | None, DAY] = None,
) -> None:
    """
    Check record files and language files.

    Reports everything that is wrong, with its location, then warnings. Without a file,
    checks the default record.

    Args:
        paths: Directories and files (.toml or .json) of a record, and language files.

        record: The name or the file of a record that they add to; may be repeated.

        strict: Fail if there are warnings, too.

        against: The name, the directory or the file of the edition before this one.
            Fails if something changed and readers would not notice.

        today: The day by which announced events should have taken place; by default
            today.
    """
    day = day_or_today(today, "--today", find_language("en"))
    languages = [path for path in paths if _describes_a_language(path)]
    records = [str(path) for path in paths if path not in languages]
    faults: list[Fault] = []
    good: list[str] = []
    for path in languages:
        try:
            good.append(_describe_language(path, Language.load(path)))
        except DataError as error:
            faults += error.faults
    warnings: list[Fault] = []
    notes: list[str] = []
    if records or record or not paths:
        sources = [*record, *records] or [os.environ.get("TJUN_RECORD", DEFAULT)]
        try:
            chronology = load(*sources)
        except DataError as error:
            faults += error.faults
        else:
            if against is not None:
                faults += compare_editions(load(against), chronology)
            found = find_warnings(chronology, today=day)
            if _supplement(records):
                # It is newer than the translations of the record that it extends.
                found = (each for each in found if each.path != _TRANSLATIONS)
            warnings += found
            good.append(f"{', '.join(sources)}: {_counts(chronology)}")
            notes += _untranslated(chronology)
    _report(
        faults,
        warnings,
        [f"No errors in {each}." for each in good] + notes,
        strict=strict,
    )


def _report(
    faults: Sequence[Fault],
    warnings: Sequence[Fault],
    good: Sequence[str],
    *,
    strict: bool,
) -> None:
    if faults:
        raise DataError(faults)
    for each in good:
        write_line(each)
    for warning in warnings:
        write_line(f"Warning: {warning}")
    if warnings and strict:
        count = f"{len(warnings)} warning{'s' if len(warnings) > 1 else ''}"
        msg = f"{count}; without --strict, warnings are only shown"
        raise TjunError(msg)


def _describes_a_language(path: Path) -> bool:
    """
    Return whether a file says that it is a language file, valid or not.
    """
    if path.suffix != ".toml":
        return False
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return False  # Reported when it is read as a record.
    try:
        content = FORMATS["toml"](text)  # It limits the parts of a key.
    except (ValueError, RecursionError):
        first = next((each for each in text.splitlines() if "=" in each), "")
        return first.partition("=")[0].strip() == "language"
    return "language" in content and "format" not in content


def _supplement(paths: Iterable[str]) -> bool:
    """
    Return whether one of the files is a supplement.
    """
    contents = [each.content for path in paths for each in read(path)]
    return any("extends" in (each or ()) for each in contents)  # A table has none.


def _describe_language(path: Path, language: Language) -> str:
    missing = len(language.missing)
    more = f"; {missing} labels are not translated" if missing else ""
    return f"{path}: the language {language.name} ({language.tag}){more}"


def _untranslated(chronology: Chronology) -> Iterator[str]:
    for language, lacking, total in untranslated(chronology):
        if lacking:
            yield (
                f"Note: {len(lacking)} of {total} texts are not translated into"
                f" {language!r}; the first is {lacking[0]}."
            )


def _counts(chronology: Chronology) -> str:
    return ", ".join(
        f"{(many := len(getattr(chronology, section)))} "
        f"{singular(kind) if many == 1 else section}"
        for section, kind in SECTIONS.items()
    )


def diff(
    old: str,
    new: str | None = None,
    /,
    *,
    output: PageOptions = _PAGE,
    record: RecordOptions = _RECORD,
) -> None:
    """
    Compare two editions of a record.

    Entries are compared by their ids, field by field.

    Args:
        old: The name or the file of the older edition.

        new: That of the newer edition; by default, the record that is read.
    """
    before = load(old)
    after = record.chronology() if new is None else load(new)
    changes = compare(before, after)
    if output.format == "json":
        view = View(language=output.language)
        write_json([row(CHANGE, each, view) for each in changes])
        return
    from tjun.cli.pages import Line  # noqa: PLC0415  # Imports rich.

    lines = [Line(*_described(each)) for each in changes]
    output.output.page(lines or [Line("No differences.")])


def _described(change: Change) -> tuple[str, int, str, str]:
    what = f"{change.kind} {change.id}".rstrip()
    if change.field is not None:
        values = f"{_value(change.before)} → {_value(change.after)}"
        return f"  {what}, {change.field}: {values}", 0, "", ""
    if change.before is None:
        return f"+ {what}", 0, "", "green"
    return f"- {what}", 0, "", "red"


def _value(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def schema(what: Literal["record", "output"] = "record", /) -> None:
    """
    Print the JSON Schema of record files.

    Args:
        what: `record`, or `output` for what commands print with `--format json`.
    """
    if what == "output":
        write_json(output_schema())
    else:
        write_json(record_schema())
