import zipfile
from pathlib import Path

import pytest

from tjun.recordfiles import files
from tjun.recordfiles.files import Document, parse


def written(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def read(path: str) -> Document:
    (document,) = files.read(path)
    return document


class TestRead:
    def test_returns_the_content(self, tmp_path: Path) -> None:
        """
        A file in TOML and the same file in JSON have the same content.
        """
        toml = written(tmp_path, "r.toml", 'title = "Т"')
        json = written(tmp_path, "r.json", '{"title": "Т"}')
        assert read(toml) == Document(file=toml, content={"title": "Т"})
        assert read(json) == Document(file=json, content={"title": "Т"})

    def test_accepts_a_byte_order_mark(self, tmp_path: Path) -> None:
        """
        A file that starts with a byte-order mark is read like one without.
        """
        path = written(tmp_path, "marked.toml", "\ufeffformat = 1")
        assert read(path).content == {"format": 1}

    def test_ignores_the_case_of_the_suffix(self, tmp_path: Path) -> None:
        """
        The suffix may be in capitals.
        """
        path = written(tmp_path, "R.TOML", "format = 1")
        assert read(path).content == {"format": 1}

    @pytest.mark.parametrize("name", ["record.yaml", "record", "toml", "r.toml.bak"])
    def test_rejects_another_suffix(self, tmp_path: Path, name: str) -> None:
        """
        A file with another suffix is not read.
        """
        path = str(tmp_path / name)
        expected = (
            "expected a directory, or a file that ends in .toml, .json or what an"
            " importer reads, such as .csv"
        )
        assert read(path) == Document(file=path, error=expected)

    def test_reports_a_missing_file(self, tmp_path: Path) -> None:
        """
        A missing file is an error with its name.
        """
        path = str(tmp_path / "none.toml")
        expected = "cannot be read: No such file or directory"
        assert read(path) == Document(file=path, error=expected)

    def test_reports_an_impossible_name(self) -> None:
        """
        A name that no file can have is an error like any other.
        """
        error = read("a\0b.toml").error
        assert error is not None
        assert error.startswith("cannot be read: ")

    def test_reads_a_file_of_the_maximum_size(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A file of exactly the maximum size is read.
        """
        text = "format = 1 # é\n"
        monkeypatch.setattr(files, "_MOST_BYTES", len(text.encode()))
        assert read(written(tmp_path, "r.toml", text)).content == {"format": 1}

    def test_rejects_a_larger_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A file one byte larger than the maximum is rejected.
        """
        monkeypatch.setattr(files, "_MOST_BYTES", 1234)
        path = written(tmp_path, "r.toml", "#" * 1235)
        expected = "expected at most 1,234 bytes, got more"
        assert read(path) == Document(file=path, error=expected)

    def test_reports_the_first_invalid_byte(self, tmp_path: Path) -> None:
        """
        The error about an encoding names the position of the first invalid byte.
        """
        path = tmp_path / "r.toml"
        path.write_bytes(b'title = "\xff"')
        assert read(str(path)).error == "not valid UTF-8 (byte 9)"


class TestDirectories:
    def test_contain_a_header_entries_and_translations(self, tmp_path: Path) -> None:
        """
        The header comes first, then other files by name, then the translations.
        """
        (tmp_path / "translations").mkdir()
        (tmp_path / "b.toml").mkdir()
        for name in ("c", "a", "record", "translations/tg", "translations/ru"):
            written(tmp_path, f"{name}.toml", "format = 2")
        written(tmp_path, "notes.md", "format = 2")
        found = [document.file for document in files.read(str(tmp_path))]
        names = ("record", "a", "c", "translations/ru", "translations/tg")
        assert found == [str(tmp_path / f"{name}.toml") for name in names]

    def test_may_contain_other_toml_files(self, tmp_path: Path) -> None:
        """
        A file without a format does not belong to the record; one with errors does.
        """
        written(tmp_path, "record.toml", "format = 2")
        written(tmp_path, "pyproject.toml", "[project]")
        broken = written(tmp_path, "wrong.toml", "format =")
        _, wrong = files.read(str(tmp_path))
        assert (wrong.file, wrong.content) == (broken, None)

    def test_without_a_header_are_reported(self, tmp_path: Path) -> None:
        """
        A directory without `record.toml` is an error with its name.
        """
        expected = "expected a directory with the file record.toml; it has none"
        assert read(str(tmp_path)) == Document(file=str(tmp_path), error=expected)

    def test_may_be_in_a_zip_file(self, tmp_path: Path) -> None:
        """
        A directory of a package is read with `importlib.resources`.
        """
        archive = tmp_path / "a.zip"
        with zipfile.ZipFile(archive, "w") as opened:
            opened.writestr("r/record.toml", "format = 2")
            opened.writestr("r/translations/ru.toml", "format = 2")
        inside = zipfile.Path(archive, "r/")
        assert [each.content for each in files.read(inside)] == [{"format": 2}] * 2


class TestParse:
    @pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
    def test_rejects_what_is_not_a_number_in_json(self, number: str) -> None:
        """
        Constants that only Python knows are rejected.
        """
        expected = f"cannot be read as JSON: {number} is not a number in JSON"
        assert parse(f'{{"a": {number}}}', "json") == Document(error=expected)
