"""
Fill in the parts of the documentation that are generated from the code.

    python docs/generate.py            updates the files
    python docs/generate.py --check    only lists files that are out of date

In a page, the text between two such comments is replaced:

    <!-- generated: commands -->
    <!-- end -->

The diagram of the packages is a file of its own.
"""

from __future__ import annotations

import ast
import functools
import inspect
import itertools
import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, get_args, get_type_hints
from unittest import mock

import attrs

import tjun
from tjun.cli import application
from tjun.cli.columns import in_tsv
from tjun.cli.parameters import EVENTS
from tjun.cli.rows import LISTINGS
from tjun.exchange.options import descriptions_of
from tjun.model.entities import Citation, Correction
from tjun.model.header import Header
from tjun.model.links import SECTIONS, singular
from tjun.model.missions import Post
from tjun.plugins import hooks as specifications

DOCS = Path(__file__).parent
ROOT = DOCS.parent
sys.path.insert(0, str(DOCS))
from imports import diagram  # noqa: E402  # It is next to this file.

_PLACE = re.compile(
    r"(<!-- generated: (?P<what>[a-z ]+) -->\n).*?(<!-- end -->)", re.DOTALL
)


_OPTION = re.compile(r"^\* .*\n(?:  +.*\n)*", re.MULTILINE)


def generated() -> dict[Path, str]:
    """
    Return the text that each generated or partly generated file should have.
    """
    texts = {DOCS / "pictures" / "packages.svg": diagram(ROOT / "src" / "tjun")}
    for path in sorted(DOCS.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        if _PLACE.search(text):
            texts[path] = _PLACE.sub(_filled, text)
    return texts


def _filled(match: re.Match[str]) -> str:
    what, _, rest = match["what"].partition(" of ")
    text = _MAKERS[what](*filter(None, [rest]))
    return f"{match[1]}\n{text.strip()}\n\n{match[3]}"


def commands() -> str:
    """
    Return every command with its arguments and options.
    """
    with mock.patch.object(sys, "argv", ["tjun"]):  # It appears in the usage.
        exporting, others = (
            application(words, summaries=False).generate_docs("markdown")
            for words in (["export", "--no-plugins"], [])
        )
    export = exporting[exporting.index("## tjun export") :]
    first, last = others.index("## tjun upcoming"), others.index("## tjun --install")
    text = f"{export}\n{others[first:last]}".replace(f"{EVENTS.help}\n\n", "")
    text = re.sub(r"\n\*\*Commands\*\*:\n\n(?:\* .*\n)+", "\n", text)
    text = re.sub(r"\n\*\*Formats\*\*:\n\n(?:\* .*\n)+", "\n", text)
    text = re.sub(r"^(#+) (tjun .*)$", r"\1 `\2`", text, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", _described_once(text))


def _described_once(text: str) -> str:
    """
    Return *text* with the options of many commands in one place, before the commands.
    """
    parts = ["## Options that many commands have"]
    for group in ("Which events", "Output", "Which record"):
        pattern = re.compile(rf"(?<=\n\*\*{group}\*\*:\n\n)(?:\* .*\n(?:  +.*\n)*)+")
        found = [_OPTION.findall(entries) for entries in pattern.findall(text)]
        count = Counter(itertools.chain.from_iterable(found))
        shared = [entry for entry in count if count[entry] > len(found) / 3]
        parts += [f"### {group}", "".join(shared)]
        replace = functools.partial(_shortened, group=group, shared=shared)
        text = pattern.sub(replace, text)
    return "\n\n".join([*parts, text])


def _shortened(match: re.Match[str], *, group: str, shared: Sequence[str]) -> str:
    """
    Return the options of one command, with only the names of those in *shared*.
    """
    entries = _OPTION.findall(match[0])
    own = [entry for entry in entries if entry not in shared]
    names = [entry.split("`")[1] for entry in entries if entry in shared]
    short = ", ".join(re.sub(r" [^-]\S*$", "", name) for name in names)
    where = f"#{group.lower().replace(' ', '-')}"
    return "".join([*own, f"* `{short}`: see [above]({where}).\n" * bool(short)])


def cells() -> str:
    """
    Return the columns of the TSV that each listing command prints.
    """
    lines = ["| command | columns |", "| --- | --- |"]
    for command, columns in LISTINGS.items():
        keys = ", ".join(column.key for column in columns if in_tsv(column))
        if keys:
            lines.append(f"| `{command}` | {keys} |")
    return "\n".join(lines)


def options(name: str) -> str:
    """
    Return the options of a built-in exporter, on the command line and in Python.
    """
    kind = tjun.exporters()[name].options
    documented = descriptions_of(kind)
    fields = [field for field in attrs.fields(kind) if field.init]
    types = get_type_hints(kind)
    if not fields:
        return "It has no options."
    lines = []
    for field in fields:
        flag = field.name.replace("_", "-")
        description = " ".join(documented[field.name].split())
        type_ = types[field.name]
        value = "" if type_ is bool else f" {_placeholder(type_)}"
        lines += [
            f"`--{flag}{value}`, in Python `{field.name}={field.default!r}`",
            f": {description}",
            "",
        ]
    return "\n".join(lines)


def _placeholder(type_: Any) -> str:
    members = get_args(type_) or (type_,)
    choices = [value for member in members for value in get_args(member) or (member,)]
    texts = [value for value in choices if isinstance(value, str)]
    if texts:
        return "|".join(texts)
    plain = next(each for each in members if each is not type(None))
    return {int: "N", float: "N", str: "TEXT"}.get(plain, "VALUE")


def hooks() -> str:
    """
    Return each hook with its exact arguments, and its specification.
    """
    parts = []
    for name, function in vars(specifications).items():
        if hasattr(function, "tjun_spec"):
            parameters = inspect.signature(function).parameters.values()
            arguments = ", ".join(str(each) for each in parameters)
            parts.append(
                f"### `{name}({arguments})`\n\n```{{eval-rst}}\n"
                f".. autofunction:: tjun.plugins.hooks.{name}\n```"
            )
    return "\n\n".join(parts)


_ANCHORS = {  # Headings of the page that are longer than the name of the type.
    "text": "texts",
    "date": "dates",
    "day": "other-values",
    "id": "ids",
    "moment": "other-values",
    "address": "other-values",
    "language": "other-values",
    "rule": "observances-on-a-movable-day",
    "translation": "translation-files",
}
_IN_A_FILE = {
    "an EventKind, or a kind of the record's own": "see [kinds](#kinds-of-events)",
    "; False for": "; false for",
    "as an argument, they can be left out": "they can be left out",
    "O.S..": "O.S.",
}
_LISTED: dict[str, type] = {
    "header": Header,
    **{singular(kind): kind for kind in SECTIONS.values()},
    "citation": Citation,
    "correction": Correction,
    "post": Post,
}


def record() -> str:
    """
    Return the fields of each table of a record, from its schema and its class.
    """
    kinds = tjun.schema()["$defs"]
    parts = []
    for name, kind in _LISTED.items():
        parts += [f"### {name}", kinds[name]["description"], _fields(kinds[name], kind)]
    return "\n\n".join(parts)


def _fields(entry: dict[str, Any], kind: type) -> str:
    defaults = {field.alias: field.default for field in attrs.fields(kind)}
    lines = ["| field | type | meaning |", "| --- | --- | --- |"]
    for name, field in entry["properties"].items():
        shown = f"**`{name}`**" if name in entry.get("required", ()) else f"`{name}`"
        meaning = _in_a_file(field.get("description", ""))
        if "enum" in field:
            meaning += f" One of {', '.join(f'`{each}`' for each in field['enum'])}."
        default = defaults[name]
        if isinstance(default, str | bool) and name != "id":
            meaning += f" By default `{json.dumps(default)}`."
        lines.append(f"| {shown} | {_type(field)} | {meaning} |")
    return "\n".join(lines)


def _in_a_file(meaning: str) -> str:
    """
    Return the description of an attribute in the terms of a file, without `None`.
    """
    meaning = re.sub(r"(?:[;,]| or) (?:or )?None\b[^.]*(?=\.(?: |$))", "", meaning)
    for python, file in _IN_A_FILE.items():
        meaning = meaning.replace(python, file)
    return meaning


def _type(field: dict[str, Any]) -> str:
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return (
            "plain text"
            if name == "plain"
            else f"[{name}](#{_ANCHORS.get(name, name)})"
        )
    if field.get("type") == "array":
        return f"list of {_type(field['items'])}"
    if field.get("type") == "object":
        return "table"
    return "a choice" if "enum" in field else "`true` or `false`"


def packages() -> str:
    """
    Return the packages from the top layer to the bottom, each with its purpose.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    (layers,) = (each["layers"] for each in contracts if each["type"] == "layers")
    names = [name for layer in layers for name in layer.split(" | ")]
    lines = ["| package | purpose |", "| --- | --- |"]
    lines += [f"| `{name}` | {_purpose(name)} |" for name in (*names, "tjun")]
    return "\n".join(lines)


def _purpose(name: str) -> str:
    """
    Return the first paragraph of a package's or a module's docstring.
    """
    path = ROOT / "src" / Path(*name.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(docstring.split("\n\n")[0].split())


_MAKERS: dict[str, Callable[..., str]] = {
    "cells": cells,
    "commands": commands,
    "options": options,
    "hooks": hooks,
    "record": record,
    "packages": packages,
}


def main() -> int:
    """
    Update the files, or list those that are out of date.
    """
    old = {
        path: text
        for path, text in generated().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    }
    for path, text in old.items():
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8", newline="\n")
        print(path.relative_to(ROOT))
    return int(bool(old) and "--check" in sys.argv)


if __name__ == "__main__":
    raise SystemExit(main())
