"""Commands of planwriter, each in a process of its own."""

from __future__ import annotations

import atexit
import functools
import json
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

from tests.support import ROOT

_LONGEST_INPUT = 4096
"""As many bytes as every pipe holds before anybody reads."""


def run(folder: Path, *arguments: str, stdin: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    """The result of one command, run in `folder` with additional environment variables.

    The process is forked from one that has imported everything, if the system can fork, and if no variable is for Python itself.
    """
    given = stdin.encode()
    can_fork = hasattr(os, "fork") and hasattr(socket, "send_fds") and len(given) <= _LONGEST_INPUT
    if not can_fork or any(name.startswith(("PYTHON", "LC_", "LANG")) for name in variables):
        return run_fresh(folder, *arguments, stdin=stdin, **variables)
    pipes = [os.pipe() for _ in range(3)]
    os.write(pipes[0][1], given)
    os.close(pipes[0][1])
    theirs = [pipes[0][0], pipes[1][1], pipes[2][1]]
    request = json.dumps([str(folder), arguments, _environment(variables)]).encode() + b"\n"
    line = _runner()[0]
    socket.send_fds(line, [request], theirs)
    for stream in theirs:
        os.close(stream)
    said: list[bytes] = [b"", b""]
    readers = [threading.Thread(target=_read, args=(pipes[at + 1][0], said, at)) for at in range(2)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    with line.makefile() as answer:
        code = int(answer.readline())
    shown = [data.decode("utf-8").replace("\r\n", "\n") for data in said]
    return subprocess.CompletedProcess(arguments, code, *shown)


def run_fresh(folder: Path, *arguments: str, stdin: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    """The result of one command in a new interpreter, as a user starts it."""
    command = [sys.executable, "-m", "planwriter", *arguments]
    return subprocess.run(
        command,
        cwd=folder,
        env=_environment(variables),
        capture_output=True,
        text=True,
        encoding="utf-8",
        input=stdin,
        check=False,
    )


def _environment(variables: dict[str, str]) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **variables}


def _read(stream: int, said: list[bytes], at: int) -> None:
    with open(stream, "rb") as file:
        said[at] = file.read()


@functools.cache
def _runner() -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """The line to a process of `tests.runner`, which ends when the line does, and that process."""
    ours, theirs = socket.socketpair()
    with theirs:
        command = [sys.executable, "-m", "tests.runner"]
        process = subprocess.Popen(command, cwd=ROOT, env=_environment({}), stdin=theirs)
    atexit.register(process.wait)
    atexit.register(ours.close)
    return ours, process
