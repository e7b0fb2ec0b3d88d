"""
Save an export where the user wants it.
"""

from __future__ import annotations

import os

from tjun.errors import ExportError
from tjun.exporting.atomic import write_atomically
from tjun.exporting.directory import write_directory
from tjun.exporting.rendering import Rendering

__all__ = ["absolute", "save"]


def absolute(path: str | os.PathLike[str]) -> str:
    """
    Return *path* so that it means the same in any working directory.

    A trailing slash stays, and `..` too: after a symbolic link it does not lead back.
    """
    text = os.fsdecode(path)
    try:
        return os.path.join(os.getcwd(), text)
    except FileNotFoundError:  # The working directory was deleted.
        return text


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
            return write_directory(rendering.files(), path, exporter.name)
        if path.endswith(os.sep) and exporter.render_files is None:
            example = f"{shown}{exporter.name}{exporter.suffix}"
            told = f"it writes a single file; name one, such as {example!r}"
            raise ExportError(exporter.name, told)
        return write_atomically(rendering.chunks(), path)
    except (OSError, ValueError) as error:  # ValueError: a null in the path.
        why = getattr(error, "strerror", None) or str(error)
        told = f"cannot write {shown!r}: {why}"
        raise ExportError(exporter.name, told) from error
