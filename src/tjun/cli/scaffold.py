"""
The commands that write a file or a plugin to start from.
"""

from __future__ import annotations

import datetime as dt
import re
from importlib.resources import files
from pathlib import Path
from shlex import join, quote
from string import Template
from typing import Annotated, Any

from cyclopts import Parameter

from tjun import __version__
from tjun.cli.creating import new_path
from tjun.cli.errors import UsageError
from tjun.cli.output import write_line
from tjun.cli.parameters import SWITCH, RecordOptions
from tjun.errors import TjunError
from tjun.exchange.registry import EXPORTERS, IMPORTERS
from tjun.locales.template import language_template
from tjun.model.tags import canonical_tag
from tjun.model.validators import as_moment
from tjun.plugins.discovery import load_for
from tjun.plugins.registry import PLUGIN_API, Hook
from tjun.recordfiles.registry import RECORDS
from tjun.recordfiles.write import translation_file

__all__ = ["new_language", "new_plugin", "new_record", "new_translation"]

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_ID = re.compile(r"[^a-z0-9]+")
_RECORD = RecordOptions()


def new_record(
    file: Path,
    /,
    *,
    language: Annotated[
        str, Parameter(name=["--language", "-l"], show_default=False)
    ] = "en",
) -> None:
    """
    Write a record file to start from.

    It contains an example of every part of a record.

    Args:
        file: The file to write, such as mine.toml; it must not exist.

        language: The tag of the language in which you write, such as ky.
    """
    _check_suffix(file)
    values = {
        "id": _ID.sub("-", file.stem.lower()).strip("-") or "mine",
        "language": _tag(language, "--language"),
        "revised": _now(),
    }
    text = Template(_template("record.toml")).substitute(values)
    _write_file(file, text, "Edit", [])


def new_translation(
    tag: str, file: Path | None = None, /, *, record: RecordOptions = _RECORD
) -> None:
    """
    Write a translation file to start from.

    It contains every text of the record as a comment, or its translation, if the record
    has one into this language.

    Args:
        tag: The tag of the language, such as uz.

        file: The file to write; by default the tag and .toml. It must not exist.
    """
    name = _tag(tag, "TAG")
    target = Path(f"{name}.toml") if file is None else file
    _check_suffix(target)
    chronology = record.chronology()
    if name == chronology.language:
        msg = f"TAG: the record is in {name!r} already; choose another language"
        raise UsageError(msg)
    lines = translation_file(chronology, name, as_moment(_now()))
    words: list[str] = []
    if chronology.id not in load_for(RECORDS, chronology.id):
        words = [word for each in record.record for word in ("--record", each)]
    text = "".join(f"{line}\n" for line in lines)
    _write_file(target, text, "Translate", words)


def _write_file(file: Path, text: str, what: str, words: list[str]) -> None:
    """
    Write a file, and say what to do with it and how to check it.
    """
    with new_path(file) as path:
        _write(path, text, file)
    command = join(["tjun", "check", str(file), *words])
    write_line(f"Wrote {file}. {what} it, then run: {command}")


def _now() -> str:
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    return now.isoformat().replace("+00:00", "Z")


def new_language(tag: str, file: Path | None = None, /) -> None:
    """
    Write a language file to start from.

    It contains every key, in English, and says where each is used.

    Args:
        tag: The tag of the language, such as ky or pt-BR.

        file: The file to write; by default the tag and .toml. It must not exist.
    """
    name = _tag(tag, "TAG")
    target = Path(f"{name}.toml") if file is None else file
    _check_suffix(target)
    _write_file(target, language_template(name), "Translate", [])


def new_plugin(
    name: str,
    /,
    *,
    importer: Annotated[bool, SWITCH] = False,
    folder: Path | None = None,
) -> None:
    """
    Write a plugin that works, to start from.

    It contains an exporter, or an importer, and its tests.

    Args:
        name: What users will write after `tjun export` or `tjun import`: lower-case
            letters, digits and hyphens.

        importer: Write an importer instead of an exporter.

        folder: The directory to write; by default tjun-NAME. It must not exist.
    """
    if _NAME.fullmatch(name) is None:
        msg = (
            f"NAME: {name!r} is not a name of lower-case letters, digits and single"
            " hyphens that starts with a letter, such as my-format"
        )
        raise UsageError(msg)
    _check_free(IMPORTERS if importer else EXPORTERS, name)
    command, kind = ("import", "importer") if importer else ("export", "exporter")
    module = f"tjun_{name.replace('-', '_')}"
    values = {
        "name": name,
        "module": module,
        "version": __version__,
        "api": str(PLUGIN_API),
        "command": f"{command} {name}{' events.txt' if importer else ''}",
        "summary": f"An {kind} for tjun: {name}.",
    }
    top = Path(f"tjun-{name}") if folder is None else folder
    made = {
        "pyproject.toml": "plugin/pyproject.toml.tmpl",
        "README.md": "plugin/README.md.tmpl",
        f"src/{module}/__init__.py": f"plugin/{kind}.py.tmpl",
        f"tests/test_{module}.py": f"plugin/test_{kind}.py.tmpl",
    }
    with new_path(top) as path:
        for inner, source in made.items():
            text = Template(_template(source)).substitute(values)
            _write(path / inner, text, top / inner)
    write_line(f"Wrote {top}. Install and test it with:")
    write_line(f"  pip install --editable {quote(f'{top}[testing]')}")
    write_line(f"  python -m pytest {quote(str(top))}")


def _check_suffix(file: Path) -> None:
    if file.suffix != ".toml":
        msg = f"FILE: expected a name that ends in .toml, got {str(file)!r}"
        raise UsageError(msg)


def _check_free(hook: Hook[Any], name: str) -> None:
    registry = load_for(hook, name)
    if name in registry:
        owner, noun = registry.owners[name], registry.noun
        msg = f"{owner} already offers an {noun} called {name!r}; choose another name"
        raise TjunError(msg)


def _tag(text: str, option: str) -> str:
    try:
        return canonical_tag(text)
    except ValueError as error:
        msg = f"{option}: {error}"
        raise UsageError(msg) from None


def _template(name: str) -> str:
    return (files("tjun.cli") / "templates" / name).read_text(encoding="utf-8")


def _write(path: Path, text: str, shown: Path) -> None:
    """
    Write a file; error messages contain *shown*, its final path.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        msg = f"cannot write {shown}: {error.strerror}"
        raise TjunError(msg) from error
