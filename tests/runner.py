"""Runs commands of planwriter, each in a process of its own, which is forked from one that has imported everything.

The requests come through the socket that is standard input: a line of JSON (folder, arguments, environment, and null or the
seconds of CPU and the megabytes of data that the process may use) with the descriptors that become the command's standard
streams. The answer is a line with the exit code, negative for a signal.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import pkgutil
import resource
import signal
import socket
import sys

MAX_REQUEST = 1 << 20
"""The longest request in bytes."""
SECONDS = 600
"""After which a command that waits for something is ended."""


def _import_everything() -> None:
    """Imports the modules of planwriter that can be imported here, and what they import late."""
    import planwriter

    late = ("cerberus", "filelock", "jinja2", "jinja2.sandbox", "sqlite3", "cryptography.hazmat.primitives")
    ours = [module.name for module in pkgutil.walk_packages(planwriter.__path__, "planwriter.")]
    for name in (*ours, *late):
        if name != "planwriter.writers.docx.store":  # python-docx, which makes base packages only
            with contextlib.suppress(ImportError):
                importlib.import_module(name)


def _run(
    streams: list[int], folder: str, arguments: list[str], environment: dict[str, str], limits: list[int] | None
) -> int:
    """Runs one command as `python -m planwriter` does; returns its exit code."""
    from planwriter.__main__ import main

    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    os.closerange(3, max(streams) + 1)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)  # noqa: SIM115
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["planwriter", *arguments]
    signal.alarm(SECONDS)
    if limits is not None:
        resource.setrlimit(resource.RLIMIT_CPU, (limits[0],) * 2)
        resource.setrlimit(resource.RLIMIT_DATA, (limits[1] * 2**20,) * 2)
    try:
        main()
        code = 0
    except SystemExit as stop:
        code = int(stop.code or 0)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def serve() -> None:
    """Answers requests until the other end of the socket is closed."""
    from tests.once import parse_once

    _import_everything()
    parse_once()
    with socket.socket(fileno=os.dup(0)) as line:
        while True:
            request, streams, _, _ = socket.recv_fds(line, MAX_REQUEST, 3)
            if not request:
                return
            while not request.endswith(b"\n"):
                request += line.recv(MAX_REQUEST)
            child = os.fork()
            if child == 0:
                line.close()
                signal.signal(signal.SIGPIPE, signal.SIG_IGN)
                os._exit(_run(streams, *json.loads(request)))
            for stream in streams:
                os.close(stream)
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            line.sendall(f"{code}\n".encode())


if __name__ == "__main__":
    serve()
