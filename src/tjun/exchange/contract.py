"""
What a plugin offers to export a chronology.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Generic

import attrs
from attrs.validators import ge, instance_of, is_callable, optional

from tjun.chronology.chronology import Chronology
from tjun.locales.available import language as find_language
from tjun.locales.language import Language
from tjun.model.validators import not_blank

__all__ = [
    "ExportRequest",
    "Exporter",
    "File",
    "NoOptions",
]

log = logging.getLogger("tjun")
log.addHandler(logging.NullHandler())  # A library prints nothing unless asked to.

NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
SUFFIX = re.compile(r"\.[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*")
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+(?:; ?[a-z]+=[A-Za-z0-9-]+)*")
_LONGEST_NAME = 255  # Bytes in one part of a path, on most file systems.

if TYPE_CHECKING:
    from typing_extensions import TypeVar

    Options = TypeVar("Options", default=Any)  # `Exporter` alone is not an error.
else:
    from typing import TypeVar

    Options = TypeVar("Options")


@attrs.frozen(kw_only=True)
class NoOptions:
    """
    The options of an exporter that has none.
    """


NO_OPTIONS: Any = NoOptions  # Not a `type[Options]` for type checkers.


def _is_day(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        msg = f"expected a datetime.date for {attribute.name}, got {value!r}"
        raise ValueError(msg)


@attrs.frozen(kw_only=True)
class ExportRequest(Generic[Options]):
    """
    What an exporter is asked to write.

    Attributes:
        chronology: The record, already restricted to what the user asked for.

        options: An instance of the exporter's `options` class.

        language: The language to write in; a BCP 47 tag is converted.

        today: The day to count from. An exporter must not read the clock.

        selection: The filters of the command line as text, always in the same order;
            empty if called from Python.

    Raises:
        NotFoundError: If there is no such language.

        ValueError: If `today` is not a date.
    """

    chronology: Chronology
    options: Options
    language: Language = attrs.field(
        factory=lambda: find_language("en"), converter=find_language
    )
    today: dt.date = attrs.field(validator=_is_day)
    selection: str = ""
    _exporter: str | None = attrs.field(
        default=None, alias="exporter", eq=False, repr=False
    )

    def note(self, message: str) -> None:
        """
        Show the user a message that does not stop the export.

        The command line prints it to standard error. In Python, it goes to the logger
        `tjun`. Both show the name of the exporter.

        Args:
            message: For example, what was left out and why.
        """
        if self._exporter is None:
            log.info("%s", message)
        else:
            log.info("%s: %s", self._exporter, message)


def is_like(pattern: re.Pattern[str], example: str) -> Callable[..., None]:
    def validate(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
        if not isinstance(value, str) or pattern.fullmatch(value) is None:
            msg = f"expected a {attribute.name} like {example!r}, got {value!r}"
            raise ValueError(msg)

    return validate


def is_options_class(_: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    if not isinstance(value, type) or not attrs.has(value):
        msg = f"expected an attrs class for {attribute.name}, got {value!r}"
        raise ValueError(msg)
    for field in attrs.fields(value):
        if field.init and field.default is attrs.NOTHING:
            msg = f"the option {field.name!r} has no default; every option needs one"
            raise ValueError(msg)


def _is_path(_: object, __: attrs.Attribute[Any], value: object) -> None:
    if (problem := path_problem(value)) is not None:
        msg = f"{value!r} cannot be the path of a file: {problem}"
        raise ValueError(msg)


def path_problem(path: object) -> str | None:
    """
    Return why *path* cannot name a file inside a directory, or `None` if it can.
    """
    if not isinstance(path, str) or not path:
        return "a path is text such as 'events/index.html'"
    if path.startswith("/"):
        return "it is absolute; paths are relative to the directory"
    if "\\" in path or not path.isprintable():
        return "it contains a backslash or a character that cannot be printed"
    problems = map(_name_problem, path.split("/"))
    return next((problem for problem in problems if problem is not None), None)


def _name_problem(name: str) -> str | None:
    if name in {"", ".", ".."}:
        return f"the part {name!r} of it is not a name"
    if len(name.encode()) > _LONGEST_NAME:
        return f"a part of it is longer than {_LONGEST_NAME} bytes"
    if name.startswith(".tjun-"):
        return "names that start with .tjun- are tjun's own"
    return None


@attrs.frozen
class File:
    """
    One file of an export that consists of several.

    Attributes:
        path: Where it is in the directory, with `/` between the parts.

        content: Its bytes, as a whole or in chunks.

        media_type: Its media type, such as `text/html`.

    Raises:
        ValueError: For a path that is absolute, leaves the directory or cannot name
            a file.
    """

    path: str = attrs.field(validator=_is_path)
    content: bytes | Iterable[bytes] = attrs.field(repr=False)
    media_type: str = attrs.field(
        default="application/octet-stream",
        validator=is_like(_MEDIA_TYPE, "text/html"),
    )


def _fits_function(
    exporter: Exporter[Any], attribute: attrs.Attribute[Any], value: object
) -> None:
    if (exporter.render is None) == (exporter.render_files is None):
        msg = "an exporter has exactly one of render and render_files"
        raise ValueError(msg)
    if exporter.render is not None:
        is_like(SUFFIX, ".csv")(exporter, attribute, value)
    elif value != "/":
        msg = f"the suffix of an exporter with render_files is '/', not {value!r}"
        raise ValueError(msg)


@attrs.frozen(kw_only=True)
class Exporter(Generic[Options]):
    """
    A format that a chronology can be written in.

    An exporter has either `render` or `render_files`.

    Attributes:
        name: What users type: lower-case letters, digits and hyphens.

        summary: One line of help.

        media_type: The media type of the file, or of the main file of a directory.

        suffix: What file names end in, such as `.ics`; `/` for a directory.

        options: An attrs class whose fields all have defaults and are documented.
            They become the flags of `tjun export` and the keywords of `export()`.

        render: Takes an `ExportRequest` and yields the bytes of one file in chunks.

        render_files: Takes an `ExportRequest` and yields the `File` objects of a
            directory.

        api: The version of the plugin API that the exporter was written for.

    Raises:
        ValueError: If a value is invalid.
    """

    name: str = attrs.field(validator=is_like(NAME, "csv"))
    summary: str = attrs.field(validator=not_blank)
    media_type: str = attrs.field(validator=is_like(_MEDIA_TYPE, "text/csv"))
    suffix: str = attrs.field(validator=_fits_function)
    options: type[Options] = attrs.field(default=NO_OPTIONS, validator=is_options_class)
    render: Callable[[ExportRequest[Options]], Iterable[bytes]] | None = attrs.field(
        default=None, validator=optional(is_callable())
    )
    render_files: Callable[[ExportRequest[Options]], Iterable[File]] | None = (
        attrs.field(default=None, validator=optional(is_callable()))
    )
    api: int = attrs.field(default=1, validator=[instance_of(int), ge(1)])
