"""
What is shipped: the wheel, the source distribution, the papers.
"""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import tjun

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = ROOT / "requirements-locked.txt"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    command = [sys.executable, "-m", "build", "--outdir", folder, ROOT]
    subprocess.run(command, check=True, capture_output=True)
    return folder


class TestWheel:
    def test_holds_the_package_its_data_and_its_licences(self, built: Path) -> None:
        """
        The wheel has every module, the record, the type marker and the licences.
        """
        (wheel,) = built.glob("*.whl")
        names = set(zipfile.ZipFile(wheel).namelist())
        shipped = {
            str(path.relative_to(ROOT / "src"))
            for path in (ROOT / "src").rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        info = f"tjun-{tjun.__version__}.dist-info"
        extra = {
            f"{info}/{name}"
            for name in (
                "METADATA",
                "RECORD",
                "WHEEL",
                "entry_points.txt",
                "licenses/LICENSE",
                "licenses/LICENSE-DATA",
            )
        }
        assert names == shipped | extra
        assert "tjun/py.typed" in names
        assert "tjun/data/events.toml" in names

    def test_is_the_same_octets_when_built_again(
        self, built: Path, tmp_path: Path
    ) -> None:
        """
        Building twice gives the same octets.
        """
        subprocess.run(
            [sys.executable, "-m", "build", "--outdir", tmp_path, ROOT],
            check=True,
            capture_output=True,
        )
        for first in built.iterdir():
            assert first.read_bytes() == (tmp_path / first.name).read_bytes()

    def test_works_in_an_environment_of_its_own(
        self, built: Path, tmp_path: Path
    ) -> None:
        """
        Installed from the wheel alone, tjun writes the calendar.
        """
        (wheel,) = built.glob("*.whl")
        subprocess.run([sys.executable, "-m", "venv", tmp_path / "env"], check=True)
        programs = tmp_path / "env" / "bin"
        subprocess.run(
            [programs / "python", "-m", "pip", "install", "--quiet", wheel],
            check=True,
            capture_output=True,
            cwd=tmp_path,
        )
        done = subprocess.run(
            [programs / "tjun", "export", "ics", "--first-year", "2027"],
            check=True,
            capture_output=True,
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"]},
        )
        assert done.stdout.startswith(b"BEGIN:VCALENDAR\r\n")
        assert b"UID:tajikistan-joins-un-2027@tjun\r\n" in done.stdout


class TestSourceDistribution:
    def test_holds_what_the_checks_need_and_no_more(self, built: Path) -> None:
        """
        The source distribution has the source, the tests and the papers.
        """
        (archive,) = built.glob("*.tar.gz")
        with tarfile.open(archive) as opened:
            tops = {Path(name).parts[1] for name in opened.getnames()}
        assert tops == {
            ".gitignore",
            "CHANGELOG.md",
            "CITATION.cff",
            "CONTRIBUTING.md",
            "LICENSE",
            "LICENSE-DATA",
            "Makefile",
            "PKG-INFO",
            "README.md",
            "SECURITY.md",
            "benchmarks",
            "conftest.py",
            "docs",
            "examples",
            "fuzz",
            "pyproject.toml",
            "pythons",
            "requirements-locked.txt",
            "src",
            "tests",
            "typing_tests",
        }


class TestPapers:
    def test_the_version_stands_once(self) -> None:
        """
        The version of the package, the changelog and the citation are one.
        """
        version = tjun.__version__
        assert PROJECT["project"]["dynamic"] == ["version"]
        assert metadata.version("tjun") == version
        changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
        assert f"\n## {version} – " in changelog
        citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
        assert f"\nversion: {version}\n" in citation

    def test_the_pythons_claimed_are_those_that_were_run(self) -> None:
        """
        A classifier names a Python that `make test` or `make pythons` was run on.
        """
        path = ROOT / "pythons" / "pythons.toml"
        releases = tomllib.loads(path.read_text(encoding="utf-8"))["releases"]
        start = "Programming Language :: Python :: "
        claimed = {
            each.removeprefix(start)
            for each in PROJECT["project"]["classifiers"]
            if each.startswith(start)
        }
        assert claimed == {"3.11", *releases}
        page = ROOT / "docs" / "explanation" / "pythons.md"
        printed = re.findall(
            r"Python (3\.\d+)\.\d+ \(pyodide ([\d.]+)\):"
            r" [\d,]+ passed, [\d,]+ not run there, 0 failed",
            page.read_text(encoding="utf-8"),
        )
        assert dict(printed) == releases

    def test_both_licences_are_named(self) -> None:
        """
        The code is under MIT and the record under CC BY 4.0, in words and metadata.
        """
        assert PROJECT["project"]["license"] == "MIT AND CC-BY-4.0"
        assert "MIT License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
        assert "CC BY 4.0" in (ROOT / "LICENSE-DATA").read_text(encoding="utf-8")
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        assert "(LICENSE)" in readme
        assert "(LICENSE-DATA)" in readme

    def test_the_readme_names_targets_that_make_has(self) -> None:
        """
        Each `make` command of the README is a target of the Makefile.
        """
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        for line in readme.splitlines():
            if line.startswith("make "):
                subprocess.run(
                    ["make", "-n", *line.split()[1:]],
                    cwd=ROOT,
                    check=True,
                    capture_output=True,
                )


def groups_of(name: str) -> Iterator[str]:
    """
    Give what a dependency group asks for, and what the groups within it do.
    """
    for each in PROJECT["dependency-groups"][name]:
        if isinstance(each, dict):
            yield from groups_of(each["include-group"])
        else:
            yield each


def asked_for() -> list[Requirement]:
    """
    Return all that the lock has to have.
    """
    project = PROJECT["project"]
    lines = [
        *project["dependencies"],
        *itertools.chain(*project["optional-dependencies"].values()),
        *PROJECT["build-system"]["requires"],
        *itertools.chain(*map(groups_of, ("docs", "typing", "lint", "backend"))),
    ]
    return [Requirement(each) for each in lines]


def locked() -> list[tuple[Requirement, list[str]]]:
    """
    Return each pinned requirement of the lock with the hashes of its files.
    """
    text = LOCK.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [each for each in text.splitlines() if each[:1] not in {"", " ", "#"}]
    pinned = (each.split("--hash=") for each in lines)
    return [
        (Requirement(head), [each.strip() for each in hashes])
        for head, *hashes in pinned
    ]


def version_in(pinned: Requirement) -> str:
    (only,) = pinned.specifier
    assert only.operator == "=="
    return only.version


class TestLock:
    @pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
    @pytest.mark.parametrize(
        ("system", "name", "os_name"),
        [
            ("linux", "Linux", "posix"),
            ("darwin", "Darwin", "posix"),
            ("win32", "Windows", "nt"),
        ],
    )
    def test_has_one_fitting_version_of_all_that_is_asked_for(
        self, python: str, system: str, name: str, os_name: str
    ) -> None:
        """
        On each system and Python, the lock has one version of what the project wants.
        """
        there = {
            "python_version": python,
            "python_full_version": f"{python}.9",
            "implementation_version": f"{python}.9",
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
            "sys_platform": system,
            "platform_system": name,
            "os_name": os_name,
        }
        chosen: dict[str, list[str]] = {}
        for each, _ in locked():
            if each.marker is None or each.marker.evaluate(there):
                chosen.setdefault(canonicalize_name(each.name), []).append(
                    version_in(each)
                )
        assert {key: found for key, found in chosen.items() if len(found) > 1} == {}
        amiss = [
            str(each)
            for each in asked_for()
            if (each.marker is None or each.marker.evaluate(there))
            and not any(
                each.specifier.contains(version, prereleases=True)
                for version in chosen.get(canonicalize_name(each.name), [])
            )
        ]
        assert amiss == [], "make lock writes it anew"

    def test_names_files_by_their_hashes_and_no_place(self) -> None:
        """
        Each file is named by its SHA-256, and nothing says where it came from.
        """
        for each, hashes in locked():
            assert hashes, each
            for one in hashes:
                assert re.fullmatch(r"sha256:[0-9a-f]{64}", one), each
        text = LOCK.read_text(encoding="utf-8")
        assert "://" not in text
        assert not re.search(r"(?m)^\s*(-i|-f|--[\w-]*index|--find-links)\b", text)
        assert not re.search(r"(^|\s)(/|file:|[A-Z]:\\)", text)

    def test_has_what_builds_the_project(self) -> None:
        """
        What builds the project is a group as well, or the lock could not have it.
        """
        group = set(PROJECT["dependency-groups"]["backend"])
        assert group >= set(PROJECT["build-system"]["requires"])

    def test_stands_in_the_table_of_what_tjun_stands_on(self) -> None:
        """
        The page on trust names the lowest version allowed, and the one of the lock.
        """
        page = (ROOT / "docs/explanation/trust.md").read_text(encoding="utf-8")
        newest = {
            canonicalize_name(each.name): version_in(each) for each, _ in locked()
        }
        project = PROJECT["project"]
        for line in [
            *project["dependencies"],
            *project["optional-dependencies"]["testing"],
        ]:
            each = Requirement(line)
            (bound,) = each.specifier
            assert bound.operator == ">="
            row = f"| {each.name} | {bound.version} | {newest[each.name]} |"
            assert row in page
