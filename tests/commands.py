"""Commands of planwriter, each in a process of its own."""

from __future__ import annotations

import atexit
import functools
import json
import os
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.support import ROOT

CAN_FORK = hasattr(os, "fork") and hasattr(socket, "send_fds")
_LONGEST_INPUT = 4096
"""As many bytes as every pipe holds before anybody reads."""


def run(folder: Path, *arguments: str, stdin: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    """The result of one command, run in `folder` with additional environment variables.

    The process is forked from one that has imported everything, if the system can fork, and if no variable is for Python itself.
    """
    if not CAN_FORK or any(name.startswith(("PYTHON", "LC_", "LANG")) for name in variables):
        return run_fresh(folder, *arguments, stdin=stdin, **variables)
    return _forked(folder, arguments, stdin, variables)


def run_merged(folder: Path, *arguments: str) -> str:
    """What one command says, run in `folder`: both of its streams, as they come."""
    if CAN_FORK:
        return _forked(folder, arguments, "", {}, merged=True).stdout
    command = [sys.executable, "-m", "planwriter", *arguments]
    pipe, both = subprocess.PIPE, subprocess.STDOUT
    return subprocess.run(
        command, cwd=folder, env=_environment({}), stdout=pipe, stderr=both, encoding="utf-8", check=False
    ).stdout


def run_limited(
    folder: Path, *arguments: str, seconds: int = 60, megabytes: int = 300
) -> subprocess.CompletedProcess[str]:
    """What became of one command, run in `folder`, that may use so many seconds of CPU and megabytes of data.

    Some 40 MB are in use when it starts. A process that is stopped at a limit has a negative return code.
    """
    return _forked(folder, arguments, "", {}, limits=(seconds, megabytes))


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


def _forked(
    folder: Path,
    arguments: tuple[str, ...],
    stdin: str,
    variables: dict[str, str],
    *,
    merged: bool = False,
    limits: tuple[int, int] | None = None,
) -> subprocess.CompletedProcess[str]:
    given = stdin.encode()
    assert len(given) <= _LONGEST_INPUT
    readings, writings = zip(*(os.pipe() for _ in range(2 if merged else 3)), strict=True)
    os.write(writings[0], given)
    os.close(writings[0])
    theirs = [readings[0], writings[1], writings[-1]]
    request = json.dumps([str(folder), arguments, _environment(variables), limits]).encode() + b"\n"
    line = _runner()[0]
    socket.send_fds(line, [request], theirs)
    for stream in set(theirs):
        os.close(stream)
    with ThreadPoolExecutor() as readers:
        said = [data.decode("utf-8").replace("\r\n", "\n") for data in readers.map(_read, readings[1:])]
    with line.makefile() as answer:
        code = int(answer.readline())
    return subprocess.CompletedProcess(arguments, code, said[0], "" if merged else said[1])


def _environment(variables: dict[str, str]) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **variables}


def _read(stream: int) -> bytes:
    with open(stream, "rb") as file:
        return file.read()


@functools.cache
def _runner() -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """The line to a process of `tests.runner`, which ends when the line does, and that process."""
    ours, theirs = socket.socketpair()
    with theirs:
        command = [sys.executable, "-m", "tests.runner"]
        process = subprocess.Popen(command, cwd=ROOT, env=_environment({}), stdin=theirs.fileno())
    atexit.register(process.wait)
    atexit.register(ours.close)
    return ours, process
