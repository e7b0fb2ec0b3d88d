"""
tjun opens no network connection.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import attrs

import tjun

# Python reports every attempt to reach the network to such a function.
OFFLINE = """
import shlex, sys

def refuse(name, arguments):
    if name.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")):
        raise RuntimeError(f"network access: {name}")

sys.addaudithook(refuse)
from tjun.cli import main
for line in sys.argv[1:]:
    try:
        main(shlex.split(line))
    except SystemExit as exit:
        assert exit.code in (0, None), (line, exit.code)
"""
COMMANDS = """
upcoming|on 03-02|events|show tajikistan-joins-un|search water|timeline|missions|areas
disputes|sources|records|languages|plugins|check|schema
"""


def run_offline(folder: Path, *lines: str, program: str = OFFLINE) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program, *lines],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr if done.returncode else ""


class TestNetwork:
    def test_access_would_be_noticed(self, tmp_path: Path) -> None:
        """
        The function that the other tests rely on stops a connection.
        """
        connect = "import socket; socket.create_connection(('127.0.0.1', 9))"
        program = OFFLINE.replace("main(shlex.split(line))", connect)
        error = run_offline(tmp_path, "events", program=program)
        assert "RuntimeError: network access: socket." in error

    def test_is_not_used_by_commands(self, tmp_path: Path) -> None:
        """
        No command that reads the record opens a connection.
        """
        commands = COMMANDS.strip().replace("\n", "|").split("|")
        assert run_offline(tmp_path, *commands) == ""

    def test_is_not_used_by_exporters(self, tmp_path: Path) -> None:
        """
        No built-in exporter opens a connection, whatever addresses it writes.
        """
        lines = []
        for exporter in tjun.exporters().values():
            words = ["export", exporter.name, "--no-plugins", "--area", "water"]
            names = {field.name for field in attrs.fields(exporter.options)}
            for name in sorted(names & {"base_url", "feed_url", "page_url"}):
                words += [f"--{name.replace('_', '-')}", "https://example.org/x/"]
            words += ["-o", f"{exporter.name}{exporter.suffix}"]
            lines.append(shlex.join(words))
        assert run_offline(tmp_path, *lines) == ""
