"""What is written as it comes, not as a whole: standard output, pipes and devices."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import stat
import sys
import time

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos
from planwriter.system.reasons import reason_of

_PATIENCE = 5.0
"""How long a writer waits for the reader of a pipe, in seconds."""


def is_stream(mode: int) -> bool:
    """True for the mode of a pipe or of a character device."""
    return stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)


def write_stream(path: str, data: bytes, mode: int) -> Finding | None:
    """Writes into a pipe or a character device; a disk or a socket is refused."""
    if not is_stream(mode):
        return finding("PW802", Pos(path), file=path, reason="这是磁盘设备或套接字，不是文件")
    until = time.monotonic() + _PATIENCE
    try:
        while True:
            try:
                descriptor = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
                break
            except OSError as error:
                if error.errno != errno.ENXIO or time.monotonic() > until:
                    raise
            time.sleep(0.05)
        with open(descriptor, "wb") as file:
            if hasattr(os, "O_NONBLOCK"):
                os.set_blocking(descriptor, True)
            file.write(data)
    except OSError as error:
        return finding("PW802", Pos(path), file=path, reason=reason_of(error))
    return None


class NoStream(io.TextIOWrapper):
    """Takes the place of a standard stream that is not there (pythonw) or closed: what is written to it is dropped."""

    def __init__(self) -> None:
        super().__init__(open(os.devnull, "wb"), encoding="utf-8")  # noqa: SIM115


def write_stdout(data: bytes) -> Finding | None:
    """Writes to standard output; returns a finding if that is closed or its disk is full."""
    if isinstance(sys.stdout, NoStream):
        return finding("PW802", Pos("-"), file="-", reason="这个程序启动时没有屏幕可写")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return finding("PW802", Pos("-"), file="-", reason=reason_of(error))
    return None
