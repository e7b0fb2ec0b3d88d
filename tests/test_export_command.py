"""
The `export` command: directories, archives, filters, notes and unusable exporters.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from fake_plugins import Shelf, offering, offering_files
from running import Run

import tjun

OWN = Path(__file__).parent / "golden" / "record.toml"
ALONE = ("--record", str(OWN))
PAGES = offering_files(
    "pages",
    "yield File('index.html', b'home')\n"
    "for event in request.chronology.events:\n"
    "    yield File(f'events/{event.id}.html', event.id.encode())",
)


@pytest.fixture
def run(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COLUMNS", "400")
    return run


class TestSeveralFiles:
    def test_are_written_to_a_directory(
        self, run: Run, shelf: Shelf, tmp_path: Path
    ) -> None:
        """
        `-o DIR/` writes the files, and says so only if something changed.
        """
        shelf.add(PAGES, name="pages")
        top = f"{tmp_path}/public/"
        done = run("export", "pages", *ALONE, "-o", top)
        assert done == (0, "", f"Wrote {top}.\n")
        assert (tmp_path / "public" / "index.html").read_bytes() == b"home"
        found = {path.stem for path in (tmp_path / "public" / "events").iterdir()}
        assert found == set(tjun.load(OWN).events.ids)
        done = run("export", "pages", *ALONE, "-o", top)
        assert done == (0, "", f"{top} is the same as before.\n")

    def test_are_written_to_an_archive(
        self, run: Run, shelf: Shelf, tmp_path: Path
    ) -> None:
        """
        `-o x.zip` writes an archive.
        """
        shelf.add(PAGES, name="pages")
        path = tmp_path / "x.zip"
        assert run("export", "pages", *ALONE, "-o", path).status == 0
        with zipfile.ZipFile(path) as archive:
            assert "index.html" in archive.namelist()

    def test_need_a_place(self, run: Run, shelf: Shelf) -> None:
        """
        Without -o, an exporter of several files is a usage error with a hint.
        """
        shelf.add(PAGES, name="pages")
        done = run("export", "pages", *ALONE)
        assert (done.status, done.out) == (2, "")
        assert "-o pages/" in done.err
        assert "-o pages.zip" in done.err
        assert "directory to write, or an archive" in run("export", "pages", "-h").out

    def test_replace_others_only_on_request(
        self, run: Run, shelf: Shelf, tmp_path: Path
    ) -> None:
        """
        A file that tjun did not write is replaced only with --replace.
        """
        shelf.add(PAGES, name="pages")
        words = ("export", "pages", *ALONE, "-o", f"{tmp_path}/new/")
        assert run(*words).status == 0
        page = next(tmp_path.glob("new/[!.]*"))
        page.write_bytes(b"mine")
        done = run(*words)
        assert (done.status, done.out) == (1, "")
        assert f"tjun did not write {page.name!r}, or it was modified" in done.err
        assert run(*words, "--replace").status == 0
        assert page.read_bytes() != b"mine"
        assert run("export", "json", *ALONE, "--replace").status == 2

    def test_are_not_a_single_file(self, run: Run, tmp_path: Path) -> None:
        """
        An exporter of one file and a path that ends in a slash do not go together.
        """
        done = run("export", "json", *ALONE, "-o", f"{tmp_path}/new/")
        assert done.status == 1
        assert "it writes a single file; name one, such as" in done.err
        assert not (tmp_path / "new").exists()


class TestSelection:
    @pytest.mark.parametrize(
        ("words", "selection"),
        [
            ((), ""),
            (("--since", "2000", "--area", "WATER"), "--area water --since 2000"),
            (
                ("--area", "water", "--area", "environment", "--disputed"),
                "--area environment --area water --disputed",
            ),
            (("--kind", "visit", "--text", "a b"), "--kind visit --text 'a b'"),
            (
                ("--status", "held", "--mission", "UNMOT", "--according-to", "Article"),
                "--according-to article --mission unmot --status held",
            ),
        ],
    )
    def test_reaches_the_exporter_as_text(
        self, words: tuple[str, ...], selection: str, run: Run, shelf: Shelf
    ) -> None:
        """
        The filters have exact ids and an order of their own, whatever the user's.
        """
        shelf.add(
            offering("filtered", "yield f'<{request.selection}>'.encode()"),
            name="filtered",
        )
        done = run("export", "filtered", *words)
        assert (done.status, done.out) == (0, f"<{selection}>")


class TestNotes:
    def test_have_the_name_of_their_exporter(self, run: Run, shelf: Shelf) -> None:
        """
        A note appears on standard error, that of a nested export too.
        """
        inner = offering("inner", "request.note('half is left out')\nyield b'made'")
        outer = (
            "import tjun\n"
            "yield tjun.export(request.chronology, 'inner')\n"
            "request.note('all is well')"
        )
        shelf.add(inner, name="inner", distribution="tjun-inner")
        shelf.add(offering("outer", outer), name="outer", distribution="tjun-outer")
        done = run("export", "outer", *ALONE)
        assert done == (0, "made", "inner: half is left out\nouter: all is well\n")
