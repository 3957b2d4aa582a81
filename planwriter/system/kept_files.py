"""What is done only to files that planwriter keeps for itself: lines are added and read at the end, sizes and ages are looked up."""

from __future__ import annotations

import errno
import os
import stat

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.system.files import delete_files
from planwriter.system.plain import NotPlain, open_plain
from planwriter.system.reasons import reason_of
from planwriter.system.workspace import leaving


def append_line(path: str, data: bytes, *, head: bytes) -> Finding | None:
    """Adds a line at the end of a file in a single write; a new file begins with `head`. A last line that was torn is ended first."""
    left = leaving(path)
    if left is not None:
        return left
    try:
        descriptor = os.open(path, _APPENDED, 0o666)
        with open(descriptor, "rb+", buffering=0) as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise NotPlain
            size = file.seek(0, os.SEEK_END)
            if not size:
                data = head + data
            else:
                file.seek(size - 1)
                data = data if file.read(1) == b"\n" else b"\n" + data
            if file.write(data) != len(data):
                file.truncate(size)
                raise OSError(errno.ENOSPC, "")
            os.fsync(descriptor)
    except OSError as error:
        return finding("PW802", Pos(path), file=path, reason=reason_of(error))
    return None


_APPENDED = (
    os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
) | getattr(os, "O_NONBLOCK", 0)


def read_end(path: str, limit: int) -> Result[bytes | None]:
    """The last lines of a regular file, at most `limit` bytes of whole lines; None and a finding if it cannot be read."""
    try:
        with open_plain(path) as file:
            start = max(file.seek(0, os.SEEK_END) - limit, 0)
            file.seek(start)
            data = file.read(limit)
    except OSError as error:
        return Result(None, (finding("PW101", Pos(path), reason=reason_of(error)),))
    return Result(data[data.find(b"\n") + 1 :] if start else data)


def size_of(path: str) -> int:
    """The size of a file; 0 if it is not there."""
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def sizes_in(folder: str) -> dict[str, int]:
    """The sizes of the files in a folder that are no links, by their names; empty if it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            return {each.name: each.stat().st_size for each in entries if each.is_file(follow_symlinks=False)}
    except OSError:
        return {}


def newest_first(folder: str) -> list[str]:
    """The names of the files in a folder that are no links, those that were written last first; empty if it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            times = {each.name: each.stat().st_mtime_ns for each in entries if each.is_file(follow_symlinks=False)}
    except OSError:
        return []
    return sorted(times, key=lambda name: (-times[name], name))


def drop_oldest(folder: str, ending: str, *, files: int, size: int) -> None:
    """Deletes the oldest files with this ending if there are more than so many, or if they take more room.

    A quarter more goes than must. The newest of those whose names begin alike, up to a hyphen, goes last; one stays in any case.
    """
    sizes = {name: each for name, each in sizes_in(folder).items() if name.endswith(ending)}
    if len(sizes) <= files and sum(sizes.values()) <= size:
        return
    kept: set[str] = set()
    size = size * 3 // 4
    there = [each for each in newest_first(folder) if each in sizes]
    newest = set({each.partition("-")[0]: each for each in reversed(there)}.values())
    for name in sorted(there, key=lambda each: each not in newest)[: files * 3 // 4]:
        size -= sizes[name]
        if size < 0 and kept:
            break
        kept.add(name)
    delete_files(folder, lambda name: name in sizes and name not in kept)
