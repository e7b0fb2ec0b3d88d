"""
Fill in the parts of the pages that are generated from the code.

    python docs/generate.py            updates the pages
    python docs/generate.py --check    only lists pages that are out of date

The text between two such comments in a page is replaced:

    <!-- generated: commands -->
    <!-- end -->
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args, get_type_hints
from unittest import mock

import attrs
from docstring_parser import parse_from_object

from tjun.cli import application
from tjun.exporting import contract
from tjun.exporting.registry import builtin_exporters
from tjun.locales import hooks as language_hooks
from tjun.records import hooks as record_hooks

DOCS = Path(__file__).parent
ROOT = DOCS.parent
_PLACE = re.compile(
    r"(<!-- generated: (?P<what>[a-z ]+) -->\n).*?(<!-- end -->)", re.DOTALL
)


def pages() -> dict[Path, str]:
    """
    Return the text that each page with a marked place should have.
    """
    made = {}
    for path in sorted(DOCS.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        if _PLACE.search(text):
            made[path] = _PLACE.sub(_filled, text)
    return made


def _filled(match: re.Match[str]) -> str:
    what, _, rest = match["what"].partition(" of ")
    text = _MAKERS[what](*filter(None, [rest]))
    return f"{match[1]}\n{text.strip()}\n\n{match[3]}"


def commands() -> str:
    """
    Return every command with its arguments and options.
    """
    with mock.patch.object(sys, "argv", ["tjun"]):  # It is in the lines of usage.
        exporting, others = (
            application(words, summaries=False).generate_docs("markdown")
            for words in (["export", "--no-plugins"], [])
        )
    export = exporting[exporting.index("## tjun export") :]
    first, last = others.index("## tjun upcoming"), others.index("## tjun help")
    text = f"{export}\n{others[first:last]}"
    text = re.sub(r"\n\*\*Commands\*\*:\n\n(?:\* .*\n)+", "\n", text)
    text = re.sub(r"\n\*\*Formats\*\*:\n\n(?:\* .*\n)+", "\n", text)
    text = re.sub(r"^(#+) (tjun .*)$", r"\1 `\2`", text, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", text)


def options(name: str) -> str:
    """
    Return the options of a built-in exporter, on the command line and in Python.
    """
    shape = builtin_exporters()[name].options
    told = {each.arg_name: each for each in parse_from_object(shape).params}
    fields = [field for field in attrs.fields(shape) if field.init]
    kinds = get_type_hints(shape)
    if not fields:
        return "It has no options."
    lines = []
    for field in fields:
        flag = field.name.replace("_", "-")
        help_ = " ".join((told[field.name].description or "").split())
        kind = kinds[field.name]
        value = "" if kind is bool else f" {_form(kind)}"
        lines += [
            f"`--{flag}{value}`, in Python `{field.name}={field.default!r}`",
            f": {help_}",
            "",
        ]
    return "\n".join(lines)


def _form(kind: Any) -> str:
    choices = [each for each in get_args(kind) if isinstance(each, str)]
    if choices:
        return "|".join(choices)
    plain = next(each for each in (*get_args(kind), kind) if each is not type(None))
    return {int: "N", float: "N", str: "TEXT"}.get(plain, "VALUE")


def hooks() -> str:
    """
    Return each hook with its exact arguments, and its specification.
    """
    parts = []
    for module in (contract, record_hooks, language_hooks):
        for name, function in vars(module).items():
            if hasattr(function, "tjun_spec"):
                told = inspect.signature(function).parameters.values()
                arguments = ", ".join(str(each) for each in told)
                parts.append(
                    f"### `{name}({arguments})`\n\n```{{eval-rst}}\n"
                    f".. autofunction:: {module.__name__}.{name}\n```"
                )
    return "\n\n".join(parts)


def record() -> str:
    """
    Return the record format, from its schema.
    """
    file = files("tjun") / "data" / "record.schema.json"
    schema = json.loads(file.read_text(encoding="utf-8"))
    parts = ["## The file", _fields(schema)]
    for name, entry in schema["$defs"].items():
        parts += [f"## `{name}`", str(entry.get("description", ""))]
        for shape in (entry, *entry.get("oneOf", ())):
            if "properties" in shape:
                parts.append(_fields(shape))
        if "pattern" in entry:
            parts.append(f"Its pattern is ``` {entry['pattern']} ```.")
    return "\n\n".join(part for part in parts if part)


def _fields(entry: dict[str, Any]) -> str:
    lines = ["| field | form | what it is |", "| --- | --- | --- |"]
    for name, field in entry["properties"].items():
        shown = f"**`{name}`**" if name in entry.get("required", ()) else f"`{name}`"
        what = field.get("description", "")
        if "enum" in field:
            what += f" One of {', '.join(f'`{each}`' for each in field['enum'])}."
        if "default" in field:
            what += f" By default `{json.dumps(field['default'])}`."
        lines.append(f"| {shown} | {_shape(field)} | {what} |")
    return "\n".join(lines)


def _shape(field: dict[str, Any]) -> str:
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return f"[{name}](#{name})"
    if field.get("type") == "array":
        return f"list of {_shape(field['items'])}"
    if "const" in field:
        return f"`{field['const']}`"
    if "enum" in field:
        return "one of"
    return {"boolean": "`true` or `false`"}.get(field["type"], field["type"])


def packages() -> str:
    """
    Return the packages from the top layer to the bottom, each with its purpose.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    (layers,) = (each["layers"] for each in contracts if each["type"] == "layers")
    lines = ["| package | purpose |", "| --- | --- |"]
    for layer in layers:
        for name in layer.split(" | "):
            for module, what in _modules(name):
                lines.append(f"| `{module}` | {what} |")
    lines.append(f"| `tjun` | {_said(ROOT / 'src' / 'tjun' / '__init__.py')} |")
    return "\n".join(lines)


def _modules(name: str) -> Iterator[tuple[str, str]]:
    path = ROOT / "src" / Path(*name.split("."))
    if not path.is_dir():
        yield name, _said(path.with_suffix(".py"))
        return
    yield name, _said(path / "__init__.py")
    for module in sorted(path.iterdir()):
        if module.suffix == ".py" and module.stem != "__init__":
            yield f"{name}.{module.stem}", _said(module)
        elif (module / "__init__.py").is_file():
            yield from _modules(f"{name}.{module.name}")


def _said(path: Path) -> str:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(docstring.split("\n\n")[0].split())


_MAKERS: dict[str, Callable[..., str]] = {
    "commands": commands,
    "options": options,
    "hooks": hooks,
    "record": record,
    "packages": packages,
}


def main() -> int:
    """
    Write the pages, or say which are out of date.
    """
    old = {p: t for p, t in pages().items() if p.read_text(encoding="utf-8") != t}
    for path, text in old.items():
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8", newline="\n")
        print(path.relative_to(ROOT))
    return int(bool(old) and "--check" in sys.argv)


if __name__ == "__main__":
    raise SystemExit(main())
