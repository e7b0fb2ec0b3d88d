"""
Plugins installed as wheels next to tjun: those in `examples/` and one more.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from environment import Environment

import tjun

pytestmark = pytest.mark.packaging

ROOT = Path(__file__).parent.parent
PROJECTS = {
    path.parent.name: path.parent
    for folder in (ROOT / "examples", ROOT / "tests" / "wheels")
    for path in sorted(folder.glob("*/pyproject.toml"))
}
OFFERS = {
    "kyrgyzstan": (),
    "lines": ("lines",),
    "parquet": ("parquet",),
    "un-members": (),
    "xlsx": ("xlsx",),
}


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """
    Install tjun, every plugin and what their tests need.
    """
    wheels = tmp_path_factory.mktemp("wheels")
    build = "-m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir".split()
    done = subprocess.run(
        [sys.executable, *build, wheels, ROOT, *PROJECTS.values()],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    made = Environment.create(tmp_path_factory.mktemp("plugins"))
    made.install(sorted(wheels.glob("*.whl")), extra="testing")
    return made


def listed(env: Environment) -> dict[str, Any]:
    done = env.tjun("plugins", "--format", "json")
    assert done.returncode == 0, done.stderr
    return {row["name"]: row for row in json.loads(done.stdout)}


def exported(env: Environment, *words: str) -> bytes:
    done = env.tjun("export", *words)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout


class TestInstalledPlugins:
    def test_are_listed_with_what_they_offer(self, env: Environment) -> None:
        """
        Each plugin is found, with its distribution, its version and its exporters.
        """
        found = listed(env)
        assert list(found) == ["tjun", *OFFERS]
        for name, exporters in OFFERS.items():
            row = found[name]
            assert row["distribution"] == f"tjun-{name}"
            assert row["version"] == "0.1.0"
            assert row["exporters"] == list(exporters)
            assert row["failures"] == []

    def test_offer_a_record_and_its_language(self, env: Environment) -> None:
        """
        The record and the language of the Kyrgyz plugin work with other plugins.
        """
        row = listed(env)["kyrgyzstan"]
        assert (row["records"], row["languages"]) == (["kyrgyzstan"], ["ky"])
        made = exported(env, "lines", "--record", "kyrgyzstan", "--language", "ky")
        assert (
            made.decode()
            .splitlines()[0]
            .endswith("Кыргызстан Бириккен Улуттар Уюмуна кирет")
        )

    def test_have_the_filters_of_every_export(
        self, env: Environment, un: tjun.Chronology
    ) -> None:
        """
        A plugin's exporter is filtered and translated like a built-in one.
        """
        made = exported(
            env,
            *("lines", "--area", "water", "--language", "ru"),
            *("--separator", ": ", "--since", "2003"),
        )
        expected = un.events.where(area="water", since="2003")
        assert made.decode().splitlines() == [
            f"{event.date}: {event.title.in_('ru')}" for event in expected
        ]

    def test_write_files_that_stay_untouched(self, env: Environment) -> None:
        """
        A second export reports that the file did not change.
        """
        for name, start in (("parquet", b"PAR1"), ("xlsx", b"PK")):
            words = ("export", name, "-o", f"x.{name}")
            first = env.tjun(*words)
            assert (first.returncode, first.stdout) == (0, b"")
            assert first.stderr == f"Wrote x.{name}.\n".encode()
            assert (env.work / f"x.{name}").read_bytes().startswith(start)
            again = env.tjun(*words)
            assert again.stderr == f"x.{name} is the same as before.\n".encode()

    def test_accept_choices_of_an_enum(self, env: Environment) -> None:
        """
        A flag with several values of an enum works in a wheel as in Python.
        """
        made = exported(env, "xlsx", "--columns", "id", "--columns", "date")
        sheet = zipfile.ZipFile(io.BytesIO(made)).read("xl/worksheets/sheet1.xml")
        assert b'r="B2"' in sheet
        assert b'r="C2"' not in sheet

    def test_have_help_for_each_option(self, env: Environment) -> None:
        """
        The help contains each option with its description from the options class.
        """
        text = env.tjun("export", "lines", "--help").stdout.decode()
        assert "--separator" in text
        assert "The text between the date and the title." in text

    @pytest.mark.slow
    @pytest.mark.parametrize("name", PROJECTS)
    def test_pass_their_own_tests(self, env: Environment, name: str) -> None:
        """
        The tests of each plugin pass with the wheels alone.
        """
        pytest_alone = "-m pytest -q -p no:cacheprovider -c".split()
        folder = PROJECTS[name]
        env.python(*pytest_alone, folder / "pyproject.toml", folder / "tests")
