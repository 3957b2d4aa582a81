"""The files of a registry on a disk: a folder, a mounted share or a USB stick; needs no other package."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import time
from collections.abc import Callable, Iterator
from typing import Protocol, TypeVar

from planwriter.sharing.refusal import Progress, Refused, too_large
from planwriter.system.plain import NotPlain, open_plain
from planwriter.system.reasons import reason_of
from planwriter.system.spare import clear_old_spares, spare_path

T = TypeVar("T")
_CHUNK = 1024 * 1024
_TRIES = 40  # of 50 ms
MAX_NAMES = 20_000
"""The most files in a folder of a registry."""


class Readable(Protocol):
    """A source of bytes that is read in pieces."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; empty at the end."""
        ...


class Store(Protocol):
    """Files by slash-separated paths, read and written as a whole; errors are raised as `Refused`."""

    shown: str

    def read(self, path: str, limit: int, progress: Progress | None = None) -> bytes | None:
        """The bytes of a file, at most `limit`; None if there is no such file."""
        ...

    def names(self, folder: str) -> tuple[str, ...] | None:
        """The names in a folder, empty if it does not exist; None if this store cannot list folders."""
        ...

    def must_take(self) -> None:
        """Raises `Refused` if this kind of store cannot be written at all."""
        ...

    def write(self, path: str, data: bytes) -> None:
        """Writes or replaces a file atomically: a reader sees either the old or the new file as a whole."""
        ...

    def create(self, path: str, data: bytes) -> bool:
        """Writes a file that does not exist yet; returns False if it exists."""
        ...


class FolderStore:
    """A folder on a disk."""

    def __init__(self, root: str, shown: str) -> None:
        self.shown = shown
        self._root = root
        if not os.path.isdir(root):
            advice = "新的发布点先建一个空文件夹；在共享盘、U 盘上的，先连上、插好。"
            raise Refused("PW340", shown, source=shown, reason="没有这个文件夹", advice=advice)

    def must_take(self) -> None:
        """Like `Store.must_take`; never refuses, since only writing shows whether a folder is writable."""

    def read(self, path: str, limit: int, progress: Progress | None = None) -> bytes | None:
        """Like `Store.read`."""
        return read_plain(os.path.join(self._root, path), _joined(self.shown, path), limit, progress)

    def names(self, folder: str) -> tuple[str, ...] | None:
        """Like `Store.names`; names that begin with a dot are left out."""
        try:
            with os.scandir(os.path.join(self._root, folder)) as entries:
                names = [entry.name for _, entry in zip(range(MAX_NAMES + 1), entries, strict=False)]
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise unreadable(_joined(self.shown, folder), error) from error
        if len(names) > MAX_NAMES:
            shown = _joined(self.shown, folder)
            raise Refused("PW343", shown, source=shown, what="文件的个数", limit=str(MAX_NAMES))
        return tuple(sorted(name for name in names if not name.startswith(".")))

    def write(self, path: str, data: bytes) -> None:
        """Like `Store.write`."""
        with self._spare(path, data) as (spare, target):
            _patient(lambda: os.replace(spare, target))
            clear_old_spares(target)

    def create(self, path: str, data: bytes) -> bool:
        """Like `Store.create`; of two processes that create a file at the same time, only one succeeds.

        A link (a rename on Windows) fails if the name is taken. A disk without links (a stick with FAT) has no such operation:
        there the last writer wins.
        """
        with self._spare(path, data) as (spare, target):
            try:
                (os.rename if os.name == "nt" else os.link)(spare, target)
            except OSError:
                if os.path.exists(target):
                    return False
                os.replace(spare, target)
        return True

    @contextlib.contextmanager
    def _spare(self, path: str, data: bytes) -> Iterator[tuple[str, str]]:
        """Writes `data` to a temporary file next to the target, synced to the disk; its name is unique across machines."""
        target = os.path.join(self._root, path)
        folder = os.path.dirname(target)
        spare = spare_path(target, secrets.token_hex(8))
        try:
            if os.path.exists(target) and not os.path.isfile(target):
                raise NotPlain
            os.makedirs(folder, exist_ok=True)
            try:
                with open(spare, "xb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                yield spare, target
                _sync_folder(folder)
            finally:
                with contextlib.suppress(OSError):
                    os.unlink(spare)
        except OSError as error:
            shown = _joined(self.shown, path)
            raise Refused("PW802", shown, file=shown, reason=reason_of(error)) from error


def read_plain(path: str, shown: str, limit: int, progress: Progress | None = None) -> bytes | None:
    """The bytes of a regular file (no device, no pipe), at most `limit`; None if there is no such file."""
    try:
        state = os.stat(path)
        if not stat.S_ISREG(state.st_mode):
            raise Refused(
                "PW340", shown, source=shown, reason="这不是普通的文件", advice="写 .pwlib 文件或条款库文件夹。"
            )
        with _patient(lambda: open_plain(path)) as file:
            return read_bounded(file, shown, limit, progress, state.st_size)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise unreadable(shown, error) from error


def read_bounded(file: Readable, shown: str, limit: int, progress: Progress | None, total: int | None) -> bytes:
    """All bytes of a file; refused as soon as they are more than `limit`."""
    data = bytearray()
    while chunk := file.read(_CHUNK):
        data += chunk
        if len(data) > limit:
            raise too_large(shown, "大小", limit)
        if progress:
            progress(len(data), total)
    return bytes(data)


def unreadable(shown: str, error: OSError) -> Refused:
    """The refusal for a file or folder that the system cannot read."""
    return Refused(
        "PW340", shown, source=shown, reason=reason_of(error), advice="确认能够打开；在共享盘、U 盘上的，先连上、插好。"
    )


def _joined(shown: str, path: str) -> str:
    return f"{shown.rstrip('/')}/{path}"


def _patient(action: Callable[[], T]) -> T:
    """Retries an action that Windows refuses while a different process has the file open."""
    for _ in range(_TRIES if os.name == "nt" else 0):
        try:
            return action()
        except PermissionError:
            time.sleep(0.05)
    return action()


def _sync_folder(folder: str) -> None:
    """Makes a new name survive a power cut, if the system supports it (not on Windows)."""
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
