"""The spare file beside a target that takes its place once it is complete, and those that killed processes left."""

from __future__ import annotations

import contextlib
import functools
import os
import stat
import time
from collections.abc import Mapping

from planwriter.start.patterns import re, regex
from planwriter.system.names import cut_name

_LONGEST = 200
"""How much of the target's name is in that of its spare, in bytes; the rest of 255 is for the mark and the ending."""
_SPARE = regex(r"\.(.+)\.(\d{1,12}|[0-9a-f]{16})\.tmp", re.S)
_OLD = 24 * 3600
"""A spare that nobody touched for so many seconds is nobody's."""


def spare_path(target: str, mark: str) -> str:
    """The path of the spare file of `target`; `mark` (digits or 16 hexadecimal ones) distinguishes those of different writers."""
    folder, name = os.path.split(target)
    return os.path.join(folder, f".{cut_name(name, _LONGEST)}.{mark}.tmp")


NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
"""How a file is opened that must not be there yet."""


def open_spare(target: str, mode: int) -> tuple[str, int]:
    """A new spare file of `target`, and its descriptor; one that a killed process of the same number left is passed over."""
    mark = str(os.getpid())
    for number in range(100):
        spare = spare_path(target, f"{mark}{number:02}" if number else mark)
        with contextlib.suppress(FileExistsError):
            return spare, os.open(spare, NEW, mode)
    return spare, os.open(spare, NEW, mode)


def is_spare(name: str) -> bool:
    """True if `name` is that of a spare file."""
    return _SPARE.fullmatch(name) is not None


def clear_old_spares(target: str) -> None:
    """Deletes the spare files of `target` that are older than a day. Each folder is looked through once per process."""
    folder, name = os.path.split(target)
    for path in _old_spares(folder or ".").get(cut_name(name, _LONGEST), ()):
        with contextlib.suppress(OSError):
            if _is_old(os.lstat(path)):
                os.unlink(path)


def has_old_spares(folder: str) -> bool:
    """True if spare files older than a day are in a folder, which is looked through once per process."""
    return bool(_old_spares(folder))


@functools.lru_cache(maxsize=64)
def _old_spares(folder: str) -> Mapping[str, tuple[str, ...]]:
    """The old spare files in a folder, by the beginning of their target's name."""
    made: dict[str, tuple[str, ...]] = {}
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            found = _SPARE.fullmatch(entry.name)
            if found and _is_old(entry.stat(follow_symlinks=False)):
                made[found[1]] = (*made.get(found[1], ()), entry.path)
    return made


def _is_old(state: os.stat_result) -> bool:
    return stat.S_ISREG(state.st_mode) and state.st_mtime < time.time() - _OLD
