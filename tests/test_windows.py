"""
What only POSIX has is not needed to load, export or write.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

POSIX = """
O_CLOEXEC O_DIRECTORY O_NOFOLLOW O_NONBLOCK chown fchmod fchown fork geteuid getgid
getuid getxattr lchown listxattr mkfifo mknod pread pwrite setxattr uname wait4
"""
PROGRAM = """
import os, signal, sys

for name in sys.argv[1].split():
    delattr(os, name)
for name in ("SIGHUP", "SIGALRM", "SIGPIPE", "SIGKILL", "alarm"):
    delattr(signal, name)
for name in ("fcntl", "grp", "pty", "pwd", "resource", "termios", "tty"):
    sys.modules[name] = None

import tjun
from tjun.cli import main

un = tjun.load()
un = un.select(un.events.where(area="water"))
tjun.write(un, "json", "mine.json")
for exporter in tjun.exporters().values():
    base = {"base_url": "https://example.org/"} if exporter.name == "site" else {}
    tjun.write(un, exporter.name, f"out-{exporter.name}{exporter.suffix}", **base)
    tjun.write(un, exporter.name, f"out-{exporter.name}{exporter.suffix}", **base)
main(["export", "ics", "--record", "mine.json", "-o", "mine.ics"])
"""


class TestWindows:
    def test_can_do_everything_without_posix(self, tmp_path: Path) -> None:
        """
        Loading, every export, writing and the command line work without these names.
        """
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, POSIX],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout) == (0, ""), done.stderr
        assert (tmp_path / "mine.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
        assert (tmp_path / "out-site/index.html").is_file()
