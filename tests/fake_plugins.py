"""
Distributions made for a test, which `importlib.metadata` finds on the path.

Each is a module with its metadata and its entry points, all in one directory.
"""

from __future__ import annotations

import importlib
import os
import sys
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

__all__ = ["PLUGINS", "Shelf", "hooked", "offering", "offering_files", "options_source"]

_OFFER = """
from tjun import Exporter, File, hookimpl


def render(request):
{render}


@hookimpl
def tjun_exporters():
    return [
        Exporter(
            name={name!r},
            summary="Made for a test.",
            media_type={media_type!r},
            suffix={suffix!r},
            {function}=render,
        )
    ]
"""


def offering(name: str, render: str = 'yield b"made"') -> str:
    """
    Return the source of a plugin that offers one exporter called *name*.
    """
    return _OFFER.format(
        name=name,
        render=textwrap.indent(render, "    "),
        media_type="text/plain",
        suffix=".txt",
        function="render",
    )


def offering_files(name: str, render: str) -> str:
    """
    Return the source of a plugin that offers one exporter of several files.
    """
    return _OFFER.format(
        name=name,
        render=textwrap.indent(render, "    "),
        media_type="text/html",
        suffix="/",
        function="render_files",
    )


def hooked(body: str, hook: str = "tjun_exporters", arguments: str = "") -> str:
    """
    Return the source of a plugin whose hook has *body*.

    Its function `made` returns an exporter with a name.
    """
    return (
        "import tjun\n\n\n"
        "def made(name, **more):\n"
        "    return tjun.Exporter(name=name, summary='S', media_type='text/plain',\n"
        "        suffix='.txt', render=list, **more)\n\n\n"
        f"@tjun.hookimpl\ndef {hook}({arguments}):\n{textwrap.indent(body, '    ')}\n"
    )


PLUGINS: Mapping[str, str] = {
    "good": offering("good"),
    "cannot-be-imported": "import no_such_module_anywhere\n",
    "syntax-error": "def broken(:\n",
    "exits-at-import": "raise SystemExit('went home')\n",
    "interrupts-at-import": "raise KeyboardInterrupt\n",
    "no-hook": "def tjun_exporters():\n    return []\n",
    "misspelt-hook": hooked("return []", "tjun_exporter"),
    "wrong-arguments": hooked("return []", arguments="registry"),
    "raises-in-hook": hooked("raise RuntimeError('out of paper')"),
    "raises-without-words": hooked("raise RuntimeError"),
    "interrupts-in-hook": hooked("raise KeyboardInterrupt"),
    "gives-nothing": hooked("return []"),
    "gives-none": hooked("pass"),
    "gives-number": hooked("return 5"),
    "gives-no-exporter": hooked("return ['csv']"),
    "gives-one-bare": hooked("return made('bare')"),
    "gives-one-then-raises": hooked(
        "yield made('half')\nraise RuntimeError('out of paper')"
    ),
    "gives-one-twice": hooked("return [made('twin'), made('twin')]"),
    "gives-two": hooked("return map(made, ('zebra', 'ant'))"),
    "invalid-name": offering("Not A Name"),
    "taken-name": offering("ics"),
    "newer-api": hooked("return [made('new', api=2)]"),
    "offers-record-and-language": (
        "import attrs\nimport tjun\n\n\n"
        "def load():\n"
        "    return tjun.Chronology(title='Another country')\n\n\n"
        "@tjun.hookimpl\ndef tjun_records():\n"
        "    return [tjun.Record(name='another', summary='S', load=load)]\n\n\n"
        "@tjun.hookimpl\ndef tjun_languages():\n"
        "    return [attrs.evolve(tjun.language('en'), tag='ky', name='кыргызча')]\n"
    ),
    "asks-in-its-hook": hooked(
        "names = {*tjun.exporters(), *tjun.languages(), *tjun.records()}\n"
        "tjun.export(tjun.Chronology(), 'json')\n"
        "return [made(name) for name in ('asked',) if name not in names]"
    ),
    "render-raises-at-start": offering("broken", "raise RuntimeError('no ink')"),
    "render-raises-in-the-middle": offering(
        "broken", "yield b'half'\nraise RuntimeError('no ink')"
    ),
    "render-raises-without-words": offering("broken", "raise RuntimeError"),
    "render-gives-text": offering("broken", "yield b'half'\nyield 'text'"),
    "render-gives-nothing": offering("broken", "yield from ()"),
    "render-gives-empty": offering("broken", "yield b''"),
    "render-gives-bytes": offering("broken", "return b'made'"),
    "render-gives-string": offering("broken", "return 'made'"),
    "render-gives-none": offering("broken", "pass"),
    "render-yields-none": offering("broken", "yield b'half'\nyield None\nyield b''"),
    "render-yields-bytearray": offering("broken", "yield bytearray(b'half')"),
    "render-gives-list": offering("listed", "return [b'ma', b'', b'de']"),
    "render-interrupted": offering("broken", "yield b'half'\nraise KeyboardInterrupt"),
    "render-exits": offering("broken", "yield b'half'\nraise SystemExit(3)"),
    "render-fails-on-purpose": offering(
        "broken",
        "from tjun import ExportError\nraise ExportError('broken', 'buy more ink')",
    ),
    "render-passes-on-a-failure": offering(
        "broken",
        "from tjun import ExportError\n"
        "raise ExportError('inner', 'no ink', 'other', 'o 1')",
    ),
    "render-fails-to-read": offering("broken", "open('/no/such/ink')\nyield b''"),
}
"""
The source of each kind of plugin, by what is wrong with it.
"""


@dataclass
class Shelf:
    """
    A directory that installs plugins for one test.

    Attributes:
        folder: The directory with the distributions.

        monkeypatch: Undoes everything when the test is over.
    """

    folder: str
    monkeypatch: pytest.MonkeyPatch
    _modules: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.monkeypatch.syspath_prepend(self.folder)
        # What an earlier test installed is not there any more.
        self.monkeypatch.setattr("tjun.plugins.discovery._latest", [])
        for name in ("TJUN_STRICT_PLUGINS", "TJUN_DISABLED_PLUGINS"):
            self.monkeypatch.delenv(name, raising=False)

    def add(
        self,
        source: str,
        *,
        name: str = "plugin",
        distribution: str = "tjun-made",
        version: str = "1.2",
        entry_points: str | None = None,
        metadata: str | None = None,
        encoding: str = "utf-8",
    ) -> str:
        """
        Install a distribution of one module, and return the module's name.

        Args:
            source: A key of `PLUGINS`, or the source of a module.

            name: The name of the entry point.

            distribution: What is installed.

            version: Its version.

            entry_points: The text of the file of entry points, instead of the usual
                one; `{module}` is replaced by the module.

            metadata: The text of the metadata, instead of the usual one.

            encoding: How all files are written.
        """
        module = f"made_{distribution.replace('-', '_')}_{len(self._modules)}"
        usual = f"[tjun]\n{name} = {module}\n"
        points = usual if entry_points is None else entry_points.format(module=module)
        usual_metadata = f"Name: {distribution}\nVersion: {version}\n"
        info = f"{distribution.replace('-', '_')}-{version}.dist-info"
        os.makedirs(os.path.join(self.folder, info))
        files = {
            f"{module}.py": PLUGINS.get(source, source),
            f"{info}/METADATA": usual_metadata if metadata is None else metadata,
            f"{info}/entry_points.txt": points,
        }
        for path, text in files.items():
            with open(os.path.join(self.folder, path), "w", encoding=encoding) as file:
                file.write(text)
        self._modules.append(module)
        self.monkeypatch.delitem(sys.modules, module, raising=False)
        importlib.invalidate_caches()
        return module

    def imported(self, module: str) -> bool:
        """
        Return whether a module was imported.
        """
        return module in sys.modules

    def clear(self) -> None:
        """
        Forget every module that was imported from this directory.
        """
        for module in self._modules:
            sys.modules.pop(module, None)


def options_source(options: str) -> str:
    """
    Return the source of a plugin whose exporter `opted` has *options* as a class body.
    """
    return (
        "from typing import Literal\n\nimport attrs\n"
        "from tjun import Exporter, hookimpl\n\n\n"
        "@attrs.frozen(kw_only=True)\nclass Options:\n"
        f"{textwrap.indent(options, '    ')}\n"
        "\n\ndef render(request):\n    yield repr(request.options).encode()\n\n\n"
        "@hookimpl\ndef tjun_exporters():\n"
        "    return [Exporter(name='opted', summary='S', media_type='text/plain',\n"
        "        suffix='.txt', options=Options, render=render)]\n"
    )
