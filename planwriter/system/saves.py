"""Waits until one of several files is saved: told by the system where watchfiles is installed, by looking at them where not.

The system tells nothing of what others change on a network share. So what it tells only wakes us: whether a file was saved is
always seen by looking at it, on a share and without watchfiles twice a second, else every two seconds besides.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import sys
import time
from collections.abc import Iterable, Sequence
from typing import TypeAlias

Look: TypeAlias = tuple[tuple[int, int, int] | None, ...]
"""The time of the last change, the size and the number of each file; None for one that is not there."""
EVERY = 0.5
"""How often files are looked at without help of the system, in seconds."""
_SELDOM = 2.0
_SETTLED = 0.12
_MOST_FOLDERS = 50
_MOUNTS = "/proc/mounts"
_SHARES = ("nfs", "cifs", "smb", "9p", "fuse", "afs", "ncp", "drvfs", "vboxsf", "davfs")


class Saves:
    """Waits for changes of files; with `poll` the system is never asked to tell of them."""

    def __init__(self, *, poll: bool = False, every: float = EVERY) -> None:
        self.every = every
        self.polls = poll or importlib.util.find_spec("watchfiles") is None
        """True if the files are looked at again and again; set when the system cannot tell."""
        self._folders: dict[str, None] = {}
        """The folders of the files that were ever there; others, such as those above a workspace, are not watched."""

    def wait(self, paths: Sequence[str], seen: Look) -> Look:
        """How the files look once they look different from `seen`, and do so no longer than it takes to save one."""
        while True:
            now = look_at(paths)
            if now != seen:
                return _settled(paths, now)
            self._pause(paths)

    def _pause(self, paths: Sequence[str]) -> None:
        self._folders.update(dict.fromkeys(os.path.dirname(path) or "." for path in paths if os.path.isfile(path)))
        folders = [folder for folder in self._folders if os.path.isdir(folder)][:_MOST_FOLDERS]
        if folders and not self.polls and not any(map(is_share, folders)):
            with contextlib.suppress(OSError, RuntimeError):
                _told(folders)
                return
            self.polls = True
        time.sleep(self.every)


def _told(folders: Sequence[str]) -> None:
    """Returns when the system tells of a change in one of the folders, or after two seconds."""
    from watchfiles import watch

    milliseconds = int(_SELDOM * 1000)
    for _ in watch(
        *folders,
        watch_filter=None,
        debounce=100,
        step=20,
        rust_timeout=milliseconds,
        yield_on_timeout=True,
        recursive=False,
    ):
        return


def look_at(paths: Iterable[str]) -> Look:
    """How files look now."""
    return tuple(map(_look, paths))


def _look(path: str) -> tuple[int, int, int] | None:
    try:
        state = os.stat(path)
    except (OSError, ValueError):
        return None
    return state.st_mtime_ns, state.st_size, state.st_ino


def _settled(paths: Sequence[str], now: Look) -> Look:
    """How the files look when they have stopped changing: a program may save in several steps."""
    for _ in range(50):
        time.sleep(_SETTLED)
        again = look_at(paths)
        if again == now:
            break
        now = again
    return now


def is_share(folder: str) -> bool:
    """True if a folder seems to lie on a network share, where the system does not tell what others change."""
    if sys.platform == "win32":
        import ctypes

        drive = os.path.splitdrive(os.path.abspath(folder))[0]
        return drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == 4
    try:
        with open(_MOUNTS, encoding="utf-8", errors="replace") as file:
            mounts = [line.split(" ")[1:3] for line in file]
    except OSError:
        return False
    real = os.path.join(os.path.realpath(folder), "")
    inside = [each for each in mounts if len(each) == 2 and real.startswith(os.path.join(_plain(each[0]), ""))]
    return bool(inside) and max(inside, key=lambda each: len(each[0]))[1].startswith(_SHARES)


def _plain(mount: str) -> str:
    return mount.replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\")
