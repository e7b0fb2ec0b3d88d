from __future__ import annotations

import ast
import inspect
import json
import subprocess
import sys
from importlib import import_module, metadata
from pathlib import Path

import pytest

import tjun

PUBLIC = """
Account Anniversary Catalog Change Chronology Citation CooperationArea Correction
DataError DateBound DateLike Difference Event EventKind EventStatus Events ExportError
ExportRequest Exporter Fault File Header ImportRequest Importer Language LeapDay
Membership Memberships Mission Missions NotFoundError PLUGIN_API PartialDate PluginError
Post Precision Publisher PublisherKind Record Reference Registry Row Show Source Text
Titles TjunError Translation Weight __version__ as_moment cite diff export exporters
hookimpl importers language languages load loads not_blank one_line read records
reproducible_zip schema web_address write
""".split()

SLOW_IMPORTS = {"attr", "attrs", "cattrs", "cyclopts", "icalendar", "pluggy", "rich"}


def imported_by(code: str) -> set[str]:
    """
    Return the slow modules that a new interpreter has imported after *code*.
    """
    end = "import json, sys\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", f"{code}\n{end}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return SLOW_IMPORTS & set(json.loads(done.stdout.splitlines()[-1]))


class TestNames:
    def test_are_these(self) -> None:
        """
        The public names change only if this list does.
        """
        assert sorted(tjun.__all__) == sorted(PUBLIC)

    @pytest.mark.parametrize("name", PUBLIC)
    def test_can_be_imported(self, name: str) -> None:
        """
        Every name exists, also in the module that defines it.
        """
        value = getattr(tjun, name)
        home = tjun._HOME.get(name)
        if home is not None:
            module = import_module(f"tjun.{home}")
            assert getattr(module, name) is value
            assert name in module.__all__

    def test_are_the_same_for_a_type_checker(self) -> None:
        """
        Type checkers find each name in the module that it is loaded from.
        """
        tree = ast.parse(Path(inspect.getfile(tjun)).read_text("utf-8"))
        seen = {
            alias.name: node.module
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module != "importlib"
            for alias in node.names
            if str(node.module).startswith("tjun.")
        }
        assert seen == {name: f"tjun.{home}" for name, home in tjun._HOME.items()}
        assert {*seen, "__version__"} == set(tjun.__all__)

    def test_are_in_dir_before_they_are_loaded(self) -> None:
        """
        `dir(tjun)` lists every name, sorted.
        """
        listed = dir(tjun)
        assert set(PUBLIC) <= set(listed)
        assert listed == sorted(listed)

    def test_are_imported_by_a_star(self) -> None:
        """
        `from tjun import *` imports every name.
        """
        taken: dict[str, object] = {}
        exec("from tjun import *", taken)
        assert set(PUBLIC) <= set(taken)

    def test_others_raise_an_error(self) -> None:
        """
        An unknown name raises AttributeError with the usual message.
        """
        message = r"^module 'tjun' has no attribute 'nope'$"
        with pytest.raises(AttributeError, match=message):
            _ = tjun.nope
        assert not hasattr(tjun, "Nope")
        with pytest.raises(ImportError, match="'nope'"):
            exec("from tjun import nope")

    def test_include_the_version(self) -> None:
        """
        `__version__` is the version of the installed distribution.
        """
        assert tjun.__version__ == metadata.version("tjun")


class TestLoading:
    @pytest.mark.parametrize(
        ("code", "loaded"),
        [
            ("import tjun", set()),
            ("import tjun; dir(tjun); tjun.__all__", set()),
            ("import tjun; tjun.TjunError", {"attr"}),
            ("import tjun; tjun.PartialDate.parse('2000-05')", {"attr"}),
            ("import tjun; tjun.Chronology()", {"attr"}),
            ("import tjun; tjun.load()", {"attr", "cattrs"}),
        ],
    )
    def test_imports_only_what_is_needed(self, code: str, loaded: set[str]) -> None:
        """
        Using a name imports only the packages that it needs.
        """
        assert imported_by(code) - {"attrs"} == loaded

    def test_happens_once(self) -> None:
        """
        After its first use, a name is an ordinary attribute of the module.
        """
        code = "import tjun; tjun.Text; assert 'Text' in vars(tjun)"
        assert imported_by(code)
