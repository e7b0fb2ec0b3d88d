"""
The hooks, and what an exporter consists of.
"""

import datetime as dt
import inspect
import re
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import attrs
import pluggy
import pytest

import tjun
from tjun import Chronology, Exporter, ExportRequest, File, formats
from tjun.exchange.contract import NoOptions
from tjun.locales import registry as language_registry
from tjun.plugins import hooks
from tjun.recordfiles import registry as record_registry


def render(request: ExportRequest[Any]) -> Iterator[bytes]:
    yield b"made"


def exporter(**given: Any) -> Exporter:
    usual = {
        "name": "csv",
        "summary": "A table.",
        "media_type": "text/csv",
        "suffix": ".csv",
        "render": render,
    }
    return Exporter(**{**usual, **given})


@attrs.frozen
class NeedsMore:
    needed: int
    other: int = 1


class TestExporter:
    def test_has_no_options_unless_given(self) -> None:
        """
        An exporter made without options has an options class without fields.
        """
        assert exporter().options is NoOptions
        assert attrs.fields(NoOptions) == ()

    def test_accepts_keyword_arguments_only(self) -> None:
        """
        An exporter has no positional arguments.
        """
        with pytest.raises(TypeError, match="positional"):
            Exporter("csv", "A table.", "text/csv", ".csv", render)  # type: ignore[misc]  # What is tested.

    @pytest.mark.parametrize(
        ("field", "expected", "values"),
        [
            (
                "name",
                "expected a name like 'csv', got {!r}",
                ["", "CSV", "c_s", "-c", "c-", "c--s", "1c", "c s", "c\n", "цсв", None],
            ),
            (
                "media_type",
                "expected a media_type like 'text/csv', got {!r}",
                ["", "csv", "text/", "text/csv\n", "a/b;c", None],
            ),
            (
                "suffix",
                "expected a suffix like '.csv', got {!r}",
                ["", "csv", ".", ".c/d", "../x", ".csv\n", ".a..b", "/", None],
            ),
            ("summary", "expected a string for summary", ["", " \n", 5]),
            (
                "options",
                "expected an attrs class for options, got {!r}",
                [dict, None, NoOptions(), "NoOptions"],
            ),
            (
                "options",
                "the option 'needed' has no default; every option needs one",
                [NeedsMore],
            ),
        ],
    )
    def test_rejects_other_values(
        self, field: str, expected: str, values: list[object]
    ) -> None:
        """
        The error for an invalid value names the field, the value and an example.
        """
        for value in values:
            message = expected.format(value)
            with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
                exporter(**{field: value})


def files(request: ExportRequest[Any]) -> Iterator[File]:
    yield File("index.html", b"made", "text/html")


class TestExporterOfFiles:
    def test_has_a_slash_for_a_suffix(self) -> None:
        """
        An exporter with `render_files` writes a directory.
        """
        made = exporter(render=None, render_files=files, suffix="/")
        assert made.render_files is files
        with pytest.raises(ValueError, match=r"render_files is '/', not '\.html'"):
            exporter(render=None, render_files=files, suffix=".html")
        with pytest.raises(ValueError, match=r"a suffix like '\.csv', got '/'"):
            exporter(suffix="/")

    @pytest.mark.parametrize("given", [{}, {"render": render, "render_files": files}])
    def test_has_exactly_one_function(self, given: dict[str, Any]) -> None:
        """
        An exporter with both functions, or neither, is rejected.
        """
        with pytest.raises(ValueError, match="exactly one of render and render_files"):
            exporter(**{"render": None, **given})

    def test_has_valid_functions_and_a_positive_version(self) -> None:
        """
        The functions can be called, and the version of the plugin API is from 1.
        """
        assert exporter().api == 1
        with pytest.raises(ValueError, match="'api' must be >= 1: 0"):
            exporter(api=0)
        for wrong in ({"api": "1"}, {"render": b"made"}):
            with pytest.raises(TypeError, match="' must be"):
                exporter(**wrong)


class TestFile:
    @pytest.mark.parametrize(
        "path", ["index.html", "events/a b.html", "тоҷикистон/x", ".hidden", "a..b/c"]
    )
    def test_may_be_anywhere_in_the_directory(self, path: str) -> None:
        """
        Any relative path with names between slashes is accepted.
        """
        assert File(path, b"").path == path
        assert File(path, b"").media_type == "application/octet-stream"

    @pytest.mark.parametrize(
        ("path", "problem"),
        [
            ("", "a path is text such as 'events/index.html'"),
            (None, "a path is text such as 'events/index.html'"),
            (b"a", "a path is text such as 'events/index.html'"),
            ("/etc/passwd", "it is absolute; paths are relative to the directory"),
            ("..", "the part '..' of it is not a name"),
            ("a/../../b", "the part '..' of it is not a name"),
            ("./a", "the part '.' of it is not a name"),
            ("a//b", "the part '' of it is not a name"),
            ("a/", "the part '' of it is not a name"),
            ("a\\b", "a backslash or a character that cannot be printed"),
            ("a\nb", "a backslash or a character that cannot be printed"),
            ("a\0b", "a backslash or a character that cannot be printed"),
            ("\ud800", "a backslash or a character that cannot be printed"),
            ("ҷ" * 128, "a part of it is longer than 255 bytes"),
            (".tjun-site.json", "names that start with .tjun- are tjun's own"),
        ],
    )
    def test_cannot_leave_the_directory(self, path: Any, problem: str) -> None:
        """
        A path that cannot name a file inside the directory is rejected.
        """
        message = f"{path!r} cannot be the path of a file: "
        with pytest.raises(ValueError, match=f"^{re.escape(message)}.*") as caught:
            File(path, b"")
        assert str(caught.value).endswith(problem)

    def test_has_a_valid_media_type(self) -> None:
        """
        A media type without a slash is rejected.
        """
        with pytest.raises(ValueError, match="expected a media_type like 'text/html'"):
            File("a", b"", "html")


class TestExportRequest:
    def test_is_in_english_by_default(self) -> None:
        """
        The default language of a request is English.
        """
        day = dt.date(2027, 3, 2)
        request = ExportRequest(chronology=Chronology(), options=None, today=day)
        assert (request.language.tag, request.today) == ("en", day)
        assert request.selection == ""

    def test_converts_a_language_tag(self) -> None:
        """
        A language may be a tag or a `Language`; the request has a `Language`.
        """
        day = dt.date(2027, 3, 2)
        request = ExportRequest(
            chronology=Chronology(), options=None, today=day, language="ru-RU"
        )
        assert request.language == tjun.languages()["ru"]
        again = attrs.evolve(request, language=tjun.languages()["tg"])
        assert again.language.tag == "tg"

    @pytest.mark.parametrize(
        ("exporter", "message"), [(None, "all is well"), ("csv", "csv: all is well")]
    )
    def test_passes_notes_to_the_logger(
        self, exporter: str | None, message: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        """
        A note goes to the logger `tjun`, with the name of the exporter if there is one.
        """
        caplog.set_level("INFO", logger="tjun")
        request = ExportRequest(
            chronology=Chronology(),
            options=None,
            today=dt.date(2027, 3, 2),
            exporter=exporter,
        )
        request.note("all is well")
        assert [(r.name, r.getMessage()) for r in caplog.records] == [("tjun", message)]

    @pytest.mark.parametrize(
        "today",
        [None, "2027-03-02", dt.datetime(2027, 3, 2, tzinfo=dt.UTC), 2027],
        ids=repr,
    )
    def test_rejects_what_is_not_a_date(self, today: object) -> None:
        """
        Today has to be a date, and neither a string nor a datetime.
        """
        with pytest.raises(
            ValueError, match=r"^expected a datetime\.date for today, got"
        ):
            ExportRequest(chronology=Chronology(), options=None, today=today)  # type: ignore[arg-type]  # What is tested.


class TestHooks:
    @pytest.mark.parametrize(
        ("hook", "offers"),
        [
            (hooks.tjun_exporters, Exporter),
            (hooks.tjun_importers, tjun.Importer),
            (hooks.tjun_records, tjun.Record),
            (hooks.tjun_languages, tjun.Language),
        ],
    )
    def test_have_no_arguments(self, hook: Callable[[], Any], offers: type) -> None:
        """
        There are four hooks, each without arguments and with one class of objects.
        """
        manager = pluggy.PluginManager("tjun")
        manager.add_hookspecs(hooks)
        assert len(vars(manager.hook)) == 4
        assert inspect.signature(hook).parameters == {}
        assert inspect.get_annotations(hook)["return"] == f"Iterable[{offers.__name__}]"
        assert hook() is None

    @pytest.mark.parametrize("module", [formats, record_registry, language_registry])
    def test_are_used_for_what_is_built_in(self, module: ModuleType) -> None:
        """
        The built-in plugin implements the same hooks as any other plugin.
        """
        manager = pluggy.PluginManager("tjun")
        manager.add_hookspecs(hooks)
        manager.register(module)
        manager.check_pending()
        assert manager.get_hookcallers(module)
