"""
Run an exporter in a process of its own.

There the hash seed, the home directory, the locale and the time zone can be chosen,
and what the exporter does to the system can be observed.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tjun.exchange.contract import Exporter
from tjun.testing.rendered import rendered
from tjun.testing.samples import sample

__all__ = ["effect_of", "run_in_subprocess"]


def run_in_subprocess(
    exporter: Exporter,
    options_to_try: Sequence[Mapping[str, Any]],
    environment: Mapping[str, str],
    directory: Path,
) -> dict[str, Any]:
    """
    Return what *exporter* does with the sample record in a process of its own.

    Args:
        exporter: Its functions and its options class must be importable.

        options_to_try: The keywords of each export.

        environment: Environment variables to set.

        directory: An empty directory, in which the working directory and the one for
            temporary files are made.

    Returns:
        `digests`, the SHA-256 of each export, and `effects`, a list of what the
        exporter did to the system.
    """
    try:
        pickled = pickle.dumps((exporter, [dict(each) for each in options_to_try]))
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        message = (
            f"{error}: what the exporter {exporter.name!r} calls must be at the top"
            " level of a module, so that another process can import it"
        )
        raise AssertionError(message) from error
    for name in ("work", "temporary"):
        (directory / name).mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tjun.testing.subprocess_runner"],
        input=base64.b64encode(pickled),
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path)),
            "TMPDIR": str(directory / "temporary"),
            **environment,
        },
        cwd=directory / "work",
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


_WATCHED = ("os.mkdir", "os.remove", "os.rename", "os.symlink", "shutil.", "socket.")
_PROCESSES = ("subprocess.Popen", "os.system", "os.exec", "os.fork", "os.posix_spawn")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def effect_of(event: str, given: tuple[Any, ...]) -> tuple[str, bool] | None:
    """
    Return what an audited event does to the system, or `None` if it only reads.

    Args:
        event: Its name, from the table of audit events in Python's documentation.

        given: Its arguments.

    Returns:
        A description, and whether it only concerns temporary files.
    """
    if event == "open":
        path, mode, flags = given
        if not flags & _WRITES and not (
            isinstance(mode, str) and set(mode) & {*"wax+"}
        ):
            return None
        return f"open {path} to write", _is_temporary(path)
    if not event.startswith((*_WATCHED, *_PROCESSES)):
        return None
    paths = [each for each in given if isinstance(each, (str, bytes, os.PathLike))]
    temporary = event.startswith(("os.", "shutil.")) and bool(paths)
    return event, temporary and all(map(_is_temporary, paths))


def _is_temporary(path: object) -> bool:
    if isinstance(path, int):
        return True  # A descriptor; opening its file was an event of its own.
    top = os.path.realpath(tempfile.gettempdir())
    found = os.path.realpath(os.fsdecode(path))  # type: ignore[arg-type]  # open() accepted it.
    return found == top or found.startswith(top + os.sep)


def _child(exporter: Exporter, options_to_try: list[dict[str, Any]]) -> None:
    effects: list[tuple[str, bool]] = []

    def watch(event: str, given: tuple[Any, ...]) -> None:
        effect = effect_of(event, given)
        if effect is not None:
            effects.append(effect)

    watch.__cantrace__ = True  # type: ignore[attr-defined]  # Lets coverage trace it.
    sys.dont_write_bytecode = True
    tempfile.gettempdir()  # The first call writes a file as a test.
    # The first export imports modules, which is not an effect of the exporter.
    rendered(exporter, sample(), options=options_to_try[0])
    sys.addaudithook(watch)
    digests = []
    for options in options_to_try:
        made = rendered(exporter, sample(), options=options)
        digests.append(hashlib.sha256(repr(made).encode()).hexdigest())
    # The end of the process has effects, too, but not the exporter's.
    sys.stdout.write(json.dumps({"digests": digests, "effects": list(effects)}))


if __name__ == "__main__":
    _child(*pickle.loads(base64.b64decode(sys.stdin.buffer.read())))
