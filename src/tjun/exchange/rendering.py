"""
Run an exporter and check that it keeps its contract.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

import attrs

from tjun.errors import ExportError, describe_error
from tjun.exchange.contract import Exporter, ExportRequest, File
from tjun.plugins.registry import BUILTIN, Owner

__all__ = ["Rendering", "origin_of"]

T = TypeVar("T")


def origin_of(owner: Owner | None) -> tuple[str | None, str | None]:
    """
    Return the plugin and the distribution for a message; `None` if built in.
    """
    if owner is None or owner.plugin == BUILTIN:
        return None, None
    return owner.plugin, owner.release


class _BrokenError(Exception):
    """
    An exporter breaks its contract; the message says how.
    """


@attrs.frozen
class Rendering:
    """
    One run of an exporter.

    Attributes:
        exporter: The exporter.

        request: What to export.

        owner: Where it comes from, or `None` if it was passed directly.
    """

    exporter: Exporter
    request: ExportRequest[Any]
    owner: Owner | None = None

    def chunks(self) -> Iterator[bytes]:
        """
        Yield the bytes of the file, or of the archive if there are several files.

        Raises:
            ExportError: If the exporter raises an exception, or yields anything but
                bytes, or nothing at all although the record has events.
        """
        if self.exporter.render is None:
            from tjun.exchange.directory import archive  # noqa: PLC0415  # Slow.

            return archive(self.files())
        return self._reported(self._file())

    def files(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """
        Yield the path and the bytes of each file.

        Raises:
            ExportError: As `chunks()`, and for two files with the same path.
        """
        return self._reported(self._files())

    def _file(self) -> Iterator[bytes]:
        size = 0
        for chunk in _chunks(self.exporter.render(self.request)):  # type: ignore[misc]  # Not None: `chunks()` checks.
            size += len(chunk)
            yield chunk
        self._check_not_empty(size)

    def _files(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        taken: dict[str, str] = {}
        made = self.exporter.render_files(self.request)  # type: ignore[misc]  # Not None: callers check.
        for file in _each(made, "File objects"):
            if not isinstance(file, File):
                msg = f"expected File objects, got {type(file).__name__}"
                raise _BrokenError(msg)
            _claim(file.path, taken)
            whole = isinstance(file.content, bytes)
            content = _chunks([file.content] if whole else file.content)
            yield file.path, self._reported(content)
        self._check_not_empty(len(taken))

    def _check_not_empty(self, made: int) -> None:
        if not made and self.request.chronology.events:
            msg = "it yielded nothing at all"
            raise _BrokenError(msg)

    def _reported(self, made: Iterator[T]) -> Iterator[T]:
        """
        Yield what the exporter makes; whatever it raises becomes an ExportError.
        """
        name, origin = self.exporter.name, origin_of(self.owner)
        try:
            yield from made
        except ExportError as error:
            if error.plugin is not None or origin[0] is None:
                raise
            raise ExportError(name, error.reason, *origin) from error
        except _BrokenError as error:
            raise ExportError(name, str(error), *origin) from error
        except (Exception, SystemExit) as error:
            raise ExportError(name, describe_error(error), *origin) from error


def _each(made: Any, wanted: str) -> Iterable[Any]:
    if isinstance(made, bytes):
        msg = f"expected {wanted}, got bytes as a whole; yield them instead"
        raise _BrokenError(msg)
    if isinstance(made, str) or not isinstance(made, Iterable):
        msg = f"expected {wanted}, got {type(made).__name__}"
        raise _BrokenError(msg)
    return made


def _chunks(made: Any) -> Iterator[bytes]:
    for chunk in _each(made, "chunks of bytes"):
        if not isinstance(chunk, bytes):
            msg = f"expected chunks of bytes, got {type(chunk).__name__}"
            raise _BrokenError(msg)
        yield chunk


def _claim(path: str, taken: dict[str, str]) -> None:
    """
    Reject *path* if it clashes with another path on a file system without case.
    """
    key = unicodedata.normalize("NFC", path).casefold()
    parts = key.split("/")
    above = ["/".join(parts[:end]) for end in range(1, len(parts))]
    for each in (key, *above):
        other = taken.get(each)
        if other is not None and (each == key or not other.endswith("/")):
            msg = f"the paths {other!r} and {path!r} cannot exist together"
            raise _BrokenError(msg)
    taken[key] = path
    for each in above:
        taken[each] = f"{path[: len(each)]}/"
