from pathlib import Path

import pytest

import tjun
from tjun.recordfiles import files
from tjun.recordfiles.files import Document, parse, read

DOTTED = ".".join("a" * 21)  # A key of 21 parts.


def written(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


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
        expected = "expected a file that ends in .toml or .json"
        assert read(path) == Document(file=path, error=expected)

    def test_reports_a_missing_file(self, tmp_path: Path) -> None:
        """
        A missing file is an error with its name.
        """
        path = str(tmp_path / "none.toml")
        expected = "cannot be read: No such file or directory"
        assert read(path) == Document(file=path, error=expected)

    def test_reports_a_directory(self, tmp_path: Path) -> None:
        """
        A directory with the name of a record is an error.
        """
        path = tmp_path / "folder.toml"
        path.mkdir()
        expected = "cannot be read: Is a directory"
        assert read(str(path)) == Document(file=str(path), error=expected)

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
        monkeypatch.setattr(files, "MOST_BYTES", len(text.encode()))
        assert read(written(tmp_path, "r.toml", text)).content == {"format": 1}

    def test_rejects_a_larger_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A file one byte larger than the maximum is rejected.
        """
        monkeypatch.setattr(files, "MOST_BYTES", 1234)
        path = written(tmp_path, "r.toml", "#" * 1235)
        expected = "expected at most 1,234 bytes, got more"
        assert read(path) == Document(file=path, error=expected)

    def test_the_maximum_is_64_mebibytes(self) -> None:
        """
        The largest file that is read has 64 MiB.
        """
        assert files.MOST_BYTES == 67_108_864

    def test_reports_the_first_invalid_byte(self, tmp_path: Path) -> None:
        """
        The error about an encoding names the position of the first invalid byte.
        """
        path = tmp_path / "r.toml"
        path.write_bytes(b'title = "\xff"')
        assert read(str(path)).error == "not valid UTF-8 (byte 9)"


class TestParse:
    @pytest.mark.parametrize(
        ("format_", "text"),
        [("json", "[" * 500_000), ("toml", "a = " + "[" * 5_000)],
    )
    def test_rejects_deep_nesting(self, format_: str, text: str) -> None:
        """
        Values nested too deeply are rejected without a RecursionError.
        """
        expected = f"cannot be read as {format_.upper()}: it is nested too deeply"
        assert parse(text, format_) == Document(error=expected)

    @pytest.mark.parametrize("text", ['{"a": 1, "a": 1}', '{"b": [{"a": 1, "a": 2}]}'])
    def test_rejects_duplicate_keys_in_json(self, text: str) -> None:
        """
        A duplicate key in JSON is rejected, as it is in TOML.
        """
        expected = "cannot be read as JSON: duplicate key 'a'"
        assert parse(text, "json") == Document(error=expected)

    @pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
    def test_rejects_what_is_not_a_number_in_json(self, number: str) -> None:
        """
        Constants that only Python knows are rejected.
        """
        expected = f"cannot be read as JSON: {number} is not a number in JSON"
        assert parse(f'{{"a": {number}}}', "json") == Document(error=expected)

    @pytest.mark.parametrize("format_", ["toml", "json"])
    def test_rejects_numbers_with_many_digits(self, format_: str) -> None:
        """
        A number with too many digits is an error of the file.
        """
        digits = "1" * 5_000
        text = f"a = {digits}" if format_ == "toml" else f'{{"a": {digits}}}'
        error = parse(text, format_).error
        assert error is not None
        assert "Exceeds the limit" in error


class TestDottedKeys:
    @pytest.mark.parametrize(
        "text",
        [
            f"{DOTTED} = 1",
            f"[{DOTTED}]",
            f"[[{DOTTED}]]",
            f"x = {{ {DOTTED} = 1 }}",
            f"x = {{ b = 1, {DOTTED} = 1 }}",
            f"'''x'''\n{DOTTED} = 1",
            f'x = """\\""" # """\n{DOTTED}=1',
            f'x = """"a"""""\n{DOTTED}=1',
            f"x = '''a'''''\n{DOTTED} = 1",
            f"x = \"'''\"\n{DOTTED} = 1",
            DOTTED.replace(".", " . ") + " = 1",
            DOTTED.replace(".", "\t.") + " = 1",
            DOTTED.replace("a", '"a.b"') + " = 1",
            DOTTED.replace("a", "''") + " = 1",
            DOTTED.replace("a", r'"\""') + " = 1",
        ],
    )
    def test_with_many_parts_are_rejected(self, text: str) -> None:
        """
        A dotted key of more than 20 parts is rejected wherever it is.
        """
        expected = "cannot be read as TOML: a key has more than 20 parts"
        assert parse(text, "toml") == Document(error=expected)

    @pytest.mark.parametrize(
        "string",
        [
            f'"""\n{DOTTED} = 1\n"""',
            f"'''\n{DOTTED} = 1\n'''",
            f'"""\n[{DOTTED}]\n"""',
            f'"""a\\"""b\n{DOTTED} = 1\n"""',
            f'"""\n"{DOTTED}" = ""\n"""""',
            f"'''\n'' {DOTTED} = 1\n'''''",
            f'"{DOTTED} = 1"',
            f"'{DOTTED} = 1'",
            f'"\\"{DOTTED} = 1"',
            f'"" # {DOTTED} = 1',
        ],
    )
    def test_are_not_looked_for_in_strings_and_comments(self, string: str) -> None:
        """
        Text that looks like a dotted key is accepted in strings and comments.
        """
        document = parse(f"title = {string}\nb = 1", "toml")
        assert document.error is None
        assert document.content["b"] == 1

    def test_in_a_multi_line_string_are_part_of_the_record(self) -> None:
        """
        A multi-line title may contain dotted text.
        """
        loaded = tjun.loads(f'title = """\n{DOTTED} = 1"""')
        assert str(loaded.title) == f"{DOTTED} = 1"

    @pytest.mark.parametrize(
        "text",
        [
            'x = "' + '\\"' * 500_000,
            '"""' * 333_333,
            '"""' + "." * 30 + "\\",
            "'" * 999_999 + "." * 30,
            '"\\' * 500_000,
            "a " * 500_000 + "." * 30,
            "a ." * 10 + " " * 1_000_000 + "." * 30,
            ("a" + " " * 1_000) * 1_000 + "." * 30,
        ],
        ids=range(8),
    )
    def test_are_looked_for_in_linear_time(self, text: str) -> None:
        """
        Invalid TOML of a megabyte is rejected without delay.
        """
        assert parse(text, "toml").error is not None
