"""A registry's files on a disk: a folder, a share that is mounted, a stick. Needs nothing but the system."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import time
from collections.abc import Callable, Iterator
from typing import Protocol, TypeVar

from planwriter.sharing.refusal import Progress, Refused, too_large
from planwriter.system.files import reason_of

T = TypeVar("T")
_CHUNK = 1024 * 1024
_TRIES = 40  # of 50 ms
MAX_NAMES = 20_000
"""How many files a folder of a registry may hold."""


class Readable(Protocol):
    """What gives bytes in pieces."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""
        ...


class Store(Protocol):
    """Where files lie by slash-separated paths. Everything is read and written whole; refusals are `Refused`."""

    shown: str

    def read(self, path: str, limit: int, progress: Progress | None = None) -> bytes | None:
        """The bytes of a file, at most `limit`; None where there is none."""
        ...

    def names(self, folder: str) -> tuple[str, ...] | None:
        """The names in a folder (none where it is not there), or None where this store cannot list."""
        ...

    def must_take(self) -> None:
        """Refuses where nothing can be put at all, by the kind of store it is."""
        ...

    def write(self, path: str, data: bytes) -> None:
        """Puts a file in the place of what was there: a reader sees the old or the new one, whole."""
        ...

    def create(self, path: str, data: bytes) -> bool:
        """Puts a file where none is; False where one is there already."""
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
        """As `Store.must_take`: whether a folder takes a file shows when one is written."""

    def read(self, path: str, limit: int, progress: Progress | None = None) -> bytes | None:
        return read_plain(os.path.join(self._root, path), _joined(self.shown, path), limit, progress)

    def names(self, folder: str) -> tuple[str, ...] | None:
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
        with self._spare(path, data) as (spare, target):
            _patient(lambda: os.replace(spare, target))

    def create(self, path: str, data: bytes) -> bool:
        """As `Store.create`. Of two that create one file at once only one does: a link, and a rename on Windows, fail
        where the name is taken. A disk without links (a stick with FAT) has no such operation: there the last one stays.
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
        """A file with `data`, safe on the disk, beside the target; its name is nobody else's, on no other machine."""
        target = os.path.join(self._root, path)
        folder, name = os.path.split(target)
        spare = os.path.join(folder, f".{name[:100]}.{secrets.token_hex(8)}.tmp")
        try:
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
    """The bytes of a plain file (no device, no pipe), at most `limit`; None where there is none."""
    try:
        state = os.stat(path)
        if not stat.S_ISREG(state.st_mode):
            raise Refused(
                "PW340", shown, source=shown, reason="这不是普通的文件", advice="写 .pwlib 文件或条款库文件夹。"
            )
        with _patient(lambda: open(path, "rb")) as file:
            return read_bounded(file, shown, limit, progress, state.st_size)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise unreadable(shown, error) from error


def read_bounded(file: Readable, shown: str, limit: int, progress: Progress | None, total: int | None) -> bytes:
    """What a file gives, refused as soon as it is more than `limit`."""
    data = bytearray()
    while chunk := file.read(_CHUNK):
        data += chunk
        if len(data) > limit:
            raise too_large(shown, "大小", limit)
        if progress:
            progress(len(data), total)
    return bytes(data)


def unreadable(shown: str, error: OSError) -> Refused:
    """The refusal of what the system does not let us read."""
    return Refused(
        "PW340", shown, source=shown, reason=reason_of(error), advice="确认能够打开；在共享盘、U 盘上的，先连上、插好。"
    )


def _joined(shown: str, path: str) -> str:
    return f"{shown.rstrip('/')}/{path}"


def _patient(action: Callable[[], T]) -> T:
    """Does what Windows refuses for the moment in which another process has the file open."""
    for _ in range(_TRIES if os.name == "nt" else 0):
        try:
            return action()
        except PermissionError:
            time.sleep(0.05)
    return action()


def _sync_folder(folder: str) -> None:
    """Makes a new name last through a power cut, where the system can (not on Windows)."""
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
