"""
Run an exporter and check that it keeps its contract.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NoReturn, TypeVar

import attrs

from tjun.errors import ExportError, describe_error
from tjun.exchange.contract import Exporter, ExportRequest, File
from tjun.plugins.registry import BUILTIN, Owner

__all__ = ["Rendering", "origin_of"]

_MOST_EMPTY = 1_000_000  # Empty chunks, if the size is limited at all.

_END: Any = object()

T = TypeVar("T")


def origin_of(owner: Owner | None) -> tuple[str, str | None] | tuple[()]:
    """
    Return the plugin and the distribution for a message; nothing if built in.
    """
    if owner is None or owner.plugin == BUILTIN:
        return ()
    return owner.plugin, owner.release


class _BrokenError(Exception):
    """
    An exporter breaks its contract; the message says how.
    """


@attrs.define(eq=False)
class Rendering:
    """
    One run of an exporter.

    Attributes:
        exporter: The exporter.

        request: What to export.

        owner: Where it comes from, or `None` if it was passed directly.

        most: How many bytes it may yield; `None` for any number.

        watch: Called with the length of each chunk.
    """

    exporter: Exporter
    request: ExportRequest[Any]
    owner: Owner | None = None
    most: int | None = None
    watch: Callable[[int], object] | None = None
    _size: int = attrs.field(default=0, init=False)
    _empty: int = attrs.field(default=0, init=False)

    def chunks(self) -> Iterator[bytes]:
        """
        Yield the bytes of the file, or of the archive if there are several files.

        Raises:
            ExportError: If the exporter raises anything, or yields anything but
                bytes, nothing at all although the record has events, or too much.
        """
        render = self.exporter.render
        if render is None:
            from tjun.exchange.directory import archive  # noqa: PLC0415  # Slow.

            return archive(self.files())
        return self._file(render)

    def _file(
        self, render: Callable[[ExportRequest[Any]], Iterable[bytes]]
    ) -> Iterator[bytes]:
        yield from self._bytes(lambda: render(self.request))
        self._check_not_empty(made=self._size)

    def files(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """
        Yield the path and the bytes of each file.

        Raises:
            ExportError: As `chunks()`, and for two files with the same path.
        """
        render = self.exporter.render_files
        taken: dict[str, str] = {}
        count = 0
        for file in self._guarded(lambda: render(self.request), "File objects"):  # type: ignore[misc]  # Not None: callers check.
            if not isinstance(file, File):
                self._break(f"expected File objects, got {type(file).__name__}")
            self._claim(file.path, taken)
            count += 1
            yield file.path, self._content(file)
        self._check_not_empty(made=count)

    def _content(self, file: File) -> Iterator[bytes]:
        whole = _is_bytes(file.content)
        return self._bytes(lambda: [file.content] if whole else file.content)

    def _claim(self, path: str, taken: dict[str, str]) -> None:
        """
        Reject *path* if it clashes with another path on a file system without case.
        """
        key = _folded(path)
        parts = key.split("/")
        above = ["/".join(parts[:end]) for end in range(1, len(parts))]
        for each in (key, *above):
            other = taken.get(each)
            if other is not None and (each == key or not other.endswith("/")):
                message = f"the paths {other!r} and {path!r} cannot exist together"
                self._break(message)
        taken[key] = path
        for each in above:
            taken[each] = f"{path[: len(each)]}/"

    def _check_not_empty(self, *, made: int) -> None:
        if not made and self.request.chronology.events:
            self._break("it yielded nothing at all")

    def _bytes(self, source: Callable[[], Any]) -> Iterator[bytes]:
        for chunk in self._guarded(source, "chunks of bytes"):
            if not _is_bytes(chunk):
                self._break(f"expected chunks of bytes, got {type(chunk).__name__}")
            # A subclass of bytes may override its length and its content.
            exact = bytes.__getitem__(chunk, slice(None))
            self._count(len(exact))
            yield exact

    def _count(self, length: int) -> None:
        self._size += length
        self._empty += not length
        if self.watch is not None:
            self.watch(length)
        if self.most is None:
            return
        if self._size > self.most:
            self._break(f"it yields more than the {self.most:,} bytes allowed")
        empty = max(self.most, _MOST_EMPTY)
        if self._empty > empty:
            self._break(f"it yields more than {empty:,} empty chunks")

    def _guarded(self, source: Callable[[], Iterable[T]], wanted: str) -> Iterator[T]:
        """
        Yield what the exporter yields, and turn whatever it raises into ExportError.
        """
        guard = _Guard(self)
        with guard:
            made = source()
            if isinstance(made, bytes):
                msg = f"expected {wanted}, got bytes as a whole; yield them instead"
                raise _BrokenError(msg)
            if isinstance(made, str) or not isinstance(made, Iterable):
                msg = f"expected {wanted}, got {type(made).__name__}"
                raise _BrokenError(msg)
            iterator = iter(made)
        while True:
            with guard:
                item = next(iterator, _END)
            if item is _END:
                return
            yield item

    def _break(self, message: str) -> NoReturn:
        raise self.failure(_BrokenError(message))

    def failure(self, error: BaseException) -> ExportError:
        """
        Return *error* as an error of this export.
        """
        origin = origin_of(self.owner)
        if isinstance(error, ExportError):
            return ExportError(self.exporter.name, error.reason, *origin)
        broken = isinstance(error, _BrokenError)
        reason = str(error) if broken else describe_error(error)
        made = ExportError(self.exporter.name, reason, *origin)
        made.__cause__ = error
        return made


@attrs.frozen
class _Guard:
    """
    A context for an exporter's code that turns exceptions into ExportError.
    """

    rendering: Rendering

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if error is None or isinstance(error, KeyboardInterrupt):
            return
        if isinstance(error, ExportError) and (
            error.plugin is not None or not origin_of(self.rendering.owner)
        ):
            return  # It already names the right exporter.
        raise self.rendering.failure(error) from error


def _is_bytes(value: object) -> bool:
    return issubclass(type(value), bytes)  # isinstance() believes __class__.


def _folded(path: str) -> str:
    """
    Return *path* as a case-insensitive file system compares it.
    """
    return unicodedata.normalize("NFC", path).casefold()
