"""
Save an export where the user wants it.
"""

from __future__ import annotations

import os

from tjun.errors import ExportError
from tjun.exchange.atomic import write_atomically
from tjun.exchange.rendering import Rendering

__all__ = ["save"]


def save(rendering: Rendering, path: str, *, replace: bool = False) -> bool:
    """
    Write an export to a file, a directory or an archive.

    Args:
        rendering: The export.

        path: The path.

        replace: Whether to replace files of a directory that the exporter did not
            write, or that were modified since.

    Returns:
        Whether anything changed.

    Raises:
        ExportError: If the exporter fails, or something cannot be written.
    """
    exporter = rendering.exporter
    try:
        if exporter.render_files is not None and not path.lower().endswith(".zip"):
            from tjun.exchange.directory import write_directory  # noqa: PLC0415  # Slow.

            files = rendering.files()
            return write_directory(files, path, exporter.name, replace=replace)
        if path.endswith(os.sep) and exporter.render_files is None:
            example = f"{path}{exporter.name}{exporter.suffix}"
            reason = f"it writes a single file; name one, such as {example!r}"
            raise ExportError(exporter.name, reason)
        return write_atomically(rendering.chunks(), path)
    except (OSError, ValueError) as error:  # ValueError for a null character.
        why = getattr(error, "strerror", None) or str(error)
        reason = f"cannot write {path!r}: {why}"
        raise ExportError(exporter.name, reason) from error
