"""
The plugins in `examples/`, as wheels, in an environment that has nothing else.
"""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import attrs
import pytest
from fake_plugins import PLUGINS

import tjun

ROOT = Path(__file__).parent.parent
EXAMPLES = ("tjun-csv", "tjun-parquet")
pytestmark = pytest.mark.packaging
CALENDAR = ("export", "ics", "--first-year", "2027", "--last-year", "2030")


@attrs.frozen
class Environment:
    """
    A virtual environment with a working folder.
    """

    folder: Path

    def python(self, *words: str | os.PathLike[str]) -> None:
        """
        Run Python, which has to succeed.
        """
        done = self._run("python", *words)
        assert done.returncode == 0, (done.stdout + done.stderr).decode()

    def tjun(
        self, *words: str | os.PathLike[str]
    ) -> subprocess.CompletedProcess[bytes]:
        """
        Run the command line of tjun.
        """
        return self._run("tjun", *words)

    def install(self, wheels: Path, *names: str) -> None:
        """
        Install from a folder of wheels, and from nowhere else.
        """
        pip = "-m pip install --quiet --no-index --no-cache-dir --find-links".split()
        self.python(*pip, wheels, *names)

    @property
    def packages(self) -> Path:
        """
        Where it keeps what is installed.
        """
        (found,) = self.folder.glob("lib/python*/site-packages")
        return found

    def _run(
        self, program: str, *words: str | os.PathLike[str]
    ) -> subprocess.CompletedProcess[bytes]:
        work = self.folder / "work"
        work.mkdir(exist_ok=True)
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("TJUN_", "PYTHON", "COV_", "COVERAGE_"))
        }
        return subprocess.run(
            [self.folder / "bin" / program, *words],
            cwd=work,
            env={**kept, "COLUMNS": "100", "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            check=False,
        )


def _environment(folder: Path) -> Environment:
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    return Environment(folder)


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    The wheels of tjun, of both plugins and of all that these and their tests need.
    """
    folder = tmp_path_factory.mktemp("wheels")
    plugins = [f"{ROOT / 'examples' / name}[testing]" for name in EXAMPLES]
    pip = "-m pip wheel --quiet --wheel-dir".split()
    done = subprocess.run(
        [sys.executable, *pip, str(folder), str(ROOT), *plugins],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def env(wheels: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """
    An environment with tjun, both plugins and what their tests need.
    """
    made = _environment(tmp_path_factory.mktemp("plugins"))
    made.install(wheels, *(f"{name}[testing]" for name in EXAMPLES))
    return made


def _listed(env: Environment, *words: str) -> dict[str, Any]:
    done = env.tjun("plugins", "--json", *words)
    assert done.returncode == 0, done.stderr
    return {row["name"]: row for row in json.loads(done.stdout)}


class TestPlugins:
    def test_are_listed(self, env: Environment) -> None:
        """
        Both are found, with their distribution, its version and what they offer.
        """
        found = _listed(env)
        assert list(found) == ["tjun", "csv", "parquet"]
        assert found["csv"] == {
            "name": "csv",
            "distribution": "tjun-csv",
            "version": "0.1.0",
            "exporters": [
                {
                    "name": "csv",
                    "summary": "A table for spreadsheets and programs,"
                    " one event a row.",
                    "media_type": "text/csv; charset=utf-8",
                    "suffix": ".csv",
                }
            ],
            "failure": None,
            "refused": [],
        }
        assert found["parquet"]["distribution"] == "tjun-parquet"
        assert [each["name"] for each in found["parquet"]["exporters"]] == ["parquet"]

    def test_csv_takes_every_filter(
        self, env: Environment, un: tjun.Chronology
    ) -> None:
        """
        A stranger's exporter is narrowed, and put into words, like a built-in one.
        """
        done = env.tjun(
            *("export", "csv", "--area", "water", "--language", "ru"),
            *("--delimiter", ";", "--since", "2003"),
        )
        assert (done.returncode, done.stderr) == (0, b"")
        file = io.StringIO(done.stdout.decode(), newline="")
        rows = list(csv.DictReader(file, delimiter=";"))
        expected = un.events.where(area="water", since="2003")
        assert [row["id"] for row in rows] == list(expected.ids)
        assert [row["title"] for row in rows] == [e.title.in_("ru") for e in expected]

    def test_parquet_writes_a_file(self, env: Environment) -> None:
        """
        The file is there, is said to be, and is left alone the second time.
        """
        first = env.tjun("export", "parquet", "-o", "x.parquet")
        assert (first.returncode, first.stdout) == (0, b"")
        assert first.stderr == b"Wrote x.parquet.\n"
        made = (env.folder / "work" / "x.parquet").read_bytes()
        assert made[:4] == made[-4:] == b"PAR1"
        again = env.tjun("export", "parquet", "-o", "x.parquet")
        assert again.stderr == b"x.parquet is the same as before.\n"

    @pytest.mark.parametrize(
        ("exporter", "flags"),
        [
            (
                "csv",
                {
                    "--delimiter": "The character between two cells",
                    "--header": "Start with the names of the columns",
                    "--escape-formulas": "Put an apostrophe before what a spreadsheet",
                    "--byte-order-mark": "Start with the mark by which Excel",
                },
            ),
            (
                "parquet",
                {
                    "--compression": "How the columns are compressed",
                    "--row-group": "How many events are held in memory at most",
                },
            ),
        ],
    )
    def test_help_tells_each_option(
        self, env: Environment, exporter: str, flags: dict[str, str]
    ) -> None:
        """
        The help has each option of the plugin with what its class says of it.
        """
        done = env.tjun("export", exporter, "--help")
        assert done.returncode == 0
        told = done.stdout.decode().replace("│", " ").split()
        text = " ".join(told)
        for flag, help_ in flags.items():
            assert flag in told
            # A flag with its negative takes two lines, and the help stands beside.
            assert help_ in text.replace(f" --no-{flag.removeprefix('--')}", "")

    def test_a_wrong_option_is_wrong_usage(self, env: Environment) -> None:
        """
        What the options class refuses is told in its own words, with status 2.
        """
        done = env.tjun("export", "csv", "--delimiter", "ab")
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr == (
            b"tjun: Exporter 'csv' (plugin 'csv' of tjun-csv 0.1.0): --delimiter:"
            b" expected one character, such as ';' or a tab, got 'ab'\n"
        )

    @pytest.mark.parametrize("name", EXAMPLES)
    def test_pass_their_own_tests(self, env: Environment, name: str) -> None:
        """
        The tests of each plugin pass with the wheels alone.
        """
        folder = ROOT / "examples" / name
        pytest_alone = "-m pytest -q -p no:cacheprovider -c".split()
        env.python(*pytest_alone, folder / "pyproject.toml", folder / "tests")


def _put(packages: Path, name: str, source: str) -> None:
    """
    Install a distribution of one module, which is the plugin called *name*.
    """
    module = f"made_{name.replace('-', '_')}"
    info = packages / f"{module}-1.2.dist-info"
    info.mkdir()
    metadata = f"Metadata-Version: 2.1\nName: made-{name}\nVersion: 1.2\n"
    (info / "METADATA").write_text(metadata, encoding="utf-8")
    points = f"[tjun]\n{name} = {module}\n"
    (info / "entry_points.txt").write_text(points, encoding="utf-8")
    (packages / f"{module}.py").write_text(source, encoding="utf-8")


@attrs.frozen
class Scene:
    """
    Five plugins in one environment, four of them bad.

    Attributes:
        env: The environment.

        before: The calendar that it gave while it had none of them.
    """

    env: Environment
    before: bytes


@pytest.fixture(scope="module")
def scene(wheels: Path, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    made = _environment(tmp_path_factory.mktemp("scene"))
    made.install(wheels, "tjun")
    before = made.tjun(*CALENDAR)
    assert before.returncode == 0, before.stderr
    made.install(wheels, "tjun-csv")
    for name in (
        "cannot-be-imported",
        "misspelt-hook",
        "taken-name",
        "render-raises-in-the-middle",
    ):
        _put(made.packages, name, PLUGINS[name])
    return Scene(made, before.stdout)


REASONS = {
    "cannot-be-imported": (
        "ModuleNotFoundError: No module named 'no_such_module_anywhere'"
    ),
    "misspelt-hook": ("PluginValidationError: unknown hook 'tjun_exporter' in plugin"),
    "taken-name": "it is built in; rename the exporter",
}


class TestFivePluginsAtOnce:
    def test_the_calendar_is_the_same(self, scene: Scene) -> None:
        """
        The built-in exporter gives the octets that it gave with none of them.
        """
        done = scene.env.tjun(*CALENDAR)
        assert (done.returncode, done.stdout) == (0, scene.before)
        assert done.stdout.count(b"BEGIN:VEVENT") > 100

    def test_the_list_tells_each_story_to_programs(self, scene: Scene) -> None:
        """
        Each plugin is listed with its distribution and version, and why it fails.
        """
        found = _listed(scene.env)
        assert list(found) == [
            "tjun",
            "cannot-be-imported",
            "csv",
            "misspelt-hook",
            "render-raises-in-the-middle",
            "taken-name",
        ]
        for name, row in found.items():
            if name in REASONS:
                assert row["failure"].startswith(REASONS[name])
                assert row["exporters"] == []
            else:
                assert row["failure"] is None
                assert row["exporters"]
            if name not in {"tjun", "csv"}:
                assert row["distribution"] == f"made-{name}"
                assert row["version"] == "1.2"
        (broken,) = found["render-raises-in-the-middle"]["exporters"]
        assert broken["name"] == "broken"

    def test_the_list_tells_each_story_to_people(self, scene: Scene) -> None:
        """
        So does the table.
        """
        done = scene.env.tjun("plugins")
        assert done.returncode == 0
        text = " ".join(done.stdout.decode().split())
        assert "csv tjun-csv 0.1.0" in text
        for name, reason in REASONS.items():
            assert f"made-{name} 1.2" in text
            assert reason.split(":")[0].split("'")[0] in text
        assert "no_such_module_anywhere" in text
        assert "tjun_exporter'" in text

    def test_the_good_one_works(self, scene: Scene, un: tjun.Chronology) -> None:
        """
        Its export is whole, and the failures are told on standard error alone.
        """
        done = scene.env.tjun("export", "csv")
        assert done.returncode == 0
        rows = list(csv.DictReader(io.StringIO(done.stdout.decode(), newline="")))
        assert [row["id"] for row in rows] == list(un.events.ids)
        for name, reason in REASONS.items():
            told = f"Plugin {name!r} of made-{name} 1.2 cannot be used: {reason}"
            assert told in done.stderr.decode()

    def test_the_raising_one_is_named_and_leaves_no_file(self, scene: Scene) -> None:
        """
        A failed export says whose fault it is, with status 1, and writes nothing.
        """
        done = scene.env.tjun("export", "broken", "-o", "x.txt")
        assert (done.returncode, done.stdout) == (1, b"")
        assert (
            "tjun: Exporter 'broken' (plugin 'render-raises-in-the-middle' of"
            " made-render-raises-in-the-middle 1.2): RuntimeError: no ink\n"
        ) in done.stderr.decode()
        assert b"Traceback" not in done.stderr
        assert list((scene.env.folder / "work").iterdir()) == []

    def test_the_raising_one_prints_no_half(self, scene: Scene) -> None:
        """
        On standard output, too, an export is whole or not there.
        """
        done = scene.env.tjun("export", "broken")
        assert (done.returncode, done.stdout) == (1, b"")

    def test_strict_makes_the_first_failure_an_error(self, scene: Scene) -> None:
        """
        Who asks for strictness gets the story as an error.
        """
        done = scene.env.tjun(*CALENDAR, "--strict-plugins")
        assert (done.returncode, done.stdout) == (1, b"")
        assert done.stderr.startswith(
            b"tjun: Plugin 'cannot-be-imported' of made-cannot-be-imported 1.2"
            b" cannot be used: "
        )
