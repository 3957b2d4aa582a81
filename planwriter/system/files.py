"""Finds, reads and writes files and folders; a file is written as a whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result

MAX_BYTES = 8 * 1024 * 1024
_HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Found(NamedTuple):
    """A file of a data folder: its name (or that of the subfolder it is in), its path as shown, and its bytes."""

    folder: str
    shown: str
    data: bytes


def read_file(path: str, shown: str | None = None, *, limit: int = MAX_BYTES) -> Result[bytes | None]:
    """The bytes of a file, at most one more than `limit`; None and a finding if it cannot be read."""
    try:
        with open(path, "rb") as file:
            return Result(file.read(limit + 1))
    except OSError as error:
        return Result(None, (finding("PW101", Pos(shown or path), reason=reason_of(error)),))
    except ValueError:
        return Result(
            None, (finding("PW101", Pos((shown or path).replace("\0", "?")), reason="文件名里有不能用的字符"),)
        )


_REASONS = {
    errno.ENOENT: "没有这个文件",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "超出了磁盘配额",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EBUSY: "文件正被别的程序占用",
    errno.EFBIG: "文件太大，超过了限额",
    errno.EIO: "磁盘读写出错",
}


def reason_of(error: OSError) -> str:
    """Why a system call failed, in the writer's words."""
    if getattr(error, "winerror", None) in (32, 33):
        return "文件正被别的程序占用"
    return _REASONS.get(error.errno or 0, error.strerror or str(error))


def data_folder(name: str) -> str:
    """The folder with built-in data (templates, section_library …): in the package, or next to it in a source tree."""
    inside = os.path.join(_HERE, name)
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(_HERE), name)


def read_data_files(folder: str, *, shown: str | None = None, only: str | None = None) -> Iterator[Found]:
    """The .yaml files of a data folder in the order of their names or, with `only`, the file of that name in each subfolder."""
    shown = folder if shown is None else shown
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return
    for name in names:
        path = os.path.join(folder, name, only) if only else os.path.join(folder, name)
        if not only and not name.endswith((".yaml", ".yml")):
            continue
        if os.path.isfile(path):
            with contextlib.suppress(OSError), open(path, "rb") as file:
                yield Found(name, "/".join((shown, name, only) if only else (shown, name)), file.read(MAX_BYTES + 1))


def read_folder(
    folder: str, wanted: Callable[[str], bool], shown: str | None = None
) -> Result[dict[str, bytes] | None]:
    """The files of a folder whose names are `wanted`; None and a finding if the folder or one of them cannot be read."""
    shown = folder if shown is None else shown
    try:
        names = sorted(name for name in os.listdir(folder) if wanted(name))
    except OSError as error:
        return Result(None, (finding("PW101", Pos(shown), reason=reason_of(error)),))
    made: dict[str, bytes] = {}
    for name in names:
        data = read_file(os.path.join(folder, name), f"{shown}/{name}")
        if data.value is None:
            return Result(None, data.findings)
        made[name] = data.value
    return Result(made)


def list_folder(folder: str) -> tuple[str, ...]:
    """The names in a folder, sorted; empty if it cannot be read."""
    try:
        return tuple(sorted(os.listdir(folder)))
    except OSError:
        return ()


def plain_files(folder: str) -> tuple[str, ...]:
    """The names of the files in a folder that are no links, sorted. Raises OSError."""
    with os.scandir(folder) as entries:
        return tuple(sorted(each.name for each in entries if each.is_file(follow_symlinks=False)))


def matching(pattern: str) -> list[str]:
    """The paths that a pattern with * and ? matches, sorted."""
    import glob

    return sorted(glob.glob(pattern))


def current_folder() -> str:
    """The folder in which the program was started."""
    return os.getcwd()


def environment(name: str) -> str | None:
    """A variable of the environment; None if it is not set."""
    return os.environ.get(name)


def config_folder() -> str:
    """The folder of the user's settings: PLANWRITER_CONFIG, else planwriter in the system's folder for settings."""
    own = os.environ.get("PLANWRITER_CONFIG")
    if own:
        return own
    if sys.platform == "win32" and os.environ.get("APPDATA"):
        return os.path.join(os.environ["APPDATA"], "planwriter")
    base = os.environ.get("XDG_CONFIG_HOME", "")
    return os.path.join(base if os.path.isabs(base) else os.path.expanduser("~/.config"), "planwriter")


def read_below(folder: str, limit: int = 2000) -> Iterator[Found]:
    """The .yaml files in a folder and all folders below it, at most `limit`, in order; hidden folders are left out."""
    count = 0
    for at, folders, _files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        below = os.path.relpath(at, folder).replace(os.sep, "/")
        for found in read_data_files(at, shown="" if below == "." else below):
            count += 1
            if count > limit:
                return
            yield Found(found.folder, found.shown.lstrip("/"), found.data)


def cache_folder() -> str | None:
    """The user's cache folder, created if it is missing; None if it cannot be created."""
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = os.path.join(home, "Library", "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME", "")
        base = base if os.path.isabs(base) else os.path.join(home, ".cache")
    folder = os.path.join(base, "planwriter")
    try:
        if not os.path.isabs(folder):
            return None
        os.makedirs(folder, mode=0o700, exist_ok=True)
    except OSError:
        return None
    return folder


def write_file(path: str, data: bytes) -> Finding | None:
    """Writes or replaces a file atomically: the old file stays until the new bytes are synced to the disk.

    Returns a finding if that fails; then no incomplete file is left behind.
    """
    target = os.path.realpath(path)
    folder = os.path.dirname(target)
    if not os.path.isdir(folder):
        return finding("PW801", Pos(path), folder=os.path.dirname(path) or ".")
    if os.path.isdir(target):
        return finding("PW802", Pos(path), file=path, reason="这是文件夹，不是文件")
    spare = os.path.join(folder, f".{os.path.basename(target)[:100]}.{os.getpid()}.tmp")
    try:
        with open(spare, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(OSError):
            os.chmod(spare, os.stat(target).st_mode & 0o777)
        os.replace(spare, target)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.unlink(spare)
        return finding("PW802", Pos(path), file=path, reason=reason_of(error))
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(spare)
        raise
    return None


def delete_others(folder: str, kept: set[str]) -> None:
    """Deletes all files of a folder except those in `kept`; what cannot be deleted stays."""
    with contextlib.suppress(OSError):
        for name in os.listdir(folder):
            if name not in kept:
                with contextlib.suppress(OSError):
                    os.unlink(os.path.join(folder, name))


def write_new(path: str, data: bytes, *, private: bool = False) -> Finding | None:
    """Writes a new file; returns a finding if it exists already or cannot be written. With `private`, only its owner can read it."""
    if not os.path.isdir(os.path.dirname(path) or "."):
        return finding("PW801", Pos(path), folder=os.path.dirname(path))
    try:
        descriptor = os.open(
            path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600 if private else 0o666
        )
    except FileExistsError:
        return finding("PW339", Pos(path), file=path)
    except OSError as error:
        return finding("PW802", Pos(path), file=path, reason=reason_of(error))
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        remove_file(path)
        return finding("PW802", Pos(path), file=path, reason=reason_of(error))
    except BaseException:
        remove_file(path)
        raise
    return None


def write_pair(first: tuple[str, bytes], second: tuple[str, bytes], *, private: bool = False) -> Finding | None:
    """Writes two new files or neither; with `private`, only its owner can read the first one."""
    there = next((path for path, _ in (first, second) if os.path.lexists(path)), None)
    if there:
        return finding("PW339", Pos(there), file=there)
    failed = write_new(*first, private=private)
    if failed is None:
        failed = write_new(*second)
        if failed:
            remove_file(first[0])
    return failed


def remove_file(path: str) -> None:
    """Deletes a file that planwriter made, if possible."""
    with contextlib.suppress(OSError):
        os.unlink(path)


def make_folder(path: str, *, private: bool = False) -> Finding | None:
    """Creates a folder and those above it, with `private` for their owner only; returns a finding if that fails."""
    try:
        os.makedirs(path, mode=0o700 if private else 0o777, exist_ok=True)
    except OSError as error:
        return finding("PW802", Pos(path), file=path, reason=reason_of(error))
    return None


def write_stdout(data: bytes) -> Finding | None:
    """Writes to standard output; returns a finding if that is closed or its disk is full."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return finding("PW802", Pos("-"), file="-", reason=reason_of(error))
    return None


def shown_path(path: str) -> str:
    """A path as findings show it: as typed, with forward slashes."""
    return path.replace(os.sep, "/") if os.sep != "/" else path
