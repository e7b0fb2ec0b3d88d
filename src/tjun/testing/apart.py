"""
An exporter in a process of its own.

There the hash seed can be chosen, and the system watched.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import subprocess
import sys
from importlib import import_module
from typing import Any

from tjun.chronology.chronology import Chronology
from tjun.exporting.contract import Exporter, ExportRequest
from tjun.testing.samples import sample

__all__ = ["rendered", "run_apart", "touches"]

TODAY = dt.date(2027, 3, 2)
"""
The day that every request of the contract counts from.
"""


def _request(
    exporter: Exporter, record: Chronology, language: str = "en"
) -> ExportRequest[Any]:
    return ExportRequest(
        chronology=record,
        options=exporter.options(),
        language=language,
        today=TODAY,
    )


def rendered(exporter: Exporter, record: Chronology, language: str = "en") -> bytes:
    """
    Return what *exporter* makes of *record*, each piece being octets.
    """
    pieces = list(exporter.render(_request(exporter, record, language)))
    for piece in pieces:
        assert isinstance(piece, bytes), f"expected pieces of bytes, got {piece!r}"
    return b"".join(pieces)


def run_apart(exporter: Exporter, seed: str) -> dict[str, Any]:
    """
    Return what *exporter* did with the sample record in a process of its own.

    Args:
        exporter: Its function and its options class must be importable.

        seed: The hash seed.

    Returns:
        `digest`, the SHA-256 of the octets, and `done`, a list of what it did to the
        system while rendering.
    """
    parts = {
        "render": _importable(exporter.render, exporter),
        "options": _importable(exporter.options, exporter),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tjun.testing.apart", json.dumps(parts)],
        env={
            **os.environ,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _importable(thing: Any, exporter: Exporter) -> str:
    name = f"{thing.__module__}:{thing.__qualname__}"
    assert "<" not in name, (
        f"{name} of the exporter {exporter.name!r} must stand at the top of its module,"
        " so that another process can import it"
    )
    return name


_WATCHED = ("os.mkdir", "os.remove", "os.rename", "os.symlink", "shutil.", "socket.")
_PROCESSES = ("subprocess.Popen", "os.system", "os.exec", "os.fork", "os.posix_spawn")


def touches(event: str, given: tuple[Any, ...]) -> str | None:
    """
    Return what an audited event does to the system, or `None` where it only looks.

    Args:
        event: Its name, from the table of audit events in Python's documentation.

        given: Its arguments.
    """
    if event == "open":
        path, mode, flags = given
        writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if writes or (isinstance(mode, str) and set(mode) & set("wax+")):
            return f"open {path} to write"
        return None
    return event if event.startswith((*_WATCHED, *_PROCESSES)) else None


def _child(parts: dict[str, str]) -> None:
    done: list[str] = []
    watching = False

    def watch(event: str, given: tuple[Any, ...]) -> None:
        if watching and (what := touches(event, given)) is not None:
            done.append(what)

    watch.__cantrace__ = True  # type: ignore[attr-defined]  # So that a debugger sees it.
    exporter = Exporter(
        name="under-test",
        summary="Under test.",
        media_type="application/octet-stream",
        suffix=".bin",
        render=_imported(parts["render"]),
        options=_imported(parts["options"]),
    )
    sys.dont_write_bytecode = True
    rendered(exporter, sample())  # Once, so that all is imported that will be.
    sys.addaudithook(watch)
    watching = True
    made = rendered(exporter, sample())
    watching = False
    digest = hashlib.sha256(made).hexdigest()
    sys.stdout.write(json.dumps({"digest": digest, "done": done}))


def _imported(name: str) -> Any:
    module, _, path = name.partition(":")
    found: Any = import_module(module)
    for part in path.split("."):
        found = getattr(found, part)
    return found


if __name__ == "__main__":
    _child(json.loads(sys.argv[1]))
