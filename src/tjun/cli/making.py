"""
The commands that make a first file to start from.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from string import Template

from tjun import __version__
from tjun.errors import TjunError
from tjun.exporting.registry import registry_with
from tjun.plugins.registry import PLUGIN_API

__all__ = ["new_plugin", "new_record"]

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def new_record(file: Path, /) -> None:
    """
    Write a record file with an example in it, to start from.

    Args:
        file: The file to write, as mine.toml; one that is there stays as it is.
    """
    if file.suffix != ".toml":
        msg = f"expected a name that ends in .toml, got {str(file)!r}"
        raise ValueError(msg)
    _write({file: _template("record.toml")})
    sys.stdout.write(f"Wrote {file}. Edit it, then run: tjun check {file}\n")


def new_plugin(name: str, /, *, folder: Path | None = None) -> None:
    """
    Write a plugin that works, with its tests, to start from.

    Args:
        name: What users will type after `tjun export`: lower-case letters, digits
            and hyphens.

        folder: The folder to make; tjun-NAME here where not given.
    """
    if _NAME.fullmatch(name) is None:
        msg = f"expected a name of lower-case letters, digits and hyphens, got {name!r}"
        raise ValueError(msg)
    module = f"tjun_{name.replace('-', '_')}"
    registry = registry_with(name)
    if name in registry:
        msg = (
            f"{registry.owners[name]} offers an exporter {name!r}; choose another name"
        )
        raise TjunError(msg)
    words = {
        "name": name,
        "module": module,
        "version": __version__,
        "api": str(PLUGIN_API),
    }
    top = Path(f"tjun-{name}") if folder is None else folder
    if top.exists():
        msg = f"{top} is there already; name another --folder"
        raise TjunError(msg)
    made = {
        top / "pyproject.toml": "plugin/pyproject.toml.tmpl",
        top / "README.md": "plugin/README.md.tmpl",
        top / "src" / module / "__init__.py": "plugin/module.py.tmpl",
        top / "tests" / f"test_{module}.py": "plugin/test_module.py.tmpl",
    }
    _write({path: _template(source, words) for path, source in made.items()})
    sys.stdout.write(
        f"Wrote {top}. Install and test it with:\n"
        f"  pip install --editable '{top}[testing]'\n"
        f"  python -m pytest {top}\n"
    )


def _template(name: str, words: Mapping[str, str] | None = None) -> str:
    text = (files("tjun.cli") / "templates" / name).read_text(encoding="utf-8")
    return text if words is None else Template(text).substitute(words)


def _write(texts: Mapping[Path, str]) -> None:
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
    except FileExistsError as error:
        msg = f"{error.filename} is there already; it was left as it is"
        raise TjunError(msg) from None
    except OSError as error:
        msg = f"cannot write {error.filename}: {error.strerror}"
        raise TjunError(msg) from error
