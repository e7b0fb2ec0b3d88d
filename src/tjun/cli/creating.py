"""
Create files and directories without replacing anything.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tjun.errors import TjunError

__all__ = ["new_path"]


@contextlib.contextmanager
def new_path(target: Path) -> Iterator[Path]:
    """
    Yield a temporary path that is renamed to *target* when everything is written.

    Args:
        target: The file or directory to create.

    Raises:
        TjunError: If it exists, also if it appears in the meantime, or if it cannot
            be written.
    """
    _refuse_existing(target)
    made: str | None = None
    try:
        made = tempfile.mkdtemp(prefix=".tjun-", dir=target.parent)
        path = Path(made) / target.name
        yield path
        try:
            os.link(path, target)  # Never replaces what another process has created.
        except OSError:  # A directory cannot have a second name.
            _refuse_existing(target)
            path.rename(target)
    except OSError as error:
        msg = f"cannot write {target}: {error.strerror}"
        raise TjunError(msg) from error
    finally:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)


def _refuse_existing(target: Path) -> None:
    if os.path.lexists(target):
        msg = f"{target} already exists and was not changed; choose another name"
        raise TjunError(msg)
