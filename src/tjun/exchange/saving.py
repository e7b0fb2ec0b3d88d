"""
Save an export where the user wants it.
"""

from __future__ import annotations

import os

from tjun.errors import ExportError
from tjun.exchange.atomic import write_atomically
from tjun.exchange.rendering import Rendering

__all__ = ["absolute", "save", "working_directory"]


def working_directory() -> str:
    """
    Return the working directory, or an empty string if it was deleted.
    """
    try:
        return os.getcwd()
    except FileNotFoundError:
        return ""


def absolute(path: str | os.PathLike[str], start: str) -> str:
    """
    Return *path* as an absolute path.

    A trailing slash is kept, because it means a directory. So is `..`, because after
    a symbolic link it leads to the parent of the target.

    Args:
        path: The path.

        start: The directory it is relative to.
    """
    return os.path.join(start, os.fsdecode(path))


def save(rendering: Rendering, path: str, shown: str) -> bool:
    """
    Write an export to a file, a directory or an archive.

    Args:
        rendering: The export.

        path: The absolute path.

        shown: The path as the user wrote it, for messages.

    Returns:
        Whether anything changed.

    Raises:
        ExportError: If the exporter fails, or something cannot be written.
    """
    exporter = rendering.exporter
    try:
        if exporter.render_files is not None and not path.lower().endswith(".zip"):
            from tjun.exchange.directory import write_directory  # noqa: PLC0415  # Slow.

            return write_directory(rendering.files(), path, exporter.name)
        if path.endswith(os.sep) and exporter.render_files is None:
            example = f"{shown}{exporter.name}{exporter.suffix}"
            reason = f"it writes a single file; name one, such as {example!r}"
            raise ExportError(exporter.name, reason)
        return write_atomically(rendering.chunks(), path)
    except (OSError, ValueError) as error:  # ValueError for a null character.
        why = getattr(error, "strerror", None) or str(error)
        reason = f"cannot write {shown!r}: {why}"
        raise ExportError(exporter.name, reason) from error
