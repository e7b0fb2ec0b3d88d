"""
The documentation agrees with the code, and its links work.
"""

from __future__ import annotations

import importlib.util
import inspect
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest

import tjun
from tjun import errors
from tjun.cli import application
from tjun.plugins import hooks

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
PLUGIN = ROOT / "examples" / "tjun-lines"
PAGES = sorted(
    [
        *(
            path
            for path in DOCS.rglob("*.md")
            if "_build" not in path.parts  # Not in the repository.
        ),
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "llms.txt")),
    ]
)
INDEX = DOCS / "index.md"
ORPHAN = "---\norphan: true\n---\n"
MAX_PICTURE_BYTES = 100_000  # A repository keeps every version of a picture.
_FENCE = re.compile(r"^(`{3,})[^\n]*\n.*?^\1$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"!?\[(?:[^\]\[]|\[[^\]]*\])*\]\(([^)\s]+)\)")
_PICTURE = re.compile(r' src(?:set)?="([^"]+)"')
_INCLUDED = re.compile(r"^```\{(?:literal)?include\} (\S+)$", re.MULTILINE)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def headings(path: Path) -> list[str]:
    """
    Return the headings of a page, including those of the pages it includes.
    """
    text = text_of(path)
    found = _HEADING.findall(_FENCE.sub("", text))
    for name in _INCLUDED.findall(text):
        if name.endswith(".md"):
            found += headings(path.parent / name)
    return [heading.replace("`", "") for heading in found]


def slug(heading: str) -> str:
    """
    Return the anchor that GitHub and MyST create for a heading.
    """
    plain = re.sub(r"[^\w\- ]", "", heading.lower())
    return plain.replace(" ", "-")


def script(path: Path) -> ModuleType:
    """
    Import a script in `docs/`.
    """
    spec = importlib.util.spec_from_file_location(f"docs_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def commands(app: Any, *words: str) -> Iterator[tuple[str, Any]]:
    """
    Yield each command below *app* with its full name.
    """
    for name, sub in app.resolved_commands().items():
        if not name.startswith("-"):
            yield " ".join(("tjun", *words, name)), sub
            yield from commands(sub, *words, name)


COMMANDS = {
    name: app
    for words in ([], ["export", "--no-plugins"])
    for name, app in commands(application(words))
}
HOOKS = [
    function for function in vars(hooks).values() if hasattr(function, "tjun_spec")
]
ERRORS = [
    name
    for name, kind in vars(errors).items()
    if inspect.isclass(kind) and issubclass(kind, Exception)
]
ENTRY = re.compile(r"^\* `([^`]+)`", re.MULTILINE)


class TestGeneratedFiles:
    @pytest.mark.parametrize(
        ("path", "text"),
        script(DOCS / "generate.py").generated().items(),
        ids=lambda value: value.stem if isinstance(value, Path) else "",
    )
    def test_are_up_to_date(self, path: Path, text: str) -> None:
        """
        Running `python docs/generate.py` would change nothing.
        """
        assert text_of(path) == text, "run: python docs/generate.py"


class TestReference:
    @pytest.mark.parametrize("name", tjun.__all__)
    def test_has_a_heading_for_each_public_name(self, name: str) -> None:
        """
        Each public name has one heading, with its docstring below.
        """
        heading = f"{name}()" if inspect.isfunction(getattr(tjun, name)) else name
        pages = [path for path in REFERENCE.glob("*.md") if heading in headings(path)]
        assert len(pages) == 1, f"{name} has headings on {pages}"
        (page,) = pages
        if name not in ("__version__", "hookimpl"):
            assert re.search(
                rf"^\.\. auto\w+:: tjun\.{name}$", text_of(page), re.MULTILINE
            )

    def test_has_no_name_that_was_removed(self) -> None:
        """
        Each documented name is public, or appears in a public annotation.
        """
        shown = set()
        for path in REFERENCE.glob("*.md"):
            shown |= set(
                re.findall(r"^\.\. auto\w+:: (\S+)$", text_of(path), re.MULTILINE)
            )
        public = {f"tjun.{name}" for name in tjun.__all__}
        more = {f"{hook.__module__}.{hook.__name__}" for hook in HOOKS}
        more |= {f"tjun.testing.{n}" for n in ("ExporterContract", "sample", "hostile")}
        assert shown <= public | more

    @pytest.mark.parametrize(
        "hook",
        HOOKS,
        ids=lambda hook: hook.__name__,
    )
    def test_has_each_hook_with_its_exact_arguments(
        self, hook: Callable[..., object]
    ) -> None:
        """
        The heading of a hook is its name and its arguments, as in the code.
        """
        arguments = ", ".join(
            str(each) for each in inspect.signature(hook).parameters.values()
        )
        assert f"{hook.__name__}({arguments})" in headings(REFERENCE / "plugins.md")

    @pytest.mark.parametrize(
        "exporter", tjun.exporters().values(), ids=lambda each: each.name
    )
    def test_has_each_exporter_with_its_options(self, exporter: tjun.Exporter) -> None:
        """
        Each exporter has a heading, its media type and suffix, and its options.
        """
        text = text_of(REFERENCE / "exporters.md")
        assert exporter.name in headings(REFERENCE / "exporters.md")
        part = text.partition(f"\n## `{exporter.name}`\n")[2].partition("\n## ")[0]
        assert f"`{exporter.media_type}`" in part
        assert f"`{exporter.suffix}`" in part
        for field in attrs.fields(exporter.options):
            flag = field.name.replace("_", "-")
            assert re.search(rf"^`--{flag}[ `]", part, re.MULTILINE), (
                f"--{flag} is missing"
            )
            assert f"`{field.name}={field.default!r}`" in part

    @pytest.mark.parametrize("name", COMMANDS)
    def test_has_each_command_with_its_options(self, name: str) -> None:
        """
        Each command has a heading, and an entry for each argument and option.
        """
        text = text_of(REFERENCE / "command-line.md")
        part = re.split(rf"^#+ `{name}`\n", text, maxsplit=1, flags=re.MULTILINE)
        assert len(part) == 2, f"{name} has no heading"
        entries = " ".join(
            ENTRY.findall(re.split(r"^#+ ", part[1], flags=re.MULTILINE)[0])
        )
        if COMMANDS[name].default_command is None:
            return  # It only groups other commands.
        for argument in COMMANDS[name].assemble_argument_collection():
            for option in argument.names:
                if argument.show and not option.startswith("--no-") and option != "*":
                    assert option in entries.replace(",", "").split(), option

    def test_has_no_command_that_was_removed(self) -> None:
        """
        The headings on the page are exactly the commands.
        """
        found = {h for h in headings(REFERENCE / "command-line.md") if h[:5] == "tjun "}
        assert found == set(COMMANDS)

    @pytest.mark.parametrize("name", ERRORS)
    def test_has_each_error(self, name: str) -> None:
        """
        Each exception has a heading in the reference of the library.
        """
        assert name in headings(REFERENCE / "python.md")

    def test_names_each_environment_variable(self) -> None:
        """
        The command-line page lists each environment variable that the code reads.
        """
        found: set[str] = set()
        for path in (ROOT / "src").rglob("*.py"):
            found |= set(re.findall(r"\bTJUN_[A-Z_]+\b", text_of(path)))
        page = text_of(REFERENCE / "command-line.md")
        assert found == set(re.findall(r"^\| `(TJUN_[A-Z_]+)`", page, re.MULTILINE))


class TestArchitecture:
    def test_names_each_package(self) -> None:
        """
        The table lists exactly the packages, and the modules beside them.
        """
        source = ROOT / "src" / "tjun"
        names = {"tjun"}
        for path in {*source.iterdir()} - {source / "__main__.py"}:
            if (path / "__init__.py").exists() or path.suffix == ".py":
                names.add(f"tjun.{path.stem}".removesuffix(".__init__"))
        page = text_of(DOCS / "explanation" / "architecture.md")
        assert set(re.findall(r"^\| `(tjun[\w.]*)`", page, re.MULTILINE)) == names

    def test_draws_each_import(self, tmp_path: Path) -> None:
        """
        The diagram has an arrow for each import that does not follow from others.
        """
        root = tmp_path / "tjun"
        root.mkdir()
        (root / "low.py").write_text("import attrs\n")
        (root / "middle.py").write_text("from tjun.low import x\n")
        (root / "high.py").write_text("import tjun.low\nimport tjun.middle\n")
        drawn = script(DOCS / "imports.py").diagram(root)
        assert re.findall(r'class="name"[^>]*>(\w+)<', drawn) == [
            "high",
            "low",
            "middle",
        ]
        assert drawn.count("marker-end") == 2
        assert ">attrs<" in drawn


class TestLinks:
    @pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
    def test_work(self, path: Path) -> None:
        """
        The file that a relative link points to exists, and has the heading.
        """
        text = text_of(path)
        plain = _FENCE.sub("", text)
        for target in (*_LINK.findall(plain), *_PICTURE.findall(plain)):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, anchor = target.partition("#")
            found = (path.parent / name).resolve() if name else path
            assert found.exists(), f"{target} does not exist"
            if anchor:
                slugs = [slug(heading) for heading in headings(found)]
                assert anchor in slugs, f"{target} has no such heading"

    @pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
    def test_included_files_exist(self, path: Path) -> None:
        """
        Each file that a page includes exists.
        """
        for name in _INCLUDED.findall(text_of(path)):
            assert (path.parent / name).is_file(), f"{name} does not exist"

    def test_every_page_is_in_the_contents(self) -> None:
        """
        The index lists every other page, or the page says that it is not listed.
        """
        listed = re.findall(r"^([\w-]+(?:/[\w-]+)?)$", text_of(INDEX), re.MULTILINE)
        pages = {
            path.relative_to(DOCS).with_suffix("").as_posix(): text_of(path)
            for path in PAGES
            if path.is_relative_to(DOCS)
        }
        orphans = {name for name, text in pages.items() if text.startswith(ORPHAN)}
        assert set(listed) == set(pages) - orphans - {"index"}
        links = {
            target.partition("#")[0].rpartition("/")[2]
            for path in PAGES
            for target in _LINK.findall(text_of(path))
        }
        for name in orphans:
            assert f"{name.rpartition('/')[2]}.md" in links, f"no link to {name}"

    def test_the_contents_are_short(self) -> None:
        """
        The sidebar has at most 18 entries.
        """
        listed = re.findall(r"^([\w-]+(?:/[\w-]+)?)$", text_of(INDEX), re.MULTILINE)
        assert len(listed) <= 18


TRUST = DOCS / "explanation" / "trust.md"
PUBLISH = DOCS / "how-to" / "publish-a-site.md"


class TestPromises:
    @pytest.mark.parametrize("path", [TRUST, PUBLISH], ids=lambda path: path.name)
    def test_name_tests_that_exist(self, path: Path) -> None:
        """
        The page names tests, and each of them exists.
        """
        names = re.findall(r"`(tests/\w+\.py)((?:::\w+)*)`", text_of(path))
        assert names
        for file, inner in names:
            text = text_of(ROOT / file)
            for name in inner.split("::")[1:]:
                assert re.search(rf"(class|def) {name}\b", text), f"{file}::{name}"

    def test_have_a_test(self) -> None:
        """
        Each section of promises names a test, as each row with a column for it does.
        """
        promises = text_of(TRUST).partition("\n## Hostile records\n")[2]
        promises = promises.partition("\n## The version of the plugin interface\n")[0]
        for section in promises.split("\n## "):
            assert "`tests/" in section
            for table in re.findall(r"(?:^\|.*\n)+", section, re.MULTILINE):
                heading, _, *rows = table.splitlines()
                if heading.endswith("| test |"):
                    assert [row for row in rows if "`tests/" not in row] == []

    def test_of_security_have_details(self) -> None:
        """
        The security policy links to the page that names the tests.
        """
        assert "(docs/explanation/trust.md)" in text_of(ROOT / "SECURITY.md")


_PICTURES = sorted(set(DOCS.glob("pictures/*.*")) - set(DOCS.glob("pictures/*.py")))


class TestPictures:
    @pytest.mark.parametrize("path", _PICTURES, ids=lambda path: path.name)
    def test_are_small_and_used(self, path: Path) -> None:
        """
        Each picture appears on a page, and is small.
        """
        assert path.stat().st_size < MAX_PICTURE_BYTES
        use = re.compile(rf'pictures/{re.escape(path.name)}[)"\n]')
        assert any(use.search(text_of(page)) for page in PAGES)

    def test_come_in_light_and_dark(self) -> None:
        """
        Each screenshot has a counterpart, and together they are small.
        """
        names = [path.stem for path in _PICTURES if path.suffix == ".webp"]
        kinds = sorted({name.rpartition("-")[0] for name in names})
        assert kinds == ["calendar", "event", "page"]
        assert names == [f"{kind}-{s}" for kind in kinds for s in ("dark", "light")]
        assert sum(path.stat().st_size for path in _PICTURES) < 300_000

    def test_the_plugin_life_cycle_is_up_to_date(self) -> None:
        """
        The diagram is what the script draws.
        """
        made = script(DOCS / "pictures" / "make.py").life_cycle()
        assert text_of(DOCS / "pictures" / "plugin-life-cycle.svg") == made


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    Create a directory with the plugin of the tutorial, as an installer would.
    """
    folder = tmp_path_factory.mktemp("installed")
    project = tomllib.loads(text_of(PLUGIN / "pyproject.toml"))["project"]
    (folder / "tjun_lines.py").write_bytes(
        (PLUGIN / "src" / "tjun_lines" / "__init__.py").read_bytes()
    )
    info = folder / f"tjun_lines-{project['version']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\n"
        f"Name: {project['name']}\nVersion: {project['version']}\n"
    )
    points = project["entry-points"]["tjun"].items()
    lines = "".join(f"{name} = {module}\n" for name, module in points)
    (info / "entry_points.txt").write_text(f"[tjun]\n{lines}")
    return folder


class TestReadme:
    def test_shows_what_make_calendar_prints(
        self, tmp_path: Path, run_on_terminal: Callable[..., tuple[int, str]]
    ) -> None:
        """
        The lines below `make calendar` are what its command prints, but for numbers.
        """
        text = text_of(ROOT / "README.md")
        shown = text.partition("```text\n")[2].partition("```")[0]
        makefile = text_of(ROOT / "Makefile")
        command = makefile.partition("\ncalendar: ")[2].splitlines()[1]
        command = command.strip().removeprefix("@").removeprefix("$(BIN)/")
        status, output = run_on_terminal(command, tmp_path)
        assert status == 0
        assert re.sub(r"\d+", "1", output) == re.sub(r"\d+", "1", shown)


class TestTutorial:
    def test_sessions_show_the_output_of_the_plugin(
        self,
        beside: Path,
        tmp_path: Path,
        run_on_terminal: Callable[..., tuple[int, str]],
    ) -> None:
        """
        The output that the tutorial shows for `tjun export lines` is correct.
        """
        page = text_of(DOCS / "tutorials" / "your-first-exporter.md")
        sessions = re.findall(
            r"^```console\n\$ (.*?)\n(.*?)^```$", page, re.DOTALL | re.MULTILINE
        )
        assert sessions
        for command, shown in sessions:
            _, output = run_on_terminal(command, tmp_path, PYTHONPATH=str(beside))
            lines = [line.rstrip() for line in output.strip().splitlines()]
            assert lines == shown.strip().splitlines()
