"""
The workflow that publishes the site.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from serving import served

from tjun.exchange.options import bind
from tjun.formats.web import SITE

WORKFLOW = Path(__file__).parent.parent / ".github" / "workflows" / "publish.yml"


@pytest.fixture(scope="module")
def jobs() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    return content["jobs"]


def step(jobs: dict[str, Any], name: str) -> dict[str, Any]:
    """
    Return the step of the job `build` with this name.
    """
    (found,) = [s for s in jobs["build"]["steps"] if s.get("name") == name]
    return found


@pytest.fixture
def published(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """
    The directory of the published site, and its address.
    """
    folder = tmp_path / "published"
    folder.mkdir()
    with served(folder) as address:
        yield folder, address


def compare(jobs: dict[str, Any], folder: Path, url: str, manifest: str) -> str:
    """
    Return what the workflow decides about a new site with this manifest.
    """
    if shutil.which("curl") is None:
        pytest.skip("needs curl")
    (folder / "public").mkdir()
    (folder / "public" / ".tjun-site.json").write_text(manifest, encoding="utf-8")
    output = folder / "output"
    variables = {"BASE_URL": url, "GITHUB_OUTPUT": str(output), "GITHUB_RUN_ID": "7"}
    subprocess.run(
        ["bash", "-e", "-c", step(jobs, "Compare it with the published one")["run"]],
        cwd=folder,
        check=True,
        env={**os.environ, **variables},
        stdout=subprocess.DEVNULL,
    )
    copied = (folder / "public" / "files.json").read_text(encoding="utf-8")
    assert copied == manifest
    return output.read_text(encoding="utf-8").strip()


def test_the_same_site_is_not_published_again(
    jobs: dict[str, Any], published: tuple[Path, str], tmp_path: Path
) -> None:
    """Its files keep their dates, so nobody downloads them again."""
    folder, url = published
    (folder / "files.json").write_text('{"a": 1}', encoding="utf-8")
    assert compare(jobs, tmp_path, url, '{"a": 1}') == "changed=false"


def test_another_site_is_published(
    jobs: dict[str, Any], published: tuple[Path, str], tmp_path: Path
) -> None:
    """Its manifest differs."""
    folder, url = published
    (folder / "files.json").write_text('{"a": 1}', encoding="utf-8")
    assert compare(jobs, tmp_path, f"{url}/", '{"a": 2}') == "changed=true"


def test_the_first_site_is_published(
    jobs: dict[str, Any], published: tuple[Path, str], tmp_path: Path
) -> None:
    """There is no manifest to compare with."""
    assert compare(jobs, tmp_path, published[1], '{"a": 1}') == "changed=true"


def test_the_site_is_published_only_if_it_differs(jobs: dict[str, Any]) -> None:
    """Both the upload and the other job depend on the comparison."""
    changed = "changed == 'true'"
    (upload,) = [s for s in jobs["build"]["steps"] if "upload" in s.get("uses", "")]
    assert upload["if"] == f"steps.compare.outputs.{changed}"
    assert jobs["deploy"]["if"] == f"needs.build.outputs.{changed}"


def test_a_fork_needs_no_secrets() -> None:
    """GitHub itself grants what the jobs need."""
    assert "secrets." not in WORKFLOW.read_text(encoding="utf-8")


def test_the_command_has_only_options_that_exist(jobs: dict[str, Any]) -> None:
    """A renamed option would stop the site from being published."""
    words = shlex.split(step(jobs, "Write the site")["run"])
    assert words[:3] == ["tjun", "export", "site"]
    flags = [word for word in words if word.startswith("--")]
    keywords = {flag[2:].replace("-", "_"): "https://a.example/" for flag in flags}
    assert bind(SITE, keywords).base_url == "https://a.example/"
