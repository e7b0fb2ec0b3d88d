"""
The wheel, the source distribution, and the files about the project.
"""

from __future__ import annotations

import itertools
import json
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
CLASSIFIER = "Programming Language :: Python :: "
PYTHONS = [
    each.removeprefix(CLASSIFIER)
    for each in PROJECT["project"]["classifiers"]
    if each.startswith(CLASSIFIER)
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    command = [sys.executable, "-m", "build", "--outdir", folder, ROOT]
    subprocess.run(command, check=True, capture_output=True)
    return folder


@pytest.mark.packaging
class TestWheel:
    def test_contains_the_package_its_data_and_its_licences(self, built: Path) -> None:
        """
        The wheel contains every module, the record, py.typed and the licences.
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
        assert "tjun/data/tajikistan/events.toml" in names

    @pytest.mark.slow
    def test_is_reproducible(self, built: Path, tmp_path: Path) -> None:
        """
        Building twice produces the same bytes.
        """
        subprocess.run(
            [sys.executable, "-m", "build", "--outdir", tmp_path, ROOT],
            check=True,
            capture_output=True,
        )
        for first in built.iterdir():
            assert first.read_bytes() == (tmp_path / first.name).read_bytes()

    def test_works_in_a_new_environment(self, built: Path, tmp_path: Path) -> None:
        """
        In an environment with only the wheel, tjun exports the calendar.
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
        assert b"UID:tajikistan-joins-un-2027@tajikistan.tjun\r\n" in done.stdout


@pytest.mark.packaging
class TestSourceDistribution:
    def test_contains_only_what_the_checks_need(self, built: Path) -> None:
        """
        The source distribution contains the source, the tests and the documents.
        """
        (archive,) = built.glob("*.tar.gz")
        with tarfile.open(archive) as opened:
            tops = {Path(name).parts[1] for name in opened.getnames()}
        assert tops == {
            ".github",
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
            "requirements-locked.txt",
            "src",
            "tests",
            "typing_tests",
        }


class TestMetadata:
    def test_the_version_is_the_same_everywhere(self) -> None:
        """
        The package, the changelog and the citation have the same version.
        """
        version = tjun.__version__
        assert PROJECT["project"]["dynamic"] == ["version"]
        assert metadata.version("tjun") == version
        changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
        assert f"\n## {version} – " in changelog
        citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
        assert f"\nversion: {version}\n" in citation

    def test_each_python_in_the_classifiers_is_tested(self) -> None:
        """
        The classifiers name exactly the versions that the workflow runs tests with.
        """
        path = ROOT / ".github" / "workflows" / "checks.yml"
        matrix = re.findall(r"python: (\[.+\])", path.read_text(encoding="utf-8"))
        assert matrix
        for versions in matrix:
            assert json.loads(versions) == PYTHONS

    def test_both_licences_are_named(self) -> None:
        """
        The metadata and the README name MIT for the code and CC BY for the record.
        """
        assert PROJECT["project"]["license"] == "MIT AND CC-BY-4.0"
        assert "MIT License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
        assert "CC BY 4.0" in (ROOT / "LICENSE-DATA").read_text(encoding="utf-8")
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        assert "(LICENSE)" in readme
        assert "(LICENSE-DATA)" in readme


def group_members(name: str) -> Iterator[str]:
    """
    Yield the requirements of a dependency group, including nested groups.
    """
    for each in PROJECT["dependency-groups"][name]:
        if isinstance(each, dict):
            yield from group_members(each["include-group"])
        else:
            yield each


def required() -> list[Requirement]:
    """
    Return every requirement that the lock must satisfy.
    """
    project = PROJECT["project"]
    lines = [
        *project["dependencies"],
        *itertools.chain(*project["optional-dependencies"].values()),
        *PROJECT["build-system"]["requires"],
        *itertools.chain(*map(group_members, ("docs", "typing", "lint", "backend"))),
    ]
    return [Requirement(each) for each in lines]


def locked() -> list[tuple[Requirement, list[str]]]:
    """
    Return each pinned requirement in the lock with the hashes of its files.
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
    @pytest.mark.parametrize("python", PYTHONS)
    @pytest.mark.parametrize(
        ("system", "name", "os_name"),
        [
            ("linux", "Linux", "posix"),
            ("darwin", "Darwin", "posix"),
            ("win32", "Windows", "nt"),
        ],
    )
    def test_satisfies_every_requirement_on_each_platform(
        self, python: str, system: str, name: str, os_name: str
    ) -> None:
        """
        On each system and Python, the lock has one suitable version per requirement.
        """
        environment = {
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
            if each.marker is None or each.marker.evaluate(environment):
                chosen.setdefault(canonicalize_name(each.name), []).append(
                    version_in(each)
                )
        assert {key: found for key, found in chosen.items() if len(found) > 1} == {}
        unsatisfied = [
            str(each)
            for each in required()
            if (each.marker is None or each.marker.evaluate(environment))
            and not any(
                each.specifier.contains(version, prereleases=True)
                for version in chosen.get(canonicalize_name(each.name), [])
            )
        ]
        assert unsatisfied == [], "run: make lock"

    def test_identifies_files_by_hash_only(self) -> None:
        """
        The lock has a SHA-256 for each file, and no URL or path.
        """
        for each, hashes in locked():
            assert hashes, each
            for one in hashes:
                assert re.fullmatch(r"sha256:[0-9a-f]{64}", one), each
        text = LOCK.read_text(encoding="utf-8")
        assert "://" not in text
        assert not re.search(r"(?m)^\s*(-i|-f|--[\w-]*index|--find-links)\b", text)
        assert not re.search(r"(^|\s)(/|file:|[A-Z]:\\)", text)
