"""Opens regular files alone, so that a pipe or device that lies among them never makes the program wait."""

from __future__ import annotations

import os
import stat

from planwriter.start.typing import BinaryIO

_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOCTTY", 0)
_NO_WAIT: int = getattr(os, "O_NONBLOCK", 0)


class NotPlain(OSError):
    """The name is that of a pipe, a device or a socket."""

    def __init__(self) -> None:
        super().__init__("这是管道或设备，不是普通的文件")


def open_plain(path: str) -> BinaryIO:
    """A regular file opened for reading. Raises OSError, `NotPlain` if it is anything but a file or folder; never waits."""
    _check(os.stat(path))  # before opening, which alone is an order to some devices
    try:
        descriptor = os.open(path, _FLAGS | _NO_WAIT)
    except BlockingIOError:  # a file server has lent it out; it is called back while we wait
        descriptor = os.open(path, _FLAGS)
    try:
        _check(os.fstat(descriptor))  # it may have been exchanged meanwhile
        return open(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def _check(state: os.stat_result) -> None:
    if not (stat.S_ISREG(state.st_mode) or stat.S_ISDIR(state.st_mode)):
        raise NotPlain
