"""Finds, reads and writes files and folders; a file is written as a whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.start.named_tuple import NamedTuple
from planwriter.system import watch
from planwriter.system.plain import open_plain
from planwriter.system.reasons import reason_of
from planwriter.system.spare import NEW, clear_old_spares, open_spare
from planwriter.system.streams import is_stream, write_stream
from planwriter.system.workspace import leaving

MAX_BYTES = 8 * 1024 * 1024
_HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Found(NamedTuple):
    """A file of a data folder: its name (or that of the subfolder it is in), its path as shown, and its bytes.

    If it cannot be read, `findings` says why, and there are no bytes.
    """

    folder: str
    shown: str
    data: bytes
    findings: tuple[Finding, ...] = ()


def read_file(path: str, shown: str | None = None, *, limit: int = MAX_BYTES) -> Result[bytes | None]:
    """The bytes of a regular file, at most one more than `limit`; None and a finding if it cannot be read."""
    read = _read_file(path, shown or path, limit)
    watch.note(watch.CONTENT, path, lambda: watch.content(read.value, limit))
    return read


def _read_file(path: str, shown: str, limit: int) -> Result[bytes | None]:
    try:
        with open_plain(path) as file:
            return Result(file.read(limit + 1))
    except OSError as error:
        reason = reason_of(error) + _instead(error, path, shown)
        return Result(None, (finding("PW101", Pos(shown), reason=reason),))
    except ValueError:
        return Result(None, (finding("PW101", Pos(shown.replace("\0", "?")), reason="文件名里有不能用的字符"),))


def _instead(error: OSError, path: str, shown: str) -> str:
    """What may have been meant instead of a file that cannot be read, for its finding; "" if nothing is known."""
    if not isinstance(error, FileNotFoundError | IsADirectoryError):
        return ""
    from planwriter.system.similar import outlines_inside, similar_files

    if isinstance(error, IsADirectoryError):
        inside = [name.replace("\\", "/") for name in outlines_inside(path)] if path == shown else []
        return f"；里面有“{'”“'.join(inside)}”，写文件的名字" if inside else ""
    similar = similar_files(path)
    quoting = "（名字里有空格的，两边加英文双引号）" if any(" " in name for name in similar) else ""
    return f"；旁边有“{'”“'.join(similar)}”，是不是它{quoting}" if similar else ""


def read_named(path: str, shown: str | None = None, *, limit: int = MAX_BYTES) -> Result[bytes | None]:
    """Like `read_file` for a file that is named on the command line, which may be a pipe or a device.

    What comes through a pipe is kept, since it can be read only once.
    """
    if path in _piped:
        watch.note(watch.CONTENT, path, lambda: watch.UNKNOWN)
        return Result(_piped[path][: limit + 1])
    try:
        if not is_stream(os.stat(path).st_mode):
            return read_file(path, shown, limit=limit)
        with open(path, "rb") as file:
            _piped[path] = file.read(limit + 1)
    except (OSError, ValueError):
        return read_file(path, shown, limit=limit)
    watch.note(watch.CONTENT, path, lambda: watch.UNKNOWN)
    return Result(_piped[path])


_piped: dict[str, bytes] = {}


def data_folder(name: str) -> str:
    """The folder with built-in data (templates, section_library …): in the package, or next to it in a source tree."""
    inside = os.path.join(_HERE, name)
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(_HERE), name)


def read_data_files(folder: str, *, shown: str | None = None, only: str | None = None) -> Iterator[Found]:
    """The .yaml files of a data folder in the order of their names or, with `only`, the file of that name in each subfolder."""
    shown = folder if shown is None else shown
    for name in list_folder(folder):
        path = os.path.join(folder, name, only) if only else os.path.join(folder, name)
        if not only and not name.endswith((".yaml", ".yml")):
            continue
        if watch.is_there(path) and not os.path.isdir(path):
            found = "/".join((shown, name, only) if only else (shown, name))
            read = read_file(path, found.lstrip("/"))
            yield Found(name, found, read.value or b"", read.findings)


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
        names = sorted(os.listdir(folder))
    except OSError:
        watch.note(watch.NAMES, folder, lambda: watch.names(None))
        return ()
    watch.note(watch.NAMES, folder, lambda: watch.names(names))
    return tuple(names)


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


def now() -> int:
    """The seconds since 1970; those of SOURCE_DATE_EPOCH, if it is set. Only journals note them, no output depends on them."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 12 else int(time.time())


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


def write_file(path: str, data: bytes, *, sync: bool = True, private: bool = False) -> Finding | None:
    """Writes or replaces a file atomically: the old file stays until the new bytes are synced to the disk.

    Without `sync` the system writes them when it likes: for what may be lost when the power fails. With `private`, only its
    owner can read it.

    A pipe or a device is written to, not replaced. Returns a finding if that fails; then no incomplete file is left behind.
    """
    left = leaving(path)
    if left is not None:
        return left
    old = mode_of(path)
    mode = stat.S_IFREG if old is None else old
    if stat.S_ISDIR(mode):
        reason = (
            "这是指向文件夹的链接，不是文件" if os.path.islink(path) else "这是文件夹，不是文件；要写里面的一个文件"
        )
        return finding("PW802", Pos(path), file=path, reason=reason)
    if not stat.S_ISREG(mode):
        return write_stream(path, data, mode)
    target = os.path.realpath(path)
    spare = ""
    try:
        spare, descriptor = open_spare(target, 0o600 if private else 0o666)
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            if sync:
                os.fsync(file.fileno())
        if old is not None and not private:
            with contextlib.suppress(OSError):
                os.chmod(spare, old & 0o777)
        os.replace(spare, target)
    except OSError as error:
        remove_file(spare)
        if not os.path.isdir(os.path.dirname(target)):
            return finding("PW801", Pos(path), folder=os.path.dirname(path) or ".")
        return finding("PW802", Pos(path), file=path, reason=reason_of(error))
    except BaseException:
        remove_file(spare)
        raise
    clear_old_spares(target)
    return None


def mode_of(path: str) -> int | None:
    """What `path` is, through links; None if there is nothing yet."""
    try:
        return os.stat(path).st_mode
    except OSError:
        return None


def delete_files(folder: str, unwanted: Callable[[str], bool]) -> None:
    """Deletes the regular files of a folder whose names are `unwanted`; what cannot be deleted stays.

    Nothing is deleted through a link: neither if the folder is one, nor what a link in it leads to.
    """
    if os.path.islink(folder) or leaving(folder) is not None:
        return
    with contextlib.suppress(OSError):
        for name in plain_files(folder):
            if unwanted(name):
                remove_file(os.path.join(folder, name))


def write_new(path: str, data: bytes, *, private: bool = False) -> Finding | None:
    """Writes a new file; returns a finding if it exists already or cannot be written. With `private`, only its owner can read it."""
    left = leaving(path)
    if left is not None:
        return left
    if not os.path.isdir(os.path.dirname(path) or "."):
        return finding("PW801", Pos(path), folder=os.path.dirname(path))
    try:
        descriptor = os.open(path, NEW, 0o600 if private else 0o666)
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


def delete_file(path: str) -> Finding | None:
    """Deletes a file, through no link; returns a finding if that fails."""
    left = leaving(path)
    if left is not None:
        return left
    try:
        os.unlink(path)
    except OSError as error:
        return finding("PW802", Pos(path), file=path, reason=reason_of(error))
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


def is_private(path: str) -> bool:
    """True if only its owner may read a file; False if it is not there, or if the system has no such rights."""
    mode = mode_of(path)
    return mode is not None and os.name != "nt" and not mode & 0o077


def remove_file(path: str) -> None:
    """Deletes a file that planwriter made, if possible."""
    with contextlib.suppress(OSError):
        os.unlink(path)


def make_folder(path: str, *, private: bool = False) -> Finding | None:
    """Creates a folder and those above it, with `private` for their owner only; returns a finding if that fails."""
    left = leaving(path)
    if left is not None:
        return left
    try:
        os.makedirs(path, mode=0o700 if private else 0o777, exist_ok=True)
    except OSError as error:
        return finding("PW802", Pos(path), file=path, reason=reason_of(error))
    return None


def shown_path(path: str) -> str:
    """A path as findings show it: as typed, with forward slashes."""
    return path.replace(os.sep, "/") if os.sep != "/" else path
